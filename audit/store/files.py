"""Files in a store: bytes under their SHA-256, each in a transaction of its own."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sqlalchemy import LargeBinary, cast, delete, insert, select

from audit.store.rows import FileRow
from audit.store.schema import entries, files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

_AT_ONCE = 500
_HASH = re.compile(rb"[0-9a-f]{64}")


class Files:
    """The part of a store that keeps files; `Store` is the whole."""

    def _reading(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def _writing(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def put_file(self, body: bytes, media: str, thumbnail: bytes | None = None) -> bool:
        """Keep a file's bytes under their hash, in a transaction of its own.

        Args:
            body: the bytes, as they are.
            media: media type, e.g. "image/jpeg".
            thumbnail: a small picture of it, if there is one.

        Returns:
            Whether the file is new here; one that is kept already is left as it is.
        """
        hash_ = hashlib.sha256(body).hexdigest()
        with self._writing() as connection:
            if connection.execute(select(files.c.hash).where(files.c.hash == hash_)).first():
                return False
            row = {"hash": hash_, "media": media, "size": len(body), "thumbnail": thumbnail, "body": body}
            connection.execute(insert(files).values(row))
        return True

    def has_file(self, hash_: str) -> bool:
        """Say whether a file is kept; its bytes are not looked at."""
        return bool(self.kept_files([hash_]))

    def kept_files(self, hashes: Iterable[str]) -> dict[str, FileRow]:
        """Return what is known of those files that are kept, by hash; their bytes are not looked at."""
        wanted = list(dict.fromkeys(hashes))
        found: dict[str, FileRow] = {}
        columns = select(files.c.hash, files.c.media, files.c.size, files.c.thumbnail.is_not(None).label("pictured"))
        with self._reading() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                query = columns.where(files.c.hash.in_(wanted[start : start + _AT_ONCE]))
                for row in connection.execute(query):
                    found[row.hash] = FileRow(row.hash, row.media, row.size, bool(row.pictured))
        return found

    def get_file(self, hash_: str) -> bytes | None:
        """Return the bytes kept under a hash, unchecked, or None."""
        with self._reading() as connection:
            # The cast: another program may have written something back that is no bytes, nor any text.
            body = connection.execute(select(cast(files.c.body, LargeBinary)).where(files.c.hash == hash_)).scalar()
        return None if body is None else as_bytes(body)

    def thumbnail(self, hash_: str) -> bytes | None:
        """Return the small picture of a file, or None where there is none."""
        with self._reading() as connection:
            return connection.execute(select(files.c.thumbnail).where(files.c.hash == hash_)).scalar()

    def drop_files(self, hashes: Collection[str]) -> int:
        """Remove those of the files that no entry of any stream mentions; returns how many.

        For files put in for entries that were never written: adding was cancelled or failed.
        """
        if not hashes:
            return 0
        with self._writing() as connection:
            left = {hash_.encode() for hash_ in hashes}
            for body in connection.execute(select(entries.c.body)).scalars():
                left.difference_update(_HASH.findall(as_bytes(body)))
            for hash_ in left:
                connection.execute(delete(files).where(files.c.hash == hash_.decode()))
        return len(left)


def as_bytes(body: bytes | str) -> bytes:
    """Return a body as bytes even where another program has written it back as text."""
    return body.encode("utf-8", "surrogateescape") if isinstance(body, str) else body

"""Files as they lie on disk: may they be taken in, what are they, when were they made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from mimetypes import MimeTypes
from typing import TYPE_CHECKING

from checklists.text import Text, UserError

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN_MEDIA = "application/octet-stream"

_BEGINNINGS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
    b"%PDF": "application/pdf",
}
_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif",
    b"avif": "image/avif",
}
_SUFFIXES = {".heic": "image/heic", ".heif": "image/heif", ".webp": "image/webp", ".avif": "image/avif"}

_MISSING = Text("{file}：没有这个文件", "{file}: there is no such file")
_FOLDER = Text("{file}：是文件夹，请写出其中的文件", "{file}: is a folder; name the files in it")
_SPECIAL = Text("{file}：不是普通文件", "{file}: is no ordinary file")
_EMPTY = Text("{file}：是空文件", "{file}: is empty")
_UNREADABLE = Text("{file}：无法读取（{reason}）", "{file}: cannot be read ({reason})")
_TOO_LARGE = Text(
    "{file}：{size} MB，超过每个文件 {limit} MB 的上限。请压缩或拆分，或用 --max-mb 放宽",
    "{file}: {size} MB, more than the {limit} MB a file may have. "
    "Make it smaller, split it, or allow more with --max-mb",
)
_MEBI = 1024 * 1024


class FileRefused(UserError):
    """A file cannot be taken in."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file's bytes and what they are."""

    path: Path
    body: bytes
    hash: str
    size: int
    media: str
    taken: str
    taken_from: str


def check_file(path: Path, limit: int) -> None:
    """Look whether a file can be taken in, without reading it.

    Raises:
        FileRefused: it is missing, a folder, empty, too large, or cannot be read.
    """
    try:
        if not path.exists():
            raise FileRefused(_MISSING.format(file=path))
        if path.is_dir():
            raise FileRefused(_FOLDER.format(file=path))
        if not path.is_file():
            raise FileRefused(_SPECIAL.format(file=path))
        _check_size(path, path.stat().st_size, limit)
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def read_file(path: Path, limit: int) -> FileRead:
    """Read a file.

    Args:
        path: the file.
        limit: most bytes it may have.

    Raises:
        FileRefused: as `check_file`; also when it vanished or grew since.
    """
    try:
        with path.open("rb") as file:
            body = file.read(limit + 1)
        changed = path.stat().st_mtime
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    _check_size(path, len(body), limit)
    media = media_of(path.name, body)
    taken = None
    if media.startswith("image/"):
        from audit.pictures import taken_at

        taken = taken_at(body)
    made = datetime.fromtimestamp(changed, UTC).astimezone().isoformat(timespec="seconds")
    digest = hashlib.sha256(body).hexdigest()
    return FileRead(path, body, digest, len(body), media, taken or made, "exif" if taken else "file")


def media_of(name: str, beginning: bytes) -> str:
    """Return a file's media type: by its first bytes where they tell, else by its name."""
    for start, media in _BEGINNINGS.items():
        if beginning.startswith(start):
            return media
    if beginning[4:8] == b"ftyp" and beginning[8:12] in _BRANDS:
        return _BRANDS[beginning[8:12]]
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return "image/webp"
    suffix = "." + name.rpartition(".")[2].lower()
    # Without the tables of the machine, so that a file is the same everywhere.
    return _SUFFIXES.get(suffix) or MimeTypes().guess_type("x" + suffix)[0] or UNKNOWN_MEDIA


def _check_size(path: Path, size: int, limit: int) -> None:
    if not size:
        raise FileRefused(_EMPTY.format(file=path))
    if size > limit:
        shown = f"{-(-size * 10 // _MEBI) / 10:.1f}"
        raise FileRefused(_TOO_LARGE.format(file=path, size=shown, limit=f"{limit / _MEBI:g}"))


def _unreadable(path: Path, error: Exception) -> FileRefused:
    if isinstance(error, FileNotFoundError):
        return FileRefused(_MISSING.format(file=path))
    reason = (error.strerror if isinstance(error, OSError) else None) or error
    return FileRefused(_UNREADABLE.format(file=path, reason=reason))

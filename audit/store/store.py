"""Store: journals, checklists, results and files over any SQL database.

What a method has returned from is on the disk; what it raised from has left no trace.  A store may be used from
several threads, and a file by several processes; after a fork the child must open a store of its own.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine, Select, delete, func, insert, or_, select

from audit.store.engine import address_of, writing
from audit.store.errors import BackupFailed, RefTaken, StoreOnServer, StreamExists, UnknownStream
from audit.store.files import Files, as_bytes
from audit.store.migrate import back_up
from audit.store.opening import open_engine
from audit.store.place import default_url
from audit.store.rows import LEVELS, Entry, ResultRow, Results, Stored, StoredTotal, StreamRow
from audit.store.schema import checklists, entries, results, streams
from audit.store.translate import translated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

_AT_ONCE = 500
"""How many hashes one query asks for; every database allows so many parameters."""


class Store(Files):
    """One store, open; `Files` has the methods for files.

    Every method raises a `StoreError` of the kind that fits when the place or its disk fails.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self.place = place
        """The file, or the URL without its password: for sentences."""
        self._engine = engine
        self._writer = writing(engine)

    @classmethod
    def open(cls, url: str | None = None, *, create: bool = True) -> Self:
        """Open a store, and make or migrate its schema where that is due.

        Args:
            url: an URL or a plain path; None means `default_url()`.
            create: make the folder and the file where there are none.

        Raises:
            StoreError: of the kind that fits.
        """
        address = address_of(default_url() if url is None else url)
        return cls(open_engine(address, create=create), address.place)

    def close(self) -> None:
        """Close all connections; the last one to close a SQLite file leaves a single file behind."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Journals

    def create(self, kind: str, stream: str, ref: str, first: Sequence[Entry], *, exact: bool = False) -> str:
        """Begin a stream with its first entries, all or nothing, and return the ref it was given.

        Args:
            kind: what it is the journal of, e.g. "audit".
            stream: its id, new in this store.
            ref: the name wanted; when taken within the kind (upper and lower case alike), "-2", "-3" ... is appended.
            first: the entries to begin with.
            exact: refuse a taken name instead.

        Raises:
            RefTaken: the name is in use and `exact` was asked for.
            StreamExists: the id is in use.
        """
        with self._writing() as connection:
            if connection.execute(select(streams.c.id).where(streams.c.id == stream)).first():
                raise StreamExists(stream)
            given = _free_ref(connection, kind, ref)
            if exact and given != ref:
                raise RefTaken(self.place, ref)
            # On a server two can find the same name free; the unique constraint then refuses the later one.
            created = datetime.now(UTC).isoformat(timespec="microseconds")
            connection.execute(insert(streams).values(id=stream, kind=kind, ref=given, created=created))
            _add(connection, stream, first)
        return given

    def append(
        self, stream: str, new: Sequence[Entry], results: Results | None = None, *, after: int | None = None
    ) -> bool:
        """Add entries in their order, and replace the stored results with them; all or nothing.

        Args:
            stream: the id of the stream.
            new: entries; one that the stream already holds, by its hash, is skipped.
            results: what the audit's results are from now on; None leaves them as they are.
            after: write only if the stream holds nothing newer than this position; None writes in any case.

        Returns:
            False when something newer stands in the stream than `after`: nothing was written then.

        Raises:
            UnknownStream: no such stream.
        """
        with self._writing() as connection:
            # Writers of one stream wait here for each other, so that its positions become visible in their order and
            # a reader that remembers the last one misses none.  SQLite knows no such clause and needs none: there,
            # writers have been waiting for each other since BEGIN IMMEDIATE.
            _require(connection, stream, select(streams.c.id).with_for_update())
            if after is not None and _newest(connection, stream) > after:
                return False
            _add(connection, stream, new)
            if results is not None:
                _replace_results(connection, stream, results)
        return True

    def read(self, stream: str, after: int = 0) -> Stored:
        """Return what is newer than a position, oldest first.

        Args:
            stream: the id of the stream.
            after: the position an earlier call returned; 0 reads all.

        Raises:
            UnknownStream: no such stream.
        """
        query = (
            select(entries.c.hash, entries.c.body, entries.c.position)
            .where(entries.c.stream == stream, entries.c.position > after)
            .order_by(entries.c.position)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
            if not rows:
                _require(connection, stream, select(streams.c.id))
        return Stored([(row.hash, as_bytes(row.body)) for row in rows], rows[-1].position if rows else after)

    def streams(self, kind: str) -> list[StreamRow]:
        """Return all streams of a kind, oldest first."""
        with self._reading() as connection:
            return _stream_rows(connection, _streams_of(kind))

    def find(self, kind: str, ref_prefix: str) -> list[StreamRow]:
        """Return the streams a person can mean by a name or the beginning of one.

        The one with exactly this name if there is one, else those with this name in other letters (ABC, abc), else all
        that begin with it, oldest first.  An empty beginning finds all.
        """
        query = _streams_of(kind).where(streams.c.ref.istartswith(ref_prefix, autoescape=True))
        with self._reading() as connection:
            found = _stream_rows(connection, query)
        exact = [row for row in found if row.ref == ref_prefix]
        alike = [row for row in found if row.ref.lower() == ref_prefix.lower()]
        return exact or alike or found

    # Checklists

    def save_checklist(self, hash_: str, id_: str, version: str, body: bytes) -> None:
        """Keep a checklist's canonical bytes under their hash; does nothing when they are there."""
        with self._writing() as connection:
            if not connection.execute(select(checklists.c.hash).where(checklists.c.hash == hash_)).first():
                connection.execute(insert(checklists).values(hash=hash_, id=id_, version=version, body=body))

    def checklist(self, hash_: str) -> bytes | None:
        """Return the bytes kept under a hash, or None."""
        with self._reading() as connection:
            body = connection.execute(select(checklists.c.body).where(checklists.c.hash == hash_)).scalar()
        return None if body is None else as_bytes(body)

    # Results

    def results(self, stream: str) -> Results | None:
        """Return the stored results of an audit, or None where none are."""
        with self._reading() as connection:
            rows = connection.execute(select(results).where(results.c.audit == stream)).all()
        if not rows:
            return None
        found = [
            ResultRow(row.level, row.key, row.state, row.earned, row.possible, row.pass_points, row.passed)
            for row in rows
        ]
        return Results(rows[0].heads, tuple(sorted(found, key=lambda row: (LEVELS.index(row.level), row.key))))

    def totals(self) -> dict[str, StoredTotal]:
        """Return the stored total of every audit that has results, by its stream."""
        count = func.count().label("count")
        states = select(results.c.audit, results.c.state, count).where(results.c.level == "item")
        with self._reading() as connection:
            rows = connection.execute(select(results).where(results.c.level == "total")).all()
            counted = connection.execute(states.group_by(results.c.audit, results.c.state)).all()
        items: dict[str, dict[str, int]] = {row.audit: {} for row in rows}
        for audit, state, number in counted:
            items.setdefault(audit, {})[state] = number
        return {
            row.audit: StoredTotal(row.heads, row.state, row.earned, row.possible, row.passed, items[row.audit])
            for row in rows
        }

    # Backup

    def back_up(self) -> Path:
        """Copy the whole store, as it was last committed, to a new file beside it, and return that.

        Writers go on meanwhile; the copy is one file and needs nothing beside it.

        Raises:
            StoreOnServer: a server keeps the data.
            BackupFailed: the copy cannot be written.
        """
        if self._engine.dialect.name != "sqlite":
            raise StoreOnServer(self.place)
        try:
            return back_up(Path(self.place), f"{datetime.now().astimezone():%Y-%m-%d-%H%M}")
        except (sqlite3.Error, OSError) as error:
            raise BackupFailed(self.place, reason=getattr(error, "strerror", None) or error) from error

    # Transactions

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Give a connection whose queries all see the same moment."""
        with translated(self.place), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Give a connection in a writing transaction: committed at the end, undone by any exception."""
        with translated(self.place), self._writer.begin() as connection:
            yield connection


def _require(connection: Connection, stream: str, query: Select[tuple[str]]) -> None:
    if connection.execute(query.where(streams.c.id == stream)).first() is None:
        raise UnknownStream(stream)


def _free_ref(connection: Connection, kind: str, ref: str) -> str:
    """Return the ref itself or with the first number that is free; names differing only in case are the same."""
    similar = or_(func.lower(streams.c.ref) == func.lower(ref), streams.c.ref.istartswith(ref + "-", autoescape=True))
    query = select(streams.c.ref).where(streams.c.kind == kind, similar)
    taken = {name.lower() for name in connection.execute(query).scalars()}
    given, number = ref, 2
    while given.lower() in taken:
        given = f"{ref}-{number}"
        number += 1
    return given


def _add(connection: Connection, stream: str, new: Sequence[Entry]) -> None:
    """Insert what the stream does not hold yet; the caller's transaction keeps other writers of the stream out."""
    bodies = dict(new)  # the same hash twice is the same entry
    hashes = list(bodies)
    held: set[str] = set()
    for start in range(0, len(hashes), _AT_ONCE):
        asked = hashes[start : start + _AT_ONCE]
        query = select(entries.c.hash).where(entries.c.stream == stream, entries.c.hash.in_(asked))
        held.update(connection.execute(query).scalars())
    missing = [{"stream": stream, "hash": key, "body": bodies[key]} for key in hashes if key not in held]
    if missing:
        connection.execute(insert(entries), missing)


def _newest(connection: Connection, stream: str) -> int:
    query = select(func.max(entries.c.position)).where(entries.c.stream == stream)
    return connection.execute(query).scalar() or 0


def _replace_results(connection: Connection, audit: str, new: Results) -> None:
    connection.execute(delete(results).where(results.c.audit == audit))
    rows = [
        {
            "audit": audit,
            "heads": new.heads,
            "level": row.level,
            "key": row.key,
            "state": row.state,
            "earned": row.earned,
            "possible": row.possible,
            "pass_points": row.pass_points,
            "passed": row.passed,
        }
        for row in new.rows
    ]
    if rows:
        connection.execute(insert(results), rows)


def _streams_of(kind: str) -> Select[tuple[str, str, str, str]]:
    columns = select(streams.c.id, streams.c.kind, streams.c.ref, streams.c.created)
    return columns.where(streams.c.kind == kind).order_by(streams.c.created, streams.c.ref)


def _stream_rows(connection: Connection, query: Select[tuple[str, str, str, str]]) -> list[StreamRow]:
    return [StreamRow(row.id, row.kind, row.ref, row.created) for row in connection.execute(query)]

"""Addresses and engines: every connection is set up here, and what was set is read back.

SQLite promises that an acknowledged entry survives a power cut only in a certain mode; a place that cannot have this
mode must say so when it is opened, not when the entry is missing.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from audit.store.errors import StoreAddress, StoreUnsafe

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT = 10.0
"""Seconds to wait for another writer; `?timeout=` in the URL sets another."""

WRITES = "dealer_audit_writes"
"""Execution option of an engine whose transactions write."""

Mode = Literal["rw", "ro", "immutable"]
"""How a SQLite file is opened: to write; to read; to read where not even a lock can be left beside it."""

_SETTINGS = {
    "journal_mode": ("WAL", "wal"),  # readers never wait for the writer
    "synchronous": ("FULL", 2),  # the log is on the disk before a commit is acknowledged
    "fullfsync": ("ON", 1),  # on macOS only this reaches the disk itself; elsewhere it changes nothing
    "foreign_keys": ("ON", 1),
}
_WRITING_ONLY = {"journal_mode", "synchronous", "fullfsync"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a store is."""

    url: URL
    path: Path | None
    """The SQLite file, absolute; None where a server keeps the data."""

    @property
    def place(self) -> str:
        """How the place is named in sentences; never with a password."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)


def address_of(place: str) -> Address:
    """Understand an URL or a plain path.

    Raises:
        StoreAddress: it is neither.
        StoreUnsafe: it names a database in memory.
    """
    if "://" not in place:
        # Not by way of a text: a path may contain what has a meaning in an URL.
        return _file_address(URL.create("sqlite", database=str(Path(place).expanduser())))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:
        raise StoreAddress(place, reason=error) from error
    return _file_address(url) if url.get_backend_name() == "sqlite" else Address(url, None)


def _file_address(url: URL) -> Address:
    if not url.database or ":memory:" in url.database or url.query.get("mode") == "memory":
        raise StoreUnsafe(str(url), setting="journal_mode", wanted="WAL", got="memory")
    return Address(url, Path(url.database).absolute())


def build_engine(address: Address, mode: Mode = "rw") -> Engine:
    """Return an engine; nothing is opened yet, except that the database's driver is loaded.

    Args:
        address: where the store is.
        mode: how to open a SQLite file; without meaning for a server.

    Raises:
        StoreAddress: no such kind of database, its driver is not installed, or an option cannot be read.
    """
    try:
        if address.path is None:
            return create_engine(address.url)
        return _file_engine(address, address.path, mode)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise StoreAddress(address.place, reason=error) from error


def writing(engine: Engine) -> Engine:
    """Return the same engine (one pool) with transactions that write."""
    return engine.execution_options(**{WRITES: True})


def _file_engine(address: Address, path: Path, mode: Mode) -> Engine:
    # "rw" and not "rwc": a file removed while the store is open must not come back as an empty one.
    how = {"immutable": "1"} if mode == "immutable" else {"mode": mode}
    url = address.url.set(database=_file_uri(path), query={**address.url.query, "uri": "true", **how})
    timeout = float(str(address.url.query.get("timeout", BUSY_TIMEOUT)))
    engine = create_engine(url, connect_args={"timeout": timeout})

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
        # Python must not begin transactions on its own: it knows only deferred ones, and none for reading.
        connection.isolation_level = None
        for setting, (value, effect) in _SETTINGS.items():
            if mode != "rw" and setting in _WRITING_ONLY:
                continue
            connection.execute(f"PRAGMA {setting} = {value}")
            got = connection.execute(f"PRAGMA {setting}").fetchone()[0]
            if got != effect:
                raise StoreUnsafe(address.place, setting=setting, wanted=value, got=got)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes the lock at once.  One that read first and wrote later could not wait for another writer: what
        # it had read would be outdated by then, and SQLite refuses it.
        immediate = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _file_uri(path: Path) -> str:
    """Return the path as SQLite reads it in an URI; `Path.as_uri` names a network share in a way SQLite refuses."""
    plain = path.as_posix()
    return "file://" + ("" if plain.startswith("/") else "/") + quote(os.fsencode(plain), safe="/:")

"""The database's errors into ours: the one place that knows result codes.

Codes of servers join when PostgreSQL does; what is not known here passes through, for it is a mistake in this package.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from audit.store.errors import (
    StoreDamaged,
    StoreDiskFailed,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreReadOnly,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreLocked,
    sqlite3.SQLITE_LOCKED: StoreLocked,
    sqlite3.SQLITE_PROTOCOL: StoreLocked,  # too many were opening it at the same moment
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_IOERR: StoreDiskFailed,
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_NOTADB: StoreDamaged,
    sqlite3.SQLITE_CANTOPEN: StoreMissing,
}


def kind_of(error: BaseException) -> type[StoreError] | None:
    """Return which of our errors a database's error is; None for one that no user can have caused."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    # The low byte is the kind, the rest a detail.  Errors that Python itself raises have no code at all.
    code = getattr(cause, "sqlite_errorcode", None)
    return None if code is None else _KINDS.get(code & 0xFF)


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Let what happens inside raise our errors instead of the database's.

    Args:
        place: the store, as sentences name it.

    Raises:
        StoreError: of the kind that fits.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        kind = kind_of(error)
        if kind is None:
            raise
        raise kind(place) from error

"""From an address to an engine whose schema is up to date, in the best way the place allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from audit.store.engine import Address, Mode, build_engine
from audit.store.errors import FolderMissing, StoreMissing, StoreReadOnly, StoreUnfinished
from audit.store.migrate import bring_up_to_date, schema_version
from audit.store.translate import kind_of, translated

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

_MODES: tuple[Mode, ...] = ("rw", "ro", "immutable")


def open_engine(address: Address, *, create: bool) -> Engine:
    """Open the store at `address`, bring its schema up to date and return its engine.

    A file that cannot be written is opened for reading.

    Args:
        address: where the store is.
        create: make it where there is none.

    Raises:
        StoreError: of the kind that fits.
    """
    if address.path is not None:
        _prepare_file(address, address.path, create=create)
    with translated(address.place):
        engine, version = _reach(address)
        try:
            bring_up_to_date(engine, address, version, create=create)
        except BaseException:
            engine.dispose()
            raise
    return engine


def _prepare_file(address: Address, path: Path, *, create: bool) -> None:
    """Make sure that there is a file; an empty one is an empty database."""
    if create:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderMissing(address.place, reason=error.strerror or error) from error
    try:
        if path.is_dir():
            raise StoreMissing(address.place)
        if path.exists():
            return
        if create:
            path.touch()
            return
    except PermissionError as error:
        raise (StoreReadOnly if create else StoreMissing)(address.place) from error
    except OSError as error:
        raise StoreMissing(address.place) from error
    raise StoreMissing(address.place)


def _reach(address: Address) -> tuple[Engine, str | None]:
    """Return an engine and the schema's version, by the first way that lets the version be read."""
    modes = _MODES if address.path is not None else _MODES[:1]
    for mode in modes:
        engine = build_engine(address, mode)
        try:
            return engine, schema_version(engine)
        except BaseException as error:
            engine.dispose()
            # A read-only file refuses write-ahead mode; a read-only folder also the lock files that even readers need.
            refused = isinstance(error, DBAPIError) and kind_of(error) in {StoreReadOnly, StoreMissing}
            if not refused or mode == modes[-1]:
                raise
            # "immutable" reads without locks and ignores the log: right only when no log waits to be brought in.
            if mode == "ro" and address.path is not None and _has_log(address.path):
                raise StoreUnfinished(address.place) from error
    raise StoreMissing(address.place)  # unreachable: the last way returns or raises


def _has_log(path: Path) -> bool:
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False

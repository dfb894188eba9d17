"""The schema's version, and the way from an older one to ours.

Alembic takes longer to load than everything else in the store, so only a store that needs it loads it.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import String, column, inspect, select, table
from sqlalchemy.exc import DBAPIError

from audit.store import schema
from audit.store.engine import Address, writing
from audit.store.errors import StoreForeign, StoreMissing, StoreTooNew
from audit.store.translate import kind_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SCRIPTS = Path(__file__).parent / "migrations"

_table = table(schema.VERSION_TABLE, column("version_num", String))
_version = select(_table.c.version_num)


def schema_version(engine: Engine) -> str | None:
    """Return the version of the schema with a single query, or None where there is none yet."""
    try:
        with engine.connect() as connection:
            return connection.execute(_version).scalar()
    except DBAPIError as error:
        if kind_of(error) is not None:
            raise
    with engine.connect() as connection:
        if inspect(connection).has_table(schema.VERSION_TABLE):
            return connection.execute(_version).scalar()
        return None


def bring_up_to_date(engine: Engine, address: Address, version: str | None, *, create: bool) -> None:
    """Make the schema ours, after a backup if there is something to lose; nothing happens when it is ours already.

    Args:
        engine: of the store.
        address: where the store is.
        version: what `schema_version` said.
        create: make the schema where there is none.

    Raises:
        StoreTooNew: a newer edition of this tool wrote it.
        StoreForeign: another program wrote it.
        StoreMissing: there is no schema and none may be made.
    """
    if _is_known(version, address):
        return
    with writing(engine).begin() as connection:
        # Another process may have been faster; now that the lock is ours, the answer holds.
        if not inspect(connection).has_table(schema.VERSION_TABLE):
            _require_empty(connection, address)
            if not create:
                raise StoreMissing(address.place)
        else:
            version = connection.execute(_version).scalar()
            if _is_known(version, address):
                return
            # A read-only file lets a writing transaction begin and refuses the first change: better before the backup.
            connection.execute(_table.update().values(version_num=_table.c.version_num))
            if address.path is not None:
                back_up(address.path, version or "0000")
        _run_alembic(connection)


def back_up(path: Path, label: str) -> Path:
    """Copy a SQLite file as it was last committed to a new file beside it, and return that.

    The copy leaves write-ahead mode, so that this one file is all there is to keep.

    Args:
        path: the file.
        label: what tells the copy from others: a version, a time.
    """
    copy = path.with_name(f"{path.stem}-backup-{label}{path.suffix}")
    number = 2
    while copy.exists():
        copy = path.with_name(f"{path.stem}-backup-{label}-{number}{path.suffix}")
        number += 1
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        # Half a backup is worse than none.
        copy.unlink(missing_ok=True)
        raise
    return copy


def _is_known(version: str | None, address: Address) -> bool:
    """Say whether the schema is ours; False means older or none."""
    if version is None:
        return False
    if not re.fullmatch(r"[0-9]{4}", version):
        raise StoreForeign(address.place)
    if version > schema.VERSION:
        raise StoreTooNew(address.place, version=version, known=schema.VERSION)
    return version == schema.VERSION


def _require_empty(connection: Connection, address: Address) -> None:
    """Refuse a file with tables that are not ours; a server's database may hold those of others."""
    if address.path is not None and inspect(connection).get_table_names():
        raise StoreForeign(address.place)


def _run_alembic(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, schema.VERSION)

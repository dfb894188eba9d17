"""The tables, as the newest revision in migrations/ leaves them; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

VERSION = "0002"
"""The newest revision: four digits, so that text and number sort alike."""

VERSION_TABLE = "schema_version"
"""Not Alembic's default name: another program's database must not look like ours."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

streams = Table(
    "streams",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("created", Text, nullable=False),
    UniqueConstraint("kind", "ref"),
)

entries = Table(
    "entries",
    metadata,
    # SQLite counts only in a column typed INTEGER, and only AUTOINCREMENT never gives a number twice.
    Column("position", BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True),
    Column("stream", Text, ForeignKey("streams.id"), nullable=False),
    Column("hash", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("stream", "hash"),
    Index(None, "stream", "position"),
    sqlite_autoincrement=True,
)

checklists = Table(
    "checklists",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

results = Table(
    "results",
    metadata,
    Column("audit", Text, ForeignKey("streams.id"), primary_key=True),
    Column("level", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("heads", Text, nullable=False),
    Column("state", Text, nullable=True),
    # Points in whole hundredths: exact, and sums stay exact in any database.
    Column("earned", Integer, nullable=False),
    Column("possible", Integer, nullable=False),
    Column("pass_points", Integer, nullable=True),
    Column("passed", Boolean, nullable=True),
)

files = Table(
    "files",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("media", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    # Before the body: SQLite reads a row from its beginning, and must not go through megabytes to show a small picture.
    Column("thumbnail", LargeBinary, nullable=True),
    Column("body", LargeBinary, nullable=False),
)

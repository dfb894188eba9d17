"""The first schema: journals, checklists, results."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "streams",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_streams"),
        sa.UniqueConstraint("kind", "ref", name="uq_streams_kind_ref"),
    )
    op.create_table(
        "entries",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer, "sqlite"), sa.Identity(), nullable=False),
        sa.Column("stream", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_entries"),
        sa.ForeignKeyConstraint(["stream"], ["streams.id"], name="fk_entries_stream"),
        sa.UniqueConstraint("stream", "hash", name="uq_entries_stream_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entries_stream_position", "entries", ["stream", "position"])
    op.create_table(
        "checklists",
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_checklists"),
    )
    op.create_table(
        "results",
        sa.Column("audit", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("heads", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=True),
        sa.Column("earned", sa.Integer, nullable=False),
        sa.Column("possible", sa.Integer, nullable=False),
        sa.Column("pass_points", sa.Integer, nullable=True),
        sa.Column("passed", sa.Boolean, nullable=True),
        sa.PrimaryKeyConstraint("audit", "level", "key", name="pk_results"),
        sa.ForeignKeyConstraint(["audit"], ["streams.id"], name="fk_results_audit"),
    )

"""Run by Alembic for each migration: works on the connection and in the transaction it was handed."""

from alembic import context

from audit.store.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()

"""The schema's revisions, run by Alembic (see migrate.py)."""

"""The store: the only package that speaks SQL.

Nothing is imported here: whoever needs only the errors or the rows must not load SQLAlchemy.

    rows.py        what goes in and comes out: entries, streams, results
    errors.py      what can go wrong, as sentences
    place.py       where the store lies when nobody says otherwise
    store.py       Store: create, append, read, list
    files.py       the part of Store that keeps files under their hash
    schema.py      the tables          engine.py      connections and their settings
    opening.py     from an address to an engine whose schema is up to date
    migrate.py     the schema's version, backup and migration (migrations/ holds the revisions)
    translate.py   the database's errors into ours
"""

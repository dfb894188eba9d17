"""How a store is found, opened, set up and migrated."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, create_engine, event

from audit.store import migrate, schema
from audit.store.errors import FolderMissing, StoreAddress, StoreLocked, StoreMissing, StoreUnsafe
from audit.store.place import default_url
from audit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """All SQL that SQLAlchemy sends, BEGIN left out."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


# Where it lies


def test_the_default_is_a_file_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEALER_AUDIT_STORE", raising=False)
    url = default_url()
    assert url.startswith("sqlite:///")
    assert url.endswith("dealer-audit.db")


@pytest.mark.parametrize("form", ["{path}", "sqlite:///{path}"], ids=["a plain path", "an URL"])
def test_the_environment_names_another_place(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new folder" / "deeper" / "store.db"
    monkeypatch.setenv("DEALER_AUDIT_STORE", form.format(path=path))
    with Store.open() as store:
        assert store.place == str(path)
    assert path.exists()


@pytest.mark.parametrize("name", ["a b.db", "50%25.db", "what?mode=ro.db", "a#b.db", "评估.db", "file:x.db"])
def test_a_path_is_taken_letter_by_letter(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with Store.open(str(path)) as store:
        store.create("audit", "s1", "GZ01", [])
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_relative_path_stays_where_it_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    with Store.open("store.db") as store:
        monkeypatch.chdir(tmp_path / "elsewhere")
        with ExitStack() as stack:
            for _ in range(2):
                stack.enter_context(store._reading())
        assert store.streams("audit") == []
    assert [path.name for path in tmp_path.glob("**/*.db")] == ["store.db"]


def test_nothing_is_made_where_nothing_may_be_made(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing) as caught:
        Store.open(str(tmp_path / "folder" / "store.db"), create=False)
    assert str(tmp_path / "folder" / "store.db") in caught.value.text.zh
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreMissing):
        Store.open(str(tmp_path / "empty.db"), create=False)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderMissing):
        Store.open(str(tmp_path / "file" / "folder" / "store.db"))


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        Store.open(str(tmp_path))


@pytest.mark.parametrize(
    "url", ["nosuch://host/db", "sqlite+nosuch:///x.db", "oracle://u:secret@host/db", "://", "sqlite:///x.db?timeout=y"]
)
def test_an_address_that_cannot_be_used_is_a_sentence(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreAddress) as caught:
        Store.open(url)
    assert "secret" not in caught.value.text.en


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_memory_keeps_nothing_and_is_refused(url: str) -> None:
    with pytest.raises(StoreUnsafe):
        Store.open(url)


def test_a_file_that_vanished_does_not_come_back_empty(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(str(path)) as store, store._reading():
        for file in tmp_path.iterdir():
            file.unlink()
        with pytest.raises(StoreMissing):
            store.streams("audit")


# How it is set up


def test_every_connection_of_the_pool_is_safe(tmp_path: Path) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    with Store.open(str(tmp_path / "store.db")) as store, ExitStack() as stack:
        connections = [stack.enter_context(store._reading()) for _ in range(6)]
        drivers = {id(connection.connection.driver_connection) for connection in connections}
        assert len(drivers) == 6
        for connection in connections:
            got = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            assert got == wanted


def test_a_place_without_write_ahead_mode_says_so(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("needs a file system layer that only Unix has")
    # This layer of SQLite's locks by files, as some network folders must, and has no shared memory for the log.
    with pytest.raises(StoreUnsafe) as caught:
        Store.open(f"sqlite:///{tmp_path}/store.db?vfs=unix-dotfile")
    assert "WAL" in caught.value.text.zh


def test_a_writer_takes_the_lock_before_it_reads(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    with Store.open(path) as store, Store.open(f"sqlite:///{path}?timeout=0") as other:
        store.create("audit", "s1", "GZ01", [])
        with store._writing(), pytest.raises(StoreLocked):
            other.append("s1", [])
        with store._reading() as connection:
            connection.exec_driver_sql("SELECT * FROM streams")
            other.append("s1", [("h", b"{}")])  # readers hold nobody up
        assert store.read("s1").entries == [("h", b"{}")]


# Its schema


def test_the_revisions_and_the_tables_say_the_same(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    Store.open(str(tmp_path / "store.db")).close()
    engine = create_engine(f"sqlite:///{tmp_path}/store.db")
    with engine.connect() as connection:
        options = {"version_table": schema.VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, schema.metadata) == []
        created = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'entries'").scalar_one()
        assert "AUTOINCREMENT" in created
    engine.dispose()
    assert ScriptDirectory(str(migrate.SCRIPTS)).get_heads() == [schema.VERSION]


def test_opening_an_up_to_date_store_asks_one_query(tmp_path: Path, statements: list[str]) -> None:
    path = str(tmp_path / "store.db")
    Store.open(path).close()
    statements.clear()
    Store.open(path).close()
    assert statements == ["SELECT schema_version.version_num \nFROM schema_version"]


def test_alembic_loads_only_when_there_is_something_to_migrate(tmp_path: Path) -> None:
    code = (
        "import sys; from audit.store.store import Store; Store.open(sys.argv[1]).close();"
        "print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-W", "error", "-c", code, str(tmp_path / "store.db")]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2)]
    assert [(run.stdout.strip(), run.stderr) for run in runs] == [("True", ""), ("False", "")]
    assert [file.name for file in tmp_path.iterdir()] == ["store.db"]  # a new file has nothing to back up


NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("streams", sa.Column("note", sa.Text))
    {then}
"""


def next_version(scripts: Path, monkeypatch: pytest.MonkeyPatch, then: str = "") -> None:
    """Let the program be one revision newer than it is."""
    (scripts / "versions").mkdir(parents=True)
    for name in ("env.py", "versions/0001_first.py", "versions/0002_files.py"):
        (scripts / name).write_bytes((migrate.SCRIPTS / name).read_bytes())
    (scripts / "versions" / "0003_note.py").write_text(NEXT.format(then=then))
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(schema, "VERSION", "0003")


def test_an_older_store_is_backed_up_and_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data" / "store.db"
    with Store.open(str(path)) as store:
        store.create("audit", "s1", "GZ01", [("h", b"{}")])
    next_version(tmp_path / "100% scripts", monkeypatch)
    (path.parent / "store-backup-0002.db").touch()  # of an earlier attempt, and not to be overwritten
    for _ in range(2):
        with Store.open(str(path), create=False) as store:
            assert store.read("s1").entries == [("h", b"{}")]
    backup = path.parent / "store-backup-0002-2.db"
    assert sorted(path.parent.iterdir()) == [backup, path.parent / "store-backup-0002.db", path]
    with closing(sqlite3.connect(path)) as new, closing(sqlite3.connect(backup)) as old:
        assert new.execute("SELECT version_num FROM schema_version").fetchall() == [("0003",)]
        assert new.execute("SELECT note FROM streams").fetchall() == [(None,)]
        assert old.execute("SELECT version_num FROM schema_version").fetchall() == [("0002",)]
        assert old.execute("SELECT hash FROM entries").fetchall() == [("h",)]
        assert old.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data" / "store.db"
    Store.open(str(path)).close()
    next_version(tmp_path / "scripts", monkeypatch, then="raise RuntimeError('in the middle')")
    with pytest.raises(RuntimeError, match="in the middle"):
        Store.open(str(path))
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT version_num FROM schema_version").fetchall() == [("0002",)]
        assert "note" not in file.execute("SELECT sql FROM sqlite_master WHERE name = 'streams'").fetchone()[0]

"""Files in a store, and stores from before there were any."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from audit.store import schema
from audit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        yield opened


def test_a_file_comes_back_byte_for_byte(store: Store) -> None:
    body = bytes(range(256)) * 20_000
    assert store.put_file(body, "image/jpeg", b"small")
    assert store.get_file(sha(body)) == body
    assert store.thumbnail(sha(body)) == b"small"
    row = store.kept_files([sha(body), sha(b"other")])[sha(body)]
    assert (row.media, row.size, row.pictured) == ("image/jpeg", len(body), True)


def test_the_same_bytes_are_kept_once(store: Store) -> None:
    assert store.put_file(b"one", "text/plain")
    assert not store.put_file(b"one", "image/jpeg", b"small")
    assert store.kept_files([sha(b"one")])[sha(b"one")].media == "text/plain"


def test_what_is_not_there_is_none(store: Store) -> None:
    assert not store.has_file(sha(b""))
    assert store.get_file(sha(b"")) is None
    assert store.thumbnail(sha(b"")) is None
    assert store.kept_files([]) == {}


def test_only_what_no_entry_mentions_is_dropped(store: Store) -> None:
    hashes = [sha(body) for body in (b"one", b"two", b"three")]
    for body in (b"one", b"two", b"three"):
        store.put_file(body, "text/plain")
    store.create("audit", "s1", "GZ01", [("h", f'{{"file":"{hashes[0]}"}}'.encode())])
    assert store.drop_files(hashes[:2]) == 1
    assert [store.has_file(hash_) for hash_ in hashes] == [True, False, True]
    assert store.drop_files([]) == 0


def test_a_thumbnail_is_read_without_its_file(tmp_path: Path, store: Store) -> None:
    """The column stands before the bytes: SQLite walks a row from its beginning."""
    store.put_file(b"x", "text/plain")
    with closing(sqlite3.connect(tmp_path / "store.db")) as file:
        columns = [row[1] for row in file.execute("PRAGMA table_info(files)")]
    assert columns.index("thumbnail") < columns.index("body")


def test_a_store_of_version_1_is_backed_up_and_takes_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data" / "store.db"
    with monkeypatch.context() as before:
        before.setattr(schema, "VERSION", "0001")
        with Store.open(str(path)) as old:
            old.create("audit", "s1", "GZ01", [("h", b"{}")])
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT version_num FROM schema_version").fetchall() == [("0001",)]
        assert file.execute("SELECT count(*) FROM sqlite_master WHERE name = 'files'").fetchone() == (0,)
    for new in (True, False):
        with Store.open(str(path), create=False) as store:
            assert store.read("s1").entries == [("h", b"{}")]
            assert store.put_file(b"photo", "image/jpeg") is new
    backup = path.parent / "store-backup-0001.db"
    assert sorted(path.parent.iterdir()) == [backup, path]
    with closing(sqlite3.connect(backup)) as file:
        assert file.execute("SELECT version_num FROM schema_version").fetchall() == [("0001",)]
        assert file.execute("SELECT hash FROM entries").fetchall() == [("h",)]

"""What the store says when its file cannot be used, and that what was acknowledged is there afterwards."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audit.store.errors import (
    StoreDamaged,
    StoreError,
    StoreForeign,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreReadOnly,
    StoreTooNew,
    StoreUnfinished,
)
from audit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = [("h1", b"{}"), ("h2", b"{}")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one stream of two entries."""
    return filled(tmp_path / "store.db")


def filled(path: Path) -> Path:
    with Store.open(str(path)) as store:
        store.create("audit", "s1", "GZ01", KEPT)
    return path


def is_a_sentence(error: StoreError, path: Path) -> bool:
    """Whether both languages name the place, and Chinese is Chinese."""
    return str(path) in error.text.zh and str(path) in error.text.en and "。" in error.text.zh


# Locked


def test_a_writer_who_waits_too_long_is_told_so(path: Path) -> None:
    with (
        Store.open(f"sqlite:///{path}?timeout=0.1") as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked) as caught:
            store.append("s1", [("h3", b"{}")])
        assert is_a_sentence(caught.value, path)
        assert store.read("s1").entries == KEPT  # reading goes on meanwhile
        other.execute("ROLLBACK")
        store.append("s1", [("h3", b"{}")])
        assert len(store.read("s1").entries) == 3


def test_a_store_held_by_one_program_alone_cannot_be_opened(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked):
            Store.open(f"sqlite:///{path}?timeout=0.1")


# Read-only


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may read; pytest's own is for its owner alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


@contextmanager
def nobody_special() -> Iterator[None]:
    """Give up root's right to write everywhere, where the tests run as root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def can_be_read_but_not_written(path: Path) -> None:
    with nobody_special(), Store.open(str(path)) as store:
        assert store.read("s1").entries == KEPT
        with pytest.raises(StoreReadOnly) as caught:
            store.append("s1", [("h3", b"{}")])
        assert is_a_sentence(caught.value, path)
        with pytest.raises(StoreReadOnly):
            store.create("audit", "s2", "GZ02", [])
        assert store.read("s1").entries == KEPT


def leave_write_ahead_mode(path: Path) -> None:
    """Make one file the whole store, as copies on a stick are."""
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode = DELETE")


@pytest.mark.parametrize("one_file", [False, True], ids=["as we leave it", "as on a stick"])
def test_a_read_only_file_can_be_read(open_folder: Path, one_file: bool) -> None:
    path = filled(open_folder / "store.db")
    if one_file:
        leave_write_ahead_mode(path)
    path.chmod(0o444)
    can_be_read_but_not_written(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no read-only folders")
@pytest.mark.parametrize("one_file", [False, True], ids=["as we leave it", "as on a stick"])
def test_a_file_in_a_read_only_folder_can_be_read(open_folder: Path, one_file: bool) -> None:
    path = filled(open_folder / "store.db")
    if one_file:
        leave_write_ahead_mode(path)
    path.chmod(0o444)
    open_folder.chmod(0o555)
    can_be_read_but_not_written(path)
    assert list(open_folder.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no read-only folders")
def test_a_log_that_cannot_be_brought_in_is_not_passed_over(open_folder: Path, tmp_path: Path) -> None:
    path = open_folder / "store.db"
    with Store.open(str(tmp_path / "source.db")) as store:
        store.create("audit", "s1", "GZ01", KEPT)
        for ending in ("", "-wal"):  # as a crash leaves them
            (open_folder / f"store.db{ending}").write_bytes((tmp_path / f"source.db{ending}").read_bytes())
    open_folder.chmod(0o555)
    with nobody_special(), pytest.raises(StoreUnfinished) as caught:
        Store.open(str(path))
    assert is_a_sentence(caught.value, path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no read-only folders")
def test_nothing_can_be_made_in_a_read_only_folder(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with nobody_special(), pytest.raises(StoreReadOnly):
        Store.open(str(open_folder / "store.db"))
    with nobody_special(), pytest.raises(StoreMissing):
        Store.open(str(open_folder / "folder" / "store.db"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permission")
def test_a_file_that_may_not_be_opened_is_named(open_folder: Path) -> None:
    path = filled(open_folder / "store.db")
    path.chmod(0)
    with nobody_special(), pytest.raises(StoreMissing) as caught:
        Store.open(str(path))
    assert is_a_sentence(caught.value, path)


# Full


def test_a_full_store_keeps_what_it_acknowledged(path: Path) -> None:
    kept = list(KEPT)
    with Store.open(str(path)) as store:
        with store._reading() as connection:  # the pool hands this connection out again
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")

        def fill() -> None:
            for number in range(100):
                new = (f"n{number}", bytes(1000))
                store.append("s1", [new])
                kept.append(new)

        with pytest.raises(StoreFull) as caught:
            fill()
        assert is_a_sentence(caught.value, path)
        assert len(kept) > len(KEPT)
        assert store.read("s1").entries == kept
        with store._reading() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1000}")
        store.append("s1", [("later", b"{}")])
    with Store.open(str(path)) as store:
        assert store.read("s1").entries == [*kept, ("later", b"{}")]


LIMITED = """
import resource, sys
from pathlib import Path
from audit.store.errors import StoreDiskFailed
from audit.store.store import Store

store = Store.open(sys.argv[1])
kept = []
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
try:
    for number in range(1000):
        store.append("s1", [(f"n{number}", bytes(1000))])
        kept.append(f"n{number}")
except StoreDiskFailed as error:
    print(len(kept))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert [hash for hash, body in store.read("s1").entries][2:] == kept
store.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_disk_that_refuses_takes_nothing_away(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    acknowledged = int(done.stdout)
    assert acknowledged > 0
    with Store.open(str(path)) as store:
        assert len(store.read("s1").entries) == len(KEPT) + acknowledged


# Damaged, foreign, too new


@pytest.mark.parametrize(
    "content",
    [random.Random(1).randbytes(20_000), b"Dear auditor,\nthis is a letter.\n", b"SQLite format 3\0" + bytes(5000)],
    ids=["random bytes", "a letter", "only the beginning of a database"],
)
def test_what_is_no_database_is_left_alone(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    with pytest.raises(StoreDamaged) as caught:
        Store.open(str(path))
    assert is_a_sentence(caught.value, path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("part", [0.9, 0.5, 0.1, 0.01])
def test_a_truncated_store_is_damaged(part: float, path: Path) -> None:
    content = path.read_bytes()[: int(path.stat().st_size * part)]
    path.write_bytes(content)
    with pytest.raises(StoreDamaged):
        Store.open(str(path))
    assert path.read_bytes() == content


def test_damage_inside_is_found_when_it_is_met(path: Path) -> None:
    with Store.open(str(path)) as store:
        for number in range(100):
            store.append("s1", [(f"n{number}", bytes(1000))])
    content = bytearray(path.read_bytes())
    content[12 * 4096 : -4096] = random.Random(2).randbytes(len(content) - 13 * 4096)
    path.write_bytes(content)
    with Store.open(str(path)) as store, pytest.raises(StoreDamaged):
        store.read("s1")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE bookmarks (url TEXT)")
    for create in (True, False):
        with pytest.raises(StoreForeign) as caught:
            Store.open(str(path), create=create)
        assert is_a_sentence(caught.value, path)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


@pytest.mark.parametrize(("version", "kind"), [("0003", StoreTooNew), ("9999", StoreTooNew), ("1a2b", StoreForeign)])
def test_a_version_we_do_not_know_is_left_alone(version: str, kind: type[StoreError], path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE schema_version SET version_num = ?", (version,))
    with pytest.raises(kind) as caught:
        Store.open(str(path))
    assert is_a_sentence(caught.value, path)
    assert kind is not StoreTooNew or version in caught.value.text.en
    assert list(path.parent.iterdir()) == [path]

"""`dealer-audit evidence` at the command line."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.photos import photo
from tui.exits import ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Person


@pytest.fixture
def ref(person: Person) -> str:
    return person.begin()


@pytest.fixture
def inbox(home: Path) -> Path:
    (home / "inbox").mkdir()
    return home / "inbox"


def listed(person: Person, ref: str, *more: str) -> list[dict[str, Any]]:
    return list(person.well("evidence", "list", ref, "--json", *more).json["evidence"])


def now_in_exif(later: int = 0) -> str:
    return datetime.fromtimestamp(time.time() + later, UTC).astimezone().strftime("%Y:%m:%d %H:%M:%S")


def test_files_go_in_and_are_listed(person: Person, ref: str, home: Path) -> None:
    path = photo(home / "工位.jpg", "2026:05:12 10:00:05")
    (home / "order.pdf").write_bytes(b"%PDF-1.7")
    done = person.well("evidence", "add", ref, "a1", str(path), str(home / "order.pdf"))
    assert "A1: files added: 2 (工位.jpg, order.pdf)" in done.err
    pieces = listed(person, ref)
    assert {piece["name"] for piece in pieces} == {"工位.jpg", "order.pdf"}
    shot = next(piece for piece in pieces if piece["name"] == "工位.jpg")
    assert (shot["item"], shot["media"], shot["taken"]) == ("A1", "image/jpeg", "2026-05-12T10:00:05")
    assert (shot["file"], shot["thumbnail"]) == (hashlib.sha256(path.read_bytes()).hexdigest(), True)
    assert listed(person, ref, "--item", "A2") == []
    shown = person.well("evidence", "list", ref, lang="zh").out
    assert "工位.jpg" in shown
    assert "2026-05-12 10:00" in shown
    assert person.well("score", ref, "--json").json["evidence"][0]["item"] == "A1"


def test_a_duplicate_is_said(person: Person, ref: str, home: Path) -> None:
    path = str(photo(home / "a.jpg"))
    person.well("evidence", "add", ref, "A1", path)
    again = person.well("evidence", "add", ref, "A1", path)
    assert "A1: a.jpg is there already, nothing was changed" in again.err
    assert "已经在了" in person.well("evidence", "add", ref, "A1", path, lang="zh").err
    assert len(listed(person, ref)) == 1


def test_files_that_cannot_be_added_are_sentences(person: Person, ref: str, home: Path) -> None:
    good = str(photo(home / "a.jpg"))
    done = person.on_store("evidence", "add", ref, "A1", good, "gone.jpg", str(home))
    assert done.code == ExitCode.USAGE
    assert "gone.jpg: there is no such file" in done.err
    assert "is a folder" in done.err
    small = person.on_store("evidence", "add", ref, "A1", good, "--max-mb", "0.001", lang="zh")
    assert "超过每个文件" in small.err
    assert person.on_store("evidence", "add", ref, "A1", good, "--max-mb", "much").code == ExitCode.USAGE
    assert person.on_store("evidence", "add", ref, "A9", good).code == ExitCode.NOT_FOUND
    assert listed(person, ref) == []


def test_a_sealed_audit_takes_no_more(person: Person, ref: str, home: Path) -> None:
    path = str(photo(home / "a.jpg"))
    person.well("evidence", "add", ref, "A1", path)
    person.complete(ref)
    person.sign(ref)
    for words in (["add", ref, "A2", path], ["remove", ref, "A1", "a.jpg"]):
        done = person.on_store("evidence", *words)
        assert done.code == ExitCode.REFUSED
        assert "signed and sealed" in done.err
    assert len(listed(person, ref)) == 1
    assert "is intact" in person.well("audit", "verify", ref).out


def test_what_is_removed_can_be_undone(person: Person, ref: str, home: Path) -> None:
    person.well("evidence", "add", ref, "A1", str(photo(home / "a.jpg")))
    assert "A1: a.jpg was removed" in person.well("evidence", "remove", ref, "A1", "a.jpg").err
    assert listed(person, ref) == []
    assert person.on_store("evidence", "remove", ref, "A1", "a.jpg").code == ExitCode.NOT_FOUND
    assert "removed evidence a.jpg" in person.well("audit", "undo", ref).err
    assert len(listed(person, ref)) == 1


def test_a_changed_byte_is_found(person: Person, ref: str, home: Path) -> None:
    person.well("evidence", "add", ref, "A1", str(photo(home / "a.jpg")))
    assert "evidence files intact: 1" in person.well("evidence", "verify", ref).out
    with closing(sqlite3.connect(person.store)) as database:
        database.execute("update files set body = zeroblob(length(body))")
        database.commit()
    done = person.on_store("evidence", "verify", ref)
    assert done.code == ExitCode.ATTENTION
    assert "a.jpg (A1" in done.out
    shape = person.on_store("evidence", "verify", ref, "--json")
    assert (shape.code, shape.json["intact"], len(shape.json["problems"])) == (ExitCode.ATTENTION, False, 1)
    assert person.on_store("audit", "verify", ref).code == ExitCode.ATTENTION
    assert person.on_store("evidence", "export", ref, "out").code == ExitCode.ATTENTION


def test_the_originals_come_out(person: Person, ref: str, home: Path) -> None:
    path = photo(home / "a.jpg")
    person.well("evidence", "add", ref, "A1", str(path))
    assert person.well("evidence", "export", ref, "out").out.strip() == "out"
    assert (home / "out" / "A1_a.jpg").read_bytes() == path.read_bytes()


# The inbox


def test_photos_are_proposed_and_nothing_is_added_yet(person: Person, ref: str, inbox: Path) -> None:
    photo(inbox / "early.jpg", now_in_exif(-3600 * 30))
    person.well("audit", "answer", ref, "A1", "3")
    photo(inbox / "now.jpg", now_in_exif(1))
    done = person.well("evidence", "inbox", ref, str(inbox))
    assert "now.jpg" in done.out
    assert "scored A1" in done.out
    assert "Nothing was added yet" in done.err
    assert listed(person, ref) == []


def test_an_empty_file_of_a_card_holds_nothing_up_and_folders_below_are_read(
    person: Person, ref: str, inbox: Path
) -> None:
    person.well("audit", "answer", ref, "A1", "3")
    (inbox / "zero.jpg").touch()
    (inbox / "100APPLE").mkdir()
    photo(inbox / "100APPLE" / "now.jpg", now_in_exif(1))
    shown = person.well("evidence", "inbox", ref, str(inbox))
    assert "left out: " in shown.err
    assert "zero.jpg" in shown.err
    added = person.well("evidence", "inbox", ref, str(inbox), "--skip", "zero.jpg", "--confirm")
    assert "zero.jpg" not in added.err
    assert len(person.well("evidence", "list", ref, "--json").json["evidence"]) == 1


def test_confirmed_moved_and_skipped(person: Person, ref: str, inbox: Path) -> None:
    person.well("audit", "answer", ref, "A1", "3")
    for name in ("a.jpg", "b=1.jpg", "c.jpg"):
        photo(inbox / name, now_in_exif(1))
    options = ["--move", "b=1.jpg=B1", "--skip", "c.jpg"]
    shape = person.well("evidence", "inbox", ref, str(inbox), *options, "--confirm", "--json").json
    assert {shown["name"]: (shown["action"], shown["item"]) for shown in shape["photos"]} == {
        "a.jpg": ("proposed", "A1"),
        "b=1.jpg": ("moved", "B1"),
        "c.jpg": ("skipped", None),
    }
    assert shape["added"] == 2
    assert {(piece["item"], piece["name"]) for piece in listed(person, ref)} == {("A1", "a.jpg"), ("B1", "b=1.jpg")}
    again = person.well("evidence", "inbox", ref, str(inbox), "--skip", "c.jpg", "--confirm", "--json").json
    assert [shown["action"] for shown in again["photos"]] == ["known", "known", "skipped"]
    assert (again["added"], len(listed(person, ref))) == (0, 2)


def test_a_photo_without_a_proposal_is_left_and_named(person: Person, ref: str, inbox: Path) -> None:
    person.well("audit", "answer", ref, "A1", "3")
    photo(inbox / "old.jpg", "2020:01:01 10:00:00")
    photo(inbox / "now.jpg", now_in_exif(1))
    done = person.on_store("evidence", "inbox", ref, str(inbox), "--confirm")
    assert done.code == ExitCode.ATTENTION
    assert "old.jpg" in done.err
    assert [piece["name"] for piece in listed(person, ref)] == ["now.jpg"]
    person.well("evidence", "inbox", ref, str(inbox), "--confirm", "--move", "old.jpg=B2")
    assert {piece["item"] for piece in listed(person, ref)} == {"A1", "B2"}


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--move", "a.jpg"], ExitCode.USAGE, "FILE=ITEM"),
        (["--move", "aa.jpg=A1"], ExitCode.USAGE, "Did you mean a.jpg?"),
        (["--move", "a.jpg=A9"], ExitCode.NOT_FOUND, "A9"),
        (["--move", "a.jpg=A1", "--skip", "a.jpg"], ExitCode.USAGE, "moved and skipped"),
        (["--zone", "Nowhere"], ExitCode.USAGE, "no time zone"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    person: Person, ref: str, inbox: Path, options: list[str], code: ExitCode, said: str
) -> None:
    person.well("audit", "answer", ref, "A1", "3")
    photo(inbox / "a.jpg", now_in_exif(1))
    done = person.on_store("evidence", "inbox", ref, str(inbox), "--confirm", *options)
    assert (done.code, listed(person, ref)) == (code, [])
    assert said in done.err


# Ctrl-C

SLOW = """
import sys, time
from audit import evidence_adding
read = evidence_adding.read_file
def slowly(path, limit):
    found = read(path, limit)
    print("read", path.name, flush=True)
    time.sleep(0.3)
    return found
evidence_adding.read_file = slowly
from tui.main import main
main()
"""


def test_ctrl_c_leaves_nothing_half_added(person: Person, ref: str, home: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("signals as Unix has them")
    paths = [str(photo(home / f"{n}.jpg")) for n in range(20)]
    words = ["evidence", "add", ref, "A1", *paths, "--store", str(person.store), "--lang", "en"]
    command = [sys.executable, "-c", SLOW, *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as adding:
        assert adding.stdout is not None
        for _ in range(3):
            adding.stdout.readline()
        adding.send_signal(signal.SIGINT)
        _, said = adding.communicate(timeout=60)
    assert adding.returncode == ExitCode.INTERRUPTED
    assert "Interrupted" in said
    assert listed(person, ref) == []
    with closing(sqlite3.connect(person.store)) as database:
        assert database.execute("select count(*) from files").fetchone() == (0,)
    assert "files added: 20" in person.well("evidence", "add", ref, "A1", *paths).err


def test_a_damaged_file_of_several_items_names_them_all(person: Person) -> None:
    ref = person.begin()
    path = person.file("note.txt", "one text")
    for item in ("A1", "A3", "B1"):
        person.well("evidence", "add", ref, item, path)
    with closing(sqlite3.connect(person.store)) as database:
        database.execute("update files set body = zeroblob(length(body))")
        database.commit()
    done = person.on_store("evidence", "verify", ref)
    assert done.code == ExitCode.ATTENTION
    assert "A1, A3, B1" in done.out + done.err

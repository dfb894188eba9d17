"""Evidence at items: added, recognised, removed, refused, cancelled, proved."""

from __future__ import annotations

import _thread
import hashlib
import os
import sqlite3
import sys
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from audit import evidence_adding, evidence_files
from audit.dealers import Dealer
from audit.evidence import MAX_BYTES, NoSuchEvidence, evidence_of, remove
from audit.evidence_adding import FilesRefused, Wanted, add_files
from audit.evidence_out import EvidenceDamaged, ExportRefused, export, file_problems, safe_name
from audit.history import Standing, history
from audit.journal import Author
from audit.session import AuditSession, UnknownItem
from audit.signing import AuditSealed
from audit.store.store import Store
from audit.summary import summarize
from audit.verify import verify
from tests.builders import simple
from tests.photos import grown, photo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "audits.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    dealer = Dealer(code="SHXX", name_zh="上海XX", name_en="Shanghai XX", city="上海")
    return AuditSession.create(store, simple(10, 10), dealer, LI, {"date": "2026-05-12"})


def add(session: AuditSession, item: str, *paths: Path, limit: int = MAX_BYTES) -> evidence_adding.Added:
    return add_files(session, [Wanted(item, path) for path in paths], limit=limit)


def named(session: AuditSession) -> list[tuple[str, str]]:
    return [(piece.item, piece.name) for piece in evidence_of(session)]


def files_in(store: Store) -> int:
    with closing(sqlite3.connect(store.place)) as file:
        return int(file.execute("SELECT count(*) FROM files").fetchone()[0])


# Adding


def test_original_bytes_are_kept_with_what_is_known_of_them(session: AuditSession, tmp_path: Path) -> None:
    path = photo(tmp_path / "工位.jpg", "2026:05:12 10:00:05")
    [piece] = add(session, "i1", path).pieces
    assert (piece.item, piece.name, piece.media) == ("I1", "工位.jpg", "image/jpeg")
    assert (piece.taken, piece.taken_from) == ("2026-05-12T10:00:05", "exif")
    assert piece.file == hashlib.sha256(path.read_bytes()).hexdigest()
    assert session.store.get_file(piece.file) == path.read_bytes()
    again = AuditSession.open(session.store, session.ref, WANG)
    [read] = evidence_of(again)
    assert (read.slot, read.size, read.person) == (piece.slot, path.stat().st_size, "李工")
    assert read.slot == f"evidence:{piece.file}/I1"


def test_without_exif_the_file_tells_the_time(session: AuditSession, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7")
    os.utime(path, (1_778_551_200, 1_778_551_200))
    [piece] = add(session, "I1", path).pieces
    from datetime import datetime

    assert datetime.fromisoformat(piece.taken).timestamp() == 1_778_551_200
    assert piece.taken_from == "file"
    assert session.store.thumbnail(piece.file) is None


def test_the_same_bytes_at_the_same_item_change_nothing(session: AuditSession, tmp_path: Path) -> None:
    first = photo(tmp_path / "a.jpg")
    copy = tmp_path / "b.jpg"
    copy.write_bytes(first.read_bytes())
    once = add(session, "I1", first, copy, first)
    assert (len(once.pieces), len(once.known)) == (1, 2)
    before = len(session.journal)
    again = add(session, "I1", copy)
    assert (again.pieces, [piece.name for piece in again.known]) == ((), ["a.jpg"])
    assert len(session.journal) == before


def test_items_share_a_file_that_is_kept_once(session: AuditSession, tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg")
    add(session, "I1", path)
    add(session, "I2", path)
    assert named(session) == [("I1", "a.jpg"), ("I2", "a.jpg")]
    assert files_in(session.store) == 1


def test_a_damaged_picture_is_kept_and_said(session: AuditSession, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"\xff\xd8\xff broken")
    added = add(session, "I1", path)
    assert session.store.get_file(added.pieces[0].file) == path.read_bytes()
    assert "a.jpg: the picture is damaged" in added.remarks[0].en


# Refusing


def test_every_file_that_cannot_be_added_is_named_and_nothing_is_added(session: AuditSession, tmp_path: Path) -> None:
    good, empty, folder = photo(tmp_path / "good.jpg"), tmp_path / "empty.jpg", tmp_path / "folder"
    empty.touch()
    folder.mkdir()
    large = grown(photo(tmp_path / "large.jpg"), 3000)
    with pytest.raises(FilesRefused) as caught:
        add(session, "I1", good, empty, folder, tmp_path / "gone.jpg", large, limit=2999)
    lines = caught.value.text.en.split("\n")
    assert [line.strip().removeprefix(f"{tmp_path}/").partition(":")[0] for line in lines[1:]] == [
        "empty.jpg",
        "folder",
        "gone.jpg",
        "large.jpg",
    ]
    assert (named(session), files_in(session.store)) == ([], 0)


def test_25_mb_are_taken_and_one_byte_more_is_not(session: AuditSession, tmp_path: Path) -> None:
    path = tmp_path / "scan.bin"
    path.touch()
    os.truncate(path, MAX_BYTES)
    assert len(add(session, "I1", path).pieces) == 1
    os.truncate(path, MAX_BYTES + 1)
    with pytest.raises(FilesRefused, match=r"scan.bin: 25.1 MB, more than the 25 MB"):
        add(session, "I2", path)
    assert len(add(session, "I2", path, limit=2 * MAX_BYTES).pieces) == 1


def test_a_file_that_may_not_be_read_is_refused(session: AuditSession, tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(FilesRefused, match="cannot be read"):
        add(session, "I1", path)


def test_something_that_is_no_file_is_refused(session: AuditSession, tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no named pipes in folders")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FilesRefused, match="no ordinary file"):
        add(session, "I1", tmp_path / "pipe")


def test_a_file_that_vanishes_on_the_way_takes_all_back(
    session: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = photo(tmp_path / "a.jpg"), photo(tmp_path / "b.jpg")

    def vanish(path: Path, limit: int) -> evidence_files.FileRead:
        second.unlink(missing_ok=True)
        return evidence_files.read_file(path, limit)

    monkeypatch.setattr(evidence_adding, "read_file", vanish)
    with pytest.raises(FilesRefused, match=r"b.jpg: there is no such file"):
        add(session, "I1", first, second)
    assert (named(session), files_in(session.store)) == ([], 0)


def test_unknown_items_and_sealed_audits_refuse_before_anything_is_read(session: AuditSession, tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg")
    with pytest.raises(UnknownItem):
        add(session, "I9", path)
    for item in ("I1", "I2"):
        session.answer(item, "5")
    session.sign("Li", "Chen")
    with pytest.raises(AuditSealed):
        add(session, "I1", path)
    assert files_in(session.store) == 0


# Cancelling


def test_a_cancelled_adding_leaves_no_entry_and_no_file(
    session: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [photo(tmp_path / f"{n}.jpg") for n in range(6)]
    third = threading.Event()

    def slowly(path: Path, limit: int) -> evidence_files.FileRead:
        if path == paths[2]:
            third.set()
        return evidence_files.read_file(path, limit)

    def interrupt(_done: int, _of: int) -> None:
        third.wait(5)
        raise KeyboardInterrupt

    monkeypatch.setattr(evidence_adding, "read_file", slowly)
    with pytest.raises(KeyboardInterrupt):
        add_files(session, [Wanted("I1", path) for path in paths], tell=interrupt)
    assert (named(session), files_in(session.store)) == ([], 0)
    assert len(add(session, "I1", *paths).pieces) == 6


def test_ctrl_c_waits_for_the_file_that_is_being_stored(
    session: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interrupted Thread.join takes a running thread for finished (Python issue 89437)."""
    paths = [photo(tmp_path / f"{n}.jpg") for n in range(3)]

    def interrupted(path: Path, limit: int) -> evidence_files.FileRead:
        if path == paths[1]:
            _thread.interrupt_main()
            time.sleep(0.3)
        return evidence_files.read_file(path, limit)

    monkeypatch.setattr(evidence_adding, "read_file", interrupted)
    with pytest.raises(KeyboardInterrupt):
        add(session, "I1", *paths)
    time.sleep(0.5)
    assert (named(session), files_in(session.store)) == ([], 0)


def test_cancelling_leaves_what_others_use(session: AuditSession, tmp_path: Path) -> None:
    shared, own = photo(tmp_path / "a.jpg"), photo(tmp_path / "b.jpg")
    add(session, "I1", shared)
    storing = evidence_adding.Storing(session.store, [shared, own], MAX_BYTES)
    storing.run()
    assert len(storing.fresh) == 1
    session.store.drop_files({*storing.fresh, *(piece.file for piece in evidence_of(session))})
    assert file_problems(session.store, session.journal.entries) == []
    assert files_in(session.store) == 1


def test_who_scores_meanwhile_waits_for_no_photo(
    session: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = photo(tmp_path / "a.jpg")
    other = AuditSession.open(session.store, session.ref, WANG)

    def answer(path: Path, limit: int) -> evidence_files.FileRead:
        other.answer("I2", "3")
        return evidence_files.read_file(path, limit)

    monkeypatch.setattr(evidence_adding, "read_file", answer)
    add(session, "I1", path)
    assert session.state.answer("I2").value == "3"
    assert named(session) == [("I1", "a.jpg")]


# Taking back


def test_what_is_removed_is_gone_and_stays_in_the_history(session: AuditSession, tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg")
    [piece] = add(session, "I1", path).pieces
    assert remove(session, "I1", "a.jpg").file == piece.file
    assert named(session) == []
    assert [event.what.en for event in history(session, "I1")] == ["evidence a.jpg", "removed evidence a.jpg"]
    assert session.store.has_file(piece.file)
    with pytest.raises(NoSuchEvidence):
        remove(session, "I1", "a.jpg")
    add(session, "I1", path)
    assert remove(session, "I1", piece.file[:10]).name == "a.jpg"


def test_a_name_that_two_files_have_needs_the_hash(session: AuditSession, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    add(session, "I1", photo(tmp_path / "a.jpg"), photo(tmp_path / "x" / "a.jpg", seed=7))
    with pytest.raises(NoSuchEvidence) as caught:
        remove(session, "I1", "a.jpg")
    assert all(piece.file[:8] in caught.value.text.en for piece in evidence_of(session))


def test_undo_takes_evidence_back(session: AuditSession, tmp_path: Path) -> None:
    add(session, "I1", photo(tmp_path / "a.jpg"))
    session.undo()
    assert named(session) == []
    assert next(event.standing for event in history(session, "I1")) is Standing.UNDONE


def test_two_names_for_one_file_are_settled_by_adding_it_again(session: AuditSession, tmp_path: Path) -> None:
    first = photo(tmp_path / "a.jpg", "2026:05:12 10:00:05")
    copy = tmp_path / "b.jpg"
    copy.write_bytes(first.read_bytes())
    other = AuditSession.open(session.store, session.ref, WANG)
    refresh, other.refresh = other.refresh, lambda: None  # type: ignore[method-assign]
    add(session, "I1", first)
    add(other, "I1", copy)
    other.refresh = refresh  # type: ignore[method-assign]
    session.refresh()
    assert len(session.state.conflicts) == 1
    assert [piece.name for piece in add(session, "I1", first).pieces] == ["a.jpg"]
    assert (named(session), session.state.conflicts) == ([("I1", "a.jpg")], {})


# Proof


def alter(store: Store, statement: str) -> None:
    with closing(sqlite3.connect(store.place)) as file:
        file.execute(statement)
        file.commit()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE files SET body = x'00' || substr(body, 2)", "altered"),
        ("UPDATE files SET body = substr(body, 2)", "altered"),
        ("UPDATE files SET body = 'text'", "altered"),
        ("DELETE FROM files", "missing"),
    ],
)
def test_a_changed_file_is_found_by_name(session: AuditSession, tmp_path: Path, statement: str, said: str) -> None:
    add(session, "I1", photo(tmp_path / "a.jpg"))
    row = session.store.find("audit", session.ref)[0]
    assert verify(session.store, row).intact
    alter(session.store, statement)
    [problem] = file_problems(session.store, session.journal.entries)
    assert "a.jpg (I1" in problem.en
    assert said in problem.en
    assert verify(session.store, row).problems == (problem,)
    with pytest.raises(EvidenceDamaged):
        export(session, tmp_path / "out")


def test_removed_files_are_still_proved(session: AuditSession, tmp_path: Path) -> None:
    add(session, "I1", photo(tmp_path / "a.jpg"))
    remove(session, "I1", "a.jpg")
    alter(session.store, "DELETE FROM files")
    assert len(file_problems(session.store, session.journal.entries)) == 1


# Out again


def test_exported_files_are_the_originals_under_safe_names(session: AuditSession, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    paths = [photo(tmp_path / "a.jpg"), photo(tmp_path / "x" / "A.jpg", seed=7)]
    add(session, "I1", *paths)
    add(session, "I2", paths[0])
    out = tmp_path / "out" / "deeper"
    written = export(session, out)
    assert sorted(path.name for path in written) == sorted(path.name for path in out.iterdir())
    assert sorted(path.name.casefold() for path in written) == ["i1_a-2.jpg", "i1_a.jpg", "i2_a.jpg"]
    bodies = sorted(path.read_bytes() for path in paths)
    assert sorted(path.read_bytes() for path in written if path.name.startswith("I1")) == bodies
    assert export(session, out, "I2") == [out / "I2_a.jpg"]
    assert len(list(out.iterdir())) == 3


def test_an_export_overwrites_nothing(session: AuditSession, tmp_path: Path) -> None:
    add(session, "I1", photo(tmp_path / "a.jpg"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "I1_a.jpg").write_text("mine")
    assert [path.name for path in export(session, tmp_path / "out")] == ["I1_a-2.jpg"]
    assert (tmp_path / "out" / "I1_a.jpg").read_text() == "mine"
    with pytest.raises(ExportRefused):
        export(session, tmp_path / "out" / "I1_a.jpg")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("con.jpg", "_con.jpg"),
        ("a\x00b\n.jpg", "a_b_.jpg"),
        ("a:b?.jpg. ", "a_b_.jpg"),
        ("...", "file"),
        (".bashrc", "bashrc"),
        ("\u202egpj.exe", "_gpj.exe"),
        ("工" * 100 + ".jpg", "工" * 60 + ".jpg"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_the_summary_has_the_evidence_and_pictures_only_when_asked(session: AuditSession, tmp_path: Path) -> None:
    [piece] = add(session, "I1", photo(tmp_path / "a.jpg")).pieces
    assert summarize(session).thumbnails == {}
    told = summarize(session, pictures=True)
    assert [shown.name for shown in told.evidence] == ["a.jpg"]
    assert told.thumbnails == {piece.file: session.store.thumbnail(piece.file)}

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.journal import Author, BadEntry, Entry, canonical
from audit.session import AuditSession
from audit.store.rows import StreamRow
from audit.store.store import Store
from audit.verify import Verification, verify
from checklists.text import UserError
from tests.audit.test_session import DEALER, answer_everything, asked

LI = Author("李工", "laptop-1")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "audits.db"


@pytest.fixture
def seal(place: Path) -> str:
    with Store.open(str(place)) as store:
        session = AuditSession.create(store, asked(), DEALER, LI, {"date": "2026-05-12"})
        answer_everything(session)
        return session.sign("李工", "张总")


@pytest.fixture
def entries(place: Path, seal: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(place)
    yield connection
    connection.close()


def check(place: Path, seal: str | None = None) -> Verification:
    with Store.open(str(place)) as store:
        [row] = store.find("audit", "SHXX")
        assert isinstance(row, StreamRow)
        return verify(store, row, seal)


def test_an_untouched_audit_is_intact(place: Path, seal: str) -> None:
    found = check(place, seal)
    assert found.intact
    assert found.seal == seal
    assert check(place).intact
    assert check(place, seal[:12]).intact


def test_one_changed_byte_is_found_and_named(place: Path, entries: sqlite3.Connection) -> None:
    position, body, entry = entries.execute(
        "SELECT position, body, hash FROM entries WHERE CAST(body AS TEXT) LIKE '%item:FD02%'"
    ).fetchone()
    entries.execute(
        "UPDATE entries SET body = ? WHERE position = ?", (body.replace(b'"value":"4"', b'"value":"5"'), position)
    )
    entries.commit()
    found = check(place)
    assert not found.intact
    assert entry[:12] in found.problems[0].en
    assert "altered" in found.problems[0].en
    with Store.open(str(place)) as store, pytest.raises(UserError, match="damaged"):
        AuditSession.open(store, "SHXX", LI)


def test_a_changed_hash_beside_changed_bytes_is_found_too(place: Path, entries: sqlite3.Connection) -> None:
    position, body = entries.execute(
        "SELECT position, body FROM entries WHERE CAST(body AS TEXT) LIKE '%item:FD02%'"
    ).fetchone()
    forged = body.replace(b'"value":"4"', b'"value":"5"')
    entries.execute(
        "UPDATE entries SET body = ?, hash = ? WHERE position = ?",
        (forged, hashlib.sha256(forged).hexdigest(), position),
    )
    entries.commit()
    assert "missing" in check(place).problems[0].en


@pytest.mark.parametrize("position", [1, 2, 9, 15])
def test_a_deleted_entry_is_found_and_opening_says_so(place: Path, entries: sqlite3.Connection, position: int) -> None:
    entries.execute("DELETE FROM entries WHERE position = ?", (position,))
    entries.commit()
    assert any("missing" in problem.en for problem in check(place).problems)
    with Store.open(str(place)) as store, pytest.raises(BadEntry, match="missing"):
        AuditSession.open(store, "SHXX", LI)


def test_a_removed_last_entry_is_found_with_the_seal(place: Path, seal: str, entries: sqlite3.Connection) -> None:
    entries.execute("DELETE FROM entries WHERE hash = ?", (seal,))
    entries.commit()
    assert "sealing entry is missing" in check(place).problems[0].en
    entries.execute("DELETE FROM results")
    entries.commit()
    assert check(place).intact
    assert "no sealing entry" in check(place, seal).problems[0].en


def _forge(place: Path, *forged: Entry) -> None:
    """Append well-made entries that no session would write."""
    with Store.open(str(place)) as store:
        [row] = store.find("audit", "SHXX")
        store.append(row.id, [(entry.hash, entry.body) for entry in forged])


def _entry(
    kind: str, slot: str, data: dict[str, Any], parents: tuple[str, ...], replaces: tuple[str, ...] = ()
) -> Entry:
    return Entry.new(kind, slot, data, by=LI, time="2026-05-12T10:00:00+00:00", parents=parents, replaces=replaces)


def _hash_of(entries: sqlite3.Connection, like: str) -> str:
    return str(entries.execute("SELECT hash FROM entries WHERE CAST(body AS TEXT) LIKE ?", (like,)).fetchone()[0])


def test_a_forged_second_seal_is_found_and_does_not_score(place: Path, seal: str, entries: sqlite3.Connection) -> None:
    old = _hash_of(entries, '%"slot":"item:FD02"%')
    better = _entry("answer", "item:FD02", {"state": "answered", "value": "5"}, (seal,), (old,))
    second = _entry("seal", "seal", {"auditor": "x", "dealer_representative": "y"}, (better.hash,))
    _forge(place, better, second)
    assert any("sealed twice" in problem.en for problem in check(place, seal).problems)
    with Store.open(str(place)) as store:
        session = AuditSession.open(store, "SHXX", LI)
    assert session.state.answer("FD02").value == "4"


def test_an_entry_that_replaces_what_lies_elsewhere_is_found_and_replaces_nothing(
    place: Path, seal: str, entries: sqlite3.Connection
) -> None:
    old = _hash_of(entries, '%"slot":"item:FD02"%')
    _forge(place, _entry("note", "note:FD01/x", {"text": "x"}, (seal,), (old,)))
    assert any("lies elsewhere" in problem.en for problem in check(place).problems)
    with Store.open(str(place)) as store:
        assert AuditSession.open(store, "SHXX", LI).state.answer("FD02").value == "4"


def test_entries_of_another_audit_are_found(place: Path, seal: str) -> None:
    foreign = _entry(
        "created", "audit", {"checklist": {"id": "a", "version": "1", "hash": "0"}, "dealer": "B", "nonce": "1"}, ()
    )
    _forge(place, foreign)
    assert any("does not belong" in problem.en for problem in check(place).problems)


def test_a_renamed_audit_is_found(place: Path, seal: str, entries: sqlite3.Connection) -> None:
    entries.execute("UPDATE streams SET ref = 'SHXX' || 'YY-2026-05-12' WHERE kind = 'audit'")
    entries.commit()
    assert any("SHXXYY" in problem.en for problem in check(place).problems)


@pytest.mark.parametrize(
    ("kind", "slot", "data"),
    [
        ("seal", "seal", {}),
        ("detail", "detail:date", {}),
        ("undo", "item:FD01", {}),
        ("answer", "item:FD01", {"state": "answered", "value": ["4"]}),
        ("answer", "item:FD01", {"state": "excellent"}),
        ("answer", "item:FD01", {"state": "answered", "value": "99"}),
        ("created", "audit", {"checklist": "x", "dealer": "B", "nonce": "1"}),
        ("miracle", "item:FD01", {"state": "answered"}),
    ],
)
def test_well_hashed_rubbish_is_a_sentence_and_never_a_traceback(
    tmp_path: Path, kind: str, slot: str, data: dict[str, Any]
) -> None:
    place = tmp_path / "a.db"
    with Store.open(str(place)) as store:
        session = AuditSession.create(store, asked(), DEALER, LI, {"date": "2026-05-12"})
        heads = session.journal.heads
    forged = canonical_entry(kind, slot, data, heads)
    with sqlite3.connect(place) as connection:
        stream = connection.execute("SELECT id FROM streams WHERE kind = 'audit'").fetchone()[0]
        connection.execute(
            "INSERT INTO entries (stream, hash, body) VALUES (?, ?, ?)",
            (stream, hashlib.sha256(forged).hexdigest(), forged),
        )
    connection.close()
    found = check(place)
    assert not found.intact
    with Store.open(str(place)) as store, pytest.raises(UserError):
        _ = AuditSession.open(store, "SHXX", LI).scorecard


def canonical_entry(kind: str, slot: str, data: dict[str, Any], parents: tuple[str, ...]) -> bytes:
    content = {
        "format": "1",
        "kind": kind,
        "person": "x",
        "device": "y",
        "time": "2026-05-12T10:00:00+00:00",
        "parents": sorted(parents),
        "slot": slot,
        "replaces": [],
        "data": data,
    }
    return canonical(content)


@pytest.mark.parametrize("wrong", ["01234567", "0123456789abcdef"])
def test_a_seal_that_is_not_this_audits_is_said(place: Path, seal: str, wrong: str) -> None:
    assert not check(place, wrong).intact


def test_changed_results_are_found(place: Path, entries: sqlite3.Connection) -> None:
    entries.execute("UPDATE results SET earned = earned + 100 WHERE level = 'total'")
    entries.commit()
    assert "results" in check(place).problems[0].en


def test_a_changed_checklist_is_found(place: Path, entries: sqlite3.Connection) -> None:
    entries.execute("UPDATE checklists SET body = CAST(replace(CAST(body AS TEXT), 'FD01', 'FD0X') AS BLOB)")
    entries.commit()
    assert "checklist" in check(place).problems[0].en


def test_removing_the_beginning_is_found(place: Path, entries: sqlite3.Connection) -> None:
    entries.execute("DELETE FROM entries WHERE position = 1")
    entries.commit()
    assert any("began the audit" in problem.en for problem in check(place).problems)

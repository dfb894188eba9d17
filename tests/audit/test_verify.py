import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.journal import Author
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
        "SELECT position, body, hash FROM entries WHERE CAST(body AS TEXT) LIKE '%FD02%'"
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
    import hashlib

    position, body = entries.execute(
        "SELECT position, body FROM entries WHERE CAST(body AS TEXT) LIKE '%FD02%'"
    ).fetchone()
    forged = body.replace(b'"value":"4"', b'"value":"5"')
    entries.execute(
        "UPDATE entries SET body = ?, hash = ? WHERE position = ?",
        (forged, hashlib.sha256(forged).hexdigest(), position),
    )
    entries.commit()
    assert "missing" in check(place).problems[0].en


def test_a_deleted_entry_is_found(place: Path, entries: sqlite3.Connection) -> None:
    entries.execute("DELETE FROM entries WHERE CAST(body AS TEXT) LIKE '%FD02%'")
    entries.commit()
    assert "missing" in check(place).problems[0].en


def test_a_removed_last_entry_is_found_with_the_seal_alone(place: Path, seal: str, entries: sqlite3.Connection) -> None:
    entries.execute("DELETE FROM entries WHERE hash = ?", (seal,))
    entries.commit()
    assert check(place).intact
    assert "no sealing entry" in check(place, seal).problems[0].en


@pytest.mark.parametrize("wrong", ["", "ab", "0123456789abcdef"])
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

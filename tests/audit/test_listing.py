from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from audit.dealers import Dealer
from audit.journal import Author
from audit.listing import PARTIAL, Listed, list_audits
from audit.session import AuditSession
from audit.state import AuditKind, AuditStatus
from audit.store.store import Store
from audit.verify import verify
from audit.writing import chained, rows_of
from tests.builders import checklist, department, item, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
DEALER = Dealer(code="SH01", name_zh="上海一店", name_en="Shanghai One", city="上海")


def asked(**more: Any) -> Any:
    front = section("S1", item("A1"), item("A2", critical={"at_most": "0"}))
    return checklist(department("front", front), department("shop", section("S2", item("B1"))), **more)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        yield opened


def begin(store: Store, *, small: Any = None, **details: Any) -> AuditSession:
    return AuditSession.create(store, small or asked(), DEALER, LI, {"date": "2026-05-12", **details})


def complete(session: AuditSession, *values: str) -> AuditSession:
    for item_id, value in zip(("A1", "A2", "B1"), values or ("4", "5", "4"), strict=False):
        session.answer(item_id, value, "NA" if value == "NA" else "seen")
    return session


def only(store: Store) -> Listed:
    audits, unreadable = list_audits(store)
    assert not unreadable
    [audit] = audits
    return audit


def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on an audit that is opened and scored fails the test."""

    def opened(*_: object) -> None:
        pytest.fail("the audit was read as a whole")

    monkeypatch.setattr("audit.listing._read", opened)


def test_an_empty_store_lists_nothing(store: Store) -> None:
    assert list_audits(store) == ([], [])


def test_an_open_audit_is_listed_as_it_stands(store: Store) -> None:
    session = begin(store, kind="re-audit")
    session.answer("A1", "4")
    audit = only(store)
    assert (audit.ref, audit.dealer.zh, audit.city, audit.date) == (session.ref, "上海一店", "上海", "2026-05-12")
    assert (audit.dealer_code, audit.checklist) == ("SH01", "small")
    assert (audit.kind, audit.status, audit.standing) == (AuditKind.RE_AUDIT, AuditStatus.OPEN, "open")
    assert (audit.counts.items, audit.counts.open, audit.conflicts) == (3, 2, 0)
    assert (audit.earned, audit.possible, audit.total) == (8, 30, 30)


def test_conflicts_are_counted(store: Store) -> None:
    session = begin(store)
    other = AuditSession.open(store, session.ref, WANG)
    session.answer("A1", "1")
    other.answer("A1", "5")
    assert only(store).conflicts == 1


@pytest.mark.parametrize(
    ("values", "more", "standing"),
    [
        (("4", "5", "4"), {}, "passed"),
        (("1", "1", "1"), {}, "failed"),
        (("5", "0", "5"), {"pass_rate": "0.5", "critical_policy": "conditional"}, "conditional"),
        (("5", "5", "UN"), {}, "preliminary"),
        (("5", "NA", "5"), {}, "passed"),
    ],
)
def test_a_signed_audit_is_listed_from_its_stored_results(
    store: Store, monkeypatch: pytest.MonkeyPatch, values: tuple[str, ...], more: dict[str, str], standing: str
) -> None:
    session = complete(begin(store, small=asked(**more)), *values)
    before = only(store)
    assert before.standing == standing
    session.sign("Li", "Chen")
    no_reading(monkeypatch)
    audit = only(store)
    total = session.scorecard.total
    assert (audit.status, audit.standing) == (AuditStatus.SIGNED, standing)
    assert (audit.earned, audit.possible, audit.passed) == (total.earned, total.possible, total.passed)
    assert audit.counts == total.counts
    names = [name for name in Listed.__slots__ if name != "status"]
    assert [getattr(audit, name) for name in names] == [getattr(before, name) for name in names]


def test_an_audit_of_some_departments_is_partial(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    session = begin(store, departments=["shop"])
    session.answer("B1", "4")
    before = only(store)
    session.sign("Li", "Chen")
    no_reading(monkeypatch)
    audit = only(store)
    assert (before.standing, audit.standing) == (PARTIAL, PARTIAL)
    assert (audit.passed, audit.counts.items, audit.earned, audit.possible) == (None, 1, 8, 10)


def test_a_signed_audit_that_is_put_aside_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    session = complete(begin(store))
    session.sign("Li", "Chen")
    no_reading(monkeypatch)
    for aside in (True, False):
        session.put_aside(aside)
        assert only(store).aside is aside


def test_a_detail_changed_before_signing_is_shown(store: Store) -> None:
    session = complete(begin(store))
    session.describe({"date": "2026-05-20"})
    session.sign("Li", "Chen")
    audit = only(store)
    assert (audit.date, audit.status, audit.standing) == ("2026-05-20", AuditStatus.SIGNED, "passed")


def _edit(store: Store, statement: str) -> None:
    with closing(sqlite3.connect(store.place)) as database:
        assert database.execute(statement).rowcount
        database.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE results SET heads = 'x', earned = 0",
        "DELETE FROM results",
        "UPDATE results SET state = NULL WHERE level = 'total'",
    ],
)
def test_results_that_are_not_those_of_the_seal_are_computed_again(store: Store, statement: str) -> None:
    session = complete(begin(store))
    session.sign("Li", "Chen")
    before = only(store)
    _edit(store, statement)
    assert only(store) == before


def test_a_detail_that_arrives_after_signing_is_not_shown(store: Store) -> None:
    session = complete(begin(store))
    before = session.journal
    [late] = chained([("detail", "detail:date", {"value": "2026-06-30"})], WANG, before.heads, before)
    session.sign("Li", "Chen")
    store.append(store.find("audit", session.ref)[0].id, rows_of([late]))
    assert only(store).date == "2026-05-12"


def test_results_stored_before_they_held_the_verdict_are_intact(store: Store) -> None:
    session = complete(begin(store))
    session.sign("Li", "Chen")
    row = store.find("audit", session.ref)[0]
    _edit(store, "UPDATE results SET state = NULL WHERE level = 'total'")
    assert verify(store, row).intact
    _edit(store, "UPDATE results SET state = 'failed' WHERE level = 'total'")
    assert not verify(store, row).intact


def test_words_that_look_like_an_entry_do_not_hide_an_audit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    session = complete(begin(store))
    session.note("A1", '"slot":"detail:date" "slot":"seal"')
    session.sign("Li", "Chen")
    no_reading(monkeypatch)
    assert only(store).date == "2026-05-12"


def test_what_cannot_be_read_is_named_and_hides_nothing(store: Store) -> None:
    broken, well = begin(store), begin(store)
    signed = complete(begin(store))
    signed.sign("Li", "Chen")
    for ref in (broken.ref, signed.ref):
        row = store.find("audit", ref)[0]
        _edit(store, f"UPDATE entries SET body = x'7b7d' WHERE stream = '{row.id}'")  # noqa: S608
    audits, unreadable = list_audits(store)
    assert [audit.ref for audit in audits] == [well.ref]
    assert [one.ref for one in unreadable] == [broken.ref, signed.ref]
    assert all(one.problem.zh and one.problem.en for one in unreadable)


def test_a_checklist_that_is_missing_is_a_sentence(store: Store) -> None:
    session = complete(begin(store))
    session.sign("Li", "Chen")
    _edit(store, "DELETE FROM checklists")
    audits, [one] = list_audits(store)
    assert not audits
    assert "is not in the store" in one.problem.en

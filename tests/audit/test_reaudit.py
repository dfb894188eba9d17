from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from audit.dealers import Dealer, Dealers
from audit.details import BadDetail
from audit.history import history
from audit.journal import Author
from audit.reaudit import earlier_answers, earlier_ref, is_blind, reaudit
from audit.session import AuditSession, UnknownAudit
from audit.state import AuditKind, ItemState
from audit.store.store import Store
from audit.verify import verify
from checklists.catalog import load
from tests.builders import checklist, department, item, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checklists.model import Checklist

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
DEALER = Dealer(code="SH01", name_zh="上海一店", name_en="Shanghai One", city="上海", ev="no")
FRAME = {"auditors": ["李工"], "participants": ["陈经理"], "contact": "138", "departments": ["front"]}


def asked(*more: dict[str, Any], **renamed: Any) -> Checklist:
    front = section("S1", item("A1", **renamed), item("A2"), item("A3"), item("EV", requires=["ev"]), *more)
    return checklist(department("front", front), department("shop", section("S2", item("B1"))))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        Dealers(opened, LI).save(DEALER)
        yield opened


@pytest.fixture
def first(store: Store) -> AuditSession:
    session = AuditSession.create(store, asked(), DEALER, LI, {"date": "2026-05-12", **FRAME})
    session.answer("A1", "1", reason="无签字")
    session.answer("A2", "5")
    session.answer("A3", "NA", reason="本期停业")
    session.flag("A1")
    session.note("A1", "no list")
    return session


def test_the_frame_is_taken_over_and_nothing_else(store: Store, first: AuditSession) -> None:
    second = reaudit(store, "SH01", WANG, {"date": "2026-09-01"})
    details = second.state.details
    assert second.ref == "SH01-2026-09-01"
    assert {name: details[name] for name in FRAME} == FRAME
    assert (details["kind"], details["date"]) == (AuditKind.RE_AUDIT, "2026-09-01")
    assert details["dealership"] == {"zh": "上海一店", "en": "Shanghai One", "city": "上海"}
    assert second.state.answers.keys() == {"EV"}
    assert (second.state.notes, second.state.flags) == ({}, frozenset())
    assert not is_blind(second.state)
    assert verify(store, store.find("audit", second.ref)[0]).intact


def test_what_differs_is_given(store: Store, first: AuditSession) -> None:
    second = reaudit(store, first.ref, LI, {"date": "2026-09-01", "departments": ["shop"], "auditors": ["王工"]}, True)
    assert (second.state.departments, second.state.details["auditors"]) == (("shop",), ["王工"])
    assert second.state.details["participants"] == ["陈经理"]
    assert is_blind(second.state)
    assert is_blind(AuditSession.open(store, second.ref, WANG).state)
    second.describe({"blind": "no"})
    assert not is_blind(second.state)
    with pytest.raises(BadDetail, match="neither yes nor no"):
        second.describe({"blind": "perhaps"})


def test_it_knows_which_audit_it_repeats(store: Store, first: AuditSession) -> None:
    second = reaudit(store, "SH01", LI, {"date": "2026-09-01"})
    row = store.find("audit", first.ref)[0]
    assert second.state.details["earlier"] == {"ref": first.ref, "stream": row.id}
    assert earlier_ref(second.state) == first.ref
    assert first.ref in {event.what.en for event in history(second)}
    assert (earlier_ref(first.state), earlier_answers(first)) == (None, {})


def test_what_cannot_be_begun_leaves_nothing_behind(store: Store, first: AuditSession) -> None:
    with pytest.raises(UnknownAudit):
        reaudit(store, "SH02", LI, {})
    for wrong in ({"date": "soon"}, {"departments": ["body"]}):
        with pytest.raises(BadDetail):
            reaudit(store, first.ref, LI, wrong)
    other = checklist(department("other", section("S", item("A1"))))
    with pytest.raises(BadDetail, match="no department"):
        reaudit(store, first.ref, LI, {"date": "2026-09-01"}, checklist=other)
    assert [row.ref for row in store.streams("audit")] == [first.ref]


def test_the_earlier_answers_stand_beside_the_items(store: Store, first: AuditSession) -> None:
    second = reaudit(store, first.ref, LI, {"date": "2026-09-01"})
    found = earlier_answers(second)
    assert found is not None
    assert found.keys() == {"A1", "A2", "A3", "EV"}
    assert (found["A1"].answer.value, found["A1"].answer.reason) == ("1", "无签字")
    assert found["A1"].finding is not None
    assert found["A1"].finding.en == "A1 is weak"
    assert (found["A1"].points, found["A1"].possible) == (Decimal(2), Decimal(10))
    assert (found["A2"].finding, found["A2"].points) == (None, Decimal(10))
    assert (found["A3"].answer.state, found["A3"].possible) == (ItemState.NOT_APPLICABLE, 0)
    second.answer("A1", "4")
    assert earlier_answers(second) == found


def test_what_was_open_or_not_asked_has_no_earlier_answer(store: Store, first: AuditSession) -> None:
    first.undo()
    first.undo()
    first.undo()
    second = reaudit(store, first.ref, LI, {"date": "2026-09-01", "departments": ["front", "shop"]})
    found = earlier_answers(second)
    assert found is not None
    assert found.keys() == {"A1", "A2", "EV"}


@pytest.mark.parametrize("newer_first", [False, True])
def test_renamed_items_find_their_earlier_answer(store: Store, first: AuditSession, newer_first: bool) -> None:
    renamed = checklist(
        department("front", section("S1", item("N1", former_ids=["A1"]), item("A2"))),
        department("shop", section("S2", item("B1"))),
    )
    second = reaudit(store, first.ref, LI, {"date": "2026-09-01"}, checklist=renamed)
    if newer_first:
        second.answer("N1", "3")
        back = reaudit(store, second.ref, LI, {"date": "2026-10-01"}, checklist=asked())
        found = earlier_answers(back)
        assert found is not None
        assert found["A1"].answer.value == "3"
    else:
        found = earlier_answers(second)
        assert found is not None
        assert found["N1"].answer.value == "1"
        assert found["N1"].finding is not None


def test_an_earlier_audit_that_is_gone_is_said(store: Store, first: AuditSession) -> None:
    second = reaudit(store, first.ref, LI, {"date": "2026-09-01"})
    row = store.find("audit", first.ref)[0]
    with closing(sqlite3.connect(store.place)) as database:
        database.execute("DELETE FROM entries WHERE stream = ?", [row.id])
        database.execute("DELETE FROM streams WHERE id = ?", [row.id])
        database.commit()
    kept = AuditSession.open(store, second.ref, LI)
    assert earlier_answers(kept) is None
    assert earlier_ref(kept.state) == first.ref


def test_a_dealership_changed_since_is_taken_as_it_is_today(store: Store, first: AuditSession) -> None:
    Dealers(store, LI).save(Dealer(code="SH01", name_zh="上海一店", city="苏州"))
    second = reaudit(store, first.ref, LI, {"date": "2026-09-01"})
    assert second.state.details["dealership"]["city"] == "苏州"
    assert second.state.answer("EV").state is ItemState.OPEN


def test_an_audit_of_a_dealership_nobody_knows_is_repeated_under_its_name(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "b.db")) as store:
        first = AuditSession.create(store, asked(), DEALER, LI, {"date": "2026-05-12"})
        second = reaudit(store, first.ref, LI, {"date": "2026-09-01"})
        assert second.state.details["dealership"] == first.state.details["dealership"]


def test_todays_checklist_is_asked_and_the_earlier_findings_apply(store: Store) -> None:
    today = load("dealership")
    old = today.model_copy(update={"version": "0.1"})
    first = AuditSession.create(store, old, DEALER, LI, {"date": "2026-05-12"})
    assert first.state.answer("GM08").state is ItemState.NOT_APPLICABLE
    assert first.state.checklist["version"] == "0.1"
    second = reaudit(store, first.ref, LI, {"date": "2026-09-01"})
    assert second.state.checklist["hash"] == today.hash
    assert second.state.answer("GM08").state is ItemState.OPEN

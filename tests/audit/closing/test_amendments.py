"""Amendments after signing, and entries that come too late."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from audit import amending
from audit.amending import NoReason, NotTakenOver, SameAnswer, amend, late_answers, take_over
from audit.finalizing import finalize
from audit.history import Standing, history
from audit.listing import list_audits
from audit.objecting import object_to
from audit.session import AuditSession, Typed
from audit.signing import AuditSealed
from audit.state import AuditStatus, ItemState
from audit.summary import summarize
from audit.undoing import NothingToUndo
from tests.audit.closing.samples import WANG, again, intact

if TYPE_CHECKING:
    from audit.store.store import Store


def test_several_amendments_of_an_item_are_a_history(store: Store, signed: AuditSession) -> None:
    amend(signed, Typed("A1", "4"), "first")
    amend(signed, Typed("A1", "NA"), "no such thing here")
    kept = again(store)
    said = [(a.before.value, a.after.value, a.after.state, a.stands) for a in kept.state.amendments["A1"]]
    assert said == [("3", "4", ItemState.ANSWERED, False), ("4", "", ItemState.NOT_APPLICABLE, True)]
    assert kept.state.answer("A1").reason == "no such thing here"
    assert kept.state.as_signed["A1"].value == "3"
    assert intact(store)


def test_another_cause_is_an_amendment_the_same_one_is_not(signed: AuditSession) -> None:
    amend(signed, Typed("A1", "ND", "not-kept"), "the record was another's")
    with pytest.raises(SameAnswer, match="A1"):
        amend(signed, Typed("A1", "ND", "not-kept"), "once more")
    amend(signed, Typed("A1", "ND", "not-shown"), "it is kept, at home")
    assert signed.state.answer("A1").reason == "not-shown"


def test_every_state_can_be_amended_to(store: Store, signed: AuditSession) -> None:
    amend(signed, Typed("A1", "ND", "not-kept"), "the record was another's")
    amend(signed, Typed("A2", "NC", "three months of orders"), "none was there")
    amend(signed, Typed("B1", "UN"), "nobody went there")
    states = [again(store).state.answer(own_id).state for own_id in ("A1", "A2", "B1")]
    assert states == [ItemState.NO_DATA, ItemState.NO_CASE, ItemState.NOT_ASSESSED]
    assert again(store).state.answer("A1").reason == "not-kept"
    assert again(store).state.answer("A2").reason == "three months of orders"
    points = {a.item: (a.points_before, a.points_after) for a in summarize(again(store)).amendments}
    assert points == {"A1": (6, 0), "A2": (4, None), "B1": (8, None)}, "what leaves the audit loses no points"
    assert intact(store)


def test_results_are_stored_again_with_the_amendment_and_the_list_shows_them(
    store: Store, signed: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    amend(signed, Typed("A1", "5"), "why")
    monkeypatch.setattr("audit.listing._read", None)  # not read and scored again
    [listed], _ = list_audits(store)
    assert (listed.earned, listed.status) == (Decimal(37), AuditStatus.SIGNED)
    signed.put_aside()
    assert list_audits(store)[0][0].aside
    finalize(signed, before_due=True)
    assert list_audits(store)[0][0].status is AuditStatus.FINAL


def test_the_summary_tells_what_was_changed_by_whom(store: Store, signed: AuditSession) -> None:
    assert summarize(signed).on_site is None
    object_to(signed, "A2", "Chen", "Too strict")
    amend(again(store, WANG), Typed("A1", "5"), "why")
    told = summarize(again(store))
    assert told.on_site is not None
    assert (told.on_site.total.earned, told.scorecard.total.earned) == (33, 37)
    assert [(c.person, c.what.en) for c in told.changes] == [
        ("李工", "objection O1 A2: Chen: Too strict"),
        ("王工", "amendment A1: 5, because: why"),
    ]
    assert [o.id for o in told.objections] == ["O1"]
    assert told.amendments[0].person == "王工"
    assert told.objection_due


def test_what_was_said_at_the_meeting_is_not_taken_back_with_a_key(store: Store, session: AuditSession) -> None:
    other = again(store, WANG)
    session.sign("Li", "Chen")
    object_to(again(store, WANG), "A1", "Chen", "no")
    amend(again(store, WANG), Typed("A2", "5"), "why")
    with pytest.raises(NothingToUndo):
        other.undo()
    with pytest.raises(AuditSealed):
        session.undo()
    assert again(store).state.answer("A2").value == "5"


def test_a_late_answer_is_listed_and_taken_over_only_by_amending(store: Store, session: AuditSession) -> None:
    stream, other = store.find("audit", "D1")[0].id, again(store, WANG)
    from audit.writing import chained, rows_of

    late = chained(
        [
            ("answer", "item:A1", {"state": "answered", "value": "1"}),
            ("note", "note:A2/x", {"text": "late"}),
            ("answer", "item:A2", {"state": "answered", "value": "2"}),
        ],
        WANG,
        other.journal.heads,
        other.journal,
    )
    session.sign("Li", "Chen")
    store.append(stream, rows_of(late))
    kept = again(store)
    assert kept.state.answer("A1").value == "3"
    assert [e.hash for e in late_answers(kept.state)] == [late[0].hash, late[2].hash]
    with pytest.raises(SameAnswer, match="A2"):
        take_over(kept, late[2].hash[:12], "the workshop was Wang's")
    with pytest.raises(NotTakenOver, match="no answer"):
        take_over(kept, late[1].hash[:12], "why")
    with pytest.raises(NoReason):
        take_over(kept, late[0].hash[:12], " ")
    take_over(kept, late[0].hash[:12], "the workshop was Wang's")
    kept = again(store)
    assert kept.state.answer("A1").value == "1"
    assert [e.hash for e in late_answers(kept.state)] == [late[2].hash]
    assert summarize(kept).late == 2
    standing = {e.entry.hash: e.standing for e in history(kept)}
    assert (standing[late[0].hash], standing[late[1].hash]) == (Standing.TAKEN_OVER, Standing.LATE)
    assert intact(store)
    assert amending.as_signed(kept.state).answer("A1").value == "3"

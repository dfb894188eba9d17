"""Objections: raised, decided, decided again, with late evidence, in time or not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from audit import objecting
from audit.amending import NoReason, NotTakenOver, SameAnswer, amend, sealed_scorecard, take_over
from audit.closing import Decision
from audit.evidence_adding import FilesRefused
from audit.history import Standing, history
from audit.numbering import UnknownNumber
from audit.objecting import DecidedAlready, NothingSaid, decide, object_to, objections_of
from audit.session import AuditSession, Typed, UnknownItem
from audit.summary import summarize
from audit.workdays import after
from checklists.reading import UnreadableAnswer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from audit.store.store import Store

from tests.audit.closing.samples import again, intact


def test_an_objection_granted_becomes_an_amendment_and_both_answers_stay(store: Store, signed: AuditSession) -> None:
    label = object_to(signed, "a1", "Chen Ming", "The log was at headquarters")
    assert label == "O1"
    [raised] = objections_of(signed.checklist, signed.state)
    assert (raised.decision, raised.before, raised.after, raised.late) == (Decision.OPEN, 6, None, False)
    decide(signed, "o1", Decision.GRANTED, "The log was shown", by="Wang Fang", typed=Typed("A1", "5"))
    assert intact(store)
    kept = again(store)
    [found] = objections_of(kept.checklist, kept.state)
    assert (found.decision, found.decided_by, found.answer) == (Decision.GRANTED, "Wang Fang", "The log was shown")
    assert (found.before, found.after) == (6, 10)
    assert found.disputed.value == "3"
    assert found.amended is not None
    assert found.amended.value == "5"
    assert (kept.state.answer("A1").value, kept.state.answer("A1").reason) == ("5", "The log was shown")
    [amendment] = kept.state.amendments["A1"]
    assert (amendment.before.value, amendment.after.value, amendment.objection) == ("3", "5", "O1")
    assert (sealed_scorecard(kept).total.earned, kept.scorecard.total.earned) == (33, 37)
    told = [event.what.en for event in history(kept, "A1")]
    assert told[0] == "3"
    assert told[-2:] == ["granted: The log was shown (Wang Fang)", "5, because: The log was shown"]


def test_an_objection_rejected_keeps_both_texts_and_the_answer(store: Store, signed: AuditSession) -> None:
    object_to(signed, "A2", "Chen", "Too strict")
    decide(signed, "1", Decision.REJECTED, "The scale says so")
    [found] = objections_of(signed.checklist, again(store).state)
    assert (found.text, found.answer, found.before, found.after) == ("Too strict", "The scale says so", 4, 4)
    assert found.decided_by == "李工"
    assert again(store).state.answer("A2").value == "2"
    assert intact(store)


def test_an_objection_can_be_withdrawn_without_a_word(signed: AuditSession) -> None:
    object_to(signed, "A2", "Chen", "Too strict")
    assert decide(signed, "O1", Decision.WITHDRAWN, "").decision is Decision.WITHDRAWN


def test_a_withdrawn_objection_is_not_decided_by_the_way(signed: AuditSession) -> None:
    object_to(signed, "A2", "Chen", "Too strict")
    decide(signed, "O1", Decision.WITHDRAWN, "")
    with pytest.raises(DecidedAlready, match="withdrawn"):
        decide(signed, "O1", Decision.REJECTED, "no")
    assert decide(signed, "O1", Decision.REJECTED, "raised again by phone", again=True).decision is Decision.REJECTED


def test_a_decision_can_be_taken_again_and_its_amendment_goes_with_it(store: Store, signed: AuditSession) -> None:
    amend(signed, Typed("A1", "4"), "counted again")
    object_to(signed, "A1", "Chen", "still too low")
    decide(signed, "O1", Decision.GRANTED, "true", typed=Typed("A1", "5"))
    assert again(store).state.answer("A1").value == "5"
    before = len(signed.journal)
    for decision, answer, anew in ((Decision.REJECTED, "no", False), (Decision.WITHDRAWN, "", True)):
        with pytest.raises(NothingSaid if anew else DecidedAlready):
            decide(signed, "O1", decision, answer, again=anew)
    assert len(signed.journal) == before
    decide(signed, "O1", Decision.REJECTED, "it was another dealership's log", by="Wang", again=True)
    kept = again(store)
    [found] = objections_of(kept.checklist, kept.state)
    assert [(e.decision, e.answer, e.decided_by) for e in found.earlier] == [(Decision.GRANTED, "true", "李工")]
    told = {e.entry.hash: e.standing for e in history(kept, "A1")}
    assert [told[a.entry] for a in kept.state.amendments["A1"]] == [Standing.CURRENT, Standing.REPLACED]
    assert kept.state.answer("A1").value == "4"
    assert [a.stands for a in kept.state.amendments["A1"]] == [True, False]
    assert objections_of(kept.checklist, kept.state)[0].disputed.value == "4"
    assert intact(store)
    assert [e.standing for e in history(kept) if e.entry.kind == "decision"] == [Standing.REPLACED, Standing.CURRENT]


def test_late_evidence_is_kept_beside_the_seal(store: Store, signed: AuditSession, tmp_path: Path) -> None:
    photo = tmp_path / "log.pdf"
    photo.write_bytes(b"%PDF-1.4 the log")
    object_to(signed, "A1", "Chen", "here it is", [photo])
    [found] = objections_of(signed.checklist, again(store).state)
    assert found.evidence == ("log.pdf",)
    assert store.get_file(found.files[0].file) == b"%PDF-1.4 the log"
    assert not summarize(again(store)).evidence  # what lay there on the day is another matter
    assert intact(store)
    store.drop_files([found.files[0].file])  # an entry mentions it
    assert store.has_file(found.files[0].file)


def test_a_file_that_cannot_be_taken_in_leaves_no_objection(signed: AuditSession, tmp_path: Path) -> None:
    with pytest.raises(FilesRefused):
        object_to(signed, "A1", "Chen", "here it is", [tmp_path / "gone.pdf"])
    assert not signed.state.closing.raised


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        (lambda s: object_to(s, "Z9", "Chen", "x"), UnknownItem),
        (lambda s: object_to(s, "A1", " ", "x"), NothingSaid),
        (lambda s: object_to(s, "A1", "Chen", " "), NothingSaid),
        (lambda s: decide(s, "O9", Decision.REJECTED, "x"), UnknownNumber),
        (lambda s: decide(s, "O1", Decision.REJECTED, " "), NothingSaid),
        (lambda s: decide(s, "O1", Decision.OPEN, "x"), NothingSaid),
        (lambda s: decide(s, "O1", Decision.GRANTED, "x"), NothingSaid),
        (lambda s: decide(s, "O1", Decision.REJECTED, "x", typed=Typed("A1", "5")), NothingSaid),
        (lambda s: decide(s, "O1", Decision.GRANTED, "x", typed=Typed("A1", "9")), UnreadableAnswer),
        (lambda s: decide(s, "O1", Decision.GRANTED, "x", typed=Typed("A1", "3")), SameAnswer),
        (lambda s: amend(s, Typed("A1", "3"), "why"), SameAnswer),
        (lambda s: amend(s, Typed("A1", "5"), " "), NoReason),
        (lambda s: amend(s, Typed("A1", "ND"), "why"), UnreadableAnswer),
        (lambda s: amend(s, Typed("Z9", "5"), "why"), UnknownItem),
        (lambda s: take_over(s, "abcd", "why"), NotTakenOver),
    ],
)
def test_what_is_incomplete_is_refused_and_writes_nothing(
    signed: AuditSession, attempt: Callable[[AuditSession], Any], error: type[Exception]
) -> None:
    object_to(signed, "A1", "Chen", "no")
    before = len(signed.journal)
    with pytest.raises(error):
        attempt(signed)
    assert len(signed.journal) == before


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        ("2026-05-12", 5, "2026-05-19"),  # a Tuesday
        ("2026-05-15", 1, "2026-05-18"),  # a Friday
        ("2026-05-16", 1, "2026-05-18"),  # a Saturday
        ("2026-05-17", 5, "2026-05-22"),
        ("2026-05-12", 0, "2026-05-12"),
    ],
)
def test_saturday_and_sunday_are_no_working_days(day: str, count: int, due: str) -> None:
    assert after(date.fromisoformat(day), count).isoformat() == due


def test_an_objection_after_its_period_is_recorded_and_marked(
    session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.writing.now", lambda: "2026-05-12T08:00:00.000000+00:00")
    session.describe({"objection_days": "2"})
    session.sign("Li", "Chen")
    assert objecting.objection_due(session.state) == "2026-05-14"
    for day, late in (("14", False), ("15", True)):
        monkeypatch.setattr("audit.writing.now", lambda day=day: f"2026-05-{day}T08:00:00.000000+00:00")
        object_to(session, "A1", "Chen", f"on the {day}th")
        assert objections_of(session.checklist, session.state)[-1].late is late

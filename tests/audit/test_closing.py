"""The closing meeting: signing kinds, objections, amendments, late entries, the final word, the signed scan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from audit import amending, objecting
from audit.amending import NoReason, NotTakenOver, SameAnswer, amend, late_answers, sealed_scorecard, take_over
from audit.closing import Consent, Decision
from audit.dealers import Dealer
from audit.evidence_adding import FilesRefused
from audit.finalizing import CannotFinalize, NoScan, attach_scan, finalize, remove_scan
from audit.history import Standing, history
from audit.journal import Author
from audit.listing import list_audits
from audit.numbering import UnknownNumber
from audit.objecting import DecidedAlready, NothingSaid, decide, object_to, objections_of
from audit.review import review
from audit.session import AuditSession, Typed, UnknownItem
from audit.signing import AuditFinal, AuditSealed, CannotSign, NotSigned
from audit.state import AuditStatus, ItemState
from audit.store.store import Store
from audit.summary import summarize
from audit.undoing import NothingToUndo
from audit.verify import verify
from audit.workdays import after
from checklists.reading import UnreadableAnswer
from tests.builders import checklist, department, item, section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
ASKED = checklist(
    department("D", section("S", item("A1"), item("A2"), item("A3", rule={"kind": "sample", "size": 2}))),
    department("E", section("T", item("B1"), item("B2"))),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    session = AuditSession.create(store, ASKED, Dealer(code="D1", name_en="One"), LI, {"date": "2026-05-12"})
    for own_id, value in {"A1": "3", "A2": "2", "A3": "1/2", "B1": "4", "B2": "5"}.items():
        session.answer(own_id, value)
    return session


def test_nobody_signs_before_the_day_of_the_audit(session: AuditSession) -> None:
    session.describe({"date": "2099-01-01"})
    with pytest.raises(CannotSign, match="still to come"):
        session.sign("Li", "Chen")
    assert "still to come" in review(session).stoppers[0].text.en


@pytest.fixture
def signed(session: AuditSession) -> AuditSession:
    session.sign("Li", "Chen")
    return session


def again(store: Store, who: Author = LI) -> AuditSession:
    return AuditSession.open(store, "D1", who)


def intact(store: Store) -> bool:
    found = verify(store, store.find("audit", "D1")[0])
    assert found.intact, found.problems
    return True


# -- signing -----------------------------------------------------------------------------------------------------------


def test_an_audit_is_signed_with_reservations_that_are_kept(store: Store, session: AuditSession) -> None:
    with pytest.raises(CannotSign, match="reservations"):
        session.sign("Li", "Chen", Consent.RESERVATIONS)
    session.sign("Li", "Chen", Consent.RESERVATIONS, reservations="A1 is disputed")
    signature = again(store).state.signature
    assert signature is not None
    assert (signature.consent, signature.reservations) == (Consent.RESERVATIONS, "A1 is disputed")
    assert intact(store)
    assert "with reservations: A1 is disputed" in history(again(store))[-1].what.en


def test_a_refused_signature_names_a_witness_and_needs_no_representative(store: Store, session: AuditSession) -> None:
    with pytest.raises(CannotSign, match="witness"):
        session.sign("Li", "", Consent.REFUSED)
    session.sign("Li", "", Consent.REFUSED, witness="Wu")
    signature = again(store).state.signature
    assert signature is not None
    assert (signature.consent, signature.witness, signature.dealer_representative) == (Consent.REFUSED, "Wu", "")
    assert intact(store)
    assert "refused to sign (witness Wu)" in history(again(store))[-1].what.en


def test_a_seal_without_a_word_about_consent_is_an_agreed_one(store: Store, signed: AuditSession) -> None:
    seal = signed.journal[signed.journal.current("seal")[0]]
    assert seal.data == {"auditor": "Li", "dealer_representative": "Chen"}  # as it has always been written
    assert signed.state.signature is not None
    assert signed.state.signature.consent is Consent.AGREED
    assert signed.state.signature.code == seal.hash[:12]
    assert verify(store, store.find("audit", "D1")[0], signed.state.signature.code).intact


def test_the_closing_meeting_needs_a_signature(session: AuditSession, tmp_path: Path) -> None:
    paper = tmp_path / "signed.pdf"
    paper.write_bytes(b"%PDF-1.4")
    attempts: list[Callable[[], object]] = [
        lambda: object_to(session, "A1", "Chen", "no"),
        lambda: amend(session, Typed("A1", "4"), "why"),
        lambda: finalize(session),
        lambda: attach_scan(session, paper),
    ]
    before = len(session.journal)
    for attempt in attempts:
        with pytest.raises(NotSigned):
            attempt()
    assert len(session.journal) == before


@pytest.mark.parametrize("witness", [" li", "CHEN Ming", "Wu、Li"])
def test_whoever_signs_is_no_witness(session: AuditSession, witness: str) -> None:
    with pytest.raises(CannotSign, match="somebody else"):
        session.sign("Zhao、Li", "Chen Ming", Consent.REFUSED, witness=witness)
    assert session.state.signature is None
    session.sign("Zhao、Li", "Chen Ming", Consent.REFUSED, witness="Wu")


def test_what_does_not_fit_the_way_of_signing_is_refused(session: AuditSession) -> None:
    for consent in (Consent.AGREED, Consent.RESERVATIONS):
        with pytest.raises(CannotSign, match="refusal only"):
            session.sign("Li", "Chen", consent, witness="Wu", reservations="A1")
    with pytest.raises(CannotSign, match="--reservations"):
        session.sign("Li", "Chen", reservations="A1")
    assert session.state.signature is None


# -- objections --------------------------------------------------------------------------------------------------------


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


# -- amendments --------------------------------------------------------------------------------------------------------


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


# -- the end -----------------------------------------------------------------------------------------------------------


def test_an_undecided_objection_keeps_the_audit_from_being_final(store: Store, signed: AuditSession) -> None:
    object_to(signed, "A1", "Chen", "no")
    object_to(signed, "A2", "Chen", "nor this")
    decide(signed, "O1", Decision.REJECTED, "yes")
    with pytest.raises(CannotFinalize, match="O2"):
        finalize(signed, before_due=True)
    decide(signed, "O2", Decision.WITHDRAWN, "")
    finalize(signed, "Wang Fang", before_due=True)
    kept = again(store)
    assert kept.state.status is AuditStatus.FINAL
    assert kept.state.finalized is not None
    assert kept.state.finalized.by == "Wang Fang"
    assert intact(store)


def test_while_objections_may_be_raised_only_a_word_makes_it_final(
    session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.writing.now", lambda: "2026-05-12T08:00:00.000000+00:00")
    session.sign("Li", "Chen")
    monkeypatch.setattr("audit.finalizing.today", lambda: "2026-05-19")  # the last day
    with pytest.raises(CannotFinalize, match=r"2026-05-19.*--before-due"):
        finalize(session)
    assert session.state.status is AuditStatus.SIGNED
    monkeypatch.setattr("audit.finalizing.today", lambda: "2026-05-20")
    finalize(session)
    assert session.state.status is AuditStatus.FINAL


def test_after_the_final_word_only_the_plan_and_scans_go_on(store: Store, signed: AuditSession, tmp_path: Path) -> None:
    object_to(signed, "A1", "Chen", "no")
    decide(signed, "O1", Decision.REJECTED, "yes")
    finalize(signed, before_due=True)
    attempts: list[Callable[[], object]] = [
        lambda: object_to(signed, "A1", "Chen", "no"),
        lambda: decide(signed, "O1", Decision.WITHDRAWN, ""),
        lambda: amend(signed, Typed("A1", "4"), "why"),
        lambda: finalize(signed, before_due=True),
        lambda: signed.answer("A1", "4"),
    ]
    for attempt in attempts:
        with pytest.raises(AuditFinal):
            attempt()
    paper = tmp_path / "signed.pdf"
    paper.write_bytes(b"%PDF-1.4")
    attach_scan(signed, paper)
    signed.put_aside()
    kept = again(store)
    assert kept.state.aside
    assert kept.state.status is AuditStatus.FINAL
    assert intact(store)


def test_an_objection_raised_while_somebody_finalizes_is_looked_at(
    store: Store, signed: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = store.append

    def meanwhile(*args: Any, **kwargs: Any) -> bool:
        monkeypatch.setattr(store, "append", append)
        with Store.open(store.place) as elsewhere:
            object_to(again(elsewhere, WANG), "A1", "Chen", "no")
        return append(*args, **kwargs)

    monkeypatch.setattr(store, "append", meanwhile)
    with pytest.raises(CannotFinalize):
        finalize(signed, before_due=True)
    assert again(store).state.status is AuditStatus.SIGNED


def test_what_is_said_while_somebody_else_finalizes_is_refused(
    store: Store, signed: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = store.append

    def meanwhile(*args: Any, **kwargs: Any) -> bool:
        monkeypatch.setattr(store, "append", append)
        with Store.open(store.place) as elsewhere:
            finalize(again(elsewhere, WANG), before_due=True)
        return append(*args, **kwargs)

    monkeypatch.setattr(store, "append", meanwhile)
    with pytest.raises(AuditFinal):
        amend(signed, Typed("A1", "4"), "why")
    assert not again(store).state.amendments


def test_results_count_what_somebody_else_amended_meanwhile(
    store: Store, signed: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = store.append

    def meanwhile(*args: Any, **kwargs: Any) -> bool:
        monkeypatch.setattr(store, "append", append)
        with Store.open(store.place) as elsewhere:
            amend(again(elsewhere, WANG), Typed("A2", "5"), "theirs")
        return append(*args, **kwargs)

    monkeypatch.setattr(store, "append", meanwhile)
    amend(signed, Typed("A1", "5"), "ours")
    assert intact(store)
    assert list_audits(store)[0][0].earned == again(store).scorecard.total.earned == 43


def test_the_signed_scan_is_no_amendment(store: Store, signed: AuditSession, tmp_path: Path) -> None:
    row = store.find("audit", "D1")[0]
    before, score = store.results(row.id), signed.scorecard
    paper, words = tmp_path / "signed.pdf", tmp_path / "words.txt"
    paper.write_bytes(b"%PDF-1.4 with a chop")
    words.write_text("no scan", "utf-8")
    with pytest.raises(NoScan):
        attach_scan(signed, words)
    attached = attach_scan(signed, paper)
    assert attach_scan(signed, paper) == attached
    kept = again(store)
    assert [(scan.name, scan.media) for scan in kept.state.closing.scans] == [("signed.pdf", "application/pdf")]
    assert (store.results(row.id), kept.scorecard, kept.state.amendments) == (before, score, {})
    assert intact(store)
    with pytest.raises(NoScan):
        remove_scan(kept, "other.pdf")
    remove_scan(kept, "signed.pdf")
    assert not again(store).state.closing.scans
    assert intact(store)


@pytest.mark.parametrize(
    ("name", "body", "taken"),
    [
        ("words.pdf", b"no scan at all", False),
        ("words.png", b"no scan at all", False),
        ("cut.png", None, False),
        ("beginning.jpg", b"\xff\xd8\xff and nothing else", False),
        ("whole.png", b"", True),
        ("scanner.pdf", b"\n%PDF-1.7 some scanners begin like that", True),
    ],
)
def test_a_scan_is_what_it_holds_not_what_it_is_called(
    store: Store, signed: AuditSession, tmp_path: Path, name: str, body: bytes | None, taken: bool
) -> None:
    from PIL import Image

    paper = tmp_path / name
    Image.effect_noise((300, 200), 60).save(tmp_path / "drawn.png")
    drawn = (tmp_path / "drawn.png").read_bytes()
    paper.write_bytes(drawn[: len(drawn) // 2] if body is None else body or drawn)
    if taken:
        assert attach_scan(signed, paper).name == name
    else:
        with pytest.raises(NoScan, match=name):
            attach_scan(signed, paper)
        assert not store.has_file(sha256(paper.read_bytes()).hexdigest())
    assert len(again(store).state.closing.scans) == taken


# -- late entries ------------------------------------------------------------------------------------------------------


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

import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.dealers import Dealer
from audit.details import BadDetail
from audit.history import Standing, history
from audit.journal import Author
from audit.session import AuditSession, NothingNoted, Typed, UnknownAudit, UnknownItem
from audit.settling import NoConflict
from audit.signing import AuditSealed, CannotSign
from audit.state import AuditStatus, ItemState
from audit.store.store import Store
from audit.summary import summarize
from audit.undoing import NothingToUndo
from checklists.model import Checklist
from checklists.reading import UnreadableAnswer
from tests.builders import checklist, department, item, section

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
DEALER = Dealer(code="SHXX", name_zh="上海XX", name_en="Shanghai XX", city="上海", body_shop="no")


def asked(items: int = 3) -> Checklist:
    return checklist(
        department("front-desk", section("M1", *(item(f"FD{n:02}") for n in range(1, items + 1)))),
        department(
            "workshop",
            section("W1", item("WS01", 10, {"kind": "sample"}), item("WS10", 10, requires=["body-shop"])),
            section("W2", item("WS20"), item("WS21", requires=["earlier-audit"])),
        ),
    )


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "audits.db")


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store.open(place) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    return AuditSession.create(store, asked(), DEALER, LI, {"date": "2026-05-12", "auditors": ["李工"]})


def again(store: Store, who: Author = LI) -> AuditSession:
    return AuditSession.open(store, "SHXX", who)


def answer_everything(session: AuditSession) -> None:
    for item_id in ("FD01", "FD02", "FD03", "WS20"):
        session.answer(item_id, "4")
    session.answer("WS01", "8/10")


def test_a_new_audit_knows_its_frame(session: AuditSession) -> None:
    told = summarize(session)
    assert session.ref == "SHXX-2026-05-12"
    assert (told.dealer.zh, told.city, told.date, told.auditors) == ("上海XX", "上海", "2026-05-12", ("李工",))
    assert (told.status, told.whole, told.checklist.id) == (AuditStatus.OPEN, True, "small")


def test_what_the_dealership_has_not_starts_as_not_applicable(session: AuditSession) -> None:
    answers = session.state.answers
    assert {item_id for item_id, a in answers.items() if a.state is ItemState.NOT_APPLICABLE} == {"WS10", "WS21"}


def test_at_the_second_audit_earlier_findings_are_asked_for(store: Store, session: AuditSession) -> None:
    second = AuditSession.create(store, asked(), DEALER, LI, {"date": "2026-09-01"})
    assert second.state.answer("WS21").state is ItemState.OPEN


def test_a_second_audit_on_the_same_day_gets_a_suffix(store: Store, session: AuditSession) -> None:
    second = AuditSession.create(store, asked(), DEALER, LI, {"date": "2026-05-12"})
    assert second.ref == "SHXX-2026-05-12-2"
    assert AuditSession.open(store, "shxx-2026-05-12", LI).ref == session.ref
    with pytest.raises(UnknownAudit, match="fits several"):
        AuditSession.open(store, "SHXX", LI)


def test_an_answer_is_there_after_reopening(store: Store, session: AuditSession) -> None:
    session.answer("FD01", "４", reason="一张单据无签字", note="RO-2291")
    kept = again(store)
    assert (kept.state.answer("FD01").value, kept.state.answer("FD01").reason) == ("4", "一张单据无签字")
    assert [n.text for n in kept.state.notes["FD01"]] == ["RO-2291"]
    assert kept.scorecard == session.scorecard


def test_the_same_note_is_kept_once(session: AuditSession) -> None:
    session.answer("FD01", "4", note="RO-2291")
    session.answer("FD01", "3", note="RO-2291")
    session.answer("FD01", "3", note="RO-2295")
    session.answer("FD01", "3", note="cafe\u0301")
    session.answer("FD01", "3", note="café")
    assert [n.text for n in session.state.notes["FD01"]] == ["RO-2291", "RO-2295", "café"]


def test_a_note_stands_beside_whatever_the_answer_is(store: Store, session: AuditSession) -> None:
    session.note("fd01", " 主管称没人要过这个数 ")
    session.note("FD01", "主管称没人要过这个数")
    kept = again(store)
    assert [n.text for n in kept.state.notes["FD01"]] == ["主管称没人要过这个数"]
    assert kept.state.answer("FD01").state is ItemState.OPEN
    with pytest.raises(NothingNoted):
        session.note("FD01", " ")
    assert session.undo().kind == "note"
    assert not session.state.notes.get("FD01")


@pytest.mark.parametrize(
    ("typed", "state", "reason"),
    [
        (Typed("FD01", "NA", "本店无此业务"), ItemState.NOT_APPLICABLE, "本店无此业务"),
        (Typed("FD01", "nc", "查了三个月"), ItemState.NO_CASE, "查了三个月"),
        (Typed("FD01", "ＮＤ", "未做记录"), ItemState.NO_DATA, "not-kept"),
        (Typed("FD01", "ND", "not-shown"), ItemState.NO_DATA, "not-shown"),
        (Typed("FD01", "UN", "时间不够"), ItemState.NOT_ASSESSED, "时间不够"),
    ],
)
def test_states_without_an_answer_carry_their_reason(
    session: AuditSession, typed: Typed, state: ItemState, reason: str
) -> None:
    session.record([typed])
    assert (session.state.answer("FD01").state, session.state.answer("FD01").reason) == (state, reason)


@pytest.mark.parametrize(
    "typed",
    [
        Typed("FD01", "9"),
        Typed("FD01", "NA"),
        Typed("FD01", "ND"),
        Typed("FD01", "ND", "dunno"),
        Typed("WS01", "0/0"),
        Typed("FD01", "4", "x" * 40_001),
        Typed("FD01", "4", note="x" * 40_001),
    ],
)
def test_one_answer_that_cannot_be_read_keeps_all_of_them_out(session: AuditSession, typed: Typed) -> None:
    before = len(session.journal)
    with pytest.raises(UnreadableAnswer, match=typed.item):
        session.record([Typed("FD02", "5"), typed])
    session.refresh()
    assert len(session.journal) == before
    assert session.state.answer("FD02").state is ItemState.OPEN


def test_an_unknown_item_says_what_was_meant(session: AuditSession) -> None:
    with pytest.raises(UnknownItem, match="Did you mean") as caught:
        session.answer("FD0l", "4")
    assert "FD01" in caught.value.text.zh


def test_items_are_found_in_any_case_and_by_former_ids(store: Store) -> None:
    renamed = checklist(department("D", section("S", item("N1", former_ids=["OLD1"]))))
    session = AuditSession.create(store, renamed, DEALER, LI, {"date": "2026-05-12"})
    session.answer("n1", "4")
    session.answer("OLD1", "5")
    assert session.state.answer("N1").value == "5"


def test_items_outside_the_scope_are_refused(store: Store) -> None:
    session = AuditSession.create(
        store, asked(), DEALER, LI, {"date": "2026-05-12", "departments": ["前台（中）".replace("前台", "front-desk")]}
    )
    with pytest.raises(UnknownItem, match="outside the departments"):
        session.answer("WS01", "8/10")


def test_undo_takes_back_the_last_answer_step_by_step(session: AuditSession) -> None:
    session.answer("FD01", "3")
    session.answer("FD01", "4")
    session.answer("FD02", "5")
    assert session.undo().slot == "item:FD02"
    assert session.state.answer("FD02").state is ItemState.OPEN
    session.undo()
    assert session.state.answer("FD01").value == "3"
    session.undo()
    assert session.state.answer("FD01").state is ItemState.OPEN
    with pytest.raises(NothingToUndo):
        session.undo()


def test_undo_leaves_the_frame_and_other_peoples_answers_alone(store: Store, session: AuditSession) -> None:
    session.answer("FD01", "3")
    with pytest.raises(NothingToUndo):
        again(store, WANG).undo()
    assert again(store).state.answer("FD01").value == "3"


def test_undo_passes_over_what_somebody_changed_since(store: Store, session: AuditSession) -> None:
    session.answer("FD02", "4")
    session.answer("FD01", "3")
    again(store, WANG).answer("FD01", "5")
    session.refresh()
    assert session.undo().slot == "item:FD02"
    assert again(store).state.answer("FD01").value == "5"
    with pytest.raises(NothingToUndo):
        session.undo()


def _just_before_appending(store: Store, happens: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let something happen between what a session has read and what it writes, once."""
    append = store.append

    def delayed(*args: Any, **kwargs: Any) -> bool:
        monkeypatch.setattr(store, "append", append)
        happens()
        return append(*args, **kwargs)

    monkeypatch.setattr(store, "append", delayed)


def test_an_answer_cannot_slip_behind_a_seal(
    store: Store, session: AuditSession, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_everything(session)
    with Store.open(place) as elsewhere:
        other = again(elsewhere, WANG)
        _just_before_appending(store, lambda: other.sign("王工", "张总"), monkeypatch)
        with pytest.raises(AuditSealed):
            session.answer("FD01", "0")
    kept = again(store)
    assert kept.state.answer("FD01").value == "4"
    assert not kept.state.late


def test_a_seal_covers_an_answer_written_while_signing(
    store: Store, session: AuditSession, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_everything(session)
    with Store.open(place) as elsewhere:
        other = again(elsewhere, WANG)
        _just_before_appending(store, lambda: other.answer("FD01", "0"), monkeypatch)
        session.sign("李工", "张总")
    kept = again(store)
    assert (kept.state.answer("FD01").value, kept.state.late) == ("0", ())
    assert kept.scorecard == session.scorecard


def test_only_one_of_two_signs_at_once_succeeds(
    store: Store, session: AuditSession, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_everything(session)
    with Store.open(place) as elsewhere:
        other = again(elsewhere, WANG)
        _just_before_appending(store, lambda: other.sign("王工", "张总"), monkeypatch)
        with pytest.raises(AuditSealed):
            session.sign("李工", "张总")
    signature = again(store).state.signature
    assert signature is not None
    assert signature.auditor == "王工"


def test_an_answer_is_written_although_others_wrote_meanwhile(
    store: Store, session: AuditSession, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(place) as elsewhere:
        other = again(elsewhere, WANG)
        _just_before_appending(store, lambda: other.answer("FD02", "5"), monkeypatch)
        session.answer("FD01", "3")
    assert {i: again(store).state.answer(i).value for i in ("FD01", "FD02")} == {"FD01": "3", "FD02": "5"}


def test_answers_without_having_seen_each_other_are_a_conflict_and_settled_by_an_entry(
    store: Store, session: AuditSession
) -> None:
    other = again(store, WANG)
    session.answer("FD01", "3")
    other.answer("FD01", "5")
    assert set(other.state.conflicts) == {"item:FD01"}
    assert other.state.answer("FD01").state is ItemState.OPEN
    keep = next(e for e in other.state.conflicts["item:FD01"] if e.person == "王工")
    with pytest.raises(NoConflict, match="keep one of"):
        other.settle("FD01", "")
    assert other.settle("FD01", keep.hash[:10]).value == "5"
    assert not again(store).state.conflicts
    with pytest.raises(NoConflict, match="no conflict"):
        other.settle("FD01", keep.hash[:10])


def test_answering_after_having_seen_the_other_is_no_conflict(store: Store, session: AuditSession) -> None:
    session.answer("FD01", "3")
    again(store, WANG).answer("FD01", "5")
    session.refresh()
    session.answer("FD01", "2")
    assert not again(store).state.conflicts
    assert again(store).state.answer("FD01").value == "2"


def test_details_are_changed_and_checked(session: AuditSession) -> None:
    session.describe({"contact": "张经理", "date": "2026/5/13".replace("/5/", "/05/")})
    assert (session.state.details["contact"], session.state.details["date"]) == ("张经理", "2026-05-13")
    before = len(session.journal)
    session.describe({"contact": "张经理"})
    assert len(session.journal) == before
    for wrong in ({"date": "tomorrow"}, {"kind": "onsite"}, {"departments": ["workshop"]}, {"profile": "x"}):
        with pytest.raises(BadDetail):
            session.describe(wrong)


def test_signing_refuses_open_items_and_conflicts_and_says_which(store: Store, session: AuditSession) -> None:
    with pytest.raises(CannotSign, match=r"FD01, FD02, FD03, WS01, WS20"):
        session.sign("李工", "张总")
    other = again(store, WANG)
    answer_everything(session)
    other.answer("FD01", "1")
    with pytest.raises(CannotSign, match=r"conflicts: 1 \(FD01\)"):
        session.sign("李工", "张总")


def test_a_signed_audit_is_sealed_and_its_results_are_stored(store: Store, session: AuditSession) -> None:
    answer_everything(session)
    with pytest.raises(CannotSign, match="name"):
        session.sign("李工", " ")
    seal = session.sign("李工", "张总")
    for change in (
        lambda: session.answer("FD01", "5"),
        lambda: session.describe({"contact": "x"}),
        session.undo,
        lambda: session.sign("a", "b"),
    ):
        with pytest.raises(AuditSealed):
            change()
    kept = again(store)
    assert kept.state.signature is not None
    assert (kept.state.signature.seal, kept.state.signature.dealer_representative) == (seal, "张总")
    results = store.results(store.find("audit", "SHXX")[0].id)
    assert results is not None
    total = next(r for r in results.rows if r.level == "total")
    assert (total.earned, total.possible) == (int(kept.scorecard.total.earned * 100), 7000)


def test_a_session_that_has_not_seen_the_signing_cannot_write_behind_it(store: Store, session: AuditSession) -> None:
    answer_everything(session)
    other = again(store, WANG)
    session.sign("李工", "张总")
    with pytest.raises(AuditSealed):
        other.answer("FD01", "1")
    assert not again(store).state.late


def test_history_says_who_did_what_and_what_became_of_it(session: AuditSession) -> None:
    session.answer("FD01", "3", reason="无签字")
    session.answer("FD01", "4")
    session.answer("FD02", "5")
    session.undo()
    told = [(e.subject, e.what.en, e.standing) for e in history(session) if e.entry.kind in {"answer", "undo"}]
    assert told[:3] == [
        ("FD01", "3 (无签字)", Standing.REPLACED),
        ("FD01", "4", Standing.CURRENT),
        ("FD02", "5", Standing.UNDONE),
    ]
    assert [e.subject for e in history(session, "FD01")] == ["FD01", "FD01"]


def _write(place: str, who: str, first: int, ready: "multiprocessing.synchronize.Event") -> None:
    with Store.open(place) as store:
        session = AuditSession.open(store, "SHXX", Author(who, who))
        ready.wait()
        for n in range(300):
            session.answer(f"FD{first + n:04}", str(n % 6))


def test_two_processes_writing_300_answers_each_lose_nothing(place: str, store: Store) -> None:
    many = checklist(department("D", section("S", *(item(f"FD{n:04}", 1) for n in range(600)))))
    AuditSession.create(store, many, DEALER, LI, {"date": "2026-05-12"})
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    workers = [context.Process(target=_write, args=(place, f"p{k}", k * 300, ready)) for k in range(2)]
    for worker in workers:
        worker.start()
    ready.set()
    for worker in workers:
        worker.join(120)
        assert worker.exitcode == 0
    kept = again(store)
    assert not kept.state.conflicts
    assert {i: a.value for i, a in kept.state.answers.items()} == {f"FD{n:04}": str(n % 300 % 6) for n in range(600)}

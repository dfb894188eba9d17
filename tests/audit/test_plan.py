"""The improvement plan: drafting, its law, its rules, and two people who write at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.history import history
from audit.numbering import UnknownNumber
from audit.plan import ACTION, Field, Status, plan_of
from audit.plan_dates import NotADate, read_due
from audit.plan_draft import StartsEarly, draft_plan, who_does
from audit.plan_writing import NoPlanYet, NotAllowed, PlanRefused, add_action, set_fields
from audit.session import AuditSession
from audit.store.store import Store
from audit.summary import summarize
from audit.verify import verify
from audit.weak import weak_of
from audit.workdays import work_until
from checklists.catalog import load
from tests.audit.plans import LI, WANG, WEAK, answered, signed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START = "2026-05-18"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    session = signed(store)
    draft_plan(session, START)
    return session


def again(session: AuditSession, who: str = "") -> AuditSession:
    author = WANG if who else LI
    return AuditSession.open(session.store, session.ref, author)


def test_each_weak_item_belongs_to_exactly_one_action(session: AuditSession) -> None:
    plan = plan_of(session)
    answers = [number for action in plan.actions for number in action.answers]
    assert sorted(answers) == sorted(WEAK) == sorted(weak.number for weak in weak_of(session))
    assert (plan.unassigned, plan.problems) == ((), ())
    assert {(a.direction, a.department): set(a.answers) for a in plan.actions} == {
        ("A", "front"): {"A1", "A3"},
        ("B", "front"): {"A4"},
        ("A", "shop"): {"B1"},
        ("B", "shop"): {"B3"},
    }


def test_an_action_says_who_what_when_and_how_much(session: AuditSession) -> None:
    actions = {(a.direction, a.department): a for a in plan_of(session).actions}
    front = actions["A", "front"]
    assert front.what.en == "first of process"
    assert front.attainable == Decimal("10.00")  # 8 - 2 and 8 - 4
    assert (front.measure.en, front.target.en) == ("A1 A1 is right; and A3", "A1, A3: at least 8 of 10 points")
    assert actions["A", "shop"].what.en == "own step of B1"
    assert actions["B", "front"].owner_role == "advisor"
    assert {a.status for a in actions.values()} == {Status.OPEN}
    assert summarize(session).plan == plan_of(session)


def test_one_role_is_not_given_everything_for_one_day(session: AuditSession) -> None:
    dues = [a.due for a in plan_of(session).actions if a.owner_role == "manager"]
    assert len(dues) == len(set(dues)) == 3
    assert dues == sorted(dues)
    assert all(date.fromisoformat(due).weekday() < 5 for due in dues)
    assert dues[0] == "2026-05-25"  # five working days from Monday the 18th


def test_who_a_step_names_does_it() -> None:
    directions = load("dealership").directions.values()
    assert {who_does(load("dealership"), d.first_step) for d in directions} == {d.steps[0].role for d in directions}


def test_work_does_not_begin_before_the_audit(session: AuditSession) -> None:
    with pytest.raises(StartsEarly, match="before the audit"):
        draft_plan(session, "2026-01-01")


def test_drafting_again_adds_nothing_and_overwrites_nothing(session: AuditSession) -> None:
    set_fields(session, "P1", {Field.OWNER: "赵丽", Field.DUE: "2026-07-01"})
    before = plan_of(session), len(session.journal)
    assert draft_plan(session, "2027-01-01") == before[0]
    assert len(session.journal) == before[1]


def test_two_people_who_draft_apart_draft_the_same_plan(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "a.db")) as store:
        one = signed(store)
        two = AuditSession.open(store, one.ref, WANG)
        draft_plan(one, START)
        drafted = {slot for slot in one.journal.slots if slot.startswith(ACTION)}
        draft_plan(two, START)
        merged = again(one)
        assert {slot for slot in merged.journal.slots if slot.startswith(ACTION)} == drafted
        assert plan_of(merged).problems == ()


def test_there_is_no_plan_before_signing(store: Store) -> None:
    open_one = answered(store)
    for refused in (lambda: draft_plan(open_one), lambda: add_action(open_one, {Field.WHAT: "x"})):
        with pytest.raises(NoPlanYet, match="not signed yet"):
            refused()
    assert plan_of(open_one).actions == ()


def test_the_plan_lies_beside_the_seal(session: AuditSession) -> None:
    row = session.store.find("audit", session.ref)[0]
    assert verify(session.store, row).intact
    assert session.state.late == ()
    session.put_aside()
    set_fields(session, "P1", {Field.OWNER: "赵丽"})
    assert verify(session.store, row).intact


def test_different_fields_never_conflict_and_the_same_field_says_so(session: AuditSession) -> None:
    other = again(session, "WANG")
    set_fields(session, "P1", {Field.OWNER: "赵丽"})
    set_fields(other, "P1", {Field.COST: "500"})
    plan = plan_of(again(session))
    assert (plan.actions[0].owner, plan.actions[0].cost, plan.problems) == ("赵丽", "500", ())
    third, fourth = again(session), again(session, "WANG")
    set_fields(third, "P1", {Field.OWNER: "钱七"})
    set_fields(fourth, "P1", {Field.OWNER: "孙八"})
    merged = plan_of(again(session))
    assert merged.actions[0].owner == "赵丽"
    assert "P1, Owner: different values side by side" in merged.problems[0].en
    assert "钱七" in merged.problems[0].en
    settled = again(session)
    set_fields(settled, "P1", {Field.OWNER: "孙八"})
    assert (plan_of(settled).actions[0].owner, plan_of(settled).problems) == ("孙八", ())


def test_every_change_is_one_entry_that_the_history_tells(session: AuditSession) -> None:
    entries = len(session.journal)
    set_fields(session, "P1", {Field.OWNER: " 赵丽 ", Field.STATUS: "进行中", Field.COST: ""})
    assert len(session.journal) == entries + 2
    told = [(event.subject, event.what.en) for event in history(session)[-2:]]
    assert told == [("P1 owner", "赵丽"), ("P1 status", "in progress")]
    assert set_fields(session, "p1", {Field.OWNER: "赵丽"}) == ()


# -- the rules ---------------------------------------------------------------------------------------------------------


def test_done_needs_proof_and_somebody_else_verifies(session: AuditSession) -> None:
    set_fields(session, "P1", {Field.OWNER: "赵丽"})
    with pytest.raises(NotAllowed, match="needs its proof"):
        set_fields(session, "P1", {Field.STATUS: "done"})
    with pytest.raises(NotAllowed, match="not reported done"):
        set_fields(session, "P1", {Field.STATUS: "verified", Field.PROOF: "photo", Field.VERIFIER: "李工"})
    set_fields(session, "P1", {Field.STATUS: "done", Field.PROOF: "photo"})
    with pytest.raises(NotAllowed, match="somebody else"):
        set_fields(session, "P1", {Field.STATUS: "verified", Field.VERIFIER: "赵 丽"})
    with pytest.raises(NotAllowed, match="needs the name"):
        set_fields(session, "P1", {Field.STATUS: "verified"})
    set_fields(session, "P1", {Field.STATUS: "verified", Field.VERIFIER: "李工"})
    action = plan_of(session).actions[0]
    assert action.status is Status.VERIFIED
    assert date.fromisoformat(action.verified_on).year >= 2026
    with pytest.raises(NotAllowed, match="proof"):
        set_fields(session, "P1", {Field.PROOF: ""})


def test_the_owner_does_not_type_the_verification_either(session: AuditSession) -> None:
    set_fields(session, "P1", {Field.OWNER: LI.person, Field.STATUS: "done", Field.PROOF: "photo"})
    with pytest.raises(NotAllowed, match="somebody else"):
        set_fields(session, "P1", {Field.STATUS: "verified", Field.VERIFIER: "王工"})
    other = again(session, "WANG")
    set_fields(other, "P1", {Field.STATUS: "verified", Field.VERIFIER: "王工"})
    assert plan_of(other).actions[0].status is Status.VERIFIED


def test_an_effect_that_did_not_last_is_taken_up_again(session: AuditSession) -> None:
    set_fields(session, "P1", {Field.STATUS: "done", Field.PROOF: "photo"})
    set_fields(session, "P1", {Field.STATUS: "verified", Field.VERIFIER: "王工"})
    set_fields(session, "P1", {Field.STATUS: "in progress"})
    action = plan_of(session).actions[0]
    assert (action.status, action.verifier, action.verified_on, action.proof) == (Status.IN_PROGRESS, "", "", "photo")


def test_cancelling_needs_a_reason_and_keeps_the_weak_items(session: AuditSession) -> None:
    with pytest.raises(NotAllowed, match="only with a reason"):
        set_fields(session, "P1", {Field.STATUS: "已取消"})
    set_fields(session, "P1", {Field.STATUS: "已取消", Field.REASON: "外包"})
    assert draft_plan(session).unassigned == ()
    assert len(plan_of(session).actions) == 4


def test_a_weak_item_is_moved_and_never_lost(session: AuditSession) -> None:
    numbers = {a.answers: a.number for a in plan_of(session).actions}
    with pytest.raises(NotAllowed, match="left without an action"):
        set_fields(session, numbers["A1", "A3"], {Field.ANSWERS: "A1"})
    set_fields(session, numbers["A4",], {Field.ANSWERS: "a4，Ａ３"})
    assert {a.answers for a in plan_of(session).actions} == {("A1",), ("A4", "A3"), ("B1",), ("B3",)}
    added = add_action(session, {Field.WHAT: "own idea", Field.ANSWERS: "B3"})
    assert (added.number, added.answers) == ("P5", ("B3",))
    assert plan_of(session).problems == ()


def test_what_cannot_be_read_is_said_all_at_once(session: AuditSession) -> None:
    fields = {Field.DUE: "soon", Field.ANSWERS: "A9", Field.OWNER_ROLE: "boss", Field.STATUS: "half", Field.WHAT: " "}
    with pytest.raises(PlanRefused) as refused:
        set_fields(session, "P1", fields)
    assert len(refused.value.text.en.split("\n")) == 5
    assert len(refused.value.text.zh.split("\n")) == 5
    for field, typed in ((Field.DUE, "2026-01-01"), (Field.VERIFIED_ON, "2999-01-01")):
        with pytest.raises(NotAllowed):
            set_fields(session, "P1", {field: typed})
    with pytest.raises(UnknownNumber):
        set_fields(session, "P9", {Field.OWNER: "x"})


def test_overdue_is_what_is_late_and_not_done(session: AuditSession) -> None:
    plan = plan_of(session)
    late = plan.overdue("2026-05-26")
    assert [a.due < "2026-05-26" for a in plan.actions if a in late] == [True] * len(late) != []
    set_fields(session, late[0].number, {Field.STATUS: "done", Field.PROOF: "photo"})
    assert late[0].id not in {a.id for a in plan_of(session).overdue("2026-05-26")}


# -- dates and days ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "2026-03-15",
            "2026.3.15",
            "2026/3/15",
            "2026年3月15日",
            "3/15",
            "3月15日",
            "3月15号",
            "15 Mar 2026",
            "15-Mar-26",
        ),
        *("Mar 15, 2026", "March 15", "46096", "46096.0", "20260315", "15/3", "15.3.2026", "2026-03-15 00:00"),
        *("２０２６．３．１５", "3月15日（星期日）", "26年3月15日", " 2026-3-15 "),
    ],
)
def test_a_date_is_understood_as_people_type_it(typed: str) -> None:
    assert read_due(typed, "2025-11-22", month_first=False) == "2026-03-15"


@pytest.mark.parametrize("typed", ["soon", "3月", "2026-13-01", "2/30", "99999", "12", "月底", "15 foo", "TBD", "2026"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(NotADate):
        read_due(typed, "2025-11-22", month_first=True)


def test_a_date_that_could_be_two_is_refused_in_english_alone() -> None:
    with pytest.raises(NotADate, match="2026-03-04 or 2026-04-03"):
        read_due("3/4", "2025-11-22", month_first=False)
    assert read_due("3/4", "2025-11-22", month_first=True) == "2026-03-04"
    assert read_due("2/29", "2026-11-22", month_first=True) == "2028-02-29"
    assert read_due("", "2026-11-22", month_first=True) == ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates(date(2000, 1, 1), date(2099, 12, 1)), st.integers(0, 60))
def test_working_days_are_mondays_to_fridays(start: date, days: int) -> None:
    end = work_until(start, days)
    assert end.weekday() < 5
    between = [date.fromordinal(n) for n in range(start.toordinal() + 1, end.toordinal() + 1)]
    counted = sum(1 for day in between if day.weekday() < 5)
    assert counted == days + (1 if start.weekday() >= 5 else 0)

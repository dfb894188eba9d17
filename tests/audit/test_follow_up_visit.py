"""Follow-up visits: what they ask, that they have no points, and how their results reach the plan."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from audit.amending import amend
from audit.confirming import NotAskedHere, NotScoredHere, visit_of
from audit.details import BadDetail
from audit.follow_up import CannotFollow, NoteMissing, begin_follow_up, confirm
from audit.listing import list_audits
from audit.plan import Field, Status, plan_of
from audit.plan_confirming import NotALaterAudit, take_over
from audit.plan_draft import draft_plan
from audit.plan_effect import later_audits
from audit.plan_writing import NoPlanYet, add_action, set_fields
from audit.reaudit import reaudit
from audit.session import AuditSession, Typed, UnknownItem
from audit.signing import AuditSealed, CannotSign
from audit.store.store import Store
from audit.summary import summarize
from audit.verify import verify
from reports.as_json import score_json
from reports.pdf.document import pdf_bytes
from tests.audit.plans import DEALER, LI, WANG, answered, asked, signed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        yield opened


@pytest.fixture
def first(store: Store) -> AuditSession:
    session = signed(store)
    draft_plan(session, "2026-05-18")
    return session


@pytest.fixture
def visit(store: Store, first: AuditSession) -> AuditSession:
    return begin_follow_up(store, first.ref, WANG, {"date": "2026-09-01", "auditors": ["王工"]})


def test_only_open_actions_and_weak_items_are_asked(store: Store, first: AuditSession) -> None:
    add_action(first, {Field.WHAT: "weekly meeting"})
    numbers = {a.answers: a.number for a in plan_of(first).actions}
    set_fields(first, numbers["A4",], {Field.STATUS: "cancelled", Field.REASON: "body shop closed"})
    set_fields(first, numbers["B1",], {Field.STATUS: "done", Field.PROOF: "list"})
    set_fields(first, numbers["B1",], {Field.STATUS: "verified", Field.VERIFIER: "王工"})
    follow = visit_of(begin_follow_up(store, first.ref, WANG, {"date": "2026-09-01"}))
    assert [item.number for item in follow.items] == ["B3", "A1", "A3", "P5"]
    assert {item.number: item.action for item in follow.items}["A1"] == numbers["A1", "A3"]
    assert follow.earlier == first.ref


def test_a_visit_is_printed_without_points(visit: AuditSession) -> None:
    confirm(visit, "A1", "yes")
    confirm(visit, "B3", "no", "still no list")
    pages = PdfReader(BytesIO(pdf_bytes(summarize(visit), "en"))).pages
    found = re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))
    for said in ("1of5confirmedascured", "Notlookedatyet:3", "×no", "✓yes", "stillnolist", visit.ref, "________"):
        assert said in found, said
    assert "points" not in found


def test_there_is_no_total_anywhere(store: Store, first: AuditSession, visit: AuditSession) -> None:
    confirm(visit, "A1", "是")
    for number in ("A3", "A4", "B1"):
        confirm(visit, number, "y")
    confirm(visit, "b3", "no", "still no list")
    visit.sign("王工", "陈经理")
    summary = summarize(visit)
    assert summary.follow_up is not None
    assert summary.follow_up.verdict.en == "4 of 5 confirmed as cured"
    verdict = summary.scorecard.verdict
    assert (verdict.result, [r.text.en for r in verdict.reasons]) == (None, ["4 of 5 confirmed as cured"])
    assert (summary.scorecard.departments, summary.scorecard.total.possible) == ((), 0)
    shape = json.dumps(score_json(summary, "en"), default=str)
    assert not {"total", "earned", "possible", "points", "pass_points"} & _keys(json.loads(shape))
    listed = {audit.ref: audit for audit in list_audits(store)[0]}[visit.ref]
    assert (listed.confirmed, listed.earned, listed.standing) == ((4, 5), 0, "")
    assert verify(store, store.find("audit", visit.ref)[0]).intact


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(_keys(part) for part in value.values()))
    return set().union(*(_keys(part) for part in value)) if isinstance(value, list) else set()


def test_each_is_confirmed_or_not_with_words(visit: AuditSession) -> None:
    with pytest.raises(NoteMissing):
        confirm(visit, "A1", "no")
    with pytest.raises(NotAskedHere):
        confirm(visit, "A2", "yes")
    item = confirm(visit, "A1", "×", "as before")
    assert (item.confirmed, item.note, item.person) == (False, "as before", WANG.person)
    confirm(visit, "A1", "yes")
    assert visit_of(visit).confirmed == 1
    before = len(visit.journal)
    confirm(visit, "A1", "y")
    assert len(visit.journal) == before


def test_it_is_signed_when_all_was_looked_at_and_sealed_then(visit: AuditSession) -> None:
    confirm(visit, "A1", "yes")
    with pytest.raises(CannotSign, match="items open: 4"):
        visit.sign("王工", "陈经理")
    for number in visit_of(visit).open:
        confirm(visit, number, "yes")
    visit.sign("王工", "陈经理")
    with pytest.raises(AuditSealed):
        confirm(visit, "A1", "no", "x")


def test_two_answers_side_by_side_keep_it_from_being_signed(store: Store, visit: AuditSession) -> None:
    other = AuditSession.open(store, visit.ref, LI)
    confirm(visit, "A1", "yes")
    confirm(other, "A1", "no", "not in the night shift")
    visit.refresh()
    assert visit_of(visit).items[1].confirmed is None
    with pytest.raises(CannotSign, match="conflicts: 1"):
        visit.sign("王工", "陈经理")


def test_nothing_is_scored_and_only_what_is_asked_can_have_evidence(visit: AuditSession) -> None:
    with pytest.raises(NotScoredHere):
        visit.answer("A1", "4")
    with pytest.raises(UnknownItem):
        visit.note("A2", "x")
    visit.note("A1", "seen at bay 3")
    with pytest.raises(NoPlanYet, match="follow-up visit"):
        draft_plan(visit)
    with pytest.raises(BadDetail):
        visit.describe({"kind": "on-site"})


def test_what_cannot_be_followed(store: Store, first: AuditSession, visit: AuditSession) -> None:
    with pytest.raises(CannotFollow, match="name the audit it follows"):
        begin_follow_up(store, visit.ref, LI, {"date": "2026-10-01"})
    with pytest.raises(BadDetail):
        AuditSession.create(store, asked(), DEALER, LI, {"date": "2026-10-01", "kind": "follow-up"})
    unsigned = answered(store)
    with pytest.raises(CannotFollow, match="not signed"):
        begin_follow_up(store, unsigned.ref, LI, {})


def test_the_results_flow_back_as_the_verifiers(store: Store, first: AuditSession, visit: AuditSession) -> None:
    numbers = {a.answers: a.number for a in plan_of(first).actions}
    for answers in (("A1", "A3"), ("A4",), ("B3",)):
        set_fields(first, numbers[answers], {Field.STATUS: "done", Field.PROOF: "photo"})
    set_fields(first, numbers["A4",], {Field.OWNER: "王工"})
    for number in ("A1", "A3", "A4", "B1"):
        confirm(visit, number, "yes")
    confirm(visit, "B3", "no", "still no list")
    with pytest.raises(NotALaterAudit, match="not signed"):
        take_over(first, visit.ref)
    visit.sign("王工", "陈经理")
    _, notices = take_over(first, visit.ref)
    actions = {a.answers: a for a in plan_of(first).actions}
    done = actions["A1", "A3"]
    assert (done.status, done.verifier, done.verified_on) == (Status.VERIFIED, "王工", "2026-09-01")
    assert visit.ref in done.result
    assert actions["A4",].status is Status.DONE  # its owner signed the visit
    assert (actions["B1",].status, actions["B3",].status) == (Status.OPEN, Status.IN_PROGRESS)
    assert "still no list" in actions["B3",].result
    assert [notice.en.partition(":")[0] for notice in notices] == [numbers["A4",], numbers["B1",]]
    assert take_over(first, visit.ref)[0] == ()
    with pytest.raises(NotALaterAudit, match="no follow-up"):
        take_over(first, first.ref)


def test_what_is_said_of_several_actions_is_said_once(store: Store, first: AuditSession) -> None:
    numbers = {a.answers: a.number for a in plan_of(first).actions}
    visit = begin_follow_up(store, first.ref, WANG, {"date": "2026-09-01"})
    for number in visit_of(visit).open:
        confirm(visit, number, "yes")
    visit.sign("王工", "陈经理")
    notices = [notice for notice in take_over(first, visit.ref)[1] if "not reported done" in notice.en]
    assert len(notices) == 1
    assert notices[0].en.count("P") == notices[0].zh.count("P") > 1
    assert all(f"{number}" in notices[0].zh for number in (numbers["B1",], numbers["B3",]))


def test_an_action_whose_weak_items_were_amended_away_is_asked_itself_and_verified(
    store: Store, first: AuditSession
) -> None:
    number = next(a.number for a in plan_of(first).actions if a.answers == ("A4",))
    set_fields(first, number, {Field.STATUS: "done", Field.PROOF: "photo"})
    amend(first, Typed("A4", "5"), "counted again")
    visit = begin_follow_up(store, first.ref, WANG, {"date": "2026-09-01"})
    for asked_number in visit_of(visit).open:
        confirm(visit, asked_number, "yes")
    visit.sign("王工", "陈经理")
    take_over(first, visit.ref, "en")
    done = next(a for a in plan_of(first).actions if a.number == number)
    assert (done.status, done.result) == (Status.VERIFIED, f"{visit.ref} (2026-09-01): {number} cured")
    assert [seen.of(done) for seen in later_audits(first).seen] == [((number,), ())]


def test_a_re_audit_shows_what_is_cured(store: Store, first: AuditSession) -> None:
    second = reaudit(store, first.ref, LI, {"date": "2026-11-01"}, checklist=asked())
    for number in ("A1", "A2", "A3", "B1", "B2", "B3"):
        second.answer(number, "5")
    second.answer("A4", "1")
    assert later_audits(first).seen == ()
    second.sign("李工", "陈经理")
    [seen] = later_audits(first).seen
    assert seen.cured == {"A1": True, "A3": True, "A4": False, "B1": True, "B3": True}
    third = reaudit(store, first.ref, LI, {"date": "2026-12-01"}, checklist=asked())
    store.append(third.own_id, [("f" * 64, b"rubbish")])
    assert [seen.ref for seen in later_audits(first).seen] == [second.ref]
    assert [skipped.ref for skipped in later_audits(first).unreadable] == [third.ref]

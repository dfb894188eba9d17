"""What stops signing, what to look at twice, what came out; and where each line leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from audit import marking
from audit.dealers import Dealer
from audit.drawing import pasted, population
from audit.journal import Author
from audit.matters import Concern, Matter, Place
from audit.review import Review, review
from audit.second_looks import FULL_SECTION
from audit.session import AuditSession
from audit.signing import CannotSign
from audit.store.store import Store
from tests.builders import checklist, department, item, section, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
SAMPLE = {"kind": "sample", "size": 10}
ASKED = checklist(
    department(
        "front",
        section("S1", item("A1"), item("A2", critical={}), item("A3"), item("A4"), pass_rate="50 %"),
        section("S2", item("B1", rule=SAMPLE), item("B2"), item("B3", requires=["body-shop"])),
    ),
    department("shop", section("S3", item("C1"), item("C2"), item("C3"))),
    department("parts", section("S4", item("D1", rule=SAMPLE, set="ros"), item("D2", rule=SAMPLE, set="ros"))),
    sample_sets={"ros": {"name": text("orders"), "size": 3, "period": text("a month"), "drawn": text("all")}},
)
ITEMS = ("A1", "A2", "A3", "A4", "B1", "B2", "C1", "C2", "C3")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    dealer = Dealer(code="D1", name_en="One", body_shop="no")
    return AuditSession.create(store, ASKED, dealer, LI, {"date": "2026-05-12", "auditors": ["Li"]})


def complete(session: AuditSession, *, but: tuple[str, ...] = ()) -> None:
    """Answer what is typed at four of five with a reason, and read two of three records."""
    for own_id in ITEMS:
        if own_id not in but:
            session.answer(own_id, "10/10" if own_id == "B1" else "4", "" if own_id == "B1" else "why")
    grid = marking.draw(session, "ros", population(pasted("R1,R2,R3,R4"), "pasted"), "7")
    for record in grid.draw.records:
        for own_id in ("D1", "D2"):
            marking.mark(session, "ros", record, own_id, "ok")
    session.note("A2", "seen")


def of(found: Review, concern: Concern) -> list[Matter]:
    return [matter for matter in (*found.stoppers, *found.second_looks) if matter.concern is concern]


def test_an_empty_audit_is_stopped_by_every_section(session: AuditSession) -> None:
    found = review(session)
    assert not found.ready
    assert {matter.concern for matter in found.stoppers} == {Concern.OPEN}
    first, *rest = found.stoppers
    assert "A1, A2, A3, A4" in first.text.en
    assert first.place == Place(item="A1")
    assert [matter.place.item for matter in rest] == ["B1", "B2", "C1", "C2", "C3", "D1", "D2"]
    assert not found.strongest


def test_nothing_is_said_of_a_sound_audit(session: AuditSession) -> None:
    complete(session)
    found = review(session)
    assert found.ready
    assert not found.second_looks
    assert len(found.strongest) == 3
    assert found.strongest[0].section.id == "S4"
    assert not found.directions
    session.sign("Li", "Chen")


def test_ready_is_what_signing_takes(session: AuditSession, store: Store) -> None:
    complete(session, but=("C2",))
    other = AuditSession.open(store, session.ref, WANG)
    other.answer("C1", "5")
    session.answer("C1", "1", "torn")
    other.describe({"contact": "Chen"})
    session.describe({"contact": "Zhao"})
    other.refresh()
    found = review(other)
    [conflict] = [matter for matter in of(found, Concern.CONFLICT) if matter.place.item]
    assert conflict.place == Place(item="C1")
    assert "王工 5" in conflict.text.en
    assert "李工 1 (torn)" in conflict.text.en
    [detail] = [matter for matter in of(found, Concern.CONFLICT) if matter.place.conflict]
    assert detail.place == Place(conflict="detail:contact")
    assert "Zhao" in detail.text.zh
    assert [matter.place.item for matter in of(found, Concern.OPEN)] == ["C2"]
    with pytest.raises(CannotSign):
        other.sign("Li", "Chen")


def test_a_cell_in_conflict_leads_to_its_sheet(session: AuditSession, store: Store) -> None:
    complete(session)
    other = AuditSession.open(store, session.ref, WANG)
    session.refresh()
    record = _drawn(session)[0]
    marking.mark(session, "ros", record, "D2", "no", "torn")
    marking.mark(other, "ros", record, "D2", "na")
    other.refresh()
    found = review(other)
    assert [matter.place for matter in of(found, Concern.CONFLICT)] == [Place(set="ros/D2", record=record)]
    assert [matter.place for matter in of(found, Concern.OPEN)] == [Place(set="ros/D2")]


def _drawn(session: AuditSession) -> tuple[str, ...]:
    return review(session).summary.records[0].draw.records


def test_lost_points_want_a_reason(session: AuditSession) -> None:
    complete(session)
    session.answer("A3", "1", "")
    session.answer("A4", "5", "")
    record = _drawn(session)[1]
    marking.mark(session, "ros", record, "D2", "no")
    typed, drawn = of(review(session), Concern.NO_REASON)
    assert typed.place == Place(item="A3")
    assert "8" in typed.text.en
    assert drawn.place == Place(set="ros/D2", record=record)


def test_the_largest_losses_of_all_items_weak_or_not(session: AuditSession) -> None:
    complete(session)
    session.answer("A1", "1", "why")
    found = [(loss.score.item.id, loss.weak) for loss in review(session).losses]
    assert found[0] == ("A1", True)
    assert found[1:] == [(own_id, False) for own_id in ("A2", "A3", "A4", "B2", "C1", "C2", "C3")]


def test_a_critical_item_wants_something_behind_it(session: AuditSession) -> None:
    complete(session)
    assert not of(review(session), Concern.NO_EVIDENCE)
    session.undo()
    [bare] = of(review(session), Concern.NO_EVIDENCE)
    assert bare.place == Place(item="A2")


def test_a_full_section_is_looked_at_from_four_items_on(session: AuditSession) -> None:
    assert FULL_SECTION == 4
    complete(session)
    for own_id in ("A1", "A2", "A3", "A4", "C1", "C2", "C3"):
        session.answer(own_id, "5")
    [full] = of(review(session), Concern.ALL_FULL)
    assert full.place == Place(item="A1")
    assert "4" in full.text.zh


def test_short_samples_typed_and_drawn(session: AuditSession, store: Store) -> None:
    complete(session)
    session.answer("B1", "4/4")
    [short] = of(review(session), Concern.SHORT_SAMPLE)
    assert short.place == Place(item="B1")
    assert "4 of 10" in short.text.en
    dealer = Dealer(code="D2", name_en="Two")
    other = AuditSession.create(store, ASKED, dealer, LI, {"date": "2026-05-12"})
    marking.draw(other, "ros", population(pasted("R1,R2"), "pasted"), "7")
    [drawn] = of(review(other), Concern.SHORT_SAMPLE)
    assert drawn.place.set.startswith("ros/")
    assert "2" in drawn.text.en


def test_much_not_applicable_but_not_what_the_dealership_lacks(session: AuditSession) -> None:
    complete(session)
    assert not of(review(session), Concern.NOT_APPLICABLE)
    session.answer("C3", "NA", "no such desk")
    [much] = of(review(session), Concern.NOT_APPLICABLE)
    assert much.place == Place(item="C3")
    assert "33.3 %" in much.text.en
    session.answer("C3", "UN", "no time")
    [missed] = of(review(session), Concern.NOT_ASSESSED)
    assert missed.place == Place(item="C3")


def test_a_place_scored_unevenly_in_two_departments(session: AuditSession) -> None:
    complete(session)
    for own_id, level in (("C1", "1"), ("C2", "2"), ("C3", "3")):
        session.answer(own_id, level, "why")
    [uneven] = of(review(session), Concern.UNEVEN)
    assert uneven.place == Place(item="C1")
    high, low, apart = map(int, re.findall(r"(\d+) (?:%|percentage)", uneven.text.en))
    assert apart == high - low, "of what is printed"
    session.answer("C1", "3", "why")
    assert not of(review(session), Concern.UNEVEN)


def test_departments_nobody_has(session: AuditSession) -> None:
    complete(session)
    assert not of(review(session), Concern.UNASSIGNED)
    session.describe({"auditors": ["Li", "Wang"]})
    [nobody] = of(review(session), Concern.UNASSIGNED)
    assert nobody.place == Place(detail="assignments")
    assert "Wang" in nobody.text.en
    session.describe({"assignments": {"front": "Li", "parts": "Wang"}})
    [shop] = of(review(session), Concern.UNASSIGNED)
    assert shop.place == Place(detail="assignments")
    session.describe({"assignments": {}})
    assert not of(review(session), Concern.UNASSIGNED), "that all take all of it together is recorded, too"
    session.describe({"auditors": []})
    assert of(review(session), Concern.UNASSIGNED)[0].place == Place(detail="auditors")


def test_flags_are_still_there(session: AuditSession) -> None:
    complete(session)
    session.flag("A4")
    [flagged] = of(review(session), Concern.FLAG)
    assert flagged.place == Place(item="A4")


def test_directions_add_up_to_what_weak_items_lost(session: AuditSession) -> None:
    complete(session)
    session.answer("A1", "1", "why")
    session.answer("C1", "0", "why")
    found = review(session)
    lost = sum(weak.points_lost for weak in found.summary.weak_items)
    assert sum(direction.points_lost for direction in found.directions) == lost > 0
    assert found.directions[0].place == Place(item=found.summary.weak_items[0].number)

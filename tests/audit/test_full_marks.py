from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.dealers import Dealer
from audit.drawing import Population
from audit.full_marks import NotInSection, SeveralSections, full_marks
from audit.journal import Author
from audit.marking import draw
from audit.naming import UnknownName
from audit.session import AuditSession, UnknownItem
from audit.state import ItemState
from audit.store.store import Store
from tests.builders import checklist, department, item, section, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
MEASURE = {"kind": "measure", "unit": "%", "zero_at": 60, "full_at": 90}
FAULT = {"id": "late", "name": {"zh": "迟", "en": "Late"}, "points": 4}
ASKED = checklist(
    department(
        "front",
        section(
            "S1",
            item("L1"),
            item("L3", rule={"kind": "levels", "top": 2, "observations": 3}),
            item("Y1", rule={"kind": "yes_no"}),
            item("D1", rule={"kind": "deduct", "faults": [FAULT]}),
            item("N8", rule={"kind": "sample", "size": 8}),
            item("NA", rule={"kind": "sample"}),
            item("NR", rule={"kind": "sample", "size": 8}, set="ros"),
            item("LR", set="ros"),
            item("M1", rule=MEASURE),
        ),
        section("S2", item("X1")),
    ),
    department("shop", section("S2", item("X2"))),
    sample_sets={"ros": {"name": text("orders"), "size": 3, "period": text("a month"), "drawn": text("all")}},
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[AuditSession]:
    with Store.open(str(tmp_path / "a.db")) as store:
        yield AuditSession.create(store, ASKED, Dealer(code="D1", name_en="One"), LI, {"date": "2026-05-12"})


def test_what_can_be_full_is_full_and_the_rest_says_why(session: AuditSession) -> None:
    given = full_marks(session, "S1")
    assert {typed.item: typed.value for typed in given.answers} == {
        "L1": "5",
        "L3": "2 2 2",
        "Y1": "y",
        "D1": "0",
        "N8": "8/8",
    }
    assert {item_id: why.en for item_id, why in given.left_out} == {
        "NA": "needs how many were checked",
        "NR": "draw orders first, or answer it by itself",
        "LR": "draw orders first, or answer it by itself",
        "M1": "needs its measured value",
    }
    before = len(session.journal)
    session.record(given.answers)
    assert len(session.journal) == before + 5
    full = {s.item.id for s in session.scorecard.items if s.state is ItemState.ANSWERED and not s.points_lost}
    assert full == {"L1", "L3", "Y1", "D1", "N8"}


def test_what_stands_and_what_is_excepted_is_left_alone(session: AuditSession) -> None:
    session.answer("L1", "2")
    session.answer("N8", "NA", "none here")
    given = full_marks(session, "s1", ["y1", "M1"])
    assert [typed.item for typed in given.answers] == ["L3", "D1"]
    excepted = [item_id for item_id, why in given.left_out if why.en == "excepted"]
    assert excepted == ["Y1", "M1"]


def test_an_item_in_conflict_and_one_from_drawn_records_are_left_out(session: AuditSession) -> None:
    other = AuditSession.open(session.store, "D1", WANG)
    session.answer("L1", "2")
    other.answer("L1", "3")
    session.refresh()
    draw(session, "ros", Population(("1", "2", "3"), 0, "list"), "7")
    given = full_marks(session, "S1")
    assert "L1" not in {typed.item for typed in given.answers}
    assert dict(given.left_out)["L1"].en == "has different answers side by side"
    session.record(given.answers)


def test_a_section_is_named_by_id_name_or_with_its_department(session: AuditSession) -> None:
    assert full_marks(session, "S1（中）").section.id == "S1"
    assert [typed.item for typed in full_marks(session, "front/S2").answers] == ["X1"]
    assert [typed.item for typed in full_marks(session, "SHOP/s2").answers] == ["X2"]
    with pytest.raises(SeveralSections, match="front/S2, shop/S2"):
        full_marks(session, "S2")
    with pytest.raises(UnknownName):
        full_marks(session, "S9")


def test_exceptions_that_lie_elsewhere_are_refused(session: AuditSession) -> None:
    with pytest.raises(NotInSection, match="X1 is not part of S1"):
        full_marks(session, "S1", ["X1"])
    with pytest.raises(UnknownItem):
        full_marks(session, "S1", ["ZZ"])


def test_sections_outside_the_scope_are_unknown(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "b.db")) as store:
        details = {"date": "2026-05-12", "departments": ["shop"]}
        partial = AuditSession.create(store, ASKED, Dealer(code="D1", name_en="One"), LI, details)
        with pytest.raises(UnknownName):
            full_marks(partial, "S1")
        assert [typed.item for typed in full_marks(partial, "S2").answers] == ["X2"]


def test_items_that_a_kpi_answers_are_left_out(tmp_path: Path) -> None:
    from checklists.catalog import load

    asked = load("dealership")
    with Store.open(str(tmp_path / "c.db")) as store:
        session = AuditSession.create(store, asked, Dealer(code="D1", name_en="One"), LI, {"date": "2026-05-12"})
        bound = {i.id: i.kpi for i in asked.items.values() if i.kpi in asked.kpis and i.rule.kind == "measure"}
        assert bound
        for place in {asked.place_of[item_id] for item_id in bound}:
            given = full_marks(session, f"{place[0].id}/{place[1].id}")
            session.record(given.answers)
            reasons = dict(given.left_out)
            for item_id in {i.id for i in place[1].items} & bound.keys():
                assert reasons[item_id].en == f"answered by KPI {bound[item_id]}"

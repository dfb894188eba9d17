"""KPIs beside typed answers, and KPIs and questions of an audit that covers some departments only."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from audit.dealers import Dealer
from audit.guides import UnknownQuestion, guides_in
from audit.interviews import add_interview
from audit.kpi_names import KpiNames
from audit.kpi_values import Provenance, Recorded
from audit.kpi_writing import Given, record
from audit.matters import Concern, Matter
from audit.review import review
from audit.session import AuditSession
from audit.store.store import Store
from audit.summary import summarize
from checklists.catalog import load
from tests.kpi_samples import LI, begin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "audits.db")) as opened:
        yield opened


def put(session: AuditSession, kpi: str, value: str | None) -> None:
    record(session, [Given(kpi, Recorded(None if value is None else Decimal(value), Provenance.SEEN))])


def looks(session: AuditSession) -> list[Matter]:
    return [matter for matter in review(session).second_looks if matter.concern is Concern.KPI]


def test_an_override_is_looked_at_again_once_the_kpi_says_otherwise(store: Store) -> None:
    session = begin(store, departments=["D"])
    session.answer("I1", "45", "counted on paper")
    assert not looks(session)
    put(session, "K10", "45")
    assert not looks(session)
    put(session, "K10", "30")
    [matter] = looks(session)
    assert matter.place.item == "I1"
    assert all(part in matter.text.en for part in ("I1", "45", "K10", "30"))


def test_not_assessed_is_looked_at_again_when_the_kpi_is_there(store: Store) -> None:
    session = begin(store, departments=["D"])
    session.answer("I1", "UN", "no time")
    assert not looks(session)
    put(session, "K10", "30")
    [matter] = looks(session)
    assert "not assessed" in matter.text.en
    assert "未评估" in matter.text.zh
    put(session, "K10", None)
    assert [m.place.item for m in looks(session)] == ["I1"], "a KPI that cannot be shown is another answer, too"


def test_a_kpi_of_another_department_that_answers_an_item_in_scope_is_asked_for(store: Store) -> None:
    session = begin(store, departments=["E"])
    assert [result.id for result in summarize(session).kpis.kpis] == ["K10", "K30"]
    assert KpiNames(session.checklist, session.state).kpi("k10") == "K10"
    put(session, "K10", "20")
    assert session.state.answer("J1").value == "20"
    [weak] = [weak for weak in summarize(session).weak_items if weak.kpi == "K10"]
    assert (weak.department.id, weak.sources) == ("E", ("item", "kpi"))


def test_a_missed_kpi_of_another_department_is_never_its_own_weak_item_there(store: Store) -> None:
    session = begin(store, departments=["E"])
    session.answer("J1", "60", "counted on paper")
    put(session, "K10", "20")
    assert {weak.department.id for weak in summarize(session).weak_items} <= {"E"}


def test_gm11_is_answered_by_a_kpi_of_the_front_desk(store: Store) -> None:
    dealership = load("dealership")
    assert dealership.items["GM11"].kpi == "K22"
    assert dealership.kpis["K22"].department == "front-desk"


def test_the_guides_follow_the_departments() -> None:
    dealership = load("dealership")
    whole = guides_in(dealership, ())
    assert whole == dealership.guides
    some = guides_in(dealership, ["parts"])
    ids = {question.id for guide in some.values() for question in guide}
    assert {"PM1", "TR2"} <= ids
    assert not {own_id for own_id in ids if own_id.startswith(("CM", "WA", "TE"))}
    assert "customer-care" not in some
    answered = guides_in(dealership, ["parts"], ["WA1"])
    assert [question.id for question in answered["warranty-administrator"]] == ["WA1"]


def test_a_question_that_supports_nothing_concerns_the_whole_house() -> None:
    dealership = load("dealership")
    bare = dealership.guides["technician"][0].model_copy(update={"items": (), "kpis": ()})
    changed = dealership.model_copy(update={"guides": {"technician": (bare, *dealership.guides["technician"][1:])}})
    assert guides_in(changed, ["parts"]) == {"technician": (bare,)}


@pytest.mark.parametrize(("typed", "told"), [("FS99", "FS1, FS2"), ("fs 99", "FS9"), ("ZZ1", "SM1 – SM9")])
def test_an_id_of_no_question_says_which_there_are(store: Store, typed: str, told: str) -> None:
    dealer = Dealer(code="D1", name_en="One")
    session = AuditSession.create(store, load("dealership"), dealer, LI, {"date": "2026-05-12"})
    with pytest.raises(UnknownQuestion) as refused:
        add_interview(session, "", "", typed, "n")
    assert told in refused.value.text.en
    assert told.replace(", ", "、") in refused.value.text.zh or told in refused.value.text.zh
    assert add_interview(session, "technician", "", "ISO9001", "n").question == "ISO9001"

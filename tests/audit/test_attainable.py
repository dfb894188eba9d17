"""What coaching can regain, and the words of a finding where nothing could be shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from audit.attainable import attainable, target_answer
from audit.findings import WeakKind, item_findings
from audit.scoring import score
from tests.builders import checklist, department, item, section, simple, state, text

if TYPE_CHECKING:
    from checklists.model import Checklist, Item

SEVENTY = Fraction(7, 10)
PERCENT = {"kind": "measure", "unit": "%"}


def one(rule: dict[str, Any], points: str = "10", **more: Any) -> Item:
    return checklist(department("D", section("S", item("I1", points, rule, **more)))).items["I1"]


@pytest.mark.parametrize(
    ("rule", "points", "expected"),
    [
        ({"kind": "levels", "top": 5}, "10", "8"),
        ({"kind": "levels", "top": 5}, "3", "2.4"),
        ({"kind": "levels", "top": 2}, "10", "10"),
        ({"kind": "levels", "top": 10}, "10", "8"),
        ({"kind": "levels", "shares": ["0", "0.5", "0.85", "1"]}, "10", "8.5"),
        ({"kind": "sample", "size": 10}, "10", "9"),
        ({"kind": "sample", "size": 10, "zero_at": "0.8", "full_at": "1"}, "10", "7"),
        ({"kind": "sample", "size": 10, "full_at": "0.9"}, "10", "10"),
        ({"kind": "sample", "size": 10, "all_or_nothing": True}, "10", "10"),
        ({"kind": "yes_no"}, "10", "10"),
        ({**PERCENT, "zero_at": 60, "full_at": 100}, "10", "10"),
    ],
)
def test_the_default_by_rule(rule: dict[str, Any], points: str, expected: str) -> None:
    assert attainable(one(rule, points), SEVENTY) == Decimal(expected)


def test_it_lies_between_what_is_needed_and_the_maximum_and_never_below_what_is_earned() -> None:
    levels = one({"kind": "levels", "top": 5})
    assert attainable(levels, Fraction(9, 10)) == 9
    assert attainable(levels, SEVENTY, Decimal("9.5")) == Decimal("9.5")
    own = one({"kind": "yes_no"}, attainable="7.5")
    assert attainable(own, SEVENTY) == Decimal("7.5")
    assert attainable(one({"kind": "yes_no"}, attainable="40"), SEVENTY) == 10
    assert attainable(one({"kind": "yes_no"}, attainable="1"), SEVENTY) == 7


def bound(target: dict[str, Any], rule: dict[str, Any]) -> tuple[Checklist, Item]:
    kpi = {
        "name": text("booked"),
        "formula": text("booked / all"),
        "unit": "%",
        "better": "higher",
        "category": "mix",
        "department": "D",
        "value": "last",
        "series": {"s": {"name": text("s"), "months": 1}},
        "pass_level": target,
        "target": target,
        "direction": "A",
    }
    of = checklist(
        department("D", section("S", item("I1", "10", rule, kpi="K1"))),
        kpi_categories={"mix": {"name": text("mix"), "department": "D"}},
        kpis={"K1": kpi},
    )
    return of, of.items["I1"]


def test_a_kpi_bound_item_reaches_its_kpis_target() -> None:
    line = {**PERCENT, "zero_at": 50, "full_at": 100}
    of, asked = bound({"value": "90"}, line)
    assert attainable(asked, SEVENTY, at_target=target_answer(of, asked)) == 8
    of, asked = bound({"value": "90", "of": "plan"}, line)
    assert target_answer(of, asked) == ""
    assert target_answer(of, asked, {"plan": Decimal(80)}) == "72"
    of, asked = bound({"value": "90", "of": "plan"}, {**line, "of_plan": True})
    assert attainable(asked, SEVENTY, at_target=target_answer(of, asked)) == 8


def test_a_weak_item_says_what_coaching_can_bring() -> None:
    of = simple(10, 10)
    weak = item_findings(score(of, state(of, {"I1": "2", "I2": "4"})))
    assert [(one.number, one.points_lost, one.attainable) for one in weak] == [("I1", 6, 8)]


def test_where_nothing_could_be_shown_the_items_own_sentence_stands() -> None:
    items = [
        item("I1", no_data=text("no list to be seen")),
        item("I2", no_data=text("no book to be seen"), critical={}),
        item("I3"),
        item("I4", no_data=text("unused")),
    ]
    of = checklist(department("D", section("S", *items)))
    card = score(of, state(of, {"I1": "ND", "I2": "ND", "I3": "ND", "I4": "1"}))
    weak = item_findings(card)
    assert [(one.kind, one.statement.en) for one in weak] == [
        (WeakKind.NO_DATA, "no list to be seen"),
        (WeakKind.CRITICAL, "no book to be seen"),
        (WeakKind.NO_DATA, "I3 is weak"),
        (WeakKind.BELOW, "I4 is weak"),
    ]

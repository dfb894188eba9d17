from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from audit.scorecard import Left, Result, Scorecard
from audit.scoring import score
from audit.state import ItemState
from tests.builders import checklist, department, item, section, simple, state

LOTS = {"kind": "sample"}


def codes(card: Scorecard) -> list[str]:
    return [reason.code for reason in card.verdict.reasons]


def test_points_add_up_from_items_to_the_total() -> None:
    asked = checklist(
        department("D1", section("S1", item("A", 10), item("B", 5)), section("S2", item("C", 5))),
        department("D2", section("S3", item("E", 20))),
    )
    card = score(asked, state(asked, {"A": "4", "B": "5", "C": "0", "E": "5"}))
    assert [d.earned for d in card.departments] == [Decimal(13), Decimal(20)]
    assert card.total.earned == Decimal(33)
    assert card.total.possible == Decimal(40)
    assert card.total.pass_points == Decimal("28.00")
    assert card.verdict.result is Result.PASSED
    assert card.verdict.reasons[0].by == Decimal("5.00")


def test_missing_the_mark_by_a_hundredth_fails() -> None:
    asked = simple(62, pass_rate="0.7")
    just_under = checklist(
        department("D", section("S", item("A", 62, {"kind": "measure", "unit": "%", "zero_at": 0, "full_at": 62})))
    )
    card = score(just_under, state(just_under, {"A": "43"}))
    assert (card.total.earned, card.total.pass_points) == (Decimal("43.00"), Decimal("43.40"))
    assert card.verdict.result is Result.FAILED
    assert card.verdict.reasons[0].by == Decimal("0.40")
    assert "距 43.40 差 0.40" in card.verdict.reasons[0].text.zh
    assert asked.total == 62


def test_open_items_earn_nothing_and_leave_worst_and_best() -> None:
    asked = simple(10, 10, 20)
    card = score(asked, state(asked, {"I1": "4", "I2": "", "I3": "5"}))
    assert (card.total.earned, card.total.worst, card.total.best) == (Decimal(28), Decimal(28), Decimal(38))
    assert card.verdict.result is Result.OPEN
    assert card.total.counts.open == 1
    assert card.grade is None


def test_what_does_not_apply_leaves_and_the_section_is_scaled_back_to_its_maximum() -> None:
    asked = simple(10, 10, 5)
    card = score(asked, state(asked, {"I1": "4", "I2": "5", "I3": "NA"}))
    [part] = card.departments[0].sections
    assert (part.raw, part.applicable, part.factor) == (Decimal(18), Decimal(20), Fraction(25, 20))
    assert (part.earned, part.possible) == (Decimal("22.50"), Decimal(25))


def test_a_section_with_less_than_half_of_its_points_left_is_not_comparable() -> None:
    asked = checklist(
        department("D", section("S1", item("A", 10), item("B", 11)), section("S2", item("C", 30))),
    )
    card = score(asked, state(asked, {"A": "5", "B": "NA", "C": "4"}))
    first, second = card.departments[0].sections
    assert (first.left, first.earned, first.possible, first.passed) == (Left.NOT_COMPARABLE, 0, 0, None)
    assert (second.earned, card.departments[0].earned) == (Decimal(24), Decimal("40.80"))
    assert card.departments[0].factor == Fraction(51, 30)


def test_exactly_half_is_still_comparable() -> None:
    asked = simple(10, 10)
    card = score(asked, state(asked, {"I1": "3", "I2": "NC"}))
    assert card.departments[0].sections[0].earned == Decimal(12)


def test_a_department_where_nothing_applies_leaves_the_total() -> None:
    asked = checklist(department("D1", section("S1", item("A", 60))), department("D2", section("S2", item("B", 40))))
    card = score(asked, state(asked, {"A": "3", "B": "NA"}))
    assert card.departments[1].left is Left.NOTHING_APPLIES
    assert (card.total.earned, card.total.possible, card.total.factor) == (Decimal(60), Decimal(100), Fraction(100, 60))


def test_exclude_scales_nothing_and_pass_marks_shrink() -> None:
    asked = simple(962, 38, when_not_applicable="exclude")
    card = score(asked, state(asked, {"I1": "4", "I2": "NA"}))
    assert (card.total.earned, card.total.possible, card.total.pass_points) == (
        Decimal("769.60"),
        962,
        Decimal("673.40"),
    )
    assert card.departments[0].sections[0].factor is None


def test_everything_not_applicable_passes_nothing_and_divides_by_nothing() -> None:
    for policy in ("redistribute", "exclude"):
        asked = simple(10, 10, when_not_applicable=policy)
        card = score(asked, state(asked, {"I1": "NA", "I2": "NC"}))
        assert (card.total.possible, card.total.pass_points, card.total.passed, card.total.rate) == (
            0,
            None,
            None,
            None,
        )
        assert card.verdict.result is None
        assert codes(card) == ["nothing_applies"]
        assert card.grade is None


def test_no_data_earns_nothing_and_stays_possible() -> None:
    asked = simple(10, 10)
    card = score(asked, state(asked, {"I1": "ND", "I2": "5"}))
    assert (card.total.earned, card.total.possible) == (Decimal(10), Decimal(20))


def test_a_checklist_may_treat_a_cause_of_no_data_as_not_applicable() -> None:
    asked = simple(10, 10, no_data_not_applicable=["brand-withholds"])
    card = score(asked, state(asked, {"I1": "ND:brand-withholds", "I2": "4"}))
    assert card.items[0].state is ItemState.NOT_APPLICABLE
    assert card.total.earned == Decimal(16)
    assert score(asked, state(asked, {"I1": "ND:not-kept", "I2": "4"})).total.earned == Decimal(8)


def test_below_95_percent_of_the_points_assessed_the_result_is_preliminary() -> None:
    asked = simple(94, 6)
    card = score(asked, state(asked, {"I1": "5", "I2": "UN"}))
    assert card.verdict.result is Result.PRELIMINARY
    assert card.total.passed is True
    just_enough = simple(95, 5)
    assert score(just_enough, state(just_enough, {"I1": "5", "I2": "UN"})).verdict.result is Result.PASSED


def test_nothing_assessed_is_preliminary_and_passes_nothing() -> None:
    asked = simple(10, 10)
    card = score(asked, state(asked, {"I1": "UN", "I2": "UN"}))
    assert (card.verdict.result, card.total.passed) == (Result.PRELIMINARY, None)
    assert codes(card) == ["preliminary", "nothing_applies"]


def test_a_partial_scope_has_verdicts_per_department_and_none_for_the_audit() -> None:
    asked = checklist(department("D1", section("S1", item("A", 60))), department("D2", section("S2", item("B", 40))))
    card = score(asked, state(asked, {"A": "5"}, departments=["D1"]))
    assert [d.department.id for d in card.departments] == ["D1"]
    assert (card.total.earned, card.total.possible, card.total.passed, card.total.pass_points) == (60, 60, None, None)
    assert card.departments[0].passed is True
    assert card.verdict.result is None
    assert codes(card) == ["partial_scope"]


@pytest.mark.parametrize(
    ("critical", "typed", "fired"),
    [
        ({}, "0/5", True),
        ({}, "1/5", False),
        ({"below": "0.5"}, "4/10", True),
        ({"below": "0.5"}, "5/10", False),
        ({"below": "0.5"}, "0/1", False),
        ({"below": "1", "min_failed": 1}, "7/8", True),
        ({"below": "1", "min_checked": 10}, "6/9", False),
        ({"below": "1", "min_checked": 10}, "8/10", True),
        ({"below": "1", "min_checked": 10}, "9/10", False),
        ({}, "ND", True),
        ({}, "NA", None),
        ({}, "NC", None),
        ({}, "UN", None),
        ({}, "", None),
    ],
)
def test_critical_items_of_samples(critical: dict[str, Any], typed: str, fired: bool | None) -> None:
    asked = checklist(department("D", section("S", item("A", 10, LOTS, critical=critical), item("B", 90))))
    card = score(asked, state(asked, {"A": typed, "B": "5"}))
    assert card.items[0].critical_failed is fired
    assert ("critical_failed" in codes(card)) is (fired is True)


def test_critical_levels_compare_points() -> None:
    asked = checklist(department("D", section("S", item("A", 10, critical={"at_most": "0.2"}), item("B", 90))))
    assert score(asked, state(asked, {"A": "1", "B": "5"})).items[0].critical_failed is True
    assert score(asked, state(asked, {"A": "2", "B": "5"})).items[0].critical_failed is False


def _with_policy(policy: str) -> Scorecard:
    asked = checklist(
        department("D1", section("S1", item("A", 10, critical={}), item("B", 40))),
        department("D2", section("S2", item("C", 50))),
        critical_policy=policy,
    )
    return score(asked, state(asked, {"A": "0", "B": "5", "C": "5"}))


def test_policies_for_critical_items() -> None:
    report, fail_department, fail_audit, conditional = map(
        _with_policy, ("report", "fail_department", "fail_audit", "conditional")
    )
    assert (report.verdict.result, report.departments[0].passed) == (Result.PASSED, True)
    assert (fail_department.verdict.result, fail_department.departments[0].passed) == (Result.PASSED, False)
    assert (fail_audit.verdict.result, fail_audit.total.passed) == (Result.FAILED, False)
    assert (conditional.verdict.result, conditional.total.passed) == (Result.CONDITIONAL, True)
    assert "2026-08-10" in next(r.text.en for r in conditional.verdict.reasons if r.code == "recheck")
    assert ["critical_policy" in codes(c) for c in (report, fail_department, fail_audit, conditional)] == [
        False,
        True,
        True,
        False,
    ]
    assert all("critical_failed" in codes(card) for card in (report, fail_department, fail_audit, conditional))
    decisive = [
        {reason.code for reason in card.verdict.reasons if reason.decides}
        for card in (report, fail_department, fail_audit, conditional)
    ]
    assert ["critical_failed" in found for found in decisive] == [False, False, True, True]
    assert ["critical_policy" in found for found in decisive] == [False, False, True, False]


def test_conditional_when_a_department_misses_its_mark_though_the_total_passes() -> None:
    asked = checklist(
        department("D1", section("S1", item("A", 10))),
        department("D2", section("S2", item("B", 90))),
        critical_policy="conditional",
    )
    card = score(asked, state(asked, {"A": "1", "B": "5"}))
    assert card.verdict.result is Result.CONDITIONAL
    assert "department_missed" in codes(card)


def test_critical_sections_and_departments() -> None:
    asked = checklist(
        department("D", section("S1", item("A", 10), critical={"below": "0.5"}), section("S2", item("B", 90))),
        critical_policy="fail_audit",
    )
    card = score(asked, state(asked, {"A": "2", "B": "5"}))
    assert card.departments[0].sections[0].critical_failed is True
    assert card.total.passed is False
    still_open = score(asked, state(asked, {"A": "", "B": "5"}))
    assert still_open.departments[0].sections[0].critical_failed is None


BONUS = [
    {
        "id": "BX",
        "statement": {"zh": "表扬", "en": "Praise"},
        "points": "8",
        "rule": {"kind": "bonus", "merits": [{"id": "praise", "name": {"zh": "表扬", "en": "Praise"}, "points": "5"}]},
    }
]


def test_bonus_stands_under_the_total_and_decides_only_where_the_checklist_says_so() -> None:
    apart = simple(100, bonus=BONUS)
    card = score(apart, state(apart, {"I1": "3", "BX": "praise=9"}))
    assert (card.total.earned, card.total.possible, card.total.bonus) == (60, 100, 8)
    assert card.verdict.result is Result.FAILED
    counted = simple(68, 32, bonus=BONUS, bonus_counts=True)
    answers = {"I1": "5", "I2": "0", "BX": "praise=1"}
    assert score(counted, state(counted, answers)).verdict.result is Result.PASSED
    capped = simple(68, 32, bonus=BONUS, bonus_counts=True, bonus_cap="1")
    card = score(capped, state(capped, answers))
    assert (card.total.bonus, card.verdict.result) == (1, Result.FAILED)


def test_weights_change_what_departments_contribute() -> None:
    asked = checklist(
        department("D1", section("S1", item("A", 50)), weight=2),
        department("D2", section("S2", item("B", 50)), weight=1),
    )
    card = score(asked, state(asked, {"A": "5", "B": "0"}))
    assert [(d.earned, d.contributed, d.contributed_possible) for d in card.departments] == [
        (50, Decimal("66.67"), Decimal("66.67")),
        (0, 0, Decimal("33.33")),
    ]
    assert (card.total.earned, card.total.possible) == (Decimal("66.67"), 100)


def test_an_audit_fixes_one_profile_of_weights() -> None:
    asked = checklist(
        department("D1", section("S1", item("A", 50))),
        department("D2", section("S2", item("B", 50))),
        profiles={"workshop-first": {"D1": "1", "D2": "3"}},
    )
    plain, weighted = (score(asked, state(asked, {"A": "5", "B": "0"}, profile=p)) for p in ("", "workshop-first"))
    assert (plain.total.earned, weighted.total.earned) == (50, 25)


@pytest.mark.parametrize(("level", "grade"), [("5", "A"), ("4", "B"), ("3", "C"), ("0", "C")])
def test_grade_bands_are_closed_below_and_open_above(level: str, grade: str) -> None:
    named = {"zh": "级", "en": "grade"}
    grades = [
        {"id": "C", "name": named, "from": "0", "to": "0.8"},
        {"id": "B", "name": named, "from": "0.8", "to": "0.9"},
        {"id": "A", "name": named, "from": "0.9"},
    ]
    asked = simple(100, grades=grades)
    found = score(asked, state(asked, {"I1": level})).grade
    assert found is not None
    assert found.id == grade


def test_a_conflict_keeps_the_audit_open() -> None:
    from dataclasses import replace

    asked = simple(10)
    card = score(asked, replace(state(asked, {"I1": "5"}), conflicts={"detail:date": ()}))
    assert card.verdict.result is Result.OPEN
    assert "conflicts" in codes(card)

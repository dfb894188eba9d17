"""What coaching directions bring: re-scored, never added up, and never less than there is."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from audit.coaching import direction_effects
from audit.forecast import forecast
from audit.kpi import KpiReport, kpi_report
from audit.kpi_levels import KpiStatus
from audit.raising import Raising, regained
from audit.scoring import score
from audit.state import ItemState
from tests.builders import checklist, department, item, same, section, simple, state, text
from tests.coaching_samples import directions, finding, random_case, weak_of
from tests.kpi_samples import kpi_checklist


@pytest.mark.parametrize("seed", range(60))
def test_effects_never_lower_anything_and_end_where_every_weak_item_is_cured(seed: int) -> None:
    asked, answers = random_case(random.Random(seed))
    answered = state(asked, answers)
    weak, now = weak_of(asked, answered), score(asked, answered)
    effects = direction_effects(asked, answered, weak, KpiReport())
    everything = Raising(asked, answered).with_cured(weak)
    before = now.total.earned
    for effect in effects:
        assert effect.total_after >= now.total.earned
        assert effect.cumulative_total >= max(before, effect.total_after)
        before = effect.cumulative_total
        for (name, earned), score_now in zip(effect.departments_after, now.departments, strict=True):
            assert (name, earned >= score_now.earned) == (score_now.department.id, True)
    if effects:
        assert effects[-1].cumulative_total == everything.total.earned
        assert dict(effects[-1].cumulative_departments) == {d.department.id: d.earned for d in everything.departments}
    assert sorted(one.number for effect in effects for one in effect.weak) == sorted(one.number for one in weak)
    assert [e.attainable for e in effects] == sorted((e.attainable for e in effects), reverse=True)
    for level in (everything.total, *everything.departments):
        assert level.earned + level.points_lost == level.possible
        assert level.earned <= level.possible


@pytest.mark.parametrize("seed", range(30))
def test_what_is_kept_between_scorings_changes_no_number(seed: int) -> None:
    rng = random.Random(seed)
    asked, answers = random_case(rng)
    answered = state(asked, answers)
    weak = weak_of(asked, answered)
    kept = Raising(asked, answered)
    for _ in range(6):
        chosen = rng.sample(weak, rng.randint(0, len(weak)))
        fresh = Raising(asked, answered).with_cured(chosen)
        assert kept.with_cured(chosen) == fresh == kept.apart().with_cured(chosen)


class TestRaising:
    def test_points_are_those_assumed_and_the_rest_stays(self) -> None:
        asked = simple(10, 20)
        answered = state(asked, {"I1": "1", "I2": "5"})
        found = Raising(asked, answered).with_cured(weak_of(asked, answered))
        assert [one.earned for one in found.items] == [8, 20]

    def test_a_scaled_section_is_scaled_again_and_rounded_once(self) -> None:
        asked = checklist(department("D", section("S", item("I1", "3.33"), item("I2", "3.33"), item("I3", "3.34"))))
        answered = state(asked, {"I1": "0", "I2": "NA", "I3": "5"})
        found = Raising(asked, answered).with_cured(weak_of(asked, answered))
        assert score(asked, answered).total.earned == Decimal("5.01")
        assert found.total.earned == Decimal("9.00")  # (2.66 + 3.34) x 10 / 6.67, and not 5.01 + 2.66

    def test_what_could_not_be_shown_counts_as_shown(self) -> None:
        asked = simple(10)
        answered = state(asked, {"I1": "ND"})
        found = Raising(asked, answered).with_cured(weak_of(asked, answered))
        assert found.items[0].state is ItemState.ANSWERED
        assert found.total.earned == 8

    @pytest.mark.parametrize("left", ["NA", "NC", "UN", ""])
    def test_what_is_not_scored_stays_so(self, left: str) -> None:
        asked = simple(10, 10)
        answered = state(asked, {"I1": left, "I2": "5"})
        found = Raising(asked, answered).with_points({"I1": Decimal(8)})
        assert found == score(asked, answered)

    def test_a_cured_critical_item_no_longer_fails_the_audit(self) -> None:
        items = [item("K1", "10", critical={"below": "0.5"}), item("K2", "90")]
        asked = checklist(department("D", section("S", *items)), critical_policy="fail_audit")
        answered = state(asked, {"K1": "0", "K2": "5"})
        (effect,) = direction_effects(asked, answered, weak_of(asked, answered), KpiReport())
        assert score(asked, answered).total.passed is False
        assert effect.passes_after is True

    def test_a_critical_sample_fires_by_as_many_records_as_the_points_take(self) -> None:
        rule = {"kind": "sample", "size": 20}
        items = [item("K1", "10", rule=rule, critical={"below": "0.95"}), item("K2", "90")]
        asked = checklist(department("D", section("S", *items)), critical_policy="fail_audit")
        answered = state(asked, {"K1": "10/20", "K2": "5"})
        raising = Raising(asked, answered)
        assert raising.with_points({"K1": Decimal(9)}).total.passed is False  # 18 of 20: two still fail
        assert raising.with_points({"K1": Decimal("9.5")}).total.passed is True

    def test_it_takes_no_more_than_the_maximum(self) -> None:
        asked = simple(10)
        assert Raising(asked, state(asked, {"I1": "0"})).with_points({"I1": Decimal(99)}).total.earned == 10


class TestDirections:
    def test_most_points_first_and_of_equal_ones_the_less_effort(self) -> None:
        items = [item("I1", 20, direction="A"), item("I2", 20, direction="B"), item("I3", 50, direction="C")]
        asked = checklist(department("D", section("S", *items)), directions=directions(A="9", B="4", C="20"))
        answered = state(asked, {"I1": "0", "I2": "0", "I3": "0"})
        effects = direction_effects(asked, answered, weak_of(asked, answered), KpiReport())
        assert [effect.letter for effect in effects] == ["C", "B", "A"]
        assert [effect.attainable for effect in effects] == [40, 16, 16]
        assert [effect.total_after for effect in effects] == [40, 16, 16]
        assert [effect.cumulative_total for effect in effects] == [40, 56, 72]
        assert [effect.cumulative_passes for effect in effects] == [False, False, True]

    def test_a_direction_without_items_regains_nothing_and_is_still_listed(self) -> None:
        asked = simple(10)
        effects = direction_effects(asked, state(asked, {"I1": "4"}), [finding("A", "F1")], KpiReport())
        assert [(e.letter, e.attainable, e.total_after, e.points_lost) for e in effects] == [("A", 0, 8, 0)]

    def test_no_weak_items_no_directions(self) -> None:
        asked = simple(10)
        assert direction_effects(asked, state(asked, {"I1": "5"}), [], KpiReport()) == ()

    def test_a_direction_the_checklist_does_not_describe_has_its_letter_for_a_name(self) -> None:
        asked = simple(10)
        (effect,) = direction_effects(asked, state(asked, {"I1": "5"}), [finding("Z", "F1")], KpiReport())
        assert (effect.direction.name, effect.effort_days) == (same("Z"), None)

    def test_roles_by_their_days_and_owners_without_steps(self) -> None:
        known = directions(A="3", B="2")
        known["A"]["steps"] = [
            {"do": text("x"), "role": "first", "days": "1"},
            {"do": text("y"), "role": "second", "days": "2"},
        ]
        items = [item("I1", 20, direction="A"), item("I2", 10, direction="B")]
        asked = checklist(department("D", section("S", *items)), directions=known)
        answered = state(asked, {"I1": "0", "I2": "0"})
        first, second = direction_effects(asked, answered, weak_of(asked, answered), KpiReport())
        assert (first.roles, second.roles) == (("second", "first"), ("manager",))


def test_kpis_move_from_where_they_stand_and_shares_stay_within_a_hundred() -> None:
    moves = [{"kpi": "K10", "by": "10"}, {"kpi": "K13", "by": "-3"}, {"kpi": "K11", "by": "5"}]
    known = directions(A="3")
    known["A"]["moves"] = moves
    asked = kpi_checklist(directions=known)
    answered = state(asked, {"I4": "0"})
    figures = {"kpi:K10": {"value": "95"}, "kpi:K13": {"value": "31"}}
    material = {slot: {"state": "value", "provenance": "seen", **data} for slot, data in figures.items()}
    told = replace(answered, material=material)
    (effect,) = direction_effects(asked, told, weak_of(asked, answered), kpi_report(asked, told))
    assert [(m.kpi, m.now, m.after) for m in effect.kpis] == [("K10", 95, 100), ("K13", 31, 28), ("K11", None, None)]
    assert effect.kpis[1].status is KpiStatus.MISSED


class TestForecast:
    def test_the_total_rises_on_the_days_on_which_something_is_due(self) -> None:
        asked = simple(40, 40, 20)
        answered = state(asked, {"I1": "0", "I2": "0", "I3": "5"})
        plan = [("2026-08-01", ["I2"]), ("2026-06-01", ["I1"]), ("", ["I3"]), ("2026-08-01", ["X9"])]
        found = forecast(asked, answered, weak_of(asked, answered), plan)
        assert [*found.points] == [("2026-05-12", 20), ("2026-06-01", 52), ("2026-08-01", 84)]
        assert (found.target, found.reached_on) == (70, "2026-08-01")

    def test_points_enough_do_not_pass_while_a_critical_item_fails(self) -> None:
        items = [item("I1", 80), item("I2", 20, critical={})]
        asked = checklist(department("D", section("S", *items)), critical_policy="fail_audit")
        answered = state(asked, {"I1": "0", "I2": "0"})
        plan = [("2026-06-01", ["I1"]), ("2026-08-01", ["I2"])]
        found = forecast(asked, answered, weak_of(asked, answered), plan)
        assert [*zip(found.points, found.passes, strict=True)] == [
            (("2026-05-12", 0), False),
            (("2026-06-01", 64), False),
            (("2026-08-01", 80), True),
        ]
        late = forecast(asked, state(asked, {"I1": "5", "I2": "0"}), weak_of(asked, answered), [])
        assert (late.points, late.passes, late.target) == ((("2026-05-12", 80),), (False,), 70)

    def test_what_is_due_before_the_audit_counts_from_its_day(self) -> None:
        asked = simple(100)
        answered = state(asked, {"I1": "0"})
        found = forecast(asked, answered, weak_of(asked, answered), [("2026-01-01", ["I1"])])
        assert [*found.points] == [("2026-05-12", 80)]

    def test_an_audit_of_some_departments_has_no_target(self) -> None:
        asked = checklist(department("D1", section("S1", item("I1"))), department("D2", section("S2", item("I2"))))
        found = forecast(asked, state(asked, {"I1": "5"}, departments=["D1"]), [], [])
        assert (found.target, found.reached_on) == (None, None)


def test_regained_is_what_is_attainable_above_what_was_earned() -> None:
    asked = simple(10)
    (weak,) = weak_of(asked, state(asked, {"I1": "2"}))
    assert regained(weak) == 4
    assert regained(finding("A", "F1")) == 0

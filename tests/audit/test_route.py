"""The route to a target: what is on it, why, and that nothing cheaper reaches the target."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

import pytest

from audit.coaching import direction_of, effort_of
from audit.raising import Raising, regained
from audit.route import MUST, Why
from audit.routing import best_route
from audit.scoring import score
from tests.builders import checklist, department, item, section, simple, state, text
from tests.coaching_samples import directions, random_case, weak_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.route import Route
    from audit.state import AuditState
    from checklists.model import Checklist


def route(asked: Checklist, answers: Mapping[str, str], target: str | None = None, **more: Any) -> Route:
    details = {name: more.pop(name) for name in ("departments_in_scope",) if name in more}
    scope = details.get("departments_in_scope", [])
    answered = state(asked, answers, departments=scope)
    wanted = None if target is None else Decimal(target)
    return best_route(asked, answered, weak_of(asked, answered), wanted, **more)


def chosen(found: Route) -> list[str]:
    return [one.weak.number for step in found.steps for one in step.items]


def two_directions(**days: str | None) -> Checklist:
    items = [item("I1", 20, direction="A"), item("I2", 20, direction="B"), item("I3", 20, direction="B")]
    return checklist(department("D", section("S", *items, item("I4", 40))), directions=directions(**days))


class TestWhatIsChosen:
    def test_the_cheaper_direction_that_reaches_the_target(self) -> None:
        found = route(two_directions(A="10", B="9"), {"I1": "0", "I2": "0", "I3": "2", "I4": "5"}, "60")
        assert chosen(found) == ["I2"]
        assert (found.effort, found.total, found.reached) == (Decimal("9.5"), 64, True)

    def test_a_direction_is_paid_once_however_many_items_it_cures(self) -> None:
        found = route(two_directions(A="4", B="9"), {"I1": "0", "I2": "0", "I3": "0", "I4": "5"})
        assert chosen(found) == ["I2", "I3"]  # 10 days; A and B together would be 14
        assert found.effort == 10

    def test_of_equal_effort_the_one_with_more_points(self) -> None:
        asked = two_directions(A="5", B="5")
        found = route(asked, {"I1": "2", "I2": "0", "I3": "1", "I4": "5"}, "55")
        assert chosen(found) == ["I2"]  # 16 points against 8 and 12
        assert found.total == 68

    def test_items_that_cost_nothing_beside_their_direction_come_along(self) -> None:
        asked = two_directions(A="10", B="9")
        found = route(asked, {"I1": "0", "I2": "0", "I3": "0", "I4": "5"}, "50", item_days=Decimal(0))
        assert chosen(found) == ["I2", "I3"]
        assert found.effort == 9

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"critical": {"below": "0.5"}}, Why.CRITICAL),
            ({"tags": ["safety"]}, Why.SAFETY),
            ({"tags": ["legal"]}, Why.LEGAL),
        ],
    )
    def test_critical_safety_and_legal_items_are_always_in_and_come_first(self, more: Any, why: Why) -> None:
        items = [item("I1", 50, direction="A"), item("I2", 10, direction="B", **more), item("I3", 40, direction="A")]
        asked = checklist(department("D", section("S", *items)), directions=directions(A="2", B="30"))
        found = route(asked, {"I1": "0", "I2": "0", "I3": "5"}, "60")
        assert chosen(found) == ["I2", "I1"]
        assert [step.letter for step in found.steps] == ["B", "A"]
        assert found.steps[0].items[0].why is why
        assert found.effort == 33
        assert "I2" in found.steps[0].reason.en
        assert "I2" in found.steps[0].reason.zh

    def test_nothing_to_do_where_the_target_is_reached(self) -> None:
        found = route(simple(50, 50), {"I1": "5", "I2": "3"}, "70")
        assert (found.steps, found.reached, found.effort) == ((), True, 0)

    def test_a_safety_item_is_in_although_the_target_is_reached(self) -> None:
        asked = checklist(department("D", section("S", item("I1", 90), item("I2", 10, tags=["safety"]))))
        assert chosen(route(asked, {"I1": "5", "I2": "0"})) == ["I2"]

    def test_a_direction_of_unknown_effort_costs_its_items_only(self) -> None:
        found = route(two_directions(A=None, B="9"), {"I1": "0", "I2": "0", "I3": "0", "I4": "5"}, "50")
        assert chosen(found) == ["I1"]
        assert found.effort == Decimal("0.5")

    def test_steps_count_where_a_direction_does_not_say_its_effort(self) -> None:
        two = directions(A=None, B="3")
        two["A"]["steps"] = [{"do": text("x"), "role": "manager", "days": "2"}] * 2
        items = [item("I1", 20, direction="A"), item("I2", 20, direction="B"), item("I3", 60)]
        asked = checklist(department("D", section("S", *items)), directions=two)
        assert chosen(route(asked, {"I1": "0", "I2": "0", "I3": "5"}, "70")) == ["I2"]


class TestDepartments:
    def asked(self) -> Checklist:
        first = department("D1", section("S1", item("I1", 40, direction="A"), item("I2", 40, direction="B")))
        second = department("D2", section("S2", item("I3", 20, direction="C")))
        return checklist(first, second, directions=directions(A="1", B="1", C="20"))

    def test_the_total_alone_leaves_a_dear_department_behind(self) -> None:
        found = route(self.asked(), {"I1": "0", "I2": "5", "I3": "0"}, "70")
        assert chosen(found) == ["I1"]

    def test_each_department_reaches_its_mark_when_asked(self) -> None:
        found = route(self.asked(), {"I1": "0", "I2": "5", "I3": "0"}, "70", departments=True)
        assert chosen(found) == ["I1", "I3"]
        assert [one.why for step in found.steps for one in step.items] == [Why.DEPARTMENT, Why.DEPARTMENT]
        assert all(earned >= needed for _, earned, needed in found.departments if needed is not None)
        assert "D2" in found.steps[1].reason.en

    def test_an_audit_of_some_departments_asks_for_their_marks(self) -> None:
        found = route(self.asked(), {"I3": "0"}, departments_in_scope=["D2"])
        assert chosen(found) == ["I3"]
        assert (found.target, found.passes) == (None, None)


class TestOutOfReach:
    def test_it_says_by_how_much_with_everything_done(self) -> None:
        asked = simple(50, 50)
        found = route(asked, {"I1": "0", "I2": "0"}, "90")
        assert not found.reached
        assert found.total == 80
        assert found.unreachable is not None
        assert "10" in found.unreachable.en
        assert "80" in found.unreachable.zh
        assert set(chosen(found)) == {"I1", "I2"}

    def test_a_department_is_named(self) -> None:
        first = department("D1", section("S1", item("I1", 90)))
        second = department("D2", section("S2", item("I2", 10)), pass_rate="0.9")
        found = route(checklist(first, second), {"I1": "5", "I2": "0"}, "70", departments=True)
        assert found.unreachable is not None
        assert "D2: 8 is still 1 short" in found.unreachable.en


def subsets(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))


def by_brute_force(
    asked: Checklist, answered: AuditState, target: Decimal, *, departments: bool, item_days: Decimal
) -> tuple[Decimal, Decimal] | None:
    """The least effort and, at it, the highest total among all choices; None where none reaches the target."""
    weak = {one.number: one for one in weak_of(asked, answered) if one.item}
    must = {n for n, one in weak.items() if one.item and (one.item.critical or {"safety", "legal"} & {*one.item.tags})}
    may = [n for n, one in weak.items() if n in must or regained(one)]
    raising = Raising(asked, answered)
    best: tuple[Decimal, Decimal] | None = None
    for names in subsets(may):
        if not must <= set(names):
            continue
        done = raising.with_cured(weak[n] for n in names)
        if done.total.earned < target:
            continue
        marks = [(d.earned, d.pass_points) for d in done.departments]
        if departments and any(needed is not None and earned < needed for earned, needed in marks):
            continue
        letters = {weak[n].direction for n in names}
        days = sum((effort_of(direction_of(asked, letter)) or Decimal(0) for letter in letters), Decimal(0))
        found = (days + item_days * len(names), -done.total.earned)
        best = found if best is None or found < best else best
    return None if best is None else (best[0], -best[1])


@pytest.mark.parametrize("seed", range(120))
def test_nothing_cheaper_reaches_the_target_and_nothing_better_costs_the_same(seed: int) -> None:
    rng = random.Random(seed)
    asked, answers = random_case(rng)
    answered = state(asked, answers)
    total = score(asked, answered).total
    everything = Raising(asked, answered).with_cured(weak_of(asked, answered)).total
    share = Decimal(rng.randint(10, 105)) / 100
    target = (total.earned + (everything.earned - total.earned) * share).quantize(Decimal("0.01"))
    departments, item_days = rng.random() < 0.4, rng.choice([Decimal("0.5"), Decimal(0), Decimal("0.25")])
    known = by_brute_force(asked, answered, target, departments=departments, item_days=item_days)
    found = best_route(asked, answered, weak_of(asked, answered), target, departments=departments, item_days=item_days)
    assert found.reached is (known is not None)
    if known is not None:
        assert (found.effort, found.total) == known
        assert found.steps == () or found.steps[-1].total_after == found.total
        assert all(one.why in MUST for s in found.steps for one in s.items if one.weak.item and one.weak.item.tags)

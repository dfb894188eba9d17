"""Points that coaching can bring: what effects and forecasts count with (design, section 5)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from audit.kpi import bound_kpi
from audit.kpi_levels import limits_of
from audit.kpi_values import LAST_YEAR, PLAN
from checklists.points import ZERO, pass_points, plain, round_points
from checklists.rules import Levels, Measure, Sample

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from audit.kpi import KpiReport
    from checklists.model import Checklist, Item

GOOD_LEVEL = Fraction(4, 5)
"""Level 4 of 5; of another number of levels the lowest that is worth as much."""
GOOD_SAMPLE = "9/10"
"""The sample's answer: nine records of ten conform."""


def attainable(item: Item, rate: Fraction, earned: Decimal = ZERO, at_target: str = "") -> Decimal:
    """Return the points coaching can bring an item to: of 10 points usually 8 (levels) or 9 (samples).

    Args:
        item: the item; what it says itself stands before the defaults.
        rate: its section's pass rate; coaching always reaches it.
        earned: the points it has; never less comes out.
        at_target: the answer when its KPI reaches the target (`target_answer`); empty where there is none.
    """
    own = _default(item, at_target) if item.attainable is None else item.attainable
    return min(item.points, max(own, pass_points(rate, item.points), earned))


def target_answer(checklist: Checklist, item: Item, references: Mapping[str, Decimal | None] | None = None) -> str:
    """Return the answer of a KPI-bound item when its KPI reaches the target.

    Args:
        checklist: the checklist.
        item: the item.
        references: the KPI's values for "plan" and "last_year", as far as they are known.

    Returns:
        The answer in the rule's canonical text; empty where no KPI answers the item, it has no target, or the target
        refers to a value that is not known.
    """
    own_id = bound_kpi(checklist, item)
    kpi = checklist.kpis[own_id] if own_id else None
    if kpi is None or kpi.target is None or not isinstance(item.rule, Measure):
        return ""
    known = references or {}
    target = limits_of(kpi, known).target
    if not item.rule.of_plan:
        return "" if target is None else plain(target)
    if kpi.target.of == PLAN:
        return f"{plain(kpi.target.value)}/100"
    plan = known.get(PLAN)
    return f"{plain(target)}/{plain(plan)}" if target is not None and plan is not None and plan > 0 else ""


def target_answers(checklist: Checklist, report: KpiReport) -> dict[str, str]:
    """Return `target_answer` for every item of an audit that has one, by item."""
    known = {result.id: {name: result.references[name].value for name in (PLAN, LAST_YEAR)} for result in report.kpis}
    answers = {
        item.id: target_answer(checklist, item, known.get(item.kpi)) for item in checklist.items.values() if item.kpi
    }
    return {item_id: answer for item_id, answer in answers.items() if answer}


def _default(item: Item, at_target: str) -> Decimal:
    rule = item.rule
    if isinstance(rule, Levels):
        share = min(share for share in rule.shares if share >= GOOD_LEVEL)
        return round_points(share * Fraction(item.points))
    if isinstance(rule, Sample) and not rule.all_or_nothing:
        return round_points(rule.earn(GOOD_SAMPLE, item.points))
    if isinstance(rule, Measure) and at_target:
        return round_points(rule.earn(at_target, item.points))
    return item.points

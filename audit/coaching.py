"""Coaching directions: the weak items each cures, and what that brings (辅导方向与预期效果)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.kpi_levels import is_share
from audit.raising import Raising, regained
from checklists.points import ZERO
from checklists.text import same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.findings import WeakItem
    from audit.kpi import KpiReport
    from audit.kpi_levels import KpiStatus
    from audit.scorecard import Scorecard
    from audit.state import AuditState
    from checklists.model import Checklist, Direction, Kpi

Departments = tuple[tuple[str, Decimal], ...]
"""Points earned by department id, in the checklist's order."""
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class KpiMove:
    """A KPI that a direction must move."""

    kpi: str
    kpi_model: Kpi
    by: Decimal
    """In the KPI's unit (percentage points where that is %), with its sign."""
    now: Decimal | None
    """The value as it was collected; None where there is none."""
    after: Decimal | None
    """The value to reach; None where there is no value now."""
    status: KpiStatus | None
    """How it stands now; None where it cannot be judged."""


@dataclass(frozen=True, slots=True)
class DirectionEffect:
    """What one coaching direction brings when its weak items reach their attainable points; all totals re-scored."""

    letter: str
    direction: Direction
    weak: tuple[WeakItem, ...]
    """The weak items it cures, most points lost first; each belongs to this direction alone."""
    points_lost: Decimal
    """What they cost, unscaled."""
    attainable: Decimal
    """Points regained, unscaled: the sum of what is attainable above what was earned."""
    total_after: Decimal
    """The total if only this direction is carried out."""
    passes_after: bool | None
    """Whether the audit would then pass; None where nothing is to be passed."""
    departments_after: Departments
    cumulative_total: Decimal
    """The total once this and all directions before it are carried out, in the order given."""
    cumulative_passes: bool | None
    cumulative_departments: Departments
    kpis: tuple[KpiMove, ...]
    """KPIs that must move."""
    effort_days: Decimal | None
    """Working days it takes; None where the checklist does not say."""
    roles: tuple[str, ...]
    """Ids of the roles that do the steps, the one with most days first; without steps those that own the items."""


def direction_effects(
    checklist: Checklist, state: AuditState, weak_items: Sequence[WeakItem], kpis: KpiReport
) -> tuple[DirectionEffect, ...]:
    """Return what each direction with weak items brings, most points regained first, the less effort where equal.

    Args:
        checklist: the checklist.
        state: the audit's answers.
        weak_items: its weak items; each belongs to its one direction.
        kpis: its KPIs, for where they stand.
    """
    in_order = Raising(checklist, state)
    in_order.with_cured(())
    now = in_order.apart()
    cured: list[WeakItem] = []
    effects = []
    for letter, weak in _ordered(checklist, weak_items):
        cured += weak
        alone, together = now.apart().with_cured(weak), in_order.with_cured(cured)
        direction = direction_of(checklist, letter)
        effects.append(
            DirectionEffect(
                letter=letter,
                direction=direction,
                weak=tuple(weak),
                points_lost=sum((one.points_lost for one in weak), ZERO),
                attainable=sum(map(regained, weak), ZERO),
                total_after=alone.total.earned,
                passes_after=alone.total.passed,
                departments_after=_departments(alone),
                cumulative_total=together.total.earned,
                cumulative_passes=together.total.passed,
                cumulative_departments=_departments(together),
                kpis=_moves(checklist, direction, kpis),
                effort_days=effort_of(direction),
                roles=_roles(direction, weak),
            )
        )
    return tuple(effects)


def direction_of(checklist: Checklist, letter: str) -> Direction:
    """Return a direction; one that the checklist does not describe has its letter for a name."""
    known = checklist.directions.get(letter)
    if known is not None:
        return known
    from checklists.guidance import Direction as Described

    nothing = same("")
    return Described(name=same(letter), cures=nothing, first_step=nothing, effect=nothing)


def effort_of(direction: Direction) -> Decimal | None:
    """Return the working days of a direction: what it says itself, else those of its steps; None without either."""
    if direction.effort_days is not None or not direction.steps:
        return direction.effort_days
    return sum((step.days for step in direction.steps), ZERO)


def _ordered(checklist: Checklist, weak_items: Sequence[WeakItem]) -> list[tuple[str, list[WeakItem]]]:
    """Return the weak items by direction, the direction that regains most first, then the one of less effort."""
    groups: dict[str, list[WeakItem]] = {}
    for weak in weak_items:
        groups.setdefault(weak.direction, []).append(weak)
    place = {letter: number for number, letter in enumerate(checklist.directions)}

    def rank(group: tuple[str, list[WeakItem]]) -> tuple[Decimal, bool, Decimal, int, str]:
        letter, weak = group
        effort = effort_of(direction_of(checklist, letter))
        gain = sum(map(regained, weak), ZERO)
        return -gain, effort is None, effort or ZERO, place.get(letter, len(place)), letter

    return sorted(groups.items(), key=rank)


def _departments(scorecard: Scorecard) -> Departments:
    return tuple((one.department.id, one.earned) for one in scorecard.departments)


def _roles(direction: Direction, weak: Sequence[WeakItem]) -> tuple[str, ...]:
    days: dict[str, Decimal] = {}
    for step in direction.steps:
        days[step.role] = days.get(step.role, ZERO) + step.days
    if not days:
        return tuple(dict.fromkeys(one.item.owner for one in weak if one.item))
    return tuple(sorted(days, key=lambda role: -days[role]))


def _moves(checklist: Checklist, direction: Direction, report: KpiReport) -> tuple[KpiMove, ...]:
    """Return the KPIs a direction must move, from where they stand; a share stays between 0 and 100 %."""
    results = {result.id: result for result in report.kpis}
    moves = []
    for move in direction.moves:
        result, kpi = results.get(move.kpi), checklist.kpis.get(move.kpi)
        if kpi is None:
            continue
        now = result.value if result else None
        after = None if now is None else now + move.by
        if after is not None and is_share(kpi):
            after = min(max(after, ZERO), _WHOLE)
        moves.append(KpiMove(move.kpi, kpi, move.by, now, after, result.status if result else None))
    return tuple(moves)

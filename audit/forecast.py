"""The total by date if the improvement plan holds: a line against the points to pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.raising import Raising

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from audit.findings import WeakItem
    from audit.state import AuditState
    from checklists.model import Checklist

    Due = tuple[str, Iterable[str]]
    """A day (ISO 8601) by which weak items are to be cured, and their numbers."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The total from the day of the audit on, re-scored at each day on which something is due."""

    points: tuple[tuple[str, Decimal], ...]
    """(day, total), the day of the audit first; each total holds until the next day."""
    passes: tuple[bool | None, ...]
    """Whether the audit would pass with each of them, by all its rules; None where nothing is to be passed."""
    target: Decimal | None
    """Points to pass, less a bonus that helps; None where nothing is to be passed."""

    @property
    def reached_on(self) -> str | None:
        """The first day on which the target is reached; None where it never is."""
        return next((day for day, total in self.points if self.target is not None and total >= self.target), None)


def forecast(checklist: Checklist, state: AuditState, weak_items: Iterable[WeakItem], plan: Iterable[Due]) -> Forecast:
    """Return the total by date if what is due is done by then.

    Args:
        checklist: the checklist.
        state: the audit's answers.
        weak_items: its weak items.
        plan: what is due when, in any order; numbers that are no weak items of this audit, and actions without a day,
            change nothing.
    """
    known: Mapping[str, WeakItem] = {weak.number: weak for weak in weak_items}
    raising = Raising(checklist, state)
    first = str(state.details["date"])
    now = raising.with_cured(()).total
    points, passes = [(first, now.earned)], [now.passed]
    cured: dict[str, WeakItem] = {}
    by_day: dict[str, list[str]] = {}
    for day, numbers in plan:
        if day:
            by_day.setdefault(max(day, first), []).extend(numbers)
    for day in sorted(by_day):
        cured |= {number: known[number] for number in by_day[day] if number in known}
        total = raising.with_cured(cured.values()).total
        if day == first:
            points, passes = [], []
        points.append((day, total.earned))
        passes.append(total.passed)
    target = now.pass_points
    if target is not None and checklist.bonus_counts:
        target -= now.bonus
    return Forecast(tuple(points), tuple(passes), target)

"""Weak items: findings to act on.  This edition knows those that come from items."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from audit.state import Answer, ItemState
from checklists.points import pass_points
from checklists.text import Text

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from audit.scorecard import ItemScore, Scorecard
    from checklists.model import Department, Item, Section


class WeakKind(StrEnum):
    """Why something is a weak item; the first that applies."""

    CRITICAL = "critical"
    NO_DATA = "no_data"
    BELOW = "below"


KIND_NAMES: dict[WeakKind, Text] = {
    WeakKind.CRITICAL: Text("关键项", "critical"),
    WeakKind.NO_DATA: Text("无法提供", "no data"),
    WeakKind.BELOW: Text("低于标准", "below standard"),
}


@dataclass(frozen=True, slots=True)
class WeakItem:
    """A finding to act on, with the points it cost (unscaled)."""

    kind: WeakKind
    item: Item
    department: Department
    section: Section
    answer: Answer
    points_lost: Decimal
    statement: Text
    direction: str
    """Coaching direction that cures it."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Where it comes from."""
        return ("item",)


def weak_items(scorecard: Scorecard) -> list[WeakItem]:
    """Return the weak items, most points lost first, then in the checklist's order."""
    found = [
        WeakItem(
            kind,
            score.item,
            department.department,
            section.section,
            score.answer,
            score.points_lost,
            score.item.weak,
            score.item.direction,
        )
        for department in scorecard.departments
        for section in department.sections
        for score in section.items
        if (kind := _kind(score, section.section.pass_rate)) is not None
    ]
    return sorted(found, key=lambda weak: -weak.points_lost)


def _kind(score: ItemScore, rate: Fraction) -> WeakKind | None:
    """Say why an item is weak, if it is: below its section's pass rate once answered, or nothing to show."""
    if score.critical_failed:
        return WeakKind.CRITICAL
    if score.state is ItemState.NO_DATA:
        return WeakKind.NO_DATA
    if score.state is ItemState.ANSWERED and score.earned < pass_points(rate, score.possible):
        return WeakKind.BELOW
    return None

"""Weak items: findings to act on, from items, KPIs and interviews.

Each source puts its own together (`item_findings` here; `audit.kpi`, `audit.interviews`); `weak_items` joins what is
one finding with two sources and orders the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from audit.answers import reason_text
from audit.attainable import attainable
from audit.state import ItemState
from checklists.points import pass_points
from checklists.text import Text, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal
    from fractions import Fraction

    from audit.scorecard import ItemScore, Scorecard
    from checklists.model import Department, Item, Section


class WeakKind(StrEnum):
    """Why something is a weak item; the first that applies."""

    CRITICAL = "critical"
    NO_DATA = "no_data"
    BELOW = "below"
    MISSING = "missing"
    """A KPI that cannot be shown."""
    MISSED = "missed"
    """A KPI that does not reach its pass level."""
    FINDING = "finding"
    """Somebody's own words, usually out of an interview."""


KIND_NAMES: dict[WeakKind, Text] = {
    WeakKind.CRITICAL: Text("关键项", "critical"),
    WeakKind.NO_DATA: Text("无法提供", "no data"),
    WeakKind.BELOW: Text("低于标准", "below standard"),
    WeakKind.MISSING: Text("指标无法统计", "KPI missing"),
    WeakKind.MISSED: Text("指标未达标", "KPI missed"),
    WeakKind.FINDING: Text("访谈发现", "finding"),
}


_SOURCES = ("item", "kpi", "interview")


@dataclass(frozen=True, slots=True)
class WeakItem:
    """A finding to act on, with the points it cost (unscaled); only items carry points."""

    kind: WeakKind
    sources: tuple[str, ...]
    """Where it comes from: item, kpi, interview, in this order."""
    department: Department
    section: Section | None
    """None where no item is part of it."""
    item: Item | None
    kpi: str | None
    number: str
    """What it is listed under: the item's id, else the KPI's, else the finding's own number."""
    points_lost: Decimal
    statement: Text
    direction: str
    """Coaching direction that cures it."""
    reason: Text
    """Why, as it was recorded; may be empty."""
    attainable: Decimal | None = None
    """Points coaching can bring its item to (`audit.attainable`); None where it stands for no item."""
    questions: tuple[str, ...] = ()
    """Ids of the guides' questions whose answers it follows from."""


def weak_items(found: Sequence[WeakItem], more: Iterable[WeakItem] = ()) -> list[WeakItem]:
    """Return all weak items, most points lost first, then in the order given.

    A KPI-bound item and its KPI are one weak item with two sources when both belong to one department; the item's words
    and points stand.  A finding about a weak item joins it and adds its words to the reason; about an item that is not
    weak it stands alone, without points.  A finding about a KPI is never one with the KPI's own weak item (the seed's
    nos. 7 and 8).

    Args:
        found: those from items.
        more: those from KPIs and interviews.
    """
    weak_ones = list(found)
    bound = {(w.kpi, w.department.id): n for n, w in enumerate(weak_ones) if w.kpi}
    asked = {w.item.id: n for n, w in enumerate(weak_ones) if w.item}
    for weak in more:
        if weak.sources == ("kpi",):
            place = bound.get((weak.kpi or "", weak.department.id))
        else:
            place = asked.get(weak.item.id) if weak.item else None
        if place is not None:
            weak_ones[place] = _joined(weak_ones[place], weak)
        else:
            weak_ones.append(replace(weak, item=None) if weak.kind is WeakKind.FINDING else weak)
    return sorted(weak_ones, key=lambda weak: -weak.points_lost)


def _joined(item: WeakItem, other: WeakItem) -> WeakItem:
    """Return an item's weak item with one more source; the words of a finding go into its reason."""
    sources = tuple(source for source in _SOURCES if source in {*item.sources, *other.sources})
    if other.kind is not WeakKind.FINDING:
        return replace(item, sources=sources, kpi=other.kpi)
    reasons = [text for text in (item.reason, other.statement) if text.zh]
    questions = tuple(dict.fromkeys([*item.questions, *other.questions]))
    return replace(item, sources=sources, reason=joined(reasons, zh="；", en="; "), questions=questions)


def item_findings(scorecard: Scorecard, at_target: Mapping[str, str] | None = None) -> list[WeakItem]:
    """Return the weak items that come from items, in the checklist's order.

    Args:
        scorecard: the audit's scorecard.
        at_target: answers of KPI-bound items at their KPIs' targets (`audit.attainable.target_answers`).
    """
    targets = at_target or {}
    return [
        WeakItem(
            kind=kind,
            sources=("item",),
            department=department.department,
            section=section.section,
            item=score.item,
            kpi=score.item.kpi,
            number=score.item.id,
            points_lost=score.points_lost,
            statement=score.weak,
            direction=score.item.direction,
            reason=reason_text(score.answer, score.item),
            attainable=attainable(score.item, section.section.pass_rate, score.earned, targets.get(score.item.id, "")),
        )
        for department in scorecard.departments
        for section in department.sections
        for score in section.items
        if (kind := _kind(score, section.section.pass_rate)) is not None
    ]


WEAK_RULE = Text(
    "弱项：得分未达到本项目及格率的检查项（关键项不合格或无法提供的也算），以及未达标或无法统计的 KPI 和访谈发现。",
    "A weak item: an item below its section's pass rate, or a critical one that failed, or with nothing to show; a "
    "KPI that is missed or cannot be shown; a finding of the interviews.",
)


def _kind(score: ItemScore, rate: Fraction) -> WeakKind | None:
    """Say why an item is weak, if it is: below its section's pass rate once answered, or nothing to show."""
    if score.critical_failed:
        return WeakKind.CRITICAL
    if score.state is ItemState.NO_DATA:
        return WeakKind.NO_DATA
    if score.state is ItemState.ANSWERED and score.earned < pass_points(rate, score.possible):
        return WeakKind.BELOW
    return None

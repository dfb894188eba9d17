"""Weak items that come from KPIs: missed, or not to be shown."""

from __future__ import annotations

from decimal import ROUND_HALF_UP
from typing import TYPE_CHECKING

from audit.answers import CAUSES
from audit.findings import WeakItem, WeakKind
from audit.kpi_levels import KpiStatus
from checklists.points import CENT, ZERO, plain
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from audit.kpi import KpiReport, KpiResult
    from checklists.model import Checklist, Department

_BELOW = Text("{value}，应不低于 {limit}", "{value}, at least {limit} wanted")
_CAUSE = Text("{words}：{cause}", "{words}: {cause}")
_ASKED_BY = Text("{words}（见 {items}）", "{words} (see {items})")
_NO_WEAK_ITEM = Text("{words}（不单列弱项）", "{words} (no weak item of its own)")
_ABOVE = Text("{value}，应不高于 {limit}", "{value}, at most {limit} wanted")


def kpi_findings(checklist: Checklist, report: KpiReport, scope: Collection[str] = ()) -> list[WeakItem]:
    """Return the weak items of KPIs that have a statement for it, in the catalogue's order.

    Args:
        checklist: the checklist.
        report: how the KPIs stand.
        scope: ids of the departments in scope; empty: all of them.  A KPI of another one, which answers an item in
            scope, is that item's department's.
    """
    return [weak for result in report.kpis if (weak := _finding(checklist, result, scope)) is not None]


def asking(checklist: Checklist, kpi: str) -> tuple[str, ...]:
    """Return the items that name a KPI, whether they derive their answer from it or are read on site."""
    return tuple(item.id for item in checklist.items.values() if item.kpi == kpi)


def status_text(checklist: Checklist, result: KpiResult) -> Text:
    """Return a KPI's status with why it cannot be shown, or where it counts when it is no weak item itself."""
    words = result.words
    if result.status is KpiStatus.MISSING and result.cause:
        words = _CAUSE.format(words=words, cause=_reason(result))
    statements = {KpiStatus.MISSED: result.kpi.missed, KpiStatus.MISSING: result.kpi.missing}
    if result.status not in statements or statements[result.status] is not None:
        return words
    items = asking(checklist, result.id)
    if not items:
        return _NO_WEAK_ITEM.format(words=words)
    return _ASKED_BY.format(words=words, items=joined([same(own_id) for own_id in items]))


def with_unit(value: Decimal, unit: Text) -> Text:
    """Return a value with its unit."""
    return Text("{value} {unit}", "{value} {unit}").format(value=short(value), unit=unit) if unit.en else _bare(value)


def _bare(value: Decimal) -> Text:
    return same(short(value))


def short(value: Decimal) -> str:
    """Return a value with two decimals at most, as sentences show it; levels are compared unrounded."""
    return plain(value.quantize(CENT, ROUND_HALF_UP))


def _finding(checklist: Checklist, result: KpiResult, scope: Collection[str]) -> WeakItem | None:
    kpi = result.kpi
    statement, kind = {
        KpiStatus.MISSED: (kpi.missed, WeakKind.MISSED),
        KpiStatus.MISSING: (kpi.missing, WeakKind.MISSING),
    }.get(result.status or KpiStatus.MET, (None, WeakKind.MISSED))
    department = _department(checklist, result, scope)
    if statement is None or department is None:
        return None
    return WeakItem(
        kind=kind,
        sources=("kpi",),
        department=department,
        section=None,
        item=None,
        kpi=result.id,
        number=result.id,
        points_lost=ZERO,
        statement=statement,
        direction=kpi.direction,
        reason=_reason(result),
    )


def _department(checklist: Checklist, result: KpiResult, scope: Collection[str]) -> Department | None:
    if not scope or result.kpi.department in scope:
        return checklist.department(result.kpi.department)
    places = (checklist.place_of[item][0] for item in asking(checklist, result.id))
    return next((department for department in places if department.id in scope), None)


def _reason(result: KpiResult) -> Text:
    if result.value is None:
        return {str(cause): name for cause, name in CAUSES.items()}.get(result.cause, same(""))
    limit = result.limits.passing
    if limit is None:
        return with_unit(result.value, result.kpi.unit)
    sentence = _BELOW if result.kpi.better == "higher" else _ABOVE
    return sentence.format(value=with_unit(result.value, result.kpi.unit), limit=with_unit(limit, result.kpi.unit))

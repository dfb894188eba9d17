"""Why a step is on the route, and by how much a target is missed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.route import MUST, Why
from checklists.points import plain, printed, round_points
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from audit.route import RouteItem
    from audit.scorecard import Scorecard

    Short = tuple[str, Decimal]
    """A line that is missed, the total or a department by its id, and by how much; the total has no id."""

WHY_NAMES: dict[Why, Text] = {
    Why.CRITICAL: Text("关键项", "critical"),
    Why.SAFETY: Text("安全", "safety"),
    Why.LEGAL: Text("法规", "legal"),
    Why.DEPARTMENT: Text("部门及格", "pass mark"),
    Why.POINTS: Text("得分", "points"),
}
_MUST = Text("必须纳入：{items}", "must be in: {items}")
_NAMED = Text("{item}（{why}）", "{item} ({why})")
_DEPARTMENT = Text("使{names}达到及格分", "brings {names} to the pass mark")
_PER_DAY = Text("每个工作日 {points} 分", "{points} points a working day")
_ALSO = Text(
    "方向既已开展，另带 {count} 项，多得 {points} 分",
    "carried out anyway, {count} more weak items bring {points} points",
)
_ALSO_ONE = Text(
    "方向既已开展，另带 1 项，多得 {points} 分",
    "carried out anyway, 1 more weak item brings {points} points",
)
_TOTAL = Text("总分 {earned}，仍差 {by}", "the total {earned} is still {by} short")
_LEVEL = Text("{name} {earned}，仍差 {by}", "{name}: {earned} is still {by} short")
_EVERYTHING = Text("全部弱项都改到可达水平也不够：{lines}", "Even with every weak item cured it is missed: {lines}")


def reason_of(items: Sequence[RouteItem], points: Decimal, effort: Decimal) -> Text:
    """Say why a direction is on the route, and so its items."""
    must = [one for one in items if one.why in MUST]
    rest = [one for one in items if one.why not in MUST]
    parts = []
    if must:
        named = [_NAMED.format(item=one.weak.number, why=WHY_NAMES[one.why]) for one in must]
        parts.append(_MUST.format(items=joined(named)))
    names = {one.weak.department.id: one.weak.department.name for one in rest if one.why is Why.DEPARTMENT}
    if names:
        parts.append(_DEPARTMENT.format(names=joined(list(names.values()))))
    if must and rest:
        more = sum((one.points for one in rest[1:]), rest[0].points)
        parts.append((_ALSO_ONE if len(rest) == 1 else _ALSO).format(count=len(rest), points=printed(more)))
    elif effort and not must:
        parts.append(_PER_DAY.format(points=plain(round_points(points / effort))))
    text = joined(parts, "；", "; ") if parts else same("")
    return Text(text.zh, text.en[:1].upper() + text.en[1:])


def missed(end: Scorecard, short: Sequence[Short]) -> Text:
    """Say by how much lines are missed with everything done."""
    levels = {one.department.id: one for one in end.departments}
    lines = []
    for name, by in short:
        if name:
            level = levels[name]
            figures = {"name": level.department.name, "earned": printed(level.earned), "by": printed(by)}
            lines.append(_LEVEL.format(**figures))
        else:
            lines.append(_TOTAL.format(earned=printed(end.total.earned), by=printed(by)))
    return _EVERYTHING.format(lines=joined(lines, "；", "; "))

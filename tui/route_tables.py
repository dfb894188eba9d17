"""The route to a target as tables for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.points import plain
from checklists.text import Text, joined, same
from tui.console import Cell, Column
from tui.words import PASS_POINTS, points

if TYPE_CHECKING:
    from audit.route import Route, RouteStep
    from audit.summary import AuditSummary
    from tui.console import Row, Terminal

_TITLE = Text("推荐达标路径", "The route to the target")
_SUM = Text(
    "总分 {start} → {total}{target}：{directions} 个方向，{items} 个弱项，{effort} 个工作日",
    "Total {start} → {total}{target}: {directions} directions, {items} weak items, {effort} working days",
)
_TARGET = Text("（目标 {target}）", " (target {target})")
_NOTHING = Text(
    "总分 {start}{target}：目标已经达到，也没有必须先改的关键、安全或法规弱项",
    "Total {start}{target}: it is reached already, and no critical, safety or legal item is weak",
)
_EFFORT = Text(
    "工作量：方向按评估表，各计一次；每个弱项另计 {days} 天落实和留存证据（本工具的假定，可用 --item-days 改）",
    "Effort: directions as the checklist has them, once each, and {days} days for each weak item to put it right and "
    "keep the proof (this tool's assumption; change it with --item-days)",
)
_UNKNOWN = Text(
    "评估表没有写明这些方向的工作量，按 0 天计：{letters}",
    "The checklist does not say the effort of these directions; they count as 0 days: {letters}",
)
_FAILS = Text(
    "分数达到了，但按规则仍不合格：还有关键项目不合格",
    "The points are reached, but by the checklist's rules it still fails: a critical part remains",
)
_COLUMNS = [
    Column(Text("方向", "direction"), narrow=True),
    Column(Text("工作日", "days"), right=True, whole=True),
    Column(Text("可得分", "points"), right=True, whole=True),
    Column(Text("之后总分", "total after"), right=True, whole=True),
    Column(Text("弱项", "weak items")),
    Column(Text("为什么", "why")),
]
_DEPARTMENTS = [
    Column(Text("部门", "department")),
    Column(Text("现在", "now"), right=True, whole=True),
    Column(Text("之后", "after"), right=True, whole=True),
    Column(PASS_POINTS, right=True, whole=True),
]


def show_route(terminal: Terminal, summary: AuditSummary, route: Route) -> None:
    """Write the route: its steps with why, the departments after it, and what was assumed."""
    terminal.line(joined([_TITLE, same(summary.ref)], "  ", "  "), style="bold")
    target = same("") if route.target is None else _TARGET.format(target=points(route.target))
    figures = {"start": points(route.start), "total": points(route.total), "target": target}
    if route.steps:
        items = sum(len(step.items) for step in route.steps)
        more = {"directions": len(route.steps), "items": items, "effort": plain(route.effort)}
        terminal.line(_SUM.format(**figures, **more))
        terminal.line("")
        terminal.table(_COLUMNS, [_row(step) for step in route.steps])
    elif route.reached:
        terminal.line(_NOTHING.format(**figures))
    if route.unreachable is not None:
        terminal.line(route.unreachable, style="bold red")
    elif route.passes is False and route.target == summary.scorecard.total.pass_points:
        terminal.line(_FAILS, style="bold red")
    if route.steps:
        terminal.table(_DEPARTMENTS, _departments(summary, route))
        terminal.say(_EFFORT.format(days=plain(route.item_days)), style="dim")
        unknown = [same(step.letter) for step in route.steps if step.effort == route.item_days * len(step.items)]
        if unknown:
            terminal.say(_UNKNOWN.format(letters=joined(unknown)), style="dim")


def _row(step: RouteStep) -> Row:
    name = Text("{letter} {name}", "{letter} {name}").format(letter=step.letter, name=step.direction.name)
    items = [same(one.weak.number) for one in step.items]
    return [
        name,
        plain(step.effort),
        points(step.points),
        points(step.total_after),
        joined(items, " ", " "),
        step.reason,
    ]


def _departments(summary: AuditSummary, route: Route) -> list[Row]:
    now = {one.department.id: one for one in summary.scorecard.departments}
    rows: list[Row] = []
    for name, earned, needed in route.departments:
        style = "red" if needed is not None and earned < needed else ""
        before = now[name]
        rows.append([before.department.name, points(before.earned), Cell(points(earned), style), points(needed)])
    return rows

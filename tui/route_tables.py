"""The route to a target as tables for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.points import plain
from checklists.text import Text, joined, same
from tui.console import Cell, Column
from tui.route_view import warning, where_to
from tui.words import PASS_POINTS, points

if TYPE_CHECKING:
    from audit.route import Route, RouteStep
    from audit.summary import AuditSummary
    from tui.console import Row, Terminal

_TITLE = Text("推荐达标路径", "The route to the target")
_EFFORT = Text(
    "工作量：方向按评估表，各计一次；每个弱项另计 {days} 天落实和留存证据（本工具的假定，可用 --item-days 改）",
    "Effort: directions as the checklist has them, once each, and {days} days for each weak item to put it right and "
    "keep the proof (this tool's assumption; change it with --item-days)",
)
_UNKNOWN = Text(
    "评估表没有写明这些方向的工作量，按 0 天计：{letters}",
    "The checklist does not say the effort of these directions; they count as 0 days: {letters}",
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
    led, warned = where_to(route), warning(summary, route)
    if led is not None:
        terminal.line(led)
    if route.steps:
        terminal.line("")
        terminal.table(_COLUMNS, [_row(step) for step in route.steps])
    if warned is not None:
        terminal.line(warned, style="bold red")
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

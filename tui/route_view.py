"""A route to a target as its page shows it: the steps in their order, each with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui.route_process import Told
from tui.words import points

if TYPE_CHECKING:
    from audit.route import Route, RouteStep
    from audit.summary import AuditSummary

_SUM = Text(
    "总分 {start} → {total}{target}：{directions} 个方向，{items} 个弱项，{effort} 个工作日",
    "Total {start} → {total}{target}: {directions} directions, {items} weak items, {effort} working days",
)
_TARGET = Text("（目标 {target}）", " (target {target})")
_NOTHING = Text(
    "总分 {start}{target}：目标已经达到，也没有必须先改的关键、安全或法规弱项",
    "Total {start}{target}: it is reached already, and no critical, safety or legal item is weak",
)
_FAILS = Text(
    "分数达到了，但按规则仍不合格：还有关键项目不合格",
    "The points are reached, but by the checklist's rules it still fails: a critical part remains",
)
_STEP = Text("{letter} {name}", "{letter} {name}")
_FIGURES = Text(
    "{effort} 个工作日，+{points} 分，之后总分 {total}",
    "{effort} working days, +{points} points, total {total} after it",
)
_ITEM = Text("{number}  {why}  +{points}  {statement}", "{number}  {why}  +{points}  {statement}")
_DEPARTMENTS = Text("部门", "Departments")
_LEVEL = Text("{name}  {before} → {after}", "{name}  {before} → {after}")
_PASS = Text("{level}（及格 {needed}）", "{level} (pass mark {needed})")
_EFFORT = Text(
    "工作量：方向按评估表，各计一次；每个弱项另计 {days} 天落实和留存证据（本工具的假定）",
    "Effort: directions as the checklist has them, once each, and {days} days for each weak item to put it right and "
    "keep the proof (this tool's assumption)",
)
_EMPTY = Told(same(""), same(""))


def where_to(route: Route) -> Text | None:
    """Say where a route leads and what it takes; None where there is no step and the target is missed."""
    from checklists.points import plain

    target = same("") if route.target is None else _TARGET.format(target=points(route.target))
    figures = {"start": points(route.start), "total": points(route.total), "target": target}
    if route.steps:
        counts = {"directions": len(route.steps), "items": sum(len(step.items) for step in route.steps)}
        return _SUM.format(effort=plain(route.effort), **figures, **counts)
    return _NOTHING.format(**figures) if route.reached else None


def warning(summary: AuditSummary, route: Route) -> Text | None:
    """Say by how much the target is missed, or that the points to pass are reached and the audit fails all the same."""
    if route.unreachable is not None:
        return route.unreachable
    total = summary.scorecard.total
    earned = route.total + (total.bonus if summary.checklist.bonus_counts else 0)
    enough = total.pass_points is not None and earned >= total.pass_points
    return _FAILS if enough and route.passes is False else None


def route_lines(summary: AuditSummary, route: Route) -> list[Told]:
    """Return a route in words, from what it brings to its steps and what was assumed."""
    from checklists.points import plain

    led, warned = where_to(route), warning(summary, route)
    told = [Told(same(""), led, "bold")] if led is not None else []
    told += [Told(same("! "), warned, "bold $error")] if warned is not None else []
    for number, step in enumerate(route.steps, start=1):
        told += _step(number, step)
    if route.steps:
        told += [_EMPTY, Told(same(""), _DEPARTMENTS, "bold $secondary"), *_departments(summary, route), _EMPTY]
        told.append(Told(same(""), _EFFORT.format(days=plain(route.item_days)), "dim"))
    return told


def _step(number: int, step: RouteStep) -> list[Told]:
    from audit.route_words import WHY_NAMES
    from checklists.points import plain

    figures = {"effort": plain(step.effort), "points": points(step.points), "total": points(step.total_after)}
    told = [
        _EMPTY,
        Told(same(f"{number:>2}  "), _STEP.format(letter=step.letter, name=step.direction.name), "bold $secondary"),
        Told(same("    "), _FIGURES.format(**figures)),
        Told(same("    "), step.reason),
    ]
    for item in step.items:
        words = _ITEM.format(
            number=item.weak.number,
            why=WHY_NAMES[item.why],
            points=points(item.points),
            statement=item.weak.statement,
        )
        told.append(Told(same("    · "), words))
    return told


def _departments(summary: AuditSummary, route: Route) -> list[Told]:
    now = {one.department.id: one for one in summary.scorecard.departments}
    told = []
    for name, earned, needed in route.departments:
        before = now[name]
        level = _LEVEL.format(name=before.department.name, before=points(before.earned), after=points(earned))
        if needed is None:
            told.append(Told(same("-  "), level))
            continue
        mark, style = ("✓  ", "") if earned >= needed else ("✗  ", "$zero")
        told.append(Told(same(mark), _PASS.format(level=level, needed=points(needed)), style))
    return told


def title_of(ref: str) -> Text:
    """Return what the page is called."""
    return joined([Text("推荐达标路径", "The route to the target"), same(ref)], "  ", "  ")

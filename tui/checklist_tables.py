"""A checklist as tables for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.hints import named
from checklists.points import pass_points
from checklists.text import Text, joined, same
from checklists.words import did_you_mean
from tui.console import Cell, Column
from tui.problems import NoSuchDepartment
from tui.words import FULL, PASS_POINTS, points

if TYPE_CHECKING:
    from checklists.model import Checklist, Department, Item
    from tui.console import Row, Shown, Terminal

_MORE = Text(
    "检查项：dealer-audit checklist show {id} --department {department}",
    "Its items: dealer-audit checklist show {id} --department {department}",
)
_LEVELS = [
    Column(Text("编号", "id"), whole=True),
    Column(Text("部门 / 项目", "department / section")),
    Column(Text("项数", "items"), right=True, whole=True),
    Column(FULL, right=True, whole=True),
    Column(PASS_POINTS, right=True, whole=True),
]
_ITEMS = [
    Column(Text("编号", "item"), whole=True),
    Column(Text("应达到的标准", "how it should be")),
    Column(FULL, right=True, whole=True),
    Column(Text("填写方式", "answer")),
]


def chosen_departments(checklist: Checklist, wanted: str | None) -> list[Department]:
    """Return the department with that id or name, or all.

    Raises:
        NoSuchDepartment: with one that looks alike.
    """
    if wanted is None:
        return list(checklist.departments)
    word = wanted.strip().casefold()
    for department in checklist.departments:
        if word in {department.id.casefold(), department.name.zh.casefold(), department.name.en.casefold()}:
            return [department]
    known = {department.id: department for department in checklist.departments}
    raise NoSuchDepartment(
        Text(
            "评估表中没有部门“{wanted}”。{hint}可用：{known}",
            'The checklist has no department "{wanted}". {hint}It has: {known}',
        ).format(wanted=wanted, hint=did_you_mean(wanted, known), known=named(known))
    )


def show_checklist(terminal: Terminal, checklist: Checklist, departments: list[Department], *, items: bool) -> None:
    """Write a checklist's levels and, where asked for, its items."""
    head = Text("{title}  {id} {version}", "{title}  {id} {version}")
    terminal.line(head.format(title=checklist.title, id=checklist.id, version=checklist.version), style="bold")
    terminal.line(
        Text("满分 {total}，及格 {needed}，{items} 项", "{total} points, {needed} to pass, {items} items").format(
            total=points(checklist.total),
            needed=points(pass_points(checklist.pass_rate, checklist.total)),
            items=len(checklist.items),
        )
    )
    terminal.line("")
    if items:
        for department in departments:
            _show_items(terminal, checklist, department)
        return
    rows: list[Row] = []
    for department in departments:
        count = sum(len(section.items) for section in department.sections)
        needed = points(department.pass_points)
        cells: list[Shown] = [department.id, department.name, count, points(department.points), needed]
        rows.append([Cell(cell, "bold") for cell in cells])
        for section in department.sections:
            needed = points(pass_points(section.pass_rate, section.points))
            name = Cell(section.name, indent=1)
            rows.append([Cell(section.id, indent=1), name, len(section.items), points(section.points), needed])
    terminal.table(_LEVELS, rows)
    terminal.say(_MORE.format(id=checklist.id, department=checklist.departments[0].id))


def answer_form(checklist: Checklist, item: Item) -> Text:
    """Return how an item's answer is typed."""
    rule = item.rule
    match rule.kind:
        case "yes_no":
            return Text("y / n（是 / 否）", "y / n")
        case "levels":
            return same(f"0–{rule.top}")
        case "sample":
            size = checklist.sample_size(item)
            if isinstance(size, int):
                return Text("符合/检查，抽 {size}", "conforming/checked, {size} drawn").format(size=size)
            return Text("符合/检查，全部", "conforming/checked, all")
        case "measure":
            form = Text("实际/计划（{unit}）", "actual/plan ({unit})") if rule.of_plan else Text("{unit}", "{unit}")
            return form.format(unit=rule.unit)
        case "deduct":
            return joined([Text("{zh} {id}=", "{id}=").format(zh=f.name.zh, id=f.id) for f in rule.faults])


def _show_items(terminal: Terminal, checklist: Checklist, department: Department) -> None:
    for section in department.sections:
        rows: list[Row] = []
        for item in section.items:
            mark = "!" if item.critical is not None else ""
            rows.append([item.id + mark, item.statement, points(item.points), answer_form(checklist, item)])
        needed = points(pass_points(section.pass_rate, section.points))
        title = Text(
            "{department} / {section}：{full} 分，及格 {needed}",
            "{department} / {section}: {full} points, {needed} to pass",
        )
        terminal.table(
            _ITEMS,
            rows,
            title.format(department=department.name, section=section.name, full=points(section.points), needed=needed),
        )
    if any(item.critical is not None for item in department.items):
        terminal.line(Text("! 关键项", "! critical item"))

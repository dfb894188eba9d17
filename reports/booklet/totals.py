"""The table of points: departments and sections, and what is left to add up by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from checklists.points import ZERO, pass_points, printed
from checklists.text import Text, same
from reports.booklet import words
from reports.booklet.critical_words import critical_level
from reports.booklet.model import Chapter, Column, Line, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checklists.model import Checklist, Critical, Department, Section

_COLUMNS = (
    Column(Text("部门 / 项目", "Department / section"), 6),
    Column(Text("项数", "Items"), 2),
    Column(Text("满分", "Points"), 2),
    Column(Text("及格分", "To pass"), 2),
    Column(Text("剩余分值", "Remaining"), 2),
    Column(Text("得分", "Earned"), 2),
    Column(Text("计入得分", "Counted"), 2),
)
_NOTE = Text(
    "每个检查项的得分写在编号后，加总填入“得分”。没有剔除的，“剩余分值”等于满分，“计入得分”等于得分。",
    "Write each item's points behind its id and add them up under “Earned”. Where nothing left, “Remaining” equals the "
    "points and “Counted” what was earned.",
)
_SECTION = Text("{id} {name}", "{id} {name}")
_CRITICAL = Text("{name}。{critical}", "{name}. {critical}")
_ITEM = Text("{id} ______ /{points}", "{id} ______ /{points}")
_ACROSS = 6
"""Items beside one another; a divisor of the width of the page."""
_TOTAL, _PART = Text("总计", "Total"), Text("本册合计", "Total of this booklet")
_BONUS = Text("加分", "Bonus")


def points_chapter(checklist: Checklist, departments: Sequence[Department]) -> Chapter:
    """Return the table of departments and sections."""
    lines = [line for department in departments for line in _department(department)]
    lines.append(_total(checklist, departments))
    if checklist.bonus:
        most = checklist.bonus_cap or sum((b.points for b in checklist.bonus), ZERO)
        lines.append(Line((_BONUS, len(checklist.bonus), most, None, None, None, None)))
    return Chapter(
        "points", words.POINTS_TABLE, words.POINTS_TABLE, (_NOTE,), (Table(_COLUMNS, tuple(lines), open=True),)
    )


def _department(department: Department) -> Iterator[Line]:
    count = sum(len(section.items) for section in department.sections)
    name = _named(department.name, department.critical)
    yield Line((name, count, department.points, department.pass_points, None, None, None), strong=True)
    for section in department.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Line]:
    name = _named(_SECTION.format(id=section.id, name=section.name), section.critical)
    needed = pass_points(section.pass_rate, section.points)
    yield Line((name, len(section.items), section.points, needed, None, None, None))
    for start in range(0, len(section.items), _ACROSS):
        items = section.items[start : start + _ACROSS]
        cells = [_ITEM.format(id=item.id, points=printed(item.points)) for item in items]
        yield Line((*cells, *[same("")] * (_ACROSS - len(cells))), even=True)


def _total(checklist: Checklist, departments: Sequence[Department]) -> Line:
    count = sum(len(section.items) for department in departments for section in department.sections)
    if len(departments) < len(checklist.departments):
        points = sum((department.points for department in departments), Decimal(0))
        return Line((_PART, count, points, same("–"), None, None, None), strong=True)
    needed = pass_points(checklist.pass_rate, checklist.total)
    return Line((_TOTAL, count, checklist.total, needed, None, None, None), strong=True)


def _named(name: Text, critical: Critical | None) -> Text:
    when = critical_level(critical)
    return name if when is None else _CRITICAL.format(name=name, critical=when)

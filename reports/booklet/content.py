"""The booklet of a checklist: everything it says, once, for the workbook, Markdown and HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from checklists.points import ZERO, pass_points, printed
from checklists.text import Text, joined
from reports.booklet import words
from reports.booklet.appendix import directions_chapter, interviews_chapter, kpis_chapter, sets_chapter
from reports.booklet.how_to import how_to
from reports.booklet.item_card import bonus_card, item_card
from reports.booklet.model import Booklet, Chapter, Group, Row
from reports.booklet.totals import points_chapter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklists.model import Checklist, Department, Item

Order = Literal["department", "place", "method"]
ORDERS: tuple[Order, ...] = get_args(Order)
"""By what the items are put together."""

_SUBTITLE = Text("评分手册", "Scoring booklet")
_ASSESSES, _VERSION = Text("评估内容", "What is assessed"), Text("版本", "Version")
_POINTS, _ITEMS, _SCOPE = Text("分值", "Points"), Text("检查项", "Items"), Text("部门", "Departments")
_EDITION = Text("{id} {version}", "{id} {version}")
_OF = Text("满分 {total} 分，{needed} 分合格", "{total} points, {needed} to pass")
_PART_OF = Text("{points} 分（全表 {total} 分）", "{points} of the checklist's {total} points")
_COUNT = Text("{count} 项", "{count}")
_BY = {
    "department": Text("按部门和项目排列", "by department and section"),
    "place": Text("按地点排列", "by place"),
    "method": Text("按方式排列", "by method"),
}
_ORDER = Text("排列", "Order")
_BLANKS = (
    Text("经销商", "Dealership"),
    Text("评估日期", "Date"),
    Text("评估员", "Auditors"),
    Text("经销商代表", "For the dealership"),
    Text("总得分", "Points earned"),
    Text("结论", "Verdict"),
    Text("签字", "Signatures"),
)
_DEPARTMENT = Text("{name}：{points} 分，{needed} 分合格", "{name}: {points} points, {needed} to pass")
_SECTION = Text("{id} {name}：{points} 分，{needed} 分合格", "{id} {name}: {points} points, {needed} to pass")
_PLACE = Text("地点：{name}", "Place: {name}")
_METHOD = Text("方式：{name}", "Method: {name}")
_PLAIN = Text("{name}（{count} 项）", "{name} (items: {count})")
_BONUS = Text("加分项", "Bonus items")


def booklet_of(checklist: Checklist, departments: Sequence[Department], order: Order = "department") -> Booklet:
    """Put the booklet together.

    Args:
        checklist: the checklist.
        departments: those it is for; records, guides, KPIs and directions of others are left out.
        order: by what the items are put together; the table of points stays by department.
    """
    chosen = list(departments)
    items = [item for department in chosen for item in department.items]
    chapters = [
        Chapter("how-to", words.HOW_TO, words.HOW_TO, body=how_to(checklist, chosen)),
        points_chapter(checklist, chosen),
        *_item_chapters(checklist, chosen, order),
        _bonus_chapter(checklist),
        sets_chapter(checklist, items),
        interviews_chapter(checklist, items),
        kpis_chapter(checklist, chosen, items),
        directions_chapter(checklist, chosen, items),
    ]
    return Booklet(
        id=checklist.id,
        version=checklist.version,
        title=checklist.title,
        subtitle=_SUBTITLE,
        facts=tuple(_facts(checklist, chosen, items, order)),
        blanks=_BLANKS,
        chapters=tuple(chapter for chapter in chapters if chapter is not None),
    )


def _facts(checklist: Checklist, departments: list[Department], items: list[Item], order: Order) -> list[Row]:
    total = printed(checklist.total)
    if len(departments) < len(checklist.departments):
        points = sum((department.points for department in departments), ZERO)
        worth = _PART_OF.format(points=printed(points), total=total)
    else:
        needed = pass_points(checklist.pass_rate, checklist.total)
        worth = _OF.format(total=total, needed=printed(needed))
    return [
        Row(_ASSESSES, (checklist.assesses,)),
        Row(_VERSION, (_EDITION.format(id=checklist.id, version=checklist.version),)),
        Row(_SCOPE, (joined([department.name for department in departments]),)),
        Row(_POINTS, (worth,)),
        Row(_ITEMS, (_COUNT.format(count=len(items)),)),
        Row(_ORDER, (_BY[order],)),
    ]


def _item_chapters(checklist: Checklist, departments: list[Department], order: Order) -> list[Chapter]:
    if order == "department":
        return [_department_chapter(checklist, department) for department in departments]
    outer, title = (checklist.places, _PLACE) if order == "place" else (checklist.methods, _METHOD)
    items = [item for department in departments for item in department.items]
    found = []
    for key, named in outer.items():
        here = [item for item in items if getattr(item, order) == key]
        if not here:
            continue
        name = _PLAIN.format(name=title.format(name=named.name), count=len(here))
        groups = _by_department(checklist, here) if order == "place" else _by_place(checklist, here)
        found.append(Chapter(f"{order}-{key}", named.name, name, groups=tuple(groups)))
    return found


def _department_chapter(checklist: Checklist, department: Department) -> Chapter:
    points = {"points": printed(department.points), "needed": printed(department.pass_points)}
    groups = [
        Group(
            _SECTION.format(
                id=section.id,
                name=section.name,
                points=printed(section.points),
                needed=printed(pass_points(section.pass_rate, section.points)),
            ),
            tuple(item_card(checklist, item) for item in section.items),
        )
        for section in department.sections
    ]
    title = _DEPARTMENT.format(name=department.name, **points)
    return Chapter(f"department-{department.id}", department.name, title, groups=tuple(groups))


def _by_department(checklist: Checklist, items: list[Item]) -> list[Group]:
    return [
        _group(checklist, department.name, [i for i in items if checklist.place_of[i.id][0] is department])
        for department in checklist.departments
        if any(checklist.place_of[i.id][0] is department for i in items)
    ]


def _by_place(checklist: Checklist, items: list[Item]) -> list[Group]:
    return [
        _group(checklist, place.name, [i for i in items if i.place == key])
        for key, place in checklist.places.items()
        if any(i.place == key for i in items)
    ]


def _group(checklist: Checklist, name: Text, items: list[Item]) -> Group:
    title = _PLAIN.format(name=name, count=len(items))
    return Group(title, tuple(item_card(checklist, item) for item in items))


def _bonus_chapter(checklist: Checklist) -> Chapter | None:
    if not checklist.bonus:
        return None
    cards = tuple(bonus_card(bonus) for bonus in checklist.bonus)
    return Chapter("bonus", _BONUS, _BONUS, groups=(Group(None, cards),))

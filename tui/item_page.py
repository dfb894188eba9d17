"""One item of a checklist, whole: what it asks, how it is scored, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.hints import hint_at
from checklists.text import Text, UserError, joined, same
from reports.booklet.critical_words import critical_item
from reports.booklet.rule_words import scoring_words
from reports.booklet.words import TAGS
from tui.checklist_tables import answer_form
from tui.console import Column
from tui.item_shape import anchor_points, attainable_points, limit_lines
from tui.words import EARNED, points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checklists.model import Checklist, Direction, Item, Kpi, Named, SampleSet
    from tui.console import Row, Terminal


class NoSuchItem(UserError):
    """The checklist has no item with this id."""


_UNKNOWN = Text("评估表中没有检查项“{item}”{hint}", 'The checklist has no item "{item}"{hint}')
_HEAD = Text("{id}  {department} / {section}", "{id}  {department} / {section}")
_WHAT, _SAID = Text("内容", "what"), Text("说明", "text")
_LEVEL, _ANCHOR = Text("等级", "level"), Text("看到什么", "what is found")
_CONFORMING = (Text("不符合", "not conforming"), Text("符合", "conforming"))
_POINTS = Text("{full}（辅导可达 {attainable}）", "{full} (coaching brings it to {attainable})")
_NAMED = Text("{id} {name}", "{id} {name}")
_SET = Text("{name}，{size} 份，{period}", "{name}, {size}, {period}")


def chosen_item(checklist: Checklist, typed: str) -> Item:
    """Return the item with that id, a former one or one in other letters.

    Raises:
        NoSuchItem: with those that look alike.
    """
    wanted = typed.strip().casefold()
    known = {own_id.casefold(): item for own_id, item in checklist.items.items()}
    former = {old.casefold(): checklist.items[new] for old, new in checklist.former.items()}
    found = known.get(wanted) or former.get(wanted)
    if found is None:
        raise NoSuchItem(_UNKNOWN.format(item=typed, hint=hint_at(typed, checklist.items)))
    return found


def show_item(out: Terminal, checklist: Checklist, item: Item) -> None:
    """Write an item with all it says; what it does not say is left out."""
    department, section = checklist.place_of[item.id]
    out.line(_HEAD.format(id=item.id, department=department.name, section=section.name), style="bold")
    out.line(item.statement)
    out.line("")
    if item.anchors:
        columns = [Column(_LEVEL, whole=True), Column(EARNED, right=True, whole=True), Column(_ANCHOR)]
        out.table(columns, _anchor_rows(item))
    rows: list[Row] = [[name, said] for name, said in _facts(checklist, item) if said.of(out.lang)]
    out.table([Column(_WHAT, whole=True), Column(_SAID)], rows)


def _anchor_rows(item: Item) -> list[Row]:
    levels = _CONFORMING if item.rule.kind != "levels" else [same(str(n)) for n in range(len(item.anchors))]
    return [
        [level, points(worth), anchor]
        for level, worth, anchor in zip(levels, anchor_points(item), item.anchors, strict=True)
    ]


def _facts(checklist: Checklist, item: Item) -> list[tuple[Text, Text]]:
    nothing = same("")
    worth = _POINTS.format(full=points(item.points), attainable=points(attainable_points(checklist, item)))
    numbered = [
        Text("{number} {cause}", "{number} {cause}").format(number=n, cause=cause)
        for n, cause in enumerate(item.causes, start=1)
    ]
    return [
        (Text("佐证", "evidence"), item.evidence),
        (Text("分值", "points"), worth),
        (Text("填写方式", "answer"), answer_form(checklist, item)),
        (Text("计分", "scoring"), scoring_words(checklist, item)),
        (Text("界限与扣分", "limits and faults"), _lines(limit_lines(item))),
        (Text("关键项", "critical"), critical_item(item) or nothing),
        (Text("弱项", "weak item"), item.weak),
        (Text("无法提供时", "no data"), item.no_data or nothing),
        (Text("常见原因", "usual causes"), _lines(numbered)),
        (Text("可不适用", "may not apply"), item.not_applicable or nothing),
        (Text("第一步", "first step"), item.first_step or _first_step(checklist, item)),
        (Text("责任岗位", "owner"), _name(checklist.roles, item.owner)),
        (Text("方法", "method"), _name(checklist.methods, item.method)),
        (Text("地点", "place"), _name(checklist.places, item.place)),
        (Text("抽样组", "sample set"), _set(checklist, item)),
        (Text("辅导方向", "direction"), _with_id(checklist.directions, item.direction)),
        (Text("指标", "KPI"), _with_id(checklist.kpis, item.kpi)),
        (Text("标签", "tags"), joined([TAGS[tag] for tag in item.tags])),
        (Text("前提", "requires"), same(", ".join(item.requires))),
        (Text("旧编号", "former ids"), same(", ".join(item.former_ids))),
    ]


def _lines(lines: list[Text]) -> Text:
    return joined(lines, zh="\n", en="\n")


def _first_step(checklist: Checklist, item: Item) -> Text:
    """Return the direction's first step, which stands where an item has none of its own."""
    direction = checklist.directions.get(item.direction)
    return same("") if direction is None else direction.first_step


def _name(known: Mapping[str, Named], own_id: str) -> Text:
    return known[own_id].name if own_id in known else same(own_id)


def _with_id(known: Mapping[str, Direction] | Mapping[str, Kpi], own_id: str | None) -> Text:
    if own_id is None or own_id not in known:
        return same(own_id or "")
    return _NAMED.format(id=own_id, name=known[own_id].name)


def _set(checklist: Checklist, item: Item) -> Text:
    drawn: SampleSet | None = checklist.sample_sets.get(item.set or "")
    return same("") if drawn is None else _SET.format(name=drawn.name, size=drawn.size, period=drawn.period)

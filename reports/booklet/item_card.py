"""One item as a card: what to look at, what each answer gives, boxes for every state and cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.answers import CAUSES, FACILITIES, STATE_NAMES
from audit.records import NO, OK
from audit.state import ItemState
from checklists.points import printed
from checklists.rules import Deduct, Levels, Measure, Sample, YesNo
from checklists.text import Text, joined, same
from reports.booklet import words
from reports.booklet.critical_words import CRITICAL, critical_item
from reports.booklet.model import Card, Column, Line, Row, Table
from reports.booklet.rule_words import band_points, fault_words, ladder, level_points, scoring_words, share_words
from reports.sheets.records import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checklists.model import BonusItem, Checklist, Item
    from checklists.rules import Fault

BOX = "□"
"""In every font that has Chinese, unlike the ballot box."""
LINE = "________"
MOST_BOXES = 100
"""Samples of more records are only counted."""

_CHOICES = (
    Column(same(""), 1),
    Column(Text("回答", "Answer"), 3),
    Column(Text("占比", "Share"), 2),
    Column(Text("现场情况", "What is found"), 10),
    Column(Text("得分", "Points"), 2),
)
_FAULTS = (
    Column(Text("缺陷", "Fault"), 7),
    Column(Text("每处扣分", "Points each"), 3),
    Column(Text("处数", "Count"), 3),
    Column(Text("地点", "Place"), 5),
)
_MERIT_COLUMNS = (
    Column(Text("加分内容", "Merit"), 7),
    Column(Text("每次得分", "Points each"), 4),
    Column(Text("次数", "Count"), 2),
    Column(Text("依据", "Proof"), 5),
)
_MERITS = Text("每次按下表加分，本项最多 {points} 分。", "Each adds what the table says, {points} points at most.")
_LEVEL, _YES, _NO = Text("等级 {level}", "Level {level}"), Text("是", "Yes"), Text("否", "No")
_SIGN = Text("{sign} {word}", "{sign} {word}")
_CONFORMS, _FAILS = Text("符合", "conforms"), Text("不符合", "fails")
_NUMBERED = Text("{number}\u00a0{box}", "{number}\u00a0{box}")
_BLANK = Text("{name}\u00a0{line}", "{name}\u00a0{line}")
_CONFORMING, _CHECKED = Text("符合数", "conforming"), Text("检查数", "checked")
_ACTUAL, _PLAN = Text("实际", "actual"), Text("计划", "plan")
_VALUE = Text("数值 {line} {unit}", "value {line} {unit}")
_SHARE_VALUE = Text("占计划 {line}%", "share of plan {line}%")
_OBSERVATION = Text("第 {number} 次", "no. {number}")
_TICK = Text("{box}\u00a0{name}", "{box}\u00a0{name}")
_NOTED = Text("{box}\u00a0{name}：{note}", "{box}\u00a0{name}: {note}")
_ALWAYS = Text("始终适用，不得记“不适用”", "always applies")
_RUNG = Text("{name}：{points}", "{name}:\u00a0{points}")
_FACT = Text("{name}：{value}", "{name}: {value}")
_NAMED = Text("{id} {name}", "{id} {name}")


def item_card(checklist: Checklist, item: Item) -> Card:
    """Return the card of an item."""
    critical = critical_item(item)
    body: list[Row | Table] = [Row(words.LOOK_AT, (item.evidence,))]
    if critical is not None:
        body.append(Row(CRITICAL, (critical,)))
    body.append(Row(words.SCORING, (scoring_words(checklist, item),)))
    body += _anchors(item)
    body += _to_fill_in(checklist, item)
    body.append(Row(words.STATES, tuple(_states(item))))
    if item.causes:
        body.append(Row(words.CAUSES, tuple(_causes(item))))
    return Card(
        id=item.id,
        title=item.statement,
        points=item.points,
        mark=None if critical is None else CRITICAL,
        facts=tuple(_facts(checklist, item)),
        body=tuple(body),
        lines=1,
    )


def bonus_card(bonus: BonusItem) -> Card:
    """Return the card of a bonus item."""
    scoring = _MERITS.format(points=printed(bonus.points))
    table = Table(_MERIT_COLUMNS, tuple(_fault_lines(bonus.rule.merits)), open=True)
    return Card(bonus.id, bonus.statement, bonus.points, body=(Row(words.SCORING, (scoring,)), table), lines=1)


def _facts(checklist: Checklist, item: Item) -> Iterator[Text]:
    department, section = checklist.place_of[item.id]
    yield Text("{department} / {section}", "{department} / {section}").format(
        department=department.name, section=section.name
    )
    named = [
        (words.OWNER, checklist.roles[item.owner].name),
        (words.METHOD, checklist.methods[item.method].name),
        (words.PLACE, checklist.places[item.place].name),
    ]
    if item.set is not None:
        named.append((words.SET, _NAMED.format(id=item.set, name=checklist.sample_sets[item.set].name)))
    if item.kpi is not None:
        # An item may name a KPI before the catalogue has it.
        kpi = checklist.kpis.get(item.kpi)
        named.append((words.KPI, same(item.kpi) if kpi is None else _NAMED.format(id=item.kpi, name=kpi.name)))
    named.append((words.DIRECTION, same(item.direction)))
    if item.tags:
        named.append((words.TAGGED, joined([words.TAGS[tag] for tag in item.tags])))
    for name, value in named:
        yield _FACT.format(name=name, value=value)


def _anchors(item: Item) -> list[Row | Table]:
    """Return what each answer means and gives."""
    rule = item.rule
    if isinstance(rule, Levels):
        return [_choices(item, [_LEVEL.format(level=level) for level in range(rule.top + 1)])]
    if isinstance(rule, YesNo):
        return [_choices(item, [_NO, _YES])]
    if isinstance(rule, Measure):
        lines = [Line((same(BOX), band, same(""), same(""), points)) for band, points in band_points(item)]
        return [Table(_CHOICES, tuple(lines))] if lines else []
    if isinstance(rule, Deduct):
        return [Table(_FAULTS, tuple(_fault_lines(rule.faults)), open=True)]
    labels = (
        _SIGN.format(sign=SIGNS[NO], word=_FAILS),
        _SIGN.format(sign=SIGNS[OK], word=_CONFORMS),
    )
    return [Row(label, (anchor,)) for label, anchor in zip(labels, item.anchors, strict=False)]


def _fault_lines(faults: Iterable[Fault]) -> Iterator[Line]:
    for fault in faults:
        yield Line((fault.name, fault.points if fault.points is not None else fault_words(fault), None, None))


def _choices(item: Item, answers: list[Text]) -> Table:
    anchors = item.anchors or [same("")] * len(answers)
    rows = zip(answers, item.anchor_shares, anchors, level_points(item), strict=True)
    return Table(
        _CHOICES,
        tuple(Line((same(BOX), answer, share_words(share), text, points)) for answer, share, text, points in rows),
    )


def _to_fill_in(checklist: Checklist, item: Item) -> list[Row | Table]:
    """Return the boxes and lines that the answer is written in, and what it gives."""
    rule, found = item.rule, list[Row | Table]()
    size = checklist.sample_size(item)
    if isinstance(rule, Sample):
        boxes: tuple[Text, ...] = ()
        if item.set is None and isinstance(size, int) and size <= MOST_BOXES:
            boxes = tuple(_numbered(size))
        found.append(Row(words.ANSWER, (*boxes, _blank(_CONFORMING), _blank(_CHECKED))))
    elif isinstance(rule, Levels) and (item.set is not None or rule.observations > 1):
        count = size if isinstance(size, int) else rule.observations
        found.append(Row(words.ANSWER, tuple(_blank(_OBSERVATION.format(number=n + 1)) for n in range(count))))
    elif isinstance(rule, Measure) and rule.of_plan:
        parts = (_blank(_ACTUAL), _blank(_PLAN), _SHARE_VALUE.format(line=LINE))
        found.append(Row(words.ANSWER, parts))
    elif isinstance(rule, Measure):
        found.append(Row(words.ANSWER, (_VALUE.format(line=LINE, unit=rule.unit),)))
    rungs = [_RUNG.format(name=name, points=printed(points)) for name, points in ladder(checklist, item)]
    if rungs:
        by = words.BY_COUNT.format(size=size) if isinstance(rule, Sample) else words.BY_VALUE
        found.insert(len(found) - 1, Row(by, tuple(rungs)))
    return found


def _numbered(size: int) -> Iterator[Text]:
    return (_NUMBERED.format(number=number, box=BOX) for number in range(1, size + 1))


def _blank(name: Text) -> Text:
    return _BLANK.format(name=name, line=LINE)


def _states(item: Item) -> Iterator[Text]:
    """Return a box for each way in which an item is not answered."""
    why = item.not_applicable
    if why is None and item.requires:
        why = joined([FACILITIES[facility] for facility in item.requires], "；", "; ")
    name = STATE_NAMES[ItemState.NOT_APPLICABLE]
    if why is None:
        yield _FACT.format(name=name, value=_ALWAYS)
    else:
        yield _NOTED.format(box=BOX, name=name, note=why)
    yield _TICK.format(box=BOX, name=STATE_NAMES[ItemState.NO_CASE])
    causes = joined([_TICK.format(box=BOX, name=cause) for cause in CAUSES.values()], "  ", "  ")
    yield _FACT.format(name=STATE_NAMES[ItemState.NO_DATA], value=causes)
    yield _TICK.format(box=BOX, name=STATE_NAMES[ItemState.NOT_ASSESSED])


def _causes(item: Item) -> Iterator[Text]:
    for number, cause in enumerate(item.causes, start=1):
        yield Text("{box}\u00a0{number}\u00a0{cause}", "{box}\u00a0{number}\u00a0{cause}").format(
            box=BOX, number=number, cause=cause
        )

"""What stands behind the items: record sheets, interview guides, KPIs and coaching directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.points import plain
from checklists.text import Text, joined, same
from reports.booklet import words
from reports.booklet.model import NOTE, PAGE, Card, Chapter, Column, Group, Line, Row, Table
from reports.sheets.records import RECORD, REMARKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from checklists.model import Checklist, Department, Direction, Item, Kpi, KpiLevel, Question, SampleSet, Step

_ACROSS = 10
"""Items that one record sheet has room for; more go on another."""
_RECORD_WIDTH = 4
_ANSWER_LINES = 3
LONGEST_SHEET = 60
"""Larger samples get a sheet of so many lines, to be copied."""

_SETS_NOTE = Text(
    "从清单中抽取记录，抽到的单号写在左列；每条记录对每个检查项填 √ 符合、× 不符合、– 不适用，按等级评的填等级。"
    "拿不出来的记录全部填 ×。每个 × 在备注写明原因。最后一行写 √ 的个数 /（√ + ×）的个数，填回检查项。",
    "Draw the records from the list and write their numbers on the left; for each item mark √ conforms, × does not, "
    "– does not "
    "apply, or the level where it is scored by levels. A record that cannot be produced gets × throughout. Note the "
    "reason for "
    "every ×. The last line takes number of √ / number of √ and ×, and goes back to the item.",
)
_PERIOD, _DRAWN, _SIZE = Text("期间", "Period"), Text("抽样清单", "Drawn from"), Text("抽取数量", "Drawn")
_RECORDS = Text("{size} 条", "{size}")
_WHAT = (Column(Text("检查项", "Item"), 2), Column(Text("应达到的标准", "How it should be"), 8))
_CONFORMS = Column(Text("√ 符合", "√ conforms"), 8)
_SUM = Text("√ / 已查", "√ / checked")
_COPY = Text("本表 {lines} 行，请按需复印。", "This sheet has {lines} lines; copy it as needed.")

_GUIDES_NOTE = Text(
    "“必问”的问题都要问；答案写要点，发现另行记录并注明检查项编号。",
    "Ask every question marked “must”; write down the gist, and note findings with the item they belong to.",
)
_MUST, _SAID = Text("必问", "Must"), Text("回答", "Answer")
_GOOD, _SUPPORTS = Text("好的回答包含", "A good answer"), Text("支持检查项", "Items")

_KPIS_NOTE = Text(
    "共 {kpis} 项指标、{points} 个数据。先收经销商的数据，再从系统抽查核对。",
    "KPIs: {kpis}, figures: {points}. Collect the dealership's figures, then check some of them in its system.",
)
_FORMULA, _LEVELS = Text("计算", "Formula"), Text("单位和标准", "Unit, levels")
_PASS_AT, _TARGET_AT = Text("合格 {level}", "pass {level}"), Text("目标 {level}", "target {level}")
_WATCHED = Text("只观察，不设标准", "only watched")
_AT_LEAST, _AT_MOST = Text("≥ {value}", "≥ {value}"), Text("≤ {value}", "≤ {value}")
_OF = {
    "value": Text("{value}", "{value}"),
    "plan": Text("计划的 {value}%", "{value}% of plan"),
    "last_year": Text("去年的 {value}%", "{value}% of last year"),
}
_SERIES = (
    Column(Text("数据", "Figures"), 7),
    Column(Text("单位", "Unit"), 3),
    Column(Text("月数", "Months"), 2),
    Column(Text("数值", "Figure"), 6),
)
_VALUE, _HAS = Text("取用值", "Value"), Text("{line} {unit}    数据来源 ________", "{line} {unit}    source ________")

_CURES, _FIRST, _EFFECT = Text("解决的问题", "Cures"), Text("第一步", "First step"), Text("预期效果", "Effect")
_TRAINING, _PROOF = Text("培训内容", "Training"), Text("完成的证明", "Proof")
_MOVES, _SUITS = Text("必须改善的KPI", "KPIs that must move"), Text("适用", "Suits")
_EFFORT, _DAYS = Text("辅导投入", "Effort"), Text("{days} 天", "{days} days")
_MOVE = Text("{id} {name} {by}", "{id} {name} {by}")
_POINTS = Text("{by} 个百分点", "{by} percentage points")
_BY_UNIT = Text("{by} {unit}", "{by} {unit}")
_STEPS = (
    Column(Text("步骤", "Step"), 11),
    Column(Text("负责岗位", "Role"), 4),
    Column(Text("天数", "Days"), 3),
)
_NAMED = Text("{id} {name}", "{id} {name}")


def sets_chapter(checklist: Checklist, items: Sequence[Item]) -> Chapter | None:
    """Return the sample sets that the items name, each with its record sheet."""
    used = {key: [item for item in items if item.set == key] for key in checklist.sample_sets}
    cards = [_set(checklist.sample_sets[key], key, of_set) for key, of_set in used.items() if of_set]
    return (
        Chapter("record-sheets", words.SETS, words.SETS, (_SETS_NOTE,), groups=(Group(None, tuple(cards)),))
        if cards
        else None
    )


def interviews_chapter(checklist: Checklist, items: Sequence[Item]) -> Chapter | None:
    """Return the questions that support the items, by role."""
    known = {item.id for item in items}
    groups = []
    for role, guide in checklist.guides.items():
        cards = tuple(_question(question) for question in guide if known.intersection(question.items))
        if cards:
            groups.append(Group(checklist.roles[role].name, cards))
    return (
        Chapter("interviews", words.INTERVIEWS, words.INTERVIEWS, (_GUIDES_NOTE,), groups=tuple(groups))
        if groups
        else None
    )


def kpis_chapter(checklist: Checklist, departments: Sequence[Department], items: Sequence[Item]) -> Chapter | None:
    """Return the KPIs of the departments and those the items are bound to."""
    kpis = _kpis(checklist, departments, items)
    groups = []
    for key, category in checklist.kpi_categories.items():
        cards = tuple(_kpi(kpi_id, kpi) for kpi_id, kpi in kpis.items() if kpi.category == key)
        if cards:
            groups.append(Group(category.name, cards))
    note = _KPIS_NOTE.format(kpis=len(kpis), points=sum(kpi.points_wanted for kpi in kpis.values()))
    return Chapter("kpis", words.KPIS, words.KPIS, (note,), groups=tuple(groups)) if groups else None


def directions_chapter(
    checklist: Checklist, departments: Sequence[Department], items: Sequence[Item]
) -> Chapter | None:
    """Return the coaching directions, of some departments those that their items and KPIs lead to."""
    led_to = {item.direction for item in items}
    led_to |= {kpi.direction for kpi in _kpis(checklist, departments, items).values()}
    if len(departments) == len(checklist.departments):
        led_to = set(checklist.directions)
    cards = tuple(_direction(checklist, key, d) for key, d in checklist.directions.items() if key in led_to)
    return Chapter("directions", words.DIRECTIONS, words.DIRECTIONS, groups=(Group(None, cards),)) if cards else None


def _kpis(checklist: Checklist, departments: Sequence[Department], items: Sequence[Item]) -> dict[str, Kpi]:
    covered, bound = {department.id for department in departments}, {item.kpi for item in items}
    return {key: kpi for key, kpi in checklist.kpis.items() if kpi.department in covered or key in bound}


def _set(sample: SampleSet, key: str, items: list[Item]) -> Card:
    count = min(sample.size, LONGEST_SHEET)
    body: list[Row | Table] = [
        Row(_PERIOD, (sample.period,)),
        Row(_DRAWN, (sample.drawn,)),
        Row(_SIZE, (_RECORDS.format(size=sample.size),)),
        _criteria(items),
    ]
    if count < sample.size:
        body.append(Row(NOTE, (_COPY.format(lines=count),)))
    body += [_sheet(items[start : start + _ACROSS], count) for start in range(0, len(items), _ACROSS)]
    return Card(id=key, title=sample.name, body=tuple(body))


def _criteria(items: list[Item]) -> Table:
    """Return what conforms, so that the records can be read without turning back to the items."""
    lines = [Line((same(i.id), i.statement, i.anchors[-1] if i.anchors else i.evidence)) for i in items]
    return Table((*_WHAT, _CONFORMS), tuple(lines))


def _sheet(items: list[Item], count: int) -> Table:
    remarks = PAGE - _RECORD_WIDTH - len(items)
    columns = (Column(RECORD, _RECORD_WIDTH), *(Column(same(i.id), 1) for i in items), Column(REMARKS, remarks))
    empty = [None] * len(items)
    lines = [Line((same(f"{number}."), *empty, None)) for number in range(1, count + 1)]
    return Table(columns, (*lines, Line((_SUM, *empty, None), strong=True)), open=True)


def _question(question: Question) -> Card:
    body = [Row(_GOOD, (question.good,)), Row(_SUPPORTS, (joined([same(name) for name in question.items]),))]
    if question.kpis:
        body.append(Row(words.KPI, (joined([same(name) for name in question.kpis]),)))
    mark = _MUST if question.must else None
    return Card(id=question.id, title=question.ask, mark=mark, body=tuple(body), lines=_ANSWER_LINES, line_label=_SAID)


def _kpi(key: str, kpi: Kpi) -> Card:
    lines = [Line((s.name, kpi.unit_of(name), s.months, None)) for name, s in kpi.series.items()]
    body = (
        Row(_FORMULA, (kpi.formula,)),
        Row(_LEVELS, (kpi.unit, *_levels(kpi))),
        Table(_SERIES, tuple(lines), open=True),
        Row(_VALUE, (_HAS.format(line="________", unit=kpi.unit),)),
    )
    return Card(id=key, title=kpi.name, body=body)


def _levels(kpi: Kpi) -> Iterator[Text]:
    if not kpi.levels:
        yield _WATCHED
    for level, words_of in ((kpi.pass_level, _PASS_AT), (kpi.target, _TARGET_AT)):
        if level is not None:
            yield words_of.format(level=_limit(kpi, level))


def _limit(kpi: Kpi, level: KpiLevel) -> Text:
    value = _OF[level.of].format(value=plain(level.value))
    return (_AT_MOST if kpi.better == "lower" else _AT_LEAST).format(value=value)


def _direction(checklist: Checklist, key: str, direction: Direction) -> Card:
    body: list[Row | Table] = [Row(_CURES, (direction.cures,)), Row(_FIRST, (direction.first_step,))]
    if direction.steps:
        body.append(Table(_STEPS, tuple(_step(checklist, n, step) for n, step in enumerate(direction.steps, start=1))))
    for label, text in ((_TRAINING, direction.training), (_PROOF, direction.proof)):
        if text is not None:
            body.append(Row(label, (text,)))
    if direction.moves:
        body.append(Row(_MOVES, tuple(_move(checklist.kpis[move.kpi], move.kpi, move.by) for move in direction.moves)))
    body.append(Row(_EFFECT, (direction.effect,)))
    if direction.effort_days is not None:
        body.append(Row(_EFFORT, (_DAYS.format(days=plain(direction.effort_days)),)))
    if direction.suits is not None:
        body.append(Row(_SUITS, (direction.suits,)))
    return Card(id=key, title=direction.name, body=tuple(body))


def _step(checklist: Checklist, number: int, step: Step) -> Line:
    do = Text("{number}. {do}", "{number}. {do}").format(number=number, do=step.do)
    return Line((do, checklist.roles[step.role].name, step.days))


def _move(kpi: Kpi, key: str, by: Decimal) -> Text:
    signed = f"+{plain(by)}" if by > 0 else plain(by).replace("-", "−")
    change = _POINTS if kpi.unit.en == "%" else _BY_UNIT
    return _MOVE.format(id=key, name=kpi.name, by=change.format(by=signed, unit=kpi.unit))

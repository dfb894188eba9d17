"""The evaluation in the seed's form, every item, and the weak items."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.answers import reason_text
from audit.findings import KIND_NAMES, WEAK_RULE
from audit.severity import SEVERITY_NAMES, SEVERITY_RULE, Severity, severity
from audit.state import ItemState
from checklists.points import percent
from checklists.text import Text, joined
from reports.evaluation_line import percent_text
from reports.pdf.blocks import NOTHING, Column, cell, heading, note, points, row, table
from reports.pdf.first_page import result_cell
from reports.remarks import department_remark, section_remark, total_remark
from reports.sheets import weak as weak_sheet
from reports.sheets.looked_at import failing, looked_at
from reports.words import EVALUATION_SHEET, WEAK_SHEET, answer_text, critical_text, state_text

if TYPE_CHECKING:
    from fractions import Fraction

    from audit.findings import WeakItem
    from audit.scorecard import DepartmentScore, ItemScore, Level, SectionScore
    from audit.summary import AuditSummary
    from reports.pdf.blocks import Block, Cell, Words

_UNBROKEN = 1e9
"""A width that keeps records on one line: the page itself finds where it ends."""
_EVALUATION = (
    Column(Text("序号", "No."), 0.5, "c"),
    Column(Text("模块", "Department"), 1.35, "c"),
    Column(Text("项目", "Section"), 1.95),
    Column(Text("项目权重", "Weight"), 0.9, "c"),
    Column(Text("满分", "Maximum"), 0.95, "r"),
    Column(Text("得分", "Earned"), 0.95, "r"),
    Column(Text("得分率", "Rate"), 0.7, "r"),
    Column(Text("及格分", "Pass points"), 1.5, "r"),
    Column(Text("合格值", "Result"), 1.05, "c"),
    Column(Text("备注", "Remarks"), 2.3),
)
_ITEMS = (
    Column(Text("编号", "Item"), 0.85),
    Column(Text("检查项", "What is checked"), 5.0),
    Column(Text("评分", "Answer"), 1.7, "c"),
    Column(Text("满分", "Max."), 0.68, "r"),
    Column(Text("得分", "Earned"), 0.68, "r"),
    Column(Text("失分", "Lost"), 0.68, "r"),
    Column(Text("原因", "Reason"), 3.0),
    Column(Text("抽查记录", "Records"), 2.6),
    Column(Text("备注", "Notes"), 1.75),
)
_WEAK = (
    Column(Text("序号", "No."), 0.5, "c"),
    Column(Text("编号", "Item"), 0.75),
    Column(Text("部门", "Department"), 1.1),
    Column(Text("来源", "Source"), 0.85, "c"),
    Column(Text("类型", "Kind"), 1.0, "c"),
    Column(Text("程度", "Severity"), 0.8, "c"),
    Column(Text("弱项", "Finding"), 4.0),
    Column(Text("原因", "Reason"), 4.6),
    Column(Text("失分", "Lost"), 0.75, "r"),
    Column(Text("辅导方向", "Coaching direction"), 1.9),
)
_NEW = Column(Text("新 / 重复", "New or recurring"), 0.9, "c")
"""Only where there is an earlier audit to compare with."""
_RECORDS = Text("不符合的记录：{records}", "Failing records: {records}")
_OVERALL, _TOTAL = Text("总评", "Overall"), Text("合计", "Total")
_BLOCK = Text("{name}（满分 {points}，及格率 {rate}）", "{name} (maximum {points}, pass rate {rate})")
_LEGEND = Text(
    "深色行为项目合计，按评估表计入的分；“–”表示不计满分：不适用、本期未发生或未评估。"
    "抽查记录：✓ 符合，× 不符合，– 不适用。",
    "Shaded rows show what counts for the section. A dash: no points, as it does not apply, had no case or was not "
    "assessed. Records: ✓ conforms, × does not, – does not apply.",
)
_HOW = Text("查：{evidence}", "Look: {evidence}")
_NOTE = Text("{text}（{person}）", "{text} ({person})")
_SECTION = Text("{number}  {name}", "{number}  {name}")
_SHADES = {Severity.GRAVE: "failed", Severity.HEAVY: "notice", Severity.LIGHT: ""}


def evaluation(summary: AuditSummary, words: Words) -> list[Block]:
    """Return the table that the seed's report is known by: one block a department, then the overall result."""
    rows: list[Block] = []
    number = 0
    whole = summary.checklist.total
    for score in summary.scorecard.departments:
        department = score.department
        shape = {
            "name": department.name,
            "points": points(department.points),
            "rate": percent_text(department.pass_rate),
        }
        rows.append(row([words.line(_BLOCK.format(**shape))], "band"))
        for section in score.sections:
            number += 1
            named = (
                str(number),
                words(department.name),
                words(section.section.name),
                _weight(section.section.points, whole),
            )
            remark = words(section_remark(section))
            rows.append(row(_line(named, section, section.section.pass_rate, remark, words)))
        named = ("", "", words(_TOTAL), _weight(department.points, whole))
        remark = words(department_remark(score))
        rows.append(row(_line(named, score, department.pass_rate, remark, words), "total"))
    total = summary.scorecard.total
    assessed = sum((score.department.points for score in summary.scorecard.departments), Decimal(0))
    remark = words(total_remark(summary, weighted=bool(summary.weights)))
    rows.append(row([words.line(_OVERALL)], "band"))
    rows.append(
        row(
            _line(("", "", words(_TOTAL), _weight(assessed, whole)), total, summary.checklist.pass_rate, remark, words),
            "total",
        )
    )
    return [heading(words, EVALUATION_SHEET), table(words, _EVALUATION, rows)]


def _weight(part: Decimal, whole: Decimal) -> str:
    return percent(part, whole).replace(" ", "\u00a0")


def _line(named: tuple[str, str, str, str], level: Level, rate: Fraction, remark: str, words: Words) -> list[Cell]:
    there = bool(level.possible)
    mark = rate if level.passed is False else None
    needed = NOTHING
    if level.pass_points is not None:
        needed = f"{level.pass_points:.2f} ({percent_text(rate)})".replace(" ", "\u00a0")
    return [
        *named,
        points(level.possible, there=there),
        points(level.earned, there=there),
        percent(level.earned, level.possible, 0, mark),
        needed,
        result_cell(level, words),
        remark,
    ]


def items(summary: AuditSummary, words: Words) -> list[Block]:
    """Return every item of every department with what was recorded."""
    read = looked_at(summary, _UNBROKEN)
    blocks: list[Block] = []
    number = 0
    for place, score in enumerate(summary.scorecard.departments):
        blocks += [heading(words, score.department.name), *([note(words, _LEGEND)] if place == 0 else [])]
        rows: list[Block] = []
        for section in score.sections:
            number += 1
            rows.append(row(_section(section, number, words), "section"))
            rows += [row(_item(item, summary, read.get(item.item.id), words)) for item in section.items]
        rows.append(row(_sum(score, words), "total"))
        blocks.append(table(words, _ITEMS, rows))
    return blocks


def _section(section: SectionScore, number: int, words: Words) -> list[Cell]:
    name = words(_SECTION.format(number=number, name=section.section.name))
    there = bool(section.possible)
    figures = [points(value, there=there) for value in (section.possible, section.earned, section.points_lost)]
    return ["", name, "", *figures, words(section_remark(section)), "", ""]


def _item(score: ItemScore, summary: AuditSummary, read: Text | None, words: Words) -> list[Cell]:
    item, there = score.item, bool(score.possible)
    notes = [
        words(_NOTE.format(text=said.text, person=said.person) if said.person else said.text)
        for said in summary.notes.get(item.id, ())
    ]
    answered = score.state is ItemState.ANSWERED and item.id not in summary.conflicts
    answer = answer_text(score) if answered else state_text(score, summary.conflicts)
    critical = words(critical_text(item, score.critical_failed))
    number = "\n".join(text for text in (item.id, critical) if text)
    return [
        cell(number, "failed") if score.critical_failed else cell(item.id, under=critical),
        cell(words(item.statement), under=words(_HOW.format(evidence=item.evidence))),
        words.stacked(answer),
        *(points(value, there=there) for value in (score.possible, score.earned, score.points_lost)),
        words(reason_text(score.answer, score.item)),
        words(read) if read is not None else "",
        "\n".join(notes),
    ]


def _sum(score: DepartmentScore, words: Words) -> list[Cell]:
    there = bool(score.possible)
    figures = [points(value, there=there) for value in (score.possible, score.earned, score.points_lost)]
    return ["", words(_TOTAL), "", *figures, words(department_remark(score)), "", ""]


def weak_items(summary: AuditSummary, words: Words) -> list[Block]:
    """Return what is to be cured, where it comes from, why, by which record, and what it cost."""
    blocks = [heading(words, WEAK_SHEET)]
    if not summary.weak_items:
        return [*blocks, note(words, weak_sheet.NONE)]
    earlier = summary.earlier
    told = weak_sheet.FIRST_AUDIT
    if earlier is not None:
        told = weak_sheet.EARLIER.format(date=earlier.date, ref=earlier.ref)
    records = failing(summary, _UNBROKEN)
    rows = [row(_weak(n, weak, summary, records, words)) for n, weak in enumerate(summary.weak_items, start=1)]
    lost = sum((weak.points_lost for weak in summary.weak_items), Decimal(0))
    compared = summary.earlier is not None
    rows.append(row(["", "", words(_TOTAL), *[""] * 5, points(lost), "", *([""] if compared else [])], "total"))
    columns = (*_WEAK, _NEW) if compared else _WEAK
    return [
        *blocks,
        note(words, joined([WEAK_RULE, SEVERITY_RULE, told], "", " ")),
        table(words, columns, rows),
        note(words, weak_sheet.lost_line(summary), after=True),
    ]


def _weak(number: int, weak: WeakItem, summary: AuditSummary, records: dict[str, Text], words: Words) -> list[Cell]:
    grave = severity(weak)
    direction = summary.checklist.directions.get(weak.direction)
    new: list[Cell] = []
    if summary.earlier is not None:
        new = [words(weak_sheet.RECURRING if summary.earlier.recurs(weak) else weak_sheet.NEW)]
    return [
        str(number),
        weak.number,
        words(weak.department.name),
        words(joined([weak_sheet.SOURCES[source] for source in weak.sources], "\n", "\n")),
        words(KIND_NAMES[weak.kind]),
        cell(words(SEVERITY_NAMES[grave]), _SHADES[grave]),
        words(weak.statement),
        _why(weak, records, words),
        points(weak.points_lost) if weak.item else NOTHING,
        f"{weak.direction} {words(direction.name)}" if direction else weak.direction,
        *new,
    ]


def _why(weak: WeakItem, records: dict[str, Text], words: Words) -> Cell:
    """Return the reason; under it the failing records, where it does not name them all."""
    failed = records.get(weak.item.id) if weak.item else None
    if failed is None or all(record.strip() in weak.reason.zh for record in failed.zh.split(",")):
        return words(weak.reason)
    return cell(words(weak.reason), under=words(_RECORDS.format(records=failed)))

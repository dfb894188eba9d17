"""The scorecard, the verdict and the heaviest weak items as tables for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.scorecard import Left, Result
from checklists.points import percent
from checklists.text import Text, joined, same
from reports.words import FAILED, PARTIAL, PASSED, RESULT_NAMES, UNDECIDED, UNFINISHED
from tui.console import Cell, Column
from tui.words import EARNED, FULL, NOTHING, OUTCOME, PASS_POINTS, RATE, points

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from audit.scorecard import Level, SectionScore
    from audit.summary import AuditSummary
    from tui.console import Row, Terminal

MOST_WEAK_ITEMS = 10
_LEFT = {Left.NOTHING_APPLIES: Text("不适用", "n/a"), Left.NOT_COMPARABLE: Text("不可比", "n/c")}
_COLUMNS = [
    Column(Text("部门 / 项目", "department / section")),
    Column(FULL, right=True, whole=True),
    Column(EARNED, right=True, whole=True),
    Column(PASS_POINTS, right=True, whole=True),
    Column(RATE, right=True, whole=True),
    Column(OUTCOME, whole=True),
]
_WEAK_COLUMNS = [
    Column(Text("编号", "item"), whole=True),
    Column(Text("失分", "lost"), right=True, whole=True),
    Column(Text("弱项", "weak item")),
    Column(Text("辅导方向", "coaching direction"), narrow=True),
]
_SCALED = Text(
    "* 有检查项不适用，得分按满分折算：{names}", "* scaled back to the maximum, as some items do not apply: {names}"
)
_RANGE = Text("最终总分将在 {worst} 与 {best} 之间", "The final total will lie between {worst} and {best}")
_BONUS = Text("加分 {bonus}（不计入总分）", "Bonus {bonus} (not part of the total)")
_GRADE = Text("等级：{grade}", "Grade: {grade}")


def show_score(terminal: Terminal, summary: AuditSummary) -> None:
    """Write scorecard, verdict and the heaviest weak items."""
    place = joined([summary.dealer, *([same(summary.city)] if summary.city else [])], zh="，", en=", ")
    terminal.line(same(summary.ref), style="bold")
    terminal.line(joined([place, same(summary.date), summary.kind_name], zh="  ", en="  "))
    terminal.line("")
    _show_scorecard(terminal, summary)
    _show_verdict(terminal, summary)
    _show_weak_items(terminal, summary)


def _show_scorecard(terminal: Terminal, summary: AuditSummary) -> None:
    scorecard, checklist = summary.scorecard, summary.checklist
    rows: list[Row] = []
    scaled: list[Text] = []
    for score in scorecard.departments:
        rows.append(_row(score, score.department.name, score.department.points, score.department.pass_rate, bold=True))
        rows += [_section(section) for section in score.sections]
        rows.append([])
        scaled += [s.section.name for s in score.sections if s.factor is not None]
        scaled += [score.department.name] if score.factor is not None else []
    total = scorecard.total
    whole = checklist.total if summary.whole else total.possible
    rows.append(_row(total, Text("合计", "Total"), whole, checklist.pass_rate, bold=True))
    terminal.table(_COLUMNS, rows)
    if scaled:
        terminal.line(_SCALED.format(names=joined(scaled)), style="dim")
        terminal.line("")


def _section(score: SectionScore) -> Row:
    return _row(score, score.section.name, score.section.points, score.section.pass_rate, left=score.left, indent=1)


def _row(
    score: Level,
    name: Text,
    full: Decimal,
    pass_rate: Fraction,
    *,
    bold: bool = False,
    left: Left | None = None,
    indent: int = 0,
) -> Row:
    style = "bold" if bold else ""
    if getattr(score, "factor", None) is not None:
        name = joined([name, same("*")], " ", " ")
    left = left or getattr(score, "left", None)
    if left is not None:
        outcome = Cell(_LEFT[left], style="dim")
        return [Cell(name, style, indent), Cell(points(full), style), *[NOTHING] * 3, outcome]
    failed_at = pass_rate if score.passed is False else None
    return [
        Cell(name, style, indent),
        Cell(points(full), style),
        Cell(points(score.earned), style),
        Cell(points(score.pass_points), style),
        Cell(percent(score.earned, score.possible, 1, failed_at), style),
        _outcome(score, style),
    ]


def _outcome(score: Level, style: str) -> Cell:
    """Return passed or not; while items are open, what has not passed is unfinished."""
    if score.passed is None:
        return Cell(NOTHING, style)
    if score.passed:
        return Cell(PASSED, f"{style} green".strip())
    return Cell(UNFINISHED, f"{style} yellow".strip()) if score.counts.open else Cell(FAILED, f"{style} red".strip())


def result_words(summary: AuditSummary) -> Text:
    """Return the verdict in a word or two."""
    result = summary.scorecard.verdict.result
    if result is not None:
        return RESULT_NAMES[result]
    return UNDECIDED if summary.whole else PARTIAL


def result_style(summary: AuditSummary) -> str:
    """Return the colour that goes with `result_words`."""
    return style_of(summary.scorecard.verdict.result)


def style_of(result: Result | None) -> str:
    """Return the colour of a verdict."""
    colours = {Result.PASSED: "bold green", Result.FAILED: "bold red", None: "bold"}
    return colours.get(result, "bold yellow")


def _show_verdict(terminal: Terminal, summary: AuditSummary) -> None:
    scorecard, total = summary.scorecard, summary.scorecard.total
    verdict = Text("评估结论：{word}", "Verdict: {word}").format(word=result_words(summary))
    terminal.line(verdict, style=result_style(summary))
    if scorecard.verdict.reasons:
        terminal.table([Column(Text("依据", "decided by"))], [[reason.said] for reason in scorecard.verdict.reasons])
    notes = []
    if total.counts.open and summary.whole:
        notes.append(_RANGE.format(worst=points(total.worst), best=points(total.best)))
    if scorecard.bonus:
        notes.append(_BONUS.format(bonus=points(total.bonus)))
    if scorecard.grade is not None:
        notes.append(_GRADE.format(grade=scorecard.grade.name))
    for note in notes:
        terminal.line(note)
    if notes:
        terminal.line("")


def _show_weak_items(terminal: Terminal, summary: AuditSummary) -> None:
    weak = summary.weak_items
    if not weak:
        return
    shown = weak[:MOST_WEAK_ITEMS]
    title = Text("失分最多的弱项（{shown} / {all}）", "Heaviest weak items ({shown} of {all})").format(
        shown=len(shown), all=len(weak)
    )
    directions = summary.checklist.directions
    rows: list[Row] = []
    for item in shown:
        direction = directions.get(item.direction)
        named = same(item.direction) if direction is None else direction.name
        rows.append([item.number, points(item.points_lost), item.statement, named])
    terminal.table(_WEAK_COLUMNS, rows, title)

"""Words that several sheets share, and answers as people read them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.answers import STATE_NAMES, value_words
from audit.kpi_findings import short
from audit.scorecard import Result
from audit.state import AuditStatus, ItemState
from checklists.model import Item
from checklists.rules import Levels, Measure
from checklists.text import Text, joined, same
from reports.shortened import FULL_TEXTS

if TYPE_CHECKING:
    from audit.scorecard import ItemScore
    from audit.state import Answer
    from audit.summary import AuditSummary
    from checklists.model import BonusItem

PASSED = Text("合格", "Passed")
FAILED = Text("不合格", "Failed")
UNFINISHED = Text("未评完", "Open")
"""Not passed yet, with items still open."""
MARKS = {PASSED: "✓", FAILED: "×", UNFINISHED: "…"}
"""Stand before the words, so that black and white print tells them apart."""

RESULT_NAMES: dict[Result, Text] = {
    Result.PASSED: PASSED,
    Result.FAILED: FAILED,
    Result.CONDITIONAL: Text("有条件合格", "Passed on condition"),
    Result.PRELIMINARY: Text("初步结果", "Preliminary"),
    Result.OPEN: Text("评估未完成", "Not finished"),
}
PARTIAL = Text("部分部门评估，总分不作结论", "Partial audit: no verdict on the total")
UNDECIDED = Text("无法判定", "Nothing to judge")
STATUS_NAMES: dict[AuditStatus, Text] = {
    AuditStatus.OPEN: Text("评估中，未签字", "open, not signed"),
    AuditStatus.SIGNED: Text("已签字封存", "signed and sealed"),
    AuditStatus.FINAL: Text("已定稿", "final"),
}
CONFLICT = Text("评分冲突", "conflict")

SUMMARY_SHEET = Text("评估结论", "Summary")
EVALUATION_SHEET = Text("评估表", "Evaluation")
CHARTS_SHEET = Text("图表", "Charts")
WEAK_SHEET = Text("弱项", "Weak items")
KPI_SHEET = Text("KPI", "KPIs")
SAMPLED_SHEET = Text("抽样记录", "Sampled records")
INTERVIEWS_SHEET = Text("访谈", "Interviews")
EVIDENCE_SHEET = Text("佐证", "Evidence")
DIRECTIONS_SHEET = Text("辅导方向", "Coaching directions")
EFFECTS_SHEET = Text("预期效果", "Expected effects")
OBJECTIONS_SHEET = Text("异议", "Objections")
PLAN_SHEET = Text("改进计划", "Improvement plan")
ABOUT_SHEET = Text("关于本报告", "About")
SHEETS = (
    *(SUMMARY_SHEET, CHARTS_SHEET, EVALUATION_SHEET, WEAK_SHEET, DIRECTIONS_SHEET, EFFECTS_SHEET, KPI_SHEET),
    *(INTERVIEWS_SHEET, SAMPLED_SHEET, EVIDENCE_SHEET, OBJECTIONS_SHEET, PLAN_SHEET, ABOUT_SHEET, FULL_TEXTS),
)
"""Names of all sheets but the departments', which have to differ from them."""

_GRADE = Text("{word}  ·  等级 {grade}", "{word}  ·  grade {grade}")

_LEVEL = Text("{level} 级（共 {top} 级）", "level {level} of {top}")
_LEVELS = Text("{levels} 级（共 {top} 级）", "levels {levels} of {top}")


def verdict_words(summary: AuditSummary) -> tuple[Text, str]:
    """Return the verdict as it stands in large letters, and its shade."""
    scorecard = summary.scorecard
    result = scorecard.verdict.result
    if result is None:
        return (UNDECIDED if summary.whole else PARTIAL), "notice"
    word = RESULT_NAMES[result]
    shade = {PASSED: "passed", FAILED: "failed"}.get(word, "notice")
    if word in MARKS:
        word = Text(f"{MARKS[word]} {word.zh}", f"{MARKS[word]} {word.en}")
    if scorecard.grade is not None:
        word = _GRADE.format(word=word, grade=scorecard.grade.name)
    return word, shade


def state_text(score: ItemScore, conflicts: tuple[str, ...]) -> Text:
    """Return an item's state in words; one with several answers side by side says so."""
    return CONFLICT if score.item.id in conflicts else STATE_NAMES[score.state]


def answer_text(score: ItemScore) -> Text:
    """Return an answer as people read it: "level 3 of 5", "8/10", "93 %", "late x2 (bay 3)"; nothing for none."""
    return answer_words(score.item, score.answer) if score.answer.state is ItemState.ANSWERED else same("")


def answer_words(item: Item | BonusItem, answer: Answer) -> Text:
    """Return an answer, or the state of an item that has none, as people read it."""
    if answer.state is not ItemState.ANSWERED:
        return STATE_NAMES[answer.state]
    rule, value = item.rule, answer.value
    if isinstance(rule, Levels):
        return _level(value, rule.top)
    if isinstance(rule, Measure):
        # A value taken from a KPI reads as it does among the KPIs.
        shown_value = short(Decimal(value)) if isinstance(item, Item) and item.kpi else value
        return Text("{value} {unit}", "{value} {unit}").format(value=shown_value, unit=rule.unit)
    return value_words(item, value)


def _level(value: str, top: int) -> Text:
    levels = [same(level) for level in value.split()]
    if len(levels) == 1:
        return _LEVEL.format(level=value, top=top)
    return _LEVELS.format(levels=joined(levels), top=top)


def critical_text(item: Item, failed: bool | None) -> Text:
    """Return the mark of a critical item, and whether it failed."""
    if item.critical is None:
        return same("")
    return Text("关键\n× 不合格", "critical\n× failed") if failed else Text("关键", "critical")

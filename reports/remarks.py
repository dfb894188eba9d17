"""The remarks beside sections, departments and the total: what left, what was scaled, what was not assessed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.answers import STATE_NAMES
from audit.scorecard import Left, Result
from audit.state import ItemState
from checklists.points import percent, plain, round_points
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.scorecard import DepartmentScore, ItemScore, SectionScore, TotalScore
    from audit.summary import AuditSummary

_SCALED = Text(
    "按适用 {applicable} / {maximum} 分折算（×{factor}）",
    "scaled from {applicable} of {maximum} points (×{factor})",
)
_NOTHING_APPLIES = Text("不适用：{maximum} 分不计入", "not applicable: its {maximum} points do not count")
_NOT_COMPARABLE = Text(
    "不可比：适用分仅 {applicable} / {maximum}，不足一半，不计入",
    "not comparable: only {applicable} of {maximum} points apply, less than half, so it does not count",
)
_COUNT = Text("{state} {count} 项（{points} 分）", "{count} {state} ({points} points)")
_CRITICAL_ITEMS = Text("关键项不合格：{ids}", "critical items failed: {ids}")
_CRITICAL_LEVEL = Text("关键项目不合格", "critical part failed")
_OVERRULED = Text("得分已达到，因关键项判为不合格", "points reached, failed by a critical item")
_PARTIAL = Text("只评估部分部门，总分不作结论", "only some departments assessed, so no verdict on the total")
_PRELIMINARY = Text("初步：只评估了 {share} 的分值", "preliminary: only {share} of the points were assessed")
_WEIGHTED = Text("各部门按权重计入总分", "departments count by their weights")
_WEIGHT = Text("权重 {weight} / {weights}", "weight {weight} of {weights}")
_BONUS_LINE = Text("加分 {bonus} 分，不在满分之内，{counts}", "Bonus {bonus} points on top of the maximum; {counts}")
_BONUS_COUNTS = Text("计入结论", "they count towards the verdict")
_BONUS_ASIDE = Text("不影响结论", "they do not change the verdict")
_NOT_ASSESSED_LINE = Text("{there}，已评估的分值占 {share}", "{there}; {share} of the points were assessed")
_WEIGHTED_LINE = Text(
    "各部门按权重计入总分，折算见“评估表”的总评",
    "Departments count by their weights; see Overall on the evaluation sheet",
)
_LEVEL = Text("{name}：{remark}", "{name}: {remark}")
_TOTAL = Text("总分", "Total")
_LATE = Text("签字后收到的 {count} 条记录未计分", "{count} entries arrived after signing and are not scored")
_BONUS = Text("加分计入结论", "bonus points count towards the verdict")

_TOLD = (ItemState.NOT_APPLICABLE, ItemState.NO_CASE, ItemState.NOT_ASSESSED, ItemState.NO_DATA, ItemState.OPEN)


def section_remark(score: SectionScore) -> Text:
    """Say what is special about a section."""
    maximum = score.section.points
    failed = [same(i.item.id) for i in score.items if i.critical_failed]
    remarks = [
        *_scaling(score.left, score.factor, score.applicable, maximum),
        *_counts(score.items),
        *([_CRITICAL_LEVEL] if score.critical_failed else []),
        *([_CRITICAL_ITEMS.format(ids=joined(failed))] if failed else []),
    ]
    return _together(remarks)


def department_remark(score: DepartmentScore) -> Text:
    """Say what is special about a department."""
    remarks = [
        *_scaling(score.left, score.factor, score.applicable, score.department.points),
        *([_CRITICAL_LEVEL] if score.critical_failed else []),
        *([_OVERRULED] if overruled(score.earned, score.pass_points, passed=score.passed) else []),
    ]
    return _together(remarks)


def weighted_remark(weight: Fraction, weights: Fraction) -> Text:
    """Say by which weight a department counts in the total."""
    return _WEIGHT.format(weight=_short(weight), weights=_short(weights))


def total_remark(summary: AuditSummary, *, weighted: bool) -> Text:
    """Say what is special about the total."""
    scorecard, checklist = summary.scorecard, summary.checklist
    score = scorecard.total
    counted = score.earned + (score.bonus if checklist.bonus_counts else 0)
    remarks = [
        *([] if summary.whole else [_PARTIAL]),
        *([_preliminary(score)] if scorecard.verdict.result is Result.PRELIMINARY else []),
        *([_WEIGHTED] if weighted else []),
        *_scaling(None, score.factor, score.applicable, checklist.total),
        *([_counts_of(scorecard.items, ItemState.NOT_ASSESSED)] if score.counts.not_assessed else []),
        *([_BONUS] if checklist.bonus_counts and scorecard.bonus else []),
        *([_OVERRULED] if overruled(counted, score.pass_points, passed=score.passed) else []),
    ]
    return _together(remarks)


def overruled(earned: Decimal, needed: Decimal | None, *, passed: bool | None) -> bool:
    """Say whether a critical item failed what its points would have passed."""
    return needed is not None and passed is False and earned >= needed


def notes_of(summary: AuditSummary, *, weighted: bool) -> list[Text]:
    """Return what a reader of the department table has to know besides."""
    scorecard, checklist = summary.scorecard, summary.checklist
    total = scorecard.total
    notes = []
    if scorecard.bonus:
        counts = _BONUS_COUNTS if checklist.bonus_counts else _BONUS_ASIDE
        notes.append(_BONUS_LINE.format(bonus=plain(total.bonus), counts=counts))
    if total.counts.not_assessed:
        assessed = percent(Decimal(total.assessed.numerator), Decimal(total.assessed.denominator))
        there = _counts_of(scorecard.items, ItemState.NOT_ASSESSED)
        notes.append(_NOT_ASSESSED_LINE.format(there=there, share=assessed))
    if weighted:
        notes.append(_WEIGHTED_LINE)
    levels = [(d.department.name, department_remark(d)) for d in scorecard.departments]
    levels.append((_TOTAL, _together(_scaling(None, total.factor, total.applicable, checklist.total))))
    notes += [_LEVEL.format(name=name, remark=remark) for name, remark in levels if remark.zh]
    if summary.late:
        notes.append(_LATE.format(count=summary.late))
    return notes


def _scaling(left: Left | None, factor: Fraction | None, applicable: Decimal, maximum: Decimal) -> list[Text]:
    if left is Left.NOTHING_APPLIES:
        return [_NOTHING_APPLIES.format(maximum=plain(maximum))]
    if left is Left.NOT_COMPARABLE:
        return [_NOT_COMPARABLE.format(applicable=plain(applicable), maximum=plain(maximum))]
    if factor is None:
        return []
    return [_SCALED.format(applicable=plain(applicable), maximum=plain(maximum), factor=rounded_factor(factor))]


def rounded_factor(factor: Fraction) -> Decimal:
    """Return a scaling factor to four decimals."""
    return round_points(factor * 100) / 100


def _counts(items: tuple[ItemScore, ...]) -> list[Text]:
    return [_counts_of(items, state) for state in _TOLD if any(i.state is state for i in items)]


def _counts_of(items: Iterable[ItemScore], state: ItemState) -> Text:
    there = [i for i in items if i.state is state]
    points = sum((i.item.points for i in there), Decimal(0))
    return _COUNT.format(state=STATE_NAMES[state], count=len(there), points=plain(points))


def _preliminary(score: TotalScore) -> Text:
    share = percent(Decimal(score.assessed.numerator), Decimal(score.assessed.denominator), 1, Fraction(95, 100))
    return _PRELIMINARY.format(share=share)


def _short(number: Fraction) -> str:
    return plain(round_points(number))


def _together(remarks: list[Text]) -> Text:
    text = joined(remarks, "；", "; ")
    return Text(text.zh, text.en[:1].upper() + text.en[1:])

"""The verdict: which rules decided, and by how much (design, section 5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.confirming import follow_up_of
from audit.scorecard import DepartmentScore, Reason, Result, TotalScore, Verdict
from checklists.points import percent, printed
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.state import AuditState
    from checklists.model import Checklist, Grade

ASSESSED_FOR_RANKING = Fraction(95, 100)
"""Below this share of the points assessed a result is preliminary."""

_REACHED = Text("总分 {earned}，达到 {needed}，超出 {by}", "Total {earned} reaches {needed}, {by} above")
_MISSED = Text("总分 {earned}，距 {needed} 差 {by}", "Total {earned} is {by} short of {needed}")
_NOTHING = Text("没有适用的检查项，无法判定", "No item applies, so there is nothing to judge")
_DEPARTMENT = Text("{name} {earned}，距 {needed} 差 {by}", "{name}: {earned} is {by} short of {needed}")
_CRITICAL_ITEM = Text("关键项 {id} 不合格：{weak}", "Critical item {id} failed: {weak}")
_CRITICAL_LEVEL = Text("关键项目 {name} 不合格", "Critical part {name} failed")
_OPEN = Text("还有 {count} 项未评", "Items still open: {count}")
_CONFLICT = Text("还有 {count} 处评分冲突", "Conflicts not settled: {count}")
_PRELIMINARY = Text("只评估了 {share} 的分值，不足 95 %", "Only {share} of the points were assessed, less than 95 %")
_PARTIAL = Text("只评估部分部门，总分不作结论", "Only some departments were assessed, so the total carries no verdict")
_FAILS_AUDIT = Text(
    "关键项不合格，按规则整个评估不合格", "By the checklist's rule a failed critical item fails the audit"
)
_FAILS_DEPARTMENT = Text(
    "{name} 分数达标，但关键项不合格，按规则该部门不合格",
    "{name} reached its points, but by the checklist's rule a failed critical item fails it",
)
_RECHECK = Text("有条件通过，须在 {date} 前复查", "Passed on condition of a re-check by {date}")


def reach_verdict(
    checklist: Checklist,
    state: AuditState,
    total: TotalScore,
    departments: Sequence[DepartmentScore],
    *,
    partial: bool,
) -> Verdict:
    """Judge a total and its departments; a partial scope has verdicts per department and none for the audit."""
    visit = follow_up_of(state)
    if visit is not None:
        still = [] if visit.unfinished is None else [Reason("open_items", visit.unfinished, Decimal(len(visit.open)))]
        return Verdict(None, (Reason("follow_up", visit.verdict, Decimal(visit.confirmed)), *still))
    unfinished = _unfinished(state, total)
    missed = [reason for d in departments for reason in _department_missed(d)]
    critical = [reason for d in departments for reason in _critical(d)]
    if partial:
        return Verdict(None, (Reason("partial_scope", _PARTIAL), *unfinished, *missed, *critical))
    thin = _preliminary(total)
    if total.pass_points is None or total.passed is None:
        result = Result.OPEN if unfinished else Result.PRELIMINARY if thin else None
        return Verdict(result, (*thin, *unfinished, Reason("nothing_applies", _NOTHING)))
    reasons = [*thin, *unfinished, _total_reason(checklist, total)]
    result = Result.PASSED if total.passed else Result.FAILED
    reasons += _by_policy(checklist, departments, critical)
    conditional = checklist.critical_policy == "conditional" and total.passed and bool(missed or critical)
    if conditional:
        result = Result.CONDITIONAL
        reasons.append(Reason("recheck", _RECHECK.format(date=_recheck_date(checklist, state))))
    if thin:
        result = Result.PRELIMINARY
    if unfinished:
        result = Result.OPEN
    if not conditional:
        missed = [replace(reason, decides=False) for reason in missed]
    if not conditional and checklist.critical_policy != "fail_audit":
        critical = [replace(reason, decides=False) for reason in critical]
    return Verdict(result, (*reasons, *missed, *critical))


def grade_of(checklist: Checklist, total: TotalScore, verdict: Verdict) -> Grade | None:
    """Return the grade band of the exact rate; none for what is open, preliminary or partial, or nothing possible."""
    if verdict.result in {None, Result.OPEN, Result.PRELIMINARY} or not total.possible:
        return None
    counted = total.earned + (total.bonus if checklist.bonus_counts else Decimal(0))
    exact = Fraction(counted) / Fraction(total.possible)
    return next((g for g in checklist.grades if g.lower <= exact and (g.to is None or exact < g.to)), None)


def _preliminary(total: TotalScore) -> list[Reason]:
    """Return the reason why a result stays preliminary: too few of the points were assessed."""
    if total.assessed >= ASSESSED_FOR_RANKING:
        return []
    share = percent(
        Decimal(total.assessed.numerator), Decimal(total.assessed.denominator), 1, below=ASSESSED_FOR_RANKING
    )
    return [Reason("preliminary", _PRELIMINARY.format(share=share))]


def _by_policy(checklist: Checklist, departments: Sequence[DepartmentScore], critical: list[Reason]) -> list[Reason]:
    """Return what the checklist's policy for critical items decided against the points."""
    if checklist.critical_policy == "fail_audit" and critical:
        return [Reason("critical_policy", _FAILS_AUDIT)]
    failed = [d for d in departments if d.passed is False and d.pass_points is not None and d.earned >= d.pass_points]
    return [Reason("critical_policy", _FAILS_DEPARTMENT.format(name=d.department.name), decides=False) for d in failed]


def _unfinished(state: AuditState, total: TotalScore) -> list[Reason]:
    reasons = []
    if total.counts.open:
        reasons.append(Reason("open_items", _OPEN.format(count=total.counts.open), Decimal(total.counts.open)))
    count = len(state.unsettled)
    if count:
        reasons.append(Reason("conflicts", _CONFLICT.format(count=count), Decimal(count)))
    return reasons


def _total_reason(checklist: Checklist, total: TotalScore) -> Reason:
    needed = total.pass_points or Decimal(0)
    counted = total.earned + (total.bonus if checklist.bonus_counts else Decimal(0))
    by = abs(counted - needed)
    code, text = ("total_reached", _REACHED) if counted >= needed else ("total_missed", _MISSED)
    return Reason(code, text.format(earned=printed(counted), needed=printed(needed), by=printed(by)), by)


def _department_missed(department: DepartmentScore) -> list[Reason]:
    needed = department.pass_points
    if needed is None or department.earned >= needed:
        return []
    by = needed - department.earned
    points = {"earned": printed(department.earned), "needed": printed(needed), "by": printed(by)}
    text = _DEPARTMENT.format(name=department.department.name, **points)
    return [Reason("department_missed", text, by, department.department.id)]


def _critical(department: DepartmentScore) -> list[Reason]:
    reasons = []
    if department.critical_failed:
        reasons.append(Reason("critical_failed", _CRITICAL_LEVEL.format(name=department.department.name)))
    for section in department.sections:
        if section.critical_failed:
            reasons.append(Reason("critical_failed", _CRITICAL_LEVEL.format(name=section.section.name)))
        reasons += [
            Reason("critical_failed", _CRITICAL_ITEM.format(id=i.item.id, weak=i.weak), i.points_lost, i.item.id)
            for i in section.items
            if i.critical_failed
        ]
    return reasons


def _recheck_date(checklist: Checklist, state: AuditState) -> str:
    day = date.fromisoformat(str(state.details["date"]))
    return (day + timedelta(days=checklist.recheck_days)).isoformat()

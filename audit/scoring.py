"""Points, from answers to the verdict: the one place where they are computed (design, section 5)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.confirming import is_visit
from audit.scorecard import (
    BonusScore,
    Counts,
    DepartmentScore,
    ItemScore,
    Left,
    Scorecard,
    SectionScore,
    TotalScore,
)
from audit.state import AuditState, ItemState
from audit.verdict import grade_of, reach_verdict
from checklists.points import ZERO, pass_points, round_points
from checklists.rules import Sample

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from audit.state import Answer
    from checklists.model import BonusItem, Checklist, Critical, Department, Item, Section


@dataclass(frozen=True, slots=True)
class Memo:
    """What a session keeps between two scorings, so that only what changed is computed again; for one checklist."""

    points: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    """By item id and answer."""
    sections: dict[tuple[str, str], tuple[tuple[Answer, ...], SectionScore]] = field(default_factory=dict)
    """By department and section: the answers it was scored for, and its score."""


_SOME = 10
"""Records assumed where a sample of unknown size has none yet."""
LEAVES = frozenset({ItemState.NOT_APPLICABLE, ItemState.NO_CASE, ItemState.NOT_ASSESSED})


def score(checklist: Checklist, state: AuditState, memo: Memo | None = None) -> Scorecard:
    """Compute the scorecard of an audit.

    Args:
        checklist: the checklist the audit is bound to.
        state: its answers and scope.
        memo: kept by a session between calls, so that only the section that changed is computed again.
    """
    memo = memo or Memo()
    scope = set(state.departments) or {d.id for d in checklist.departments}
    if is_visit(state):
        scope = set()  # a follow-up visit has no points: only what is cured is counted
    shares = department_shares(checklist, state)
    departments = tuple(
        _department(checklist, department, state, memo, shares.get(department.id))
        for department in checklist.departments
        if department.id in scope
    )
    partial = len(departments) < len(checklist.departments)
    bonus = tuple(
        BonusScore(b.id, b.statement, answer, round_points(b.rule.earn(answer.value, b.points)))
        for b in checklist.bonus
        if (answer := state.answer(b.id)).state is ItemState.ANSWERED
    )
    total = _total(checklist, departments, bonus, partial=partial)
    verdict = reach_verdict(checklist, state, total, departments, partial=partial)
    return Scorecard(total, departments, bonus, verdict, grade_of(checklist, total, verdict))


def item_points(item: Item, answer: str) -> Decimal:
    """Return the points an answer earns, rounded once."""
    return round_points(item.rule.earn(answer, item.points))


def answer_points(asked: Item | BonusItem, answer: Answer) -> Decimal:
    """Return the points an item or a bonus line earns with an answer; 0 in every state without one."""
    if answer.state is not ItemState.ANSWERED:
        return ZERO
    return round_points(asked.rule.earn(answer.value, asked.points))


@dataclass(frozen=True, slots=True)
class _Sums:
    """Exact sums over the parts of a level that take part in it."""

    raw: Decimal
    """Points earned."""
    best: Decimal
    """Points earned with everything open counted as full."""
    applicable: Decimal
    """Points that could be earned."""


@dataclass(frozen=True, slots=True)
class _Scaled:
    """A level after what left it: the figures that count in its parent."""

    earned: Decimal
    best: Decimal
    possible: Decimal
    factor: Fraction | None
    left: Left | None


def _scale(checklist: Checklist, sums: _Sums, maximum: Decimal) -> _Scaled:
    """Apply the one rule for every level to what remains of `maximum` points."""
    if not sums.applicable:
        return _Scaled(ZERO, ZERO, ZERO, None, Left.NOTHING_APPLIES)
    if sums.applicable == maximum or checklist.when_not_applicable == "exclude":
        return _Scaled(sums.raw, sums.best, sums.applicable, None, None)
    if sums.applicable * 2 < maximum:
        return _Scaled(ZERO, ZERO, ZERO, None, Left.NOT_COMPARABLE)
    factor = Fraction(maximum) / Fraction(sums.applicable)
    earned, best = (round_points(Fraction(points) * factor) for points in (sums.raw, sums.best))
    return _Scaled(earned, best, maximum, factor, None)


def _item(checklist: Checklist, item: Item, state: AuditState, memo: Memo) -> ItemScore:
    answer = state.answer(item.id)
    scored_as = answer.state
    if scored_as is ItemState.NO_DATA and answer.reason in checklist.no_data_not_applicable:
        scored_as = ItemState.NOT_APPLICABLE
    if scored_as in LEAVES:
        return ItemScore(item, answer, scored_as, ZERO, ZERO, None)
    earned = ZERO
    if scored_as is ItemState.ANSWERED:
        earned = _points(item, answer, memo)
    fired = _item_critical(checklist, item, scored_as, answer, earned)
    return ItemScore(item, answer, scored_as, earned, item.points, fired)


def _points(item: Item, answer: Answer, memo: Memo) -> Decimal:
    """Return the points of an answer: by its rule, or what an effect assumes."""
    if answer.assumed is not None:
        return min(answer.assumed, item.points)
    key = (item.id, answer.value)
    if key not in memo.points:
        memo.points[key] = item_points(item, answer.value)
    return memo.points[key]


def _item_critical(checklist: Checklist, item: Item, state: ItemState, answer: Answer, earned: Decimal) -> bool | None:
    if item.critical is None or state is ItemState.OPEN:
        return None
    if state is ItemState.NO_DATA:
        return True
    if isinstance(item.rule, Sample):
        conforming, checked = _conforming(checklist, item, item.rule, answer, earned)
        thin = checked < item.critical.min_checked or checked - conforming < item.critical.min_failed
        return not thin and item.critical.reached(Fraction(conforming, checked))
    return item.critical.reached(Fraction(earned) / Fraction(item.points))


def _conforming(checklist: Checklist, item: Item, rule: Sample, answer: Answer, earned: Decimal) -> tuple[int, int]:
    """Return (conforming, checked) of a sample; for assumed points as many records as they take."""
    if answer.assumed is None:
        return rule.counts(answer.value)
    asked = checklist.sample_size(item)
    checked = rule.counts(answer.value)[1] if answer.value else asked if isinstance(asked, int) else _SOME
    share = rule.share_for(Fraction(earned) / Fraction(item.points))
    return math.ceil(share * checked), checked


def _level_critical(critical: Critical | None, scaled: _Scaled, counts: Counts) -> bool | None:
    if critical is None or scaled.left or counts.open:
        return None
    return critical.reached(Fraction(scaled.earned) / Fraction(scaled.possible))


def _kept_section(
    checklist: Checklist, department: Department, section: Section, state: AuditState, memo: Memo
) -> SectionScore:
    """Return a section's score; the one kept where all its answers are as they were."""
    key = department.id, section.id
    answers = tuple(state.answer(item.id) for item in section.items)
    kept = memo.sections.get(key)
    if kept is None or kept[0] != answers:
        kept = memo.sections[key] = answers, _section(checklist, section, state, memo)
    return kept[1]


def _section(checklist: Checklist, section: Section, state: AuditState, memo: Memo) -> SectionScore:
    items = tuple(_item(checklist, item, state, memo) for item in section.items)
    counts = _count(items)
    raw = sum((i.earned for i in items), ZERO)
    still_open = sum((i.possible for i in items if i.state is ItemState.OPEN), ZERO)
    sums = _Sums(raw, raw + still_open, sum((i.possible for i in items), ZERO))
    scaled = _scale(checklist, sums, section.points)
    needed, passed = _pass(section.pass_rate, scaled.earned, scaled.possible)
    return SectionScore(
        earned=scaled.earned,
        possible=scaled.possible,
        best=scaled.best,
        pass_points=needed,
        passed=passed,
        counts=counts,
        section=section,
        items=items,
        raw=sums.raw,
        applicable=sums.applicable,
        factor=scaled.factor,
        left=scaled.left,
        critical_failed=_level_critical(section.critical, scaled, counts),
    )


def _department(
    checklist: Checklist, department: Department, state: AuditState, memo: Memo, share: Fraction | None
) -> DepartmentScore:
    sections = tuple(_kept_section(checklist, department, section, state, memo) for section in department.sections)
    counts = sum((s.counts for s in sections), Counts())
    sums = _sum_parts([(s.earned, s.best, s.possible) for s in sections])
    scaled = _scale(checklist, sums, department.points)
    needed, passed = _pass(department.pass_rate, scaled.earned, scaled.possible)
    own_critical = _level_critical(department.critical, scaled, counts)
    if checklist.critical_policy == "fail_department" and passed and (own_critical or _any_critical(sections)):
        passed = False
    earned, best, possible = (
        points if share is None else round_points(Fraction(points) * share)
        for points in (scaled.earned, scaled.best, scaled.possible)
    )
    return DepartmentScore(
        earned=scaled.earned,
        possible=scaled.possible,
        best=scaled.best,
        pass_points=needed,
        passed=passed,
        counts=counts,
        department=department,
        sections=sections,
        raw=sums.raw,
        applicable=sums.applicable,
        factor=scaled.factor,
        left=scaled.left,
        critical_failed=own_critical,
        contributed=earned,
        contributed_best=best,
        contributed_possible=possible,
    )


def _total(
    checklist: Checklist, departments: Sequence[DepartmentScore], bonus: Sequence[BonusScore], *, partial: bool
) -> TotalScore:
    """Add the departments; a partial scope is a plain sum with no pass mark, as nothing is redistributed for it."""
    sums = _sum_parts([(d.contributed, d.contributed_best, d.contributed_possible) for d in departments])
    if partial:
        scaled = _Scaled(sums.raw, sums.best, sums.applicable, None, None)
    else:
        # Weighted shares are rounded one by one; where their maxima miss the total by a hundredth they are scaled too.
        scaled = _scale(checklist, sums, checklist.total)
    extra = sum((b.earned for b in bonus), ZERO)
    if checklist.bonus_cap is not None:
        extra = min(extra, checklist.bonus_cap)
    counted = scaled.earned + (extra if checklist.bonus_counts else ZERO)
    needed, passed = (None, None) if partial else _pass(checklist.pass_rate, counted, scaled.possible)
    if checklist.critical_policy == "fail_audit" and passed and _any_critical_in(departments):
        passed = False
    return TotalScore(
        earned=scaled.earned,
        possible=scaled.possible,
        best=scaled.best,
        pass_points=needed,
        passed=passed,
        counts=sum((d.counts for d in departments), Counts()),
        raw=sums.raw,
        applicable=sums.applicable,
        factor=scaled.factor,
        bonus=extra,
        assessed=_assessed(departments),
    )


def _pass(rate: Fraction, earned: Decimal, possible: Decimal) -> tuple[Decimal | None, bool | None]:
    """Return (points to pass, passed); nothing possible is neither passed nor failed."""
    if not possible:
        return None, None
    needed = pass_points(rate, possible)
    return needed, earned >= needed


def _sum_parts(parts: Iterable[tuple[Decimal, Decimal, Decimal]]) -> _Sums:
    raw = best = possible = ZERO
    for part_earned, part_best, part_possible in parts:
        raw, best, possible = raw + part_earned, best + part_best, possible + part_possible
    return _Sums(raw, best, possible)


def _count(items: Sequence[ItemScore]) -> Counts:
    number = dict.fromkeys(ItemState, 0)
    for item in items:
        number[item.state] += 1
    return Counts(len(items), **{state.value: count for state, count in number.items()})


def _any_critical(sections: Iterable[SectionScore]) -> bool:
    return any(s.critical_failed or any(i.critical_failed for i in s.items) for s in sections)


def _any_critical_in(departments: Iterable[DepartmentScore]) -> bool:
    return any(d.critical_failed or _any_critical(d.sections) for d in departments)


def _assessed(departments: Iterable[DepartmentScore]) -> Fraction:
    """Return the share of points assessed among all that applied or were not assessed."""
    applied = missed = ZERO
    for department in departments:
        for section in department.sections:
            for item in section.items:
                if item.state is ItemState.NOT_ASSESSED:
                    missed += item.item.points
                applied += item.possible
    return Fraction(applied) / Fraction(applied + missed) if applied + missed else Fraction(1)


def department_weights(checklist: Checklist, state: AuditState) -> dict[str, Fraction]:
    """Return the weights by department that count in this audit: its profile's, or the checklist's own.

    Empty where points count as they are, and for a partial scope, whose total is a plain sum.
    """
    profile = checklist.profiles.get(str(state.details.get("profile", "")))
    chosen = profile or {d.id: d.weight for d in checklist.departments if d.weight is not None}
    return {} if state.departments else {name: Fraction(weight) for name, weight in chosen.items()}


def department_shares(checklist: Checklist, state: AuditState) -> dict[str, Fraction]:
    """Return each department's factor into the total: total x weight / (sum of weights x its maximum)."""
    weights = department_weights(checklist, state)
    whole = sum(weights.values(), Fraction(0))
    return {
        d.id: Fraction(checklist.total) * weights[d.id] / (whole * Fraction(d.points))
        for d in checklist.departments
        if weights
    }

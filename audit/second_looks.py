"""What should make one look at an audit twice before it is signed; all of it may be right.

The limits are habits of auditors who check each other's work, and each says why it lies where it does.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.answers import LACKS
from audit.kpi_looks import against_kpis
from audit.matters import Concern, Matter, Place, few, place_of
from audit.state import ItemState
from checklists.points import percent, printed
from checklists.rules import Deduct, Levels, Sample
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.scorecard import DepartmentScore, ItemScore, SectionScore
    from audit.state import AuditState
    from audit.summary import AuditSummary

FULL_SECTION = 4
"""A section with so many answered items, all of them full, is looked at again: of fewer it is nothing unusual."""
MUCH_LEFT = Fraction(1, 3)
"""A section with this share of its points not applicable or without a case is looked at again: each item that is left
counts half as much again then.  What the dealership has not from the start is no decision of the auditor's and is left
out."""
UNEVEN_BY = Fraction(2, 5)
"""The same place scored with so much difference in two departments is looked at again: order, lamps and labels of one
room do not differ by more from desk to desk, but two auditors' eyes may."""
UNEVEN_ITEMS = 3
"""Items each of the two departments must have answered there: one or two say nothing about a place."""

_NO_REASON = Text(
    "{id} 失 {lost} 分，没写原因（弱项：{weak}）", "{id} lost {lost} points, no reason is written (finding: {weak})"
)
_NO_REMARK = Text(
    "抽样组 {set} {name}：{count} 格不符合没有写原因（{items}）",
    "Sample set {set} {name}: failing cells without a reason: {count} ({items})",
)
_NO_EVIDENCE = Text(
    "关键项 {id} 没有照片、记录或备注：{statement}", "Critical item {id} has no photo, record or note: {statement}"
)
_ALL_FULL = Text("{department} {section}：{count} 项全部满分", "{department}, {section}: all {count} items full")
_SHORT_SET = Text("抽样组 {set} {name}：{why}", "Sample set {set} {name}: {why}")
_CLOSED = Text("只看了 {done}/{size} 份（{reason}）", "{done} of {size} records read ({reason})")
_POPULATION = Text("只有 {done}/{size} 份，清单共 {population} 份", "{done} of {size}, the list has {population}")
_SHORT_ITEM = Text("{id} 只检查了 {done}/{size}：{statement}", "{id} only {done} of {size} checked: {statement}")
_MUCH_LEFT = Text(
    "{department} {section}：{share} 的分值不适用或未发生（{items}），其余各项的分量随之加重",
    "{department}, {section}: {share} of its points do not apply or had no case ({items}); the rest weighs more for it",
)
_NOT_ASSESSED = Text("{department}：{count} 项未评估（{items}）", "{department}: {count} items not assessed ({items})")
_UNEVEN = Text(
    "{place}：{high} {high_rate}，{low} {low_rate}，相差 {by} 个百分点",
    "{place}: {high} {high_rate}, {low} {low_rate}, {by} percentage points apart",
)
_NOBODY = Text("没有填写评估员", "No auditor is named")
_NOT_SHARED = Text("没有记录哪个部门由谁评估：{names}", "Who takes which department is not recorded: {names}")
_UNASSIGNED = Text("{department}：{count} 项没有分给评估员", "{department}: {count} items are nobody's")
_NOT_ASKED = Text("访谈必问还差 {count} 个（{questions}）", "Questions that must still be asked: {count} ({questions})")
_FLAG = Text("{id} 有待复看标记：{statement}", "{id} is flagged for later: {statement}")


def second_looks(summary: AuditSummary, state: AuditState) -> tuple[Matter, ...]:
    """Return what to look at twice, the gravest first."""
    return (
        *_without_reason(summary),
        *_without_remark(summary),
        *_without_evidence(summary),
        *against_kpis(summary, state),
        *_flagged(summary, state),
        *_all_full(summary),
        *_short_sets(summary),
        *_short_items(summary),
        *_much_left(summary),
        *_not_assessed(summary),
        *_uneven(summary),
        *_not_asked(summary, state),
        *(_unassigned(summary, state) if summary.signature is None else ()),
    )


def _sections(summary: AuditSummary) -> Iterator[tuple[DepartmentScore, SectionScore]]:
    for department in summary.scorecard.departments:
        for section in department.sections:
            yield department, section


def _without_reason(summary: AuditSummary) -> Iterator[Matter]:
    """Yield answers that somebody typed, that lose points and do not say why, most points first.

    Counted faults say it by their names.
    """
    bare = [
        score
        for score in summary.scorecard.items
        if score.state is ItemState.ANSWERED
        and score.points_lost
        and score.answer.entry
        and not isinstance(score.item.rule, Deduct)
        and not score.answer.reason.strip()
    ]
    for score in sorted(bare, key=lambda score: -score.points_lost):
        text = _NO_REASON.format(id=score.item.id, weak=score.weak, lost=printed(score.points_lost))
        yield Matter(Concern.NO_REASON, text, Place(item=score.item.id))


def _without_remark(summary: AuditSummary) -> Iterator[Matter]:
    for grid in summary.records:
        cells = grid.without_remark
        if cells:
            items = list(dict.fromkeys(item for _, item in cells))
            text = _NO_REMARK.format(set=grid.id, name=grid.sample.name, count=len(cells), items=few(items))
            record, item = cells[0]
            yield Matter(Concern.NO_REASON, text, Place(set=f"{grid.id}/{item}", record=record))


def _without_evidence(summary: AuditSummary) -> Iterator[Matter]:
    """Yield answered critical items with nothing behind them: no file, no note, no drawn records, no figures."""
    filed = {piece.item for piece in summary.evidence}
    for score in summary.scorecard.items:
        item = score.item
        answered = score.answer.state in {ItemState.ANSWERED, ItemState.NO_DATA} and score.answer.entry
        if item.critical is not None and answered and item.id not in filed and not summary.notes.get(item.id):
            text = _NO_EVIDENCE.format(id=item.id, statement=item.statement)
            yield Matter(Concern.NO_EVIDENCE, text, Place(item=item.id))


def _flagged(summary: AuditSummary, state: AuditState) -> Iterator[Matter]:
    asked = {score.item.id: score.item.statement for score in summary.scorecard.items}
    for item, statement in {**asked, **{bonus.id: bonus.statement for bonus in summary.checklist.bonus}}.items():
        if item in state.flags:
            yield Matter(Concern.FLAG, _FLAG.format(id=item, statement=statement), Place(item=item))


def _all_full(summary: AuditSummary) -> Iterator[Matter]:
    for department, section in _sections(summary):
        counted = [score for score in section.items if score.possible]
        answered = all(score.state is ItemState.ANSWERED and not score.points_lost for score in counted)
        if len(counted) >= FULL_SECTION and answered:
            text = _ALL_FULL.format(
                department=department.department.name, section=section.section.name, count=len(counted)
            )
            yield Matter(Concern.ALL_FULL, text, Place(item=counted[0].item.id))


def _short_sets(summary: AuditSummary) -> Iterator[Matter]:
    """Yield drawn sets that hold, or of which were read, fewer records than the checklist asks for."""
    for grid in summary.records:
        short = [item for item in grid.items if grid.short(item) is not None]
        if not short:
            continue
        worst = min(short, key=grid.done)
        why = (_CLOSED if grid.short(worst) == "closed" else _POPULATION).format(
            done=grid.done(worst), size=grid.draw.size, reason=grid.closed or "", population=grid.draw.population
        )
        text = _SHORT_SET.format(set=grid.id, name=grid.sample.name, why=why)
        yield Matter(Concern.SHORT_SAMPLE, text, Place(set=f"{grid.id}/{worst.id}"))


def _short_items(summary: AuditSummary) -> Iterator[Matter]:
    """Yield items whose typed sample or observations are fewer than the checklist asks for."""
    drawn = {grid.id for grid in summary.records}
    for score in summary.scorecard.items:
        item, rule = score.item, score.item.rule
        if score.state is not ItemState.ANSWERED or item.set in drawn:
            continue
        size = summary.checklist.sample_size(item)
        done = None
        if isinstance(rule, Sample):
            done = rule.counts(score.answer.value)[1]
        elif isinstance(rule, Levels):
            done, size = len(score.answer.value.split()), size if isinstance(size, int) else rule.observations
        if done is not None and isinstance(size, int) and done < size:
            text = _SHORT_ITEM.format(id=item.id, statement=item.statement, done=done, size=size)
            yield Matter(Concern.SHORT_SAMPLE, text, Place(item=item.id))


def _much_left(summary: AuditSummary) -> Iterator[Matter]:
    for department, section in _sections(summary):
        left = [
            score
            for score in section.items
            if score.state in {ItemState.NOT_APPLICABLE, ItemState.NO_CASE}
            and not score.answer.reason.startswith(LACKS)
        ]
        points = sum((score.item.points for score in left), Decimal(0))
        if left and Fraction(points) >= MUCH_LEFT * Fraction(section.section.points):
            text = _MUCH_LEFT.format(
                department=department.department.name,
                section=section.section.name,
                share=percent(points, section.section.points),
                items=few([score.item.id for score in left]),
            )
            yield Matter(Concern.NOT_APPLICABLE, text, place_of(summary, left[0].item.id))


def _not_assessed(summary: AuditSummary) -> Iterator[Matter]:
    for department in summary.scorecard.departments:
        missed = [s.item.id for p in department.sections for s in p.items if s.state is ItemState.NOT_ASSESSED]
        if missed:
            text = _NOT_ASSESSED.format(department=department.department.name, count=len(missed), items=few(missed))
            yield Matter(Concern.NOT_ASSESSED, text, place_of(summary, missed[0]))


def _uneven(summary: AuditSummary) -> Iterator[Matter]:
    """Yield places whose best and worst department lie far apart; it leads to what the worst lost most at there."""
    for place, scored in _by_place(summary).items():
        rates = {
            name: Fraction(sum(s.earned for s in scores)) / Fraction(sum(s.possible for s in scores))
            for name, scores in scored.items()
            if len(scores) >= UNEVEN_ITEMS
        }
        if len(rates) < 2:
            continue
        high, low = max(rates, key=rates.__getitem__), min(rates, key=rates.__getitem__)
        if rates[high] - rates[low] < UNEVEN_BY:
            continue
        text = _UNEVEN.format(
            place=summary.checklist.places[place].name,
            high=_name(summary, high),
            high_rate=_percent(rates[high]),
            low=_name(summary, low),
            low_rate=_percent(rates[low]),
            by=round(rates[high] * 100) - round(rates[low] * 100),  # of what is printed, or it would look wrong
        )
        worst = max(scored[low], key=lambda score: score.points_lost)
        yield Matter(Concern.UNEVEN, text, place_of(summary, worst.item.id))


def _by_place(summary: AuditSummary) -> dict[str, dict[str, list[ItemScore]]]:
    """Return what earned or lost points, by place and department."""
    found: dict[str, dict[str, list[ItemScore]]] = {}
    for department, section in _sections(summary):
        for score in section.items:
            if score.possible and score.state is not ItemState.OPEN:
                found.setdefault(score.item.place, {}).setdefault(department.department.id, []).append(score)
    return found


def _unassigned(summary: AuditSummary, state: AuditState) -> Iterator[Matter]:
    """Yield departments nobody has, once they were handed out.

    One auditor alone has all of them; several have all of them together where it is recorded that nobody has any.
    """
    assigned = state.details.get("assignments")
    if not summary.auditors and not assigned:
        yield Matter(Concern.UNASSIGNED, _NOBODY, Place(detail="auditors"))
    elif assigned is None and len(summary.auditors) > 1:
        names = joined([same(name) for name in summary.auditors])
        yield Matter(Concern.UNASSIGNED, _NOT_SHARED.format(names=names), Place(detail="assignments"))
    elif assigned:
        for department in summary.scorecard.departments:
            if department.department.id not in assigned:
                count = sum(len(section.items) for section in department.sections)
                text = _UNASSIGNED.format(department=department.department.name, count=count)
                yield Matter(Concern.UNASSIGNED, text, Place(detail="assignments"))


def _not_asked(summary: AuditSummary, state: AuditState) -> Iterator[Matter]:
    """Yield the questions of the interview guides that must be asked and were not, in one line."""
    from audit.guides import guides_in
    from audit.interviews import interviews_of

    asked = {interview.guide for interview in interviews_of(summary.checklist, state)}
    guides = guides_in(summary.checklist, state.departments)
    left = [
        question.id for guide in guides.values() for question in guide if question.must and question.id not in asked
    ]
    if left:
        text = _NOT_ASKED.format(count=len(left), questions=few(left))
        yield Matter(Concern.NOT_ASKED, text, Place(question=left[0]))


def _name(summary: AuditSummary, department_id: str) -> Text:
    return next(d.department.name for d in summary.scorecard.departments if d.department.id == department_id)


def _percent(share: Fraction) -> str:
    return f"{round(share * 100)} %"

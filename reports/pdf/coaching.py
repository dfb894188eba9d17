"""Coaching directions, what each brings, and the improvement plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.clock import today
from audit.kpi_findings import with_unit
from audit.plan import FIELD_NAMES, STATUS_NAMES, Field
from audit.raising import regained
from checklists.points import ZERO, printed
from checklists.text import Text, joined, same
from reports.pdf import ahead
from reports.pdf.blocks import NOTHING, Column, cell, facts, heading, note, points, row, table
from reports.pdf.figures import line_chart, one_line
from reports.pdf.first_page import marked
from reports.sheets import directions as directions_sheet
from reports.sheets import effects as effects_sheet
from reports.sheets.effects_moves import EFFECT, MOVES
from reports.sheets.plan import POINTS_HEAD, cell_text
from reports.words import DIRECTIONS_SHEET, EFFECTS_SHEET, FAILED, PASSED, PLAN_SHEET

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.coaching import DirectionEffect
    from audit.findings import WeakItem
    from audit.plan import Action
    from audit.summary import AuditSummary
    from reports.pdf.blocks import Block, Cell, Words

_CURED = (
    Column(Text("编号", "Item"), 0.8),
    Column(Text("部门", "Department"), 1.7),
    Column(Text("要解决的弱项", "Weak items it cures"), 5.9),
    Column(Text("责任岗位", "Answers for it"), 1.5, "c"),
    Column(Text("满分", "Max."), 0.85, "r"),
    Column(Text("失分", "Lost"), 0.85, "r"),
    Column(Text("可达到", "Attainable"), 1.0, "r"),
    Column(Text("可得分", "Regained"), 1.0, "r"),
)
_STEPS = (
    Column(Text("序号", "No."), 0.5, "c"),
    Column(directions_sheet.STEPS, 8.6),
    Column(Text("谁来做", "Who"), 2.0, "c"),
    Column(Text("工作日", "Days"), 0.9, "r"),
)
_MOVES = (
    Column(Text("方向", "Dir."), 0.6, "c"),
    Column(Text("KPI", "KPI"), 3.4),
    Column(Text("现值", "Now"), 1.1, "r"),
    Column(Text("须改善", "To move"), 1.3, "r"),
    Column(Text("应达到", "To reach"), 1.1, "r"),
    Column(Text("口径", "How it is counted"), 4.2),
)
_EFFECT_HEADS = (
    Column(Text("方向", "Dir."), 0.6, "c"),
    Column(Text("辅导方向", "Coaching direction"), 3.0),
    Column(Text("工作日", "Days"), 0.8, "r"),
    Column(Text("可得分", "Regained"), 1.0, "r"),
    Column(Text("总分", "Total"), 1.1, "r"),
    Column(Text("结论", "Result"), 1.1, "c"),
)
_TOTAL, _WHOLE = Text("合计", "Total"), Text("总分", "Total")
_NAMED = Text("{letter}  {name}", "{letter}  {name}")
_MARK = Text("及格分", "Pass points")
_SUM = Text("可得 {points} 分，{days} 个工作日", "{points} points to regain, {days} working days")
_SUM_ONLY = Text("可得 {points} 分", "{points} points to regain")
_REACHED = "✓ "
_POINTS = Text("个百分点", "pct. points")
_PLAN = (
    (Field.STATUS, 0.95),
    (Field.DUE, 1.15),
    (Field.DIRECTION, 1.35),
    (Field.ANSWERS, 1.7),
    (Field.WHAT, 5.3),
    (Field.OWNER_ROLE, 1.2),
    (Field.OWNER, 1.0),
    (Field.MEASURE, 3.0),
    (Field.TARGET, 1.05),
)
_MORE = (Field.ROOT_CAUSE, Field.INTERIM, Field.LASTING, Field.COST, Field.SUPPORT, Field.PROOF)
_CHECKED = (Field.VERIFIER, Field.VERIFIED_ON, Field.RESULT, Field.REASON)
_COUNTED = Text("截至 {today}：{counts}；逾期 {overdue}", "On {today}: {counts}; overdue {overdue}")
_COUNT = Text("{status} {count}", "{status} {count}")
_OVERDUE = Text("已逾期", "overdue")
_FILLED_IN = Text("{label}：{text}", "{label}: {text}")


def directions(summary: AuditSummary, words: Words) -> list[Block]:
    """Return each direction with the weak items it cures, its steps, training and proof."""
    blocks = [heading(words, DIRECTIONS_SHEET)]
    if not summary.effects:
        return [*blocks, note(words, directions_sheet.NONE)]
    blocks.append(note(words, directions_sheet.LEGEND))
    for effect in summary.effects:
        blocks += _direction(effect, summary, words)
    return blocks


def _direction(effect: DirectionEffect, summary: AuditSummary, words: Words) -> list[Block]:
    direction = effect.direction
    days = "" if effect.effort_days is None else f"{effect.effort_days.normalize():f}"
    told = (_SUM if days else _SUM_ONLY).format(points=printed(effect.attainable), days=days)
    blocks = [heading(words, _NAMED.format(letter=effect.letter, name=direction.name), 2), note(words, told)]
    more = (
        (directions_sheet.CURES, direction.cures),
        (directions_sheet.TRAINING, direction.training),
        (directions_sheet.PROOF, direction.proof),
        (directions_sheet.SUITS, direction.suits),
    )
    blocks.append(facts(words, [(label, text) for label, text in more if text is not None and text.zh], whole=True))
    rows = [row(_cured(weak, summary, words)) for weak in effect.weak]
    sums = ["", "", words(_TOTAL), "", "", points(effect.points_lost), "", points(effect.attainable)]
    blocks.append(table(words, _CURED, [*rows, row(sums, "total")]))
    steps = [
        row([str(n), words(step.do), words(_role(summary, step.role)), f"{step.days.normalize():f}"])
        for n, step in enumerate(direction.steps, start=1)
    ]
    return [*blocks, table(words, _STEPS, steps, whole=True)] if steps else blocks


def _cured(weak: WeakItem, summary: AuditSummary, words: Words) -> list[Cell]:
    figures = [NOTHING] * 4
    if weak.item is not None and weak.attainable is not None:
        figures = [points(value) for value in (weak.item.points, weak.points_lost, weak.attainable, regained(weak))]
    owner = _role(summary, weak.item.owner) if weak.item else same("")
    return [weak.number, words(weak.department.name), words(weak.statement), words(owner), *figures]


def effects(summary: AuditSummary, words: Words) -> list[Block]:
    """Return total and departments after each direction, in order and alone, the KPIs to move, and the forecast."""
    if not summary.effects:
        return []
    blocks = [heading(words, EFFECTS_SHEET), note(words, effects_sheet.LEGEND)]
    names = [score.department.name for score in summary.scorecard.departments]
    columns = [*_EFFECT_HEADS, *(Column(name, 1.1, "r") for name in names)]
    now = {score.department.id: score.earned for score in summary.scorecard.departments}
    total = summary.scorecard.total
    in_order = [row(_mark(summary, words), "total")]
    first = ("", words(effects_sheet.NOW_NAME), "", "")
    in_order.append(row(_after(first, total.earned, total.passed, now, summary, words)))
    alone = [row(_mark(summary, words), "total")]
    for effect in summary.effects:
        days = NOTHING if effect.effort_days is None else f"{effect.effort_days.normalize():f}"
        named = (effect.letter, words(effect.direction.name), days, points(effect.attainable))
        so_far = (effect.cumulative_total, effect.cumulative_passes, dict(effect.cumulative_departments))
        by_itself = (effect.total_after, effect.passes_after, dict(effect.departments_after))
        in_order.append(row(_after(named, *so_far, summary, words)))
        alone.append(row(_after(named, *by_itself, summary, words)))
    blocks += [heading(words, effects_sheet.IN_ORDER, 2), _climb(summary, words), table(words, columns, in_order)]
    blocks += [heading(words, effects_sheet.ALONE, 2), table(words, columns, alone)]
    return [*blocks, *ahead.route(summary, words), *_moves(summary, words), *ahead.forecast(summary, words)]


def _mark(summary: AuditSummary, words: Words) -> list[Cell]:
    marks = [points(score.pass_points) for score in summary.scorecard.departments]
    return ["", words(_MARK), "", "", points(_needed(summary)), "", *marks]


def _needed(summary: AuditSummary) -> Decimal | None:
    """Return what the total has to reach, less the bonus points that help."""
    needed = summary.scorecard.total.pass_points
    if needed is None or not summary.checklist.bonus_counts:
        return needed
    return needed - summary.scorecard.total.bonus


def _after(
    named: tuple[str, str, str, str],
    total: Decimal,
    passes: bool | None,
    departments: dict[str, Decimal],
    summary: AuditSummary,
    words: Words,
) -> list[Cell]:
    result: Cell = NOTHING
    if passes is not None:
        result = marked(PASSED if passes else FAILED, words)
    figures = []
    for score in summary.scorecard.departments:
        earned = departments.get(score.department.id, ZERO)
        reached = score.pass_points is not None and earned >= score.pass_points
        figures.append((_REACHED if reached else "") + points(earned))
    return [*named, points(total), result, *figures]


def _climb(summary: AuditSummary, words: Words) -> Block:
    """Draw the totals against the points to pass, as direction follows direction."""
    values = [summary.scorecard.total.earned, *(effect.cumulative_total for effect in summary.effects)]
    names = [words.line(effects_sheet.NOW_NAME), *(f"+ {effect.letter}" for effect in summary.effects)]
    needed = _needed(summary)
    series = [
        one_line(words.line(_WHOLE), [float(value) for value in values], "bars", marks=True)
        | {"told": [f"{value:.2f}" for value in values]}
    ]
    if needed is not None:
        series.append(one_line(words.line(_MARK), [float(needed)] * len(values), "failed", "dashed"))
    return line_chart(names, series, "", tall=42, under=7)


def _moves(summary: AuditSummary, words: Words) -> list[Block]:
    rows = []
    for effect in summary.effects:
        told = EFFECT.format(letter=effect.letter, name=effect.direction.name, effect=effect.direction.effect)
        rows.append(row([words(told)], "band"))
        for move in effect.kpis:
            kpi = move.kpi_model
            moved = with_unit(abs(move.by), _POINTS if kpi.unit.en == "%" else kpi.unit)
            by = Text("{sign}{value}", "{sign}{value}").format(sign="+" if move.by > 0 else "−", value=moved)
            now, after = (
                NOTHING if value is None else words(with_unit(value, kpi.unit)) for value in (move.now, move.after)
            )
            name = words(Text("{id} {name}", "{id} {name}").format(id=move.kpi, name=kpi.name))
            rows.append(row([effect.letter, name, now, words(by), after, words(kpi.formula)]))
    return [heading(words, MOVES, 2), table(words, _MOVES, rows)]


def plan(summary: AuditSummary, words: Words) -> list[Block]:
    """Return the improvement plan, where there is one; what the dealership wrote stands below each action."""
    actions = summary.plan.actions
    if not actions:
        return []
    columns = [
        Column(Text("编号", "No."), 0.6, "c"),
        *(Column(FIELD_NAMES[name], width, "c" if name in {Field.STATUS, Field.DUE} else "l") for name, width in _PLAN),
        Column(POINTS_HEAD, 0.95, "r"),
    ]
    now = today()
    rows = [row(_action(action, summary, words, now)) for action in actions]
    return [heading(words, PLAN_SHEET), note(words, _counts(summary, now)), table(words, columns, rows)]


def _counts(summary: AuditSummary, now: str) -> Text:
    """Say how many actions stand where on the day of printing."""
    held = [action.status for action in summary.plan.actions]
    counts = [_COUNT.format(status=name, count=held.count(one)) for one, name in STATUS_NAMES.items() if one in held]
    return _COUNTED.format(today=now, counts=joined(counts), overdue=len(summary.plan.overdue(now)))


def _action(action: Action, summary: AuditSummary, words: Words, now: str) -> list[Cell]:
    filled = []
    for name in (*_MORE, *_CHECKED):
        text = cell_text(summary, action, name, words.lang)
        if text:
            filled.append(words(_FILLED_IN.format(label=FIELD_NAMES[name], text=text)))
    cells: list[Cell] = [action.number]
    for name, _ in _PLAN:
        text = words(cell_text(summary, action, name, words.lang))
        if name is Field.STATUS and action.overdue(now):
            cells.append(cell(f"{text}\n{words(_OVERDUE)}", "failed"))
        else:
            cells.append(cell(text, under="\n".join(filled)) if name is Field.WHAT and filled else text)
    return [*cells, points(action.attainable)]


def _role(summary: AuditSummary, role: str) -> Text:
    named = summary.checklist.roles.get(role)
    return named.name if named else same(role)

"""The expected effect of each direction in words, and the KPIs that must move with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.kpi_findings import short
from audit.kpi_levels import STATUS_NAMES, Limits
from checklists.text import Text, joined, same
from reports.effect_page import FIRST_DEPARTMENT, Column
from reports.formulas import NO_FIGURE
from reports.measure import height_of

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.coaching import DirectionEffect, KpiMove
    from reports.effect_page import EffectPage

MOVES = Text("预期效果与须改善的 KPI", "What is expected, and the KPIs that must move")
_KPI_HEADS: dict[int, Text] = {
    Column.NUMBER: Text("方向", "Dir."),
    Column.KEY: Text("编号", "KPI"),
    Column.NAME: Text("KPI", "Name"),
    Column.DAYS: Text("现值", "Now"),
    Column.GAIN: Text("须改善", "To move"),
    Column.TOTAL: Text("应达到", "To reach"),
    Column.NEEDED: Text("合格线", "Pass level"),
    Column.DIFFERENCE: Text("目标", "Target"),
    Column.RESULT: Text("现在", "Now it is"),
}
_FORMULA = Text("口径", "How it is counted")
_MEASURED = Text("{name}（{unit}）", "{name} ({unit})")
_MOVE_HEIGHT = 36.0
"""Points that a KPI's row takes, at most of them."""
EFFECT = Text("{letter} {name}：{effect}", "{letter} {name}: {effect}")


def write_moves(sheet: EffectPage) -> None:
    """Write the expected effect of each direction in words, and the KPIs it must move."""
    sheet.band(MOVES)
    _heads(sheet)
    for effect in sheet.summary.effects:
        _effect(sheet, effect)
    sheet.row += 1


def _heads(sheet: EffectPage) -> None:
    row = sheet.row
    sheet.heads(_KPI_HEADS, departments=False)
    sheet.page.across(row, FIRST_DEPARTMENT, sheet.last, _FORMULA, "cell", "head")


def _effect(sheet: EffectPage, effect: DirectionEffect) -> None:
    page = sheet.page
    words = effect.direction.effect
    told = EFFECT.format(letter=effect.letter, name=effect.direction.name, effect=words)
    told = told if words.zh else joined([same(effect.letter), effect.direction.name], " ", " ")
    cells = [(page.words(told), page.span(0, sheet.last) * 0.95)]
    if not sheet.kept and not sheet.breaks.fits(height_of(cells) + _MOVE_HEIGHT * len(effect.kpis)):
        # A page that begins with figures alone cannot be read.
        sheet.breaks.begin(sheet.row)
        _heads(sheet)
    row = sheet.row
    page.across(row, 0, sheet.last, told, "cell", "band", "wrap", "left")
    height = page.row(row, cells)
    if effect.kpis:
        sheet.hold(height)
    else:
        sheet.next(height)
    for move in effect.kpis:
        _move(sheet, effect.letter, move)


def _move(sheet: EffectPage, letter: str, move: KpiMove) -> None:
    page, row, kpi = sheet.page, sheet.row, move.kpi_model
    name = _MEASURED.format(name=kpi.name, unit=kpi.unit) if kpi.unit.en else kpi.name
    by = f"{'+' if move.by > 0 else '−'}{short(abs(move.by))}"
    results = {result.id: result for result in sheet.summary.kpis.kpis}
    limits = results[move.kpi].limits if move.kpi in results else Limits()
    texts: dict[int, tuple[Text, str]] = {
        Column.NUMBER: (same(letter), "center"),
        Column.KEY: (same(move.kpi), "left"),
        Column.NAME: (name, "left"),
        Column.DAYS: (_value(move.now), "figure"),
        Column.GAIN: (same(by), "figure"),
        Column.TOTAL: (_value(move.after), "figure"),
        Column.NEEDED: (_value(limits.passing), "figure"),
        Column.DIFFERENCE: (_value(limits.target), "figure"),
        Column.RESULT: (STATUS_NAMES[move.status] if move.status else same(NO_FIGURE), "center"),
    }
    for column, (text, side) in texts.items():
        page.text(row, column, text, "cell", "wrap", side)
    formula = page.once(kpi.formula)
    page.across(row, FIRST_DEPARTMENT, sheet.last, formula, "cell", "wrap", "left", "small", "muted")
    cells = [(page.words(text), page.widths[column]) for column, (text, _) in texts.items()]
    cells.append((page.words(formula), page.span(FIRST_DEPARTMENT, sheet.last) * 1.05))
    sheet.next(page.row(row, cells))


def _value(value: Decimal | None) -> Text:
    return same(NO_FIGURE if value is None else short(value))

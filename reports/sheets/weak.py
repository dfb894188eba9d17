"""Weak items with the points they cost, and the coaching directions that cure them."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING

from audit.findings import KIND_NAMES
from checklists.points import percent
from checklists.text import Text, same
from reports.formulas import NO_FIGURE, Formula, cell, column_range, total
from reports.page import Page
from reports.sheets.items import Column as ItemColumn
from reports.sheets.items import ItemsTable
from reports.sheets.items import table_of as items_of
from reports.style import POINTS, WHOLE_POINTS, Palette
from reports.words import WEAK_SHEET

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.findings import WeakItem
    from audit.summary import AuditSummary
    from checklists.text import Lang
    from reports.style import Styles


class Column(IntEnum):
    """The columns, from the left."""

    NUMBER = 0
    KIND = 1
    ITEM = 2
    DEPARTMENT = 3
    SECTION = 4
    STATEMENT = 5
    REASON = 6
    LOST = 7
    DIRECTION = 8
    NAME = 9


_HEADS: dict[Column, tuple[Text, float]] = {
    Column.NUMBER: (Text("序号", "No."), 6),
    Column.KIND: (Text("类型", "Kind"), 15),
    Column.ITEM: (Text("编号", "Item"), 8),
    Column.DEPARTMENT: (Text("部门", "Department"), 15),
    Column.SECTION: (Text("项目", "Section"), 16),
    Column.STATEMENT: (Text("弱项", "Finding"), 48),
    Column.REASON: (Text("原因", "Reason"), 28),
    Column.LOST: (Text("失分", "Points lost"), 11),
    Column.DIRECTION: (Text("方向", "Dir."), 6.5),
    Column.NAME: (Text("辅导方向", "Coaching direction"), 24),
}
_TITLE = Text("{name}：弱项与辅导方向", "{name}: weak items and coaching directions")
_NONE = Text("没有弱项。", "There are no weak items.")
_DIRECTIONS = Text("辅导方向（按失分排列）", "Coaching directions, most points lost first")
_DIRECTION_HEADS: tuple[tuple[Text, int, int], ...] = (
    (Text("序号", "No."), 0, 0),
    (Text("弱项数与占比", "Number and share"), 1, 4),
    (Text("第一步", "First step"), 5, 6),
    (Text("失分", "Points lost"), 7, 7),
    (Text("方向", "Dir."), 8, 8),
    (Text("辅导方向", "Coaching direction"), 9, 9),
)
"""In the columns of the weak items above where they fit, as the printed pages repeat those heads."""
_STEP = Text("第一步：{step}", "First step: {step}")
_COUNTED = Text(" 个弱项，占失分 ", " weak items, share of loss ")
_TOTAL = Text("合计", "Total")
_HEAD_ROW, _FIRST_ROW = 1, 2


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: Lang) -> None:
    """Write the sheet."""
    page = Page(workbook, WEAK_SHEET, styles, lang, [width for _, width in _HEADS.values()])
    page.text(0, 0, _TITLE.format(name=summary.dealer), "title")
    page.sheet.set_row(0, 28)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.FAILED)
    if not summary.weak_items:
        page.text(_HEAD_ROW, 0, _NONE)
        return
    for column, (head, _) in _HEADS.items():
        page.text(_HEAD_ROW, column, head, "cell", "head")
    page.sheet.set_row(_HEAD_ROW, 24)
    page.sheet.freeze_panes(_FIRST_ROW, 0)
    page.sheet.repeat_rows(_HEAD_ROW)
    whole = all(w.points_lost == w.points_lost.to_integral_value() for w in summary.weak_items)
    number = WHOLE_POINTS if whole else POINTS
    items = items_of(summary, lang)
    for offset, weak in enumerate(summary.weak_items):
        _write_weak(page, _FIRST_ROW + offset, weak, summary, items, number)
    last = _FIRST_ROW + len(summary.weak_items) - 1
    page.sheet.autofilter(_HEAD_ROW, 0, last, Column.NAME)
    page.sheet.ignore_errors({"number_stored_as_text": f"{cell(_FIRST_ROW, 0)}:{cell(last, Column.NAME)}"})
    _write_directions(page, last + 3, last, summary, number)


def _write_weak(page: Page, row: int, weak: WeakItem, summary: AuditSummary, items: ItemsTable, number: str) -> None:
    lang = page.lang
    texts: dict[Column, tuple[str, str]] = {
        Column.KIND: (KIND_NAMES[weak.kind].of(lang), "center"),
        Column.ITEM: (weak.number, "left"),
        Column.DEPARTMENT: (weak.department.name.of(lang), "left"),
        Column.SECTION: (weak.section.name.of(lang) if weak.section else "", "left"),
        Column.STATEMENT: (weak.statement.of(lang), "left"),
        Column.REASON: (weak.reason.of(lang), "left"),
        Column.DIRECTION: (weak.direction, "center"),
        Column.NAME: (_direction_name(summary, weak.direction).of(lang), "left"),
    }
    page.number(row, Column.NUMBER, row - _FIRST_ROW + 1, "0", "cell", "center")
    for column, (text, side) in texts.items():
        page.text(row, column, text, "cell", "wrap", side)
    if weak.item is None:
        page.text(row, Column.LOST, NO_FIGURE, "cell", "right")
    else:
        place = f"MATCH({cell(row, Column.ITEM)},{items.column(ItemColumn.ID)},0)"
        lost = Formula(f"INDEX({items.column(ItemColumn.LOST)},{place})", weak.points_lost)
        page.formula(row, Column.LOST, lost, number, "cell")
    page.row(row, [(text, page.widths[column]) for column, (text, _) in texts.items()])


def _write_directions(page: Page, top: int, last_weak: int, summary: AuditSummary, number: str) -> None:
    """Write the directions with what they cost, outside the weak items' filter, on a page of its own."""
    page.sheet.set_h_pagebreaks([top])
    page.across(top, 0, Column.NAME, _DIRECTIONS, "cell", "band", "indent")
    page.sheet.set_row(top, 24)
    for head, first, last in _DIRECTION_HEADS:
        page.across(top + 1, first, last, head, "cell", "head")
    page.sheet.set_row(top + 1, 24)
    lost: dict[str, Decimal] = {}
    for weak in summary.weak_items:
        lost[weak.direction] = lost.get(weak.direction, Decimal(0)) + weak.points_lost
    first_row = top + 2
    sum_row = first_row + len(lost)
    for row, (direction, points) in enumerate(sorted(lost.items(), key=lambda pair: -pair[1]), start=first_row):
        _write_direction(page, row, last_weak, sum_row, (direction, points), summary, number)
    _write_sum(page, sum_row, first_row, summary, number)


def _write_direction(
    page: Page,
    row: int,
    last_weak: int,
    sum_row: int,
    loss: tuple[str, Decimal],
    summary: AuditSummary,
    number: str,
) -> None:
    direction, points = loss
    known = summary.checklist.directions.get(direction)
    step, name = (_STEP.format(step=known.first_step), known.name) if known else (same(""), same(""))
    keys = column_range(_FIRST_ROW, last_weak, Column.DIRECTION)
    key, own, whole = (cell(row, Column.DIRECTION), cell(row, Column.LOST), cell(sum_row, Column.LOST))
    for _, first, last in _DIRECTION_HEADS:
        page.across(row, first, last, "", "cell", "center")
    page.text(row, Column.DIRECTION, direction, "cell", "center", "bold")
    page.text(row, Column.NAME, name, "cell", "wrap", "left")
    page.text(row, Column.STATEMENT, step, "cell", "wrap", "left")
    page.number(row, Column.NUMBER, row - last_weak - 4, "0", "cell", "center")
    page.formula(
        row, Column.KIND, _counted(summary, direction, (keys, key, own, whole), page.lang), "", "cell", "center"
    )
    sums = total(f"SUMIFS({column_range(_FIRST_ROW, last_weak, Column.LOST)},{keys},{key})")
    page.formula(row, Column.LOST, Formula(sums, points), number, "cell")
    lang, step_width = page.lang, page.span(Column.STATEMENT, Column.REASON)
    page.row(row, [(name.of(lang), page.widths[Column.NAME]), (step.of(lang), step_width)])


def _counted(summary: AuditSummary, direction: str, cells: tuple[str, str, str, str], lang: Lang) -> Formula:
    """Return how many weak items a direction cures and which share of the points lost, as one sentence."""
    keys, key, own, whole = cells
    words = _COUNTED.of(lang)
    share = f'TEXT(IF({whole}=0,0,ROUND(ROUND({own}/{whole},8),3)),"0.0%")'
    mine = [weak.points_lost for weak in summary.weak_items if weak.direction == direction]
    lost = sum((weak.points_lost for weak in summary.weak_items), Decimal(0))
    shown = percent(sum(mine, Decimal(0)), lost).replace(" ", "") if lost else "0.0%"
    return Formula(f'COUNTIFS({keys},{key})&"{words}"&{share}', f"{len(mine)}{words}{shown}")


def _write_sum(page: Page, row: int, first: int, summary: AuditSummary, number: str) -> None:
    for _, left, right in _DIRECTION_HEADS:
        page.across(row, left, right, _TOTAL if left == Column.NUMBER else "", "cell", "total", "center")
    lost = sum((weak.points_lost for weak in summary.weak_items), Decimal(0))
    source = total(f"SUM({column_range(first, row - 1, Column.LOST)})")
    page.formula(row, Column.LOST, Formula(source, lost), number, "cell", "total")
    page.sheet.set_row(row, 22)


def _direction_name(summary: AuditSummary, direction: str) -> Text:
    known = summary.checklist.directions.get(direction)
    return known.name if known else same("")

"""Every item in scope: what was recorded, what it earned and what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING

from audit.answers import reason_text
from checklists.text import Text
from reports.formulas import Formula, cell, column_range, total
from reports.page import Page
from reports.style import DASH, POINTS, WHOLE_POINTS, Palette
from reports.words import ITEMS_SHEET, answer_text, critical_text, state_text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.scorecard import DepartmentScore, ItemScore, SectionScore
    from audit.summary import AuditSummary
    from checklists.text import Lang
    from reports.style import Styles


class Column(IntEnum):
    """The columns, from the left."""

    ID = 0
    NUMBER = 1
    DEPARTMENT = 2
    SECTION = 3
    STATEMENT = 4
    CRITICAL = 5
    STATE = 6
    ANSWER = 7
    POSSIBLE = 8
    EARNED = 9
    LOST = 10
    REASON = 11
    NOTES = 12


_HEADS: dict[Column, tuple[Text, float]] = {
    Column.ID: (Text("编号", "Item"), 8),
    Column.NUMBER: (Text("序号", "No."), 5.5),
    Column.DEPARTMENT: (Text("部门", "Department"), 15),
    Column.SECTION: (Text("项目", "Section"), 16),
    Column.STATEMENT: (Text("检查项", "What is checked"), 46),
    Column.CRITICAL: (Text("关键项", "Critical"), 9.5),
    Column.STATE: (Text("状态", "State"), 11),
    Column.ANSWER: (Text("评分", "Answer"), 14),
    Column.POSSIBLE: (Text("满分", "Max."), 10),
    Column.EARNED: (Text("得分", "Earned"), 10),
    Column.LOST: (Text("失分", "Lost"), 10),
    Column.REASON: (Text("原因", "Reason"), 26),
    Column.NOTES: (Text("备注", "Notes"), 26),
}
_TITLE = Text("{name}：检查项明细", "{name}: all items")
_LEGEND = Text(
    "序号对应“评估表”中的项目；不适用、本期未发生和未评估的检查项不计满分，以“–”表示。",
    "No. is the section's number on the evaluation sheet; what does not apply, had no case or was not assessed "
    "has no points and shows a dash.",
)
_TOTAL = Text("合计", "Total")
_UNSCALED = Text("合计（折算前）", "Total before scaling")
_NOTE = Text("{text}（{person}）", "{text} ({person})")
_TITLE_ROW, _LEGEND_ROW, _HEAD_ROW, FIRST_ROW = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class ItemsTable:
    """Where the items stand, for the formulas of other sheets."""

    sheet: str
    last_row: int

    def column(self, column: Column) -> str:
        """Return a column of all items."""
        return column_range(FIRST_ROW, self.last_row, column, self.sheet)

    def sum_of(self, column: Column, number_cell: str) -> str:
        """Return the sum of a column over the section whose number stands in a cell; sorting does not harm it."""
        return total(f"SUMIFS({self.column(column)},{self.column(Column.NUMBER)},{number_cell})")


def table_of(summary: AuditSummary, lang: Lang) -> ItemsTable:
    """Say where the items will stand."""
    return ItemsTable(ITEMS_SHEET.of(lang), FIRST_ROW + len(summary.scorecard.items) - 1)


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: Lang) -> None:
    """Write the sheet."""
    page = Page(workbook, ITEMS_SHEET, styles, lang, [width for _, width in _HEADS.values()])
    _write_head(page, summary)
    number = _number_format(summary)
    row, section_number = FIRST_ROW, 0
    for department in summary.scorecard.departments:
        for section in department.sections:
            section_number += 1
            for item in section.items:
                page.number(row, Column.NUMBER, section_number, "0", "cell", "center")
                _write_item(page, row, summary, (department, section, item), number)
                row += 1
    last = row - 1
    if last >= FIRST_ROW:
        page.sheet.autofilter(_HEAD_ROW, 0, last, Column.NOTES)
        # An empty row keeps the total out of what Excel sorts and filters.
        _write_total(page, last + 2, last, summary, number)
        page.sheet.ignore_errors({"number_stored_as_text": f"{cell(FIRST_ROW, 0)}:{cell(last, Column.NOTES)}"})


def _write_head(page: Page, summary: AuditSummary) -> None:
    page.text(_TITLE_ROW, 0, _TITLE.format(name=summary.dealer), "title")
    page.sheet.set_row(_TITLE_ROW, 28)
    page.text(_LEGEND_ROW, 0, _LEGEND, "muted", "small")
    page.sheet.set_row(_LEGEND_ROW, 18)
    for column, (head, _) in _HEADS.items():
        page.text(_HEAD_ROW, column, head, "cell", "head")
    page.sheet.set_row(_HEAD_ROW, 24)
    page.sheet.freeze_panes(FIRST_ROW, 1)
    page.sheet.repeat_rows(_HEAD_ROW)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.MUTED)


def _write_item(
    page: Page,
    row: int,
    summary: AuditSummary,
    place: tuple[DepartmentScore, SectionScore, ItemScore],
    number: str,
) -> None:
    department, section, score = place
    lang, item = page.lang, score.item
    notes = [
        _NOTE.format(text=note.text, person=note.person).of(lang) if note.person else note.text
        for note in summary.notes.get(item.id, ())
    ]
    texts: dict[Column, tuple[str, str]] = {
        Column.ID: (item.id, "left"),
        Column.DEPARTMENT: (department.department.name.of(lang), "left"),
        Column.SECTION: (section.section.name.of(lang), "left"),
        Column.STATEMENT: (item.statement.of(lang), "left"),
        Column.CRITICAL: (critical_text(item, score.critical_failed).of(lang), "center"),
        Column.STATE: (state_text(score, summary.conflicts).of(lang), "center"),
        Column.ANSWER: (answer_text(score).of(lang), "center"),
        Column.REASON: (reason_text(score.answer, item).of(lang), "left"),
        Column.NOTES: ("\n".join(notes), "left"),
    }
    for column, (text, side) in texts.items():
        shade = ("failed",) if column is Column.CRITICAL and score.critical_failed else ()
        page.text(row, column, text, "cell", "wrap", side, *shade)
    if not score.possible:
        number = DASH
    page.number(row, Column.POSSIBLE, score.possible, number, "cell")
    page.number(row, Column.EARNED, score.earned, number, "cell")
    lost = f"ROUND({cell(row, Column.POSSIBLE)}-{cell(row, Column.EARNED)},2)"
    page.formula(row, Column.LOST, Formula(lost, score.points_lost), number, "cell")
    page.row(row, [(text, _HEADS[column][1]) for column, (text, _) in texts.items()])


def _write_total(page: Page, row: int, last: int, summary: AuditSummary, number: str) -> None:
    items = summary.scorecard.items
    sums = {
        Column.POSSIBLE: sum((i.possible for i in items), Decimal(0)),
        Column.EARNED: sum((i.earned for i in items), Decimal(0)),
        Column.LOST: sum((i.points_lost for i in items), Decimal(0)),
    }
    plain_sum = summary.scorecard.total.earned == sums[Column.EARNED]
    page.across(row, Column.ID, Column.ANSWER, _TOTAL if plain_sum else _UNSCALED, "cell", "total")
    page.across(row, Column.REASON, Column.NOTES, "", "cell", "total")
    for column, value in sums.items():
        source = total(f"SUM({column_range(FIRST_ROW, last, column)})")
        page.formula(row, column, Formula(source, value), number, "cell", "total")
    page.sheet.set_row(row, 22)


def _number_format(summary: AuditSummary) -> str:
    figures = [value for item in summary.scorecard.items for value in (item.earned, item.possible)]
    return WHOLE_POINTS if all(v == v.to_integral_value() for v in figures) else POINTS

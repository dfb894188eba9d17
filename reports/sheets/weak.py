"""Weak items: what is to be cured, where it comes from, why, by which record, what it cost and whether it is new."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING

from audit.findings import KIND_NAMES, WEAK_RULE
from audit.severity import SEVERITY_NAMES, SEVERITY_RULE, Severity, severity
from checklists.points import printed
from checklists.text import Text, joined, same
from reports.formulas import NO_FIGURE, Formula, cell, column_range, total
from reports.item_tables import Column as ItemColumn
from reports.item_tables import ItemsTable, tables_of
from reports.page import Page
from reports.sheet_names import sheet_name
from reports.sheets.looked_at import failing, remarks
from reports.style import POINTS, WHOLE_POINTS, Palette
from reports.words import WEAK_SHEET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.workbook import Workbook

    from audit.findings import WeakItem
    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles


class Column(IntEnum):
    """The columns, from the left."""

    NUMBER = 0
    ITEM = 1
    DEPARTMENT = 2
    SOURCE = 3
    KIND = 4
    SEVERITY = 5
    STATEMENT = 6
    REASON = 7
    RECORDS = 8
    LOST = 9
    DIRECTION = 10
    NAME = 11
    NEW = 12


_HEADS: dict[Column, tuple[Text, float]] = {
    Column.NUMBER: (Text("序号", "No."), 6),
    Column.ITEM: (Text("编号", "Item"), 8),
    Column.DEPARTMENT: (Text("部门", "Department"), 16),
    Column.SOURCE: (Text("来源", "Source"), 10),
    Column.KIND: (Text("类型", "Kind"), 15),
    Column.SEVERITY: (Text("程度", "Severity"), 9),
    Column.STATEMENT: (Text("弱项", "Finding"), 56),
    Column.REASON: (Text("原因", "Reason"), 34),
    Column.RECORDS: (Text("不符合的记录", "Failing records"), 22),
    Column.LOST: (Text("失分", "Points lost"), 9),
    Column.DIRECTION: (Text("方向", "Dir."), 6.5),
    Column.NAME: (Text("辅导方向", "Coaching direction"), 22),
    Column.NEW: (Text("新 / 重复", "New or recurring"), 10.5),
}
_TITLE = Text("{name}：弱项", "{name}: weak items")
NONE = Text("没有弱项。", "There are no weak items.")
EARLIER = Text("“重复”：{date} 的评估 {ref} 中已是弱项。", "Recurring: it was weak in the audit {ref} of {date}, too.")
FIRST_AUDIT = Text(
    "数据库中没有更早的已签字评估，不分新旧。", "No earlier signed audit is in the store, so none is called new."
)
NEW, RECURRING = Text("新增", "new"), Text("重复", "recurring")
SOURCES = {"item": Text("检查项", "item"), "kpi": Text("KPI", "KPI"), "interview": Text("访谈", "interview")}
_SHADES = {Severity.GRAVE: ("failed", "bold"), Severity.HEAVY: ("notice",), Severity.LIGHT: ()}
_TOTAL = Text("合计", "Total")
_LOST = Text("总失分 {lost}：弱项 {weak}", "{lost} points lost in all: {weak} in weak items")
_OTHER = Text("不算弱项的 {count} 个检查项 {points}", "{points} in {count} other items")
_SCALED = Text("折算 {points}", "{points} by scaling")
_WEIGHED = Text("折算和权重 {points}", "{points} by scaling and weights")
_HEAD_ROW, FIRST_ROW = 2, 3


@dataclass(frozen=True, slots=True)
class WeakTable:
    """Where the weak items stand, for the formulas of other sheets."""

    sheet: str
    last_row: int

    def column(self, column: Column) -> str:
        """Return a column of all weak items."""
        return column_range(FIRST_ROW, self.last_row, column, self.sheet)


def table_of(summary: AuditSummary, lang: ReportLang) -> WeakTable:
    """Say where the weak items will stand."""
    return WeakTable(sheet_name(WEAK_SHEET, lang), FIRST_ROW + len(summary.weak_items) - 1)


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet."""
    page = Page(workbook, WEAK_SHEET, styles, lang, [width for _, width in _HEADS.values()])
    page.title(_TITLE.format(name=summary.dealer), Column.NEW)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.FAILED)
    if not summary.weak_items:
        page.text(1, 0, NONE)
        return
    earlier = summary.earlier
    told = FIRST_AUDIT if earlier is None else EARLIER.format(date=earlier.date, ref=earlier.ref)
    page.legend(1, joined([WEAK_RULE, SEVERITY_RULE, told], "", " "), Column.NEW)
    page.heads(_HEAD_ROW, {column: head for column, (head, _) in _HEADS.items()})
    page.sheet.freeze_panes(FIRST_ROW, 2)
    page.sheet.repeat_rows(_HEAD_ROW)
    whole = all(w.points_lost == w.points_lost.to_integral_value() for w in summary.weak_items)
    rows = _Rows(page, summary, WHOLE_POINTS if whole else POINTS)
    for row, weak in enumerate(summary.weak_items, start=FIRST_ROW):
        rows.write(row, weak)
    last = table_of(summary, lang).last_row
    page.sheet.autofilter(_HEAD_ROW, 0, last, Column.NEW)
    page.sheet.ignore_errors({"number_stored_as_text": f"{cell(FIRST_ROW, 0)}:{cell(last, Column.NEW)}"})
    # An empty row keeps the total out of what Excel sorts and filters.
    rows.total(last + 2, last)


def lost_line(summary: AuditSummary) -> Text:
    """Say which part of the points lost the weak items account for, and where the rest went."""
    lost, items = summary.scorecard.total.points_lost, summary.scorecard.items
    weak = sum((one.points_lost for one in summary.weak_items), Decimal(0))
    known = {one.item.id for one in summary.weak_items if one.item}
    other = [score.points_lost for score in items if score.item.id not in known and score.points_lost]
    parts = [_LOST.format(lost=printed(lost), weak=printed(weak))]
    if other:
        parts.append(_OTHER.format(count=len(other), points=printed(sum(other, Decimal(0)))))
    rest = lost - weak - sum(other, Decimal(0))
    if rest:
        parts.append((_WEIGHED if summary.weights else _SCALED).format(points=printed(rest).replace("-", "−")))
    return Text("，".join(part.zh for part in parts) + "。", ", ".join(part.en for part in parts) + ".")


class _Rows:
    """The rows of the table, which share what they look things up in."""

    def __init__(self, page: Page, summary: AuditSummary, number: str) -> None:
        self.page = page
        self.summary = summary
        self.number = number
        self.items: Mapping[str, ItemsTable] = tables_of(summary, page.lang)
        self.remarks = remarks(summary)
        self.failing = failing(summary, page.widths[Column.RECORDS])

    def write(self, row: int, weak: WeakItem) -> None:
        """Write a weak item."""
        page, grave = self.page, severity(weak)
        texts: dict[Column, tuple[Text, str]] = {
            Column.ITEM: (same(weak.number), "left"),
            Column.DEPARTMENT: (weak.department.name, "left"),
            Column.SOURCE: (joined([SOURCES[source] for source in weak.sources], "\n", "\n"), "center"),
            Column.KIND: (KIND_NAMES[weak.kind], "center"),
            Column.SEVERITY: (SEVERITY_NAMES[grave], "center"),
            Column.STATEMENT: (weak.statement, "left"),
            Column.REASON: (self._reason(weak), "left"),
            Column.RECORDS: (self._records(weak), "left"),
            Column.DIRECTION: (same(weak.direction), "center"),
            Column.NAME: (self._direction(weak), "left"),
            Column.NEW: (self._new(weak), "center"),
        }
        page.number(row, Column.NUMBER, row - FIRST_ROW + 1, "0", "cell", "center")
        for column, (text, side) in texts.items():
            shade = _SHADES[grave] if column is Column.SEVERITY else ()
            page.text(row, column, text, "cell", "wrap", side, *shade)
        if weak.item is None:
            page.text(row, Column.LOST, NO_FIGURE, "cell", "figure")
        else:
            items = self.items[weak.department.id]
            place = f"MATCH({cell(row, Column.ITEM)},{items.column(ItemColumn.ID)},0)"
            lost = Formula(f"INDEX({items.column(ItemColumn.LOST)},{place})", weak.points_lost)
            page.formula(row, Column.LOST, lost, self.number, "cell")
        page.row(row, [(page.words(text), page.widths[column]) for column, (text, _) in texts.items()])

    def total(self, row: int, last: int) -> None:
        """Write what all of them cost."""
        page = self.page
        page.across(row, 0, Column.RECORDS, _TOTAL, "cell", "total")
        page.across(row, Column.DIRECTION, Column.NEW, "", "cell", "total")
        lost = sum((weak.points_lost for weak in self.summary.weak_items), Decimal(0))
        source = total(f"SUM({column_range(FIRST_ROW, last, Column.LOST)})")
        page.formula(row, Column.LOST, Formula(source, lost), self.number, "cell", "total")
        page.sheet.set_row(row, 22)
        page.legend(row + 1, lost_line(self.summary), Column.NEW)

    def _reason(self, weak: WeakItem) -> Text:
        """Return why; of sampled records only what was wrong with how many, as their numbers stand beside it."""
        if weak.item is None or weak.sources != ("item",):
            return weak.reason
        return self.remarks.get(weak.item.id, weak.reason)

    def _records(self, weak: WeakItem) -> Text:
        return self.failing.get(weak.item.id, same("")) if weak.item else same("")

    def _direction(self, weak: WeakItem) -> Text:
        known = self.summary.checklist.directions.get(weak.direction)
        # The sheet of the directions has it in both languages.
        return self.page.once(known.name) if known else same("")

    def _new(self, weak: WeakItem) -> Text:
        earlier = self.summary.earlier
        if earlier is None:
            return same(NO_FIGURE)
        return RECURRING if earlier.recurs(weak) else NEW

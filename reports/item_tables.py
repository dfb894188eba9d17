"""Where the items stand in the workbook, a sheet a department, for the formulas of other sheets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from checklists.text import Text
from reports.formulas import column_range, total
from reports.sheet_names import distinct_names, sheet_name
from reports.words import SHEETS

if TYPE_CHECKING:
    from audit.scorecard import DepartmentScore
    from audit.summary import AuditSummary
    from checklists.text import ReportLang


class Column(IntEnum):
    """The columns, from the left."""

    ID = 0
    NUMBER = 1
    STATEMENT = 2
    CRITICAL = 3
    ANSWER = 4
    POSSIBLE = 5
    EARNED = 6
    LOST = 7
    REASON = 8
    RECORDS = 9
    NOTES = 10
    PICTURES = 11


HEADS: dict[Column, tuple[Text, float]] = {
    Column.ID: (Text("编号", "Item"), 8),
    Column.NUMBER: (Text("序号", "No."), 5.5),
    Column.STATEMENT: (Text("检查项与检查方法", "What is checked, and how"), 60),
    Column.CRITICAL: (Text("关键项", "Critical"), 8),
    Column.ANSWER: (Text("评分", "Answer"), 13),
    Column.POSSIBLE: (Text("满分", "Max."), 8.5),
    Column.EARNED: (Text("得分", "Earned"), 8.5),
    Column.LOST: (Text("失分", "Lost"), 8.5),
    Column.REASON: (Text("原因", "Reason"), 38),
    Column.RECORDS: (Text("抽查记录", "Records"), 24),
    Column.NOTES: (Text("备注", "Notes"), 20),
    Column.PICTURES: (Text("照片", "Photos"), 17),
}
HEAD_ROW, FIRST_ROW = 2, 3


@dataclass(frozen=True, slots=True)
class ItemsTable:
    """The items of one department; a row a section and below it its items."""

    sheet: str
    last_row: int

    def column(self, column: Column) -> str:
        """Return a column of all its rows."""
        return column_range(FIRST_ROW, self.last_row, column, self.sheet)

    def sum_of(self, column: Column, number_cell: str) -> str:
        """Return the sum of a column over the section whose number stands in a cell; sorting does not harm it.

        The sections' own rows have no number, so that nothing counts twice.
        """
        return total(f"SUMIFS({self.column(column)},{self.column(Column.NUMBER)},{number_cell})")


def tables_of(summary: AuditSummary, lang: ReportLang) -> dict[str, ItemsTable]:
    """Say where the items of each department will stand, by the department's id."""
    departments = summary.scorecard.departments
    taken = [sheet_name(name, lang) for name in SHEETS]
    names = distinct_names([score.department.name for score in departments], lang, taken)
    return {
        score.department.id: ItemsTable(name, FIRST_ROW + _rows(score) - 1)
        for score, name in zip(departments, names, strict=True)
    }


def _rows(score: DepartmentScore) -> int:
    return sum(1 + len(section.items) for section in score.sections)

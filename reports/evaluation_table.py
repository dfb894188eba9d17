"""Where everything stands on the evaluation sheet, so that other sheets can refer to it before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from checklists.text import Text
from reports.formulas import cell, column_range, on
from reports.sheet_names import sheet_name
from reports.words import EVALUATION_SHEET

if TYPE_CHECKING:
    from audit.summary import AuditSummary
    from checklists.text import ReportLang


class Column(IntEnum):
    """The columns, from the left, in the seed's order."""

    NUMBER = 0
    DEPARTMENT = 1
    SECTION = 2
    WEIGHT = 3
    MAXIMUM = 4
    EARNED = 5
    RATE = 6
    PASS = 7
    RESULT = 8
    REMARKS = 9


HEADS: dict[Column, tuple[Text, float]] = {
    Column.NUMBER: (Text("序号", "No."), 5.5),
    Column.DEPARTMENT: (Text("模块", "Department"), 14),
    Column.SECTION: (Text("项目", "Section"), 25),
    Column.WEIGHT: (Text("项目权重", "Weight"), 9.5),
    Column.MAXIMUM: (Text("满分", "Maximum"), 11),
    Column.EARNED: (Text("得分", "Earned"), 11),
    Column.RATE: (Text("得分率", "Rate"), 8.5),
    Column.PASS: (Text("及格分", "Pass points"), 17),
    Column.RESULT: (Text("合格值", "Result"), 13),
    Column.REMARKS: (Text("备注", "Remarks"), 32),
}
HEAD_ROW, FIRST_ROW = 3, 4


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one department, or of the overall table."""

    heading: int
    first: int
    last: int
    total: int


@dataclass(frozen=True, slots=True)
class EvaluationTable:
    """The rows of all blocks."""

    sheet: str
    departments: tuple[Block, ...]
    overall: Block
    bonus: range
    """One row for each bonus item and a last one for their sum; empty without any."""

    def cell(self, row: int, column: Column) -> str:
        """Return a cell, for a formula on another sheet."""
        return on(self.sheet, cell(row, column))

    def column(self, block: Block, column: Column) -> str:
        """Return a block's column, for a chart."""
        return column_range(block.first, block.last, column, self.sheet)


def table_of(summary: AuditSummary, lang: ReportLang) -> EvaluationTable:
    """Lay the sheet out."""
    blocks, row = [], FIRST_ROW
    for department in summary.scorecard.departments:
        blocks.append(_block(row, len(department.sections)))
        row = blocks[-1].total + 1
    overall = _block(row, len(blocks))
    count = len(summary.scorecard.bonus)
    bonus = range(overall.total + 1, overall.total + 2 + count) if count else range(0)
    return EvaluationTable(sheet_name(EVALUATION_SHEET, lang), tuple(blocks), overall, bonus)


def _block(row: int, lines: int) -> Block:
    return Block(row, row + 1, row + lines, row + lines + 1)

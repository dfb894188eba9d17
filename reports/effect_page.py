"""The page of expected effects: its columns, how a total stands against the pass points, its charts and its breaks."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from checklists.points import ZERO
from checklists.text import Text
from reports.charts import Drawing, Series, by_date, climb
from reports.formulas import NO_FIGURE, Formula, cell, column_range, judged, total
from reports.style import DIFFERENCE, POINTS
from reports.words import FAILED, PASSED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from xlsxwriter.chart import Chart

    from audit.summary import AuditSummary
    from reports.breaks import PageBreaks
    from reports.page import Page


class Column(IntEnum):
    """The columns, from the left; the departments follow."""

    NUMBER = 0
    KEY = 1
    NAME = 2
    DAYS = 3
    GAIN = 4
    TOTAL = 5
    NEEDED = 6
    DIFFERENCE = 7
    RESULT = 8


FIRST_DEPARTMENT = Column.RESULT + 1
WIDTHS = (6, 8, 31, 9.5, 10, 10, 10, 10.5, 10.5)
DEPARTMENT_WIDTH, LEAST_DEPARTMENTS = 10.5, 5
HEADS: dict[int, Text] = {
    Column.NUMBER: Text("序号", "No."),
    Column.KEY: Text("方向", "Dir."),
    Column.NAME: Text("辅导方向", "Coaching direction"),
    Column.DAYS: Text("工作日", "Days"),
    Column.GAIN: Text("可得分", "Regained"),
    Column.TOTAL: Text("总分", "Total"),
    Column.NEEDED: Text("及格分", "Pass points"),
    Column.DIFFERENCE: Text("距及格分", "Above / below"),
    Column.RESULT: Text("总评", "Overall"),
}
ROW = 18.5
"""Height of a row of one line."""
_CHART_ROWS, _MOST_CHART_ROWS, _CHART_ROW = 9, 16, 18.0
_FINE = 300
"""Points up to which a chart's scale begins at 0."""


class EffectPage:
    """The sheet from top to bottom; `row` is the next free one."""

    def __init__(self, page: Page, summary: AuditSummary, breaks: PageBreaks, last: int) -> None:
        self.page = page
        self.summary = summary
        self.breaks = breaks
        self.last = last
        self.row = 2
        self.mark_row = 0
        self.top, self.kept = 0, 0.0
        """First row, and points of height, of what is to stay on a page with the row that follows."""
        bonus = summary.scorecard.total.bonus if summary.checklist.bonus_counts else ZERO
        needed = summary.scorecard.total.pass_points
        self.needed = None if needed is None else needed - bonus
        self.marks = {d.department.id: d.pass_points for d in summary.scorecard.departments}

    def figures(self, row: int, earned: Decimal, passed: bool | None) -> None:
        """Write a total against the pass points; the word follows them unless a critical item decides."""
        page, needed = self.page, self.needed
        page.number(row, Column.TOTAL, earned, POINTS, "cell", "bold")
        if needed is None:
            for column in (Column.NEEDED, Column.DIFFERENCE, Column.RESULT):
                page.text(row, column, NO_FIGURE, "cell", "center")
            return
        mark, own = cell(self.mark_row, Column.TOTAL), cell(row, Column.TOTAL)
        page.formula(row, Column.NEEDED, Formula(f"${mark[0]}${mark[1:]}", needed), POINTS, "cell")
        difference = total(f"{own}-{cell(row, Column.NEEDED)}")
        page.formula(row, Column.DIFFERENCE, Formula(difference, earned - needed), DIFFERENCE, "cell")
        words = PASSED.of(page.lang), FAILED.of(page.lang)
        shade = "passed" if passed else "failed"
        if passed is (earned >= needed):
            word = Formula(judged(own, cell(row, Column.NEEDED), *words), words[0] if passed else words[1])
            page.formula(row, Column.RESULT, word, "", "cell", "center", shade)
        else:
            page.text(row, Column.RESULT, words[0] if passed else words[1], "cell", "center", shade)

    def chart(self, rows: tuple[int, int]) -> None:
        """Draw the totals of rows, each with a name, against the pass line; below them."""
        page = self.page
        height = _CHART_ROWS * _CHART_ROW
        self.row += 1
        self.breaks.block(self.row, height)
        draw, total, needed = self._series(rows, page.widths, height)
        for row in range(self.row, self.row + _CHART_ROWS):
            page.sheet.set_row(row, _CHART_ROW)
        self._insert(climb(draw, total, needed, self._lowest()), self.row, 0)
        self.row += _CHART_ROWS + 1

    def chart_beside(self, rows: tuple[int, int], labelled: Collection[int], days: tuple[date, date]) -> None:
        """Draw the totals of rows, each with a day, against the pass line; beside them, where the departments stand.

        Args:
            rows: the first and the last row.
            labelled: which of the totals have their figure.
            days: the first and the last.
        """
        page = self.page
        high = min(max(_CHART_ROWS, rows[1] - rows[0] + 1), _MOST_CHART_ROWS) - 1
        draw, total, needed = self._series(rows, page.widths[FIRST_DEPARTMENT:], high * _CHART_ROW)
        self._insert(by_date(draw, total, needed, self._lowest(), labelled, days), rows[0], FIRST_DEPARTMENT)
        while self.row < rows[0] + _CHART_ROWS:
            page.sheet.set_row(self.row, _CHART_ROW)
            self.next(_CHART_ROW)

    def _series(
        self, rows: tuple[int, int], widths: Sequence[float], height: float
    ) -> tuple[Drawing, Series, Series | None]:
        """Return what a chart as wide as some columns draws from: its frame, the totals and the pass line."""
        page = self.page
        width = sum(int(w * 7 + 5) for w in widths) - 6
        ranges = [column_range(*rows, column, page.name) for column in (Column.KEY, Column.TOTAL, Column.NEEDED)]
        draw = Drawing(page.workbook, page.styles, page.lang, ranges[0], (width, int(height / 0.75) - 6))
        needed = Series(HEADS[Column.NEEDED], ranges[2]) if self.needed is not None else None
        return draw, Series(HEADS[Column.TOTAL], ranges[1]), needed

    def _insert(self, chart: Chart, row: int, column: int) -> None:
        self.page.sheet.insert_chart(row, column, chart, {"x_offset": 3, "y_offset": 3, "object_position": 1})

    def _lowest(self) -> int:
        """Return where the charts' scale begins: a whole hundred below the total and the pass points."""
        lowest = min(self.summary.scorecard.total.earned, self.needed or self.summary.scorecard.total.earned)
        return max(0, int(lowest) // 100 * 100 - 100) if lowest > _FINE else 0

    def band(self, text: Text) -> None:
        """Write the heading of a part; it stays with what follows."""
        self.page.across(self.row, 0, self.last, text, "cell", "band", "indent", "large")
        height = band_height(self.page.words(text))
        self.page.sheet.set_row(self.row, height)
        self.hold(height)

    def heads(self, heads: Mapping[int, Text], *, departments: bool = True) -> None:
        """Write the heads of a table, with the departments' names where it has them; they stay with what follows."""
        named: dict[int, Text] = dict(heads)
        if departments:
            scores = self.summary.scorecard.departments
            named |= {FIRST_DEPARTMENT + n: score.department.name for n, score in enumerate(scores)}
        self.hold(self.page.heads(self.row, named))

    def hold(self, height: float) -> None:
        """Go on below a row that stays on a page with the next one."""
        if not self.kept:
            self.top = self.row
        self.kept += height
        self.row += 1

    def next(self, height: float) -> None:
        """Go on below a row; what was to stay with it does."""
        self.hold(height)
        self.breaks.block(self.top, self.kept)
        self.kept = 0.0


def band_height(words: str) -> float:
    """Return the height of a heading in large letters; in both languages it may have two lines."""
    return 26.0 + 19.0 * words.count("\n")

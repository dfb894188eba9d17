"""The summary on one page: who and when, the verdict with its reasons, departments against their pass points."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING

from audit.clock import shown
from checklists.text import Text
from reports.charts import earned_and_needed
from reports.evaluation_line import result_word
from reports.evaluation_table import Column as EvaluationColumn
from reports.evaluation_table import EvaluationTable
from reports.evaluation_table import table_of as evaluation_of
from reports.facts import Fact, facts_of
from reports.formulas import NO_FIGURE, Formula, cell, column_range, rate, rate_value
from reports.page import Page
from reports.remarks import notes_of
from reports.style import DASH, DIFFERENCE, LINE_HEIGHT, PERCENT_FINE, POINTS, Palette
from reports.words import (
    FAILED,
    MARKS,
    PASSED,
    SUMMARY_SHEET,
    UNFINISHED,
    verdict_words,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from xlsxwriter.workbook import Workbook

    from audit.scorecard import Level
    from audit.summary import AuditSummary
    from checklists.text import Lang
    from reports.style import Styles


class Column(IntEnum):
    """The columns of the department table, from the left; everything else spans them."""

    NAME = 0
    MAXIMUM = 1
    EARNED = 2
    PASS = 3
    RATE = 4
    RESULT = 5
    DIFFERENCE = 6


_HEADS: dict[Column, tuple[Text, float]] = {
    Column.NAME: (Text("部门", "Department"), 24),
    Column.MAXIMUM: (Text("满分", "Maximum"), 13),
    Column.EARNED: (Text("得分", "Earned"), 13),
    Column.PASS: (Text("及格分", "Pass points"), 13),
    Column.RATE: (Text("得分率", "Rate"), 10),
    Column.RESULT: (Text("结论", "Result"), 13),
    Column.DIFFERENCE: (Text("距及格分", "Above / below"), 14),
}
_REPORT = Text("评估报告", "Audit report")
_VERDICT = Text("评估结论", "Verdict")
_REASONS = Text("结论依据", "What decided")
_EARNED = Text("得分", "Earned")
_MAXIMUM = Text("满分", "of")
_TOTAL = Text("合计", "Total")
_NOTES = Text("说明", "Notes")
_SIGNED = Text("签字", "Signatures")
_AUDITOR = Text("评估员：{name}", "Auditor: {name}")
_DEALER = Text("经销商代表：{name}", "For the dealership: {name}")
_SEALED = Text("签字时间：{time}", "Signed: {time}")
_SEAL = Text("封存码：{seal}", "Seal: {seal}")
_BIG = 1.7
"""How much wider than the rest the verdict is set."""
_CHART_ROWS, _CHART_ROW = 13, 18.0


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: Lang) -> None:
    """Write the sheet."""
    page = Page(workbook, SUMMARY_SHEET, styles, lang, [width for _, width in _HEADS.values()])
    cover = _Cover(page, summary, evaluation_of(summary, lang))
    cover.head()
    cover.verdict()
    cover.departments()
    cover.notes()
    cover.chart()
    cover.signatures()
    page.paper(summary.dealer, summary.ref, landscape=False, one_page=True)
    page.sheet.print_area(0, 0, cover.row - 1, Column.DIFFERENCE)
    page.tab(Palette.NAVY)


class _Cover:
    """The page from top to bottom; `row` is the next free one."""

    def __init__(self, page: Page, summary: AuditSummary, table: EvaluationTable) -> None:
        self.page = page
        self.summary = summary
        self.table = table
        self.row = 0
        self.first_department = 0

    def head(self) -> None:
        """Write the title and the facts of the audit."""
        page, summary, last = self.page, self.summary, Column.DIFFERENCE
        page.across(0, 0, last, summary.checklist.title, "title", "center")
        page.sheet.set_row(0, 34)
        page.across(1, 0, last, _REPORT, "subtitle", "center")
        page.sheet.set_row(1, 24)
        self.row = 2
        for left, right in facts_of(summary):
            self._facts(left, right)
        self._gap()

    def verdict(self) -> None:
        """Write the verdict in words, the total, and every reason."""
        page, scorecard = self.page, self.summary.scorecard
        self._band(_VERDICT)
        word, trait = verdict_words(self.summary)
        page.across(self.row, Column.NAME, Column.EARNED, word, "cell", "big", "center", "wrap", trait)
        self._figure(Column.PASS, _EARNED, EvaluationColumn.EARNED, scorecard.total.earned, trait)
        self._figure(Column.RESULT, _MAXIMUM, EvaluationColumn.MAXIMUM, scorecard.total.possible, trait)
        width = page.span(Column.NAME, Column.EARNED) / _BIG
        page.sheet.set_row(self.row, max(38.0, page.row(self.row, [(word.of(page.lang), width)], LINE_HEIGHT * _BIG)))
        self.row += 1
        reasons = [reason.text for reason in scorecard.verdict.reasons]
        self._listing(_REASONS, reasons)
        self._gap()

    def departments(self) -> None:
        """Write the departments against their pass points, and the total."""
        page = self.page
        for column, (head, _) in _HEADS.items():
            page.text(self.row, column, head, "cell", "head")
        page.sheet.set_row(self.row, 22)
        self.row += 1
        self.first_department = self.row
        for score, block in zip(self.summary.scorecard.departments, self.table.departments, strict=True):
            self._level(score.department.name, score, score.department.pass_rate, block.total)
        rate_needed = self.summary.checklist.pass_rate
        self._level(_TOTAL, self.summary.scorecard.total, rate_needed, self.table.overall.total, "total")
        words = [f"{MARKS[word]} {word.of(page.lang)}" for word in (PASSED, FAILED)]
        page.colour_words((self.first_department, self.row - 1), Column.RESULT, *words)

    def notes(self) -> None:
        """Write what a reader of the table has to know besides."""
        notes = notes_of(self.summary, weighted=bool(self.summary.weights))
        if notes:
            self._listing(_NOTES, notes)
        self._gap()

    def chart(self) -> None:
        """Draw earned beside pass points: by department, or by section where there is only one."""
        departments = self.summary.scorecard.departments
        if len(departments) == 1:
            block = self.table.departments[0]
            columns = (EvaluationColumn.SECTION, EvaluationColumn.EARNED, EvaluationColumn.PASS)
            ranges = [self.table.column(block, column) for column in columns]
        else:
            last = self.first_department + len(departments) - 1
            own = self.page.name
            columns_here = (Column.NAME, Column.EARNED, Column.PASS)
            ranges = [column_range(self.first_department, last, column, own) for column in columns_here]
        width = sum(int(w * 7 + 5) for w in self.page.widths) - 4
        height = int(_CHART_ROWS * _CHART_ROW / 0.75)
        chart = earned_and_needed(self.page.workbook, ranges, self.page.lang, (width, height - 6))
        for row in range(self.row, self.row + _CHART_ROWS):
            self.page.sheet.set_row(row, _CHART_ROW)
        self.page.sheet.insert_chart(self.row, 0, chart, {"x_offset": 2, "y_offset": 2, "object_position": 1})
        self.row += _CHART_ROWS

    def signatures(self) -> None:
        """Write who signed for both sides and when, and the whole seal, as it was shown when they signed."""
        signed = self.summary.signature
        if signed is None:
            return
        self._gap()
        self._band(_SIGNED)
        left, right = _AUDITOR.format(name=signed.auditor), _DEALER.format(name=signed.dealer_representative)
        self.page.across(self.row, Column.NAME, Column.EARNED, left, "cell", "wrap", "left", "bold")
        self.page.across(self.row, Column.PASS, Column.DIFFERENCE, right, "cell", "wrap", "left", "bold")
        widths = self.page.span(Column.NAME, Column.EARNED), self.page.span(Column.PASS, Column.DIFFERENCE)
        texts = (left.of(self.page.lang), right.of(self.page.lang))
        self._signed_row(34.0, *zip(texts, widths, strict=True))
        for line in (_SEALED.format(time=shown(signed.time)), _SEAL.format(seal=signed.seal)):
            self.page.across(self.row, Column.NAME, Column.DIFFERENCE, line, "cell", "wrap", "left", "muted")
            whole = self.page.span(Column.NAME, Column.DIFFERENCE)
            self._signed_row(20.0, (line.of(self.page.lang), whole))

    def _signed_row(self, height: float, *texts: tuple[str, float]) -> None:
        """Make the row high enough for its texts, each with its width, and go on to the next."""
        fitting = self.page.row(self.row, list(texts))
        self.page.sheet.set_row(self.row, max(height, fitting))
        self.row += 1

    def _level(self, name: Text, score: Level, mark: Fraction, source: int, *traits: str) -> None:
        page, row, lang = self.page, self.row, self.page.lang
        refer = {column: self.table.cell(source, column) for column in EvaluationColumn}
        page.text(row, Column.NAME, name, "cell", *traits, "wrap", "left")
        maximum = Formula(refer[EvaluationColumn.MAXIMUM], score.possible)
        earned = Formula(refer[EvaluationColumn.EARNED], score.earned)
        number = POINTS if score.possible else DASH
        page.formula(row, Column.MAXIMUM, maximum, number, "cell", *traits)
        page.formula(row, Column.EARNED, earned, number, "cell", *traits)
        needed = NO_FIGURE if score.pass_points is None else score.pass_points
        page.formula(row, Column.PASS, Formula(refer[EvaluationColumn.PASS], needed), POINTS, "cell", *traits, "figure")
        word, result = result_word(score), refer[EvaluationColumn.RESULT]
        cells = cell(row, Column.EARNED), cell(row, Column.MAXIMUM)
        judged = None if score.passed is None else mark
        source_rate = rate(*cells, judged, 3)
        shown_rate = Formula(source_rate, rate_value(score, judged, 3))
        page.formula(row, Column.RATE, shown_rate, PERCENT_FINE, "cell", *traits, "center")
        if word is None or score.pass_points is None:
            page.text(row, Column.RESULT, NO_FIGURE, "cell", *traits, "center")
            page.text(row, Column.DIFFERENCE, NO_FIGURE, "cell", *traits, "figure")
        else:
            page.formula(row, Column.RESULT, _marked(result, word, lang), "", "cell", *traits, "center")
            bonus, points = self._counted_bonus() if score is self.summary.scorecard.total else ("", Decimal(0))
            gap = f"ROUND({cell(row, Column.EARNED)}{bonus}-{cell(row, Column.PASS)},2)"
            difference = Formula(gap, score.earned + points - score.pass_points)
            page.formula(row, Column.DIFFERENCE, difference, DIFFERENCE, "cell", *traits)
        fitting = page.row(row, [(name.of(lang), page.widths[Column.NAME])])
        page.sheet.set_row(row, max(20.0, fitting))
        self.row += 1

    def _counted_bonus(self) -> tuple[str, Decimal]:
        """Return what a formula adds to the total for bonus points that help to pass, and how many they are."""
        if not self.table.bonus or not self.summary.checklist.bonus_counts:
            return "", Decimal(0)
        cell_of_sum = self.table.cell(self.table.bonus[-1], EvaluationColumn.EARNED)
        return f"+{cell_of_sum}", self.summary.scorecard.total.bonus

    def _figure(self, first: Column, label: Text, source: EvaluationColumn, value: Decimal, trait: str) -> None:
        words = label.of(self.page.lang)
        number = f'"{words} "{POINTS}'
        self.page.across(self.row, first, first + 1, "", "cell", "large", "center", trait)
        formula = Formula(self.table.cell(self.table.overall.total, source), value)
        self.page.formula(self.row, first, formula, number, "cell", "large", "center", trait)

    def _facts(self, left: Fact, right: Fact | None) -> None:
        page, lang, row = self.page, self.page.lang, self.row
        page.text(row, Column.NAME, left.label, "cell", "label")
        last = Column.DIFFERENCE if right is None else Column.EARNED
        page.across(row, Column.MAXIMUM, last, left.text, "cell", "wrap", "left")
        cells = [(left.text.of(lang), page.span(Column.MAXIMUM, last))]
        if right is not None:
            page.across(row, Column.PASS, Column.PASS, right.label, "cell", "label", "wrap")
            page.across(row, Column.RATE, Column.DIFFERENCE, right.text, "cell", "wrap", "left")
            cells.append((right.text.of(lang), page.span(Column.RATE, Column.DIFFERENCE)))
            cells.append((right.label.of(lang), page.widths[Column.PASS]))
        page.sheet.set_row(row, max(20.0, page.row(row, cells)))
        self.row += 1

    def _listing(self, label: Text, lines: list[Text]) -> None:
        """Write sentences one under the other, with one label beside them."""
        page, first = self.page, self.row
        for line in lines:
            page.across(self.row, Column.MAXIMUM, Column.DIFFERENCE, line, "cell", "wrap", "left")
            page.row(self.row, [(line.of(page.lang), page.span(Column.MAXIMUM, Column.DIFFERENCE))])
            self.row += 1
        if lines:
            page.down(first, self.row - 1, Column.NAME, label, "cell", "label", "wrap")

    def _band(self, text: Text) -> None:
        self.page.across(self.row, 0, Column.DIFFERENCE, text, "cell", "band", "indent")
        self.page.sheet.set_row(self.row, 20)
        self.row += 1

    def _gap(self) -> None:
        self.page.sheet.set_row(self.row, 8)
        self.row += 1


def _marked(result: str, word: Text, lang: Lang) -> Formula:
    """Return the word a cell of the evaluation holds, with the mark that tells it without colour."""
    marked = {text: f"{MARKS[text]} {text.of(lang)}" for text in (PASSED, FAILED, UNFINISHED)}
    source = result
    for text in (UNFINISHED, FAILED, PASSED):
        source = f'IF({result}="{text.of(lang)}","{marked[text]}",{source})'
    return Formula(source, marked[word])

"""The page to sign: who and when, the verdict with its reasons, departments against their pass points, signatures."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from io import BytesIO
from typing import TYPE_CHECKING

from audit.scorecard import DepartmentScore
from checklists.points import percent
from checklists.text import Text
from reports.evaluation_line import result_word
from reports.evaluation_table import Column as EvaluationColumn
from reports.evaluation_table import EvaluationTable
from reports.evaluation_table import table_of as evaluation_of
from reports.facts import Fact, facts_of
from reports.formulas import NO_FIGURE, Formula, cell, rate, rate_value
from reports.highlights import (
    COVERAGE,
    EARLIER,
    MASKED,
    OBJECTIONS,
    STRONG,
    WEAK,
    as_signed,
    coverage_of,
    earlier_line,
    heaviest,
    objected,
    strongest,
    verdict_sentence,
)
from reports.page import Page
from reports.remarks import notes_of
from reports.sheets.objections import totals_line
from reports.sheets.signatures import write_signatures
from reports.style import DASH, DIFFERENCE, LINE_HEIGHT, PERCENT_FINE, POINTS, Palette
from reports.words import FAILED, MARKS, PASSED, SUMMARY_SHEET, UNFINISHED, verdict_words

if TYPE_CHECKING:
    from fractions import Fraction

    from xlsxwriter.workbook import Workbook

    from audit.scorecard import Level
    from audit.summary import AuditSummary
    from checklists.text import ReportLang
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
    EARLIER = 7


_HEADS: dict[Column, tuple[Text, float]] = {
    Column.NAME: (Text("部门", "Department"), 20),
    Column.MAXIMUM: (Text("满分", "Maximum"), 13),
    Column.EARNED: (Text("得分", "Earned"), 13),
    Column.PASS: (Text("及格分", "Pass points"), 13),
    Column.RATE: (Text("得分率", "Rate"), 10),
    Column.RESULT: (Text("结论", "Result"), 14),
    Column.DIFFERENCE: (Text("距及格分", "Above / below"), 13),
    Column.EARLIER: (Text("上次得分率", "Last audit"), 11),
}
_LAST = Column.EARLIER
_REPORT = Text("评估报告", "Audit report")
_VERDICT = Text("评估结论", "Verdict")
_POINTS_WORDS = Text("得分", "Earned"), Text("满分", "of"), Text("及格", "to pass")
_TOTAL = Text("合计", "Total")
_NOTES = Text("说明", "Notes")
_LOGO = (170, 44)
"""Room for a logo, in pixels."""
_LOGO_EDGE = 4
"""Above and below it."""
_BIG = 1.7
"""How much wider than the rest the verdict is set."""


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet."""
    page = Page(workbook, SUMMARY_SHEET, styles, lang, [width for _, width in _HEADS.values()])
    cover = _Cover(page, summary, evaluation_of(summary, lang))
    cover.head()
    cover.verdict()
    cover.departments()
    cover.highlights()
    cover.notes()
    cover.row = write_signatures(page, summary, cover.row, _LAST)
    page.paper(summary.dealer, summary.ref, landscape=False, pages=1)
    page.sheet.print_area(0, 0, cover.row - 1, _LAST)
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
        page, summary = self.page, self.summary
        first = self._logo()
        for row, (text, trait, height) in enumerate(
            ((summary.checklist.title, "title", 34), (_REPORT, "subtitle", 24)), start=first
        ):
            page.across(row, 0, _LAST, page.words(text).replace("\n", "  "), trait, "center")
            page.sheet.set_row(row, height)
        self.row = first + 2
        for left, right in facts_of(summary):
            self._facts(left, right)
        if summary.masked:
            page.across(self.row, 0, _LAST, MASKED, "cell", "notice", "wrap", "left")
            page.row(self.row, [(page.words(MASKED), page.span(0, _LAST))])
            self.row += 1
        self._gap()

    def verdict(self) -> None:
        """Write the verdict in words, the total, and one sentence with every reason."""
        page, scorecard = self.page, self.summary.scorecard
        self._band(_VERDICT)
        word, trait = verdict_words(self.summary)
        page.across(self.row, Column.NAME, Column.EARNED, word, "cell", "big", "center", "wrap", trait)
        figures = (
            (EvaluationColumn.EARNED, scorecard.total.earned),
            (EvaluationColumn.MAXIMUM, scorecard.total.possible),
        )
        needed = scorecard.total.pass_points
        for first, label, (source, value) in zip((Column.PASS, Column.RESULT), _POINTS_WORDS, figures, strict=False):
            self._figure(first, label, source, value, trait)
        if needed is None:
            page.text(self.row, Column.EARLIER, NO_FIGURE, "cell", "bold", "center", trait)
        else:
            self._figure(Column.EARLIER, _POINTS_WORDS[2], EvaluationColumn.PASS, needed, trait)
        width = page.span(Column.NAME, Column.EARNED) / _BIG
        page.sheet.set_row(self.row, max(38.0, page.row(self.row, [(word.of(page.lang), width)], LINE_HEIGHT * _BIG)))
        self.row += 1
        signed = as_signed(self.summary)
        if signed is not None:
            self._line(0, signed, "bold")
        self._line(0, verdict_sentence(self.summary))
        self._gap()

    def departments(self) -> None:
        """Write the departments against their pass points, and the total."""
        page = self.page
        page.heads(self.row, {column: head for column, (head, _) in _HEADS.items()})
        self.row += 1
        self.first_department = self.row
        for score, block in zip(self.summary.scorecard.departments, self.table.departments, strict=True):
            self._level(score.department.name, score, score.department.pass_rate, block.total)
        rate_needed = self.summary.checklist.pass_rate
        self._level(_TOTAL, self.summary.scorecard.total, rate_needed, self.table.overall.total, "total")
        words = [f"{MARKS[word]} {word.of(page.lang)}" for word in (PASSED, FAILED)]
        page.colour_words((self.first_department, self.row - 1), Column.RESULT, *words)

    def highlights(self) -> None:
        """Write what is best and what weighs most, how much was looked at, what was objected to, the last audit."""
        summary = self.summary
        self._gap()
        for label, lines in (
            (STRONG, strongest(summary)),
            (WEAK, heaviest(summary)),
            (COVERAGE, coverage_of(summary)),
            (OBJECTIONS, objected(summary, totals_line(summary))),
            (EARLIER, earlier_line(summary)),
        ):
            if lines:
                self._listing(label, lines)

    def notes(self) -> None:
        """Write what a reader of the table has to know besides."""
        notes = notes_of(self.summary, weighted=bool(self.summary.weights))
        if notes:
            self._listing(_NOTES, notes)
        self._gap()

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
        then = self._rate_then(score)
        if then is None:
            page.text(row, Column.EARLIER, NO_FIGURE, "cell", *traits, "center")
        else:
            page.share(row, Column.EARLIER, then, PERCENT_FINE, "cell", *traits, "center")
        fitting = page.row(row, [(name.of(lang), page.widths[Column.NAME])])
        page.sheet.set_row(row, max(20.0, fitting))
        self.row += 1

    def _rate_then(self, score: Level) -> Decimal | None:
        """Return the rate of a department, or of the total, in the last audit; None where there was none."""
        earlier = self.summary.earlier
        if earlier is None:
            return None
        if isinstance(score, DepartmentScore):
            earned, possible = earlier.departments.get(score.department.id, (Decimal(0), Decimal(0)))
        else:
            earned, possible = earlier.earned, earlier.possible
        return Decimal(percent(earned, possible).removesuffix("%").strip()) / 100 if possible else None

    def _counted_bonus(self) -> tuple[str, Decimal]:
        """Return what a formula adds to the total for bonus points that help to pass, and how many they are."""
        if not self.table.bonus or not self.summary.checklist.bonus_counts:
            return "", Decimal(0)
        cell_of_sum = self.table.cell(self.table.bonus[-1], EvaluationColumn.EARNED)
        return f"+{cell_of_sum}", self.summary.scorecard.total.bonus

    def _figure(self, first: Column, label: Text, source: EvaluationColumn, value: Decimal, trait: str) -> None:
        words = label.zh if self.page.lang == "both" else label.of(self.page.lang)
        number = f'"{words} "General'
        last = first if first is Column.EARLIER else first + 1
        size = "bold" if first is Column.EARLIER else "large"
        self.page.across(self.row, first, last, "", "cell", size, "center", trait)
        formula = Formula(self.table.cell(self.table.overall.total, source), value)
        self.page.formula(self.row, first, formula, number, "cell", size, "center", trait)

    def _facts(self, left: Fact, right: Fact | None) -> None:
        page, lang, row = self.page, self.page.lang, self.row
        page.text(row, Column.NAME, left.label, "cell", "label", "wrap")
        last = _LAST if right is None else Column.EARNED
        page.across(row, Column.MAXIMUM, last, left.text, "cell", "wrap", "left")
        cells = [
            (left.text.of(lang), page.span(Column.MAXIMUM, last)),
            (left.label.of(lang), page.widths[Column.NAME]),
        ]
        if right is not None:
            page.across(row, Column.PASS, Column.PASS, right.label, "cell", "label", "wrap")
            page.across(row, Column.RATE, _LAST, right.text, "cell", "wrap", "left")
            cells.append((right.text.of(lang), page.span(Column.RATE, _LAST)))
            cells.append((right.label.of(lang), page.widths[Column.PASS]))
        page.sheet.set_row(row, max(20.0, page.row(row, cells)))
        self.row += 1

    def _listing(self, label: Text, lines: list[Text]) -> None:
        """Write sentences one under the other, with one label beside them."""
        first = self.row
        for line in lines:
            self._line(Column.MAXIMUM, line)
        self.page.down(first, self.row - 1, Column.NAME, label, "cell", "label", "wrap")

    def _line(self, first: int, line: Text, *traits: str) -> None:
        page = self.page
        page.across(self.row, first, _LAST, line, "cell", "wrap", "left", *traits)
        page.sheet.set_row(self.row, max(18.0, page.row(self.row, [(page.words(line), page.span(first, _LAST))])))
        self.row += 1

    def _logo(self) -> int:
        """Put the brand's logo in a row of its own at the top on the left; return the row below it."""
        brand = self.page.styles.brand
        if brand is None or brand.logo is None:
            return 0
        self.page.sheet.set_row_pixels(0, _LOGO[1] + 2 * _LOGO_EDGE)
        width, height = brand.size
        scale = min(_LOGO[0] / width, _LOGO[1] / height)
        options = {"image_data": BytesIO(brand.logo), "x_scale": scale, "y_scale": scale, "x_offset": 2}
        options["y_offset"] = _LOGO_EDGE
        self.page.sheet.insert_image(0, 0, "logo", {**options, "object_position": 3, "decorative": True})
        return 1

    def _band(self, text: Text) -> None:
        self.page.across(self.row, 0, _LAST, text, "cell", "band", "indent")
        self.page.sheet.set_row(self.row, 20)
        self.row += 1

    def _gap(self) -> None:
        self.page.sheet.set_row(self.row, 8)
        self.row += 1


def _marked(result: str, word: Text, lang: ReportLang) -> Formula:
    """Return the word a cell of the evaluation holds, with the mark that tells it without colour."""
    marked = {text: f"{MARKS[text]} {text.of(lang)}" for text in (PASSED, FAILED, UNFINISHED)}
    source = result
    for text in (UNFINISHED, FAILED, PASSED):
        source = f'IF({result}="{text.of(lang)}","{marked[text]}",{source})'
    return Formula(source, marked[word])

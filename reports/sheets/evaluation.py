"""The evaluation in the form of the seed's front-desk table: one block a department, one row a section, then 合计."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from checklists.points import plain
from checklists.text import Text, joined, same
from reports.breaks import PageBreaks
from reports.evaluation_line import Line, percent_text, write_line
from reports.evaluation_table import FIRST_ROW, HEAD_ROW, HEADS, Block, Column, EvaluationTable, table_of
from reports.formulas import Formula, cell, column_range, scaled, total, weighted
from reports.item_tables import Column as ItemColumn
from reports.item_tables import ItemsTable, tables_of
from reports.page import Page
from reports.remarks import department_remark, section_remark, total_remark, weighted_remark
from reports.style import POINTS, WHOLE_POINTS, Palette
from reports.words import EVALUATION_SHEET, FAILED, PASSED

if TYPE_CHECKING:
    from decimal import Decimal

    from xlsxwriter.workbook import Workbook

    from audit.scorecard import DepartmentScore, Level, SectionScore
    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles

_TITLE_HEIGHT, _HEADING = 32.0, 22.0
_SQUEEZED = 1.18
"""How much longer than a page the table may be and still stand on one, as much smaller."""
_SMALLER = 1.1
"""How much more of the small print of remarks fits on a line."""
_INFO = (
    (Text("经销商名称", "Dealership"), Text("地点", "Place"), Text("评估日期", "Date")),
    (Text("评估员（咨询师）", "Auditors"), Text("其它参与者", "Other participants"), Text("编号", "Reference")),
)
_BLOCK = Text("{name}  （满分 {points}，及格率 {rate}）", "{name}  (maximum {points}, pass rate {rate})")
_OVERALL = Text("总评", "Overall")
_TOTAL = Text("合计", "Total")
_BONUS = Text("加分", "Bonus")
_BONUS_TOTAL = Text("加分合计（最多 {cap}）", "Bonus total (at most {cap})")
_BONUS_SUM = Text("加分合计", "Bonus total")


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet."""
    page = Page(workbook, EVALUATION_SHEET, styles, lang, [width for _, width in HEADS.values()])
    table = table_of(summary, lang)
    above, head = _write_head(page, summary)
    sheet = _Sheet(page, summary, table)
    number = 0
    for department, block in zip(summary.scorecard.departments, table.departments, strict=True):
        sheet.department(department, block, number)
        number += len(department.sections)
    sheet.overall()
    sheet.bonus()
    page.paper(summary.dealer, summary.ref, landscape=False, pages=sheet.print_pages(above, head))
    last = max(table.overall.total, *table.bonus, 0)
    page.colour_words((FIRST_ROW, last), Column.RESULT, PASSED.of(lang), FAILED.of(lang))
    page.sheet.print_area(0, 0, last, Column.REMARKS)


class _Sheet:
    """The sheet's blocks, which share the page, the numbers' format and the places of everything."""

    def __init__(self, page: Page, summary: AuditSummary, table: EvaluationTable) -> None:
        self.page = page
        self.summary = summary
        self.table = table
        self.items = tables_of(summary, page.lang)
        self.weights = summary.weights
        self.number = _number_format(summary)
        self.heights: dict[int, float] = {}
        """Points each row takes."""

    def print_pages(self, above: float, head: float) -> int:
        """Let no department be cut in two by a page's end; a table a little too long for one page is set smaller.

        Args:
            above: points that the rows on top take, without the heads.
            head: points the heads take, which are repeated.

        Returns:
            1 where it is to be fitted to one page, 0 for as many as it takes.
        """
        whole = PageBreaks(self.page.widths, 0.0, 0.0, landscape=False)
        if whole.fits((above + head + sum(self.heights.values())) / _SQUEEZED):
            return 1
        breaks = PageBreaks(self.page.widths, above + head, head, landscape=False)
        starts = [block.heading for block in (*self.table.departments, self.table.overall)]
        for first, after in pairwise([*starts, max(self.heights, default=0) + 1]):
            breaks.together([(row, height) for row, height in sorted(self.heights.items()) if first <= row < after])
        self.page.sheet.set_h_pagebreaks(breaks.rows)
        return 0

    def department(self, score: DepartmentScore, block: Block, number: int) -> None:
        """Write a department's heading, its sections and its total."""
        points, rate = plain(score.department.points), percent_text(score.department.pass_rate)
        self._heading(block, _BLOCK.format(name=score.department.name, points=points, rate=rate))
        name = score.department.name
        self.page.down(block.first, block.last, Column.DEPARTMENT, name, "cell", "wrap", "center", "bold")
        for offset, section in enumerate(score.sections):
            self._section(section, self.items[score.department.id], block.first + offset, number + offset + 1)
        line = Line(
            level=score,
            rate=score.department.pass_rate,
            possible=_possible(score, score.applicable, block),
            earned=_earned(score, block, scaled_up=score.factor is not None),
            remark=department_remark(score),
            weight=score.department.points / self.summary.checklist.total,
        )
        self._total(block.total, line)

    def _section(self, score: SectionScore, items: ItemsTable, row: int, number: int) -> None:
        number_cell = cell(row, Column.NUMBER)
        raw = items.sum_of(ItemColumn.EARNED, number_cell)
        applicable = items.sum_of(ItemColumn.POSSIBLE, number_cell)
        possible: Formula | Decimal = score.possible
        earned: Formula | Decimal = score.earned
        if score.factor is not None:
            earned = Formula(scaled(raw, cell(row, Column.MAXIMUM), applicable), score.earned)
        elif score.left is None:
            possible, earned = Formula(applicable, score.possible), Formula(raw, score.earned)
        line = Line(
            level=score,
            rate=score.section.pass_rate,
            possible=possible,
            earned=earned,
            remark=section_remark(score),
            weight=score.section.points / self.summary.checklist.total,
        )
        self.page.number(row, Column.NUMBER, number, "0", "cell", "center")
        self.page.text(row, Column.SECTION, score.section.name, "cell", "wrap", "left")
        write_line(self.page, row, line, self.number, ("cell",))
        self._row(row, score.section.name, line.remark)

    def overall(self) -> None:
        """Write what each department brings to the total, and the total."""
        block, scorecard = self.table.overall, self.summary.scorecard
        self._heading(block, _OVERALL)
        self.page.down(block.first, block.last, Column.DEPARTMENT, _OVERALL, "cell", "wrap", "center", "bold")
        for offset, score in enumerate(scorecard.departments):
            self._contribution(score, block.first + offset, self.table.departments[offset].total)
        bonus = cell(self.table.bonus[-1], Column.EARNED) if self.table.bonus else ""
        whole = scorecard.total
        line = Line(
            level=whole,
            rate=self.summary.checklist.pass_rate,
            possible=_possible(whole, whole.applicable, block),
            earned=_earned(whole, block, scaled_up=whole.factor is not None),
            remark=total_remark(self.summary, weighted=bool(self.weights)),
            weight=self._share_of_scope(),
            extra=(bonus, whole.bonus) if bonus and self.summary.checklist.bonus_counts else None,
        )
        self._total(block.total, line)

    def _share_of_scope(self) -> Fraction:
        """Return the share of the whole checklist that is assessed: all of it, or some departments' part."""
        return Fraction(sum(score.department.points for score in self.summary.scorecard.departments)) / Fraction(
            self.summary.checklist.total
        )

    def _contribution(self, score: DepartmentScore, row: int, source: int) -> None:
        page, checklist = self.page, self.summary.checklist
        possible, earned = cell(source, Column.MAXIMUM), cell(source, Column.EARNED)
        remark, share = same(""), Fraction(score.department.points) / Fraction(checklist.total)
        if self.weights:
            weight, weights = self.weights[score.department.id], sum(self.weights.values(), Fraction(0))
            figures = (checklist.total, weight, weights, score.department.points)
            possible, earned = weighted(possible, *figures), weighted(earned, *figures)
            remark, share = weighted_remark(weight, weights), weight / weights
        page.number(row, Column.NUMBER, row - self.table.overall.first + 1, "0", "cell", "center")
        page.text(row, Column.SECTION, score.department.name, "cell", "wrap", "left")
        line = Line(
            level=score,
            rate=score.department.pass_rate,
            possible=Formula(possible, score.contributed_possible),
            earned=Formula(earned, score.contributed),
            remark=remark,
            weight=share,
            source=source,
            own_scale=not self.weights,
        )
        write_line(page, row, line, self.number, ("cell",))
        self._row(row, score.department.name, remark)

    def bonus(self) -> None:
        """Write the bonus points under the total."""
        scorecard, checklist, rows = self.summary.scorecard, self.summary.checklist, self.table.bonus
        if not rows:
            return
        for row, bonus in zip(rows, scorecard.bonus, strict=False):
            self._bonus_row(row, _BONUS, bonus.statement, "cell")
            self.page.number(row, Column.EARNED, bonus.earned, self.number, "cell")
        last = rows[-1]
        cap = checklist.bonus_cap
        label = _BONUS_SUM if cap is None else _BONUS_TOTAL.format(cap=plain(cap))
        self._bonus_row(last, same(""), label, "cell", "total")
        source = total(f"SUM({column_range(rows[0], last - 1, Column.EARNED)})")
        source = source if cap is None else f"MIN({plain(cap)},{source})"
        self.page.formula(last, Column.EARNED, Formula(source, scorecard.total.bonus), self.number, "cell", "total")

    def _bonus_row(self, row: int, label: Text, text: Text, *traits: str) -> None:
        for column in Column:
            self.page.text(row, column, "", *traits)
        self.page.text(row, Column.DEPARTMENT, label, *traits, "center")
        self.page.across(row, Column.SECTION, Column.MAXIMUM, text, *traits, "wrap", "left")
        width = self.page.span(Column.SECTION, Column.MAXIMUM)
        self.heights[row] = self.page.row(row, [(text.of(self.page.lang), width)])

    def _heading(self, block: Block, text: Text) -> None:
        words = self.page.words(text).replace("\n", "    ")
        self.page.across(block.heading, 0, Column.REMARKS, words, "cell", "band", "indent")
        self.page.sheet.set_row(block.heading, _HEADING)
        self.heights[block.heading] = _HEADING

    def _total(self, row: int, line: Line) -> None:
        self.page.across(row, Column.NUMBER, Column.SECTION, _TOTAL, "cell", "total", "center")
        write_line(self.page, row, line, self.number, ("cell", "total"))
        self._row(row, _TOTAL, line.remark)

    def _row(self, row: int, name: Text, remark: Text) -> None:
        lang, widths = self.page.lang, self.page.widths
        cells = [(name.of(lang), widths[Column.SECTION]), (remark.of(lang), widths[Column.REMARKS] * _SMALLER)]
        self.heights[row] = max(19.5, self.page.row(row, cells))
        self.page.sheet.set_row(row, self.heights[row])


def _write_head(page: Page, summary: AuditSummary) -> tuple[float, float]:
    """Write what stands above the table, and its heads; returns the points each of them takes."""
    above = _TITLE_HEIGHT
    page.across(0, 0, Column.REMARKS, page.words(summary.checklist.title).replace("\n", "  "), "title", "center")
    page.sheet.set_row(0, _TITLE_HEIGHT)
    people = [joined([same(name) for name in names]) for names in (summary.auditors, summary.participants)]
    values = ((summary.dealer, same(summary.city), same(summary.date)), (*people, same(summary.ref)))
    spans = ((0, Column.SECTION), (Column.WEIGHT, Column.PASS), (Column.RESULT, Column.REMARKS))
    for row, (labels, texts) in enumerate(zip(_INFO, values, strict=True), start=1):
        cells = []
        for (first, last), label, text in zip(spans, labels, texts, strict=True):
            words = Text("{label}：{text}", "{label}: {text}").format(label=label, text=text)
            page.across(row, first, last, words, "cell", "wrap", "left")
            cells.append((words.of(page.lang), page.span(first, last)))
        above += page.row(row, cells)
    head = page.heads(HEAD_ROW, {column: head for column, (head, _) in HEADS.items()})
    page.sheet.freeze_panes(FIRST_ROW, 0)
    page.sheet.repeat_rows(HEAD_ROW)
    page.tab(Palette.EARNED_BAR)
    return above, head


def _possible(score: Level, applicable: Decimal, block: Block) -> Formula | Decimal:
    """Return a sum over the block; a maximum that stands although parts left is a plain number."""
    if not score.possible or score.possible != applicable:
        return score.possible
    return Formula(total(f"SUM({column_range(block.first, block.last, Column.MAXIMUM)})"), score.possible)


def _earned(score: Level, block: Block, *, scaled_up: bool) -> Formula | Decimal:
    if not score.possible:
        return score.earned
    parts = f"SUM({column_range(block.first, block.last, Column.EARNED)})"
    if not scaled_up:
        return Formula(total(parts), score.earned)
    applicable = f"SUM({column_range(block.first, block.last, Column.MAXIMUM)})"
    return Formula(scaled(parts, cell(block.total, Column.MAXIMUM), applicable), score.earned)


def _number_format(summary: AuditSummary) -> str:
    scorecard = summary.scorecard
    levels: list[Level] = [scorecard.total, *scorecard.departments]
    levels += [section for d in scorecard.departments for section in d.sections]
    figures = [value for level in levels for value in (level.earned, level.possible)]
    figures += [d.contributed for d in scorecard.departments]
    return WHOLE_POINTS if all(v == v.to_integral_value() for v in figures) else POINTS

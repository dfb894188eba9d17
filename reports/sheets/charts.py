"""The charts on two pages: departments with their pass marks, where the points went, the rates, the seed's curve.

What they show stands in cells right of the printed pages, as formulas over the evaluation sheet: the charts follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.scorecard import DepartmentScore
from checklists.points import plain, printed
from checklists.text import Text, joined
from reports import charts
from reports.charts import Drawing, Series
from reports.evaluation_table import Column as Counted
from reports.evaluation_table import table_of as evaluation_of
from reports.formulas import NO_FIGURE, Formula, cell, column_range, rate_value
from reports.page import Page
from reports.safe_text import safe
from reports.style import PERCENT_FINE, POINTS, Palette
from reports.words import CHARTS_SHEET

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

    from audit.scorecard import Level
    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles

_PRINTED, _DATA = 8, 10
"""Columns of the printed pages, and where the figures begin."""
_WIDTH, _NAME, _FIGURE = 11.5, 26.0, 11.0
_WIDTHS = (*[_WIDTH] * _PRINTED, 3.0, 3.0, _NAME, *[_FIGURE] * 8)
_PIXELS = int(_PRINTED * (_WIDTH * 7 + 5)) - 6
_ROW = 18.0
_LONGEST_LITERAL = 120
"""Characters of a name in a formula, where Excel takes 255."""
_LEAST_RADAR = 3
"""Corners a radar needs."""
_TITLE = Text("{name}：图表", "{name}: charts")
_BARS = Text("各部门得分与及格分", "Departments: points earned and points to pass")
_SECTION_BARS = Text("各项目得分与及格分", "Sections: points earned and points to pass")
_FALL = Text("失分分布：从满分到得分", "Where the points went: from the maximum to the points earned")
_RATES = Text("得分率", "Rates")
_CURVE = Text("各项目满分、得分、及格分", "Sections: maximum, points earned, points to pass")
_FIGURES = Text("图表数据（公式取自评估表，不打印）", "Figures of the charts (from the evaluation sheet; not printed)")
_MISSED = Text("{name}（差 {by}）", "{name} (by {by})")
_BELOW = Text("低于及格分：{names}", "Below their pass marks: {names}")
_NONE_BELOW = Text("全部达到及格分", "All reach their pass marks")
_MOST_LOST = Text("失分最多：{name}，{points} 分", "Most was lost in {name}: {points} points")
_CARRY, _STANDS, _WON = Text("底", "Base"), Text("得分", "Points"), Text("增加", "Added")


@dataclass(frozen=True, slots=True)
class _Part:
    """A department or a section on the charts."""

    name: Text
    level: Level
    row: int
    """Its row on the evaluation sheet."""
    mark: Fraction
    earlier: tuple[Decimal, Decimal] | None = None
    """(earned, possible) in the last audit."""


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet; an audit in which nothing is possible has no charts."""
    if not any(score.possible for score in summary.scorecard.departments):
        return
    page = Page(workbook, CHARTS_SHEET, styles, lang, _WIDTHS)
    sheet = _Sheet(page, summary)
    sheet.write()
    # A number of pages would let programs leave the page break aside, and the radar would be cut in two.
    page.paper(summary.dealer, summary.ref, landscape=False, pages=sheet.pages)
    page.sheet.print_area(0, 0, sheet.row - 1, _PRINTED - 1)
    page.tab(Palette.EARNED_BAR)


class _Sheet:
    """The charts from top to bottom; `row` is the next free one, `data` that of the figures."""

    def __init__(self, page: Page, summary: AuditSummary) -> None:
        self.page = page
        self.summary = summary
        self.table = evaluation_of(summary, page.lang)
        self.row = 1
        self.data = 1
        self.pages = 1

    def write(self) -> None:
        """Write all charts."""
        page = self.page
        page.title(_TITLE.format(name=self.summary.dealer), _PRINTED - 1)
        page.text(0, _DATA, _FIGURES, "muted", "small")
        sections = [part for part in self._sections() if part.level.possible]
        departments = [part for part in self._departments() if part.level.possible]
        main = departments if len(departments) > 1 else sections
        names, columns = self._points(main)
        self._bars(main, names, columns)
        if self.summary.scorecard.total.possible:
            self._waterfall()
        first_page = self.row
        if len(main) >= _LEAST_RADAR:
            self._radar(main, names, columns)
        if len(sections) > 1:
            self._curve(sections)
        if self.row > first_page:
            self.pages = 0
            page.sheet.set_h_pagebreaks([first_page])

    def _bars(self, main: list[_Part], names: str, columns: dict[str, str]) -> None:
        earlier = Series(charts.EARLIER, columns["earlier"]) if "earlier" in columns else None
        chart = charts.bars(
            self._draw(names, 14),
            Series(charts.EARNED, columns["earned"]),
            Series(charts.NEEDED, columns["needed"]),
            earlier,
        )
        below = [
            _MISSED.format(name=part.name, by=printed(part.level.pass_points - part.level.earned))
            for part in main
            if part.level.pass_points is not None and part.level.earned < part.level.pass_points
        ]
        told = _BELOW.format(names=joined(below)) if below else _NONE_BELOW
        self._put(_BARS if isinstance(main[0].level, DepartmentScore) else _SECTION_BARS, told, chart, 14)

    def _radar(self, main: list[_Part], names: str, columns: dict[str, str]) -> None:
        earlier = Series(charts.EARLIER, columns["earlier_rate"]) if "earlier_rate" in columns else None
        rates = Series(charts.RATE, columns["rate"]), Series(charts.PASS_RATE, columns["mark"])
        chart = charts.radar(self._draw(names, 16), *rates, earlier)
        worst = min(main, key=lambda part: part.level.earned / part.level.possible)
        text = Text("最低：{name}，{rate}", "Lowest: {name}, {rate}").format(name=worst.name, rate=_percent(worst))
        self._put(_RATES, text, chart, 16)

    def _curve(self, sections: list[_Part]) -> None:
        names, columns = self._points(sections, only_points=True)
        parts = (
            Series(charts.MAXIMUM, columns["maximum"]),
            Series(charts.EARNED, columns["earned"]),
            Series(charts.NEEDED, columns["needed"]),
        )
        worst = max(sections, key=lambda part: part.level.points_lost)
        told = _MOST_LOST.format(name=worst.name, points=printed(worst.level.points_lost))
        self._put(_CURVE, told, charts.curve(self._draw(names, 18), *parts), 18)

    # -- the figures -------------------------------------------------------------------------------------------------

    def _departments(self) -> list[_Part]:
        earlier = self.summary.earlier
        then = earlier.departments if earlier is not None else {}
        return [
            _Part(s.department.name, s, block.total, s.department.pass_rate, then.get(s.department.id))
            for s, block in zip(self.summary.scorecard.departments, self.table.departments, strict=True)
        ]

    def _sections(self) -> list[_Part]:
        return [
            _Part(section.section.name, section, block.first + offset, section.section.pass_rate)
            for score, block in zip(self.summary.scorecard.departments, self.table.departments, strict=True)
            for offset, section in enumerate(score.sections)
        ]

    def _points(self, parts: Sequence[_Part], *, only_points: bool = False) -> tuple[str, dict[str, str]]:
        """Write a table of points and rates; returns the ranges of its names and of its columns."""
        compared = not only_points and any(part.earlier for part in parts)
        heads: dict[str, Text] = {"maximum": charts.MAXIMUM, "earned": charts.EARNED, "needed": charts.NEEDED}
        if not only_points:
            heads |= {"rate": charts.RATE, "mark": charts.PASS_RATE}
        if compared:
            before = Text("上次得分率", "Last audit's rate")
            heads |= {"earlier": charts.EARLIER, "earlier_rate": before}
        first = self._heads(list(heads.values()))
        for row, part in enumerate(parts, start=first):
            self.page.text(row, _DATA, self._name(part.name, short=only_points), "cell", "left")
            for column, key in enumerate(heads, start=_DATA + 1):
                self._figure(row, column, key, part)
        last = first + len(parts) - 1
        self.data = last + 3
        ranges = {key: self._range(first, last, column) for column, key in enumerate(heads, start=_DATA + 1)}
        return self._range(first, last, _DATA), ranges

    def _name(self, name: Text, *, short: bool = False) -> str:
        """Return a category's name; two languages stand on two lines, and where there are many only the first."""
        if self.page.lang != "both":
            return self.page.words(name)
        return name.zh if short or name.zh == name.en else f"{name.zh}\n{name.en}"

    def _figure(self, row: int, column: int, key: str, part: _Part) -> None:
        page, level = self.page, part.level
        sources = {"maximum": Counted.MAXIMUM, "earned": Counted.EARNED, "needed": Counted.PASS}
        values = {"maximum": level.possible, "earned": level.earned, "needed": level.pass_points or NO_FIGURE}
        if key in sources:
            formula = Formula(self.table.cell(part.row, sources[key]), values[key])
            page.formula(row, column, formula, POINTS, "cell")
        elif key == "rate":
            earned, possible = cell(row, _DATA + 2), cell(row, _DATA + 1)
            value = level.rate or Decimal(0)
            source = f"ROUND(ROUND({earned}/{possible},8),4)"
            page.formula(row, column, Formula(source, value), PERCENT_FINE, "cell")
        elif key == "mark":
            page.share(row, column, part.mark, PERCENT_FINE, "cell")
        elif part.earlier is not None and part.earlier[1]:
            earned_then, possible_then = part.earlier
            value = earned_then if key == "earlier" else earned_then / possible_then
            page.share(row, column, value, POINTS if key == "earlier" else PERCENT_FINE, "cell")
        else:
            page.text(row, column, "", "cell")

    def _waterfall(self) -> None:
        """Write the steps from the maximum down to the points earned, and their chart."""
        scorecard, block = self.summary.scorecard, self.table.overall
        total = scorecard.total
        steps: list[tuple[Text, str, Decimal]] = []
        for offset, score in enumerate(scorecard.departments):
            lost = score.contributed_possible - score.contributed
            cells = (self.table.cell(block.first + offset, c) for c in (Counted.MAXIMUM, Counted.EARNED))
            steps.append((score.department.name, "ROUND({}-{},2)".format(*cells), lost))
        first = self._heads([_CARRY, _STANDS, charts.LOST, _WON, charts.NEEDED])
        maximum = self.table.cell(block.total, Counted.MAXIMUM)
        self._step(first, charts.MAXIMUM, (None, Formula(maximum, total.possible), None, None))
        row, level = first, total.possible
        for name, source, lost in steps:
            row, level = row + 1, level - lost
            carried = self._carried(row, level)
            self._step(row, name, (carried, None, Formula(source, lost), None))
        earned = self.table.cell(block.total, Counted.EARNED)
        if level != total.earned:
            row = self._scaling(row + 1, earned, total.earned - level, level)
        row += 1
        self._step(row, charts.EARNED, (None, Formula(earned, total.earned), None, None))
        needed = self._needed(first, row, block.total)
        self.data = row + 3
        ranges = [self._range(first, row, column) for column in range(_DATA, _DATA + 6)]
        names, carry, stands, lost_range, won, needed_range = ranges
        parts = (
            Series(_CARRY, carry),
            Series(_STANDS, stands),
            Series(charts.LOST, lost_range),
            Series(_WON, won),
        )
        chart = charts.waterfall(self._draw(names, 14), parts, Series(charts.NEEDED, needed_range) if needed else None)
        worst = max(steps, key=lambda step: step[2])
        told = _MOST_LOST.format(name=worst[0], points=printed(worst[2]))
        self._put(_FALL, told, chart, 14)

    def _scaling(self, row: int, earned: str, won: Decimal, level: Decimal) -> int:
        """Write what scaling changes between the departments' points and the total."""
        # What the row above leaves: its base, and what stands or was lost on it.
        before = cell(row - 1, _DATA + 1)
        source = f"ROUND({earned}-{before},2)"
        carried = Formula(f"MIN({before},{earned})", min(level, level + won))
        plus, minus = (
            Formula(f"MAX(0,{source})", max(Decimal(0), won)),
            Formula(f"MAX(0,-{source})", max(Decimal(0), -won)),
        )
        self._step(row, charts.SCALED, (carried, None, minus, plus))
        return row

    def _carried(self, row: int, level: Decimal) -> Formula:
        above = f"SUM({cell(row - 1, _DATA + 1)}:{cell(row - 1, _DATA + 2)})"
        return Formula(f"ROUND({above}-{cell(row, _DATA + 3)},2)", level)

    def _step(self, row: int, name: Text, figures: tuple[Formula | None, ...]) -> None:
        """Write a step; its name says what was lost or won, which on a low bar no label could."""
        words = self._name(name).replace('"', "'")[:_LONGEST_LITERAL]
        found = zip("−+", (3, 4), figures[2:4], strict=True)
        changes = [(sign, at, figure) for sign, at, figure in found if figure is not None and figure.value]
        if changes:
            [(sign, at, change)] = changes
            value = f"{words}\n{sign}{plain(Decimal(change.value))}"
            name_of = Formula(f'"{safe(words, self.page.lang)}"&CHAR(10)&"{sign}"&{cell(row, _DATA + at)}', value)
            self.page.formula(row, _DATA, name_of, "", "cell", "wrap", "left")
        else:
            self.page.text(row, _DATA, words, "cell", "left")
        for column, figure in enumerate(figures, start=_DATA + 1):
            if figure is None:
                self.page.text(row, column, "", "cell")
            else:
                self.page.formula(row, column, figure, POINTS, "cell")

    def _needed(self, first: int, last: int, row: int) -> bool:
        """Write the points to pass beside every step; returns whether there are any."""
        needed = self.summary.scorecard.total.pass_points
        for at in range(first, last + 1):
            if needed is None:
                self.page.text(at, _DATA + 5, "", "cell")
            else:
                self.page.formula(at, _DATA + 5, Formula(self.table.cell(row, Counted.PASS), needed), POINTS, "cell")
        return needed is not None

    # -- the page ----------------------------------------------------------------------------------------------------

    def _heads(self, heads: list[Text]) -> int:
        """Write the heads of a table of figures; returns its first row."""
        self.page.text(self.data, _DATA, "", "cell", "label")
        for column, head in enumerate(heads, start=_DATA + 1):
            self.page.text(self.data, column, head.of(self.page.lang).replace("\n", " "), "cell", "label")
        return self.data + 1

    def _range(self, first: int, last: int, column: int) -> str:
        return column_range(first, last, column, self.page.name)

    def _draw(self, names: str, rows: int) -> Drawing:
        height = int(rows * _ROW / 0.75) - 8
        return Drawing(self.page.workbook, self.page.styles, self.page.lang, names, (_PIXELS, height))

    def _put(self, title: Text, told: Text, chart: Chart, rows: int) -> None:
        """Put a chart below its title and the sentence that says what to see."""
        page, last = self.page, _PRINTED - 1
        page.across(self.row, 0, last, title, "band", "indent", "wrap")
        page.sheet.set_row(self.row, max(22.0, page.row(self.row, [(page.words(title), page.span(0, last))])))
        page.across(self.row + 1, 0, last, told, "wrap", "left", "muted")
        page.row(self.row + 1, [(page.words(told), page.span(0, last))])
        self.row += 2
        for row in range(self.row, self.row + rows):
            page.sheet.set_row(row, _ROW)
        words = page.words(title).replace("\n", " ")
        place = {"x_offset": 3, "y_offset": 3, "object_position": 1, "description": words}
        page.sheet.insert_chart(self.row, 0, chart, place)
        self.row += rows + 1


def _percent(part: _Part) -> str:
    value = rate_value(part.level, part.mark, 3)
    return f"{value * 100:.1f} %" if isinstance(value, Decimal) else value

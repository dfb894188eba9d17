"""Expected effects: total and departments after each direction, alone and in order, and the KPIs that must move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.points import ZERO
from checklists.text import Text, same
from reports.breaks import PageBreaks
from reports.effect_page import (
    DEPARTMENT_WIDTH,
    FIRST_DEPARTMENT,
    HEADS,
    LEAST_DEPARTMENTS,
    ROW,
    WIDTHS,
    Column,
    EffectPage,
)
from reports.formulas import NO_FIGURE, Formula, cell
from reports.page import Page
from reports.sheets.directions import table_of as directions_of
from reports.sheets.effects_ahead import write_forecast, write_route
from reports.sheets.effects_moves import write_moves
from reports.style import POINTS, Palette
from reports.words import EFFECTS_SHEET

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from xlsxwriter.workbook import Workbook

    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles

_TITLE = Text("{name}：预期效果", "{name}: expected effects")
LEGEND = Text(
    "假定某方向的弱项都改到“可达到”的分值，其余不变，由评分规则重新计算总分和各部门得分（折算、权重和关键项照常），"
    "不是简单相加。✓ 表示达到及格分。这是辅导目标，不是承诺。",
    "If the weak items of a direction reach what is attainable and all else stays, the rules score the audit again "
    "(scaling, weights and critical items as ever); nothing is just added. ✓: reaches its pass mark. These are aims of "
    "coaching, not promises.",
)
_NONE = Text("没有弱项，没有可得的分值。", "There are no weak items, so nothing to regain.")
IN_ORDER = Text("按顺序开展后（累计）", "Carried out in order, one after another")
ALONE = Text("只开展这一个方向后", "Each carried out alone")
_DAYS_SO_FAR = Text("累计工作日", "Days so far")
_NOW, NOW_NAME = Text("现状", "Now"), Text("现状", "As audited")
_MARK = Text("及格分", "Pass points")
_PASSED_POINTS = '"✓ "0.00'


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet."""
    departments = max(LEAST_DEPARTMENTS, len(summary.scorecard.departments))
    widths = (*WIDTHS, *[DEPARTMENT_WIDTH] * departments)
    page = Page(workbook, EFFECTS_SHEET, styles, lang, widths)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.PASSED)
    last = len(widths) - 1
    above = page.title(_TITLE.format(name=summary.dealer), last)
    if not summary.effects:
        page.text(1, 0, _NONE)
        return
    above += page.legend(1, LEGEND, last)
    sheet = _Sheet(page, summary, PageBreaks(widths, above, 0.0), last)
    sheet.in_order()
    sheet.alone()
    write_moves(sheet)
    write_forecast(sheet)
    write_route(sheet)
    page.sheet.set_h_pagebreaks(sheet.breaks.rows)
    page.sheet.print_area(0, 0, sheet.row - 1, last)


class _Sheet(EffectPage):
    """The sheet with its two tables of totals."""

    def in_order(self) -> None:
        """Write the totals as direction follows direction, and draw them against the pass line."""
        self.band(IN_ORDER)
        self.heads(HEADS | {Column.DAYS: _DAYS_SO_FAR})
        self._mark()
        first = self.row
        scorecard = self.summary.scorecard
        now = {d.department.id: d.earned for d in scorecard.departments}
        self._line((0, _NOW, NOW_NAME), scorecard.total.earned, scorecard.total.passed, now)
        days = ZERO
        for place, effect in enumerate(self.summary.effects):
            row, known = self.row, effect.effort_days is not None
            days += effect.effort_days or ZERO
            departments = dict(effect.cumulative_departments)
            named = (place + 1, same(effect.letter), effect.direction.name)
            self._line(named, effect.cumulative_total, effect.cumulative_passes, departments, place=place)
            own = directions_of(self.page.lang).days(place)
            before = f"N({cell(row - 1, Column.DAYS)})+" if place else ""
            formula = Formula(f"{before}N({own})", days)
            self.page.formula(row, Column.DAYS, formula, "General" if known else '0" +"', "cell")
        self.chart((first, self.row - 1))

    def alone(self) -> None:
        """Write what each direction brings by itself."""
        self.band(ALONE)
        self.heads(HEADS)
        for place, effect in enumerate(self.summary.effects):
            named = (place + 1, same(effect.letter), effect.direction.name)
            departments = dict(effect.departments_after)
            row = self.row
            self._line(named, effect.total_after, effect.passes_after, departments, place=place)
            own = directions_of(self.page.lang).days(place)
            if effect.effort_days is None:
                self.page.text(row, Column.DAYS, NO_FIGURE, "cell", "figure")
            else:
                self.page.formula(row, Column.DAYS, Formula(own, effect.effort_days), "General", "cell")
        self.row += 1

    def _mark(self) -> None:
        """Write the pass points of the total and the departments, which the rows below are held against."""
        page, row = self.page, self.row
        self.mark_row = row
        for column in range(Column.TOTAL, self.last + 1):
            page.text(row, column, "", "cell", "label")
        page.across(row, 0, Column.GAIN, _MARK, "cell", "label", "center")
        if self.needed is not None:
            page.number(row, Column.TOTAL, self.needed, POINTS, "cell", "label", "figure")
        for column, mark in enumerate(self.marks.values(), start=FIRST_DEPARTMENT):
            if mark is not None:
                page.number(row, column, mark, POINTS, "cell", "label", "figure")
        page.sheet.set_row(row, ROW)
        self.next(ROW)

    def _line(
        self,
        named: tuple[int, Text, Text],
        earned: Decimal,
        passed: bool | None,
        departments: Mapping[str, Decimal],
        *,
        place: int | None = None,
    ) -> None:
        """Write one row of totals; `place` is the direction's, None for the row of what there is now."""
        page, row = self.page, self.row
        number, key, name = named
        if number:
            page.number(row, Column.NUMBER, number, "0", "cell", "center")
        else:
            page.text(row, Column.NUMBER, "", "cell")
        page.text(row, Column.KEY, key, "cell", "center", "bold")
        page.text(row, Column.NAME, name, "cell", "wrap", "left")
        page.text(row, Column.DAYS, "", "cell")
        if place is None:
            page.text(row, Column.GAIN, "", "cell")
        else:
            gain = self.summary.effects[place].attainable
            page.formula(row, Column.GAIN, Formula(directions_of(page.lang).regained(place), gain), POINTS, "cell")
        self.figures(row, earned, passed)
        for column in range(FIRST_DEPARTMENT, self.last + 1):
            page.text(row, column, "", "cell")
        for column, (own, mark) in enumerate(self.marks.items(), start=FIRST_DEPARTMENT):
            reached = mark is not None and departments[own] >= mark
            shade = ("passed",) if reached else ()
            page.number(row, column, departments[own], _PASSED_POINTS if reached else POINTS, "cell", *shade)
        self.next(page.row(row, [(page.words(name), page.widths[Column.NAME])]))

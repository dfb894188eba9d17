"""Coaching directions: the weak items each cures, points attainable, steps with role and days, training, proof."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from audit.raising import regained
from checklists.points import ZERO, round_points
from checklists.text import Text, same
from reports.breaks import PageBreaks
from reports.effect_page import band_height
from reports.formulas import NO_FIGURE, Formula, cell, column_range, on, total
from reports.page import Page
from reports.sheet_names import sheet_name
from reports.sheets.weak import Column as WeakColumn
from reports.sheets.weak import table_of as weak_of
from reports.style import POINTS, Palette
from reports.words import DIRECTIONS_SHEET

if TYPE_CHECKING:
    from decimal import Decimal

    from xlsxwriter.workbook import Workbook

    from audit.coaching import DirectionEffect
    from audit.findings import WeakItem
    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles


class Column(IntEnum):
    """The columns, from the left."""

    NUMBER = 0
    KEY = 1
    DEPARTMENT = 2
    TEXT = 3
    ROLE = 4
    POSSIBLE = 5
    LOST = 6
    ATTAINABLE = 7
    REGAINED = 8


_WIDTHS = (6, 9, 18, 106, 21, 10, 10, 11, 11)
LAST = Column.REGAINED
_TITLE = Text("{name}：辅导方向", "{name}: coaching directions")
LEGEND = Text(
    "“可达到”是半年内经辅导可以做到的分值（没有另行规定时：等级项为第 4 级，抽样项为 90 %，KPI 项为其目标，"
    "且不低于及格率）；“可得分”是可达到与现得分之差，未经折算。工作日是评估表的估算，每个方向只计一次。"
    "每个弱项只属于一个方向。",
    "“Attainable” is what coaching can bring an item to within half a year (unless the checklist says otherwise: "
    "level 4, 90 % of a sample, the KPI's target, and at least the pass rate); “regained” is that less what it earned, "
    "before scaling. Days are the checklist's estimate, each direction once. Each weak item belongs to one direction.",
)
NONE = Text("没有弱项，无需辅导。", "There are no weak items, so nothing to coach.")
_OVERVIEW_HEADS: dict[int, Text] = {
    Column.NUMBER: Text("序号", "No."),
    Column.KEY: Text("方向", "Dir."),
    Column.DEPARTMENT: Text("弱项", "Weak items"),
    Column.TEXT: Text("辅导方向与第一步", "Coaching direction and first step"),
    Column.ROLE: Text("牵头岗位", "Led by"),
    Column.POSSIBLE: Text("失分", "Lost"),
    Column.LOST: Text("可得分", "Regained"),
    Column.ATTAINABLE: Text("工作日", "Days"),
    Column.REGAINED: Text("每天得分", "Points a day"),
}
_WEAK_HEADS: dict[int, Text] = {
    Column.NUMBER: Text("序号", "No."),
    Column.KEY: Text("编号", "Item"),
    Column.DEPARTMENT: Text("部门", "Department"),
    Column.TEXT: Text("要解决的弱项", "Weak items it cures"),
    Column.ROLE: Text("责任岗位", "Answers for it"),
    Column.POSSIBLE: Text("满分", "Max."),
    Column.LOST: Text("失分", "Lost"),
    Column.ATTAINABLE: Text("可达到", "Attainable"),
    Column.REGAINED: Text("可得分", "Regained"),
}
STEPS, _WHO, _DAYS = Text("步骤", "Steps"), Text("谁来做", "Who"), Text("工作日", "Days")
CURES, TRAINING = Text("要改变的", "What is wrong"), Text("培训", "Training")
PROOF, SUITS = Text("完成证据", "Proof"), Text("适用", "Suits")
_BAND = Text("{letter}  {name}", "{letter}  {name}")
_COUNT_RECURRING = Text("{count} 项，重复 {recurring} 项", "{count}, {recurring} recurring")
FIRST = Text("{name}\n第一步：{step}", "{name}\nFirst step: {step}")
_STEP_SUM = Text("步骤与培训合计工作日", "Days of steps and training")
_TOTAL = Text("合计", "Total")
_HEAD_ROW, FIRST_ROW = 2, 3
_ROW = 19.5


@dataclass(frozen=True, slots=True)
class DirectionsTable:
    """Where the overview stands, for the formulas of other sheets."""

    sheet: str

    def regained(self, place: int) -> str:
        """Return the cell with the points a direction regains, by its place in the order."""
        return on(self.sheet, cell(FIRST_ROW + place, Column.LOST))

    def days(self, place: int) -> str:
        """Return the cell with a direction's working days."""
        return on(self.sheet, cell(FIRST_ROW + place, Column.ATTAINABLE))


def table_of(lang: ReportLang) -> DirectionsTable:
    """Say where the overview will stand."""
    return DirectionsTable(sheet_name(DIRECTIONS_SHEET, lang))


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet."""
    page = Page(workbook, DIRECTIONS_SHEET, styles, lang, _WIDTHS)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.PASSED)
    above = page.title(_TITLE.format(name=summary.dealer), LAST)
    if not summary.effects:
        page.text(1, 0, NONE)
        return
    above += page.legend(1, LEGEND, LAST)
    sheet = _Sheet(page, summary, PageBreaks(_WIDTHS, above, 0.0))
    sheet.overview()
    for effect in summary.effects:
        sheet.direction(effect)
    sheet.sums()
    page.sheet.set_h_pagebreaks(sheet.breaks.rows)
    page.sheet.print_area(0, 0, sheet.row - 1, LAST)
    page.sheet.ignore_errors({"number_stored_as_text": f"{cell(FIRST_ROW, 0)}:{cell(sheet.row, LAST)}"})


class _Sheet:
    """The sheet from top to bottom; `row` is the next free one."""

    def __init__(self, page: Page, summary: AuditSummary, breaks: PageBreaks) -> None:
        self.page = page
        self.summary = summary
        self.breaks = breaks
        self.weak = weak_of(summary, page.lang)
        self.row = _HEAD_ROW
        self.places: list[tuple[int, int]] = []
        """Rows of each direction's first and last weak item."""
        self.blocks: list[tuple[int, float]] = []
        """Rows of a direction that stay together, each with the points they take."""

    def overview(self) -> None:
        """Write the directions in one table; their sums are written when it is known where they stand."""
        page = self.page
        self.breaks.block(_HEAD_ROW, page.heads(_HEAD_ROW, _OVERVIEW_HEADS))
        for row, (place, effect) in enumerate(enumerate(self.summary.effects), start=FIRST_ROW):
            direction, step = effect.direction, effect.direction.first_step
            named = FIRST.format(name=direction.name, step=step) if step.zh else direction.name
            texts: dict[Column, tuple[Text, tuple[str, ...]]] = {
                Column.KEY: (same(effect.letter), ("center", "bold")),
                Column.DEPARTMENT: (self._count(effect), ("center",)),
                Column.TEXT: (named, ("left",)),
                Column.ROLE: (self._role(effect.roles[0]) if effect.roles else same(""), ("center",)),
            }
            page.number(row, Column.NUMBER, place + 1, "0", "cell", "center")
            for column, (text, traits) in texts.items():
                page.text(row, column, text, "cell", "wrap", *traits)
            cells = [(page.words(text), page.widths[column]) for column, (text, _) in texts.items()]
            self.breaks.block(row, page.row(row, cells))
        self.row = FIRST_ROW + len(self.summary.effects) + 2

    def sums(self) -> None:
        """Write what the directions cost, regain and take, and the totals."""
        page, effects = self.page, self.summary.effects
        for row, (effect, (first, last)) in enumerate(zip(effects, self.places, strict=True), start=FIRST_ROW):
            for column, source, value in (
                (Column.POSSIBLE, Column.LOST, effect.points_lost),
                (Column.LOST, Column.REGAINED, effect.attainable),
            ):
                formula = Formula(total(f"SUM({column_range(first, last, source)})"), value)
                page.formula(row, column, formula, POINTS, "cell")
            if effect.effort_days is None:
                page.text(row, Column.ATTAINABLE, NO_FIGURE, "cell", "figure")
            else:
                page.number(row, Column.ATTAINABLE, effect.effort_days, "General", "cell")
            self._per_day(row, effect.attainable, effect.effort_days, "cell")
        last = FIRST_ROW + len(effects) - 1
        row = last + 1
        page.across(row, Column.NUMBER, Column.ROLE, _TOTAL, "cell", "total", "center")
        gain = sum((effect.attainable for effect in effects), ZERO)
        days = sum((effect.effort_days or ZERO for effect in effects), ZERO)
        lost = sum((effect.points_lost for effect in effects), ZERO)
        for column, value, number in (
            (Column.POSSIBLE, lost, POINTS),
            (Column.LOST, gain, POINTS),
            (Column.ATTAINABLE, days, "General"),
        ):
            formula = Formula(total(f"SUM({column_range(FIRST_ROW, last, column)})"), value)
            page.formula(row, column, formula, number, "cell", "total")
        self._per_day(row, gain, days, "cell", "total")
        page.sheet.set_row(row, 22)

    def _per_day(self, row: int, gain: Decimal, days: Decimal | None, *traits: str) -> None:
        gain_cell, days_cell = cell(row, Column.LOST), cell(row, Column.ATTAINABLE)
        value = round_points(gain / days) if days else NO_FIGURE
        source = f'IF(N({days_cell})=0,"{NO_FIGURE}",ROUND(ROUND({gain_cell}/{days_cell},8),2))'
        self.page.formula(row, Column.REGAINED, Formula(source, value), POINTS, *traits)

    def direction(self, effect: DirectionEffect) -> None:
        """Write one direction: its weak items, its steps, what is taught and what proves it; on a page of its own."""
        self.blocks = []
        self._weak_items(effect)
        self._steps(effect)
        for label, text in ((TRAINING, effect.direction.training), (PROOF, effect.direction.proof)):
            if text is not None:
                self.blocks.append((self.row, self._prose(label, text)))
        if effect.direction.suits is not None:
            self.blocks.append((self.row, self._prose(SUITS, effect.direction.suits)))
        self.breaks.together(self.blocks)
        self.row += 1

    def _weak_items(self, effect: DirectionEffect) -> None:
        """Write what is wrong and the weak items; the headings stay with the first of them."""
        page, direction = self.page, effect.direction
        top = self.row
        band = _BAND.format(letter=effect.letter, name=direction.name)
        page.across(top, 0, LAST, band, "cell", "band", "indent", "large")
        height = band_height(page.words(band))
        page.sheet.set_row(top, height)
        self.row += 1
        height += self._prose(CURES, direction.cures)
        height += page.heads(self.row, _WEAK_HEADS)
        self.row += 1
        first = self.row
        for number, weak in enumerate(effect.weak, start=1):
            height += self._weak_row(number, weak)
            self.blocks.append((top, height))
            top, height = self.row, 0.0
        self.places.append((first, self.row - 1))
        self._weak_sum(effect, first)

    def _weak_row(self, number: int, weak: WeakItem) -> float:
        page, row = self.page, self.row
        owner = self._role(weak.item.owner) if weak.item else same("")
        texts = {
            Column.KEY: (same(weak.number), "left"),
            Column.DEPARTMENT: (weak.department.name, "left"),
            # It stands in both languages among the weak items.
            Column.TEXT: (page.once(weak.statement), "left"),
            Column.ROLE: (owner, "center"),
        }
        page.number(row, Column.NUMBER, number, "0", "cell", "center")
        for column, (text, side) in texts.items():
            page.text(row, column, text, "cell", "wrap", side)
        if weak.item is None or weak.attainable is None:
            for column in (Column.POSSIBLE, Column.LOST, Column.ATTAINABLE, Column.REGAINED):
                page.text(row, column, NO_FIGURE, "cell", "figure")
        else:
            self._figures(row, weak, weak.item.points, weak.attainable)
        self.row += 1
        return page.row(row, [(page.words(text), page.widths[column]) for column, (text, _) in texts.items()])

    def _figures(self, row: int, weak: WeakItem, possible: Decimal, attainable: Decimal) -> None:
        page = self.page
        place = f"MATCH({cell(row, Column.KEY)},{self.weak.column(WeakColumn.ITEM)},0)"
        lost = Formula(f"INDEX({self.weak.column(WeakColumn.LOST)},{place})", weak.points_lost)
        earned = f"{cell(row, Column.POSSIBLE)}-{cell(row, Column.LOST)}"
        gain = Formula(total(f"MAX(0,{cell(row, Column.ATTAINABLE)}-({earned}))"), regained(weak))
        page.number(row, Column.POSSIBLE, possible, POINTS, "cell")
        page.formula(row, Column.LOST, lost, POINTS, "cell")
        page.number(row, Column.ATTAINABLE, attainable, POINTS, "cell")
        page.formula(row, Column.REGAINED, gain, POINTS, "cell")

    def _weak_sum(self, effect: DirectionEffect, first: int) -> None:
        page, row = self.page, self.row
        page.across(row, 0, Column.POSSIBLE, _TOTAL, "cell", "total", "center")
        page.text(row, Column.ATTAINABLE, "", "cell", "total")
        for column, value in ((Column.LOST, effect.points_lost), (Column.REGAINED, effect.attainable)):
            formula = Formula(total(f"SUM({column_range(first, row - 1, column)})"), value)
            page.formula(row, column, formula, POINTS, "cell", "total")
        page.sheet.set_row(row, _ROW)
        self._with_last(_ROW)
        self.row += 1

    def _with_last(self, height: float) -> None:
        """Keep a row of sums with the row above it."""
        row, above = self.blocks[-1]
        self.blocks[-1] = row, above + height

    def _steps(self, effect: DirectionEffect) -> None:
        """Write the steps with role and days; the heading stays with the first of them."""
        page, steps = self.page, effect.direction.steps
        if not steps:
            return
        top, height = self.row, _ROW
        page.across(top, 0, Column.TEXT, STEPS, "cell", "head")
        page.across(top, Column.ROLE, Column.ATTAINABLE, _WHO, "cell", "head")
        page.text(top, Column.REGAINED, _DAYS, "cell", "head")
        page.sheet.set_row(top, _ROW)
        self.row += 1
        width = page.span(Column.KEY, Column.TEXT)
        for number, step in enumerate(steps, start=1):
            row = self.row
            page.number(row, Column.NUMBER, number, "0", "cell", "center")
            page.across(row, Column.KEY, Column.TEXT, step.do, "cell", "wrap", "left")
            page.across(row, Column.ROLE, Column.ATTAINABLE, self._role(step.role), "cell", "wrap", "center")
            page.number(row, Column.REGAINED, step.days, "General", "cell")
            self.row += 1
            self.blocks.append((top, height + page.row(row, [(page.words(step.do), width)])))
            top, height = self.row, 0.0
        if effect.effort_days is not None:
            label = page.words(_STEP_SUM).replace("\n", "  ")
            page.across(self.row, 0, Column.ATTAINABLE, label, "cell", "total", "center")
            page.number(self.row, Column.REGAINED, effect.effort_days, "General", "cell", "total")
            page.sheet.set_row(self.row, _ROW)
            self._with_last(_ROW)
            self.row += 1

    def _prose(self, label: Text, text: Text) -> float:
        """Write a labelled text over the whole width; returns its height."""
        if not text.zh:
            return 0.0
        page, row = self.page, self.row
        page.across(row, 0, Column.KEY, label, "cell", "label", "wrap")
        page.across(row, Column.DEPARTMENT, LAST, text, "cell", "wrap", "left")
        self.row += 1
        return page.row(row, [(page.words(text), page.span(Column.DEPARTMENT, LAST))])

    def _count(self, effect: DirectionEffect) -> Text:
        earlier = self.summary.earlier
        recurring = sum(1 for weak in effect.weak if earlier is not None and earlier.recurs(weak))
        count = len(effect.weak)
        return _COUNT_RECURRING.format(count=count, recurring=recurring) if recurring else same(str(count))

    def _role(self, role: str) -> Text:
        named = self.summary.checklist.roles.get(role)
        return named.name if named else same(role)

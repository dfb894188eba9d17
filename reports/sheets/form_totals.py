"""The first sheet of the form: live totals of sections, departments and the audit against their pass marks.

The formulas repeat `audit.scoring`: what leaves scales the rest back to its maximum, below half of it a level leaves
its parent too.  What critical items do to a verdict is not repeated here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from checklists.points import plain
from checklists.text import Text
from reports.evaluation_line import percent_text
from reports.formulas import NO_FIGURE, Formula, cell, column_range, needed, scaled, total, weighted
from reports.page import Page
from reports.style import POINTS, Palette
from reports.words import FAILED, PASSED, UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook

    from audit.scorecard import DepartmentScore, Level, SectionScore
    from audit.summary import AuditSummary
    from checklists.text import Lang
    from reports.booklet.sheets import SheetNames
    from reports.style import Styles


class Column(IntEnum):
    """The columns, from the left; the last two are hidden."""

    NUMBER = 0
    NAME = 1
    ITEMS = 2
    DONE = 3
    MAXIMUM = 4
    POSSIBLE = 5
    EARNED = 6
    PASS = 7
    RESULT = 8
    RAW = 9
    APPLICABLE = 10


_HEADS: dict[Column, tuple[Text, float]] = {
    Column.NUMBER: (Text("序号", "No."), 6),
    Column.NAME: (Text("部门 / 项目", "Department / section"), 38),
    Column.ITEMS: (Text("项数", "Items"), 8),
    Column.DONE: (Text("已评", "Done"), 8),
    Column.MAXIMUM: (Text("满分", "Maximum"), 11),
    Column.POSSIBLE: (Text("计分满分", "Counted"), 11),
    Column.EARNED: (Text("得分", "Earned"), 11),
    Column.PASS: (Text("及格分", "To pass"), 16),
    Column.RESULT: (Text("结果", "Result"), 12),
    Column.RAW: (Text("折算前", "Unscaled"), 9),
    Column.APPLICABLE: (Text("剩余分值", "Remaining"), 9),
}
_SHEET = Text("合计", "Totals")
_TITLE = Text("{name}：评分合计", "{name}: live totals")
_NOTE = Text(
    "随填写自动计算，与工具的结果一致；不含“?”的评分和关键项的规定。读回：audit answer {ref} --from 文件。",
    "Follows what is typed, with the tool's own results; answers marked ? and rules of critical items are not in it. "
    "Read back with: audit answer {ref} --from FILE.",
)
_TOTAL, _BONUS = Text("总计", "Total"), Text("加分", "Bonus")
_TITLE_ROW, _NOTE_ROW, _HEAD_ROW, _FIRST_ROW = range(4)
_POINTS_AT, _CHECK_AT, _NUMBER_AT, _POSSIBLE_AT = 6, 7, 11, 12
"""Columns of the items' sheets (see `reports.sheets.form.Column`)."""


@dataclass(frozen=True, slots=True)
class Span:
    """Rows of items on a sheet, and the numbers of the sections they belong to."""

    sheet: str
    first: int
    last: int
    sections: frozenset[int]

    def sum_if(self, column: int, number: str) -> str:
        """Return the sum of a column over a section."""
        return f"SUMIFS({self._column(column)},{self._column(_NUMBER_AT)},{number})"

    def count_if(self, number: str, sign: str) -> str:
        """Return how many items of a section bear a sign."""
        return f'COUNTIFS({self._column(_NUMBER_AT)},{number},{self._column(_CHECK_AT)},"{sign}")'

    def _column(self, column: int) -> str:
        return column_range(self.first, self.last, column, self.sheet)


class Totals:
    """The sheet: made before the items' sheets, so that it comes first, and written once they stand."""

    def __init__(
        self, workbook: Workbook, styles: Styles, summary: AuditSummary, lang: Lang, names: SheetNames
    ) -> None:
        widths = [width for _, width in _HEADS.values()]
        name = names.new(_SHEET.of(lang))
        self.page = Page(workbook, Text(name, name), styles, lang, widths)
        self.summary = summary
        self.spans: Sequence[Span] = ()

    def write(self, spans: Sequence[Span], bonus: str) -> None:
        """Write the sheet.

        Args:
            spans: where the items stand.
            bonus: the range of the bonus items' points; empty where there are none.
        """
        self.spans = spans
        page, summary = self.page, self.summary
        page.text(_TITLE_ROW, 0, _TITLE.format(name=summary.dealer), "title")
        page.sheet.set_row(_TITLE_ROW, 28)
        note = _NOTE.format(ref=summary.ref)
        page.across(_NOTE_ROW, 0, Column.RESULT, note, "wrap", "small", "muted", "left")
        page.row(_NOTE_ROW, [(note.of(page.lang), page.span(0, Column.RESULT))])
        for column, (head, _) in _HEADS.items():
            page.text(_HEAD_ROW, column, head, "cell", "head")
        row, number, at = _FIRST_ROW, 0, []
        for score in summary.scorecard.departments:
            first = row
            for section in score.sections:
                number += 1
                self._section(row, number, section)
                row += 1
            self._department(row, first, score)
            at.append(row)
            row += 1
        self._total(row, at, bonus)
        words = PASSED.of(page.lang), FAILED.of(page.lang)
        page.colour_words((_FIRST_ROW, row), Column.RESULT, *words)
        page.sheet.set_column(Column.RAW, Column.APPLICABLE, 9, None, {"hidden": True})
        page.sheet.freeze_panes(_FIRST_ROW, 2)
        page.paper(summary.dealer, summary.ref, landscape=False, pages=1)
        page.tab(Palette.NAVY)

    def _section(self, row: int, number: int, score: SectionScore) -> None:
        page, at = self.page, f"$A{row + 1}"
        spans = [span for span in self.spans if number in span.sections]
        page.number(row, Column.NUMBER, number, "0", "cell", "center")
        page.text(row, Column.NAME, score.section.name, "cell", "left", "wrap")
        page.number(row, Column.ITEMS, score.counts.items, "0", "cell")
        done = "+".join(span.count_if(at, sign) for span in spans for sign in ("√", "!"))
        page.formula(row, Column.DONE, Formula(done, _done(score)), "0", "cell")
        raw = total("+".join(span.sum_if(_POINTS_AT, at) for span in spans))
        applicable = total("+".join(span.sum_if(_POSSIBLE_AT, at) for span in spans))
        self._level(row, score, score.section.points, (raw, applicable), (score.raw, score.applicable), ("cell",))
        self._pass(row, score, score.section.pass_rate, ("cell",))
        page.row(row, [(score.section.name.of(page.lang), page.widths[Column.NAME])])

    def _department(self, row: int, first: int, score: DepartmentScore) -> None:
        page, last, traits = self.page, row - 1, ("cell", "band")
        page.text(row, Column.NUMBER, "", *traits)
        page.text(row, Column.NAME, score.department.name, *traits, "left")
        self._counts(row, [(first, last)], score, traits)
        sums = [total(f"SUM({column_range(first, last, column)})") for column in (Column.EARNED, Column.POSSIBLE)]
        parts = (sums[0], sums[1]), (score.raw, score.applicable)
        self._level(row, score, score.department.points, *parts, traits)
        self._pass(row, score, score.department.pass_rate, traits)
        page.sheet.set_row(row, 22)

    def _total(self, row: int, at: list[int], bonus: str) -> None:
        page, summary, traits = self.page, self.summary, ("cell", "total")
        page.sheet.set_row(row, 24)
        score = summary.scorecard.total
        page.text(row, Column.NUMBER, "", *traits)
        page.text(row, Column.NAME, _TOTAL, *traits, "left")
        self._counts(row, [(r, r) for r in at], score, traits)
        earned = total("+".join(self._share(cell(r, Column.EARNED), n) for n, r in enumerate(at)))
        possible = total("+".join(self._share(cell(r, Column.POSSIBLE), n) for n, r in enumerate(at)))
        parts = (earned, possible), (score.raw, score.applicable)
        if summary.whole:
            self._level(row, score, summary.checklist.total, *parts, traits)
            extra = self._bonus(row, bonus, traits) if bonus else None
            counted = extra if summary.checklist.bonus_counts else None
            self._pass(row, score, summary.checklist.pass_rate, traits, counted)
            return
        self._figures(row, parts[0], parts[1], traits)
        page.formula(row, Column.POSSIBLE, Formula(cell(row, Column.APPLICABLE), score.possible), POINTS, *traits)
        page.formula(row, Column.EARNED, Formula(cell(row, Column.RAW), score.earned), POINTS, *traits)
        page.text(row, Column.MAXIMUM, "", *traits)
        for column in (Column.PASS, Column.RESULT):
            page.text(row, column, NO_FIGURE, *traits, "center")

    def _bonus(self, row: int, bonus: str, traits: tuple[str, ...]) -> tuple[str, Decimal]:
        page, cap, value = self.page, self.summary.checklist.bonus_cap, self.summary.scorecard.total.bonus
        source = total(f"SUM({bonus})")
        source = source if cap is None else f"MIN({plain(cap)},{source})"
        for column in _HEADS:
            page.text(row + 1, column, "", *traits)
        page.text(row + 1, Column.NAME, _BONUS, *traits, "left")
        page.formula(row + 1, Column.EARNED, Formula(source, value), POINTS, *traits)
        return cell(row + 1, Column.EARNED), value

    def _share(self, points: str, index: int) -> str:
        """Return a department's points as they count in the total."""
        weights, checklist = self.summary.weights, self.summary.checklist
        if not weights:
            return points
        department = self.summary.scorecard.departments[index].department
        whole = sum(weights.values(), Fraction(0))
        return weighted(points, checklist.total, weights[department.id], whole, department.points)

    def _counts(self, row: int, spans: list[tuple[int, int]], score: Level, traits: tuple[str, ...]) -> None:
        values = {Column.ITEMS: _decimal(score.counts.items), Column.DONE: _done(score)}
        for column, value in values.items():
            source = "+".join(f"SUM({column_range(first, last, column)})" for first, last in spans)
            self.page.formula(row, column, Formula(source, value), "0", *traits)

    def _figures(
        self, row: int, sources: tuple[str, str], values: tuple[Decimal, Decimal], traits: tuple[str, ...]
    ) -> None:
        for column, source, value in zip((Column.RAW, Column.APPLICABLE), sources, values, strict=True):
            self.page.formula(row, column, Formula(source, value), POINTS, *traits)

    def _level(
        self,
        row: int,
        score: Level,
        maximum: Decimal,
        sources: tuple[str, str],
        values: tuple[Decimal, Decimal],
        traits: tuple[str, ...],
    ) -> None:
        """Write maximum, possible and earned points by the one rule for every level."""
        self._figures(row, sources, values, traits)
        self.page.number(row, Column.MAXIMUM, maximum, POINTS, *traits)
        raw, rest, whole = cell(row, Column.RAW), cell(row, Column.APPLICABLE), cell(row, Column.MAXIMUM)
        possible, earned = rest, raw
        if self.summary.checklist.when_not_applicable == "redistribute":
            possible = f"IF({rest}={whole},{rest},IF({rest}*2<{whole},0,{whole}))"
            back = f"IF({rest}*2<{whole},0,{scaled(raw, whole, rest)})"
            earned = f"IF({rest}=0,0,IF({rest}={whole},{raw},{back}))"
        self.page.formula(row, Column.POSSIBLE, Formula(possible, score.possible), POINTS, *traits)
        self.page.formula(row, Column.EARNED, Formula(earned, score.earned), POINTS, *traits)

    def _pass(
        self,
        row: int,
        score: Level,
        rate: Fraction,
        traits: tuple[str, ...],
        extra: tuple[str, Decimal] | None = None,
    ) -> None:
        possible, earned, mark = (cell(row, c) for c in (Column.POSSIBLE, Column.EARNED, Column.PASS))
        source = f'IF({possible}=0,"{NO_FIGURE}",{needed(rate, possible)})'
        value = NO_FIGURE if score.pass_points is None else score.pass_points
        number = f'{POINTS}" ({percent_text(rate)})"'
        self.page.formula(row, Column.PASS, Formula(source, value), number, *traits)
        words = [word.of(self.page.lang) for word in (PASSED, UNFINISHED, FAILED)]
        points = earned if extra is None else f"ROUND({earned}+{extra[0]},2)"
        open_ = f"{cell(row, Column.DONE)}<{cell(row, Column.ITEMS)}"
        judged = f'IF({points}>={mark},"{words[0]}",IF({open_},"{words[1]}","{words[2]}"))'
        source = f'IF({possible}=0,"{NO_FIGURE}",{judged})'
        reached = score.earned + (extra[1] if extra else 0)
        word = words[1] if score.counts.open else words[2]
        word = words[0] if score.pass_points is not None and reached >= score.pass_points else word
        shown = NO_FIGURE if score.pass_points is None else word
        self.page.formula(row, Column.RESULT, Formula(source, shown), "", *traits, "center")


def _done(score: Level) -> Decimal:
    return _decimal(score.counts.items - score.counts.open)


def _decimal(value: int) -> Decimal:
    return Decimal(value)

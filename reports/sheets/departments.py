"""One sheet a department: every item with what was recorded, the records looked at, its points, and its photos.

The rows of a section's items are grouped below a row of the section's own, which shows what the evaluation counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.answers import reason_text
from audit.state import ItemState
from checklists.text import Text, same
from reports.breaks import PageBreaks
from reports.evaluation_table import Column as Counted
from reports.evaluation_table import table_of as evaluation_of
from reports.formulas import Formula, cell, column_range, total
from reports.item_tables import FIRST_ROW, HEAD_ROW, HEADS, Column, tables_of
from reports.measure import TALLEST, height_of, in_lines, lines_of
from reports.page import Page
from reports.remarks import section_remark
from reports.safe_text import LONGEST, safe
from reports.sheets.looked_at import besides_failing
from reports.style import DASH, POINTS, WHOLE_POINTS, Palette
from reports.thumbnails import put_picture, with_room
from reports.words import answer_text, critical_text, state_text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.evidence import Evidence
    from audit.scorecard import DepartmentScore, ItemScore, SectionScore
    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.evaluation_table import EvaluationTable
    from reports.item_tables import ItemsTable
    from reports.style import Styles

_TITLE = Text("{name}：{department}", "{name}: {department}")
_LEGEND = Text(
    "序号对应“评估表”中的项目；深色行为项目合计（按评估表计入的分）；“–”表示不计满分：不适用、本期未发生或未评估。"
    "抽查记录：✓ 符合，– 不适用；不符合的记录写在“原因”中。",
    "No. is the section's number on the evaluation sheet; shaded rows show what it counts for the section. A dash: no "
    "points, as it does not apply, had no case or was not assessed. Records: ✓ conforms, – does not apply; those that "
    "do not conform stand in the reason.",
)
_HOW = Text("查：{evidence}", "How: {evidence}")
_TOTAL = Text("检查项合计", "All items")
_UNSCALED = Text("检查项合计（折算前）", "All items before scaling")
_NOTE = Text("{text}（{person}）", "{text} ({person})")
_MORE = Text("另有 {count} 个文件，见“佐证”", "{count} more: see Evidence")
_FILES = Text("{count} 个文件，见“佐证”", "{count} files: see Evidence")
_PICTURE = (118, 84)
"""Room for a photo, in pixels."""
_PICTURE_POINTS = 70.0
"""What a photo takes of a row's height."""
_MOST_PICTURES = 3
_PIXEL = 0.75
_NO_PICTURES, _BOTH = 8.0, 1.25
"""Width of the photos' column where there are none; how much wider statements and answers are in both languages."""
_SMALLER, _SMALL_LINE = 1.1, 13.5
"""How much more of small print fits on a line, and the points a line of it takes."""
_SHADED = ("cell", "band")
_BETWEEN = re.compile(r"(?<=[、；])|(?<=[,;] )")
"""Where a list of records may go on in the next line."""


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheets."""
    tables = tables_of(summary, lang)
    shared = _Shared.of(summary, lang)
    number = 0
    for place, score in enumerate(summary.scorecard.departments):
        table = tables[score.department.id]
        page = Page(workbook, table.sheet, styles, lang, _widths(shared, score, lang))
        _Sheet(page, shared, table, score).write(place, number)
        number += len(score.sections)


def _widths(shared: _Shared, score: DepartmentScore, lang: ReportLang) -> list[float]:
    """Return the columns' widths: photos take room only where there are some, two languages more than one."""
    widths = {column: width for column, (_, width) in HEADS.items()}
    if not any(item.item.id in shared.files for section in score.sections for item in section.items):
        widths[Column.PICTURES] = _NO_PICTURES
    if lang == "both":
        widths[Column.STATEMENT] *= _BOTH
        widths[Column.ANSWER] *= _BOTH
    return list(widths.values())


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all departments' sheets look things up in."""

    summary: AuditSummary
    evaluation: EvaluationTable
    files: dict[str, list[Evidence]]
    pictured: set[str]
    """Files whose pictures have room."""
    looked_at: dict[str, Text]
    """The records read for an item that the reason does not name."""
    number: str
    """Number format of points."""

    @classmethod
    def of(cls, summary: AuditSummary, lang: ReportLang) -> _Shared:
        files: dict[str, list[Evidence]] = {}
        for piece in summary.evidence:
            files.setdefault(piece.item, []).append(piece)
        figures = [value for item in summary.scorecard.items for value in (item.earned, item.possible)]
        whole = all(value == value.to_integral_value() for value in figures)
        return cls(
            summary=summary,
            evaluation=evaluation_of(summary, lang),
            files=files,
            pictured=with_room(summary.evidence, summary.thumbnails),
            looked_at=besides_failing(summary, HEADS[Column.RECORDS][1]),
            number=WHOLE_POINTS if whole else POINTS,
        )


class _Sheet:
    """One department's sheet."""

    def __init__(self, page: Page, shared: _Shared, table: ItemsTable, score: DepartmentScore) -> None:
        self.page = page
        self.shared = shared
        self.table = table
        self.score = score

    def write(self, place: int, number: int) -> None:
        """Write the sheet; `number` sections stand on the sheets before it."""
        page, summary, last = self.page, self.shared.summary, Column.PICTURES
        above = page.title(_TITLE.format(name=summary.dealer, department=self.score.department.name), last)
        above += page.legend(1, _LEGEND, last)
        head = page.heads(HEAD_ROW, {column: head for column, (head, _) in HEADS.items()})
        page.sheet.freeze_panes(FIRST_ROW, 1)
        page.sheet.repeat_rows(HEAD_ROW)
        page.sheet.outline_settings(visible=True, symbols_below=False)
        page.paper(summary.dealer, summary.ref, landscape=True)
        page.tab(Palette.MUTED)
        row, block = FIRST_ROW, self.shared.evaluation.departments[place]
        breaks = PageBreaks(page.widths, above + head, head)
        for offset, section in enumerate(self.score.sections):
            own = self._section(row, section, block.first + offset, number + offset + 1)
            for at, item in enumerate(section.items, start=row + 1):
                page.number(at, Column.NUMBER, number + offset + 1, "0", "cell", "center")
                height = self._item(at, item)
                # A section's own row stays with its first item.
                first = at == row + 1
                breaks.block(row if first else at, height + own if first else height)
            row += 1 + len(section.items)
        page.sheet.set_h_pagebreaks(breaks.rows)
        if row > FIRST_ROW:
            page.sheet.autofilter(HEAD_ROW, 0, row - 1, Column.PICTURES)
            # An empty row keeps the total out of what Excel sorts and filters.
            self._total(row + 1, row - 1)
            page.sheet.ignore_errors({"number_stored_as_text": f"{cell(FIRST_ROW, 0)}:{cell(row, last)}"})

    def _section(self, row: int, section: SectionScore, source: int, number: int) -> float:
        """Write a section's row; its points are those of the evaluation sheet, so that sorting does no harm."""
        page, evaluation = self.page, self.shared.evaluation
        for column in Column:
            page.text(row, column, "", *_SHADED)
        name = Text("{number}  {name}", "{number}  {name}").format(number=number, name=section.section.name)
        page.text(row, Column.STATEMENT, name, *_SHADED, "wrap", "left")
        shown_as = self.shared.number if section.possible else DASH
        for column, counted, value in (
            (Column.POSSIBLE, Counted.MAXIMUM, section.possible),
            (Column.EARNED, Counted.EARNED, section.earned),
        ):
            page.formula(row, column, Formula(evaluation.cell(source, counted), value), shown_as, *_SHADED)
        self._lost(row, section.points_lost, shown_as, *_SHADED)
        remark = section_remark(section)
        page.text(row, Column.REASON, remark, *_SHADED, "wrap", "left", "small")
        widths = page.widths
        height = page.row(
            row, [(page.words(name), widths[Column.STATEMENT]), (page.words(remark), widths[Column.REASON])]
        )
        page.sheet.set_row(row, max(21.0, height))
        return max(21.0, height)

    def _item(self, row: int, score: ItemScore) -> float:
        """Write an item; returns the height of its row."""
        page, item, summary = self.page, score.item, self.shared.summary
        notes = [
            _NOTE.format(text=note.text, person=note.person).of(page.lang) if note.person else note.text
            for note in summary.notes.get(item.id, ())
        ]
        answered = score.state is ItemState.ANSWERED and item.id not in summary.conflicts
        answer = answer_text(score) if answered else state_text(score, summary.conflicts)
        texts: dict[Column, tuple[str, str]] = {
            Column.ID: (item.id, "left"),
            Column.CRITICAL: (page.words(critical_text(item, score.critical_failed)), "center"),
            Column.ANSWER: (page.words(answer), "center"),
            Column.REASON: (self._reason(score), "left"),
            Column.RECORDS: (page.words(self.shared.looked_at.get(item.id, same(""))), "left"),
            Column.NOTES: ("\n".join(notes), "left"),
        }
        for column, (text, side) in texts.items():
            shade = ("failed",) if column is Column.CRITICAL and score.critical_failed else ()
            page.text(row, column, text, "cell", "wrap", side, *shade)
        shown_as = self.shared.number if score.possible else DASH
        page.number(row, Column.POSSIBLE, score.possible, shown_as, "cell")
        page.number(row, Column.EARNED, score.earned, shown_as, "cell")
        self._lost(row, score.points_lost, shown_as, "cell")
        cells = [(text, page.widths[column]) for column, (text, _) in texts.items()]
        height = self._pictures(row, item.id, max(self._statement(row, score), height_of(cells)))
        page.sheet.set_row(row, height, None, {"level": 1})
        return height

    def _reason(self, score: ItemScore) -> str:
        """Return why points were lost; of sampled records no number is broken between lines."""
        reason = self.page.words(reason_text(score.answer, score.item))
        if score.item.id not in self.shared.looked_at:
            return reason
        width = HEADS[Column.REASON][1]
        return "\n".join(in_lines(_BETWEEN.split(line), "", width) for line in reason.split("\n"))

    def _statement(self, row: int, score: ItemScore) -> float:
        """Write the item's sentence with what to look at below it, smaller; returns the height they take."""
        page, styles = self.page, self.page.styles
        sentence = safe(page.words(score.item.statement), page.lang)
        how = safe(page.words(page.once(_HOW.format(evidence=score.item.evidence))), page.lang)
        if len(sentence) + len(how) > LONGEST // 2:
            page.text(row, Column.STATEMENT, f"{sentence}\n{how}", "cell", "wrap", "left")
            return TALLEST
        parts = [styles.of("bare"), f"{sentence}\n", styles.of("bare", "muted", "small"), how]
        page.sheet.write_rich_string(row, Column.STATEMENT, *parts, styles.of("cell", "wrap", "left"))
        width = page.widths[Column.STATEMENT]
        return height_of([(sentence, width)]) + lines_of(how, width * _SMALLER) * _SMALL_LINE

    def _pictures(self, row: int, item_id: str, height: float) -> float:
        """Put an item's photos into its row; returns the height the row needs."""
        page, files = self.page, self.shared.files.get(item_id, [])
        there = [piece for piece in files if piece.file in self.shared.pictured]
        fit = min(len(there), _MOST_PICTURES, max(1, int((height - 12) // _PICTURE_POINTS)))
        shown = there[:fit]
        for at, piece in enumerate(shown):
            box = (*_PICTURE, int(at * _PICTURE_POINTS / _PIXEL))
            name = f"{item_id} {piece.name}"
            put_picture(page, (row, Column.PICTURES), self.shared.summary.thumbnails[piece.file], name, box)
        rest = len(files) - len(shown)
        words = (_MORE if shown else _FILES).format(count=rest) if rest else same("")
        page.text(row, Column.PICTURES, words, "cell", "wrap", "low", "muted", "small")
        under = 14.0 * (2 if page.lang == "both" else 1) + 14.0 if rest else 0.0
        return min(TALLEST, max(height, len(shown) * _PICTURE_POINTS + under + 2))

    def _lost(self, row: int, value: Decimal, shown_as: str, *traits: str) -> None:
        source = f"ROUND({cell(row, Column.POSSIBLE)}-{cell(row, Column.EARNED)},2)"
        self.page.formula(row, Column.LOST, Formula(source, value), shown_as, *traits)

    def _total(self, row: int, last: int) -> None:
        page, items = self.page, [item for section in self.score.sections for item in section.items]
        sums = {
            Column.POSSIBLE: sum((i.possible for i in items), Decimal(0)),
            Column.EARNED: sum((i.earned for i in items), Decimal(0)),
            Column.LOST: sum((i.points_lost for i in items), Decimal(0)),
        }
        label = _TOTAL if self.score.earned == sums[Column.EARNED] else _UNSCALED
        page.across(row, Column.ID, Column.ANSWER, label, "cell", "total")
        page.across(row, Column.REASON, Column.PICTURES, "", "cell", "total")
        numbers = column_range(FIRST_ROW, last, Column.NUMBER)
        for column, value in sums.items():
            # The sections' rows have no number.
            source = total(f'SUMIFS({column_range(FIRST_ROW, last, column)},{numbers},">0")')
            page.formula(row, column, Formula(source, value), self.shared.number, "cell", "total")
        page.sheet.set_row(row, 22)

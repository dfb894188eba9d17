"""The letter as a workbook: four sheets on A4, ready to print."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from checklists.text import Text
from reports.book import new_book
from reports.page import Page
from reports.safe_text import safe
from reports.style import Palette, Styles
from reports.visit import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook

    from checklists.text import Lang
    from reports.visit.content import Letter

_TITLE = Text("{name}：{title}", "{name}: {title}")
_TEXT_WIDTH = 92.0
"""Of the upright page, in digits."""
_HOUR_WIDTH = 13.0
_SIGNING_HEIGHT = 27.0
_PREPARATION_WIDTHS = (20.0, 16.0, 30.0, 9.0, 17.0)
_KPI_WIDTHS = (7.0, 25.0, 28.0, 15.0, 8.0, 19.0)
_ATTENDANCE_WIDTHS = (20.0, 28.0, 24.0, 24.0)

Row = tuple[Text | str, ...]


def letter_bytes(letter: Letter, lang: Lang) -> bytes:
    """Return the letter as the bytes of an .xlsx file; the same letter gives the same bytes."""
    out = BytesIO()
    with new_book(out) as workbook:
        workbook.set_properties(
            {
                "title": safe(_TITLE.format(name=letter.dealer, title=letter.title).of(lang), lang),
                "subject": safe(letter.ref, lang),
                "comments": "dealer-audit visit letter",
                "created": datetime.fromisoformat(letter.date),
            }
        )
        styles = Styles(workbook)
        _write_letter(workbook, styles, letter, lang)
        _write_preparation(workbook, styles, letter, lang)
        _write_kpis(workbook, styles, letter, lang)
        _write_attendance(workbook, styles, letter, lang)
    return out.getvalue()


def _write_letter(workbook: Workbook, styles: Styles, letter: Letter, lang: Lang) -> None:
    auditors = letter.agenda.auditors
    widths = [_HOUR_WIDTH, *[(_TEXT_WIDTH - _HOUR_WIDTH) / len(auditors)] * len(auditors)]
    page = Page(workbook, words.LETTER_SHEET, styles, lang, widths)
    last = len(auditors)
    row = _head(page, letter, letter.title, last, landscape=last > 3)
    for paragraph in letter.paragraphs:
        page.across(row, 0, last, paragraph, "plain", "wrap")
        page.row(row, [(paragraph.of(lang), page.span(0, last))])
        row += 1
    for title, day in words.titled_days(letter.agenda.days):
        row = _band(page, row + 1, last, title)
        _heads(page, row, [words.HOUR, *auditors])
        for hour, cells in day.hours():
            row += 1
            texts = ["\n".join(line.of(lang) for line in cell) for cell in cells]
            page.text(row, 0, hour, "cell", "center")
            for column, text in enumerate(texts, start=1):
                page.text(row, column, text, "cell", "wrap", "left")
            page.row(row, [(text, page.widths[column]) for column, text in enumerate(texts, start=1)])
        row += 1
    page.tab(Palette.NAVY)


def _write_preparation(workbook: Workbook, styles: Styles, letter: Letter, lang: Lang) -> None:
    plan = letter.preparation
    page = Page(workbook, words.PREPARATION_SHEET, styles, lang, _PREPARATION_WIDTHS)
    last = len(_PREPARATION_WIDTHS) - 1
    row = _head(page, letter, words.PREPARATION_SHEET, last)
    people: list[Row] = [(ready.role, ready.departments, ready.times) for ready in plan.people]
    lists: list[Row] = [(one.name, one.period, one.drawn, str(one.size), one.role) for one in plan.lists]
    papers: list[Row] = [(role, paper.item, paper.text) for role, of_role in plan.papers for paper in of_role]
    row = _table(page, row, (words.PEOPLE, words.PEOPLE_NOTE), words.PEOPLE_HEADS, people)
    row = _table(page, row, (words.LISTS, words.LISTS_NOTE), words.LIST_HEADS, lists)
    _table(page, row, (words.PAPERS, words.PAPERS_NOTE), words.PAPER_HEADS, papers)
    page.tab(Palette.NAVY)


def _write_kpis(workbook: Workbook, styles: Styles, letter: Letter, lang: Lang) -> None:
    """Write the KPIs wanted; a checklist without KPIs has no such sheet."""
    kpis = letter.preparation.kpis
    if not kpis:
        return
    page = Page(workbook, words.KPI_SHEET, styles, lang, _KPI_WIDTHS)
    row = _head(page, letter, words.KPIS, len(_KPI_WIDTHS) - 1)
    rows: list[Row] = [
        (kpi.id, kpi.name, series.name, series.unit, str(series.months), series.period)
        for kpi in kpis
        for series in kpi.series
    ]
    note = words.KPIS_NOTE.format(points=sum(kpi.points for kpi in kpis), kpis=len(kpis))
    _table(page, row, (words.KPIS, note), words.KPI_HEADS, rows)
    page.sheet.repeat_rows(row + 2)
    page.tab(Palette.NAVY)


def _write_attendance(workbook: Workbook, styles: Styles, letter: Letter, lang: Lang) -> None:
    page = Page(workbook, words.ATTENDANCE_SHEET, styles, lang, _ATTENDANCE_WIDTHS)
    row = _head(page, letter, words.ATTENDANCE, len(_ATTENDANCE_WIDTHS) - 1)
    page.across(row, 0, len(_ATTENDANCE_WIDTHS) - 1, words.ATTENDANCE_NOTE, "muted", "wrap")
    page.row(row, [(words.ATTENDANCE_NOTE.of(lang), page.span(0, 3))])
    row += 1
    _heads(page, row, words.ATTENDANCE_HEADS)
    page.sheet.repeat_rows(row)
    for one in letter.attendants:
        row += 1
        page.text(row, 0, one.name, "cell", "wrap", "left")
        page.text(row, 1, one.role, "cell", "wrap", "left")
        for column in (2, 3):
            page.text(row, column, "", "cell")
        page.sheet.set_row(row, _SIGNING_HEIGHT)
    page.tab(Palette.MUTED)


def _head(page: Page, letter: Letter, title: Text, last: int, *, landscape: bool = False) -> int:
    """Write the title of a sheet; returns the next free row."""
    page.across(0, 0, last, title, "title")
    page.sheet.set_row(0, 30)
    page.across(1, 0, last, f"{letter.dealer.of(page.lang)}  ·  {letter.date}  ·  {letter.ref}", "muted")
    page.paper(letter.dealer, letter.ref, landscape=landscape)
    return 3


def _band(page: Page, row: int, last: int, title: Text) -> int:
    page.across(row, 0, last, title, "cell", "band", "indent")
    page.sheet.set_row(row, 24)
    return row + 1


def _heads(page: Page, row: int, heads: Sequence[Text]) -> None:
    for column, head in enumerate(heads):
        page.text(row, column, head, "cell", "head")
    page.row(row, [(head.of(page.lang), page.widths[column]) for column, head in enumerate(heads)])


def _table(page: Page, row: int, title: tuple[Text, Text], heads: Sequence[Text], rows: Sequence[Row]) -> int:
    """Write a part with its table, the last column over what is left of the page; returns the next free row."""
    if not rows:
        return row
    last = len(page.widths) - 1
    name, note = title
    row = _band(page, row, last, name)
    page.across(row, 0, last, note, "muted", "wrap")
    page.row(row, [(note.of(page.lang), page.span(0, last))])
    for cells, traits in [(tuple(heads), ("head",)), *((cells, ("wrap", "left")) for cells in rows)]:
        row += 1
        texts = [cell.of(page.lang) if isinstance(cell, Text) else cell for cell in cells]
        sizes = []
        for column, text in enumerate(texts):
            to = last if column == len(texts) - 1 else column
            page.across(row, column, to, text, "cell", *traits)
            sizes.append((text, page.span(column, to)))
        page.row(row, sizes)
    return row + 2

"""Texts that no row shows whole, in full: a paragraph a row, as many as it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text
from reports.measure import shown_part
from reports.page import Page
from reports.shortened import FULL_TEXTS
from reports.style import Palette

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.workbook import Workbook

    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles

_HEADS: tuple[tuple[Text, float], ...] = (
    (Text("序号", "No."), 7),
    (Text("出处", "From"), 16),
    (Text("全文", "Text"), 96),
)
_TITLE = Text("{name}：全文", "{name}: full texts")
_PLACE = Text("{sheet}\n{cell}", "{sheet}\n{cell}")
_HEAD_ROW, _FIRST_ROW, _TEXT = 1, 2, 2
_LINES = 20
"""Lines a row has at most."""


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet; a report that shortened no text has none."""
    kept = styles.shortened.texts
    if not kept:
        return
    page = Page(workbook, FULL_TEXTS, styles, lang, [width for _, width in _HEADS])
    page.title(_TITLE.format(name=summary.dealer), _TEXT)
    page.heads(_HEAD_ROW, {column: head for column, (head, _) in enumerate(_HEADS)})
    page.sheet.freeze_panes(_FIRST_ROW, 0)
    page.sheet.repeat_rows(_HEAD_ROW)
    page.paper(summary.dealer, summary.ref, landscape=False)
    page.tab(Palette.MUTED)
    row, width = _FIRST_ROW, _HEADS[_TEXT][1]
    for long in kept:
        for place, part in enumerate(_parts(long.text, width)):
            first = place == 0
            page.text(row, 0, str(long.number) if first else "", "cell", "center")
            named = _PLACE.format(sheet=long.sheet, cell=long.cell) if first else ""
            page.text(row, 1, named, "cell", "wrap", "left", "small")
            page.text(row, _TEXT, part, "cell", "wrap", "left")
            page.row(row, [(part, width), (page.words(named), _HEADS[1][1])])
            row += 1
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:C{row}"})


def _parts(text: str, width: float) -> Iterator[str]:
    """Cut a text into pieces that a row shows; together they are the text."""
    while text:
        part = shown_part(text, width, _LINES) or text[:500]
        yield part.strip("\n") or " "
        text = text[len(part) :]

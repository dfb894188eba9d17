"""One worksheet being written: the only place where the writer's own functions are called for cells."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from checklists.text import Text, same
from reports.measure import height_of, shown_part, width_of
from reports.safe_text import LONGEST, in_footer, safe, without_controls
from reports.sheet_names import sheet_name
from reports.shortened import GOES_ON
from reports.style import LINE_HEIGHT, Palette, Styles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from fractions import Fraction

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from checklists.text import ReportLang
    from reports.formulas import Formula

_FOOTER = Text("第 &P 页，共 &N 页", "Page &P of &N")
A4 = 9
_SURELY_SHOWN, _SURELY_LINES = 10, 20
"""Characters for each digit of a column's width, and lines, that every row shows."""
_TITLE_SIZE, _SUBTITLE_SIZE = 1.65, 1.25
"""How much wider than the rest they are set."""


class Page:
    """A sheet with its language and styles; text is always written as text."""

    def __init__(
        self, workbook: Workbook, name: Text | str, styles: Styles, lang: ReportLang, widths: Sequence[float]
    ) -> None:
        self.workbook = workbook
        self.name = sheet_name(name, lang) if isinstance(name, Text) else name
        self.sheet: Worksheet = workbook.add_worksheet(self.name)
        self.styles = styles
        self.lang: ReportLang = lang
        self.widths = tuple(widths)
        self.sheet.hide_gridlines(2)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width, styles.of())

    def words(self, text: str | Text) -> str:
        """Return a text in the report's language."""
        return text.of(self.lang) if isinstance(text, Text) else text

    def once(self, text: Text) -> Text:
        """Return a long text that a report in both languages says in Chinese alone, as it would be twice as long."""
        return same(text.zh) if self.lang == "both" else text

    def text(self, row: int, column: int, text: str | Text, *traits: str) -> None:
        """Write a text; an empty one leaves a clean cell."""
        self._put(row, column, text, self.widths[column] if column < len(self.widths) else 0.0, traits)

    def across(self, row: int, first: int, last: int, text: str | Text, *traits: str) -> None:
        """Write a text over several columns."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", self.styles.of(*traits))
        self._put(row, first, text, self.span(first, last), traits)

    def down(self, first: int, last: int, column: int, text: str | Text, *traits: str) -> None:
        """Write a text over several rows."""
        if last > first:
            self.sheet.merge_range(first, column, last, column, "", self.styles.of(*traits))
        self.text(first, column, text, *traits)

    def _put(self, row: int, column: int, text: str | Text, width: float, traits: tuple[str, ...]) -> None:
        style = self.styles.of(*traits)
        words = safe(self.words(text), self.lang)
        if not words:
            self.sheet.write_blank(row, column, None, style)
            return
        whole = len(words) > LONGEST // 2 and without_controls(self.words(text)) != words
        high = "wrap" in traits and (len(words) > _SURELY_SHOWN * width or words.count("\n") > _SURELY_LINES)
        if self.styles.shortened.active and (whole or high):
            words = self._shown(row, column, words, width, self.words(text))
        self.sheet.write_string(row, column, words, style)

    def _shown(self, row: int, column: int, words: str, width: float, whole: str) -> str:
        """Return what the highest row shows of a text; one that is longer stands in full on a sheet of its own."""
        part = shown_part(words, width)
        if len(part) == len(words) and len(words) <= LONGEST // 2:
            return words
        whole = without_controls(whole)
        kept = self.styles.shortened.keep(self.name, f"{chr(ord('A') + column)}{row + 1}", whole)
        goes_on = GOES_ON.format(length=len(whole), number=kept.number)
        return part[: LONGEST // 2] + goes_on.of("zh" if self.lang == "both" else self.lang)

    def title(self, text: Text, last: int, row: int = 0) -> float:
        """Write the sheet's title over its columns; returns the row's height."""
        words = text.zh if self.lang == "both" else text.of(self.lang)
        self.sheet.merge_range(row, 0, row, last, "", self.styles.of("title"))
        self.sheet.write_string(row, 0, safe(words, self.lang), self.styles.of("title"))
        height = 30.0
        if self.lang == "both" and text.en != text.zh:
            under = self.styles.of("subtitle")
            parts = [self.styles.of("title"), safe(text.zh, "zh"), under, "  " + safe(text.en, "en")]
            self.sheet.write_rich_string(row, 0, *parts, self.styles.of("title", "wrap"))
            wide = (width_of(text.zh) * _TITLE_SIZE + width_of(text.en) * _SUBTITLE_SIZE) / (self.span(0, last) - 4)
            height = 30.0 * max(1, math.ceil(wide))
        self.sheet.set_row(row, height)
        return height

    def legend(self, row: int, text: Text, last: int) -> float:
        """Write what a reader should know of the sheet, in small letters over its columns; returns the height."""
        self.across(row, 0, last, text, "muted", "small", "wrap")
        return self.row(row, [(text.of(self.lang), self.span(0, last) * 1.05)], line=13.5)

    def heads(self, row: int, heads: Mapping[int, Text | str]) -> float:
        """Write the heads of a table, in a row that shows them whole; returns its height."""
        for column, head in heads.items():
            self.text(row, column, head, "cell", "head")
        needed = self.row(row, [(self.words(head), self.widths[column] * 0.93) for column, head in heads.items()])
        height = max(24.0, needed)
        self.sheet.set_row(row, height)
        return height

    def number(self, row: int, column: int, value: Decimal | int, number: str, *traits: str) -> None:
        """Write a number with its number format."""
        self.sheet.write_number(row, column, float(value), self.styles.of("figure", *traits, number=number))

    def share(self, row: int, column: int, share: Decimal | Fraction, number: str, *traits: str) -> None:
        """Write a share that is only shown."""
        self.sheet.write_number(row, column, float(share), self.styles.of(*traits, number=number))

    def formula(self, row: int, column: int, formula: Formula, number: str, *traits: str) -> None:
        """Write a formula with the value the tool computed."""
        value = formula.value if isinstance(formula.value, str) else float(formula.value)
        self.sheet.write_formula(
            row, column, f"={formula.source}", self.styles.of("figure", *traits, number=number), value
        )

    def row(self, row: int, cells: Sequence[tuple[str, float]] = (), line: float = LINE_HEIGHT) -> float:
        """Set a row's height so that all (text, width) cells show; returns it."""
        height = height_of([(safe(text, self.lang), width) for text, width in cells], line)
        self.sheet.set_row(row, height)
        return height

    def span(self, first: int, last: int) -> float:
        """Return the width of several columns together."""
        return sum(self.widths[first : last + 1])

    def colour_words(self, rows: tuple[int, int], column: int, passed: str, failed: str) -> None:
        """Give the words of a result column their colours, following the formulas."""
        for word, trait in ((passed, "passed"), (failed, "failed")):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.styles.shade(trait)}
            self.sheet.conditional_format(rows[0], column, rows[1], column, rule)

    def paper(self, name: Text, ref: str, *, landscape: bool, pages: int = 0) -> None:
        """Set the sheet up for printing on A4, as wide as the page; on so many pages, or as many as it takes."""
        if landscape:
            self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        # LibreOffice rounds when it fits a sheet to one page, and loses its last rows without a little to spare.
        self.sheet.set_margins(left=0.5, right=0.5, top=0.55, bottom=0.85 if pages == 1 else 0.65)
        self.sheet.fit_to_pages(1, pages)
        self.sheet.center_horizontally()
        owner = f"{in_footer(name.zh if self.lang == 'both' else name.of(self.lang))}  {in_footer(ref, 30)}"
        brand = self.styles.brand
        middle = in_footer(brand.footer if brand and brand.footer else self.name, 60)
        self.sheet.set_footer(f"&L&8 {owner}&C&8 {middle}&R&8 {_FOOTER.of('en' if self.lang == 'en' else 'zh')}")

    def tab(self, colour: Palette) -> None:
        """Colour the sheet's tab."""
        self.sheet.set_tab_color(self.styles.colour(colour))

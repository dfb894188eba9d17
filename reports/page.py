"""One worksheet being written: the only place where the writer's own functions are called for cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text
from reports.measure import height_of
from reports.safe_text import in_footer, safe
from reports.style import LINE_HEIGHT, Palette, Styles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from fractions import Fraction

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from checklists.text import Lang
    from reports.formulas import Formula

_FOOTER = Text("第 &P 页，共 &N 页", "Page &P of &N")
A4 = 9


class Page:
    """A sheet with its language and styles; text is always written as text."""

    def __init__(self, workbook: Workbook, name: Text, styles: Styles, lang: Lang, widths: Sequence[float]) -> None:
        self.workbook = workbook
        self.name = name.of(lang)
        self.sheet: Worksheet = workbook.add_worksheet(self.name)
        self.styles = styles
        self.lang: Lang = lang
        self.widths = tuple(widths)
        self.sheet.hide_gridlines(2)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width, styles.of())

    def text(self, row: int, column: int, text: str | Text, *traits: str) -> None:
        """Write a text; an empty one leaves a clean cell."""
        style = self.styles.of(*traits)
        words = safe(text.of(self.lang) if isinstance(text, Text) else text, self.lang)
        if words:
            self.sheet.write_string(row, column, words, style)
        else:
            self.sheet.write_blank(row, column, None, style)

    def across(self, row: int, first: int, last: int, text: str | Text, *traits: str) -> None:
        """Write a text over several columns."""
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", self.styles.of(*traits))
        self.text(row, first, text, *traits)

    def down(self, first: int, last: int, column: int, text: str | Text, *traits: str) -> None:
        """Write a text over several rows."""
        if last > first:
            self.sheet.merge_range(first, column, last, column, "", self.styles.of(*traits))
        self.text(first, column, text, *traits)

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

    def paper(self, name: Text, ref: str, *, landscape: bool, one_page: bool = False) -> None:
        """Set the sheet up for printing on A4, as wide as the page."""
        if landscape:
            self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.55, bottom=0.65)
        self.sheet.fit_to_pages(1, 1 if one_page else 0)
        self.sheet.center_horizontally()
        owner = f"{in_footer(name.of(self.lang))}  {in_footer(ref, 30)}"
        self.sheet.set_footer(f"&L&8 {owner}&C&8 {self.name}&R&8 {_FOOTER.of(self.lang)}")

    def tab(self, colour: Palette) -> None:
        """Colour the sheet's tab."""
        self.sheet.set_tab_color(colour.value)

"""A worksheet written line by line down A4 paper: what belongs together stays on one page, and no text is cut."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from checklists.text import Text
from reports.booklet.model import PAGE
from reports.measure import TALLEST, lines_of
from reports.page import Page
from reports.safe_text import safe
from reports.style import LINE_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook

    from checklists.text import Lang
    from reports.booklet.model import Cell
    from reports.style import Styles

COLUMN_WIDTH = 4.71
"""Of the eighteen columns, in digits; together as wide as the page in Excel, and fitted to it elsewhere."""
_DIGITS = 5.4
"""What one of them adds to the width of a merged cell: only one cell's padding is lost, however many there are."""
_ROOM = 750.0
"""Points of rows on a page, its columns as wide as Excel makes them; other programs have room to spare."""
_PADDING = 3.5
_SIZES = {"title": (0.62, 26.0), "small": (1.09, 13.0)}
"""How much wider than usual a text of a trait may be, and how high a line of it is."""
_BOLD = frozenset({"band", "head", "total", "bold"})
_BOLD_ROOM = 0.93
_MOST_BREAKS = 1023
"""Page breaks a sheet can have."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands in some of a line's columns."""

    value: Cell | str
    first: int
    last: int
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """A line down the paper: its spots, and how high it is at least."""

    spots: tuple[Spot, ...]
    least: float = 16.5


@dataclass(frozen=True, slots=True)
class Block:
    """Strips of a card that stay together where the card as a whole is too long for a page."""

    strips: tuple[Strip, ...]
    head: Strip | None = None
    """Stands on top again where the block is broken."""


class Paper:
    """One sheet of the booklet."""

    def __init__(self, workbook: Workbook, name: str, styles: Styles, lang: Lang) -> None:
        self.page = Page(workbook, Text(name, name), styles, lang, [COLUMN_WIDTH] * PAGE)
        self.lang: Lang = lang
        self.row = 0
        self._used = 0.0
        self._breaks: list[int] = []
        self._top = 0.0

    def put(self, strips: Sequence[Strip], head: Strip | None = None) -> None:
        """Write strips that belong together, on a new page where this one has no room for all of them.

        Args:
            strips: what is longer than a page begins on a new one and breaks between two strips.
            head: stands on top again after such a break.
        """
        heights = [self._height(strip) for strip in strips]
        if self._used + sum(heights) > _ROOM and self._used > self._top:
            self._new_page()
        for strip, height in zip(strips, heights, strict=True):
            if self._used + height > _ROOM and self._used > self._top:
                self._new_page()
                if head is not None:
                    self._write(head, self._height(head))
            self._write(strip, height)

    def put_blocks(self, blocks: Sequence[Block]) -> None:
        """Write blocks on one page where they fit on one, else each block on one page."""
        strips = [strip for block in blocks for strip in block.strips]
        if sum(map(self._height, strips)) <= _ROOM - self._top:
            self.put(strips)
            return
        for block in blocks:
            self.put(block.strips, block.head)

    def space(self, height: float = 8.0) -> None:
        """Leave some room."""
        self.page.sheet.set_row(self.row, height)
        self.row += 1
        self._used += height

    def repeat(self, strips: Sequence[Strip]) -> None:
        """Write what stands on top of every page."""
        first = self.row
        self.put(strips)
        self.page.sheet.repeat_rows(first, self.row - 1)
        self._top = self._used

    def finish(self, owner: Text, edition: str) -> None:
        """Set the sheet up for printing."""
        self.page.paper(owner, edition, landscape=False)
        self.page.sheet.set_h_pagebreaks(self._breaks[:_MOST_BREAKS])
        self.page.sheet.print_area(0, 0, max(0, self.row - 1), PAGE - 1)

    def _new_page(self) -> None:
        self._breaks.append(self.row)
        self._used = self._top

    def _write(self, strip: Strip, height: float) -> None:
        """Write a strip; one that is higher than a row may be takes several."""
        rows = ceil(height / TALLEST)
        for row in range(self.row, self.row + rows):
            self.page.sheet.set_row(row, height / rows)
        for spot in strip.spots:
            self._spot(spot, self.row + rows - 1)
        self.row += rows
        self._used += height

    def _spot(self, spot: Spot, last_row: int) -> None:
        page = self.page
        if last_row > self.row or spot.last > spot.first:
            style = page.styles.of(*spot.traits)
            page.sheet.merge_range(self.row, spot.first, last_row, spot.last, "", style)
        match spot.value:
            case Decimal() | int():
                whole = spot.value == int(spot.value)
                page.number(self.row, spot.first, spot.value, "0" if whole else "0.00", *spot.traits)
            case value:
                page.text(self.row, spot.first, "" if value is None else value, *spot.traits)

    def _height(self, strip: Strip) -> float:
        return max([strip.least, *(self._needs(spot) for spot in strip.spots)])

    def _needs(self, spot: Spot) -> float:
        """Return the height that shows all of a spot's text."""
        if not isinstance(spot.value, Text | str):
            return 0.0
        text = spot.value.of(self.lang) if isinstance(spot.value, Text) else spot.value
        room, line = next((size for trait, size in _SIZES.items() if trait in spot.traits), (1.0, LINE_HEIGHT))
        room *= _BOLD_ROOM if _BOLD.intersection(spot.traits) else 1.0
        width = _DIGITS * (spot.last - spot.first + 1) * room
        # What holds a box and its name together takes room, but no line breaks there.
        return lines_of(safe(text, self.lang).replace("\u00a0", "n"), width) * line + _PADDING

"""Where the pages of a landscape sheet begin, so that rows that belong together are not cut in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH, _HEIGHT = 770.0, 508.0
"""Points between the margins of landscape A4, as `Page.paper` sets them."""
_MORE = 14.4
"""Points the margins above and below take more than those at the sides."""
_DIGIT, _PADDING = 5.25, 3.75
"""Points a column takes for each digit of its width, and beside them."""
_SPARE = 0.98
"""Share of a page's height that is counted on: programs differ a little."""
_MOST_BREAKS = 1023
"""Page breaks a sheet can have."""


class PageBreaks:
    """Goes down a sheet that is fitted to the page's width and notes where a page has to begin."""

    def __init__(self, widths: Sequence[float], above: float, repeated: float, *, landscape: bool = True) -> None:
        """Begin below what stands on the first page.

        Args:
            widths: of the printed columns.
            above: points that the rows above take.
            repeated: points that the rows repeated on each page take.
            landscape: how the paper lies.
        """
        width, height = (_WIDTH, _HEIGHT) if landscape else (_HEIGHT + _MORE, _WIDTH - _MORE)
        printed = sum(width * _DIGIT + _PADDING for width in widths)
        self._room = height * max(1.0, printed / width) * _SPARE
        self._used, self._repeated = above, repeated
        self._rows: list[int] = []

    def block(self, row: int, height: float) -> None:
        """Note rows that stay together: the first of them, and how many points they take."""
        if self._used + height > self._room and self._used > self._repeated:
            self._rows.append(row)
            self._used = self._repeated
        self._used += height
        if self._used > self._room:  # higher than a page: it is cut, as it must be
            self._used = self._repeated + (self._used - self._repeated) % (self._room - self._repeated)

    def together(self, blocks: Sequence[tuple[int, float]]) -> None:
        """Note blocks one under the other that stay together where one page has room for all of them."""
        whole = sum(height for _, height in blocks)
        if blocks and self._repeated + whole <= self._room:
            self.block(blocks[0][0], whole)
            return
        for row, height in blocks:
            self.block(row, height)

    def begin(self, row: int) -> None:
        """Begin a page with a row."""
        self._rows.append(row)
        self._used = self._repeated

    def fits(self, height: float) -> bool:
        """Say whether so many points of height still fit on the page."""
        return self._used + height <= self._room

    @property
    def rows(self) -> list[int]:
        """The rows with which pages begin, for the sheet's `set_h_pagebreaks`."""
        return self._rows[:_MOST_BREAKS]

"""Where printed pages end: between blocks of rows that belong together, and not inside one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_A4 = (841.9, 595.3)
"""Points, landscape."""
_ASIDE, _ABOVE_AND_BELOW = 72.0, 86.4
"""Margins of both sides together, as `Page.paper` sets them."""
_SPARE = 0.95
"""Share of the height that is counted on, as programs scale a little differently."""
_DIGIT, _EDGE, _POINT = 7, 5, 0.75
"""Pixels of a column width's unit, of a column's edges, and points a pixel."""


def room_of(widths: Sequence[float]) -> float:
    """Return how many points of rows a landscape page takes when its columns are scaled to the page's width."""
    wide = sum((width * _DIGIT + _EDGE) * _POINT for width in widths)
    scale = min(1.0, (_A4[0] - _ASIDE) / wide)
    return (_A4[1] - _ABOVE_AND_BELOW) / scale * _SPARE


def breaks_before(blocks: Sequence[tuple[int, float]], room: float, above: float, repeated: float) -> list[int]:
    """Return the rows that begin a page, so that no block is cut; one higher than a page is, as it must be.

    Args:
        blocks: first row and height of each block, from the top.
        room: height of a page.
        above: height of what stands above the first block.
        repeated: height of the rows repeated on each further page.
    """
    rows, used = [], above
    for row, height in blocks:
        if used + height > room and used > repeated:
            rows.append(row)
            used = repeated
        used += height
        if used > room:
            used = repeated + (used - repeated) % (room - repeated)
    return rows

"""How high the rows of a printed table are, and what becomes of one that is too high for a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checklists.text import Text
from reports.measure import lines_of, shown_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.pdf.blocks import Block, Cell

_MOST_LINES = 20
"""Lines of a row that is never broken: a little less than half a page across."""
_FEW_LINES = 15
"""Lines of a table that may leave the rest of a page empty to stay together: a third of a page."""
_DIGITS = 160.0
"""Width of a page across, in the digits of its letters."""
_SMALL = 1.1
"""How much more of small print fits on a line."""
_BETWEEN_ROWS = 0.7
"""What the room in cells takes of a line."""
_LAST_WORD = re.compile(r"[^\s，。；、,;]{1,60}$")
_CONTINUED = Text("续", "cont.")


def is_short(rows: Sequence[Block], shares: Sequence[float]) -> bool:
    """Say whether a table may be kept on one page.

    Args:
        rows: its rows.
        shares: of its columns.
    """
    widths = _widths(shares)
    return sum(_lines(one["cells"], widths) + _BETWEEN_ROWS for one in rows) <= _FEW_LINES


def broken(one: Block, shares: Sequence[float], continued: str) -> list[Block]:
    """Return a row as it is, or one that is too high in rows one below another, each with its number.

    Args:
        one: the row.
        shares: of the columns.
        continued: stands below the number of all but the first.
    """
    widths = _widths(shares)
    if one["kind"] != "row" or _lines(one["cells"], widths) <= _MOST_LINES:
        return [one]
    first, *rest = one["cells"]
    columns = [list(_pieces(cell, width)) for cell, width in zip(rest, widths[1:], strict=True)]
    number = (first if isinstance(first, str) else first["t"]).partition("\n")[0]
    found = []
    for at in range(max(len(pieces) for pieces in columns)):
        own = {"t": number, "u": continued} if at else first
        found.append(one | {"cells": [own, *(pieces[at] if at < len(pieces) else "" for pieces in columns)]})
    return found


def continued_in(lang: str) -> str:
    """Return the word for a row that goes on."""
    return {"zh": _CONTINUED.zh, "en": _CONTINUED.en}.get(lang, _CONTINUED.zh)


def _widths(shares: Sequence[float]) -> list[float]:
    return [_DIGITS * share / sum(shares) for share in shares]


def _lines(cells: Sequence[Cell], widths: Sequence[float]) -> int:
    # The line of a band has one cell over all columns.
    return max((_height(cell, width) for cell, width in zip(cells, widths, strict=False)), default=1)


def _height(cell: Cell, width: float) -> int:
    if isinstance(cell, str):
        return lines_of(cell, width)
    under = cell.get("u", "")
    return lines_of(cell["t"], width) + (lines_of(under, width * _SMALL) if under else 0)


def _pieces(cell: Cell, width: float) -> Iterator[Cell]:
    if isinstance(cell, str):
        yield from _chunks(cell, width)
        return
    if _height(cell, width) <= _MOST_LINES:
        yield cell
        return
    look: dict[str, Any] = {name: value for name, value in cell.items() if name not in {"t", "u"}}
    yield from (look | {"t": chunk} for chunk in _chunks(cell["t"], width))
    yield from (look | {"t": "", "u": chunk} for chunk in _chunks(cell.get("u", ""), width))


def _chunks(text: str, width: float) -> Iterator[str]:
    while lines_of(text, width) > _MOST_LINES:
        part = shown_part(text, width, _MOST_LINES) or text[:_MOST_LINES]
        shorter = _LAST_WORD.sub("", part)
        part = shorter if shorter.strip() else part
        yield part.rstrip()
        text = text[len(part) :].lstrip(" \n")
    if text:
        yield text

"""How much room text takes: row heights have to be told, as merged cells and LibreOffice do not fit themselves."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from reports.style import LINE_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TALLEST = 409.0
"""Points a row may be high in Excel."""
_PADDING = 5.0
_MARGIN = 1.6
"""Of a column's width, for indent and borders."""
_SPARE = 0.96
"""Share of the rest that is counted on: fonts differ a little from machine to machine."""
_PIECES = re.compile(r"[\u2e80-\uffef\U00020000-\U0003ffff]|[^\s\u2e80-\uffef\U00020000-\U0003ffff]+|\s")
_LATIN_WIDTHS = dict.fromkeys("ABCDEFGHKLMNOPQRSTUVWXYZmw%@&", 1.3) | dict.fromkeys("ijlIt f.,;:'!|()-", 0.65)


def width_of(text: str) -> float:
    """Return how wide a line of text is, in the unit of column widths (one digit)."""
    return sum(map(_WIDTHS.__getitem__, text))


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, wrapped between words and between Chinese characters."""
    room = (width - _MARGIN) * _SPARE
    return sum(_wrapped(line, room) for line in text.split("\n"))


def in_lines(parts: Sequence[str], separator: str, width: float) -> str:
    """Join parts so that a line ends between two of them and not inside one, as far as the column is wide enough.

    Spreadsheets break a number such as RO-2026-0731 after any hyphen.
    """
    room = (width - _MARGIN) * _SPARE
    lines = [""]
    for place, part in enumerate(parts):
        ended = part + (separator if place < len(parts) - 1 else "")
        if lines[-1] and width_of(lines[-1] + ended.rstrip()) > room:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += ended
    return "\n".join(lines)


def height_of(cells: Iterable[tuple[str, float]], line: float = LINE_HEIGHT) -> float:
    """Return the height of a row that shows all of its (text, column width) cells."""
    most = max((lines_of(text, width) for text, width in cells), default=1)
    return min(TALLEST, most * line + _PADDING)


def shown_part(text: str, width: float, most: int = 24) -> str:
    """Return the beginning of a text that takes at most so many lines of a column; all of it where it fits."""
    room = (width - _MARGIN) * _SPARE
    used, end = 0, 0
    for line in text.split("\n"):
        lines = _wrapped(line, room)
        if used + lines > most:
            # A long line is cut by its share of characters; lines are filled about evenly.
            left = most - used - 1
            cut = line[: int(len(line) * left / lines)] if left > 0 else ""
            return text[: end + len(cut)].rstrip()
        used += lines
        end += len(line) + 1
    return text


def _wrapped(line: str, room: float) -> int:
    if width_of(line) <= room:
        return 1
    count, used = 1, 0.0
    for piece in _PIECES.findall(line):
        wide = width_of(piece)
        if used + wide <= room or (piece.isspace() and used):
            used += wide
            continue
        if used:
            count, used = count + 1, 0.0
        if piece.isspace():
            continue
        whole_lines = int(wide // room) if wide > room else 0
        count, used = count + whole_lines, wide - whole_lines * room
    return count


class _Widths(dict[str, float]):
    """The width of every character that was ever measured: a report asks for the same few thousand over and over."""

    def __missing__(self, character: str) -> float:
        wide = unicodedata.east_asian_width(character) in {"W", "F", "A"}
        self[character] = width = 1.95 if wide else _LATIN_WIDTHS.get(character, 1.0)
        return width


_WIDTHS = _Widths()

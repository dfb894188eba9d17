"""Breaking lines where Chinese and English readers expect it: no comma begins a line, no bracket ends one."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.containers import Lines

_CLOSING = "，。、；：？！）】》”’…"
_OPENING = "（【《“‘"
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_LABEL = re.compile(r"(?:\S|\d\d)\s+")
"""The key or number that an option begins with."""
_NAME = 16
"""Cells that are always left of a name."""
_CLOSED = rf"(?:[),.;:!?\]]+(?![0-9A-Za-z]))?(?:\s*[{_CLOSING}])*"
_UNIT = re.compile(
    rf"[{_OPENING}]*(?:[{_WIDE}]|(?:[^\s{_WIDE}{_OPENING}{_CLOSING}]|’(?=[A-Za-z]))+|(?=[{_CLOSING}])){_CLOSED}|[{_OPENING}]+|\s+|."
)
"""What stays together: a Chinese character or an English word, with the punctuation that belongs to it."""
_PIECE = re.compile(rf".[{_CLOSING}]?")
"""What stays together even of a unit that is longer than a line."""


class Wrapped(Text):
    """A text that breaks its lines so."""

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        """Return the lines of at most `width` cells; the options are Rich's."""
        if options.get("no_wrap"):
            return super().wrap(console, width, **options)
        broken = "\n".join(broken_at(line, width) for line in self.plain.split("\n"))
        return Text(broken, style=self.style).wrap(console, width, **options)


def broken_at(line: str, width: int) -> str:
    """Return a line with breaks before what would not fit, and no blanks at them."""
    at = [0, *breaks(line, width), len(line)]
    parts = [line[begin:end] for begin, end in pairwise(at)]
    return "\n".join([*(part.rstrip() for part in parts[:-1]), parts[-1]])


def hung(option: str, width: int) -> str:
    """Return an option with breaks, what follows the key or number it begins with hanging beside it."""
    found = _LABEL.match(option)
    label = found[0] if found else ""
    indent = cell_len(label)
    if not label or width <= 2 * indent:
        return option
    rows = [broken_at(row, width - indent) for row in option.removeprefix(label).split("\n")]
    return label + "\n".join(rows).replace("\n", f"\n{' ' * indent}")


def breaks(text: str, width: int, fold: bool = True) -> list[int]:
    """Return the places in a line before which it is broken, as Rich's `divide_line` does.

    Args:
        text: without line ends.
        width: cells; blanks at the end of a line may stand beyond it.
        fold: whether a unit longer than a line is broken, too.
    """
    found: list[int] = []
    place = used = 0
    for unit in _UNIT.findall(text):
        whole = cell_len(unit) <= width or not fold
        for piece in [unit] if whole or unit.isspace() else _PIECE.findall(unit):
            size = cell_len(piece)
            if used and used + size > width and not piece.isspace():
                found.append(place)
                used = 0
            used += size
            place += len(piece)
    return found


def take_over() -> None:
    """Have Textual break its texts so, too: 8.2.8 breaks at blanks first, and begins lines with commas."""
    from textual import content

    content.divide_line = breaks  # type: ignore[attr-defined]


def ends(left: str, right: str, width: int, name: str = "") -> str:
    """Return one line with something at both ends; what stands at the right is never cut, a name at the left first."""
    room = max(0, width - cell_len(right) - 2)
    head = naming(left.replace("\n", " "), name, room)
    return set_cell_size(cut(head, room), room) + "  " + right


def naming(line: str, name: str, room: int) -> str:
    """Return a line with a name in it cut as far as there is no room for the line, but never to less than a few words.

    Args:
        line: the line.
        name: what is cut; where it does not stand in the line as it is, nothing is.
        room: cells.
    """
    over = cell_len(line) - room
    return line.replace(name, cut(name, max(_NAME, cell_len(name) - over)), 1) if over > 0 and name else line


def cut(line: str, room: int) -> str:
    """Return a line, with its end cut where there is no room for it."""
    return line if cell_len(line) <= room else set_cell_size(line, max(0, room - 1)).rstrip() + "…"

"""Breaking lines where Chinese and English readers expect it: no comma begins a line, no bracket ends one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.containers import Lines

_CLOSING = "，。、；：？！）】》”’…"
_OPENING = "（【《“‘"
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_UNIT = re.compile(rf"[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]+|(?=[{_CLOSING}]))[{_CLOSING}]*|\s+|.")
"""What stays together: a Chinese character or an English word, with the punctuation that belongs to it."""


class Wrapped(Text):
    """A text that breaks its lines so."""

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        """Return the lines of at most `width` cells; the options are Rich's."""
        if options.get("no_wrap"):
            return super().wrap(console, width, **options)
        broken = "\n".join(broken_at(line, width) for line in self.plain.split("\n"))
        return Text(broken, style=self.style).wrap(console, width, **options)


def broken_at(line: str, width: int) -> str:
    """Return a line with breaks before what would not fit; a unit longer than a line is left for others to fold."""
    lines, used = [""], 0
    for unit in _UNIT.findall(line):
        size = cell_len(unit)
        if used and used + size > width and not unit.isspace():
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            used = 0
        elif unit.isspace() and used + size > width:
            used = width  # what follows begins a line, or it would stand against the word before
            continue
        lines[-1] += unit
        used += size
    return "\n".join(lines)


def ends(left: str, right: str, width: int) -> str:
    """Return one line with something at both ends; what stands at the right is never cut."""
    head = left.replace("\n", " ")
    room = max(0, width - cell_len(right) - 2)
    if cell_len(head) > room:
        head = set_cell_size(head, max(0, room - 1)).rstrip() + "…"
    return set_cell_size(head, room) + "  " + right

"""Text from people as a workbook can hold it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checklists.text import Text
from reports.measure import width_of

if TYPE_CHECKING:
    from checklists.text import ReportLang

LONGEST = 32_767
"""UTF-16 units a cell can hold."""
_CUT = Text("……（原文共 {length} 字，超出单元格上限，此处截短）", "... (shortened: {length} characters exceed a cell)")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what follows them; right-to-left letters need none to be read."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def safe(text: str, lang: ReportLang) -> str:
    """Return `text` without what XML cannot hold, one kind of line end, and not longer than a cell."""
    text = without_controls(text)
    if len(text) <= LONGEST // 2 or _units(text) <= LONGEST:
        return text
    mark = _CUT.format(length=len(text)).of(lang)
    room = 2 * (LONGEST - len(mark))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + mark


def without_controls(text: str) -> str:
    """Return `text` without what XML cannot hold and what would turn the rest of a line round."""
    return _ILLEGAL.sub("\ufffd", _TURNING.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def in_footer(text: str, most: int = 56) -> str:
    """Return a name as a page footer can hold it: one line, "&" doubled, at most so many digits wide."""
    line = " ".join(safe(text, "en").split())
    if width_of(line) > most:
        while width_of(line) > most - 2:
            line = line[:-1]
        line += "…"
    return line.replace("&", "&&")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

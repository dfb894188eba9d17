"""Texts that people wrote, as widgets take them: nothing in them is read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Cell
from textual.content import Content

from checklists.text import Text

if TYPE_CHECKING:
    from rich.style import Style

_CONTROL = {code: " " for code in (*range(32), *range(127, 160)) if code != ord("\n")}


def plain(text: str) -> Content:
    """Return a text for a Static, a Label, a button, an option, a title or a toast."""
    return Content(text.translate(_CONTROL))


def plain_cell(text: str, style: str | Style = "") -> Cell:
    """Return a text for a cell of a DataTable or a label of a Tree, which take no Content; it has one line."""
    return Cell(text.translate(_CONTROL).replace("\n", " "), style=style, no_wrap=True, end="")


def in_short(text: Text, most: int = 300) -> Text:
    """Return a sentence without its middle where it is too long: somebody pasted a list where a name belongs."""
    half = most // 2
    return Text(*(said if len(said) <= most else f"{said[:half]}…{said[-half:]}" for said in (text.zh, text.en)))


def in_one_line(pasted: str) -> str:
    """Return a pasted text for a field of one line: all of its lines, with blanks between."""
    lines = pasted.splitlines()
    return " ".join(part for line in lines if (part := line.strip())) if len(lines) > 1 else "".join(lines)

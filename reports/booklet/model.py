"""What a booklet is made of, the same for the workbook, Markdown and HTML: titles, lines, tables and cards.

Nothing here knows a language or a form of paper.  Widths of tables are in eighteenths of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from checklists.text import Text

NOTE = Text("备注", "Note")
PAGE = 18
"""Parts a page is wide; the columns of every table add up to it."""

Cell = Text | Decimal | int | None
"""What a cell of a table holds; None: empty, to be written in by hand."""


@dataclass(frozen=True, slots=True)
class Row:
    """A label with what stands beside it."""

    label: Text
    parts: tuple[Text, ...]
    """Kept apart from one another, as boxes to tick are."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    head: Text
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table; a strong one is a sum or a level above, the cells of an even one share the width equally."""

    cells: tuple[Cell, ...]
    strong: bool = False
    even: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; an open one is written in by hand and has taller rows."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What stays together on a page: an item, a sample set, a question, a KPI, a direction."""

    id: str
    title: Text
    points: Decimal | None = None
    """The most it gives; None for what gives none."""
    mark: Text | None = None
    """Stands before the title: critical, must be asked."""
    facts: tuple[Text, ...] = ()
    body: tuple[Row | Table, ...] = ()
    lines: int = 0
    """Empty lines to write on."""
    line_label: Text = NOTE
    """What stands before them."""


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading."""

    title: Text | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the booklet that begins on a page of its own."""

    id: str
    name: Text
    """The short one: of a sheet, of a place in the contents."""
    title: Text
    notes: tuple[Text, ...] = ()
    body: tuple[Row | Table, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Booklet:
    """The whole booklet."""

    id: str
    version: str
    title: Text
    subtitle: Text
    facts: tuple[Row, ...]
    """Of the cover: what is printed."""
    blanks: tuple[Text, ...]
    """Of the cover: labels of lines filled in by hand."""
    chapters: tuple[Chapter, ...]

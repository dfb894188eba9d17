"""What a printed report is made of: headings, sentences, tables, charts and pictures, as plain data.

Nothing here is markup: `report.typ` lays the data out, and a text stands in it as it was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from checklists.text import Text
from reports.pdf.pictograms import without_pictures
from reports.pdf.rows import broken, continued_in, is_short
from reports.safe_text import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from checklists.text import ReportLang

Block = dict[str, Any]
Cell = str | dict[str, Any]
Side = Literal["l", "c", "r"]

NOTHING = "–"
_CONTENTS = Text("目录", "Contents")
_LONG_WORD = re.compile(r"[^\s\u2e80-\uffef\u200b]{31,}")
_EVERY = 10
"""Characters after which a word may be broken that is longer than any column."""
_LEAST_TREND = 3
_LONG_FACTS = 3_000
"""Characters from which labels with their sentences may go on over pages."""


@dataclass(frozen=True, slots=True)
class Words:
    """Texts in the language of a report."""

    lang: ReportLang
    left_out: set[str] = field(default_factory=set)
    """Small pictures that were typed and cannot be printed."""

    def __call__(self, text: Text | str) -> str:
        """Return a text as it is printed."""
        words = without_pictures(text.of(self.lang) if isinstance(text, Text) else text, self.left_out)
        return _LONG_WORD.sub(_broken, without_controls(words).replace("\t", " "))

    def stacked(self, text: Text) -> str:
        """Return a text for a narrow column: the two languages one above the other."""
        return "\n".join(self.line(text).split(" | ")) if self.lang == "both" else self(text)

    def line(self, text: Text | str) -> str:
        """Return a text on one line; the two languages stay apart on it."""
        if isinstance(text, Text) and self.lang == "both":
            text = Text(" ".join(text.zh.split()), " ".join(text.en.split()))
            return " | ".join(self(text).split("\n"))
        return " ".join(self(text).split())


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    head: Text
    width: float
    """Its share of the page."""
    side: Side = "l"


def heading(words: Words, text: Text, level: int = 1) -> Block:
    """Return a heading; it stands among the bookmarks."""
    return {"kind": "heading", "text": words.line(text), "level": level}


def contents(words: Words) -> Block:
    """Return the list of contents: the headings of the first level with their pages."""
    return {"kind": "contents", "text": words.line(_CONTENTS)}


def note(words: Words, text: Text, *, after: bool = False) -> Block:
    """Return an explanation in small print; it stays with what follows, or comes after what it is about."""
    return {"kind": "note", "text": words(text), "after": after}


def facts(words: Words, pairs: Iterable[tuple[Text, Text]], *, whole: bool = False) -> Block:
    """Return labels with a sentence each; a `whole` block is a short one that stays together, and with what follows."""
    rows = [[words(label), words(text)] for label, text in pairs]
    return {"kind": "facts", "rows": rows, "whole": whole and sum(len(text) for _, text in rows) < _LONG_FACTS}


def table(words: Words, columns: Sequence[Column], rows: Sequence[Block], *, whole: bool = False) -> Block:
    """Return a table whose heads are repeated on every page; a `whole` one stays on one page where it is short."""
    shares = [column.width for column in columns]
    return {
        "kind": "table",
        "widths": shares,
        "sides": [column.side for column in columns],
        "heads": [words.stacked(column.head) for column in columns],
        "rows": [part for one in rows for part in broken(one, shares, continued_in(words.lang))],
        "whole": whole and is_short(rows, shares),
    }


def row(cells: Sequence[Cell], kind: Literal["row", "total", "band", "section"] = "row") -> Block:
    """Return a row of a table: plain, a sum, a line over all columns, or the line of a section that is one."""
    return {"kind": kind, "cells": list(cells)}


def cell(text: str, shade: str = "", *, bold: bool = False, under: str = "") -> Cell:
    """Return a cell with a shade, in heavy print, or with small print under it."""
    found: dict[str, Any] = {"t": text}
    found |= {"s": shade} if shade else {}
    found |= {"b": True} if bold else {}
    return found | ({"u": under} if under else {})


def trend(values: Sequence[float]) -> Cell:
    """Return a cell with a small line over figures; an empty one where there are too few."""
    return {"t": "", "line": list(values)} if len(values) >= _LEAST_TREND else ""


def points(value: Decimal | None, *, there: bool = True) -> str:
    """Return points with two decimals; a dash where there are none to speak of."""
    return NOTHING if value is None or not there else f"{value:.2f}"


def difference(value: Decimal) -> str:
    """Return a difference in points with its sign, a true minus."""
    return f"{value:+.2f}".replace("-", "−")


def _broken(match: re.Match[str]) -> str:
    word = match.group()
    return "\u200b".join(word[at : at + _EVERY] for at in range(0, len(word), _EVERY))

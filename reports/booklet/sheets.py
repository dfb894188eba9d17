"""The booklet as a workbook on upright A4: a sheet a chapter, cards kept whole, ready to print."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from reports.book import new_book
from reports.booklet import words
from reports.booklet.model import PAGE, Row, Table
from reports.booklet.paper import Block, Paper, Spot, Strip
from reports.safe_text import safe
from reports.style import Palette, Styles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.workbook import Workbook

    from checklists.text import Lang
    from reports.booklet.model import Booklet, Card, Cell, Chapter, Line

MARK = "dealer-audit booklet"
"""Stands in the properties of every booklet, by which an earlier one is known."""
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that the same checklist gives the same bytes
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_NAME = 31
_GAP = "     "
"""Between parts of a line that are kept apart."""
_LAST = PAGE - 1
_MARKED = Text("【{mark}】{title}", "[{mark}] {title}")
_LABEL = 3
"""Columns that the label of a row takes."""
_WRITING = 22.0
"""Height of a line that is written in by hand."""


def booklet_bytes(booklet: Booklet, lang: Lang) -> bytes:
    """Return the booklet as the bytes of an .xlsx file; the same checklist gives the same bytes."""
    out = BytesIO()
    with new_book(out) as workbook:
        workbook.set_properties(
            {
                "title": safe(booklet.title.of(lang), lang),
                "subject": safe(f"{booklet.id} {booklet.version}", lang),
                "comments": MARK,
                "created": _CREATED,
            }
        )
        styles = Styles(workbook)
        names = SheetNames()
        _write_cover(workbook, styles, booklet, names, lang)
        for chapter in booklet.chapters:
            _write_chapter(workbook, styles, booklet, chapter, names.new(chapter.name.of(lang)), lang)
    return out.getvalue()


class SheetNames:
    """Names of sheets: what Excel takes, and each one once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def new(self, wanted: str) -> str:
        """Return a free name like the one wanted."""
        name = " ".join(_NOT_IN_NAMES.sub(" ", safe(wanted, "en")).split())[:_LONGEST_NAME].strip() or "-"
        number, free = 1, name
        while free.casefold() in self._taken or free.casefold() == "history":
            number += 1
            tail = f" {number}"
            free = name[: _LONGEST_NAME - len(tail)] + tail
        self._taken.add(free.casefold())
        return free


def _write_cover(workbook: Workbook, styles: Styles, booklet: Booklet, names: SheetNames, lang: Lang) -> None:
    paper = Paper(workbook, names.new(words.COVER_SHEET.of(lang)), styles, lang)
    paper.space(24)
    paper.put([Strip((Spot(booklet.title, 0, _LAST, ("title", "wrap")),))])
    paper.put([Strip((Spot(booklet.subtitle, 0, _LAST, ("subtitle",)),), 26.0)])
    paper.space(12)
    for row in booklet.facts:
        paper.put([_row(row, lang)])
    paper.space(12)
    for label in booklet.blanks:
        paper.put([Strip((_label(label), Spot(None, _LABEL, _LAST, ("cell",))), 24.0)])
    paper.space(12)
    paper.put([_band(words.CONTENTS)])
    for number, chapter in enumerate(booklet.chapters, start=1):
        paper.put([Strip((Spot(number, 0, 0, ("muted",)), Spot(chapter.title, 1, _LAST, ("wrap", "left"))))])
    paper.finish(booklet.title, f"{booklet.id} {booklet.version}")
    paper.page.tab(Palette.NAVY)


def _write_chapter(
    workbook: Workbook, styles: Styles, booklet: Booklet, chapter: Chapter, name: str, lang: Lang
) -> None:
    paper = Paper(workbook, name, styles, lang)
    paper.put([Strip((Spot(chapter.title, 0, _LAST, ("title", "wrap")),))])
    for note in chapter.notes:
        paper.put([Strip((Spot(note, 0, _LAST, ("wrap", "muted")),))])
    paper.space()
    for part in chapter.body:
        strips = list(_part(part, lang))
        if isinstance(part, Table):
            paper.repeat(strips[:1])
            for strip in strips[1:]:
                paper.put([strip])
        else:
            paper.put(strips)
    for group in chapter.groups:
        heading = [] if group.title is None else [_band(group.title)]
        for number, card in enumerate(group.cards):
            first, *rest = _card(card, lang)
            # A heading is never left alone at the foot of a page.
            above = tuple(heading) if number == 0 else ()
            paper.put_blocks([Block((*above, *first.strips)), *rest])
            paper.space()
    paper.finish(booklet.title, f"{booklet.id} {booklet.version}")
    paper.page.tab(Palette.NAVY if chapter.groups else Palette.MUTED)


def _card(card: Card, lang: Lang) -> Iterator[Block]:
    """Return a card as what should stay together: its head with the rows up to a table, each table, what follows."""
    strips = list(_card_head(card))
    for part in card.body:
        new = tuple(_part(part, lang))
        if isinstance(part, Table) and part.open:
            yield Block(tuple(strips))
            yield Block(new, new[0])
            strips = []
        else:
            strips += new
    for number in range(card.lines):
        label = card.line_label if number == 0 else same("")
        strips.append(Strip((_label(label), Spot(None, _LABEL, _LAST, ("cell",))), _WRITING))
    if strips:
        yield Block(tuple(strips))


def _card_head(card: Card) -> Iterator[Strip]:
    title = card.title if card.mark is None else _MARKED.format(mark=card.mark, title=card.title)
    shade = ("cell", "wrap", "band", "left", "small")
    name = Spot(card.id, 0, 2, shade)
    if card.points is None:
        yield Strip((name, Spot(title, 3, _LAST, shade)))
    else:
        yield Strip(
            (
                name,
                Spot(title, 3, 12, shade),
                Spot(words.EARNED, 13, 14, ("cell", "wrap", "label", "center", "small")),
                Spot(None, 15, 16, ("cell",)),
                Spot(card.points, 17, 17, ("cell", "band", "center")),
            ),
            _WRITING,
        )
    if card.facts:
        text = joined(list(card.facts), " · ", " · ")
        yield Strip((Spot(text, 0, _LAST, ("cell", "wrap", "left", "muted", "small")),))


def _part(part: Row | Table, lang: Lang) -> Iterator[Strip]:
    if isinstance(part, Row):
        yield _row(part, lang)
        return
    yield _line(part, [column.head for column in part.columns], ("head",))
    for line in part.lines:
        yield _table_line(part, line)


def _row(row: Row, lang: Lang) -> Strip:
    text = _GAP.join(part.of(lang) for part in row.parts)
    return Strip((_label(row.label), Spot(text, _LABEL, _LAST, ("cell", "wrap", "left", "small"))))


def _table_line(table: Table, line: Line) -> Strip:
    if line.even:
        wide = PAGE // len(line.cells)
        spots = [Spot(c, n * wide, (n + 1) * wide - 1, ("cell", "wrap", "small")) for n, c in enumerate(line.cells)]
        return Strip(tuple(spots), _WRITING)
    return _line(table, line.cells, ("wrap", *(("total",) if line.strong else ())))


def _line(table: Table, cells: Sequence[Cell], traits: tuple[str, ...]) -> Strip:
    spots, first = [], 0
    head = "head" in traits
    for column, cell in zip(table.columns, cells, strict=True):
        last = first + column.width - 1
        # What is short stands in the middle, sentences stand on the left.
        side = () if head else ("center",) if column.width <= 2 or isinstance(cell, Decimal | int) else ("left",)
        spots.append(Spot(cell, first, last, ("cell", *traits, *side, "small")))
        first = last + 1
    if table.open and not head:
        return Strip(tuple(spots), _WRITING)
    return Strip(tuple(spots))


def _label(text: Text) -> Spot:
    return Spot(text, 0, _LABEL - 1, ("cell", "wrap", "label", "small"))


def _band(title: Text) -> Strip:
    return Strip((Spot(title, 0, _LAST, ("cell", "wrap", "head", "left")),), 26.0)

"""The booklet as Markdown, with nothing a checklist says read as a sign of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.points import printed
from checklists.text import Text
from reports.booklet import words
from reports.booklet.model import Row
from reports.visit.markdown import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from checklists.text import Lang
    from reports.booklet.model import Booklet, Card, Cell, Chapter, Line, Table

MARK = "<!-- dealer-audit: booklet -->"
"""First line of every booklet, by which an earlier one is known."""
_GAP = " &emsp; "
"""Between parts of a line that are kept apart."""
_BLANK = plain("____________________")


def booklet_markdown(booklet: Booklet, lang: Lang) -> str:
    """Return the booklet as Markdown."""
    edition = plain(f"{booklet.id} {booklet.version}")
    lines = [MARK, "", f"# {_said(booklet.title, lang)}", "", f"{_said(booklet.subtitle, lang)} {edition}", ""]
    lines += [line for row in booklet.facts for line in _row(row, lang)]
    lines += ["", *(f"- **{_said(label, lang)}** {_BLANK}" for label in booklet.blanks), ""]
    lines += [f"## {words.CONTENTS.of(lang)}", ""]
    lines += [f"{number}. {_said(chapter.title, lang)}" for number, chapter in enumerate(booklet.chapters, start=1)]
    lines.append("")
    for chapter in booklet.chapters:
        lines += _chapter(chapter, lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def _chapter(chapter: Chapter, lang: Lang) -> Iterator[str]:
    yield from (f"## {_said(chapter.title, lang)}", "")
    for note in chapter.notes:
        yield from (_said(note, lang), "")
    yield from _parts(chapter.body, lang)
    for group in chapter.groups:
        if group.title is not None:
            yield from (f"### {_said(group.title, lang)}", "")
        for card in group.cards:
            yield from _card(card, lang)


def _card(card: Card, lang: Lang) -> Iterator[str]:
    mark = "" if card.mark is None else f"**{_said(card.mark, lang)}** "
    yield from (f"#### {plain(card.id)} {mark}{_said(card.title, lang)}", "")
    if card.points is not None:
        yield from (f"**{words.EARNED.of(lang)}** {plain('____')} / {printed(card.points)}", "")
    if card.facts:
        yield from (" · ".join(_said(fact, lang) for fact in card.facts), "")
    yield from _parts(card.body, lang)
    if card.lines:
        yield from (f"- **{_said(card.line_label, lang)}** {_BLANK}", "")


def _parts(parts: Iterable[Row | Table], lang: Lang) -> Iterator[str]:
    """Return lists and tables, each with an empty line behind it."""
    in_list = False
    for part in parts:
        if isinstance(part, Row):
            yield from _row(part, lang)
            in_list = True
            continue
        if in_list:
            yield ""
        yield from (*_table(part, lang), "")
        in_list = False
    if in_list:
        yield ""


def _row(row: Row, lang: Lang) -> Iterator[str]:
    yield f"- **{_said(row.label, lang)}** {_GAP.join(_said(part, lang) for part in row.parts)}"


def _table(table: Table, lang: Lang) -> Iterator[str]:
    yield _line([_said(column.head, lang) for column in table.columns])
    yield _line(["---"] * len(table.columns))
    for line in table.lines:
        yield _line(_cells(table, line, lang))


def _cells(table: Table, line: Line, lang: Lang) -> list[str]:
    cells = [_cell(cell, lang) for cell in line.cells]
    cells += [""] * (len(table.columns) - len(cells))
    return [f"**{cell}**" if cell and line.strong else cell for cell in cells]


def _cell(cell: Cell, lang: Lang) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Text):
        return _said(cell, lang)
    return str(cell) if isinstance(cell, int) else printed(cell)


def _said(text: Text, lang: Lang) -> str:
    return plain(text.of(lang))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"

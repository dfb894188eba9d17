"""The booklet as one HTML file: to print, or to read on a tablet; it loads nothing from anywhere."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from checklists.points import printed
from checklists.text import Text, same
from reports.booklet import words
from reports.booklet.model import PAGE, Row
from reports.style import Palette

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from checklists.text import Lang
    from reports.booklet.model import Booklet, Card, Cell, Chapter, Line, Table

MARK = "<!doctype html>\n<!-- dealer-audit: booklet -->"
"""How every booklet begins, by which an earlier one is known."""
_LANGUAGES = {"zh": "zh-Hans", "en": "en-GB"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_PAGES = Text('"第 " counter(page) " 页，共 " counter(pages) " 页"', '"Page " counter(page) " of " counter(pages)')
_STYLE = """
@page { size: A4; margin: 14mm 13mm 16mm;
  @top-left { content: %(running)s; font-size: 8pt; color: %(muted)s }
  @bottom-right { content: %(pages)s; font-size: 8pt; color: %(muted)s } }
* { box-sizing: border-box }
body { font: 15px/1.4 "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: %(ink)s; max-width: 60em; margin: 0 auto; padding: 1em; overflow-wrap: anywhere }
h1, h2 { color: %(navy)s; line-height: 1.25 }
h2 { border-bottom: 2px solid %(navy)s; padding-bottom: .2em; margin-top: 2em }
h3 { background: %(navy)s; color: #fff; padding: .35em .6em; font-size: 1em; margin: 1.2em 0 .5em }
h4 { flex: 1; margin: 0; font-size: 1em }
a { color: inherit }
article { border: 1px solid %(rule)s; margin: 0 0 .8em }
header { display: flex; gap: .6em; align-items: center; background: %(band)s; padding: .4em .6em }
.id { color: %(navy)s; margin-right: .4em }
.mark { background: %(notice)s; color: %(notice_ink)s; padding: 0 .35em; font-size: .85em }
.earned { white-space: nowrap }
.write { display: inline-block; width: 4em; height: 1.8em; background: #fff; border: 1px solid %(rule)s;
  vertical-align: middle }
.facts, .note { color: %(muted)s; font-size: .85em; margin: 0; padding: .3em .6em }
.note { padding-left: 0 }
dl { display: grid; grid-template-columns: 9em 1fr; margin: 0; border-top: 1px solid %(rule)s }
dt, dd { margin: 0; padding: .2em .6em; border-bottom: 1px solid %(line)s }
dt { color: %(muted)s; background: %(total)s }
dd span { display: inline-block; margin-right: 1.4em }
dd.line { min-height: 2em }
table { border-collapse: collapse; width: 100%%; table-layout: fixed }
th, td { border: 1px solid %(rule)s; padding: .2em .4em; vertical-align: middle; text-align: left }
th { background: %(navy)s; color: #fff; font-weight: 600; font-size: .85em }
td.number { text-align: right; font-variant-numeric: tabular-nums }
table.open td { height: 2em }
.even { display: flex }
.even span { flex: 1 }
tr.strong td { font-weight: 600; background: %(total)s }
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  body { font-size: 9pt; max-width: none; padding: 0 }
  section { break-before: page }
  h2 { margin-top: 0 }
  h2, h3 { break-after: avoid }
  article, tr, dt, dd { break-inside: avoid }
  article.long { break-inside: auto }
  thead { display: table-header-group }
}
"""
_LONG = 40
"""Rows of tables from which a card cannot stand on one page."""


def booklet_html(booklet: Booklet, lang: Lang) -> str:
    """Return the booklet as one HTML file."""
    edition = f"{booklet.id} {booklet.version}"
    title = f"{booklet.title.of(lang)} {edition}"
    parts = [
        MARK,
        f'<html lang="{_LANGUAGES[lang]}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_escaped(title)}</title>",
        f"<style>{_style(title, lang)}</style>",
        "</head>",
        "<body>",
        *_cover(booklet, edition, lang),
        *(line for chapter in booklet.chapters for line in _chapter(chapter, lang)),
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _style(title: str, lang: Lang) -> str:
    return _STYLE % {
        "running": _css_string(title),
        "pages": _PAGES.of(lang),
        "ink": Palette.INK.value,
        "muted": Palette.MUTED.value,
        "navy": Palette.NAVY.value,
        "band": Palette.BAND.value,
        "rule": Palette.RULE.value,
        "line": Palette.TOTAL.value,
        "total": Palette.TOTAL.value,
        "notice": Palette.NOTICE_FILL.value,
        "notice_ink": Palette.NOTICE.value,
    }


def _css_string(text: str) -> str:
    """Return a text as a CSS string: everything but letters and digits by its number."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x}" for c in _CONTROL.sub("", text)) + '"'


def _cover(booklet: Booklet, edition: str, lang: Lang) -> Iterator[str]:
    yield f"<h1>{_said(booklet.title, lang)}</h1>"
    yield f"<p>{_said(booklet.subtitle, lang)} · {_escaped(edition)}</p>"
    yield from _rows(booklet.facts, lang)
    yield "<br>"
    yield from _rows([Row(label, ()) for label in booklet.blanks], lang)
    yield f"<nav><h2>{words.CONTENTS.of(lang)}</h2><ol>"
    for chapter in booklet.chapters:
        yield f'<li><a href="#{_anchor(chapter.id)}">{_said(chapter.title, lang)}</a></li>'
    yield "</ol></nav>"


def _chapter(chapter: Chapter, lang: Lang) -> Iterator[str]:
    yield f'<section id="{_anchor(chapter.id)}">'
    yield f"<h2>{_said(chapter.title, lang)}</h2>"
    for note in chapter.notes:
        yield f'<p class="note">{_said(note, lang)}</p>'
    yield from _parts(chapter.body, lang)
    for group in chapter.groups:
        if group.title is not None:
            yield f"<h3>{_said(group.title, lang)}</h3>"
        for card in group.cards:
            yield from _card(card, lang)
    yield "</section>"


def _card(card: Card, lang: Lang) -> Iterator[str]:
    lines = sum(len(part.lines) for part in card.body if not isinstance(part, Row))
    yield '<article class="long">' if lines > _LONG else "<article>"
    mark = "" if card.mark is None else f'<span class="mark">{_said(card.mark, lang)}</span> '
    heading = f'<h4><span class="id">{_escaped(card.id)}</span> {mark}{_said(card.title, lang)}</h4>'
    earned = ""
    if card.points is not None:
        box = f'{words.EARNED.of(lang)} <span class="write"></span> / {printed(card.points)}'
        earned = f'<span class="earned">{box}</span>'
    yield f"<header>{heading}{earned}</header>"
    if card.facts:
        yield f'<p class="facts">{" · ".join(_said(fact, lang) for fact in card.facts)}</p>'
    yield from _parts(card.body, lang)
    yield from _rows([Row(card.line_label if n == 0 else same(""), ()) for n in range(card.lines)], lang)
    yield "</article>"


def _parts(parts: Iterable[Row | Table], lang: Lang) -> Iterator[str]:
    """Return rows that follow one another as one list, tables between them."""
    rows: list[Row] = []
    for part in parts:
        if isinstance(part, Row):
            rows.append(part)
            continue
        yield from _rows(rows, lang)
        rows = []
        yield from _table(part, lang)
    yield from _rows(rows, lang)


def _rows(rows: Iterable[Row], lang: Lang) -> Iterator[str]:
    lines = [f"<dt>{_said(row.label, lang)}</dt>{_detail(row, lang)}" for row in rows]
    if lines:
        yield "<dl>" + "\n".join(lines) + "</dl>"


def _detail(row: Row, lang: Lang) -> str:
    if not row.parts:
        return '<dd class="line"></dd>'
    if len(row.parts) == 1:
        return f"<dd>{_said(row.parts[0], lang)}</dd>"
    return "<dd>" + "".join(f"<span>{_said(part, lang)}</span> " for part in row.parts) + "</dd>"


def _table(table: Table, lang: Lang) -> Iterator[str]:
    yield '<table class="open">' if table.open else "<table>"
    widths = "".join(f'<col style="width:{column.width * 100 / PAGE:.2f}%">' for column in table.columns)
    yield f"<colgroup>{widths}</colgroup>"
    yield "<thead><tr>" + "".join(f"<th>{_said(column.head, lang)}</th>" for column in table.columns) + "</tr></thead>"
    yield "<tbody>"
    for line in table.lines:
        yield _line(table, line, lang)
    yield "</tbody></table>"


def _line(table: Table, line: Line, lang: Lang) -> str:
    if line.even:
        shown = "".join(f"<span>{_shown(cell, lang)}</span>" for cell in line.cells)
        cells = f'<td colspan="{len(table.columns)}"><div class="even">{shown}</div></td>'
    else:
        cells = "".join(_cell(cell, lang) for cell in line.cells)
    return f'<tr class="strong">{cells}</tr>' if line.strong else f"<tr>{cells}</tr>"


def _cell(cell: Cell, lang: Lang) -> str:
    shown = _shown(cell, lang)
    return f"<td>{shown}</td>" if cell is None or isinstance(cell, Text) else f'<td class="number">{shown}</td>'


def _shown(cell: Cell, lang: Lang) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Text):
        return _said(cell, lang)
    return str(cell) if isinstance(cell, int) else printed(cell)


def _said(text: Text, lang: Lang) -> str:
    return _escaped(text.of(lang))


def _escaped(text: str) -> str:
    """Return a text of which HTML reads nothing as its own."""
    whole = _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))
    return escape(whole).replace("\n", "<br>")


def _anchor(name: str) -> str:
    return escape(name)

"""A follow-up visit on paper: what was weak, cured or not, what was seen, and who signs; no points anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, same
from reports.pdf.blocks import Column, cell, facts, heading, note, row, table
from reports.sheets import follow_up as sheet

if TYPE_CHECKING:
    from audit.confirming import Confirmation, FollowUp
    from audit.summary import AuditSummary
    from reports.pdf.blocks import Block, Cell, Words

_SHARES = (0.7, 1.2, 4.2, 0.7, 4.8, 0.9, 3.4, 1.8)
"""Of the page, one a head of the sheet."""
_RESULT, _SIGNED = Text("结果", "Result"), Text("签字", "Signatures")
_MARKS = {True: "✓", False: "×", None: ""}
_SHADES = {True: "passed", False: "failed", None: "notice"}


def visit(summary: AuditSummary, found: FollowUp, words: Words) -> list[Block]:
    """Return the pages of a follow-up visit."""
    sides = ["c" if place == sheet.CURED_COLUMN else "l" for place in range(len(sheet.HEADS))]
    columns = [
        Column(head, share, "c" if side == "c" else "l")
        for (head, _), share, side in zip(sheet.HEADS, _SHARES, sides, strict=True)
    ]
    result = [found.verdict, *([found.unfinished] if found.unfinished else [])]
    pairs = [*sheet.facts_of_visit(summary, found), *((_RESULT, text) for text in result)]
    return [
        heading(words, sheet.TITLE.format(name=summary.dealer)),
        note(words, same(summary.ref)),
        facts(words, pairs),
        table(words, columns, [row(_item(item, summary, words)) for item in found.items]),
        facts(words, [(_SIGNED, sheet.signature_line(summary))], whole=True),
    ]


def _item(item: Confirmation, summary: AuditSummary, words: Words) -> list[Cell]:
    cells: list[Cell] = [words(text) for text in sheet.texts_of(item, summary)]
    told = f"{_MARKS[item.confirmed]} {words(sheet.cured_word(item))}".strip()
    cells[sheet.CURED_COLUMN] = cell(told, _SHADES[item.confirmed])
    return cells

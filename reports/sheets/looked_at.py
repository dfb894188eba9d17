"""The records read for an item, by their numbers: what conforms, what does not, what it does not apply to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.records import NA, NOT_PRODUCED
from checklists.text import Text, joined, same
from reports.measure import in_lines

if TYPE_CHECKING:
    from audit.records import Grid
    from audit.summary import AuditSummary
    from checklists.model import Item

_COUNTED = Text("{why}（{count}）", "{why} ({count})")
_SIGNS = ("√", "×", "–")


def looked_at(summary: AuditSummary, width: float) -> dict[str, Text]:
    """Return the records of every item that is read from a drawn set, by item, in lines of a column."""
    return {item.id: _listed(grid, item, width) for grid in summary.records for item in grid.items}


def failing(summary: AuditSummary, width: float) -> dict[str, Text]:
    """Return only the records that cost an item points, by item."""
    found = {}
    for grid in summary.records:
        for item in grid.items:
            records = [r for r in grid.draw.records if grid.fails(item, grid.mark(r, item))]
            if records:
                found[item.id] = _lines(records, width)
    return found


def remarks(summary: AuditSummary) -> dict[str, Text]:
    """Return why records cost an item points, each remark once with the number of its records, by item."""
    found = {}
    for grid in summary.records:
        for item in grid.items:
            counts: dict[Text, int] = {}
            for record in grid.draw.records:
                mark = grid.mark(record, item)
                if mark is not None and grid.fails(item, mark):
                    why = NOT_PRODUCED if record in grid.missing and not mark.remark else same(mark.remark)
                    counts[why] = counts.get(why, 0) + 1
            told = [_COUNTED.format(why=why, count=count) for why, count in counts.items() if why.zh]
            if told:
                found[item.id] = joined(told, "；", "; ")
    return found


def _listed(grid: Grid, item: Item, width: float) -> Text:
    groups: dict[str, list[str]] = {sign: [] for sign in _SIGNS}
    for record in grid.draw.records:
        mark = grid.mark(record, item)
        if mark is not None:
            conforms, fails, without = _SIGNS
            sign = without if mark.value == NA else fails if grid.fails(item, mark) else conforms
            groups[sign].append(record)
    parts = [_lines([f"{sign} {records[0]}", *records[1:]], width) for sign, records in groups.items() if records]
    return Text("\n".join(part.zh for part in parts), "\n".join(part.en for part in parts))


def _lines(records: list[str], width: float) -> Text:
    # Numbers read the same in both languages, so they stand once where both are printed.
    lines = in_lines(records, ", ", width)
    return Text(lines, lines)

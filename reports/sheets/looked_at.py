"""The records read for an item, by their numbers: what conforms, what does not, what it does not apply to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.records import NOT_PRODUCED
from audit.usual_reasons import in_both
from checklists.text import Text, joined
from reports.measure import in_lines
from reports.record_groups import groups_of

if TYPE_CHECKING:
    from audit.records import Grid
    from audit.summary import AuditSummary
    from checklists.model import Item

_COUNTED = Text("{why}（{count}）", "{why} ({count})")
_SIGNS = ("✓", "×", "–")
"""Before the records that conform, that do not, and that the item does not apply to."""


def looked_at(summary: AuditSummary, width: float) -> dict[str, Text]:
    """Return the records of every item that is read from a drawn set, by item, in lines of a column."""
    return {item.id: _listed(grid, item, width) for grid in summary.records for item in grid.items}


def besides_failing(summary: AuditSummary, width: float) -> dict[str, Text]:
    """Return the records that cost an item nothing, where the reason names the others, by item."""
    return {item.id: _listed(grid, item, width, _SIGNS[::2]) for grid in summary.records for item in grid.items}


def failing(summary: AuditSummary, width: float) -> dict[str, Text]:
    """Return only the records that cost an item points, by item."""
    found = {}
    for grid in summary.records:
        for item in grid.items:
            _, records, _ = groups_of(grid, item)
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
                    told = in_both(mark.remark, item.causes)
                    why = NOT_PRODUCED if record in grid.missing and not mark.remark else told
                    counts[why] = counts.get(why, 0) + 1
            parts = [_COUNTED.format(why=why, count=count) for why, count in counts.items() if why.zh]
            if parts:
                found[item.id] = joined(parts, "；", "; ")
    return found


def _listed(grid: Grid, item: Item, width: float, signs: tuple[str, ...] = _SIGNS) -> Text:
    groups = [group for group in zip(_SIGNS, groups_of(grid, item), strict=True) if group[0] in signs]
    parts = [_lines([f"{sign} {records[0]}", *records[1:]], width) for sign, records in groups if records]
    return Text("\n".join(part.zh for part in parts), "\n".join(part.en for part in parts))


def _lines(records: list[str], width: float) -> Text:
    # Numbers read the same in both languages, so they stand once where both are printed.
    lines = in_lines(records, ", ", width)
    return Text(lines, lines)

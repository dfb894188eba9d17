"""The records read for an item: which conform, which do not, which it does not apply to; in words, for every report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.records import NA, record_reason
from audit.usual_reasons import in_both
from checklists.rules import Levels
from checklists.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.records import Grid
    from checklists.model import Item

_COUNT = Text("{done} / {size}", "{done} of {size}")
_SHORT = Text("{count}\n样本不足", "{count}\nshort sample")
_LEVEL = Text("{record}（{level} 级）", "{record} (level {level})")

Groups = tuple[list[str], list[str], list[str]]
"""Numbers of the records that conform, that do not, and that the item does not apply to; unread ones are in none."""


def groups_of(grid: Grid, item: Item) -> Groups:
    """Return the records read for an item, in the order they were drawn."""
    groups: Groups = ([], [], [])
    for record in grid.draw.records:
        mark = grid.mark(record, item)
        if mark is not None:
            groups[2 if mark.value == NA else 1 if grid.fails(item, mark) else 0].append(record)
    return groups


def told_groups(grid: Grid, item: Item) -> tuple[list[Text], list[Text], list[Text]]:
    """Return the same in words: each record with its level, where the item has levels, and its remark."""
    conforming, failing, without = groups_of(grid, item)
    return (
        [_told(grid, item, record) for record in conforming],
        [_told(grid, item, record) for record in failing],
        [_told(grid, item, record) for record in without],
    )


def together(told: Iterable[tuple[str, Text]]) -> list[Text]:
    """Return records in words, those of which the same is said in one piece: what many share is read once.

    Args:
        told: a record's number and what is said of it, the number first.
    """
    sharing: dict[tuple[str, str], list[str]] = {}
    for record, words in told:
        after = (words.zh.removeprefix(record), words.en.removeprefix(record))
        sharing.setdefault(after, []).append(record)
    return [Text("、".join(r) + zh, ", ".join(r) + en) for (zh, en), r in sharing.items()]


def count_of(grid: Grid, item: Item) -> Text:
    """Return how many of how many records were read, and whether that is a short sample."""
    count = _COUNT.format(done=grid.done(item), size=grid.draw.size)
    return _SHORT.format(count=count) if grid.short(item) else count


def _told(grid: Grid, item: Item, record: str) -> Text:
    mark = grid.mark(record, item)
    if mark is None:
        return same(record)
    has_level = isinstance(item.rule, Levels) and mark.value != NA
    told = _LEVEL.format(record=record, level=mark.value) if has_level else same(record)
    return record_reason(told, in_both(mark.remark, item.causes), missing=record in grid.missing)

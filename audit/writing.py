"""From what is to be written to entries that follow one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.clock import now
from audit.journal import Author, Data, Entry, Journal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Writing = tuple[str, str, Data]
"""Kind, slot and data of an entry to be."""


def chained(
    writings: Iterable[Writing],
    author: Author,
    heads: Sequence[str],
    journal: Journal | None = None,
    replaces: tuple[str, ...] | None = None,
) -> list[Entry]:
    """Make entries that follow one another; each replaces what stands in its slot, or what an earlier one put there.

    All have one time: what was written in one go is known by it and can be taken back in one go (`audit.undoing`).
    """
    time = now()
    entries: list[Entry] = []
    newest: dict[str, str] = {}
    parents: Sequence[str] = heads
    for kind, slot, data in writings:
        standing = journal.current(slot) if journal else ()
        old = (newest[slot],) if slot in newest else standing if replaces is None else replaces
        entry = Entry.new(kind, slot, data, by=author, time=time, parents=parents, replaces=old)
        entries.append(entry)
        newest[slot] = entry.hash
        parents = (entry.hash,)
    return entries


def rows_of(entries: Iterable[Entry]) -> list[tuple[str, bytes]]:
    """Return entries as the store takes them."""
    return [(entry.hash, entry.body) for entry in entries]

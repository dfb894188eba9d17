"""What goes into the store and comes out of it, free of SQL.

The store knows nothing of what an entry means: it keeps bytes under their hash, in the order of their arrival.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Entry = tuple[str, bytes]
"""The SHA-256 of an entry in hex, and its canonical JSON, kept byte for byte."""

Level = Literal["total", "department", "section", "item"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""From the whole to its parts."""


@dataclass(frozen=True, slots=True)
class StreamRow:
    """One journal in the store."""

    id: str
    kind: str
    """What it is the journal of, e.g. "audit" or "dealer"."""
    ref: str
    """The short name people type; unique within its kind."""
    created: str
    """When it came into this store: UTC, ISO 8601 with microseconds."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was read of a stream."""

    entries: list[Entry]
    """In the order in which they were stored."""
    position: int
    """Hand this back as `after` to read only what is newer; 0 means nothing has been read."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """What is known of a file without reading it."""

    hash: str
    """SHA-256 of its bytes, in hex."""
    media: str
    size: int
    """In bytes."""
    pictured: bool
    """Whether there is a thumbnail."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """The result of one item, section, department or the total of a signed audit; points in whole hundredths."""

    level: Level
    key: str
    """The id at that level; "total" for the total."""
    state: str | None
    """The state of an item's answer; of the total the verdict in a word, None where it has none; None between."""
    earned: int
    possible: int
    pass_points: int | None
    """None where nothing is to be passed."""
    passed: bool | None
    """None where nothing is to be passed."""


@dataclass(frozen=True, slots=True)
class StoredTotal:
    """The total of a signed audit as it was stored; points in whole hundredths."""

    heads: str
    """The journal heads it was computed from."""
    result: str | None
    """The verdict in a word; None where there is none."""
    earned: int
    possible: int
    passed: bool | None
    items: Mapping[str, int]
    """How many items are in which state."""


@dataclass(frozen=True, slots=True)
class Results:
    """The stored results of an audit: a cache, valid for the journal heads it was computed from."""

    heads: str
    rows: tuple[ResultRow, ...]
    """In a fixed order: by level (the total first), then by key.  Without rows nothing counts as stored."""

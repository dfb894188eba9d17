"""A piece of evidence as JSON: in `score --json` and `evidence list --json` alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.evidence import Evidence


def evidence_json(piece: Evidence) -> dict[str, object]:
    """Return a piece of evidence; `file` is the SHA-256 of its bytes, `taken` the time its own clock showed."""
    return {
        "item": piece.item,
        "name": piece.name,
        "file": piece.file,
        "media": piece.media,
        "size": piece.size,
        "taken": piece.taken,
        "taken_from": piece.taken_from,
        "person": piece.person,
        "added": piece.added,
    }

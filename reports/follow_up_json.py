"""A follow-up visit as JSON: what is cured, and no points."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.confirming import FollowUp
    from checklists.text import Lang


def follow_up_json(visit: FollowUp, lang: Lang) -> dict[str, object]:
    """Return what a follow-up visit asked and found."""
    return {
        "earlier": visit.earlier,
        "confirmed": visit.confirmed,
        "asked": len(visit.items),
        "open": list(visit.open),
        "verdict": visit.verdict.of(lang),
        "items": [
            {
                "number": item.number,
                "statement": item.statement.of(lang),
                "department": item.department or None,
                "action": item.action or None,
                "confirmed": item.confirmed,
                "note": item.note,
                "person": item.person or None,
                "time": item.time or None,
            }
            for item in visit.items
        ],
    }

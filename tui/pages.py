"""Which page stands for another one in the audit that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.desk import Seen

_SCORED = frozenset({"score", "records", "kpis", "review", "closing"})
"""Pages that a follow-up visit has not: it gives no points, and its own page takes their place."""


def page_for(seen: Seen | None, mode: str) -> str:
    """Return the page that is shown where one is asked for.

    Args:
        seen: the audit that is open.
        mode: the page asked for.
    """
    if seen is None or mode not in _SCORED:
        return mode
    from audit.confirming import is_visit

    return "visit" if is_visit(seen.state) else mode

"""Temporary: the list before `audit.listing` is merged."""

from __future__ import annotations

from typing import Any

from checklists.text import same


def old_overview(books: Any) -> Any:
    """Read all audits."""
    from tui.audit_lines import Line, Overview
    from tui.audit_tables import readable_audits

    lines = []
    for s in readable_audits(books.store)[0]:
        c = s.scorecard.total.counts
        done = c.items - c.open
        lines.append(
            Line(s.ref, s.dealer, s.city, s.date, s.kind_name, done, c.items, same(""), "", same(s.status.value), False, False)
        )
    return Overview(tuple(lines), (), None)

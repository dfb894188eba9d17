"""KPIs: series, the value used, levels, completeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.state import Answer, AuditState
    from checklists.model import Checklist


def computed_answers(checklist: Checklist, state: AuditState) -> dict[str, Answer]:
    """Return the answers computed here, by item."""
    del checklist, state
    return {}

"""Answers that nobody types: computed from record sheets and KPIs whenever a state is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit import kpi, records
from audit.state import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.journal import Journal
    from audit.state import AuditState
    from checklists.model import Checklist


def read_state(
    checklist: Checklist, journal: Journal, folded: AuditState | None = None, changed: Iterable[str] = ()
) -> tuple[AuditState, AuditState]:
    """Return what a journal says, as written and with its computed answers.

    Args:
        checklist: the checklist the audit is bound to.
        journal: the journal.
        folded: the state as written before the slots in `changed` were; only these are read again then.
        changed: slots written since.
    """
    written = fold(journal, folded, changed)
    return written, with_computed(checklist, written)


def with_computed(checklist: Checklist, written: AuditState) -> AuditState:
    """Return a state with the answers of items read from records or bound to KPIs put in.

    A record sheet stands above what was typed before it was drawn; what is typed for a KPI-bound item is an override.
    """
    computed = {**kpi.computed_answers(checklist, written), **written.answers}
    computed |= records.computed_answers(checklist, written)
    return replace(written, answers=computed)

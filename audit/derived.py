"""Answers that nobody types: computed from record sheets and KPIs whenever a state is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit import kpi, records
from audit.amending import with_amendments
from audit.state import ITEM, ItemState, fold

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
    Amendments lie over all of it: what was signed does not change, and how it came about does not matter any more.

    Raises:
        BadEntry: when an amendment says what no version of the tool writes.
    """
    typed = {
        item_id: answer
        for item_id, answer in written.answers.items()
        if answer.state is not ItemState.OPEN or ITEM + item_id in written.conflicts
    }
    computed = {**written.answers, **kpi.computed_answers(checklist, written), **typed}
    computed |= records.computed_answers(checklist, written)
    return with_amendments(checklist, replace(written, answers=computed))

"""The checklist an audit is bound to."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from checklists.canonical import from_store
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from audit.store.store import Store
    from checklists.model import Checklist


class ChecklistMissing(UserError):
    """The store has not the checklist an audit is bound to."""


def bound_checklist(store: Store, ref: str, digest: str) -> Checklist:
    """Return the checklist an audit is bound to.

    Args:
        store: where the audit is kept.
        ref: the audit, for the sentence.
        digest: hash of the checklist's canonical copy.

    Raises:
        ChecklistMissing: when the store has it not.
        AlteredChecklist, NewerChecklist: when it cannot be read.
    """
    body = store.checklist(digest)
    if body is None:
        raise ChecklistMissing(
            Text("评估 {ref} 所用的评估表不在数据库中", "The checklist of audit {ref} is not in the store").format(
                ref=ref
            )
        )
    return _read(body, digest)


@lru_cache(maxsize=8)
def _read(body: bytes, digest: str) -> Checklist:
    """Read a canonical copy once; most audits of a list are bound to the same."""
    return from_store(body, digest)

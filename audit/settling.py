"""Settling a conflict: keeping one of the values that stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.state import ITEM
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from audit.journal import Entry
    from audit.session import AuditSession


class NoConflict(UserError):
    """There is no conflict to settle, or the entry named is not part of it."""


def slot_in_conflict(session: AuditSession, subject: str) -> str:
    """Return the slot meant: any in conflict, in full or as the history calls it, or an item's.

    Raises:
        UnknownItem: when it is neither.
    """
    slots = [s for s in session.state.conflicts if subject.strip() in {s, s.partition(":")[2]}]
    return slots[0] if len(slots) == 1 else ITEM + session.item(subject).id


def settle(session: AuditSession, subject: str, keep: str) -> None:
    """Settle a conflict by keeping one of its entries, named by a beginning of its hash.

    Args:
        session: the audit.
        subject: an item, or any other slot in conflict.
        keep: the entry.

    Raises:
        NoConflict: when there is none, or `keep` is not one of its entries.
        AuditSealed: when the audit is signed.
    """
    slot = slot_in_conflict(session, subject)
    standing = session.state.conflicts.get(slot, ())
    kept = [e for e in standing if e.hash.startswith(keep.lower())] if keep else []
    if len(kept) != 1:
        options = "; ".join(f"{e.hash[:12]} {e.person} {_value_of(e)}" for e in standing)
        text = (
            Text("{item}：请选择其中一条：{options}", "{item}: keep one of these entries: {options}")
            if standing
            else Text("{item} 没有冲突", "{item} has no conflict")
        )
        raise NoConflict(text.format(item=slot.removeprefix(ITEM), options=options))
    session.write([(kept[0].kind, slot, kept[0].data)])


def _value_of(entry: Entry) -> str:
    return str(entry.data.get("value") or entry.data.get("state", ""))

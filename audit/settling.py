"""Settling a conflict: keeping one of the values that stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.closing import AMENDMENT, DECISION, OBJECTION
from audit.state import ITEM
from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from audit.journal import Data, Entry
    from audit.session import AuditSession
    from audit.state import AuditState


_OPTION = Text("{entry} {person} {what}", "{entry} {person} {what}")


class NoConflict(UserError):
    """There is no conflict to settle, or the entry named is not part of it."""


def slot_in_conflict(session: AuditSession, subject: str) -> str:
    """Return the slot meant: any in conflict, in full or as the history calls it, or an item's.

    Raises:
        UnknownItem: when it is neither.
    """
    labels = {OBJECTION + one.id + DECISION: one.label for one in session.state.closing.raised}
    wanted = subject.strip()
    names = {s: {s, s.partition(":")[2], labels.get(s, s), labels.get(s, s).lower()} for s in session.state.conflicts}
    for slot in labels.keys() & names.keys():
        names[slot].add(session.state.conflicts[slot][0].data["item"])
    slots = [slot for slot, known in names.items() if wanted in known]
    return slots[0] if len(slots) == 1 else _slot_of_item(session, wanted)


def _slot_of_item(session: AuditSession, item_id: str) -> str:
    item = session.item(item_id).id
    return AMENDMENT + item if AMENDMENT + item in session.state.conflicts else ITEM + item


def slot_name(state: AuditState, slot: str) -> Text:
    """Return a slot in the words of people: what is in conflict there."""
    if slot.startswith(AMENDMENT):
        return Text("{item} 的修正", "the amendment of {item}").format(item=slot.removeprefix(AMENDMENT))
    label = next((one.label for one in state.closing.raised if slot == OBJECTION + one.id + DECISION), "")
    if label:
        return Text("异议 {id} 的答复", "the decision on {id}").format(id=label)
    return same(slot.partition(":")[2] or slot)


def subject_of(state: AuditState, slot: str) -> str:
    """Return what is typed to settle a conflict in a slot: the item, the objection's number, or the slot's name."""
    label = next((one.label for one in state.closing.raised if slot == OBJECTION + one.id + DECISION), "")
    return label or slot.partition(":")[2] or slot


def settle(session: AuditSession, subject: str, keep: str) -> None:
    """Settle a conflict by keeping one of its entries, named by a beginning of its hash.

    With a decision that granted an objection the amendment that followed from it is kept.

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
        from audit.history import told

        said = [_OPTION.format(entry=e.hash[:12], person=e.person, what=told(e, session.checklist)) for e in standing]
        options = joined(said, "；", "; ") if said else same("")
        text = (
            Text("{item}：请选择其中一条：{options}", "{item}: keep one of these entries: {options}")
            if standing
            else Text("{item} 没有冲突", "{item} has no conflict")
        )
        raise NoConflict(text.format(item=slot_name(session.state, slot), options=options))
    session.write([(entry.kind, entry.slot, _kept(entry)) for entry in _together(session, kept[0])])


def _together(session: AuditSession, kept: Entry) -> list[Entry]:
    """Return an entry with what followed from it: the amendment that was written with the decision to grant it."""
    if kept.kind != "decision":
        return [kept]
    amendments = session.journal.values(AMENDMENT + kept.data["item"])
    return [kept, *(entry for entry in amendments if kept.hash in entry.parents)]


def _kept(entry: Entry) -> Data:
    """Return what an entry says; beside the seal with the entry kept: who wrote and who kept it may differ."""
    beside = entry.kind in {"amendment", "decision"}
    return {**entry.data, "keeps": entry.data.get("keeps", entry.hash)} if beside else entry.data

"""Taking back and bringing back: what one person last did to an audit on one device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.closing import ACTION, SCAN, is_closing
from audit.journal import TURNS
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from audit.journal import Entry
    from audit.session import AuditSession


class NothingToUndo(UserError):
    """There is nothing of this person's on this device that can be taken back."""


class NothingToRedo(UserError):
    """This person has taken nothing back on this device, or has written something since."""


class ChangedSince(UserError):
    """Somebody else has changed what was taken back; bringing it back would overwrite them."""


_FRAME = frozenset({"created", "preset", "seal", "aside"})
"""What nobody takes back with a key: the audit itself, and what has its own way back."""
_BESIDE = (SCAN, ACTION)
"""Nor what stands beside the seal: what was said at the closing meeting is decided or amended again, a scan removed;
an action's fields, several of one writing, are set again together, as its rules look at all of them."""


def undo(session: AuditSession) -> Entry:
    """Take back the last entry of this person on this device that still stands; returns it.

    What somebody has replaced since does not stand any more and is passed over.

    Raises:
        NothingToUndo: when there is none.
        AuditSealed: when the audit is signed.
    """
    last = to_undo(session)
    session.write([("undo", last.slot, {"undoes": last.hash})], replaces=session.journal.carriers(last))
    return last


def undo_act(session: AuditSession) -> list[Entry]:
    """Take back what was done last in one go: all answers written together, as far as they stand; else as `undo`.

    Returns:
        What was taken back, the newest first.

    Raises:
        NothingToUndo, AuditSealed: as `undo`.
    """
    journal, last = session.journal, to_undo(session)
    together = [e for e in reversed(_own(session)) if e.kind == last.kind == "answer" and e.time == last.time]
    act = [e for e in together if journal.carriers(e) and journal.carriers(e) == journal.current(e.slot)]
    if len(act) < 2:
        return [undo(session)]
    session.write([("undo", entry.slot, {"undoes": entry.hash}) for entry in act])
    return act


def redo_act(session: AuditSession) -> list[Entry]:
    """Bring back what this person's last undo on this device took away in one go; else as `redo`.

    Raises:
        NothingToRedo, ChangedSince, AuditSealed: as `redo`.
    """
    session.refresh()
    journal, waiting = session.journal, _undone(session)
    together = [e for e in reversed(waiting) if e.time == waiting[-1].time]
    act = [e for e in together if journal.current(e.slot) == (e.hash,)]
    if len(act) < 2:
        return [redo(session)]
    session.write([("redo", entry.slot, {"redoes": entry.hash}) for entry in act])
    return [journal[entry.data["undoes"]] for entry in act]


def redo(session: AuditSession) -> Entry:
    """Bring back what this person's last undo on this device took away; returns it.

    Several are brought back one by one, the one taken back last first.

    Raises:
        NothingToRedo: when nothing was taken back, or this person has written something since.
        ChangedSince: when somebody else has written there since.
        AuditSealed: when the audit is signed.
    """
    session.refresh()
    session.write([])  # a signed audit says so first
    journal = session.journal
    undoing = to_redo(session)
    back = journal[undoing.data["undoes"]]
    there = [e for e in journal.entries if e.slot == undoing.slot]
    known = journal.ancestors(undoing.hash)
    foreign = next((e for e in there if e.hash not in known and not (_is_own(session, e) and e.kind in TURNS)), None)
    if foreign is not None:
        raise ChangedSince(
            Text(
                "不能恢复 {subject}：{person} 在此之后已修改",
                "{subject} cannot be brought back: {person} has changed it since",
            ).format(subject=undoing.slot.partition(":")[2] or undoing.slot, person=foreign.person)
        )
    turned = [journal[h] for h in journal.current(undoing.slot)]
    replaced = tuple(e.hash for e in turned if e.kind in TURNS and _is_own(session, e))
    session.write([("redo", undoing.slot, {"redoes": undoing.hash})], replaces=replaced)
    return back


def to_undo(session: AuditSession) -> Entry:
    """Return the last entry of this person's that stands and can be taken back.

    Raises:
        NothingToUndo: when there is none.
    """
    for last in reversed(_own(session)):
        began_with = last.kind == "detail" and not last.replaces
        beside_the_seal = is_closing(last.slot) or last.slot.startswith(_BESIDE)
        if last.kind in _FRAME or last.kind in TURNS or began_with or beside_the_seal:
            continue
        if session.journal.carriers(last):
            return last
    raise NothingToUndo(Text("没有可以撤销的操作", "There is nothing to undo"))


def to_redo(session: AuditSession) -> Entry:
    """Return the last undoing of this person's that can be brought back.

    Raises:
        NothingToRedo: when there is none.
    """
    waiting = _undone(session)
    if not waiting:
        raise NothingToRedo(Text("没有可以重做的操作", "There is nothing to redo"))
    return waiting[-1]


def _undone(session: AuditSession) -> list[Entry]:
    """Return the undoings after which this person has written nothing but further undoings, brought back since."""
    waiting: list[Entry] = []
    for entry in _own(session):
        if entry.kind == "undo":
            waiting.append(entry)
        elif entry.kind == "redo":
            waiting = [undoing for undoing in waiting if undoing.hash != entry.data["redoes"]]
        elif entry.kind != "aside":
            waiting.clear()
    return waiting


def _own(session: AuditSession) -> list[Entry]:
    return [entry for entry in session.journal.entries if _is_own(session, entry)]


def _is_own(session: AuditSession, entry: Entry) -> bool:
    return (entry.person, entry.device) == (session.author.person, session.author.device)

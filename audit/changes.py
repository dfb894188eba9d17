"""What was changed after signing, by whom: objections, their answers, amendments, scans, the final word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.closing import FINAL, OBJECTION, SCAN, is_closing
from audit.history import KIND_NAMES, about, told
from checklists.text import Text

if TYPE_CHECKING:
    from audit.session import AuditSession

_CHANGE = Text("{kind} {item}：{what}", "{kind} {item}: {what}")
_LATE_EVIDENCE = Text("异议佐证", "evidence for the objection")
_PLAIN = Text("{kind}：{what}", "{kind}: {what}")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing done after signing; the plan has a history of its own."""

    time: str
    """UTC, ISO 8601."""
    person: str
    item: str
    """The item it is about; empty for the audit as a whole."""
    what: Text


def changes_of(session: AuditSession) -> tuple[Change, ...]:
    """Return what was changed after signing, oldest first; nothing for an open audit."""
    if session.state.signature is None:
        return ()
    found = []
    labels = {raised.id: raised.label for raised in session.state.closing.raised}
    for entry in session.journal.entries:
        if not is_closing(entry.slot) and not entry.slot.startswith(SCAN):
            continue
        item = "" if entry.slot == FINAL or entry.slot.startswith(SCAN) else about(entry)
        label = labels.get(entry.slot.removeprefix(OBJECTION).partition("/")[0], "")
        kind = _LATE_EVIDENCE if entry.kind == "evidence" else KIND_NAMES[entry.kind]
        named = f"{label} {item}".strip()
        text = (_CHANGE if item else _PLAIN).format(kind=kind, item=named, what=told(entry, session.checklist))
        found.append(Change(entry.time, entry.person, item, text))
    return tuple(found)

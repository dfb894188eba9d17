"""Where one was: the item at which to go on after the window was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.records import RECORD, items_of
from audit.state import FLAG, ITEM, NOTE

if TYPE_CHECKING:
    from audit.journal import Entry
    from audit.session import AuditSession


def last_place(session: AuditSession) -> str | None:
    """Return the item this person last answered, noted on, flagged or marked on this device; also by taking it back.

    A record that was not produced stands for the first item read from its set.  None where this person has done nothing
    of that kind yet.
    """
    author = session.author
    for entry in reversed(session.journal.entries):
        if (entry.person, entry.device) == (author.person, author.device) and entry.kind != "preset":
            item = _item_of(session, entry)
            if item is not None:
                return item
    return None


def _item_of(session: AuditSession, entry: Entry) -> str | None:
    prefix, _, rest = entry.slot.partition(":")
    first, *more = rest.split("/")
    if f"{prefix}:" in {ITEM, NOTE, FLAG}:
        return first
    if f"{prefix}:" != RECORD:
        return None
    if len(more) > 1:
        return more[1]
    items = items_of(session.checklist, session.state, first)
    return items[0].id if items else None

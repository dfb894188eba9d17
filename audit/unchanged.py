"""Writing only what was decided on what still stands: nobody overrides an answer without having seen it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from audit.closing import is_closing
from audit.history import about, told
from checklists.text import Text, UserError, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audit.session import AuditSession

    Standing = Mapping[str, tuple[str, ...]]


class ChangedMeanwhile(UserError):
    """What somebody looked at was changed by somebody else meanwhile; the text says to what."""


_CHANGED = Text(
    "{what}在填写期间已被改动，现在是：{now}。没有写入：请看过再确定",
    "{what} changed while this was filled in. Now: {now}. Nothing was written: look at it first",
)
_SAYS = Text("{what}（{person}）", "{what} ({person})")
_OTHERS = Text("异议或修正", "Objections or amendments")
_KINDS = frozenset({"amendment", "decision"})
"""Kinds of entries that can change an answer after signing."""


def standing(session: AuditSession) -> dict[str, tuple[str, ...]]:
    """Return what stands in every slot of the closing meeting, by its hashes."""
    journal = session.journal
    return {slot: journal.current(slot) for slot in journal.slots if is_closing(slot)}


@contextmanager
def unless_changed(session: AuditSession, seen: Standing, item: str = "") -> Iterator[None]:
    """Write nothing where something else stands by now than somebody has seen, however late it was written.

    Args:
        session: the audit.
        seen: what stood there, as `standing` returns it.
        item: whose answer and decisions the writing depends on; empty for the whole closing meeting.

    Raises:
        ChangedMeanwhile: with what stands there now; from within, too, when others write at the same time.
    """

    def check(now: AuditSession) -> None:
        found = standing(now)
        changed = [slot for slot, heads in found.items() if heads != seen.get(slot, ())]
        entries = [now.journal[head] for slot in changed for head in found[slot]]
        if item:
            entries = [entry for entry in entries if entry.kind in _KINDS and about(entry) == item]
        if entries:
            told_now = [_SAYS.format(what=told(entry, now.checklist), person=entry.person) for entry in entries]
            raise ChangedMeanwhile(_CHANGED.format(what=item or _OTHERS, now=joined(told_now, "；", "; ")))

    session.refresh()
    check(session)
    session.guard = check
    try:
        yield
    finally:
        session.guard = None

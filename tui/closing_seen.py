"""Work on the closing meeting as it was shown: refused where somebody else was quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from checklists.text import Text
from tui.closing_view import NOT_COUNTED, points_change

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.session import AuditSession
    from tui.closing_view import Meeting

R = TypeVar("R")
_NOW = Text("现在：{answer}，{points}", "Now: {answer}, {points}")


def settling(meeting: Meeting, slot: str, entry: str) -> Callable[[AuditSession], object]:
    """Return what keeps one of the values that were shown side by side."""
    item = meeting.conflicts[slot][0].data.get("item") or slot.partition(":")[2]
    return unless_changed(meeting, str(item), lambda session: session.settle(slot, entry))


def unless_changed(meeting: Meeting, item: str, work: Callable[[AuditSession], R]) -> Callable[[AuditSession], R]:
    """Return work that is refused where what the meeting showed of an item, or at all, has changed meanwhile."""

    def guarded(session: AuditSession) -> R:
        from audit.unchanged import unless_changed as refused

        with refused(session, meeting.seen, item):
            return work(session)

    return guarded


def stands_now(meeting: Meeting, item_id: str) -> Text:
    """Return an item's answer as the meeting shows it, and its points."""
    from audit.amending import counted_points
    from audit.answers import answer_words
    from audit.state import OPEN

    answer, item = meeting.answers.get(item_id, OPEN), meeting.checklist.items.get(item_id)
    counted = counted_points(meeting.checklist, item_id, answer)
    points = NOT_COUNTED if counted is None else points_change(counted, None, meeting.possible_of(item_id))
    return _NOW.format(answer=answer_words(answer, item), points=points)

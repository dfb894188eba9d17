"""Typed answers that drawn records stand above: they wait in the journal and count again when the draw is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.answers import STATE_NAMES
from audit.records import items_of
from audit.state import ITEM, ItemState
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.journal import Entry
    from audit.state import Answer, AuditState
    from checklists.model import Checklist

_ONE = Text("{item}（{value}）", "{item} ({value})")
_MORE = Text("{told}……共 {count} 项", "{told} … {count} in all")
_STAYS = frozenset({ItemState.OPEN, ItemState.NOT_APPLICABLE})


def typed_before(checklist: Checklist, state: AuditState, set_id: str) -> Mapping[str, Answer]:
    """Return what somebody has answered of a set's items, by item: a draw has them read from the records instead.

    An item in conflict among them comes with no answer (open).  That an item is not applicable stays.
    """
    answers = {item.id: state.answer(item.id) for item in items_of(checklist, state, set_id)}
    return {
        item_id: answer
        for item_id, answer in answers.items()
        if (answer.entry and answer.state not in _STAYS) or ITEM + item_id in state.conflicts
    }


def told_before(before: Mapping[str, Answer], most: int | None = None) -> Text:
    """Return such answers in one line, all or so many of them."""
    answers = [(item_id, same(a.value) if a.value else STATE_NAMES[a.state]) for item_id, a in before.items()]
    told = joined([_ONE.format(item=item_id, value=value) for item_id, value in answers[:most]])
    return told if most is None or len(answers) <= most else _MORE.format(told=told, count=len(answers))


def is_covered(state: AuditState, entry: Entry) -> bool:
    """Say whether an entry that nobody replaced is an answer that does not count, as the item's comes from records."""
    if not entry.slot.startswith(ITEM) or entry.data.get("state") in _STAYS or entry.slot in state.conflicts:
        return False
    answer = state.answers.get(entry.slot.removeprefix(ITEM))
    return answer is not None and not answer.entry

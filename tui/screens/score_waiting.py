"""What was being typed on the Score page when the program ended, and the question that it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.how_answered import faults_of
from tui.screens import score_asks as asks
from tui.screens.score_answer_text import is_bound, is_drawn
from tui.screens.score_groups import GROUPINGS, groups_of
from tui.screens.score_text import View

if TYPE_CHECKING:
    from tui.desk import Seen
    from tui.drafts import Draft, Drafts
    from tui.widgets.ask import Ask


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question whose answer was typed and not saved."""

    item: str
    ask: Ask
    of_what: str
    """The answer held back until its reason is typed, or the fault that is being counted; empty for other questions."""


def draft_of(drafts: Drafts, seen: Seen, item: str, purpose: str, of_what: str) -> Draft:
    """Return where the words typed for a question wait; they belong to the answer that stands now."""
    about = "" if purpose == asks.NOTE else seen.state.answer(item).entry
    return drafts.of(seen.own_id, f"{asks.BOX}{item}/{purpose}/{of_what}", about)


def waiting(seen: Seen, drafts: Drafts) -> Waiting | None:
    """Return the question of the newest draft that is still to be asked."""
    if seen.state.signature is not None:
        return None
    groups = groups_of(seen.checklist, seen.state.departments, GROUPINGS[0])
    items = {item.id: item for group in groups for item in group.items}
    scores = {score.item.id: score for score in seen.scorecard.items}
    for box in drafts.boxes(seen.own_id, asks.BOX):
        own_id, purpose, of_what = box.removeprefix(asks.BOX).split("/", 2)
        item = items.get(own_id)
        if item is None:
            continue
        ask = _ask_again(View(seen, item, scores.get(own_id), "zh", points=False, earlier=None), purpose, of_what)
        if ask is not None and draft_of(drafts, seen, own_id, purpose, of_what).text:
            return Waiting(own_id, ask, of_what)
    return None


def _ask_again(view: View, purpose: str, of_what: str) -> Ask | None:
    """Return a question about an item; None where it is not to be asked any more."""
    if purpose == asks.NOTE:
        return asks.note_ask("")
    if purpose == asks.REASON:
        score = view.score
        return asks.reason_ask(score.item, score.answer.reason) if score is not None and score.points_lost else None
    return None if is_drawn(view) else _answer_again(view, purpose, of_what)


def _answer_again(view: View, purpose: str, of_what: str) -> Ask | None:
    """Return a question that an answer to an item follows from."""
    item, state = view.item, purpose.removeprefix(asks.STATE)
    if purpose == asks.OVERRIDE and is_bound(view):
        return asks.override_ask(of_what)
    if purpose in {asks.PLACE, asks.AMOUNT}:
        fault = next((each for each in faults_of(item) if each.id == of_what), None)
        made = asks.place_ask if purpose == asks.PLACE else asks.amount_ask
        return made(fault) if fault is not None else None
    if purpose.startswith(asks.STATE):
        return asks.state_ask(state, item)
    return asks.value_ask(item, "") if purpose == asks.VALUE else None

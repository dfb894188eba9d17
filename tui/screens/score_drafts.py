"""The Score page as far as it goes on with what was being typed when the program ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens import score_asks as asks
from tui.screens.score_answer_text import faults_of, is_bound, is_drawn
from tui.screens.score_answering import AnsweringPage

if TYPE_CHECKING:
    from tui.widgets.ask import Ask


class DraftingPage(AnsweringPage):
    """Opens a question again whose answer was typed and not saved."""

    def take_up(self) -> None:
        """Go to the item of the newest draft and ask what it answers, as long as that is still to be asked."""
        seen = self.seen
        if seen.state.signature is not None:
            return
        for box in self.desk_app.drafts.boxes(seen.own_id, asks.BOX):
            item, purpose, of_what = box.removeprefix(asks.BOX).split("/", 2)
            if item not in self.order:
                continue
            before, self._asked_of = (self.place, self.held, self.fault), item
            self.place = item
            ask = self._ask_again(purpose, of_what)
            if ask is not None and self.draft_of(ask).text:
                self.ask(ask)
                return
            self.place, self.held, self.fault = before

    def _ask_again(self, purpose: str, of_what: str) -> Ask | None:
        """Return a question about the item in view; None where it is not to be asked any more."""
        answer = self.seen.state.answer(self.place)
        if purpose == asks.NOTE:
            return asks.note_ask("")
        if purpose == asks.REASON:
            score = self.scores.get(self.place)
            return asks.reason_ask(score.item, answer.reason) if score is not None and score.points_lost else None
        return None if is_drawn(self.view) else self._answer_again(purpose, of_what)

    def _answer_again(self, purpose: str, of_what: str) -> Ask | None:
        """Return a question that an answer to the item in view follows from."""
        item, state = self.item, purpose.removeprefix(asks.STATE)
        if purpose == asks.OVERRIDE and is_bound(self.view):
            self.held = of_what
            return asks.override_ask(of_what)
        if purpose in {asks.PLACE, asks.AMOUNT}:
            self.fault = of_what
            fault = next((each for each in faults_of(item) if each.id == of_what), None)
            made = asks.place_ask if purpose == asks.PLACE else asks.amount_ask
            return made(fault) if fault is not None else None
        if state in asks.STATE_WORDS:
            return asks.state_ask(state, item)
        return asks.value_ask(item, "") if purpose == asks.VALUE else None

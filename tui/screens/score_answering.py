"""The Score page as far as it answers: from a key, or what was typed, to an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from checklists.text import Text, UserError, same
from tui.how_answered import faults_of
from tui.screens import score_asks as asks
from tui.screens import score_work as work
from tui.screens.score_answer_text import is_bound, is_drawn, observations_of
from tui.screens.score_saving import RECORDS, SavingPage
from tui.widgets.ask_box import AskBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.session import AuditSession

_NOT_HERE = Text("{item} 不用这个键评分：{how}", "{item} is not answered by this key: {how}")
_NO_SUCH = Text("没有编号 {digit}", "There is no number {digit}")
_TOP = Text("等级只有 0–{top}", "Levels go from 0 to {top}")
_NEEDED = Text("请写明原因", "A reason is needed")


class AnsweringPage(SavingPage):
    """Answers the item in view."""

    # -- keys --------------------------------------------------------------------------------------------------------

    async def action_yes_no(self, value: str) -> None:
        """Answer yes or no."""
        if self._refused({"yes_no"}) or self.answered_last():
            return
        if is_bound(self.view):
            self._hold(value)
        else:
            await self.give(value)

    async def action_digit(self, digit: int) -> None:
        """Take a digit as the item, or the question, reads it."""
        if self.box.ask is not None:
            await self.box.drained()
            if self.conflict_first(self.box.ask):
                return
            if self.box.takes_counts:
                await self._count(digit)
            elif self.box.takes_digits:
                await self.pick(digit)
            else:
                self.box.type(str(digit))
            return
        if self.in_conflict(self.place):
            await self._keep(digit)
            return
        if self._refused(None) or self.answered_last():
            return
        rule = self.item.rule
        if rule.kind == "yes_no" and digit in {0, 1}:
            await self.action_yes_no("ny"[digit])
        elif rule.kind == "levels" and rule.top <= 9:
            await self._level(digit, rule.top)
        elif rule.kind in {"deduct", "bonus"}:
            await self._count(digit)
        elif rule.kind == "yes_no":
            self._refused(set())
        else:
            self.ask_value(str(digit))

    async def action_minus(self) -> None:
        """Take one fault away; in a measure the sign."""
        if self.box.ask is not None:
            await self.box.drained()
            if not self.box.takes_counts:
                self.box.type("-")
                return
            self.stop_asking()
        if self.item.rule.kind == "measure":
            self.ask_value("-")
            return
        if not self._refused({"deduct", "bonus"}):
            item = self.place
            await self._counted(lambda session: work.count(session, item, "", "-1"))

    async def action_back(self) -> None:
        """Take the last digit back."""
        pressed = self.collected.get(self.place, "").split()
        self.collected[self.place] = " ".join(pressed[:-1])
        self.repaint()

    async def action_setting(self, state: str) -> None:
        """Ask why there is no answer."""
        if is_drawn(self.view) and state != "not_applicable" and not self.refused_as_signed():
            self.tell(RECORDS.format(item=self.place), error=True)
        else:
            self.ask(asks.state_ask(state, self.item))

    async def enter(self) -> bool:
        """Finish what is being asked, counted or collected; returns whether there was anything."""
        if self.box.ask is not None:
            await self.box.drained()
            marked = self.box.highlighted
            if marked is not None:
                await self.pick(marked)
            else:
                await self.done(self.box.text)
            return True
        levels = self.collected.get(self.place, "")
        if levels:
            await self.give(levels)
            return True
        if self.counting != self.place:
            return False
        self.counting = ""
        score = self.scores.get(self.place)
        if score is not None and score.points_lost:
            self.ask_reason()
        else:
            self.advance()
        return True

    # -- questions ---------------------------------------------------------------------------------------------------

    async def pick(self, number: int) -> None:
        """Record why there is no answer; other reasons gather in the line, where Enter takes them."""
        ask = self.box.ask
        if ask is None or not 1 <= number <= len(ask.options):
            self.tell(_NO_SUCH.format(digit=number), error=True)
            return
        if ask.purpose.startswith(asks.STATE):
            await self.done(ask.options[number - 1].of(self.lang))
        elif ask.purpose != asks.REASON:
            self.box.gather(number)
            self.say_enter()
        else:
            with self.app.batch_update():  # painted once, when it is saved
                await self.save_reason(self.box.gather(number))
                self.box.saved(self.draft_of(ask))
                self.repaint()

    async def done(self, text: str) -> None:
        """Take what was typed or picked as the answer to the question."""
        ask = self.box.ask
        if ask is None or self.conflict_first(ask):
            return
        purpose = ask.purpose
        if purpose == asks.REASON:
            with self.app.batch_update():  # painted once, when it is saved
                self.stop_asking()
                if await self.save_reason(text):
                    self.advance()
                else:
                    self.ask_again(ask, text)
        elif purpose == asks.NOTE:
            await self._note(text)
        elif purpose in {asks.PLACE, asks.AMOUNT}:
            await self._fault_told(purpose, text)
        elif not text:
            self.tell(_NEEDED, error=True)
        elif purpose == asks.VALUE:
            await self._value_told(text)
        elif purpose == asks.OVERRIDE:
            await self._close_with(self.held, text)
        else:
            from audit.answers import TYPED
            from audit.state import ItemState

            await self._close_with(TYPED[ItemState(purpose.removeprefix(asks.STATE))], text)

    @on(AskBox.Digit)
    def _digit_typed(self, event: AskBox.Digit) -> None:
        # In the queue of the application, where the keys are: one after the other.
        self.app.call_later(self.action_digit, event.number)

    @on(AskBox.Clicked)
    def _option_clicked(self, event: AskBox.Clicked) -> None:
        self.app.call_later(self.pick, event.number)

    # -- inside ------------------------------------------------------------------------------------------------------

    async def _close_with(self, value: str, reason: str) -> None:
        """Record an answer to a question; it stays open where the answer cannot be read."""
        ask = self.box.ask
        self.stop_asking()
        before = self.seen
        await self.give(value, reason)
        if self.seen is before and ask is not None:
            self.ask_again(ask, reason if ask.purpose != asks.VALUE else value)

    async def _value_told(self, text: str) -> None:
        if not is_bound(self.view):
            await self._close_with(text, "")
            return
        item = self.item
        try:
            item.rule.read(text)
        except UserError as error:
            self.tell(error.text, error=True)
            return
        self._hold(text)

    def _hold(self, value: str) -> None:
        self.held = value
        self.ask(asks.override_ask(value))

    async def _note(self, text: str) -> None:
        item = self.place
        self.stop_asking()
        if text and await self.save(lambda session: session.note(item, text)) is None:
            self.ask_again(asks.note_ask(""), text)
        self.desk_app.drafts.flush()  # a note that is saved is not offered once more
        self.repaint()

    async def _keep(self, digit: int) -> None:
        item = self.place
        done = await self.save(lambda session: work.keep(session, item, digit))
        self.repaint()
        if done is None:
            return
        if not done[0]:
            self.tell(_NO_SUCH.format(digit=digit), error=True)
            return
        score, put_off = self.scores.get(item), self.put_off.pop(item, "")
        if score is not None and score.answer.state == "answered" and score.points_lost and not score.answer.reason:
            self.was_open = False
            self.ask(asks.reason_ask(score.item, put_off), begun=bool(put_off))

    async def _level(self, digit: int, top: int) -> None:
        if digit > top:
            self.tell(_TOP.format(top=top), error=True)
        elif observations_of(self.view) > 1:
            self.collected[self.place] = f"{self.collected.get(self.place, '')} {digit}".strip()
            self.repaint()
        else:
            await self.give(str(digit))

    async def _count(self, digit: int) -> None:
        faults, item = faults_of(self.item), self.place
        if digit == 0:
            self.stop_asking()
            await self.give("0")
            return
        if digit > len(faults):
            self.tell(_NO_SUCH.format(digit=digit), error=True)
            return
        fault = faults[digit - 1]
        if self.box.ask is not None:
            self.stop_asking()
        self.fault = fault.id
        if fault.scale is not None:
            self.ask(asks.amount_ask(fault))
            return
        if await self._counted(lambda session: work.count(session, item, fault.id, "1")):
            self.ask(asks.place_ask(fault))

    async def _counted(self, what: Callable[[AuditSession], None]) -> bool:
        was_open = self.is_open(self.place)
        done = await self.save(what)
        if done is not None:
            self.was_open = was_open or (self.was_open and self.counting == self.place)
            self.counting = self.place
            self.repaint()
        return done is not None and not await self.said_at_once(self.place)

    async def _fault_told(self, purpose: str, text: str) -> None:
        item, fault = self.place, self.fault
        self.stop_asking()
        if purpose == asks.PLACE and text:
            await self._counted(lambda session: work.count(session, item, fault, "1", text))
        elif purpose == asks.AMOUNT and text:
            await self._counted(lambda session: work.count(session, item, fault, text))
        self.repaint()

    def _refused(self, kinds: set[str] | None) -> bool:
        """Say that a key does not answer this item, where it does not; None: any kind is answered by it."""
        kind = self.item.rule.kind
        if self.refused_as_signed():
            return True
        if is_drawn(self.view):
            self.tell(RECORDS.format(item=self.place), error=True)
        elif kinds is not None and kind not in kinds:
            self.tell(_NOT_HERE.format(item=same(self.place), how=asks.HOW[kind]), error=True)
        else:
            return False
        return True

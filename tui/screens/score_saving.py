"""The Score page as far as it saves: an answer, and the question below it that is typed in.

Every key that answers works before the focused widget sees it and ends when its answer is saved, so that no key can
meet an item it was not meant for, however fast they come.
"""

from __future__ import annotations

from dataclasses import replace
from time import strftime
from typing import TYPE_CHECKING, TypeVar

from checklists.text import Text
from tui.screens import score_asks as asks
from tui.screens import score_work as work
from tui.screens.score_answer_text import is_drawn
from tui.screens.score_place import ItemPage
from tui.widgets.ask_box import Ask, AskBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.session import AuditSession

R = TypeVar("R")

RECORDS = Text("{item} 从抽样记录得出：按 r 去记录表", "{item} is read from records: press r for the record sheet")
_ALL_DONE = Text("没有未评的检查项了", "No item is open any more")


class SavingPage(ItemPage):
    """Records answers to the item in view and asks about it."""

    def __init__(self) -> None:
        super().__init__()
        self._drafts: dict[tuple[str, str], str] = {}
        """What was typed and not yet used, by purpose and item."""
        self._asked_of = ""
        self.was_open = False
        self.counting = ""
        """The item whose faults are being counted."""
        self.fault = ""
        self.held = ""
        """An answer that waits for its reason."""

    @property
    def box(self) -> AskBox:
        """Where something is asked."""
        return self.query_one("#ask", AskBox)

    # -- saving ------------------------------------------------------------------------------------------------------

    async def save(self, what: Callable[[AuditSession], R]) -> tuple[R] | None:
        """Do work that writes; returns its result in a tuple, None where it could not be done (which has been said)."""
        self.said = None
        done = await self.try_at(lambda session: (what(session),))
        if done is not None:
            self.saved = strftime("%H:%M:%S")
        return done

    async def give(self, value: str, reason: str = "") -> None:
        """Record an answer; then on to the next item, or to the reason."""
        item = self.place
        self.was_open = self.is_open(item)
        done = await self.save(lambda session: work.give(session, item, value, reason))
        if done is None:
            return
        self.collected.pop(item, None)
        self.counting = ""
        if done[0] or self.desk_app.settings.advance:
            self.advance()
        else:
            self.ask_reason()

    def advance(self) -> None:
        """Go on: to the next open item, or where an answer was only changed, to the next row."""
        following = self.open_after(self.place) if self.was_open else self.after(self.place)
        self.move_to(following or self.place)
        if self.was_open and following is None:
            self.tell(_ALL_DONE)

    def move_to(self, item_id: str) -> None:
        """Stand on an item."""
        self.place = item_id
        self.counting, self.said = "", None
        self.repaint()

    # -- questions ---------------------------------------------------------------------------------------------------

    def ask(self, ask: Ask) -> None:
        """Ask something about the item in view; what was typed there before and not used stands in the line."""
        draft = self._drafts.pop((ask.purpose, self.place), "")
        self._asked_of = self.place
        self.said = None
        # A key that begins an answer anew is not added to one that was put off.
        self.box.open(replace(ask, text=draft) if draft and not ask.text else ask, self.lang)
        self.repaint()

    def ask_reason(self) -> None:
        """Ask why points are lost."""
        score = self.scores.get(self.place)
        if score is None:
            self.advance()
        else:
            self.ask(asks.reason_ask(score.item, score.answer.reason))

    def ask_value(self, begun: str = "") -> None:
        """Ask for what is typed."""
        if is_drawn(self.view):
            self.tell(RECORDS.format(item=self.place), error=True)
        else:
            self.ask(asks.value_ask(self.item, begun))

    def stop_asking(self) -> None:
        """Close the question."""
        self.box.close()
        self.set_focus(self.query_one("#items"))

    def forget(self) -> None:
        """Leave nothing of one audit to the next."""
        self.stop_asking()
        self._drafts.clear()
        self.collected.clear()
        self.counting, self.said = "", None

    async def leave_question(self) -> None:
        """Close the question as one goes elsewhere: a reason is saved, anything else typed waits for the next time."""
        ask = self.box.ask if self.is_ready else None
        if ask is None:
            return
        await self.box.drained()
        text = self.box.text
        self.stop_asking()
        if ask.purpose == asks.REASON:
            await self.save_reason(text)
        elif text and text != ask.text:
            self._drafts[ask.purpose, self._asked_of] = text

    async def save_reason(self, text: str) -> None:
        """Put a reason to the answer that was asked about."""
        item = self._asked_of
        score = self.scores.get(item)
        if score is not None and score.answer.state == "answered" and score.answer.reason != text:
            await self.save(lambda session: work.give_reason(session, item, text))

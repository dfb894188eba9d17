"""The Score page as far as it saves: an answer, and the question below it that is typed in.

Every key that answers works before the focused widget sees it and ends when its answer is saved, so that no key can
meet an item it was not meant for, however fast they come.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from checklists.text import Text
from tui.screens import score_asks as asks
from tui.screens import score_work as work
from tui.screens.score_answer_text import is_bound, is_drawn
from tui.screens.score_place import ItemPage
from tui.screens.score_waiting import draft_of
from tui.widgets.ask_box import AskBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.session import AuditSession
    from tui.drafts import Draft
    from tui.widgets.ask import Ask

R = TypeVar("R")

RECORDS = Text("{item} 从抽样记录得出：按 r 去记录表", "{item} is read from records: press r for the record sheet")
_CONFLICT_FIRST = Text(
    "{item} 有冲突：按 Esc 关闭本框，再按数字保留一个", "{item} is in conflict: Esc closes this, then a digit keeps one"
)
_WAITS = Text(
    "{item} 的“{value}”还没有记录，留在输入框中", '{item}: "{value}" is not recorded yet, it waits in its line'
)
_NOT_RECORDED = Text(
    "{item} 没有记录“{value}”：回车才记录", '{item}: "{value}" was not recorded, only Enter records it'
)
_LONGEST_SAID = 30
_WRITES = ("setting(", "note", "value", "yes_no(", "digit(", "tally(", "minus", "undo", "redo", "full")
_LEAD_ON = frozenset({asks.REASON, asks.PLACE, asks.AMOUNT})
"""Questions after whose answer something else is asked, or shown."""
_ALL_DONE = Text("全部评完：F8 审核", "Everything is answered: F8 reviews it")
_ANSWERED = Text("{item} 已评完；要改再按一次，审核按 F8", "{item} is answered: once more changes it, F8 reviews")


class SavingPage(ItemPage):
    """Records answers to the item in view and asks about it."""

    def __init__(self) -> None:
        super().__init__()
        self._asked_of = ""
        self._enter_meant = "menu"
        self.was_open = False
        self.counting = ""
        """The item whose faults are being counted."""
        self.fault = ""
        self.last = ""
        """The item that was answered last of all, while it still stands in front."""
        self.held = ""
        """An answer that waits for its reason."""
        self.put_off: dict[str, str] = {}
        """Reasons typed while somebody else's answer made a conflict, by item, for when it is settled."""

    @property
    def box(self) -> AskBox:
        """Where something is asked."""
        return self.query_one("#ask", AskBox)

    def offers(self, action: str) -> bool:
        """Say whether an action is named or touched: of a signed audit none that writes, though its key answers why."""
        seen = self.desk_app.desk.seen
        return seen is None or seen.state.signature is None or not action.startswith(_WRITES)

    @property
    def enter_means(self) -> str:
        """What Enter does now, as the line of keys says it: "menu", "go on", "record" or "pick"."""
        ask = self.box.ask
        if ask is None:
            if self.collected.get(self.place):
                return "record"
            return "go on" if self.counting == self.place else "menu"
        if self.box.highlighted is not None and not ask.purpose.startswith(asks.STATE):
            return "pick"
        leads_on = ask.purpose in _LEAD_ON or (ask.purpose == asks.VALUE and is_bound(self.view))
        return "go on" if leads_on else "record"

    def say_enter(self) -> None:
        """Say in the line of keys what Enter does now."""
        if self.is_ready and self.enter_means != self._enter_meant:
            self._enter_meant = self.enter_means
            self.refresh_bindings()

    def repaint(self) -> None:
        """Show the audit as it is, and what Enter does."""
        self.say_enter()
        super().repaint()

    # -- saving ------------------------------------------------------------------------------------------------------

    async def save(self, what: Callable[[AuditSession], R]) -> tuple[R] | None:
        """Do work that writes; returns its result in a tuple, None where it could not be done (which has been said)."""
        self.said = None
        return await self.try_at(lambda session: (what(session),))

    async def give(self, value: str, reason: str = "") -> None:
        """Record an answer; then on to the next item, or to the reason."""
        item = self.place
        self.was_open = self.is_open(item)
        done = await self.save(lambda session: work.give(session, item, value, reason))
        if done is None:
            return
        self.collected.pop(item, None)
        self.counting = ""
        if await self.said_at_once(item):
            return
        if done[0] or self.desk_app.settings.advance:
            self.advance()
        else:
            self.ask_reason()

    def advance(self) -> None:
        """Go on: to the next open item, or where an answer was only changed, to the next row."""
        following = self.open_after(self.place) if self.was_open else self.after(self.place)
        self.move_to(following or self.place)
        if self.was_open and following is None:
            self.last = self.place
            self.tell(_ALL_DONE)

    def answered_last(self) -> bool:
        """Stop a key that was meant for an item to come after the last one; the next one is taken."""
        if self.last != self.place:
            return False
        self.last = ""
        self.tell(_ANSWERED.format(item=self.place))
        return True

    async def said_at_once(self, item: str) -> bool:
        """Say what somebody else answered at the same time, instead of asking why points are lost."""
        if not self.in_conflict(item):
            return False
        told = await self.try_at(lambda session: work.at_once(session, item))
        self.repaint()
        if told is not None:
            self.tell(told, error=True)
        return True

    def move_to(self, item_id: str) -> None:
        """Stand on an item."""
        self.place = item_id
        self.counting, self.said, self.last = "", None, ""
        self.repaint()

    # -- questions ---------------------------------------------------------------------------------------------------

    def ask(self, ask: Ask, *, begun: bool = False) -> None:
        """Ask something about the item in view; what was typed there before and not used stands in the line.

        Args:
            ask: the question.
            begun: its text was typed just now: a key that begins an answer anew is not added to one that was put off.
        """
        if self.refused_as_signed():
            return
        self._asked_of = self.place
        self.said = None
        self.box.open(ask, self.lang, self.draft_of(ask), begun=begun)
        self.repaint()

    def ask_again(self, ask: Ask, text: str) -> None:
        """Ask once more what could not be saved; why it could not stays in view."""
        said = self.said
        self.ask(replace(ask, text=text), begun=True)
        if said is not None:
            self.tell(said, error=True)

    def draft_of(self, ask: Ask) -> Draft:
        """Return where the words typed for a question wait; they belong to the answer that stands now."""
        of_what = {asks.OVERRIDE: self.held, asks.PLACE: self.fault, asks.AMOUNT: self.fault}.get(ask.purpose, "")
        return draft_of(self.desk_app.drafts, self.seen, self._asked_of, ask.purpose, of_what)

    def keep_typed(self) -> None:
        """Keep what is being typed."""
        self.box.keep()

    def ask_reason(self) -> None:
        """Ask why points are lost."""
        score = self.scores.get(self.place)
        if score is None:
            self.advance()
        else:
            self.ask(asks.reason_ask(score.item, score.answer.reason))

    def ask_value(self, begun: str = "") -> None:
        """Ask for what is typed."""
        if is_drawn(self.view) and not self.refused_as_signed():
            self.tell(RECORDS.format(item=self.place), error=True)
        else:
            self.ask(asks.value_ask(self.item, begun), begun=bool(begun))

    def in_conflict(self, item: str) -> bool:
        """Whether different answers to an item stand side by side."""
        return f"item:{item}" in self.seen.state.conflicts

    def conflict_first(self, ask: Ask) -> bool:
        """Say that a conflict comes before the reason of an answer that has become one of several."""
        if ask.purpose != asks.REASON or not self.in_conflict(self._asked_of):
            return False
        self.tell(_CONFLICT_FIRST.format(item=self._asked_of), error=True)
        return True

    def stop_asking(self, *, later: bool = False) -> None:
        """Close the question; what was typed is done with, or waits for later.  The focus follows with `repaint`."""
        if not later:
            self.box.drop()
        if self.box.ask is not None:
            self.said = None  # it was about the question
        self.box.close()

    def forget(self) -> None:
        """Leave nothing of one audit to the next."""
        self.stop_asking(later=True)
        self.collected.clear()
        self.counting, self.said = "", None

    async def leave_question(self) -> Text | None:
        """Close the question as one goes elsewhere: a reason or a place is saved, anything else waits in its box.

        Returns:
            What is to be said of an answer that was typed and is not recorded, if there is one.
        """
        ask = self.box.ask if self.is_ready else None
        if ask is None:
            return None
        await self.box.drained()
        text, item, marked = self.box.text, self._asked_of, self.box.highlighted
        if ask.purpose == asks.REASON and self.in_conflict(item):
            self.put_off[item] = text
        save = {asks.REASON: self.save_reason, asks.PLACE: self.save_place}.get(ask.purpose)
        self.stop_asking(later=save is None)
        if save is not None and not await save(text):
            self.draft_of(ask).keep(text, left=True)
        if ask.purpose == asks.OVERRIDE:
            self.draft_of(replace(ask, purpose=asks.VALUE)).keep(self.held, left=True)
        if marked is not None and not ask.typed:
            return _NOT_RECORDED.format(item=item, value=ask.options[marked - 1])
        if ask.purpose.startswith(asks.STATE) and text:
            return _WAITS.format(item=item, value=text if len(text) <= _LONGEST_SAID else f"{text[:_LONGEST_SAID]}…")
        waiting = {asks.OVERRIDE: self.held, asks.VALUE: text, asks.AMOUNT: text}.get(ask.purpose)
        return _WAITS.format(item=item, value=waiting) if waiting else None

    async def save_reason(self, text: str) -> bool:
        """Put a reason to the answer that was asked about; returns whether nothing is left to save."""
        item = self._asked_of
        score = self.scores.get(item)
        if score is None or score.answer.state != "answered" or score.answer.reason == text:
            return True
        return await self.save(lambda session: work.give_reason(session, item, text)) is not None

    async def save_place(self, text: str) -> bool:
        """Put a place to the fault that was counted last; returns whether nothing is left to save."""
        item, fault = self._asked_of, self.fault
        return not text or await self.save(lambda session: work.count(session, item, fault, "1", text)) is not None

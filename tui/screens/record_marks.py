"""Marking on the records page: one key a cell, then why where it fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on

from checklists.text import Text
from tui.keys import key
from tui.screens.record_walk import RecordWalk
from tui.widgets.ask import Ask
from tui.widgets.ask_box import AskBox
from tui.widgets.grid import Grid

if TYPE_CHECKING:
    from textual.binding import BindingType

    from checklists.model import Item
    from tui.record_view import Cell

_NOT_LEVELS = Text(
    "{item} 不按等级评：y 符合  n 不符合  x 不适用", "{item} has no levels: y conforms, n does not, x does not apply"
)
_LEVELS = Text("{item} 按等级评：请按 0 到 {top}", "{item} has levels: press 0 to {top}")
_NOT_FOUND_YET = Text(
    "{record} 已记为未提供；若已找到，请先按 u", "{record} is recorded as not produced; if it was found, press u first"
)
_WHY = Text("{record} · {item} 为什么不符合？", "{record} · {item}: why does it fail?")
_REMARK = Text("{record} · {item} 备注", "{record} · {item}: remark")
_WHY_MISSING = Text("{record} 为什么没有提供？", "{record}: why was it not produced?")
_WHY_CLOSED = Text(
    "为什么提前结束“{set}”？已标的照算，未标的记未评估", "Why is {set} closed short? What is marked counts"
)
_LINE = Text("写原因，或按数字选择；回车继续", "Type why, or pick by digit; Enter goes on")
_FREE_LINE = Text("写原因；回车继续", "Type why; Enter goes on")
_NO_MARK = Text("先标记，再写备注", "Mark the cell first, then remark on it")
_CELL = Text("{record} {item} {sign}", "{record} {item} {sign}")
_SIGNS = {"ok": "✓", "no": "✗", "na": "-", "open": "."}
_MISSING, _FOUND = Text("{record} 未提供", "{record} not produced"), Text("{record} 已找到", "{record} found")
_CLOSED_NOW = Text("已提前结束", "closed short")
_CHOOSE = Text("{record} · {item}", "{record} · {item}")


@dataclass(frozen=True, slots=True)
class About:
    """What the open line is about."""

    record: str
    """Empty: the set as a whole."""
    item: str
    """Empty: the record as a whole."""
    value: str
    was_open: bool


class RecordMarks(RecordWalk):
    """The part of the records page that writes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter,tab", "asked", "继续", "Go on", show=True, priority=True),
        key("escape", "unasked", "先放着", "Not now", show=True, priority=True),
        key("up", "cause_move(-1)", "上一条原因", "Cause above", priority=True),
        key("down", "cause_move(1)", "下一条原因", "Cause below", priority=True),
        *[key(str(n), f"cause({n})", "选原因", "Pick a cause", priority=True) for n in range(1, 10)],
    ]
    _OF_THE_LINE: ClassVar = {"asked", "unasked", "cause", "cause_move"}

    def __init__(self) -> None:
        super().__init__()
        self._asked: About | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep the keys of the line for when it is open."""
        del parameters
        if action not in self._OF_THE_LINE:
            return True
        return self._asked is not None and (action != "cause" or self.query_one(AskBox).takes_digits)

    # -- marks -------------------------------------------------------------------------------------------------------

    async def action_mark(self, typed: str) -> None:
        """Mark the cell; where it fails, ask why."""
        grid, cell = self._grid, self.cell()
        if grid is None or cell is None:
            return
        record, item = cell[0], self.item(cell[1])
        value = self._value(item, typed)
        if value is None:
            return
        if record in grid.missing:
            self.tell(_NOT_FOUND_YET.format(record=record))
            return
        before = grid.marks.get(cell)
        remark = before.remark if before is not None and before.value == value else ""
        if not await self._mark(cell, value, remark):
            return
        grid = self._grid  # as it is now
        if grid is not None and grid.fails(item, grid.mark(record, item)):
            self._ask(About(record, item.id, value, before is None), remark)
        elif value != "open":
            self.go_on(cell, was_open=before is None)

    def _value(self, item: Item, typed: str) -> str | None:
        """Return the mark that a key means for an item; None where it means none, which is said."""
        top = len(item.anchor_shares) - 1 if item.rule.kind == "levels" else None
        if typed == "x":
            return "na"
        if typed == "open" or (typed == "0" and top is None):
            return "open"
        if top is not None and typed.isdecimal() and int(typed) <= top:
            return typed
        if top is None and typed in {"y", "n"}:
            return "ok" if typed == "y" else "no"
        self.tell(_NOT_LEVELS.format(item=item.id) if top is None else _LEVELS.format(item=item.id, top=top))
        return None

    async def _mark(self, cell: Cell, value: str, remark: str) -> bool:
        from audit.marking import mark

        set_id = self._set or ""
        done = await self.try_at(lambda session: mark(session, set_id, cell[0], cell[1], value, remark))
        if done is not None:
            self.saved(_CELL.format(record=cell[0], item=cell[1], sign=_SIGNS.get(value, value)))
        return done is not None

    async def action_missing(self) -> None:
        """Record that the record was not produced, or that it turned up."""
        grid, cell = self._grid, self.cell()
        if grid is None or cell is None:
            return
        found = cell[0] in grid.missing
        if await self._miss(cell[0], "", found=found) and not found:
            self._ask(About(cell[0], "", "no", was_open=True), "")

    async def _miss(self, record: str, remark: str, *, found: bool) -> bool:
        from audit.marking import mark_missing

        set_id = self._set or ""
        done = await self.try_at(lambda session: mark_missing(session, set_id, record, remark, found=found))
        if done is not None:
            self.saved((_FOUND if found else _MISSING).format(record=record))
        return done is not None

    # -- the line for a reason ---------------------------------------------------------------------------------------

    def action_remark(self) -> None:
        """Write a remark on the mark under the cursor, or on a record that was not produced."""
        grid, cell = self._grid, self.cell()
        if grid is None or cell is None:
            return
        if cell[0] in grid.missing:
            self._ask(About(cell[0], "", "no", was_open=False), grid.missing[cell[0]])
            return
        mark = grid.marks.get(cell)
        if mark is None:
            self.tell(_NO_MARK)
        else:
            self._ask(About(*cell, mark.value, was_open=False), mark.remark)

    def action_close_short(self) -> None:
        """Ask why the set is closed before its end."""
        if self._grid is not None:
            self._ask(About("", "", "", was_open=False), "")

    def _ask(self, about: About, text: str) -> None:
        grid = self._grid
        if grid is None or self.refused_as_signed():
            return
        options = self.item(about.item).causes if about.item else ()
        if not about.record:
            title = _WHY_CLOSED.format(set=grid.sample.name)
        elif not about.item:
            title = _WHY_MISSING.format(record=about.record)
        else:
            failing = about.value not in {"ok", "na"}
            title = (_WHY if failing else _REMARK).format(record=about.record, item=about.item)
        box = self.query_one(AskBox)
        self._asked = about
        hint = _LINE if options else _FREE_LINE
        ask = Ask("remark", title, options, several=True, text=text, hint=hint)
        box.open(ask, self.lang, self.draft_of((about.record, about.item), f"{about.value} {text}"))
        self.set_focus(box.query_one("#ask-line"))
        self.query_one("#told-scroll").display = False
        self.refresh_bindings()

    @on(AskBox.Digit)
    @on(AskBox.Clicked)
    def _picked(self, event: AskBox.Digit | AskBox.Clicked) -> None:
        self.action_cause(event.number)

    def action_cause(self, number: int) -> None:
        """Put a usual cause into the line, or take it out again."""
        box = self.query_one(AskBox)
        if box.ask is not None and number <= len(box.ask.options):
            box.gather(number)

    def action_cause_move(self, by: int) -> None:
        """Go up or down the causes."""
        self.query_one(AskBox).move(by)

    async def action_asked(self) -> None:
        """Take what the line says, save it and go on."""
        about = self._asked
        if about is not None and await self._taken(about):
            self._leave_line(about)

    async def _taken(self, about: About) -> bool:
        """Save what the line says; returns whether that could be done."""
        box = self.query_one(AskBox)
        await box.drained()
        if not box.text and box.highlighted:
            box.gather(box.highlighted)
        text = box.text
        if not about.record:
            saved = await self._close(text)
        elif about.item:
            saved = await self._mark((about.record, about.item), about.value, text)
        else:
            saved = await self._miss(about.record, text, found=False)
        if saved:
            box.drop()
        return saved

    @on(Grid.Touched)
    def _touched(self) -> None:
        # In the queue of the application, where the keys are: one after the other.
        self.app.call_later(self._cell_left)

    async def _cell_left(self) -> None:
        """Save the remark as another cell is gone to, as Enter does; a set is closed by nothing but Enter."""
        about, there, box = self._asked, self.cell(), self.query_one(AskBox)
        if about is None or there is None:
            return
        await box.drained()
        if not about.record or not box.changed or await self._taken(about):
            self._leave_line(about)
            self.stand_on(there)
        else:
            self.stand_on((about.record, about.item))

    async def _close(self, reason: str) -> bool:
        from audit.marking import close

        set_id = self._set or ""
        done = await self.try_at(lambda session: close(session, set_id, reason))
        if done is not None:
            self.saved(_CLOSED_NOW)
        return done is not None

    def action_unasked(self) -> None:
        """Leave the line without writing anything; what was typed waits for the next time."""
        if self._asked is not None:
            self._leave_line(self._asked)

    def _leave_line(self, about: About) -> None:
        self._asked = None
        self.query_one(AskBox).close()
        self.repaint()
        grid = self._grid
        if grid is not None and about.record and grid.items:
            here = self.cell()
            place = grid.items[-1].id if self._by_record or here is None else here[1]
            cell = (about.record, about.item or place)
            if about.was_open:
                self.go_on(cell, was_open=True)
            else:
                self.stand_on((about.record, about.item))
        self.refresh_bindings()

    @on(Grid.Chosen)
    async def action_choose(self) -> None:
        """Offer everything that can be done with the cell."""
        from tui.screens.asking import Pick
        from tui.screens.record_choices import choices_for

        cell, about = self.cell(), self._asked
        if about is not None and cell != (about.record, about.item):
            self.app.call_later(self._cell_left)  # as above
        if about is not None or cell is None:
            return

        async def chosen(action: str) -> None:
            await self.run_action(action)

        choices = choices_for(self.item(cell[1]))
        await self.over(Pick(_CHOOSE.format(record=cell[0], item=cell[1]), choices), chosen)

"""Scoring on site: a list, the item in the middle, and one key for every answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on

from checklists.text import Text
from tui.plain import in_short
from tui.screens import score_asks as asks
from tui.screens import score_work as work
from tui.screens.score_drafts import DraftingPage
from tui.screens.score_groups import GROUPINGS, section_of
from tui.screens.score_keys import KEYS
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from pathlib import Path

    from textual.binding import BindingType

    from audit.full_marks import FullMarks

_FLAGGED, _UNFLAGGED = Text("已标记，以后再看", "Flagged for later"), Text("已取消标记", "Flag taken away")
_UNDONE, _REDONE = (
    Text("已撤销 {item} {what}", "Taken back: {item} {what}"),
    Text("已重做 {item} {what}", "Done again: {item} {what}"),
)
_GIVEN = Text("已给 {count} 项满分", "{count} items were given full marks")
_NO_MORE = Text("没有未评的检查项", "No item is open")
_NO_SECTION = Text("加分项不属于任何项目", "A bonus item belongs to no section")
_NO_SET = Text("{item} 不从抽样记录得出", "{item} is not read from records")
_HISTORY = Text("{item} 操作记录", "History of {item}")
_EVIDENCE = Text("{item} 的佐证文件", "Evidence for {item}")
_FILE = Text("照片、截图或文件的路径", "Path of a photo, a screenshot or a file")
_WHILE_ASKING = frozenset({"escape", "next_open", "leave", "tally"})
"""What works while a question is open, beside its own digits and arrows."""


class ScorePage(DraftingPage):
    """The heart of it."""

    CSS_PATH = "score.tcss"
    AUTO_FOCUS = "#items"
    ABOUT = Text(
        "逐项评分。满分自动到下一未评项；失分时光标停在原因：数字选常见原因或直接输入，回车继续。"
        "每个评分立即存盘。不能用字母键时，在检查项上按回车，用方向键选择。",
        "Score item by item. Full marks go on to the next open item; when points are lost the cursor stands in the "
        "reason: digits pick a usual cause, or type one, Enter goes on. Every answer is saved at once. Where letters "
        "cannot be typed, press Enter on the item and choose with the arrows.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]

    # -- opening -----------------------------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        """Show what was done elsewhere; another audit begins where one was in it."""
        self.app.call_later(self._open)

    async def on_screen_suspend(self) -> None:
        """Save what is being typed before another page, and perhaps another audit, comes up."""
        if self.app.current_mode != "score" and self.is_ready:
            self.desk_app.stood_on = (self._ref, self.place)
            await self.leave_question()

    async def _open(self) -> None:
        seen, wanted = self.desk_app.desk.seen, self.desk_app.wanted_item
        if seen is None or not self.is_mounted:
            return
        if seen.ref != self._ref:
            self.forget()
            found = await self.try_at(work.opened)
            self.earlier = {} if found is None else found.earlier
            self._ref = seen.ref
            self.group(self.grouping, (found and found.place) or next(iter(seen.checklist.items)))
            if wanted is None:
                self.take_up()
        if wanted is not None:
            self.desk_app.wanted_item = None
            if wanted != self.place:
                await self.leave_question()
                self.group(self.grouping, wanted)
        self.repaint()
        self.refresh_bindings()
        self.call_after_refresh(self.repaint)

    def relabel(self) -> None:
        """Say everything in the language spoken; what is being typed stays."""
        self.box.speak(self.lang)
        self.repaint()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to the line while something is asked; none works before the audit is in view."""
        if not self.is_ready:
            return action == "leave"
        if action == "enter":
            return parameters == (self.enter_means,)
        ask = self.box.ask
        if ask is None:
            return action != "escape"
        if action == "digit":
            return self.box.takes_digits
        if action == "minus":
            return self.box.takes_counts
        return bool(ask.options) if action == "move" else action in _WHILE_ASKING

    # -- moving ------------------------------------------------------------------------------------------------------

    async def action_enter(self, _meant: str) -> None:
        """Finish what is begun; otherwise offer all that can be done."""
        if not await self.enter():
            from tui.screens.score_menu import Menu

            self.app.push_screen(Menu(self.view), self._chosen)

    def _chosen(self, action: str | None) -> None:
        if action is not None:
            self.app.call_later(self.run_action, action)

    async def action_escape(self) -> None:
        """Close the question; what was typed waits."""
        left = await self.leave_question()
        self.repaint()
        if left is not None:
            self.tell(left)

    async def action_leave(self) -> None:
        """Save a reason that is being typed, keep anything else for the next time, and leave the application."""
        ask = self.box.ask if self.is_ready else None
        if ask is None or ask.purpose == asks.REASON:
            await self.leave_question()
        else:
            await self.box.drained()
            self.keep_typed()
        self.app.exit()

    async def action_move(self, by: int) -> None:
        """Go to the next row, or the next option of a question."""
        if self.box.ask is not None:
            self.box.move(by)
            self.say_enter()
        else:
            self.move_to(self.after(self.place, by) or self.place)

    async def action_next_open(self, by: int) -> None:
        """Go to the next open item."""
        left = await self.leave_question()
        found = self.open_after(self.place, by)
        self.move_to(found or self.place)
        if found is None or left is not None:
            self.tell(left or _NO_MORE)

    def action_section(self, by: int) -> None:
        """Go to the next group."""
        self.move_to(self.beside(by) or self.place)

    def action_read(self, by: int) -> None:
        """Scroll the item's text."""
        pane = self.query_one("#item")
        pane.scroll_relative(y=by * max(1, pane.size.height - 2), animate=False)

    def action_grouping(self) -> None:
        """Group by the next of department, place and method; the item stays."""
        self.group(GROUPINGS[(GROUPINGS.index(self.grouping) + 1) % len(GROUPINGS)])
        self.repaint()

    def action_points(self) -> None:
        """Show or hide points."""
        self.points = not self.points
        self.repaint()

    @on(LineList.Picked)
    def _row_clicked(self, event: LineList.Picked) -> None:
        self.app.call_later(self._go, event.key)

    async def _go(self, row: str) -> None:
        """Go to an item, or to the beginning of a group."""
        left = await self.leave_question()
        self.move_to(row if row in self.order else self.groups[int(row)].items[0].id)
        if left is not None:
            self.tell(left)

    def action_find(self) -> None:
        """Find an item."""
        from tui.screens.score_find import FindItem

        items = [item for group in self.groups for item in group.items]
        self.app.push_screen(FindItem(items), self._found)

    def _found(self, item: str | None) -> None:
        if item is not None:
            self.app.call_later(self.move_to, item)

    # -- beside the answer -------------------------------------------------------------------------------------------

    def action_value(self) -> None:
        """Type the answer."""
        self.ask_value()

    def action_note(self) -> None:
        """Write a note."""
        self.ask(asks.note_ask(""))

    async def action_flag(self) -> None:
        """Flag the item, or take the flag away."""
        item = self.place
        done = await self.save(lambda session: work.flag(session, item))
        self.repaint()
        if done is not None:
            self.tell(_FLAGGED if done[0] else _UNFLAGGED)

    async def action_undo(self) -> None:
        """Take back what was done last, and go there."""
        await self._turn(again=False)

    async def action_redo(self) -> None:
        """Do again what was taken back, and go there."""
        await self._turn(again=True)

    async def _turn(self, *, again: bool) -> None:
        done = await self.save(lambda session: work.turn_back(session, again=again))
        if done is None:
            return
        self.collected.pop(self.place, None)
        item, what = done[0]
        self.move_to(item if item in self.order else self.place)
        said = (_REDONE if again else _UNDONE).format(item=item or "", what=what)
        self.tell(in_short(said, self.size.width // 2 - 4))

    async def action_records(self) -> None:
        """Go to the record sheet the item is read from."""
        drawn = getattr(self.item, "set", None)
        if drawn is None:
            self.tell(_NO_SET.format(item=self.place), error=True)
            return
        self.desk_app.wanted_set = f"{drawn}/{self.place}"
        await self.desk_app.action_page("records")

    async def action_full(self) -> None:
        """Offer full marks for the section of the item in view."""
        from tui.screens.score_full import SectionFull

        if self.refused_as_signed():
            return
        section = section_of(self.seen.checklist, self.place)
        if section is None:
            self.tell(_NO_SECTION, error=True)
            return
        found: FullMarks | None = await self.try_at(lambda session: work.proposed(session, section))
        if found is not None:
            self.app.push_screen(SectionFull(found), partial(self._confirmed, section))

    def _confirmed(self, section: str, excepted: tuple[str, ...] | None) -> None:
        if excepted is not None:
            self.app.call_later(self._give_full, section, excepted)

    async def _give_full(self, section: str, excepted: tuple[str, ...]) -> None:
        done = await self.save(lambda session: work.give_full(session, section, excepted))
        if done is not None:
            self.move_to(self.place if self.is_open(self.place) else self.open_after(self.place) or self.place)
            self.tell(_GIVEN.format(count=done[0]))

    async def action_history(self) -> None:
        """Show what was done to the item."""
        from tui.screens.asking import Reading

        item = self.place
        told = await self.try_at(lambda session: work.told_history(session, item))
        if told is not None:
            self.app.push_screen(Reading(_HISTORY.format(item=item), [told]))

    def action_evidence(self) -> None:
        """Take a file in as evidence."""
        from tui.screens.asking import AskPath
        from tui.screens.evidence_file import look_at_file

        if self.refused_as_signed():
            return
        item = self.place
        asked = AskPath(_EVIDENCE.format(item=item), _FILE, trying=look_at_file)
        self.app.push_screen(asked, partial(self._file_named, item))

    def _file_named(self, item: str, path: Path | None) -> None:
        if path is not None:
            self.run_worker(self._add(item, path))

    async def _add(self, item: str, path: Path) -> None:
        """Read the file beside the desk, so that scoring goes on meanwhile."""
        from checklists.text import UserError

        try:
            told = await self.desk_app.desk.beside(lambda session: work.add_file(session, item, path))
        except UserError as error:
            self.tell(error.text, error=True)
            return
        self.tell(told)
        self.repaint()

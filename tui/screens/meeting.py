"""The closing meeting: one weak item at a time, large, with its records and files; correction with reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.widgets import Static

from checklists.text import Text
from tui.keys import key
from tui.plain import plain
from tui.screens import review_work as work
from tui.screens.meeting_text import files_of, meeting_text
from tui.screens.page import Page
from tui.screens.score_text import laid_out
from tui.wrapping import ends

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from audit.findings import WeakItem
    from audit.review import Review
    from audit.scorecard import ItemScore

_TITLE = Text("会议视图  {dealer}", "Meeting view  {dealer}")
_WHERE = Text("{at} / {all}", "{at} / {all}")
_STATE = Text("本项失 {lost} 分；弱项共失 {all} 分", "{lost} points lost here, {all} in all weak items")
_ADDED = Text("现在不是弱项", "not a weak item now")
_SIGNED = Text("已签字封存，不能更正", "Signed and sealed: nothing can be corrected")
_NO_ITEM = Text("这一条不来自检查项，没有可更正的评分", "This one stands for no item: there is no answer to correct")
_IN_RECORDS = Text("{item} 从抽样记录得出：请在记录表中更正", "{item} is read from records: correct it there")
_CORRECTED = Text("{item} 已更正", "{item} is corrected")
_NO_FILES = Text("{item} 没有照片或文件", "{item} has no photo or file")
_WHICH = Text("打开哪一个？", "Which one?")
_OPENED = Text("已用系统查看器打开 {path}", "Opened outside: {path}")
_CANNOT = Text("这里没有查看器；文件已导出：{path}", "There is no viewer here; the file was written to {path}")
_MENU = Text("{item}", "{item}")
_CHOICES = (
    ("next(1)", Text("→  下一弱项", "→  Next weak item")),
    ("next(-1)", Text("←  上一弱项", "←  Weak item before")),
    ("correct", Text("c  更正评分", "c  Correct the answer")),
    ("open", Text("o  打开照片或文件", "o  Open a photo or file")),
    ("score", Text("g  前往评分页", "g  Go to the Score page")),
    ("leave", Text("返回审核", "Back to the review")),
)


class MeetingPage(Page):
    """Stands over the review; Escape goes back to it."""

    CSS_PATH = "meeting.tcss"
    AUTO_FOCUS = "#paper"
    ABOUT = Text(
        "与经销商逐条核对弱项：标准、评分、失分、原因、抽样记录、照片。← → 换一条；c 更正评分，必须写明为什么。"
        "Esc 离开会议；F8 总是回到审核页，再按 v 从离开的那一条继续。",
        "Goes through the weak items with the dealership: the standard, the answer, points lost, reason, records, "
        "photos. ← → changes the item; c corrects the answer, saying why. Escape leaves the meeting; F8 always shows "
        "the review, where v goes on at the item one was at.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("right,n,right_square_bracket,pagedown", "next(1)", "下一条", "Next", show=True, priority=True),
        key("left,b,left_square_bracket,pageup", "next(-1)", "上一条", "Before", show=True, priority=True),
        key("c", "correct", "更正", "Correct", show=True),
        key("o,e", "open", "打开照片", "Open photo", show=True),
        key("g", "score", "前往评分页", "To the Score page"),
        key("enter,f10", "menu", "全部操作", "Menu", priority=True),
        key("escape,v,f8", "leave", "离开会议", "Leave the meeting", show=True),
    ]

    def __init__(self, number: str = "") -> None:
        """Make it.

        Args:
            number: the weak item, or any other item, to begin with; empty for the heaviest.
        """
        super().__init__()
        self._review: Review | None = None
        self._begun = False
        """Whether the order is fixed: it stays for the length of the meeting."""
        self._order: list[str] = [number] if number else []
        self._at = number

    def body(self) -> Iterable[Widget]:
        """One text that scrolls."""
        with VerticalScroll(id="paper"):
            yield Static(id="told")

    # -- showing -----------------------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self._show()
        self.repaint()

    def repaint(self) -> None:
        """Read the audit anew."""
        if self.desk_app.desk.seen is not None:
            # Not a coroutine: one that is cancelled before it began would be complained of.
            self.run_worker(self.load, exclusive=True, group="meeting")  # type: ignore[arg-type]

    async def load(self) -> None:
        """Read the review; an item looked at stays in the row although it may be weak no more."""
        found = await self.try_at(work.look_over)
        if found is None:
            return
        self._review = found
        weak = [each.number for each in found.summary.weak_items]
        if self._at and self._at not in weak and found.summary.checklist.items.get(self._at) is None:
            self._at = ""
        known = found.summary.checklist.items
        kept = [number for number in self._order if number in weak or number in known]
        # Who goes through them with the dealership keeps the place: a correction moves nothing.
        self._order = [*kept, *(n for n in weak if n not in kept)] if self._begun else _with(kept, weak, self._at)
        self._begun = True
        self._at = self._at or next(iter(self._order), "")
        self._show()

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.call_after_refresh(self._show)

    @property
    def at(self) -> str:
        """Number of the weak item in view."""
        return self._at

    @property
    def _score(self) -> ItemScore | None:
        """The score of the item in view; None where it stands for none."""
        if self._review is None:
            return None
        weak = self._weak
        own_id = self._at if weak is None else weak.item.id if weak.item else ""
        return next((s for s in self._review.summary.scorecard.items if s.item.id == own_id), None)

    @property
    def _weak(self) -> WeakItem | None:
        if self._review is None:
            return None
        return next((weak for weak in self._review.summary.weak_items if weak.number == self._at), None)

    def _show(self) -> None:
        review = self._review
        if review is None or not self.is_mounted or not self._at:
            return
        from checklists.points import printed

        weak = [weak.number for weak in review.summary.weak_items]
        at = [number for number in self._order if number in weak or number == self._at].index(self._at) + 1
        place = _WHERE.format(at=at if self._at in weak else "–", all=len(weak)).of(self.lang)
        title = plain(_TITLE.format(dealer=review.summary.dealer).of(self.lang)).plain
        self.put("#context", ends(title, place, max(20, self.size.width - 2), review.summary.dealer.of(self.lang)))
        pane = self.query_one("#paper")
        told = meeting_text(review, self._weak, self._score, self.lang)
        content = laid_out(told, max(20, pane.scrollable_content_region.width - 1))
        self.query_one("#told", Static).update(content)
        here = self._weak
        if here is None:
            self.put("#state", _ADDED)
            return
        lost = sum((each.points_lost for each in review.summary.weak_items), here.points_lost * 0)
        self.put("#state", _STATE.format(lost=printed(here.points_lost), all=printed(lost)))

    # -- doing -------------------------------------------------------------------------------------------------------

    def action_next(self, by: int) -> None:
        """Go to the next weak item."""
        if self._at in self._order:
            at = self._order.index(self._at) + by
            self._at = self._order[min(max(at, 0), len(self._order) - 1)]
            self.query_one("#paper").scroll_home(animate=False)
            self._show()

    async def action_menu(self) -> None:
        """Offer all that can be done, for arrows and Enter alone."""
        from tui.screens.asking import Pick

        async def chosen(action: str) -> None:
            await self.run_action(action)

        await self.over(Pick(_MENU.format(item=self._at), _CHOICES), chosen)

    async def action_correct(self) -> None:
        """Correct the answer; what is read from records is corrected there."""
        from tui.screens.correcting import correcting

        score, review = self._score, self._review
        if review is None or score is None:
            self.tell(_NO_ITEM, error=True)
            return
        item = score.item
        if review.summary.signature is not None:
            self.tell(_SIGNED, error=True)
        elif item.set in {grid.id for grid in review.summary.records}:
            self.tell(_IN_RECORDS.format(item=item.id))
            self.desk_app.wanted_set = f"{item.set}/{item.id}"
            await self.desk_app.action_page("records")
        else:

            async def done(_: object) -> None:
                self.tell(_CORRECTED.format(item=item.id))
                await self.load()

            await self.over(correcting(score, self.desk_app.desk, self.lang), done)

    async def action_score(self) -> None:
        """Go to the item on the Score page."""
        if self._score is None:
            self.tell(_NO_ITEM, error=True)
            return
        self.desk_app.wanted_item = self._score.item.id
        await self.desk_app.action_page("score")

    async def action_open(self) -> None:
        """Open a photo or file of the item outside the terminal."""
        from tui.screens.asking import Pick

        pieces = files_of(self._review, self._score.item.id) if self._review and self._score else []
        if not pieces:
            self.tell(_NO_FILES.format(item=self._at))
        elif len(pieces) == 1:
            await self._open("0")
        else:
            names = [(str(n), Text(f"{n + 1}  {p.name}", f"{n + 1}  {p.name}")) for n, p in enumerate(pieces)]
            await self.over(Pick(_WHICH, names), self._open)

    async def _open(self, number: str) -> None:
        """Write the item's files out and show one of them; a browser is handed it."""
        from tui.viewer import show_file, temporary

        score = self._score
        if score is None:
            return
        item, folder = score.item.id, temporary() / self.seen.ref
        written = await self.try_at(lambda session: work.export_files(session, item, folder))
        if written is None or int(number) >= len(written):
            return
        piece, path = written[int(number)]
        if self.app.is_web:
            self.app.deliver_binary(path, save_filename=path.name, open_method="browser", mime_type=piece.media)
        else:
            self.tell((_OPENED if show_file(path) else _CANNOT).format(path=path))

    def action_leave(self) -> None:
        """Go back to the review."""
        self.app.pop_screen()


def _with(order: list[str], weak: list[str], here: str) -> list[str]:
    """Return the weak items; the one looked at keeps its place among them although it may be weak no more."""
    if not here or here in weak:
        return weak
    before = [number for number in order[: order.index(here)] if number in weak] if here in order else []
    at = weak.index(before[-1]) + 1 if before else 0
    return [*weak[:at], here, *weak[at:]]

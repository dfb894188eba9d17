"""Objections and the final word: what the dealership disputes, how it was answered, what was amended since signing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from checklists.text import Text
from tui import closing_view as view
from tui.closing_told import told_of
from tui.keys import key
from tui.plain import plain
from tui.screens.closing_work import ClosingWork
from tui.screens.score_text import laid_out
from tui.widgets.line_list import LineList
from tui.wrapping import ends

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from tui.widgets.line_list import Line

_TITLE = Text("异议与定稿  {dealer}  {date}", "Objections  {dealer}  {date}")
_TOTAL = Text("{now} / {possible}", "{now} / {possible}")
_CHANGED = Text("{signed} → {now} / {possible}", "{signed} → {now} / {possible}")
_FIRST = Text(
    "还没有签字：先在审核页（F8）解决未评和冲突，按 s 签字封存；之后在这里记录异议、修正和定稿。",
    "Not signed yet: settle what is open on the review (F8) and sign there with s; objections, amendments and the "
    "final word come here afterwards.",
)
_STATE = Text(
    "异议 {objections}（待答复 {waiting}），已修正 {amended} 项，异议期到 {due}",
    "Objections: {objections} ({waiting} to be decided), answers amended: {amended}, objections until {due}",
)
_FINAL = Text("已定稿：{by}", "Final: {by}")
_PAGE = 12
_MENU = Text("异议与定稿", "Objections")
_CHOICES = (
    ("open", Text("处理这一行", "Do what this line asks for")),
    ("object", Text("n  提出异议", "n  Raise an objection")),
    ("decide", Text("d  答复异议", "d  Decide an objection")),
    ("amend", Text("m  不经异议修正评分", "m  Amend an answer without an objection")),
    ("files", Text("o  打开补交的文件或扫描件", "o  Open late evidence or a scan")),
    ("scan", Text("u  附上签字扫描件", "u  Attach the signed scan")),
    ("finalize", Text("f  定稿", "f  Make it final")),
    ("plan", Text("l  改进计划", "l  Improvement plan")),
    ("report", Text("p  生成报告", "p  Write the report")),
    ("leave", Text("回到审核", "Back to the review")),
)


class ClosingPage(ClosingWork):
    """Groups of lines, and all that is known of the one marked."""

    CSS_PATH = "closing.tcss"
    AUTO_FOCUS = "#lines"
    ABOUT = Text(
        "签字之后：n 记录经销商的异议（可附补交的文件），回车或 d 答复，成立的异议按评分规则录入新评分并成为修正；"
        "m 不经异议修正。两个答案都留着，报告中都印出。全部答复后按 f 定稿。u 附上签字盖章的扫描件。",
        "After signing: n records an objection of the dealership with its late evidence, Enter or d decides it; a "
        "granted one takes the new answer by the item's rule and becomes an amendment. m amends without an objection. "
        "Both answers stay and are printed. When all are decided, f makes the audit final. u attaches the signed, "
        "stamped scan.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "open", "处理", "Do it", show=True, priority=True),
        key("n,ctrl+n", "object", "提出异议", "Objection", show=True),
        key("d", "decide", "答复", "Decide"),
        key("m", "amend", "修正", "Amend", show=True),
        key("u", "scan", "扫描件", "Attach the scan"),
        key("f", "finalize", "定稿", "Final", show=True),
        key("o", "files", "打开文件", "Open a file"),
        key("l", "plan", "改进计划", "Plan"),
        key("p", "report", "报告", "Report"),
        key("up", "move(-1)", "上移", "Up", priority=True),
        key("down", "move(1)", "下移", "Down", priority=True),
        key("pageup", f"move(-{_PAGE})", "上翻", "Page up", priority=True),
        key("pagedown", f"move({_PAGE})", "下翻", "Page down", priority=True),
        key("right,tab", "group(1)", "下一组", "Next group", priority=True),
        key("left,shift+tab", "group(-1)", "上一组", "Group before", priority=True),
        key("right_square_bracket,shift+down", "read(1)", "详情下滚", "Text: down", priority=True),
        key("left_square_bracket,shift+up", "read(-1)", "详情上滚", "Text: up", priority=True),
        key("f10", "menu", "全部操作", "Menu", show=True),
        key("escape", "leave", "回到审核", "Back to the review"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._at = ""

    def offers(self, action: str) -> bool:
        """Name no change where nothing can be changed: before the signatures, after the final word."""
        changeable = self.meeting is not None and self.meeting.signature is not None and self.meeting.finalized is None
        return changeable or action not in {"object", "amend", "finalize"}

    def body(self) -> Iterable[Widget]:
        """What comes first, or the lines and what is told of one."""
        yield Static(id="first")
        with Container(id="parts"):
            yield LineList(id="lines")
            with VerticalScroll(id="told-scroll", can_focus=False):
                yield Static(id="told")

    # -- showing -----------------------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#first", _FIRST)
        self._show()
        self.repaint()

    def repaint(self) -> None:
        """Read the meeting anew."""
        if self.desk_app.desk.seen is not None:
            # Not a coroutine: one that is cancelled before it began would be complained of.
            self.run_worker(self.load, exclusive=True, group="closing")  # type: ignore[arg-type]

    async def load(self) -> None:
        """Read the meeting and show it."""
        found = await self.try_at(view.meeting_of)
        if found is not None:
            self.meeting = found
            self._show()
            self.refresh_bindings()

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.call_after_refresh(self._show)

    def _lines(self) -> list[Line]:
        return view.lines_of(self.meeting, self.lang) if self.meeting is not None else []

    @property
    def here(self) -> str:
        """Key of the line under the cursor."""
        return self._at

    def stand_on(self, line: str) -> None:
        """Put the cursor on a line."""
        self._at = line
        self._show()

    def _show(self) -> None:
        meeting = self.meeting
        if meeting is None or not self.is_mounted:
            return
        from tui.words import points

        signed, lines = meeting.signature is not None, self._lines()
        self.query_one("#first").display = not signed
        self.query_one("#parts").display = signed
        keys = [line.key for line in lines if not line.heading]
        if self._at not in keys:
            self._at = self._first(keys)
        named = self.seen.state.details["dealership"]
        dealer = Text(named["zh"], named["en"])
        title = _TITLE.format(dealer=dealer, date=self.seen.state.details["date"])
        figures = {
            "signed": points(meeting.signed_total),
            "now": points(meeting.total),
            "possible": points(meeting.possible),
        }
        total = (_CHANGED if meeting.signed_total != meeting.total else _TOTAL).format(**figures).of(self.lang)
        width = max(20, self.size.width - 2)
        name = dealer.of(self.lang)
        self.put("#context", ends(plain(title.of(self.lang)).plain, total if signed else "", width, name))
        self.query_one(LineList).show(lines, self._at)
        self.put("#state", self._state() if signed else "")
        self._tell()
        self.call_after_refresh(self._tell)  # once more when the pane has its width

    def _first(self, keys: list[str]) -> str:
        """Return where to begin: the first objection that waits, else the first one, else the first line."""
        waiting = [view.OBJECTION + number for number in self.meeting.waiting] if self.meeting is not None else []
        raised = [line for line in keys if line.startswith(view.OBJECTION)]
        return next(iter([*waiting, *raised, *keys]), "")

    def _state(self) -> Text:
        meeting = self.meeting
        if meeting is None:
            return Text("", "")
        if meeting.finalized is not None:
            return _FINAL.format(by=meeting.finalized.by)
        amended = len({amendment.item for amendment in meeting.amendments if amendment.stands})
        counts = {"objections": len(meeting.objections), "waiting": len(meeting.waiting), "amended": amended}
        return _STATE.format(due=meeting.due, **counts)

    def _tell(self) -> None:
        if self.meeting is None:
            return
        pane = self.query_one("#told-scroll")
        told = [(label.of(self.lang), text.of(self.lang), style) for label, text, style in self._told()]
        self.query_one("#told", Static).update(laid_out(told, max(20, pane.size.width - 4)))
        pane.scroll_home(animate=False)

    def _told(self) -> list[view.Paragraph]:
        return told_of(self.meeting, self._at) if self.meeting is not None else []

    # -- going about -------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Go up or down the lines."""
        keys = [line.key for line in self._lines() if not line.heading]
        if self._at in keys:
            self.stand_on(keys[max(0, min(keys.index(self._at) + by, len(keys) - 1))])

    def action_group(self, by: int) -> None:
        """Go to the first line of the next group, or of the one before."""
        lines = self._lines()
        firsts = [n for n, line in enumerate(lines) if n and lines[n - 1].heading]
        at = next((n for n, line in enumerate(lines) if line.key == self._at), 0)
        beyond = [n for n in firsts if n > at] if by > 0 else [n for n in reversed(firsts) if n < at]
        if beyond:
            self.stand_on(lines[beyond[0]].key)

    def action_read(self, by: int) -> None:
        """Scroll what is told."""
        self.query_one("#told-scroll").scroll_relative(y=2 * by, animate=False)

    @on(LineList.Picked)
    async def _clicked(self, event: LineList.Picked) -> None:
        if event.key == self._at:
            await self.action_open()
        elif any(line.key == event.key and not line.heading for line in self._lines()):
            self.stand_on(event.key)

    async def action_menu(self) -> None:
        """Offer all that can be done, for arrows and Enter alone."""
        from tui.screens.asking import Pick

        async def chosen(action: str) -> None:
            await self.run_action(action)

        await self.over(Pick(_MENU, _CHOICES), chosen)

    async def action_plan(self) -> None:
        """Go to the improvement plan."""
        await self.desk_app.action_page("plan")

    async def action_report(self) -> None:
        """Write the report."""
        from tui.screens.report import ReportDialog

        await self.app.push_screen(ReportDialog(self.seen.ref))

    async def action_leave(self) -> None:
        """Go back to the review."""
        await self.desk_app.action_page("review")

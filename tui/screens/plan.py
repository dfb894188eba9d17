"""The improvement plan: who does what by when, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, VerticalScroll
from textual.widgets import DataTable, Static

from checklists.text import Text, joined
from tui.keys import key
from tui.plan_view import plan_seen, told_action
from tui.screens.plan_work import PlanWork
from tui.screens.score_text import laid_out
from tui.widgets.plan_table import PlanTable
from tui.wrapping import naming

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from audit.plan import Action

_TITLE = Text("改进计划  {dealer}  {ref}", "Improvement plan  {dealer}  {ref}")
_TOO_EARLY = Text(
    "还没有签字：改进计划以签字结果为准。先在审核页（F8）按 s 签字封存。",
    "Not signed yet: the plan follows the signed result. Sign first, on the review (F8) with s.",
)
_VISIT = Text(
    "这是跟进验收，没有自己的改进计划：请打开它所跟进的评估 {earlier}，在那里按 t 采用本次结果。",
    "This is a follow-up visit and has no plan of its own: open the audit it follows, {earlier}, and take its results "
    "over there with t.",
)
_EMPTY = Text(
    "还没有改进计划：按回车或 g 由弱项和辅导方向起草，每个弱项归入一条措施。",
    "There is no plan yet: Enter or g drafts it from the weak items and coaching directions, each weak item in one "
    "action.",
)
_NONE_LATE = Text("没有逾期的措施：按 o 显示全部", "No action is overdue: o shows them all")
_SUMMED = Text(
    "{count} 条：逾期 {late}；未开始 {open}，进行中 {in_progress}，已完成 {done}，已验证 {verified}，取消 {cancelled}",
    "{count} actions: overdue {late}; open {open}, running {in_progress}, done {done}, verified {verified}, "
    "cancelled {cancelled}",
)
_ONLY_LATE = Text("[只看逾期] {text}", "[overdue only] {text}")
_LEFT = Text("{count} 个弱项还没有措施：按 g 补上", "Weak items without an action: {count}; g adds them")
_MENU = Text("改进计划", "Improvement plan")
_CHOICES = (
    ("edit", Text("修改这条措施", "Change this action")),
    ("done", Text("d  报告完成（写明证据）", "d  Report it done, with its proof")),
    ("verify", Text("v  验证", "v  Verify it")),
    ("cancel", Text("c  取消（写明原因）", "c  Cancel it, with a reason")),
    ("add", Text("a  新增措施", "a  Add an action")),
    ("draft", Text("g  起草，或为漏下的弱项补措施", "g  Draft, or add what is missing")),
    ("overdue", Text("o  只看逾期 / 看全部", "o  Only what is overdue / all")),
    ("export", Text("e  导出到 Excel", "e  Write it to Excel")),
    ("import", Text("i  从 Excel 读回", "i  Read it back from Excel")),
    ("results", Text("t  采用跟进验收或复评的结果", "t  Take over what a follow-up or re-audit found")),
    ("route", Text("r  推荐达标路径", "r  The route to the target")),
    ("report", Text("p  生成报告", "p  Write the report")),
    ("leave", Text("回到审核", "Back to the review")),
)


class PlanPage(PlanWork):
    """The table of actions, and the one under the cursor whole."""

    CSS_PATH = "plan.tcss"
    AUTO_FOCUS = "#actions"
    ABOUT = Text(
        "改进计划：! 逾期，~ 进行中，✓ 已完成或已验证。回车修改；d 报告完成须写明证据，v 由责任人以外的人验证，"
        "c 取消须写明原因。e 导出给经销商填写，i 读回：先逐条列出改动，确认后才写入。r 计算最省工作量的达标路径。",
        "The plan: ! overdue, ~ running, ✓ done or verified. Enter changes an action; d reports it done with its "
        "proof, v verifies it (never its owner), c cancels it with a reason. e writes it out for the dealership, i "
        "reads it back and shows every change before writing. r finds the route of least effort to the target.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "edit", "修改", "Change", show=True, priority=True),
        key("enter", "begin", "起草", "Draft", show=True, priority=True),
        key("d", "done", "完成", "Done", show=True),
        key("v", "verify", "验证", "Verify"),
        key("c", "cancel", "取消措施", "Cancel"),
        key("a", "add", "新增措施", "Add an action"),
        key("g", "draft", "起草", "Draft"),
        key("o", "overdue", "只看逾期", "Overdue only"),
        key("e", "export", "导出", "Export", show=True),
        key("i", "import", "导入", "Import", show=True),
        key("t", "results", "采用验收结果", "Take results over"),
        key("r", "route", "达标路径", "Route"),
        key("p", "report", "报告", "Report"),
        key("right_square_bracket,shift+down", "read(1)", "详情下滚", "Text: down", priority=True),
        key("left_square_bracket,shift+up", "read(-1)", "详情上滚", "Text: up", priority=True),
        key("tab,right", "read(4)", "详情下翻", "Text: page down", priority=True),
        key("shift+tab,left", "read(-4)", "详情上翻", "Text: page up", priority=True),
        key("f10", "menu", "全部操作", "Menu", show=True),
        key("escape", "leave", "回到审核", "Back to the review"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._only_late = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have Enter draft a plan that is empty, and change an action of another."""
        del parameters
        if action in {"begin", "edit"}:
            return (action == "edit") == self._is_planned()
        return True

    def offers(self, action: str) -> bool:
        """Name what is done with actions only where there are some."""
        if action == "begin":
            return self._can_plan() is not None
        return self._is_planned() or action not in {"done", "export", "import"}

    def _is_planned(self) -> bool:
        return self.known is not None and bool(self.known.plan.actions)

    def body(self) -> Iterable[Widget]:
        """What comes first, or the table and the action marked."""
        yield Static(id="first")
        yield Static(id="problems", classes="conflict")
        with Container(id="parts"):
            yield PlanTable(id="actions")
            with VerticalScroll(id="told-scroll", can_focus=False):
                yield Static(id="told")

    # -- showing -----------------------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self._show()
        self.repaint()

    def repaint(self) -> None:
        """Read the plan anew."""
        if self.desk_app.desk.seen is not None:
            # Not a coroutine: one that is cancelled before it began would be complained of.
            self.run_worker(self.load, exclusive=True, group="plan")  # type: ignore[arg-type]

    async def load(self, wanted: str = "") -> None:
        """Read the plan and show it, with the cursor on an action."""
        found = await self.try_at(plan_seen)
        if found is not None:
            self.known = found
            self._show(wanted)
            self.refresh_bindings()

    def on_resize(self) -> None:
        """Fit the columns."""
        self.call_after_refresh(self._show)

    def _first(self) -> Text | None:
        """Return what has to be done before there are actions to show; None where there are."""
        known = self.known
        if known is None:
            return Text("", "")
        if known.earlier:
            return _VISIT.format(earlier=known.earlier)
        if known.status == "open":
            return _TOO_EARLY
        if not known.plan.actions:
            return _EMPTY
        return _NONE_LATE if self._only_late and not known.overdue else None

    def _show(self, wanted: str = "") -> None:
        known = self.known
        if known is None or not self.is_mounted:
            return
        first = self._first()
        named = self.seen.state.details["dealership"]
        dealer = Text(named["zh"], named["en"])
        title = _TITLE.format(dealer=dealer, ref=known.ref).of(self.lang)
        self.put("#context", naming(title, dealer.of(self.lang), max(20, self.size.width - 2)))
        self.query_one("#first").display = first is not None
        self.put("#first", first or "")
        self.query_one("#parts").display = first is None
        self.query_one("#problems").display = bool(known.plan.problems)
        self.put("#problems", joined(list(known.plan.problems), "\n", "\n") if known.plan.problems else "")
        shown = known.overdue if self._only_late else known.plan.actions
        room = self.size.width - (46 if self.has_class("-wide") and not self.has_class("-huge") else 0)
        room -= 80 if self.has_class("-huge") else 0
        self.query_one(PlanTable).show(known, shown, self.lang, room, wanted)
        self.put("#state", self._state())
        self._tell()
        self.call_after_refresh(self._tell)  # once more when the pane has its width

    def _state(self) -> Text:
        known = self.known
        if known is None or not known.plan.actions:
            return Text("", "")
        statuses = ("open", "in_progress", "done", "verified", "cancelled")
        counts = {status: sum(a.status == status for a in known.plan.actions) for status in statuses}
        text = _SUMMED.format(count=len(known.plan.actions), late=len(known.overdue), **counts)
        if known.plan.unassigned:
            text = joined([_LEFT.format(count=len(known.plan.unassigned)), text], zh="；", en="; ")
        return _ONLY_LATE.format(text=text) if self._only_late else text

    @on(DataTable.RowHighlighted)
    def _tell(self) -> None:
        action, pane = self.here, self.query_one("#told-scroll")
        if self.known is None or action is None:
            return
        told = told_action(self.known, action, self.lang)
        lines = [(label.of(self.lang), text.of(self.lang), style) for label, text, style in told]
        self.query_one("#told", Static).update(laid_out(lines, max(20, pane.size.width - 4)))
        pane.scroll_home(animate=False)

    @property
    def here(self) -> Action | None:
        """The action under the cursor."""
        return self.query_one(PlanTable).here if self._first() is None else None

    # -- going about -------------------------------------------------------------------------------------------------

    @on(DataTable.RowSelected)
    async def _selected(self) -> None:
        await self.action_edit()

    def action_read(self, by: int) -> None:
        """Scroll the action."""
        self.query_one("#told-scroll").scroll_relative(y=2 * by, animate=False)

    def action_overdue(self) -> None:
        """Show only what is overdue, or all."""
        self._only_late = not self._only_late
        self._show()

    async def action_menu(self) -> None:
        """Offer all that can be done, for arrows and Enter alone."""
        from tui.screens.asking import Pick

        async def chosen(action: str) -> None:
            await self.run_action(action)

        await self.over(Pick(_MENU, _CHOICES), chosen)

    async def action_report(self) -> None:
        """Write the report."""
        from tui.screens.report import ReportDialog

        await self.app.push_screen(ReportDialog(self.seen.ref))

    async def action_leave(self) -> None:
        """Go back to the review."""
        await self.desk_app.action_page("review")

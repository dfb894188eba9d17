"""The route to the target (推荐达标路径): found beside, stopped with a key, shown step by step with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.widgets import ProgressBar, Static

from checklists.text import Text, UserError
from tui.keys import key
from tui.route_view import title_of
from tui.screens.asked import CHOICE, Asked, WrongFields
from tui.screens.fields_dialog import FieldsDialog
from tui.screens.page import Page
from tui.screens.score_text import laid_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingType
    from textual.widget import Widget
    from textual.worker import Worker

    from tui.route_process import Told

_FINDING = Text("正在计算最省工作量的路径，Esc 停止", "Finding the route of least effort; Escape stops")
_STOPPED = Text("已停止：按 t 选择目标并重新计算", "Stopped: t chooses the target and begins anew")
_DONE = Text(
    "按 t 换一个目标；关键、安全和法规弱项总在路径上",
    "t changes the target; critical, safety and legal items are always in",
)
_ASK = Text("目标", "Target")
_TARGET, _DEPARTMENTS = Text("目标总分", "Total to reach"), Text("各部门", "Departments")
_TARGET_HINT = Text("空着即为及格分", "empty: the points to pass")
_EACH = (
    ("", Text("不单独要求", "not asked for")),
    ("yes", Text("也都要及格", "each reaches its pass mark too")),
)
_BAD = Text("请输入不小于 0 的数，如 700", "Type a number of 0 or more, such as 700")


class RoutePage(Page):
    """Stands over the plan; Escape goes back to it."""

    CSS_PATH = "route.tcss"
    AUTO_FOCUS = "#paper"
    ABOUT = Text(
        "达到目标总分所需工作量最少的改进路径：先做必须做的（关键、安全、法规），再按每个工作日的得分排列。"
        "每一步写明为什么，总分都是重新计分得出的。",
        "The least effort that reaches the target: first what must be done (critical, safety, legal), then by points "
        "a working day. Each step says why; every total comes from scoring anew.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("t,enter,f10", "target", "目标", "Target", show=True, priority=True),
        key("escape", "leave", "停止 / 返回", "Stop / back", show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._told: list[Told] | None = None
        self._said, self._wrong = _FINDING, False
        self._asked: dict[str, str] = {"target": "", "departments": ""}
        self._work: Worker[None] | None = None

    def body(self) -> Iterable[Widget]:
        """A bar while it is being found, then one text that scrolls."""
        yield ProgressBar(id="progress", show_eta=False, show_percentage=False)
        with VerticalScroll(id="paper"):
            yield Static(id="told")

    def on_mount(self) -> None:
        """Begin at once."""
        super().on_mount()
        self._begin()

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#context", title_of(self.seen.ref))
        self._show()

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        self.put("#state", _DONE if self._told is not None else self._said)
        pane = self.query_one("#paper")
        width = max(20, pane.scrollable_content_region.width - 1)
        if self._told is None:
            style = "$error" if self._wrong else ""
            self.query_one("#told", Static).update(laid_out([("", self._said.of(self.lang), style)], width))
            return
        lines = [(told.label.of(self.lang), told.words.of(self.lang), told.style) for told in self._told]
        self.query_one("#told", Static).update(laid_out(lines, width))

    # -- finding -----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._told, self._said, self._wrong = None, _FINDING, False
        self._show()
        self._work = self.run_worker(self._find, exclusive=True, group="route", exit_on_error=False)

    async def _find(self) -> None:
        from tui.route_process import Wanted, find_route

        bar = self.query_one("#progress", ProgressBar)
        bar.update(total=None)
        bar.display = True
        wanted = Wanted(
            self.desk_app.desk.url, self.seen.ref, self._asked["target"], departments=bool(self._asked["departments"])
        )
        try:
            self._told = await find_route(wanted)
        except UserError as error:
            self._said, self._wrong = error.text, True
        bar.display = False
        self._work = None
        self._show()
        self.query_one("#paper").scroll_home(animate=False)

    async def action_target(self) -> None:
        """Choose another target, and find the route to it."""

        async def check(values: Mapping[str, str]) -> None:
            from checklists.reading import UnreadableAnswer, read_number

            try:
                good = not values["target"] or read_number(values["target"]) >= 0
            except UnreadableAnswer:
                good = False
            if not good:
                raise WrongFields({"target": _BAD})

        async def again(values: dict[str, str]) -> None:
            from checklists.reading import read_number

            target = str(read_number(values["target"])) if values["target"] else ""
            self._asked = {**values, "target": target}
            self._begin()

        asked = [
            Asked("target", _TARGET, value=self._asked["target"], hint=_TARGET_HINT),
            Asked("departments", _DEPARTMENTS, CHOICE, self._asked["departments"], options=_EACH),
        ]
        await self.over(FieldsDialog(_ASK, asked, check), again)

    def action_leave(self) -> None:
        """Stop what is being found; otherwise go back to the plan."""
        if self._work is None:
            self.app.pop_screen()
            return
        self._work.cancel()
        self._work = None
        self.query_one("#progress").display = False
        self._said = _STOPPED
        self._show()

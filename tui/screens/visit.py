"""A follow-up visit: open actions and weak items of an earlier audit, each cured or not; no points."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from checklists.text import Text, joined, listed, same
from tui.keys import key
from tui.plain import plain
from tui.screens.score_text import laid_out
from tui.screens.visit_work import ALL_DONE, VisitWork, read_visit
from tui.visit_view import told_item, visit_lines
from tui.widgets.line_list import LineList
from tui.wrapping import ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingType
    from textual.widget import Widget

    from tui.widgets.line_list import Line

_TITLE = Text("跟进验收  {dealer}  {date}", "Follow-up  {dealer}  {date}")
_DONE = Text("{done}/{all}", "{done}/{all}")
_FOLLOWS = Text("跟进 {ref}", "follows {ref}")
_SIGNED = Text("已签字封存：{auditor}", "Signed by {auditor}")
_PAGE = 12
# What changes nothing stands first: a key meant for another box does no harm then.
_CHOICES = (
    ("next_open", Text("o  下一个未确认的", "o  Next one not looked at")),
    ("yes", Text("y  已改善", "y  Cured")),
    ("no", Text("n  未改善", "n  Not cured")),
    ("note", Text("m  已改善，写明所见", "m  Cured, with a note")),
    ("undo", Text("z  撤销", "z  Undo")),
    ("sign", Text("s  签字封存", "s  Sign and seal")),
    ("report", Text("p  生成报告", "p  Write the report")),
    ("leave", Text("回到评估列表", "Back to the audits")),
)


class VisitPage(VisitWork):
    """A list with y and n, and all that is known of the line marked."""

    CSS_PATH = "visit.tcss"
    AUTO_FOCUS = "#lines"
    ABOUT = Text(
        "跟进验收只看上次的弱项和未关闭的措施：y 已改善，n 未改善（须写明所见），没有分数。F7 添加照片。"
        "全部确认后按 s 签字；之后在所跟进评估的改进计划中按 t 采用结果。",
        "A follow-up looks only at weak items and open actions of the earlier audit: y cured, n not cured (saying what "
        "was seen); there are no points. F7 adds photos. When all were looked at, s signs; then take the results over "
        "in the plan of the earlier audit with t.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("y", "yes", "已改善", "Cured", show=True),
        key("n", "no", "未改善", "Not cured", show=True),
        key("m", "note", "备注", "With a note"),
        key("o", "next_open", "下一个未确认", "Next open", show=True),
        key("z,ctrl+z", "undo", "撤销", "Undo"),
        key("s", "sign", "签字", "Sign", show=True),
        key("p", "report", "报告", "Report"),
        key("up", "move(-1)", "上移", "Up", priority=True),
        key("down", "move(1)", "下移", "Down", priority=True),
        key("pageup", f"move(-{_PAGE})", "上翻", "Page up", priority=True),
        key("pagedown", f"move({_PAGE})", "下翻", "Page down", priority=True),
        key("right_square_bracket,shift+down,right", "read(1)", "详情下滚", "Text: down", priority=True),
        key("left_square_bracket,shift+up,left", "read(-1)", "详情上滚", "Text: up", priority=True),
        key("enter,f10", "menu", "全部操作", "Menu", show=True, priority=True),
        key("escape", "leave", "回到评估列表", "Back to the audits"),
    ]

    FITTED = ("#told-scroll",)

    def __init__(self) -> None:
        super().__init__()
        self._ref = ""
        self._files: Mapping[str, int] = {}

    def body(self) -> Iterable[Widget]:
        """The list, and what is told of the line marked."""
        with Container(id="parts"):
            yield LineList(id="lines")
            with VerticalScroll(id="told-scroll", can_focus=False):
                yield Static(id="told")

    def offers(self, action: str) -> bool:
        """Name no change of a signed visit."""
        signed = self.desk_app.desk.seen is not None and self.seen.state.signature is not None
        return not signed or action not in {"yes", "no", "sign", "next_open"}

    # -- showing -----------------------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self._show()
        self.repaint()

    def repaint(self) -> None:
        """Read the visit anew."""
        if self.desk_app.desk.seen is not None:
            # Not a coroutine: one that is cancelled before it began would be complained of.
            self.run_worker(self.load, exclusive=True, group="visit")  # type: ignore[arg-type]

    async def load(self) -> None:
        """Read the visit and show it."""
        found = await self.try_at(read_visit)
        if found is None:
            return
        self.visit, self._files = found
        if self._ref != self.seen.ref:
            self._ref, left = self.seen.ref, self.visit.open
            self.at = next((number for number in self._keys() if number in left), "")
        wanted, self.desk_app.wanted_item = self.desk_app.wanted_item, None
        self.at = wanted or self.at
        self._show()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.call_after_refresh(self._show)

    def _lines(self) -> list[Line]:
        return visit_lines(self.visit, self.seen.checklist, self.lang) if self.visit is not None else []

    def _keys(self) -> list[str]:
        return [line.key for line in self._lines() if not line.heading]

    def _show(self) -> None:
        visit = self.visit
        if visit is None or not self.is_mounted:
            return
        keys = self._keys()
        if self.at not in keys:
            self.at = next(iter(keys), "")
        named = self.seen.state.details["dealership"]
        dealer = Text(named["zh"], named["en"])
        title = _TITLE.format(dealer=dealer, date=self.seen.state.details["date"])
        done = _DONE.format(done=len(visit.items) - len(visit.open), all=len(visit.items)).of(self.lang)
        width = max(20, self.size.width - 2)
        self.put("#context", ends(plain(title.of(self.lang)).plain, done, width, dealer.of(self.lang)))
        self.query_one(LineList).show(self._lines(), self.at)
        signature = self.seen.state.signature
        state = [_FOLLOWS.format(ref=visit.earlier), visit.verdict]
        if signature is not None:
            state.insert(0, _SIGNED.format(auditor=listed(signature.auditor)))
        elif not visit.open:
            state.append(ALL_DONE)
        self.put("#state", joined(state, zh="  ·  ", en="  ·  "))
        self._tell()

    def _tell(self) -> None:
        item, pane = self.here, self.query_one("#told-scroll")
        if item is not None:
            told = told_item(item, self.seen.checklist, self._files.get(item.number, 0), self.lang)
            self.query_one("#told", Static).update(laid_out(told, max(20, pane.scrollable_content_region.width)))
            pane.scroll_home(animate=False)

    # -- going about -------------------------------------------------------------------------------------------------

    def _stand_on(self, number: str) -> None:
        self.at = number
        self._show()

    def action_move(self, by: int) -> None:
        """Go up or down the lines."""
        keys = self._keys()
        if self.at in keys:
            self._stand_on(keys[max(0, min(keys.index(self.at) + by, len(keys) - 1))])

    def action_next_open(self) -> None:
        """Go to the next one nobody has looked at."""
        keys, left = self._keys(), self.visit.open if self.visit is not None else ()
        at = keys.index(self.at) + 1 if self.at in keys else 0
        found = next((number for number in [*keys[at:], *keys[:at]] if number in left), None)
        if found is None:
            self.tell(ALL_DONE)
        else:
            self._stand_on(found)

    def action_read(self, by: int) -> None:
        """Scroll what is told."""
        self.query_one("#told-scroll").scroll_relative(y=2 * by, animate=False)

    @on(LineList.Picked)
    async def _clicked(self, event: LineList.Picked) -> None:
        if event.key == self.at:
            await self.action_menu()
        elif event.key in self._keys():
            self._stand_on(event.key)

    async def action_menu(self) -> None:
        """Offer all that can be done, for arrows and Enter alone."""
        from tui.screens.asking import Pick

        async def chosen(action: str) -> None:
            await self.run_action(action)

        await self.over(Pick(same(self.at), _CHOICES), chosen)

    async def action_leave(self) -> None:
        """Go back to the list of audits."""
        await self.desk_app.action_page("audits")

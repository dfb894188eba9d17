"""Review: what stops signing, what to look at twice, what came out; then the signatures and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from checklists.text import Text
from tui.keys import key
from tui.plain import plain
from tui.review_view import DECIDED_LINES, SIGNED_LINE, departments_text, rows_of, signed_words, total_text
from tui.screens import review_work as work
from tui.screens.page import Page
from tui.widgets.matter_list import MatterList
from tui.wrapping import ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingType
    from textual.content import Content
    from textual.widget import Widget

    from audit.matters import Place
    from audit.review import Review
    from tui.screens.meeting import MeetingPage
    from tui.screens.signing import Names

_TITLE = Text("审核  {dealer}  {date}", "Review  {dealer}  {date}")
_VERDICT = Text("{word}  {total}", "{word}  {total}")
_STATE = Text("{stops} 处不能签字，{looks} 处请再看一眼", "{stops} stop signing, {looks} to look at twice")
_READY = Text("可以签字，{looks} 处请再看一眼", "Ready to sign, {looks} to look at twice")
_SIGNED = Text("{signed}；o 异议与定稿", "{signed}; o: objections and the final word")
_FINAL = Text("已定稿。{signed}", "Final. {signed}")
_NOWHERE = Text("这一行没有可去的位置", "This line leads nowhere")
_NO_PAGE = Text("请到 {page} 处理", "Look after it under {page}")
_KPIS, _TALKS = Text("F5 指标", "F5 KPIs"), Text("F6 访谈", "F6 interviews")
_KEEP = Text("保留哪一个？", "Which one is kept?")
_NONE_WEAK = Text("没有弱项可看", "There is no weak item to show")
_MENU = Text("审核", "Review")
_CANNOT = Text("还不能签字", "Not ready to sign")
_CHOICES = (
    ("go", Text("前往这一行的位置", "Go to the place of this line")),
    ("meeting", Text("v  会议视图", "v  Meeting view")),
    ("people", Text("a  评估人员、分工、联系方式", "a  Auditors, who takes what, contact")),
    ("sign", Text("s  签字封存", "s  Sign and seal")),
    ("closing", Text("o  异议、修正与定稿", "o  Objections, amendments, the final word")),
    ("plan", Text("l  改进计划与达标路径", "l  Improvement plan and the route to the target")),
    ("report", Text("p  生成报告", "p  Write the report")),
)


class ReviewPage(Page):
    """Groups of lines; each jumps to its place, and coming back it is still under the cursor."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "#matters"
    ABOUT = Text(
        "签字之前：未评和冲突必须先解决（!）；其余只是请再看一眼（?）。回车前往那一处，按 F8 回来还在这一行。"
        "v 逐条看弱项，离开后再按 v 从那一条继续。",
        "Before signing: what is open or in conflict has to be settled (!), the rest is to be looked at twice (?). "
        "Enter goes there, F8 comes back to the same line. v goes through the weak items one by one; left and begun "
        "again, it goes on where it was.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "go", "前往", "Go there", show=True, priority=True),
        key("v", "meeting", "会议视图", "Meeting view", show=True),
        key("s", "sign", "签字", "Sign", show=True),
        key("p", "report", "报告", "Report", show=True),
        key("right,right_square_bracket,tab", "group(1)", "下一组", "Next group", priority=True),
        key("left,left_square_bracket,shift+tab", "group(-1)", "上一组", "Group before", priority=True),
        key("a", "people", "评估人员和分工", "Auditors and who takes what"),
        key("o,ctrl+o", "closing", "异议与定稿", "Objections"),
        key("l", "plan", "改进计划", "Plan"),
        key("f10", "menu", "全部操作", "Menu", show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._review: Review | None = None
        self._names: dict[str, Names] = {}
        """Who was to sign, by audit, while nobody has."""
        self._meeting: MeetingPage | None = None
        """The one that was left last."""

    def body(self) -> Iterable[Widget]:
        """The departments, then the lines."""
        with Vertical():
            yield Static(id="departments")
            yield MatterList(id="matters")

    # -- showing -----------------------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self._show()
        self.repaint()

    def repaint(self) -> None:
        """Look the audit over anew."""
        if self.desk_app.desk.seen is not None:
            # Not a coroutine: one that is cancelled before it began would be complained of.
            self.run_worker(self.load, exclusive=True, group="review")  # type: ignore[arg-type]

    async def load(self) -> Review | None:
        """Read the review of the open audit and show it."""
        found = await self.try_at(work.look_over)
        if found is not None:
            self._review = found
            self._show()
            self.refresh_bindings()
        return found

    def on_screen_resume(self) -> None:
        """Stand where the meeting was left: it is taken up there again."""
        if self._meeting is not None:
            self.query_one(MatterList).go_to_number(self._meeting.at)
            self._meeting = None
        super().on_screen_resume()

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        review = self._review
        if review is None or not self.is_mounted:
            return
        from tui.score_tables import result_words

        summary, width = review.summary, max(20, self.size.width - 2)
        title = _TITLE.format(dealer=summary.dealer, date=summary.date).of(self.lang)
        verdict = _VERDICT.format(word=result_words(summary), total=total_text(review)).of(self.lang)
        self.put("#context", ends(title, plain(verdict).plain, width, summary.dealer.of(self.lang)))
        self.query_one("#departments", Static).update(departments_text(review, self.lang, width))
        self.query_one(MatterList).show(rows_of(review), self.lang)
        self.query_one("#state", Static).update(self._state(review))

    def _state(self, review: Review) -> Content:
        counts = {"stops": len(review.stoppers), "looks": len(review.second_looks)}
        signature = review.summary.signature
        if signature is not None:
            text = _FINAL if review.summary.finalized is not None else _SIGNED
            return plain(text.format(signed=signed_words(signature)).of(self.lang))
        return plain((_STATE if review.stoppers else _READY).format(**counts).of(self.lang))

    def offers(self, action: str) -> bool:
        """Name the signing where nobody has signed."""
        return action != "sign" or self._review is None or self._review.summary.signature is None

    # -- going -------------------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#matters")
    async def action_go(self) -> None:
        """Go where the line under the cursor leads."""
        row = self.query_one(MatterList).here
        if row is None:
            return
        if row.key == SIGNED_LINE:
            await self.action_sign()
        elif row.place is None and row.key.startswith(DECIDED_LINES):
            self._to_losses()
        else:
            await self._go(row.place)

    def _to_losses(self) -> None:
        """Go to what cost most points: that is what a verdict without a place of its own rests on."""
        if not self.query_one(MatterList).go_to_line("loss/"):
            self.tell(_NOWHERE)

    async def _go(self, place: Place | None) -> None:
        app = self.desk_app
        if place is not None and place.set:
            app.wanted_set = f"{place.set}/{place.record}" if "/" in place.set else f"{place.set}//{place.record}"
            await app.action_page("records")
        elif place is not None and place.item:
            app.wanted_item = place.item
            await app.action_page("score")
        elif place is not None and (place.kpi or place.finding or place.question):
            mode, name = ("kpis", _KPIS) if place.kpi else ("interviews", _TALKS)
            if mode in app.MODES:
                app.wanted_kpi, app.wanted_talk = place.kpi or None, place.finding or place.question or None
                await app.action_page(mode)
            else:
                self.tell(_NO_PAGE.format(page=name))
        elif place is not None and place.conflict:
            await self._settle(place.conflict)
        elif place is not None and place.detail:
            await self.action_people(place.detail)
        else:
            self.put("#state", _NOWHERE)

    async def action_people(self, at: str = "") -> None:
        """Record who audits, who takes which department, who else is there and whom to call."""
        from tui.screens.people_dialog import PeopleDialog

        if self.refused_as_signed():
            return
        seen = self.seen
        departments = [(d.department.id, d.department.name) for d in seen.scorecard.departments]

        async def told(details: Mapping[str, object]) -> None:
            await self.try_at(lambda session: session.describe(details))
            await self.load()

        await self.over(PeopleDialog(seen.state.details, departments, at), told)

    async def _settle(self, slot: str) -> None:
        """Offer the values of a conflict that has no page of its own."""
        from tui.screens.asking import Pick

        sides = await self.try_at(lambda session: work.sides(session, slot))
        if not sides:
            return

        async def keep(entry: str) -> None:
            await self.try_at(lambda session: work.settle(session, slot, entry))
            await self.load()

        await self.over(Pick(_KEEP, sides), keep)

    def action_group(self, by: int) -> None:
        """Go to the first line of the next group."""
        self.query_one(MatterList).go_to_group(by)

    async def action_menu(self) -> None:
        """Offer all that can be done, for arrows and Enter alone."""
        from tui.screens.asking import Pick

        async def chosen(action: str) -> None:
            await self.run_action(action)

        await self.over(Pick(_MENU, _CHOICES), chosen)

    # -- doing -------------------------------------------------------------------------------------------------------

    async def action_meeting(self) -> None:
        """Show the weak items one by one, beginning with the one under the cursor."""
        from tui.screens.meeting import MeetingPage

        review, row = self._review, self.query_one(MatterList).here
        if review is None:
            return
        item = row.place.item or row.place.set.partition("/")[2] if row and row.place else ""
        if not item and not review.summary.weak_items:
            self.tell(_NONE_WEAK)
            return
        self._meeting = MeetingPage(row.number if row and row.number else item)
        await self.app.push_screen(self._meeting)

    async def action_sign(self) -> None:
        """Sign, where nothing stops it; of a signed audit, show the seal."""
        from tui.screens.asking import Reading
        from tui.screens.signing import SealShown, SignDialog

        review = await self.load()
        if review is None:
            return
        signature = review.summary.signature
        if signature is not None:
            await self.app.push_screen(SealShown(review.summary.ref, signature.seal))
        elif review.stoppers:
            await self.app.push_screen(Reading(_CANNOT, [matter.text for matter in review.stoppers]))
        else:
            summary, looks = review.summary, [matter.text for matter in review.second_looks]
            people = (summary.auditors, summary.participants)
            await self.over(SignDialog(summary.ref, *people, looks, self._names.get(summary.ref)), self._sign)

    async def _sign(self, names: Names) -> None:
        from tui.screens.signing import SealShown

        self._names[self.seen.ref] = names
        if not names.sign:
            return
        seal = await self.try_at(lambda session: work.sign(session, names))
        if seal is None:
            return
        await self.load()

        async def then(_: object) -> None:
            await self.action_report()

        await self.over(SealShown(self.seen.ref, seal), then)

    async def action_closing(self) -> None:
        """Go to the objections and the final word."""
        await self.desk_app.action_page("closing")

    async def action_plan(self) -> None:
        """Go to the improvement plan."""
        await self.desk_app.action_page("plan")

    async def action_report(self) -> None:
        """Write the report."""
        from tui.screens.report import ReportDialog

        await self.app.push_screen(ReportDialog(self.seen.ref))

"""All audits: find one by typing, begin one, open one, report, put aside, repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import DataTable, Input, Static

from checklists.text import Text
from tui import audit_lines
from tui.keys import key
from tui.screens import audits_words as words
from tui.screens.page import Page
from tui.who import asks_first
from tui.widgets.audit_table import AuditTable
from tui.wrapping import naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from tui.audit_lines import Line, Overview
    from tui.screens.reaudit import Repeating
    from tui.widgets.touch import Touch

_AFTER_PAINT = 0.1
"""Seconds."""
_MOST = 300
"""Rows listed at once; more would make typing slow."""


class AuditsPage(Page):
    """The list, with a line to search in."""

    CSS_PATH = "audits.tcss"
    AUTO_FOCUS = "#audits"
    ABOUT = Text(
        "所有评估。回车打开所选的评估；/ 查找，中文可直接输入。搁置的评估不再列出，随时可以找回。",
        "All audits. Enter opens the one marked, / finds. What is put aside is not listed and can be brought back.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("c", "go_on", "继续", "Go on", show=True),
        key("n,ctrl+n", "begin", "新建", "New", show=True),
        key("d,ctrl+d", "sample", "载入样例", "Load the sample", show=True),
        key("slash", "search", "查找", "Find", show=True),
        key("p,ctrl+r", "report", "报告", "Report", show=True),
        key("r", "repeat", "复评/跟进", "Re-audit", show=True),
        key("a", "aside", "搁置或找回", "Put aside or bring back"),
        key("v", "show_aside", "显示或隐藏搁置的", "Show or hide those put aside"),
        key("escape", "clear", "清除查找", "Clear the search"),
        key("down", "down", "到列表", "To the list"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._overview: Overview | None = None
        self._with_aside = False
        self._state = Text("", "")

    def body(self) -> Iterable[Widget]:
        """A line to search in, the list, what to do when it is empty, and what cannot be read."""
        yield Input(id="search", compact=True, select_on_focus=False)
        yield Static(id="going-on")
        yield AuditTable(id="audits")
        yield Static(id="empty")
        with VerticalScroll(id="problems"):
            yield Static(id="problem-text", classes="wrong")

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#context", words.TITLE)
        self.query_one("#search", Input).placeholder = words.FILTER.of(self.lang)
        self._fill()

    def on_mount(self) -> None:
        """Read the audits once the first paint is done."""
        # What loads at the desk would hold up the first paint, which comes after the first layout.
        self.call_after_refresh(self.call_after_refresh, self.set_timer, _AFTER_PAINT, self.load)

    def on_screen_resume(self) -> None:
        """Read them anew: something was done elsewhere meanwhile."""
        if self._overview is not None:
            seen = self.desk_app.desk.seen
            self.run_worker(self.load(seen.ref if seen else ""), exclusive=True, group="load")

    def on_resize(self) -> None:
        """Fit the columns."""
        if self._overview is not None:
            self._fill()

    async def load(self, ref: str = "") -> None:
        """Read the audits anew, and mark one of them."""
        last, drafts = self.desk_app.settings.last, self.desk_app.drafts
        found = await self.try_do(lambda books: audit_lines.overview(books, last, drafts))
        if found is None:
            return
        first = self._overview is None
        self._overview = found
        wanted = ref or (found.going_on.line.ref if first and found.going_on else "")
        self._fill(wanted)
        self.refresh_bindings()

    # -- showing -----------------------------------------------------------------------------------------------------

    def _fill(self, ref: str = "") -> None:
        """Show what fits the search, with the cursor on that audit or where it was."""
        table, found = self.query_one("#audits", AuditTable), self._overview
        lines = self._fitting()
        self._tell_beside()
        if not lines and table.has_focus:  # or Textual hands the focus to the search, and keys would be typed there
            self.set_focus(None)
        table.display = bool(lines)
        self.query_one("#empty").display = not lines
        self.query_one("#search").display = bool(found and found.lines)
        if not lines:
            self.put("#empty", self._why_empty())
        elif self.focused is None:
            table.focus()
        table.show(lines[:_MOST], ref or (table.marked.ref if table.marked else ""), self.lang, self.size.width)
        self._tell_state(len(lines))

    def _why_empty(self) -> Text:
        if self._overview is None:
            return words.OPENING
        if not self._overview.lines:
            return words.EMPTY
        none = words.NONE_FITS if self.app.is_web else words.NONE_FITS_ESCAPE
        return none if self.query_one("#search", Input).value else words.ALL_ASIDE

    def _fitting(self) -> list[Line]:
        parts = self.query_one("#search", Input).value.casefold().split()
        lines = self._overview.lines if self._overview else ()
        listed = (line for line in lines if self._with_aside or not line.aside)
        return [line for line in listed if all(part in line.words for part in parts)]

    def _tell_beside(self) -> None:
        """Tell what to go on with, and what cannot be read."""
        found = self._overview
        left = found.going_on if found else None
        self.query_one("#going-on").display = left is not None
        if left is not None:
            line, stood_on = left.line, self.desk_app.stood_on
            place = stood_on[1] if stood_on is not None and stood_on[0] == line.ref else left.item
            item = words.AT.format(item=place) if place else ""
            told = words.GO_ON.format(dealer=line.dealer, date=line.date, item=item, done=line.done, items=line.items)
            self.put("#going-on", naming(told.of(self.lang), line.dealer.of(self.lang), self.size.width - 2))
        broken = found.unreadable if found else ()
        self.query_one("#problems").display = bool(broken)
        problems = [words.PROBLEM.format(ref=ref, problem=problem).of(self.lang) for ref, problem in broken]
        self.put("#problem-text", "\n".join(problems))

    def _tell_state(self, fitting: int) -> None:
        lines = self._overview.lines if self._overview else ()
        hidden = 0 if self._with_aside else sum(line.aside for line in lines)
        aside = words.ASIDE.format(count=hidden) if hidden else ""
        self._state = words.COUNT.format(shown=fitting, all=len(lines), aside=aside)
        if fitting > _MOST:
            self._state = Text("{a}{b}", "{a}{b}").format(a=self._state, b=words.CUT.format(most=_MOST))
        self._tell_marked()

    @on(DataTable.RowHighlighted)
    def _tell_marked(self) -> None:
        """Show in full what a column may have cut."""
        line = self._marked
        state = self._state.of(self.lang) if self._overview and self._overview.lines else ""
        if line is not None:
            dealer = line.dealer.of(self.lang)
            state = naming(f"{line.ref}  {dealer}  ·  {state}", dealer, self.size.width - 2)
        self.put("#state", state)

    @property
    def _marked(self) -> Line | None:
        return self.query_one("#audits", AuditTable).marked

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        del parameters
        found = self._overview
        if action == "go_on":
            return found is not None and found.going_on is not None
        if action == "sample":
            return found is not None and not found.unreadable and audit_lines.may_load_sample(found)
        if action in {"search", "report", "repeat", "aside", "show_aside", "clear", "down"}:
            return bool(found and found.lines)
        return True

    # -- finding -----------------------------------------------------------------------------------------------------

    @on(Input.Changed, "#search")
    def _searched(self) -> None:
        self._fill()
        self.paint_touch()

    @on(Input.Submitted, "#search")
    def action_down(self) -> None:
        """Go to the list."""
        self.query_one("#audits").focus()

    def action_search(self) -> None:
        """Type what to look for."""
        self.query_one("#search").focus()

    def take_text(self, text: str) -> bool:
        """Look for what an input method commits."""
        if not (self._overview and self._overview.lines):
            return False
        search = self.query_one("#search", Input)
        search.focus()
        search.insert_text_at_cursor(text)
        return True

    def action_clear(self) -> None:
        """Show everything again."""
        self.query_one("#search", Input).value = ""
        self.query_one("#audits").focus()

    # -- doing -------------------------------------------------------------------------------------------------------

    @on(DataTable.RowSelected)
    async def _open(self) -> None:
        line = self._marked
        if line is not None:
            self.put("#state", words.OPENING)
            await self.desk_app.open_audit(line.ref)

    async def action_go_on(self) -> None:
        """Go on with the audit that was open last."""
        if self._overview and self._overview.going_on:
            self.put("#state", words.OPENING)
            await self.desk_app.open_audit(self._overview.going_on.line.ref)

    async def action_begin(self) -> None:
        """Begin an audit."""
        await self.desk_app.action_page("new")

    def action_sample(self) -> None:
        """Load the sample."""
        from tui.screens.sample import SamplePlaying

        self.app.push_screen(SamplePlaying(), self._sample_loaded)

    async def _sample_loaded(self, ref: str | None) -> None:
        await self.load(ref or "")

    def action_report(self) -> None:
        """Write a report; asks where."""
        from tui.screens.report import ReportDialog

        line = self._marked
        if line is not None:
            self.app.push_screen(ReportDialog(line.ref))

    def action_repeat(self) -> None:
        """Begin a re-audit after the one marked."""
        from tui.screens.reaudit import ReauditDialog

        line = self._marked
        if line is not None and not asks_first(self.desk_app, self.action_repeat):

            async def begin(asked: Repeating | None) -> None:
                if asked is not None:
                    await self._repeat(line.ref, asked)

            self.app.push_screen(ReauditDialog(line.ref, line.date, signed=line.signed), begin)

    async def _repeat(self, ref: str, asked: Repeating) -> None:
        if asked.follow_up:
            begun = await self.try_do(lambda books: audit_lines.follow(books, ref, asked.date))
        else:
            begun = await self.try_do(lambda books: audit_lines.repeat(books, ref, asked.date, blind=asked.blind))
        if begun is not None:
            await self.desk_app.open_audit(begun)
            self.tell_ahead()

    async def action_aside(self) -> None:
        """Put the one marked aside, or bring it back."""
        line = self._marked
        if line is None or asks_first(self.desk_app, self.action_aside):
            return
        if await self.try_do(lambda books: audit_lines.put_aside(books, line.ref, on=not line.aside)):
            await self.load()
            self.tell((words.BROUGHT_BACK if line.aside else words.PUT_ASIDE).format(ref=line.ref))

    def touch(self) -> Sequence[Sequence[Touch]]:
        """Return what is touched: what has no room in the line of keys, and the way out of a search."""
        from tui.widgets.touch import Touch

        out = [Touch("escape", words.CLEAR_TOUCH)] if self.query_one("#search", Input).value else []
        more = [*out, Touch("a", words.ASIDE_TOUCH), Touch("v", words.SHOW_TOUCH)]
        return (*super().touch(), more if self._overview and self._overview.lines else ())

    def action_show_aside(self) -> None:
        """Show those put aside, or hide them."""
        self._with_aside = not self._with_aside
        self._fill()

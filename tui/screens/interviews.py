"""Interviews and findings: whom to ask what, what they said, and what follows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from checklists.text import Text, joined, same
from tui.interview_view import (
    FINDING,
    INTERVIEW,
    QUESTION,
    counts,
    finding_lines,
    guides_of,
    talk_lines,
    told_finding,
    told_interview,
    told_question,
)
from tui.keys import key
from tui.screens.score_text import laid_out
from tui.screens.talk_work import TalkWork
from tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import Binding, BindingType
    from textual.widget import Widget

    from tui.interview_view import Paragraph
    from tui.widgets.line_list import Line

_TALKS, _FINDS = Text("访谈  {ref}", "Interviews  {ref}"), Text("发现  {ref}", "Findings  {ref}")
_NO_AUDIT = Text("还没有打开评估：按 F2 选择一个", "No audit is open: choose one under F2")
_NO_TALKS = Text(
    "评估表没有访谈提纲：按 a 自由提问", "The checklist has no interview guide: a asks a question of one's own"
)
_NO_FINDINGS = Text("还没有发现：按 n 写一个", "No findings yet: n writes one")
_SAVED = Text("{time} 已保存  {what}", "{time} saved  {what}")
_ALL_ASKED = Text("必问的都问过了", "Everything that must be asked was asked")
_PAGE = 12
"""Lines a page up or down goes."""


def _at_once(keys: str, action: str, zh: str, en: str, *, show: bool = False) -> Binding:
    """Return a binding taken in the order of the keys: what is typed after it belongs to the dialog it opens."""
    return key(keys, action, zh, en, show=show, priority=True)


class InterviewsPage(TalkWork):
    """The questions of all roles, or the findings; beside them all that is known of the one marked."""

    CSS_PATH = "interviews.tcss"
    AUTO_FOCUS = "#lines"
    FITTED = ("#told-scroll",)
    ABOUT = Text(
        "按岗位列出访谈提纲：✓ 已问，右边是好的回答应有什么。回车记录回答，a 自由提问，n 写发现。"
        "Tab 换到发现列表：回车改写，空格选中，m 把选中的合并成一个；被合并的留在列表最后，写明并入哪一个。",
        "The interview guides by role: ✓ asked; what a good answer contains stands beside. Enter writes the answer "
        "down, a asks a question of one's own, n writes a finding. Tab changes to the findings: Enter rewords one, the "
        "space bar marks, m makes one of those marked; what was merged stays listed at the end and says into what.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        _at_once("enter", "open", "记录/改写", "Write", show=True),
        _at_once("a,ctrl+o", "free", "自由提问", "Own question", show=True),
        _at_once("n,ctrl+n", "find", "写发现", "Finding", show=True),
        _at_once("tab,v", "turn", "访谈/发现", "Questions / findings", show=True),
        _at_once("space", "mark", "选中", "Mark"),
        _at_once("m,ctrl+g", "merge", "合并", "Merge", show=True),
        _at_once("o,ctrl+down", "open_question", "下一个必问未问", "Next that must be asked"),
        _at_once("z,ctrl+z", "undo", "撤销", "Undo"),
        _at_once("Z,ctrl+y", "redo", "重做", "Redo"),
        _at_once("r,escape", "app.page('score')", "回到评分", "Back to scoring"),
        _at_once("up", "move(-1)", "上移", "Up"),
        _at_once("down", "move(1)", "下移", "Down"),
        _at_once("pageup", f"move(-{_PAGE})", "上翻", "Page up"),
        _at_once("pagedown", f"move({_PAGE})", "下翻", "Page down"),
        _at_once("home", "move(-9999)", "第一行", "First line"),
        _at_once("end", "move(9999)", "最后一行", "Last line"),
        _at_once("right", "group(1)", "下一组", "Next group"),
        _at_once("left", "group(-1)", "上一组", "Group before"),
        _at_once("right_square_bracket,shift+down", "read(1)", "右侧下滚", "Text beside: down"),
        _at_once("left_square_bracket,shift+up", "read(-1)", "右侧上滚", "Text beside: up"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._ref = ""
        self._found_view = False
        self._at = {False: "", True: ""}
        """Line under the cursor, of the questions and of the findings."""
        self._last: Text | None = None

    def body(self) -> Iterable[Widget]:
        """The list, and what is told of the line marked."""
        with Horizontal():
            yield LineList(id="lines")
            with VerticalScroll(id="told-scroll", can_focus=False):
                yield Static(id="told")

    # -- showing -----------------------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.repaint()

    def repaint(self) -> None:
        """Show the open audit as it is now."""
        from audit.interviews import findings_of, interviews_of

        seen = self.desk_app.desk.seen
        if seen is None:
            self.put("#context", _TALKS.format(ref=""))
            self.put("#told", _NO_AUDIT)
            return
        if seen.ref != self._ref:
            self._ref, self._last, self._marked = seen.ref, None, set()
            self._at = {False: "", True: ""}
        self._interviews = interviews_of(seen.checklist, seen.state)
        self._findings = findings_of(seen.checklist, seen.state)
        wanted, self.desk_app.wanted_talk = self.desk_app.wanted_talk, None
        if wanted is not None:
            self._found_view = wanted not in seen.checklist.questions
            self._at[self._found_view] = (FINDING if self._found_view else QUESTION) + wanted
        self._show()

    def _lines(self) -> list[Line]:
        if self._found_view:
            return finding_lines(self._findings, self._marked, self.lang)
        return talk_lines(self.seen, self._interviews, self.lang)

    def _show(self) -> None:
        lines = self._lines()
        keys = [line.key for line in lines if not line.heading]
        if self.here not in keys:
            self._at[self._found_view] = keys[0] if keys else ""
        title = _FINDS if self._found_view else _TALKS
        self.put("#context", title.format(ref=self._ref))
        self.query_one(LineList).show(lines, self.here)
        self._tell()
        told = counts(self.seen, self._interviews, self._findings)
        self.put("#state", joined([*([self._last] if self._last else []), told], zh="  ·  ", en="  ·  "))

    def _tell(self) -> None:
        pane = self.query_one("#told-scroll")
        lines = [(label.of(self.lang), text.of(self.lang), style) for label, text, style in self._told()]
        self.query_one("#told", Static).update(laid_out(lines, max(20, pane.size.width - 3)))
        pane.scroll_home(animate=False)

    def _told(self) -> list[Paragraph]:
        kind, rest = self.here[:2], self.here[2:]
        if kind == QUESTION:
            return told_question(self.seen, rest, self._interviews, self._findings)
        if kind == INTERVIEW:
            return told_interview(next(i for i in self._interviews if i.number == rest), self._findings)
        if kind == FINDING:
            return told_finding(self.seen.checklist, next(f for f in self._findings if f.number == rest))
        return [(same(""), _NO_FINDINGS if self._found_view else _NO_TALKS, "")]

    @property
    def here(self) -> str:
        """Key of the line under the cursor."""
        return self._at[self._found_view]

    def saved(self, text: Text, line: str = "") -> None:
        """Say in the state line what was saved, and mark its line."""
        self._last = _SAVED.format(time=datetime.now().astimezone().strftime("%H:%M:%S"), what=text)
        if line:
            self._at[line.startswith(FINDING)] = line
        if line.startswith(FINDING) and not self._found_view:
            self._at[True] = line
        self.repaint()

    # -- going about -------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Go up or down the lines."""
        keys = [line.key for line in self._lines() if not line.heading]
        if keys:
            at = keys.index(self.here) if self.here in keys else 0
            self._stand_on(keys[max(0, min(at + by, len(keys) - 1))])

    def action_group(self, by: int) -> None:
        """Go to the next role or department, or the one before."""
        firsts, before = [], False
        for line in self._lines():
            if before and not line.heading:
                firsts.append(line.key)
            before = line.heading
        keys = [line.key for line in self._lines() if not line.heading]
        if self.here not in keys:
            return
        at = keys.index(self.here)
        places = [keys.index(first) for first in firsts]
        beyond = [p for p in places if p > at] if by > 0 else [p for p in reversed(places) if p < at]
        if beyond:
            self._stand_on(keys[beyond[0]])

    def _stand_on(self, line: str) -> None:
        self._at[self._found_view] = line
        self._show()

    @on(LineList.Picked)
    async def _clicked(self, event: LineList.Picked) -> None:
        if event.key == self.here:
            await self.action_open()
        elif any(line.key == event.key and not line.heading for line in self._lines()):
            self._stand_on(event.key)

    def action_turn(self) -> None:
        """Show the findings, or the questions again."""
        self._found_view = not self._found_view
        self._show()

    def action_open_question(self) -> None:
        """Go to the next question that must be asked and was not."""
        asked = {interview.guide for interview in self._interviews}
        guides = guides_of(self.seen, self._interviews).values()
        questions = [QUESTION + q.id for guide in guides for q in guide]
        left = {QUESTION + q.id for guide in guides for q in guide if q.must and q.id not in asked}
        here = self._at[False]
        at = questions.index(here) + 1 if here in questions else 0
        found = next((line for line in [*questions[at:], *questions[:at]] if line in left), None)
        if found is None:
            self.tell(_ALL_ASKED)
            return
        self._found_view = False
        self._stand_on(found)

    def action_read(self, lines: int) -> None:
        """Scroll the text beside."""
        self.query_one("#told-scroll").scroll_relative(y=2 * lines, animate=False)

    # -- doing -------------------------------------------------------------------------------------------------------

    async def action_open(self) -> None:
        """Write the answer to the question marked, merge the findings marked, or reword the one under the cursor."""
        kind, rest = self.here[:2], self.here[2:]
        if kind == QUESTION:
            await self.ask(rest)
        elif kind == FINDING and len(self._marked) > 1:
            await self.merge()
        elif kind == FINDING:
            await self.reword(rest)
        elif not self._found_view:
            await self.ask_again(rest)
        else:
            await self.find()

    async def action_free(self) -> None:
        """Ask a question of one's own."""
        await self.ask("")

    async def action_find(self) -> None:
        """Write a finding."""
        await self.find()

    def action_mark(self) -> None:
        """Mark a finding for merging, or not any more."""
        if self.here.startswith(FINDING):
            self.mark(self.here[2:])
            self._show()

    async def action_merge(self) -> None:
        """Make one finding of those marked."""
        await self.merge()

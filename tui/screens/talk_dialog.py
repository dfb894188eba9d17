"""Writing down what somebody said: the question and what a good answer contains stay in view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, VerticalScroll
from textual.widgets import Input, Static, TextArea

from checklists.text import Text
from tui.drafts import named_unsaved
from tui.keys import key
from tui.screens.page import Dialog
from tui.screens.score_text import laid_out
from tui.widgets.finder import Finder
from tui.widgets.form import Form, Row
from tui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from textual.binding import BindingType
    from textual.widget import Widget

    from checklists.model import Question
    from tui.drafts import Draft

_TITLE, _FREE = Text("{id}  {role}", "{id}  {role}"), Text("自由提问", "A question of one's own")
_GOOD = Text("好的回答  ", "A good answer  ")
_LABELS = {
    "role": Text("岗位", "Role"),
    "question": Text("问题", "Question"),
    "person": Text("姓名", "Name"),
    "note": Text("回答", "Answer"),
}
_ROLE_HINT = Text("输入或用 ↓ 选择", "type, or choose with ↓")
_PERSON_HINT = Text("可以不填", "may stay empty")
_MISSING = Text("请填写", "Please fill this in")
_UNKNOWN = Text("请从列表中选择", "Choose one from the list")


@dataclass(frozen=True, slots=True)
class Talk:
    """What was asked and said, as typed."""

    role: str = ""
    person: str = ""
    question: str = ""
    """In own words; empty for a guide's question."""
    note: str = ""
    take: bool = False
    """Whether it is to be recorded; otherwise it is kept for the next time."""

    @property
    def fields(self) -> dict[str, str]:
        """What was typed, by field."""
        return {name: getattr(self, name) for name in ("role", "person", "question", "note")}

    def filled(self, typed: Mapping[str, str]) -> Talk:
        """Return it with what was typed in some fields."""
        known: dict[str, Any] = {name: text for name, text in typed.items() if name in self.fields}
        return replace(self, **known)


class TalkDialog(Dialog[Talk]):
    """A guide's question, or one in the auditor's own words."""

    CSS_PATH = "talk.tcss"
    ABOUT = Text(
        "写下回答，F10 保存。Esc 离开时，已写的内容留着，下次打开还在。",
        "Write the answer down, F10 saves it. What is written stays when one leaves with Escape.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f10,ctrl+s", "take", "保存", "Save", show=True, priority=True),
        key("escape", "leave", "先放着", "Not now", show=True, priority=True),
        key("pagedown", "read(1)", "上方下翻", "Above: down", priority=True),
        key("pageup", "read(-1)", "上方上翻", "Above: up", priority=True),
    ]

    def __init__(self, roles: Mapping[str, Text], blank: Talk, kept: Draft, question: Question | None = None) -> None:
        """Make it.

        Args:
            roles: the roles there are, with their names.
            blank: what stands there before anything is typed; its role is that of the guide.
            kept: keeps what is typed until it is recorded.
            question: the guide's question; None for one in own words.
        """
        super().__init__()
        self._roles, self._blank, self._kept, self._question = roles, blank, kept, question
        self._restored = bool(kept.fields)
        self._draft = blank.filled(kept.fields)

    def body(self) -> Iterable[Widget]:
        """The question, then the fields."""
        with Container(id="parts"):
            with VerticalScroll(id="asked-scroll", can_focus=False):
                yield Static(id="asked")
            with Form():
                if self._question is None:
                    yield Row("role", Finder(self._draft.role))
                    yield Row("question", Line(self._draft.question))
                yield Row("person", Line(self._draft.person))
                yield Row("note", TextArea(self._draft.note, compact=True))

    def on_mount(self) -> None:
        """Begin where something is to be typed."""
        if self._question is None and not self._draft.role:
            self.set_focus(self.query_one("#role Input"))
        else:
            self.set_focus(self.query_one("#note" if self._question else "#question"))

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        question = self._question
        self.query_one("#asked-scroll").display = question is not None
        for row in self.query(Row).results(Row):
            row.label(_LABELS[str(row.id).removesuffix("-row")].of(self.lang))
        self.query_one("#person", Input).placeholder = _PERSON_HINT.of(self.lang)
        if question is None:
            self.put("#title", self._named(_FREE))
            self.query_one("#role", Finder).offer(list(self._roles.items()), _ROLE_HINT, self.lang)
        else:
            role = self._roles.get(self._draft.role, Text(self._draft.role, self._draft.role))
            self.put("#title", self._named(_TITLE.format(id=question.id, role=role)))
            self.call_after_refresh(self._lay_out)

    def _named(self, title: Text) -> Text:
        return named_unsaved(title) if self._restored else title

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Finder.Chosen)
    def keep_typed(self) -> None:
        """Keep what is typed, until it is recorded."""
        if not self.answered and self.is_mounted:
            told = self._told(take=False)
            self._kept.keep_fields({} if told == self._blank else told.fields)

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        if self._question is not None:
            lines = [
                ("", self._question.ask.of(self.lang), "bold"),
                (_GOOD.of(self.lang), self._question.good.of(self.lang), ""),
            ]
            width = self.query_one("#asked-scroll").size.width
            self.query_one("#asked", Static).update(laid_out(lines, max(20, width - 3)))

    def action_read(self, pages: int) -> None:
        """Scroll the question."""
        pane = self.query_one("#asked-scroll")
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next()

    def _told(self, *, take: bool) -> Talk:
        free = self._question is None
        return Talk(
            role=self.query_one("#role", Finder).value if free else self._draft.role,
            person=self.query_one("#person", Input).value.strip(),
            question=self.query_one("#question", Input).value.strip() if free else "",
            note=self.query_one("#note", TextArea).text.strip(),
            take=take,
        )

    def action_take(self) -> None:
        """Give it back to be recorded, or say what is missing."""
        if self._question is None:
            self.query_one("#role", Finder).settle()
        told = self._told(take=True)
        missing = [] if told.note else ["note"]
        if self._question is None:
            missing = [name for name in ("role", "question") if not getattr(told, name)] + missing
        for row in self.query(Row).results(Row):
            name = str(row.id).removesuffix("-row")
            unknown = name == "role" and self.query_one("#role", Finder).unsettled
            text = (_UNKNOWN if unknown else _MISSING) if name in missing else Text("", "")
            row.blame(text.of(self.lang))
        if missing:
            self.set_focus(self.query_one("#role Input" if missing[0] == "role" else f"#{missing[0]}"))
        else:
            self.dismiss(told)

    def action_leave(self) -> None:
        """Give it back unsaved; it is kept."""
        self.keep_typed()
        self.dismiss(self._told(take=False))

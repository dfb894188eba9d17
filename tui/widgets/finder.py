"""One of many, found by typing: a line, and below it what fits while one types."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.keys import key
from tui.plain import plain
from tui.widgets.finger_list import FingerList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.events import DescendantBlur, DescendantFocus

    from checklists.text import Lang, Text

_MOST = 100
"""Options listed; more words find fewer."""


class Finder(Vertical):
    """A field of a form; labels are given by `offer` in the language spoken, what was chosen stays."""

    BINDINGS: ClassVar = [
        key("down", "move(1)", "下移", "Down"),
        key("up", "move(-1)", "上移", "Up"),
    ]
    DEFAULT_CSS = """
    Finder { height: auto; width: 1fr; }
    Finder > Input { background: $panel; }
    Finder > Input:focus { background: $primary 25%; }
    Finder > OptionList { height: auto; max-height: 5; border: none; padding: 0; background: $surface; display: none;
                          text-wrap: nowrap; text-overflow: ellipsis; }
    """

    @dataclass
    class Chosen(Message):
        """Something else is chosen, or nothing any more."""

        finder: Finder

        @property
        def control(self) -> Finder:
            """The widget, for `on(Finder.Chosen, "#id")`."""
            return self.finder

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self._options: tuple[tuple[str, str], ...] = ()
        self._words: dict[str, str] = {}
        self._found: list[str] = []
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """The line and what fits."""
        yield Input(compact=True)
        listed = FingerList(compact=True)
        listed.can_focus = False
        yield listed

    @property
    def value(self) -> str:
        """What is chosen; empty where nothing is."""
        return self._chosen

    @property
    def unsettled(self) -> bool:
        """Whether something is typed that chooses nothing."""
        return not self._chosen and bool(self._line.value.strip())

    def offer(self, options: Sequence[tuple[str, Text]], hint: Text, lang: Lang) -> None:
        """Offer these: values and what they are called; they are found by either name."""
        typed = "" if self._chosen else self._line.value
        self._options = tuple((value, " ".join(label.of(lang).split("\n"))) for value, label in options)
        self._words = {value: _folded(f"{value} {label.zh} {label.en}") for value, label in options}
        self._line.placeholder = hint.of(lang)
        self._line.value = self._label(self._chosen) if self._chosen else typed
        self._line.cursor_position = 0 if self._chosen else len(typed)
        self._search()

    def choose(self, value: str) -> None:
        """Choose one, or nothing."""
        if value != self._chosen:
            self._chosen = value
            self._line.value = self._label(value) if value else ""
            self._line.cursor_position = 0
            self.post_message(self.Chosen(self))
        self._search()

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    def _label(self, value: str) -> str:
        return next((label for known, label in self._options if known == value), value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._chosen and event.value != self._label(self._chosen):
            self._chosen = ""
            self.post_message(self.Chosen(self))
        self._search()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """List what can be chosen."""
        del event
        self._search()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Take what was typed in full, and list nothing any more."""
        del event
        self.settle()
        self._list.display = False
        if self._chosen:
            self._line.cursor_position = 0

    def settle(self) -> None:
        """Take what was typed in full, or fits one alone."""
        exact = [value for value, _ in self._options if _folded(value) == _folded(self._line.value).strip()]
        if not self._chosen and (exact or (len(self._found) == 1 and self._line.value.strip())):
            self.choose((exact or self._found)[0])

    def _search(self) -> None:
        listed, typed = self._list, self._line.value
        words = [] if self._chosen else _folded(typed).split()
        fitting = [(v, label) for v, label in self._options if all(w in self._words[v] for w in words)]
        fitting.sort(key=lambda each: _folded(each[0]) not in words)
        self._found = [value for value, _ in fitting[:_MOST]]
        listed.clear_options()
        listed.add_options(Option(plain(label)) for _, label in fitting[:_MOST])
        listed.highlighted = 0 if words and fitting else None
        listed.display = self._line.has_focus and not self._chosen and bool(fitting)
        if listed.display:
            self.call_after_refresh(self.scroll_visible, animate=False)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        at = self._list.highlighted
        if self._list.display and at is not None:
            self.choose(self._found[at])
        self.screen.focus_next()

    @on(OptionList.OptionSelected)
    def _picked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.choose(self._found[event.option_index])
        self.screen.focus_next()

    def action_move(self, by: int) -> None:
        """Go through what fits; beyond its ends to the next field."""
        listed = self._list
        at = listed.highlighted
        if not listed.display or (by < 0 and not at) or (by > 0 and at == listed.option_count - 1):
            if by > 0:
                self.screen.focus_next()
            else:
                self.screen.focus_previous()
        elif at is None:
            listed.highlighted = 0
        else:
            listed.highlighted = at + by


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()

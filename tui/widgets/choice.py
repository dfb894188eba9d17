"""One or several of a few: all of them in view, chosen with the arrows and the space bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from tui.keys import key
from tui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Click, Key

_CHOSEN, _OTHER, _OFF = "✓ ", "  ", "- "
"""Marks of what is chosen, of the others of a row of which one is chosen, and of what is switched off."""
_GAP = "   "
_FACES = {True: "on $primary 45%", False: "on $foreground 12%"}
"""What a finger meets in a browser, three rows high: of what is chosen, of the others."""


class Choice(Static, can_focus=True):
    """A row of options; of one, an arrow chooses at once, of several, the space bar switches the one marked.

    Labels are given by `offer` in the language spoken, as often as that changes; what was chosen stays.
    """

    BINDINGS: ClassVar = [
        key("left", "move(-1)", "向左选", "Choose to the left"),
        key("right", "move(1)", "向右选", "Choose to the right"),
        key("space", "switch", "选中或取消", "Choose or not"),
    ]
    DEFAULT_CSS = """
    Choice { height: auto; width: 1fr; }
    Choice:focus { background: $primary 25%; }
    """

    @dataclass
    class Changed(Message):
        """Something else is chosen."""

        choice: Choice

        @property
        def control(self) -> Choice:
            """The widget, for `on(Choice.Changed, "#id")`."""
            return self.choice

    class Deaf(Message):
        """A character was typed, which is no text here and no key."""

    def __init__(self, *, several: bool = False, chosen: Sequence[str] = ()) -> None:
        super().__init__()
        self._several = several
        self._options: tuple[tuple[str, str], ...] = ()
        self._at = 0
        self._chosen = set(chosen)

    @property
    def value(self) -> str:
        """The one chosen; empty where none is."""
        return next(iter(self.values), "")

    @property
    def values(self) -> tuple[str, ...]:
        """All that are chosen, in their order."""
        return tuple(value for value, _ in self._options if value in self._chosen)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these options: values and what they are called; of one, the first is chosen where none was."""
        self._options = tuple(options)
        self._at = min(self._at, max(len(options) - 1, 0))
        if not self._several:
            if not self.values and options:
                self._chosen = {options[0][0]}
            self._at = next((at for at, (value, _) in enumerate(options) if value in self._chosen), 0)
        self._show()

    def choose(self, *values: str) -> None:
        """Choose these, and nothing else."""
        self._chosen = set(values)
        self.offer(self._options)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Show which one is marked, while one is here."""
        super().watch_has_focus(_has_focus)
        self._show()

    def action_move(self, by: int) -> None:
        """Mark the next one; of one, choose it."""
        if not self._options:
            return
        self._at = (self._at + by) % len(self._options)
        self._take()

    def action_switch(self) -> None:
        """Choose the one marked, or not any more."""
        if self._several and self._options:
            self._flip(self._options[self._at][0])

    def on_key(self, event: Key) -> None:
        """Say that what is typed goes nowhere."""
        if event.is_printable and event.key not in self.screen.active_bindings:
            self.post_message(self.Deaf())

    def on_click(self, event: Click) -> None:
        """Choose the one under the mouse."""
        at = event.style.meta.get("option")
        if isinstance(at, int) and at < len(self._options):
            self._at = at
            if self._several:
                self.action_switch()
            else:
                self._take()

    def _take(self) -> None:
        if not self._several:
            self._chosen = {self._options[self._at][0]}
            self.post_message(self.Changed(self))
        self._show()

    def _flip(self, value: str) -> None:
        self._chosen ^= {value}
        self.post_message(self.Changed(self))
        self._show()

    def on_resize(self) -> None:
        """Fit the width."""
        self._show()

    def _show(self) -> None:
        """Put as many options on a line as find room; an option is never broken.  For fingers it is three rows high."""
        room, web = self.content_size.width or 80, self.app.is_web
        lines: list[list[Content]] = []
        left = 0
        for part in self._parts():
            needed = part.cell_length + len(_GAP)
            if not lines or needed - len(_GAP) > left:
                lines.append([])
                left = room
            lines[-1].append(part)
            left -= needed
        said = [Content(_GAP).join(line) for line in lines]
        if web:
            high = [[_blank(line), words, _blank(line), Content("")] for line, words in zip(lines, said, strict=True)]
            said = [row for rows in high for row in rows][:-1]
        self.update(Content("\n").join(said))

    def _parts(self) -> list[Content]:
        parts = []
        for at, (value, label) in enumerate(self._options):
            chosen = value in self._chosen
            words = (_CHOSEN if chosen else _OFF if self._several else _OTHER) + label
            style = Style(bold=chosen, reverse=self.has_focus and at == self._at) + Style.from_meta({"option": at})
            part = plain(f" {words}  ").stylize(_FACES[chosen]) if self.app.is_web else plain(words)
            parts.append(part.stylize(style))
        return parts


def _blank(line: Sequence[Content]) -> Content:
    """Return the line above or below the words of options, which is touched as well as the words are."""
    blanks = []
    for part in line:
        blank = Content(" " * part.cell_length)
        for span in part.spans:
            blank = blank.stylize(span.style)
        blanks.append(blank)
    return Content(_GAP).join(blanks)

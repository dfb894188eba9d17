"""One question inside a page: a line to type in, with answers that a digit picks."""

from __future__ import annotations

import asyncio
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from tui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.events import Key

    from checklists.text import Lang, Text

_BETWEEN = "；"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question."""

    purpose: str
    """What the page asks it for."""
    title: Text
    options: tuple[Text, ...] = ()
    several: bool = False
    """Whether options gather in the line (and a digit among words stays a digit) instead of answering at once."""
    text: str = ""
    """What stands in the line at first."""
    hint: Text | None = None
    """Stands in the line while it is empty."""
    typed: bool = True
    """Whether words can be typed at all."""


class _Line(Input):
    """A line whose page takes the digits that pick an option, whatever form an input method gives them."""

    async def _on_key(self, event: Key) -> None:
        character = event.character or ""
        digit = unicodedata.normalize("NFKC", character)
        box = self.parent
        if isinstance(box, AskBox) and len(digit) == 1 and digit in "123456789" and box.takes_digits:
            event.stop()
            event.prevent_default()
            box.post_message(AskBox.Digit(int(digit)))
            return
        await super()._on_key(event)


class AskBox(Vertical):
    """Stands below what it asks about, hidden while there is nothing to ask."""

    DEFAULT_CSS = """
    AskBox { dock: bottom; height: auto; max-height: 14; display: none; background: $panel; padding: 0 1; }
    AskBox > #ask-title { height: auto; text-style: bold; }
    AskBox > #ask-options { height: auto; max-height: 9; border: none; padding: 0; background: transparent; }
    AskBox > #ask-line { height: 1; background: $background; }
    """

    class Digit(Message):
        """A digit was pressed that picks an option."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Clicked(Message):
        """An option was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._ask: Ask | None = None
        self._lang: Lang = "zh"
        self._picked: list[int] = []

    def compose(self) -> ComposeResult:
        """A title, the options, the line."""
        yield Static(id="ask-title")
        options = OptionList(id="ask-options", compact=True)
        options.can_focus = False
        yield options
        yield _Line(id="ask-line", compact=True, select_on_focus=False)

    @property
    def ask(self) -> Ask | None:
        """What is being asked; None while nothing is."""
        return self._ask

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self._line.value.strip()

    @property
    def highlighted(self) -> int | None:
        """Number of the option that the arrows stand on."""
        found = self._list.highlighted
        return None if self._ask is None or found is None else found + 1

    @property
    def takes_digits(self) -> bool:
        """Whether a digit picks an option here: not among words somebody typed."""
        if self._ask is None or not self._ask.options:
            return False
        untouched = self._gathered() if self._picked else self._ask.text
        return not self._ask.typed or self._line.value in {"", untouched}

    def open(self, ask: Ask, lang: Lang) -> None:
        """Ask something."""
        self._ask, self._picked = ask, []
        self.speak(lang)
        self._list.highlighted = None
        self._line.value = ask.text
        self._line.cursor_position = len(ask.text)
        self._line.display = ask.typed
        self.display = True
        if ask.typed:
            self._line.focus()

    def speak(self, lang: Lang) -> None:
        """Say the question in a language; what was typed stays."""
        self._lang = lang
        if self._ask is None:
            return
        chosen = self._list.highlighted
        self.query_one("#ask-title", Static).update(plain(self._ask.title.of(lang)))
        self._line.placeholder = self._ask.hint.of(lang) if self._ask.hint else ""
        self._list.clear_options()
        self._list.add_options(plain(f"{n} {option.of(lang)}") for n, option in enumerate(self._ask.options, start=1))
        self._list.highlighted = chosen
        self._list.display = bool(self._ask.options)

    def close(self) -> None:
        """Ask no more."""
        self._ask = None
        self.display = False

    def move(self, by: int) -> None:
        """Go up or down the options."""
        count = self._list.option_count
        if count:
            now = self._list.highlighted
            first = 0 if by > 0 else count - 1
            self._list.highlighted = first if now is None else (now + by) % count

    def gather(self, number: int) -> str:
        """Put an option into the line, or take it out again; returns what stands there."""
        if number in self._picked:
            self._picked.remove(number)
        else:
            self._picked.append(number)
        self._line.value = self._gathered()
        self._line.cursor_position = len(self._line.value)
        self._list.highlighted = None
        return self.text

    def type(self, character: str) -> None:
        """Type a character that arrived here from elsewhere."""
        self._line.insert_text_at_cursor(character)

    async def drained(self) -> None:
        """Wait until the keys on their way to the line have arrived there."""
        arrived = asyncio.Event()
        self._line.call_later(arrived.set)
        await arrived.wait()

    @property
    def _line(self) -> _Line:
        return self.query_one("#ask-line", _Line)

    @property
    def _list(self) -> OptionList:
        return self.query_one("#ask-options", OptionList)

    def _gathered(self) -> str:
        options: Iterable[Text] = () if self._ask is None else (self._ask.options[n - 1] for n in self._picked)
        return _BETWEEN.join(option.of(self._lang) for option in options)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Clicked(event.option_index + 1))

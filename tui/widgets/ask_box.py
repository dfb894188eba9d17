"""One question inside a page: a line to type in, with answers that a digit picks."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from checklists.text import Text
from tui.drafts import named_unsaved
from tui.plain import plain
from tui.widgets.ask_line import AskLine
from tui.widgets.words import Settled, TextPane, Words
from tui.wrapping import hung

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.events import Click
    from textual.widgets import Input

    from checklists.text import Lang
    from tui.drafts import Draft
    from tui.widgets.ask import Ask

_BETWEEN = Text("；", "; ")
"""As `audit.usual_reasons.BETWEEN`, which is not read before the first paint."""
_PARTS = re.compile("；|; ")
_BESIDE = 3
"""Cells beside the options: a blank at either side, and the scroll bar."""
_DIGITS = frozenset("123456789")
_COUNTING = frozenset("0123456789-")


class AskBox(Settled, Vertical):
    """Stands below what it asks about, hidden while there is nothing to ask."""

    DEFAULT_CSS = """
    AskBox { dock: bottom; height: auto; max-height: 14; display: none; background: $panel; padding: 0 1; }
    AskBox > #ask-title { height: auto; text-style: bold; }
    AskBox > #ask-options { height: auto; max-height: 11; }
    AskBox > #ask-wrong { height: auto; color: $zero; display: none; }
    AskBox > #ask-line { height: 1; background: $background; background-tint: $foreground 5%; }
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
        self._draft: Draft | None = None
        self._saved = ""
        """What stands in the audit already, or stood in the line without anybody's typing it."""
        self._restored = False
        """Whether an unsaved draft stands in the line."""
        self._lang: Lang = "zh"
        self._wrong: Text | None = None
        self._picked: list[int] = []
        self._at: int | None = None
        self._broken_for = 0

    def compose(self) -> ComposeResult:
        """A title, the options, the line."""
        yield Words(id="ask-title")
        yield TextPane(id="ask-options")
        yield AskLine(self)
        yield Words(id="ask-wrong")

    @property
    def ask(self) -> Ask | None:
        """What is being asked; None while nothing is."""
        return self._ask

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self._line.value.strip()

    @property
    def changed(self) -> bool:
        """Whether something else stands in the line than is saved."""
        return self.text != self._saved.strip()

    @property
    def line(self) -> Input | None:
        """Where words are typed, while they can be: the page puts the focus there, before the next key arrives."""
        return self._line if self._ask is not None and self._ask.typed else None

    @property
    def highlighted(self) -> int | None:
        """Number of the option that the arrows stand on."""
        return self._at

    @property
    def takes_digits(self) -> bool:
        """Whether a digit picks an option here: not among words somebody typed."""
        if self.takes_counts:
            return True
        if self._ask is None or not self._ask.options:
            return False
        untouched = self._gathered() if self._picked else self._ask.text
        return not self._ask.typed or self._line.value in {"", untouched}

    def takes(self, character: str | None) -> bool:
        """Whether the page's keys get a character that was typed in the line."""
        return (character in _DIGITS and self.takes_digits) or (character in _COUNTING and self.takes_counts)

    @property
    def takes_counts(self) -> bool:
        """Whether a digit, or a minus, goes on counting here: as long as nothing is typed."""
        return self._ask is not None and self._ask.counts and not self._line.value

    def open(self, ask: Ask, lang: Lang, draft: Draft | None = None, *, begun: bool = False) -> None:
        """Ask something.

        Args:
            ask: the question.
            lang: the language spoken.
            draft: keeps what is typed until `drop`; what it has stands in the line.
            begun: what stands in the line at first was typed just now, and no draft takes its place.
        """
        self._ask, self._picked, self._at = ask, [], None
        self._draft, self._saved = draft if ask.typed else None, "" if begun else ask.text
        kept = self._draft.text if self._draft is not None and not begun else ""
        self._restored = bool(kept) and kept != ask.text
        self._wrong = None
        text = kept or ask.text
        self.speak(lang)
        self._line.value = text
        self._line.cursor_position = len(text)
        self._line.display = ask.typed
        self.display = True
        self.keep()

    def speak(self, lang: Lang) -> None:
        """Say the question in a language; what was typed stays."""
        self._lang = lang
        if self._ask is None:
            return
        title = named_unsaved(self._ask.title) if self._restored else self._ask.title
        self.query_one("#ask-title", Words).update(plain(title.of(lang)))
        self._line.placeholder = self._ask.hint.of(lang) if self._ask.hint else ""
        self.blame(self._wrong)
        self._offer()
        self.query_one("#ask-options").refresh(layout=True)

    def blame(self, wrong: Text | None) -> None:
        """Say what is wrong with what stands in the line, until it is changed; None: nothing is."""
        self._wrong = wrong
        words = self.query_one("#ask-wrong", Words)
        words.display = wrong is not None
        if wrong is not None:
            words.update(plain(wrong.of(self._lang)))

    def retitle(self, title: Text) -> None:
        """Ask it in other words; what was typed stays."""
        if self._ask is not None:
            self._ask = replace(self._ask, title=title)
            self.speak(self._lang)

    def close(self) -> None:
        """Ask no more; what was typed and not dropped waits for the next time."""
        self.keep(left=True)
        self._ask = self._draft = None
        self.display = False

    # -- drafts ------------------------------------------------------------------------------------------------------

    def keep(self, *, left: bool = False) -> None:
        """Keep what was typed, whatever ends the program."""
        if self._draft is not None and self._ask is not None:
            self._draft.keep(self._line.value if self.changed else "", left=left)

    def drop(self) -> None:
        """Keep no draft: what stands in the line was saved, or is not wanted."""
        if self._draft is not None:
            self._draft.drop()
        self._draft = None

    def saved(self, draft: Draft) -> None:
        """Take what stands in the line as saved; what is typed from now on is kept in another draft."""
        if self._draft is not None:
            self._draft.drop()
        self._draft, self._saved = draft, self._line.value
        if self._restored:
            self._restored = False
            self.speak(self._lang)

    def on_input_changed(self) -> None:
        """Keep it; what was wrong with it may be so no more."""
        self.keep()
        if self._wrong is not None:
            self.blame(None)

    def move(self, by: int) -> None:
        """Go up or down the options."""
        count = 0 if self._ask is None else len(self._ask.options)
        if count:
            first = 1 if by > 0 else count
            self._at = first if self._at is None else (self._at - 1 + by) % count + 1
            self._offer()

    def gather(self, number: int) -> str:
        """Put an option into the line, or take it out again; returns what stands there."""
        if number in self._picked:
            self._picked.remove(number)
        else:
            self._picked.append(number)
        self._line.value = self._gathered()
        self._line.cursor_position = len(self._line.value)
        self._at = None
        self._offer()
        return self.text

    def apart(self, typed: str) -> str:
        """Return what is typed at the end of the line, behind a stroke where only options stand there."""
        options = () if self._ask is None else self._ask.options
        names = {name for option in options for name in (option.zh, option.en)}
        if not names.issuperset(_PARTS.split(self._line.value)) or typed[0] in ";；,，":
            return typed
        return _BETWEEN.of(self._lang) + typed.lstrip()

    def type(self, character: str) -> None:
        """Type a character that arrived here from elsewhere."""
        self._line.insert_text_at_cursor(character)

    async def drained(self) -> None:
        """Wait until the keys on their way to the line have arrived there."""
        arrived = asyncio.Event()
        self._line.call_later(arrived.set)
        await arrived.wait()

    @property
    def _line(self) -> AskLine:
        return self.query_one("#ask-line", AskLine)

    def _offer(self) -> None:
        """Write the options, that of the arrows turned round."""
        options = () if self._ask is None else self._ask.options
        pane = self.query_one("#ask-options", TextPane)
        # Where fingers choose, the page offers the first nine as targets.
        pane.display = len(options) > (9 if self.app.is_web else 0)
        self._broken_for = self._room
        rows = []
        for number, option in enumerate(options, start=1):
            style = Style(reverse=number == self._at, bold=number in self._picked)
            row = plain(hung(f"{number} {option.of(self._lang)}", self._room)).stylize(
                style + Style.from_meta({"option": number})
            )
            rows.append(row)
        pane.show(Content("\n").join(rows))
        if self._at is not None:
            share = (self._at - 1) / max(1, len(options))
            pane.scroll_to(y=share * pane.virtual_size.height, animate=False)

    @property
    def _room(self) -> int:
        """Cells of an option; known before the box was ever laid out."""
        around = self.parent
        return around.scrollable_content_region.width - _BESIDE if isinstance(around, Widget) else 0

    def on_resize(self) -> None:
        """Break the options for another width."""
        if self._ask is not None and self._room != self._broken_for:
            self.speak(self._lang)

    def _gathered(self) -> str:
        options: Iterable[Text] = () if self._ask is None else (self._ask.options[n - 1] for n in self._picked)
        return _BETWEEN.of(self._lang).join(option.of(self._lang) for option in options)

    def on_click(self, event: Click) -> None:
        """Say which option it was."""
        number = event.style.meta.get("option")
        if isinstance(number, int):
            self.post_message(self.Clicked(number))

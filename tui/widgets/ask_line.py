"""The line in which the answer to a question inside a page is typed."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

if TYPE_CHECKING:
    from textual.events import Hide, Key

    from tui.widgets.ask_box import AskBox

_DIGITS = frozenset("123456789")


class AskLine(Input):
    """A line whose page takes the digits that pick an option, whatever form an input method gives them."""

    virtual_size = Reactive(Size(0, 0))
    """Without a layout of the screen for every character typed."""

    def __init__(self, box: AskBox) -> None:
        super().__init__(id="ask-line", compact=True, select_on_focus=False)
        self._box = box

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Look the same with and without the focus, but for the cursor: styling it anew takes as long as saving."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Leave such a digit to the page's own keys."""
        return not self._box.takes(character) and super().check_consume_key(key, character)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put words of one's own apart from the options picked before them."""
        at_end = start == end == len(self.value)
        super().replace(self._box.apart(text) if text and at_end else text, start, end)

    def _on_hide(self, event: Hide) -> None:
        # It comes late: by then another question may be open, whose words would go astray without the focus.
        if self._box.ask is not None:
            event.prevent_default()

    async def _on_key(self, event: Key) -> None:
        digit = unicodedata.normalize("NFKC", event.character or "")
        if digit in _DIGITS and self._box.takes_digits:
            event.stop()
            event.prevent_default()
            self._box.post_message(self._box.Digit(int(digit)))
            return
        await super()._on_key(event)

"""Several lines of a form: its keys say that Enter makes a new line here, and how one goes on."""

from __future__ import annotations

from typing import ClassVar

from textual.widgets import TextArea

from tui.keys import key


class Lines(TextArea):
    """A text of several lines."""

    BINDINGS: ClassVar = [
        key("enter", "new_line", "换行（Tab 下一栏）", "New line (Tab: next)", show=True),
    ]

    def __init__(self, text: str = "") -> None:
        super().__init__(text, compact=True)

    def action_new_line(self) -> None:
        """Begin a new line."""
        self.insert("\n")

"""`?`: what the screen in front is for, and every key of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widgets import Static

from checklists.text import Text
from tui.keys import key
from tui.plain import plain
from tui.screens.page import Dialog

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from textual.widget import Widget

    from tui.screens.page import Page

_TITLE = Text("帮助", "Help")
_KEYS = Text("按键", "Keys")


class HelpScreen(Dialog[None]):
    """Generated from the bindings, so that it cannot lag behind them."""

    CSS_PATH = "help.tcss"
    ABOUT = Text("关闭帮助。", "Closes the help.")
    BINDINGS = [key("escape,question_mark,f1,q", "close", "关闭", "Close", show=True)]  # noqa: RUF012 - Textual's own

    def __init__(self, page: Page | Dialog[Any]) -> None:
        super().__init__()
        self._page = page

    def body(self) -> Iterable[Widget]:
        """One text that scrolls."""
        with VerticalScroll(id="help-scroll"):
            yield Static(id="help-text")

    def relabel(self) -> None:
        """Write it anew."""
        self.put("#title", _TITLE)
        self.query_one("#help-text", Static).update(plain(self._text()))
        self.query_one("#help-scroll").focus()

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def _text(self) -> str:
        app = self.desk_app
        rows: dict[str, list[str]] = {}
        for active in self._page.active_bindings.values():
            binding = active.binding
            if binding.system or not binding.description:
                continue
            shown = rows.setdefault(binding.description, [])
            name = app.get_key_display(binding)
            if name not in shown:
                shown.append(name)
        width = max((len(" ".join(names)) for names in rows.values()), default=0)
        lines = [f"{' '.join(names):<{width}}   {what}" for what, names in rows.items()]
        return "\n".join([self._page.ABOUT.of(self.lang), "", _KEYS.of(self.lang), *lines])

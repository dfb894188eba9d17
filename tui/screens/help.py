"""`?`: what the screen in front is for, and every key of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Static

from checklists.text import Text
from tui.keys import description, is_own, key
from tui.plain import plain
from tui.screens.page import Dialog
from tui.wrapping import broken_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from textual.binding import BindingType
    from textual.widget import Widget

    from tui.screens.page import Page

_TITLE = Text("帮助", "Help")
_HERE = Text("本页按键", "Keys of this page")
_EVERYWHERE = Text("任何页面", "Everywhere")
_BEFORE, _BETWEEN = "  ", "   "
_WIDEST = 22
"""Cells the keys' names may take before what they do."""


class HelpScreen(Dialog[None]):
    """Generated from the bindings, so that it cannot lag behind them."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#help-scroll"
    ABOUT = Text("关闭帮助。", "Closes the help.")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "close", "关闭", "Close", show=True),
        key("question_mark,f1,q,enter", "close", "关闭", "Close"),
    ]

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
        self.call_after_refresh(self._lay_out)

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.call_after_refresh(self._lay_out)

    def _lay_out(self) -> None:
        room = max(20, self.query_one("#help-text").size.width)
        self.query_one("#help-text", Static).update(plain(self._text(room)))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def _text(self, room: int) -> str:
        """What the page is for, then its own keys, and those that work everywhere."""
        groups = self._groups()
        names = [_name(keys) for rows in groups.values() for keys in rows.values()]
        width = min(max((cell_len(name) for name in names), default=0), _WIDEST)
        lines = [broken_at(self._page.ABOUT.of(self.lang), room)]
        for title, rows in groups.items():
            if rows:
                lines += ["", title.of(self.lang), *_lines(rows, width, room)]
        return "\n".join(lines)

    def _groups(self) -> dict[Text, dict[str, list[str]]]:
        """Return the names of the keys by group and by what they do."""
        groups: dict[Text, dict[str, list[str]]] = {_HERE: {}, _EVERYWHERE: {}}
        for active in self._page.bindings_as_written.values():
            binding = active.binding
            if binding.system or not is_own(binding):  # those of Textual's widgets are no news to anybody
                continue
            group = _EVERYWHERE if isinstance(active.node, App) else _HERE
            shown = groups[group].setdefault(description(binding, self.lang), [])
            name = self.app.get_key_display(binding)
            if name not in shown:
                shown.append(name)
        return groups


def _name(keys: list[str]) -> str:
    return " ".join(keys)


def _lines(rows: Mapping[str, list[str]], width: int, room: int) -> list[str]:
    """Return a line a key, or several: what it does hangs beside its name."""
    lines = []
    indent = width + len(_BEFORE) + len(_BETWEEN)
    for what, keys in rows.items():
        name = _name(keys)
        told = broken_at(what, max(10, room - indent)).replace("\n", f"\n{' ' * indent}")
        lines.append(f"{_BEFORE}{name}{' ' * (width - cell_len(name))}{_BETWEEN}{told}")
    return lines

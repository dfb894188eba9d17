"""Finding an item by its number or its words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from checklists.text import Text
from tui.keys import key
from tui.plain import plain
from tui.screens.page import Dialog
from tui.widgets.finger_list import FingerList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from checklists.model import BonusItem, Item

_TITLE = Text("查找检查项", "Find an item")
_HINT = Text("编号或文字，空格分隔", "Number or words")
_COUNT, _ONE = Text("{count} 项", "{count} items"), Text("1 项", "1 item")
_CUT = Text("共 {count} 项，只列出前 {most} 项", "first {most} of {count} items")
_NONE = Text("没有匹配的检查项，请改写；Esc 关闭", "No item fits: type something else, or Escape closes")
_MOST = 100
"""Items that are listed in a terminal; more words find fewer.  Where there may be no keyboard all are."""


class FindItem(Dialog[str | None]):
    """Gives back the id of the item chosen."""

    CSS_PATH = "score.tcss"
    AUTO_FOCUS = "#find-line"
    ABOUT = Text(
        "输入编号或文字（中英文都可以），用方向键选择，回车前往。",
        "Type a number or words in either language, choose with the arrows, Enter goes there.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "take", "前往", "Go there", show=True, priority=True),
        key("up", "move(-1)", "上移", "Up", priority=True),
        key("down", "move(1)", "下移", "Down", priority=True),
        key("escape", "leave", "取消", "Cancel", show=True),
    ]

    def __init__(self, items: Sequence[Item | BonusItem]) -> None:
        super().__init__()
        self._items = items
        self._words = {item.id: _folded(f"{item.id} {item.statement.zh} {item.statement.en}") for item in items}
        self._found: list[str] = []

    def body(self) -> Iterable[Widget]:
        """The line and what it finds."""
        yield Input(id="find-line", compact=True)
        yield FingerList(id="found", compact=True)
        yield Static(id="found-count", classes="muted")

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#title", _TITLE)
        self.query_one("#find-line", Input).placeholder = _HINT.of(self.lang)
        self.query_one("#found", OptionList).can_focus = False
        self._search()

    @on(Input.Changed)
    def _search(self) -> None:
        wanted = _folded(self.query_one("#find-line", Input).value).split()
        found = [item for item in self._items if all(word in self._words[item.id] for word in wanted)]
        exact = [item for item in found if _folded(item.id) in wanted]
        found = exact + [item for item in found if item not in exact] if wanted else found
        count = len(found)
        found = found if self.app.is_web else found[:_MOST]
        self._found = [item.id for item in found]
        listed = self.query_one("#found", OptionList)
        listed.clear_options()
        listed.add_options(Option(plain(f"{item.id}  {item.statement.of(self.lang)}")) for item in found)
        listed.highlighted = 0 if found else None
        self.query_one("#found-count").set_class(not found, "wrong")
        self.put("#found-count", _counted(count, len(found)))

    def action_move(self, by: int) -> None:
        """Go up or down what was found."""
        listed = self.query_one("#found", OptionList)
        if by > 0:
            listed.action_cursor_down()
        else:
            listed.action_cursor_up()

    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Give back the item marked; where none fits stay, as what is typed next would answer the item below."""
        at = self.query_one("#found", OptionList).highlighted
        if at is not None:
            self.dismiss(self._found[at])

    def action_leave(self) -> None:
        """Give back nothing."""
        self.dismiss(None)


def _counted(count: int, listed: int) -> Text:
    """Return how many items fit, and how many of them are listed where that is fewer."""
    if listed < count:
        return _CUT.format(count=count, most=listed)
    return _COUNT.format(count=count) if count > 1 else _ONE if count else _NONE


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()

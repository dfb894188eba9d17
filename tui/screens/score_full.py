"""A whole section full marks, except what the auditor takes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from checklists.text import Text
from tui.keys import key
from tui.plain import plain
from tui.screens.page import Dialog
from tui.widgets.finger_list import FingerList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from audit.full_marks import FullMarks

_TITLE = Text("{section}：满分，除了……", "{section}: full marks, except ...")
_GIVE = Text("→ 给 {count} 项满分", "→ give {count} items full marks")
_NOTHING = Text("没有可以给满分的未评项", "No open item can be given full marks")
_LEFT_OUT = Text("不包括：{item} {why}", "left out: {item} {why}")
_KEEPS = Text("已评的项保持不变。", "What is answered stays as it is.")


class SectionFull(Dialog["tuple[str, ...] | None"]):
    """Gives back the ids of the items that are excepted; nothing where it was left."""

    CSS_PATH = "score.tcss"
    AUTO_FOCUS = "#full-list"
    ABOUT = Text(
        "给一个项目中所有未评的项满分。空格去掉或恢复一项，在最后一行按回车确认。要看实物、数值或记录的项不包括在内。",
        "Gives all open items of a section full marks. Space takes one out or back in; Enter on the last row confirms. "
        "What needs a figure or a record is left out.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "switch", "去掉/恢复", "Out or in", show=True),
        key("enter", "take", "确认", "Confirm", show=True, priority=True),
        key("end", "last", "到确认行", "To the last row"),
        key("escape", "leave", "取消", "Cancel", show=True),
    ]

    def __init__(self, proposed: FullMarks) -> None:
        super().__init__()
        self._proposed = proposed
        self._out: set[str] = set()

    def body(self) -> Iterable[Widget]:
        """The items, then the row that confirms, then what is left out."""
        yield FingerList(id="full-list", compact=True)
        yield Static(id="full-left", classes="muted")

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#title", _TITLE.format(section=self._proposed.section.name))
        left = [_LEFT_OUT.format(item=item, why=why).of(self.lang) for item, why in self._proposed.left_out]
        self.put("#full-left", "\n".join([*left, _KEEPS.of(self.lang)]))
        self._fill()

    def _fill(self) -> None:
        listed = self.query_one("#full-list", OptionList)
        at = listed.highlighted or 0
        known = {item.id: item for item in self._proposed.section.items}
        rows = []
        for typed in self._proposed.answers:
            mark = "  " if typed.item in self._out else "✓ "
            rows.append(f"{mark}{typed.item}  {known[typed.item].statement.of(self.lang)}")
        count = len(rows) - len(self._out)
        rows.append((_GIVE.format(count=count) if count else _NOTHING).of(self.lang))
        listed.clear_options()
        listed.add_options(Option(plain(row)) for row in rows)
        listed.highlighted = min(at, len(rows) - 1)

    def action_switch(self) -> None:
        """Take the item marked out, or back in."""
        at = self.query_one("#full-list", OptionList).highlighted
        if at is not None and at < len(self._proposed.answers):
            self._out ^= {self._proposed.answers[at].item}
            self._fill()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        """Confirm on the last row; on an item, take it out or back in."""
        event.stop()
        if event.option_index < len(self._proposed.answers):
            self.action_switch()
        else:
            self.action_take()

    def action_take(self) -> None:
        """Give full marks to all that are not taken out."""
        if len(self._out) < len(self._proposed.answers):
            self.dismiss(tuple(sorted(self._out)))
        else:
            self.dismiss(None)

    def action_last(self) -> None:
        """Go to the row that confirms."""
        self.query_one("#full-list", OptionList).highlighted = len(self._proposed.answers)

    def action_leave(self) -> None:
        """Give nothing."""
        self.dismiss(None)

"""One KPI's figures: months down, series across; typing a figure begins it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.keys import key
from tui.widgets.grid import Grid

if TYPE_CHECKING:
    from textual.binding import Binding, BindingType

_LEAST, _MOST = 14, 26
"""Cells a series takes."""


def _at_once(keys: str, action: str, zh: str, en: str, *, show: bool = False) -> Binding:
    """Return a binding that is taken in the order of the keys, whatever is still being saved."""
    return key(keys, action, zh, en, show=show, priority=True)


class KpiGrid(Grid):
    """A grid whose keys go to the page in the order in which they were pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _at_once("enter,backspace", "screen.edit", "录入", "Type", show=True),
        *[_at_once(str(n), f"screen.type('{n}')", "直接输入数值", "Type a figure at once") for n in range(10)],
        _at_once("minus", "screen.type('-')", "直接输入数值", "Type a figure at once"),
        _at_once("full_stop", "screen.type('.')", "直接输入数值", "Type a figure at once"),
        _at_once("n,d,ctrl+n", "screen.lacking", "无数据", "No figure", show=True),
        _at_once("tab,p", "screen.source", "来源", "Source", show=True),
        _at_once("s,space", "screen.confirm", "按此来源确认", "Confirm", show=True),
        _at_once("o,ctrl+right", "screen.open_cell", "下一个空格", "Next empty cell"),
        _at_once("g,ctrl+g", "screen.go_item", "到检查项", "To the item"),
        _at_once("i,ctrl+o", "screen.import", "导入", "Read a file"),
        _at_once("e,ctrl+e", "screen.export", "导出数据表", "Write the sheet"),
        _at_once("z,ctrl+z", "screen.undo", "撤销", "Undo"),
        _at_once("Z,ctrl+y", "screen.redo", "重做", "Redo"),
        _at_once("r", "app.page('score')", "回到评分", "Back to scoring"),
        _at_once("escape", "screen.catalogue", "指标列表", "List", show=True),
        _at_once("ctrl+down", "screen.other(1)", "下一个指标", "Next KPI"),
        _at_once("ctrl+up", "screen.other(-1)", "上一个指标", "KPI before"),
        _at_once("right_square_bracket,shift+down", "screen.read(1)", "下方说明下滚", "Text below: down"),
        _at_once("left_square_bracket,shift+up", "screen.read(-1)", "下方说明上滚", "Text below: up"),
        _at_once("up", "move(-1, 0)", "上一个月", "Month before"),
        _at_once("down", "move(1, 0)", "下一个月", "Month after"),
        _at_once("left", "move(0, -1)", "前一序列", "Series before"),
        _at_once("right", "move(0, 1)", "后一序列", "Series after"),
        _at_once("home", "move(-9999, 0)", "第一个月", "First month"),
        _at_once("end", "move(9999, 0)", "最后一行", "Last line"),
        _at_once("pageup", "page(-1)", "上翻", "Page up"),
        _at_once("pagedown", "page(1)", "下翻", "Page down"),
    ]

    def _width(self) -> int:
        """Share the room among the series; with too little of it, the grid goes sideways."""
        count = max(1, len(self.sheet.heads))
        return max(_LEAST, min((self.size.width - self._label() - 2) // count, _MOST))

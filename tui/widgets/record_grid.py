"""The record sheet's grid with the keys that mark a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tui.keys import key
from tui.widgets.grid import Grid

if TYPE_CHECKING:
    from textual.binding import Binding, BindingType


def _at_once(keys: str, action: str, zh: str, en: str, *, show: bool = False) -> Binding:
    """Return a binding that is taken in the order of the keys: none overtakes another that waits for its saving."""
    return key(keys, action, zh, en, show=show, priority=True)


class RecordGrid(Grid):
    """A grid whose keys go to the page in the order in which they were pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _at_once("y", "screen.mark('y')", "符合", "Conforms", show=True),
        _at_once("n", "screen.mark('n')", "不符合", "Does not", show=True),
        _at_once("x", "screen.mark('x')", "不适用", "N/a", show=True),
        *[_at_once(str(n), f"screen.mark('{n}')", "等级（0 也清除）", "Level (0 clears, too)") for n in range(10)],
        _at_once("backspace,delete", "screen.mark('open')", "清除标记", "Clear the mark"),
        _at_once("u", "screen.missing", "未提供 / 找到", "Not produced / found", show=True),
        _at_once("m,tab", "screen.remark", "备注", "Remark"),
        _at_once("enter", "screen.choose", "全部选项", "Choices", show=True),
        _at_once("o", "screen.open_cell", "下一个未标的格", "Next cell without a mark"),
        _at_once("slash", "screen.find", "查找检查项", "Find an item"),
        _at_once("t", "screen.turn", "按单 / 按项", "By record / by item"),
        _at_once("c", "screen.close_short", "提前结束抽样", "Close the set short"),
        _at_once("e", "screen.export", "导出 Excel 记录表", "Write the Excel sheet"),
        _at_once("i", "screen.import", "导入 Excel 记录表", "Read an Excel sheet"),
        _at_once("z,ctrl+z", "screen.undo", "撤销", "Undo"),
        _at_once("Z,ctrl+y", "screen.redo", "重做", "Redo"),
        _at_once("r", "app.page('score')", "回到评分", "Back to scoring"),
        _at_once("escape", "screen.sets", "抽样组列表", "List of sets"),
        _at_once("right_square_bracket,shift+down", "screen.read(1)", "下方说明下滚", "Text below: down"),
        _at_once("left_square_bracket,shift+up", "screen.read(-1)", "下方说明上滚", "Text below: up"),
        _at_once("up", "move(-1, 0)", "上一条记录", "Record above"),
        _at_once("down", "move(1, 0)", "下一条记录", "Record below"),
        _at_once("left", "move(0, -1)", "前一检查项", "Item before"),
        _at_once("right", "move(0, 1)", "后一检查项", "Item after"),
        _at_once("home", "move(0, -9999)", "第一个检查项", "First item"),
        _at_once("end", "move(0, 9999)", "最后一个检查项", "Last item"),
        _at_once("pageup", "page(-1)", "上一页记录", "Page of records up"),
        _at_once("pagedown", "page(1)", "下一页记录", "Page of records down"),
        _at_once("ctrl+home", "move(-9999, -9999)", "第一格", "First cell"),
        _at_once("ctrl+end", "move(9999, 9999)", "最后一格", "Last cell"),
    ]

"""The catalogue of KPIs as a table under its categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from textual.color import Color

from checklists.text import Text
from tui.keys import key
from tui.plain import plain_cell
from tui.widgets.finger_table import FingerTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text as Cell
    from textual.binding import BindingType

    from checklists.text import Lang
    from tui.kpi_lines import KpiLine

_COLUMNS = (
    ("id", Text("编号", "No."), 4, 4),
    ("name", Text("指标", "KPI"), 0, 0),
    ("value", Text("取用值", "Value"), 9, 11),
    ("unit", Text("单位", "Unit"), 8, 16),
    ("limits", Text("合格/目标", "Pass/target"), 11, 13),
    ("status", Text("状态", "Status"), 17, 30),
    ("source", Text("来源", "By"), 4, 7),
    ("data", Text("数据", "Data"), 6, 7),
    ("formula", Text("口径", "How it is counted"), 0, 0),
)
"""Name, heading, and cells on a narrow and on a wide screen; counts have all the room they need."""
_RIGHT = frozenset({"value", "limits", "data"})
_WIDE = 110
_NARROWEST, _ROOMY = 12, 16
_FORMULA = 24
"""Cells that must be left over for the formula to be shown."""
_MORE = "…"


class KpiTable(FingerTable):
    """The list; the cursor may stand on headings, too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # In the order of the keys: what is typed after one that opens something belongs to that.
        key("enter", "screen.open", "打开", "Open", show=True, priority=True),
        key("up", "cursor_up", "上移", "Up", priority=True),
        key("down", "cursor_down", "下移", "Down", priority=True),
        key("i,ctrl+o", "screen.import", "导入", "Read a file", show=True, priority=True),
        key("e,ctrl+e", "screen.export", "导出数据表", "Write the sheet", show=True, priority=True),
        key("o,ctrl+down", "screen.open_cell", "下一个未收集", "Next not recorded", priority=True),
        key("z,ctrl+z", "screen.undo", "撤销", "Undo", priority=True),
        key("Z,ctrl+y", "screen.redo", "重做", "Redo", priority=True),
        key("g,ctrl+g", "screen.go_item", "到检查项", "To the item", priority=True),
        key("right_square_bracket,shift+down", "screen.read(1)", "下方说明下滚", "Text below: down", priority=True),
        key("left_square_bracket,shift+up", "screen.read(-1)", "下方说明上滚", "Text below: up", priority=True),
        key("r,escape", "app.page('score')", "回到评分", "Back to scoring", show=True, priority=True),
    ]

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, cursor_type="row", cell_padding=0)
        self._lines: Sequence[KpiLine] = ()
        self._shown: tuple[Lang, int] = ("zh", 80)

    @property
    def lines(self) -> Sequence[KpiLine]:
        """What is shown."""
        return self._lines

    @property
    def here(self) -> KpiLine | None:
        """The line under the cursor."""
        return self._lines[self.cursor_row] if 0 <= self.cursor_row < len(self._lines) else None

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.show(self._lines, *self._shown))

    def show(self, lines: Sequence[KpiLine], lang: Lang, room: int) -> None:
        """Show lines; the cursor stays where it was.

        Args:
            lines: the lines.
            lang: the language spoken.
            room: cells across.
        """
        here = self.here
        self._lines, self._shown = lines, (lang, room)
        widths = column_widths(lines, lang, room)
        self.clear(columns=True)
        for name, head, _, _ in _COLUMNS:
            if name in widths:
                told = _fitted(head.of(lang), widths[name], right=name in _RIGHT)
                self.add_column(plain_cell(told), width=widths[name] + 1, key=name)
        for line in lines:
            cells = _heading(line, widths) if line.heading else line.cells
            self.add_row(*(self._cell(line, name, cells.get(name, ""), width) for name, width in widths.items()))
        if here is not None:
            self.stand_on(here.id, heading=here.heading)

    def stand_on(self, own_id: str, *, heading: bool = False) -> None:
        """Put the cursor on a KPI or a category."""
        for at, line in enumerate(self._lines):
            if (line.id, line.heading) == (own_id, heading):
                self.move_cursor(row=at, scroll=True)

    def _cell(self, line: KpiLine, name: str, told: str, width: int) -> Cell:
        if line.heading and name != "data":
            return plain_cell(told, self._style("secondary", bold=True))
        text = _fitted(told, width, right=name in _RIGHT)
        if line.heading:
            return plain_cell(text, self._style("secondary", bold=True))
        return plain_cell(text, self._style(line.look) if name == "status" and line.look else "")

    def _style(self, name: str, *, bold: bool = False) -> Style:
        return Style(color=Color.parse(self.app.theme_variables[name]).rich_color, bold=bold or name == "conflict")


def column_widths(lines: Sequence[KpiLine], lang: Lang, room: int) -> dict[str, int]:
    """Return the cells across of the columns that are shown: what the others leave is the name's and the formula's."""
    widths = {}
    for name, head, least, most in _COLUMNS[:-1]:
        told = [line.cells.get(name, "") for line in lines if name == "data" or not line.heading]
        longest = max(cell_len(each) for each in [head.of(lang), *told])
        widths[name] = longest if name in {"name", "data"} else min(longest, most if room >= _WIDE else least)
    left = room - 1 - sum(width + 1 for width in widths.values())
    if left > _FORMULA:
        return {**widths, "formula": left - 1}
    if widths["name"] + left < _ROOMY:
        left += widths.pop("source") + 1  # it is said below the table
    widths["name"] = max(_NARROWEST, widths["name"] + min(0, left))
    return widths


def _heading(line: KpiLine, widths: dict[str, int]) -> dict[str, str]:
    """Return a heading that runs on through the cells of its row, up to the last one."""
    cells, rest = {"data": line.cells["data"]}, " ".join(line.cells["name"].split("\n"))
    if cell_len(rest) > len(rest) and widths["name"] % 2 == 0:
        rest = f" {rest}"  # or there would be a gap where a wide character does not fit at the end of the cell
    for name, width in widths.items():
        if name in {"id", "data", "formula"}:
            continue
        part = ""
        while rest and cell_len(part + rest[0]) <= width + 1:
            part, rest = part + rest[0], rest[1:]
        cells[name] = part
    return cells


def _fitted(text: str, width: int, *, right: bool) -> str:
    """Return a text that fits a cell; the whole of it stands below the table."""
    line = " ".join(text.split("\n"))
    if cell_len(line) > width:
        return set_cell_size(line, width - cell_len(_MORE)).rstrip() + _MORE
    return " " * (width - cell_len(line)) + line if right else line

"""The two tables of the photos page: a folder's photos, and the evidence the audit has."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size

from checklists.text import Text
from tui.keys import key
from tui.plain import plain_cell
from tui.widgets.finger_table import FingerTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text as Cell
    from textual.binding import BindingType
    from textual.events import Key

    from audit.evidence import Evidence
    from checklists.model import Checklist
    from checklists.text import Lang
    from tui.inbox_rows import Row

_PHOTOS = (
    ("sign", Text("", ""), 1),
    ("time", Text("时间", "Time"), 11),
    ("name", Text("照片", "Photo"), 22),
    ("size", Text("大小", "Size"), 7),
    ("item", Text("检查项", "Item"), 7),
    ("words", Text("", ""), 0),
)
_PIECES = (
    ("item", Text("检查项", "Item"), 7),
    ("name", Text("文件", "File"), 30),
    ("size", Text("大小", "Size"), 7),
    ("time", Text("时间", "Time"), 11),
    ("person", Text("添加人", "Added by"), 11),
)
_REST = 62
"""Cells that the other columns take; a column of width 0 takes what is left."""
_LOOKS = {"✓": "full", "✗": "zero", "?": "part", "!": "conflict"}
"""Variables of the theme that colour the marks."""
_OUT = frozenset({"-", "="})
_TURNS = (
    key("z,ctrl+z", "screen.undo", "撤销", "Undo", priority=True),
    key("Z,ctrl+y", "screen.redo", "重做", "Redo", priority=True),
)


class _Table(FingerTable):
    def columns_of(self, columns: Sequence[tuple[str, Text, int]], lang: Lang) -> None:
        """Make the columns anew, in the language spoken."""
        self.clear(columns=True)
        for name, head, width in columns:
            self.add_column(plain_cell(head.of(lang)), width=width or max(16, self.app.size.width - _REST), key=name)

    @property
    def place(self) -> int | None:
        """The row under the cursor."""
        return self.cursor_row if self.row_count else None


class PhotoTable(_Table):
    """A folder's photos; a capital letter begins to look for an item."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "screen.confirm", "确认", "Confirm", show=True, priority=True),
        key("m,slash", "screen.move", "改到", "Move", show=True, priority=True),
        key("x", "screen.skip", "跳过", "Skip", show=True, priority=True),
        key("a", "screen.confirm_all", "全部确认", "All", show=True, priority=True),
        key("o,ctrl+o", "screen.folder", "文件夹", "Folder", show=True, priority=True),
        key("v,tab", "screen.view", "已有佐证", "Evidence", priority=True),
        key("f", "screen.add_file", "加一个文件", "Add one file", priority=True),
        key("delete,backspace", "screen.remove", "撤回已加入的", "Take an added one away", priority=True),
        *_TURNS,
        key("escape", "screen.stop", "停止", "Stop", priority=True),
        key("up", "cursor_up", "上移", "Up", priority=True),
        key("down", "cursor_down", "下移", "Down", priority=True),
    ]

    def fill(self, rows: Sequence[Row], checklist: Checklist, lang: Lang) -> None:
        """Show the photos; the cursor stays."""
        here = self.place or 0
        self.columns_of(_PHOTOS, lang)
        for number, row in enumerate(rows):
            self.add_row(*self._cells(row, checklist, lang), key=str(number))
        if rows:
            self.move_cursor(row=min(here, len(rows) - 1))

    def show(self, number: int, row: Row, checklist: Checklist, lang: Lang) -> None:
        """Show one photo as it is now."""
        for (name, _, _), cell in zip(_PHOTOS, self._cells(row, checklist, lang), strict=True):
            self.update_cell(str(number), name, cell)

    def _cells(self, row: Row, checklist: Checklist, lang: Lang) -> list[Cell]:
        from tui.evidence_tables import size_shown

        item = checklist.items.get(row.item or "")
        words = item.statement.of(lang) if item else ""
        told = f">{row.item}" if row.moved else row.item or "?"
        name = _cut(row.photo.path.name, _PHOTOS[2][2])
        cells = [_short(row.photo.taken), name, size_shown(row.size), told, words]
        colour = self.app.theme_variables.get(_LOOKS.get(row.sign, ""), "")
        sign = plain_cell(row.sign, f"bold {colour}" if colour.startswith("#") else "bold")
        return [sign, *[plain_cell(cell, "dim" if row.sign in _OUT else "") for cell in cells]]

    async def on_key(self, event: Key) -> None:
        """Begin to look for an item with a capital letter."""
        letter = event.character or ""
        if len(letter) == 1 and letter.isascii() and letter.isupper():
            event.stop()
            await self.screen.run_action(f"move('{letter}')")


class PieceTable(_Table):
    """The evidence the audit has, item by item."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "screen.info", "详情", "Details", show=True, priority=True),
        key("f", "screen.add_file", "加一个文件", "Add one file", show=True, priority=True),
        key("delete,backspace", "screen.remove", "移除", "Remove", show=True, priority=True),
        key("v,tab,escape", "screen.view", "照片文件夹", "Folder of photos", show=True, priority=True),
        key("o,ctrl+o", "screen.folder", "选择文件夹", "Choose a folder", priority=True),
        *_TURNS,
        key("up", "cursor_up", "上移", "Up", priority=True),
        key("down", "cursor_down", "下移", "Down", priority=True),
    ]

    def fill(self, pieces: Sequence[Evidence], lang: Lang) -> None:
        """Show the pieces; the cursor stays."""
        from tui.evidence_tables import size_shown

        here = self.place or 0
        self.columns_of(_PIECES, lang)
        for number, piece in enumerate(pieces):
            cells = [
                piece.item,
                _cut(piece.name, _PIECES[1][2]),
                size_shown(piece.size),
                _short(piece.taken),
                piece.person,
            ]
            self.add_row(*[plain_cell(cell) for cell in cells], key=str(number))
        if pieces:
            self.move_cursor(row=min(here, len(pieces) - 1))


def _cut(name: str, width: int) -> str:
    """Return a name in so many cells: of a long one, its beginning and its end."""
    if cell_len(name) <= width:
        return name
    end = name[-1:]
    while cell_len(name[-len(end) - 1 :]) <= width // 2:
        end = name[-len(end) - 1 :]
    return f"{set_cell_size(name, width - cell_len(end) - 2).rstrip()}..{end}"


def _short(taken: str) -> str:
    """Return month, day, hour and minute."""
    return taken[5:16].replace("T", " ")

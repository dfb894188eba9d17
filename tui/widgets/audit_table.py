"""The list of audits as a table that fits its columns to the screen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size

from checklists.text import Text
from tui.keys import key
from tui.plain import plain_cell
from tui.widgets.finger_table import FingerTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from checklists.text import Lang
    from tui.audit_lines import Line

_COLUMNS = (
    ("dealer", Text("经销商", "Dealership"), 0),
    ("date", Text("日期", "Date"), 10),
    ("kind", Text("类型", "Kind"), 8),
    ("progress", Text("进度", "Done"), 7),
    ("standing", Text("结果", "Result"), 15),
    ("status", Text("状态", "Status"), 6),
    ("ref", Text("编号", "Reference"), 22),
)
_WIDE = 110
"""Cells from which on the reference has a column."""
_NARROWEST = 10
_MORE = "…"


class AuditTable(FingerTable):
    """The list; going up from its first row leads nowhere: what is typed next is a key."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "select_cursor", "打开", "Open", show=True)]

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, cursor_type="row", cell_padding=0, zebra_stripes=True)
        self._lines: Sequence[Line] = ()

    @property
    def marked(self) -> Line | None:
        """The audit the cursor stands on."""
        return self._lines[self.cursor_row] if 0 <= self.cursor_row < len(self._lines) else None

    def show(self, lines: Sequence[Line], ref: str, lang: Lang, room: int) -> None:
        """Show audits, with the cursor on one of them or the first.

        Args:
            lines: the audits.
            ref: the one to mark.
            lang: the language spoken.
            room: cells across.
        """
        self._lines = lines
        columns = _columns(room)
        self.clear(columns=True)
        for name, title, width in columns:
            self.add_column(plain_cell(title.of(lang)), width=width + 1, key=name)
        alike = Counter(_looks(line) for line in lines)
        for line in lines:
            cells = _cells(line, lang)
            if len(columns) < len(_COLUMNS) and alike[_looks(line)] > 1:
                cells["dealer"] = f"{line.ref} {cells['dealer']}"
            faint = "dim" if line.aside else ""
            self.add_row(*[plain_cell(_cut(cells[name], width), faint) for name, _, width in columns])
        self.move_cursor(row=next((at for at, line in enumerate(lines) if line.ref == ref), 0))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer opening only where there is something to open."""
        if action == "select_cursor":
            return bool(self._lines)
        return super().check_action(action, parameters)


def _columns(room: int) -> list[tuple[str, Text, int]]:
    """Return the columns that find room, the first as wide as the others leave."""
    columns = _COLUMNS if room >= _WIDE else _COLUMNS[:-1]
    left = room - 1 - sum(width + 1 for _, _, width in columns)
    return [(name, title, width or max(left, _NARROWEST)) for name, title, width in columns]


def _looks(line: Line) -> tuple[Text, str, Text]:
    """Return what people tell audits apart by: of some, only the number does."""
    return line.dealer, line.date, line.kind


def _cells(line: Line, lang: Lang) -> dict[str, str]:
    return {
        "dealer": line.dealer.of(lang),
        "date": line.date,
        "kind": line.kind.of(lang),
        "progress": f"{line.done}/{line.items}",
        "standing": line.standing.of(lang),
        "status": line.status.of(lang),
        "ref": line.ref,
    }


def _cut(text: str, width: int) -> str:
    """Return a text that fits a cell; the whole of it stands in the state line."""
    one_line = " ".join(text.split("\n"))
    if cell_len(one_line) <= width:
        return one_line
    return set_cell_size(one_line, width - cell_len(_MORE)).rstrip() + _MORE

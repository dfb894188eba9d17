"""A table that in a browser leaves room for a finger: every row is three rows of the screen high there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import DataTable

from tui.widgets.finger import HIGH

if TYPE_CHECKING:
    from typing import Any

    from textual.widgets.data_table import ColumnKey, RowKey


class FingerTable(DataTable[Text]):
    """Textual's table, of texts of one line; in a row for fingers they stand in the middle."""

    def add_row(self, *cells: Text, height: int | None = 1, **more: Any) -> RowKey:
        """Add a row."""
        if self.app.is_web:
            return super().add_row(*map(_lowered, cells), height=HIGH, **more)
        return super().add_row(*cells, height=height, **more)

    def update_cell(self, row_key: RowKey | str, column_key: ColumnKey | str, value: Text, **more: Any) -> None:
        """Show something else in a cell."""
        super().update_cell(row_key, column_key, _lowered(value) if self.app.is_web else value, **more)


def _lowered(cell: Text) -> Text:
    return Text("\n", no_wrap=True, end="").append_text(cell)

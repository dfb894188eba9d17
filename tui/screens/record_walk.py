"""Going about the records page: from cell to cell, back to the list, and taking back what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text
from tui.record_view import following, next_open
from tui.screens.record_files import RecordFiles
from tui.widgets.ask_box import AskBox
from tui.widgets.record_grid import RecordGrid
from tui.widgets.set_table import SetTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.journal import Entry
    from audit.records import Grid as Drawn
    from audit.session import AuditSession
    from checklists.model import Item
    from tui.drafts import Draft
    from tui.record_view import Cell

_UNDONE, _REDONE = Text("已撤销：{what}", "undone: {what}"), Text("已重做：{what}", "done again: {what}")
_DREW, _CLOSED = Text("抽样", "the draw"), Text("提前结束", "closing short")


class RecordWalk(RecordFiles):
    """The part of the records page that knows where one is."""

    def __init__(self) -> None:
        super().__init__()
        self._set: str | None = None
        self._grid: Drawn | None = None
        self._by_record = True
        self._read_last = ""
        """The item in whose column one was when the grid was left for the list of sets."""

    def cell(self) -> Cell | None:
        """Return the record and item under the cursor."""
        grid, widget = self._grid, self.query_one(RecordGrid)
        if grid is None or not grid.items or not grid.draw.records:
            return None
        row, column = min(widget.row, len(grid.draw.records) - 1), min(widget.column, len(grid.items) - 1)
        return grid.draw.records[row], grid.items[column].id

    def item_in_view(self) -> str | None:
        """Return the item of the column one is in, or was in before the list of sets."""
        cell = self.cell()
        return (cell[1] if cell is not None else self._read_last) or None

    def draft_of(self, cell: Cell, now: str) -> Draft:
        """Return where words typed about a cell, a record or the set wait; they belong to what is said of it now."""
        digest = "" if self._grid is None else self._grid.draw.digest
        return self.desk_app.drafts.of(self.seen.own_id, f"records/{self._set}/{digest}/{cell[0]}/{cell[1]}", now)

    def keep_typed(self) -> None:
        """Keep what is being typed."""
        self.query_one(AskBox).keep()

    def item(self, item_id: str) -> Item:
        """Return an item of the checklist."""
        return self.seen.checklist.items[item_id]

    def stand_on(self, cell: Cell) -> None:
        """Put the cursor on a cell; without an item it stays in its column."""
        grid, widget = self._grid, self.query_one(RecordGrid)
        if grid is None or cell[0] not in grid.draw.records:
            return
        ids = [item.id for item in grid.items]
        column = ids.index(cell[1]) if cell[1] in ids else widget.column
        widget.go(grid.draw.records.index(cell[0]), column)

    def stand_on_item(self, grid: Drawn, item_id: str) -> None:
        """Read down one item, from its first record without a mark."""
        self._by_record = False
        cells = [cell for cell in grid.open_cells if cell[1] == item_id]
        self.stand_on(cells[0] if cells else (grid.draw.records[0], item_id))

    def go_on(self, cell: Cell, *, was_open: bool) -> None:
        """Go where a mark leads."""
        if self._grid is not None:
            self.stand_on(following(self._grid, cell, by_record=self._by_record, was_open=was_open))

    def action_open_cell(self) -> None:
        """Go to the next cell without a mark."""
        grid, cell = self._grid, self.cell()
        found = next_open(grid, cell, by_record=self._by_record) if grid is not None and cell is not None else None
        if found is not None:
            self.stand_on(found)

    async def action_find(self) -> None:
        """Find an item of the set and go to its column."""
        from tui.screens.score_find import FindItem

        grid, cell = self._grid, self.cell()
        if grid is None or cell is None:
            return

        async def found(item: str) -> None:
            self.stand_on((cell[0], item))

        await self.over(FindItem(grid.items), found)

    def action_turn(self) -> None:
        """Go on by record, or by item."""
        self._by_record = not self._by_record
        self.repaint()

    def action_sets(self) -> None:
        """Go back to the list of sets."""
        here, self._read_last, self._set = self._set, self.item_in_view() or "", None
        self.repaint()
        if here is not None:
            self.query_one(SetTable).stand_on(here)

    def action_read(self, lines: int) -> None:
        """Scroll the text below the grid."""
        self.query_one("#told-scroll").scroll_relative(y=2 * lines, animate=False)

    async def action_undo(self) -> None:
        """Take back the last thing written here."""
        await self._turn(_undo, _UNDONE)

    async def action_redo(self) -> None:
        """Do again what was taken back."""
        await self._turn(_redo, _REDONE)

    async def _turn(self, turn: Callable[[AuditSession], Entry], told: Text) -> None:
        entry = await self.try_at(turn)
        if entry is None:
            return
        self.saved(told.format(what=_subject(entry)))
        if entry.kind == "mark" and entry.data["set"] == self._set:
            self.stand_on((entry.data["record"], entry.data["item"]))


def _undo(session: AuditSession) -> Entry:
    return session.undo()


def _redo(session: AuditSession) -> Entry:
    return session.redo()


def _subject(entry: Entry) -> Text:
    names: dict[str, Callable[[], Text]] = {
        "mark": lambda: Text("{record} {item}", "{record} {item}").format(
            record=entry.data["record"], item=entry.data["item"]
        ),
        "draw": lambda: _DREW,
        "close": lambda: _CLOSED,
    }
    told = names.get(entry.kind)
    return told() if told else Text("{slot}", "{slot}").format(slot=entry.slot.partition(":")[2])

"""Records: the sample sets of the audit, and the record sheet of one as a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import DataTable, Static

from checklists.text import Text, joined, same
from tui.record_view import sheet_of, told
from tui.screens.record_marks import RecordMarks
from tui.screens.score_text import laid_out
from tui.screens.sheet_page import NO_AUDIT
from tui.widgets.ask_box import AskBox
from tui.widgets.grid import Grid
from tui.widgets.record_grid import RecordGrid
from tui.widgets.set_table import SetTable, notices, set_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from audit.records import Grid as Drawn
    from tui.widgets.set_table import SetRow

_TITLE = Text("抽样记录  {ref}", "Records  {ref}")
_NO_SETS = Text("本次评估没有抽样组", "Nothing in this audit is read from a sample set")
_CONTEXT = Text(
    "{name}  {count}/{population} 条  种子 {seed}  [{way}]{wrong}",
    "{name}  {count} of {population}  seed {seed}  [{way}]{wrong}",
)
_WAYS = {True: Text("按单", "by record"), False: Text("按项", "by item")}
_STILL_OPEN = Text("未标 {count} 格", "{count} cells open")
_COMPLETE = Text("全部标记完成", "every cell is marked")


class RecordsPage(RecordMarks):
    """The list of sets, then the grid of one: one key a cell."""

    CSS_PATH = "records.tcss"
    AUTO_FOCUS = "#sets"
    ABOUT = Text(
        "抽样组：先抽样并冻结，再逐单查看，每格一个键：✓ 符合  ✗ 不符合（? 没写原因）  - 不适用  . 未标  ! 冲突。"
        "不符合时写原因，数字键选常见原因，回车继续。",
        "Sample sets: drawn and frozen first, then read record by record, one key a cell: ✓ conforms, ✗ does not "
        "(? no reason yet), - does not apply, . open, ! conflict. Where it fails, say why: a digit picks a usual "
        "cause, Enter goes on.",
    )

    def body(self) -> Iterable[Widget]:
        """The sets with what is known of one; the grid with the item below it; the line for a remark."""
        yield SetTable(id="sets", cursor_type="row", zebra_stripes=True)
        with VerticalScroll(id="set-scroll", can_focus=False):
            yield Static(id="set-about")
        yield RecordGrid(id="grid")
        yield Static(id="left-out", classes="leaves")
        with VerticalScroll(id="told-scroll", can_focus=False):
            yield Static(id="told")
        yield AskBox(id="ask")

    # -- showing -----------------------------------------------------------------------------------------------------

    def repaint(self) -> None:
        """Show the sets, or the set that is open."""
        seen = self.shown_audit()
        if seen is None:
            return
        wanted, self.desk_app.wanted_set = self.desk_app.wanted_set, None
        self._set = wanted.partition("/")[0] if wanted is not None else self._set
        rows = set_rows(seen.checklist, seen.state)
        self._grid = next((row.grid for row in rows if row.id == self._set), None)
        self._swap()
        if self._grid is None:
            self._show_sets(rows)
        else:
            self._show_grid(self._grid)
        if wanted is not None and "/" in wanted and self._grid is not None:
            item, _, record = wanted.partition("/")[2].partition("/")
            if record:
                self.stand_on((record, item))
            elif item:
                self.stand_on_item(self._grid, item)

    def begin_anew(self) -> None:
        """Show the list, and ask nothing."""
        self._set = self._asked = None
        self._read_last = ""

    def show_nothing(self) -> None:
        """Say that no audit is open."""
        self._set = self._grid = None
        self._swap()
        self.put("#context", _TITLE.format(ref=""))
        self.put("#set-about", NO_AUDIT)
        self.put("#state", "")

    def _swap(self) -> None:
        """Show the list or the grid, and give it the keys."""
        grid = self._grid is not None
        for selector in ("#sets", "#set-scroll"):
            self.query_one(selector).display = not grid
        for selector in ("#grid", "#told-scroll"):
            self.query_one(selector).display = grid and (selector == "#grid" or self._asked is None)
        self.query_one("#left-out").display = False
        if self._asked is None:
            self.set_focus(self.query_one("#grid" if grid else "#sets"))

    def _show_sets(self, rows: list[SetRow]) -> None:
        table, here = self.query_one(SetTable), self._set
        table.fill(rows, self.lang)
        if here is not None:
            table.stand_on(here)
        self._set = None
        self.put("#context", _TITLE.format(ref=self._ref))
        row = self.row_here()
        self.put("#set-about", row.about if row else _NO_SETS)
        self.put("#state", self._last or "")

    def _show_grid(self, grid: Drawn) -> None:
        draw = grid.draw
        wrong = same(f"  !{len(grid.conflicts)}" if grid.conflicts else "")
        facts = {"count": len(draw.records), "population": draw.population, "seed": draw.seed}
        way = _WAYS[self._by_record]
        self.put("#context", _CONTEXT.format(name=grid.sample.name, way=way, wrong=wrong, **facts))
        widget = self.query_one(RecordGrid)
        widget.sheet = sheet_of(grid, self.lang)
        widget.styles.max_height = widget.whole_height
        widget.go(widget.row, widget.column)
        out = notices(grid)
        self.query_one("#left-out").display = bool(out)
        self.put("#left-out", joined(out, zh="  ", en="  "))
        self._show_cell()
        still_open = len(grid.open_cells)
        rest = _STILL_OPEN.format(count=still_open) if still_open and grid.closed is None else _COMPLETE
        self.put_state([rest, self._last])

    def _show_cell(self) -> None:
        cell = self.cell()
        if self._grid is not None and cell is not None:
            item = self.item(cell[1])
            pane = self.query_one("#told-scroll")
            paragraphs = told(self._grid, self.seen.state, cell[0], item)
            lines = [(label.of(self.lang), text.of(self.lang), style) for label, text, style in paragraphs]
            self.query_one("#told", Static).update(laid_out(lines, max(20, self.size.width - 4)))
            pane.scroll_home(animate=False)

    @on(Grid.Moved)
    def _moved(self) -> None:
        self._show_cell()

    @on(DataTable.RowHighlighted)
    def _set_highlighted(self) -> None:
        row = self.row_here()
        if row is not None and self._grid is None:
            self.put("#set-about", row.about)

    @on(DataTable.RowSelected)
    async def action_open(self) -> None:
        """Open the set under the cursor, or draw it."""
        row = self.row_here()
        if row is not None and row.grid is not None:
            self._last = None
            self.open_set(row.id)
        else:
            await self.action_draw()

    # -- what the files part asks ------------------------------------------------------------------------------------

    def row_here(self) -> SetRow | None:
        """Return the set that is open or under the cursor."""
        seen = self.desk_app.desk.seen
        wanted = self._set or self.query_one(SetTable).here
        if seen is None:
            return None
        return next((row for row in set_rows(seen.checklist, seen.state) if row.id == wanted), None)

    def open_set(self, set_id: str) -> None:
        """Open a drawn set at its first cell without a mark."""
        self._set = set_id
        self.repaint()
        if self._grid is not None and self._grid.open_cells:
            self.stand_on(self._grid.open_cells[0])

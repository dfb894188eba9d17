"""The sample sets of an audit: what is drawn, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from checklists.text import Text, joined, same
from tui.keys import key
from tui.plain import plain_cell
from tui.widgets.finger_table import FingerTable
from tui.wrapping import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from audit.records import Grid
    from audit.state import AuditState
    from checklists.model import Checklist, Item, SampleSet
    from checklists.text import Lang

_COLUMNS = (
    ("mark", Text("", ""), 1),
    ("name", Text("抽样组", "Sample set"), 33),
    ("drawn", Text("已抽", "Drawn"), 6),
    ("open", Text("未标", "Open"), 6),
    ("items", Text("检查项", "Items"), 0),
)
_REST = 60
"""Cells that the other columns take; a column of width 0 takes what is left."""
_NOT_DRAWN = Text("还没有抽样：按 d 或回车抽样", "Not drawn yet: press d or Enter to draw")
_DRAWN = Text(
    "清单 {population} 条（{source}），种子 {seed}", "drawn from a list of {population} ({source}), seed {seed}"
)
_TWICE = Text(
    "有两次不同的抽样并存：按回车选择保留哪一次", "It was drawn twice side by side: press Enter, keep one draw"
)
_SHORT = Text("样本不足：清单中不足 {size} 条", "Short sample: the list has fewer than {size}")
_CLOSED = Text("提前结束：{reason}", "Closed short: {reason}")
_ABOUT = Text(
    "{name}（{id}） {period}\n{state}\n清单：{drawn}\n检查项：{items}",
    "{name} ({id}), {period}\n{state}\nList: {drawn}\nItems: {items}",
)
_LEFT_OUT = Text("不适用于本店：{items}", "Not applicable to the dealership: {items}")


@dataclass(frozen=True, slots=True)
class SetRow:
    """A sample set of the audit."""

    id: str
    sample: SampleSet
    items: tuple[Item, ...]
    grid: Grid | None
    """None while it is not drawn, or drawn twice."""
    twice: bool

    @property
    def sign(self) -> str:
        """Its mark: a conflict, complete, begun, or not drawn."""
        if self.twice or (self.grid is not None and self.grid.conflicts):
            return "!"
        if self.grid is None:
            return " "
        return "~" if self.grid.open_cells and self.grid.closed is None else "✓"

    @property
    def about(self) -> Text:
        """What is known of it, in a few lines."""
        ids = same(" ".join(item.id for item in self.items))
        words = {"name": self.sample.name, "id": self.id, "period": self.sample.period, "drawn": self.sample.drawn}
        return _ABOUT.format(**words, state=self._state, items=ids)

    @property
    def _state(self) -> Text:
        if self.twice:
            return _TWICE
        grid = self.grid
        if grid is None:
            return _NOT_DRAWN
        draw = grid.draw
        drawn = _DRAWN.format(population=draw.population, source=draw.source, seed=draw.seed)
        return joined([drawn, *notices(grid)], zh="\n", en="\n")


def set_rows(checklist: Checklist, state: AuditState) -> list[SetRow]:
    """Return the sets that items in scope are read from, in the checklist's order."""
    from audit.records import DRAW, drawn_sets, items_of

    grids = drawn_sets(checklist, state)
    rows = []
    for set_id, sample in checklist.sample_sets.items():
        items = tuple(items_of(checklist, state, set_id))
        if items:
            twice = DRAW + set_id in state.conflicts
            rows.append(SetRow(set_id, sample, items, None if twice else grids.get(set_id), twice))
    return rows


def notices(grid: Grid) -> list[Text]:
    """Return what has to be known of a drawn set: short, closed, items that are not applicable to the dealership."""
    ids = [same(item.id) for item in grid.left_out]
    lines = [_SHORT.format(size=grid.draw.size)] if len(grid.draw.records) < grid.draw.size else []
    lines += [_CLOSED.format(reason=grid.closed)] if grid.closed is not None else []
    return [*lines, *([_LEFT_OUT.format(items=joined(ids))] if ids else [])]


class SetTable(FingerTable):
    """The list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # In the order of the keys: what is typed after one that opens a dialog belongs to the dialog.
        key("enter", "screen.open", "打开", "Open", show=True, priority=True),
        key("up", "cursor_up", "上移", "Up", priority=True),
        key("down", "cursor_down", "下移", "Down", priority=True),
        key("d", "screen.draw", "抽样", "Draw", show=True, priority=True),
        key("i", "screen.import", "导入记录表", "Read a sheet", show=True, priority=True),
        key("e", "screen.export", "导出记录表", "Write the sheet", priority=True),
        key("z,ctrl+z", "screen.undo", "撤销", "Undo", priority=True),
        key("Z,ctrl+y", "screen.redo", "重做", "Redo", priority=True),
        key("r,escape", "app.page('score')", "回到评分", "Back to scoring", show=True, priority=True),
    ]

    def fill(self, rows: Sequence[SetRow], lang: Lang) -> None:
        """Show the sets; the cursor stays on its set."""
        here = self.here
        self.clear(columns=True)
        widths = {name: width or max(16, self.app.size.width - _REST) for name, _, width in _COLUMNS}
        for name, head, _ in _COLUMNS:
            self.add_column(plain_cell(head.of(lang)), width=widths[name], key=name)
        for row in rows:
            grid = row.grid
            drawn = f"{len(grid.draw.records)}/{row.sample.size}" if grid else f"-/{row.sample.size}"
            name = cut(row.sample.name.of(lang), widths["name"])
            told = _whole_ids(f"{len(row.items)}  {' '.join(item.id for item in row.items)}", widths["items"])
            cells = [row.sign, name, drawn, str(len(grid.open_cells)) if grid else "-", told]
            look = "bold" if row.sign == "!" else ""
            self.add_row(*[plain_cell(cell, look) for cell in cells], key=row.id)
        if here is not None:
            self.stand_on(here)

    @property
    def here(self) -> str | None:
        """The set under the cursor."""
        if not self.row_count:
            return None
        return self.coordinate_to_cell_key(self.cursor_coordinate).row_key.value

    def stand_on(self, set_id: str) -> None:
        """Put the cursor on a set."""
        known = [row.value for row in self.rows]
        if set_id in known:
            self.move_cursor(row=known.index(set_id), scroll=True)


def _whole_ids(told: str, room: int) -> str:
    """Return a list of ids as far as there is room, none of them broken; all of them stand below the table."""
    return told if len(told) <= room else told[: room - 1].rpartition(" ")[0] + " …"

"""Sample sets as tables for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.answers import STATE_NAMES
from audit.records import NA, NO, NOT_PRODUCED, OK, drawn_sets, items_of
from checklists.text import Text, joined, same
from tui.console import Cell, Column
from tui.words import ITEM, NAME, NOTHING, VALUE

if TYPE_CHECKING:
    from audit.records import Grid
    from audit.session import AuditSession
    from checklists.model import Item
    from tui.console import Row, Terminal

_SIGNS = {OK: "√", NO: "×", NA: "–"}
_RECORD = Text("记录", "record")
_REMARKS = Text("备注", "remarks")
_NONE = Text("本次评估没有抽样组", "Nothing in this audit is read from a sample set")
_FROM = Text("从此清单抽取", "drawn from")
_FACTS = Text(
    "{name}：抽取 {count}/{size}，清单 {population} 条（{source}），种子 {seed}",
    "{name}: {count} of {size} drawn from a list of {population} ({source}), seed {seed}",
)
_SHORT = Text("样本不足：清单中不足 {size} 条", "Short sample: the list has fewer than {size}")
_CLOSED = Text("提前结束：{reason}", "Closed short: {reason}")
_OPEN = Text("还有 {count} 格未标记", "{count} cells have no mark yet")
_NO_REMARK = Text("没有备注的 ×：{cells}", "Failing without a remark: {cells}")
_LEFT_OUT = Text("不适用于本店：{items}", "Not applicable to the dealership: {items}")
_CONFLICT = Text("冲突（再标记一次即可解决）：{cells}", "Conflicts (mark again to settle): {cells}")
_LEGEND = Text("√ 符合  × 不符合  – 不适用  · 未标记", "√ conforms  × does not  – does not apply  · no mark yet")
_MOST = 12


def show_sets(terminal: Terminal, session: AuditSession) -> None:
    """Write every sample set of the audit, drawn or not."""
    grids = drawn_sets(session.checklist, session.state)
    rows: list[Row] = []
    for set_id, sample in sorted(session.checklist.sample_sets.items()):
        items = items_of(session.checklist, session.state, set_id)
        if not items:
            continue
        grid = grids.get(set_id)
        drawn = f"{len(grid.draw.records)} / {sample.size}" if grid else f"{NOTHING} / {sample.size}"
        still_open = str(len(grid.open_cells)) if grid else NOTHING
        rows.append([set_id, sample.name, sample.period, len(items), drawn, still_open, sample.drawn])
    if not rows:
        terminal.say(_NONE)
        return
    columns = [
        Column(Text("抽样组", "set"), whole=True),
        Column(NAME),
        Column(Text("时段", "period"), narrow=True),
        Column(Text("项数", "items"), right=True, whole=True),
        Column(Text("已抽", "drawn"), right=True, whole=True),
        Column(Text("未标记", "open"), right=True, whole=True),
        Column(_FROM),
    ]
    terminal.table(columns, rows)


def show_grid(terminal: Terminal, grid: Grid) -> None:
    """Write a drawn set: records down, items across, then the items' answers and what is still wanted."""
    draw = grid.draw
    facts = {"count": len(draw.records), "size": draw.size, "population": draw.population}
    terminal.line(_FACTS.format(name=grid.sample.name, **facts, source=draw.source, seed=draw.seed), style="bold")
    if len(draw.records) < draw.size:
        terminal.line(_SHORT.format(size=draw.size))
    if grid.closed is not None:
        terminal.line(_CLOSED.format(reason=grid.closed))
    columns = [Column(_RECORD, whole=True), *[Column(same(item.id), whole=True) for item in grid.items]]
    rows: list[Row] = [
        [record, *[_sign(grid, record, item) for item in grid.items], _remarks(grid, record)] for record in draw.records
    ]
    terminal.table([*columns, Column(_REMARKS)], rows)
    terminal.line(_LEGEND)
    _show_items(terminal, grid)
    _show_wanted(terminal, grid)


def _show_items(terminal: Terminal, grid: Grid) -> None:
    rows: list[Row] = []
    for item in grid.items:
        answer = grid.answer(item)
        value = same(answer.value) if answer.value else STATE_NAMES[answer.state]
        short = Text("样本不足", "short sample") if grid.short(item) else same("")
        rows.append([item.id, item.statement, value, f"{grid.done(item)} / {grid.draw.size}", short])
    marked = Column(Text("已标记", "marked"), right=True, whole=True)
    columns = [Column(ITEM, whole=True), Column(NAME), Column(VALUE), marked, Column(same(""))]
    terminal.table(columns, rows)


def _show_wanted(terminal: Terminal, grid: Grid) -> None:
    if grid.open_cells:
        terminal.line(_OPEN.format(count=len(grid.open_cells)))
    if grid.without_remark:
        terminal.line(_NO_REMARK.format(cells=_cells(grid.without_remark)))
    if grid.left_out:
        terminal.line(_LEFT_OUT.format(items=joined([same(item.id) for item in grid.left_out])))
    if grid.conflicts:
        terminal.line(_CONFLICT.format(cells=_cells(sorted(grid.conflicts))))


def _sign(grid: Grid, record: str, item: Item) -> Cell:
    mark = grid.mark(record, item)
    if mark is None:
        return Cell("·", "dim")
    return Cell(_SIGNS.get(mark.value, mark.value), "bold red" if grid.fails(item, mark) else "")


def _remarks(grid: Grid, record: str) -> Text:
    if record in grid.missing:
        return joined([NOT_PRODUCED, *([same(grid.missing[record])] if grid.missing[record] else [])], zh="：", en=": ")
    marks = [(item.id, grid.mark(record, item)) for item in grid.items]
    return joined([same(f"{i}: {mark.remark}") for i, mark in marks if mark and mark.remark], zh="；", en="; ")


def _cells(cells: list[tuple[str, str]]) -> str:
    listed = [f"{record} {item}".strip() for record, item in cells]
    return ", ".join(listed[:_MOST]) + (f" … ({len(listed)})" if len(listed) > _MOST else "")

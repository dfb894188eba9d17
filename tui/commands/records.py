"""`dealer-audit records`: sample sets, drawn once and read once for all the items that name them."""

from typing import TYPE_CHECKING, Annotated

import typer

from tui.front import command, group
from tui.options import AsJson, Lang, Person, Ref, Store

if TYPE_CHECKING:
    from audit.session import AuditSession
    from tui.console import Terminal

Set = Annotated[str, typer.Argument(metavar="SET", help="The sample set, e.g. closed-orders 抽样组")]
Record = Annotated[str, typer.Argument(metavar="RECORD", help="The record's number 记录编号")]
Remark = Annotated[str, typer.Option("--remark", metavar="TEXT", help="Why it fails 备注")]

app = group("Sampled records: draw, mark, record sheets 抽样记录")


@command(app, "draw")
def draw(  # noqa: PLR0913, PLR0917 - what a draw is made from
    ref: Ref,
    name: Set,
    source: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="The whole list, .csv or .xlsx 清单")
    ] = None,
    column: Annotated[str | None, typer.Option("--column", metavar="NAME", help="Its column of numbers 编号列")] = None,
    numbers: Annotated[str | None, typer.Option("--numbers", metavar="A,B,C", help="Pasted numbers 粘贴编号")] = None,
    span: Annotated[str | None, typer.Option("--range", metavar="N..M", help="A range of numbers 号段")] = None,
    seed: Annotated[str | None, typer.Option("--seed", metavar="S", help="Default: made and stored 随机种子")] = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Draw a set's records from the whole list 抽样."""
    from audit import marking
    from audit.covered import told_before, typed_before
    from audit.drawing import new_seed
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write
    from tui.record_rows import whole_list

    out = terminal(lang)
    whole = whole_list(source, column, numbers, span)
    with audit_to_write(store, ref, person) as session:
        before = typed_before(session.checklist, session.state, marking.find_set(session, name))
        grid = marking.draw(session, name, whole, (seed or "").strip() or new_seed())
    if whole.duplicates:
        out.say(
            Text(
                "清单中有 {count} 个重复编号，各算一次",
                "Numbers that stood in the list twice: {count}; each counts once",
            ).format(count=whole.duplicates)
        )
    drawn = grid.draw
    facts = {"count": len(drawn.records), "size": drawn.size, "source": drawn.source, "seed": drawn.seed}
    out.say(
        Text(
            "从 {population} 条（{source}）中抽取 {count}/{size}，种子 {seed}：",
            "{count} of {size} drawn from a list of {population} ({source}), seed {seed}:",
        ).format(**facts, population=drawn.population)
    )
    if len(drawn.records) < drawn.size:
        out.say(
            Text("样本不足：清单不足 {size} 条", "Short sample: the list has fewer than {size}").format(size=drawn.size)
        )
    if before:
        covered = Text(
            "已直接评分的检查项改由记录得出（audit undo 可撤销抽样）：{answers}",
            "Answered before and now read from the records (audit undo takes the draw back): {answers}",
        )
        out.say(covered.format(answers=told_before(before)), style="yellow")
    for record in drawn.records:
        out.value(record)


@command(app, "sheet")
def sheet(
    ref: Ref,
    name: Set,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE.xlsx", help="Where 文件名")],
    store: Store = None,
    lang: Lang = None,
) -> None:
    """Write the record sheet of a drawn set, to fill in by hand or in Excel 抽样记录表."""
    from audit.marking import grid_of
    from audit.summary import summarize
    from tui.console import terminal
    from tui.opening import audit_to_read
    from tui.report_file import write_record_sheet

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        path = write_record_sheet(summarize(session, ahead=False), grid_of(session, name), output, out.lang)
    out.value(str(path))


@command(app, "import")
def import_(
    ref: Ref,
    file: Annotated[str, typer.Argument(metavar="FILE.xlsx", help="A filled record sheet 填好的抽样记录表")],
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Read a filled record sheet: all of it or nothing 导入抽样记录表."""
    from pathlib import Path

    from audit.marking import mark_all
    from audit.records import drawn_sets
    from checklists.text import Text
    from reports.sheets.record_reader import read_filled
    from tui.console import terminal
    from tui.opening import audit_to_write
    from tui.problems import BadRows, in_place

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        filled = read_filled(Path(file), session.ref, drawn_sets(session.checklist, session.state))
        if filled.problems:
            raise BadRows(Path(file).name, [in_place(place, problem) for place, problem in filled.problems])
        count = mark_all(session, filled.grid, filled.marks)
        out.say(Text("已录入 {count} 个标记", "Marks recorded: {count}").format(count=count))
        _say_wanted(out, session, filled.grid.id)


@command(app, "show")
def show(
    ref: Ref,
    name: Annotated[str | None, typer.Argument(metavar="[SET]", help="The sample set; all without 抽样组")] = None,
    store: Store = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show the sample sets, or one with its marks and answers 查看抽样."""
    from audit.marking import grid_of
    from reports.records_json import grid_json, sets_json
    from tui.console import terminal
    from tui.opening import audit_to_read
    from tui.record_tables import show_grid, show_sets

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        grid = grid_of(session, name) if name else None
        if grid is not None and as_json:
            out.json({"ref": session.ref, **grid_json(grid, out.lang)})
        elif grid is not None:
            show_grid(out, grid)
        elif as_json:
            out.json({"ref": session.ref, "sets": sets_json(session, out.lang)})
        else:
            show_sets(out, session)


@command(app, "mark")
def mark(  # noqa: PLR0913, PLR0917 - what one mark consists of
    ref: Ref,
    name: Set,
    record: Record,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="The item, e.g. FD14 检查项")],
    value: Annotated[str, typer.Argument(metavar="ok|no|na|LEVEL|open", help="The mark; open takes it back 标记")],
    remark: Remark = "",
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Mark one record for one item 标记."""
    from audit import marking
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        new = marking.mark(session, name, record, item, value, remark)
        _say_item(out, session, name, new.item)
        _say_wanted(out, session, name)


@command(app, "missing")
def missing(
    ref: Ref,
    name: Set,
    record: Record,
    remark: Remark = "",
    found: Annotated[bool, typer.Option("--found", help="It turned up after all 后来已找到")] = False,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Record that a drawn record was not produced: it fails all its items 未出示."""
    from audit import marking
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        new = marking.mark_missing(session, name, record, remark, found=found)
        text = (
            Text("{record} 已找到，按其标记计", "{record} turned up; its marks count")
            if found
            else Text("{record} 未出示：其全部检查项记为不符合", "{record} was not produced: it fails all its items")
        )
        out.say(text.format(record=new.record))
        _say_wanted(out, session, name)


@command(app, "close")
def close(
    ref: Ref,
    name: Set,
    short: Annotated[str, typer.Option("--short", metavar="REASON", help="Why not all records were read 原因")],
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Close a set short: what is marked counts, with n of N 提前结束."""
    from audit import marking
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        grid = marking.close(session, name, short)
    done = Text("“{set}”已提前结束；未标记的格：{count}", "{set} is closed short; cells without a mark: {count}")
    out.say(done.format(set=grid.id, count=len(grid.open_cells)))


def _say_item(out: "Terminal", session: "AuditSession", name: str, item_id: str) -> None:
    from audit.answers import STATE_NAMES
    from audit.marking import grid_of
    from checklists.text import Text, same

    grid = grid_of(session, name)
    answer = session.state.answer(item_id)
    done = grid.done(session.checklist.items[item_id])
    shown = same(answer.value) if answer.value else STATE_NAMES[answer.state]
    told = Text("{item}：{done}/{size} 条已标记，{shown}", "{item}: {done} of {size} records marked, {shown}")
    out.say(told.format(item=item_id, done=done, size=grid.draw.size, shown=shown))


def _say_wanted(out: "Terminal", session: "AuditSession", name: str) -> None:
    """Say what is still open, and which failing cells ask for a remark."""
    from audit.marking import grid_of
    from checklists.text import Text, joined, same

    grid = grid_of(session, name)
    if grid.open_cells:
        out.say(Text("还有 {count} 格未标记", "Cells without a mark: {count}").format(count=len(grid.open_cells)))
    if grid.without_remark:
        told = Text("不符合的标记没有备注：{cells}", "Failing marks without a remark: {cells}")
        out.say(told.format(cells=joined([same(f"{record} {item}") for record, item in grid.without_remark])))

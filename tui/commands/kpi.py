"""`dealer-audit kpi`: the dealership's key figures."""

from typing import TYPE_CHECKING, Annotated

import typer

from tui.front import command, group
from tui.options import AsJson, Lang, Person, Ref, Store

if TYPE_CHECKING:
    from audit.kpi_values import Provenance
    from audit.kpi_writing import Changes
    from tui.console import Terminal

app = group("KPIs: template, import, set, show 指标")

By = Annotated[
    str, typer.Option("--provenance", metavar="stated|seen|recomputed", help="Who says so 来源（提供、看到、复算）")
]
File = Annotated[str, typer.Argument(metavar="FILE", help="A .csv or .xlsx 数据文件")]


@command(app, "template")
def template(
    ref: Ref,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE.xlsx", help="Where 文件名")] = None,
    store: Store = None,
    lang: Lang = None,
) -> None:
    """Write the sheet that the dealership fills in before the visit 生成KPI数据表."""
    from audit.kpi_levels import needs
    from audit.summary import summarize
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_read
    from tui.report_file import report_path, write_kpi_sheet

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        summary = summarize(session, ahead=False)
    path = report_path(output, f"{summary.ref}-kpi", out.lang)
    write_kpi_sheet(summary, path, out.lang)
    plans = sum(len(needs(result.kpi)) for result in summary.kpis.kpis)
    told = Text(
        "KPI数据表已生成，共需 {wanted} 个数，另有 {plans} 个计划值或去年值：",
        "The sheet asks for {wanted} figures, and for {plans} values of plan or last year:",
    )
    out.say(told.format(wanted=summary.kpis.whole.wanted, plans=plans))
    out.value(str(path))


@command(app, "import")
def import_(  # noqa: PLR0913, PLR0917 - what an import depends on
    ref: Ref,
    file: File,
    percent: Annotated[
        str | None,
        typer.Option("--percent", metavar="fraction|points", help="Bare percentages: 0.93 or 93 百分比写法"),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option("--year", metavar="YYYY", help="Of the last month, where none has a year 最后一个月的年份"),
    ] = None,
    provenance: By = "stated",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change 只预览")] = False,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Read figures from a sheet: all or nothing, every problem with its cell 导入KPI数据."""
    from audit.kpi_writing import compare, record
    from tui.console import terminal
    from tui.kpi_rows import percent_of, provenance_of, read_or_refuse, year_of
    from tui.kpi_tables import say_months, show_changes, show_skipped
    from tui.opening import audit_to_read, audit_to_write

    out = terminal(lang)
    how, of, by = percent_of(percent), year_of(year), provenance_of(provenance)
    with audit_to_read(store, ref) if dry_run else audit_to_write(store, ref, person) as session:
        sheet = read_or_refuse(file, session, how, of, by)
        changes = compare(session, sheet.given) if dry_run else record(session, sheet.given)
    if dry_run:
        show_changes(out, changes)
    _say_changes(out, changes, dry_run=dry_run)
    say_months(out, sheet.months)
    show_skipped(out, sheet.skipped, whole=dry_run)


@command(app, "set")
def set_(  # noqa: PLR0913, PLR0917 - what one figure consists of
    ref: Ref,
    kpi: Annotated[str, typer.Argument(metavar="KPI", help="K10, K10/SERIES or a name 指标")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="93 %, 1200, or NA where there is none 数值")],
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="YYYY-MM|plan|last-year", help="Without: the value as a whole 期间"),
    ] = None,
    provenance: By = "stated",
    cause: Annotated[str, typer.Option("--cause", metavar="CAUSE", help="With NA: why 无法提供的原因")] = "",
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Record one figure 录入一个指标数据."""
    from audit.kpi_writing import record
    from audit.summary import summarize
    from tui.console import terminal
    from tui.kpi_rows import given_of, provenance_of
    from tui.opening import audit_to_write

    out = terminal(lang)
    by: Provenance = provenance_of(provenance)
    with audit_to_write(store, ref, person) as session:
        given = given_of(session, kpi, value, period, by, cause)
        record(session, [given])
        summary = summarize(session, ahead=False)
    result = next(result for result in summary.kpis.kpis if result.id == given.kpi)
    _say_set(out, result.id, result.kpi.name, result.words, result.value)


@command(app, "show")
def show(ref: Ref, store: Store = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Show values, levels, status and how complete the data are 查看指标."""
    from audit.summary import summarize
    from tui.console import terminal
    from tui.opening import audit_to_read

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        summary = summarize(session, ahead=False)
    if as_json:
        from reports.kpi_json import kpi_json

        out.json(kpi_json(summary, out.lang))
    else:
        from tui.kpi_tables import show_kpis

        show_kpis(out, summary)


def _say_changes(out: "Terminal", changes: "Changes", *, dry_run: bool) -> None:
    from checklists.text import Text

    done = Text(
        "新增 {added} 个数，改动 {changed} 个，{same} 个不变", "{added} figures new, {changed} changed, {same} the same"
    )
    would = Text("（预览，未做任何改动）{done}", "Preview, nothing was changed: {done}")
    nothing = Text("没有新的数据，{same} 个不变", "Nothing new: {same} figures stand already")
    text = would.format(done=done) if dry_run else done
    text = text if dry_run or changes.added or changes.changed else nothing
    counts = {"added": len(changes.added), "changed": len(changes.changed), "same": len(changes.same)}
    out.say(text.format(**counts))


def _say_set(out: "Terminal", own_id: str, name: object, words: object, value: object) -> None:
    from checklists.points import plain
    from checklists.text import Text
    from tui.words import NOTHING

    shown = NOTHING if value is None else plain(value)  # type: ignore[arg-type]
    text = Text("{id} {name}：取用值 {value}，{words}", "{id} {name}: value used {value}, {words}")
    out.say(text.format(id=own_id, name=name, value=shown, words=words))

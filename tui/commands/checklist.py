"""`dealer-audit checklist`: what is asked."""

from typing import Annotated

import typer

from tui.front import command, group
from tui.options import AsJson, Lang

app = group("Checklists: list, show, check 评估表")


@command(app, "list")
def list_(lang: Lang = None, as_json: AsJson = False) -> None:
    """List the checklists there are 列出评估表."""
    from checklists.catalog import available
    from checklists.text import Text
    from tui.console import Column, terminal
    from tui.words import NAME

    out = terminal(lang)
    entries = available()
    if as_json:
        shapes = [
            {"id": e.id, "version": e.version, "title": e.title.of(out.lang), "packaged": e.packaged} for e in entries
        ]
        out.json({"checklists": shapes})
        return
    columns = [
        Column(Text("编号", "id"), whole=True),
        Column(Text("版本", "version"), whole=True),
        Column(NAME),
        Column(Text("来源", "source")),
    ]
    source = {True: Text("随附", "packaged"), False: Text("自有", "own")}
    out.table(columns, [[e.id, e.version, e.title, source[e.packaged]] for e in entries])


@command(app, "show")
def show(
    checklist_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, or a folder or file 评估表")],
    department: Annotated[
        str | None, typer.Option("--department", metavar="D", help="One department, with its items 部门")
    ] = None,
    item: Annotated[str | None, typer.Option("--item", metavar="ITEM", help="One item, whole 检查项")] = None,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write a booklet to score with on paper 评分手册"),
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="xlsx|md|html", help="Default: by the file's ending 格式")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="department|place|method", help="Order of the booklet's items 排列")
    ] = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show departments, sections and items, or write them as a booklet 查看评估表."""
    from checklists.catalog import load
    from tui.booklet_file import check_options, form_of, order_of, write_booklet
    from tui.checklist_tables import chosen_departments, show_checklist
    from tui.console import terminal
    from tui.shapes import checklist_shape

    out = terminal(lang)
    booklet_only = {"--format": form is not None, "--by": by is not None}
    check_options(output, booklet_only, {"--item": item is not None, "--json": as_json})
    checklist = load(checklist_id)
    if output is not None:
        chosen_form, order = form_of(output, form), order_of(by)
        departments = chosen_departments(checklist, department)
        out.value(str(write_booklet(checklist, departments, order, chosen_form, output, out.lang)))
        return
    if item is not None:
        from tui.item_page import chosen_item, show_item
        from tui.item_shape import item_shape

        chosen = chosen_item(checklist, item)
        if as_json:
            out.json(item_shape(checklist, chosen, out.lang))
        else:
            show_item(out, checklist, chosen)
        return
    departments = chosen_departments(checklist, department)
    if as_json:
        out.json(checklist_shape(checklist, departments, out.lang))
    else:
        show_checklist(out, checklist, departments, items=department is not None)


@command(app, "check")
def check(
    place: Annotated[str, typer.Argument(metavar="FILE_OR_DIR", help="The author's files 评估表文件或文件夹")],
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors 提示也算错误")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Check an author's files; every error and every warning is listed 检查评估表.

    A file that a checklist.yaml beside it names is checked within the whole, and only what is found in it is listed.
    """
    from checklists.checking import check_path
    from tui.check_report import check_shape, show_check
    from tui.console import terminal
    from tui.exits import ExitCode

    out = terminal(lang)
    checked = check_path(place)
    failed = bool(checked.findings if strict else checked.errors)
    if as_json:
        out.json(check_shape(checked, out.lang, ok=not failed))
    else:
        show_check(out, checked)
    if failed:
        raise typer.Exit(ExitCode.ATTENTION)

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
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show departments, sections and items 查看评估表."""
    from checklists.catalog import load
    from tui.checklist_tables import chosen_departments, show_checklist
    from tui.console import terminal
    from tui.shapes import checklist_shape

    out = terminal(lang)
    checklist = load(checklist_id)
    departments = chosen_departments(checklist, department)
    if as_json:
        out.json(checklist_shape(checklist, departments, out.lang))
    else:
        show_checklist(out, checklist, departments, items=department is not None)


@command(app, "check")
def check(
    place: Annotated[str, typer.Argument(metavar="FILE_OR_DIR", help="The author's files 评估表文件或文件夹")],
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Check an author's files; every problem is listed 检查评估表."""
    from checklists.compile import compile_folder
    from checklists.text import Text
    from tui.console import terminal
    from tui.exits import ExitCode

    out = terminal(lang)
    compiled = compile_folder(place)
    checklist = compiled.checklist
    if as_json:
        issues = [
            {"code": i.code.value, "file": i.file, "line": i.line, "item": i.item, "text": i.text.of(out.lang)}
            for i in compiled.issues
        ]
        found = (
            None if checklist is None else {"id": checklist.id, "version": checklist.version, "hash": checklist.hash}
        )
        out.json({"ok": not issues, "checklist": found, "issues": issues})
    else:
        for issue in compiled.issues:
            out.line(issue.sentence)
    if compiled.issues:
        count = len(compiled.issues)
        problems = "1 problem" if count == 1 else f"{count} problems"
        out.say(Text("共 {count} 处问题", "{problems} found").format(count=count, problems=problems))
        raise typer.Exit(ExitCode.ATTENTION)
    if checklist is not None and not as_json:
        text = Text(
            "{id} {version}：没有问题，{items} 项，{total} 分", "{id} {version}: sound, {items} items, {total} points"
        )
        out.line(
            text.format(id=checklist.id, version=checklist.version, items=len(checklist.items), total=checklist.total)
        )

"""`dealer-audit report`: the Excel report."""

from typing import Annotated

import typer

from tui.options import Lang, Ref, Store


def report(
    ref: Ref,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE.xlsx", help="Where 文件名")] = None,
    store: Store = None,
    lang: Lang = None,
) -> None:
    """Write the report as a workbook 生成 Excel 报告."""
    from audit.summary import summarize
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_read
    from tui.report_file import report_path, write

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        summary = summarize(session, pictures=True)
    path = report_path(output, summary.ref, out.lang)
    replaced = write(summary, path, out.lang)
    if replaced:
        out.say(Text("已替换原来的报告：", "The earlier report was replaced:"))
    else:
        out.say(Text("报告已生成：", "The report is written:"))
    out.value(str(path))

"""`dealer-audit report`: the report, as a workbook or a PDF."""

from typing import Annotated

import typer

from tui.options import Ref, Store


def report(
    ref: Ref,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Where 文件名")] = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="xlsx|pdf", help="Default: by FILE, else xlsx 格式")
    ] = None,
    copy: Annotated[
        str, typer.Option("--copy", metavar="dealer|headquarters", help="Complete, or masked 留存：完整或遮盖")
    ] = "dealer",
    brand: Annotated[
        str | None, typer.Option("--brand", metavar="FILE.yaml", help="Logo, colours, footer 标志、颜色、页脚")
    ] = None,
    route: Annotated[bool, typer.Option("--route", help="With the route to the target 含推荐达标路径")] = False,
    store: Store = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="zh|en|both", help="Language, both side by side 语言，双语并列")
    ] = None,
) -> None:
    """Write the report as a workbook, or as a PDF for mail and print 生成报告."""
    from audit.summary import summarize
    from checklists.text import Text
    from tui.opening import audit_to_read
    from tui.report_file import report_path, write
    from tui.report_look import languages, look_of, suffix_of

    out, language = languages(lang)
    look, suffix = look_of(copy, brand), suffix_of(form, output)
    with audit_to_read(store, ref) as session:
        summary = summarize(session, pictures=True, route=route)
    tag = language if look.copy == "dealer" else f"{language}-{look.copy}"
    path = report_path(output, summary.ref, tag, suffix)
    replaced = write(summary, path, language, look)
    if replaced:
        out.say(Text("已替换原来的报告：", "The earlier report was replaced:"))
    else:
        out.say(Text("报告已生成：", "The report is written:"))
    out.value(str(path))

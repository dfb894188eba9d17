"""The form an audit is filled in with on Excel."""

from typing import Annotated

import typer

from tui.options import Lang, Ref, Store


def sheet(
    ref: Ref,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE.xlsx", help="Where 文件名")],
    by: Annotated[
        str, typer.Option("--by", metavar="department|place", help="A sheet for each 按部门或地点")
    ] = "department",
    store: Store = None,
    lang: Lang = None,
) -> None:
    """Write the form to score with on Excel, with the answers so far 评分表.

    Read it back with audit answer REF --from FILE.xlsx.
    """
    from audit.summary import summarize
    from checklists.text import Text
    from reports.sheets.form import ORDERS, Standing
    from tui.console import terminal
    from tui.opening import audit_to_read
    from tui.problems import WrongUsage
    from tui.report_file import write_answer_form

    out = terminal(lang)
    order = next((known for known in ORDERS if known == by), None)
    if order is None:
        raise WrongUsage(Text("--by 只能是 department 或 place", "--by is department or place"))
    with audit_to_read(store, ref) as session:
        standing = Standing(summarize(session, ahead=False), session.state)
    out.value(str(write_answer_form(standing, order, output, out.lang)))

"""`dealer-audit visit`: what goes to the dealership before the auditors come."""

from typing import Annotated

import typer

from tui.front import command, group
from tui.options import Lang, Ref, Store

app = group("Before the visit: the letter to the dealership 评估前准备")


@command(app, "letter")
def letter(
    ref: Ref,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE.xlsx|.md", help="Where 文件名")],
    start: Annotated[str, typer.Option("--start", metavar="HH:MM", help="When the visit begins 开始时间")] = "09:00",
    store: Store = None,
    lang: Lang = None,
) -> None:
    """Write the letter: announcement, agenda, who and what to have ready, attendance list 评估通知."""
    from pathlib import Path

    from audit.summary import summarize
    from reports.visit.content import letter_of, start_of
    from tui.console import terminal
    from tui.opening import audit_to_read
    from tui.report_file import write_letter

    out = terminal(lang)
    begin = start_of(start)
    with audit_to_read(store, ref) as session:
        written = letter_of(summarize(session, ahead=False), begin)
    path = Path(output).expanduser()
    write_letter(written, path, out.lang)
    for remark in written.remarks:
        out.say(remark)
    out.value(str(path))

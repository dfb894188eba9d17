"""The command line: options and commands, each with its help.

Every command module imports what it needs inside its functions, so that help and start-up load nothing heavy.
"""

import sys
from typing import Annotated

import typer

from tui.commands import (
    audit,
    checklist,
    dealer,
    demo,
    evidence,
    finding,
    interview,
    kpi,
    plan,
    records,
    report,
    score,
    serve,
    settings,
    visit,
)
from tui.exits import overview
from tui.front import Front, command
from tui.options import Lang, Person

app = typer.Typer(
    cls=Front,
    add_completion=False,
    rich_markup_mode=None,
    epilog=overview(),
)
command(app, "demo")(demo.demo)
app.add_typer(checklist.app, name="checklist")
app.add_typer(dealer.app, name="dealer")
app.add_typer(audit.app, name="audit")
app.add_typer(records.app, name="records")
app.add_typer(kpi.app, name="kpi")
app.add_typer(evidence.app, name="evidence")
app.add_typer(interview.app, name="interview")
app.add_typer(finding.app, name="finding")
app.add_typer(plan.app, name="plan")
app.add_typer(visit.app, name="visit")
command(app, "score")(score.score)
command(app, "report")(report.report)
command(app, "serve")(serve.serve)
command(app, "settings")(settings.settings)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"dealer-audit {version('dealer-audit')}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def top(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version 版本")
    ] = False,
    store: Annotated[
        str | None, typer.Option("--store", metavar="URL|PATH", help="The store to open 数据库 [DEALER_AUDIT_STORE]")
    ] = None,
    ref: Annotated[str | None, typer.Option("--ref", metavar="REF", help="Open this audit 直接打开评估")] = None,
    lang: Lang = None,
    person: Person = None,
    plain_keys: Annotated[
        bool, typer.Option("--plain-keys", help="If a Chinese input method loses text 中文输入丢字时使用")
    ] = False,
) -> None:
    """Score the after-sales service of car dealerships, get a verdict, hand over the report.

    Without a command it opens the screens for scoring on site; the options below belong to them.

    评估汽车经销商的售后服务：打分、得出结论、生成报告。

    不带命令则打开现场评分界面，以下选项用于界面。
    """
    del version
    from tui import start

    given = {"--store": store, "--ref": ref, "--lang": lang, "--as": person, "--plain-keys": plain_keys}
    if ctx.invoked_subcommand is not None:
        start.refuse_options(given)
    else:
        start.need_terminal()
        raise typer.Exit(start.start(lang, store, person, ref, plain_keys=plain_keys))

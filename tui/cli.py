"""`dealer-audit`: the command line.

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
    records,
    report,
    score,
    settings,
    visit,
)
from tui.exits import overview
from tui.front import Front, command

app = typer.Typer(
    cls=Front,
    no_args_is_help=True,
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
app.add_typer(visit.app, name="visit")
command(app, "score")(score.score)
command(app, "report")(report.report)
command(app, "settings")(settings.settings)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"dealer-audit {version('dealer-audit')}\n")
        raise typer.Exit


@app.callback()
def top(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version 版本")
    ] = False,
) -> None:
    """Score the after-sales service of car dealerships, get a verdict, hand over the report.

    评估汽车经销商的售后服务：打分、得出结论、生成报告。
    """
    del version


def main() -> None:
    """Run the command line."""
    import warnings

    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    app()


if __name__ == "__main__":
    main()

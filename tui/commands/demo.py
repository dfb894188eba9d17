"""`dealer-audit demo`: the sample, from the first answer to the report."""

from typing import Annotated

import typer

from tui.options import Lang, Person


def demo(
    to: Annotated[str, typer.Option("--to", metavar="DIR", help="Where it goes 样例文件夹")] = "dealer-audit-demo",
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Play a sample audit end to end 演示."""
    from pathlib import Path

    from tui.console import terminal
    from tui.demo import play

    play(terminal(lang), Path(to), person)

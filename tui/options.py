"""The options that many commands share; each works after the command."""

from __future__ import annotations

from typing import Annotated

import typer

Store = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL|PATH", envvar="DEALER_AUDIT_STORE", show_envvar=True, help="The store to use 数据库"
    ),
]
Lang = Annotated[str | None, typer.Option("--lang", metavar="zh|en", help="Language 语言")]
Person = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who writes (default: settings) 操作人")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on stdout 输出 JSON")]
Ref = Annotated[str, typer.Argument(metavar="REF", help="The audit's reference or its beginning 评估编号")]

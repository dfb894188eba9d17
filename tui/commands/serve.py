"""`dealer-audit serve`: the screens in a browser, for a tablet."""

from typing import Annotated

import typer

from tui.options import Lang, Person, Store


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Beyond this computer a token is needed 监听地址")
    ] = "127.0.0.1",
    port: Annotated[str, typer.Option("--port", metavar="N", help="Port 端口")] = "8765",
    token: Annotated[
        str | None, typer.Option("--token", metavar="T", help="Who opens it must know this (default: made) 口令")
    ] = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Open the screens in a browser 在浏览器或平板中打开."""
    import asyncio

    from tui.console import terminal
    from tui.opening import opened
    from tui.serving.opening import opening
    from tui.serving.server import AuditServer
    from tui.settings import with_device

    out = terminal(lang)
    asked = opening(out.lang, host, port, token, store, person)
    with_device()
    with opened(store, create=True) as found:
        place = found.place

    def say() -> None:
        import sys

        for sentence in asked.words(place):
            out.say(sentence)
        out.value(asked.link)
        sys.stdout.flush()

    asyncio.run(AuditServer(asked).run(say))

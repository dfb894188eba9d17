"""Who writes: asked before the first thing is written on this device, until somebody says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, UserError
from tui.settings import system_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app import AuditApp
    from tui.desk import Books

_WHO = Text("您的姓名？", "Who are you?")
_NOBODY = Text(
    "没有姓名就不写入任何内容：需要时会再问；直接回车用建议的名字",
    "Nothing is written in nobody's name: it is asked again when needed; Enter takes the one proposed",
)
_WHY = Text(
    "写在每条记录里；以后可在设置（F9）中修改。直接回车则用这个名字。",
    "Your name stands in every entry; F9 changes it later. Enter takes the one proposed.",
)


def asks_first(app: AuditApp, then: Callable[[], object]) -> bool:
    """Ask for the name where nobody was ever named; returns whether it asks, and then has the rest done afterwards."""
    if not _is_nameless(app):
        return False
    from tui.screens.asking import AskText

    async def answered(name: str | None) -> None:
        if name is None:
            app.notify(_NOBODY.of(app.lang), markup=False)
            return
        try:
            await app.keep_settings(name=name)
        except UserError as error:
            app.notify(error.text.of(app.lang), severity="error", markup=False)
            return
        app.call_later(then)

    app.push_screen(AskText(_WHO, _WHY, system_user()), answered)
    return True


async def asks_to_open(app: AuditApp, ref: str, then: Callable[[], object]) -> bool:
    """Ask for the name before an audit is opened that is to be written in: not of one that is only looked at.

    Raises:
        UserError: when there is no such audit.
    """

    def signed(books: Books) -> bool:
        from audit.session import AuditSession

        return AuditSession.open(books.store, ref, books.author).state.signature is not None

    return _is_nameless(app) and not await app.desk.do(signed) and asks_first(app, then)


def _is_nameless(app: AuditApp) -> bool:
    return app.may_ask and not (app.desk.is_named or app.settings.name)

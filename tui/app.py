"""The Textual application: modes, language, theme, the desk, the command palette; little else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.events import Key
from textual.reactive import var
from textual.widgets import Input, TextArea

from checklists.text import Text, UserError
from tui.desk import Desk
from tui.keys import as_meant, key
from tui.screens.audits import AuditsPage
from tui.screens.page import Dialog, Page
from tui.themes import DEFAULTS, THEMES

if TYPE_CHECKING:
    from textual.events import Event

    from checklists.text import Lang

_SWITCH = Text("这里不输入文字：请按 Shift 切换到英文输入", "No text is typed here: switch the input method with Shift")
_EVERY = 2.0
"""Seconds between two looks at what others have written."""


class AuditApp(App[None]):
    """The terminal UI."""

    CSS_PATH = "app.tcss"
    TITLE = "dealer-audit"
    ENABLE_COMMAND_PALETTE = True
    MODES: ClassVar = {"audits": AuditsPage}
    DEFAULT_MODE = "audits"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - an instance variable of Textual's
        (0, "-narrow"),
        (100, "-wide"),
        (160, "-huge"),
    ]
    BINDINGS: ClassVar = [
        key("f1,question_mark", "help", "帮助", "Help", show=True),
        key("f2", "page('audits')", "评估列表", "Audits"),
        key("f12,ctrl+l", "language", "中文/English", "中文/English"),
        key("ctrl+p", "command_palette", "全部命令", "All commands"),
        key("ctrl+q", "quit", "退出", "Quit"),
    ]

    lang: var[Lang] = var("zh")

    def __init__(
        self, lang: Lang, *, store: str | None = None, person: str | None = None, ref: str | None = None
    ) -> None:
        """Make the application.

        Args:
            lang: the language to begin with.
            store: URL or path of the store; None for the default one.
            person: who writes; None for the name in the settings.
            ref: an audit to open at once.
        """
        super().__init__()
        self.set_reactive(AuditApp.lang, lang)
        self.desk = Desk(store, person)
        self.first_ref = ref

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours of the marks for themes that have none."""
        return DEFAULTS

    def on_mount(self) -> None:
        """Choose the theme; look now and then at what others have written."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"
        self.set_interval(_EVERY, self._look)

    async def on_event(self, event: Event) -> None:
        """Take a key outside a text field as it was meant."""
        if isinstance(event, Key) and not event.is_forwarded and not self._typing():
            meant = as_meant(event)
            if meant is None:
                self.notify(_SWITCH.of(self.lang), severity="warning", markup=False)
                return
            event = meant
        await super().on_event(event)

    def _typing(self) -> bool:
        return isinstance(self.focused, Input | TextArea)

    def action_language(self) -> None:
        """Speak the other language."""
        self.lang = "en" if self.lang == "zh" else "zh"

    async def action_page(self, mode: str) -> None:
        """Go to a page; pages of an audit need one that is open."""
        await self.switch_mode(mode)

    def action_help(self) -> None:
        """Show what the screen is for and its keys."""
        from tui.screens.help import HelpScreen

        page = self.screen
        if isinstance(page, Page | Dialog) and not isinstance(page, HelpScreen):
            self.push_screen(HelpScreen(page))

    def action_command_palette(self) -> None:
        """Offer everything that can be done here."""
        from tui.palette import palette

        self.push_screen(palette(self.lang))

    async def _look(self) -> None:
        """Take in what another window has written to the open audit."""
        seen = self.desk.seen
        if seen is None:
            return
        try:
            await self.desk.at(lambda session: session.refresh())
        except UserError as error:
            self.notify(error.text.of(self.lang), severity="error", markup=False)
            return
        changed = self.desk.seen is not None and self.desk.seen.state is not seen.state
        if changed and isinstance(self.screen, Page):
            self.screen.repaint()

    async def on_unmount(self) -> None:
        """Close the store when everything asked for is done."""
        await self.desk.close()


def run(lang: Lang, *, store: str | None = None, person: str | None = None, ref: str | None = None) -> int:
    """Open the terminal UI; returns the exit code."""
    app = AuditApp(lang, store=store, person=person, ref=ref)
    app.run()
    return app.return_code or 0

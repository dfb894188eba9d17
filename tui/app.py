"""The Textual application: modes, language, theme, the desk, the command palette; little else."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.events import Key, Paste
from textual.reactive import var
from textual.widgets import Input

from checklists.text import Text, UserError
from tui.colourless import Colourless
from tui.desk import Desk
from tui.drafts import SOON, Drafts
from tui.garbage import Rests
from tui.keys import as_meant, is_of_method, key
from tui.pages import FREE, WRITTEN, later, page_for
from tui.plain import in_one_line
from tui.screens.audits import AuditsPage
from tui.screens.page import Dialog, Page
from tui.settings import Place, Settings, change_settings
from tui.themes import ANSI, DEFAULTS, THEMES, theme_for
from tui.who import asks_first, asks_to_open
from tui.wrapping import take_over

if TYPE_CHECKING:
    from textual.events import Event
    from textual.notifications import Notify

    from checklists.text import Lang

_SWITCH = Text("这里不输入文字：请按 Shift 切换到英文输入", "No text is typed here: switch the input method with Shift")
_NO_KEY = Text("这个键在这里不起作用；F1 列出全部键", "That key does nothing here; F1 lists the keys")
_NONE_OPEN = Text("请先打开一个评估：选中后按回车", "Open an audit first: mark it and press Enter")
_FIRST = Text("先按 Esc 关闭这个对话框", "Esc closes this box first")
_TO_QUIT = Text("退出请按 Ctrl+Q", "Press Ctrl+Q to quit")
_AT_ONCE = 2
"""Sentences that are said in passing at a time."""
_ON_THEIR_WAY = 0.2
"""Seconds that keys may need to the field they are typed in."""
_EVERY = 2.0
"""Seconds between two looks at what others have written."""


class AuditApp(App[None]):
    """The terminal UI."""

    CSS_PATH = "app.tcss"
    TITLE = "dealer-audit"
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 3
    MODES: ClassVar = {
        "audits": AuditsPage,
        "new": later("new_audit", "NewAuditPage"),
        "settings": later("settings", "SettingsPage"),
        "score": later("score", "ScorePage"),
        "records": later("records", "RecordsPage"),
        "kpis": later("kpis", "KpisPage"),
        "interviews": later("interviews", "InterviewsPage"),
        "inbox": later("inbox", "InboxPage"),
        "review": later("review", "ReviewPage"),
        "closing": later("closing", "ClosingPage"),
        "plan": later("plan", "PlanPage"),
        "visit": later("visit", "VisitPage"),
    }
    DEFAULT_MODE = "audits"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - an instance variable of Textual's
        (0, "-narrow"),
        (100, "-wide"),
        (160, "-huge"),
    ]
    BINDINGS: ClassVar = [
        key("f1,question_mark", "help", "帮助", "Help", show=True),
        key("f2", "page('audits')", "评估列表", "Audits"),
        key("f3", "page('score')", "评分", "Score"),
        key("f4", "page('records')", "抽样记录", "Records"),
        key("f5", "page('kpis')", "指标", "KPIs"),
        key("f6", "page('interviews')", "访谈与发现", "Interviews"),
        key("f7", "page('inbox')", "佐证照片", "Photos"),
        key("f8", "page('review')", "审核签字", "Review"),
        key("shift+f8,f20", "page('closing')", "异议与定稿", "Objections"),
        key("shift+f9,f21", "page('plan')", "改进计划", "Plan"),
        key("f9", "page('settings')", "设置", "Settings"),
        key("ctrl+r", "report", "报告", "Report"),
        key("f12,ctrl+l", "language", "中文/English", "中文/English"),
        key("ctrl+p", "command_palette", "全部命令", "All commands"),
        key("ctrl+q", "quit", "退出", "Quit"),
    ]

    lang: var[Lang] = var("zh")

    def __init__(
        self,
        lang: Lang,
        *,
        store: str | None = None,
        person: str | None = None,
        ref: str | None = None,
        settings: Settings | None = None,
    ) -> None:
        """Make the application.

        Args:
            lang: the language to begin with.
            store: URL or path of the store; None for the default one.
            person: who writes; None for the name in the settings.
            ref: an audit to open at once.
            settings: theme, behaviour and the audit that was open last; None for the defaults, and nobody is asked.
        """
        super().__init__()
        take_over()
        self.set_reactive(AuditApp.lang, lang)
        self.desk = Desk(store, person)
        self.drafts = Drafts(lambda work: self.set_timer(SOON, work))
        """What was typed and is not saved."""
        self._rests = Rests()
        self.first_ref = ref
        self.before_settings = "audits"
        """The page one came from to the settings."""
        self.wanted_item: str | None = None
        """The item on which the score page stands when one goes there; then None again."""
        self.stood_on: tuple[str, str] | None = None
        """The audit and the item in view when the score page was left for another page."""
        self.wanted_set: str | None = None
        """What the records page opens when one goes there: a set, SET/ITEM or SET/ITEM/RECORD; then None again."""
        self.wanted_kpi: str | None = None
        """The KPI that the KPI page opens when one goes there; then None again."""
        self.wanted_talk: str | None = None
        """What the interviews page marks when one goes there: a guide's question or a finding (F3); then None again."""
        self.may_ask = settings is not None
        """Whether somebody may be asked for the name that stands in entries."""
        self.settings = settings or Settings()
        for theme in THEMES:
            self.register_theme(theme)
        # Before the first paint, or the screen would be painted twice.
        self.theme = theme_for(self.settings.theme, "" if self.no_color else self.console.color_system)

        if self.no_color:
            self._filters = [Colourless(self)]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours of the marks for themes that have none."""
        return ANSI if self.theme.startswith("ansi") else DEFAULTS

    def on_mount(self) -> None:
        """Look now and then at what others have written; open what was asked for."""
        self.set_class(self.is_web, "-web")
        self.set_interval(_EVERY, self._look)
        if self.first_ref:
            self.call_after_refresh(self.open_audit, self.first_ref)

    async def on_event(self, event: Event) -> None:
        """Take a key outside a text field as it was meant."""
        if isinstance(event, Key) and not event.is_forwarded:
            self._rests.pressed()
            if isinstance(self.screen, Page):
                self.screen.key_pressed()
            if self._leads_elsewhere(event.key):
                self.notify(_FIRST.of(self.lang), markup=False)
                return
        if isinstance(event, Key) and not event.is_forwarded and not self._typing():
            meant = as_meant(event)
            if meant is None:
                taken = event.character and isinstance(self.screen, Page) and self.screen.take_text(event.character)
                if not taken and isinstance(self.screen, Page | Dialog):
                    self.screen.tell(_SWITCH if is_of_method(event) else _NO_KEY, error=True)
                return
            event = meant
        elif isinstance(event, Paste) and not event.is_forwarded and isinstance(self.focused, Input):
            if isinstance(self.screen, Dialog) and self.screen.take_lines(event.text):
                return
            event = Paste(in_one_line(event.text))
        await super().on_event(event)

    def _leads_elsewhere(self, pressed: str) -> bool:
        """Say whether a key would go to another page, but for the dialog in front, which has no use for it."""
        return (
            isinstance(self.screen, Dialog)
            and any(bound.action.startswith("page(") for bound in self._bindings.key_to_bindings.get(pressed, ()))
            and pressed not in self.screen.active_bindings
        )

    def _typing(self) -> bool:
        # By name: loading the class would hold up the first paint.
        focused = self.focused
        return isinstance(focused, Input) or any(kind.__name__ == "TextArea" for kind in type(focused).__mro__)

    def action_language(self) -> None:
        """Speak the other language."""
        self.lang = "en" if self.lang == "zh" else "zh"

    async def action_page(self, mode: str) -> None:
        """Go to a page; pages of an audit need one that is open."""
        if mode not in FREE and self.desk.seen is None:
            self.notify(_NONE_OPEN.of(self.lang), severity="warning", markup=False)
            return
        mode = page_for(self.desk.seen, mode)
        if mode in WRITTEN and asks_first(self, partial(self.action_page, mode)):
            return
        if mode == "score" and isinstance(self.screen, Page):
            self.wanted_item = self.wanted_item or self.screen.item_in_view()
        if mode == "settings" != self.current_mode:
            self.before_settings = self.current_mode
        # The key of a page shows the page, not what that had led to.
        behind = self._screen_stacks.get(mode, [])[1:] if mode != self.current_mode else []
        for screen in reversed(behind):
            self._screen_stacks[mode].remove(screen)
            await screen.remove()
        await self.switch_mode(mode)

    def action_report(self) -> None:
        """Offer the report of the audit that is open."""
        if self.desk.seen is None:
            self.notify(_NONE_OPEN.of(self.lang), severity="warning", markup=False)
        elif isinstance(self.screen, Page):
            from tui.screens.report import ReportDialog

            self.push_screen(ReportDialog(self.desk.seen.ref))

    async def open_audit(self, ref: str, mode: str = "score") -> None:
        """Open an audit, remember it as the last one and go to one of its pages."""
        try:
            if await asks_to_open(self, ref, partial(self.open_audit, ref, mode)):
                return
            seen = await self.desk.open(ref)
            await self.keep_settings(last=Place(await self.desk.do(lambda books: books.store.place), seen.ref))
        except UserError as error:
            self.notify(error.text.of(self.lang), severity="error", markup=False)
            return
        await self.action_page(mode)

    async def keep_settings(self, **changes: Any) -> None:
        """Change settings (see `tui.settings.change_settings`), on disk and here.

        Raises:
            SettingsUnusable: when they cannot be written.
        """
        self.settings = await self.desk.do(lambda _: change_settings(**changes))

    def _end_batch(self) -> None:
        """Let the page paint what was held back: Textual 8.2.8 only wakes the application then, not its screen."""
        super()._end_batch()
        if not self._batch_count and self._current_mode in self._screen_stacks:
            self.screen.check_idle()

    def on_notify(self, event: Notify) -> None:
        """Say little at a time, and nothing twice: what is said in passing stands over the work."""
        standing = list(self._notifications)
        if any(said.message == event.notification.message for said in standing):
            event.prevent_default()
        else:
            for said in standing[: max(0, len(standing) - _AT_ONCE + 1)]:
                self._unnotify(said, refresh=False)

    async def action_quit(self) -> None:
        """Keep what is being typed, and leave."""
        focused, arrived = self.focused, asyncio.Event()
        if focused is not None and focused.call_later(arrived.set):
            with suppress(asyncio.TimeoutError):  # keys may still be on their way to it
                await asyncio.wait_for(arrived.wait(), _ON_THEIR_WAY)
        for screen in self.screen_stack:
            if isinstance(screen, Page | Dialog):
                screen.keep_typed()
        self.exit()

    def action_help_quit(self) -> None:
        """Say how to quit to somebody who pressed Ctrl+C."""
        self.notify(_TO_QUIT.of(self.lang), markup=False)

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
        self._rests.looked()
        seen = self.desk.seen
        if seen is None:
            return
        try:
            await self.desk.at(lambda session: session.refresh())
        except UserError as error:
            self.notify(error.text.of(self.lang), severity="error", markup=False)
            return
        if self.desk.seen is not None and self.desk.seen.state is not seen.state and isinstance(self.screen, Page):
            self.screen.repaint()

    def _fatal_error(self) -> None:
        """Close the screens; `run` says what happened, where Textual would print a traceback."""
        self._close_messages_no_wait()

    async def on_unmount(self) -> None:
        """Close the store when everything asked for is done."""
        self.drafts.flush()
        await self.desk.close()


def run(
    lang: Lang,
    *,
    store: str | None = None,
    person: str | None = None,
    ref: str | None = None,
    settings: Settings | None = None,
) -> int:
    """Open the terminal UI; returns the exit code.

    Raises:
        Exception: that nobody was prepared for, on any screen; what was typed until then is kept.
    """
    app = AuditApp(lang, store=store, person=person, ref=ref, settings=settings)
    app.run()
    if app._exception is not None:  # noqa: SLF001 - Textual keeps it for tests alone
        raise app._exception  # noqa: SLF001
    return app.return_code or 0

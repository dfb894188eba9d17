"""What all screens have in common: two languages, one line of context above, one of state and one of keys below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.containers import Container
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Static

from checklists.text import Text, UserError
from tui.keys import both, in_language, key
from tui.plain import plain

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence
    from typing import Any

    from textual.app import ComposeResult
    from textual.binding import ActiveBinding, BindingType
    from textual.widget import Widget

    from audit.session import AuditSession
    from checklists.text import Lang
    from tui.app import AuditApp
    from tui.desk import Books, Seen
    from tui.widgets.touch import Touch

R = TypeVar("R")
Result = TypeVar("Result")

_NAMED = Text("{key} {what}", "{key} {what}")
_NO_TEXT = Text("这里不输入文字：用 ← → 选择，用 ↑ ↓ 换栏", "No text goes here: ← → choose, ↑ ↓ go to another field")
_SEALED = Text("评估 {ref} 已签字封存，不能再修改", "Audit {ref} is signed and sealed, it cannot be changed")


class Spoken:
    """The part of a screen that speaks: mixed into pages and dialogs.

    A screen composes its widgets empty and says everything in `relabel`, which is called once they are mounted and
    whenever the language changes: so nothing typed is lost by the change.
    """

    ABOUT: ClassVar[Text]
    """What the screen is for, in a few sentences; `?` shows it above the keys."""

    @property
    def desk_app(self) -> AuditApp:
        """The application."""
        return cast("AuditApp", cast("Screen[Any]", self).app)

    @property
    def lang(self) -> Lang:
        """The language spoken."""
        return self.desk_app.lang

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys, described in the language spoken."""
        return in_language(super().active_bindings, self.lang)  # type: ignore[misc]

    @property
    def bindings_as_written(self) -> dict[str, ActiveBinding]:
        """The keys, each with its description in both languages."""
        return super().active_bindings  # type: ignore[misc, no-any-return]

    def relabel(self) -> None:
        """Put every text in place, in the language spoken; what people typed stays as it is."""

    def on_mount(self) -> None:
        """Follow the language."""
        screen = cast("Screen[Any]", self)
        screen.watch(screen.app, "lang", self._speak, init=False)
        self.relabel()
        # Textual looks for it when the screen is shown, which may be before widgets inside widgets are there.
        if screen.focused is None and screen.AUTO_FOCUS and screen.AUTO_FOCUS.startswith("#"):
            screen.query_one(screen.AUTO_FOCUS).focus()

    def _speak(self) -> None:
        self.relabel()
        cast("Screen[Any]", self).refresh_bindings()

    def put(self, widget: str, text: Text | str) -> None:
        """Put a text into a Static, a Label or a Button, named by its selector."""
        words = text if isinstance(text, str) else text.of(self.lang)
        found = cast("Screen[Any]", self).query_one(widget)
        if isinstance(found, Static):
            found.update(plain(words))
        else:
            cast("Any", found).label = plain(words)

    def tell(self, text: Text, *, error: bool = False) -> None:
        """Say a sentence in passing."""
        words = text.of(self.lang)
        cast("Screen[Any]", self).notify(words, severity="error" if error else "information", markup=False)

    def tell_ahead(self) -> None:
        """Say of an audit just begun that its day is still to come, where it is."""
        from audit.details import lies_ahead

        seen = self.desk_app.desk.seen
        ahead = lies_ahead(seen.state.details) if seen is not None else None
        if ahead is not None:
            self.tell(ahead)

    def on_choice_deaf(self) -> None:
        """Say why nothing came of what was typed."""
        self.tell(_NO_TEXT, error=True)

    def keep_typed(self) -> None:
        """Keep what is being typed and is not saved; called as one quits, too."""

    async def try_do(self, work: Callable[[Books], R]) -> R | None:
        """Do work at the desk; what cannot be done is said and None comes back."""
        try:
            return await self.desk_app.desk.do(work)
        except UserError as error:
            self.tell(error.text, error=True)
            return None

    async def try_at(self, work: Callable[[AuditSession], R]) -> R | None:
        """Do work on the open audit; what cannot be done is said and None comes back."""
        try:
            return await self.desk_app.desk.at(work)
        except UserError as error:
            self.tell(error.text, error=True)
            return None


class Page(Spoken, Screen[None]):
    """A screen of its own."""

    FITTED: ClassVar[tuple[str, ...]] = ()
    """Panes whose texts are broken for their width: whenever it has changed the page is painted again."""
    _widths: tuple[int, ...] = ()

    def on_mount(self) -> None:
        """Follow the widths, which Textual tells only once everything is laid out."""
        if self.FITTED:
            self.screen_layout_refresh_signal.subscribe(self, self._fit)

    def _fit(self, _: object) -> None:
        widths = tuple(self.query_one(pane).scrollable_content_region.width for pane in self.FITTED)
        if widths != self._widths and self.desk_app.desk.seen is not None:
            self._widths = widths
            self.repaint()

    def compose(self) -> ComposeResult:
        """Put the frame around the body."""
        yield Static(id="context")
        with Container(id="body"):
            yield from self.body()
        if self.app.is_web:
            from tui.widgets.touch import TouchRows

            yield TouchRows()
        yield Static(id="state")
        if not self.app.is_web:
            yield self.keys()

    def keys(self) -> Widget:
        """Return the line of keys, which no finger could meet: in a browser their names stand on the targets."""
        return Footer(show_command_palette=False)

    def body(self) -> Iterable[Widget]:
        """Return what stands between the context and the state."""
        raise NotImplementedError

    @property
    def bindings_as_written(self) -> dict[str, ActiveBinding]:
        """The keys, each with its description in both languages; the line of keys names what is offered."""
        return {
            name: active
            if self.offers(active.binding.action)
            else active._replace(binding=replace(active.binding, show=False))
            for name, active in super().bindings_as_written.items()
        }

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys, described in the language spoken."""
        return in_language(self.bindings_as_written, self.lang)

    def offers(self, action: str) -> bool:
        """Say whether an action is named or touched now; its key works nevertheless, or says why it does not."""
        del action
        return True

    def touch(self) -> Sequence[Sequence[Touch]]:
        """Return the rows of targets for fingers, which stand above the state in a browser.

        These are the answers that a digit picks, where a question is asked, and the keys that are shown.
        """
        from tui.widgets.ask_box import AskBox
        from tui.widgets.touch import PAGES, Touch, numbered

        shown: dict[str, Touch] = {}
        for active in self.bindings_as_written.values():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in shown:
                named = _NAMED.format(key=self.app.get_key_display(binding), what=both(binding))
                shown[binding.action] = Touch(binding.key, named)
        asked = next((box.ask for box in self.query(AskBox) if box.ask is not None), None)
        return (numbered(asked.options) if asked is not None else [], [*shown.values(), PAGES])

    def on_touch_rows_stale(self) -> None:
        """Offer what can be touched now."""
        self.paint_touch()

    def paint_touch(self) -> None:
        """Offer what can be touched now; nothing happens in a terminal."""
        if self.app.is_web and self.is_mounted:
            from tui.widgets.touch import TouchRows

            self.query_one(TouchRows).offer(self.touch(), self.lang)

    @property
    def seen(self) -> Seen:
        """The open audit; only on pages of an audit."""
        seen = self.desk_app.desk.seen
        if seen is None:
            msg = "no audit is open"
            raise RuntimeError(msg)
        return seen

    def item_in_view(self) -> str | None:
        """Return the item on which the Score page is to stand when one goes there from here; None: it stays."""
        return None

    def refused_as_signed(self) -> bool:
        """Say that a signed audit cannot be changed, where it is signed: before anything is asked for."""
        seen = self.desk_app.desk.seen
        if seen is None or seen.state.signature is None:
            return False
        self.tell(_SEALED.format(ref=seen.ref), error=True)
        return True

    def repaint(self) -> None:
        """Show the open audit as it is now; called when the page comes to the front and when others have written."""

    def key_pressed(self) -> None:
        """Take back what was said of the key before; called before a key does anything."""

    def take_text(self, text: str) -> bool:
        """Take a character of an input method that means no key; False where the page has no use for it."""
        del text
        return False

    async def over(self, dialog: Dialog[Any], then: Callable[[Any], Awaitable[None]]) -> None:
        """Put a dialog in front before the next key is looked at; hand on what it gives back, unless it is None."""

        def closed(result: object) -> None:
            if result is not None:
                self.run_worker(then(result))

        await self.app.push_screen(dialog, closed)

    def on_screen_resume(self) -> None:
        """Show what was done elsewhere meanwhile."""
        if self.is_mounted and self.desk_app.desk.seen is not None:
            self.repaint()


class Dialog(Spoken, ModalScreen[Result]):
    """A question over a page; it only gives back what was answered, the page decides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # A modal screen hides the application's keys.
        key("f1", "app.help", "帮助", "Help"),
        key("f12,ctrl+l", "app.language", "中文/English", "中文/English"),
        key("ctrl+q", "app.quit", "退出", "Quit"),
    ]

    _answered = False

    @property
    def answered(self) -> bool:
        """Whether it has given back its answer."""
        return self._answered

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Give back the answer; a second key that arrives before the dialog is gone changes nothing."""
        if self._answered:
            nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call]
            return nothing
        self._answered = True
        return super().dismiss(result)

    def take_lines(self, pasted: str) -> bool:
        """Take what is pasted into a field of one line; False where it belongs there."""
        del pasted
        return False

    def compose(self) -> ComposeResult:
        """Put the frame around the body."""
        with Container(id="dialog"):
            yield Static(id="title")
            yield from self.body()
            yield Footer(show_command_palette=False)

    def body(self) -> Iterable[Widget]:
        """Return what stands below the title."""
        raise NotImplementedError

"""Forms: a label, a field and the mistake in it, one below the other; the arrows go from field to field."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from tui.keys import key
from tui.plain import plain

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget


class Form(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Fields one below the other."""

    BINDINGS: ClassVar = [
        key("down", "app.focus_next", "下一栏", "Next field"),
        key("up", "app.focus_previous", "上一栏", "Previous field"),
    ]
    DEFAULT_CSS = "Form { height: 1fr; padding: 0 1; }"


class Row(Vertical):
    """One field: its label, the field itself, and below it what is wrong with what stands in it."""

    DEFAULT_CSS = """
    Row { height: auto; }
    Row > Horizontal { height: auto; }
    Row .label { width: 18; height: auto; padding: 0 2 0 0; color: $foreground 75%; }
    Row .wrong { height: auto; padding: 0 0 0 18; color: $error; }
    Row .hint { height: auto; padding: 0 0 0 18; color: $foreground 65%; }
    """

    def __init__(self, name: str, field: Widget) -> None:
        """Make a row called `name`; the field goes by the same id, unless it has one."""
        super().__init__(id=f"{name}-row")
        self._field = field
        if field.id is None:
            field.id = name

    def compose(self) -> ComposeResult:
        """Put label, field, hint and mistake together."""
        with Horizontal():
            yield Static(classes="label")
            yield self._field
        yield Static(classes="hint")
        yield Static(classes="wrong")

    def on_mount(self) -> None:
        """Begin without a hint and without a mistake."""
        for part in (".hint", ".wrong"):
            self.query_one(part).display = False

    def label(self, text: str, hint: str = "") -> None:
        """Say what belongs here."""
        self.query_one(".label", Static).update(plain(text))
        self._say(".hint", hint)

    def blame(self, text: str) -> None:
        """Say what is wrong; nothing when the text is empty."""
        self._say(".wrong", text)

    @property
    def blamed(self) -> bool:
        """Whether something is wrong."""
        return self.query_one(".wrong").display

    def _say(self, part: str, text: str) -> None:
        said = self.query_one(part, Static)
        said.update(plain(text))
        said.display = bool(text)

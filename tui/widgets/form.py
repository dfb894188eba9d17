"""Forms: a label, a field and the mistake in it, one below the other; the arrows go from field to field."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.actions import SkipAction
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Static

from tui.keys import key
from tui.plain import plain
from tui.widgets.choice import Choice
from tui.widgets.path_input import PathInput
from tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget


class Form(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Fields one below the other.

    Its keys come before the field's own, so that the focus has moved when the next key is looked at: what is typed
    quickly goes where one meant it to.
    """

    BINDINGS: ClassVar = [
        key("down", "step(1)", "下一栏", "Next field", priority=True),
        key("up", "step(-1)", "上一栏", "Previous field", priority=True),
        key("left", "choose(-1)", "向左选", "Choose to the left", priority=True),
        key("right", "choose(1)", "向右选", "Choose to the right", priority=True),
        key("space", "switch", "选中或取消", "Choose or not", priority=True),
        key("tab", "tab(1)", "下一栏", "Next field", priority=True),
        key("shift+tab", "tab(-1)", "上一栏", "Previous field", priority=True),
    ]
    DEFAULT_CSS = "Form { height: 1fr; padding: 0 1; }"

    def action_step(self, by: int) -> None:
        """Go to the next field; one that uses the arrows itself (a list, a text of several lines) gets them first."""
        field = self.screen.focused
        if isinstance(field, PickList):
            field.step(by)
            return
        alone = field is not None and any(isinstance(above, Row) for above in field.ancestors[:2])
        if not alone or not (isinstance(field, Button | Choice | Input) or _at_edge(field, by)):
            raise SkipAction
        self._go(by)

    def action_choose(self, by: int) -> None:
        """Choose the next of a row of options; in a text the key moves the cursor."""
        self._choice().action_move(by)

    def action_switch(self) -> None:
        """Choose the option marked, or not any more; in a text the key is a blank."""
        self._choice().action_switch()

    def _choice(self) -> Choice:
        field = self.screen.focused
        if not isinstance(field, Choice):
            raise SkipAction
        return field

    def action_tab(self, by: int) -> None:
        """Go to the next field; a path gets the key first, to be completed."""
        if by > 0 and isinstance(self.screen.focused, PathInput):
            raise SkipAction
        self._go(by)

    def _go(self, by: int) -> None:
        if by > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()


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

    def on_descendant_focus(self) -> None:
        """Show at the label that one is here: what is in a row is not styled anew by `:focus-within`."""
        self.query_one(".label").add_class("-here")

    def on_descendant_blur(self) -> None:
        """Show that one is elsewhere."""
        self.query_one(".label").remove_class("-here")

    def label(self, text: str, hint: str = "") -> None:
        """Say what belongs here."""
        self.query_one(".label", Static).update(plain(text))
        self._say(".hint", hint)

    def blame(self, text: str) -> None:
        """Say what is wrong; nothing when the text is empty."""
        self._say(".wrong", text)

    def _say(self, part: str, text: str) -> None:
        said = self.query_one(part, Static)
        said.update(plain(text))
        said.display = bool(text)


def _at_edge(field: Widget | None, by: int) -> bool:
    """Say whether the cursor stands in the last line of a text, or going up in the first, as it is shown."""
    from textual.widgets import TextArea

    if not isinstance(field, TextArea):
        return False
    shown = field.navigator
    is_edge = shown.is_last_wrapped_line if by > 0 else shown.is_first_wrapped_line
    return is_edge(field.cursor_location)

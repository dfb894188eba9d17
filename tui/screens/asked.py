"""The fields that a dialog asks for: what belongs in each, the widget it is typed in, and what stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widgets import Input, TextArea

from checklists.text import Text, UserError, joined
from tui.widgets.choice import Choice
from tui.widgets.finder import Finder
from tui.widgets.line import Line
from tui.widgets.lines import Lines
from tui.widgets.path_input import PathInput

if TYPE_CHECKING:
    from textual.widget import Widget

Values = Mapping[str, str]
"""What stands in the fields, by name."""
LINE, TEXT, CHOICE, FIND, FILE = "line", "text", "choice", "find", "file"
"""Kinds of fields."""


class WrongFields(UserError):
    """What was typed cannot be done; each field says why."""

    def __init__(self, wrong: Mapping[str, Text]) -> None:
        super().__init__(joined(list(wrong.values()), zh="\n", en="\n"))
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Asked:
    """One field."""

    name: str
    label: Text
    kind: str = LINE
    value: str = ""
    hint: Text | Callable[[Values], Text] | None = None
    """Said below it; where it depends on the other fields, what says it."""
    options: tuple[tuple[str, Text], ...] = ()
    """What can be chosen: values and what they are called."""
    needed: Text | None = None
    """What is said where nothing was typed; None: it may stay empty."""
    only: Callable[[Values], bool] | None = None
    """Whether it is asked, from what stands in the other fields; None: always."""
    proposed: bool = False
    """Whether what stands there at first is only proposed, such as today, and may be another thing the next time."""
    check: Callable[[Values], Text | None] | None = None
    """What is wrong with a line, said as soon as one leaves it; None: nothing is known to be."""


def widget_of(field: Asked) -> Widget:
    """Return the widget for a field, with what stands there at first."""
    if field.kind == TEXT:
        return Lines(field.value)
    if field.kind == CHOICE:
        return Choice(chosen=[field.value] if field.value else ())
    if field.kind == FIND:
        return Finder(field.value)
    if field.kind == FILE:
        return PathInput(id=field.name)
    return Line(field.value)


def value_in(widget: Widget) -> str:
    """Return what stands in a field."""
    if isinstance(widget, TextArea):
        return widget.text.strip()
    if isinstance(widget, Choice | Finder):
        return widget.value
    return widget.value.strip() if isinstance(widget, Input) else ""


def fill(widget: Widget, value: str) -> None:
    """Let something stand in a field, with the cursor at its end."""
    if isinstance(widget, TextArea):
        widget.text = value
        widget.move_cursor(widget.document.end)
    elif isinstance(widget, Choice | Finder):
        widget.choose(value)
    elif isinstance(widget, Input):
        widget.value = value
        widget.cursor_position = len(value)

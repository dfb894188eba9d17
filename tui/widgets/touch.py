"""Keys for fingers: rows of targets three rows high, shown only in a browser."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from checklists.text import Text, same
from tui.keys import pressed
from tui.plain import plain
from tui.widgets.finger import HIGH
from tui.wrapping import broken_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Click, Resize

    from checklists.text import Lang

_GAP = " "
_FACES = ("bold on $primary 35%", "on $panel")
"""Rows differ, so that two targets above one another are two."""
_OFF = "$foreground 35% on $background"


class Touch(NamedTuple):
    """A target: touching it is pressing the key."""

    key: str
    """A character, the name of a key, or with brackets an action of the page; empty: it only keeps its place now."""
    label: Text


PAGES = Touch("ctrl+p", Text("页面", "Pages"))
ENTER = Touch("enter", Text("确定", "Enter"))
BACK = Touch("backspace", Text("退格", "Back"))
_NUMBERED = Text("{number} {what}", "{number} {what}")


def numbered(options: Sequence[Text]) -> list[Touch]:
    """Return targets for what digits pick."""
    return [Touch(f"{n}", _NUMBERED.format(number=n, what=option)) for n, option in enumerate(options[:9], start=1)]


def digits(more: str) -> list[Touch]:
    """Return targets for the ten digits and for other characters."""
    return [Touch(character, same(character)) for character in f"1234567890{more}"]


class TouchRows(Static):
    """Stands at the bottom of a page."""

    DEFAULT_CSS = """
    TouchRows { width: 1fr; height: auto; color: $foreground; }
    """

    class Stale(Message):
        """What can be pressed has changed."""

    def __init__(self) -> None:
        super().__init__(id="touch")
        self._offered: Sequence[Sequence[Touch]] = ()
        self._lang: Lang = "zh"
        self._said: object = None

    def on_mount(self) -> None:
        """Follow what can be pressed."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.post_message(self.Stale()))
        self.display = False

    def offer(self, rows: Sequence[Sequence[Touch]], lang: Lang) -> None:
        """Show these; a row shares out the width among its targets."""
        self._offered, self._lang = [row for row in rows if row], lang
        self._paint()

    def on_resize(self, event: Resize) -> None:
        """Share out the new width."""
        del event
        self._paint()

    def on_click(self, event: Click) -> None:
        """Press the key under the finger."""
        key = event.style.meta.get("key")
        if not isinstance(key, str) or not key:
            return
        event.stop()
        if key.endswith(")"):
            self.app.call_later(self.screen.run_action, key)  # in the queue of the keys
        else:
            self.app.post_message(pressed(key))

    def _paint(self) -> None:
        self.display = bool(self._offered)
        width = self.size.width or self.app.size.width
        said = (tuple(tuple(row) for row in self._offered), self._lang, width)
        if said == self._said:
            return
        self._said = said
        rows = [part for row in self._offered for part in self._parts(row, width)]
        faces = [_FACES[n % len(_FACES)] for n in range(len(rows))]
        lines = [line for row, face in zip(rows, faces, strict=True) for line in self._row(row, width, face)]
        self.update(Content("\n").join(lines))

    def _parts(self, row: Sequence[Touch], width: int) -> list[Sequence[Touch]]:
        """Return a row as so many rows that the words of its targets find room in them, unbroken."""
        for parts in range(1, len(row)):
            ends = [len(row) * n // parts for n in range(parts + 1)]
            split = [row[begin:end] for begin, end in pairwise(ends)]
            if all(self._fits(each, width // len(part)) for part in split for each in part):
                return split
        return [[each] for each in row]

    def _fits(self, touch: Touch, width: int) -> bool:
        room = max(1, width - len(_GAP))
        lines = self._folded(touch, room)
        return len(lines) <= HIGH and all(cell_len(line) <= room for line in lines)

    def _folded(self, touch: Touch, room: int) -> list[str]:
        words = plain(touch.label.of(self._lang)).plain.replace("\n", " ")
        return broken_at(words, room).split("\n")

    def _words(self, touch: Touch, width: int, line: int) -> str:
        """Return what stands in one of the three lines: the words in the middle one, or in two where they are long."""
        room = max(1, width - len(_GAP))
        lines = [part for folded in self._folded(touch, room) for part in chop_cells(folded, room)][:HIGH]
        first = 1 if len(lines) < HIGH else 0
        return lines[line - first] if 0 <= line - first < len(lines) else ""

    def _row(self, row: Sequence[Touch], width: int, face: str) -> list[Content]:
        ends = [width * (n + 1) // len(row) for n in range(len(row))]
        widths = [end - begin for begin, end in zip([0, *ends], ends, strict=False)]
        lines = []
        for line in range(HIGH):
            cells = [
                _cell(each.key, self._words(each, of, line), of, face if each.key else _OFF)
                for each, of in zip(row, widths, strict=True)
            ]
            lines.append(Content("").join(cells))
        return lines


def _cell(key: str, words: str, width: int, face: str) -> Content:
    """Return one of the three lines of a target."""
    room = max(1, width - len(_GAP))
    left = max(0, room - cell_len(words)) // 2
    styled = Content.styled(set_cell_size(" " * left + words, room), face)
    return Content.assemble(styled, _GAP).stylize(Style.from_meta({"key": key}))

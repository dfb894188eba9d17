"""A long list of lines under headings; only those that changed are painted anew.

A line is one row high; in a browser, where a finger must meet it, three.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.plain import plain_cell
from tui.widgets.finger import HIGH
from tui.wrapping import broken_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.color import Color as RichColor
    from textual.events import Blur, Click, Focus

_CURSOR, _FLAG = ">", "*"


@dataclass(frozen=True, slots=True)
class Line:
    """One row."""

    key: str
    """What it stands for."""
    text: str
    mark: str = " "
    """One cell; its colour is `style`."""
    style: str = ""
    """A mark's class: full, part, zero, leaves or conflict."""
    flagged: bool = False
    number: str = ""
    tail: str = ""
    """Stands at the right edge."""
    heading: bool = False


class LineList(ScrollView, can_focus=True):
    """Shows lines and says which one was clicked; where the cursor stands is the page's business."""

    DEFAULT_CSS = """
    LineList { overflow-x: hidden; scrollbar-size: 0 0; }
    """

    class Picked(Message):
        """A row was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()
        self._cursor = -1
        self._high = 1
        self._styles: dict[str, Style] = {}
        self._ground = Style()

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown."""
        return self._lines

    def show(self, lines: Sequence[Line], cursor: str) -> None:
        """Show lines with the cursor on one of them."""
        old, before = self._lines, self._cursor
        self._lines = lines
        self._cursor = next((n for n, line in enumerate(lines) if line.key == cursor and not line.heading), -1)
        if len(old) != len(lines):
            self.virtual_size = Size(self.size.width, len(lines) * self._high)
            self.refresh()
        else:
            changed = [n for n, line in enumerate(lines) if line != old[n]]
            if before != self._cursor:
                changed += [n for n in (before, self._cursor) if n >= 0]
            self._repaint(changed)
        if self._cursor >= 0 and (before != self._cursor or len(old) != len(lines)):
            self._uncover()

    def _repaint(self, rows: Sequence[int]) -> None:
        (width, height), top, high = self.size, self.scroll_offset.y, self._high
        regions = [Region(0, n * high - top, width, high) for n in set(rows) if -high < n * high - top < height]
        if regions:
            self.refresh(*regions)

    def _uncover(self) -> None:
        """Scroll so that the cursor, and a neighbour on either side, can be seen."""
        height, high = self.size.height, self._high
        if height <= 0:
            return
        margin = high if height > 4 * high else 0
        top, begin = round(self.scroll_target_y), self._cursor * high
        if begin < top + margin:
            self._scroll_up_to(max(0, begin - margin))
        elif begin + high > top + height - margin:
            self._scroll_up_to(begin + high - height + margin)

    def _scroll_up_to(self, row: int) -> None:
        # By force: that there is something to scroll is only known to Textual once it has laid everything out.
        self.scroll_to(y=row, animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        """Fit the width."""
        self.virtual_size = Size(self.size.width, len(self._lines) * self._high)
        self._uncover()

    def on_mount(self) -> None:
        """Follow the theme."""
        self._high = HIGH if self.app.is_web else 1
        self.app.theme_changed_signal.subscribe(self, self._take_theme)

    def _take_theme(self, _: object) -> None:
        self._styles.clear()
        self.refresh()

    def _on_focus(self, event: Focus) -> None:
        # It looks the same with and without the focus: painting it whenever a question opens or closes costs more than
        # saving the answer.
        event.prevent_default()

    def _on_blur(self, event: Blur) -> None:
        event.prevent_default()

    def on_click(self, event: Click) -> None:
        """Say which row it was."""
        row = (event.y + self.scroll_offset.y) // self._high
        if 0 <= row < len(self._lines):
            self.post_message(self.Picked(self._lines[row].key))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return rows of the screen; what is under them is worked out once."""
        self._ground = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return one row of the screen."""
        row, part = divmod(y + self.scroll_offset.y, self._high)
        width = self.scrollable_content_region.width
        if not 0 <= row < len(self._lines):
            return Strip.blank(width, self._ground)
        line = self._lines[row]
        on = row == self._cursor
        base = self._ground + (self._style("cursor") if on else Style())
        if self._high > 1:
            return Strip(self._part(part, line, base, width, on=on), width)
        segments = self._heading(line, base, width) if line.heading else self._item(line, base, width, on=on)
        return Strip(segments, width)

    def _part(self, part: int, line: Line, base: Style, width: int, *, on: bool) -> list[Segment]:
        """Return one of the rows of a line in a browser: the text in the middle one, or in two where it is long."""
        beside = 0 if line.heading else _beside(line)
        words = [line.text] if line.heading else _in_two(line.text, width - beside)
        shown = part - (1 if len(words) == 1 else 0)
        if shown:
            text = words[shown] if 0 < shown < len(words) else ""
            return [Segment(" " * beside + _fitted(text, max(0, width - beside)), base)]
        if line.heading:
            return self._heading(line, base, width)
        return self._item(replace(line, text=words[0]), base, width, on=on)

    def _heading(self, line: Line, base: Style, width: int) -> list[Segment]:
        tail = f" {line.tail} "
        room = max(0, width - cell_len(tail))
        return [Segment(_fitted(line.text, room) + tail, base + self._style("heading"))]

    def _item(self, line: Line, base: Style, width: int, *, on: bool) -> list[Segment]:
        mark = base + self._style(line.style) if line.style else base
        return [
            Segment(_CURSOR if on else " ", base),
            Segment(line.mark, mark),
            Segment(_FLAG if line.flagged else " ", base + self._style("part")),
            Segment(f" {line.number} ", mark),
            Segment(_fitted(line.text, max(0, width - _beside(line))), base),
        ]

    def _style(self, name: str) -> Style:
        """Return a style by what it is for.

        Not by component classes: those are computed anew, all of them, whenever the focus comes or goes.
        """
        if not self._styles:
            self._styles = _styles_of(self.app.theme_variables)
        return self._styles[name]


def _styles_of(colours: Mapping[str, str]) -> dict[str, Style]:
    found = {name: Style(color=_colour(colours[name])) for name in ("full", "part", "zero", "leaves")}
    found["conflict"] = Style(color=_colour(colours["conflict"]), bold=True)
    found["heading"] = Style(color=_colour(colours["secondary"]), bold=True)
    primary, ground = Color.parse(colours["primary"]), Color.parse(colours["background"])
    plain = primary.ansi is not None or ground.ansi is not None
    marked = Style(reverse=True) if plain else Style(bgcolor=ground.blend(primary, 0.3).rich_color)
    found["cursor"] = marked + Style(bold=True)
    return found


def _colour(name: str) -> RichColor:
    return Color.parse(name).rich_color


def _beside(line: Line) -> int:
    """Return how many cells stand before a line's text."""
    return 5 + cell_len(line.number)


def _in_two(text: str, width: int) -> list[str]:
    """Return a text as one line, or as what fits into one and all the rest."""
    line = plain_cell(text).plain
    first = broken_at(line, max(1, width)).partition("\n")[0]
    rest = line[len(first) :].lstrip()
    return [first, rest] if rest else [first]


def _fitted(text: str, width: int) -> str:
    """Return a text as one line of exactly so many cells."""
    line = plain_cell(text).plain
    if cell_len(line) > width:
        return set_cell_size(set_cell_size(line, max(0, width - 1)).rstrip() + "…", width)
    return set_cell_size(line, width)

"""A grid with its first column, its head and its foot held fast; whoever uses it binds the keys.

A row is one row of the screen high; in a browser, where a finger must meet its cells, three.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.plain import plain_cell
from tui.widgets.finger import HIGH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.events import Click, MouseScrollDown, MouseScrollUp

_NARROWEST, _WIDEST = 5, 9
"""Cells a column takes."""
_LABEL = 24
"""Cells the first column takes at most."""
_FEW = 7
"""Lines from which on the foot is shown."""


@dataclass(frozen=True, slots=True)
class Square:
    """What stands in a cell."""

    sign: str
    look: str = ""
    """full, part, zero, leaves, conflict, muted, or nothing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a grid shows."""

    corner: str = ""
    heads: tuple[str, ...] = ()
    labels: tuple[Square, ...] = ()
    """What stands before each row."""
    rows: tuple[tuple[Square, ...], ...] = ()
    feet: tuple[tuple[str, tuple[Square, ...]], ...] = ()
    """Lines below: what each is called, and its cells."""


class Grid(Widget, can_focus=True):
    """Shows a sheet; a cursor goes from cell to cell."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--head",
        "grid--here",
        "grid--cursor",
        "grid--full",
        "grid--part",
        "grid--zero",
        "grid--leaves",
        "grid--conflict",
        "grid--muted",
    }
    DEFAULT_CSS = """
    Grid { height: 1fr; }
    Grid .grid--head { color: $foreground 75%; background: $panel; }
    Grid .grid--here { background: $panel; text-style: bold; }
    Grid .grid--cursor { color: $background; background: $primary; text-style: bold; }
    Grid .grid--full { color: $full; }
    Grid .grid--part { color: $part; }
    Grid .grid--zero { color: $zero; text-style: bold; }
    Grid .grid--leaves { color: $leaves; }
    Grid .grid--conflict { color: $conflict; text-style: bold; }
    Grid .grid--muted { color: $foreground 50%; }
    """
    sheet: reactive[Sheet] = reactive(Sheet())
    row: reactive[int] = reactive(0)
    column: reactive[int] = reactive(0)

    class Moved(Message):
        """The cursor stands elsewhere."""

    class Chosen(Message):
        """The cell under the cursor was chosen."""

    class Touched(Message):
        """Another cell than the one under the cursor was touched: the cursor stands there now."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the name Textual uses
        super().__init__(id=id)
        self._high = 1
        self._top = 0
        self._first = 0

    def on_mount(self) -> None:
        """Leave room for fingers."""
        self._high = HIGH if self.app.is_web else 1

    # -- where the cursor is -----------------------------------------------------------------------------------------

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or on the nearest one there is."""
        self.row = max(0, min(row, len(self.sheet.rows) - 1))
        self.column = max(0, min(column, len(self.sheet.heads) - 1))
        self.post_message(self.Moved())

    def action_move(self, rows: int, columns: int) -> None:
        """Go so many cells away."""
        self.go(self.row + rows, self.column + columns)

    def action_page(self, pages: int) -> None:
        """Go a page of rows up or down."""
        self.go(self.row + pages * max(1, self._height() - 1), self.column)

    def on_click(self, event: Click) -> None:
        """Go to the cell; a click on the cell one is on chooses it."""
        across = (event.x - self._label()) // self._width()
        row, column = self._top + (event.y - 1) // self._high, self._first + across
        if event.x < self._label():
            column = self.column
        if (
            not 1 <= event.y <= self._height() * self._high
            or row >= len(self.sheet.rows)
            or column >= len(self.sheet.heads)
        ):
            return
        if (row, column) == (self.row, self.column):
            self.post_message(self.Chosen())
        else:
            self.go(row, column)
            self.post_message(self.Touched())

    def allow_focus(self) -> bool:
        """Leave the keys to a line that is open beside it, whatever is touched here."""
        from tui.widgets.ask_box import AskBox

        return super().allow_focus() and all(box.ask is None for box in self.screen.query(AskBox))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Go down."""
        event.stop()
        self.action_move(1, 0)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Go up."""
        event.stop()
        self.action_move(-1, 0)

    # -- measures ----------------------------------------------------------------------------------------------------

    def _width(self) -> int:
        longest = max((cell_len(head) for head in self.sheet.heads), default=0)
        return max(_NARROWEST, min(longest + 1, _WIDEST))

    def _label(self) -> int:
        told = [self.sheet.corner, *(label.sign for label in self.sheet.labels), *(foot[0] for foot in self.sheet.feet)]
        return min(_LABEL, max(map(cell_len, told), default=0) + 2)

    def _feet(self) -> int:
        return len(self.sheet.feet) if self.size.height >= _FEW else 0

    def _height(self) -> int:
        return max(1, min(len(self.sheet.rows), (self.size.height - 1 - self._feet()) // self._high))

    @property
    def whole_height(self) -> int:
        """How many rows of the screen all of it takes."""
        return 1 + len(self.sheet.rows) * self._high + len(self.sheet.feet)

    def _across(self) -> int:
        return max(1, (self.size.width - self._label() - 1) // self._width())

    def _follow(self) -> None:
        """Scroll so far that the cursor is in sight."""
        height, across = self._height(), self._across()
        self._top = max(0, min(max(self._top, self.row - height + 1), self.row, len(self.sheet.rows) - 1))
        self._top = max(0, min(self._top, len(self.sheet.rows) - height))
        self._first = min(max(self._first, self.column - across + 1), self.column)
        self._first = max(0, min(self._first, len(self.sheet.heads) - across))

    # -- painting ----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return one line."""
        self._follow()
        below = y - 1 - self._height() * self._high
        if y == 0:
            return self._head()
        if below >= 0:
            if below < self._feet():
                name, cells = self.sheet.feet[below]
                return self._line(Square(name, "head"), cells, "head")
            return Strip.blank(self.size.width, self.rich_style)
        down, part = divmod(y - 1, self._high)
        row = self._top + down
        if row >= len(self.sheet.rows):
            return Strip.blank(self.size.width, self.rich_style)
        label = self.sheet.labels[row]
        here = Square(label.sign, "here") if row == self.row else label
        at = self.column if row == self.row else None
        if part != self._high // 2:
            return self._line(Square("", here.look), _emptied(self.sheet.rows[row], at), "")
        return self._line(here, self.sheet.rows[row], "", at=at)

    def _head(self) -> Strip:
        cells = [
            Square(head, "here" if place == self.column else "head") for place, head in enumerate(self.sheet.heads)
        ]
        return self._line(Square(self.sheet.corner, "head"), cells, "head", ends=True)

    def _line(
        self, label: Square, cells: Sequence[Square], ground: str, *, at: int | None = None, ends: bool = False
    ) -> Strip:
        width, left = self._width(), self._label()
        last = min(len(cells), self._first + self._across())
        before = "<" if ends and self._first else " "
        after = ">" if ends and last < len(cells) else " "
        parts = [Segment(fitted(label.sign, left - 1) + before, self._look(label.look or ground))]
        for place in range(self._first, last):
            cell = cells[place]
            if place == at:
                parts.append(Segment(">" + _centred(cell.sign, width)[1:], self._look("cursor")))
            else:
                parts.append(Segment(_centred(cell.sign, width), self._look(cell.look or ground)))
        used = left + (last - self._first) * width
        rest = max(0, self.size.width - used)
        parts.append(Segment(set_cell_size(after, rest), self._look(ground)))
        return Strip(parts).crop_extend(0, self.size.width, self.rich_style)

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"grid--{name}") if name else self.rich_style


def _emptied(cells: Sequence[Square], at: int | None) -> list[Square]:
    """Return what stands above and below cells in a row for fingers; the cursor stands at one of them."""
    return [Square("", "cursor" if place == at else cell.look) for place, cell in enumerate(cells)]


def fitted(text: str, width: int) -> str:
    """Return a text in just so many cells; what is cut off ends in dots."""
    told = plain_cell(text).plain
    if cell_len(told) <= width:
        return set_cell_size(told, width)
    return set_cell_size(set_cell_size(told, max(0, width - 2)) + "..", width)


def _centred(sign: str, width: int) -> str:
    told = plain_cell(sign).plain
    if cell_len(told) >= width:
        return fitted(told, width - 1) + " "
    free = width - cell_len(told)
    return set_cell_size(" " * ((free + 1) // 2) + told, width)

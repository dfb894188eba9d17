"""Texts that change with every key, shown so that their changing costs no layout of the screen, or only one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Static

if TYPE_CHECKING:
    from typing import Self

    from textual.selection import Selection


class Settled(Widget):
    """A widget whose new size asks for no second layout.

    Textual 8.2.8 lays the whole screen out again after any widget has changed its size, in case a scroll bar came or
    went by that; where none can, this takes longer than saving an answer.
    """

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        del layout
        return super()._size_updated(size, virtual_size, container_size, layout=False)


class Words(Settled, Static):
    """A few lines."""


class _Bar(Settled, ScrollBar):
    """A scroll bar, painted only where it has come to look another way: Textual 8.2.8 paints it at every layout."""

    _looks: tuple[object, ...] = ()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint it, unless it looks as it did."""
        room, length = self.window_size, self.window_virtual_size
        part = () if length <= room else (room, length, self.position)
        looks = (*part, self.size, self.mouse_over, self.grabbed, self.app.theme)
        if looks == self._looks and not (layout or recompose):
            return self
        self._looks = looks
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)


class TextPane(ScrollView, can_focus=False):
    """A text that scrolls; another text is painted, never laid out, unless the pane's height follows its text."""

    DEFAULT_CSS = """
    TextPane { overflow-x: hidden; scrollbar-size-vertical: 1; }
    """
    auto_links = False

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._content = Content("")
        self._made: list[Strip] = []
        self._blank = Strip([])
        self._made_of: object = None

    def show(self, content: Content) -> None:
        """Show a text; where it stands scrolled to stays, as far as the text goes.  Lines that differ are painted."""
        if content.is_same(self._content):
            return
        width, height = self.scrollable_content_region.size
        before = self._strips(width)
        self._content, self._made_of = content, None
        self._fit()
        after, top = self._strips(width), self.scroll_offset.y
        rows = range(top, top + height)
        changed = [row - top for row in rows if before[row : row + 1] != after[row : row + 1]]
        self.clear_cached_dimensions()
        if changed:
            self.refresh(*(Region(0, row, width, 1) for row in changed))

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar."""
        if self._vertical_scrollbar is None:
            bar = _Bar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar = bar
            bar.display = False
            self.app._start_widget(self, bar)  # noqa: SLF001 - as Textual starts its own
        return self._vertical_scrollbar

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are."""
        del container, viewport
        return len(self._strips(width))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what was marked with the mouse."""
        return selection.extract(self._content.plain), "\n"

    def render_line(self, y: int) -> Strip:
        """Return one row of the screen."""
        row = y + self.scroll_offset.y
        return self._made[row] if row < len(self._made) else self._blank

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return rows of the screen."""
        self._strips(self.scrollable_content_region.width)
        return super().render_lines(crop)

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        before = self._size
        if before and before.width == size.width and before != size:
            # Its lines stay as they are but for those that come into view: Textual would paint them all whenever a
            # question opens or closes.
            self._size, self._container_size = size, size - self.styles.gutter.totals
            if size.height > before.height:
                self._set_dirty(Region(0, before.height, size.width, size.height - before.height))
            self._scroll_update(self.virtual_size)
            return True
        sent = super()._size_updated(size, virtual_size, container_size, layout)
        if before != size:
            self._fit()
        return sent

    def _fit(self) -> None:
        """Let the scroll bar know how long the text is."""
        width = self.scrollable_content_region.width
        if width > 0:
            size = Size(width, len(self._strips(width)))
            if size == self.virtual_size:
                return
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def _strips(self, width: int) -> list[Strip]:
        style = self.visual_style
        made_of = (width, style, self.text_selection, self.app.theme)
        if made_of != self._made_of:
            self._made_of = made_of
            # A pane that is hidden has no width: folded to one cell a line its text would take longer than saving.
            self._made = Visual.to_strips(self, self._content, width, None, style) if width > 0 else []
            self._blank = Strip.blank(max(0, width), style.rich_style)
        return self._made

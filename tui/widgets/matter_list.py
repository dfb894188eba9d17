"""Lines under headings, each whole however long it is; the cursor stays on its line when others come or go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.widgets.option_list import Option

from tui.widgets.finger_list import FingerList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklists.text import Lang
    from tui.review_view import Row


class MatterList(FingerList):
    """A list whose headings are passed over."""

    DEFAULT_CSS = """
    MatterList { border: none; padding: 0 1; background: $background; scrollbar-size-vertical: 1; }
    MatterList:focus { border: none; background-tint: $foreground 0%; }
    MatterList > .option-list--option { padding: 0; }
    MatterList > .option-list--option-highlighted, MatterList:focus > .option-list--option-highlighted {
        background: $primary 30%; text-style: bold;
    }
    MatterList:ansi > .option-list--option-highlighted { background: ansi_default; text-style: bold reverse; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: Sequence[Row] = ()
        self._shown: object = None

    @property
    def here(self) -> Row | None:
        """The line under the cursor."""
        return None if self.highlighted is None else self._rows[self.highlighted]

    def show(self, rows: Sequence[Row], lang: Lang) -> None:
        """Show lines; the cursor stays on the line it is on, or on what has come in its place."""
        width = max(20, self.scrollable_content_region.width - 1)
        if (rows, lang, width) == self._shown:
            return
        self._shown = rows, lang, width
        before, at, top = self.here, self.highlighted or 0, self.scroll_y
        first = _first(self._rows)
        self._rows = rows
        self.clear_options()
        self.add_options(Option(row.content(lang, width), disabled=row.heading) for row in rows)
        places = [place for place, row in enumerate(rows) if not row.heading]
        same = next((p for p in places if before is not None and rows[p].key == before.key), None)
        near = next((p for p in places if p >= at), places[-1] if places else None)
        if before is not None and at == first:
            top, same = 0, _first(rows)  # who stands at the top stays there, whatever comes or goes
        if before is None:
            same = _first(rows)
        self.highlighted = near if same is None else same
        if before is not None:
            self.scroll_to(y=top, animate=False)
            self.call_after_refresh(self.scroll_to_highlight)

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Scroll to the line under the cursor; the first one of a group brings its heading into view."""
        at = self.highlighted
        if at and not top and self.is_mounted and at < len(self._rows) and self._rows[at - 1].heading:
            self._update_lines()
            line = self._index_to_line.get(at - 1)
            if line is not None:
                region = Region(0, line, self.scrollable_content_region.width, 1)
                self.scroll_to_region(region, force=True, animate=False, immediate=True)
        super().scroll_to_highlight(top)

    def go_to_line(self, begin: str) -> bool:
        """Go to the first line whose key begins so and that leads somewhere; returns whether there is one."""
        found = next((n for n, row in enumerate(self._rows) if row.place and row.key.startswith(begin)), None)
        if found is not None:
            self.highlighted = found
        return found is not None

    def go_to_number(self, number: str) -> None:
        """Go to the line of a weak item, where it is listed."""
        found = next((n for n, row in enumerate(self._rows) if number and row.number == number), None)
        if found is not None:
            self.highlighted = found

    def go_to_group(self, by: int) -> None:
        """Go to the first line of the next group, or of the one before."""
        firsts = [place for place in range(1, len(self._rows)) if self._rows[place - 1].heading]
        at = self.highlighted or 0
        wanted = [place for place in firsts if (place > at if by > 0 else place < at)]
        if wanted:
            self.highlighted = wanted[0] if by > 0 else wanted[-1]


def _first(rows: Sequence[Row]) -> int | None:
    """Return where the cursor begins: on the first line that leads somewhere, else on the first that is no heading."""
    places = [place for place, row in enumerate(rows) if not row.heading]
    return next((place for place in places if rows[place].leads), places[0] if places else None)

"""The ways of giving a list, one of which is chosen: clicked where they stand, with room for a finger in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from tui.plain import plain
from tui.screens import draw_words as words

if TYPE_CHECKING:
    from textual.events import Click

    from checklists.text import Lang

WAYS = tuple(words.WAYS)
_GAP = "   "
_FACES = {True: "bold on $primary 45%", False: "on $foreground 12%"}


class Ways(Static):
    """Stands above the field of the one chosen."""

    def show(self, chosen: str, lang: Lang) -> None:
        """Show which one is chosen."""
        labels = {way: f"{'[x]' if way == chosen else '[ ]'} {name.of(lang)}" for way, name in words.WAYS.items()}
        if not self.app.is_web:
            row = Content(_GAP).join(_part(label, way) for way, label in labels.items())
            self.update(row + plain(words.WAYS_KEY.of(lang)))
            return
        said = {way: f" {label}  " for way, label in labels.items()}
        blank = {way: " " * plain(label).cell_length for way, label in said.items()}
        rows = [[_part(row[way], way).stylize(_FACES[way == chosen]) for way in WAYS] for row in (blank, said, blank)]
        self.update(Content("\n").join(Content(_GAP).join(row) for row in rows))

    async def on_click(self, event: Click) -> None:
        """Take the way that is clicked."""
        way = event.style.meta.get("way")
        if way in WAYS:
            await self.run_action(f"screen.way('{way}')")


def _part(label: str, way: str) -> Content:
    return plain(label).stylize(Style.from_meta({"way": way}))

"""Lists to choose from: an option hangs beside its key; in a browser it is three rows high, with room for a finger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Spacing
from textual.visual import Padding, Visual
from textual.widgets import OptionList

from tui.wrapping import hung

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions
    from textual.widgets.option_list import Option

_ABOVE_AND_BELOW = Spacing(1, 0, 1, 0)


class _Hung(Visual):
    """An option whose further lines stand below the words of the first, not below its key."""

    def __init__(self, words: Content) -> None:
        self._words = words

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Return the lines."""
        return self._at(width, options.rules).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the cells of the whole option."""
        return self._words.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return how many lines there are."""
        return self._at(width, rules).get_height(rules, width)

    def _at(self, width: int, rules: RulesMap) -> Content:
        return self._words if rules.get("text_wrap") == "nowrap" else Content(hung(self._words.plain, width))


class FingerList(OptionList):
    """Textual's list; its own padding above and below an option (8.2.8) is painted but finds no room."""

    def _get_visual(self, option: Option) -> Visual:
        visual = super()._get_visual(option)
        # One with styles of its own was broken for its width before, and would lose them.
        visual = _Hung(visual) if isinstance(visual, Content) and not visual.spans else visual
        return Padding(visual, _ABOVE_AND_BELOW) if self.app.is_web and not option.disabled else visual

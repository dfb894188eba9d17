"""Lists to choose from that in a browser leave room for a finger: every option is three rows high there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Spacing
from textual.visual import Padding, Visual
from textual.widgets import OptionList

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

_ABOVE_AND_BELOW = Spacing(1, 0, 1, 0)


class FingerList(OptionList):
    """Textual's list; its own padding above and below an option (8.2.8) is painted but finds no room."""

    def _get_visual(self, option: Option) -> Visual:
        visual = super()._get_visual(option)
        return Padding(visual, _ABOVE_AND_BELOW) if self.app.is_web and not option.disabled else visual

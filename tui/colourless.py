"""`NO_COLOR`: what colours say is said by reversed, bold and dim text; no colour is sent to the terminal at all.

Textual 8.2.8 makes greys of the colours, which are colours, too.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

if TYPE_CHECKING:
    from rich.color import Color as RichColor
    from textual.app import App

_APART = 1.4
"""Contrast to the screen's ground from which on a ground says something: a cursor does, a panel does not."""
_FAINT = 4.0
"""Contrast below which a text is meant to stand back, such as a hint in an empty field."""


class Colourless(LineFilter):
    """Takes every colour away."""

    def __init__(self, app: App[None]) -> None:
        super().__init__()
        self._app = app

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without colours."""
        del background  # of the widget; a cursor stands out from the screen
        ground = self._app.current_theme.background or "black"
        return [Segment(text, _without(style, ground), control) for text, style, control in segments]


@lru_cache(4096)
def _without(style: Style | None, screen: str) -> Style | None:
    """Return a style without colours.

    Args:
        style: the style; None: nothing but text.
        screen: the ground of the screen, in the theme.
    """
    if style is None or (style.color is None and style.bgcolor is None):
        return style
    ground = Color.parse(screen)
    below = _seen(style.bgcolor) or ground
    stands_out = _contrast(below, ground) >= _APART
    text = _seen(style.color)
    faint = text is not None and not stands_out and not style.reverse and _contrast(text, below) < _FAINT
    plain = style.without_color + Style.from_meta(style.meta)
    return plain + Style(reverse=bool(style.reverse) != stands_out, dim=bool(style.dim) or faint)


def _seen(colour: RichColor | None) -> Color | None:
    """Return a colour as it is seen; None where it is the terminal's own."""
    if colour is None or colour.type is ColorType.DEFAULT:
        return None
    return Color.from_rich_color(colour)


def _contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2 measures it."""
    dark, light = sorted((_luminance(one) + 0.05, _luminance(other) + 0.05))
    return light / dark


def _luminance(colour: Color) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

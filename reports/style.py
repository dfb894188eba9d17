"""The one palette, the fonts and the number formats that all sheets and charts share."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from reports.shortened import Shortened

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from reports.brand import Brand

FONT = "Microsoft YaHei"
"""On every Windows with Chinese support; LibreOffice and macOS put their own CJK sans in its place."""
FONT_SIZE = 10
LINE_HEIGHT = 15.5
"""Points one line of text takes at that size in the tallest of those fonts."""

POINTS = "0.00"
WHOLE_POINTS = "General"
"""For columns whose points are all whole: the seed's look, and yet 3.5 is shown when somebody types it."""
DASH = '0;-0;"–"'
"""For points of what left."""
DIFFERENCE = "+0.00;−0.00;0.00"
PERCENT = "0\\ %"
PERCENT_FINE = "0.0\\ %"


class Palette(StrEnum):
    """Every colour used; never the only sign of anything."""

    INK = "#1F2933"
    MUTED = "#52606D"
    NAVY = "#1F3A5F"
    BAND = "#DCE6F1"
    TOTAL = "#F0F3F7"
    RULE = "#B6C2CF"
    WHITE = "#FFFFFF"
    PASSED = "#17663C"
    PASSED_FILL = "#E3F3E9"
    FAILED = "#A61B1B"
    FAILED_FILL = "#FBE7E6"
    NOTICE = "#7A4B00"
    NOTICE_FILL = "#FFF3DB"
    INPUT_FILL = "#FFFBEA"
    EARNED_BAR = "#2F6DB5"
    NEEDED_BAR = "#C3CBD5"


_TRAITS: dict[str, dict[str, Any]] = {
    "plain": {"border": 0},
    "cell": {"border": 1, "border_color": Palette.RULE.value},
    "wrap": {"text_wrap": True},
    "upright": {"text_wrap": True, "rotation": 90, "indent": 0, "font_size": 8, "align": "center", "valign": "bottom"},
    "left": {"align": "left", "indent": 1},
    "center": {"align": "center", "indent": 0},
    "right": {"align": "right"},
    "figure": {"align": "right", "indent": 1},
    "bold": {"bold": True},
    "bare": {"valign": "vcenter"},
    "upper": {"valign": "top"},
    "low": {"valign": "bottom", "align": "center", "indent": 0},
    "indent": {"indent": 1},
    "title": {"bold": True, "font_size": 16, "font_color": Palette.NAVY.value},
    "subtitle": {"font_size": 12, "font_color": Palette.MUTED.value},
    "label": {"align": "left", "indent": 1, "font_color": Palette.MUTED.value, "bg_color": Palette.TOTAL.value},
    "head": {
        "bold": True,
        "font_color": Palette.WHITE.value,
        "bg_color": Palette.NAVY.value,
        "align": "center",
        "indent": 0,
        "text_wrap": True,
    },
    "band": {"bold": True, "font_color": Palette.NAVY.value, "bg_color": Palette.BAND.value},
    "total": {"bold": True, "bg_color": Palette.TOTAL.value, "top": 2, "top_color": Palette.NAVY.value},
    "input": {"bg_color": Palette.INPUT_FILL.value},
    "locked": {"bg_color": Palette.TOTAL.value, "font_color": Palette.MUTED.value},
    "unasked": {"bg_color": Palette.NEEDED_BAR.value},
    "muted": {"font_color": Palette.MUTED.value},
    "small": {"font_size": 9},
    "big": {"font_size": 18, "bold": True},
    "large": {"font_size": 14, "bold": True},
    "passed": {"font_color": Palette.PASSED.value, "bg_color": Palette.PASSED_FILL.value},
    "failed": {"font_color": Palette.FAILED.value, "bg_color": Palette.FAILED_FILL.value},
    "notice": {"font_color": Palette.NOTICE.value, "bg_color": Palette.NOTICE_FILL.value},
    "line": {"bottom": 1, "bottom_color": Palette.INK.value},
}


class Styles:
    """Makes each cell format once, out of named traits and a number format; knows what a workbook's sheets share."""

    def __init__(self, workbook: Workbook, brand: Brand | None = None) -> None:
        self._workbook = workbook
        self.brand = brand
        self.shortened = Shortened()
        self._made: dict[tuple[tuple[str, ...], str], Format] = {}

    def of(self, *traits: str, number: str = "") -> Format:
        """Return the format with these traits; later ones win."""
        key = (traits, number)
        if key not in self._made:
            properties: dict[str, Any] = {
                "font_name": FONT,
                "font_size": FONT_SIZE,
                "font_color": Palette.INK.value,
                "valign": "vcenter",
            }
            for trait in traits:
                properties |= self._traits(trait)
            if number:
                properties["num_format"] = number
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def shade(self, trait: str, number: str = "") -> Format:
        """Return only what a trait changes, for conditional formats; with a number format where words change too."""
        shown = {"num_format": number} if number else {}
        return self._workbook.add_format({"bold": True, **shown, **self._traits(trait)})

    def colour(self, colour: Palette) -> str:
        """Return a colour as the brand has it."""
        return colour.value if self.brand is None else self.brand.colour(colour)

    def _traits(self, trait: str) -> dict[str, Any]:
        if self.brand is None:
            return _TRAITS[trait]
        return {
            name: self.brand.colour(Palette(value)) if value in set(Palette) else value
            for name, value in _TRAITS[trait].items()
        }

"""The themes: dark, light, high contrast, and the terminal's own colours; for NO_COLOR see `tui.colourless`."""

from __future__ import annotations

from textual.theme import Theme

from checklists.text import Text

_DARK = {"full": "#6fcf97", "part": "#e6c07b", "zero": "#f28b82", "leaves": "#9aa5b1", "conflict": "#ff8fd0"}
_LIGHT = {"full": "#1e7b45", "part": "#8a5a00", "zero": "#b3261e", "leaves": "#5a6572", "conflict": "#8e1f6b"}
_STRONG = {"full": "#00ff7f", "part": "#ffff00", "zero": "#ff6b6b", "leaves": "#ffffff", "conflict": "#ff77ff"}
"""Colours of the marks; beside each always stands its sign, so that colour is never the only one."""

ANSI = {
    "full": "ansi_green",
    "part": "ansi_yellow",
    "zero": "ansi_red",
    "leaves": "ansi_default",
    "conflict": "ansi_magenta",
}
"""The same where the terminal's own colours are used."""

THEMES = (
    Theme(
        name="dark",
        primary="#5b9bd5",
        secondary="#8ab4d8",
        accent="#e6b450",
        foreground="#d9dee5",
        background="#12181f",
        surface="#182029",
        panel="#202b36",
        success="#6fcf97",
        warning="#e6c07b",
        error="#f28b82",
        dark=True,
        variables=_DARK,
    ),
    Theme(
        name="light",
        primary="#1f3d63",
        secondary="#3b6ea5",
        accent="#9a5b00",
        foreground="#1c2530",
        background="#fbfcfd",
        surface="#f1f4f7",
        panel="#e3e9ef",
        success="#1e7b45",
        warning="#8a5a00",
        error="#b3261e",
        dark=False,
        variables=_LIGHT,
    ),
    Theme(
        name="contrast",
        primary="#ffff00",
        secondary="#00ffff",
        accent="#ffff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1a1a1a",
        success="#00ff7f",
        warning="#ffff00",
        error="#ff6b6b",
        dark=True,
        variables=_STRONG,
    ),
)
THEME_NAMES: dict[str, Text] = {
    "dark": Text("深色", "dark"),
    "light": Text("浅色", "light"),
    "contrast": Text("高对比度", "high contrast"),
    "ansi-dark": Text("终端颜色", "the terminal's colours"),
}
DEFAULTS = _DARK


def theme_for(wanted: str, colours: str | None) -> str:
    """Return the theme to begin with.

    Args:
        wanted: the theme in the settings.
        colours: the terminal's colours, as Rich calls them; empty where none are wanted.
    """
    if wanted not in THEME_NAMES:
        wanted = "dark"
    if not colours:  # the terminal's own would be black on black
        return "dark" if wanted == "ansi-dark" else wanted
    # Of sixteen colours the nearest to a text and to its ground is often the same one.
    return "ansi-dark" if colours == "standard" and wanted != "contrast" else wanted

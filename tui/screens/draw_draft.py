"""What was given to draw from and is not drawn yet: the list in each of the three ways, and a seed that was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tui.screens.page import Dialog

WAY = "way"
"""The way in front."""
_LINES = ("path", "range", "seed")
_NUMBERS = "numbers"


def given_in(dialog: Dialog[Any], way: str, made: str) -> dict[str, str]:
    """Return what was given, by field; nothing where nothing was.

    Args:
        dialog: where it is typed.
        way: the way in front.
        made: the seed that nobody typed.
    """
    given = {name: dialog.query_one(f"#{name}", Input).value for name in _LINES}
    given[_NUMBERS] = dialog.query_one(f"#{_NUMBERS}", TextArea).text
    given = {name: text for name, text in given.items() if text.strip() and (name, text) != ("seed", made)}
    return {**given, WAY: way} if given else {}


def give_back(dialog: Dialog[Any], given: Mapping[str, str]) -> None:
    """Let stand in the fields what was given the last time."""
    for name in _LINES:
        if name in given:
            dialog.query_one(f"#{name}", Input).value = given[name]
    dialog.query_one(f"#{_NUMBERS}", TextArea).text = given.get(_NUMBERS, "")

"""Keys of the screens: bindings in two languages, and what a Chinese input method makes of a key."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.binding import ActiveBinding, Binding
from textual.events import Key

from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checklists.text import Lang

_BETWEEN = "\t"
"""Parts the two languages of a binding's description; both stand in it, as it is read when the module loads."""
_WORDS = {"是": "y", "否": "n", "无": "d"}
"""Words a Chinese auditor commits, and the keys they stand for (无: no data)."""


def key(keys: str, action: str, zh: str, en: str, *, show: bool = False, priority: bool = False) -> Binding:
    """Return a binding whose description exists in both languages.

    Args:
        keys: the keys, parted by commas.
        action: what they do.
        zh: what it is called in Chinese, short enough for the footer.
        en: the same in English.
        show: whether it stands in the footer, which has room for six; all stand under `?`.
        priority: whether it works before the focused widget gets the key.
    """
    return Binding(keys, action, f"{zh}{_BETWEEN}{en}", show=show, priority=priority)


def description(binding: Binding, lang: Lang) -> str:
    """Return what a binding does, in one language; one of Textual's own, which nobody is shown, speaks English only."""
    zh, _, en = binding.description.partition(_BETWEEN)
    return en if en and lang == "en" else zh


def both(binding: Binding) -> Text:
    """Return what a binding does, in both languages."""
    return Text(description(binding, "zh"), description(binding, "en"))


def is_own(binding: Binding) -> bool:
    """Say whether a binding is one of ours, and not one that a widget of Textual brings along."""
    return _BETWEEN in binding.description


def in_language(bindings: Mapping[str, ActiveBinding], lang: Lang) -> dict[str, ActiveBinding]:
    """Return the bindings with their descriptions in one language."""
    return {
        name: active._replace(binding=replace(active.binding, description=description(active.binding, lang)))
        for name, active in bindings.items()
    }


def as_meant(event: Key) -> Key | None:
    """Return a key outside a text field as it was meant: an input method makes ｙ of y, １ of 1 and 是 of y.

    Returns:
        The key meant; None when it is a character that means nothing here.
    """
    character = event.character
    if character is None or character.isascii() or not character.isprintable():
        return event
    meant = _WORDS.get(character) or unicodedata.normalize("NFKC", character)
    if len(meant) != 1 or not meant.isascii():
        return None
    return Key(_name_of(meant), meant)


def is_of_method(event: Key) -> bool:
    """Say whether a Chinese input method made a character: a wide one, or a stroke like “, never a letter like é."""
    width = unicodedata.east_asian_width((event.character or "a")[0])
    return width in {"W", "F"} or (width == "A" and not (event.character or "a")[0].isalpha())


def pressed(name: str) -> Key:
    """Return the key that somebody presses who touches its name: a character, or the name of a key."""
    return Key(_name_of(name), name) if len(name) == 1 else Key(name, None)


def _name_of(character: str) -> str:
    from textual.keys import _character_to_key

    return _character_to_key(character)

"""What is said of a character that is no key: only an input method's asks to switch the input method."""

from __future__ import annotations

import pytest
from textual.events import Key

from tui.keys import is_of_method


@pytest.mark.parametrize(("character", "made"), [("好", True), ("，", True), ("“", True), ("é", False), ("Я", False)])
def test_an_input_method_is_known_by_what_it_types(character: str, made: bool) -> None:
    assert is_of_method(Key(character, character)) is made

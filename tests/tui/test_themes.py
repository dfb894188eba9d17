"""Themes on terminals of few colours."""

from __future__ import annotations

import pytest

from tui.app import AuditApp
from tui.themes import theme_for


@pytest.mark.parametrize(
    ("wanted", "colours", "theme"),
    [
        ("dark", "truecolor", "dark"),
        ("light", "256", "light"),
        ("dark", "standard", "ansi-dark"),
        ("light", "standard", "ansi-dark"),
        ("contrast", "standard", "contrast"),
        ("ansi-dark", "", "dark"),
        ("none [/]", "truecolor", "dark"),
    ],
)
def test_a_theme_is_taken_that_the_terminal_can_show(wanted: str, colours: str, theme: str) -> None:
    assert theme_for(wanted, colours) == theme


def test_sixteen_colours_take_the_terminals_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TERM", "xterm")
    assert AuditApp("zh").theme == "ansi-dark"

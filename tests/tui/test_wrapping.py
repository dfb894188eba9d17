"""Where lines break."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from tui.wrapping import Wrapped, broken_at


@pytest.mark.parametrize(
    ("line", "width", "lines"),
    [
        ("申报把关不严，收不回来。", 22, ["申报把关不严，收不回", "来。"]),
        ("第一（含）项", 6, ["第一", "（含）", "项"]),
        ("one two three", 8, ["one two", "three"]),
        ("KPI不上墙", 7, ["KPI不上", "墙"]),
        ("", 5, [""]),
    ],
)
def test_lines_break_where_readers_expect_it(line: str, width: int, lines: list[str]) -> None:
    assert broken_at(line, width).split("\n") == lines


@given(st.text(alphabet="ab 中文，。（）“”x-/\n", max_size=60), st.integers(4, 30))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    console = Console(file=io.StringIO(), width=width)
    lines = [line.plain for line in Wrapped(text).wrap(console, width)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line.rstrip()) <= width for line in lines)

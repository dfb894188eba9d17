"""Where lines break."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from textual.content import Content
from textual.style import Style
from textual.visual import RenderOptions

from tui.wrapping import Wrapped, broken_at, ends, hung, take_over


@pytest.mark.parametrize(
    ("line", "width", "lines"),
    [
        ("申报把关不严，收不回来。", 22, ["申报把关不严，收不回", "来。"]),
        ("第一（含）项", 6, ["第一", "（含）", "项"]),
        ("one two three", 8, ["one two", "three"]),
        ("KPI不上墙", 7, ["KPI不上", "墙"]),
        ("", 5, [""]),
        ("FD40  仪表台有保护套。", 14, ["FD40  仪表台有", "保护套。"]),
        ("abcdefghij。", 10, ["abcdefghi", "j。"]),
        ("中文),好", 5, ["中", "文),", "好"]),
        ("one don’t", 6, ["one", "don’t"]),
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


def test_textual_breaks_its_texts_so() -> None:
    take_over()
    assert Content("FD40 仪表台有保护套。").get_height({}, 12) == 2
    lines = Content("收不回来。").render_strips(8, None, Style(), RenderOptions(lambda _: Style(), {}))
    assert [line.text.strip() for line in lines] == ["收不回", "来。"]


def test_an_option_hangs_beside_its_key() -> None:
    assert hung("1 客户车位被占用了", 12).split("\n") == ["1 客户车位被", "  占用了"]
    assert hung("12 two words", 8).split("\n") == ["12 two", "   words"]
    assert hung("→  next\nitem", 20).split("\n") == ["→  next", "   item"]
    assert hung("客户车位被占用了", 8) == "客户车位被占用了"


def test_a_name_is_cut_before_what_stands_behind_it() -> None:
    name = "Shanghai Automobile Sales and Service"
    assert ends(f"Review  {name}  2026-05-12", "Failed", 60, name) == (
        "Review  Shanghai Automobile Sales and S…  2026-05-12  Failed"
    )
    assert ends(f"{name}  2026-05-12", "Failed", 30, name) == "Shanghai Automo…  202…  Failed"

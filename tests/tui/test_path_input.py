"""Paths as people type or drop them, and the names that complete them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.widgets.path_input import as_path, names_for


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("清单 [x].xlsx", "list.csv", "notes.txt", ".hidden.csv"):
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "List of 2026").mkdir()
    return tmp_path


def test_names_are_completed_in_any_case_and_hidden_ones_on_request(folder: Path) -> None:
    assert names_for(f"{folder}/li") == [f"{folder}/List of 2026/", f"{folder}/list.csv"]
    assert names_for(f"{folder}/", endings=(".xlsx",)) == [f"{folder}/List of 2026/", f"{folder}/清单 [x].xlsx"]
    assert names_for(f"{folder}/", folders=True) == [f"{folder}/List of 2026/"]
    assert names_for(f"{folder}/.") == [f"{folder}/.hidden.csv"]
    assert names_for(f"{folder}/nowhere/x") == []
    assert names_for("  ") == []


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("'/a b/c.xlsx' ", "/a b/c.xlsx"),
        ('"/a b/c.xlsx"', "/a b/c.xlsx"),
        ("/a\\ b/c.xlsx", "/a b/c.xlsx"),
        ("file:///a%20b/%E5%8D%95.xlsx", "/a b/单.xlsx"),
        ("/a/b", "/a/b"),
        ("'/a b/it'\\''s.jpg' '/c.jpg'", "/a b/it's.jpg"),
        ("file:///a%20b/1.jpg file:///c.jpg", "/a b/1.jpg"),
        ("'/a b", "/a b"),
    ],
)
def test_dropped_paths_lose_what_the_terminal_put_around_them(typed: str, path: str) -> None:
    assert as_path(typed) == Path(path)


def test_the_home_folder_may_be_written_short(home: Path) -> None:
    assert as_path("~/x.csv") == home / "x.csv"
    assert as_path(" ") is None

"""Printed pages end between blocks."""

from __future__ import annotations

import pytest

from reports.breaks import PageBreaks


@pytest.mark.parametrize(
    ("heights", "rows"),
    [
        ([40, 40], []),
        ([40, 41, 40], [1]),
        ([40, 30, 30, 30, 30], [2]),
        ([10, 250, 30, 60], [1, 2]),
    ],
)
def test_no_block_is_cut_that_fits_a_page(
    heights: list[float], rows: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.breaks._HEIGHT", 100 / 0.98)
    breaks = PageBreaks([10], above=20, repeated=10)
    for row, height in enumerate(heights):
        breaks.block(row, height)
    assert breaks.rows == rows


def test_wider_sheets_are_scaled_and_take_more_rows() -> None:
    narrow, wide = (PageBreaks([width] * 12, above=0, repeated=0) for width in (10, 30))
    for row in range(100):
        narrow.block(row, 30)
        wide.block(row, 30)
    assert len(wide.rows) < len(narrow.rows)


@pytest.mark.parametrize(
    ("heights", "rows"),
    [
        ([20, 40], []),
        ([20, 40, 20], [0]),
        ([20, 40, 60], [2]),
    ],
)
def test_blocks_stay_together_where_a_page_has_room_for_all(
    heights: list[float], rows: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.breaks._HEIGHT", 100 / 0.98)
    breaks = PageBreaks([10], above=30, repeated=10)
    breaks.together(list(enumerate(heights)))
    assert breaks.rows == rows


def test_portrait_takes_fewer_columns_and_more_rows() -> None:
    upright, lying = (PageBreaks([40], above=0, repeated=0, landscape=way) for way in (False, True))
    assert upright.fits(740)
    assert not lying.fits(740)

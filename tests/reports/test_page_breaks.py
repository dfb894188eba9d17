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

"""Printed pages end between blocks."""

from __future__ import annotations

import pytest

from reports.page_breaks import breaks_before, room_of


@pytest.mark.parametrize(
    ("heights", "rows"),
    [
        ([40, 40], []),
        ([40, 41, 40], [1]),
        ([40, 30, 30, 30, 30], [2]),
        ([10, 250, 30, 60], [1, 2]),
    ],
)
def test_no_block_is_cut_that_fits_a_page(heights: list[float], rows: list[int]) -> None:
    assert breaks_before(list(enumerate(heights)), 100, 20, 10) == rows


def test_wider_sheets_are_scaled_and_take_more_rows() -> None:
    assert room_of([20] * 10) > room_of([10] * 10)

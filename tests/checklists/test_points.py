from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.points import pass_points, percent, plain, rate, round_points


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        (Fraction(35, 9), "3.89"),
        (Fraction(1, 200), "0.01"),
        (Fraction(499, 100_000), "0.00"),
        (Fraction(5, 1000) + 12, "12.01"),
        (Fraction(0), "0.00"),
    ],
)
def test_points_are_rounded_half_up_once(exact: Fraction, rounded: str) -> None:
    assert str(round_points(exact)) == rounded


@pytest.mark.parametrize(
    ("share", "possible", "needed"),
    [("0.7", "62", "43.40"), ("0.7", "330", "231.00"), ("0.7", "962", "673.40"), ("1/3", "10", "3.34")],
)
def test_pass_points_are_rounded_up(share: str, possible: str, needed: str) -> None:
    assert str(pass_points(Fraction(share), Decimal(possible))) == needed


def test_43_of_62_prints_69_percent_and_fails() -> None:
    assert percent(Decimal(43), Decimal(62), 0) == "69 %"
    assert pass_points(Fraction(7, 10), Decimal(62)) > 43


def test_a_failed_rate_is_never_shown_as_reaching_its_mark() -> None:
    assert percent(Decimal("69.96"), Decimal(100), 1) == "70.0 %"
    assert percent(Decimal("69.96"), Decimal(100), 1, below=Fraction(7, 10)) == "69.9 %"
    assert percent(Decimal("69.5"), Decimal(100), 0, below=Fraction(7, 10)) == "69 %"


def test_nothing_possible_has_no_rate() -> None:
    assert rate(Decimal(0), Decimal(0)) is None
    assert percent(Decimal(0), Decimal(0)) == "–"


def test_rates_have_four_decimals() -> None:
    assert rate(Decimal(164), Decimal(330)) == Decimal("0.4970")


@given(st.fractions(min_value=0, max_value=10_000))
def test_rounding_moves_by_at_most_half_a_hundredth(exact: Fraction) -> None:
    assert abs(Fraction(round_points(exact)) - exact) <= Fraction(1, 200)


@given(st.fractions(min_value=0, max_value=1), st.decimals(min_value=0, max_value=10_000, places=2))
def test_pass_points_are_the_least_printed_number_that_passes(share: Fraction, possible: Decimal) -> None:
    needed = pass_points(share, possible)
    assert Fraction(needed) >= share * Fraction(possible)
    assert Fraction(needed) - Fraction(1, 100) < share * Fraction(possible)


@pytest.mark.parametrize(("value", "shown"), [("10.00", "10"), ("6.50", "6.5"), ("0.00", "0"), ("1E+2", "100")])
def test_canonical_numbers_have_one_spelling(value: str, shown: str) -> None:
    assert plain(Decimal(value)) == shown

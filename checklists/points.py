"""Exact points and the one rounding rule (design, section 5).

Points are decimals with at most two places.  They are computed exactly and rounded half-up to 0.01 once, when an item's
(or a scaled level's) points are fixed; sums above are exact, so that a column added by hand gives the printed total.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
_EXACT = Context(prec=60)


def _quantized(value: Fraction, step: Decimal, rounding: str) -> Decimal:
    """Round an exact fraction to a multiple of `step`, from the fraction itself and not from a rounded quotient."""
    units = value / Fraction(step)
    whole = units.numerator // units.denominator
    rest = units - whole
    if (rounding == ROUND_CEILING and rest > 0) or (rounding == ROUND_HALF_UP and rest >= Fraction(1, 2)):
        whole += 1
    return _EXACT.multiply(Decimal(whole), step).quantize(step)


def round_points(value: Fraction | Decimal) -> Decimal:
    """Round to 0.01, halves up: the only place where points lose precision."""
    return _quantized(Fraction(value), CENT, ROUND_HALF_UP)


def pass_points(rate: Fraction, possible: Decimal) -> Decimal:
    """Return the points needed to pass: rate x possible, rounded *up* to 0.01, so that the printed numbers decide."""
    return _quantized(rate * Fraction(possible), CENT, ROUND_CEILING)


def rate(earned: Decimal, possible: Decimal) -> Decimal | None:
    """Return earned / possible, half-up to four decimals, for display only; None where nothing is possible."""
    if not possible:
        return None
    return _quantized(Fraction(earned) / Fraction(possible), Decimal("0.0001"), ROUND_HALF_UP)


def percent(earned: Decimal, possible: Decimal, decimals: int = 1, below: Fraction | None = None) -> str:
    """Return a rate as people read it, e.g. "69.4 %"; a dash where nothing is possible.

    Args:
        earned: points earned.
        possible: points possible.
        decimals: places printed.
        below: the pass rate this result failed, if it did; the rate is then never printed as reaching it.
    """
    if not possible:
        return "–"
    step = Decimal(1).scaleb(-decimals)
    exact = Fraction(earned) / Fraction(possible) * 100
    shown = _quantized(exact, step, ROUND_HALF_UP)
    if below is not None and exact < below * 100 <= Fraction(shown):
        shown = _quantized(exact, step, "ROUND_FLOOR")
    return f"{shown} %"


def printed(value: Decimal) -> str:
    """Return points as sentences and the terminal print them: two decimals where broken, none where whole."""
    return f"{value:.0f}" if value == value.to_integral_value() else f"{value:.2f}"


def plain(value: Decimal) -> str:
    """Return a decimal as canonical text: no exponent, no trailing zeros ("10", "6.5", "0")."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

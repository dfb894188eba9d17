"""Formulas of the workbook: they repeat the arithmetic of `audit.scoring` over cells, to the last cent.

Spreadsheets count in binary floats.  Every sum is therefore rounded to 0.01, and every quotient first to eight places,
so that a half is a half before it is rounded up.  Only functions that Excel 2016, WPS and LibreOffice share.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from checklists.points import percent, plain

if TYPE_CHECKING:
    from fractions import Fraction

    from audit.scorecard import Level

Value = Decimal | str
"""What the tool computed: stored beside the formula, so that viewers that do not calculate show it too."""

NO_FIGURE = "–"
"""Stands where nothing is possible, so there is no rate and nothing to pass."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its value."""

    source: str
    value: Value


def cell(row: int, column: int) -> str:
    """Return a cell's name, rows and columns counted from 0; the sheets are narrower than Z."""
    return f"{chr(ord('A') + column)}{row + 1}"


def column_range(first: int, last: int, column: int, sheet: str = "") -> str:
    """Return a fixed range of one column, with its sheet."""
    letter = chr(ord("A") + column)
    return on(sheet, f"${letter}${first + 1}:${letter}${last + 1}")


def on(sheet: str, reference: str) -> str:
    """Return a reference to another sheet."""
    return f"'{sheet}'!{reference}" if sheet else reference


def total(expression: str) -> str:
    """Return a sum of points without the dust of binary floats."""
    return f"ROUND({expression},2)"


def scaled(points: str, maximum: str, applicable: str) -> str:
    """Return points x maximum / applicable, rounded half-up to 0.01 (design, "What leaves")."""
    return f"ROUND(ROUND({points}*{maximum}/{applicable},8),2)"


def weighted(points: str, whole: Decimal, weight: Fraction, weights: Fraction, maximum: Decimal) -> str:
    """Return a department's part of the total: points x total x weight / (sum of weights x its maximum)."""
    share = weight / weights
    return f"ROUND(ROUND({points}*{plain(whole)}*{share.numerator}/({share.denominator}*{plain(maximum)}),8),2)"


def needed(rate: Fraction, possible: str) -> str:
    """Return the points to pass, rounded up to 0.01."""
    return f"ROUNDUP(ROUND({possible}*{_literal(rate)},8),2)"


def judged(earned: str, needs: str, passed: str, failed: str) -> str:
    """Return one of two words."""
    return f'IF({earned}>={needs},"{passed}","{failed}")'


def rate(earned: str, possible: str, mark: Fraction | None, places: int) -> str:
    """Return a rate; what lies below its mark is never rounded up to it."""
    exact = f"ROUND({earned}/{possible},8)"
    shown = f"ROUND({exact},{places})"
    if mark is not None:
        marked = _literal(mark)
        shown = f"IF(AND({exact}<{marked},{shown}>={marked}),ROUNDDOWN({exact},{places}),{shown})"
    return f'IF({possible}=0,"{NO_FIGURE}",{shown})'


def rate_value(level: Level, mark: Fraction | None, places: int) -> Value:
    """Return the value of `rate`, from the one function that prints rates."""
    if not level.possible:
        return NO_FIGURE
    shown = percent(level.earned, level.possible, places - 2, mark)
    return Decimal(shown.removesuffix("%").strip()) / 100


def _literal(fraction: Fraction) -> str:
    return f"{fraction.numerator}/{fraction.denominator}" if fraction.denominator != 1 else str(fraction.numerator)

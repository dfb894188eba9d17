"""One line of figures on the evaluation sheet: the same columns for a section, a department and the total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.points import plain, round_points
from reports.evaluation_table import Column
from reports.formulas import NO_FIGURE, Formula, cell, judged, needed, rate, rate_value
from reports.remarks import overruled
from reports.style import DASH, PERCENT, PERCENT_FINE, POINTS
from reports.words import FAILED, PASSED, UNFINISHED

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from audit.scorecard import Level
    from checklists.text import Text
    from reports.page import Page


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on a line."""

    level: Level
    rate: Fraction
    """The pass rate."""
    possible: Formula | Decimal
    earned: Formula | Decimal
    remark: Text
    weight: Decimal | Fraction | None = None
    """Share of the total, only shown."""
    extra: tuple[str, Decimal] | None = None
    """Cell and value of bonus points that help to pass."""
    source: int | None = None
    """Row of the department whose rate, pass points and result this line repeats."""
    own_scale: bool = True
    """Whether its points are those its pass points belong to: not for a weighted department."""


def write_line(page: Page, row: int, line: Line, number: str, traits: tuple[str, ...]) -> None:
    """Write a line's figures and its remark."""
    if line.weight is None:
        page.text(row, Column.WEIGHT, "", *traits)
    else:
        page.share(row, Column.WEIGHT, line.weight, PERCENT_FINE, *traits, "center")
    number = number if line.level.possible else DASH
    for column, figure in ((Column.MAXIMUM, line.possible), (Column.EARNED, line.earned)):
        if isinstance(figure, Formula):
            page.formula(row, column, figure, number, *traits)
        else:
            page.number(row, column, figure, number, *traits)
    pass_number = f'{POINTS}" ({percent_text(line.rate)})"'
    for column, formula, shown_as in (
        (Column.RATE, _rate(row, line), PERCENT),
        (Column.PASS, _pass_points(row, line), pass_number),
        (Column.RESULT, _result(page, row, line), ""),
    ):
        side = "figure" if column is Column.PASS else "center"
        if isinstance(formula, Formula):
            page.formula(row, column, formula, shown_as, *traits, side)
        else:
            page.text(row, column, formula, *traits, side)
    page.text(row, Column.REMARKS, line.remark, *traits, "wrap", "left", "small")


def percent_text(share: Fraction) -> str:
    """Return a pass rate as it is printed, e.g. "70 %"."""
    return f"{plain(round_points(share * 100))} %"


def result_word(level: Level) -> Text | None:
    """Return a level's result in words; None where there is nothing to pass."""
    if level.passed is None:
        return None
    if level.passed:
        return PASSED
    return UNFINISHED if level.counts.open else FAILED


def _rate(row: int, line: Line) -> Formula:
    level = line.level
    mark = None if level.passed is None else line.rate
    if line.source is not None:
        return Formula(cell(line.source, Column.RATE), rate_value(level, mark, 2))
    source = rate(cell(row, Column.EARNED), cell(row, Column.MAXIMUM), mark, 2)
    return Formula(source, rate_value(level, mark, 2))


def _pass_points(row: int, line: Line) -> Formula | str:
    if line.level.pass_points is None or not line.own_scale:
        return NO_FIGURE
    if line.source is not None:
        return Formula(cell(line.source, Column.PASS), line.level.pass_points)
    return Formula(needed(line.rate, cell(row, Column.MAXIMUM)), line.level.pass_points)


def _result(page: Page, row: int, line: Line) -> Formula | str:
    level, word = line.level, result_word(line.level)
    if word is None:
        return NO_FIGURE
    if line.source is not None:
        return Formula(cell(line.source, Column.RESULT), word.of(page.lang))
    earned = cell(row, Column.EARNED)
    counted, points = (earned, level.earned)
    if line.extra is not None:
        counted, points = f"ROUND({earned}+{line.extra[0]},2)", level.earned + line.extra[1]
    if overruled(points, level.pass_points, passed=level.passed):
        # A critical item decides, not the points.
        return word.of(page.lang)
    otherwise = UNFINISHED if level.counts.open else FAILED
    words = PASSED.of(page.lang), otherwise.of(page.lang)
    return Formula(judged(counted, cell(row, Column.PASS), *words), word.of(page.lang))

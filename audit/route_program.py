"""The route's choice as an integer program: which weak items, under which directions, bring every line to its mark.

It repeats the arithmetic of `audit.scoring` in whole hundredths of a point, so that its optimum is the true one.  What
is scaled or weighed is an integer of at most its exact value plus a half: rounding half-up.  Whoever uses a solution
scores it again all the same (`audit.route_search`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from audit.stored_results import hundredths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from audit.scorecard import DepartmentScore, Scorecard

_HALF = 0.5 + 1e-7
"""A little more than a half: a value of exactly a half is rounded up whatever the solver's floats make of it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A weak item that may be put on the route."""

    item: str
    """Id of the item."""
    group: str
    """Its direction."""
    gain: Decimal
    """Points it regains, unscaled."""
    must: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """What has to be reached."""

    total: Decimal | None
    """The total's points, without a bonus; None where the total does not matter."""
    departments: Mapping[str, Decimal] = field(default_factory=dict)
    """Points by department id."""


@dataclass(slots=True)
class Sum:
    """A constant and multiples of columns."""

    constant: float = 0.0
    parts: dict[int, float] = field(default_factory=dict)

    def add(self, other: Sum, times: float = 1.0) -> None:
        """Add a multiple of another sum."""
        self.constant += other.constant * times
        for column, coefficient in other.parts.items():
            self.parts[column] = self.parts.get(column, 0.0) + coefficient * times


@dataclass(frozen=True, slots=True)
class Row:
    """A sum that must lie between two limits; its constant stands for 0."""

    parts: Mapping[int, float]
    lower: float
    upper: float


@dataclass(slots=True)
class Program:
    """Columns are whole numbers between their bounds."""

    bounds: list[tuple[float, float]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    effort: dict[int, float] = field(default_factory=dict)
    """What is made as small as can be first: working days in the smallest unit that makes them whole."""
    total: Sum = field(default_factory=Sum)
    """What is made as large as can be then."""
    items: dict[str, int] = field(default_factory=dict)
    """The candidates' columns."""

    def column(self, lower: float, upper: float) -> int:
        """Add a column."""
        self.bounds.append((lower, upper))
        return len(self.bounds) - 1

    def at_least(self, amount: Sum, needed: float) -> None:
        """Ask for a whole number of at least `needed`."""
        self.rows.append(Row(dict(amount.parts), needed - amount.constant - 0.5, float("inf")))

    def rounded(self, amount: Sum, factor: Fraction) -> Sum:
        """Return a sum times a factor, rounded half-up."""
        most = float(factor) * (amount.constant + sum(amount.parts[c] * self.bounds[c][1] for c in amount.parts)) + 1
        column = self.column(0.0, most)
        scaled = Sum()
        scaled.add(amount, -float(factor))
        self.rows.append(Row({column: 1.0, **scaled.parts}, float("-inf"), _HALF - scaled.constant))
        return Sum(0.0, {column: 1.0})

    def forbid(self, chosen: Iterable[str]) -> None:
        """Ask for something beside what was chosen: that, and every part of it, falls short."""
        beside = set(self.items) - set(chosen)
        self.rows.append(Row({self.items[item]: 1.0 for item in beside}, 1.0, float("inf")))


def program_of(
    scorecard: Scorecard,
    shares: Mapping[str, Fraction],
    candidates: Sequence[Candidate],
    efforts: tuple[Mapping[str, Decimal], Decimal],
    lines: Lines,
) -> Program:
    """Return the program of a choice.

    Args:
        scorecard: the audit as it stands.
        shares: factors of the departments into the total; empty where points count as they are.
        candidates: what may be chosen.
        efforts: working days of each direction, counted once, and of each item beside.
        lines: what has to be reached.
    """
    program = Program()
    groups, own = efforts
    unit = lcm(*(Fraction(days).denominator for days in (*groups.values(), own)))
    directions = {group: program.column(0, 1) for group in dict.fromkeys(one.group for one in candidates)}
    program.effort = {column: float(Fraction(groups[group]) * unit) for group, column in directions.items()}
    gains: dict[str, Sum] = {}
    for one in candidates:
        column = program.items[one.item] = program.column(int(one.must), 1)
        program.effort[column] = float(Fraction(own) * unit)
        program.rows.append(Row({column: 1.0, directions[one.group]: -1.0}, float("-inf"), 0.0))
        gains[one.item] = Sum(0.0, {column: float(hundredths(one.gain))})
    total = Sum()
    for department in scorecard.departments:
        earned = _department(program, department, gains)
        if department.department.id in lines.departments:
            program.at_least(earned, hundredths(lines.departments[department.department.id]))
        share = shares.get(department.department.id)
        total.add(earned if share is None else program.rounded(earned, share))
    factor = scorecard.total.factor
    program.total = total if factor is None else program.rounded(total, factor)
    if lines.total is not None:
        program.at_least(program.total, hundredths(lines.total))
    return program


def _department(program: Program, department: DepartmentScore, gains: Mapping[str, Sum]) -> Sum:
    """Return a department's points; what left it, or has itself left, brings none."""
    raw = Sum()
    for section in department.sections:
        if section.left:
            continue
        points = Sum(float(hundredths(section.raw)))
        for item in section.items:
            if item.item.id in gains:
                points.add(gains[item.item.id])
        raw.add(points if section.factor is None else program.rounded(points, section.factor))
    if department.left:
        return Sum()
    return raw if department.factor is None else program.rounded(raw, department.factor)

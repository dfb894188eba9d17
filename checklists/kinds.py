"""Kinds of values an author writes, each read from plain strings into what the model takes.

A kind is a function of (tree, path, raw value) that returns the value, or `ABSENT` after reporting what is wrong with
it; so that one look at a checklist finds everything.  Ranges and patterns are the model's own affair.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from checklists.hints import hint_at
from checklists.issues import SINGLE, IssueCode
from checklists.reading import folded, shown
from checklists.sources.folder import Tree
from checklists.sources.yaml_source import NodePath, Raw
from checklists.text import Text

ABSENT: Final = object()
"""Stands for a value that could not be read and has been reported."""

Kind = Callable[[Tree, NodePath, Raw], Any]

MOST_POINTS = 1_000_000
_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,9})?", re.ASCII)
_QUOTIENT = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class PassMark:
    """A pass mark as written: a rate, or points of the level it stands on."""

    rate: Fraction | None
    points: Decimal | None
    written: str

    def rate_of(self, points: Decimal) -> Fraction:
        """Return the share of `points` that is needed."""
        if self.points is not None:
            return Fraction(self.points) / Fraction(points)
        return self.rate or Fraction(0)


def label(path: NodePath) -> str:
    """Return how a sentence calls a node: its key, for an entry of a list "key 2"."""
    last = path[-1] if path else ""
    return f"{path[-2]} {last + 1}" if isinstance(last, int) and len(path) > 1 else str(last)


def word(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read a single value that is not empty."""
    if not isinstance(raw, str):
        tree.report(IssueCode.WRONG_SHAPE, path, key=label(path), expected=SINGLE)
        return ABSENT
    value = raw.strip()
    if not value:
        tree.report(IssueCode.EMPTY_VALUE, path, key=label(path))
        return ABSENT
    return value


def number(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read a decimal number; a Decimal."""
    value = word(tree, path, raw)
    if value is ABSENT:
        return ABSENT
    if not _NUMBER.fullmatch(folded(value)):
        tree.report(IssueCode.NOT_A_NUMBER, path, key=label(path), value=shown(value))
        return ABSENT
    return Decimal(folded(value))


def points(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read points: above 0, with at most two decimals; a Decimal."""
    value = number(tree, path, raw)
    if value is ABSENT:
        return ABSENT
    if value <= 0:
        tree.report(IssueCode.NOT_POSITIVE, path, key=label(path), value=value)
    elif value > MOST_POINTS:
        limit = Text("不大于 {limit}", "{limit} or less").format(limit=MOST_POINTS)
        tree.report(IssueCode.OUT_OF_RANGE, path, key=label(path), value=value, range=limit)
    elif value != round(value, 2):
        tree.report(IssueCode.TOO_MANY_DECIMALS, path, key=label(path), value=value)
    else:
        return value
    return ABSENT


def whole(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read a whole number; an int."""
    value = number(tree, path, raw)
    if value is ABSENT:
        return ABSENT
    if value != value.to_integral_value():
        expected = Text("整数", "a whole number")
        tree.report(IssueCode.WRONG_SHAPE, path, key=label(path), expected=expected)
        return ABSENT
    return int(value)


def bounded(low: int, high: int) -> Kind:
    """Read a whole number from `low` to `high`, where more would be a slip that costs gigabytes."""

    def read(tree: Tree, path: NodePath, raw: Raw) -> Any:
        value = whole(tree, path, raw)
        if value is ABSENT or low <= value <= high:
            return value
        limits = Text("为 {low} 至 {high}", "from {low} to {high}").format(low=low, high=high)
        tree.report(IssueCode.OUT_OF_RANGE, path, key=label(path), value=value, range=limits)
        return ABSENT

    return read


def share(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read "70 %", 0.7 or 7/10; a Fraction from 0 to 1."""
    value = word(tree, path, raw)
    if value is ABSENT:
        return ABSENT
    found = _fraction(folded(value))
    if found is None or not 0 <= found <= 1:
        tree.report(IssueCode.NOT_A_SHARE, path, key=label(path), value=shown(value))
        return ABSENT
    return found


def _fraction(typed: str) -> Fraction | None:
    quotient = _QUOTIENT.fullmatch(typed)
    if quotient is not None:
        upper, lower = int(quotient[1]), int(quotient[2])
        return Fraction(upper, lower) if lower else None
    bare = typed.removesuffix("%").strip()
    if not _NUMBER.fullmatch(bare):
        return None
    return Fraction(bare) / 100 if typed.endswith("%") else Fraction(bare)


def pass_mark(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read "70 %" (a rate) or 231 (points); a PassMark."""
    value = word(tree, path, raw)
    if value is ABSENT:
        return ABSENT
    typed = folded(value)
    bare = typed.removesuffix("%").strip()
    if not _NUMBER.fullmatch(bare) or Decimal(bare) < 0:
        tree.report(IssueCode.NOT_A_PASS_MARK, path, value=shown(value))
        return ABSENT
    if typed.endswith("%"):
        return PassMark(Fraction(bare) / 100, None, f"{bare} %")
    return PassMark(None, Decimal(bare), bare)


def flag(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read true or false."""
    value = word(tree, path, raw)
    if value is ABSENT:
        return ABSENT
    if value.lower() not in {"true", "false"}:
        tree.report(IssueCode.NOT_A_FLAG, path, key=label(path), value=shown(value))
        return ABSENT
    return value.lower() == "true"


def choice(*options: str, code: IssueCode = IssueCode.UNKNOWN_CHOICE) -> Kind:
    """Read one of some fixed words."""

    def read(tree: Tree, path: NodePath, raw: Raw) -> Any:
        value = word(tree, path, raw)
        if value is ABSENT or value in options:
            return value
        tree.report(code, path, key=label(path), value=shown(value), hint=hint_at(value, options))
        return ABSENT

    return read


def either(first: str, other: Kind) -> Kind:
    """Read one fixed word, or another kind."""

    def read(tree: Tree, path: NodePath, raw: Raw) -> Any:
        return first if raw == first else other(tree, path, raw)

    return read

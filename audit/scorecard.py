"""The computed result at every level, as `audit.scoring.score` returns it.

All points are Decimals of at most two places.  `earned + points_lost == possible` holds at every level.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from audit.state import ItemState
from checklists.points import rate
from checklists.text import Text

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from audit.state import Answer
    from checklists.model import Department, Grade, Item, Section

_BESIDE = Text("{text}（不影响总评）", "{text} (does not decide the verdict)")


class Left(StrEnum):
    """Why a level takes no part in its parent."""

    NOTHING_APPLIES = "nothing_applies"
    NOT_COMPARABLE = "not_comparable"
    """Less than half of its points remain."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items are in which state."""

    items: int = 0
    answered: int = 0
    open: int = 0
    not_applicable: int = 0
    no_case: int = 0
    no_data: int = 0
    not_assessed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.items + other.items,
            self.answered + other.answered,
            self.open + other.open,
            self.not_applicable + other.not_applicable,
            self.no_case + other.no_case,
            self.no_data + other.no_data,
            self.not_assessed + other.not_assessed,
        )


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item's result; possible is 0 when the item leaves."""

    item: Item
    answer: Answer
    state: ItemState
    """The state as scored: a cause of no data may count as not applicable."""
    earned: Decimal
    possible: Decimal
    critical_failed: bool | None
    """None: not critical, or not decided (open), or the item left."""

    @property
    def weak(self) -> Text:
        """The finding when it is weak: where nothing could be shown the item's own sentence for that, if it has one."""
        nothing = self.item.no_data if self.state is ItemState.NO_DATA else None
        return nothing or self.item.weak

    @property
    def points_lost(self) -> Decimal:
        """Unscaled points lost, the common currency of weak items; what is open counts as lost until answered."""
        return self.possible - self.earned


@dataclass(frozen=True, slots=True)
class Level:
    """What section, department and total share."""

    earned: Decimal
    """Points it contributes; 0 when it left."""
    possible: Decimal
    """Points it could contribute; 0 when it left."""
    best: Decimal
    """What it would earn if every open item turned out full."""
    pass_points: Decimal | None
    """None: nothing to pass."""
    passed: bool | None
    counts: Counts

    @property
    def worst(self) -> Decimal:
        """What it would earn if every open item turned out zero: open items earn 0 already."""
        return self.earned

    @property
    def points_lost(self) -> Decimal:
        """Possible - earned."""
        return self.possible - self.earned

    @property
    def rate(self) -> Decimal | None:
        """Earned / possible to four places, for display only; None where nothing is possible."""
        return rate(self.earned, self.possible)


@dataclass(frozen=True, slots=True)
class SectionScore(Level):
    """A section's result.

    `raw` and `applicable` are the sums of its items' points as they stand; where items left under `redistribute`,
    earned = round(raw x maximum / applicable) and `factor` = maximum / applicable.
    """

    section: Section
    items: tuple[ItemScore, ...]
    raw: Decimal
    applicable: Decimal
    factor: Fraction | None
    """None: not scaled."""
    left: Left | None
    critical_failed: bool | None


@dataclass(frozen=True, slots=True)
class DepartmentScore(Level):
    """A department's result; `raw` and `applicable` sum its sections' earned points and maxima that take part."""

    department: Department
    sections: tuple[SectionScore, ...]
    raw: Decimal
    applicable: Decimal
    factor: Fraction | None
    left: Left | None
    critical_failed: bool | None
    contributed: Decimal
    """What it brings to the total: earned, or its weighted share of the total."""
    contributed_best: Decimal
    contributed_possible: Decimal


@dataclass(frozen=True, slots=True)
class TotalScore(Level):
    """The whole audit."""

    raw: Decimal
    applicable: Decimal
    factor: Fraction | None
    bonus: Decimal
    assessed: Fraction
    """Share of the points assessed: items not assessed against all that applied, 0..1."""


@dataclass(frozen=True, slots=True)
class BonusScore:
    """One bonus item's points; not part of any section."""

    id: str
    statement: Text
    answer: Answer
    earned: Decimal


class Result(StrEnum):
    """The verdict in one word."""

    PASSED = "passed"
    FAILED = "failed"
    CONDITIONAL = "conditional"
    PRELIMINARY = "preliminary"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that decided, and by how much."""

    code: str
    text: Text
    by: Decimal | None = None
    """Points (or items, for what is open) that made the difference."""
    about: str = ""
    """Id of the item, or of the department, that decided; empty for the audit as a whole."""
    decides: bool = True
    """False for what is below a mark of its own, where the checklist lets it change nothing about the whole."""

    @property
    def said(self) -> Text:
        """The rule, with a word where it decides nothing."""
        return self.text if self.decides else _BESIDE.format(text=self.text)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Passed or not, with the rules that decided it; no result for a partial scope."""

    result: Result | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything computed from a checklist and a state, by one function in one pass."""

    total: TotalScore
    departments: tuple[DepartmentScore, ...]
    """The departments in scope."""
    bonus: tuple[BonusScore, ...]
    verdict: Verdict
    grade: Grade | None

    @property
    def items(self) -> list[ItemScore]:
        """Every item in scope, in order."""
        return [item for d in self.departments for s in d.sections for item in s.items]

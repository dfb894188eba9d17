"""What a route to a target is (推荐达标路径): steps, and why each is on it; `audit.routing` finds it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from checklists.text import Text, UserError

if TYPE_CHECKING:
    from audit.findings import WeakItem
    from checklists.model import Direction


class BadTarget(UserError):
    """The target, or the days for a weak item, cannot be used."""


ITEM_DAYS = Decimal("0.5")
"""Working days each weak item takes beside its direction: putting it right in its place, and keeping the proof.  The
checklist knows the effort of directions only; this is the tool's own assumption, and whoever plans may set another."""


class Why(StrEnum):
    """Why a weak item is on the route; the first that applies."""

    CRITICAL = "critical"
    SAFETY = "safety"
    LEGAL = "legal"
    DEPARTMENT = "department"
    """Without it its department misses its pass mark."""
    POINTS = "points"
    """It brings points at the least effort."""


MUST = frozenset({Why.CRITICAL, Why.SAFETY, Why.LEGAL})
"""What is on the route whatever it costs."""


@dataclass(frozen=True, slots=True)
class RouteItem:
    """A weak item on the route."""

    weak: WeakItem
    why: Why
    points: Decimal
    """Points it regains, unscaled."""


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One direction to carry out, with the weak items it is to cure."""

    letter: str
    direction: Direction
    items: tuple[RouteItem, ...]
    effort: Decimal
    """Working days: the direction's own, once, and those of its items."""
    points: Decimal
    """Points its items regain, unscaled."""
    total_after: Decimal
    """The total after this step and those before it, re-scored."""
    passes_after: bool | None
    """Whether the audit would then pass, by all its rules; None where nothing is to be passed."""
    reason: Text


@dataclass(frozen=True, slots=True)
class Route:
    """What to do, in order, and where it leads; all totals re-scored."""

    steps: tuple[RouteStep, ...]
    start: Decimal
    """The total as it stands."""
    total: Decimal
    """The total at its end."""
    possible: Decimal
    target: Decimal | None
    """Points the total is to reach; None where only departments count."""
    reached: bool
    """Whether the target is reached, and each department's pass mark where that was asked."""
    passes: bool | None
    """Whether the audit would pass, by all its rules; None where nothing is to be passed."""
    departments: tuple[tuple[str, Decimal, Decimal | None], ...]
    """Id, points at its end, points to pass, of each department in scope."""
    effort: Decimal
    """Working days in all."""
    item_days: Decimal
    """Working days counted for each weak item beside its direction's."""
    unreachable: Text | None = None
    """By how much it is missed with everything done; None where it is reached."""

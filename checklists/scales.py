"""Scales: how a measured number becomes points.

A scale knows the item's maximum only when asked.  `earn` returns exact points between 0 and that maximum; `cost` (steps
and bands alone) returns the points a measured fault costs.  Limits are in the measure's unit.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from checklists.points import plain

Number = Annotated[Decimal, Field(allow_inf_nan=False), PlainSerializer(plain, when_used="json")]
"""A decimal that is canonical text in JSON, so that the same checklist always has the same bytes."""

PositiveNumber = Annotated[Number, Field(gt=0)]


class Frozen(BaseModel):
    """Base of everything in a checklist: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_serializer(mode="wrap")
    def _with_kind(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Keep `kind`, by which a rule or scale is read again, where defaults are left out."""
        data: dict[str, Any] = handler(self)
        kind = getattr(self, "kind", None)
        return data if kind is None else data | {"kind": kind}


class Line(Frozen):
    """A straight line from `zero_at` (no points) to `full_at` (all points), level beyond both.

    `zero_at` lies above `full_at` where less is better.  Seed 001, form item 1: zero at 60, full at 100, so each
    point above 60 is worth 2.5 of 100.
    """

    kind: Literal["line"] = "line"
    zero_at: Number
    full_at: Number

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.zero_at == self.full_at:
            msg = "zero_at and full_at must differ"
            raise ValueError(msg)
        return self

    def earn(self, value: Fraction, maximum: Decimal) -> Fraction:
        """Return the points `value` earns."""
        share = (value - Fraction(self.zero_at)) / (Fraction(self.full_at) - Fraction(self.zero_at))
        return max(Fraction(0), min(Fraction(1), share)) * Fraction(maximum)


class Flanks(Frozen):
    """A target band with two flanks: all points inside it, none outside `zero_below` and `zero_above`."""

    kind: Literal["flanks"] = "flanks"
    zero_below: Number
    full_from: Number
    full_to: Number
    zero_above: Number

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if not self.zero_below < self.full_from <= self.full_to < self.zero_above:
            msg = "limits must rise: zero_below < full_from <= full_to < zero_above"
            raise ValueError(msg)
        return self

    def earn(self, value: Fraction, maximum: Decimal) -> Fraction:
        """Return the points `value` earns: the lower of the two flanks."""
        rising = Line(zero_at=self.zero_below, full_at=self.full_from)
        falling = Line(zero_at=self.zero_above, full_at=self.full_to)
        return min(rising.earn(value, maximum), falling.earn(value, maximum))


class Steps(Frozen):
    """So many points for every step away from `start`.

    Exactly one of `take` (points lost for every step on the worse side, from the maximum) and `give` (points earned for
    every step on the better side, from 0) is set.  Seed 003, supplier quality: start 100, per 1, take 3, out of 60.
    `count` says what a broken step counts: `whole` steps only, every `started` one, or its `proportional` share.
    """

    kind: Literal["steps"] = "steps"
    start: Number
    per: PositiveNumber
    take: PositiveNumber | None = None
    give: PositiveNumber | None = None
    better: Literal["higher", "lower"] = "higher"
    count: Literal["whole", "started", "proportional"] = "whole"

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.take is None) == (self.give is None):
            msg = "exactly one of take and give must be set"
            raise ValueError(msg)
        return self

    def earn(self, value: Fraction, maximum: Decimal) -> Fraction:
        """Return the points `value` earns, between 0 and the maximum."""
        if self.give is not None:
            earned = self._steps(value, toward_better=True) * Fraction(self.give)
        else:
            earned = Fraction(maximum) - self.cost(value)
        return max(Fraction(0), min(Fraction(maximum), earned))

    def cost(self, value: Fraction) -> Fraction:
        """Return the points `value` costs, 0 or more, not yet limited by any maximum."""
        return self._steps(value, toward_better=False) * Fraction(self.take or 0)

    def _steps(self, value: Fraction, *, toward_better: bool) -> Fraction:
        distance = value - Fraction(self.start)
        if toward_better != (self.better == "higher"):
            distance = -distance
        steps = max(Fraction(0), distance / Fraction(self.per))
        if self.count == "proportional":
            return steps
        return Fraction(floor(steps) if self.count == "whole" else ceil(steps))


class Band(Frozen):
    """One row of a band table: values from `from` (included) up to `to` (not included) give or take points."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    lower: Annotated[Number | None, Field(alias="from")] = None
    to: Number | None = None
    take: Annotated[Number, Field(ge=0)] | None = None
    give: Annotated[Number, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.take is None) == (self.give is None):
            msg = "exactly one of take and give must be set"
            raise ValueError(msg)
        return self

    def holds(self, value: Fraction) -> bool:
        """Say whether `value` lies in this band."""
        above = self.lower is None or value >= Fraction(self.lower)
        return above and (self.to is None or value < Fraction(self.to))


class Bands(Frozen):
    """A band table without gaps or overlaps: the first band is open below, the last open above (see `band_faults`)."""

    kind: Literal["bands"] = "bands"
    bands: tuple[Band, ...] = Field(min_length=1)

    def earn(self, value: Fraction, maximum: Decimal) -> Fraction:
        """Return the points `value` earns, between 0 and the maximum."""
        band = self._band(value)
        earned = Fraction(maximum) - Fraction(band.take) if band.take is not None else Fraction(band.give or 0)
        return max(Fraction(0), min(Fraction(maximum), earned))

    def cost(self, value: Fraction) -> Fraction:
        """Return the points `value` costs."""
        return Fraction(self._band(value).take or 0)

    def _band(self, value: Fraction) -> Band:
        return next(band for band in self.bands if band.holds(value))


def band_faults(edges: list[tuple[Decimal | None, Decimal | None]]) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """Find gaps and overlaps in bands given as (from, to), in the order of their lower ends; None is an open end.

    Returns:
        (kind, from, to) for each fault, where kind is "gap", "overlap" or "empty".  The stretch below the first
        band and above the last one counts as a gap unless those ends are open.
    """
    faults: list[tuple[str, Decimal | None, Decimal | None]] = []
    ordered = sorted(edges, key=lambda e: (e[0] is not None, e[0] or Decimal(0)))
    if ordered[0][0] is not None:
        faults.append(("gap", None, ordered[0][0]))
    for lower, upper in ordered:
        if lower is not None and upper is not None and upper <= lower:
            faults.append(("empty", lower, upper))
    reach = ordered[0][1]
    for lower, upper in ordered[1:]:
        if reach is None or lower is None or reach > lower:
            faults.append(("overlap", lower, _lower_of(reach, upper)))
        elif reach < lower:
            faults.append(("gap", reach, lower))
        reach = None if reach is None or upper is None else max(reach, upper)
    if reach is not None:
        faults.append(("gap", reach, None))
    return faults


def _lower_of(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Return the lower of two upper ends, where None is an open end."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


Scale = Annotated[Line | Flanks | Steps | Bands, Field(discriminator="kind")]
FaultScale = Annotated[Steps | Bands, Field(discriminator="kind")]

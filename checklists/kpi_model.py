"""KPIs: the key figures of a dealership, what is asked for, and the levels they must reach."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from checklists.rules import Share, Unit
from checklists.scales import Frozen, Number
from checklists.text import Text, same

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)]


def in_order(entries: dict[str, object], order: object) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return entries in the order kept for them, and that order.

    The canonical form sorts its keys; what an author put in an order keeps it beside, as a list of ids.  Where none is
    kept, or one that does not fit, the order is the one the entries have.
    """
    kept = tuple(str(name) for name in order) if isinstance(order, list | tuple) else ()
    if sorted(kept) != sorted(map(str, entries)):
        return entries, tuple(entries)
    return {name: entries[name] for name in kept}, kept


class KpiCategory(Frozen):
    """A class of KPIs that belong together, in one department."""

    name: Text
    department: Id


class Series(Frozen):
    """One row of monthly figures that a KPI needs."""

    name: Text
    months: int = Field(ge=1, le=60)
    """Months wanted, the last being the one before the audit; every month is one point of data."""
    unit: Unit | None = None
    """None: the KPI's own unit; for the series of a ratio a plain count."""


class KpiLevel(Frozen):
    """A level to reach, in the KPI's unit, or in percent of the plan or of last year's value."""

    value: Number
    of: Literal["value", "plan", "last_year"] = "value"


class Kpi(Frozen):
    """A key figure of the dealership: what it is, what is asked for, and which levels it must reach."""

    name: Text
    formula: Text
    """In words."""
    fields: tuple[Id, ...] = ()
    """Names of the fields in the dealership's system that the formula is made of."""
    unit: Unit
    better: Literal["higher", "lower", "watch"]
    """What is good; "watch" has no levels and is only looked at."""
    category: Id
    department: Id
    value: Literal["last", "mean", "sum", "ratio"]
    """How the months become the value: the last one there is, the mean of those there are, the sum (of all months
    wanted, or there is no value), or the ratio of the sums of the first two series over the months that have both (in
    percent where the unit is %)."""
    series: dict[Id, Series] = Field(min_length=1)
    """What is collected; the value is taken from the first series (two for a ratio), the others explain it."""
    order: tuple[Id, ...] = ()
    """Ids of the series in their order, which the canonical form with its sorted keys would lose; nobody writes it."""
    pass_level: KpiLevel | None = None
    """Below it (above it, where less is better) the KPI is missed."""
    target: KpiLevel | None = None
    """From here on it is met; between pass and target it is near."""
    tolerance: Share = Fraction(0)
    """How far a recomputed value may lie from the stated one, as a share of it."""
    missed: Text | None = None
    """The weak item's statement when the KPI is missed; None: missing it is no weak item."""
    missing: Text | None = None
    """The weak item's statement when the dealership cannot show it; None: not showing it is no weak item."""
    direction: Id
    """Coaching direction for both."""

    @model_validator(mode="before")
    @classmethod
    def _in_order(cls, data: object) -> object:
        """Keep the order of the series, or bring it back."""
        if not isinstance(data, dict) or not isinstance(data.get("series"), dict):
            return data
        series, order = in_order(data["series"], data.get("order"))
        return {**data, "order": order, "series": series}

    def unit_of(self, series: str) -> Text:
        """Return the unit of a series' figures; empty for a plain count."""
        own = self.series[series].unit
        if own is not None:
            return own
        return same("") if self.value == "ratio" else self.unit

    @property
    def levels(self) -> tuple[KpiLevel, ...]:
        """The levels there are, the pass level first."""
        return tuple(level for level in (self.pass_level, self.target) if level is not None)

    @property
    def value_series(self) -> tuple[str, ...]:
        """Ids of the series that make the value."""
        return tuple(self.series)[: 2 if self.value == "ratio" else 1]

    @property
    def points_wanted(self) -> int:
        """Points of data asked for."""
        return sum(series.months for series in self.series.values())

"""The checklist: what is asked, of whom, for how many points.

Checklist > Department > Section > Item, immutable, unknown fields refused.  What a single field can get wrong is
refused here; what concerns several places (sums, duplicate ids, unknown references) is found by `checklists.compile`,
which reports all of it at once.
"""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from checklists.points import pass_points
from checklists.rules import Bonus, ItemRule, Sample, Share, Unit
from checklists.scales import Frozen, Number
from checklists.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

FORMAT = 1
"""Number of the canonical form.  Older forms are upgraded when read, newer ones refused with a sentence."""

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)]
Points = Annotated[Number, Field(gt=0, le=1_000_000, decimal_places=2)]
Facility = Literal["body-shop", "ev", "express-lane", "earlier-audit"]
"""What an item needs a dealership to have before it can be asked."""
CriticalPolicy = Literal["report", "fail_department", "fail_audit", "conditional"]
NoDataCause = Literal["not-kept", "not-shown", "system-cannot", "brand-withholds"]


class Critical(Frozen):
    """When an item, section or department fails beyond its points.

    The share compared is points / possible; for a sample conforming / checked.  Exactly one of `below` (share < it) and
    `at_most` (share <= it) is set; with none named, `at_most` is 0.
    """

    below: Share | None = None
    at_most: Share | None = None
    min_checked: int = Field(default=1, ge=1)
    """A sample of fewer records than this is too thin to fire."""
    min_failed: int = Field(default=2, ge=1)
    """A sample fires only with so many failing records; 1 for lifts, exits and fire units."""

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if self.below is not None and self.at_most is not None:
            msg = "only one of below and at_most can be set"
            raise ValueError(msg)
        return self

    def reached(self, share: Fraction) -> bool:
        """Say whether `share` is bad enough."""
        if self.below is not None:
            return share < self.below
        return share <= (self.at_most or 0)


class Item(Frozen):
    """One thing checked and scored."""

    id: Id
    former_ids: tuple[Id, ...] = ()
    """Ids the item had before; ids are never given to another item."""
    statement: Text
    """How it should be: one checkable sentence."""
    weak: Text
    """The finding when it is not so, as it stands in a report."""
    evidence: Text
    """What to look at, where, and what conforms."""
    points: Points
    rule: ItemRule
    set: Id | None = None
    """Sample set the item is read from; its size then counts."""
    method: Id
    place: Id
    owner: Id
    """Role that answers for it."""
    direction: Id
    """Coaching direction that cures it."""
    kpi: Id | None = None
    requires: tuple[Facility, ...] = ()
    critical: Critical | None = None


class BonusItem(Frozen):
    """A merit counted on top of the total; it belongs to no section and no possible points."""

    id: Id
    statement: Text
    points: Points
    """The most it can give."""
    rule: Bonus


class Section(Frozen):
    """A group of items with its own pass mark (the seed's 项目)."""

    id: Id
    name: Text
    points: Points
    pass_rate: Share
    critical: Critical | None = None
    items: tuple[Item, ...]


class Department(Frozen):
    """A department of the dealership with its own pass mark (the seed's 模块)."""

    id: Id
    name: Text
    points: Points
    pass_rate: Share
    weight: Annotated[Number, Field(gt=0)] | None = None
    """Share in the total relative to the other departments; None: its points count as they are."""
    critical: Critical | None = None
    sections: tuple[Section, ...]

    @property
    def items(self) -> Iterator[Item]:
        """All items, in order."""
        return (item for section in self.sections for item in section.items)

    @property
    def pass_points(self) -> Decimal:
        """Points to pass when everything applies."""
        return pass_points(self.pass_rate, self.points)


class SampleSet(Frozen):
    """Records drawn once by the auditor and read once for all items that name the set."""

    name: Text
    size: int = Field(ge=1, le=10_000)
    period: Text
    drawn: Text
    """From which list the auditor draws, and what that list must hold."""


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
        series: dict[str, object] = data["series"]
        order = tuple(data.get("order") or ())
        if set(order) != set(series):
            order = tuple(series)
        return {**data, "order": order, "series": {name: series[name] for name in order}}

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


class Direction(Frozen):
    """A coaching direction: what to train or build so that a group of weak items is cured."""

    name: Text
    cures: Text
    first_step: Text
    effect: Text


class Grade(Frozen):
    """A band of rates with a name: `from` is included, `to` is not; the top band has no `to`."""

    id: Id
    name: Text
    lower: Annotated[Share, Field(alias="from")]
    to: Share | None = None


class Named(Frozen):
    """An entry of one of the checklist's small catalogues."""

    name: Text


class Parameter(Frozen):
    """A figure that law or brand sets; texts name it in braces and follow it."""

    name: Text
    value: str = Field(min_length=1, max_length=40)


class Checklist(Frozen):
    """A versioned questionnaire, complete and checked."""

    format: Literal[1] = 1
    id: Id
    version: str = Field(min_length=1, max_length=40)
    title: Text
    assesses: Text
    total: Points
    pass_rate: Share
    when_not_applicable: Literal["redistribute", "exclude"] = "redistribute"
    critical_policy: CriticalPolicy = "report"
    recheck_days: int = Field(default=90, ge=1, le=1000)
    """Days until the re-check of a conditional pass (seed 003: three months to mend)."""
    no_data_not_applicable: tuple[NoDataCause, ...] = ()
    """Causes of "no data" that count as not applicable, e.g. figures the brand withholds."""
    grades: tuple[Grade, ...] = ()
    bonus: tuple[BonusItem, ...] = ()
    bonus_cap: Points | None = None
    bonus_counts: bool = False
    """Whether bonus points help to pass; they are never part of the possible points."""
    profiles: dict[Id, dict[Id, Annotated[Number, Field(gt=0)]]] = Field(default_factory=dict)
    """Named sets of department weights; an audit fixes one."""
    departments: tuple[Department, ...]
    sample_sets: dict[Id, SampleSet] = Field(default_factory=dict)
    kpi_categories: dict[Id, KpiCategory] = Field(default_factory=dict)
    kpis: dict[Id, Kpi] = Field(default_factory=dict)
    directions: dict[Id, Direction] = Field(default_factory=dict)
    methods: dict[Id, Named] = Field(default_factory=dict)
    places: dict[Id, Named] = Field(default_factory=dict)
    roles: dict[Id, Named] = Field(default_factory=dict)
    parameters: dict[Id, Parameter] = Field(default_factory=dict)

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its id, in the checklist's order."""
        return {item.id: item for department in self.departments for item in department.items}

    @cached_property
    def place_of(self) -> dict[str, tuple[Department, Section]]:
        """Department and section of every item."""
        return {
            item.id: (department, section)
            for department in self.departments
            for section in department.sections
            for item in section.items
        }

    @cached_property
    def former(self) -> dict[str, str]:
        """Former item ids and the ids that replaced them."""
        return {old: item.id for item in self.items.values() for old in item.former_ids}

    def department(self, department_id: str) -> Department | None:
        """Return the department with that id."""
        return next((d for d in self.departments if d.id == department_id), None)

    def sample_size(self, item: Item) -> int | str | None:
        """Return how many records the item asks for ("all", or None where it is no sample)."""
        if item.set is not None:
            return self.sample_sets[item.set].size
        return item.rule.size if isinstance(item.rule, Sample) else None

    @cached_property
    def canonical(self) -> bytes:
        """The canonical form: JSON with sorted keys and numbers as strings; equal checklists have equal bytes."""
        data = self.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"format": self.format}
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical form; an audit is bound to it for ever."""
        return hashlib.sha256(self.canonical).hexdigest()

    @classmethod
    def from_canonical(cls, body: bytes) -> Self:
        """Read a canonical form (`checklists.catalog` checks format and hash first)."""
        return cls.model_validate_json(body)

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

from checklists.guidance import Direction, Move, Question, Step
from checklists.kpi_model import Id, Kpi, KpiCategory, KpiLevel, Series, in_order
from checklists.points import pass_points
from checklists.rules import Bonus, ItemRule, Levels, Sample, Share
from checklists.scales import Frozen, Number
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

__all__ = [
    "FORMAT",
    "MOST_CAUSES",
    "BonusItem",
    "Checklist",
    "Critical",
    "CriticalPolicy",
    "Department",
    "Direction",
    "Facility",
    "Grade",
    "Item",
    "Kpi",
    "KpiCategory",
    "KpiLevel",
    "Move",
    "Named",
    "NoDataCause",
    "Parameter",
    "Question",
    "SampleSet",
    "Section",
    "Series",
    "Step",
    "Tag",
]

FORMAT = 2
"""Number of the canonical form.  Older forms are upgraded when read (`checklists.canonical`), newer ones refused."""
MOST_CAUSES = 9
"""Causes an item may list: one digit key picks each."""

Points = Annotated[Number, Field(gt=0, le=1_000_000, decimal_places=2)]
Facility = Literal["body-shop", "ev", "express-lane", "earlier-audit"]
"""What an item needs a dealership to have before it can be asked."""
CriticalPolicy = Literal["report", "fail_department", "fail_audit", "conditional"]
NoDataCause = Literal["not-kept", "not-shown", "system-cannot", "brand-withholds"]
Tag = Literal["5s", "dms", "safety", "legal", "customer"]
"""What an item is about beside its place in the checklist; "customer": the customer sees or feels it."""


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
    """What to look at, where, whom to ask, and how records are drawn; what conforms, where no anchors say it."""
    anchors: tuple[Text, ...] = ()
    """What is found at each level from 0 up; of a yes-no item or a drawn record: not conforming, then conforming."""
    causes: tuple[Text, ...] = Field(default=(), min_length=1, max_length=MOST_CAUSES)
    """Why points are usually lost here, the most usual first."""
    no_data: Text | None = None
    """The finding where nothing can be shown; None: `weak`."""
    not_applicable: Text | None = None
    """When it may not apply; None: it always does."""
    first_step: Text | None = None
    """What to do first, where its direction's first step is not enough."""
    tags: tuple[Tag, ...] = ()
    attainable: Points | None = None
    """Points coaching can bring within half a year; None: by the rule (see `audit.attainable`)."""
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

    @property
    def anchor_shares(self) -> tuple[Fraction, ...]:
        """Shares of the points that its anchors stand for, the lowest first; none where a rule has no anchors."""
        if isinstance(self.rule, Levels):
            return self.rule.shares
        return (Fraction(0), Fraction(1)) if self.rule.kind in {"yes_no", "sample"} else ()


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


_ORDERED = (
    *("profiles", "sample_sets", "kpi_categories", "kpis", "directions"),
    *("guides", "methods", "places", "roles", "parameters"),
)
"""The checklist's mappings, whose entries keep the author's order."""


class Checklist(Frozen):
    """A versioned questionnaire, complete and checked."""

    format: Literal[2] = 2
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
    guides: dict[Id, tuple[Question, ...]] = Field(default_factory=dict)
    """Questions of an interview with somebody of that role."""
    methods: dict[Id, Named] = Field(default_factory=dict)
    places: dict[Id, Named] = Field(default_factory=dict)
    roles: dict[Id, Named] = Field(default_factory=dict)
    parameters: dict[Id, Parameter] = Field(default_factory=dict)
    order: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Ids of each mapping in the author's order, which the canonical form with its sorted keys would lose; nobody
    writes it."""

    @model_validator(mode="before")
    @classmethod
    def _in_order(cls, data: object) -> object:
        """Keep the order of the mappings, or bring it back."""
        if not isinstance(data, dict):
            return data
        kept = data.get("order")
        orders = kept if isinstance(kept, dict) else {}
        found = {key: in_order(data[key], orders.get(key)) for key in _ORDERED if isinstance(data.get(key), dict)}
        order = {key: ids for key, (_, ids) in found.items() if ids}
        return {**data, **{key: entries for key, (entries, _) in found.items()}, "order": order}

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its id, in the checklist's order."""
        return {item.id: item for department in self.departments for item in department.items}

    @cached_property
    def asked(self) -> dict[str, Item | BonusItem]:
        """Every item and bonus item by its id: all that can have an answer."""
        return {**self.items, **{bonus.id: bonus for bonus in self.bonus}}

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
    def questions(self) -> dict[str, tuple[str, Question]]:
        """Every question of the interview guides by its id, with the role it is for."""
        return {question.id: (role, question) for role, guide in self.guides.items() for question in guide}

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
        """The canonical form: JSON with sorted keys and numbers as strings; equal checklists have equal bytes.

        Of a checklist that was read from a stored copy these are the bytes of that copy, whatever its format: what is
        bound to their hash stays bound to it.
        """
        data = self.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"format": self.format}
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical form; an audit is bound to it for ever."""
        return hashlib.sha256(self.canonical).hexdigest()

    @classmethod
    def from_canonical(cls, body: bytes, stored: bytes | None = None) -> Self:
        """Read a canonical form (`checklists.canonical` checks format and hash first).

        Args:
            body: the canonical form, in this format.
            stored: the bytes it was upgraded from; None where it was not.
        """
        checklist = cls.model_validate_json(body)
        # A cached property holds what was computed, or what there is no need to compute.
        checklist.__dict__["canonical"] = body if stored is None else stored
        return checklist

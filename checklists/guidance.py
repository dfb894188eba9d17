"""What helps after the score: coaching directions, and the questions of an interview."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from checklists.kpi_model import Id
from checklists.scales import Frozen, Number
from checklists.text import Text


class Step(Frozen):
    """One step of a coaching direction."""

    do: Text
    role: Id
    """Who does it."""
    days: Annotated[Number, Field(ge=0)]
    """Working days it takes; steps follow one another."""


class Move(Frozen):
    """A KPI that a coaching direction must move."""

    kpi: Id
    by: Number
    """By how much, in the KPI's unit (percentage points where that is %), with its sign."""


class Direction(Frozen):
    """A coaching direction: what to train or build so that a group of weak items is cured."""

    name: Text
    cures: Text
    first_step: Text
    """What a report prints beside a weak item."""
    effect: Text
    """The expected effect in a sentence."""
    steps: tuple[Step, ...] = ()
    """What is done, in order."""
    training: Text | None = None
    """What is taught."""
    proof: Text | None = None
    """What shows that it is done."""
    moves: tuple[Move, ...] = ()
    effort_days: Annotated[Number, Field(ge=0)] | None = None
    """Working days it takes in all: the steps and the training."""
    suits: Text | None = None
    """For which level of dealership it is meant."""


class Question(Frozen):
    """A question of an interview guide."""

    id: Id
    must: bool = False
    """Whether it is always asked."""
    ask: Text
    good: Text
    """What a good answer contains."""
    items: tuple[Id, ...]
    """Items it supports."""
    kpis: tuple[Id, ...] = ()

"""What was recorded of a KPI: where it stands in the journal, who says so, and how months become the value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.answers import CAUSES
from checklists.points import plain
from checklists.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit.journal import Data
    from audit.state import AuditState
    from checklists.model import Kpi, Series

KPI = "kpi:"
"""Begins the slots: kpi:K10 (the value itself), kpi:K10/plan, kpi:K10/last_year, kpi:K10/SERIES/2026-03; each with
/recomputed behind it for what the auditor found, so that it stands beside what the dealership stated."""
PLAN, LAST_YEAR, RECOMPUTED = "plan", "last_year", "recomputed"
UNAVAILABLE = "unavailable"
NOT_SHOWN = Text("无法提供", "cannot be shown")
DEFAULT_CAUSE = "not-kept"
_STEP = Decimal("0.0001")


class Provenance(StrEnum):
    """Where a figure comes from."""

    STATED = "stated"
    SEEN = "seen"
    RECOMPUTED = "recomputed"


PROVENANCE_NAMES: dict[Provenance, Text] = {
    Provenance.STATED: Text("经销商提供", "stated by the dealership"),
    Provenance.SEEN: Text("系统中看到", "seen in the system"),
    Provenance.RECOMPUTED: Text("评估员复算", "recomputed by the auditor"),
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One figure as somebody recorded it."""

    value: Decimal | None
    """In the unit of its series; None: it cannot be shown."""
    provenance: Provenance = Provenance.STATED
    cause: str = ""
    """Why it cannot be shown; empty where nobody said."""

    @property
    def data(self) -> Data:
        """What the journal keeps."""
        value = UNAVAILABLE if self.value is None else plain(self.value)
        cause = {"cause": self.cause} if self.value is None and self.cause else {}
        return {"value": value, "provenance": self.provenance.value, **cause}

    @classmethod
    def read(cls, data: Data) -> Recorded:
        """Read what the journal keeps."""
        value = None if data["value"] == UNAVAILABLE else Decimal(data["value"])
        cause = data.get("cause", "")
        return cls(value, Provenance(data["provenance"]), cause if cause in CAUSES else "")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as stated (or seen) and as the auditor recomputed it."""

    stated: Recorded | None = None
    recomputed: Recorded | None = None

    @property
    def used(self) -> Recorded | None:
        """The one that counts: the auditor's own where there is one."""
        return self.recomputed or self.stated

    @property
    def value(self) -> Decimal | None:
        """The value that counts; None where there is none."""
        return self.used.value if self.used else None


@dataclass(frozen=True, slots=True)
class SeriesData:
    """The months wanted of one series."""

    id: str
    series: Series
    unit: Text
    """Empty for a plain count."""
    months: Mapping[str, Figure]
    """By month ("2026-03"), all that are wanted, oldest first."""

    @property
    def collected(self) -> int:
        """How many months have a value."""
        return sum(figure.value is not None for figure in self.months.values())

    @property
    def recorded(self) -> list[Recorded]:
        """What is recorded of the months, available or not."""
        return [figure.used for figure in self.months.values() if figure.used is not None]


def slot_of(kpi: str, series: str = "", month: str = "", provenance: Provenance = Provenance.STATED) -> str:
    """Return the slot of a figure; `series` may be `PLAN` or `LAST_YEAR`, which have no month."""
    parts = [kpi, series, month, RECOMPUTED if provenance is Provenance.RECOMPUTED else ""]
    return KPI + "/".join(part for part in parts if part)


def figures(state: AuditState) -> dict[str, Figure]:
    """Return all figures by what follows `KPI` in their slots, without the part that says recomputed."""
    found: dict[str, Figure] = {}
    for rest, data in state.of_kind(KPI).items():
        place = rest.removesuffix("/" + RECOMPUTED)
        before, recorded = found.get(place, Figure()), Recorded.read(data)
        mine = place != rest
        found[place] = Figure(before.stated if mine else recorded, recorded if mine else before.recomputed)
    return found


def months_until(date: str, count: int) -> tuple[str, ...]:
    """Return so many months ("2026-03"), oldest first, the last being the one before an ISO date's: a whole month."""
    last = int(date[:4]) * 12 + int(date[5:7]) - 2
    return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(last - count + 1, last + 1))


def value_of(kpi: Kpi, series: Iterable[Mapping[str, Decimal | None]]) -> Decimal | None:
    """Return the value that months give, rounded half-up to four decimals once; None where they give none.

    Args:
        kpi: the KPI.
        series: the series that make the value, each with its months wanted, oldest first.
    """
    columns = list(series)
    if kpi.value == "ratio":
        return _ratio(kpi, columns[0], columns[1])
    known = [value for value in columns[0].values() if value is not None]
    if not known or (kpi.value == "sum" and len(known) < len(columns[0])):
        return None
    if kpi.value == "last":
        return known[-1]
    total = sum((Fraction(value) for value in known), Fraction(0))
    return rounded(total / len(known) if kpi.value == "mean" else total)


def _ratio(kpi: Kpi, upper: Mapping[str, Decimal | None], lower: Mapping[str, Decimal | None]) -> Decimal | None:
    above = below = Fraction(0)
    for month, part in upper.items():
        whole = lower.get(month)
        if part is not None and whole is not None:
            above, below = above + Fraction(part), below + Fraction(whole)
    if not below:
        return None
    return rounded(above / below * (100 if kpi.unit.en == "%" else 1))


def rounded(value: Fraction) -> Decimal:
    """Round half-up to four decimals: the printed value is the one that is judged."""
    units = value / Fraction(_STEP)
    whole = (2 * units.numerator + units.denominator) // (2 * units.denominator)
    exact = Decimal(whole).scaleb(-4)
    return Decimal(plain(exact))


def recorded_text(recorded: Recorded) -> Text:
    """Return a figure as the history shows it, with who says so."""
    if recorded.value is not None:
        shown = same(plain(recorded.value))
    else:
        cause = {str(cause): name for cause, name in CAUSES.items()}.get(recorded.cause)
        shown = (
            NOT_SHOWN
            if cause is None
            else Text("{shown}：{cause}", "{shown}: {cause}").format(shown=NOT_SHOWN, cause=cause)
        )
    return Text("{shown}（{provenance}）", "{shown} ({provenance})").format(
        shown=shown, provenance=PROVENANCE_NAMES[recorded.provenance]
    )


def weakest(provenances: Iterable[Provenance]) -> Provenance | None:
    """Return the provenance of a value made of several figures: the weakest of theirs."""
    found = set(provenances)
    return next((provenance for provenance in Provenance if provenance in found), None)


def agrees(stated: Decimal, recomputed: Decimal, tolerance: Fraction) -> bool:
    """Say whether a recomputed value lies within the tolerance, a share of the stated one."""
    return abs(Fraction(recomputed) - Fraction(stated)) <= tolerance * abs(Fraction(stated))

"""Which level a KPI's value reaches."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.kpi_values import rounded
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from checklists.model import Kpi, KpiLevel


class KpiStatus(StrEnum):
    """What is to be said of a KPI."""

    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    MISSING = "missing"
    """Recorded as something the dealership cannot show."""


STATUS_NAMES: dict[KpiStatus, Text] = {
    KpiStatus.MET: Text("达标", "met"),
    KpiStatus.NEAR: Text("合格未达目标", "passed, below target"),
    KpiStatus.MISSED: Text("未达标", "missed"),
    KpiStatus.MISSING: Text("无法统计", "cannot be shown"),
}
STATUS_RULE = Text(
    "达标：达到目标（没有目标的达到合格线）；合格未达目标：达到合格线，没有达到目标；未达标：没有达到合格线；"
    "无法统计：经销商拿不出数据；只观察：没有合格线。不单列弱项：只作记录，不进弱项表。",
    "Met: reaches the target, or the pass level where there is no target. Passed, below target: reaches the pass "
    "level alone. Missed: below the pass level. Cannot be shown: the dealership has no figure for it. Only watched: "
    "has no levels. No weak item of its own: is not in the table of weak items.",
)
WATCHED = Text("只观察", "only watched")
NOT_RECORDED = Text("未收集", "not recorded")
NO_LEVEL = Text("缺计划或去年值，无法判断", "cannot be judged without plan or last year's value")
INCOMPLETE = Text("数据不全，无法计算", "not enough data for a value")
IN_CONFLICT = Text("记录冲突", "conflict")


_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """The levels in the KPI's unit; None where there is none, or where what it refers to is not known."""

    passing: Decimal | None = None
    target: Decimal | None = None


def limits_of(kpi: Kpi, references: Mapping[str, Decimal | None]) -> Limits:
    """Return the levels of a KPI.

    Args:
        kpi: the KPI.
        references: the values for "plan" and "last_year".
    """
    return Limits(_limit(kpi.pass_level, references), _limit(kpi.target, references))


def needs(kpi: Kpi) -> tuple[str, ...]:
    """Return which of "plan" and "last_year" the levels refer to."""
    wanted = {level.of for level in kpi.levels}
    return tuple(name for name in ("plan", "last_year") if name in wanted)


def is_share(kpi: Kpi) -> bool:
    """Say whether a KPI is a part of a whole, from 0 to 100 %.

    The catalogue has no word for it, but its levels and series tell: fixed levels that all lie below 100; or, with a
    target of just 100 or none that is fixed, a ratio of two plain counts.  Efficiency, absorption and the like are
    judged against 100 or more, or have series with units of their own.
    """
    if kpi.unit.en != "%":
        return False
    fixed = [level.value for level in kpi.levels if level.of == "value"]
    if fixed and max(fixed) < _WHOLE:
        return True
    counts = kpi.value == "ratio" and not any(kpi.unit_of(series).en for series in kpi.value_series)
    return counts and (not fixed or min(fixed) < _WHOLE == max(fixed))


def judged(kpi: Kpi, value: Decimal, limits: Limits) -> KpiStatus | None:
    """Say which level a value reaches; None where there are no levels, or they are not known."""
    if kpi.better == "watch" or limits.passing is None:
        return None
    if not _reaches(kpi, value, limits.passing):
        return KpiStatus.MISSED
    if kpi.target is None:
        return KpiStatus.MET
    if limits.target is None:
        return None
    return KpiStatus.MET if _reaches(kpi, value, limits.target) else KpiStatus.NEAR


def _limit(level: KpiLevel | None, references: Mapping[str, Decimal | None]) -> Decimal | None:
    if level is None or level.of == "value":
        return level.value if level else None
    reference = references.get(level.of)
    return None if reference is None else rounded(Fraction(level.value) * Fraction(reference) / 100)


def _reaches(kpi: Kpi, value: Decimal, limit: Decimal) -> bool:
    return value >= limit if kpi.better == "higher" else value <= limit

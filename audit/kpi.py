"""KPIs: what was collected of them, the value used, the level it reaches, and the answers they give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from audit.kpi_levels import (
    IN_CONFLICT,
    INCOMPLETE,
    NO_LEVEL,
    NOT_RECORDED,
    STATUS_NAMES,
    WATCHED,
    KpiStatus,
    Limits,
    judged,
    limits_of,
)
from audit.kpi_values import (
    DEFAULT_CAUSE,
    KPI,
    LAST_YEAR,
    PLAN,
    Figure,
    Provenance,
    Recorded,
    SeriesData,
    agrees,
    figures,
    months_until,
    value_of,
    weakest,
)
from audit.state import Answer, ItemState
from checklists.points import plain, rate
from checklists.rules import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from audit.state import AuditState
    from checklists.model import BonusItem, Checklist, Item, Kpi
    from checklists.text import Text


@dataclass(frozen=True, slots=True)
class KpiResult:
    """One KPI as it stands."""

    id: str
    kpi: Kpi
    series: tuple[SeriesData, ...]
    direct: Figure
    """The value set as a whole, without months; it stands before what the months give."""
    references: Mapping[str, Figure]
    """The values for "plan" and "last_year"."""
    value: Decimal | None
    """The value used, in the KPI's unit, at most four decimals."""
    provenance: Provenance | None
    """Of the value used: that of its weakest part."""
    stated: Decimal | None
    """What the dealership's figures give, where the auditor recomputed something."""
    cause: str
    """Why it cannot be shown; empty where nobody said."""
    limits: Limits
    status: KpiStatus | None
    """None where nothing is recorded, or nothing can be judged; `words` says which."""
    conflicts: tuple[str, ...]
    """Its slots with different values side by side; nothing is computed while there are any."""

    @property
    def wanted(self) -> int:
        """Points of data asked for."""
        return self.kpi.points_wanted

    @property
    def collected(self) -> int:
        """Points of data there are."""
        return sum(series.collected for series in self.series)

    @property
    def recorded(self) -> bool:
        """Whether anything was recorded, if only that it cannot be shown."""
        return self.direct.used is not None or any(series.recorded for series in self.series)

    @property
    def agrees(self) -> bool | None:
        """Whether the recomputed value lies within the tolerance of the stated one; None where one is missing."""
        if self.stated is None or self.value is None:
            return None
        return agrees(self.stated, self.value, self.kpi.tolerance)

    @property
    def words(self) -> Text:
        """The status in words, or why there is none."""
        if self.status is not None:
            return STATUS_NAMES[self.status]
        if self.conflicts:
            return IN_CONFLICT
        if not self.recorded:
            return NOT_RECORDED
        if self.value is None:
            return INCOMPLETE
        return NO_LEVEL if self.kpi.levels else WATCHED


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of the data asked for was collected."""

    wanted: int = 0
    collected: int = 0

    @property
    def rate(self) -> Decimal | None:
        """Collected / wanted, four decimals; None where nothing is wanted."""
        from decimal import Decimal

        return rate(Decimal(self.collected), Decimal(self.wanted))


@dataclass(frozen=True, slots=True)
class KpiReport:
    """All KPIs that are asked for (see `in_scope`), in the catalogue's order."""

    kpis: tuple[KpiResult, ...] = ()
    categories: Mapping[str, Completeness] = field(default_factory=dict)
    departments: Mapping[str, Completeness] = field(default_factory=dict)
    whole: Completeness = Completeness()


def kpi_report(checklist: Checklist, state: AuditState) -> KpiReport:
    """Return how the KPIs of an audit stand."""
    known = figures(state)
    found = [result_of(own_id, checklist.kpis[own_id], state, known) for own_id in in_scope(checklist, state)]
    return KpiReport(tuple(found), _by(found, "category"), _by(found, "department"), _completeness(found))


def in_scope(checklist: Checklist, state: AuditState) -> list[str]:
    """Return the ids of the KPIs that belong to the audit's departments, or answer an item of one of them."""
    scope = state.departments
    if not scope:
        return list(checklist.kpis)
    answering = {bound_kpi(checklist, i) for i in checklist.items.values() if checklist.place_of[i.id][0].id in scope}
    return [own_id for own_id, kpi in checklist.kpis.items() if kpi.department in scope or own_id in answering]


def result_of(own_id: str, kpi: Kpi, state: AuditState, known: Mapping[str, Figure]) -> KpiResult:
    """Return how one KPI stands.

    Args:
        own_id: its id.
        kpi: its definition.
        state: the audit's state.
        known: all figures of the audit (`kpi_values.figures`).
    """
    series = tuple(_series(own_id, kpi, name, state, known) for name in kpi.series)
    direct = known.get(own_id, Figure())
    references = {name: known.get(f"{own_id}/{name}", Figure()) for name in (PLAN, LAST_YEAR)}
    conflicts = tuple(slot for slot in sorted(state.conflicts) if _kpi_of(slot) == own_id)
    limits = limits_of(kpi, {name: figure.value for name, figure in references.items()})
    used, stated = (None, None) if conflicts else (_used(kpi, series, direct), _stated(kpi, series, direct))
    value = used.value if used else None
    status = None if used is None else KpiStatus.MISSING if value is None else judged(kpi, value, limits)
    return KpiResult(
        id=own_id,
        kpi=kpi,
        series=series,
        direct=direct,
        references=references,
        value=value,
        provenance=used.provenance if used else None,
        stated=stated,
        cause=used.cause if used else "",
        limits=limits,
        status=status,
        conflicts=conflicts,
    )


def bound_kpi(checklist: Checklist, item: Item | BonusItem) -> str | None:
    """Return the KPI that answers an item, if there is one in the catalogue."""
    own_id = getattr(item, "kpi", None)
    return own_id if own_id in checklist.kpis and isinstance(item.rule, Measure) else None


def computed_answers(checklist: Checklist, state: AuditState) -> dict[str, Answer]:
    """Return the answers of KPI-bound items, by item; those whose KPI is not recorded are left open."""
    bound = {item.id: own_id for item in checklist.items.values() if (own_id := bound_kpi(checklist, item))}
    if not bound or not state.details.get("date"):
        return {}
    known = figures(state)
    found = {own_id: result_of(own_id, checklist.kpis[own_id], state, known) for own_id in set(bound.values())}
    answers = {item_id: _answer(checklist.items[item_id], found[own_id]) for item_id, own_id in bound.items()}
    return {item_id: answer for item_id, answer in answers.items() if answer is not None}


def _answer(item: Item, result: KpiResult) -> Answer | None:
    if result.status is KpiStatus.MISSING:
        return Answer(ItemState.NO_DATA, reason=result.cause or DEFAULT_CAUSE)
    if result.value is None:
        return None
    value = plain(result.value)
    if isinstance(item.rule, Measure) and item.rule.of_plan:
        plan = result.references[PLAN].value
        if plan is None or plan <= 0:
            return None
        value = f"{value}/{plain(plan)}"
    return Answer(ItemState.ANSWERED, value)


def _series(own_id: str, kpi: Kpi, name: str, state: AuditState, known: Mapping[str, Figure]) -> SeriesData:
    series = kpi.series[name]
    months = months_until(state.details["date"], series.months)
    recorded = {month: known.get(f"{own_id}/{name}/{month}", Figure()) for month in months}
    return SeriesData(name, series, kpi.unit_of(name), recorded)


def _used(kpi: Kpi, series: tuple[SeriesData, ...], direct: Figure) -> Recorded | None:
    """Return the value used with its provenance; without a value where it cannot be shown, None where it is open."""
    if direct.used is not None:
        return direct.used
    parts = _making(kpi, series)
    value = value_of(kpi, [{month: figure.value for month, figure in part.months.items()} for part in parts])
    recorded = [each for part in parts for each in part.recorded]
    if value is None:
        lacking = [each for each in recorded if each.value is None]
        cause = next((each.cause for each in lacking if each.cause), "")
        return Recorded(None, lacking[0].provenance, cause) if lacking else None
    provenance = weakest(each.provenance for each in recorded if each.value is not None)
    return Recorded(value, provenance or Provenance.STATED)


def _stated(kpi: Kpi, series: tuple[SeriesData, ...], direct: Figure) -> Decimal | None:
    """Return what the dealership's own figures give where the auditor's stand beside them."""
    parts = _making(kpi, series)
    recomputed = direct.recomputed or any(figure.recomputed for part in parts for figure in part.months.values())
    if not recomputed:
        return None
    if direct.stated is not None:
        return direct.stated.value
    months = [
        {month: figure.stated.value if figure.stated else None for month, figure in part.months.items()}
        for part in parts
    ]
    return value_of(kpi, months)


def _making(kpi: Kpi, series: tuple[SeriesData, ...]) -> list[SeriesData]:
    return [part for part in series if part.id in kpi.value_series]


def _kpi_of(slot: str) -> str | None:
    return slot.removeprefix(KPI).partition("/")[0] if slot.startswith(KPI) else None


def _by(found: list[KpiResult], key: Literal["category", "department"]) -> dict[str, Completeness]:
    """Return the completeness of each category or department, in the catalogue's order."""
    groups: dict[str, list[KpiResult]] = {}
    for result in found:
        groups.setdefault(result.kpi.category if key == "category" else result.kpi.department, []).append(result)
    return {own_id: _completeness(results) for own_id, results in groups.items()}


def _completeness(found: Iterable[KpiResult]) -> Completeness:
    results = list(found)
    return Completeness(sum(r.wanted for r in results), sum(r.collected for r in results))

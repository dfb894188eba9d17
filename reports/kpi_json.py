"""KPIs as a JSON object: what `kpi show --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.kpi_findings import asking

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.kpi import Completeness, KpiReport, KpiResult
    from audit.kpi_values import Figure, Recorded, SeriesData
    from audit.summary import AuditSummary
    from checklists.text import Lang

Json = dict[str, Any]


def kpi_json(summary: AuditSummary, lang: Lang) -> Json:
    """Return every KPI with its series, and how complete the data are.

    Values and rates have at most four decimals; a figure that cannot be shown is "unavailable", one that was not
    collected null.
    """
    report: KpiReport = summary.kpis
    return {
        "audit": summary.ref,
        "kpis": [_kpi(summary, result, lang) for result in report.kpis],
        "completeness": {
            **_completeness(report.whole),
            "categories": {own_id: _completeness(c) for own_id, c in report.categories.items()},
            "departments": {own_id: _completeness(c) for own_id, c in report.departments.items()},
        },
    }


def _kpi(summary: AuditSummary, result: KpiResult, lang: Lang) -> Json:
    kpi = result.kpi
    return {
        "id": result.id,
        "name": kpi.name.of(lang),
        "department": kpi.department,
        "category": kpi.category,
        "unit": kpi.unit.of(lang),
        "better": kpi.better,
        "series": [_series(series, lang) for series in result.series],
        "set": _figure(result.direct),
        **{name: _figure(figure) for name, figure in result.references.items()},
        "value": number(result.value),
        "provenance": result.provenance.value if result.provenance else None,
        "stated": number(result.stated),
        "agrees": result.agrees,
        "level": {"pass": number(result.limits.passing), "target": number(result.limits.target)},
        "status": result.status.value if result.status else None,
        "words": result.words.of(lang),
        "cause": result.cause or None,
        "items": list(asking(summary.checklist, result.id)),
        "conflicts": [slot.partition(":")[2] for slot in result.conflicts],
        "completeness": {"wanted": result.wanted, "collected": result.collected},
    }


def _series(series: SeriesData, lang: Lang) -> Json:
    return {
        "id": series.id,
        "name": series.series.name.of(lang),
        "unit": series.unit.of(lang),
        "wanted": series.series.months,
        "collected": series.collected,
        "months": {month: _figure(figure) for month, figure in series.months.items()},
    }


def _figure(figure: Figure) -> Json | None:
    """Return the figure used; with what was stated where the auditor recomputed it."""
    if figure.used is None:
        return None
    found = _recorded(figure.used)
    if figure.recomputed is not None and figure.stated is not None:
        found["stated"] = _recorded(figure.stated)["value"]
    return found


def _recorded(recorded: Recorded) -> Json:
    value = "unavailable" if recorded.value is None else number(recorded.value)
    cause = {"cause": recorded.cause} if recorded.cause else {}
    return {"value": value, "provenance": recorded.provenance.value, **cause}


def _completeness(completeness: Completeness) -> Json:
    return {"wanted": completeness.wanted, "collected": completeness.collected, "rate": number(completeness.rate)}


def number(value: Decimal | None) -> int | float | None:
    """Return a JSON number, whole where it is."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

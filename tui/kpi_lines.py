"""The catalogue of KPIs as lines under its categories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.kpi import Completeness, KpiReport, KpiResult
    from audit.kpi_levels import KpiStatus
    from checklists.model import Checklist
    from checklists.text import Lang

NOTHING = "–"
_SOURCES = {"stated": Text("提供", "said"), "seen": Text("看到", "seen"), "recomputed": Text("复算", "own")}
_MARKS = {"met": ("✓", "full"), "near": ("~", "part"), "missed": ("✗", "zero"), "missing": ("✗", "zero")}
_CATEGORY = Text(
    "{name}（{department}）：需 {wanted} 个数，已收集 {collected} 个",
    "{name} ({department}): {collected} of {wanted} figures collected",
)


@dataclass(frozen=True, slots=True)
class KpiLine:
    """A KPI, or the heading of a category."""

    id: str
    heading: bool
    cells: Mapping[str, str]
    look: str = ""
    """Class of its mark."""


def kpi_lines(checklist: Checklist, report: KpiReport, lang: Lang) -> list[KpiLine]:
    """Return the KPIs in scope under their categories."""
    lines = []
    for own_id, share in report.categories.items():
        name = checklist.kpi_categories[own_id].name.of(lang) if own_id in checklist.kpi_categories else own_id
        head = {"name": name, "data": f"{share.collected}/{share.wanted}"}
        lines.append(KpiLine(own_id, True, head))
        lines += [_line(result, lang) for result in report.kpis if result.kpi.category == own_id]
    return lines


def _line(result: KpiResult, lang: Lang) -> KpiLine:
    mark, look = mark_of(result)
    known = result.provenance is not None and result.value is not None
    cells = {
        "id": result.id,
        "name": result.kpi.name.of(lang),
        "value": number(result),
        "unit": result.kpi.unit.of(lang),
        "limits": _limits(result),
        "status": f"{mark} {result.words.of(lang)}",
        "source": _SOURCES[result.provenance].of(lang) if known and result.provenance else "",
        "data": f"{result.collected}/{result.wanted}",
        "formula": result.kpi.formula.of(lang),
    }
    return KpiLine(result.id, False, cells, look)


def mark_of(result: KpiResult) -> tuple[str, str]:
    """Return the mark of a KPI's status and its class."""
    if result.conflicts:
        return "!", "conflict"
    status: KpiStatus | None = result.status
    return _MARKS[status] if status is not None else (".", "")


def number(result: KpiResult) -> str:
    """Return the value used as it is shown."""
    from checklists.points import plain

    if result.value is not None:
        return plain(result.value)
    return "NA" if result.status is not None else NOTHING


def _limits(result: KpiResult) -> str:
    from checklists.points import plain

    found = [NOTHING if limit is None else plain(limit) for limit in (result.limits.passing, result.limits.target)]
    return "/".join(found) if result.kpi.levels else ""


def share_text(name: Text, share: Completeness) -> Text:
    """Return how complete something is."""
    return Text("{name} {done}/{wanted}", "{name} {done}/{wanted}").format(
        name=name, done=share.collected, wanted=share.wanted
    )


def category_text(checklist: Checklist, report: KpiReport, own_id: str) -> Text:
    """Return what is said of a category."""
    category, share = checklist.kpi_categories[own_id], report.categories[own_id]
    department = checklist.department(category.department)
    named = department.name if department else same(category.department)
    return _CATEGORY.format(name=category.name, department=named, wanted=share.wanted, collected=share.collected)

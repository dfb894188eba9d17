"""All weak items of an audit: from its items, its KPIs and what people found in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.attainable import target_answers
from audit.findings import WeakItem, item_findings, weak_items
from audit.interviews import findings_of, weak_findings
from audit.kpi import kpi_report
from audit.kpi_findings import kpi_findings

if TYPE_CHECKING:
    from audit.kpi import KpiReport
    from audit.scorecard import Scorecard
    from audit.session import AuditSession
    from audit.state import AuditState
    from checklists.model import Checklist


def weak_of(session: AuditSession) -> tuple[WeakItem, ...]:
    """Return the weak items of an audit as it stands, most points lost first."""
    kpis = kpi_report(session.checklist, session.state)
    return found_weak(session.checklist, session.state, session.scorecard, kpis)


def found_weak(checklist: Checklist, state: AuditState, scorecard: Scorecard, kpis: KpiReport) -> tuple[WeakItem, ...]:
    """Return the weak items out of what was computed of an audit, most points lost first."""
    more = [*kpi_findings(checklist, kpis, state.departments), *weak_findings(findings_of(checklist, state))]
    return tuple(weak_items(item_findings(scorecard, target_answers(checklist, kpis)), more))

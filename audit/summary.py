"""AuditSummary: what a screen or a report shows, put together once; reports take nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.attainable import target_answers
from audit.details import KIND_NAMES
from audit.evidence import Evidence, evidence_of, thumbnails_of
from audit.findings import WeakItem, item_findings, weak_items
from audit.interviews import Finding, Interview, findings_of, interviews_of, weak_findings
from audit.kpi import KpiReport, kpi_report
from audit.kpi_findings import kpi_findings
from audit.records import Grid, drawn_sets
from audit.scoring import department_weights
from audit.state import AuditKind, AuditStatus, Note, Signature
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from audit.scorecard import Scorecard
    from audit.session import AuditSession
    from checklists.model import Checklist


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """One audit, read at one moment."""

    ref: str
    dealer_code: str
    dealer: Text
    """Name of the dealership as it was when the audit began."""
    city: str
    date: str
    """ISO 8601."""
    kind: AuditKind
    status: AuditStatus
    auditors: tuple[str, ...]
    participants: tuple[str, ...]
    contact: str
    scope: tuple[Text, ...]
    """Names of the departments in scope; all of them for a whole audit."""
    whole: bool
    """Whether all departments are in scope."""
    checklist: Checklist
    scorecard: Scorecard
    weights: Mapping[str, Fraction]
    """Department weights by id; empty where points count as they are."""
    weak_items: tuple[WeakItem, ...]
    notes: Mapping[str, tuple[Note, ...]]
    """By item id."""
    conflicts: tuple[str, ...]
    """Items (and details) with different answers side by side."""
    late: int
    """Entries that arrived after signing and are not scored."""
    signature: Signature | None
    interviews: tuple[Interview, ...] = ()
    records: tuple[Grid, ...] = ()
    """Sample sets that were drawn, by their ids in order."""
    findings: tuple[Finding, ...] = ()
    """In people's own words; merged ones among them."""
    evidence: tuple[Evidence, ...] = ()
    """Files behind the answers, in the checklist's order."""
    thumbnails: Mapping[str, bytes] = field(default_factory=dict)
    """Small JPEG pictures by file hash; filled for reports only (see `summarize`)."""
    kpis: KpiReport = field(default_factory=KpiReport)

    @property
    def kind_name(self) -> Text:
        """The kind of audit in words."""
        return KIND_NAMES[self.kind]


def summarize(session: AuditSession, *, pictures: bool = False) -> AuditSummary:
    """Put together what is known of an audit.

    Args:
        session: the audit.
        pictures: read the thumbnails of evidence too, which a report shows.
    """
    state, details = session.state, session.state.details
    scorecard = session.scorecard
    kpis = kpi_report(session.checklist, state)
    named = details["dealership"]
    evidence = evidence_of(session)
    findings = findings_of(session.checklist, state)
    more = [*kpi_findings(session.checklist, kpis, state.departments), *weak_findings(findings)]
    return AuditSummary(
        ref=session.ref,
        dealer_code=state.dealer,
        dealer=Text(named["zh"], named["en"]),
        city=named["city"],
        date=details["date"],
        kind=AuditKind(details["kind"]),
        status=state.status,
        auditors=tuple(details["auditors"]),
        participants=tuple(details["participants"]),
        contact=details["contact"],
        scope=tuple(d.department.name for d in scorecard.departments),
        whole=not state.departments,
        checklist=session.checklist,
        scorecard=scorecard,
        weights=department_weights(session.checklist, state),
        weak_items=tuple(weak_items(item_findings(scorecard, target_answers(session.checklist, kpis)), more)),
        notes=state.notes,
        conflicts=tuple(slot.partition(":")[2] for slot in sorted(state.conflicts)),
        late=len(state.late),
        signature=state.signature,
        evidence=evidence,
        thumbnails=thumbnails_of(session.store, evidence) if pictures else {},
        interviews=interviews_of(session.checklist, state),
        findings=findings,
        records=tuple(drawn_sets(session.checklist, state).values()),
        kpis=kpis,
    )

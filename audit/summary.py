"""AuditSummary: what a screen or a report shows, put together once; reports take nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from audit.amending import as_signed, sealed_scorecard
from audit.changes import Change, changes_of
from audit.coaching import DirectionEffect, direction_effects
from audit.confirming import FollowUp, is_visit, visit_of
from audit.details import KIND_NAMES
from audit.earlier import EarlierAudit, earlier_audit
from audit.evidence import Evidence, evidence_of, thumbnails_of
from audit.forecast import Forecast, forecast
from audit.interviews import Finding, Interview, findings_of, interviews_of
from audit.kpi import KpiReport, kpi_report
from audit.objecting import Objection, objection_due, objections_of
from audit.plan import Plan, Status, plan_of
from audit.records import Grid, drawn_sets
from audit.routing import best_route
from audit.scoring import department_weights
from audit.state import Amendment, AuditKind, AuditStatus, Note, Signature
from audit.weak import found_weak
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from audit.closing import Finalized, Scan
    from audit.findings import WeakItem
    from audit.route import Route
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
    objections: tuple[Objection, ...] = ()
    """By their numbers."""
    objection_due: str = ""
    """Last day on which objections are raised in time, ISO 8601; empty while the audit is not signed."""
    amendments: tuple[Amendment, ...] = ()
    """Item by item in the checklist's order, oldest first; those that do not stand among them."""
    on_site: Scorecard | None = None
    """As it was signed, where amendments changed answers since; None where the scorecard is what was signed."""
    changes: tuple[Change, ...] = ()
    """Who changed what after signing, oldest first; without the plan."""
    finalized: Finalized | None = None
    scans: tuple[Scan, ...] = ()
    """The signed, stamped paper."""
    plan: Plan = field(default_factory=Plan)
    """The improvement plan; empty until it is drafted."""
    follow_up: FollowUp | None = None
    """What a follow-up visit asked and found; None of any other audit."""
    effects: tuple[DirectionEffect, ...] = ()
    """What each coaching direction brings, most points regained first; with the two below see `summarize`."""
    earlier: EarlierAudit | None = None
    """The dealership's last signed audit before this one."""
    forecast: Forecast | None = None
    """The total by date if the plan holds; None without a plan that names days."""
    route: Route | None = None
    """The route to the points to pass; only where it was asked for (see `summarize`)."""

    masked: bool = False
    """Whether plates, VIN, phones and names were taken out for a copy that leaves the dealership."""

    @property
    def kind_name(self) -> Text:
        """The kind of audit in words."""
        return KIND_NAMES[self.kind]


def summarize(
    session: AuditSession, *, pictures: bool = False, route: bool = False, ahead: bool = True
) -> AuditSummary:
    """Put together what is known of an audit.

    Args:
        session: the audit.
        pictures: read the thumbnails of evidence too, which a report shows.
        route: find the route to the points to pass too, which is for the consultant and not for the dealership.
        ahead: look at the audit before and at what comes of directions and plan too, which takes many scorings; what
            shows the score alone leaves that out.

    Raises:
        RouteNotFound: when finding the route takes too long.
    """
    summary = _closed(session, _collected(session, _scored(session)))
    if ahead:
        summary = _ahead(session, summary)
    if pictures:
        late = [piece for objection in summary.objections for piece in objection.files]
        summary = replace(summary, thumbnails=thumbnails_of(session.store, [*summary.evidence, *late]))
    if route:
        summary = replace(summary, route=best_route(session.checklist, session.state, summary.weak_items))
    return summary


def _scored(session: AuditSession) -> AuditSummary:
    """Return what was audited, the points and the weak items."""
    state, details, scorecard = session.state, session.state.details, session.scorecard
    kpis = kpi_report(session.checklist, state)
    named = details["dealership"]
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
        weak_items=found_weak(session.checklist, state, scorecard, kpis),
        notes=state.notes,
        conflicts=tuple(slot.partition(":")[2] for slot in sorted(state.unsettled)),
        late=sum(entry.hash not in state.closing.taken_over for entry in state.late),
        signature=state.signature,
        kpis=kpis,
    )


def _collected(session: AuditSession, summary: AuditSummary) -> AuditSummary:
    """Add what lies behind the answers: records, evidence, and what people said."""
    state, checklist = session.state, session.checklist
    return replace(
        summary,
        evidence=evidence_of(session),
        interviews=interviews_of(checklist, state),
        findings=findings_of(checklist, state),
        # The sheets as they were read on site: an item amended to not applicable stays on its sheet.
        records=tuple(drawn_sets(checklist, as_signed(state)).values()),
        follow_up=visit_of(session) if is_visit(state) else None,
    )


def _closed(session: AuditSession, summary: AuditSummary) -> AuditSummary:
    """Add what was said and agreed after signing."""
    state = session.state
    return replace(
        summary,
        objections=objections_of(session.checklist, state),
        objection_due=objection_due(state),
        amendments=_amendments(session),
        on_site=sealed_scorecard(session) if state.as_signed else None,
        changes=changes_of(session),
        finalized=state.finalized,
        scans=state.closing.scans,
        plan=plan_of(session, summary.weak_items),
    )


def _ahead(session: AuditSession, summary: AuditSummary) -> AuditSummary:
    """Add the audit before, and what the directions and the plan bring."""
    checklist, state, weak = session.checklist, session.state, summary.weak_items
    due = [(a.due, a.answers) for a in summary.plan.actions if a.due and a.status is not Status.CANCELLED]
    return replace(
        summary,
        effects=direction_effects(checklist, state, weak, summary.kpis),
        earlier=earlier_audit(session),
        forecast=forecast(checklist, state, weak, due) if due else None,
    )


def _amendments(session: AuditSession) -> tuple[Amendment, ...]:
    """Return all amendments, item by item in the checklist's order."""
    by_item = session.state.amendments
    order = {own_id: place for place, own_id in enumerate(session.checklist.items)}
    return tuple(a for item in sorted(by_item, key=lambda i: (order.get(i, len(order)), i)) for a in by_item[item])

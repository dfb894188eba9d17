"""The dealership's last signed audit before this one: what stands beside the new result."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.beginning import audits_of
from audit.findings import item_findings
from audit.journal import Author, Journal
from audit.kpi import kpi_report
from audit.kpi_findings import kpi_findings
from audit.listing import frame_of
from audit.session import AuditSession
from audit.state import CREATED, AuditKind, fold
from checklists.text import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from audit.findings import WeakItem
    from audit.state import AuditState
    from audit.store.rows import StreamRow
    from audit.store.store import Store
    from checklists.model import Checklist

_READER = Author("-", "-")
_BY_OTHERS = frozenset({AuditKind.ON_SITE.value, AuditKind.RE_AUDIT.value})


@dataclass(frozen=True, slots=True)
class EarlierAudit:
    """An earlier audit of the same dealership with the same checklist, whatever its version."""

    ref: str
    date: str
    """ISO 8601."""
    earned: Decimal
    """The total's points; a plain sum where the audit was of some departments only (`whole`)."""
    possible: Decimal
    passed: bool | None
    whole: bool
    departments: Mapping[str, tuple[Decimal, Decimal]]
    """(earned, possible) by department id; those that were in its scope."""
    weak: frozenset[str]
    """What was weak then: ids of items and KPIs, under today's names."""

    def recurs(self, weak: WeakItem) -> bool:
        """Say whether a weak item of today was one then; findings in people's own words never are."""
        return bool({"item", "kpi"} & set(weak.sources)) and weak.number in self.weak


def earlier_audit(session: AuditSession) -> EarlierAudit | None:
    """Return the dealership's last signed audit before this one, with the same checklist, that covered all of this one.

    Audits that were put aside do not count, nor do follow-up visits, nor self-assessments beside an audit by others; an
    audit that cannot be read is passed over.
    """
    checklist = session.checklist
    created = next((entry.time for entry in session.journal.entries if entry.slot == CREATED), "")
    own = _Frame("", session.state, str(session.state.details["date"]), created, signed=False)
    before = [
        frame
        for frame in _frames(session.store, session)
        if frame.signed and frame.moment < own.moment and _comparable(frame.state, own.state)
    ]
    for frame in sorted(before, key=lambda one: one.moment, reverse=True):
        with suppress(UserError):
            return _read(AuditSession.open(session.store, frame.ref, _READER), checklist)
    return None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What an audit is, without its items."""

    ref: str
    state: AuditState
    date: str
    created: str
    signed: bool

    @property
    def moment(self) -> tuple[str, str]:
        """Its place in time: by the day of the visit, then by when it was begun."""
        return self.date, self.created


def _frames(store: Store, session: AuditSession) -> list[_Frame]:
    """Return the frames of the dealership's other audits."""
    refs = set(audits_of(store, session.state.dealer)) - {session.ref}
    rows = [row for row in store.streams("audit") if row.ref in refs] if refs else []
    return [frame for row in rows if (frame := _frame(store, row)) is not None]


def _frame(store: Store, row: StreamRow) -> _Frame | None:
    with suppress(UserError):
        entries = frame_of(store, row)
        state = fold(Journal(entry for entry in entries if entry.kind != "seal"))
        created = next((entry.time for entry in entries if entry.slot == CREATED), "")
        signed = any(entry.kind == "seal" for entry in entries)
        return _Frame(row.ref, state, str(state.details["date"]), created, signed)
    return None


def _comparable(earlier: AuditState, now: AuditState) -> bool:
    """Say whether an earlier audit may stand beside this one."""
    kinds = _BY_OTHERS | ({AuditKind.SELF.value} if now.details["kind"] == AuditKind.SELF else frozenset())
    covered = not earlier.departments or (bool(now.departments) and set(now.departments) <= set(earlier.departments))
    same_dealer = earlier.dealer.casefold() == now.dealer.casefold()
    same_checklist = earlier.checklist["id"] == now.checklist["id"]
    return same_dealer and same_checklist and covered and not earlier.aside and earlier.details["kind"] in kinds


def _read(session: AuditSession, today: Checklist) -> EarlierAudit:
    scorecard, state = session.scorecard, session.state
    kpis = kpi_report(session.checklist, state)
    weak = [*item_findings(scorecard), *kpi_findings(session.checklist, kpis)]
    # An item may have been renamed since, or have its former name here where the earlier audit asked a newer version.
    renamed = {new: old for old, new in session.checklist.former.items() if old in today.items}
    names = {today.former.get(one.number, renamed.get(one.number, one.number)) for one in weak}
    total = scorecard.total
    return EarlierAudit(
        ref=session.ref,
        date=str(state.details["date"]),
        earned=total.earned,
        possible=total.possible,
        passed=total.passed,
        whole=not state.departments,
        departments={one.department.id: (one.earned, one.possible) for one in scorecard.departments},
        weak=frozenset(names),
    )

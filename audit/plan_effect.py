"""What later audits found of the weak items that a plan answers: cured or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from audit.session import AuditSession
from audit.state import AuditKind, AuditStatus, ItemState
from audit.weak import weak_of
from checklists.text import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.listing import Unreadable
    from audit.plan import Action


@dataclass(frozen=True, slots=True)
class Seen:
    """What one later audit, signed, says of the weak items of an earlier one."""

    ref: str
    date: str
    """ISO 8601."""
    kind: AuditKind
    auditor: str
    """Who signed it for the auditors."""
    cured: Mapping[str, bool]
    """By the number in the earlier audit: whether it is cured; what was not looked at is not in it."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """By number, what a follow-up visit noted."""

    def of(self, action: Action) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what of an action is cured and what is not, by number: of its weak items, or the action itself."""
        asked = (*action.answers, action.number)
        cured, left = (tuple(n for n in asked if self.cured.get(n) is verdict) for verdict in (True, False))
        return cured, left


class LaterAudits(NamedTuple):
    """What is known of the audits after one."""

    seen: tuple[Seen, ...] = ()
    """The signed re-audits and follow-up visits, oldest first."""
    unreadable: tuple[Unreadable, ...] = ()
    """The dealership's audits that cannot be read: whether they are among them nobody knows."""


def later_audits(session: AuditSession) -> LaterAudits:
    """Return what the signed re-audits and follow-up visits of an audit found."""
    from audit.beginning import audits_of
    from audit.listing import Unreadable

    refs = set(audits_of(session.store, session.state.dealer)) - {session.ref}
    found, unreadable = list[Seen](), list[Unreadable]()
    for row in session.store.streams("audit"):
        if row.ref not in refs:
            continue
        try:
            later = AuditSession(session.store, row.id, row.ref, session.author)
            named = later.state.details.get("earlier")
            if named is not None and named["stream"] == session.own_id and later.state.status is not AuditStatus.OPEN:
                found.append(seen_by(later, session))
        except UserError as error:
            unreadable.append(Unreadable(row.ref, error.text))
    return LaterAudits(tuple(sorted(found, key=lambda each: (each.date, each.ref))), tuple(unreadable))


def seen_by(later: AuditSession, earlier: AuditSession) -> Seen:
    """Return what a later audit says of the earlier one's weak items."""
    from audit.follow_up import confirmations

    details, signature = later.state.details, later.state.signature
    kind = AuditKind(details["kind"])
    cured: dict[str, bool] = {}
    notes: dict[str, str] = {}
    if kind is AuditKind.FOLLOW_UP:
        for each in confirmations(later):
            if each.confirmed is not None:
                cured[each.number], notes[each.number] = each.confirmed, each.note
    else:
        cured = _rescored(later, earlier)
    return Seen(later.ref, details["date"], kind, signature.auditor if signature else "", cured, notes)


def _rescored(later: AuditSession, earlier: AuditSession) -> dict[str, bool]:
    """Return which weak items a whole new audit does not find again; only items and KPIs that it looked at."""
    still = {weak.number for weak in weak_of(later)}
    former = {old: new for new, item in later.checklist.items.items() for old in (new, *item.former_ids)}
    looked = {
        score.item.id for score in later.scorecard.items if score.state in {ItemState.ANSWERED, ItemState.NO_DATA}
    }
    cured = {}
    for weak in weak_of(earlier):
        now = former.get(weak.number, "")
        if weak.item is not None and now in looked:
            cured[weak.number] = now not in still
    return cured

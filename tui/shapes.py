"""Audits, dealerships and checklists as JSON: what scripts read."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.dealers import Dealer
    from audit.history import Event
    from audit.listing import Listed
    from audit.session import AuditSession
    from audit.summary import AuditSummary
    from audit.verify import Verification
    from checklists.model import Checklist, Department
    from checklists.text import Lang

Shape = dict[str, object]


def listed_shape(audit: Listed, lang: Lang) -> Shape:
    """Return one audit of `audit list`."""
    return {
        "ref": audit.ref,
        "dealer": {"code": audit.dealer_code, "name": audit.dealer.of(lang)},
        "city": audit.city,
        "date": audit.date,
        "kind": audit.kind.value,
        "status": audit.status.value,
        "aside": audit.aside,
        "checklist": audit.checklist,
        **_points(audit),
        "standing": audit.standing or None,
        "answered": audit.counts.answered,
        "open": audit.counts.open,
        "items": audit.counts.items,
        "conflicts": audit.conflicts,
    }


def _points(audit: Listed) -> Shape:
    """Return the points of an audit; a follow-up visit has none, but what it confirmed."""
    if audit.confirmed is None:
        return {"earned": audit.earned, "possible": audit.possible, "passed": audit.passed}
    return {"confirmed": audit.confirmed[0], "asked": audit.confirmed[1]}


def audit_line(summary: AuditSummary, lang: Lang) -> Shape:
    """Return how `audit show` begins."""
    total = summary.scorecard.total
    begins: Shape = {
        "ref": summary.ref,
        "dealer": {"code": summary.dealer_code, "name": summary.dealer.of(lang)},
        "date": summary.date,
        "kind": summary.kind.value,
        "status": summary.status.value,
        "checklist": summary.checklist.id,
    }
    if summary.follow_up is not None:
        return {**begins, "confirmed": summary.follow_up.confirmed, "asked": len(summary.follow_up.items)}
    return {
        **begins,
        "earned": total.earned,
        "possible": total.possible,
        "passed": total.passed,
        "answered": total.counts.answered,
        "items": total.counts.items,
    }


def audit_shape(session: AuditSession, summary: AuditSummary, lang: Lang) -> Shape:
    """Return `audit show`: everything recorded but points."""
    from audit.answers import reason_text
    from audit.reaudit import earlier_ref, is_blind
    from audit.state import ItemState
    from reports.closing_json import closing_json, signature_json
    from reports.follow_up_json import follow_up_json

    state = session.state
    answers = [
        {
            "item": item.item.id,
            "state": item.answer.state.value,
            "value": item.answer.value,
            "reason": reason_text(item.answer, item.item).of(lang),
            "notes": [note.text for note in summary.notes.get(item.item.id, ())],
        }
        for item in summary.scorecard.items
    ]
    return {
        **audit_line(summary, lang),
        "checklist": dict(state.checklist),
        "city": summary.city,
        "departments": [d.department.id for d in summary.scorecard.departments],
        "auditors": list(summary.auditors),
        "assignments": dict(state.details.get("assignments") or {}),
        "participants": list(summary.participants),
        "contact": summary.contact,
        "open": [i.item.id for i in summary.scorecard.items if i.state is ItemState.OPEN],
        "conflicts": conflicts_shape(session, lang),
        "late": summary.late,
        "flags": [i.item.id for i in summary.scorecard.items if i.item.id in state.flags],
        "aside": state.aside,
        "earlier": earlier_ref(state),
        "blind": is_blind(state),
        "signature": signature_json(summary),
        **closing_json(summary, lang),
        "answers": answers,
        **({} if summary.follow_up is None else {"follow_up": follow_up_json(summary.follow_up, lang)}),
    }


def conflicts_shape(session: AuditSession, lang: Lang) -> list[Shape]:
    """Return the slots in which different values stand side by side, with their entries."""
    from audit.history import Standing, history

    in_conflict: dict[str, list[Event]] = {}
    for event in history(session) if session.state.conflicts else ():
        if event.standing is Standing.CONFLICT:
            in_conflict.setdefault(event.subject, []).append(event)
    return [
        {"subject": subject, "entries": [event_shape(event, lang) for event in events]}
        for subject, events in in_conflict.items()
    ]


def event_shape(event: Event, lang: Lang) -> Shape:
    """Return one entry of `audit history`."""
    entry = event.entry
    return {
        "entry": entry.hash,
        "time": entry.time,
        "person": entry.person,
        "device": entry.device,
        "kind": entry.kind,
        "subject": event.subject,
        "what": event.what.of(lang),
        "standing": event.standing.value,
    }


def verification_shape(ref: str, found: Verification, lang: Lang) -> Shape:
    """Return `audit verify`."""
    return {
        "ref": ref,
        "intact": found.intact,
        "entries": found.entries,
        "seal": found.seal,
        "problems": [problem.of(lang) for problem in found.problems],
    }


def dealer_shape(dealer: Dealer) -> Shape:
    """Return one dealership of `dealer list`."""
    return asdict(dealer) | {"aliases": list(dealer.aliases)}


def checklist_shape(checklist: Checklist, departments: list[Department], lang: Lang) -> Shape:
    """Return `checklist show`."""
    from checklists.points import pass_points
    from tui.checklist_shape import catalogues
    from tui.item_shape import item_shape

    return {
        "id": checklist.id,
        "version": checklist.version,
        "hash": checklist.hash,
        "title": checklist.title.of(lang),
        "total": checklist.total,
        "pass_points": pass_points(checklist.pass_rate, checklist.total),
        "departments": [
            {
                "id": department.id,
                "name": department.name.of(lang),
                "points": department.points,
                "pass_points": department.pass_points,
                "sections": [
                    {
                        "id": section.id,
                        "name": section.name.of(lang),
                        "points": section.points,
                        "pass_points": pass_points(section.pass_rate, section.points),
                        "items": [item_shape(checklist, item, lang) for item in section.items],
                    }
                    for section in department.sections
                ],
            }
            for department in departments
        ],
        **catalogues(checklist, lang),
    }

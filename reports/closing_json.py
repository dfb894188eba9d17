"""The closing meeting as JSON: in `score --json` and `audit show --json` alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.evidence_json import evidence_json

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.objecting import Objection
    from audit.state import Amendment, Answer
    from audit.summary import AuditSummary
    from checklists.text import Lang

Json = dict[str, Any]


def closing_json(summary: AuditSummary, lang: Lang) -> Json:
    """Return what came after the signature: objections, amendments, changes, the final word, the signed paper."""
    on_site, final = summary.on_site, summary.finalized
    return {
        "objection_due": summary.objection_due or None,
        "objections": [_objection(objection) for objection in summary.objections],
        "amendments": [_amendment(amendment) for amendment in summary.amendments],
        "on_site": None
        if on_site is None
        else {
            "earned": _number(on_site.total.earned),
            "possible": _number(on_site.total.possible),
            "result": on_site.verdict.result.value if on_site.verdict.result else None,
        },
        "changes": [
            {"time": change.time, "person": change.person, "item": change.item or None, "what": change.what.of(lang)}
            for change in summary.changes
        ],
        "final": None if final is None else {"by": final.by, "person": final.person, "time": final.time},
        "scans": [
            {"name": s.name, "file": s.file, "media": s.media, "size": s.size, "person": s.person, "time": s.time}
            for s in summary.scans
        ],
    }


def signature_json(summary: AuditSummary) -> Json | None:
    """Return who signed, how, and the seal; None while nobody has."""
    signature = summary.signature
    if signature is None:
        return None
    return {
        "auditor": signature.auditor,
        "dealer_representative": signature.dealer_representative,
        "time": signature.time,
        "seal": signature.seal,
        "code": signature.code,
        "consent": signature.consent.value,
        "witness": signature.witness,
        "reservations": signature.reservations,
    }


def _objection(objection: Objection) -> Json:
    return {
        "id": objection.id,
        "item": objection.item,
        "by": objection.by,
        "text": objection.text,
        "time": objection.time,
        "person": objection.person,
        "due": objection.due,
        "late": objection.late,
        "evidence": [evidence_json(piece) for piece in objection.files],
        "decision": objection.decision.value,
        "answer": objection.answer,
        "decided_by": objection.decided_by,
        "decided_at": objection.decided_at or None,
        "earlier": [
            {"decision": e.decision.value, "answer": e.answer, "decided_by": e.decided_by, "decided_at": e.decided_at}
            for e in objection.earlier
        ],
        "settled_by": objection.settled_by,
        "settled_at": objection.settled_at,
        "disputed": _answer(objection.disputed),
        "amended": None if objection.amended is None else _answer(objection.amended),
        "before": _number(objection.before),
        "after": _number(objection.after),
    }


def _amendment(amendment: Amendment) -> Json:
    return {
        "item": amendment.item,
        "before": _answer(amendment.before),
        "after": _answer(amendment.after),
        "points_before": _number(amendment.points_before),
        "points_after": _number(amendment.points_after),
        "reason": amendment.reason,
        "person": amendment.person,
        "time": amendment.time,
        "objection": amendment.objection,
        "stands": amendment.stands,
        "conflict": amendment.conflict,
        "settled_by": amendment.settled_by,
        "settled_at": amendment.settled_at,
        "entry": amendment.entry,
    }


def _answer(answer: Answer) -> Json:
    return {"state": answer.state.value, "value": answer.value, "reason": answer.reason}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)

"""A scorecard as one JSON object: what `score --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.clock import today
from reports.closing_json import closing_json, signature_json
from reports.coaching_json import earlier_json, effect_json, forecast_json
from reports.evidence_json import evidence_json
from reports.follow_up_json import follow_up_json
from reports.interview_json import finding_json, interview_json
from reports.kpi_json import kpi_json
from reports.plan_json import action_json
from reports.records_json import set_json
from reports.remarks import rounded_factor

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.confirming import FollowUp
    from audit.findings import WeakItem
    from audit.scorecard import DepartmentScore, ItemScore, Level, SectionScore
    from audit.summary import AuditSummary
    from checklists.text import Lang

Json = dict[str, Any]


def score_json(summary: AuditSummary, lang: Lang) -> Json:
    """Return the audit's scorecard, verdict and weak items.

    Numbers have at most two decimals, rates and factors four; names and sentences are in `lang`; ids are the same in
    both languages.
    """
    if summary.follow_up is not None:
        return _visit(summary, summary.follow_up, lang)
    scorecard = summary.scorecard
    grade = scorecard.grade
    return {
        "audit": _audit(summary, lang),
        "checklist": {
            "id": summary.checklist.id,
            "version": summary.checklist.version,
            "hash": summary.checklist.hash,
        },
        "total": _level(scorecard.total, scorecard.total.bonus),
        "departments": [_department(department, lang) for department in scorecard.departments],
        "verdict": {
            "result": scorecard.verdict.result.value if scorecard.verdict.result else None,
            "reasons": [
                {
                    "code": reason.code,
                    "text": reason.text.of(lang),
                    "by": _number(reason.by),
                    "decides": reason.decides,
                }
                for reason in scorecard.verdict.reasons
            ],
        },
        "grade": {"id": grade.id, "name": grade.name.of(lang)} if grade else None,
        "closing": closing_json(summary, lang),
        "weak_items": [_weak(weak, summary, lang) for weak in summary.weak_items],
        "plan": [action_json(action, lang, today()) for action in summary.plan.actions],
        "effects": [effect_json(effect, lang) for effect in summary.effects],
        "earlier": earlier_json(summary.earlier),
        "forecast": forecast_json(summary.forecast),
        "kpis": {key: part for key, part in kpi_json(summary, lang).items() if key != "audit"},
        "records": [set_json(grid, lang) for grid in summary.records],
        "evidence": [evidence_json(piece) for piece in summary.evidence],
        "interviews": [interview_json(interview, lang) for interview in summary.interviews],
        "findings": [finding_json(finding) for finding in summary.findings],
    }


def _visit(summary: AuditSummary, visit: FollowUp, lang: Lang) -> Json:
    """Return a follow-up visit: what is cured and the evidence, and no points anywhere."""
    return {
        "audit": _audit(summary, lang),
        "checklist": {
            "id": summary.checklist.id,
            "version": summary.checklist.version,
            "hash": summary.checklist.hash,
        },
        "follow_up": follow_up_json(visit, lang),
        "evidence": [evidence_json(piece) for piece in summary.evidence],
    }


def _audit(summary: AuditSummary, lang: Lang) -> Json:
    signature = summary.signature
    return {
        "ref": summary.ref,
        "dealer": {"code": summary.dealer_code, "name": summary.dealer.of(lang)},
        "city": summary.city,
        "date": summary.date,
        "kind": summary.kind.value,
        "status": summary.status.value,
        "auditors": list(summary.auditors),
        "participants": list(summary.participants),
        "contact": summary.contact,
        "departments": [d.department.id for d in summary.scorecard.departments],
        "whole": summary.whole,
        "conflicts": list(summary.conflicts),
        "late": summary.late,
        "seal": signature.seal if signature else None,
        "signature": signature_json(summary),
    }


def _level(level: Level, bonus: Decimal | int = 0) -> Json:
    counts = level.counts
    return {
        "earned": _number(level.earned),
        "possible": _number(level.possible),
        "pass_points": _number(level.pass_points),
        "rate": _number(level.rate),
        "passed": level.passed,
        "points_lost": _number(level.points_lost),
        "bonus": _number(bonus),
        "worst": _number(level.worst),
        "best": _number(level.best),
        "items": counts.items,
        "answered": counts.answered,
        "not_applicable": counts.not_applicable,
        "no_case": counts.no_case,
        "no_data": counts.no_data,
        "not_assessed": counts.not_assessed,
    }


def _department(score: DepartmentScore, lang: Lang) -> Json:
    return {
        "id": score.department.id,
        "name": score.department.name.of(lang),
        **_level(score),
        "sections": [_section(section, lang) for section in score.sections],
    }


def _section(score: SectionScore, lang: Lang) -> Json:
    figures = _level(score)
    # Their number gives way to the items themselves, which have the same name.
    del figures["items"]
    return {
        "id": score.section.id,
        "name": score.section.name.of(lang),
        **figures,
        "factor": _number(rounded_factor(score.factor)) if score.factor is not None else None,
        "items": [_item(item) for item in score.items],
    }


def _item(score: ItemScore) -> Json:
    return {
        "id": score.item.id,
        "state": score.state.value,
        "earned": _number(score.earned),
        "possible": _number(score.possible),
        "points_lost": _number(score.points_lost),
        "critical": score.item.critical is not None,
        "critical_failed": score.critical_failed,
    }


def _weak(weak: WeakItem, summary: AuditSummary, lang: Lang) -> Json:
    return {
        "sources": list(weak.sources),
        "kind": weak.kind.value,
        "item": weak.item.id if weak.item else None,
        "kpi": weak.kpi,
        "department": weak.department.id,
        "section": weak.section.id if weak.section else None,
        "points_lost": _number(weak.points_lost),
        "attainable": _number(weak.attainable),
        "statement": weak.statement.of(lang),
        "direction": weak.direction,
        "questions": list(weak.questions),
        "recurring": summary.earlier.recurs(weak) if summary.earlier else None,
    }


def _number(value: Decimal | int | None) -> int | float | None:
    """Return a JSON number: whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)

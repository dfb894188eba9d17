"""Interviews and findings as JSON objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audit.interviews import Finding, Interview
    from checklists.text import Lang


def interview_json(interview: Interview, lang: Lang) -> dict[str, Any]:
    """Return one interview; its role's name is in `lang`."""
    return {
        "number": interview.number,
        "id": interview.id,
        "role": interview.role,
        "role_name": interview.role_name.of(lang),
        "person": interview.person,
        "question": interview.asked.of(lang),
        "guide": interview.guide or None,
        "note": interview.note,
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return one finding, with the numbers of what it was made of or went into."""
    return {
        "number": finding.number,
        "id": finding.id,
        "text": finding.text,
        "department": finding.department.id,
        "direction": finding.direction,
        "item": finding.item.id if finding.item else None,
        "kpi": finding.kpi,
        "interviews": [interview.number for interview in finding.interviews],
        "questions": list(dict.fromkeys(each.guide for each in finding.interviews if each.guide)),
        "merged": list(finding.parts),
        "merged_into": list(finding.merged_into),
    }

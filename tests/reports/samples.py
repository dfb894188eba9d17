"""Audits for the report tests, as short to write as the case needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.findings import item_findings, weak_items
from audit.scoring import department_weights, score
from audit.state import AuditKind, AuditState, Note, Signature
from audit.summary import AuditSummary
from checklists.text import Text
from tests.builders import checklist, department, item, section, state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checklists.model import Checklist

SEED_SECTIONS = (("M1", 195, 100), ("M2", 62, 43), ("M3", 28, 9), ("M4", 11, 7), ("M5", 24, 0), ("M6", 10, 5))
"""The front desk of seed 003: section, maximum, points earned."""


def summary_of(checklist: Checklist, state: AuditState, **more: Any) -> AuditSummary:
    scorecard = score(checklist, state)
    fields: dict[str, Any] = {
        "ref": "SH01-2014-12-30",
        "dealer_code": "SH01",
        "dealer": Text("上海XX汽车销售服务有限公司", "Shanghai XX Motors"),
        "city": "上海",
        "date": "2014-12-30",
        "kind": AuditKind.ON_SITE,
        "status": state.status,
        "auditors": ("田历杰", "王芳"),
        "participants": ("李站长",),
        "contact": "",
        "scope": tuple(d.department.name for d in scorecard.departments),
        "whole": not state.departments,
        "checklist": checklist,
        "scorecard": scorecard,
        "weak_items": tuple(weak_items(item_findings(scorecard))),
        "notes": state.notes,
        "conflicts": (),
        "late": 0,
        "weights": department_weights(checklist, state),
        "signature": state.signature,
    }
    return AuditSummary(**(fields | more))


def seed_checklist() -> Checklist:
    """A front desk of 330 points with the seed's sections, and the other 670 points in one department."""
    whole = [
        section(name, item(f"{name}-1", earned or 1), item(f"{name}-2", maximum - (earned or 1)))
        for name, maximum, earned in SEED_SECTIONS
    ]
    return checklist(
        department("front-desk", *whole), department("rest", section("R1", item("R1-1", 600), item("R1-2", 70)))
    )


def seed_answers() -> dict[str, str]:
    """Answers that give 100, 43, 9, 7, 0 and 5 points."""
    first = {f"{name}-1": "5" if earned else "0" for name, _, earned in SEED_SECTIONS}
    second = {f"{name}-2": "0" for name, _, _ in SEED_SECTIONS}
    return first | second | {"R1-1": "5", "R1-2": "0"}


def seed_front_desk() -> AuditSummary:
    """The seed's case: the front desk alone, 164 of 330 points."""
    asked = seed_checklist()
    answers = {key: value for key, value in seed_answers().items() if not key.startswith("R")}
    return summary_of(asked, state(asked, answers, departments=["front-desk"]))


def signed(summary_state: AuditState) -> AuditState:
    """The same state, signed."""
    from dataclasses import replace

    return replace(
        summary_state, signature=Signature("田历杰", "李站长", "2014-12-30T09:30:00+00:00", "0123456789abcdef" * 4)
    )


def noted(notes: Mapping[str, str]) -> dict[str, tuple[Note, ...]]:
    """Notes by item id."""
    return {item_id: (Note(text, "王芳", "2014-12-30T08:00:00+00:00"),) for item_id, text in notes.items()}

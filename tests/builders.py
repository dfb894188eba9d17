"""Small checklists and states for tests, as short to write as the case needs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audit.answers import read_answer
from audit.state import OPEN, AuditState
from checklists.model import Checklist
from checklists.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping


def text(word: str) -> Text:
    return Text(f"{word}（中）", word)


def item(item_id: str, points: str | int = 10, rule: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "id": item_id,
        "statement": text(f"{item_id} is right"),
        "weak": text(f"{item_id} is weak"),
        "evidence": text(f"look at {item_id}"),
        "points": str(points),
        "rule": rule or {"kind": "levels", "top": 5},
        "method": "walk",
        "place": "bays",
        "owner": "manager",
        "direction": "A",
        **more,
    }


def section(section_id: str, *items: dict[str, Any], pass_rate: str = "0.7", **more: Any) -> dict[str, Any]:
    points = sum((Decimal(i["points"]) for i in items), Decimal(0))
    return {
        "id": section_id,
        "name": text(section_id),
        "points": points,
        "pass_rate": pass_rate,
        "items": items,
        **more,
    }


def department(department_id: str, *sections: dict[str, Any], pass_rate: str = "0.7", **more: Any) -> dict[str, Any]:
    points = sum((s["points"] for s in sections), Decimal(0))
    return {
        "id": department_id,
        "name": text(department_id),
        "points": points,
        "pass_rate": pass_rate,
        "sections": sections,
        **more,
    }


def checklist(*departments: dict[str, Any], pass_rate: str = "0.7", **more: Any) -> Checklist:
    return Checklist.model_validate(
        {
            "id": "small",
            "version": "1",
            "title": text("small"),
            "assesses": text("something"),
            "total": sum((d["points"] for d in departments), Decimal(0)),
            "pass_rate": pass_rate,
            "departments": departments,
            "directions": {"A": {"name": text("A"), "cures": text("a"), "first_step": text("a"), "effect": text("a")}},
            "methods": {"walk": {"name": text("walk")}},
            "places": {"bays": {"name": text("bays")}},
            "roles": {"manager": {"name": text("manager")}},
            **more,
        }
    )


def simple(*points: int, **more: Any) -> Checklist:
    """One department with one section of items I1, I2 ... of so many points."""
    items = [item(f"I{n}", p) for n, p in enumerate(points, start=1)]
    return checklist(department("D", section("S", *items)), **more)


def state(of: Checklist, answers: Mapping[str, str], **details: Any) -> AuditState:
    """A state with answers as typed; "NA", "NC", "UN" get a reason, "ND" a cause, "" is open."""
    bonus = {b.id: b for b in of.bonus}
    read = {}
    for item_id, typed in answers.items():
        reason = {"NA": "none here", "NC": "searched all", "UN": "no time", "ND": "not-kept"}.get(typed[:2], "")
        if typed.startswith("ND:"):
            typed, reason = "ND", typed[3:]
        asked = bonus.get(item_id) or of.items[item_id]
        read[item_id] = read_answer(asked, typed, reason) if typed else OPEN
    return AuditState(
        checklist={"id": of.id, "version": of.version, "hash": of.hash},
        dealer="D1",
        details={"date": "2026-05-12", "departments": [], "profile": "", **details},
        answers=read,
    )


__all__ = ["checklist", "department", "item", "same", "section", "simple", "state", "text"]

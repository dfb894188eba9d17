"""Checklists with coaching directions, and audits with weak items, made up at random or as the case needs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audit.findings import WeakItem, WeakKind, item_findings, weak_items
from audit.scoring import score
from tests.builders import checklist, department, item, same, section, simple, text

if TYPE_CHECKING:
    import random

    from audit.state import AuditState
    from checklists.model import Checklist


def directions(**days: str | None) -> dict[str, Any]:
    """Directions by letter with their working days."""
    words = {name: text(name) for name in ("name", "cures", "first_step", "effect")}
    return {letter: words | ({} if effort is None else {"effort_days": effort}) for letter, effort in days.items()}


def weak_of(asked: Checklist, answered: AuditState) -> list[WeakItem]:
    return weak_items(item_findings(score(asked, answered)))


def finding(direction: str, number: str) -> WeakItem:
    """A weak item in somebody's own words, without points."""
    return WeakItem(
        kind=WeakKind.FINDING,
        sources=("interview",),
        department=simple(10).departments[0],
        section=None,
        item=None,
        kpi=None,
        number=number,
        points_lost=Decimal(0),
        statement=same("x"),
        direction=direction,
        reason=same(""),
    )


def random_case(rng: random.Random) -> tuple[Checklist, dict[str, str]]:
    answers: dict[str, str] = {}
    parts = []
    letters = "ABC"
    for d in range(rng.randint(1, 3)):
        sections = []
        for s in range(rng.randint(1, 2)):
            items = []
            for n in range(rng.randint(1, 3)):
                name = f"I{d}{s}{n}"
                more: dict[str, Any] = {"direction": rng.choice(letters)}
                if rng.random() < 0.15:
                    more["tags"] = ["safety"]
                items.append(item(name, str(Decimal(rng.randint(100, 3000)) / 100), **more))
                answers[name] = rng.choice(["0", "1", "2", "3", "5", "NA", "ND"])
            sections.append(section(f"S{d}{s}", *items))
        weighed = {"weight": str(rng.randint(1, 5))}
        parts.append((f"D{d}", sections, weighed))
    by_weight = rng.random() < 0.4
    departments = [department(name, *sections, **(weight if by_weight else {})) for name, sections, weight in parts]
    more = {"when_not_applicable": rng.choice(["redistribute", "exclude"])}
    days = {letter: str(rng.choice([1, 2, 5, "2.5", 9])) for letter in letters}
    return checklist(*departments, directions=directions(**days), **more), answers

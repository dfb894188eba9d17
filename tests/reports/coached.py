"""An audit with coaching directions, a forecast and a route."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.coaching import direction_effects
from audit.forecast import forecast
from audit.kpi import KpiReport
from audit.routing import best_route
from tests.builders import checklist, department, item, section, state, text
from tests.coaching_samples import directions
from tests.reports.samples import summary_of

if TYPE_CHECKING:
    from audit.summary import AuditSummary


def coached(**more: Any) -> AuditSummary:
    """Two departments, three directions: one of them only describes itself, one is of unknown effort."""
    known = directions(A="10", B="4.5", C=None)
    known["A"] |= {
        "steps": [{"do": text("draw lots"), "role": "manager", "days": "2"}],
        "training": text("eight hours"),
        "proof": text("signed lists"),
        "suits": text("larger ones"),
    }
    first = section("S1", item("A1", "3.33", direction="A"), item("A2", "3.33", direction="B"), item("A3", "3.34"))
    second = section("S2", item("B1", "5", direction="A"), item("B2", "5", direction="C"))
    asked = checklist(department("front", first), department("shop", second), directions=known)
    answered = state(asked, {"A1": "0", "A2": "1", "A3": "NA", "B1": "ND", "B2": "2"})
    summary = summary_of(asked, answered)
    weak = summary.weak_items
    due = [("2026-07-01", ["A1", "B1"]), ("2026-08-01", ["A2"])]
    fields: dict[str, Any] = {
        "effects": direction_effects(asked, answered, weak, KpiReport()),
        "forecast": forecast(asked, answered, weak, due),
        "route": best_route(asked, answered, weak),
    }
    return replace(summary, **(fields | more))

"""A checklist with KPIs and audits of it, for the KPI tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.dealers import Dealer
from audit.journal import Author
from audit.session import AuditSession
from checklists.text import Text
from tests.builders import checklist, department, item, section, text

if TYPE_CHECKING:
    from audit.store.store import Store
    from checklists.model import Checklist

LI = Author("Li", "laptop-1")
WANG = Author("Wang", "laptop-2")
MONTHS = ("2026-02", "2026-03", "2026-04")
"""The three months wanted by an audit of 12 May 2026."""


def series(name: str, months: int = 3, **more: Any) -> dict[str, Any]:
    return {"name": Text(f"{name}（数）", name), "months": months, **more}


def kpi(name: str, value: str, unit: Any, rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": text(name),
        "formula": text(f"how {name} is counted"),
        "unit": unit,
        "better": "higher",
        "category": "booking",
        "department": "D",
        "value": value,
        "series": rows,
        "missed": text(f"{name} is low"),
        "missing": text(f"{name} is not kept"),
        "direction": "A",
    }
    return fields | more


def kpi_checklist(**more: Any) -> Checklist:
    measure = {"kind": "measure", "unit": {"zh": "%", "en": "%"}, "zero_at": "20", "full_at": "60"}
    plan = {"kind": "measure", "unit": {"zh": "台", "en": "cars"}, "zero_at": "50", "full_at": "100", "of_plan": True}
    items = [
        item("I1", 10, measure, kpi="K10"),
        item("I2", 10, plan, kpi="K01"),
        item("I3", 10, measure, kpi="K77"),
        item("I4", 10),
    ]
    other = department("E", section("T", item("J1", 10, measure, kpi="K10")))
    kpis = {
        "K01": kpi(
            "Visits", "mean", {"zh": "台", "en": "cars"}, {"visits": series("Cars in")},
            pass_level={"value": "90", "of": "plan"}, target={"value": "100", "of": "plan"}, category="traffic",
        ),
        "K10": kpi(
            "Booked share", "ratio", {"zh": "%", "en": "%"}, {"kept": series("Kept"), "all": series("All")},
            pass_level={"value": "40"}, target={"value": "55"}, tolerance="0.05",
        ),
        "K11": kpi("Show rate", "last", {"zh": "%", "en": "%"}, {"rate": series("Rate")}, pass_level={"value": "80"}),
        "K13": kpi(
            "Wait", "last", {"zh": "分钟", "en": "min"}, {"wait": series("Minutes")}, better="lower",
            pass_level={"value": "20"}, target={"value": "10"},
        ),
        "K20": kpi("Turnover", "sum", {"zh": "元", "en": "yuan"}, {"turnover": series("Turnover yuan")},
                   better="watch", missed=None, category="traffic"),
        "K30": kpi("Elsewhere", "last", {"zh": "%", "en": "%"}, {"x": series("X", 1)}, department="E", category="other",
                   pass_level={"value": "1"}),
    }  # fmt: skip
    categories = {
        "traffic": {"name": text("Traffic"), "department": "D"},
        "booking": {"name": text("Booking"), "department": "D"},
        "other": {"name": text("Other"), "department": "E"},
    }
    return checklist(department("D", section("S", *items)), other, kpis=kpis, kpi_categories=categories, **more)


def begin(store: Store, **details: Any) -> AuditSession:
    dealer = Dealer("D1", name_zh="一号店", name_en="Dealer One")
    return AuditSession.create(store, kpi_checklist(), dealer, LI, {"date": "2026-05-12", **details})

"""What `score --json` prints: keys, nesting, order and numbers."""

from __future__ import annotations

import json
from typing import Any

from reports.as_json import score_json
from tests.builders import checklist, department, item, section, state, text
from tests.reports.samples import seed_front_desk, summary_of

FIGURES = [
    "earned",
    "possible",
    "pass_points",
    "rate",
    "passed",
    "points_lost",
    "bonus",
    "worst",
    "best",
    "items",
    "answered",
    "not_applicable",
    "no_case",
    "no_data",
    "not_assessed",
]


def test_keys_and_their_order() -> None:
    found: Any = score_json(seed_front_desk(), "zh")
    material = ["kpis", "records", "evidence", "interviews", "findings"]
    scored = ["audit", "checklist", "total", "departments", "verdict", "grade"]
    follow_up = ["closing", "weak_items", "plan", "effects", "earlier", "forecast"]
    assert list(found) == [*scored, *follow_up, *material]
    assert list(found["checklist"]) == ["id", "version", "hash"]
    assert list(found["total"]) == FIGURES
    [desk] = found["departments"]
    assert list(desk) == ["id", "name", *FIGURES, "sections"]
    assert list(desk["sections"][0]) == ["id", "name", *(f for f in FIGURES if f != "items"), "factor", "items"]
    one = ["id", "state", "earned", "possible", "points_lost", "critical", "critical_failed"]
    assert list(desk["sections"][0]["items"][0]) == one
    assert list(found["verdict"]) == ["result", "reasons"]
    assert list(found["verdict"]["reasons"][0]) == ["code", "text", "by", "decides"]
    weak = ["sources", "kind", "item", "kpi", "department", "section"]
    weak += ["points_lost", "attainable", "statement", "direction", "questions", "recurring"]
    assert list(found["weak_items"][0]) == weak


def test_the_seeds_figures() -> None:
    found: Any = score_json(seed_front_desk(), "en")
    [desk] = found["departments"]
    assert (desk["earned"], desk["possible"], desk["pass_points"], desk["rate"]) == (164, 330, 231, 0.497)
    assert desk["passed"] is False
    assert [s["rate"] for s in desk["sections"]] == [0.5128, 0.6935, 0.3214, 0.6364, 0, 0.5]
    assert found["total"]["passed"] is None
    assert found["total"]["pass_points"] is None
    assert found["verdict"]["result"] is None
    assert found["grade"] is None
    assert json.loads(json.dumps(found)) == found


def test_states_factors_and_kinds() -> None:
    items = [item("A", 8), item("B", 3), item("C", 1, critical={}), item("E", 1, kpi="K1")]
    asked = checklist(
        department("D", section("S", *items)),
        grades=[
            {"id": "low", "name": text("low"), "from": "0", "to": "0.8"},
            {"id": "high", "name": text("high"), "from": "0.8"},
        ],
    )
    summary = summary_of(asked, state(asked, {"A": "5", "B": "NA", "C": "0", "E": "ND"}))
    found: Any = score_json(summary, "en")
    [part] = found["departments"][0]["sections"]
    assert part["factor"] == 1.3
    assert part["earned"] == 10.4
    assert [i["state"] for i in part["items"]] == ["answered", "not_applicable", "answered", "no_data"]
    assert [i["critical"] for i in part["items"]] == [False, False, True, False]
    assert part["items"][2]["critical_failed"] is True
    assert part["items"][0]["critical_failed"] is None
    assert [(w["item"], w["kind"], w["kpi"], w["sources"]) for w in found["weak_items"]] == [
        ("C", "critical", None, ["item"]),
        ("E", "no_data", "K1", ["item"]),
    ]
    assert found["grade"] == {"id": "high", "name": "high"}
    assert found["verdict"]["result"] == "passed"


def test_sentences_follow_the_language() -> None:
    zh: Any = score_json(seed_front_desk(), "zh")
    en: Any = score_json(seed_front_desk(), "en")
    assert zh["departments"][0]["name"] != en["departments"][0]["name"]
    assert zh["verdict"]["reasons"][0]["text"] != en["verdict"]["reasons"][0]["text"]
    assert zh["total"] == en["total"]

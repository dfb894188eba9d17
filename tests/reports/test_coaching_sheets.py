"""The sheets of coaching directions and expected effects: what stands on them, and that it recalculates."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from audit.earlier import EarlierAudit
from reports.as_json import score_json
from reports.coaching_json import route_json
from reports.words import DIRECTIONS_SHEET, EFFECTS_SHEET
from reports.workbook import report_bytes, write_report
from tests.builders import checklist, department, item, section, state
from tests.reports.coached import coached
from tests.reports.recalculate import formulas, recalculate, soffice, values
from tests.reports.samples import summary_of

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import AuditSummary
    from checklists.text import ReportLang, Text


def cells_of(summary: AuditSummary, sheet: str, lang: ReportLang = "en") -> list[list[Any]]:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(report_bytes(summary, lang)))
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def words_of(summary: AuditSummary, sheet: str, lang: ReportLang = "en") -> str:
    return "\n".join(str(value) for row in cells_of(summary, sheet, lang) for value in row if value is not None)


def test_each_direction_with_its_weak_items_steps_training_and_proof() -> None:
    words = words_of(coached(), DIRECTIONS_SHEET.en)
    for said in ("A1 is weak", "A2 is weak", "B1 is weak", "draw lots", "manager", "eight hours", "signed lists"):
        assert said in words
    assert words.index("A  name") < words.index("C  name") < words.index("B  name")


def test_each_weak_item_stands_under_one_direction() -> None:
    rows = cells_of(coached(), DIRECTIONS_SHEET.en)
    numbers = [row[1] for row in rows if row[1] in {"A1", "A2", "B1", "B2"}]
    assert sorted(numbers) == ["A1", "A2", "B1", "B2"]


def test_recurring_ones_are_counted() -> None:
    earlier = EarlierAudit("D1-2025", "2025-01-01", Decimal(9), Decimal(20), False, True, {}, frozenset({"A1"}))
    assert "2, 1 recurring" in words_of(coached(earlier=earlier), DIRECTIONS_SHEET.en)


def test_totals_and_departments_alone_and_in_order() -> None:
    summary = coached()
    rows = cells_of(summary, EFFECTS_SHEET.en)
    lines = [row for row in rows if row[1] in {"A", "B", "C"}]
    in_order, alone = lines[:3], lines[3:6]
    assert [row[5] for row in in_order] == [float(e.cumulative_total) for e in summary.effects]
    assert [row[5] for row in alone] == [float(e.total_after) for e in summary.effects]
    assert [row[9:11] for row in alone] == [[float(p) for _, p in e.departments_after] for e in summary.effects]


def test_route_and_forecast_only_where_they_are() -> None:
    words = words_of(coached(), EFFECTS_SHEET.en)
    assert "The route to the target" in words
    assert "The total by date" in words
    without = words_of(coached(route=None, forecast=None), EFFECTS_SHEET.en)
    assert "The route to the target" not in without
    assert "The total by date" not in without


@pytest.mark.parametrize("sheet", [DIRECTIONS_SHEET, EFFECTS_SHEET])
def test_an_audit_without_weak_items_says_so(sheet: Text) -> None:
    asked = checklist(department("front", section("S", item("A1"))))
    summary = summary_of(asked, state(asked, {"A1": "5"}))
    assert "There are no weak items" in words_of(summary, sheet.en)
    assert "没有弱项" in words_of(summary, sheet.zh, "zh")


@pytest.mark.parametrize("lang", ["zh", "both"])
def test_both_languages_are_written(lang: ReportLang) -> None:
    assert report_bytes(coached(), lang)


def test_json_has_effects_earlier_forecast_and_route() -> None:
    summary = coached()
    told = score_json(summary, "en")
    first = summary.effects[0]
    assert told["effects"][0]["direction"] == first.letter
    assert told["effects"][0]["alone"]["total"] == float(first.total_after)
    assert told["effects"][0]["in_order"]["departments"].keys() == {"front", "shop"}
    assert (told["earlier"], told["weak_items"][0]["recurring"]) == (None, None)
    assert [point["date"] for point in told["forecast"]["points"]] == ["2026-05-12", "2026-07-01", "2026-08-01"]
    assert summary.route is not None
    route = route_json(summary.ref, summary.route, "zh")
    assert route["reached"] is True
    assert {one["item"] for step in route["steps"] for one in step["items"]} <= {"A1", "A2", "B1", "B2"}


@pytest.mark.libreoffice
@pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not installed, nothing can recalculate")
def test_every_formula_gives_the_value_stored_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "coached.xlsx"
    write_report(coached(), path, "en")
    (done,) = recalculate([path], tmp_path)
    stored, found, written = values(path), values(done), formulas(path)
    own = [place for place in written if place.partition("!")[0] in {DIRECTIONS_SHEET.en, EFFECTS_SHEET.en}]
    assert len(own) > 20
    differing = {p: (written[p], stored.get(p), found.get(p)) for p in own if not _same(stored.get(p), found.get(p))}
    assert not differing


def _same(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < 1e-9
    return one == other

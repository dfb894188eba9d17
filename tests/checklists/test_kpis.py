"""KPIs of a checklist: a file of their own, and every mistake in it is reported in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklists import model
from checklists.issues import IssueCode
from tests.checklists.writing import SMALL, compiled

if TYPE_CHECKING:
    from pathlib import Path

C = IssueCode
MAIN = SMALL + "kpis: kpis.yaml\n"
KPIS = """\
categories:
  booking: {name: {zh: 预约, en: Booking}, department: front}
kpis:
  K10:
    name: {zh: 预约率, en: Booked share}
    formula: {zh: 预约到店/进厂, en: shown / visits}
    fields: [booked, visits]
    unit: "%"
    better: higher
    category: booking
    department: front
    value: ratio
    series:
      booked: {name: {zh: 预约到店, en: Booked visits}, months: 12}
      visits: {name: {zh: 进厂台次, en: Visits}, months: 12}
    pass_level: {value: 40}
    target: 80
    tolerance: 2 %
    missed: {zh: 预约率低, en: Few bookings}
    missing: {zh: 预约无统计, en: Bookings not counted}
    direction: A
"""

CHANGED = [
    (C.UNKNOWN_CHOICE, "better: higher", "better: highr", 9, 'did you mean "higher"?'),
    (C.UNKNOWN_REFERENCE, "category: booking", "category: bookings", 10, 'did you mean "booking"?'),
    (C.UNKNOWN_REFERENCE, "    department: front", "    department: frnt", 11, 'did you mean "front"?'),
    (C.UNKNOWN_REFERENCE, "direction: A", "direction: Z", 21, "known are A"),
    (C.UNKNOWN_REFERENCE, "en: Booking}, department: front", "en: Booking}, department: fron", 2, "front"),
    (C.UNKNOWN_CHOICE, "value: ratio", "value: ration", 12, 'did you mean "ratio"?'),
    (C.RATIO_SERIES, "      visits: {name: {zh: 进厂台次, en: Visits}, months: 12}\n", "", 13, "two series"),
    (C.RATIO_SERIES, "en: Visits}, months: 12", "en: Visits}, months: 6", 13, "same months"),
    (C.SERIES_NAME, "      visits:", "      plan:", 15, "plan"),
    (C.LEVELS_ORDER, "target: 80", "target: 30", 17, "below pass_level (40)"),
    (C.LEVELS_ORDER, "better: higher", "better: lower", 17, "above pass_level (40)"),
    (C.LEVELS_WATCHED, "better: higher", "better: watch", 16, "only watched"),
    (C.LEVEL_MISSING, "    pass_level: {value: 40}\n", "", 16, "target needs a pass_level"),
    (C.MISSING_KEY, '    unit: "%"\n', "", 4, "unit"),
    (C.UNKNOWN_KEY, "tolerance: 2 %", "tolerence: 2 %", 18, 'did you mean "tolerance"?'),
    (C.UNKNOWN_CHOICE, "{value: 40}", "{value: 40, of: paln}", 16, 'did you mean "plan"?'),
    (C.NOT_A_NUMBER, "en: Visits}, months: 12", "en: Visits}, months: many", 15, "many"),
    (C.UNKNOWN_KEY, "kpis:", "kpi:", 3, 'did you mean "kpis"?'),
]  # fmt: skip


def test_the_kpi_file_is_part_of_the_checklist(tmp_path: Path) -> None:
    result = compiled(tmp_path, MAIN, kpis=KPIS)
    assert result.issues == ()
    checklist = result.checklist
    assert checklist is not None
    kpi = checklist.kpis["K10"]
    assert (kpi.points_wanted, kpi.value_series, kpi.unit_of("booked").zh, kpi.unit.zh) == (
        24, ("booked", "visits"), "", "%",
    )  # fmt: skip
    assert [(level.value, level.of) for level in kpi.levels] == [(40, "value"), (80, "value")]
    assert checklist.kpi_categories["booking"].department == "front"
    assert model.Checklist.from_canonical(checklist.canonical) == checklist


@pytest.mark.parametrize(("code", "old", "new", "line", "words"), CHANGED)
def test_one_mistake_in_a_kpi(tmp_path: Path, code: IssueCode, old: str, new: str, line: int, words: str) -> None:
    assert old in KPIS
    result = compiled(tmp_path, MAIN, kpis=KPIS.replace(old, new, 1))
    found = [(i.code, i.file, i.line) for i in result.issues]
    if code is C.RATIO_SERIES and "months" not in new:
        found = found[:1]
    assert found[:1] == [(code, "kpis.yaml", line)], [i.sentence.en for i in result.issues]
    assert any(words in issue.text.en for issue in result.issues), [i.text.en for i in result.issues]
    assert result.checklist is None


def test_a_category_of_another_department_is_refused(tmp_path: Path) -> None:
    body = SMALL.replace("departments:\n", "departments: [front.yaml, back.yaml]\n", 1)
    front = "id: front\nname: {zh: 前, en: F}\npoints: 5\nsections: []\n"
    main = body[: body.index("  - id: front")] + "kpis: kpis.yaml\n"
    kpis = KPIS.replace("    department: front", "    department: back")
    result = compiled(tmp_path, main, front=front, back=front.replace("front", "back"), kpis=kpis)
    assert [(i.file, i.line, i.item) for i in result.issues if i.code is C.KPI_ELSEWHERE] == [("kpis.yaml", 11, "K10")]


def test_a_missing_kpi_file_is_one_problem(tmp_path: Path) -> None:
    result = compiled(tmp_path, MAIN)
    assert [i.code for i in result.issues] == [C.FILE_MISSING]

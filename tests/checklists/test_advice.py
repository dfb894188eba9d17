"""Warnings: what a checklist that can be used may still lack, each in its place, none of them to be switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from checklists.issues import IssueCode, Severity
from tests.checklists.writing import HEAD, SMALL, compiled

if TYPE_CHECKING:
    from pathlib import Path

    from checklists.compile import Compiled

C = IssueCode

LOOK = "evidence: {zh: 在前台看接车检查单的四栏, en: Read the four fields of the sheet at the desk}"
ANCHORS = "anchors: [{zh: 缺一栏, en: A field is empty}, {zh: 四栏齐全, en: All four are filled}]"
KPI = """\
kpi_categories:
  mix: {name: {zh: 类, en: Mix}, department: front}
kpis:
  K1: {name: {zh: 台, en: Visits}, formula: {zh: 数, en: count}, unit: "%", better: higher, category: mix,
       department: front, value: last, series: {s: {name: {zh: 数, en: count}, months: 1}}, direction: A}
"""
SECOND = "{name: {zh: 训, en: T}, cures: {zh: 乱, en: D}, first_step: {zh: 学, en: L}, effect: {zh: 好, en: O}}"
BASE = "{name: {zh: 盘, en: Base}, department: front}"
MOVES = "effect: {zh: 好, en: O}, moves: [{kpi: K1, by: 5}]"


def clean() -> str:
    text = SMALL.replace("evidence: {zh: 看单, en: Read it}", f"{LOOK}\n            {ANCHORS}")
    text = text.replace(
        "evidence: {zh: 看簿, en: Read the book}",
        LOOK.replace("四栏", "五栏").replace("four", "five")
        + "\n            "
        + ANCHORS.replace("四栏", "五栏").replace("four", "five"),
    )
    return text.replace("effect: {zh: 好, en: O}", MOVES) + KPI


CLEAN = clean()
LINES = CLEAN.splitlines()


def line_of(part: str) -> int:
    return next(number for number, line in enumerate(LINES, start=1) if part in line)


def warned(result: Compiled) -> list[tuple[IssueCode, int, str | None]]:
    assert [issue.sentence.en for issue in result.issues] == []
    assert result.checklist is not None
    assert all(issue.severity is Severity.WARNING for issue in result.warnings)
    return [(issue.code, issue.line, issue.item) for issue in result.warnings]


def test_a_checklist_that_lacks_nothing_has_no_warning(tmp_path: Path) -> None:
    assert warned(compiled(tmp_path, CLEAN)) == []


@pytest.mark.parametrize(
    ("code", "old", "new", "owner"),
    [
        (C.TEXT_SAME, "weak: {zh: 没检查, en: Not checked}", "weak: {zh: Not checked, en: Not checked}", "A1"),
        (C.TEXT_SAME, "title: {zh: 小表, en: Small}", "title: {zh: 小表, en: 小表}", None),
        (C.EVIDENCE_SHORT, "{zh: 在前台看接车检查单的四栏, ", "{zh: 看接车检查单, ", "A1"),
        (C.EVIDENCE_SHORT, "en: Read the four fields of the sheet at the desk}", "en: 'look  it'}", "A1"),
        (C.ANCHOR_EQUAL, "{zh: 四栏齐全, en: All four are filled}", "{zh: 缺 一栏。, en: All four are filled}", "A1"),
        (C.ANCHOR_EQUAL, "en: All four are filled", "en: 'A field, is EMPTY.'", "A1"),
        (C.ANCHORS_MISSING, f"            {ANCHORS}\n", "", "A1"),
        (C.DIRECTION_UNUSED, "directions:\n", f"directions:\n  B: {SECOND}\n", "B"),
        (C.KPI_UNUSED, ", moves: [{kpi: K1, by: 5}]", "", "K1"),
        (C.CATEGORY_EMPTY, "kpi_categories:\n", f"kpi_categories:\n  base: {BASE}\n", None),
        (C.ATTAINABLE_HIGH, "points: 4\n", "points: 4\n            attainable: 4.5\n", "A1"),
        (C.ATTAINABLE_LOW, "points: 4\n", "points: 4\n            attainable: 2.79\n", "A1"),
    ],
)  # fmt: skip
def test_one_lack_is_one_warning(tmp_path: Path, code: IssueCode, old: str, new: str, owner: str | None) -> None:
    assert CLEAN.count(old) == 1
    ((found, _, item),) = warned(compiled(tmp_path, CLEAN.replace(old, new)))
    assert (found, item) == (code, owner)


def test_a_warning_stands_at_its_place(tmp_path: Path) -> None:
    text = CLEAN.replace("en: All four are filled", "en: A field is empty")
    assert warned(compiled(tmp_path, text)) == [(C.ANCHOR_EQUAL, line_of("All four are filled"), "A1")]
    (only,) = compiled(tmp_path, text).warnings
    assert only.sentence.zh.startswith(f"checklist.yaml:{only.line} A1：提示：anchors 第 1 句和第 2 句相同")
    assert f"checklist.yaml:{only.line} A1: warning: Anchors 1 and 2 are the same" in only.sentence.en


@pytest.mark.parametrize("text", ["DMS", "KPI 2.0", "%", "12", "–", "4S"])
def test_symbols_figures_and_abbreviations_read_the_same_in_both_languages(tmp_path: Path, text: str) -> None:
    same = CLEAN.replace("title: {zh: 小表, en: Small}", f'title: {{zh: "{text}", en: "{text}"}}')
    assert warned(compiled(tmp_path, same)) == []


def test_anchors_that_are_missing_everywhere_are_one_warning(tmp_path: Path) -> None:
    lines = [line for line in LINES if "anchors:" not in line]
    result = compiled(tmp_path, "\n".join(lines) + "\n")
    assert [(code, item) for code, _, item in warned(result)] == [(C.ANCHORS_NONE, None)]


def test_only_rules_with_anchors_need_them(tmp_path: Path) -> None:
    measured = 'rule: {kind: measure, unit: "%", zero_at: 60, full_at: 100}'
    text = CLEAN.replace(f"            {ANCHORS}\n", "").replace("rule: {kind: yes_no}", measured)
    assert warned(compiled(tmp_path, text)) == []


def test_a_watched_kpi_and_one_of_a_question_need_no_direction(tmp_path: Path) -> None:
    unmoved = CLEAN.replace(", moves: [{kpi: K1, by: 5}]", "")
    assert warned(compiled(tmp_path, unmoved.replace("better: higher", "better: watch"))) == []
    asked = (
        "guides: {advisor: [{id: Q1, ask: {zh: 几台？, en: How many?}, good: {zh: 数, en: A figure}, items: [A1],"
        " kpis: [K1]}]}\n"
    )
    assert warned(compiled(tmp_path, unmoved + asked)) == []


def sized(parts: list[str], more: str = "", total: int = 1000) -> str:
    """A checklist of one section with items of so many points; the first is critical."""
    items = "".join(
        f"          - {{id: I{n}, statement: {{zh: 句, en: S}}, weak: {{zh: 弱, en: W}}, {LOOK}, {ANCHORS},"
        f" points: {points}, rule: {{kind: yes_no}}, method: walk, place: desk, owner: advisor, direction: A"
        f"{', critical: {}' if n == 1 else ''}}}\n"
        for n, points in enumerate(parts, start=1)
    )
    return (
        HEAD.replace("total: 10\n", f"total: {total}\n")
        + f"departments:\n  - id: front\n    name: {{zh: 前, en: F}}\n    points: 1000\n{more}    sections:\n"
        + "      - id: S1\n        name: {zh: 节, en: S}\n        points: 1000\n        items:\n"
        + items
    )


def test_a_critical_item_is_worth_at_least_a_step_of_the_printed_rate(tmp_path: Path) -> None:
    rest = ["333", "333"]
    assert warned(compiled(tmp_path, sized(["1", *rest, "333"]))) == []
    result = compiled(tmp_path, sized(["0.99", *rest, "333.01"]))
    assert [(code, item) for code, _, item in warned(result)] == [(C.CRITICAL_SMALL, "I1")]
    assert "give it 1" in result.warnings[0].text.en


def test_a_weighted_departments_points_count_by_its_weight(tmp_path: Path) -> None:
    other = SMALL[SMALL.index("  - id: front") :].replace("id: front", "id: back\n    weight: 90")
    text = sized(["9", "330", "330", "331"], "    weight: 10\n", total=100) + other
    codes = [(issue.code, issue.item) for issue in compiled(tmp_path, text).warnings]
    assert (C.CRITICAL_SMALL, "I1") in codes
    text = text.replace("points: 9,", "points: 10,").replace("points: 331,", "points: 330,")
    assert C.CRITICAL_SMALL not in {issue.code for issue in compiled(tmp_path, text).warnings}


def test_one_item_of_four_has_at_most_half_of_a_section(tmp_path: Path) -> None:
    assert warned(compiled(tmp_path, sized(["500", "200", "200", "100"]))) == []
    assert warned(compiled(tmp_path, sized(["501", "299", "200"]))) == []
    heavy = warned(compiled(tmp_path, sized(["501", "199", "200", "100"])))
    assert [(code, item) for code, _, item in heavy] == [(C.ITEM_HEAVY, "I1")]


def test_warnings_stand_beside_errors_by_place(tmp_path: Path) -> None:
    text = CLEAN.replace("total: 10\n", "total: 11\n").replace(", moves: [{kpi: K1, by: 5}]", "")
    result = compiled(tmp_path, text.replace("{zh: 四栏齐全, en: All four are filled}", "{zh: 缺一栏, en: All}"))
    assert result.checklist is None
    assert [issue.code for issue in result.findings] == [C.TOTAL_SUM, C.ANCHOR_EQUAL, C.KPI_UNUSED]
    assert [issue.code for issue in result.issues] == [C.TOTAL_SUM]

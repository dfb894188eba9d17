"""The form to score with: its formulas find the tool's points, for whatever is typed that a formula can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audit.scoring import item_points
from reports.sheets import form_totals
from reports.sheets.form import FIRST_ROW, Column, Standing, form_bytes
from tests.builders import checklist, department, item, section, state, text
from tests.reports.recalculate import formulas, load, recalculate, soffice, values
from tests.reports.samples import summary_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from audit.scorecard import Level
    from checklists.model import Checklist

needs_libreoffice = pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not installed")

RULES: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    ({"kind": "yes_no"}, ("是", "n", "√", "1", "maybe")),
    ({"kind": "levels", "top": 5}, ("3", "４", "4 3 5", "4,3", "5 5 0 1", "6", "33")),
    ({"kind": "levels", "shares": ["0", "1/3", "0.5", "1"]}, ("1", "1 2 2", "3", "x")),
    ({"kind": "levels", "top": 12}, ("12",)),
    ({"kind": "sample", "size": 10}, ("8/10", "8 of 10", "7 / 9", "０/３", "11/10", "5/0", "8")),
    ({"kind": "sample", "zero_at": "0.5", "full_at": "0.95"}, ("6/7", "19/20", "1/3", "2/3")),
    ({"kind": "sample", "all_or_nothing": True}, ("3/3", "2/3")),
    (
        {"kind": "measure", "unit": text("%"), "zero_at": "60", "full_at": "90"},
        ("92.5", "93 %", "75.55%", "60", "1,234", "9e1"),
    ),
    (
        {"kind": "measure", "unit": text("days"), "zero_at": "10", "full_at": "3", "of_plan": False},
        ("4 days", "4.25", "12", "x"),
    ),
    ({"kind": "measure", "unit": "%", "zero_at": "70", "full_at": "110", "of_plan": True}, ("85/100", "7.7/9", "85")),
    (
        {"kind": "measure", "unit": "%", "zero_below": "1", "full_from": "3", "full_to": "5", "zero_above": "9"},
        ("2.2", "4", "7.77", "0.5"),
    ),
    (
        {"kind": "measure", "unit": "%", "steps": {"start": "100", "per": "1", "take": "0.3", "count": "started"}},
        ("98.9", "97", "100", "10"),
    ),
    ({"kind": "measure", "unit": "%", "steps": {"start": "50", "per": "0.1", "give": "0.07"}}, ("50.35", "51", "20")),
    (
        {
            "kind": "measure",
            "unit": "%",
            "bands": [
                {"to": "80", "give": "1.5"},
                {"from": "80", "to": "92.1", "take": "3"},
                {"from": "92.1", "take": "0"},
            ],
        },
        ("79.99", "80", "92.0999", "92.1", "200"),
    ),
    ({"kind": "deduct", "faults": [{"id": "late", "name": text("Late"), "points": "4"}]}, ("0", "无", "late=1@bay 3")),
)
"""Every kind of rule, with what is typed: much that is read, some that a formula does not follow."""

ROUNDS = max(len(typed) for _, typed in RULES)


def everything() -> Checklist:
    rules = [item(f"A{n}", "7.35", rule, place="bays") for n, (rule, _) in enumerate(RULES, start=1)]
    more = [item(f"B{n}", "4.1", place="desk") for n in range(1, 6)]
    return checklist(
        department("one", section("S1", *rules[:8]), section("S2", *rules[8:])),
        department("two", section("S3", *more)),
        places={"bays": {"name": text("bays")}, "desk": {"name": text("desk")}},
    )


def typed_in(turn: int) -> dict[str, str]:
    """What is typed into the form in one round; states among it, so that levels are scaled or leave."""
    found = {f"A{n}": typed[turn % len(typed)] for n, (_, typed) in enumerate(RULES, start=1)}
    states = ("不适用", "no case", "ND", "not assessed")
    found |= {f"B{n}": states[turn % 4] if n <= turn else "3" for n in range(1, 6)}
    return found


def coded(turn: int) -> dict[str, str]:
    """The same with the states' codes, for which the builder knows reasons."""
    codes = {"不适用": "NA", "no case": "NC", "not assessed": "UN"}
    return {name: codes.get(value, value) for name, value in typed_in(turn).items()}


def form(asked: Checklist, answers: Mapping[str, str], path: Path, by: Any = "department") -> Path:
    audit = state(asked, answers)
    path.write_bytes(form_bytes(Standing(summary_of(asked, audit), audit), by, "zh"))
    return path


def type_into(path: Path, answers: Mapping[str, str]) -> None:
    book = load(path)
    for sheet in book.worksheets:
        for row in range(FIRST_ROW + 1, sheet.max_row + 1):
            name = sheet.cell(row, Column.ID + 1).value
            if name in answers:
                sheet.cell(row, Column.ANSWER + 1).value = answers[name]
                sheet.cell(row, Column.REASON + 1).value = "未做记录"
    book.save(path)


def readable(asked: Checklist, typed: Mapping[str, str]) -> dict[str, str]:
    """What of it the tool reads, and a formula follows."""
    from audit.answers import read_answer
    from checklists.reading import UnreadableAnswer

    found = {}
    for name, value in typed.items():
        try:
            read_answer(asked.items[name], value, "未做记录")
        except UnreadableAnswer:
            continue
        if "@" not in value and name != "A4":
            found[name] = value
    return found


@pytest.mark.libreoffice
@needs_libreoffice
def test_the_form_finds_the_points_of_whatever_is_typed(tmp_path: Path) -> None:
    asked = everything()
    paths = [form(asked, {}, tmp_path / f"{turn}.xlsx", ("department", "place")[turn % 2]) for turn in range(ROUNDS)]
    for turn, path in enumerate(paths):
        type_into(path, typed_in(turn))
    for turn, path in enumerate(recalculate(paths, tmp_path)):
        _compare(asked, typed_in(turn), path)


def _compare(asked: Checklist, typed: dict[str, str], path: Path) -> None:
    from audit.answers import read_answer
    from audit.scoring import score
    from audit.state import AuditState, ItemState

    read = {name: read_answer(asked.items[name], value, "未做记录") for name, value in readable(asked, typed).items()}
    card = score(asked, AuditState(details={"date": "2026-05-12", "departments": []}, answers=read))
    book = load(path, data_only=True)
    shown = {}
    for sheet in book.worksheets[1:-1]:
        for row in range(FIRST_ROW + 1, sheet.max_row + 1):
            shown[sheet.cell(row, Column.ID + 1).value] = sheet.cell(row, Column.POINTS + 1).value
    for name, value in typed.items():
        if name not in read:
            assert shown[name] == "?", (name, value)
        elif read[name].state is ItemState.ANSWERED:
            expected = item_points(asked.items[name], read[name].value)
            assert shown[name] == pytest.approx(float(expected), abs=1e-9), (name, value)
    totals = book.worksheets[0]
    figures = {row[1].value: row for row in totals.iter_rows(min_row=4) if row[1].value}
    levels: list[tuple[str, Level]] = [("总计", card.total)]
    levels += [(d.department.name.zh, d) for d in card.departments]
    levels += [(s.section.name.zh, s) for d in card.departments for s in d.sections]
    for name, level in levels:
        row = figures[name]
        assert row[form_totals.Column.EARNED].value == pytest.approx(float(level.earned), abs=1e-9), name
        assert row[form_totals.Column.POSSIBLE].value == pytest.approx(float(level.possible), abs=1e-9), name
        needed = row[form_totals.Column.PASS].value
        assert needed == ("–" if level.pass_points is None else pytest.approx(float(level.pass_points))), name
        if level.passed is not None:
            word = "合格" if level.passed else "未评完" if level.counts.open else "不合格"
            assert row[form_totals.Column.RESULT].value == word, name


@pytest.mark.libreoffice
@needs_libreoffice
def test_the_values_stored_beside_the_formulas_are_those_they_compute(tmp_path: Path) -> None:
    asked = everything()
    paths = [form(asked, readable(asked, coded(turn)), tmp_path / f"{turn}.xlsx") for turn in range(2, 5)]
    for path, done in zip(paths, recalculate(paths, tmp_path), strict=True):
        ours, theirs = values(path), values(done)
        for place in formulas(path):
            one, other = ours.get(place) or "", theirs.get(place) or ""
            same = pytest.approx(other, abs=1e-9) if isinstance(other, float | int) else other
            assert one == same or (not one and not other), (place, formulas(path)[place])


def test_choices_and_comments_follow_the_item(tmp_path: Path) -> None:
    asked = everything()
    book = load(form(asked, {}, tmp_path / "form.xlsx"))
    sheet, choices = book.worksheets[1], book.worksheets[-1]
    assert choices.sheet_state == "hidden"
    assert [c.value for c in choices[1]][:9] == ["A1", 6, 4, "是", "否", "不适用", "本期未发生", "无法提供", "未评估"]
    assert all("MATCH($A5" in rule.formula1 for rule in sheet.data_validations.dataValidation)
    assert "是得 7.35 分" in sheet.cell(FIRST_ROW + 1, Column.ANSWER + 1).comment.text


def test_names_of_sheets_may_be_anything(tmp_path: Path) -> None:
    asked = checklist(
        department(
            "d",
            section("s", item("A1")),
            name={"zh": "前台/\\:*?[]'前台前台前台前台前台前台前台前台前台前台", "en": "x"},
        ),
        department("e", section("t", item("B1")), name={"zh": "选项", "en": "Choices"}),
        department("f", section("u", item("C1")), name={"zh": "合计", "en": "Totals"}),
    )
    book = load(form(asked, {"A1": "3"}, tmp_path / "form.xlsx"))
    assert len({sheet.title for sheet in book.worksheets}) == 5
    assert book.worksheets[0].title == "合计"

"""`interview`, `finding` and `visit` as a person types them."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.tui.conftest import Person


def opened(path: Path) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path)


@pytest.fixture
def ref(person: Person) -> str:
    return person.begin()


def said(person: Person, ref: str) -> None:
    """One interview with two findings, merged."""
    who = ("--role", "顾问", "--person", "小张", "--question", "[b]谁接预约？", "--note", "=本子")
    assert person.well("interview", "add", ref, *who).out.strip() == "1"
    found = ("--department", "front", "--direction", "A", "--interview", "1")
    assert person.well("finding", "add", ref, "--text", "预约靠本子", *found).out.strip() == "F1"
    assert person.well("finding", "add", ref, "--text", "预约记在本子上", *found).out.strip() == "F2"
    assert person.well("finding", "merge", ref, "1", "F2").out.strip() == "F3"


def test_an_interview_and_its_findings_as_json(person: Person, ref: str) -> None:
    said(person, ref)
    [interview] = person.well("interview", "show", ref, "--json", lang="zh").json["interviews"]
    assert (interview["number"], interview["role"], interview["role_name"]) == ("1", "advisor", "顾问")
    assert (interview["question"], interview["note"], interview["person"]) == ("[b]谁接预约？", "=本子", "小张")
    assert [(f["number"], f["merged_into"]) for f in interview["findings"]] == [
        ("F1", ["F3"]),
        ("F2", ["F3"]),
        ("F3", []),
    ]
    found = person.well("finding", "list", ref, "--json").json["findings"]
    assert [(f["number"], f["merged"], f["interviews"]) for f in found][2] == ("F3", ["F1", "F2"], ["1"])
    scored = person.well("score", ref, "--json").json
    assert [(w["kind"], w["sources"], w["statement"]) for w in scored["weak_items"]] == [
        ("finding", ["interview"], "预约靠本子")
    ]
    assert [i["number"] for i in scored["interviews"]] == ["1"]
    assert [f["number"] for f in scored["findings"]] == ["F1", "F2", "F3"]


@pytest.mark.parametrize(("lang", "into"), [("zh", "并入 F3"), ("en", "into F3")])
def test_tables_show_what_was_typed_as_it_is(person: Person, ref: str, lang: str, into: str) -> None:
    said(person, ref)
    shown = person.well("interview", "show", ref, lang=lang).out
    assert "[b]谁接预约？" in shown
    assert {"zh": "F1（并入 F3）、F2（并入 F3）、F3", "en": "F1 (into F3), F2 (into F3), F3"}[lang] in shown
    assert into in person.well("finding", "list", ref, lang=lang).out


def test_nothing_yet_says_how_to_begin(person: Person, ref: str) -> None:
    assert "interview add" in person.well("interview", "show", ref).err
    assert "finding add" in person.well("finding", "list", ref).err


def test_a_wrong_name_is_refused_with_the_nearest(person: Person, ref: str) -> None:
    added = person.on_store("interview", "add", ref, "--role", "advisr", "--question", "q", "--note", "n")
    assert (added.code, "advisor" in added.err) == (2, True)
    found = person.on_store("finding", "add", ref, "--text", "t", "--department", "frnt", "--direction", "A")
    assert (found.code, "front" in found.err) == (2, True)
    item = person.on_store("finding", "add", ref, "--text", "t", "--item", "A9")
    assert item.code == 3
    assert person.on_store("finding", "merge", ref, "7", "8").code == 2


def test_undo_takes_back_the_merging(person: Person, ref: str) -> None:
    said(person, ref)
    person.well("audit", "undo", ref)
    assert [f["merged_into"] for f in person.well("finding", "list", ref, "--json").json["findings"]] == [[], []]
    assert "谁接预约" in person.well("audit", "history", ref).out


@pytest.mark.parametrize(("lang", "sheet"), [("zh", "访谈"), ("en", "Interviews")])
def test_the_report_has_a_sheet_of_interviews(person: Person, ref: str, lang: str, sheet: str) -> None:
    person.well("report", ref, "-o", "before.xlsx", lang=lang)
    assert sheet not in opened(person.home / "before.xlsx").sheetnames
    said(person, ref)
    person.well("finding", "add", ref, "--text", "自己看到的", "--item", "A1")
    person.well("report", ref, "-o", "after.xlsx", lang=lang)
    page = opened(person.home / "after.xlsx")[sheet]
    shown = [[cell.value for cell in row if cell.value is not None] for row in page.iter_rows()]
    row = next(r for r in shown if r and r[0] == "1")
    assert row[2:5] == ["小张", "[b]谁接预约？", "=本子"]
    assert [line.split()[0] for line in row[5].split("\n")] == ["F1", "F2", "F3"]
    assert any("自己看到的" in str(cell) for r in shown for cell in r)
    assert {cell.data_type for r in page.iter_rows() for cell in r} <= {"s", "n"}


def test_the_letter_in_both_forms_and_never_over_another_file(person: Person, ref: str) -> None:
    for name in ("letter.xlsx", "letter.md"):
        for _ in range(2):
            assert person.well("visit", "letter", ref, "-o", name).out.strip() == name
    assert "09:00 Opening meeting" in (person.home / "letter.md").read_text("utf-8")
    assert opened(person.home / "letter.xlsx").sheetnames == ["Letter", "Preparation", "Attendance"]
    person.well("report", ref, "-o", "report.xlsx")
    mine = person.file("mine.md", "# my own")
    for taken in ("report.xlsx", mine):
        before = (person.home / taken).read_bytes()
        assert person.on_store("visit", "letter", ref, "-o", taken).code == 2
        assert (person.home / taken).read_bytes() == before
    for bad in (("-o", "letter.pdf"), ("-o", "x.md", "--start", "25:00"), ("-o", "nowhere/x.md")):
        refused = person.on_store("visit", "letter", ref, *bad)
        assert (refused.code, bool(refused.err)) == (2, True)


def test_the_letter_begins_when_told(person: Person, ref: str) -> None:
    person.well("visit", "letter", ref, "-o", "l.md", "--start", "13:30", lang="zh")
    assert "13:30 开场会议" in (person.home / "l.md").read_text("utf-8")


def test_help_needs_no_store() -> None:
    from tui.cli import app

    for words in (["interview", "add"], ["finding", "merge"], ["visit", "letter"]):
        assert CliRunner().invoke(app, [*words, "--help"]).exit_code == 0

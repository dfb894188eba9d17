"""`interview guide`, and interviews by a question's id."""

from pathlib import Path

import pytest

from tests.tui.conftest import Person
from tui.exits import ExitCode

GUIDES = """\
guides:
  advisor:
    - {id: SA1, must: true, ask: {zh: 预约记在哪里？, en: "Where are bookings kept?"}, items: [A1, B1],
       good: {zh: 系统里, en: In the DMS}}
    - {id: SA2, ask: {zh: 谁派工？, en: Who dispatches?}, good: {zh: 调度, en: The controller}, items: [A2]}
"""


@pytest.fixture
def guided(person: Person) -> Person:
    text = person.checklist.read_text("utf-8").replace("roles: {", "roles: {boss: {zh: 站长, en: Boss}, ")
    person.checklist.write_text(text + GUIDES, "utf-8")
    return person


def test_the_guide_of_a_checklist(guided: Person) -> None:
    shown = guided("interview", "guide", str(guided.checklist)).out
    for part in ("Advisor", "SA1", "must", "Where are bookings kept?", "In the DMS", "A1, B1", "Who dispatches?"):
        assert part in shown
    assert "谁派工？" in guided("interview", "guide", str(guided.checklist), "--role", "顾问", lang="zh").out
    shape = guided("interview", "guide", str(guided.checklist), "--json").json
    assert shape["checklist"] == {"id": "small", "version": "1"}
    [guide] = shape["guides"]
    assert (guide["role"], guide["name"], [q["id"] for q in guide["questions"]]) == (
        "advisor",
        "Advisor",
        ["SA1", "SA2"],
    )
    assert guide["questions"][0] == {
        "id": "SA1",
        "must": True,
        "ask": "Where are bookings kept?",
        "good": "In the DMS",
        "items": ["A1", "B1"],
        "kpis": [],
    }


def test_the_guide_of_an_audit(guided: Person) -> None:
    ref = guided.begin()
    guided.checklist.unlink()
    assert "SA1" in guided.well("interview", "guide", "--ref", ref).out


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("--role", "boss"), ExitCode.NOT_FOUND, "there are: Advisor (advisor)"),
        (("--role", "pilot"), None, 'no role "pilot"'),
        (("--ref", "X"), ExitCode.USAGE, "not both"),
    ],
)
def test_what_has_no_guide(guided: Person, args: tuple[str, ...], code: ExitCode | None, told: str) -> None:
    done = guided("interview", "guide", str(guided.checklist), *args)
    assert done.code == code if code is not None else done.code != 0
    assert told in done.err
    assert done.out == ""


def test_a_checklist_without_guides_says_so(person: Person) -> None:
    done = person("interview", "guide", str(person.checklist))
    assert (done.code, done.out) == (ExitCode.NOT_FOUND, "")
    assert "no interview guides" in done.err


def test_a_question_is_recorded_by_its_id(guided: Person, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    ref = guided.begin()
    assert guided.well("interview", "add", ref, "--question", "sa1", "--note", "本子上").out.strip() == "1"
    for lang, question in (("zh", "预约记在哪里？"), ("en", "Where are bookings kept?")):
        [shown] = guided.well("interview", "show", ref, "--json", lang=lang).json["interviews"]
        assert (shown["question"], shown["guide"], shown["role"]) == (question, "SA1", "advisor")
        assert f"SA1 {question}" in guided.well("interview", "show", ref, lang=lang).out
        path = tmp_path / f"{lang}.xlsx"
        guided.well("report", ref, "-o", str(path), lang=lang)
        sheet = load_workbook(path)["访谈" if lang == "zh" else "Interviews"]
        assert f"SA1  {question}" in {cell.value for row in sheet.iter_rows() for cell in row}
    found = ("--text", "预约靠本子", "--department", "front", "--direction", "A", "--interview", "SA1")
    guided.well("finding", "add", ref, *found)
    [weak] = [w for w in guided.well("score", ref, "--json").json["weak_items"] if w["kind"] == "finding"]
    assert weak["questions"] == ["SA1"]


def test_own_words_need_a_role(guided: Person) -> None:
    ref = guided.begin()
    done = guided.on_store("interview", "add", ref, "--question", "SA9?", "--note", "n")
    assert done.code == ExitCode.USAGE
    assert "role" in done.err

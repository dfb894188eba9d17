"""`audit answer --from`: all rows are checked, then all or none are recorded."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tui.exits import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.tui.conftest import Done, Person


@pytest.fixture
def ref(person: Person) -> str:
    return person.begin()


def recorded(person: Person, ref: str) -> dict[str, str]:
    answers = person.well("audit", "show", ref, "--json").json["answers"]
    return {answer["item"]: answer["value"] for answer in answers if answer["state"] != "open"}


def from_file(person: Person, ref: str, path: str, lang: str = "en") -> Done:
    return person.on_store("audit", "answer", ref, "--from", path, lang=lang)


def workbook(person: Person, rows: Sequence[Sequence[object]]) -> str:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    path = person.home / "answers.xlsx"
    book.save(path)
    return str(path)


@pytest.mark.parametrize("head", ["item,value,reason,note", "检查项,评分,原因,备注", "Item ID,Answer,Why,Remarks"])
def test_all_rows_are_recorded(person: Person, ref: str, head: str) -> None:
    path = person.file("a.csv", f"{head}\nA1,3,少两项,看过\nA2,8/10,,\nA3,,,\nB1,是,,\nB2,NA,不修电车,\n")
    done = from_file(person, ref, path)
    assert (done.code, done.out) == (0, "")
    assert "4 answers recorded, 1 rows without a value skipped" in done.err
    assert recorded(person, ref) == {"A1": "3", "A2": "8/10", "B1": "y", "B2": ""}
    first = person.well("audit", "show", ref, "--json").json["answers"][0]
    assert (first["reason"], first["notes"]) == ("少两项", ["看过"])


def test_one_bad_row_changes_nothing_and_every_problem_is_named(person: Person, ref: str) -> None:
    path = person.file("a.csv", "item,value\nA1,3\nA9,1\nA2,12/10\n,y\nA1,4\nB2,NA\n")
    done = from_file(person, ref, path)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert '"a.csv" has 5 problems, nothing was changed:' in done.err
    for place, what in {
        "row 3, column item": 'no item "A9"',
        "row 4, column value": "more conforming than checked",
        "row 5, column item": "no item is named",
        "row 6, column item": "A1 stands in row 2, column item already",
        "row 7, column value": "needs its reason",
    }.items():
        [line] = [line for line in done.err.splitlines() if place + ":" in line]
        assert what in line
    assert recorded(person, ref) == {}
    assert "第 3 行“item”列" in from_file(person, ref, path, lang="zh").err


def test_a_cell_that_excel_made_a_date_is_named(person: Person, ref: str) -> None:
    path = workbook(person, [["检查项", "评分"], ["A1", 3], ["A2", dt.datetime(2026, 8, 10)]])  # noqa: DTZ001
    done = from_file(person, ref, path)
    assert done.code == ExitCode.USAGE
    assert "B3: Excel turned this into a date" in done.err
    assert "type 8/10 again" in done.err
    assert recorded(person, ref) == {}
    path = person.file("b.csv", "item,value\nA2,8月10日\n")
    assert "变成了日期" in from_file(person, ref, path, lang="zh").err


def test_a_workbook_with_text_is_read(person: Person, ref: str) -> None:
    from_file(person, ref, workbook(person, [["编号", "答案"], ["A1", 4], ["A2", "8/10"], ["B1", "否"]]))
    assert recorded(person, ref) == {"A1": "4", "A2": "8/10", "B1": "n"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "item,wert\nA1,3\n", "value"),
        ("a.csv", "", "empty"),
        ("a.txt", "item,value\n", "use .xlsx or .csv"),
        ("a.xlsx", "no workbook", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence(person: Person, ref: str, name: str, text: str, said: str) -> None:
    done = from_file(person, ref, person.file(name, text))
    assert done.code == ExitCode.USAGE
    assert said in done.err


def test_a_missing_file_is_named(person: Person, ref: str) -> None:
    done = from_file(person, ref, "nowhere.csv")
    assert done.code == ExitCode.USAGE
    assert "nowhere.csv" in done.err


def test_a_sealed_audit_takes_no_sheet(person: Person, ref: str) -> None:
    person.complete(ref)
    person.sign(ref)
    assert from_file(person, ref, person.file("a.csv", "item,value\nA1,5\n")).code == ExitCode.REFUSED


def test_the_same_sheet_again_changes_no_result(person: Person, ref: str) -> None:
    path = person.file("a.csv", "item,value,note\nA1,3,看过\n")
    from_file(person, ref, path)
    from_file(person, ref, path)
    answer = person.well("audit", "show", ref, "--json").json["answers"][0]
    assert (answer["value"], answer["notes"]) == ("3", ["看过"])

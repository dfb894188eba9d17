"""`audit sheet` and back: nothing is written but what was changed, and every problem is told with its place."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.reports.recalculate import soffice
from tui.exits import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tui.conftest import Done, Person


@pytest.fixture
def ref(person: Person) -> str:
    ref = person.begin()
    person.well("audit", "answer", ref, "A1", "3", "--reason", "少两项", "--note", "看过")
    person.well("audit", "answer", ref, "A3", "late=1@bay 3")
    person.well("audit", "answer", ref, "B2", "NA", "--reason", "不修电车")
    return ref


def sheet(person: Person, ref: str, *more: str, lang: str = "zh") -> Path:
    done = person.well("audit", "sheet", ref, "-o", str(person.home / "form.xlsx"), *more, lang=lang)
    return Path(done.out.strip())


def read(person: Person, ref: str, path: Path) -> Done:
    return person.on_store("audit", "answer", ref, "--from", str(path))


def entries(person: Person, ref: str) -> int:
    return len(person.well("audit", "history", ref, "--json").json["events"])


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    """Change the workbook as a person would; the sheets are 合计, 前台, 车间, 选项."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


def put(**cells: object) -> Callable[[Any], None]:
    """Return a change that puts values into cells of the first sheet of items (A5) or the second (B__E5)."""

    def change(book: Any) -> None:
        for name, value in cells.items():
            place = name.split("__")
            book.worksheets[2 if len(place) > 1 else 1][place[-1]].value = value

    return change


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("by", ["department", "place"])
def test_a_form_left_as_it_is_writes_nothing(person: Person, ref: str, by: str, lang: str) -> None:
    before = entries(person, ref)
    done = read(person, ref, sheet(person, ref, "--by", by, lang=lang))
    assert (done.code, done.out) == (0, "")
    assert "Answers recorded: 0; notes: 0; rows left as they were: 5" in done.err
    assert entries(person, ref) == before


def test_what_was_filled_in_is_recorded_and_nothing_else(person: Person, ref: str) -> None:
    before = entries(person, ref)
    path = changed(sheet(person, ref), put(F6="8/10", I6="两单未签字", J5="第二条备注", x__F5="是"))
    done = read(person, ref, path)
    assert "Answers recorded: 2; notes: 1; rows left as they were: 2" in done.err
    answers = {a["item"]: a for a in person.well("audit", "show", ref, "--json").json["answers"]}
    assert (answers["A2"]["value"], answers["A2"]["reason"], answers["B1"]["value"]) == ("8/10", "两单未签字", "y")
    assert answers["A1"]["notes"] == ["看过", "第二条备注"]
    assert entries(person, ref) == before + 3
    again = read(person, ref, path)
    assert again.code == 0, again.err
    assert entries(person, ref) == before + 3, "the same form again changes nothing"


@pytest.mark.parametrize(
    ("word", "state"), [("不适用", "not_applicable"), ("no case", "no_case"), ("无法提供", "no_data")]
)
def test_states_are_read_from_their_words(person: Person, ref: str, word: str, state: str) -> None:
    done = read(person, ref, changed(sheet(person, ref), put(F6=word, I6="未做记录")))
    assert done.code == 0, done.err
    answers = {a["item"]: a for a in person.well("audit", "show", ref, "--json").json["answers"]}
    assert answers["A2"]["state"] == state


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"F6": "12/10"}, "前台 F6: A2:"),
        ({"F6": "=4+4"}, "前台 F6: A2: the file holds no value for this formula"),
        ({"I6": '="a"&"b"'}, "前台 I6: A2: the file holds no value for this formula"),
        ({"F5": None}, 'A1: its answer "3" was emptied'),
        ({"I6": "没看"}, "前台 I6: A2: a reason without an answer"),
        ({"A6": "Z9", "F6": "1/2"}, '前台 A6: The checklist has no item "Z9"'),
        ({"A6": None, "F6": "1/2"}, "前台 A6: something is filled in, but no item is named"),
        ({"A6": "A1"}, "前台 A6: A1 stands in 前台 A5 already"),
        ({"F6": "NC"}, "前台 F6: A2: No case needs what was searched"),
        ({"F4": "其它"}, 'sheet "前台" has no column "Answer"'),
        ({"I4": "评分"}, 'there are two columns "Answer"'),
    ],
)
def test_one_problem_changes_nothing_and_is_told(person: Person, ref: str, cells: dict[str, object], told: str) -> None:
    before = entries(person, ref)
    done = read(person, ref, changed(sheet(person, ref), put(**cells, x__F5="y")))
    assert done.code == ExitCode.USAGE
    assert told in done.err
    assert entries(person, ref) == before


def test_a_date_is_named_as_such(person: Person, ref: str) -> None:
    import datetime as dt

    done = read(person, ref, changed(sheet(person, ref), put(F6=dt.date(2026, 8, 10))))
    assert 'A2: this was turned into a date ("2026-08-10")' in done.err


def test_people_sort_and_move_and_insert(person: Person, ref: str) -> None:
    def rearrange(book: Any) -> None:
        page = book.worksheets[1]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=5, max_row=7)]
        for number, row in enumerate(reversed(rows), start=5):
            for column, value in enumerate(row, start=1):
                page.cell(number, column).value = value
        page.insert_cols(1)
        page.insert_cols(6)
        page.insert_rows(6)
        page["A8"].value, page["F4"].value, page["F5"].value = "mine", "谁看", "李工"
        page["H7"].value = "4/5"
        book.move_sheet(page, 2)
        book.remove(book["合计"])

    path = changed(sheet(person, ref), rearrange)
    done = read(person, ref, path)
    assert done.code == 0, done.err
    assert "Answers recorded: 1; notes: 0; rows left as they were: 4" in done.err
    answers = {a["item"]: a["value"] for a in person.well("audit", "show", ref, "--json").json["answers"]}
    assert (answers["A1"], answers["A2"], answers["A3"]) == ("3", "4/5", "late=1@bay 3")


def test_an_answer_given_meanwhile_is_not_overwritten(person: Person, ref: str) -> None:
    path = changed(sheet(person, ref), put(F5="5"))
    person.well("audit", "answer", ref, "A1", "4")
    done = read(person, ref, path)
    assert done.code == ExitCode.USAGE
    assert 'A1 was answered "4" since the form was written' in done.err
    changed(path, put(F5="4", I5=None))
    assert read(person, ref, path).code == 0


def test_a_form_without_its_hidden_columns_is_compared_with_what_stands(person: Person, ref: str) -> None:
    def cut(book: Any) -> None:
        book.worksheets[1].delete_cols(12, 4)
        book.worksheets[1]["F6"].value = "9/10"

    done = read(person, ref, changed(sheet(person, ref), cut))
    assert "Answers recorded: 1; notes: 0; rows left as they were: 4" in done.err


def test_a_form_of_another_audit_is_refused(person: Person, ref: str) -> None:
    path = sheet(person, ref)
    other = person.begin("--date", "2026-06-01")
    done = read(person, other, path)
    assert done.code == ExitCode.USAGE
    assert f"this form belongs to audit {ref}" in done.err


def test_a_form_is_never_written_over(person: Person, ref: str) -> None:
    sheet(person, ref)
    done = person.on_store("audit", "sheet", ref, "-o", str(person.home / "form.xlsx"))
    assert done.code != 0
    assert "may hold answers not read yet" in done.err


def test_another_order_than_the_two_is_told(person: Person, ref: str) -> None:
    done = person.on_store("audit", "sheet", ref, "-o", "x.xlsx", "--by", "colour")
    assert done.code == ExitCode.USAGE


def test_what_is_read_from_records_or_kpis_is_not_taken_from_the_form(person: Person) -> None:
    ref = person.well("audit", "new", "--dealer", "D2", "--name", "二号店", "--date", "2026-05-12").out.strip()
    numbers = ",".join(f"RO-{n}" for n in range(12))
    person.well("records", "draw", ref, "closed-orders", "--numbers", numbers)
    path = sheet(person, ref)
    from openpyxl import load_workbook

    page = load_workbook(path).worksheets[1]
    rows = {page.cell(row, 1).value: row for row in range(5, page.max_row + 1)}
    checklist = json.loads(person("checklist", "show", "dealership", "--json").out)
    items = [i for d in checklist["departments"] for s in d["sections"] for i in s["items"]]
    drawn = next(i["id"] for i in items if i.get("set") == "closed-orders" and i["id"] in rows)
    before = entries(person, ref)
    done = read(person, ref, changed(path, put(**{f"F{rows[drawn]}": "8/10"})))
    assert done.code == ExitCode.USAGE
    assert f'{drawn}: "8/10" cannot be recorded here. Read from the records drawn for' in done.err
    assert entries(person, ref) == before


@pytest.mark.libreoffice
@pytest.mark.skipif(soffice() is None, reason="LibreOffice (soffice) is not installed")
def test_opened_and_saved_by_libreoffice_it_writes_nothing(person: Person, ref: str) -> None:
    person.well("audit", "note", ref, "A2", "一行\n第二行  =HYPERLINK(1)")
    path = sheet(person, ref)
    before = entries(person, ref)
    profile = f"-env:UserInstallation={(person.home / 'profile').as_uri()}"
    command = [str(soffice()), profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(person.home / "saved"), str(path)], check=True, capture_output=True, timeout=240)
    done = read(person, ref, person.home / "saved" / "form.xlsx")
    assert "rows left as they were: 5" in done.err
    assert entries(person, ref) == before

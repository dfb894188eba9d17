"""`records`: draw, sheet, import, show, mark, missing, close, as an auditor types them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.reports.recalculate import soffice
from tests.tui.conftest import CHECKLIST
from tui.exits import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.tui.conftest import Person

SETS = """\
sample_sets:
  orders: {name: {zh: 工单, en: Orders}, size: 3, period: {zh: 上月, en: last month}, drawn: {zh: 清单, en: list}}
  calls: {name: {zh: 录音, en: Calls}, size: 2, period: {zh: 上月, en: last month}, drawn: {zh: 清单, en: list}}
"""


@pytest.fixture
def ref(person: Person) -> str:
    text = CHECKLIST.replace("rule: {kind: sample, size: 10}", "rule: {kind: sample}, set: orders")
    text = text.replace("rule: {kind: levels, top: 5}", "rule: {kind: levels, top: 5}, set: calls")
    text = text.replace("points: 6, rule: {kind: yes_no}", "points: 6, rule: {kind: sample}, set: orders")
    person.checklist.write_text(text.replace("directions:\n", SETS + "directions:\n"), "utf-8")
    ref = person.begin()
    person.well("records", "draw", ref, "orders", "--numbers", "R1,R2,R3,R4", "--seed", "7")
    person.well("records", "draw", ref, "calls", "--range", "T1..T2", "--seed", "7")
    return ref


def shown(person: Person, ref: str, name: str = "orders") -> Any:
    return person.well("records", "show", ref, name, "--json").json


def marks(person: Person, ref: str, name: str = "orders") -> dict[tuple[str, str], tuple[str | None, str]]:
    return {(c["record"], c["item"]): (c["mark"], c["remark"]) for c in shown(person, ref, name)["cells"]}


def form(person: Person, ref: str, name: str = "orders", lang: str = "zh") -> Path:
    path = person.home / f"{name}.xlsx"
    person.well("records", "sheet", ref, name, "-o", str(path), lang=lang)
    return path


def fill(path: Path, change: Callable[[Any, dict[str, int], dict[str, int]], None]) -> None:
    """Change the grid; the function gets the sheet, rows by record and columns by head."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1)}
    head = rows.get("记录") or rows["Record"]
    columns = {str(sheet.cell(head, column).value): column for column in range(1, sheet.max_column + 1)}
    change(sheet, rows, columns)
    book.save(path)


def fill_cells(path: Path, cells: Mapping[tuple[str, str], object]) -> None:
    def change(sheet: Any, rows: dict[str, int], columns: dict[str, int]) -> None:
        for (record, head), value in cells.items():
            sheet.cell(rows[record], columns[head]).value = value

    fill(path, change)


FILLED = {
    ("R1", "A2"): "√", ("R1", "B1"): "×", ("R1", "备注"): "缺签字",
    ("R2", "A2"): "×", ("R2", "B1"): "no", ("R2", "备注"): "A2：无日期；B1: 涂改",
    ("R4", "出示"): "×",
}  # fmt: skip


def test_a_sheet_filled_in_reads_back_cell_by_cell(person: Person, ref: str) -> None:
    records = shown(person, ref)["records"]
    assert len(records) == 3
    cells = {key: value for key, value in FILLED.items() if key[0] in records}
    path = form(person, ref)
    fill_cells(path, cells)
    done = person.well("records", "import", ref, str(path))
    assert "Marks recorded" in done.err
    now = marks(person, ref)
    wanted = {
        ("R1", "A2"): ("ok", ""), ("R1", "B1"): ("no", "缺签字"),
        ("R2", "A2"): ("no", "无日期"), ("R2", "B1"): ("no", "涂改"),
        ("R4", "A2"): ("no", ""), ("R4", "B1"): ("no", ""),
    }  # fmt: skip
    assert {k: v for k, v in now.items() if k in wanted} == {k: v for k, v in wanted.items() if k[0] in records}
    assert "Marks recorded: 0" in person.well("records", "import", ref, str(path)).err


def test_a_formula_whose_result_the_file_does_not_hold_is_a_problem(person: Person, ref: str) -> None:
    first, second, _ = shown(person, ref)["records"]
    path = form(person, ref)
    fill_cells(path, {(first, "A2"): "√", (second, "A2"): '=IF(1=1,"√","×")'})
    done = person.on_store("records", "import", ref, str(path))
    assert done.code != 0
    assert "formula without stored value: open and save" in done.err
    assert not [mark for mark, _ in marks(person, ref).values() if mark], "nothing of it was used"
    assert "公式没有存储的结果" in person.on_store("records", "import", ref, str(path), lang="zh").err


def test_a_sheet_is_written_as_a_workbook_only(person: Person, ref: str) -> None:
    done = person.on_store("records", "sheet", ref, "orders", "-o", "x.csv")
    assert done.code == ExitCode.USAGE
    assert "end its name with .xlsx" in done.err
    assert not list(Path().glob("x.csv*"))
    assert person.well("records", "sheet", ref, "orders", "-o", "orders.2026").out.strip().endswith("orders.2026.xlsx")


def test_this_folder_is_no_sheet(person: Person, ref: str) -> None:
    assert '"." is a folder' in person.on_store("records", "import", ref, ".").err


@pytest.mark.libreoffice
@pytest.mark.skipif(soffice() is None, reason="LibreOffice is missing")
def test_a_sheet_saved_by_libreoffice_reads_back(person: Person, ref: str) -> None:
    first, second = shown(person, ref, "calls")["records"]
    path = form(person, ref, "calls")
    fill_cells(path, {(first, "A1"): 3, (second, "A1"): "4", (first, "备注"): "语速快", (second, "备注"): "A1: 好"})
    out = person.home / "lo"
    profile = f"-env:UserInstallation={(person.home / 'profile').as_uri()}"
    command = [str(soffice()), profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(out), str(path)], check=True, capture_output=True, timeout=240)
    person.well("records", "import", ref, str(out / path.name))
    assert marks(person, ref, "calls") == {(first, "A1"): ("3", "语速快"), (second, "A1"): ("4", "好")}
    assert shown(person, ref, "calls")["items"][0]["answer"] == "3 4"


def test_every_wrong_cell_is_named_and_nothing_changes(person: Person, ref: str) -> None:
    first, second, third = shown(person, ref)["records"]
    path = form(person, ref)
    fill_cells(path, {(first, "A2"): "maybe", (second, "A2"): "√", (second, "B1"): 7, (third, "备注"): "为什么"})
    done = person.on_store("records", "import", ref, str(path))
    assert done.code == ExitCode.USAGE
    assert "has 3 problems, nothing was changed" in done.err
    for cell in ("C7", "D8", "E9"):
        assert f"{cell}: " in done.err
    assert set(marks(person, ref).values()) == {(None, "")}


def test_a_cell_that_another_auditor_has_marked_since_is_a_problem(person: Person, ref: str) -> None:
    first, second, _ = shown(person, ref)["records"]
    path = form(person, ref)
    person.well("records", "mark", ref, "orders", first, "A2", "ok")
    person.well("records", "mark", ref, "orders", second, "A2", "ok")
    fill_cells(path, {(first, "A2"): "×", (first, "备注"): "坏"})
    done = person.on_store("records", "import", ref, str(path))
    assert done.code == ExitCode.USAGE
    assert 'marked "√" since' in done.err
    fill_cells(path, {(first, "A2"): "√", (first, "B1"): "×"})
    person.well("records", "import", ref, str(path))
    assert marks(person, ref)[second, "A2"] == ("ok", "")
    assert marks(person, ref)[first, "B1"] == ("no", "坏")


def test_a_prefilled_sheet_that_is_old_takes_nothing_back(person: Person, ref: str) -> None:
    first, second, _ = shown(person, ref)["records"]
    person.well("records", "mark", ref, "orders", first, "A2", "ok")
    path = form(person, ref)
    person.well("records", "mark", ref, "orders", first, "A2", "no", "--remark", "seen later")
    fill_cells(path, {(second, "A2"): "√"})
    person.well("records", "import", ref, str(path))
    assert marks(person, ref)[first, "A2"] == ("no", "seen later")
    fill_cells(path, {(first, "A2"): None})
    assert "was emptied" in person.on_store("records", "import", ref, str(path)).err


def test_sorted_rows_strange_heads_and_strange_records(person: Person, ref: str) -> None:
    first, second, _ = shown(person, ref)["records"]
    path = form(person, ref)

    def swap(sheet: Any, rows: dict[str, int], columns: dict[str, int]) -> None:
        for column in range(1, sheet.max_column + 1):
            one, two = sheet.cell(rows[first], column), sheet.cell(rows[second], column)
            one.value, two.value = two.value, one.value
        sheet.cell(rows[first], columns["A2"]).value = "√"

    fill(path, swap)
    person.well("records", "import", ref, str(path))
    assert (marks(person, ref)[second, "A2"], marks(person, ref)[first, "A2"]) == (("ok", ""), (None, ""))

    def spoil(sheet: Any, rows: dict[str, int], columns: dict[str, int]) -> None:
        sheet.cell(rows["记录"], columns["B1"]).value = "B9"
        sheet.cell(rows[first], 1).value = "R99"

    fill(path, spoil)
    done = person.on_store("records", "import", ref, str(path))
    assert 'the head "B9" is no item' in done.err
    assert '"R99" is not among the records drawn' in done.err


def test_a_sheet_of_another_audit_or_draw_is_refused(person: Person, ref: str) -> None:
    path = form(person, ref)
    person.well("audit", "undo", ref)
    person.well("audit", "undo", ref)
    assert "another draw" in person.on_store("records", "import", ref, str(path)).err
    second = person.well(
        "audit", "new", "--dealer", "D1", "--date", "2026-07-01", "--checklist", str(person.checklist)
    ).out.strip()
    assert f"belongs to audit {ref}" in person.on_store("records", "import", second, str(path)).err


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.xlsx", b"", "is empty"),
        ("a.xlsx", b"no workbook", "is damaged"),
        ("a.xlsx", bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600, "protected by a password"),
        ("a.xlsx", b"x" * 20_000_001, "too large"),
        ("a.csv", b"a,b\n1,2\n", "no record sheet"),
        ("a.txt", b"a", "use .xlsx or .csv"),
    ],
)
def test_files_that_cannot_be_used_are_sentences(person: Person, ref: str, name: str, body: bytes, said: str) -> None:
    path = person.home / name
    path.write_bytes(body)
    for command in (["import", ref, str(path)], ["draw", ref, "orders", "--from", str(path)]):
        done = person.on_store("records", *command)
        assert done.code != 0
        assert done.out == ""
        if command[0] == "import" or name != "a.csv":
            assert said in done.err
    assert set(marks(person, ref).values()) == {(None, "")}


def test_a_cut_workbook_and_one_without_its_key_are_refused(person: Person, ref: str) -> None:
    path = form(person, ref)
    cut = person.home / "cut.xlsx"
    cut.write_bytes(path.read_bytes()[:3000])
    assert "is damaged" in person.on_store("records", "import", ref, str(cut)).err

    def without_key(sheet: Any, rows: dict[str, int], columns: dict[str, int]) -> None:
        sheet.cell(1, 1).value = None

    fill(path, without_key)
    assert "no record sheet" in person.on_store("records", "import", ref, str(path)).err


def test_a_sheet_is_never_written_over_a_file(person: Person, ref: str) -> None:
    path = form(person, ref)
    before = path.read_bytes()
    done = person.on_store("records", "sheet", ref, "orders", "-o", str(path))
    assert done.code == ExitCode.USAGE
    assert path.read_bytes() == before


def draw_from(person: Person, *options: str) -> list[str]:
    """Draw in a fresh audit; returns the records."""
    ref = person.well(
        "audit", "new", "--dealer", "D1", "--date", "2026-08-01", "--checklist", str(person.checklist)
    ).out.strip()
    return person.well("records", "draw", ref, "orders", "--seed", "2026", *options).out.split()


def test_every_way_to_give_the_list_draws_the_same(person: Person, ref: str) -> None:
    from openpyxl import Workbook

    numbers = [f"R{n:03}" for n in range(1, 31)]
    expected = draw_from(person, "--range", "R001..R030")
    assert len(expected) == 3
    rows = "\n".join(f"{n},x" for n in reversed(numbers))
    gb = person.home / "gb.csv"
    gb.write_bytes(f"工单号,备注\n{rows}\n\n{numbers[4]},again\n".encode("gb18030"))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["Kunde", "Auftrag"], *[["x", n] for n in numbers]]:
        sheet.append(row)
    book.save(person.home / "list.xlsx")
    plain = person.file("plain.csv", "\n".join(numbers) + "\n")
    assert draw_from(person, "--numbers", "，".join(numbers)) == expected
    assert draw_from(person, "--from", str(gb)) == expected
    assert draw_from(person, "--from", str(person.home / "list.xlsx"), "--column", "Auftrag") == expected
    assert draw_from(person, "--from", plain) == expected


def test_the_column_has_to_be_known(person: Person, ref: str) -> None:
    path = person.file("l.csv", "Kunde,Auftrag\nx,R1\n")
    done = person.on_store("records", "draw", ref, "orders", "--from", path)
    assert done.code == ExitCode.USAGE
    assert "Kunde, Auftrag" in done.err
    assert "--column" in done.err
    rounded = person.file("r.csv", "工单号\n2.02605E+13\nR1\n")
    assert "lost digits" in person.on_store("records", "draw", ref, "orders", "--from", rounded).err
    assert person.on_store("records", "draw", ref, "orders").code == ExitCode.USAGE


def test_marking_at_the_command_line(person: Person, ref: str) -> None:
    first, second, third = shown(person, ref)["records"]
    done = person.well("records", "mark", ref, "orders", first.lower(), "a2", "no")
    assert "A2: 1 of 3 records marked, open" in done.err
    assert f"Failing marks without a remark: {first} A2" in done.err
    person.well("records", "missing", ref, "orders", second, "--remark", "clerk away")
    person.well("records", "close", ref, "orders", "--short", "no time")
    items = {i["id"]: i for i in shown(person, ref)["items"]}
    assert (items["A2"]["answer"], items["A2"]["marked"], items["A2"]["of"]) == ("0/2", 2, 3)
    assert items["A2"]["short"] == "closed"
    table = person.well("records", "show", ref, "orders").out
    assert "not produced: clerk away" in table
    assert "short sample" in table
    assert third in table
    assert person.on_store("audit", "answer", ref, "A2", "8/10").code == ExitCode.REFUSED
    assert person.on_store("records", "mark", ref, "orders", "R9", "A2", "ok").code == ExitCode.NOT_FOUND
    scored = person.well("score", ref, "--json").json["records"]
    assert [s["set"] for s in scored] == ["calls", "orders"]


def test_sets_are_listed_with_the_list_they_are_drawn_from(person: Person, ref: str) -> None:
    listed = person.well("records", "show", ref, "--json").json["sets"]
    assert [(s["set"], s["drawn"], s["size"]) for s in listed] == [("calls", 2, 2), ("orders", 3, 3)]
    person.well("audit", "undo", ref)
    listed = person.well("records", "show", ref, "--json", lang="zh").json["sets"]
    assert listed[0] == {"set": "calls", "name": "录音", "size": 2, "drawn": 0, "from": "清单"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_lists_the_sampled_records(person: Person, ref: str, lang: str) -> None:
    from openpyxl import load_workbook

    first, second, third = shown(person, ref)["records"]
    person.well("records", "mark", ref, "orders", first, "A2", "ok")
    person.well("records", "mark", ref, "orders", second, "A2", "no", "--remark", "缺签字")
    person.well("records", "missing", ref, "orders", third)
    person.well("report", ref, "-o", str(person.home / "r.xlsx"), lang=lang)
    sheet = load_workbook(person.home / "r.xlsx")["抽样记录" if lang == "zh" else "Sampled records"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    row = next(row for row in values if row[0] == "A2")
    missing = f"{second}（缺签字）；{third}（未出示）" if lang == "zh" else f"{second} (缺签字); {third} (not produced)"
    assert row[2:6] == ["1/3", "3 / 3" if lang == "zh" else "3 of 3", first, missing]
    words = " ".join(str(value) for line in values for value in line if value)
    assert ("种子 7" if lang == "zh" else "seed 7") in words
    assert ("清单 4 条" if lang == "zh" else "list of 4") in words


def test_copies_of_one_form_filled_by_two_auditors_come_together(person: Person, ref: str) -> None:
    first, second, third = shown(person, ref)["records"]
    path = form(person, ref)
    copy = Path(shutil.copy(path, person.home / "copy.xlsx"))
    fill_cells(path, {(first, "A2"): "√", (first, "B1"): "√", (second, "A2"): "√"})
    fill_cells(copy, {(second, "B1"): "√", (third, "A2"): "–", (third, "B1"): "√"})
    person.well("records", "import", ref, str(path), "--as", "Li")
    person.well("records", "import", ref, str(copy), "--as", "Wang")
    answers = {i["id"]: i["answer"] for i in shown(person, ref)["items"]}
    assert answers == {"A2": "2/2", "B1": "3/3"}


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        (
            [["结算单明细"], ["2026年5月"], ["序号", "工单号", "结算日期"], *[[n, f"R{n}", "d"] for n in (1, 2, 3, 4)]],
            "工单号",
        ),
        ([["日期", "车牌", "维修单号"], *[["d", "沪A", f"R{n}"] for n in (1, 2, 3, 4)]], "维修单号"),
        ([["No.", "Plate"], *[[f"R{n}", "沪A"] for n in (1, 2, 3, 4)]], "No."),
        ([["R1"], ["R2"], ["R3"], ["R4"]], "1"),
    ],
)
def test_the_column_of_numbers_is_found_and_named(person: Person, ref: str, rows: list[list[str]], column: str) -> None:
    person.well("audit", "undo", ref)
    person.well("audit", "undo", ref)
    path = person.file("list.csv", "\n".join(",".join(str(cell) for cell in row) for row in rows))
    done = person.well("records", "draw", ref, "orders", "--from", path, "--seed", "7")
    assert f"list of 4 (list.csv [{column}]), seed 7" in done.err
    assert set(done.out.split()) < {"R1", "R2", "R3", "R4"}


def test_blanks_in_only_some_pasted_numbers_are_asked_about(person: Person, ref: str) -> None:
    person.well("audit", "undo", ref)
    person.well("audit", "undo", ref)
    done = person.on_store("records", "draw", ref, "orders", "--numbers", "B1,B2;B5 B6 B7")
    assert done.code == ExitCode.USAGE
    assert '"B5 B6 B7" holds a blank' in done.err
    assert {s["drawn"] for s in person.well("records", "show", ref, "--json").json["sets"]} == {0}


def test_a_mark_is_taken_back(person: Person, ref: str) -> None:
    first, *_ = shown(person, ref)["records"]
    person.well("records", "mark", ref, "orders", first, "A2", "no", "--remark", "wrong line")
    person.well("records", "mark", ref, "orders", first, "A2", "open")
    assert marks(person, ref)[first, "A2"] == (None, "")
    assert "mark cleared" in person.well("audit", "history", ref, "--item", "A2").out
    before = person.well("audit", "history", ref, "--json").json
    person.well("records", "mark", ref, "orders", first, "A2", "open")
    assert person.well("audit", "history", ref, "--json").json == before


def test_the_same_mark_again_keeps_its_words(person: Person, ref: str) -> None:
    first, *_ = shown(person, ref)["records"]
    person.well("records", "mark", ref, "orders", first, "A2", "no", "--remark", "no date")
    person.well("records", "mark", ref, "orders", first, "A2", "no")
    assert marks(person, ref)[first, "A2"] == ("no", "no date")


def test_a_remark_that_names_another_item_is_no_remark_of_this_sheet(person: Person, ref: str) -> None:
    first, *_ = shown(person, ref)["records"]
    path = form(person, ref)
    fill_cells(path, {(first, "A2"): "×", (first, "备注"): "FD99：缺签字"})
    done = person.on_store("records", "import", ref, str(path))
    assert done.code == ExitCode.USAGE
    assert 'names "FD99"' in done.err


def test_pasted_commas_are_no_list_and_pasted_numbers_say_so(person: Person, ref: str) -> None:
    person.well("audit", "undo", ref)
    person.well("audit", "undo", ref)
    assert person.on_store("records", "draw", ref, "orders", "--numbers", ",,").code == ExitCode.USAGE
    assert "(pasted 粘贴)" in person.well("records", "draw", ref, "orders", "--numbers", "R1,R2").err


def test_a_draw_says_which_typed_answers_it_stands_above(person: Person, ref: str) -> None:
    person.well("audit", "undo", ref)
    person.well("audit", "undo", ref)
    person.well("audit", "answer", ref, "A2", "2/3", "--reason", "one")
    done = person.well("records", "draw", ref, "orders", "--numbers", "R1,R2,R3,R4", "--seed", "7")
    assert "now read from the records" in done.err
    assert "A2 (2/3)" in done.err
    events = person.well("audit", "history", ref, "--json").json
    events = events["events"] if isinstance(events, dict) else events
    assert [e["standing"] for e in events if (e["kind"], e["subject"]) == ("answer", "A2")] == ["covered"]

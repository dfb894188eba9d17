"""Sheets people hand over: cells know where they stand, and nothing unreadable ends in a traceback."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from checklists.sources import tables
from checklists.sources.tables import Table, UnreadableTable, read_table

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {"item": ("检查项", "编号"), "value": ("评分", "score"), "note": ("备注",)}


def read(path: Path) -> Table:
    return read_table(path, COLUMNS, required=("item", "value"))


def csv_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "answers.csv"
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder: Path, rows: list[list[Any]], formats: dict[str, str] | None = None) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)
    for place, number_format in (formats or {}).items():
        sheet[place].number_format = number_format
    path = folder / "answers.xlsx"
    book.save(path)
    return path


def texts(table: Table) -> list[tuple[int, str, str]]:
    return [(row.number, row.text("item"), row.text("value")) for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_in_any_usual_encoding_and_delimiter(tmp_path: Path, encoding: str, mark: str) -> None:
    text = f"编 号{mark} Ｓcore{mark}负责人\nFD01{mark}8/10{mark}王\n\nFD02{mark} 是 {mark}\n"
    assert texts(read(csv_file(tmp_path, text, encoding))) == [(2, "FD01", "8/10"), (4, "FD02", "是")]


def test_csv_cells_know_their_line_and_column(tmp_path: Path) -> None:
    table = read(csv_file(tmp_path, 'item,value,备注\nFD01,y,"two\nlines"\nFD02,"a,b"\n'))
    assert [row.number for row in table.rows] == [2, 4]
    assert table.rows[0].text("note") == "two\nlines"
    place = table.rows[1].cells["value"].place
    assert (place.zh, place.en) == ("第 4 行“value”列", "row 4, column value")
    assert "note" not in table.rows[1].cells


@pytest.mark.parametrize(("typed", "is_date"), [("8月10日", True), ("10-Aug", True), ("Aug-10", True), ("8/10", False)])
def test_csv_cells_that_excel_wrote_as_dates_are_marked(tmp_path: Path, typed: str, is_date: bool) -> None:
    assert read(csv_file(tmp_path, f"item,value\nFD01,{typed}\n")).rows[0].cells["value"].is_date is is_date


@pytest.mark.parametrize(
    ("value", "number_format", "text", "is_date"),
    [
        (8, "General", "8", False),
        (8.0, "General", "8", False),
        (92.5, "General", "92.5", False),
        (0.1 + 0.2, "General", "0.3", False),
        (0.93, "0%", "93%", False),
        (0.925, "0.00%", "92.5%", False),
        (0.5, '0"%"', "0.5", False),
        (7, "000", "007", False),
        (1e-7, "General", "0.0000001", False),
        (True, "General", "TRUE", False),
        ("8/10", "General", "8/10", False),
        (" 是 ", "General", "是", False),
        (dt.datetime(2026, 8, 10), "m/d", "2026-08-10", True),  # noqa: DTZ001
        (dt.date(2026, 8, 10), "d-mmm", "2026-08-10", True),
        (dt.time(8, 10), "h:mm", "08:10:00", True),
        (dt.timedelta(hours=30), "[h]:mm", "1 day, 6:00:00", True),
    ],
)
def test_cells_of_a_workbook_read_as_typed(
    tmp_path: Path, value: object, number_format: str, text: str, is_date: bool
) -> None:
    table = read(workbook(tmp_path, [["检查项", "评分"], ["FD01", value]], {"B2": number_format}))
    cell = table.rows[0].cells["value"]
    assert (cell.text, cell.is_date, cell.place.en) == (text, is_date, "B2")


def test_rows_keep_their_numbers_and_a_title_is_not_needed(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [],
        ["note", "item", None, "value"],
        [],
        ["x", "FD01", None, "y"],
        [],
        ["", "FD02", None, "n"],
    ]
    table = read(workbook(tmp_path, rows))
    assert texts(table) == [(4, "FD01", "y"), (6, "FD02", "n")]
    assert table.rows[0].cells["value"].place.zh == "D4"
    assert table.header == ("note", "item", "", "value")


def test_formats_copied_down_do_not_make_a_sheet_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_EMPTY_RUN", 10)
    monkeypatch.setattr(tables, "MAX_ROWS", 5)
    rows: list[list[Any]] = [["item", "value"], ["FD01", "y"]]
    path = workbook(tmp_path, rows, {f"A{row}": "0.00" for row in range(3, 60)})
    assert len(read(path).rows) == 1


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableTable) as caught:
        read(path)
    assert caught.value.text.zh
    assert path.name in caught.value.text.zh
    return caught.value.text.en


def test_files_of_the_wrong_kind(tmp_path: Path) -> None:
    assert "There is no file" in refusal(tmp_path / "none.csv")
    assert "There is no file" in refusal(tmp_path / "nope")
    assert "is a folder" in refusal(tmp_path)
    for name, words in [("a.xls", "old Excel"), ("a.pdf", "is no table"), ("a", "is no table"), ("a.csv", "is empty")]:
        (tmp_path / name).write_bytes(b"")
        assert words in refusal(tmp_path / name)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "is empty"),
        (b"item,value", "is damaged"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512, "password"),
        (b"PK\x03\x04 cut off", "is damaged"),
    ],
)
def test_workbooks_that_are_none(tmp_path: Path, body: bytes, words: str) -> None:
    path = tmp_path / "answers.xlsx"
    path.write_bytes(body)
    assert words in refusal(path)


def test_a_workbook_with_a_broken_part(tmp_path: Path) -> None:
    whole = workbook(tmp_path, [["item", "value"], ["FD01", "y"]])
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"):
        body = io.BytesIO()
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(body, "w") as target:
            for name in source.namelist():
                target.writestr(name, b"<worksheet><oops" if name == part else source.read(name))
        path = tmp_path / "broken.xlsx"
        path.write_bytes(body.getvalue())
        assert "is damaged" in refusal(path)


def test_what_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = csv_file(tmp_path, "item,value\n" + "FD01,y\n" * 20)
    book = workbook(tmp_path, [["item", "value"], *[["FD01", "y"]] * 20])
    monkeypatch.setattr(tables, "MAX_ROWS", 19)
    assert "too large" in refusal(path)
    assert "too large" in refusal(book)
    monkeypatch.setattr(tables, "MAX_ROWS", 20)
    assert len(read(path).rows) == len(read(book).rows) == 20
    monkeypatch.setattr(tables, "MAX_MEGABYTES", 0)
    assert "too large" in refusal(path)


def test_a_workbook_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("x", "w") as part:
        for _ in range(41):
            part.write(b"\0" * 10_000_000)
    assert "too large" in refusal(path)


def test_headers_that_are_missing_or_double(tmp_path: Path) -> None:
    words = refusal(csv_file(tmp_path, "检查项,points\nFD01,1\n"))
    assert "lacks the columns value; its header has 检查项, points" in words
    assert "two columns for item" in refusal(csv_file(tmp_path, "item,编号,value\nFD01,1,y\n"))
    assert "is empty" in refusal(csv_file(tmp_path, "\n,,\n \n"))
    assert "is empty" in refusal(workbook(tmp_path, []))


def test_a_csv_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes(b"item,value\nFD01,\xff\xff\xff\n")
    assert "encoding" in refusal(path)
    assert "near line 2" in refusal(csv_file(tmp_path, 'item,value\nFD01,"' + "x" * 140_000))

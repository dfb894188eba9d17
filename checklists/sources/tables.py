"""Any sheet a person hands over, .csv or .xlsx, as rows whose cells know where they stand."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_MEGABYTES = 20
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_EMPTY_RUN = 5_000
"""Empty rows after which a sheet is taken to have ended: formats are often copied down to the last row."""

_EXCEL_DATE = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{2}")
"""How Excel writes 8/10 into a .csv after taking it for a date."""
_BLANKS = re.compile(r"\s+")


class UnreadableTable(UserError):
    """A sheet cannot be read; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, as a person would have typed it."""

    text: str
    place: Text
    """Where it is: B7, or row 7 and the name of the column."""
    is_date: bool = False
    """The spreadsheet holds a date here, which may once have been typed as 8/10."""
    pending: bool = False
    """A formula that no program has computed yet: the file holds no value for it (see `read_book`)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty."""

    number: int
    """Row of the sheet, or line of the file, from 1."""
    cells: Mapping[str, Cell]
    """Cells by column, under the columns' canonical names; a column the file lacks is absent."""

    def text(self, column: str) -> str:
        """Return what stands in a column, "" where there is nothing."""
        cell = self.cells.get(column)
        return "" if cell is None else cell.text


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook as it stands."""

    name: str
    rows: tuple[tuple[int, list[Cell]], ...]
    """The rows that are not empty, each with its number; places name the sheet too."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged cells, where they were asked for: first row, first column, last row, last column, from 1."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with the columns that were asked for."""

    file: str
    header: tuple[str, ...]
    """The header as it stands in the file."""
    rows: tuple[Row, ...]


def read_table(path: Path | str, columns: Mapping[str, Sequence[str]], required: Sequence[str] = ()) -> Table:
    """Read a .csv or the first sheet of an .xlsx.

    Args:
        path: the file.
        columns: canonical names of the columns wanted, each with the headers people give it.
        required: those of them that must be there.

    Returns:
        The rows below the header; columns that are not wanted, and empty rows, are left out.

    Raises:
        UnreadableTable: whatever is wrong with the file, in one sentence.
    """
    file = Path(path)
    return _table(file.name, _lines(file), columns, required)


def read_lines(path: Path | str) -> list[tuple[int, list[Cell]]]:
    """Read a .csv or the first sheet of an .xlsx as it stands, for sheets whose header has no fixed place.

    Returns:
        The rows that are not empty, with their numbers.

    Raises:
        UnreadableTable: whatever is wrong with the file, in one sentence.
    """
    file = Path(path)
    lines = [(number, cells) for number, cells in _lines(file) if any(cell.text for cell in cells)]
    if not lines:
        raise _empty(file.name)
    if len(lines) > MAX_ROWS:
        raise _too_large(file.name)
    return lines


def _lines(file: Path) -> Iterator[_Line]:
    body = _bytes(file)
    suffix = file.suffix.lower()
    return _xlsx_lines(file.name, body) if suffix in {".xlsx", ".xlsm"} else _csv_lines(file.name, body)


def read_form(path: Path | str) -> list[tuple[int, list[Cell]]]:
    """Read the rows of a form as they stand, from a .csv or the first sheet of an .xlsx: no row is taken for a header.

    Returns:
        The rows that are not empty, each with its number.

    Raises:
        UnreadableTable: whatever is wrong with the file, in one sentence.
    """
    file = Path(path)
    body = _bytes(file)
    is_book = file.suffix.lower() in {".xlsx", ".xlsm"}
    return list(_xlsx_lines(file.name, body) if is_book else _csv_lines(file.name, body))


def read_book(path: Path | str, *, merged: bool = False) -> tuple[Sheet, ...]:
    """Read all sheets of an .xlsx as they stand, for forms whose rows may stand on any of them.

    Args:
        path: the file.
        merged: find the merged cells too, which takes as long again.

    Raises:
        UnreadableTable: whatever is wrong with the file, in one sentence.
    """
    from checklists.sources.xlsx import all_sheets, merged_cells

    file = Path(path)
    if file.suffix.lower() not in {".xlsx", ".xlsm", ".xls", ".csv"} and file.is_file():
        raise _refused(
            "“{name}”不是 .xlsx 工作簿，请在 Excel、WPS 或 LibreOffice 里另存为 .xlsx",
            '"{name}" is no .xlsx workbook; save it as .xlsx in Excel, WPS or LibreOffice',
            name=file.name,
        )
    body = _bytes(file)
    if file.suffix.lower() == ".csv":
        return (Sheet("", tuple(_csv_lines(file.name, body, _NOT_UTF8_BOOK))),)
    with _told(file.name):
        found = all_sheets(body, MAX_ROWS + 1, MAX_EMPTY_RUN, MAX_COLUMNS)
        ranges = merged_cells(body) if merged else {}
    return tuple(
        Sheet(
            name,
            tuple(
                (number, [Cell(text, _on_sheet(name, at), is_date, pending) for text, at, is_date, pending in cells])
                for number, cells in rows
            ),
            tuple(ranges.get(name, ())),
        )
        for name, rows in found
    )


def _on_sheet(name: str, place: str) -> Text:
    return Text("“{name}”表 {place}", "{name} {place}").format(name=name, place=place)


def _refused(zh: str, en: str, **values: object) -> UnreadableTable:
    return UnreadableTable(Text(zh, en).format(**values))


def _bytes(file: Path) -> bytes:
    """Return the file's content after everything that can be refused without reading it."""
    suffix, name = file.suffix.lower(), file.name or str(file)
    try:
        if file.is_dir():
            raise _refused("“{name}”是文件夹，请指定其中的文件", '"{name}" is a folder; name a file in it', name=name)
        if suffix == ".xls":
            raise _refused(
                "“{name}”是旧版 Excel 格式，请另存为 .xlsx",
                '"{name}" is in the old Excel format; save it as .xlsx',
                name=name,
            )
        if suffix not in {".csv", ".xlsx", ".xlsm"} and file.exists():
            raise _refused(
                "“{name}”不是表格文件，请使用 .xlsx 或 .csv", '"{name}" is no table; use .xlsx or .csv', name=name
            )
        if file.stat().st_size > MAX_MEGABYTES * 1_000_000:
            raise _too_large(name)
        body = file.read_bytes()
    except FileNotFoundError:
        raise _refused(
            "找不到文件“{path}”，请检查路径", 'There is no file "{path}"; check the path', path=file
        ) from None
    except (OSError, ValueError):
        raise _refused(
            "无法读取“{path}”，请检查权限，并关闭正在使用它的程序",
            '"{path}" cannot be read; check its permissions and close programs that use it',
            path=file,
        ) from None
    if not body.strip():
        raise _empty(name)
    return body


def _too_large(name: str) -> UnreadableTable:
    return _refused(
        "“{name}”太大（上限 {size} MB、{rows} 行），请检查是否选错文件，或拆成几个",
        '"{name}" is too large (at most {size} MB and {rows} rows); check that it is the right file, or part it',
        name=name,
        size=MAX_MEGABYTES,
        rows=f"{MAX_ROWS:,}",
    )


def _empty(name: str) -> UnreadableTable:
    return _refused("“{name}”是空的，请填写表头和内容", '"{name}" is empty; fill in a header and rows', name=name)


def _damaged(name: str) -> UnreadableTable:
    return _refused(
        "“{name}”已损坏，无法读取；请用 Excel 或 WPS 打开后另存",
        '"{name}" is damaged and cannot be read; open it in Excel or WPS and save it again',
        name=name,
    )


_Line = tuple[int, list[Cell]]
"""Number of a row and its cells."""


_NOT_UTF8 = Text(
    "“{name}”的编码无法识别，请另存为 UTF-8 编码的 CSV",
    'The encoding of "{name}" is not known; save it as CSV in UTF-8',
)
_NOT_UTF8_BOOK = Text(
    "“{name}”的编码无法识别，中文可能已经丢失：请从原来的表另存为 .xlsx",
    'The encoding of "{name}" is not known and its Chinese may be lost; save the original as .xlsx instead',
)


def _csv_lines(name: str, body: bytes, unknown: Text = _NOT_UTF8) -> Iterator[_Line]:
    text = _decoded(name, body, unknown)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=lambda mark: re.sub(r'"[^"]*"', "", first).count(mark))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] = []
    begin = 1
    try:
        for fields in reader:
            header = header or ([field.strip() for field in fields] if any(fields) else [])
            yield begin, [_csv_cell(field, begin, index, header) for index, field in enumerate(fields)]
            begin = reader.line_num + 1
    except csv.Error:
        raise _refused(
            "“{name}”第 {line} 行附近无法读取；请检查引号是否成对",
            '"{name}" cannot be read near line {line}; check that quotes are closed',
            name=name,
            line=begin,
        ) from None


def _csv_cell(field: str, row: int, index: int, header: list[str]) -> Cell:
    column = header[index] if index < len(header) and header[index] else str(index + 1)
    place = Text("第 {row} 行“{column}”列", "row {row}, column {column}").format(row=row, column=column)
    text = field.strip()
    return Cell(text, place, _EXCEL_DATE.fullmatch(text) is not None)


def _decoded(name: str, body: bytes, unknown: Text) -> str:
    wide = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable(unknown.format(name=name))


def _xlsx_lines(name: str, body: bytes) -> Iterator[_Line]:
    # In a module of its own, as it deals with Excel alone.
    from checklists.sources.xlsx import first_sheet

    with _told(name):
        rows = first_sheet(body, MAX_ROWS + 1, MAX_EMPTY_RUN, MAX_COLUMNS)
    for number, cells in rows:
        yield number, [Cell(text, same(place), is_date, pending) for text, place, is_date, pending in cells]


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn what makes a workbook unreadable into a sentence."""
    from checklists.sources.xlsx import Encrypted, NotAWorkbook, TooLarge

    try:
        yield
    except Encrypted:
        raise _refused(
            "“{name}”有密码保护（或是旧版 .xls 改了扩展名）；请去掉密码，另存为 .xlsx",
            '"{name}" is protected by a password (or is an old .xls renamed); remove it and save as .xlsx',
            name=name,
        ) from None
    except TooLarge:
        raise _too_large(name) from None
    except NotAWorkbook:
        raise _damaged(name) from None


def _table(name: str, lines: Iterator[_Line], columns: Mapping[str, Sequence[str]], required: Sequence[str]) -> Table:
    header: tuple[str, ...] = ()
    place_of: dict[str, int] = {}
    rows: list[Row] = []
    for number, cells in lines:
        if not any(cell.text for cell in cells):
            continue
        if not header:
            header = tuple(cell.text for cell in cells)
            place_of = _columns(name, header, columns, required)
            continue
        if len(rows) >= MAX_ROWS:
            raise _too_large(name)
        found = {column: cells[index] for column, index in place_of.items() if index < len(cells)}
        rows.append(Row(number, found))
    if not header:
        raise _empty(name)
    return Table(name, header, tuple(rows))


def _columns(
    name: str, header: Sequence[str], columns: Mapping[str, Sequence[str]], required: Sequence[str]
) -> dict[str, int]:
    """Return where each wanted column stands."""
    spellings = {_folded(word): column for column, words in columns.items() for word in (column, *words)}
    place_of: dict[str, int] = {}
    for index, word in enumerate(header):
        column = spellings.get(_folded(word))
        if column is None:
            continue
        if column in place_of:
            raise _refused(
                "“{name}”有两列都是 {column}（“{first}”和“{second}”），请删去一列",
                '"{name}" has two columns for {column} ("{first}" and "{second}"); delete one',
                name=name,
                column=column,
                first=header[place_of[column]],
                second=word,
            )
        place_of[column] = index
    missing = [column for column in required if column not in place_of]
    if missing:
        raise _refused(
            "“{name}”缺少列：{missing}；表头只有：{found}。请补上这些列",
            '"{name}" lacks the columns {missing}; its header has {found}. Add them',
            name=name,
            missing=joined([_column_words(column, columns) for column in missing]),
            found=joined([same(word) for word in header if word][:30]),
        )
    return place_of


def _column_words(column: str, columns: Mapping[str, Sequence[str]]) -> Text:
    """Return a column's name, in Chinese with the first Chinese header it may have."""
    chinese = next((word for word in columns.get(column, ()) if not word.isascii()), None)
    return same(column) if chinese is None else Text(f"{column}（{chinese}）", column)


def _folded(header: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", header)).lower()

"""The sheets of a workbook, their cells as people typed them."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from checklists.points import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook import Workbook

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""How encrypted workbooks (and old .xls files) begin."""
_MAX_UNPACKED = 60_000_000
"""Bytes a workbook may unpack to: some 100,000 rows of answers with their notes."""
_MAX_CELLS = 1_000_000
"""Cells read in all; a sheet of answers has four in a row."""
_DIGITS = 15
"""Digits a spreadsheet keeps; more come from binary fractions."""
_FORMULA = re.compile(rb"<f[ >/]")
_QUOTED = re.compile(r'"[^"]*"|\\.')

CellData = tuple[str, str, bool, bool]
"""Text, place such as B7, whether it is a date, and whether it is a formula whose result the file does not hold."""
Rows = list[tuple[int, list[CellData]]]
"""Rows that are not empty, with their numbers."""


class NotAWorkbook(Exception):
    """The bytes are no workbook that can be read."""


class Encrypted(NotAWorkbook):
    """The workbook is protected by a password, or is of the old format."""


class TooLarge(NotAWorkbook):
    """The workbook unpacks to more than anybody types."""


@contextmanager
def _opened(body: bytes) -> Iterator[Workbook]:
    """Open a workbook to read the values in its cells; whatever is wrong with it is NotAWorkbook."""
    _check(body)
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on parts of the file that are not read
        try:
            book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
            try:
                yield book
            finally:
                book.close()
        except TooLarge:
            raise
        except Exception as error:  # a damaged part can make openpyxl fail in any way
            raise NotAWorkbook from error


def first_sheet(body: bytes, max_rows: int, max_empty_run: int, max_columns: int) -> Rows:
    """Return the rows of the first sheet that are not empty, with their numbers.

    Args:
        body: the workbook.
        max_rows: rows that may be filled.
        max_empty_run: empty rows after which the sheet is taken to have ended.
        max_columns: columns read of each row.

    Raises:
        NotAWorkbook: or one of its relatives above.
    """
    with _opened(body) as book:
        formulas = _formulas(body, max_columns)[0]
        rows = list(islice(_rows(book.worksheets[0], max_empty_run, max_columns, formulas), max_rows + 1))
    if len(rows) > max_rows:
        raise TooLarge
    return rows


def all_sheets(body: bytes, max_rows: int, max_empty_run: int, max_columns: int) -> list[tuple[str, Rows]]:
    """Return every sheet: its name and its rows that are not empty.

    Args:
        body: the workbook.
        max_rows: rows that may be filled, of each sheet.
        max_empty_run: empty rows after which a sheet is taken to have ended.
        max_columns: columns read of each row.

    Raises:
        NotAWorkbook: or one of its relatives above.
    """
    with _opened(body) as book:
        formulas = _formulas(body, max_columns)
        found = [
            (str(sheet.title), list(islice(_rows(sheet, max_empty_run, max_columns, own), max_rows + 1)))
            for sheet, own in zip(book.worksheets, formulas, strict=True)
        ]
    if any(len(rows) > max_rows for _, rows in found):
        raise TooLarge
    return found


def merged_cells(body: bytes) -> dict[str, list[tuple[int, int, int, int]]]:
    """Return the merged cells of every sheet by its name: first row, first column, last row, last column, from 1.

    Raises:
        NotAWorkbook: or one of its relatives above.
    """
    _check(body)
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(body))
        except Exception as error:
            raise NotAWorkbook from error
    return {
        str(sheet.title): [(r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges]
        for sheet in book.worksheets
    }


def _check(body: bytes) -> None:
    if body.startswith(_OLE):
        raise Encrypted
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise NotAWorkbook from error
    if unpacked > _MAX_UNPACKED:
        raise TooLarge


def _formulas(body: bytes, max_columns: int) -> list[frozenset[tuple[int, int]]]:
    """Return where formulas stand in each sheet, row and column from 1: their results may have been left out."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
    try:
        if not _has_formulas(body):
            return [frozenset() for _ in book.worksheets]
        return [_formulas_of(sheet, max_columns) for sheet in book.worksheets]
    finally:
        book.close()


def _formulas_of(sheet: Any, max_columns: int) -> frozenset[tuple[int, int]]:
    sheet.reset_dimensions()
    return frozenset(
        (number, column)
        for number, row in enumerate(sheet.iter_rows(max_col=max_columns), start=1)
        for column, cell in enumerate(row, start=1)
        if cell.data_type == "f"
    )


def _has_formulas(body: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def _rows(
    sheet: Any, max_empty_run: int, max_columns: int, formulas: frozenset[tuple[int, int]]
) -> Iterator[tuple[int, list[CellData]]]:
    from openpyxl.utils import get_column_letter

    sheet.reset_dimensions()  # what the file says of its size is not always true
    empty = read = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        read += len(row)
        if read > _MAX_CELLS:
            raise TooLarge
        cells = [
            (
                "" if cell.value is None else _typed(cell.value, str(cell.number_format)),
                f"{get_column_letter(column)}{number}",
                _is_date(cell.value),
                cell.value is None and (number, column) in formulas,
            )
            for column, cell in enumerate(row[:max_columns], start=1)
        ]
        if any(text or bare for text, _, _, bare in cells):
            empty = 0
            yield number, cells
        elif (empty := empty + 1) > max_empty_run:
            return


def _is_date(value: object) -> bool:
    return isinstance(value, dt.date | dt.time | dt.timedelta)


def _typed(value: object, number_format: str) -> str:
    """Return a cell's value as a person would type it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, dt.datetime):
        whole_day = value.time() == dt.time()
        return value.date().isoformat() if whole_day else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value).strip()


def _number(value: float, number_format: str) -> str:
    exact = Decimal(repr(value))
    if exact.is_finite() and exact:
        places = _DIGITS - 1 - exact.adjusted()
        exact = round(exact, places) if places < 300 else exact
    if "%" in _QUOTED.sub("", number_format):
        return f"{plain(exact * 100)}%"
    if re.fullmatch(r"0{2,}", number_format) and value >= 0 and exact == exact.to_integral_value():
        return plain(exact).zfill(len(number_format))
    return plain(exact)

"""Where a report is written: never over a file that is not a report of this tool."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.text import Text, UserError

if TYPE_CHECKING:
    from audit.records import Grid
    from audit.summary import AuditSummary
    from checklists.text import Lang
    from reports.visit.content import Letter

SUFFIX = ".xlsx"


_NOT_OURS = Text(
    "“{path}”已存在，而且不是本工具的报告；请移走它，或换一个文件名",
    '"{path}" exists and is no report of this tool; move it away or choose another name',
)
_NO_LETTER = Text(
    "“{path}”已存在，而且不是评估通知；请移走它，或换一个文件名",
    '"{path}" exists and is no visit letter; move it away or choose another name',
)
_NO_SHEET = Text(
    "“{path}”已存在，里面可能已填了数据；请移走它，或换一个文件名",
    '"{path}" exists and may hold figures already; move it away or choose another name',
)
_NO_FORM = Text(
    "评估通知的文件名请以 .xlsx 或 .md 结尾：{path}", "Name the letter with .xlsx or .md at its end: {path}"
)

_MAY_HOLD_MARKS = Text(
    "“{path}”已存在，其中可能有尚未导入的标记；请先导入，或换一个文件名",
    '"{path}" exists and may hold marks not read yet; import it first, or choose another name',
)


_NO_WORKBOOK = Text(
    "“{name}”不能写成 {ending}：只写 Excel 文件，请以 .xlsx 结尾",
    '"{name}" cannot be written as {ending}: this is an Excel file, end its name with .xlsx',
)
_OTHER_FORMS = frozenset(
    {".csv", ".tsv", ".txt", ".xls", ".xlsm", ".ods", ".pdf", ".html", ".htm", ".md", ".json", ".doc", ".docx"}
)
"""Endings that mean another form than a workbook; anything else behind a point is part of the name."""


class NotOurFile(UserError):
    """A report would overwrite something else."""


class NoWorkbook(UserError):
    """A workbook was asked for under a name that means another form."""


def report_path(output: str | None, ref: str, lang: Lang) -> Path:
    """Return where the report goes: the file named, in the folder named, or one after the audit in this folder.

    Raises:
        NoWorkbook: when the file named ends as another form does.
    """
    name = f"{ref}-{lang}{SUFFIX}"
    if not output:
        return Path(name)
    path = Path(output).expanduser()
    if path.is_dir():
        return path / name
    return _as_workbook(path)


def _as_workbook(path: Path) -> Path:
    """Return a path with the ending of a workbook.

    Raises:
        NoWorkbook: when it ends as another form does.
    """
    ending = path.suffix.lower()
    if ending in _OTHER_FORMS:
        raise NoWorkbook(_NO_WORKBOOK.format(name=path.name, ending=ending))
    return path if ending == SUFFIX else path.with_name(path.name + SUFFIX)


def write(summary: AuditSummary, path: Path, lang: Lang) -> bool:
    """Write the report; returns whether an earlier one was replaced.

    Raises:
        NotOurFile: when another file is there.
        UserError: when the place cannot be written.
    """
    from reports.workbook import write_report

    there = refuse_other(path)
    write_report(summary, path, lang)
    return there


def refuse_other(path: Path) -> bool:
    """Say whether an earlier report is there.

    Raises:
        NotOurFile: when another file is there.
    """
    there = path.exists()
    if there and not is_report(path):
        raise NotOurFile(_NOT_OURS.format(path=path))
    return there


def write_letter(letter: Letter, path: Path, lang: Lang) -> None:
    """Write the letter before a visit, as a workbook or as Markdown; an earlier letter is replaced.

    Raises:
        NotOurFile: when another file is there.
        UserError: when the name has neither ending, or the place cannot be written.
    """
    from reports.visit.markdown import MARK, letter_markdown
    from reports.visit.sheets import letter_bytes
    from reports.workbook import put_in_place

    kind = path.suffix.lower()
    if kind not in {SUFFIX, ".md"}:
        raise UserError(_NO_FORM.format(path=path))
    if path.is_file():
        ours = is_report(path, b"visit letter") if kind == SUFFIX else begins_with(path, MARK.encode())
        if not ours:
            raise NotOurFile(_NO_LETTER.format(path=path))
    body = letter_bytes(letter, lang) if kind == SUFFIX else letter_markdown(letter, lang).encode()
    put_in_place(body, path)


def write_record_sheet(summary: AuditSummary, grid: Grid, output: str, lang: Lang) -> Path:
    """Write a record sheet; never over a file that is there, as it may hold marks that are not read yet.

    Raises:
        NotOurFile: when a file is there.
        NoWorkbook: when the file named ends as another form does.
        UserError: when the place cannot be written.
    """
    from reports.sheets.records import form_bytes
    from reports.workbook import put_in_place

    path = Path(output).expanduser()
    if path.is_dir():
        path /= f"{summary.ref}-{grid.id}{SUFFIX}"
    else:
        path = _as_workbook(path)
    if path.exists():
        raise NotOurFile(_MAY_HOLD_MARKS.format(path=path))
    put_in_place(form_bytes(summary, grid, lang), path)
    return path


def write_kpi_sheet(summary: AuditSummary, path: Path, lang: Lang) -> None:
    """Write the KPI sheet that a dealership fills in, never over a file: an earlier sheet may hold its figures.

    Raises:
        NotOurFile: when a file is there.
        UserError: when the place cannot be written.
    """
    from reports.sheets.kpi_data import template_bytes
    from reports.workbook import put_in_place

    if path.exists():
        raise NotOurFile(_NO_SHEET.format(path=path))
    put_in_place(template_bytes(summary, lang), path)


def is_report(path: Path, mark: bytes = b"dealer-audit") -> bool:
    """Say whether a file is a report (of the kind that bears `mark`) that this tool wrote."""
    try:
        with zipfile.ZipFile(path) as archive:
            properties = archive.read("docProps/core.xml") + archive.read("docProps/app.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
    return mark in properties


def begins_with(path: Path, mark: bytes) -> bool:
    """Say whether a file begins with these bytes."""
    with path.open("rb") as file:
        return file.read(len(mark)) == mark

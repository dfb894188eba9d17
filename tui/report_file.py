"""Where a report is written: never over a file that is not a report of this tool."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.text import Text, UserError

if TYPE_CHECKING:
    from audit.records import Grid
    from audit.summary import AuditSummary
    from checklists.text import Lang, ReportLang
    from reports.sheets.form import By, Standing
    from reports.visit.content import Letter
    from reports.workbook import Look

SUFFIX, PDF = ".xlsx", ".pdf"
FORMATS = {"xlsx": SUFFIX, "pdf": PDF}
"""Ends of a report's file by the format's name."""


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

_MAY_HOLD_ANSWERS = Text(
    "“{path}”已存在，其中可能有尚未导入的评分；请先导入（audit answer --from），或换一个文件名",
    '"{path}" exists and may hold answers not read yet; read it first (audit answer --from), or choose another name',
)


_OTHER_FORM = Text(
    "“{name}”不能写成 {ending}，请以 {suffix} 结尾",
    '"{name}" cannot be written as {ending}: end its name with {suffix}',
)
_FORMS = frozenset(
    {".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods", ".pdf", ".html", ".htm", ".md", ".json", ".doc", ".docx"}
)
"""Endings that mean a form; anything else behind a point is part of the name."""


class NotOurFile(UserError):
    """A report would overwrite something else."""


class OtherForm(UserError):
    """A file was asked for under a name that means another form."""


def report_path(output: str | None, ref: str, tag: str, suffix: str = SUFFIX) -> Path:
    """Return where the report goes: the file named, in the folder named, or one after the audit in this folder.

    Args:
        output: what was named, if anything.
        ref: the audit's reference.
        tag: what tells this report from others of the audit: its language, and for whom it is.
        suffix: the end of its name, by the format.

    Raises:
        OtherForm: when the file named ends as another form does.
    """
    name = f"{ref}-{tag}{suffix}"
    if not output:
        return Path(name)
    path = Path(output).expanduser()
    if path.is_dir():
        return path / name
    return _ending_as(path, suffix)


def _ending_as(path: Path, suffix: str) -> Path:
    """Return a path with the ending of its form.

    Raises:
        OtherForm: when it ends as another form does.
    """
    ending = path.suffix.lower()
    if ending == suffix:
        return path
    if ending in _FORMS:
        raise OtherForm(_OTHER_FORM.format(name=path.name, ending=ending, suffix=suffix))
    return path.with_name(path.name + suffix)


def write(summary: AuditSummary, path: Path, lang: ReportLang, look: Look | None = None) -> bool:
    """Write the report; returns whether an earlier one was replaced.

    Args:
        summary: what it shows.
        path: the file; a PDF where its name ends so, otherwise a workbook.
        lang: language of the report.
        look: for whom it is, and in whose look; None for the dealership's own copy in the tool's own look.

    Raises:
        NotOurFile: when another file is there.
        UserError: when the place cannot be written.
    """
    there = refuse_other(path)
    if path.suffix.lower() == PDF:
        from reports.pdf.document import write_pdf

        write_pdf(summary, path, lang, look)
    else:
        from reports.workbook import write_report

        write_report(summary, path, lang, look)
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
        OtherForm: when the file named ends as another form does.
        UserError: when the place cannot be written.
    """
    from reports.sheets.records import form_bytes
    from reports.workbook import put_in_place

    path = _new_form(output, f"{summary.ref}-{grid.id}{SUFFIX}", _MAY_HOLD_MARKS)
    put_in_place(form_bytes(summary, grid, lang), path)
    return path


def write_answer_form(standing: Standing, by: By, output: str, lang: Lang) -> Path:
    """Write the form to score with; never over a file that is there, as it may hold answers that are not read yet.

    Raises:
        NotOurFile: when a file is there.
        OtherForm: when the file named ends as another form does.
        UserError: when the place cannot be written.
    """
    from reports.sheets.form import form_bytes
    from reports.workbook import put_in_place

    path = _new_form(output, f"{standing.summary.ref}-{by}{SUFFIX}", _MAY_HOLD_ANSWERS)
    put_in_place(form_bytes(standing, by, lang), path)
    return path


def _new_form(output: str, name: str, there: Text) -> Path:
    """Return where a form goes: the file named, or one of this name in the folder named.

    Raises:
        NotOurFile: when a file is there, in the words given.
        OtherForm: when the file named ends as another form does.
    """
    path = Path(output).expanduser()
    path = path / name if path.is_dir() else _ending_as(path, SUFFIX)
    if path.exists():
        raise NotOurFile(there.format(path=path))
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
    if path.suffix.lower() == PDF:
        return _is_pdf_report(path)
    try:
        with zipfile.ZipFile(path) as archive:
            properties = archive.read("docProps/core.xml") + archive.read("docProps/app.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
    return mark in properties


def _is_pdf_report(path: Path) -> bool:
    from reports.pdf.document import MARK

    try:
        body = path.read_bytes()
    except OSError:
        return False
    return body.startswith(b"%PDF-") and MARK.encode() in body


def begins_with(path: Path, mark: bytes) -> bool:
    """Say whether a file begins with these bytes."""
    with path.open("rb") as file:
        return file.read(len(mark)) == mark

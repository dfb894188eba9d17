"""The Excel report: its sheets out of one summary, written whole or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from checklists.text import Text, UserError
from reports.book import new_book
from reports.brand import DEFAULT_BRAND, Brand
from reports.masking import Copy, masked
from reports.safe_text import safe
from reports.sheets import (
    about,
    charts,
    cover,
    departments,
    directions,
    effects,
    evaluation,
    evidence,
    follow_up,
    full_texts,
    interviews,
    kpis,
    objections,
    plan,
    sampled,
    weak,
)
from reports.style import Styles

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.summary import AuditSummary
    from checklists.text import ReportLang


class ReportFolderMissing(UserError):
    """The folder the report should go to does not exist."""


class ReportFolderClosed(UserError):
    """The folder the report should go to cannot be written to."""


class ReportBusy(UserError):
    """The file is open in another program, or write-protected."""


class ReportNotWritten(UserError):
    """The system refused to write the file, e.g. because the disk is full."""


_FOLDER_MISSING = Text(
    "文件夹不存在：{folder}。请先建立该文件夹，或换一个位置",
    "There is no folder {folder}. Make it first, or choose another place",
)
_FOLDER_CLOSED = Text(
    "不能写入文件夹 {folder}：请检查权限，或换一个位置",
    "The folder {folder} cannot be written to: check its permissions, or choose another place",
)
_BUSY = Text(
    "不能替换 {path}：文件可能正在 Excel 中打开或设为只读。请关闭后重试，或换一个文件名",
    "{path} cannot be replaced: it may be open in Excel, or read-only. Close it and try again, or choose another name",
)
_FOLDER = Text("{path} 是文件夹，请指定文件名", "{path} is a folder; name a file")
_FULL = Text(
    "磁盘已满，报告没有写入 {path}；原有文件未改动。请腾出空间后重试",
    "The disk is full, so {path} was not written; an older file is untouched. Make room and try again",
)
_OTHER = Text(
    "报告没有写入 {path}（{why}）；原有文件未改动",
    "{path} was not written ({why}); an older file is untouched",
)
_SHEETS = (
    *(cover, charts, evaluation, departments, weak, directions, effects, kpis, interviews, sampled, evidence),
    *(objections, plan, about, full_texts),
)
"""In the order of the workbook; each leaves itself out where it has nothing to show."""
_VISIT_SHEETS = (follow_up, evidence, full_texts)
"""Of a follow-up visit, which has no points."""
_LONGEST_PROPERTY = 255
"""Characters Excel takes for a property."""
_TITLE = Text("{title}：{name}", "{title}: {name}")


@dataclass(frozen=True, slots=True)
class Look:
    """For whom a report is, and whose look it has."""

    copy: Copy = Copy.DEALER
    brand: Brand = DEFAULT_BRAND


def write_report(summary: AuditSummary, path: Path, lang: ReportLang, look: Look | None = None) -> None:
    """Write the report of an audit; the same summary gives the same bytes.

    Args:
        summary: what it shows.
        path: the .xlsx file, replaced when it exists; until the new one is complete the old one stays.
        lang: language of the report.
        look: for whom it is; None for the dealership's own copy.

    Raises:
        ReportFolderMissing, ReportFolderClosed, ReportBusy, ReportNotWritten: when it cannot be written.
    """
    put_in_place(report_bytes(summary, lang, look=look), Path(path))


def report_bytes(
    summary: AuditSummary,
    lang: ReportLang,
    tell: Callable[[int, int], None] | None = None,
    look: Look | None = None,
) -> bytes:
    """Return the report as the bytes of an .xlsx file.

    Args:
        summary: what it shows.
        lang: language of the report.
        tell: told after each step how many of how many are done.
        look: for whom it is; None for the dealership's own copy.
    """
    look = look or Look()
    if look.copy is Copy.HEADQUARTERS:
        summary = masked(summary, lang)
    out = BytesIO()
    with new_book(out) as workbook:
        workbook.set_properties(_properties(summary, lang))
        styles = Styles(workbook, None if look.brand == DEFAULT_BRAND else look.brand)
        styles.shortened.active = True
        sheets = _SHEETS if summary.follow_up is None else _VISIT_SHEETS
        for done, sheet in enumerate(sheets, start=1):
            sheet.write(workbook, styles, summary, lang)
            if tell is not None:
                tell(done, len(sheets) + 1)
    if tell is not None:
        tell(len(sheets) + 1, len(sheets) + 1)
    return out.getvalue()


def _properties(summary: AuditSummary, lang: ReportLang) -> dict[str, object]:
    title = _TITLE.format(title=summary.checklist.title, name=summary.dealer).of(lang)
    return {
        "title": safe(title, lang)[:_LONGEST_PROPERTY],
        "subject": safe(summary.ref, lang)[:_LONGEST_PROPERTY],
        "author": safe(", ".join(summary.auditors), lang)[:_LONGEST_PROPERTY],
        "comments": "dealer-audit",
        "created": datetime.fromisoformat(summary.date),
    }


def put_in_place(body: bytes, path: Path) -> None:
    """Write beside the target and rename, so that whatever happens leaves the old file or the new one.

    Raises:
        ReportFolderMissing, ReportFolderClosed, ReportBusy, ReportNotWritten: when it cannot be written.
    """
    target = path.resolve()
    if target.is_dir():
        raise ReportNotWritten(_FOLDER.format(path=path))
    beside = target.parent / f".{uuid4().hex[:12]}.tmp"
    try:
        _write(beside, body, path)
        _replace(beside, target, path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _write(beside: Path, body: bytes, path: Path) -> None:
    try:
        with beside.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ReportFolderMissing(_FOLDER_MISSING.format(folder=path.parent)) from error
    except PermissionError as error:
        raise ReportFolderClosed(_FOLDER_CLOSED.format(folder=path.parent)) from error
    except OSError as error:
        if error.errno == errno.EROFS:
            raise ReportFolderClosed(_FOLDER_CLOSED.format(folder=path.parent)) from error
        raise _not_written(error, path) from error


def _replace(beside: Path, target: Path, path: Path) -> None:
    if target.exists() and not os.access(target, os.W_OK):
        raise ReportBusy(_BUSY.format(path=path))
    try:
        beside.replace(target)
    except PermissionError as error:
        raise ReportBusy(_BUSY.format(path=path)) from error
    except OSError as error:
        raise _not_written(error, path) from error


def _not_written(error: OSError, path: Path) -> ReportNotWritten:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ReportNotWritten(_FULL.format(path=path))
    return ReportNotWritten(_OTHER.format(path=path, why=error.strerror or error))

"""Where a report is written: never over a file that is not a report of this tool."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.text import Text, UserError

if TYPE_CHECKING:
    from audit.summary import AuditSummary
    from checklists.text import Lang

SUFFIX = ".xlsx"


class NotOurFile(UserError):
    """A report would overwrite something else."""


def report_path(output: str | None, ref: str, lang: Lang) -> Path:
    """Return where the report goes: the file named, in the folder named, or one after the audit in this folder."""
    name = f"{ref}-{lang}{SUFFIX}"
    if not output:
        return Path(name)
    path = Path(output).expanduser()
    if path.is_dir():
        return path / name
    return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)


def write(summary: AuditSummary, path: Path, lang: Lang) -> bool:
    """Write the report; returns whether an earlier one was replaced.

    Raises:
        NotOurFile: when another file is there.
        UserError: when the place cannot be written.
    """
    from reports.workbook import write_report

    there = path.exists()
    if there and not is_report(path):
        raise NotOurFile(
            Text(
                "“{path}”已存在，而且不是本工具的报告；请移走它，或换一个文件名",
                '"{path}" exists and is no report of this tool; move it away or choose another name',
            ).format(path=path)
        )
    write_report(summary, path, lang)
    return there


def is_report(path: Path) -> bool:
    """Say whether a file is a report that this tool wrote."""
    try:
        with zipfile.ZipFile(path) as archive:
            properties = archive.read("docProps/core.xml") + archive.read("docProps/app.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
    return b"dealer-audit" in properties

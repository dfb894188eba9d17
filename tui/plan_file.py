"""Where an improvement plan is written: never over what people may have filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text
from tui.report_file import NotOurFile, report_path

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import AuditSummary
    from checklists.text import ReportLang

_MAY_BE_FILLED = Text(
    "“{path}”已存在，其中可能有尚未导入的内容；请先导入，或换一个文件名",
    '"{path}" exists and may hold what was not read yet; import it first, or choose another name',
)


def plan_in(folder: str, ref: str) -> str:
    """Return the newest exported plan of an audit in a folder, as its name tells; the folder where there is none."""
    from glob import escape
    from pathlib import Path

    found = [path for path in Path(folder).glob(f"{escape(ref)}-plan*.xlsx") if path.is_file()]
    return str(max(found, key=lambda path: path.stat().st_mtime)) if found else folder


def write_plan(summary: AuditSummary, output: str | None, lang: ReportLang) -> Path:
    """Write the plan; returns where.

    Raises:
        NotOurFile: when a file is there.
        OtherForm: when the file named ends as another form does.
        UserError: when the place cannot be written.
    """
    from reports.sheets.plan import plan_bytes
    from reports.workbook import put_in_place

    path = report_path(output, summary.ref, f"plan-{lang}")
    if path.exists():
        raise NotOurFile(_MAY_BE_FILLED.format(path=path))
    put_in_place(plan_bytes(summary, lang), path)
    return path

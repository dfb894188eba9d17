"""What the KPI page does with files: figures in, the sheet the dealership fills in out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text
from tui.screens.sheet_page import SheetPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit.session import AuditSession
    from checklists.text import Lang
    from tui.kpi_import import Look

_EXPORT = Text("导出指标数据表（由经销商填写）", "Write the sheet that the dealership fills in")
_EXPORT_HINT = Text("写到哪里（.xlsx 文件或文件夹）", "Where to (an .xlsx file or a folder)")
_EXPORTED = Text("已写入 {path}，共需 {wanted} 个数", "Written: {path}; figures asked for: {wanted}")
_IMPORTED = Text(
    "导入：新增 {added}，改动 {changed}，不变 {same}", "read: {added} new, {changed} changed, {same} the same"
)


class KpiFiles(SheetPage):
    """The part of the KPI page that asks for files."""

    _last_folder = ""

    async def action_import(self) -> None:
        """Read figures from a file."""
        from tui.screens.kpi_import import KpiImportDialog

        if self.refused_as_signed():
            return
        year = int(self.seen.state.details["date"][:4])
        await self.over(KpiImportDialog(year, self._last_folder), self._record)

    async def _record(self, look: Look) -> None:
        from audit.kpi_writing import record

        given = look.given
        changes = await self.try_at(lambda session: record(session, given))
        if changes is not None:
            counts = {"added": len(changes.added), "changed": len(changes.changed), "same": len(changes.same)}
            self.saved(_IMPORTED.format(**counts))

    async def action_export(self) -> None:
        """Write the sheet that the dealership fills in."""
        from tui.screens.asking import AskPath

        async def export(path: Path) -> None:
            written = await self.desk_app.desk.at(_writing(path, self.lang))
            self._last_folder = f"{written[0].parent}/"
            self.saved(_EXPORTED.format(path=written[0], wanted=written[1]))

        proposed = f"{self._last_folder or '~/'}{self.seen.ref}-kpi.xlsx"
        await self.app.push_screen(AskPath(_EXPORT, _EXPORT_HINT, proposed, endings=(".xlsx",), trying=export))


def _writing(path: Path, lang: Lang) -> Callable[[AuditSession], tuple[Path, int]]:
    def write(session: AuditSession) -> tuple[Path, int]:
        from audit.summary import summarize
        from tui.report_file import report_path, write_kpi_sheet

        summary = summarize(session, ahead=False)
        whole = report_path(str(path), f"{summary.ref}-kpi", lang)
        write_kpi_sheet(summary, whole, lang)
        return whole, summary.kpis.whole.wanted

    return write

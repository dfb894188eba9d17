"""What the records page does with files and lists: drawing, the Excel sheet out and in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text
from tui.screens.sheet_page import SheetPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit.session import AuditSession
    from checklists.text import Lang
    from tui.screens.draw import Drawing
    from tui.widgets.set_table import SetRow

_ALREADY = Text(
    "“{set}”已抽样并冻结；若刚抽错，按 z 撤销后再抽", "{set} is drawn and frozen; if that was a mistake, undo it with z"
)
_NOT_DRAWN = Text("“{set}”还没有抽样：先按 d 抽样", "{set} is not drawn yet: press d first")
_DREW = Text(
    "{set}：从 {population} 条中抽取 {count} 条，已冻结（种子 {seed}）",
    "{set}: {count} of {population} drawn and frozen (seed {seed})",
)
_EXPORT = Text("导出抽样记录表", "Write the record sheet")
_EXPORT_HINT = Text("写到哪里（.xlsx 文件或文件夹）", "Where to (an .xlsx file or a folder)")
_EXPORTED = Text("已写入 {path}", "Written: {path}")
_IMPORT = Text("导入抽样记录表", "Read a record sheet")
_IMPORT_HINT = Text("填好的 .xlsx 文件", "The filled .xlsx file")
_IMPORTED = Text("{set}：已录入 {count} 个标记", "{set}: marks recorded: {count}")
_PROBLEMS = Text("“{file}”有 {count} 处问题，没有做任何改动", "Problems in {file}: {count}. Nothing was changed")
_WHICH_DRAW = Text("“{set}”抽了两次，保留哪一次？", "{set} was drawn twice: which draw is kept?")
_ONE_DRAW = Text("{person} {time}：{told}", "{person} {time}: {told}")

_TOLD = 6
"""Answers named that a draw replaces."""


class RecordFiles(SheetPage):
    """The part of the records page that asks for files."""

    _last_folder = ""

    def row_here(self) -> SetRow | None:
        """Return the set that is open or under the cursor."""
        raise NotImplementedError

    def open_set(self, set_id: str) -> None:
        """Open a drawn set."""
        raise NotImplementedError

    async def action_draw(self) -> None:
        """Draw the records of the set."""
        row = self.row_here()
        if row is None or self.refused_as_signed():
            return
        if row.twice:
            await self._ask_which(row)
        elif row.grid is not None:
            self.tell(_ALREADY.format(set=row.sample.name))
        else:
            await self._ask_list(row)

    async def _ask_list(self, row: SetRow) -> None:
        from audit.covered import told_before, typed_before
        from audit.marking import draw
        from tui.screens.draw import DrawDialog

        async def drawn(drawing: Drawing) -> None:
            grid = await self.try_at(lambda session: draw(session, row.id, drawing.whole, drawing.seed))
            if grid is not None:
                kept.drop()
                self.desk_app.drafts.flush()  # what is drawn from is not offered once more
                facts = {"population": grid.draw.population, "count": len(grid.draw.records), "seed": grid.draw.seed}
                self.open_set(row.id)
                self.saved(_DREW.format(set=row.sample.name, **facts))

        before = typed_before(self.seen.checklist, self.seen.state, row.id)
        kept = self.desk_app.drafts.of(self.seen.own_id, f"draw/{row.id}")
        await self.over(DrawDialog(row.sample, kept, told_before(before, _TOLD) if before else None), drawn)

    async def _ask_which(self, row: SetRow) -> None:
        from audit.records import DRAW, draw_text
        from tui.screens.asking import Pick

        standing = self.seen.state.conflicts.get(DRAW + row.id, ())
        options = [
            (e.hash, _ONE_DRAW.format(person=e.person, time=e.time[:16].replace("T", " "), told=draw_text(e.data)))
            for e in standing
        ]

        async def kept(entry: str) -> None:
            if await self.try_at(lambda session: session.settle(DRAW + row.id, entry)) is not None:
                self.open_set(row.id)

        await self.over(Pick(_WHICH_DRAW.format(set=row.sample.name), options), kept)

    async def action_export(self) -> None:
        """Write the record sheet of the set as a workbook."""
        from tui.screens.asking import AskPath

        row = self.row_here()
        if row is None or row.grid is None:
            self.tell(_NOT_DRAWN.format(set=row.sample.name if row else ""))
            return
        set_id = row.id

        async def export(path: Path) -> None:
            written = await self.desk_app.desk.at(_writing_sheet(set_id, path, self.lang))
            self._last_folder = f"{written.parent}/"
            self.saved(_EXPORTED.format(path=written))

        proposed = f"{self._last_folder or '~/'}{self.seen.ref}-{set_id}.xlsx"
        await self.app.push_screen(AskPath(_EXPORT, _EXPORT_HINT, proposed, endings=(".xlsx",), trying=export))

    async def action_import(self) -> None:
        """Read a filled record sheet."""
        from tui.screens.asking import AskPath

        if self.refused_as_signed():
            return
        read: list[tuple[str, int, list[Text]]] = []

        async def look(path: Path) -> None:
            read.append(await self.desk_app.desk.at(lambda session: _read_sheet(session, path)))

        async def told(path: Path) -> None:
            self._imported(path, *read[-1])

        before = self._last_folder or "~/"
        await self.over(AskPath(_IMPORT, _IMPORT_HINT, before, endings=(".xlsx",), trying=look), told)

    def _imported(self, path: Path, set_id: str, count: int, problems: list[Text]) -> None:
        from tui.screens.asking import Reading

        if problems:
            self.app.push_screen(Reading(_PROBLEMS.format(file=path.name, count=len(problems)), problems))
            return
        self.open_set(set_id)
        self.saved(_IMPORTED.format(set=self.seen.checklist.sample_sets[set_id].name, count=count))


def _writing_sheet(set_id: str, path: Path, lang: Lang) -> Callable[[AuditSession], Path]:
    def write(session: AuditSession) -> Path:
        from audit.marking import grid_of
        from audit.summary import summarize
        from tui.report_file import write_record_sheet

        return write_record_sheet(summarize(session, ahead=False), grid_of(session, set_id), str(path), lang)

    return write


def _read_sheet(session: AuditSession, path: Path) -> tuple[str, int, list[Text]]:
    """Read a filled sheet, all of it or nothing; returns its set, how many marks are new, and the problems."""
    from audit.marking import mark_all
    from audit.records import drawn_sets
    from reports.sheets.record_reader import read_filled
    from tui.problems import in_place

    filled = read_filled(path, session.ref, drawn_sets(session.checklist, session.state))
    if filled.problems:
        return filled.grid.id, 0, [in_place(place, problem) for place, problem in filled.problems]
    return filled.grid.id, mark_all(session, filled.grid, filled.marks), []

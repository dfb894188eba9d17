"""The evidence an audit has, on the photos page: one file added, its details, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, UserError, same
from tui.inbox_rows import Standing, info
from tui.screens.inbox_work import BUSY, InboxWork
from tui.screens.score_work import turn_back
from tui.widgets.photo_tables import PieceTable

if TYPE_CHECKING:
    from pathlib import Path

    from audit.evidence_adding import Added
    from audit.session import AuditSession

_FILE = Text("加一个文件", "Add one file")
_FILE_HINT = Text("照片、PDF 或其他文件；Tab 补全", "A photo, a PDF, any file; Tab completes")
_WHERE = Text("加到哪一项？", "To which item?")
_HERE = Text("{item}  {statement}", "{item}  {statement}")
_OTHER = Text("另选检查项……", "Another item ...")
_ADDED = Text("{item}：已加入 {name}", "{item}: {name} was added")
_KNOWN = Text("{item}：{name} 已经在了", "{item}: {name} is there already")
_REMOVE = Text("从 {item} 移除 {name}？历史记录仍保留", "Remove {name} from {item}? The history keeps it")
_YES, _NO = Text("移除", "Remove"), Text("不移除", "Keep")
_REMOVED = Text("{item}：已移除 {name}", "{item}: {name} was removed")
_UNDONE = Text("已撤销：{item} {what}", "undone: {item} {what}")
_REDONE = Text("已重做：{item} {what}", "done again: {item} {what}")


_NOT_A_PHOTO = Text(
    "最近一次操作不是照片；评分在评分页（F3）撤销", "The last thing done was no photo's; F3 takes answers back"
)


class NotAPhoto(UserError):
    """The photos page was asked to take back what was done on another page."""


class InboxPieces(InboxWork):
    """The part of the photos page that looks after what the audit has."""

    async def read_pieces(self) -> None:
        """Read the evidence of the audit and show it."""
        from audit.evidence import evidence_of

        found = await self.try_at(evidence_of)
        if found is None:
            return
        self.pieces = found
        self.query_one(PieceTable).fill(found, self.lang)
        self.show_view()

    def show_view(self) -> None:
        """Show the table one is in, with its words."""
        raise NotImplementedError

    async def action_info(self) -> None:
        """Show what is known of a piece of evidence."""
        from tui.screens.asking import Reading

        piece = self.piece_here()
        if piece is not None:
            await self.app.push_screen(Reading(same(piece.name), info(piece, self.statement(piece.item))))

    # -- one file ----------------------------------------------------------------------------------------------------

    async def action_add_file(self) -> None:
        """Add one file to the item under the cursor, or to another."""
        from tui.screens.asking import AskPath
        from tui.screens.evidence_file import look_at_file

        if self.refused_as_signed():
            return
        before = f"{self.folder}/" if self.folder is not None else "~/"
        await self.over(AskPath(_FILE, _FILE_HINT, before, trying=look_at_file), self._ask_item)

    async def _ask_item(self, path: Path) -> None:
        from tui.screens.asking import Pick

        row, piece = self.row_here(), self.piece_here()
        here = (piece.item if piece else None) if self.pieces_in_view else (row.item if row else None)

        async def chosen(item: str) -> None:
            if item:
                await self._add_file(path, item)
            else:
                await self.find(lambda found: self._add_file(path, found))

        if here is None:
            await chosen("")
        else:
            there = _HERE.format(item=here, statement=self.statement(here))
            await self.over(Pick(_WHERE, [(here, there), ("", _OTHER)]), chosen)

    async def _add_file(self, path: Path, item: str) -> None:
        from audit.evidence_adding import Wanted, add_files

        added: Added | None = await self.try_beside(lambda session: add_files(session, [Wanted(item, path)]))
        if added is None:
            return
        for remark in added.remarks:
            self.tell(remark)
        self.tell((_KNOWN if added.known else _ADDED).format(item=item, name=path.name))
        self.repaint()

    # -- taking away -------------------------------------------------------------------------------------------------

    async def action_remove(self) -> None:
        """Take a piece of evidence away, or a photo that has just been added, when one is sure."""
        from tui.screens.asking import Sure

        row, piece = self.row_here(), self.piece_here()
        if self.pieces_in_view:
            wanted = (piece.item, piece.file, piece.name) if piece else None
        else:
            added = row is not None and row.standing is Standing.ADDED and row.item is not None
            wanted = (row.item or "", row.photo.file, row.shown) if row is not None and added else None
        if wanted is None:
            return
        item, file, name = wanted

        async def sure(answer: str) -> None:
            if answer:
                await self._remove(item, file)

        await self.over(Sure(_REMOVE.format(item=item, name=name), _YES, _NO), sure)

    async def _remove(self, item: str, file: str) -> None:
        from audit.evidence import remove

        piece = await self.try_at(lambda session: remove(session, item, file))
        if piece is None:
            return
        self.last = None
        for row in self.rows:
            if row.photo.file == file and row.item == item and row.standing is Standing.ADDED:
                row.standing = Standing.OPEN
        self.tell(_REMOVED.format(item=piece.item, name=piece.name))
        self.repaint()

    # -- back and forth ----------------------------------------------------------------------------------------------

    async def action_undo(self) -> None:
        """Take back the last thing written in this audit."""
        await self._turn(again=False)

    async def action_redo(self) -> None:
        """Do again what was taken back."""
        await self._turn(again=True)

    async def _turn(self, *, again: bool) -> None:
        if self.busy:
            self.tell(BUSY)
            return
        turned = await self.try_at(lambda session: _turned(session, again=again))
        if turned is None:
            return
        item, file, what, added = turned
        for row in self.rows:
            if file and row.photo.file == file:
                row.turn(item, added=added)
        self.last = (_REDONE if again else _UNDONE).format(item=item, what=what)
        self.repaint()


def _turned(session: AuditSession, *, again: bool) -> tuple[str, str, Text, bool]:
    """Undo or redo; returns the item and the file it concerned, what it was, and whether the item has the file now."""
    from audit.evidence import PREFIX
    from audit.undoing import to_redo, to_undo

    if not (to_redo if again else to_undo)(session).slot.startswith(PREFIX):
        raise NotAPhoto(_NOT_A_PHOTO)
    item, what = turn_back(session, again=again)
    last = session.journal.entries[-1]
    file = last.slot.removeprefix(PREFIX).partition("/")[0] if last.slot.startswith(PREFIX) else ""
    standing = session.state.material.get(last.slot)
    return item or "", file, what, standing is not None and "removed" not in standing

"""What the photos page does: reading a folder, adding and removing files; none of it holds up whoever scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.message import Message

from checklists.text import Text, UserError
from tui.inbox_rows import Standing, Stop, Stopped, add_all, look_for
from tui.screens.page import Page
from tui.widgets.photo_tables import PhotoTable, PieceTable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from audit.evidence import Evidence
    from audit.session import AuditSession
    from checklists.model import BonusItem, Item
    from tui.inbox_rows import Row

R = TypeVar("R")

_FOLDER = Text("照片文件夹", "Folder of photos")
_FOLDER_HINT = Text("Tab 补全；子文件夹里的照片也会读取", "Tab completes; photos in folders below are read, too")
BUSY = Text("正在添加照片，请稍候，或按 Esc 停止", "Photos are being added: wait, or stop with Escape")
_READING = Text("读取照片 {bar} {done}/{count}  Esc 停止", "Reading photos {bar} {done}/{count}  Esc stops")
_ADDING = Text("添加照片 {bar} {done}/{count}  Esc 停止", "Adding photos {bar} {done}/{count}  Esc stops")
_PROBLEMS = Text("{count} 个文件不能读取，其余照常", "Files that cannot be read: {count}. The others are listed")
_UNPLACED = Text("还有 {count} 张没有建议，请按 m 选择", "Photos without a proposal: {count}; choose with m")
_BAR = 20


class InboxWork(Page):
    """The part of the photos page that works."""

    class Progress(Message):
        """Long work has come so far."""

        def __init__(self, done: int, count: int) -> None:
            super().__init__()
            self.done, self.count = done, count

    class Through(Message):
        """A photo was added, or could not be."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    def __init__(self) -> None:
        super().__init__()
        self.ref = ""
        self.folder: Path | None = None
        self._folder_of: dict[str, Path] = {}
        """By audit: one's photos never come up for another."""
        self.rows: list[Row] = []
        self.others = self.folders = 0
        self.problems: tuple[Text, ...] = ()
        self.pieces: tuple[Evidence, ...] = ()
        self.pieces_in_view = False
        self.last: Text | None = None
        """What was taken back or done again, until something else is done."""
        self.working = False
        self._adding = False
        self._stop = Stop()

    def begin(self, ref: str) -> None:
        """Begin anew for an audit, with the folder that was looked at for it."""
        self._stop.event.set()
        self.ref, self.rows, self.pieces, self.problems, self.last = ref, [], (), (), None
        self.others = self.folders = 0
        self.folder = self._folder_of.get(ref)
        if self.folder is not None:
            self.run_worker(self.read_folder(self.folder), exclusive=True, group="folder")

    @property
    def busy(self) -> bool:
        """Whether long work goes on."""
        return self.working or self._adding

    def row_here(self) -> Row | None:
        """Return the photo under the cursor."""
        place = self.query_one(PhotoTable).place
        return self.rows[place] if place is not None and place < len(self.rows) else None

    def piece_here(self) -> Evidence | None:
        """Return the piece of evidence under the cursor."""
        place = self.query_one(PieceTable).place
        return self.pieces[place] if place is not None and place < len(self.pieces) else None

    def show_photo(self, row: Row) -> None:
        """Show a photo as it is now."""
        self.query_one(PhotoTable).show(self.rows.index(row), row, self.seen.checklist, self.lang)
        self.show_counts()
        self.show_row()

    def show_counts(self) -> None:
        """Say in the state line how far one is."""
        raise NotImplementedError

    def show_row(self) -> None:
        """Say what is known of the row under the cursor."""
        raise NotImplementedError

    def items(self) -> list[Item | BonusItem]:
        """Return the items in the audit's scope."""
        raise NotImplementedError

    def statement(self, item_id: str) -> Text:
        """Return an item's statement."""
        raise NotImplementedError

    # -- a folder ----------------------------------------------------------------------------------------------------

    async def action_folder(self) -> None:
        """Choose the folder with the photos."""
        if self.refused_as_signed():
            return
        if self._adding:
            self.tell(BUSY)
            return
        from tui.screens.asking import AskPath

        before = f"{self.folder}/" if self.folder is not None else "~/"
        await self.over(AskPath(_FOLDER, _FOLDER_HINT, before, folders=True), self.read_folder)

    async def read_folder(self, folder: Path) -> None:
        """Read a folder's photos."""
        ref = self.ref
        self._stop = stop = Stop()
        self.working, self.pieces_in_view = True, False

        def told(done: int, count: int) -> None:
            self.post_message(self.Progress(done, count))

        try:
            found = await self.try_beside(lambda session: look_for(session, folder, told, stop))
        finally:
            self.working = False
        if self.ref != ref:
            return
        if found is not None:
            self.folder, self.rows, self.problems = folder, list(found.rows), found.problems
            self._folder_of[ref] = folder
            self.others, self.folders = found.others, found.folders
        self.repaint()
        if found is not None and found.problems:
            from tui.screens.asking import Reading

            await self.app.push_screen(Reading(_PROBLEMS.format(count=len(found.problems)), found.problems))

    async def try_beside(self, work: Callable[[AuditSession], R]) -> R | None:
        """Do long work beside the audit; what cannot be done is said and None comes back."""
        try:
            return await self.desk_app.desk.beside(work)
        except Stopped as stopped:
            self.tell(stopped.text)
        except UserError as error:
            self.tell(error.text, error=True)
        return None

    def on_unmount(self) -> None:
        """Let no thread outlive the page."""
        self._stop.event.set()

    def action_stop(self) -> None:
        """Stop long work after the file it is at; what was added stays added."""
        self._stop.event.set()

    @on(Progress)
    def _progressed(self, event: Progress) -> None:
        self._show_progress(_READING, event.done, event.count)

    def _show_progress(self, words: Text, done: int, count: int) -> None:
        full = _BAR * done // count if count else _BAR
        bar = "█" * full + "░" * (_BAR - full)
        self.query_one("#progress").display = self.busy
        self.put("#progress", words.format(bar=bar, done=done, count=count))

    # -- adding ------------------------------------------------------------------------------------------------------

    def add(self, rows: Sequence[Row]) -> None:
        """Add photos to their items, in a thread of its own; more can be asked for meanwhile."""
        self.last = None
        for row in rows:
            row.standing, row.problem = Standing.WAITING, None
            self.show_photo(row)
        if not self._adding:
            self._adding = True
            self.run_worker(self._add_waiting())

    async def _add_waiting(self) -> None:
        self._stop = stop = Stop()
        by_path = {row.photo.path: row for row in self.rows}

        def told(path: Path, standing: Standing, problem: Text | None) -> None:
            # In the thread, before the next look at what is waiting; only the painting is left to the page.
            by_path[path].standing, by_path[path].problem = standing, problem
            self.post_message(self.Through(path))

        try:
            while not stop.event.is_set():
                todo = [(r.photo.path, r.item) for r in by_path.values() if r.standing is Standing.WAITING and r.item]
                if not todo:
                    break
                await self.desk_app.desk.beside(lambda session, todo=todo: add_all(session, todo, told, stop))  # type: ignore[misc]
        except UserError as error:
            self.tell(error.text, error=True)
        finally:
            stop.event.set()
            self._adding = False
        self.query_one("#progress").display = self.busy
        for row in by_path.values():
            if row.standing is Standing.WAITING:
                row.standing = Standing.OPEN
                self.show_photo(row)

    @on(Through)
    def _is_through(self, event: Through) -> None:
        row = next((row for row in self.rows if row.photo.path == event.path), None)
        if row is None:
            return
        self.show_photo(row)
        done = sum(row.standing is Standing.ADDED for row in self.rows)
        waiting = sum(row.standing is Standing.WAITING for row in self.rows)
        self._show_progress(_ADDING, done, done + waiting)

    def action_confirm_all(self) -> None:
        """Add every photo that is still undecided and has a proposal."""
        undecided = [row for row in self.rows if row.standing is Standing.OPEN]
        unplaced = sum(row.item is None for row in undecided)
        self.add([row for row in undecided if row.item is not None])
        if unplaced:
            self.tell(_UNPLACED.format(count=unplaced))

    async def action_move(self, letter: str = "") -> None:
        """Find the item the photo belongs to; then it is added there."""
        row = self.row_here()
        if row is None or row.standing in {Standing.ADDED, Standing.WAITING}:
            return

        async def chosen(item: str) -> None:
            row.item, row.moved = item, item != row.photo.proposed
            self.add([row])
            self.query_one(PhotoTable).action_cursor_down()

        await self.find(chosen, letter)

    async def find(self, chosen: Callable[[str], Awaitable[None]], letter: str = "") -> None:
        """Find an item; a letter typed already stands in the line."""
        from textual.widgets import Input

        from tui.screens.score_find import FindItem

        dialog = FindItem(self.items())
        await self.over(dialog, chosen)
        if letter:
            line = dialog.query_one("#find-line", Input)
            line.value = letter
            line.cursor_position = len(letter)

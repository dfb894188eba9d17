"""Photos: a folder's photos sorted into items by the time they were taken, and the evidence the audit has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import DataTable, Static

from checklists.text import Text, joined
from tui.inbox_rows import Standing, about
from tui.screens.inbox_pieces import InboxPieces
from tui.widgets.photo_tables import PhotoTable, PieceTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from checklists.model import BonusItem, Item

_PHOTOS = Text("照片  {folder}", "Photos  {folder}")
_PIECES = Text("已有佐证  {ref}", "Evidence  {ref}")
_NO_AUDIT = Text("还没有打开评估：按 F2 选择一个", "No audit is open: choose one under F2")
_NO_FOLDER = Text(
    "按 o 选择照片所在的文件夹（例如手机存储卡或 DCIM）。\n"
    "每张照片按拍摄时间归到当时正在评的检查项，由您逐张确认。\n\n按 f 直接加一个文件；按 v 查看本次评估已有的佐证。",
    "Press o and choose the folder with the photos (a phone's card, or DCIM).\n"
    "Each photo is proposed to the item that was being scored when it was taken; you confirm.\n\n"
    "f adds one file; v shows the evidence this audit has.",
)
_EMPTY = Text(
    "文件夹中没有照片：{folder}\n\n按 o 另选一个。", "There are no photos in {folder}\n\nPress o to choose another."
)
_NO_PIECES = Text("本次评估还没有佐证。按 f 加一个文件。", "There is no evidence yet. Press f to add a file.")
_COUNTS = Text(
    "✓ {added}  待定 {open}（? {unplaced}）  - {skipped}  = {known}{rest}",
    "✓ {added}  undecided {open} (? {unplaced})  - {skipped}  = {known}{rest}",
)
_FAILED = Text("  ✗ {count}", "  ✗ {count}")
_WAITING = Text("  ~ {count}", "  ~ {count}")
_OTHERS = Text("  另有 {count} 个不是照片", "  {count} files that are no photos")
_BELOW = Text("  含 {count} 个子文件夹", "  folders below: {count}")
_PIECE_COUNT = Text("{count} 个文件{conflicts}", "files: {count}{conflicts}")
_CONFLICTS = Text("  ! {count} 处冲突：请重新添加", "  ! in conflict: {count}; add them again")
_WITH_A_PHOTO = frozenset({"confirm", "confirm_all", "move", "skip"})
_WITH_A_PIECE = frozenset({"info", "remove"})


class InboxPage(InboxPieces):
    """Two tables, one at a time; below it what is known of the row under the cursor."""

    CSS_PATH = "inbox.tcss"
    AUTO_FOCUS = "#photos"
    ABOUT = Text(
        "照片按拍摄时间归入检查项：回车确认建议，大写字母或 m 查找并改到别的检查项，x 跳过，a 确认其余全部。"
        "✓ 已加入  ? 没有建议  - 跳过  = 已有  ~ 等待  ✗ 不能加入。子文件夹（三层以内）里的照片也会列出。",
        "Photos are proposed to items by the time they were taken: Enter confirms, a capital letter or m finds another "
        "item, x skips, a confirms the rest. ✓ added, ? no proposal, - skipped, = there already, ~ waiting, ✗ not "
        "added. Photos in folders below (three levels) are listed, too.",
    )

    def body(self) -> Iterable[Widget]:
        """The tables, what to do while they are empty, the row in full, and how far long work is."""
        yield PhotoTable(id="photos", cursor_type="row", zebra_stripes=True)
        yield PieceTable(id="pieces", cursor_type="row", zebra_stripes=True)
        yield Static(id="nothing")
        with VerticalScroll(id="about-scroll", can_focus=False):
            yield Static(id="about")
        yield Static(id="progress")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done with a photo or a piece of evidence only where there is one."""
        if action in _WITH_A_PHOTO:
            return bool(self.rows)
        if action in _WITH_A_PIECE:
            return bool(self.rows or self.pieces)
        return super().check_action(action, parameters)

    # -- showing -----------------------------------------------------------------------------------------------------

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.repaint()

    def repaint(self) -> None:
        """Show the view one is in."""
        seen = self.desk_app.desk.seen
        if seen is None:
            self._show_nothing()
            return
        if seen.ref != self.ref:
            self.begin(seen.ref)
        if self.pieces_in_view:
            self.run_worker(self.read_pieces(), exclusive=True, group="pieces")
        else:
            self.query_one(PhotoTable).fill(self.rows, seen.checklist, self.lang)
        self.show_view()

    def _show_nothing(self) -> None:
        for selector in ("#photos", "#pieces", "#about-scroll", "#progress"):
            self.query_one(selector).display = False
        self.put("#nothing", _NO_AUDIT)

    def show_view(self) -> None:
        """Show one of the tables with its words; both can take the keys while they are empty."""
        pieces = self.pieces_in_view
        self.query_one("#photos").display = not pieces
        self.query_one("#pieces").display = pieces
        self.set_focus(self.query_one("#pieces" if pieces else "#photos"))
        folder = str(self.folder or "")
        self.put("#context", _PIECES.format(ref=self.ref) if pieces else _PHOTOS.format(folder=folder))
        empty = not (self.pieces if pieces else self.rows)
        self.query_one("#nothing").display = empty
        self.query_one("#pieces" if pieces else "#photos").set_class(empty, "-empty")
        self.query_one("#about-scroll").display = not empty
        if empty and not pieces and self.folder is not None and not self.working:
            self.put("#nothing", _EMPTY.format(folder=folder))
        elif empty:
            self.put("#nothing", _NO_PIECES if pieces else _NO_FOLDER)
        self.query_one("#progress").display = self.busy
        self.show_counts()
        self.show_row()
        self.refresh_bindings()

    def show_row(self) -> None:
        """Say what is known of the row under the cursor."""
        if self.desk_app.desk.seen is None:
            return
        row, piece = self.row_here(), self.piece_here()
        if self.pieces_in_view and piece is not None:
            statement = self.statement(piece.item)
            told = Text("{id}  {statement}", "{id}  {statement}").format(id=piece.item, statement=statement)
            self.put("#about", joined([Text(piece.name, piece.name), told], zh="\n", en="\n"))
        elif not self.pieces_in_view and row is not None:
            self.put("#about", about(row, self.seen.checklist))
        else:
            self.put("#about", "")

    def show_counts(self) -> None:
        """Say in the state line how far one is."""
        if self.pieces_in_view:
            slots = [slot for slot in self.seen.state.conflicts if slot.startswith("evidence:")]
            conflicts = _CONFLICTS.format(count=len(slots)) if slots else ""
            self._say(_PIECE_COUNT.format(count=len(self.pieces), conflicts=conflicts))
            return
        count = {standing: sum(row.standing is standing for row in self.rows) for standing in Standing}
        open_rows = [row for row in self.rows if row.standing is Standing.OPEN]
        failed, rest = count[Standing.FAILED] + len(self.problems), []
        waiting = count[Standing.WAITING]
        rest += [_WAITING.format(count=waiting)] if waiting else []
        rest += [_FAILED.format(count=failed)] if failed else []
        rest += [_BELOW.format(count=self.folders)] if self.folders else []
        rest += [_OTHERS.format(count=self.others)] if self.others else []
        told = _COUNTS.format(
            added=count[Standing.ADDED],
            open=len(open_rows),
            unplaced=sum(row.item is None for row in open_rows),
            skipped=count[Standing.SKIPPED],
            known=count[Standing.KNOWN],
            rest=joined(rest, zh="", en=""),
        )
        self._say(told if self.folder is not None else None)

    def _say(self, counted: Text | None) -> None:
        said = [text for text in (self.last, counted) if text is not None]
        self.put("#state", joined(said, zh="  ·  ", en="  ·  ") if said else "")

    @on(DataTable.RowHighlighted)
    def _highlighted(self) -> None:
        self.show_row()

    def on_resize(self) -> None:
        """Give the words the room there is."""
        self.call_after_refresh(self.repaint)

    def take_text(self, text: str) -> bool:
        """Begin to look for an item with a word committed by an input method."""
        if self.pieces_in_view or self.row_here() is None:
            return False
        self.run_worker(self.action_move(text))
        return True

    # -- keys --------------------------------------------------------------------------------------------------------

    def action_view(self) -> None:
        """Show the other table."""
        self.pieces_in_view = not self.pieces_in_view
        self.repaint()

    def action_skip(self) -> None:
        """Leave the photo out, or bring it back."""
        row = self.row_here()
        if row is None or row.standing in {Standing.ADDED, Standing.WAITING}:
            return
        was_open = row.standing is not Standing.SKIPPED
        back = Standing.KNOWN if row.photo.known else Standing.OPEN
        row.standing = Standing.SKIPPED if was_open else back
        self.show_photo(row)
        if was_open:
            self.query_one(PhotoTable).action_cursor_down()

    def action_confirm(self) -> None:
        """Add the photo where it is proposed, and go on."""
        row = self.row_here()
        if row is None:
            return
        if row.item is None:
            self.run_worker(self.run_action("move"))
        elif row.standing not in {Standing.ADDED, Standing.WAITING}:
            self.add([row])
            self.query_one(PhotoTable).action_cursor_down()

    def items(self) -> list[Item | BonusItem]:
        """Return the items in the audit's scope."""
        seen = self.seen
        scope = seen.state.departments
        asked = [
            item
            for item_id, item in seen.checklist.items.items()
            if not scope or seen.checklist.place_of[item_id][0].id in scope
        ]
        return [*asked, *seen.checklist.bonus]

    def statement(self, item_id: str) -> Text:
        """Return an item's statement."""
        found = next((item for item in self.items() if item.id == item_id), None)
        return found.statement if found is not None else Text("", "")

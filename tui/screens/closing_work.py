"""What the closing page has done: objections raised and decided, answers amended, conflicts settled, the final word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui import closing_view as view
from tui.closing_seen import settling
from tui.screens import closing_fields as fields
from tui.screens.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit.closing import Scan
    from tui.closing_view import Meeting
    from tui.screens.fields_dialog import FieldsDialog

_KEEP = Text("保留哪一个？", "Which one is kept?")
_NONE_WAITS = Text("没有待答复的异议：选中一条再按回车可以改答复", "No objection waits; Enter on one decides it anew")
_IS_FINAL = Text("已定稿：异议、修正和答复不能再改", "It is final: nothing is objected to or amended any more")
_NOT_YET = Text("还不能定稿", "Not ready to be final")
_SCAN, _SCAN_HINT = (
    Text("附上签字扫描件", "Attach the signed scan"),
    Text("PDF、JPEG 或 PNG：Tab 补全文件名", "PDF, JPEG or PNG: Tab completes the name"),
)
_ATTACHED = Text("已附上 {name}", "Attached {name}")
_REMOVE = Text("移除扫描件 {name}？", "Take the scan {name} away?")
_YES, _NO = Text("移除", "take it away"), Text("不移除", "keep it")
_NO_TAKING = Text(
    "这一条不是评分，不能直接采纳：按 m 修正有关检查项", "This is no answer: amend the item it bears on with m"
)
_NO_FILES = Text("这一行没有文件", "There is no file with this line")
_WHICH = Text("打开哪一个？", "Which one?")
_OPENED = Text("已用系统查看器打开 {path}", "Opened outside: {path}")
_CANNOT = Text("这里没有查看器；文件已导出：{path}", "There is no viewer here; the file was written to {path}")
_SIDE = Text("{n}  {what}  {person}", "{n}  {what}  {person}")
_SCAN_ENDINGS = (".pdf", ".jpg", ".jpeg", ".png")


class ClosingWork(Page):
    """The part of the closing page that asks and writes."""

    def __init__(self) -> None:
        super().__init__()
        self.meeting: Meeting | None = None

    @property
    def here(self) -> str:
        """Key of the line under the cursor."""
        raise NotImplementedError

    def stand_on(self, line: str) -> None:
        """Put the cursor on a line."""
        raise NotImplementedError

    async def load(self) -> None:
        """Read the meeting and show it."""
        raise NotImplementedError

    def _can_change(self) -> Meeting | None:
        """Return the meeting where something may still be changed; otherwise say why not."""
        meeting = self.meeting
        if meeting is None or meeting.signature is None:
            return None
        if meeting.finalized is not None:
            self.tell(_IS_FINAL, error=True)
            return None
        return meeting

    async def _ask(self, dialog: FieldsDialog, line: Callable[[Meeting], str] | None = None) -> None:
        """Put a dialog in front; once it was done, show the meeting anew, on a line."""

        async def done(_: object) -> None:
            await self.load()
            if line is not None and self.meeting is not None:
                self.stand_on(line(self.meeting))

        await self.over(dialog, done)

    # -- by the line -------------------------------------------------------------------------------------------------

    async def action_open(self) -> None:
        """Do what the line under the cursor asks for."""
        here, meeting = self.here, self.meeting
        if meeting is None or meeting.signature is None:
            return
        if here.startswith(view.OBJECTION):
            await (self.action_decide() if meeting.objections else self.action_object())
        elif here.startswith(view.CONFLICT):
            await self._settle(here.removeprefix(view.CONFLICT))
        elif here.startswith(view.AMENDMENT):
            entry = here.removeprefix(view.AMENDMENT)
            await self.action_amend(next((a.item for a in meeting.amendments if a.entry == entry), ""))
        elif here.startswith(view.LATE):
            await self._take_over(here.removeprefix(view.LATE))
        elif here.startswith(view.SCAN):
            await self._scan_line(here.removeprefix(view.SCAN))
        elif here == view.FINAL:
            await self.action_finalize()
        else:
            await self._show_seal()

    async def _show_seal(self) -> None:
        from tui.screens.signing import SealShown

        if self.meeting is not None and self.meeting.signature is not None:
            await self.app.push_screen(SealShown(self.seen.ref, self.meeting.signature.seal))

    # -- objections and amendments -----------------------------------------------------------------------------------

    async def action_object(self) -> None:
        """Record an objection."""
        meeting = self._can_change()
        if meeting is not None:
            dialog = fields.objecting(meeting, self.desk_app.desk)
            await self._ask(dialog, lambda found: view.OBJECTION + found.objections[-1].id)

    async def action_decide(self) -> None:
        """Decide the objection under the cursor, or the first that waits."""
        meeting = self._can_change()
        if meeting is None:
            return
        number = self.here.removeprefix(view.OBJECTION)
        wanted = [o for o in meeting.objections if o.id == number] or [
            o for o in meeting.objections if o.id in meeting.waiting
        ]
        if not wanted:
            self.tell(_NONE_WAITS)
            return
        line = view.OBJECTION + wanted[0].id
        await self._ask(fields.deciding(meeting, wanted[0], self.desk_app.desk), lambda _: line)

    async def action_amend(self, item: str = "") -> None:
        """Amend an answer nobody objected to."""
        meeting = self._can_change()
        if meeting is not None:
            await self._ask(fields.amending(meeting, item, self.desk_app.desk))

    async def _settle(self, slot: str) -> None:
        """Keep one of several values that stand side by side."""
        from audit.history import told
        from tui.screens.asking import Pick

        meeting = self._can_change()
        if meeting is None:
            return
        sides = [
            (entry.hash, _SIDE.format(n=n, what=told(entry, meeting.checklist), person=entry.person))
            for n, entry in enumerate(meeting.conflicts.get(slot, ()), start=1)
        ]

        async def keep(entry: str) -> None:
            await self.try_at(settling(meeting, slot, entry))
            await self.load()

        if sides:
            await self.over(Pick(_KEEP, sides), keep)

    async def _take_over(self, entry: str) -> None:
        meeting = self._can_change()
        if meeting is None:
            return
        if entry not in meeting.takeable:
            self.tell(_NO_TAKING, error=True)
            return
        late = next(one for one in meeting.late if one.hash == entry)
        await self._ask(fields.taking_over(meeting, late, self.desk_app.desk))

    # -- the end -----------------------------------------------------------------------------------------------------

    async def action_finalize(self) -> None:
        """Make the audit final, once; say what stands in the way."""
        from tui.screens.asking import Reading

        meeting = self._can_change()
        if meeting is None:
            return
        if meeting.blockers:
            await self.app.push_screen(Reading(_NOT_YET, meeting.blockers))
            return
        await self._ask(fields.finalizing(meeting, self.seen.ref, self.desk_app.desk), lambda _: view.FINAL)

    async def action_scan(self) -> None:
        """Attach the signed, stamped paper."""
        from tui.screens.asking import AskPath

        if self.meeting is None or self.meeting.signature is None:
            return

        attached: list[Scan] = []

        async def attach(path: Path) -> None:
            from audit.finalizing import attach_scan

            attached.append(await self.desk_app.desk.at(lambda session: attach_scan(session, path)))

        async def done(_: object) -> None:
            self.tell(_ATTACHED.format(name=attached[-1].name))
            await self.load()
            self.stand_on(view.SCAN + attached[-1].file)

        await self.over(AskPath(_SCAN, _SCAN_HINT, endings=_SCAN_ENDINGS, trying=attach), done)

    async def _scan_line(self, file: str) -> None:
        """Attach a scan, or take the one marked away."""
        from tui.screens.asking import Sure

        scan = next((s for s in self.meeting.scans if s.file == file), None) if self.meeting else None
        if scan is None:
            await self.action_scan()
            return

        async def remove(answer: str) -> None:
            from audit.finalizing import remove_scan

            if answer:
                await self.try_at(lambda session: remove_scan(session, scan.file))
                await self.load()

        await self.over(Sure(_REMOVE.format(name=scan.name), _YES, _NO), remove)

    # -- files -------------------------------------------------------------------------------------------------------

    async def action_files(self) -> None:
        """Open what was handed in with the objection marked, or the scan marked, outside the terminal."""
        from tui.screens.asking import Pick

        files = self._files()
        if not files:
            self.tell(_NO_FILES)
        elif len(files) == 1:
            await self._open_file("0")
        else:
            names = [(str(n), joined([same(f"{n + 1} "), same(name)], " ", " ")) for n, (_, name) in enumerate(files)]
            await self.over(Pick(_WHICH, names), self._open_file)

    def _files(self) -> list[tuple[str, str]]:
        """Return hash and name of the files with the line marked."""
        meeting, here = self.meeting, self.here
        if meeting is None:
            return []
        found = [(s.file, s.name) for s in meeting.scans if here == view.SCAN + s.file]
        for objection in meeting.objections:
            if here == view.OBJECTION + objection.id:
                found += [(piece.file, piece.name) for piece in objection.files]
        return found

    async def _open_file(self, number: str) -> None:
        from audit.evidence_out import export_one
        from tui.viewer import show_file, temporary

        file, name = self._files()[int(number)]
        folder = temporary() / self.seen.ref
        path = await self.try_at(lambda session: export_one(session, file, name, folder))
        if path is None:
            return
        if self.app.is_web:
            self.app.deliver_binary(path, save_filename=path.name, open_method="browser")
        else:
            self.tell((_OPENED if show_file(path) else _CANNOT).format(path=path))

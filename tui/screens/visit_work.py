"""What the page of a follow-up visit writes: cured or not, what was seen, the signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui.screens.asked import TEXT, Asked
from tui.screens.fields_dialog import FieldsDialog
from tui.screens.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.confirming import Confirmation, FollowUp
    from audit.session import AuditSession
    from tui.screens.signing import Names

ALL_DONE = Text("全部确认完了：按 s 签字", "All were looked at: s signs")
_NOT_CURED, _CURED = Text("{number} 未改善", "{number} is not cured"), Text("{number} 已改善", "{number} is cured")
_SEEN = Text("所见", "What was seen")
_NEED_SEEN = Text("未改善须写明看到了什么", "Say what was seen where something is not cured")
_CANNOT = Text("还不能签字", "Not ready to sign")
_LEFT = Text("还有 {count} 项未确认：{numbers}", "Not looked at yet: {count} ({numbers})")
_UNDONE = Text("已撤销：{what}", "Undone: {what}")


class VisitWork(Page):
    """The part of the page that writes."""

    def __init__(self) -> None:
        super().__init__()
        self.visit: FollowUp | None = None
        self.at = ""
        """Number of the line under the cursor."""
        self._names: dict[str, Names] = {}
        """Who was to sign, by audit, while nobody has."""

    @property
    def here(self) -> Confirmation | None:
        """What is under the cursor."""
        items = self.visit.items if self.visit is not None else ()
        return next((item for item in items if item.number == self.at), None)

    async def load(self) -> None:
        """Read the visit and show it."""
        raise NotImplementedError

    def action_next_open(self) -> None:
        """Go to the next one nobody has looked at."""
        raise NotImplementedError

    async def action_yes(self) -> None:
        """Say that it is cured, and go on; a note that stands there stays."""
        item = self.here
        if item is not None and not self.refused_as_signed():
            note = item.note if item.confirmed else ""
            if await self.try_at(lambda session: _confirm(session, item.number, "yes", note)):
                await self._went_on()

    async def action_no(self) -> None:
        """Say that it is not cured, and what was seen."""
        await self._ask("no", _NOT_CURED, _NEED_SEEN)

    async def action_note(self) -> None:
        """Say that it is cured, and what was seen."""
        await self._ask("yes", _CURED, None)

    async def _ask(self, value: str, title: Text, needed: Text | None) -> None:
        item = self.here
        if item is None or self.refused_as_signed():
            return
        desk = self.desk_app.desk

        async def record(values: Mapping[str, str]) -> None:
            await desk.at(lambda session: _confirm(session, item.number, value, values["note"]))

        async def done(_: object) -> None:
            await self._went_on()

        asked = [Asked("note", _SEEN, TEXT, item.note, needed=needed)]
        await self.over(FieldsDialog(title.format(number=item.number), asked, record, about=[item.statement]), done)

    async def _went_on(self) -> None:
        """Show what was recorded, with the cursor on the next one nobody has looked at."""
        await self.load()
        if self.visit is not None and self.visit.open:
            self.action_next_open()

    async def action_undo(self) -> None:
        """Take back the last thing written in this visit."""
        from audit.history import told

        entry = await self.try_at(lambda session: session.undo())
        if entry is not None:
            self.tell(
                _UNDONE.format(
                    what=joined([same(entry.slot.partition(":")[2]), told(entry, self.seen.checklist)], " ", " ")
                )
            )
            if entry.slot.startswith("confirm:"):
                self.at = entry.slot.partition(":")[2]
        await self.load()

    async def action_report(self) -> None:
        """Write the report."""
        from tui.screens.report import ReportDialog

        await self.app.push_screen(ReportDialog(self.seen.ref))

    async def action_sign(self) -> None:
        """Sign, once all were looked at; of a signed visit, show the seal."""
        from audit.matters import few
        from tui.screens.asking import Reading
        from tui.screens.signing import SealShown, SignDialog

        visit, signature = self.visit, self.seen.state.signature
        if visit is None:
            return
        if signature is not None:
            await self.app.push_screen(SealShown(self.seen.ref, signature.seal))
        elif visit.open:
            left = _LEFT.format(count=len(visit.open), numbers=few(visit.open))
            await self.app.push_screen(Reading(_CANNOT, [left]))
        else:
            details = self.seen.state.details
            people = (tuple(details["auditors"]), tuple(details["participants"]))
            await self.over(SignDialog(self.seen.ref, *people, (), self._names.get(self.seen.ref)), self._sign)

    async def _sign(self, names: Names) -> None:
        from tui.screens import review_work as work
        from tui.screens.signing import SealShown

        self._names[self.seen.ref] = names
        if not names.sign:
            return
        seal = await self.try_at(lambda session: work.sign(session, names))
        await self.load()
        if seal is not None:
            await self.app.push_screen(SealShown(self.seen.ref, seal))


def read_visit(session: AuditSession) -> tuple[FollowUp, Mapping[str, int]]:
    """Return the visit, and how many files each thing asked has."""
    from collections import Counter

    from audit.confirming import visit_of
    from audit.evidence import evidence_of

    return visit_of(session), Counter(piece.item for piece in evidence_of(session))


def _confirm(session: AuditSession, number: str, value: str, note: str) -> bool:
    from audit.follow_up import confirm

    confirm(session, number, value, note)
    return True

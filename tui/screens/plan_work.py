"""What the plan page has done: drafting, changing, closing, sending out, reading back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.text import Text
from tui.screens import plan_fields as fields
from tui.screens.page import Page

if TYPE_CHECKING:
    from audit.plan import Action
    from audit.plan_merging import Merged
    from tui.plan_view import PlanSeen
    from tui.screens.fields_dialog import FieldsDialog

_DRAFTED = Text("新增 {count} 条措施", "Actions added: {count}")
_NOTHING_NEW = Text("每个弱项都已有措施", "Every weak item has its action already")
_EXPORT = Text("导出改进计划（由经销商填写）", "Write the plan out, for the dealership to fill in")
_EXPORT_HINT = Text("写到哪里（.xlsx 文件或文件夹）", "Where to (an .xlsx file or a folder)")
_EXPORTED = Text("已写入 {path}", "Written: {path}")
_IMPORTED = Text(
    "已写入：新增 {added} 条，修改 {changed} 处，取消 {cancelled} 条",
    "Written: {added} added, {changed} fields changed, {cancelled} cancelled",
)
_NOT_DONE = Text("{number} 还没有报告完成：先按 d 写明证据", "{number} is not done yet: d reports it done, with proof")
_NO_LATER = Text("还没有已签字的跟进验收或复评", "No follow-up visit or re-audit is signed yet")
_WHICH = Text("采用哪一次的结果？", "Whose results are taken over?")
_LATER = Text("{ref}  {date}  {auditor}", "{ref}  {date}  {auditor}")
_TAKEN = Text("已采用 {ref} 的结果", "Taken over from {ref}")
_TAKEN_OVER = Text("改动 {count} 处", "fields changed: {count}")


class PlanWork(Page):
    """The part of the plan page that asks and writes."""

    def __init__(self) -> None:
        super().__init__()
        self.known: PlanSeen | None = None
        self._last_folder = ""

    @property
    def here(self) -> Action | None:
        """The action under the cursor."""
        raise NotImplementedError

    async def load(self, wanted: str = "") -> None:
        """Read the plan and show it, with the cursor on an action."""
        raise NotImplementedError

    def _can_plan(self) -> PlanSeen | None:
        """Return the plan where the audit can have one; the page says why it cannot."""
        known = self.known
        return None if known is None or known.earlier or known.status == "open" else known

    async def _ask(self, dialog: FieldsDialog) -> None:
        """Put a dialog in front; once it was done, show the plan anew."""

        async def done(_: object) -> None:
            await self.load()

        await self.over(dialog, done)

    # -- one action --------------------------------------------------------------------------------------------------

    async def action_edit(self) -> None:
        """Change the action under the cursor."""
        known, action = self._can_plan(), self.here
        if known is not None and action is not None:
            await self._ask(fields.editing(known, action, self.desk_app.desk, self.lang))

    async def action_begin(self) -> None:
        """Draft the plan of an audit that has none yet."""
        await self.action_draft()

    async def action_done(self) -> None:
        """Report the action under the cursor done, with its proof."""
        if self.known is not None and self.here is not None:
            await self._ask(fields.doing(self.here, self.desk_app.desk, self.lang))

    async def action_verify(self) -> None:
        """Verify the action under the cursor."""
        action = self.here
        if self.known is None or action is None:
            return
        if action.status not in {"done", "verified"}:
            self.tell(_NOT_DONE.format(number=action.number), error=True)
            return
        await self._ask(fields.verifying(self.known, action, self.desk_app.desk, self.lang))

    async def action_cancel(self) -> None:
        """Cancel the action under the cursor, with a reason."""
        if self.known is not None and self.here is not None:
            await self._ask(fields.cancelling(self.here, self.desk_app.desk, self.lang))

    async def action_add(self) -> None:
        """Add an action of one's own."""
        known = self._can_plan()
        if known is not None:
            await self._ask(fields.adding(known, self.desk_app.desk, self.lang))

    # -- the whole plan ----------------------------------------------------------------------------------------------

    async def action_draft(self) -> None:
        """Draft the plan, or add actions for the weak items that have none."""
        known = self._can_plan()
        if known is None:
            return
        before = {action.id for action in known.plan.actions}

        async def done(_: object) -> None:
            await self.load()
            new = [action for action in self.known.plan.actions if action.id not in before] if self.known else []
            self.tell(_DRAFTED.format(count=len(new)) if new else _NOTHING_NEW)

        await self.over(fields.drafting(known, self.desk_app.desk), done)

    async def action_results(self) -> None:
        """Take over what a signed follow-up visit or re-audit found."""
        from tui.screens.asking import Pick

        known = self._can_plan()
        if known is None or not known.plan.actions:
            return
        if not known.later:
            self.tell(_NO_LATER)
            return
        later = [
            (each.ref, _LATER.format(ref=each.ref, date=each.date, auditor=each.auditor))
            for each in reversed(known.later)
        ]
        await self.over(Pick(_WHICH, later), self._take_over)

    async def _take_over(self, ref: str) -> None:
        from audit.plan_confirming import take_over
        from tui.screens.asking import Reading

        found = await self.try_at(lambda session: take_over(session, ref, self.lang))
        await self.load()
        if found is not None:
            changes, notices = found
            await self.app.push_screen(
                Reading(_TAKEN.format(ref=ref), [_TAKEN_OVER.format(count=len(changes)), *notices])
            )

    async def action_export(self) -> None:
        """Write the plan to a workbook."""
        from tui.screens.asking import AskPath
        from tui.screens.report import usual_folder

        known = self._can_plan()
        if known is None or not known.plan.actions:
            return

        lang, written = self.lang, list[Path]()

        async def export(path: Path) -> None:
            from audit.summary import summarize
            from tui.plan_file import write_plan

            desk = self.desk_app.desk
            written.append(await desk.at(lambda session: write_plan(summarize(session, ahead=False), str(path), lang)))

        async def done(_: object) -> None:
            self._last_folder = f"{written[-1].parent}{os.sep}"
            self.tell(_EXPORTED.format(path=written[-1]))

        folder = self._last_folder or f"{usual_folder(self.desk_app.settings.reports)}{os.sep}"
        proposed = f"{folder}{known.ref}-plan-{lang}.xlsx"
        await self.over(AskPath(_EXPORT, _EXPORT_HINT, proposed, endings=(".xlsx",), trying=export), done)

    async def action_import(self) -> None:
        """Read the plan back, after a look at what changes."""
        from tui.plan_file import plan_in
        from tui.screens.plan_import import PlanImportDialog
        from tui.screens.report import usual_folder

        if self._can_plan() is not None:
            folder = self._last_folder or f"{usual_folder(self.desk_app.settings.reports)}{os.sep}"
            await self.over(PlanImportDialog(plan_in(folder, self.seen.ref)), self._apply)

    async def _apply(self, merged: Merged) -> None:
        from audit.plan_writing import apply

        changes = await self.try_at(lambda session: apply(session, merged.edits))
        await self.load()
        if changes is not None:
            counts = {
                "added": len(merged.added),
                "changed": len(merged.changed),
                "cancelled": len(merged.cancelled),
            }
            self.tell(_IMPORTED.format(**counts))

    async def action_route(self) -> None:
        """Show the route of least effort to the target."""
        from tui.screens.route import RoutePage

        if self._can_plan() is not None:
            await self.app.push_screen(RoutePage())

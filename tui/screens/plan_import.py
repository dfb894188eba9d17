"""Reading a plan back from Excel: every change is looked at first, then all of it is written or nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from checklists.text import Text, UserError, same
from tui.keys import key
from tui.screens.page import Dialog
from tui.screens.score_text import laid_out
from tui.widgets.choice import Choice
from tui.widgets.form import Form, Row
from tui.widgets.path_input import PathInput, is_file, names_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.binding import BindingType
    from textual.widget import Widget

    from audit.plan_merging import Merged, Shown
    from audit.session import AuditSession
    from tui.screens.score_text import Paragraph

_TITLE = Text("从 Excel 读回改进计划", "Read the plan back from Excel")
_PATH, _PATH_HINT = Text("文件", "File"), Text(".xlsx：Tab 补全", ".xlsx: Tab completes")
_APART, _GONE = Text("两边都改过的", "Changed on both sides"), Text("表中没有的", "Rows that are gone")
_SIDES = (("", Text("保持现状", "stay as they are")), ("theirs", Text("以表为准", "take the sheet's")))
_ROWS = (("", Text("措施保留", "actions stay")), ("remove", Text("取消措施", "actions are cancelled")))
_WAITING = Text("给出文件后，这里逐条列出改动和读不懂的地方", "Give the file: what it changes is listed here first")
_READING = Text("正在读取……", "Reading ...")
_NO_FILE = Text("找不到文件 {path}", "There is no file {path}")
_SAME = Text("没有改动", "No change")
_NOT_YET = Text("还没有可以写入的改动", "There is nothing yet that can be written")
_WRONG = Text(
    "读不懂的地方（{count}），改好之前什么也不写入：",
    "Cannot be read ({count}); nothing is written until it is mended:",
)
_COUNTED = Text(
    "新增 {added}，修改 {changed}，冲突 {conflicts}，删去的行 {removed}；F10 全部写入",
    "added {added}, changed {changed}, conflicts {conflicts}, rows gone {removed}; F10 writes all of it",
)
_AT, _NEW = (
    Text("{place}：{text}", "{place}: {text}"),
    Text("新增 {number}（{place}）：{what}", "added {number} ({place}): {what}"),
)
_CHANGED = Text("{number} {field}：{before} → {after}", "{number}, {field}: {before} → {after}")
_CONFLICT = Text(
    "{number} {field}：表中“{after}”，导出后这里已改为“{theirs}”",
    "{number}, {field}: the sheet says “{after}”, changed here meanwhile to “{theirs}”",
)
_REMOVED, _CANCELLED = (
    Text("{number} 的行已删去，措施保留", "{number}: its row is gone, it stays"),
    Text("{number} 的行已删去，取消措施", "{number}: its row is gone, it is cancelled"),
)
_ENDINGS = (".xlsx", ".xlsm")
_NAMES, _MOST = 30, 500
_SOON = 0.3
"""Seconds without a key after which the file is read."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a file would do."""

    merged: Merged
    problems: tuple[tuple[Text, Text], ...]
    """Place and what is wrong there."""
    notices: tuple[Text, ...]

    @property
    def ready(self) -> bool:
        """Whether there is something to write, and nothing that keeps it from being written."""
        return not self.problems and not self.merged.empty


def look(session: AuditSession, path: Path, *, theirs: bool, remove: bool) -> Look:
    """Read a file and say what it would do; nothing is written.

    Raises:
        UserError: when it cannot be read at all.
    """
    from audit.plan import plan_of
    from audit.plan_merging import merge
    from reports.sheets.plan_reader import read_plan

    filled = read_plan(path, session.ref, plan_of(session))
    merged = merge(session, filled.rows, filled.lang, theirs=theirs, remove=remove)
    return Look(merged, (*filled.problems, *merged.problems), (*filled.notices, *merged.notices))


class PlanImportDialog(Dialog["Merged | None"]):
    """Gives back the changes to be written."""

    CSS_PATH = "plan_import.tcss"
    AUTO_FOCUS = "#path"
    ABOUT = Text(
        "给出经销商填好的改进计划，看过改动（新增、原值 → 新值、删去的行）后按 F10 全部写入。"
        "有一处读不懂就什么也不写入。导出后两边都改过的内容和被删去的行，用左右键决定怎么办。",
        "Give the plan that came back, look at the changes (added, old -> new, rows gone), then F10 writes all of "
        "them. While anything cannot be read nothing is written. What was changed on both sides since the export, "
        "and rows that are gone, are decided with ← and →.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f10,ctrl+s", "take", "全部写入", "Write all", show=True, priority=True),
        key("pagedown", "read(1)", "预览下翻", "Preview down", show=True, priority=True),
        key("pageup", "read(-1)", "预览上翻", "Preview up", priority=True),
        key("escape", "leave", "取消", "Cancel", show=True, priority=True),
    ]

    def __init__(self, path: str = "") -> None:
        """Make it.

        Args:
            path: what stands in the line at first.
        """
        super().__init__()
        self._path = path
        self._look: Look | None = None
        self._said, self._wrong = _WAITING, False

    def body(self) -> Iterable[Widget]:
        """The file, what is to be decided, what it would do."""
        with Form():
            yield Row("path", PathInput(id="path", endings=_ENDINGS))
            yield Row("theirs", Choice())
            yield Row("remove", Choice())
        with VerticalScroll(id="preview-scroll", can_focus=False):
            yield Static(id="preview")

    def on_mount(self) -> None:
        """Ask only what is to be decided."""
        super().on_mount()
        for name in ("theirs", "remove"):
            self.query_one(f"#{name}-row").display = False
        self.query_one("#path", PathInput).propose(self._path)

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#title", _TITLE)
        for name, label in (("path", _PATH), ("theirs", _APART), ("remove", _GONE)):
            self.query_one(f"#{name}-row", Row).label(label.of(self.lang))
        self.query_one("#path", Input).placeholder = _PATH_HINT.of(self.lang)
        for name, options in (("theirs", _SIDES), ("remove", _ROWS)):
            self.query_one(f"#{name}", Choice).offer([(value, text.of(self.lang)) for value, text in options])
        self._show()

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        told = [(same(""), self._said, "$error" if self._wrong else "")] if self._look is None else lines_of(self._look)
        width = max(20, self.query_one("#preview-scroll").scrollable_content_region.width - 1)
        lines: list[Paragraph] = [(sign.of(self.lang), text.of(self.lang), style) for sign, text, style in told]
        self.query_one("#preview", Static).update(laid_out(lines, width))

    # -- looking -----------------------------------------------------------------------------------------------------

    @on(Input.Changed, "#path")
    @on(Choice.Changed)
    def _other(self) -> None:
        self._look_soon()

    @on(Input.Submitted, "#path")
    def _entered(self) -> None:
        self._look_soon(now=True)

    def _look_soon(self, *, now: bool = False) -> None:
        self._look = None
        self.run_worker(self._read(0 if now else _SOON), exclusive=True, group="look")

    async def _read(self, wait: float) -> None:
        await asyncio.sleep(wait)
        line = self.query_one("#path", PathInput)
        path = line.path
        if path is None or not is_file(path):
            names = names_for(line.value, endings=_ENDINGS)[:_NAMES]
            missing = _NO_FILE.format(path=str(path)) if path and not names else None
            self._say(missing or (same("\n".join(names)) if names else _WAITING), wrong=missing is not None)
            return
        self._say(_READING)
        theirs, remove = (bool(self.query_one(f"#{name}", Choice).value) for name in ("theirs", "remove"))
        try:
            found = await self.desk_app.desk.at(lambda session: look(session, path, theirs=theirs, remove=remove))
        except UserError as error:
            self._say(error.text, wrong=True)
            return
        self._look = found
        self.query_one("#theirs-row").display = theirs or bool(found.merged.conflicts)
        self.query_one("#remove-row").display = remove or bool(found.merged.removed)
        self._show()
        self.query_one("#preview-scroll").scroll_home(animate=False)

    def _say(self, text: Text, *, wrong: bool = False) -> None:
        self._look, self._said, self._wrong = None, text, wrong
        self._show()

    def action_read(self, pages: int) -> None:
        """Scroll the preview."""
        pane = self.query_one("#preview-scroll")
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    # -- the end -----------------------------------------------------------------------------------------------------

    async def action_take(self) -> None:
        """Give back what the preview shows."""
        if self._look is None:
            await self._read(0)
        if self._look is None or not self._look.ready:
            self.tell(_NOT_YET, error=True)
        else:
            self.dismiss(self._look.merged)

    def action_leave(self) -> None:
        """Give back nothing."""
        self.dismiss(None)


def lines_of(found: Look) -> list[tuple[Text, Text, str]]:
    """Return what a file would do, a line a change, each with its sign."""
    merged = found.merged
    lines = [(same("· "), text, "") for text in found.notices]
    if found.problems:
        lines.append((same(""), _WRONG.format(count=len(found.problems)), "bold $error"))
        lines += [
            (same("! "), _AT.format(place=place, text=text) if place.en else text, "$error")
            for place, text in found.problems
        ]
    elif merged.empty and not merged.conflicts and not merged.removed:
        lines.append((same(""), _SAME, ""))
    else:
        counts = {"added": len(merged.added), "changed": len(merged.changed)}
        counts |= {"conflicts": len(merged.conflicts), "removed": len(merged.removed)}
        lines.append((same(""), _COUNTED.format(**counts), "bold"))
    lines += [
        (same("+ "), _NEW.format(number=number, place=place, what=merged.words.get(number, "")), "")
        for number, place in merged.added
    ]
    lines += [(same("! "), _CONFLICT.format(**_facts(one)), "$conflict") for one in merged.conflicts]
    lines += [(same("~ "), _CHANGED.format(**_facts(one)), "") for one in merged.changed]
    for number in merged.removed:
        lines.append((same("- "), (_CANCELLED if number in merged.cancelled else _REMOVED).format(number=number), ""))
    return lines[:_MOST]


def _facts(change: Shown) -> dict[str, object]:
    from audit.plan import FIELD_NAMES

    return {
        "number": change.number,
        "field": FIELD_NAMES[change.field],
        "before": " ".join(change.before.split()) or "–",
        "after": " ".join(change.after.split()) or "–",
        "theirs": " ".join(change.theirs.split()) or "–",
    }

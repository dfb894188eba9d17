"""Reading a plan back from Excel: what it would change, conflicts, rows that are gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from checklists.text import Text, same
from tui.keys import key
from tui.screens.file_dialog import FileDialog

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from textual.binding import BindingType

    from audit.plan_merging import Merged, Shown
    from audit.session import AuditSession
    from tui.screens.file_dialog import Options

_TITLE = Text("从 Excel 读回改进计划", "Read the plan back from Excel")
_PATH_HINT = Text(".xlsx：Tab 补全", ".xlsx: Tab completes")
_APART, _GONE = Text("两边都改过的", "Changed on both sides"), Text("表中没有的", "Rows that are gone")
_SIDES = (("", Text("保持现状", "stay as they are")), ("theirs", Text("以表为准", "take the sheet's")))
_ROWS = (("", Text("措施保留", "actions stay")), ("remove", Text("取消措施", "actions are cancelled")))
_WAITING = Text("给出文件后，这里逐条列出改动和读不懂的地方", "Give the file: what it changes is listed here first")
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
_MOST = 500


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


class PlanImportDialog(FileDialog[Look, "Merged"]):
    """Gives back the changes to be written."""

    TITLE_TEXT, HINT, WAITING, NOT_YET = _TITLE, _PATH_HINT, _WAITING, _NOT_YET
    ENDINGS = _ENDINGS
    ASKED: ClassVar = {"theirs": _APART, "remove": _GONE}
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

    def options(self) -> Mapping[str, Options]:
        """Return what is done with what both sides changed, and with rows that are gone."""
        return {"theirs": _SIDES, "remove": _ROWS}

    async def look_at(self, path: Path) -> Look:
        """Read the file."""
        theirs, remove = (bool(self.choice(name).value) for name in ("theirs", "remove"))
        return await self.desk_app.desk.at(lambda session: look(session, path, theirs=theirs, remove=remove))

    def unclear(self, look: Look | None) -> frozenset[str]:
        """Ask what is to be decided."""
        found = {"theirs": look.merged.conflicts, "remove": look.merged.removed} if look is not None else {}
        return frozenset(name for name, there in found.items() if there)

    def lines(self, look: Look) -> Iterable[tuple[Text, Text, str]]:
        """Return the changes, a line each."""
        return lines_of(look)

    def result(self, look: Look) -> Merged | None:
        """Return what is to be written."""
        return look.merged if look.ready else None


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

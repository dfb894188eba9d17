"""Exit codes: what a script learns from a command."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from checklists.text import Text

if TYPE_CHECKING:
    from checklists.text import UserError


class ExitCode(IntEnum):
    """What a command ended with."""

    meaning: Text

    def __new__(cls, code: int, zh: str, en: str) -> ExitCode:
        """Give the code its meaning."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = Text(zh, en)
        return member

    OK = 0, "成功", "done"
    ATTENTION = 1, "数据中有问题需要处理", "done, but the data needs attention (check, verify)"
    USAGE = 2, "输入有误或无法读取", "wrong usage or unreadable input; nothing was changed"
    NOT_FOUND = 3, "找不到", "no such audit, item, dealership or checklist"
    STORE = 4, "数据库问题", "the store is locked, read-only, full, damaged or too new"
    REFUSED = 5, "当前状态不允许", "refused: signed already, not ready to sign, nothing to undo"
    INTERNAL = 70, "程序错误，详见日志", "an error in the program; a log says more"
    INTERRUPTED = 130, "被中断", "interrupted (Ctrl-C)"
    BROKEN_PIPE = 141, "输出管道已关闭", "the reader of the output went away"


_CODES: dict[str, ExitCode] = {
    "audit.session.UnknownAudit": ExitCode.NOT_FOUND,
    "audit.session.UnknownItem": ExitCode.NOT_FOUND,
    "audit.dealers.UnknownDealer": ExitCode.NOT_FOUND,
    "audit.kpi_names.UnknownKpi": ExitCode.NOT_FOUND,
    "checklists.catalog.UnknownChecklist": ExitCode.NOT_FOUND,
    "tui.problems.NoSuchDepartment": ExitCode.NOT_FOUND,
    "tui.item_page.NoSuchItem": ExitCode.NOT_FOUND,
    "tui.guide.NoGuide": ExitCode.NOT_FOUND,
    "audit.guides.UnknownQuestion": ExitCode.NOT_FOUND,
    "audit.evidence.NoSuchEvidence": ExitCode.NOT_FOUND,
    "audit.evidence_out.EvidenceDamaged": ExitCode.ATTENTION,
    "audit.marking.UnknownSet": ExitCode.NOT_FOUND,
    "audit.marking.UnknownRecord": ExitCode.NOT_FOUND,
    "audit.marking.NotDrawn": ExitCode.REFUSED,
    "audit.marking.AlreadyDrawn": ExitCode.REFUSED,
    "audit.marking.NothingToClose": ExitCode.REFUSED,
    "audit.records.MarkInRecords": ExitCode.REFUSED,
    "audit.uniting.MergeRefused": ExitCode.REFUSED,
    "audit.signing.AuditSealed": ExitCode.REFUSED,
    "audit.signing.CannotSign": ExitCode.REFUSED,
    "audit.signing.NotSigned": ExitCode.REFUSED,
    "audit.finalizing.CannotFinalize": ExitCode.REFUSED,
    "audit.finalizing.NoScan": ExitCode.USAGE,
    "tui.problems.WrittenApart": ExitCode.ATTENTION,
    "audit.amending.SameAnswer": ExitCode.REFUSED,
    "audit.objecting.DecidedAlready": ExitCode.REFUSED,
    "audit.amending.NotTakenOver": ExitCode.NOT_FOUND,
    "audit.plan_writing.NoPlanYet": ExitCode.REFUSED,
    "audit.plan_writing.NotAllowed": ExitCode.REFUSED,
    "audit.confirming.NotAskedHere": ExitCode.NOT_FOUND,
    "audit.confirming.NotScoredHere": ExitCode.REFUSED,
    "audit.follow_up.CannotFollow": ExitCode.REFUSED,
    "audit.plan_confirming.NotALaterAudit": ExitCode.REFUSED,
    "audit.undoing.NothingToUndo": ExitCode.REFUSED,
    "audit.undoing.NothingToRedo": ExitCode.REFUSED,
    "audit.undoing.ChangedSince": ExitCode.REFUSED,
    "audit.unchanged.ChangedMeanwhile": ExitCode.REFUSED,
    "audit.settling.NoConflict": ExitCode.REFUSED,
    "audit.bound.ChecklistMissing": ExitCode.STORE,
    "audit.store.errors.StoreError": ExitCode.STORE,
    "audit.journal.BadEntry": ExitCode.STORE,
    "checklists.canonical.AlteredChecklist": ExitCode.STORE,
    "checklists.canonical.NewerChecklist": ExitCode.STORE,
}
"""By the name of the class: importing the classes would load what a command that fails early never needs."""


def code_of(error: UserError) -> ExitCode:
    """Return the exit code of an error: that of its class or of the nearest one above it."""
    for kind in type(error).__mro__:
        code = _CODES.get(f"{kind.__module__}.{kind.__qualname__}")
        if code is not None:
            return code
    return ExitCode.USAGE


def overview() -> str:
    """Return the exit codes as the end of the top command's help."""
    lines = [f"  {code:>3}  {code.meaning.en} {code.meaning.zh}" for code in ExitCode]
    return "\n".join(["\b", "Exit codes 退出码:", *lines])

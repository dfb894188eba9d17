"""`dealer-audit audit`: one assessment of one dealership; its commands live in the modules beside this one."""

from collections.abc import Callable

from tui.commands.audit_again import aside, reaudit
from tui.commands.audit_answer import answer, note, redo, settle, undo
from tui.commands.audit_begin import describe, new, sign
from tui.commands.audit_closing import amend, decide, finalize, object_, scan
from tui.commands.audit_confirm import confirm
from tui.commands.audit_look import history, list_, show, verify
from tui.commands.audit_marks import flag, full_marks
from tui.commands.audit_merge import merge
from tui.commands.audit_review import review
from tui.commands.audit_sheet import sheet
from tui.front import command, group

COMMANDS: dict[str, Callable[..., None]] = {
    "new": new,
    "list": list_,
    "show": show,
    "answer": answer,
    "confirm": confirm,
    "sheet": sheet,
    "full-marks": full_marks,
    "note": note,
    "flag": flag,
    "undo": undo,
    "redo": redo,
    "settle": settle,
    "describe": describe,
    "history": history,
    "review": review,
    "sign": sign,
    "object": object_,
    "decide": decide,
    "amend": amend,
    "finalize": finalize,
    "scan": scan,
    "verify": verify,
    "merge": merge,
    "aside": aside,
    "reaudit": reaudit,
}

app = group("Audits: begin, answer, look, sign, verify 评估")

for name, function in COMMANDS.items():
    command(app, name)(function)

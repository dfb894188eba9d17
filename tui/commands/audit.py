"""`dealer-audit audit`: one assessment of one dealership; its commands live in the modules beside this one."""

from collections.abc import Callable

from tui.commands.audit_answer import answer, note, settle, undo
from tui.commands.audit_begin import describe, new, sign
from tui.commands.audit_look import history, list_, show, verify
from tui.front import command, group

COMMANDS: dict[str, Callable[..., None]] = {
    "new": new,
    "list": list_,
    "show": show,
    "answer": answer,
    "note": note,
    "undo": undo,
    "settle": settle,
    "describe": describe,
    "history": history,
    "sign": sign,
    "verify": verify,
}

app = group("Audits: begin, answer, look, sign, verify 评估")

for name, function in COMMANDS.items():
    command(app, name)(function)

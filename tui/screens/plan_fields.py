"""What the plan page asks for, field by field, and what it does with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui.plan_view import short_name
from tui.screens.asked import CHOICE, FIND, LINE, TEXT, Asked, WrongFields
from tui.screens.fields_dialog import FieldsDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from audit.plan import Action
    from audit.session import AuditSession
    from checklists.text import Lang
    from tui.desk import Desk
    from tui.plan_view import PlanSeen

    Values = Mapping[str, str]

_EDIT, _ADD = Text("修改措施 {number}", "Change action {number}"), Text("新增措施", "Add an action")
_DONE, _VERIFY = Text("{number} 已完成", "{number} is done"), Text("验证 {number}", "Verify {number}")
_CANCEL, _DRAFT = Text("取消 {number}", "Cancel {number}"), Text("起草改进计划", "Draft the improvement plan")
_START = Text("开始日期", "Work begins")
_START_HINT = Text(
    "期限按工作日从这一天起算；同一岗位的措施依次排开",
    "due dates count working days from here; what one role has to do follows one after the other",
)
_PROOF_HINT = Text(
    "文字说明；一行写一个文件（路径）时，文件收作佐证", "in words; a line that names a file takes it in as evidence"
)
_NEED_PROOF = Text("请写明完成证据", "Say what shows that it is done")
_NEED_REASON = Text("请写明为什么取消", "Say why it is cancelled")
_NEED_WHAT = Text("请写明做什么", "Say what is to be done")
_NOT_OWNER = Text("不能是责任人本人", "never the action's owner")
_WEAK_HINT = Text(
    "弱项编号，用逗号隔开；从别的措施中移出", "numbers of weak items, with commas; they leave other actions"
)
_DUE_HINT = Text("如 2026-06-30 或 6月30日", "such as 2026-06-30 or 30 June")
_OWNER = Text("责任人：{owner}", "Owner: {owner}")
_NOBODY = same("–")
_NEW = ("what", "answers", "department", "direction", "owner_role", "owner", "due", "measure", "target")
_ORDER = (
    *("what", "owner_role", "owner", "due", "status", "proof", "root_cause", "interim", "lasting", "cost", "support"),
    *("measure", "target", "answers", "department", "direction", "verifier", "verified_on", "result", "reason"),
)
"""Fields of an action as they are asked: what the dealership fills in first."""
_LONG = frozenset({"what", "root_cause", "interim", "lasting", "support", "proof", "result", "measure", "reason"})
_BLAMES = {"FilesRefused": "proof"}
_HINTS = {"answers": _WEAK_HINT, "due": _DUE_HINT, "verifier": _NOT_OWNER, "proof": _PROOF_HINT}


def editing(known: PlanSeen, action: Action, desk: Desk, lang: Lang) -> FieldsDialog:
    """Return what changes an action: all its fields, of which only those are written that were changed."""
    before = _shown(action, lang)
    asked = [_asked(known, name, before[name]) for name in _ORDER]

    async def change(values: Values) -> None:
        changed = {name: value for name, value in values.items() if value != before[name]}
        if changed:
            await desk.at(lambda session: _set(session, action.number, changed, lang))

    return FieldsDialog(_EDIT.format(number=action.number), asked, change, blames=_BLAMES)


def adding(known: PlanSeen, desk: Desk, lang: Lang) -> FieldsDialog:
    """Return what adds an action."""
    asked = [_asked(known, name, "", needed=_NEED_WHAT if name == "what" else None) for name in _NEW]

    async def add(values: Values) -> None:
        given = {name: value for name, value in values.items() if value}
        await desk.at(lambda session: _add(session, given, lang))

    return FieldsDialog(_ADD, asked, add)


def doing(action: Action, desk: Desk, lang: Lang) -> FieldsDialog:
    """Return what reports an action done."""
    asked = [_named("proof", TEXT, action.proof, needed=_NEED_PROOF)]
    return _setting(_DONE.format(number=action.number), asked, action, {"status": "done"}, desk, lang)


def verifying(known: PlanSeen, action: Action, desk: Desk, lang: Lang) -> FieldsDialog:
    """Return what verifies an action."""
    asked = [
        replace(_named("verifier", LINE, known.me), proposed=True),
        replace(_named("verified_on", LINE, known.today), proposed=True),
        _named("result", TEXT, action.result),
    ]
    about = [_OWNER.format(owner=action.owner or "–"), *([same(action.proof)] if action.proof else [])]
    return _setting(_VERIFY.format(number=action.number), asked, action, {"status": "verified"}, desk, lang, about)


def cancelling(action: Action, desk: Desk, lang: Lang) -> FieldsDialog:
    """Return what cancels an action."""
    asked = [_named("reason", TEXT, action.reason, needed=_NEED_REASON)]
    title = _CANCEL.format(number=action.number)
    return _setting(title, asked, action, {"status": "cancelled"}, desk, lang, [action.what])


def drafting(known: PlanSeen, desk: Desk) -> FieldsDialog:
    """Return what drafts the plan."""

    async def draft(values: Values) -> None:
        from audit.details import read_date
        from audit.plan_draft import draft_plan

        begin = read_date(values["start"]) if values["start"] else ""
        await desk.at(lambda session: draft_plan(session, begin))

    asked = [Asked("start", _START, value=known.today, hint=_START_HINT, proposed=True)]
    return FieldsDialog(_DRAFT, asked, draft, blames={"BadDetail": "start", "StartsEarly": "start"})


def _setting(
    title: Text,
    asked: Sequence[Asked],
    action: Action,
    besides: Mapping[str, str],
    desk: Desk,
    lang: Lang,
    about: Sequence[Text] = (),
) -> FieldsDialog:
    async def write(values: Values) -> None:
        await desk.at(lambda session: _set(session, action.number, {**values, **besides}, lang))

    return FieldsDialog(title, asked, write, about=about, blames=_BLAMES)


def _set(session: AuditSession, number: str, values: Mapping[str, str], lang: Lang) -> None:
    from audit.plan import Field
    from audit.plan_proof import set_with_files

    fields = {Field(name): value for name, value in values.items()}
    files = list[Path]()
    if Field.PROOF in fields:
        fields[Field.PROOF], files = _with_files(fields[Field.PROOF])
    _blaming(lambda: set_with_files(session, number, fields, files, month_first=lang != "en"))


def _with_files(proof: str) -> tuple[str, list[Path]]:
    """Return a proof's words, and the files that lines of it name."""
    from tui.widgets.path_input import as_path, is_file

    words, files = list[str](), list[Path]()
    for line in proof.splitlines():
        path = as_path(line)
        if path is not None and is_file(path):
            files.append(path)
        else:
            words.append(line)
    return "\n".join(words), files


def _add(session: AuditSession, values: Mapping[str, str], lang: Lang) -> None:
    from audit.plan import Field
    from audit.plan_writing import add_action

    fields = {Field(name): value for name, value in values.items()}
    _blaming(lambda: add_action(session, fields, month_first=lang != "en"))


def _blaming(work: Callable[[], object]) -> None:
    """Do something with the plan; what cannot be done is said at its field."""
    from audit.plan_writing import PlanRefused

    try:
        work()
    except PlanRefused as error:
        wrong: dict[str, Text] = {}
        for problem in error.problems:
            name = problem.field.value if problem.field is not None else ""
            wrong[name] = joined([wrong[name], problem.text], "\n", "\n") if name in wrong else problem.text
        raise WrongFields(wrong) from error


def _shown(action: Action, lang: Lang) -> dict[str, str]:
    """Return what stands in the fields: choices by their ids, everything else as it is read."""
    from audit.plan import Field

    found = {}
    for field in Field:
        value = getattr(action, field.value)
        found[field.value] = value.of(lang).strip() if isinstance(value, Text) else str(value)
    return {**found, "answers": ", ".join(action.answers)}


def _named(name: str, kind: str, value: str, needed: Text | None = None) -> Asked:
    from audit.plan import FIELD_NAMES, Field

    return Asked(name, short_name(FIELD_NAMES[Field(name)]), kind, value, _HINTS.get(name), needed=needed)


def _asked(known: PlanSeen, name: str, value: str, needed: Text | None = None) -> Asked:
    """Return one field of an action."""
    from audit.plan import FIELD_NAMES, STATUS_NAMES, Field

    label, checklist = short_name(FIELD_NAMES[Field(name)]), known.checklist
    if name == "status":
        options = tuple((status.value, text) for status, text in STATUS_NAMES.items())
        return Asked(name, label, CHOICE, value, options=options)
    if name == "department":
        options = (("", _NOBODY), *((d.id, d.name) for d in checklist.departments))
        return Asked(name, label, CHOICE, value, options=options)
    if name == "owner_role":
        return Asked(name, label, FIND, value, options=tuple((i, role.name) for i, role in checklist.roles.items()))
    if name == "direction":
        named = Text("{id} {name}", "{id} {name}")
        options = tuple((i, named.format(id=i, name=one.name)) for i, one in checklist.directions.items())
        return Asked(name, label, FIND, value, options=options)
    return _named(name, TEXT if name in _LONG else LINE, value, needed)

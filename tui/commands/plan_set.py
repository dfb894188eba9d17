"""Changing the plan at the command line: set, add, cancel, verify."""

from typing import TYPE_CHECKING, Annotated

import typer

from tui.options import Lang, Person, Ref, Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.plan import Field
    from audit.plan_writing import Change
    from audit.session import AuditSession
    from tui.console import Terminal

Text_ = str | None
ActionNumber = Annotated[str, typer.Argument(metavar="ACTION", help="The action's number, e.g. P3 措施编号")]
What = Annotated[Text_, typer.Option("--what", metavar="TEXT", help="First step 措施")]
Answers = Annotated[Text_, typer.Option("--answers", metavar="N,N", help="Weak items it answers 对应弱项")]
Direction = Annotated[Text_, typer.Option("--direction", metavar="ID", help="Coaching direction 辅导方向")]
Department = Annotated[Text_, typer.Option("--department", metavar="D", help="Department 部门")]
Role = Annotated[Text_, typer.Option("--role", metavar="ROLE", help="Owner's role 责任岗位")]
Owner = Annotated[Text_, typer.Option("--owner", metavar="NAME", help="Owner by name 责任人")]
Due = Annotated[Text_, typer.Option("--due", metavar="DATE", help="Due date 完成期限")]
Measure = Annotated[Text_, typer.Option("--measure", metavar="TEXT", help="Success measure 衡量依据")]
Target = Annotated[Text_, typer.Option("--target", metavar="TEXT", help="Its target 目标")]
Cause = Annotated[Text_, typer.Option("--root-cause", metavar="TEXT", help="5 why 根本原因")]
Interim = Annotated[Text_, typer.Option("--interim", metavar="TEXT", help="Interim measure 临时措施")]
Lasting = Annotated[Text_, typer.Option("--lasting", metavar="TEXT", help="Lasting measure 长效措施")]
Cost = Annotated[Text_, typer.Option("--cost", metavar="TEXT", help="Cost 费用")]
Support = Annotated[Text_, typer.Option("--support", metavar="TEXT", help="Support needed 需要的支持")]
StatusOption = Annotated[
    Text_, typer.Option("--status", metavar="STATUS", help="open, in progress, done, verified, cancelled 状态")
]
Proof = Annotated[Text_, typer.Option("--proof", metavar="TEXT", help="What shows that it is done 完成证据")]
Files = Annotated[
    list[str] | None, typer.Option("--proof-file", metavar="FILE", help="Photo or paper; may be repeated 证据文件")
]
Verifier = Annotated[Text_, typer.Option("--verifier", metavar="NAME", help="Who verifies it 验证人")]
VerifiedOn = Annotated[Text_, typer.Option("--verified-on", metavar="DATE", help="When 验证日期")]
Result = Annotated[Text_, typer.Option("--result", metavar="TEXT", help="What was seen 验证结果")]
Reason = Annotated[Text_, typer.Option("--reason", metavar="TEXT", help="Why it was cancelled 取消原因")]


def set_(  # noqa: PLR0913, PLR0917 - one option for every field
    ref: Ref,
    action: ActionNumber,
    what: What = None,
    answers: Answers = None,
    direction: Direction = None,
    department: Department = None,
    role: Role = None,
    owner: Owner = None,
    due: Due = None,
    measure: Measure = None,
    target: Target = None,
    root_cause: Cause = None,
    interim: Interim = None,
    lasting: Lasting = None,
    cost: Cost = None,
    support: Support = None,
    status: StatusOption = None,
    proof: Proof = None,
    verifier: Verifier = None,
    verified_on: VerifiedOn = None,
    result: Result = None,
    reason: Reason = None,
    proof_file: Files = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Change fields of an action; an empty text empties one 修改措施.

    Done needs its proof, verified somebody else than the owner, cancelled a reason. Weak items named with --answers
    are taken out of the other actions.
    """
    given = _given(locals())
    from checklists.text import Text
    from tui.problems import WrongUsage

    if not given and not proof_file:
        raise WrongUsage(
            Text(
                "请至少给出一项，如 --owner、--due 或 --status", "Give at least one field: --owner, --due, --status ..."
            )
        )
    _change(store, ref, person, lang, action, given, proof_file or ())


def add(  # noqa: PLR0913, PLR0917 - what an action may say from the start
    ref: Ref,
    what: Annotated[str, typer.Option("--what", metavar="TEXT", help="First step 措施")],
    answers: Answers = None,
    direction: Direction = None,
    department: Department = None,
    role: Role = None,
    owner: Owner = None,
    due: Due = None,
    measure: Measure = None,
    target: Target = None,
    support: Support = None,
    cost: Cost = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Add an action of your own; its number goes to stdout 新增措施.

    A weak item belongs to one action: those it names are taken out of the others.
    """
    from audit.plan_writing import add_action
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    given = _given({**locals(), "what": what})
    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        added = add_action(session, _fields(given), month_first=out.lang != "en")
    out.say(Text("已新增措施 {number}", "Action {number} is added").format(number=added.number))
    out.value(added.number)


def cancel(
    ref: Ref,
    action: ActionNumber,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why 取消原因")],
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Give an action up, with the reason; its weak items stay with it 取消措施."""
    _change(store, ref, person, lang, action, {"status": "cancelled", "reason": reason})


def verify(  # noqa: PLR0913, PLR0917 - what a verification says
    ref: Ref,
    action: Annotated[str | None, typer.Argument(metavar="[ACTION]", help="The action's number 措施编号")] = None,
    by: Annotated[Text_, typer.Option("--by", metavar="NAME", help="Who saw it (default: who writes) 验证人")] = None,
    on: Annotated[Text_, typer.Option("--on", metavar="DATE", help="When (default: today) 验证日期")] = None,
    result: Result = None,
    source: Annotated[
        Text_, typer.Option("--from", metavar="REF", help="Take over a signed follow-up or re-audit 采用跟进验收或复评")
    ] = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Confirm that an action works, or take over what a signed follow-up visit or re-audit found 验证措施.

    The owner cannot verify their own action. With --from, actions whose weak items were all found cured are verified
    by that audit's auditor; others keep their status and get the result in words.
    """
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write, writer
    from tui.problems import WrongUsage

    if (action is None) == (source is None):
        raise WrongUsage(
            Text("请写出一条措施，或用 --from 指定跟进验收", "Name an action, or a follow-up visit with --from")
        )
    if action is not None:
        given = {"status": "verified", "verifier": by or writer(person).person, "verified_on": on, "result": result}
        _change(store, ref, person, lang, action, {name: value for name, value in given.items() if value})
        return
    from audit.plan_confirming import take_over

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        changes, notices = take_over(session, source or "", out.lang)
        for notice in notices:
            out.say(notice)
        _tell(out, session, changes)


def _given(values: dict[str, object]) -> dict[str, str]:
    """Return the fields among a command's parameters that were given."""
    from audit.plan import Field

    names = {**{name.value: name.value for name in Field}, "role": Field.OWNER_ROLE.value}
    return {names[name]: value for name, value in values.items() if name in names and isinstance(value, str)}


def _fields(given: dict[str, str]) -> "dict[Field, str]":
    from audit.plan import Field

    return {Field(name): value for name, value in given.items()}


def _change(
    store: str | None,
    ref: str,
    person: str | None,
    lang: str | None,
    action: str,
    given: dict[str, str],
    files: "Sequence[str]" = (),
) -> None:
    from pathlib import Path

    from audit.plan_proof import set_with_files
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        paths = [Path(file).expanduser() for file in files]
        changes = set_with_files(session, action, _fields(given), paths, month_first=out.lang != "en")
        _tell(out, session, changes)


def _tell(out: "Terminal", session: "AuditSession", changes: "Sequence[Change]") -> None:
    from audit.plan import FIELD_NAMES, plan_of
    from audit.plan_fields import shown_value
    from checklists.text import Text

    numbers = {action.id: action.number for action in plan_of(session).actions}
    grouped: dict[tuple[Field, str, str], list[str]] = {}
    for change in changes:
        before, after = (
            " ".join(shown_value(session.checklist, change.field, data, out.lang).split()) or "–"
            for data in (change.before, {"value": change.after})
        )
        grouped.setdefault((change.field, before, after), []).append(numbers[change.action])
    for (field, before, after), alike in grouped.items():
        out.say(
            Text("{numbers} {field}：{before} → {after}", "{numbers}, {field}: {before} → {after}").format(
                numbers=", ".join(alike), field=FIELD_NAMES[field], before=before, after=after
            )
        )
    if not changes:
        out.say(Text("没有改动", "No change"))

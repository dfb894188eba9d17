"""`dealer-audit plan`: the improvement plan, drafted here, filled in by the dealership, verified by the auditor."""

from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands.plan_route import route
from tui.commands.plan_set import add, cancel, set_, verify
from tui.front import command, group
from tui.options import AsJson, Lang, Person, Ref, Store

if TYPE_CHECKING:
    from audit.plan_merging import Merged
    from audit.session import AuditSession
    from tui.console import Terminal

app = group("Improvement plan: draft, send out, read back, verify 改进计划")

Start = Annotated[
    str | None, typer.Option("--start", metavar="YYYY-MM-DD", help="When work begins (default: today) 开始日期")
]
Output = Annotated[str | None, typer.Option("-o", "--output", metavar="FILE.xlsx", help="Where 文件名")]


@command(app, "draft")
def draft(
    ref: Ref,
    start: Start = None,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Draft actions for the weak items that have none yet, after signing 起草改进计划.

    One action for each coaching direction and department. Due dates are working days (Monday to Friday) from the
    start; what one role has to do follows one after the other. Drafting again adds only what is missing.
    """
    from audit.clock import today
    from audit.details import read_date
    from audit.plan import plan_of
    from audit.plan_draft import draft_plan
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write
    from tui.plan_tables import show_plan

    out = terminal(lang)
    begin = read_date(start) if start else ""
    with audit_to_write(store, ref, person) as session:
        known = {action.id for action in plan_of(session).actions}
        plan = draft_plan(session, begin)
        new = [action for action in plan.actions if action.id not in known]
        if new:
            show_plan(out, session.ref, plan, today(), new, session.checklist)
    text = Text(
        "新增 {count} 条措施，回答 {weak} 个弱项；下一步：dealer-audit plan export {ref}",
        "Actions added: {count}, for {weak} weak items; next: dealer-audit plan export {ref}",
    )
    none = Text("每个弱项都已有措施，没有改动", "Every weak item has its action already; nothing was changed")
    weak = sum(len(action.answers) for action in new)
    out.say((text if new else none).format(count=len(new), weak=weak, ref=session.ref))


@command(app, "show")
def show(
    ref: Ref,
    action: Annotated[str | None, typer.Argument(metavar="[ACTION]", help="One in full, e.g. P3 措施编号")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those past their dates 只看逾期")] = False,
    store: Store = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show the plan, or one action in full with what later audits found 查看改进计划."""
    from audit.clock import today
    from audit.plan import plan_of
    from audit.plan_effect import LaterAudits, later_audits
    from audit.plan_writing import action_id
    from reports.plan_json import action_json, plan_json
    from tui.console import terminal
    from tui.exits import ExitCode
    from tui.opening import audit_to_read
    from tui.plan_tables import show_action, show_plan
    from tui.plan_view import LEFT_OUT

    out = terminal(lang)
    day = today()
    with audit_to_read(store, ref) as session:
        plan = plan_of(session)
        one = plan.action(action_id(plan, action)) if action else None
        seen, unreadable = later_audits(session) if one is not None or as_json else LaterAudits()
    wanted = plan.overdue(day) if overdue else plan.actions
    if as_json:
        shape = plan_json(session.ref, plan, out.lang, day, seen)
        shown = [one] if one is not None else wanted
        out.json({**shape, "actions": [action_json(each, out.lang, day, seen) for each in shown]})
    elif one is not None:
        show_action(out, one, session.checklist, day, seen)
    else:
        show_plan(out, session.ref, plan, day, wanted, session.checklist)
    for skipped in unreadable:
        out.say(LEFT_OUT.format(ref=skipped.ref, problem=skipped.problem))
    if unreadable:
        raise typer.Exit(ExitCode.ATTENTION)


@command(app, "export")
def export(
    ref: Ref,
    output: Output = None,
    store: Store = None,
    lang: Lang = None,
) -> None:
    """Write the plan as a workbook to be filled in; its path goes to stdout 导出改进计划."""
    from audit.plan_writing import refuse_missing
    from audit.summary import summarize
    from tui.console import terminal
    from tui.opening import audit_to_read
    from tui.plan_file import write_plan

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        summary = summarize(session, ahead=False)
        refuse_missing(session, summary.plan)
    out.value(str(write_plan(summary, output, out.lang)))


@command(app, "import")
def import_(  # noqa: PLR0913, PLR0917 - how to take it in
    ref: Ref,
    file: Annotated[str, typer.Argument(metavar="FILE.xlsx", help="The plan that came back 改进计划")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the changes, write nothing 只看改动")] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Where both changed a field, take the sheet's 冲突时以表为准")
    ] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Cancel actions whose rows are gone 取消被删的行")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask 不再询问")] = False,
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
    as_json: AsJson = False,
) -> None:
    """Read a plan back: shows what changes, then writes all of it or nothing 导入改进计划.

    Rows may be sorted, added and deleted, columns moved and deleted. A field that was changed in the store since the
    export, and differently in the sheet, is a conflict and stays as it is without --theirs.
    """
    from pathlib import Path

    from audit.plan import plan_of
    from audit.plan_merging import merge
    from audit.plan_writing import apply
    from reports.plan_json import merged_json
    from reports.sheets.plan_reader import read_plan
    from tui.console import terminal
    from tui.exits import ExitCode
    from tui.opening import audit_to_read, audit_to_write
    from tui.problems import BadRows, in_place

    out = terminal(lang)
    path = Path(file).expanduser()
    opening = audit_to_read(store, ref) if dry_run else audit_to_write(store, ref, person)
    with opening as session:
        plan = plan_of(session)
        filled = read_plan(path, session.ref, plan)
        merged = merge(session, filled.rows, filled.lang, theirs=theirs, remove=remove)
        problems = (*filled.problems, *merged.problems)
        if problems:
            raise BadRows(path.name, [in_place(place, text) if place.en else text for place, text in problems])
        writes = not dry_run and not merged.empty
        if not as_json:
            for notice in filled.notices:
                out.say(notice)
            _tell(out, session, merged, theirs=theirs)
            writes = writes and (yes or _agreed(out))
        if writes:
            apply(session, merged.edits)
            _say_written(out, merged)
        if as_json:
            out.json(merged_json(session.ref, merged, out.lang, written=writes))
    if merged.conflicts and not theirs:
        raise typer.Exit(ExitCode.ATTENTION)


command(app, "set")(set_)
command(app, "add")(add)
command(app, "cancel")(cancel)
command(app, "verify")(verify)
command(app, "route")(route)


def _tell(out: "Terminal", session: "AuditSession", merged: "Merged", *, theirs: bool) -> None:
    from audit.plan import plan_of
    from checklists.text import Text
    from tui.plan_tables import show_merged

    show_merged(out, merged, plan_of(session))
    if merged.empty and not merged.conflicts:
        out.say(Text("没有改动", "No change"))
    waiting = [number for number in merged.removed if number not in merged.cancelled]
    if waiting:
        out.say(
            Text(
                "表中没有 {numbers}：措施保持不变；确定不做的请加 --remove",
                "Not in the sheet: {numbers}; they stay as they are, --remove cancels them",
            ).format(numbers=", ".join(waiting))
        )
    if merged.conflicts and not theirs:
        out.say(
            Text(
                "有冲突的内容不会写入；要以表为准请加 --theirs",
                "Conflicts stay as they are; --theirs takes the sheet's",
            )
        )


def _agreed(out: "Terminal") -> bool:
    """Ask whether to go ahead where a person sits at a terminal; a script has looked with --dry-run."""
    import sys

    from checklists.text import Text

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    return typer.confirm(out.text(Text("写入以上改动？", "Write these changes?")), default=True, err=True)


def _say_written(out: "Terminal", merged: "Merged") -> None:
    from checklists.text import Text

    out.say(
        Text(
            "已写入：新增 {added} 条，修改 {changed} 处，取消 {cancelled} 条",
            "Written: {added} added, {changed} fields changed, {cancelled} cancelled",
        ).format(added=len(merged.added), changed=len(merged.changed), cancelled=len(merged.cancelled))
    )

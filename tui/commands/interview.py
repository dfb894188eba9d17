"""`dealer-audit interview`: who was asked what, and what they said."""

from typing import Annotated

import typer

from tui.front import command, group
from tui.options import AsJson, Lang, Person, Ref, Store

app = group("Interviews: guide, add, show 访谈")


@command(app, "guide")
def guide(
    checklist_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A checklist; default: dealership 评估表")
    ] = None,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="Only this role's 只看该岗位")] = "",
    ref: Annotated[
        str | None, typer.Option("--ref", metavar="REF", help="What concerns this audit's departments 按评估")
    ] = None,
    store: Store = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Show what to ask whom, what a good answer contains and which items it supports 访谈提纲."""
    from tui.checklist_shape import guide_shape
    from tui.console import terminal
    from tui.guide import chosen_roles, guiding
    from tui.interview_tables import show_guide

    out = terminal(lang)
    checklist = guiding(checklist_id, ref, store)
    roles = chosen_roles(checklist, role)
    if as_json:
        shapes = [guide_shape(checklist, each, out.lang) for each in roles]
        out.json({"checklist": {"id": checklist.id, "version": checklist.version}, "guides": shapes})
        return
    for each in roles:
        show_guide(out, checklist, each)


@command(app, "add")
def add(
    ref: Ref,
    question: Annotated[
        str, typer.Option("--question", metavar="TEXT|ID", help="What was asked, or a guide's question 问题或编号")
    ],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What was said or seen 记录")],
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="Whom; default: as the guide's question 岗位")
    ] = "",
    name: Annotated[str, typer.Option("--person", metavar="NAME", help="Their name 姓名")] = "",
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Record an interview 记录访谈."""
    from audit.interviews import add_interview
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        added = add_interview(session, role, name, question, note, out.lang)
    out.say(
        Text("已记录访谈 {number}（{role}）", "Interview {number} ({role}) is recorded").format(
            number=added.number, role=added.role_name
        )
    )
    out.value(added.number)


@command(app, "show")
def show(ref: Ref, store: Store = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """Show the interviews and what follows from them 查看访谈."""
    from audit.interviews import findings_of, interviews_of
    from reports.interview_json import finding_json, interview_json
    from tui.console import terminal
    from tui.interview_tables import show_interviews
    from tui.opening import audit_to_read

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        interviews = interviews_of(session.checklist, session.state)
        findings = findings_of(session.checklist, session.state)
    if as_json:
        shown = [
            {
                **interview_json(interview, out.lang),
                "findings": [finding_json(finding) for finding in findings if interview in finding.interviews],
            }
            for interview in interviews
        ]
        out.json({"ref": session.ref, "interviews": shown})
    else:
        show_interviews(out, interviews, findings)

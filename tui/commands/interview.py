"""`dealer-audit interview`: who was asked what, and what they said."""

from typing import Annotated

import typer

from tui.front import command, group
from tui.options import AsJson, Lang, Person, Ref, Store

app = group("Interviews: add, show 访谈")


@command(app, "add")
def add(
    ref: Ref,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="Whom: a role of the checklist 岗位")],
    question: Annotated[str, typer.Option("--question", metavar="TEXT", help="What was asked 问题")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="What was said or seen 记录")],
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
        added = add_interview(session, role, name, question, note)
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

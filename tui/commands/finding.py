"""`dealer-audit finding`: what an auditor found in their own words; it joins the weak items."""

from typing import Annotated

import typer

from tui.front import command, group
from tui.options import AsJson, Lang, Person, Ref, Store

Said = Annotated[str, typer.Option("--text", metavar="TEXT", help="The finding, as the report says it 发现")]
Department = Annotated[str, typer.Option("--department", metavar="ID", help="Default: the item's, the KPI's 部门")]
Direction = Annotated[str, typer.Option("--direction", metavar="ID", help="Default: the item's, the KPI's 辅导方向")]
OfItem = Annotated[str, typer.Option("--item", metavar="ITEM", help="The item it is about 检查项")]
OfKpi = Annotated[str, typer.Option("--kpi", metavar="KPI", help="The KPI it is about 指标")]
OfInterview = Annotated[str, typer.Option("--interview", metavar="N", help="The interview it follows from 访谈")]

app = group("Findings: add, merge, list 发现")


@command(app, "add")
def add(  # noqa: PLR0913, PLR0917 - what a finding consists of
    ref: Ref,
    text: Said,
    department: Department = "",
    direction: Direction = "",
    item: OfItem = "",
    kpi: OfKpi = "",
    interview: OfInterview = "",
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Record a finding 记录发现."""
    from audit.interviews import Draft, add_finding
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        added = add_finding(session, Draft(text, department, direction, item, kpi, interview))
    out.say(Text("已记录发现 {number}", "Finding {number} is recorded").format(number=added.number))
    out.value(added.number)


@command(app, "merge")
def merge(  # noqa: PLR0913, PLR0917 - what a finding consists of
    ref: Ref,
    numbers: Annotated[list[str], typer.Argument(metavar="N...", help="The findings' numbers 发现编号")],
    text: Said = "",
    department: Department = "",
    direction: Direction = "",
    item: OfItem = "",
    kpi: OfKpi = "",
    interview: OfInterview = "",
    store: Store = None,
    lang: Lang = None,
    person: Person = None,
) -> None:
    """Make one finding of several; they stay listed as merged into it 合并发现.

    What is not given comes from the first finding that says it.  One finding with a new --text is reworded.
    """
    from audit.interviews import Draft, merge_findings
    from checklists.text import Text
    from tui.console import terminal
    from tui.opening import audit_to_write

    out = terminal(lang)
    with audit_to_write(store, ref, person) as session:
        merged = merge_findings(session, numbers, Draft(text, department, direction, item, kpi, interview))
    several = Text("{parts} 已合并为 {number}", "{parts} merged into {number}")
    told = several if len(set(numbers)) > 1 else Text("{number} 已改写", "{number} is reworded")
    out.say(told.format(parts=", ".join(merged.parts), number=merged.number))
    out.value(merged.number)


@command(app, "list")
def list_(ref: Ref, store: Store = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """List the findings, merged ones among them 列出发现."""
    from audit.interviews import findings_of
    from reports.interview_json import finding_json
    from tui.console import terminal
    from tui.interview_tables import show_findings
    from tui.opening import audit_to_read

    out = terminal(lang)
    with audit_to_read(store, ref) as session:
        findings = findings_of(session.checklist, session.state)
    if as_json:
        out.json({"ref": session.ref, "findings": [finding_json(finding) for finding in findings]})
    else:
        show_findings(out, findings)

"""Interviews and findings as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui.console import Column
from tui.words import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.interviews import Finding, Interview
    from checklists.model import Checklist
    from tui.console import Row, Terminal

_NUMBER, _ROLE, _NAME = Text("编号", "no."), Text("岗位", "role"), Text("姓名", "name")
_QUESTION, _NOTE, _FINDINGS = Text("问题", "question"), Text("记录", "note"), Text("发现", "findings")
_TEXT, _DEPARTMENT, _DIRECTION = Text("发现", "finding"), Text("部门", "department"), Text("方向", "direction")
_MUST, _YES = Text("必问", "must"), Text("必问", "must")
_GOOD, _SUPPORTS = Text("好的回答", "a good answer"), Text("支持", "supports")
_INTERVIEW, _KPI, _MERGED = Text("访谈", "interview"), Text("指标", "KPI"), Text("合并", "merged")
_WITH = Text("{number}（{into}）", "{number} ({into})")
_INTO, _FROM = Text("并入 {numbers}", "into {numbers}"), Text("由 {numbers} 合成", "from {numbers}")


def show_interviews(out: Terminal, interviews: Sequence[Interview], findings: Sequence[Finding]) -> None:
    """Write the interviews, with the numbers of the findings that follow."""
    if not interviews:
        out.say(Text("还没有访谈：dealer-audit interview add", "No interviews yet: dealer-audit interview add"))
        return
    columns = [
        Column(_NUMBER, whole=True),
        Column(_ROLE, narrow=True),
        Column(_NAME, narrow=True),
        Column(_QUESTION),
        Column(_NOTE),
        Column(_FINDINGS, narrow=True),
    ]
    rows: list[Row] = [
        [i.number, i.role_name, i.person, _asked(i), i.note, _following(i, findings)] for i in interviews
    ]
    out.table(columns, rows)


def show_findings(out: Terminal, findings: Sequence[Finding]) -> None:
    """Write the findings; those merged into others say so."""
    if not findings:
        out.say(Text("还没有发现：dealer-audit finding add", "No findings yet: dealer-audit finding add"))
        return
    columns = [
        Column(_NUMBER, whole=True),
        Column(_TEXT),
        Column(_DEPARTMENT, narrow=True),
        Column(_DIRECTION, narrow=True),
        Column(ITEM, whole=True),
        Column(_KPI, whole=True),
        Column(_INTERVIEW, whole=True),
        Column(_MERGED, narrow=True),
    ]
    rows: list[Row] = [
        [
            finding.number,
            finding.text,
            finding.department.name,
            finding.direction,
            finding.item.id if finding.item else "",
            finding.kpi or "",
            _numbers(interview.number for interview in finding.interviews),
            _merged(finding),
        ]
        for finding in findings
    ]
    out.table(columns, rows)


def _asked(interview: Interview) -> Text:
    """Return the question in both languages, with its id where it is one of a guide."""
    if not interview.guide:
        return interview.asked
    return Text("{id} {question}", "{id} {question}").format(id=interview.guide, question=interview.asked)


def show_guide(out: Terminal, checklist: Checklist, role: str) -> None:
    """Write the interview guide for a role: what is asked, what a good answer contains, and what it supports."""
    columns = [Column(_NUMBER, whole=True), Column(_MUST, whole=True), Column(_QUESTION), Column(_GOOD)]
    columns.append(Column(_SUPPORTS, narrow=True))
    rows: list[Row] = [
        [each.id, _YES if each.must else "", each.ask, each.good, _numbers([*each.items, *each.kpis])]
        for each in checklist.guides[role]
    ]
    named = checklist.roles.get(role)
    out.table(columns, rows, named.name if named else role)


def _following(interview: Interview, findings: Sequence[Finding]) -> Text:
    """Return the findings that follow from an interview; those merged into others say into which."""
    told = []
    for finding in findings:
        if interview in finding.interviews:
            number = same(finding.number)
            into = _INTO.format(numbers=_numbers(finding.merged_into))
            told.append(_WITH.format(number=number, into=into) if finding.merged_into else number)
    return joined(told)


def _merged(finding: Finding) -> Text:
    if finding.merged_into:
        return _INTO.format(numbers=_numbers(finding.merged_into))
    return _FROM.format(numbers=_numbers(finding.parts)) if finding.parts else same("")


def _numbers(numbers: Iterable[str]) -> str:
    return ", ".join(numbers)

"""Interviews and findings as their page shows them: lists, and what is told of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui.widgets.line_list import Line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from audit.interviews import Finding, Interview
    from checklists.model import Checklist, Question
    from checklists.text import Lang
    from tui.desk import Seen

    Paragraph = tuple[Text, Text, str]

QUESTION, INTERVIEW, FINDING = "q:", "i:", "f:"
"""What the keys of lines begin with."""
_MUST = Text("必问 ", "must: ")
_MERGED_HEAD = Text("已合并", "Merged")
_GOOD, _ITEMS, _KPIS = Text("好的回答  ", "Good  "), Text("支持  ", "Supports  "), Text("指标  ", "KPIs  ")
_NOTE, _FINDINGS = Text("访谈 {number}  ", "Interview {number}  "), Text("发现 {number}  ", "Finding {number}  ")
_WHO = Text("{person}：{note}", "{person}: {note}")
_NOT_ASKED = Text("还没有问：回车记录回答", "Not asked yet: Enter writes the answer down")
_MUST_HEAD = Text("{id}  {role}  必问", "{id}  {role}  must be asked")
_HEAD = Text("{id}  {role}", "{id}  {role}")
_OWN = Text("访谈 {number}  {role}  自由提问", "Interview {number}  {role}  own question")
_DEPARTMENT, _DIRECTION = Text("部门  ", "Department  "), Text("方向  ", "Direction  ")
_ITEM, _KPI, _INTERVIEW = Text("检查项  ", "Item  "), Text("指标  ", "KPI  "), Text("访谈  ", "Interview  ")
_CURE = Text("先做  ", "First step  ")
_MERGED = Text("合并  ", "Merged  ")
_INTO, _FROM = (
    Text("已并入 {numbers}，不再单列为弱项", "into {numbers}; no weak item of its own"),
    Text("由 {numbers} 合成", "made of {numbers}"),
)
_NAMED = Text("{id} {name}", "{id} {name}")
_COUNTS = Text(
    "已问 {asked}/{questions}，必问还差 {must}；发现 {findings}",
    "asked {asked} of {questions}, must still be asked {must}; findings {findings}",
)


def guides_of(seen: Seen, interviews: Iterable[Interview]) -> Mapping[str, tuple[Question, ...]]:
    """Return what to ask whom in this audit: what concerns its departments, and whatever was asked already."""
    from audit.guides import guides_in

    return guides_in(seen.checklist, seen.state.departments, {interview.guide for interview in interviews})


def talk_lines(seen: Seen, interviews: Sequence[Interview], lang: Lang) -> list[Line]:
    """Return the roles with their questions, and what was asked besides."""
    checklist, asked = seen.checklist, {interview.guide for interview in interviews}
    guides = guides_of(seen, interviews)
    lines = []
    roles = [*guides, *(role for role in checklist.roles if role not in guides)]
    for role in roles:
        questions = guides.get(role, ())
        free = [i for i in interviews if i.role == role and not i.guide]
        if not questions and not free:
            continue
        done = sum(question.id in asked for question in questions)
        head = checklist.roles[role].name.of(lang) if role in checklist.roles else role
        lines.append(Line(f"role:{role}", head, tail=f"{done}/{len(questions)}", heading=True))
        lines += [_question_line(question, question.id in asked, lang) for question in questions]
        lines += [Line(INTERVIEW + i.number, i.question, "✓", "full", number=f"#{i.number}") for i in free]
    return lines


def _question_line(question: Question, asked: bool, lang: Lang) -> Line:
    text = (_MUST.of(lang) if question.must else "") + question.ask.of(lang)
    return Line(QUESTION + question.id, text, "✓" if asked else " ", "full" if asked else "", number=question.id)


def finding_lines(findings: Sequence[Finding], marked: Collection[str], lang: Lang) -> list[Line]:
    """Return the findings by department, those merged into others last."""
    lines: list[Line] = []
    standing = [finding for finding in findings if not finding.merged_into]
    departments = {finding.department.id: finding.department for finding in standing}
    for department in departments.values():
        here = [finding for finding in standing if finding.department.id == department.id]
        lines.append(Line(f"d:{department.id}", department.name.of(lang), tail=str(len(here)), heading=True))
        lines += [_finding_line(finding, marked) for finding in here]
    merged = [finding for finding in findings if finding.merged_into]
    if merged:
        lines.append(Line("merged", _MERGED_HEAD.of(lang), tail=str(len(merged)), heading=True))
        lines += [_finding_line(finding, ()) for finding in merged]
    return lines


def _finding_line(finding: Finding, marked: Collection[str]) -> Line:
    into = "→" + ",".join(finding.merged_into) + " " if finding.merged_into else ""
    mark, look = ("-", "leaves") if finding.merged_into else (" ", "")
    on = finding.number in marked
    return Line(FINDING + finding.number, into + finding.text, mark, look, flagged=on, number=finding.number)


def counts(seen: Seen, interviews: Sequence[Interview], findings: Iterable[Finding]) -> Text:
    """Return how much was asked, and how much was found."""
    asked = {interview.guide for interview in interviews}
    questions = [question for guide in guides_of(seen, interviews).values() for question in guide]
    return _COUNTS.format(
        asked=sum(question.id in asked for question in questions),
        questions=len(questions),
        must=sum(question.must and question.id not in asked for question in questions),
        findings=sum(not finding.merged_into for finding in findings),
    )


def told_question(
    seen: Seen, question_id: str, interviews: Sequence[Interview], findings: Sequence[Finding]
) -> list[Paragraph]:
    """Return a guide's question, what a good answer contains, and what was answered."""
    from audit.kpi import in_scope

    checklist = seen.checklist
    role, question = checklist.questions[question_id]
    name = checklist.roles[role].name if role in checklist.roles else same(role)
    head = (_MUST_HEAD if question.must else _HEAD).format(id=question.id, role=name)
    lines = [(same(""), head, "dim"), (same(""), question.ask, "bold"), (_GOOD, question.good, "")]
    mine = [interview for interview in interviews if interview.guide == question_id]
    for interview in mine:
        lines += _told_note(interview, findings)
    if not mine:
        lines.append((same(""), _NOT_ASKED, "dim"))
    items = [_NAMED.format(id=i, name=checklist.items[i].statement) for i in question.items if i in checklist.items]
    scope = in_scope(checklist, seen.state)
    kpis = [_NAMED.format(id=k, name=checklist.kpis[k].name) for k in question.kpis if k in scope]
    lines += [(_ITEMS, joined(items, zh="\n", en="\n"), "")] if items else []
    lines += [(_KPIS, joined(kpis, zh="\n", en="\n"), "")] if kpis else []
    return lines


def told_interview(interview: Interview, findings: Sequence[Finding]) -> list[Paragraph]:
    """Return what somebody was asked in the auditor's own words, and said."""
    head = _OWN.format(number=interview.number, role=interview.role_name)
    return [(same(""), head, "dim"), (same(""), interview.asked, "bold"), *_told_note(interview, findings)]


def _told_note(interview: Interview, findings: Sequence[Finding]) -> list[Paragraph]:
    said = _WHO.format(person=interview.person, note=interview.note) if interview.person else same(interview.note)
    lines: list[Paragraph] = [(_NOTE.format(number=interview.number), said, "$accent")]
    following = [finding for finding in findings if interview in finding.interviews and not finding.merged_into]
    return lines + [(_FINDINGS.format(number=finding.number), same(finding.text), "") for finding in following]


def told_finding(checklist: Checklist, finding: Finding) -> list[Paragraph]:
    """Return a finding with all it belongs to."""
    lines: list[Paragraph] = [(same(""), same(finding.number), "dim"), (same(""), same(finding.text), "bold")]
    if finding.merged_into:
        lines.append((_MERGED, _INTO.format(numbers=", ".join(finding.merged_into)), "$leaves"))
    if finding.parts:
        lines.append((_MERGED, _FROM.format(numbers=", ".join(finding.parts)), ""))
    direction = checklist.directions[finding.direction]
    lines.append((_DEPARTMENT, finding.department.name, ""))
    lines.append((_DIRECTION, _NAMED.format(id=finding.direction, name=direction.name), ""))
    lines.append((_CURE, direction.first_step, ""))
    if finding.item is not None:
        lines.append((_ITEM, _NAMED.format(id=finding.item.id, name=finding.item.statement), ""))
    if finding.kpi is not None:
        lines.append((_KPI, _NAMED.format(id=finding.kpi, name=checklist.kpis[finding.kpi].name), ""))
    lines += [(_INTERVIEW, interview_label(interview), "") for interview in finding.interviews]
    return lines


def interview_label(interview: Interview) -> Text:
    """Return an interview in a line: number, role, person, question."""
    words = {"number": interview.number, "role": interview.role_name, "question": interview.asked}
    person = f" {interview.person}" if interview.person else ""
    return Text("{number} {role}{person} {question}", "{number} {role}{person} {question}").format(
        **words, person=person
    )

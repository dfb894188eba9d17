"""Interviews, and the findings somebody put in words: who said what, and what follows.

Both are written in slots of their own, so that what two auditors add never stands against each other.  A merging is a
finding, too: it names those it is made of, and while it stands they are no weak items.  A finding in other words is the
same finding: it keeps its slot and its number.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.answers import LONGEST_TEXT
from audit.findings import WeakItem, WeakKind
from audit.guides import asked, question_of, refuse_unknown
from audit.naming import look_up
from audit.numbering import id_of, labels_of, next_id, order_of
from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from audit.journal import Data
    from audit.session import AuditSession
    from audit.state import AuditState
    from checklists.model import Checklist, Department, Item
    from checklists.text import Lang

INTERVIEW, FINDING = "interview:", "finding:"
"""What their slots begin with."""
LETTER = "F"
"""Stands before a finding's number, so that it is not taken for an interview's."""


class BadInterview(UserError):
    """An interview or a finding lacks something, or says what cannot be."""


@dataclass(frozen=True, slots=True)
class Interview:
    """A question somebody was asked, and what came of it."""

    id: str
    number: str
    """As people read and type it."""
    role: str
    role_name: Text
    person: str
    """May be empty."""
    question: str
    """As it was written down."""
    note: str
    guide: str = ""
    """Id of the guide's question it is; empty for one in the auditor's own words."""
    asked: Text = field(default_factory=lambda: same(""))
    """The question in both languages; one in own words reads the same in both."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to act on, in an auditor's own words."""

    id: str
    number: str
    """As people read and type it: F3."""
    text: str
    department: Department
    direction: str
    item: Item | None
    kpi: str | None
    interviews: tuple[Interview, ...]
    """Those it follows from; of a merging also those of its parts."""
    parts: tuple[str, ...]
    """Numbers of the findings merged into it."""
    merged_into: tuple[str, ...]
    """Numbers of the findings it was merged into; it is no weak item then."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding as somebody typed it; what is empty follows from the item or the KPI (for a merging: the parts)."""

    text: str = ""
    department: str = ""
    direction: str = ""
    item: str = ""
    kpi: str = ""
    interview: str = ""


_ROLE, _DEPARTMENT, _DIRECTION = Text("岗位", "role"), Text("部门", "department"), Text("辅导方向", "direction")
_KPI, _INTERVIEW, _FINDING = Text("指标", "KPI"), Text("访谈", "interview"), Text("发现", "finding")
_EMPTY = Text("请写出{what}", "The {what} is missing")
_TOO_LONG = Text(
    "{what}有 {length} 个字符，最多 {most} 个", "The {what} has {length} characters, at most {most} are kept"
)
_NO_ITEM = Text("{item} 是加分项，不能对应发现", "{item} is a bonus item, no finding belongs to it")
_ELSEWHERE = Text("{item} 属于“{department}”，请改部门或检查项", "{item} belongs to {department}: change one of them")
_OUTSIDE = Text("“{department}”不在本次评估的部门范围内", "{department} lies outside the departments of this audit")
_TWO = Text("合并至少需要两个发现，或一个发现和新的文字", "Merging takes two findings, or one and a new text")
_NOT_ASKED = Text("问题 {question} 还没有访谈记录", "Question {question} was not asked yet")
_ASKED_OFTEN = Text(
    "问题 {question} 问过不止一次（访谈 {numbers}），请写访谈编号",
    "Question {question} was asked more than once (interviews {numbers}): give the interview's number",
)
_MERGED = Text("{finding} 已并入 {into}，请改用 {into}", "{finding} was merged into {into}: name that one instead")


def interviews_of(checklist: Checklist, state: AuditState) -> tuple[Interview, ...]:
    """Return the interviews that stand, in the order of their numbers."""
    found = state.of_kind(INTERVIEW)
    return tuple(
        Interview(
            id=entry_id,
            number=number,
            role=found[entry_id]["role"],
            role_name=checklist.roles[found[entry_id]["role"]].name,
            person=found[entry_id]["person"],
            question=found[entry_id]["question"],
            note=found[entry_id]["note"],
            guide=found[entry_id].get("guide", ""),
            asked=asked(checklist, found[entry_id].get("guide", ""), found[entry_id]["question"]),
        )
        for entry_id, number in labels_of(found).items()
    )


def findings_of(checklist: Checklist, state: AuditState) -> tuple[Finding, ...]:
    """Return the findings that stand, merged ones among them, in the order of their numbers."""
    found = _said(state)
    labels = {key: LETTER + number for key, number in labels_of(found).items()}
    said = {interview.id: interview for interview in interviews_of(checklist, state)}
    departments = {department.id: department for department in checklist.departments}
    into: dict[str, list[str]] = {key: [] for key in found}
    for key, data in found.items():
        for part in _parts(data):
            into.setdefault(part, []).append(key)
    return tuple(
        Finding(
            id=key,
            number=label,
            text=found[key]["text"],
            department=departments[found[key]["department"]],
            direction=found[key]["direction"],
            item=checklist.items.get(found[key].get("item", "")),
            kpi=found[key].get("kpi"),
            interviews=tuple(said[name] for name in found[key].get("interviews", ()) if name in said),
            parts=tuple(labels[part] for part in _parts(found[key]) if part in labels),
            merged_into=tuple(labels[whole] for whole in sorted(into[key], key=order_of)),
        )
        for key, label in labels.items()
    )


def weak_findings(findings: Iterable[Finding]) -> list[WeakItem]:
    """Return what the findings are as weak items; those merged into others are none."""
    return [
        WeakItem(
            kind=WeakKind.FINDING,
            sources=("interview",),
            department=finding.department,
            section=None,
            item=finding.item,
            kpi=finding.kpi,
            number=finding.number,
            points_lost=Decimal(0),
            statement=same(finding.text),
            direction=finding.direction,
            reason=_origin(finding),
            questions=tuple(dict.fromkeys(i.guide for i in finding.interviews if i.guide)),
        )
        for finding in findings
        if not finding.merged_into
    ]


def add_interview(
    session: AuditSession, role: str, person: str, question: str, note: str, lang: Lang = "zh"
) -> Interview:
    """Record what somebody was asked and said.

    Args:
        session: the audit.
        role: who, as the checklist's roles name it (id or either name); empty: the one the guide's question is for.
        person: the name; may be empty.
        question: what was asked, or the id of a question of the checklist's guides.
        note: what was said or seen.
        lang: in which language a guide's question is written down.

    Raises:
        UnknownName: for a role the checklist has not.
        UnknownQuestion: for an id that no question of the guides has.
        BadInterview: when the question or the note is missing or too long.
        AuditSealed: when the audit is signed.
    """
    refuse_unknown(session.checklist, question)
    of_guide = question_of(session.checklist, question)
    text = question if of_guide is None else of_guide[1].ask.of(lang)
    whom = role.strip() or (of_guide[0] if of_guide else "")
    data: Data = {
        "role": look_up(_ROLE, _given(_ROLE, whom), session.checklist.roles),
        "person": _checked(Text("姓名", "name"), person, needed=False),
        "question": _checked(Text("问题", "question"), text),
        "note": _checked(Text("记录", "note"), note),
        **({} if of_guide is None else {"guide": of_guide[1].id}),
    }
    entry_id = next_id(INTERVIEW, session.journal.slots)
    session.write([("interview", INTERVIEW + entry_id, data)])
    return next(i for i in interviews_of(session.checklist, session.state) if i.id == entry_id)


def add_finding(session: AuditSession, draft: Draft) -> Finding:
    """Record a finding.

    Raises:
        UnknownName, UnknownItem, UnknownNumber: when it names something that is not there.
        BadInterview: when text, department or direction is missing, or item and department do not fit.
        AuditSealed: when the audit is signed.
    """
    return _write(session, _read(session, draft))


def merge_findings(session: AuditSession, numbers: Sequence[str], draft: Draft) -> Finding:
    """Make one finding of several; they stay as they are and are listed as merged into it.

    Args:
        session: the audit.
        numbers: the findings; what the draft leaves empty comes from the first of them that says it.  One alone is put
            in other words.
        draft: what the one finding says otherwise.

    Raises:
        UnknownNumber: when there is no such finding.
        BadInterview: for fewer than two without a new text, or one that was merged before; and as for `add_finding`.
        AuditSealed: when the audit is signed.
    """
    findings = {finding.id: finding for finding in findings_of(session.checklist, session.state)}
    chosen = list(dict.fromkeys(_standing(findings, number) for number in numbers))
    if len(chosen) < 2 and not (chosen and draft.text.strip()):
        raise BadInterview(_TWO)
    if len(chosen) == 1:
        return _rewrite(session, chosen[0], _filled(session, draft, [findings[chosen[0]]]))
    said = _said(session.state)
    interviews = [name for key in chosen for name in said[key].get("interviews", ())]
    # Those merged earlier are named again: they stay merged when the merging between is taken back.
    parts = [part for key in chosen for part in (key, *_parts(said[key]))]
    return _write(
        session, _read(session, _filled(session, draft, [findings[key] for key in chosen]), interviews), parts
    )


def reword_finding(session: AuditSession, number: str, draft: Draft) -> Finding:
    """Put a finding in other words; it keeps its number, what was merged into it and the interviews it follows from.

    Args:
        session: the audit.
        number: the finding.
        draft: all that it says from now on; where that is what it says already, nothing is written.

    Raises:
        UnknownNumber: when there is no such finding.
        BadInterview: when it was merged into another; and as for `add_finding`.
        AuditSealed: when the audit is signed.
    """
    findings = {finding.id: finding for finding in findings_of(session.checklist, session.state)}
    return _rewrite(session, _standing(findings, number), draft)


def _standing(findings: Mapping[str, Finding], number: str) -> str:
    """Return the id of a finding that was not merged into another."""
    key = id_of(_FINDING, number, findings, LETTER)
    if findings[key].merged_into:
        raise BadInterview(_MERGED.format(finding=findings[key].number, into=findings[key].merged_into[0]))
    return key


def _rewrite(session: AuditSession, key: str, draft: Draft) -> Finding:
    said = _said(session.state)[key]
    merged = {"merged": said["merged"]} if "merged" in said else {}
    data: Data = {**_read(session, draft, said.get("interviews", ())), **merged}
    if data != said or FINDING + key in session.state.conflicts:
        session.write([("finding", FINDING + key, data)])
    return next(f for f in findings_of(session.checklist, session.state) if f.id == key)


def _said(state: AuditState) -> dict[str, Data]:
    """Return what the findings say; of one that two people reworded at once, the earlier words until it is settled."""
    torn = {s.removeprefix(FINDING): e[0].data for s, e in state.conflicts.items() if s.startswith(FINDING)}
    return {**state.of_kind(FINDING), **torn}


def _filled(session: AuditSession, draft: Draft, parts: Sequence[Finding]) -> Draft:
    """Return a draft whose empty parts come from the first finding that says them.

    An item comes along only into its own department: findings of two departments may become one.
    """
    department = draft.department or parts[0].department.id
    if not draft.item:
        departments = {one.id: one for one in session.checklist.departments}
        meant = look_up(_DEPARTMENT, department, departments)
        fitting = [part.item.id for part in parts if part.item and part.department.id == meant]
        draft = replace(draft, item=next(iter(fitting), ""), department=department)
    return replace(
        draft,
        text=draft.text.strip() or parts[0].text,
        direction=draft.direction or parts[0].direction,
        kpi=draft.kpi or next((part.kpi for part in parts if part.kpi), ""),
    )


def _read(session: AuditSession, draft: Draft, interviews: Iterable[str] = ()) -> dict[str, str | list[str]]:
    checklist, known = session.checklist, session.state.of_kind(INTERVIEW)
    text = _checked(Text("发现的文字", "text of the finding"), draft.text)
    item = _item(session, draft.item) if draft.item else None
    kpi = look_up(_KPI, draft.kpi, checklist.kpis) if draft.kpi else None
    source = (item.direction if item else "") or (checklist.kpis[kpi].direction if kpi else "")
    direction = look_up(_DIRECTION, _given(_DIRECTION, draft.direction or source), checklist.directions)
    data: dict[str, str | list[str]] = {
        "text": text,
        "department": _department(session, draft.department, item, kpi),
        "direction": direction,
    }
    if item is not None:
        data["item"] = item.id
    if kpi is not None:
        data["kpi"] = kpi
    named = [_interview(session, draft.interview, known)] if draft.interview else []
    if all_named := list(dict.fromkeys([*interviews, *named])):
        data["interviews"] = all_named
    return data


def _interview(session: AuditSession, typed: str, known: Mapping[str, Data]) -> str:
    """Return the id of the interview meant: by its number, or by the guide's question where it was asked once."""
    found = question_of(session.checklist, typed)
    if found is None:
        return id_of(_INTERVIEW, typed, known)
    fitting = [entry_id for entry_id, data in known.items() if data.get("guide") == found[1].id]
    if len(fitting) == 1:
        return fitting[0]
    labels = labels_of(known)
    numbers = ", ".join(labels[entry_id] for entry_id in fitting)
    raise BadInterview((_ASKED_OFTEN if fitting else _NOT_ASKED).format(question=found[1].id, numbers=numbers))


def _write(session: AuditSession, data: dict[str, str | list[str]], parts: Sequence[str] = ()) -> Finding:
    entry_id = next_id(FINDING, session.journal.slots)
    merged: Data = {"merged": list(dict.fromkeys(parts))} if parts else {}
    session.write([("finding", FINDING + entry_id, {**data, **merged})])
    return next(f for f in findings_of(session.checklist, session.state) if f.id == entry_id)


def _item(session: AuditSession, typed: str) -> Item:
    found = session.item(typed).id
    if found not in session.checklist.items:
        raise BadInterview(_NO_ITEM.format(item=found))
    return session.checklist.items[found]


def _department(session: AuditSession, typed: str, item: Item | None, kpi: str | None) -> str:
    checklist, scope = session.checklist, session.state.departments
    of_item = checklist.place_of[item.id][0] if item else None
    meant = typed or (of_item.id if of_item else "") or (checklist.kpis[kpi].department if kpi else "")
    known = {department.id: department for department in checklist.departments}
    found = look_up(_DEPARTMENT, _given(_DEPARTMENT, meant), known)
    if of_item is not None and item is not None and of_item.id != found:
        raise BadInterview(_ELSEWHERE.format(item=item.id, department=of_item.name))
    if scope and found not in scope:
        raise BadInterview(_OUTSIDE.format(department=known[found].name))
    return found


def _given(what: Text, typed: str) -> str:
    if not typed.strip():
        raise BadInterview(_EMPTY.format(what=what))
    return typed


def _checked(what: Text, typed: str, *, needed: bool = True) -> str:
    text = typed.strip()
    if needed:
        _given(what, text)
    if len(text) > LONGEST_TEXT:
        raise BadInterview(_TOO_LONG.format(what=what, length=len(text), most=LONGEST_TEXT))
    return text


def _parts(data: Data) -> tuple[str, ...]:
    return tuple(data.get("merged", ()))


def _origin(finding: Finding) -> Text:
    """Say where a finding comes from: the interviews by number and role, never by a person's name."""
    said = [
        Text("访谈 {number}（{role}{guide}）", "interview {number} ({role}{guide})").format(
            number=i.number, role=i.role_name, guide=Text("，{id}", ", {id}").format(id=i.guide) if i.guide else ""
        )
        for i in finding.interviews
    ]
    return joined(said)

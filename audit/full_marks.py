"""A whole section in one go: full marks for what is open, except what the auditor names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.kpi import bound_kpi
from audit.naming import look_up
from audit.records import DRAW
from audit.session import Typed
from audit.state import ITEM, ItemState
from checklists.reading import folded, shown
from checklists.rules import Deduct, Levels, Sample, YesNo
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.session import AuditSession
    from checklists.model import Item, Section
    from checklists.rules import ItemRule

_KPI = Text("由指标 {kpi} 得出", "answered by KPI {kpi}")
_SET = Text("从“{set}”的抽样记录得出", "read from the records of {set}")
_NOT_DRAWN = Text("先抽样“{set}”；未抽样时可单独评分", "draw {set} first, or answer it by itself")
_MEASURE = Text("须填写实际数值", "needs its measured value")
_ALL = Text("须填写检查了多少", "needs how many were checked")
_CONFLICT = Text("有不同的评分并存", "has different answers side by side")
_ELSEWHERE = Text("{item} 不在“{section}”中", "{item} is not part of {section}")
_SEVERAL = Text("“{name}”对应多个项目：{sections}", '"{name}" fits several sections: {sections}')
_EXCEPTED = Text("按要求除外", "excepted")


class SeveralSections(UserError):
    """Sections of several departments are called that."""


class NotInSection(UserError):
    """An item that was to be excepted is not part of the section."""


@dataclass(frozen=True, slots=True)
class FullMarks:
    """What can be given in one go, and what cannot."""

    section: Section
    answers: tuple[Typed, ...]
    """Hand them to `AuditSession.record`: all are written, or none."""
    left_out: tuple[tuple[str, Text], ...]
    """Open items that get nothing, each with why."""


def full_marks(session: AuditSession, section_id: str, except_ids: Iterable[str] = ()) -> FullMarks:
    """Return full marks for the open items of a section; nothing is written.

    What has an answer keeps it.  What cannot be full without being looked at (a figure, a record, a count) is left out.

    Args:
        session: the audit.
        section_id: the section, by id or name; `department/section` where two departments have one of that id.
        except_ids: items to leave alone.

    Raises:
        UnknownName: no section in the audit's scope is called that.
        SeveralSections: more than one is.
        UnknownItem: one of the items is not there.
        NotInSection: one of them lies in another section.
    """
    section = _section(session, section_id)
    inside = {item.id for item in section.items}
    excepted = {session.item(item_id).id for item_id in except_ids}
    for strange in sorted(excepted - inside):
        raise NotInSection(_ELSEWHERE.format(item=strange, section=section.name))
    answers: list[Typed] = []
    left_out: list[tuple[str, Text]] = []
    for item in section.items:
        if session.state.answer(item.id).state is not ItemState.OPEN:
            continue
        full = _EXCEPTED if item.id in excepted else _full(session, item)
        if isinstance(full, str):
            answers.append(Typed(item.id, full))
        else:
            left_out.append((item.id, full))
    return FullMarks(section, tuple(answers), tuple(left_out))


def _full(session: AuditSession, item: Item) -> str | Text:
    """Return an item's full answer, or why it cannot be given without looking."""
    own_id = bound_kpi(session.checklist, item)
    if own_id is not None:
        return _KPI.format(kpi=own_id)
    if ITEM + item.id in session.state.conflicts:
        return _CONFLICT
    if item.set is not None:
        slot = DRAW + item.set
        drawn = slot in session.state.material or slot in session.state.conflicts
        return (_SET if drawn else _NOT_DRAWN).format(set=session.checklist.sample_sets[item.set].name)
    return _full_answer(item.rule)


def _full_answer(rule: ItemRule) -> str | Text:
    match rule:
        case YesNo():
            return "y"
        case Levels():
            return " ".join([str(rule.top)] * rule.observations)
        case Deduct():
            return "0"
        case Sample(size=int(size)):
            return f"{size}/{size}"
        case _:
            return _ALL if isinstance(rule, Sample) else _MEASURE


def _section(session: AuditSession, name: str) -> Section:
    scope = session.state.departments
    placed = [
        (department.id, section)
        for department in session.checklist.departments
        if not scope or department.id in scope
        for section in department.sections
    ]
    known = {f"{department}/{section.id}": section for department, section in placed}
    wanted = folded(name)
    found = [
        own_id
        for own_id, section in known.items()
        if wanted in {folded(word) for word in (own_id, section.id, section.name.zh, section.name.en)}
    ]
    if len(found) > 1:
        raise SeveralSections(_SEVERAL.format(name=shown(name), sections=", ".join(found)))
    return known[found[0] if found else look_up(Text("项目", "section"), name, known)]

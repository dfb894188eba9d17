"""Which checklist's interview guides are meant, and whose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.hints import named
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from checklists.model import Checklist

DEFAULT = "dealership"


class NoGuide(UserError):
    """There is no interview guide for what was asked."""


class OneChecklist(UserError):
    """A checklist and an audit were named both."""


_BOTH = Text("评估表和 --ref 只能给一个", "Give a checklist or --ref, not both")
_NONE = Text("评估表“{id}”没有访谈提纲（guides）", 'The checklist "{id}" has no interview guides')
_NO_ROLE = Text("岗位“{role}”没有访谈提纲；有的是：{known}", 'There is no guide for "{role}"; there are: {known}')


def guiding(checklist_id: str | None, ref: str | None, store: str | None) -> Checklist:
    """Return the checklist named, that of the audit, or the packaged one.

    Raises:
        OneChecklist: when both are given.
        NoGuide: when the checklist has no guides.
        UnknownAudit, UnknownChecklist: when there is none.
    """
    if checklist_id and ref:
        raise OneChecklist(_BOTH)
    checklist = _of_audit(ref, store) if ref else _loaded(checklist_id or DEFAULT)
    if not checklist.guides:
        raise NoGuide(_NONE.format(id=checklist.id))
    return checklist


def chosen_roles(checklist: Checklist, typed: str) -> list[str]:
    """Return the role that was typed, or all roles with a guide.

    Raises:
        UnknownName: when the checklist has no such role.
        NoGuide: when there is no guide for it.
    """
    from audit.naming import look_up

    if not typed.strip():
        return list(checklist.guides)
    role = look_up(Text("岗位", "role"), typed, checklist.roles)
    if role not in checklist.guides:
        known = named({each: checklist.roles[each] for each in checklist.guides if each in checklist.roles})
        raise NoGuide(_NO_ROLE.format(role=role, known=known))
    return [role]


def _of_audit(ref: str, store: str | None) -> Checklist:
    """Return the checklist of an audit, with the questions that concern its departments."""
    from audit.guides import guides_in
    from audit.interviews import interviews_of
    from tui.opening import audit_to_read

    with audit_to_read(store, ref) as session:
        checklist, state = session.checklist, session.state
        answered = [interview.guide for interview in interviews_of(checklist, state)]
        return checklist.model_copy(update={"guides": guides_in(checklist, state.departments, answered)})


def _loaded(checklist_id: str) -> Checklist:
    from checklists.catalog import load

    return load(checklist_id)

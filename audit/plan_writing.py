"""Changing the plan: edits are checked together, and all of them are written at once or none.

What an edit may not do is told as problems, each with the action and the field, so that a sheet can name the cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.clock import today
from audit.numbering import id_of, labels_of, next_id
from audit.plan import ACTION, LETTER, Action, Field, Plan, Status, action_from, plan_of, twice, values_of
from audit.plan_fields import Reading, numbers_of
from audit.plan_rules import rule_problems, with_dependents
from audit.state import AuditKind, AuditStatus
from audit.weak import weak_of
from checklists.text import Text, UserError, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from audit.findings import WeakItem
    from audit.journal import Data
    from audit.session import AuditSession
    from audit.writing import Writing

_ACTION = Text("措施", "action")
_TOO_EARLY = Text(
    "评估 {ref} 尚未签字：改进计划以签字结果为准，请先用 audit sign 签字",
    "Audit {ref} is not signed yet: the plan follows the signed result, sign first with audit sign",
)
_FOLLOW_UP = Text(
    "{ref} 是跟进验收，没有自己的改进计划：计划属于它所跟进的评估",
    "{ref} is a follow-up visit and has no plan of its own: the plan belongs to the audit it follows",
)
_NOT_DRAFTED = Text(
    "评估 {ref} 还没有改进计划：请先用 plan draft {ref} 起草",
    "Audit {ref} has no improvement plan yet: draft it with plan draft {ref}",
)
_LEFT_ALONE = Text(
    "弱项 {weak} 将不再属于任何措施：请把它写到另一条措施里",
    "Weak item {weak} would be left without an action: name it in another one",
)


class NoPlanYet(UserError):
    """The audit cannot have a plan: it is not signed, or is a follow-up visit."""


class PlanRefused(UserError):
    """Changes of the plan that cannot be made; the text lists why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(joined([problem.text for problem in problems], zh="\n", en="\n"))
        self.problems = tuple(problems)


class NotAllowed(PlanRefused):
    """Changes that can be read but break the plan's rules."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an edit cannot be made."""

    action: str
    """Id of the action; empty where it concerns none alone."""
    field: Field | None
    text: Text


@dataclass(frozen=True, slots=True)
class Edit:
    """Values for an action, each as it is stored."""

    action: str
    """Its id; a new one where no action has it yet."""
    values: Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one action, before and after, as stored."""

    action: str
    field: Field
    before: Data | None
    after: str


def reading_of(session: AuditSession, *, month_first: bool = True) -> Reading:
    """Return what typed fields are read against: the weak items of today, and those that actions already answer."""
    numbers = [weak.number for weak in weak_of(session)]
    numbers += [number for action in plan_of(session).actions for number in action.answers]
    return Reading(session.checklist, numbers_of(numbers), str(session.state.details["date"]), month_first)


def action_id(plan: Plan, typed: str) -> str:
    """Return the id of the action meant, such as P3.

    Raises:
        UnknownNumber: when none or several fit.
    """
    return id_of(_ACTION, typed, [action.id for action in plan.actions], LETTER)


def new_action_id(session: AuditSession, beside: Iterable[str] = ()) -> str:
    """Return an id for a new action.

    Args:
        session: the audit.
        beside: ids given already to others that are not written yet.
    """
    return next_id(ACTION, [*session.journal.slots, *(ACTION + other for other in beside)])


def set_fields(
    session: AuditSession, typed: str, fields: Mapping[Field, str], *, month_first: bool = True
) -> tuple[Change, ...]:
    """Change fields of an action, all of them or none; returns what was changed.

    Args:
        session: the audit.
        typed: the action's number.
        fields: what was typed, by field.
        month_first: whether a date such as 3/4 is the 4th of March for certain.

    Weak items that it names are taken out of the other actions.

    Raises:
        UnknownNumber: when there is no such action.
        PlanRefused: when something cannot be; the text lists all of it.
        NoPlanYet: when the audit can have no plan.
    """
    refuse_early(session)
    own_id = action_id(plan_of(session), typed)
    return apply(
        session, _taking_over(session, read_edit(reading_of(session, month_first=month_first), own_id, fields))
    )


def add_action(session: AuditSession, fields: Mapping[Field, str], *, month_first: bool = True) -> Action:
    """Add an action of somebody's own; raises as `set_fields`."""
    refuse_early(session)
    own_id = new_action_id(session)
    apply(session, _taking_over(session, read_edit(reading_of(session, month_first=month_first), own_id, fields)))
    return next(action for action in plan_of(session).actions if action.id == own_id)


def read_edit(reading: Reading, own_id: str, fields: Mapping[Field, str]) -> Edit:
    """Read typed fields.

    Raises:
        PlanRefused: with all that cannot be read.
    """
    values: dict[Field, str] = {}
    problems = []
    for name, typed in fields.items():
        try:
            values[name] = reading.read(name, typed)
        except UserError as error:
            problems.append(Problem(own_id, name, error.text))
    if problems:
        raise PlanRefused(problems)
    return Edit(own_id, values)


def apply(session: AuditSession, edits: Sequence[Edit]) -> tuple[Change, ...]:
    """Make edits, all of them or none; what stands already is not written again.

    Raises:
        PlanRefused: when something cannot be.
        NoPlanYet: when the audit can have no plan.
    """
    changes = _allowed(session, edits)
    if changes:
        session.write([writing_of_change(change) for change in changes])
    return changes


def checked_edit(
    session: AuditSession, own_id: str, fields: Mapping[Field, str], *, month_first: bool
) -> tuple[Change, ...]:
    """Return what typed fields change in an action; raises as `set_fields`, and writes nothing."""
    edit = read_edit(reading_of(session, month_first=month_first), own_id, fields)
    return _allowed(session, _taking_over(session, edit))


def _allowed(session: AuditSession, edits: Sequence[Edit]) -> tuple[Change, ...]:
    refuse_early(session)
    changes, problems = checked(session, edits)
    if problems:
        raise NotAllowed(problems)
    return changes


def checked(session: AuditSession, edits: Sequence[Edit]) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """Say what edits would change, and why they cannot be made if so; nothing is written."""
    said = values_of(session)
    weak = {each.number: each for each in weak_of(session)}
    labels = labels_of({*said, *(edit.action for edit in edits)})
    before = {own_id: action_from(own_id, LETTER + labels[own_id], said[own_id], weak) for own_id in said}
    after = dict(before)
    changes: list[Change] = []
    problems: list[Problem] = []
    for edit in edits:
        old = before.get(edit.action)
        values = with_dependents(old, edit.values, today())
        made = _changes(session, said.get(edit.action, {}), edit.action, values)
        changes += made
        new = _edited(edit.action, LETTER + labels[edit.action], said.get(edit.action, {}), made, weak)
        after[edit.action] = new
        problems += [
            Problem(edit.action, name, text)
            for name, text in rule_problems(old, new, {change.field for change in made}, session)
        ]
    return tuple(changes), (*problems, *_law(before, after, weak))


def refuse_early(session: AuditSession) -> None:
    """Refuse a plan where there can be none.

    Raises:
        NoPlanYet: when the audit is not signed, or is a follow-up visit.
    """
    if session.state.details.get("kind") == AuditKind.FOLLOW_UP:
        raise NoPlanYet(_FOLLOW_UP.format(ref=session.ref))
    if session.state.status is AuditStatus.OPEN:
        raise NoPlanYet(_TOO_EARLY.format(ref=session.ref))


def _taking_over(session: AuditSession, edit: Edit) -> list[Edit]:
    """Return an edit with those that take the weak items it names out of other actions: each belongs to one."""
    named = set(edit.values.get(Field.ANSWERS, "").split())
    edits = [edit]
    for action in plan_of(session).actions:
        kept = [number for number in action.answers if number not in named]
        if action.id != edit.action and len(kept) < len(action.answers):
            edits.append(Edit(action.id, {Field.ANSWERS: " ".join(kept)}))
    return edits


def refuse_missing(session: AuditSession, plan: Plan) -> None:
    """Refuse where there is no plan to work with.

    Raises:
        NoPlanYet: when the audit can have none, or none was drafted.
    """
    refuse_early(session)
    if not plan.actions:
        raise NoPlanYet(_NOT_DRAFTED.format(ref=session.ref))


def _changes(
    session: AuditSession, said: Mapping[Field, Data], own_id: str, values: Mapping[Field, str]
) -> list[Change]:
    """Return the fields that would change; one in conflict is always written, which settles it."""
    made = []
    for name, value in values.items():
        old = said.get(name)
        # What was drafted in both languages and typed again in one of them stays as it is.
        same = value in ({str(old["value"]), str(old.get("en", old["value"]))} if old else {"", _default(name)})
        if not same or f"{ACTION}{own_id}/{name}" in session.state.conflicts:
            made.append(Change(own_id, name, old, value))
    return made


def _default(name: Field) -> str:
    return Status.OPEN.value if name is Field.STATUS else ""


def _edited(
    own_id: str, number: str, said: Mapping[Field, Data], made: Sequence[Change], weak: Mapping[str, WeakItem]
) -> Action:
    return action_from(own_id, number, {**said, **{change.field: {"value": change.after} for change in made}}, weak)


def _law(before: Mapping[str, Action], after: Mapping[str, Action], weak: Mapping[str, WeakItem]) -> list[Problem]:
    """Return where a weak item would belong to two actions, or to none that belonged to one."""
    known = set(twice(before.values()).values())
    problems = []
    for number, text in twice(after.values()).items():
        if text not in known:
            # Said where it was written: at the action that took it besides, not at the one that had it.
            taking = [i for i, a in after.items() if number in a.answers and number not in _answers(before.get(i))]
            problems.append(Problem(taking[-1] if taking else "", Field.ANSWERS, text))
    kept = {number for action in after.values() for number in action.answers}
    for own_id, action in before.items():
        lost = [n for n in action.answers if n in weak and n not in kept]
        problems += [Problem(own_id, Field.ANSWERS, _LEFT_ALONE.format(weak=number)) for number in lost]
    return problems


def _answers(action: Action | None) -> tuple[str, ...]:
    return action.answers if action else ()


def writing_of_change(change: Change) -> Writing:
    """Return the entry that makes a change."""
    return ("action", f"{ACTION}{change.action}/{change.field}", {"value": change.after})

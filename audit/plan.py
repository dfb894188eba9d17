"""The improvement plan: who does what by when, with what proof, so that each weak item is cured.

An action stands in the journal field by field (`action:<id>/<field>`), each an entry of its own, so that two people who
type into different fields never stand against each other.  The plan is written beside the seal, after signing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from audit.journal import BadEntry
from audit.numbering import labels_of, order_of
from audit.raising import regained
from audit.weak import weak_of
from checklists.points import ZERO
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from audit.findings import WeakItem
    from audit.journal import Data, Entry, Journal
    from audit.session import AuditSession

ACTION = "action:"
"""What the slots of actions begin with."""
LETTER = "P"
"""Stands before an action's number."""
SHORT = 16
"""Characters of an entry's hash that name it in a sheet."""


class Status(StrEnum):
    """How far an action has come."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    """Its owner says so, and shows the proof."""
    VERIFIED = "verified"
    """Somebody else has seen that it works."""
    CANCELLED = "cancelled"


STATUS_NAMES: dict[Status, Text] = {
    Status.OPEN: Text("未开始", "open"),
    Status.IN_PROGRESS: Text("进行中", "in progress"),
    Status.DONE: Text("已完成", "done"),
    Status.VERIFIED: Text("已验证", "verified"),
    Status.CANCELLED: Text("已取消", "cancelled"),
}


class Field(StrEnum):
    """What an action says; also the end of its slot."""

    ANSWERS = "answers"
    DIRECTION = "direction"
    DEPARTMENT = "department"
    WHAT = "what"
    OWNER_ROLE = "owner_role"
    OWNER = "owner"
    DUE = "due"
    MEASURE = "measure"
    TARGET = "target"
    ROOT_CAUSE = "root_cause"
    INTERIM = "interim"
    LASTING = "lasting"
    COST = "cost"
    SUPPORT = "support"
    STATUS = "status"
    PROOF = "proof"
    VERIFIER = "verifier"
    VERIFIED_ON = "verified_on"
    RESULT = "result"
    REASON = "reason"


FIELD_NAMES: dict[Field, Text] = {
    Field.ANSWERS: Text("对应弱项", "Weak items"),
    Field.DIRECTION: Text("辅导方向", "Direction"),
    Field.DEPARTMENT: Text("部门", "Department"),
    Field.WHAT: Text("措施（第一步）", "Action, first step"),
    Field.OWNER_ROLE: Text("责任岗位", "Owner role"),
    Field.OWNER: Text("责任人", "Owner"),
    Field.DUE: Text("完成期限", "Due"),
    Field.MEASURE: Text("衡量依据", "Success measure"),
    Field.TARGET: Text("目标", "Target"),
    Field.ROOT_CAUSE: Text("根本原因（5个为什么）", "Root cause (5 why)"),
    Field.INTERIM: Text("临时措施", "Interim measure"),
    Field.LASTING: Text("长效措施", "Lasting measure"),
    Field.COST: Text("费用", "Cost"),
    Field.SUPPORT: Text("需要的支持", "Support needed"),
    Field.STATUS: Text("状态", "Status"),
    Field.PROOF: Text("完成证据", "Proof"),
    Field.VERIFIER: Text("验证人", "Verified by"),
    Field.VERIFIED_ON: Text("验证日期", "Verified on"),
    Field.RESULT: Text("验证结果", "Result"),
    Field.REASON: Text("取消原因", "Why cancelled"),
}

_NOTHING = same("")


@dataclass(frozen=True, slots=True)
class Action:
    """One action of the plan."""

    id: str
    """As it stands in its slots."""
    number: str
    """As people read and type it: P3."""
    answers: tuple[str, ...]
    """Numbers of the weak items it answers."""
    weak: tuple[WeakItem, ...] = ()
    """Those of them that are weak items of the audit as it stands, amendments counted."""
    direction: str = ""
    department: str = ""
    """Ids of the coaching direction and the department; empty where nobody named one."""
    what: Text = _NOTHING
    """The first step."""
    owner_role: str = ""
    owner: str = ""
    """By name; empty until the dealership names somebody."""
    due: str = ""
    """ISO 8601."""
    measure: Text = _NOTHING
    """What shows that it worked: an item or a KPI."""
    target: Text = _NOTHING
    attainable: Decimal = ZERO
    """Points coaching can regain with its weak items."""
    root_cause: str = ""
    interim: str = ""
    lasting: str = ""
    cost: str = ""
    support: str = ""
    status: Status = Status.OPEN
    proof: str = ""
    verifier: str = ""
    verified_on: str = ""
    """ISO 8601."""
    result: str = ""
    reason: str = ""
    """Why it was cancelled."""

    @property
    def closed(self) -> bool:
        """Whether nothing more is to be done."""
        return self.status in {Status.VERIFIED, Status.CANCELLED}

    @property
    def cured(self) -> tuple[str, ...]:
        """Numbers of what it answers that is no weak item any more, e.g. since an objection was granted."""
        standing = {weak.number for weak in self.weak}
        return tuple(number for number in self.answers if number not in standing)

    def overdue(self, today: str) -> bool:
        """Say whether its date is past while the work is not reported done.

        Args:
            today: ISO 8601.
        """
        return bool(self.due) and self.due < today and self.status in {Status.OPEN, Status.IN_PROGRESS}


@dataclass(frozen=True, slots=True)
class Plan:
    """The improvement plan of an audit; empty until it is drafted."""

    actions: tuple[Action, ...] = ()
    """In the order of their numbers."""
    unassigned: tuple[WeakItem, ...] = ()
    """Weak items that no action answers."""
    problems: tuple[Text, ...] = field(default=())
    """What somebody must look at: fields with two values side by side, weak items answered twice."""
    at: tuple[str, ...] = ()
    """How far the audit had come: the beginnings of its newest entries' hashes (see `audit.plan_merging`)."""

    def action(self, action_id: str) -> Action | None:
        """Return the action with that id."""
        return next((action for action in self.actions if action.id == action_id), None)

    def overdue(self, today: str) -> tuple[Action, ...]:
        """Return the actions past their dates."""
        return tuple(action for action in self.actions if action.overdue(today))


_TWO_VALUES = Text(
    "{number} 的“{field}”同时有不同内容：{values}。请用 plan set 定下来",
    "{number}, {field}: different values side by side: {values}. Settle it with plan set",
)
_TWICE = Text(
    "弱项 {weak} 同时列在 {numbers} 中，请只留一处", "Weak item {weak} stands in {numbers}: leave it in one of them"
)


def plan_of(session: AuditSession, weak: Sequence[WeakItem] | None = None) -> Plan:
    """Return the improvement plan as it stands.

    Args:
        session: the audit.
        weak: its weak items, where somebody has them already.
    """
    said = values_of(session)
    found = tuple(weak_of(session) if weak is None else weak) if said else ()
    known = {each.number: each for each in found}
    labels = labels_of(said)
    actions = tuple(action_from(own_id, LETTER + label, said[own_id], known) for own_id, label in labels.items())
    answered = {number for action in actions for number in action.answers}
    numbers = {action.id: action.number for action in actions}
    return Plan(
        actions,
        tuple(each for each in found if each.number not in answered),
        (*_two_values(session.state.conflicts, numbers), *twice(actions).values()),
        tuple(head[:SHORT] for head in session.journal.heads),
    )


def action_from(own_id: str, number: str, said: Mapping[Field, Data], known: Mapping[str, WeakItem]) -> Action:
    """Return an action out of what its slots say."""

    def one(name: Field) -> str:
        return str(said[name]["value"]) if name in said else ""

    def both(name: Field) -> Text:
        return Text(one(name), str(said[name].get("en", said[name]["value"]))) if name in said else _NOTHING

    answers = tuple(one(Field.ANSWERS).split())
    weak = tuple(known[number] for number in answers if number in known)
    single = {
        name.value: one(name)
        for name in Field
        if name not in {Field.ANSWERS, Field.WHAT, Field.MEASURE, Field.TARGET, Field.STATUS}
    }
    return Action(
        id=own_id,
        number=number,
        answers=answers,
        weak=weak,
        what=both(Field.WHAT),
        measure=both(Field.MEASURE),
        target=both(Field.TARGET),
        attainable=sum((regained(each) for each in weak), ZERO),
        status=_status(one(Field.STATUS), number),
        **single,
    )


def _status(value: str, number: str) -> Status:
    if value and value not in set(Status):
        raise BadEntry(
            Text("措施 {number} 的状态“{value}”未知", 'Action {number} has an unknown status "{value}"').format(
                number=number, value=value
            )
        )
    return Status(value or Status.OPEN)


def values_of(session: AuditSession) -> dict[str, dict[Field, Data]]:
    """Return what stands in every field, by action; where values stand side by side, the last agreed one."""
    said: dict[str, dict[Field, Data]] = defaultdict(dict)
    for slot, data in session.state.of_kind(ACTION).items():
        _put(said, slot, data)
    for slot, entries in session.state.conflicts.items():
        if slot.startswith(ACTION):
            _put(said, slot.removeprefix(ACTION), _agreed(session.journal, entries))
    return dict(said)


def values_at(journal: Journal, heads: Iterable[str]) -> dict[str, dict[Field, Data]]:
    """Return what stood in every field when these entries were the newest."""
    seen = journal.within(frozenset[str]().union(*(journal.ancestors(head) for head in heads)))
    said: dict[str, dict[Field, Data]] = defaultdict(dict)
    for slot in seen.slots:
        if slot.startswith(ACTION):
            standing = seen.values(slot)
            if standing:
                last = standing[0].data if len(standing) == 1 else _agreed(seen, standing)
                _put(said, slot.removeprefix(ACTION), last)
    return dict(said)


def told_field(data: Data) -> Text:
    """Return what an entry says of a field, in words."""
    value = str(data["value"])
    return STATUS_NAMES[Status(value)] if value in set(Status) else Text(value, str(data.get("en", value)))


def twice(actions: Iterable[Action]) -> dict[str, Text]:
    """Return the weak items that more than one action answers, and how that is said."""
    answering: dict[str, list[str]] = defaultdict(list)
    for action in sorted(actions, key=lambda action: order_of(action.id)):
        for number in action.answers:
            answering[number].append(action.number)
    return {
        number: _TWICE.format(weak=number, numbers=joined([same(n) for n in found], zh="、", en=" and "))
        for number, found in answering.items()
        if len(found) > 1
    }


def _put(said: dict[str, dict[Field, Data]], slot: str, data: Data) -> None:
    own_id, _, name = slot.partition("/")
    if name in set(Field):  # a field of a newer version is left alone
        said[own_id][Field(name)] = data


def _agreed(journal: Journal, entries: Sequence[Entry]) -> Data:
    """Return the value that all had before them when they wrote different ones; without one, the earliest written."""
    before = frozenset.intersection(*(frozenset(entry.replaces) for entry in entries))
    standing = [journal[h] for h in sorted(before) if h in journal and "value" in journal[h].data]
    return (standing[0] if standing else min(entries, key=lambda e: (e.time, e.hash))).data


def _two_values(conflicts: Mapping[str, tuple[Entry, ...]], numbers: Mapping[str, str]) -> list[Text]:
    problems = []
    for slot, entries in sorted(conflicts.items()):
        own_id, _, name = slot.removeprefix(ACTION).partition("/")
        if slot.startswith(ACTION) and name in set(Field):
            values = joined([same(f"{e.person}: {e.data['value']}") for e in entries], zh=" / ", en=" / ")
            problems.append(
                _TWO_VALUES.format(number=numbers.get(own_id, own_id), field=FIELD_NAMES[Field(name)], values=values)
            )
    return problems

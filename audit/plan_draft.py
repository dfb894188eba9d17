"""Drafting the plan: one action for the weak items of one coaching direction in one department.

Drafting again adds only what is missing, in actions of its own: what people have typed since is never touched.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from audit.clock import today
from audit.findings import WeakItem, WeakKind
from audit.numbering import order_of
from audit.plan import ACTION, Field, Plan, Status, plan_of
from audit.plan_fields import tidy
from audit.plan_writing import refuse_early
from audit.raising import regained
from audit.weak import weak_of
from audit.workdays import work_until
from checklists.points import ZERO, plain, printed
from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.journal import Data
    from audit.session import AuditSession
    from audit.writing import Writing
    from checklists.model import Checklist, Direction

SHORTEST = 5
"""Working days that any action gets."""
WHOLE = 4
"""Weak items from which on an action takes all the effort of its direction; fewer take their share of it."""
MOST_STEPS = 3
"""First steps of single weak items that an action names; its sheet must stay readable."""

_EARLY = Text(
    "开始日期 {start} 早于评估日期 {date}：请填评估当天或以后的日期",
    "Work cannot begin on {start}, before the audit of {date}: give that day or a later one",
)
_OWN_STEP = Text("{number}：{step}", "{number}: {step}")
_BESIDE = Text("{named}；以及 {ids}", "{named}; and {ids}")
_OF_EACH = Text("{ids} {target}", "{ids}: {target}")
_STATED = Text("{number}：{statement}", "{number}: {statement}")
_NAMED = Text("{id} {name}", "{id} {name}")
_POINTS = Text("不低于 {points} / {of} 分", "at least {points} of {of} points")
_AT_LEAST, _AT_MOST = Text("≥ {value}{unit}", "≥ {value}{unit}"), Text("≤ {value}{unit}", "≤ {value}{unit}")
_OF_PLAN = Text("≥ 计划的 {value}%", "≥ {value}% of plan")
_OF_LAST_YEAR = Text("≥ 去年同期的 {value}%", "≥ {value}% of last year")
_MOVED = Text("{by}{unit}（半年内）", "{by}{unit} within half a year")
_SHOWN = Text("指标每月可以统计", "the figure is there every month")
_NOT_FOUND = Text("跟进验收时不再发现", "no longer found at the follow-up")


class StartsEarly(UserError):
    """Work on the plan is to begin before the audit was made."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Weak items for one action."""

    direction: str
    department: str
    weak: tuple[WeakItem, ...]
    """Most points lost first."""

    @property
    def urgent(self) -> bool:
        return any(each.kind is WeakKind.CRITICAL for each in self.weak)

    @property
    def gain(self) -> Decimal:
        return sum((regained(each) for each in self.weak), ZERO)


def draft_plan(session: AuditSession, start: str = "") -> Plan:
    """Draft actions for the weak items that none answers yet, and return the plan.

    Args:
        session: the audit, signed.
        start: when work begins, ISO 8601; empty for today.  Due dates count working days from there, and what one
            role has to do follows one after the other.

    Raises:
        NoPlanYet: when the audit can have no plan.
        StartsEarly: when `start` lies before the day of the audit.
    """
    refuse_early(session)
    audited = str(session.state.details["date"])
    if start and start < audited:
        raise StartsEarly(_EARLY.format(start=start, date=audited))
    weak = weak_of(session)
    plan = plan_of(session, weak)
    missing = plan.unassigned if plan.actions else weak
    groups = grouped(missing)
    begin = date.fromisoformat(start or today())
    numbers = [order_of(slot.removeprefix(ACTION))[0] for slot in session.journal.slots if slot.startswith(ACTION)]
    first = max(numbers, default=0) + 1
    roles = [_role(session.checklist, group) for group in groups]
    dues = _due_dates(session.checklist, groups, roles, begin, plan)
    writings: list[Writing] = []
    for offset, (group, role, due) in enumerate(zip(groups, roles, dues, strict=True)):
        own_id = f"{first + offset}-{_tag(group)}"
        for name, data in _fields(session.checklist, group, role, due).items():
            writings.append(("action", f"{ACTION}{own_id}/{name}", data))
    if writings:
        session.write(writings)
    return plan_of(session, weak)


def grouped(weak: Iterable[WeakItem]) -> list[_Group]:
    """Return weak items by direction and department: critical ones first, then by the points they can regain."""
    found: dict[tuple[str, str], list[WeakItem]] = defaultdict(list)
    for each in weak:
        found[each.direction, each.department.id].append(each)
    groups = [_Group(direction, department, tuple(those)) for (direction, department), those in found.items()]
    return sorted(groups, key=lambda group: (not group.urgent, -group.gain, group.direction, group.department))


def _tag(group: _Group) -> str:
    """Return what tells an action apart: two people who draft the same audit apart draft the same actions."""
    named = [group.direction, group.department, *sorted(each.number for each in group.weak)]
    return hashlib.sha256("/".join(named).encode()).hexdigest()[:8]


def _fields(checklist: Checklist, group: _Group, role: str, due: str) -> dict[Field, Data]:
    direction = checklist.directions.get(group.direction)
    measure, target = _measure(checklist, group, direction)
    texts = {Field.WHAT: _what(group, direction), Field.MEASURE: measure, Field.TARGET: target}
    return {
        Field.ANSWERS: {"value": " ".join(each.number for each in group.weak)},
        Field.DIRECTION: {"value": group.direction},
        Field.DEPARTMENT: {"value": group.department},
        **{name: {"value": tidy(text.zh), "en": tidy(text.en)} for name, text in texts.items()},
        Field.OWNER_ROLE: {"value": role},
        Field.DUE: {"value": due},
        Field.STATUS: {"value": Status.OPEN.value},
    }


def _what(group: _Group, direction: Direction | None) -> Text:
    """Return the first step: the weak items' own where they have one, the direction's for the others."""
    own = _with_own_step(group)
    lines = [direction.first_step] if direction is not None and len(own) < len(group.weak) else []
    for each in own[:MOST_STEPS]:
        step = each.item.first_step if each.item else None
        lines.append(
            _OWN_STEP.format(number=each.number, step=step) if len(group.weak) > 1 and step else step or same("")
        )
    if not lines:
        lines = [_STATED.format(number=each.number, statement=each.statement) for each in group.weak[:MOST_STEPS]]
    return joined(lines, zh="\n", en="\n")


def _role(checklist: Checklist, group: _Group) -> str:
    """Return who does the action's first step: whom it names, else the direction's own, else who lost most points."""
    direction = checklist.directions.get(group.direction)
    leads = direction.steps[0].role if direction is not None and direction.steps else ""
    lost: dict[str, Decimal] = {}
    for each in group.weak:
        if each.item is not None:
            lost[each.item.owner] = lost.get(each.item.owner, ZERO) + each.points_lost
    own = _with_own_step(group)
    of_direction = direction is not None and len(own) < len(group.weak)
    heaviest = own[0].item if own else None
    if of_direction and direction is not None:
        named = who_does(checklist, direction.first_step)
    else:
        named = who_does(checklist, heaviest.first_step if heaviest is not None else None)
    if named or (leads and of_direction):
        return named or leads
    return max(lost, key=lambda role: lost[role]) if lost else leads


def who_does(checklist: Checklist, step: Text | None) -> str:
    """Return the role that a step names at its beginning; empty where it names none."""
    if step is None:
        return ""
    begins = step.zh.casefold(), step.en.casefold().removeprefix("the ")
    found = [
        (len(role.name.zh), own_id)
        for own_id, role in checklist.roles.items()
        if begins[0].startswith(role.name.zh.casefold()) or begins[1].startswith(role.name.en.casefold())
    ]
    return max(found)[1] if found else ""


def _with_own_step(group: _Group) -> list[WeakItem]:
    return [each for each in group.weak if each.item is not None and each.item.first_step is not None]


def _measure(checklist: Checklist, group: _Group, direction: Direction | None) -> tuple[Text, Text]:
    """Return what shows that it worked, and its target: of every weak item, a weak KPI first, then the heaviest."""
    found = {each.number: _shows(checklist, each) for each in sorted(group.weak, key=lambda each: -regained(each))}
    shown = {id_: (name, target) for kpis in (True, False) for id_, name, target, kpi in found.values() if kpi is kpis}
    first = next(iter(shown))
    if all(target == _NOT_FOUND for _, target in shown.values()):
        for move in direction.moves if direction is not None else ():
            if move.kpi in checklist.kpis:
                kpi = checklist.kpis[move.kpi]
                by = f"{move.by:+f}".rstrip("0").rstrip(".") if "." in f"{move.by:f}" else f"{move.by:+f}"
                return _NAMED.format(id=move.kpi, name=kpi.name), _MOVED.format(by=by, unit=_unit(kpi.unit))
    name = Text(shown[first][0].zh.rstrip("。"), shown[first][0].en.rstrip("."))
    named = _NAMED.format(id=first, name=name if len(shown) > 1 else shown[first][0])
    if len(shown) == 1:
        return named, shown[first][1]
    alike: dict[Text, list[Text]] = defaultdict(list)
    for id_, (_, target) in shown.items():
        alike[target].append(same(id_))
    targets = [_OF_EACH.format(ids=joined(ids), target=target) for target, ids in alike.items()]
    return _BESIDE.format(named=named, ids=joined([same(id_) for id_ in shown if id_ != first])), joined(
        targets, "；", "; "
    )


def _shows(checklist: Checklist, weak: WeakItem) -> tuple[str, Text, Text, bool]:
    """Return the id and name of what shows that a weak item is cured, its target, and whether it is a KPI's value."""
    kpi = checklist.kpis.get(weak.kpi or "")
    if kpi is not None and kpi.target is not None and kpi.better != "watch":
        return str(weak.kpi), kpi.name, _kpi_target(checklist, weak), True
    if weak.item is not None and weak.attainable is not None:
        target = _POINTS.format(points=printed(weak.attainable), of=printed(weak.item.points))
        return weak.number, weak.item.statement, target, False
    if weak.kind is WeakKind.MISSING and kpi is not None:
        return str(weak.kpi), kpi.name, _SHOWN, False
    return weak.number, weak.statement, _NOT_FOUND, False


def _kpi_target(checklist: Checklist, weak: WeakItem) -> Text:
    kpi = checklist.kpis[weak.kpi or ""]
    level = kpi.target
    if level is None:
        return _SHOWN
    value = plain(level.value)
    if level.of != "value":
        return (_OF_PLAN if level.of == "plan" else _OF_LAST_YEAR).format(value=value)
    return (_AT_LEAST if kpi.better == "higher" else _AT_MOST).format(value=value, unit=_unit(kpi.unit))


def _unit(unit: Text) -> Text:
    return Text(
        unit.zh if unit.zh == "%" else f" {unit.zh}".rstrip(), unit.en if unit.en == "%" else f" {unit.en}".rstrip()
    )


def effort_days(checklist: Checklist, direction: str, weak: int) -> int:
    """Return the working days it takes to cure so many weak items of a direction, whole ones; at least a week's."""
    known = checklist.directions.get(direction)
    if known is None:
        return SHORTEST
    days = known.effort_days if known.effort_days is not None else sum((step.days for step in known.steps), Decimal(0))
    own = Decimal(days) * min(weak, WHOLE) / WHOLE
    return max(SHORTEST, int(own.to_integral_value(ROUND_CEILING)))


def _due_dates(
    checklist: Checklist, groups: Sequence[_Group], roles: Sequence[str], begin: date, plan: Plan
) -> list[str]:
    """Return when each action is due: what one role has to do follows one after the other, critical ones first."""
    busy: dict[str, date] = {}
    for action in plan.actions:  # what the role has on its hands already comes first
        if not action.closed and action.due and action.owner_role:
            until = date.fromisoformat(action.due)
            busy[action.owner_role] = max(until, busy.get(action.owner_role, until))
    dues = []
    for group, role in zip(groups, roles, strict=True):
        due = work_until(max(begin, busy.get(role, begin)), effort_days(checklist, group.direction, len(group.weak)))
        busy[role] = due
        dues.append(due.isoformat())
    return dues

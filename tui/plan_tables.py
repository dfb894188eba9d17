"""The improvement plan as tables, one action in full, and what an import changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.plan import FIELD_NAMES, STATUS_NAMES, Field
from audit.plan_fields import shown_value
from checklists.points import printed
from checklists.text import Text, same
from tui.console import Cell, Column
from tui.plan_view import told_later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.plan import Action, Plan
    from audit.plan_effect import Seen
    from audit.plan_merging import Merged, Shown
    from checklists.model import Checklist
    from tui.console import Row, Terminal

_NUMBER, _OVERDUE, _POINTS = Text("编号", "no."), Text("逾期", "overdue"), Text("可挽回分", "to regain")
_STATUS, _DUE, _OWNER = Text("状态", "status"), Text("期限", "due"), Text("责任人", "owner")
_WHAT, _WEAK = Text("措施", "action"), Text("弱项", "weak items")
_LATE = Text("{status}，逾期", "{status}, overdue")
_NOBODY = Text("（{role}）", "({role})")
_SUMMED = Text(
    "{count} 条措施：未开始 {open}，进行中 {in_progress}，已完成 {done}，已验证 {verified}，已取消 {cancelled}；"
    "逾期 {late}",
    "Actions: {count} (open {open}, in progress {in_progress}, done {done}, verified {verified}, "
    "cancelled {cancelled}); overdue: {late}",
)
_NONE = Text("没有逾期的措施", "No action is overdue")
_EMPTY = Text(
    "还没有改进计划：dealer-audit plan draft {ref}", "There is no improvement plan yet: dealer-audit plan draft {ref}"
)
_LEFT = Text(
    "还有 {count} 个弱项没有措施（{numbers}）：plan draft {ref} 会补上",
    "Weak items without an action: {count} ({numbers}); plan draft {ref} adds them",
)
_SEEN = Text("{ref}（{date}）", "{ref} ({date})")
_NO_LONGER = Text("不再是弱项：{numbers}", "no longer weak: {numbers}")
_ADDED = Text("新增 {number}（{place}）：{what}", "added {number} ({place}): {what}")
_CHANGED = Text(
    "修改 {number} {field}：{before} → {after}（{place}）", "changed {number}, {field}: {before} → {after} ({place})"
)
_FOLLOWS = Text("修改 {number} {field}：{before} → {after}", "changed {number}, {field}: {before} → {after}")
_CONFLICT = Text(
    "冲突 {number} {field}：表中为“{after}”，导出后已改为“{theirs}”（{place}）",
    "conflict {number}, {field}: the sheet says “{after}”, changed meanwhile to “{theirs}” ({place})",
)
_REMOVED = Text("删去的行 {number}：{what}", "removed row {number}: {what}")
_CANCELLED = Text("取消 {number}：{what}", "cancelled {number}: {what}")
_LONGEST = 60


def show_plan(out: Terminal, ref: str, plan: Plan, today: str, actions: Sequence[Action], checklist: Checklist) -> None:
    """Write the plan as a table.

    Args:
        out: where.
        ref: the audit.
        plan: the whole plan.
        today: ISO 8601.
        actions: those of it that are shown.
        checklist: the audit's, for the names of roles.
    """
    if not plan.actions:
        out.say(_EMPTY.format(ref=ref))
        return
    if actions:
        columns = [
            Column(_NUMBER, whole=True),
            Column(_STATUS, narrow=True),
            Column(_DUE, whole=True),
            Column(_OWNER, narrow=True),
            Column(_WHAT),
            Column(_WEAK, narrow=True),
            Column(_POINTS, right=True, whole=True),
        ]
        out.table(columns, [_row(action, today, checklist) for action in actions])
    else:
        out.say(_NONE)
    counts = {status.value: sum(1 for a in plan.actions if a.status is status) for status in STATUS_NAMES}
    out.say(_SUMMED.format(count=len(plan.actions), late=len(plan.overdue(today)), **counts))
    say_problems(out, ref, plan)


def say_problems(out: Terminal, ref: str, plan: Plan) -> None:
    """Say what somebody must look at."""
    for problem in plan.problems:
        out.say(problem, style="bold red")
    if plan.unassigned and plan.actions:
        numbers = ", ".join(weak.number for weak in plan.unassigned[:8]) + (" …" if len(plan.unassigned) > 8 else "")
        out.say(_LEFT.format(count=len(plan.unassigned), numbers=numbers, ref=ref))


def show_action(out: Terminal, action: Action, checklist: Checklist, today: str, seen: Sequence[Seen]) -> None:
    """Write everything an action says, and what later audits found."""
    rows: list[Row] = [[FIELD_NAMES[name], _told(action, name, checklist, out)] for name in Field]
    rows = [row for row in rows if row[1]]
    rows.append([_POINTS, printed(action.attainable)])
    if action.overdue(today):
        rows.append([_OVERDUE, Cell(action.due, "bold red")])
    if action.cured:
        rows.append([_WEAK, _NO_LONGER.format(numbers=", ".join(action.cured))])
    for audit in seen:
        words = told_later(audit, action)
        if words is not None:
            rows.append([_SEEN.format(ref=audit.ref, date=audit.date), words])
    out.table([Column(_NUMBER), Column(same(action.number))], rows)


def show_merged(out: Terminal, merged: Merged, plan: Plan) -> None:
    """Write what taking a plan in changes; what was left aside goes to stderr."""
    words = {action.number: action.what.of(out.lang) for action in plan.actions}
    for notice in merged.notices:
        out.say(notice)
    for number, place in merged.added:
        out.line(_ADDED.format(number=number, place=place, what=_short(merged.words.get(number, ""))))
    for change in merged.changed:
        text = _CHANGED if change.place.en else _FOLLOWS
        out.line(text.format(**_facts(change)))
    for change in merged.conflicts:
        out.line(_CONFLICT.format(**_facts(change)), style="bold red")
    for number in merged.removed:
        text = _CANCELLED if number in merged.cancelled else _REMOVED
        out.line(text.format(number=number, what=_short(words.get(number, ""))))


def _facts(change: Shown) -> dict[str, object]:
    return {
        "number": change.number,
        "field": FIELD_NAMES[change.field],
        "before": _short(change.before) or "–",
        "after": _short(change.after) or "–",
        "theirs": _short(change.theirs) or "–",
        "place": change.place,
    }


def _row(action: Action, today: str, checklist: Checklist) -> Row:
    status: Text = STATUS_NAMES[action.status]
    late = action.overdue(today)
    role = checklist.roles.get(action.owner_role)
    owner = same(action.owner) if action.owner or role is None else _NOBODY.format(role=role.name)
    return [
        action.number,
        Cell(_LATE.format(status=status), "bold red") if late else status,
        action.due,
        owner,
        Text(_short(action.what.zh), _short(action.what.en)),
        ", ".join(action.answers),
        printed(action.attainable),
    ]


def _told(action: Action, name: Field, checklist: Checklist, out: Terminal) -> str:
    value = getattr(action, name.value)
    if isinstance(value, Text):
        return value.of(out.lang)
    stored = " ".join(value) if name is Field.ANSWERS else str(value)
    return shown_value(checklist, name, {"value": stored}, out.lang) if stored else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"

"""The improvement plan as its page shows it: a line an action, and everything one action says."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from audit.listing import Unreadable
    from audit.plan import Action, Plan
    from audit.plan_effect import Seen
    from audit.session import AuditSession
    from audit.state import AuditStatus
    from checklists.model import Checklist
    from checklists.text import Lang

    Paragraph = tuple[Text, Text, str]

_NOTHING = same("")
_LABEL = Text("{name}  ", "{name}  ")
_HEAD = Text("{number}  {status}", "{number}  {status}")
_LATE = Text("{status}，逾期", "{status}, overdue")
_ROLE = Text("（{role}）", "({role})")
_NAMED = Text("{id}  {statement}  失 {lost} 分", "{id}  {statement}  {lost} points lost")
_UNSCORED = Text("{id}  {statement}", "{id}  {statement}")
_NO_LONGER = Text("{id}  不再是弱项", "{id}  no longer weak")
_GAIN, _POINTS = Text("可挽回  ", "To regain  "), Text("{points} 分", "{points} points")
_SEEN = Text("{ref}（{date}）  ", "{ref} ({date})  ")
LEFT_OUT = Text(
    "{ref} 无法读取，其结果没有计入：{problem}", "{ref} cannot be read, so what it found is left out: {problem}"
)
_CURED, _NOT_CURED = Text("已改善：{numbers}", "cured: {numbers}"), Text("仍未改善：{numbers}", "not cured: {numbers}")
_MARKS = {"open": " ", "in_progress": "~", "done": "✓", "verified": "✓", "cancelled": "-"}
_STYLES = {"in_progress": "part", "done": "part", "verified": "full", "cancelled": "leaves"}
_TOGETHER = ("and ", "会同", "和", "与", "、")
"""What goes on so needs the name in front."""
_SHOWN_LAST = ("answers", "status")


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """A plan as it stands, with what later audits found of it."""

    ref: str
    checklist: Checklist
    status: AuditStatus
    earlier: str
    """Of a follow-up visit: the audit whose plan it serves; empty of any other audit."""
    plan: Plan
    later: tuple[Seen, ...]
    """What signed re-audits and follow-up visits found, oldest first."""
    unreadable: tuple[Unreadable, ...]
    """The dealership's audits that cannot be read."""
    today: str
    """ISO 8601."""
    me: str
    """Who writes."""

    @property
    def overdue(self) -> tuple[Action, ...]:
        """The actions past their dates."""
        return self.plan.overdue(self.today)

    def role(self, action: Action) -> Text:
        """Return who is to do it: by name, else the role in brackets."""
        role = self.checklist.roles.get(action.owner_role)
        if action.owner or role is None:
            return same(action.owner)
        return _ROLE.format(role=role.name)

    def department_short(self, action: Action) -> Text:
        """Return the department's name; in English, where names are long, the letters its items' numbers begin with."""
        found = next((d for d in self.checklist.departments if d.id == action.department), None)
        if found is None:
            return same("")
        first = next((item.id for section in found.sections for item in section.items), found.name.en)
        letters = "".join(takewhile(str.isalpha, first))
        return Text(found.name.zh, letters if len(letters) > 1 else found.name.en)

    def what_short(self, action: Action, lang: Lang) -> str:
        """Return what is done, without the name of who does it in front: the owner stands beside it."""
        text, role = action.what.of(lang), self.checklist.roles.get(action.owner_role)
        for begins in () if role is None else (f"The {role.name.en} ", role.name.zh):
            rest = text[len(begins) :].lstrip()
            if text.casefold().startswith(begins.casefold()) and not rest.startswith(_TOGETHER):
                return rest
        return text

    def department(self, action: Action) -> Text:
        """Return the department's name."""
        found = next((d.name for d in self.checklist.departments if d.id == action.department), None)
        return found if found is not None else same("")


def plan_seen(session: AuditSession) -> PlanSeen:
    """Read the plan of an audit."""
    from audit.clock import today
    from audit.confirming import follow_up_of
    from audit.plan import plan_of
    from audit.plan_effect import LaterAudits, later_audits
    from audit.state import AuditStatus

    visit = follow_up_of(session.state)
    signed = visit is None and session.state.status is not AuditStatus.OPEN
    plan = plan_of(session)
    later = later_audits(session) if signed and plan.actions else LaterAudits()
    return PlanSeen(
        ref=session.ref,
        checklist=session.checklist,
        status=session.state.status,
        earlier=visit.earlier if visit is not None else "",
        plan=plan,
        later=later.seen,
        unreadable=later.unreadable,
        today=today(),
        me=session.author.person,
    )


def short_name(name: Text) -> Text:
    """Return a field's name without what explains it."""
    return Text(name.zh.partition("（")[0], name.en.partition(" (")[0].partition(",")[0])


def mark_of(seen: PlanSeen, action: Action) -> tuple[str, str]:
    """Return an action's mark and its style; an overdue one is marked whatever its status."""
    if action.overdue(seen.today):
        return "!", "conflict"
    return _MARKS[action.status], _STYLES.get(action.status, "")


def status_of(seen: PlanSeen, action: Action) -> Text:
    """Return an action's status in words."""
    from audit.plan import STATUS_NAMES

    name: Text = STATUS_NAMES[action.status]
    return _LATE.format(status=name) if action.overdue(seen.today) else name


def told_action(seen: PlanSeen, action: Action, lang: Lang) -> list[Paragraph]:
    """Return everything an action says."""
    from audit.plan import FIELD_NAMES, Field
    from audit.plan_fields import shown_value
    from checklists.points import printed

    late = action.overdue(seen.today)
    head = _HEAD.format(number=action.number, status=status_of(seen, action))
    told: list[Paragraph] = [(_NOTHING, head, "bold $conflict" if late else "bold")]
    for name in Field:
        if name.value in _SHOWN_LAST:
            continue
        value = getattr(action, name.value)
        words = value if isinstance(value, Text) else same(shown_value(seen.checklist, name, {"value": value}, lang))
        if words.of(lang):
            told.append((_LABEL.format(name=short_name(FIELD_NAMES[name])), words, ""))
    told.append((_NOTHING, _NOTHING, ""))
    told.append((_LABEL.format(name=FIELD_NAMES[Field.ANSWERS]), _weak(action), ""))
    told.append((_GAIN, _POINTS.format(points=printed(action.attainable)), ""))
    return told + _found_later(seen, action)


def _weak(action: Action) -> Text:
    """Return the weak items an action answers, a line each."""
    from checklists.points import printed

    known = {weak.number: weak for weak in action.weak}
    lines = []
    for number in action.answers:
        weak = known.get(number)
        if weak is None:
            lines.append(_NO_LONGER.format(id=number))
        elif weak.points_lost:
            lines.append(_NAMED.format(id=number, statement=weak.statement, lost=printed(weak.points_lost)))
        else:
            lines.append(_UNSCORED.format(id=number, statement=weak.statement))
    return joined(lines, zh="\n", en="\n") if lines else same("–")


def told_later(audit: Seen, action: Action) -> Text | None:
    """Say what of an action a later audit found cured and what not; None where it did not look."""
    found = zip((_CURED, _NOT_CURED), audit.of(action), strict=True)
    texts = [text.format(numbers=", ".join(numbers)) for text, numbers in found if numbers]
    return joined(texts, zh="；", en="; ") if texts else None


def _found_later(seen: PlanSeen, action: Action) -> list[Paragraph]:
    told: list[Paragraph] = []
    for audit in seen.later:
        words = told_later(audit, action)
        if words is not None:
            told.append((_SEEN.format(ref=audit.ref, date=audit.date), words, ""))
    return told + [(_NOTHING, LEFT_OUT.format(ref=one.ref, problem=one.problem), "dim") for one in seen.unreadable]

"""Taking over what a signed follow-up visit or re-audit found into the plan: as the verifier's result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.plan import Field, Status, plan_of
from audit.plan_effect import seen_by
from audit.plan_fields import same_person
from audit.plan_writing import Edit, apply, refuse_missing
from audit.session import AuditSession, find_audit
from audit.state import AuditStatus
from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from audit.plan import Action
    from audit.plan_effect import Seen
    from audit.plan_writing import Change
    from checklists.text import Lang

_OTHER = Text("{ref} 不是 {earlier} 的跟进验收或复评", "{ref} is no follow-up visit or re-audit of {earlier}")
_NOT_SIGNED = Text("{ref} 尚未签字，结果还不算数", "{ref} is not signed yet, so its results do not stand")
_CURED = Text("{ref}（{date}）：{numbers} 已改善", "{ref} ({date}): {numbers} cured")
_BOTH = Text("{ref}（{date}）：{cured} 已改善，{left} 未改善", "{ref} ({date}): {cured} cured, {left} not cured")
_LEFT = Text("{ref}（{date}）：{numbers} 未改善", "{ref} ({date}): {numbers} not cured")
_NOTED = Text("{number}（{note}）", "{number} ({note})")
_SOME_UNSEEN = Text("{text}，{numbers} 未查看", "{text}; not looked at: {numbers}")
_NOT_REPORTED = Text(
    "{number} 已确认改善，但还没有报告完成：请责任人补写完成证据后再验证",
    "{number}: cured but not reported done; the owner still owes the proof, verify it then",
)
_OWNER = Text(
    "{number} 的责任人与签字评估员同名（{name}），未验证", "{number}: owned by {name}, who signed; not verified"
)


class NotALaterAudit(UserError):
    """The audit named says nothing of this plan, or not yet."""


def take_over(session: AuditSession, ref: str, lang: Lang = "zh") -> tuple[tuple[Change, ...], tuple[Text, ...]]:
    """Write what a later audit found of each action's weak items into the plan.

    An action reported done whose weak items were all found cured is verified, by the auditor who signed, on that day.
    A done or verified one with something not cured is taken up again.  Others get the result in words only.

    Args:
        session: the audit with the plan.
        ref: the later audit, signed.
        lang: language of the result, which stands in the plan as if somebody had typed it.

    Returns:
        What was changed, and what somebody should know.

    Raises:
        UnknownAudit: when none or several fit the reference.
        NotALaterAudit: when it does not follow this audit, or is not signed.
        NoPlanYet: when there is no plan.
    """
    plan = plan_of(session)
    refuse_missing(session, plan)
    row = find_audit(session.store, ref)
    later = AuditSession(session.store, row.id, row.ref, session.author)
    named = later.state.details.get("earlier")
    if named is None or named["stream"] != session.own_id:
        raise NotALaterAudit(_OTHER.format(ref=row.ref, earlier=session.ref))
    if later.state.status is AuditStatus.OPEN:
        raise NotALaterAudit(_NOT_SIGNED.format(ref=row.ref))
    seen = seen_by(later, session)
    edits, told = list[Edit](), dict[tuple[Text, str], list[str]]()
    for action in plan.actions:
        values, notice = _of_action(action, seen, lang)
        if notice is not None:
            told.setdefault((notice, action.owner if notice is _OWNER else ""), []).append(action.number)
        edits += [Edit(action.id, values)] if values else []
    notices = [
        words.format(number=joined([same(number) for number in numbers]), name=owner)
        for (words, owner), numbers in told.items()
    ]
    return apply(session, edits), tuple(notices)


def _of_action(action: Action, seen: Seen, lang: Lang) -> tuple[dict[Field, str], Text | None]:
    """Return what a later audit changes in an action, and what to say of it, without its number.

    Where an action answers nothing that is weak still, e.g. since an objection was granted, the action itself is asked.
    """
    asked = tuple(each.number for each in action.weak) or (action.number,)
    cured = [number for number in asked if seen.cured.get(number) is True]
    left = [number for number in asked if seen.cured.get(number) is False]
    if action.status is Status.CANCELLED or not (cured or left):
        return {}, None
    values = {Field.RESULT: _result(asked, cured, left, seen).of(lang)}
    if left:
        if action.status in {Status.DONE, Status.VERIFIED}:
            values[Field.STATUS] = Status.IN_PROGRESS.value
        return values, None
    if len(cured) < len(asked) or action.status is Status.VERIFIED:
        return ({}, None) if action.status is Status.VERIFIED else (values, None)
    if action.status is not Status.DONE:
        return values, _NOT_REPORTED
    if same_person(action.owner, seen.auditor):
        return values, _OWNER
    verified = {Field.STATUS: Status.VERIFIED.value, Field.VERIFIER: seen.auditor, Field.VERIFIED_ON: seen.date}
    return values | verified, None


def _result(asked: tuple[str, ...], cured: list[str], left: list[str], seen: Seen) -> Text:
    facts = {"ref": seen.ref, "date": seen.date}
    told = joined([_with_note(number, seen.notes.get(number, "")) for number in left])
    if cured and left:
        text = _BOTH.format(cured=", ".join(cured), left=told, **facts)
    else:
        text = (_CURED if cured else _LEFT).format(numbers=", ".join(cured) if cured else told, **facts)
    unseen = [number for number in asked if number not in seen.cured]
    return _SOME_UNSEEN.format(text=text, numbers=", ".join(unseen)) if unseen else text


def _with_note(number: str, note: str) -> Text:
    return _NOTED.format(number=number, note=note) if note else same(number)

"""What an action may and may not become: the order of its states, proof, and who verifies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.clock import shown
from audit.closing import ACTION
from audit.plan import STATUS_NAMES, Action, Field, Status
from audit.plan_fields import same_person
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from audit.session import AuditSession

NEXT: Mapping[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.IN_PROGRESS, Status.DONE, Status.CANCELLED}),
    Status.IN_PROGRESS: frozenset({Status.OPEN, Status.DONE, Status.CANCELLED}),
    Status.DONE: frozenset({Status.OPEN, Status.IN_PROGRESS, Status.VERIFIED, Status.CANCELLED}),
    Status.VERIFIED: frozenset({Status.IN_PROGRESS}),
    Status.CANCELLED: frozenset({Status.OPEN, Status.IN_PROGRESS}),
}
"""What may follow; a verified action whose effect did not last is taken up again."""

_STEP = Text("{number} 现为“{before}”，不能直接改为“{after}”", "{number} is {before} and cannot become {after} at once")
_NOT_REPORTED = Text(
    "{number} 尚未报告完成：先写明完成证据并改为“已完成”，再由他人验证",
    "{number} is not reported done: give the proof and set it done first, then somebody else verifies it",
)
_NO_WORDS = Text("{number} 没有写明措施", "{number} does not say what is to be done")
_NO_PROOF = Text(
    "{number} 要改为“{status}”，须先写明完成证据（文字或文件）",
    "{number} needs its proof (in words, or a file) before it can be {status}",
)
_NO_VERIFIER = Text("{number} 要改为“已验证”，须写明验证人", "{number} needs the name of who verified it")
_OWN_WORK = Text(
    "{number} 的责任人是 {owner}，不能由本人验证",
    "{number} is {owner}'s own action: somebody else must verify it",
)
_NO_REASON = Text("取消 {number} 须写明原因", "{number} can be cancelled only with a reason")
_BEFORE = Text("{number} 的期限 {due} 早于评估日期 {date}", "{number}: due {due} lies before the audit of {date}")
_BEFORE_AUDIT = Text(
    "{number} 的验证日期 {on} 早于评估日期 {date}", "{number}: verified on {on} lies before the audit of {date}"
)
_BEFORE_DONE = Text(
    "{number} 的验证日期 {on} 早于报告完成的日期 {done}",
    "{number}: verified on {on} lies before {done}, when it was reported done",
)
_FUTURE = Text("{number} 的验证日期 {on} 还没有到", "{number}: verified on {on} lies in the future")


def with_dependents(before: Action | None, values: Mapping[Field, str], today: str) -> dict[Field, str]:
    """Return values with what follows from them: a verified action has a date, one taken up again has no verifier.

    Args:
        before: the action as it stands; None for a new one.
        values: what is to be changed.
        today: ISO 8601.
    """
    found = dict(values)
    was = before.status if before else Status.OPEN
    becomes = Status(values.get(Field.STATUS, was))
    dated = values.get(Field.VERIFIED_ON) or (before.verified_on if before else "")
    if becomes is Status.VERIFIED and not dated:
        found[Field.VERIFIED_ON] = today
    if was is Status.VERIFIED and becomes is not Status.VERIFIED:
        # The sheet still shows the names of the verification that no longer holds.
        found |= {Field.VERIFIER: "", Field.VERIFIED_ON: ""}
    return found


def rule_problems(
    before: Action | None, after: Action, changed: Collection[Field], session: AuditSession
) -> list[tuple[Field, Text]]:
    """Return why an action cannot become what it would be; nothing where nothing of it changes.

    Args:
        before: the action as it stands; None for a new one.
        after: what it would be.
        changed: the fields that change.
        session: the audit, with the person who writes.
    """
    if not changed:
        return []
    problems = _of_status(before.status if before else Status.OPEN, after)
    if not after.what.zh:
        problems.append((Field.WHAT, _NO_WORDS.format(number=after.number)))
    if after.status in {Status.DONE, Status.VERIFIED} and not after.proof:
        problems.append((Field.PROOF, _NO_PROOF.format(number=after.number, status=STATUS_NAMES[after.status])))
    if after.status is Status.CANCELLED and not after.reason:
        problems.append((Field.REASON, _NO_REASON.format(number=after.number)))
    if after.status is Status.VERIFIED and {Field.STATUS, Field.VERIFIER, Field.OWNER} & set(changed):
        problems += _of_verifier(after, session.author.person)
    return problems + _of_dates(after, changed, session)


def _of_status(was: Status, after: Action) -> list[tuple[Field, Text]]:
    if after.status is was or after.status in NEXT[was]:
        return []
    if after.status is Status.VERIFIED:
        return [(Field.STATUS, _NOT_REPORTED.format(number=after.number))]
    names = {"before": STATUS_NAMES[was], "after": STATUS_NAMES[after.status]}
    return [(Field.STATUS, _STEP.format(number=after.number, **names))]


def _of_verifier(after: Action, writer: str) -> list[tuple[Field, Text]]:
    if not after.verifier:
        return [(Field.VERIFIER, _NO_VERIFIER.format(number=after.number))]
    if same_person(after.verifier, after.owner) or same_person(writer, after.owner):
        return [(Field.VERIFIER, _OWN_WORK.format(number=after.number, owner=after.owner))]
    return []


def _of_dates(after: Action, changed: Collection[Field], session: AuditSession) -> list[tuple[Field, Text]]:
    from audit.clock import today

    held = str(session.state.details["date"])
    problems = []
    if Field.DUE in changed and after.due and after.due < held:
        problems.append((Field.DUE, _BEFORE.format(number=after.number, due=after.due, date=held)))
    if Field.VERIFIED_ON in changed and after.verified_on > today():
        problems.append((Field.VERIFIED_ON, _FUTURE.format(number=after.number, on=after.verified_on)))
    if after.verified_on and {Field.VERIFIED_ON, Field.STATUS} & set(changed):
        problems += _too_early(after, held, session)
    return problems


def _too_early(after: Action, held: str, session: AuditSession) -> list[tuple[Field, Text]]:
    """Return why an action cannot have been verified on its day: before the audit, or before it was reported done.

    What a signed later audit of that day saw stands, however late the owner reported it.
    """
    on = after.verified_on
    if on < held:
        return [(Field.VERIFIED_ON, _BEFORE_AUDIT.format(number=after.number, on=on, date=held))]
    done = _done_on(after, session)
    if after.status is not Status.VERIFIED or on >= done:
        return []
    from audit.plan_effect import later_audits

    if any(seen.date == on and seen.of(after)[0] for seen in later_audits(session).seen):
        return []
    return [(Field.VERIFIED_ON, _BEFORE_DONE.format(number=after.number, on=on, done=done))]


def _done_on(action: Action, session: AuditSession) -> str:
    """Return the day on which an action was last reported done, ISO 8601; empty where it never was."""
    slot = f"{ACTION}{action.id}/{Field.STATUS}"
    done = [e for e in session.journal.entries if e.slot == slot and e.data.get("value") == Status.DONE]
    return shown(max(entry.time for entry in done)).partition(" ")[0] if done else ""

"""Amendments: an answer after signing changes only so, with a reason, and both answers stay visible."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.answers import CAUSES, answer_words, check_answers, is_no_data, read_answer
from audit.closing import AMENDMENT
from audit.journal import BadEntry
from audit.scoring import LEAVES, answer_points, score
from audit.state import ITEM, Amendment, Answer, ItemState
from checklists.points import ZERO
from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from audit.closing import Amended
    from audit.journal import Entry
    from audit.scorecard import Scorecard
    from audit.session import AuditSession, Typed
    from audit.state import AuditState
    from audit.writing import Writing
    from checklists.model import BonusItem, Checklist, Item


class NoReason(UserError):
    """An amendment, or the rejection of an objection, does not say why."""


class SameAnswer(UserError):
    """The new answer is the one that stands."""


class NotTakenOver(UserError):
    """A late entry cannot be taken over as it is."""


_NO_REASON = Text("修正 {item} 必须写明原因（--reason）", "Amending {item} needs its reason (--reason)")
_SAME = Text("{item} 的评分已经是 {answer}，无须修正", "{answer} is the answer of {item} already: nothing to amend")
_NO_LATE = Text(
    "没有唯一对应“{typed}”的签字后到达的评分；现有：{known}",
    'No single answer that arrived late begins with "{typed}"; there are: {known}',
)
_NO_ANSWER = Text(
    "迟到的记录 {entry}（{what}）不是评分，不能直接采纳：请据此修正有关检查项（audit amend REF ITEM VALUE --reason …）",
    "The late entry {entry} ({what}) is no answer and cannot be taken over as it is: amend the items it bears on "
    "(audit amend REF ITEM VALUE --reason …)",
)


def with_amendments(checklist: Checklist, signed: AuditState) -> AuditState:
    """Lay the amendments that stand over the answers as they were signed.

    Raises:
        BadEntry: when one says what its item's rule could not have read.
    """
    if not signed.closing.amended:
        return signed
    labels = {one.id: one.label for one in signed.closing.raised}
    histories = {
        item: _history(checklist, item, amended, signed.answer(item), labels)
        for item, amended in signed.closing.amended.items()
    }
    standing = {item: next((a for a in history if a.stands), None) for item, history in histories.items()}
    changed = {item: amendment.after for item, amendment in standing.items() if amendment is not None}
    return replace(
        signed,
        answers={**signed.answers, **changed},
        amendments=histories,
        as_signed={item: signed.answer(item) for item in changed},
    )


def as_signed(state: AuditState) -> AuditState:
    """Return the state with every answer as it was signed."""
    return replace(state, answers={**state.answers, **state.as_signed}, amendments={}, as_signed={})


def sealed_scorecard(session: AuditSession) -> Scorecard:
    """Return the scorecard as it was signed: the on-site result."""
    return score(session.checklist, as_signed(session.state))


def amendment_writing(
    session: AuditSession, typed: Typed, reason: str, *, objection: str = "", against: Answer | None = None
) -> Writing:
    """Check an amendment and return what is to be written.

    Args:
        session: the audit.
        typed: the new answer; where it gives no reason of its own, the amendment's counts for it too.
        reason: why the answer is changed.
        objection: id of the objection it grants, as in its slot.
        against: the answer it must differ from; the one that stands if none is given.

    Raises:
        UnknownItem: with items that look alike.
        UnreadableAnswer: when the item's rule cannot read the value.
        NoReason: when no reason is given.
        SameAnswer: when that is the answer already.
    """
    item, why = session.item(typed.item), reason.strip()
    answer = read_amended(item, typed.value, typed.reason, why)
    if not why:
        raise NoReason(_NO_REASON.format(item=item.id))
    now = against or session.state.answer(item.id)
    # While amendments stand side by side, the last agreed answer is as good a new one as any: it settles them.
    apart = against is None and AMENDMENT + item.id in session.state.conflicts
    changed = (answer.state, answer.value) != (now.state, now.value) or (typed.reason and answer.reason != now.reason)
    if not changed and not apart:
        raise SameAnswer(_SAME.format(item=item.id, answer=answer_words(now, item)))
    data = {
        "state": answer.state.value,
        "value": answer.value,
        "reason": answer.reason,
        "why": why,
        "objection": objection,
    }
    return ("amendment", AMENDMENT + item.id, {name: value for name, value in data.items() if value})


def amend(session: AuditSession, typed: Typed, reason: str) -> Answer:
    """Change an answer after signing; items answered by records or KPIs are amended as any other.

    Returns:
        The item's answer as it stands now.

    Raises:
        UnknownItem, UnreadableAnswer, NoReason, SameAnswer: as `amendment_writing`.
        NotSigned: when the audit is open.
        AuditFinal: when it is final.
    """
    session.allow([AMENDMENT])
    session.write([amendment_writing(session, typed, reason)])
    return session.state.answer(session.item(typed.item).id)


def take_over(session: AuditSession, entry: str, reason: str) -> Amendment:
    """Take over an answer that arrived from another device after signing.

    Args:
        session: the audit.
        entry: a beginning of the late entry's hash.
        reason: why it is taken over.

    Raises:
        NotTakenOver: when no single late entry is meant, or it is no answer.
        NoReason: when no reason is given.
        SameAnswer: when that is the answer already.
        NotSigned, AuditFinal: when the audit cannot be amended.
    """
    session.refresh()
    session.allow([AMENDMENT])
    late = late_answers(session.state)
    wanted = entry.strip().lower()
    found = [e for e in session.state.late if wanted and e.hash.startswith(wanted)]
    if len(found) != 1:
        known = joined([same(f"{e.hash[:12]} {e.slot.removeprefix(ITEM)}") for e in late], zh="、", en=", ")
        raise NotTakenOver(_NO_LATE.format(typed=entry, known=known if late else same("–")))
    [one] = found
    if one not in late:
        from audit.history import KIND_NAMES

        raise NotTakenOver(_NO_ANSWER.format(entry=one.hash[:12], what=KIND_NAMES[one.kind]))
    item, why = one.slot.removeprefix(ITEM), reason.strip()
    if not why:
        raise NoReason(_NO_REASON.format(item=item))
    now = session.state.answer(item)
    if replace(answer_of(one), entry=now.entry) == now and AMENDMENT + item not in session.state.conflicts:
        raise SameAnswer(_SAME.format(item=item, answer=answer_words(now, session.item(item))))
    data = {"state": one.data["state"], "value": one.data.get("value", ""), "reason": one.data.get("reason", "")}
    data |= {"why": why, "late": one.hash}
    session.write([("amendment", AMENDMENT + item, {name: value for name, value in data.items() if value})])
    return session.state.amendments[item][-1]


def late_answers(state: AuditState) -> tuple[Entry, ...]:
    """Return the late entries that can be taken over: answers nobody has taken over yet."""
    taken = state.closing.taken_over
    return tuple(e for e in state.late if e.kind == "answer" and e.slot.startswith(ITEM) and e.hash not in taken)


def read_amended(item: Item | BonusItem, value: str, reason: str | None = None, why: str = "") -> Answer:
    """Read a new answer; the amendment's reason is the answer's too, except where a cause from a list is asked for.

    Args:
        item: the item.
        value: the new answer, as typed.
        reason: the answer's own reason, as typed; None where that is still to come.
        why: the amendment's reason; empty where that is still to come.

    Raises:
        UnreadableAnswer: when the item's rule cannot read the value.
    """
    if is_no_data(value):
        return read_answer(item, value, next(iter(CAUSES)) if reason is None else reason, why)
    return read_answer(item, value, reason or why or "–", why)


def points_of(checklist: Checklist, item_id: str, answer: Answer) -> Decimal:
    """Return the points an answer gives its item, or bonus item; 0 for an item the checklist does not have."""
    asked = checklist.items.get(item_id) or next((b for b in checklist.bonus if b.id == item_id), None)
    return answer_points(asked, answer) if asked else ZERO


def counted_points(checklist: Checklist, item_id: str, answer: Answer) -> Decimal | None:
    """Return the points an answer gives its item; None where it leaves the audit, so that none are lost either."""
    return None if answer.state in LEAVES else points_of(checklist, item_id, answer)


def _history(
    checklist: Checklist, item: str, amended: Amended, signed: Answer, labels: Mapping[str, str]
) -> tuple[Amendment, ...]:
    """Return an item's amendments, each with what stood before it and, kept in a conflict, with who kept it."""
    apart = {entry.hash for entry in amended.conflict}
    standing = amended.standing.hash if amended.standing else ""
    told = []
    for (made, before), *kept in _kept_together(amended.history):
        again = [entry for entry, _ in kept]
        last = next((e for e in reversed(again) if e.hash == standing or e.hash in apart), (again or [made])[-1])
        old, new = answer_of(before) if before else signed, answer_of(last)
        check_answers(checklist, {item: new})
        told.append(
            Amendment(
                item=item,
                before=old,
                after=new,
                reason=made.data["why"],
                person=made.person,
                time=made.time,
                objection=labels.get(made.data.get("objection", "")),
                conflict=last.hash in apart,
                stands=last.hash == standing,
                entry=last.hash,
                settled_by=last.person if again else "",
                settled_at=last.time if again else "",
                points_before=counted_points(checklist, item, old),
                points_after=counted_points(checklist, item, new),
            )
        )
    return tuple(told)


def _kept_together(history: Iterable[tuple[Entry, Entry | None]]) -> Iterable[list[tuple[Entry, Entry | None]]]:
    """Return amendments with the entries that kept them when a conflict was settled: they say the same once more."""
    by_first: dict[str, list[tuple[Entry, Entry | None]]] = {}
    for entry, before in history:
        kept = by_first.get(entry.data.get("keeps", ""))
        if kept is not None and {**kept[0][0].data, "keeps": entry.data["keeps"]} == entry.data:
            kept.append((entry, before))
        else:
            by_first[entry.hash] = [(entry, before)]
    return by_first.values()


def answer_of(entry: Entry) -> Answer:
    """Return the answer an amendment gives.

    Raises:
        BadEntry: when no version of the tool writes such a thing.
    """
    data = entry.data
    if data["state"] not in set(ItemState) - {ItemState.OPEN}:
        raise BadEntry(
            Text("记录 {entry} 的状态“{state}”未知", 'Entry {entry} names an unknown state "{state}"').format(
                entry=entry.hash[:12], state=data["state"]
            )
        )
    return Answer(ItemState(data["state"]), data.get("value", ""), data.get("reason", ""), entry.hash)

"""Objections: the dealership disputes an answer; it is answered, and the answer stays visible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from audit.amending import amendment_writing, answer_of, as_signed, points_of, read_amended
from audit.closing import DECISION, LATE_EVIDENCE, LETTER, OBJECTION, Decision
from audit.evidence import Evidence, piece_of, writing_of
from audit.numbering import id_of, next_id
from audit.workdays import after
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from pathlib import Path

    from audit.closing import Raised
    from audit.session import AuditSession, Typed
    from audit.state import Answer, AuditState
    from audit.writing import Writing
    from checklists.model import Checklist

OBJECTION_DAYS = 5
"""Working days after signing within which objections are raised, unless the audit says otherwise."""

DECISION_NAMES: dict[Decision, Text] = {
    Decision.OPEN: Text("待答复", "to be decided"),
    Decision.GRANTED: Text("成立，已修正", "granted"),
    Decision.REJECTED: Text("不成立", "rejected"),
    Decision.WITHDRAWN: Text("已撤回", "withdrawn"),
}


class DecidedAlready(UserError):
    """An objection was answered before, and nobody said that it is answered anew."""


class NothingSaid(UserError):
    """An objection, or the answer to it, has no words, or nobody's name."""


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """What was said to an objection before it was answered anew."""

    decision: Decision
    answer: str
    decided_by: str
    decided_at: str
    """UTC, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection with its answer."""

    id: str
    """As people type it: "O1"."""
    item: str
    by: str
    """Who objects, for the dealership."""
    text: str
    time: str
    """When it was raised; UTC, ISO 8601."""
    person: str
    """Who wrote it down."""
    evidence: tuple[str, ...]
    """Names of the files handed in with it."""
    files: tuple[Evidence, ...]
    """The same files, with their hashes."""
    due: str
    """Last day on which objections are raised in time, ISO 8601."""
    late: bool
    """Whether it was raised after that day."""
    answer: str
    """What the auditors say to it; empty while it is not decided."""
    decision: Decision
    decided_by: str
    decided_at: str
    """UTC, ISO 8601; empty while it is not decided."""
    before: Decimal
    """Points of the disputed answer."""
    after: Decimal | None
    """Points after the decision: those of the new answer, or as before; None while it is not decided."""
    disputed: Answer
    """The answer that was disputed."""
    amended: Answer | None
    """The new answer, where it was granted."""
    earlier: tuple[EarlierDecision, ...] = ()
    """Decisions taken before the one that stands, oldest first."""
    settled_by: str = ""
    """Who kept the decision when a conflict was settled; empty where none was."""
    settled_at: str = ""
    """UTC, ISO 8601."""


def objections_of(checklist: Checklist, state: AuditState) -> tuple[Objection, ...]:
    """Return an audit's objections by their numbers."""
    due = objection_due(state)
    return tuple(_objection(checklist, state, raised, due) for raised in state.closing.raised)


def undecided(state: AuditState) -> tuple[Raised, ...]:
    """Return the objections that nobody has answered, or that were answered differently in two places."""
    return tuple(raised for raised in state.closing.raised if raised.decision is Decision.OPEN)


def objection_due(state: AuditState) -> str:
    """Return the last day on which objections are raised in time, ISO 8601; empty while the audit is not signed.

    So many working days after the day of signing: the detail `objection_days`; Saturday and Sunday are none.
    """
    if state.signature is None:
        return ""
    signed = date.fromisoformat(_day(state.signature.time))
    return after(signed, int(state.details.get("objection_days", OBJECTION_DAYS))).isoformat()


def object_to(session: AuditSession, item: str, by: str, text: str, evidence: Sequence[Path] = ()) -> str:
    """Record an objection and return its number; one raised after its period is recorded too, and marked late.

    Args:
        session: the audit.
        item: the item whose answer is disputed.
        by: who objects, for the dealership.
        text: what is said against the answer.
        evidence: files handed in with it.

    Raises:
        UnknownItem: with items that look alike.
        NothingSaid: when there are no words, or nobody's name.
        FilesRefused: when a file cannot be taken in; nothing is written then.
        NotSigned, AuditFinal: when the audit is open, or final.
    """
    from audit.evidence_adding import stored

    own_item = session.item(item).id
    said = {"item": own_item, "by": by.strip(), "text": text.strip()}
    if not said["by"] or not said["text"]:
        raise NothingSaid(
            Text("{item} 的异议需要异议人姓名和内容", "An objection to {item} needs a name and its words").format(
                item=own_item
            )
        )
    session.refresh()
    session.allow([OBJECTION])
    own_id = next_id(OBJECTION, session.journal.slots)
    slot = OBJECTION + own_id
    with stored(session, evidence) as files:
        writings: list[Writing] = [("objection", slot, said)]
        for read in files:
            name = read.path.name
            piece = Evidence(own_item, read.hash, name, read.media, read.size, read.taken, read.taken_from)
            kind, _, data = writing_of(piece)
            writings.append((kind, slot + LATE_EVIDENCE + read.hash, data))
        session.write(writings)
    return next(raised.label for raised in session.state.closing.raised if raised.id == own_id)


def decide(
    session: AuditSession,
    objection: str,
    decision: Decision,
    answer: str,
    by: str = "",
    typed: Typed | None = None,
    *,
    again: bool = False,
) -> Objection:
    """Answer an objection; deciding again replaces the decision, and both stay visible.

    Args:
        session: the audit.
        objection: its number, "O1" or "1".
        decision: granted, rejected or withdrawn.
        answer: what is said to it; a granted one's is the reason of the amendment.
        by: who decides; whoever writes if nobody is named.
        typed: the new answer of a granted one.
        again: whether it may have been decided before; the answer then says why it is decided anew.

    Raises:
        UnknownNumber: when there is no such objection.
        DecidedAlready: when it is decided and `again` is not given.
        NothingSaid: when an answer is missing, or a granted one's new answer.
        SameAnswer: when the new answer of a granted one is the disputed one.
        UnreadableAnswer: when the item's rule cannot read the new answer.
        NotSigned, AuditFinal: when the audit is open, or final.
    """
    session.refresh()
    session.allow([OBJECTION])
    raised = raised_of(session.state, objection)
    said = answer.strip()
    if raised.decided is not None and not again:
        raise DecidedAlready(_ALREADY.format(id=raised.label, decision=DECISION_NAMES[raised.decision]))
    if typed is not None:
        read_amended(session.item(raised.item), typed.value)
    unsaid = decision is not Decision.WITHDRAWN or raised.decided is not None
    if decision is Decision.OPEN or (not said and unsaid):
        raise NothingSaid(
            Text("请写明对异议 {id} 的答复（--answer）", "Objection {id} needs its answer (--answer)").format(
                id=raised.label
            )
        )
    if (typed is None) is (decision is Decision.GRANTED):
        raise NothingSaid(_NEEDS_VALUE.format(id=raised.label, item=raised.item))
    data = {"item": raised.item, "decision": decision.value, "answer": said, "by": by.strip() or session.author.person}
    writings: list[Writing] = [("decision", OBJECTION + raised.id + DECISION, data)]
    if typed is not None:
        typed = replace(typed, item=raised.item)
        disputed = _disputed(session.state, raised)
        writings.append(amendment_writing(session, typed, said, objection=raised.id, against=disputed))
    session.write(writings)
    return next(o for o in objections_of(session.checklist, session.state) if o.id == raised.label)


def raised_of(state: AuditState, typed: str) -> Raised:
    """Return the objection that was meant.

    Raises:
        UnknownNumber: when none or several fit; the text names them.
    """
    by_id = {raised.id: raised for raised in state.closing.raised}
    return by_id[id_of(Text("异议", "objection"), typed, by_id, LETTER)]


_ALREADY = Text(
    "异议 {id} 已答复（{decision}）：要重新答复请加 --again，并在 --answer 中写明原因",
    "Objection {id} is decided already ({decision}): to decide it anew use --again, with the reason in --answer",
)
_NEEDS_VALUE = Text(
    "异议 {id} 成立时须给出 {item} 的新评分（--value）；不成立或撤回时不改评分",
    "Granting objection {id} needs the new answer of {item} (--value); rejected or withdrawn, no answer changes",
)


def _objection(checklist: Checklist, state: AuditState, raised: Raised, due: str) -> Objection:
    amendments = state.amendments.get(raised.item, ())
    before = _disputed(state, raised)
    granted = raised.decision is Decision.GRANTED
    amended = next((a.after for a in reversed(amendments) if granted and a.objection == raised.label), None)
    points = points_of(checklist, raised.item, before)
    after = None if raised.decision is Decision.OPEN else points
    decided = raised.decided
    entry = raised.entry
    files = tuple(piece_of(e.data, e) for e in raised.files)
    return Objection(
        id=raised.label,
        item=raised.item,
        by=entry.data["by"],
        text=entry.data["text"],
        time=entry.time,
        person=entry.person,
        evidence=tuple(piece.name for piece in files),
        files=files,
        due=due,
        late=_day(entry.time) > due,
        answer=decided.data["answer"] if decided else "",
        decision=raised.decision,
        decided_by=decided.data["by"] if decided else "",
        decided_at=decided.time if decided else "",
        before=points,
        after=points_of(checklist, raised.item, amended) if amended else after,
        disputed=before,
        amended=amended,
        earlier=tuple(
            EarlierDecision(Decision(e.data["decision"]), e.data["answer"], e.data["by"], e.time)
            for e in raised.earlier
        ),
        settled_by=raised.settled.person if raised.settled else "",
        settled_at=raised.settled.time if raised.settled else "",
    )


def _disputed(state: AuditState, raised: Raised) -> Answer:
    """Return the answer that stood when an objection was raised."""
    return answer_of(raised.disputed) if raised.disputed else as_signed(state).answer(raised.item)


def _day(time: str) -> str:
    """Return the day of an entry's time where one is, ISO 8601; the first day of all for what is no time."""
    try:
        return datetime.fromisoformat(time).astimezone().date().isoformat()
    except ValueError:
        return date.min.isoformat()

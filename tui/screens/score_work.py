"""What the Score page has done at the desk: small pieces of work on the open audit, each saved when it returns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from checklists.text import Text, UserError, joined
from tui.how_answered import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from audit.full_marks import FullMarks
    from audit.reaudit import Earlier
    from audit.session import AuditSession, Typed


class NothingAnswered(UserError):
    """A reason was typed for an item that has no answer any more."""


_GONE = Text("{item} 的评分已被撤销或有冲突", "{item} has no answer any more, or several")
_OF = Text("{person} {what}", "{person} {what}")
_AT_ONCE = Text("同时另有评分：{said}。按数字选一个", "Answered at the same time: {said}. A digit keeps one")
_EVENT = Text("{time}  {person}  {what}（{standing}）", "{time}  {person}  {what} ({standing})")
_TOGETHER = Text("等 {count} 项评分", "({count} answers)")
_NO_EVENTS = Text("还没有记录", "Nothing was recorded yet")


@dataclass(frozen=True, slots=True)
class Opened:
    """What is read once when an audit is opened."""

    place: str | None
    """The item where one was."""
    earlier: Mapping[str, Earlier]


def opened(session: AuditSession) -> Opened:
    """Return where one was, and what the audit that this one repeats says."""
    from audit.place import last_place
    from audit.reaudit import earlier_answers

    return Opened(last_place(session), earlier_answers(session) or {})


def give(session: AuditSession, item_id: str, value: str, reason: str = "") -> bool:
    """Record an answer; a reason already given stays while points are lost.

    Returns:
        Whether the cursor may go on: nothing is lost, a reason stands, or there are no points.
    """
    item = session.item(item_id)
    before = session.state.answer(item.id)
    read = session.read(_typed(item_id, value, reason or "–"))
    answered = read.state == "answered"
    full = answered and (item.rule.kind == "bonus" or item.rule.earn(read.value, item.points) == item.points)
    kept = reason or (before.reason if answered and not full and before.state == "answered" else "")
    session.answer(item_id, value, kept)
    return full or not answered or bool(reason)


def give_reason(session: AuditSession, item_id: str, reason: str) -> None:
    """Put a reason to the answer that stands."""
    answer = session.state.answer(item_id)
    if answer.state != "answered" or not answer.entry:
        raise NothingAnswered(_GONE.format(item=item_id))
    if answer.reason != reason:
        session.answer(item_id, answer.value, reason)


def count(session: AuditSession, item_id: str, fault: str, amount: str, place: str = "") -> None:
    """Count one more of a fault, or set the amount of a measured one.

    Args:
        session: the audit.
        item_id: the item.
        fault: id of the fault.
        amount: how many more, "-1" to take the last away; of a measured fault the value.
        place: where; the newest of its kind without a place is moved there.
    """
    item = session.item(item_id)
    rule, faults = item.rule, faults_of(item)
    if rule.kind not in {"deduct", "bonus"}:
        return
    counts = [(c.id, c.amount, c.place) for c in rule.counts(session.state.answer(item_id).value)]
    if any(each.id == fault and each.scale is not None for each in faults):
        parts = [*_written(c for c in counts if c[0] != fault), f"{fault}={amount}"]
    else:
        parts = _written(_one_more(counts, fault, place) if amount == "1" else _one_less(counts, fault))
    give(session, item_id, " ".join(parts) or "0")


_Counted = tuple[str, Decimal, str]
"""Fault, amount, place."""


def _written(counts: Iterable[_Counted]) -> list[str]:
    from checklists.points import plain

    return [f"{own_id}={plain(amount)}" + (f"@{place}" if place else "") for own_id, amount, place in counts]


def _one_more(counts: list[_Counted], fault: str, place: str) -> list[_Counted]:
    if place:
        counts = _one_less(counts, fault, "")
    found = [(i, n + 1, p) if (i, p) == (fault, place) else (i, n, p) for i, n, p in counts]
    return found if found != counts else [*counts, (fault, Decimal(1), place)]


def _one_less(counts: list[_Counted], fault: str, place: str | None = None) -> list[_Counted]:
    """Take one away: of the last place where the fault, or any, was counted."""
    for n in range(len(counts) - 1, -1, -1):
        own_id, amount, where = counts[n]
        if fault in {own_id, ""} and place in {where, None}:
            rest = [(own_id, amount - 1, where)] if amount > 1 else []
            return counts[:n] + rest + counts[n + 1 :]
    return counts


def flag(session: AuditSession, item_id: str) -> bool:
    """Flag an item or take its flag away; returns whether it is flagged now."""
    on = item_id not in session.state.flags
    session.flag(item_id, on)
    return on


def keep(session: AuditSession, item_id: str, number: int) -> bool:
    """Settle an item's conflict by keeping the answer with that number; returns whether there is one."""
    standing = session.state.conflicts.get(f"item:{item_id}", ())
    if not 1 <= number <= len(standing):
        return False
    session.settle(item_id, standing[number - 1].hash)
    return True


def turn_back(session: AuditSession, *, again: bool) -> tuple[str | None, Text]:
    """Undo, or redo what was undone, a whole act at once; returns the item it concerned, if one, and what it was."""
    from audit.history import told
    from audit.undoing import redo_act, undo_act

    act = redo_act(session) if again else undo_act(session)
    entry = act[0 if again else -1]  # that of the first item
    if len(act) > 1:
        return entry.slot.removeprefix("item:"), _TOGETHER.format(count=len(act))
    prefix, _, rest = entry.slot.partition(":")
    if prefix not in {"item", "note", "flag", "evidence"}:
        return None, told(entry, session.checklist)
    subject = rest.rpartition("/")[2] if prefix == "evidence" else rest.partition("/")[0]
    return subject or None, told(entry, session.checklist)


def at_once(session: AuditSession, item_id: str) -> Text | None:
    """Return what somebody else answered at the same time; None where nobody did."""
    from audit.history import told

    me = (session.author.person, session.author.device)
    standing = session.state.conflicts.get(f"item:{item_id}", ())
    others = [entry for entry in standing if (entry.person, entry.device) != me]
    if not standing:
        return None
    said = joined([_OF.format(person=each.person, what=told(each, session.checklist)) for each in others or standing])
    return _AT_ONCE.format(said=said)


def proposed(session: AuditSession, section_id: str, excepted: Iterable[str] = ()) -> FullMarks:
    """Return what full marks for a section would write; nothing is written."""
    from audit.full_marks import full_marks

    return full_marks(session, section_id, excepted)


def give_full(session: AuditSession, section_id: str, excepted: Iterable[str]) -> int:
    """Give a section full marks, except some items; returns how many."""
    return len(session.record(proposed(session, section_id, excepted).answers))


def add_file(session: AuditSession, item_id: str, path: Path) -> Text:
    """Take a file in as evidence; returns what is to be said of it."""
    from audit.evidence_adding import Wanted, add_files

    added = add_files(session, [Wanted(item_id, path)])
    if added.remarks:
        return added.remarks[0]
    if added.known:
        return Text("{name} 已在佐证中", "{name} was there already").format(name=path.name)
    return Text("已添加 {name}", "Added {name}").format(name=path.name)


def told_history(session: AuditSession, item_id: str) -> Text:
    """Return what was done to an item, newest first."""
    from audit.history import STANDING_NAMES, history
    from checklists.text import joined
    from tui.screens.score_text import clock

    lines = [
        _EVENT.format(time=clock(e.entry.time), person=e.entry.person, what=e.what, standing=STANDING_NAMES[e.standing])
        for e in reversed(history(session, item_id))
    ]
    return joined(lines, zh="\n", en="\n") if lines else _NO_EVENTS


def _typed(item_id: str, value: str, reason: str) -> Typed:
    from audit.session import Typed

    return Typed(item_id, value, reason)

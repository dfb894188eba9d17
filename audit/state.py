"""What a journal says: the audit's details, every item's answer, notes, conflicts, the seal.

`fold` reads the slots of a journal into an `AuditState`.  It depends neither on the order of the entries nor on clocks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit.journal import Entry, Journal

ITEM, NOTE, DETAIL, CREATED, SEAL = "item:", "note:", "detail:", "audit", "seal"
"""Slots, or what their names begin with."""


class ItemState(StrEnum):
    """What is known of an item (design, section 5, second table)."""

    OPEN = "open"
    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    NO_CASE = "no_case"
    NO_DATA = "no_data"
    NOT_ASSESSED = "not_assessed"


class AuditKind(StrEnum):
    """Why a dealership is assessed."""

    ON_SITE = "on-site"
    RE_AUDIT = "re-audit"
    SELF = "self"


class AuditStatus(StrEnum):
    """How far an audit has come."""

    OPEN = "open"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was recorded for an item."""

    state: ItemState
    value: str = ""
    """The answer in its rule's canonical text; empty unless `state` is answered."""
    reason: str = ""
    """Why points are lost, or why there is no answer: the reason, what was searched, or the cause."""
    entry: str = ""
    """Hash of the entry it comes from; empty while nothing was recorded."""


OPEN = Answer(ItemState.OPEN)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on an item that changes no points."""

    text: str
    person: str
    time: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed for both sides, and the seal."""

    auditor: str
    dealer_representative: str
    time: str
    seal: str
    """Hash of the sealing entry: it covers everything before it."""


@dataclass(frozen=True, slots=True)
class AuditState:
    """Everything a journal says of one audit."""

    checklist: Mapping[str, str] = field(default_factory=dict)
    """id, version and hash of the checklist the audit is bound to."""
    dealer: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    """date, kind, departments, auditors, participants, contact, profile, dealership (as it was named then)."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By item id; items nobody has touched are not in it."""
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    conflicts: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """By slot: the different values that stand side by side."""
    signature: Signature | None = None
    late: tuple[Entry, ...] = ()
    """What lies outside the seal: listed, not scored."""

    @property
    def status(self) -> AuditStatus:
        """Open until signed."""
        return AuditStatus.SIGNED if self.signature else AuditStatus.OPEN

    def answer(self, item_id: str) -> Answer:
        """Return the item's answer; an item in conflict is open."""
        return self.answers.get(item_id, OPEN)

    @property
    def departments(self) -> tuple[str, ...]:
        """Ids of the departments in scope; empty means all of them."""
        return tuple(self.details.get("departments", ()))


def fold(journal: Journal, previous: AuditState | None = None, changed: Iterable[str] = ()) -> AuditState:
    """Read a journal into a state.

    Args:
        journal: the journal.
        previous: the state before the slots in `changed` were written; only these are read again then.
        changed: slots written since `previous`.
    """
    if previous is not None and previous.signature is None and SEAL not in changed:
        return _read_slots(journal, previous, set(changed), None)
    seals = [journal[h] for h in journal.current(SEAL)]
    if not seals:
        return _read_slots(journal, AuditState(), journal.slots, None)
    covered = frozenset().union(*(journal.ancestors(seal.hash) for seal in seals))
    state = _read_slots(journal, AuditState(), journal.slots, covered)
    late = tuple(e for e in journal.entries if e.hash not in covered)
    seal = min(seals, key=lambda e: (e.time, e.hash))
    signature = Signature(seal.data["auditor"], seal.data["dealer_representative"], seal.time, seal.hash)
    return replace(state, signature=signature, late=late)


def _read_slots(journal: Journal, start: AuditState, slots: Iterable[str], within: frozenset[str] | None) -> AuditState:
    details, answers, conflicts = dict(start.details), dict(start.answers), dict(start.conflicts)
    notes: dict[str, list[tuple[str, Note]]] = defaultdict(list)
    checklist, dealer, noted = start.checklist, start.dealer, set()
    for slot in slots:
        standing = journal.values(slot, within)
        conflicts.pop(slot, None)
        if slot.startswith(NOTE):
            noted.add(_item_of_note(slot))
        elif len(standing) > 1:
            conflicts[slot] = tuple(sorted(standing, key=lambda e: (e.time, e.hash)))
        if slot.startswith(ITEM):
            answers[slot.removeprefix(ITEM)] = _answer(standing)
        elif slot.startswith(DETAIL) and standing:
            # In a conflict the earliest value is shown until somebody settles it; details earn no points.
            details[slot.removeprefix(DETAIL)] = min(standing, key=lambda e: (e.time, e.hash)).data["value"]
        elif slot == CREATED and standing:
            checklist, dealer = standing[0].data["checklist"], standing[0].data["dealer"]
    if noted:
        for slot in journal.slots:
            if slot.startswith(NOTE) and _item_of_note(slot) in noted:
                notes[_item_of_note(slot)] += [
                    (e.time + e.hash, Note(e.data["text"], e.person, e.time)) for e in journal.values(slot, within)
                ]
    all_notes = {**start.notes, **{item: tuple(note for _, note in sorted(found)) for item, found in notes.items()}}
    return AuditState(checklist, dealer, details, answers, all_notes, conflicts, start.signature, start.late)


def _answer(standing: list[Entry]) -> Answer:
    """Return the one answer that stands; none, or several different ones, leave the item open."""
    if len(standing) != 1:
        return OPEN
    entry = standing[0]
    data = entry.data
    return Answer(ItemState(data["state"]), data.get("value", ""), data.get("reason", ""), entry.hash)


def _item_of_note(slot: str) -> str:
    return slot.removeprefix(NOTE).partition("/")[0]

"""What a journal says: the audit's details, every item's answer, notes, conflicts, the seal.

`fold` reads the slots of a journal into an `AuditState`.  It depends neither on the order of the entries nor on clocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from audit.closing import (
    AMENDMENT,
    ASIDE,
    FINAL,
    OBJECTION,
    SCAN,
    Closing,
    Consent,
    Finalized,
    is_follow_up,
    read_closing,
)
from audit.journal import BadEntry
from checklists.points import ZERO
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from audit.journal import Data, Entry, Journal

ITEM, NOTE, FLAG, DETAIL, CREATED, SEAL = "item:", "note:", "flag:", "detail:", "audit", "seal"
"""Slots, or what their names begin with; what no seal closes is in `audit.closing`."""

_OWN_READER = (OBJECTION, AMENDMENT, SCAN, FINAL)
"""Slots that `read_closing` reads."""

YES, NO = "yes", "no"
"""What is switched on or off."""


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
    FOLLOW_UP = "follow-up"
    """A visit after an audit: is what it found weak cured?  It has no points of its own."""
    SELF = "self"


class AuditStatus(StrEnum):
    """How far an audit has come."""

    OPEN = "open"
    SIGNED = "signed"
    """The on-site result: objections can be raised against it."""
    FINAL = "final"
    """Nothing of the result changes any more; the plan goes on."""


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
    told: Text | None = None
    """What a computed answer says for its reason, in both languages; None: `reason` says it."""
    assumed: Decimal | None = None
    """Points an effect or a forecast lets it earn; None: by its rule.  Never recorded (`audit.raising`)."""


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
    consent: Consent = Consent.AGREED
    witness: str = ""
    """Who saw that the dealership refused to sign; empty unless it did."""
    reservations: str = ""
    """What the dealership signed with reservations about, in its words."""

    @property
    def code(self) -> str:
        """The beginning of the seal, short enough to be copied from paper by hand; `verify` accepts it."""
        return self.seal[:CODE_LENGTH]


CODE_LENGTH = 12
"""Characters of the seal that are printed for people to type."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """An answer changed after signing."""

    item: str
    before: Answer
    """What stood before it."""
    after: Answer
    reason: str
    """Why it was changed."""
    person: str
    time: str
    objection: str | None = None
    """The objection it grants, as people call it ("O1"); None where nobody objected."""
    conflict: bool = False
    """Whether it was made apart from another one: the last agreed answer stands until somebody settles it."""
    stands: bool = True
    """Whether it is the one that counts."""
    entry: str = ""
    """Hash of its entry."""
    settled_by: str = ""
    """Who kept it when a conflict was settled; empty where none was."""
    settled_at: str = ""
    """When, as in `time`."""
    points_before: Decimal | None = ZERO
    """Points of the answer before it; None where it left the audit, as what does not apply."""
    points_after: Decimal | None = ZERO
    """The same of its own answer."""


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
    material: Mapping[str, Data] = field(default_factory=dict)
    """What stands in every other slot (records, KPIs, interviews ...), by slot; slots in conflict are left out."""
    conflicts: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """By slot: the different values that stand side by side."""
    flags: frozenset[str] = frozenset()
    """Items somebody wants to look at again; two people's flags are never in conflict, one is enough."""
    aside: bool = False
    """Whether the audit is put aside; where two people say different things it is not."""
    signature: Signature | None = None
    late: tuple[Entry, ...] = ()
    """What lies outside the seal: listed, not scored."""
    closing: Closing = field(default_factory=Closing)
    """Objections, amendments, scans and the final word as their entries have them."""
    amendments: Mapping[str, tuple[Amendment, ...]] = field(default_factory=dict)
    """By item id, oldest first; those that stand lie over `answers` already."""
    as_signed: Mapping[str, Answer] = field(default_factory=dict)
    """Answers as they were signed, of items whose amendment stands."""

    @property
    def status(self) -> AuditStatus:
        """Open until signed, final once somebody has said so."""
        if self.signature is None:
            return AuditStatus.OPEN
        return AuditStatus.FINAL if self.finalized else AuditStatus.SIGNED

    @property
    def unsettled(self) -> dict[str, tuple[Entry, ...]]:
        """Conflicts in what a seal covers: they leave open what they are about, and keep the audit from being signed.

        Of what is written beside the seal the last agreed value stands.
        """
        return {slot: entries for slot, entries in self.conflicts.items() if not is_follow_up(slot)}

    @property
    def finalized(self) -> Finalized | None:
        """Who made the audit final, and when."""
        return self.closing.finalized

    def answer(self, item_id: str) -> Answer:
        """Return the item's answer; an item in conflict is open."""
        return self.answers.get(item_id, OPEN)

    def of_kind(self, prefix: str) -> dict[str, Data]:
        """Return the material whose slots begin with `prefix`, by the rest of the slot."""
        return {slot.removeprefix(prefix): data for slot, data in self.material.items() if slot.startswith(prefix)}

    @property
    def departments(self) -> tuple[str, ...]:
        """Ids of the departments in scope; empty means all of them."""
        return tuple(self.details.get("departments", ()))


def fold(journal: Journal, previous: AuditState | None = None, changed: Iterable[str] = ()) -> AuditState:
    """Read a journal into a state.

    Raises:
        BadEntry: when an entry says what no version of the tool writes.

    Args:
        journal: the journal.
        previous: the state before the slots in `changed` were written; only these are read again then.
        changed: slots written since `previous`.
    """
    changed = set(changed)
    if previous is not None and SEAL not in changed and (previous.signature is None or _beside(changed)):
        return _read_slots(journal, previous, changed)
    seals = [journal[h] for h in journal.current(SEAL)]
    if not seals:
        return _read_slots(journal, AuditState(), journal.slots)
    # Sealed twice (which `verify` reports), only what both seals cover is agreed.
    covered = frozenset.intersection(*(journal.ancestors(seal.hash) for seal in seals))
    agreed = journal.within(covered)
    outside = (e for e in journal.entries if e.hash not in covered)
    late = tuple(e for e in outside if e.kind != "seal" and not is_follow_up(e.slot))
    sealed = _read_slots(agreed, AuditState(), (slot for slot in agreed.slots if not is_follow_up(slot)))
    closing = read_closing(journal, covered)
    sealed = replace(
        sealed,
        signature=_signature(min(seals, key=lambda e: e.hash)),
        late=late + closing.late,
        closing=closing,
        conflicts={**sealed.conflicts, **closing.conflicts},
    )
    return _read_slots(journal, sealed, (slot for slot in journal.slots if is_follow_up(slot)))


def _beside(slots: set[str]) -> bool:
    """Say whether only such slots were written as neither the seal covers nor the closing meeting reads."""
    return all(is_follow_up(slot) and not slot.startswith(_OWN_READER) for slot in slots)


def _signature(seal: Entry) -> Signature:
    data = seal.data
    if data.get("consent", Consent.AGREED) not in set(Consent):
        raise BadEntry(
            Text("记录 {entry} 的签字方式“{consent}”未知", 'Entry {entry} names an unknown consent "{consent}"').format(
                entry=seal.hash[:12], consent=data["consent"]
            )
        )
    return Signature(
        auditor=data["auditor"],
        dealer_representative=data["dealer_representative"],
        time=seal.time,
        seal=seal.hash,
        consent=Consent(data.get("consent", Consent.AGREED)),
        witness=data.get("witness", ""),
        reservations=data.get("reservations", ""),
    )


def _read_slots(journal: Journal, start: AuditState, slots: Iterable[str]) -> AuditState:
    details, answers, conflicts = dict(start.details), dict(start.answers), dict(start.conflicts)
    material, noted = dict(start.material), set()
    flags, aside = set(start.flags), start.aside
    checklist, dealer = start.checklist, start.dealer
    for slot in slots:
        if slot.startswith(_OWN_READER):
            continue
        if slot.startswith(NOTE):
            noted.add(_item_of_note(slot))
            continue
        standing = sorted(journal.values(slot), key=lambda e: (e.time, e.hash))
        if slot.startswith(FLAG):
            flags.discard(slot.removeprefix(FLAG))
            flags |= {slot.removeprefix(FLAG) for entry in standing if entry.data.get("on") == YES}
            continue
        if slot == ASIDE:
            aside = bool(standing) and all(entry.data.get("on") == YES for entry in standing)
            continue
        conflicts.pop(slot, None)
        if len(standing) > 1:
            conflicts[slot] = tuple(standing)
        if slot.startswith(ITEM):
            answers[slot.removeprefix(ITEM)] = _answer(standing)
        elif slot.startswith(DETAIL):
            # In a conflict the earliest value is shown until somebody settles it; details earn no points.
            details.pop(slot.removeprefix(DETAIL), None)
            details |= {slot.removeprefix(DETAIL): e.data["value"] for e in standing[:1]}
        elif slot == CREATED and standing:
            checklist, dealer = standing[0].data["checklist"], standing[0].data["dealer"]
        elif slot != SEAL:
            material.pop(slot, None)
            material |= {slot: standing[0].data} if len(standing) == 1 else {}
    notes = {item: found for item, found in {**start.notes, **_read_notes(journal, noted)}.items() if found}
    return replace(
        start,
        checklist=checklist,
        dealer=dealer,
        details=details,
        answers=answers,
        notes=notes,
        material=material,
        conflicts=conflicts,
        flags=frozenset(flags),
        aside=aside,
    )


def _read_notes(journal: Journal, items: set[str]) -> dict[str, tuple[Note, ...]]:
    """Return all notes on the items, in the order in which they were written."""
    found: dict[str, list[Entry]] = {item: [] for item in items}
    for slot in journal.slots if items else ():
        if slot.startswith(NOTE) and _item_of_note(slot) in items:
            found[_item_of_note(slot)] += journal.values(slot)
    return {
        item: tuple(Note(e.data["text"], e.person, e.time) for e in sorted(entries, key=lambda e: (e.time, e.hash)))
        for item, entries in found.items()
    }


def _answer(standing: list[Entry]) -> Answer:
    """Return the one answer that stands; none, or several different ones, leave the item open."""
    if len(standing) != 1:
        return OPEN
    entry = standing[0]
    data = entry.data
    if data["state"] not in set(ItemState):
        raise BadEntry(
            Text("记录 {entry} 的状态“{state}”未知", 'Entry {entry} names an unknown state "{state}"').format(
                entry=entry.hash[:12], state=data["state"]
            )
        )
    return Answer(ItemState(data["state"]), data.get("value", ""), data.get("reason", ""), entry.hash)


def _item_of_note(slot: str) -> str:
    return slot.removeprefix(NOTE).partition("/")[0]

"""What is written beside the seal once an audit is signed: objections, amendments, scans, the final word.

No seal covers these slots: they are what the seal is answered with.  Everything stands in the journal as always; this
module reads its entries and knows no answers and no points (see `audit.amending`, `audit.objecting`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from audit.journal import BadEntry, Journal
from audit.numbering import labels_of, order_of
from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from audit.journal import Entry

ASIDE, FINAL = "aside", "final"
OBJECTION, AMENDMENT, ACTION, SCAN = "objection:", "amendment:", "action:", "scan:"
"""Slots, or what their names begin with."""

DECISION, LATE_EVIDENCE = "/decision", "/evidence/"
"""What follows an objection's id in the slots of its decision and of its files."""

LETTER = "O"
"""Stands before an objection's number."""

_BESIDE = (OBJECTION, AMENDMENT, ACTION, SCAN)
_AFTER_FINAL = (ACTION, SCAN)
_JUDGED = (OBJECTION, AMENDMENT)

_STRANGE = Text("记录 {entry} 不能写在 {slot}", "Entry {entry} does not belong in {slot}")


def is_follow_up(slot: str) -> bool:
    """Say whether no seal closes a slot: what is done with an audit afterwards."""
    return slot in {ASIDE, FINAL} or slot.startswith(_BESIDE)


def is_open_when_final(slot: str) -> bool:
    """Say whether a slot may be written even when the audit is final: the plan, scans, putting aside."""
    return slot == ASIDE or slot.startswith(_AFTER_FINAL)


def is_closing(slot: str) -> bool:
    """Say whether a slot belongs to the closing meeting: it needs a signature before it, and results follow from it."""
    return slot == FINAL or slot.startswith(_JUDGED)


class Consent(StrEnum):
    """How the dealership signed."""

    AGREED = "agreed"
    RESERVATIONS = "reservations"
    REFUSED = "refused"
    """It did not sign; a witness is named."""


class Decision(StrEnum):
    """What became of an objection."""

    OPEN = "open"
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Raised:
    """An objection as the journal has it."""

    id: str
    """As in its slot: the number with a tag of chance."""
    label: str
    """As people see and type it: "O1"."""
    entry: Entry
    files: tuple[Entry, ...]
    """Entries that name its late evidence."""
    decided: Entry | None
    """The decision that stands, as it was made first; none where two were made apart."""
    settled: Entry | None
    """What kept it when a conflict was settled; none where none was."""
    earlier: tuple[Entry, ...]
    """Decisions taken before the one that stands, oldest first."""
    disputed: Entry | None
    """The amendment that stood when it was raised; None: the answer that was signed."""

    @property
    def item(self) -> str:
        """The item it is about."""
        return str(self.entry.data["item"])

    @property
    def decision(self) -> Decision:
        """What became of it."""
        return Decision(self.decided.data["decision"]) if self.decided else Decision.OPEN


@dataclass(frozen=True, slots=True)
class Amended:
    """Amendments of one item."""

    standing: Entry | None
    """The one that counts; the last agreed one while others stand side by side."""
    conflict: tuple[Entry, ...]
    """Those made apart, until somebody settles it."""
    history: tuple[tuple[Entry, Entry | None], ...]
    """All of them, parents before children, each with the one that stood before it (None: the answer as signed)."""


@dataclass(frozen=True, slots=True)
class Finalized:
    """Who closed the matter, and when."""

    by: str
    person: str
    """Who wrote it down."""
    time: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The signed, stamped paper as a file."""

    name: str
    file: str
    """SHA-256 of its bytes, in hex."""
    media: str
    size: int
    """In bytes."""
    person: str
    time: str


@dataclass(frozen=True, slots=True)
class Closing:
    """Everything beside the seal but the plan."""

    raised: tuple[Raised, ...] = ()
    """By their numbers."""
    amended: Mapping[str, Amended] = field(default_factory=dict)
    """By item id."""
    conflicts: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """By slot: what stands side by side."""
    finalized: Finalized | None = None
    scans: tuple[Scan, ...] = ()
    late: tuple[Entry, ...] = ()
    """What lies outside the final word: listed, not counted."""

    @property
    def taken_over(self) -> frozenset[str]:
        """Hashes of late entries that a standing amendment took over."""
        standing = (a.standing for a in self.amended.values())
        return frozenset(str(entry.data["late"]) for entry in standing if entry is not None and "late" in entry.data)


def read_closing(journal: Journal, covered: frozenset[str]) -> Closing:
    """Read what is written beside a seal.

    Args:
        journal: the whole journal.
        covered: hashes of the entries under the seal.
    """
    outside = [e for e in journal.entries if e.hash not in covered]
    beside = [e for e in outside if is_closing(e.slot) or e.slot.startswith(SCAN)]
    if not beside:
        return Closing()
    journal = Journal(outside)  # the little that came after the seal is walked again and again below
    for entry in beside:
        _refuse_strange(entry)
    scans = _scans(journal, sorted({e.slot for e in beside if e.slot.startswith(SCAN)}))
    finals = [journal[h] for h in journal.current(FINAL)]
    late: tuple[Entry, ...] = ()
    closing = [e for e in beside if is_closing(e.slot)]
    if finals:
        # What somebody wrote apart from the final word is not part of what was closed.
        known = frozenset.intersection(*(journal.ancestors(entry.hash) for entry in finals))
        late = tuple(e for e in closing if e.hash not in known and e.slot != FINAL)
        journal, closing = journal.within(known), [e for e in closing if e.hash in known]
    raised, apart = _raised(journal, closing)
    amended = _amended(journal, closing)
    apart |= {AMENDMENT + item: found.conflict for item, found in amended.items() if found.conflict}
    return Closing(raised, amended, apart, _finalized(finals), scans, late)


def _raised(journal: Journal, closing: Sequence[Entry]) -> tuple[tuple[Raised, ...], dict[str, tuple[Entry, ...]]]:
    """Return the objections by their numbers, and the decisions on them that stand side by side."""
    first = {e.slot.removeprefix(OBJECTION): e for e in closing if e.kind == "objection"}
    labels, found, apart = labels_of(first), [], {}
    files: dict[str, list[Entry]] = defaultdict(list)
    taken: dict[str, list[Entry]] = defaultdict(list)
    for entry in closing:
        if entry.kind == "decision":
            taken[entry.slot].append(entry)
        if entry.kind == "evidence" and entry.slot.startswith(OBJECTION):
            files[entry.slot.removeprefix(OBJECTION).partition("/")[0]].append(entry)
    for own_id, entry in sorted(first.items(), key=lambda pair: order_of(pair[0])):
        slot = OBJECTION + own_id + DECISION
        decisions = sorted(journal.values(slot), key=lambda e: (e.time, e.hash))
        if len(decisions) > 1:
            apart[slot] = tuple(decisions)
        decided, settled = _as_made(journal, decisions[0]) if len(decisions) == 1 else (None, None)
        disputed = _last_agreed(journal.within(journal.ancestors(entry.hash)), AMENDMENT + entry.data["item"])
        last = settled or decided
        seen = journal.ancestors(last.hash) - {last.hash} if last else frozenset[str]()
        told = {_as_made(journal, e)[0].hash: _as_made(journal, e)[0] for e in taken[slot] if e.hash in seen}
        earlier = tuple(e for e in told.values() if e is not decided)
        label, late = LETTER + labels[own_id], tuple(files[own_id])
        found.append(Raised(own_id, label, entry, late, decided, settled, earlier, disputed))
    return tuple(found), apart


def _as_made(journal: Journal, entry: Entry) -> tuple[Entry, Entry | None]:
    """Return what an entry said first, and the entry itself where it only kept that when a conflict was settled."""
    kept = entry.data.get("keeps", "")
    if kept in journal and {**journal[kept].data, "keeps": kept} == entry.data:
        return journal[kept], entry
    return entry, None


def _amended(journal: Journal, closing: Sequence[Entry]) -> dict[str, Amended]:
    """Return the amendments by item."""
    history: dict[str, list[Entry]] = defaultdict(list)
    for entry in closing:
        if entry.kind == "amendment":
            history[entry.slot].append(entry)
    found = {}
    for slot, entries in history.items():
        apart = sorted(_side_by_side(journal, slot), key=lambda e: (e.time, e.hash))
        conflict = tuple(apart) if len(apart) > 1 else ()
        told = tuple((e, _last_agreed(journal.within(journal.ancestors(e.hash) - {e.hash}), slot)) for e in entries)
        found[slot.removeprefix(AMENDMENT)] = Amended(_last_agreed(journal, slot), conflict, told)
    return found


def _side_by_side(journal: Journal, slot: str, then: Journal | None = None) -> list[Entry]:
    """Return what stands in an amendment's slot: what was made for an objection, only while that is granted.

    Args:
        journal: what was decided in the end.
        slot: the amendment's.
        then: the journal at an earlier point, when what stood at that point is asked for.
    """
    then = journal if then is None else then

    def granted(own_id: str) -> bool:
        decision = OBJECTION + own_id + DECISION
        decisions = journal.values(decision)
        if len(decisions) > 1:  # nobody has settled what became of it: what was agreed at that point
            decisions = then.values(decision)
        return len(decisions) == 1 and decisions[0].data["decision"] == Decision.GRANTED

    return [e for e in then.values(slot) if "objection" not in e.data or granted(e.data["objection"])]


def _last_agreed(journal: Journal, slot: str) -> Entry | None:
    """Return the amendment everybody agreed on last: the one that stands, or the one before several made apart."""
    then = journal
    while values := then.values(slot):
        standing = _side_by_side(journal, slot, then)
        if len(standing) == 1:
            return standing[0]
        before = [then.ancestors(e.hash) - {e.hash} for e in standing or values]
        then = then.within(frozenset.intersection(*before))
    return None


def _refuse_strange(entry: Entry) -> None:
    """Refuse an entry that no version of the tool writes into its slot.

    Raises:
        BadEntry: when it is one.
    """
    expected = {FINAL: "final", SCAN: "scan", AMENDMENT: "amendment", OBJECTION: "objection"}
    kind = next(kind for prefix, kind in expected.items() if entry.slot.startswith(prefix))
    if kind == "objection" and "/" in entry.slot:
        kind = "decision" if entry.slot.endswith(DECISION) else "evidence"
    data = entry.data
    sound = entry.kind == kind
    if sound and kind == "decision":
        sound = data["decision"] in set(Decision)
    if sound and kind == "scan" and "removed" not in data:
        sound = {"file", "media", "size"} <= data.keys() and data["size"].isdecimal()
    if not sound:
        raise BadEntry(_STRANGE.format(entry=entry.hash[:12], slot=entry.slot))


def _finalized(finals: Sequence[Entry]) -> Finalized | None:
    if not finals:
        return None
    first = min(finals, key=lambda e: e.hash)
    return Finalized(str(first.data["by"]), first.person, first.time)


def _scans(journal: Journal, slots: Iterable[str]) -> tuple[Scan, ...]:
    found = []
    for slot in slots:
        standing = sorted(journal.values(slot), key=lambda e: (e.time, e.hash))
        if standing and all("removed" not in e.data for e in standing):
            entry = standing[0]
            data = entry.data
            found.append(Scan(data["name"], data["file"], data["media"], int(data["size"]), entry.person, entry.time))
    return tuple(sorted(found, key=lambda scan: (scan.time, scan.file)))

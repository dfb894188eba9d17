"""The journal: an append-only graph of entries, and the slots it leaves.

Everything done to an audit is an entry.  It names the person, the device and the time, its `parents` (the hashes of all
heads its session had seen), one `slot` and the entries it `replaces` there.  What nobody replaces is current; more than
one different current value in a slot is a conflict.  None of it depends on order or on clocks, so putting two laptops'
journals together is a union by hash (design, section 6).

An entry is stored as its canonical bytes and hashed over them; they are never derived again.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Any

from checklists.text import Text, UserError

FORMAT = 1
"""Number of the entry's form; an entry of a newer form is refused with a sentence."""

Data = Mapping[str, Any]
"""What an entry says: text, lists and mappings of text; numbers are text."""

KINDS: dict[str, frozenset[str]] = {
    "created": frozenset({"checklist", "dealer", "nonce"}),
    "detail": frozenset({"value"}),
    "preset": frozenset({"state"}),
    "answer": frozenset({"state"}),
    "note": frozenset({"text"}),
    "undo": frozenset({"undoes"}),
    "redo": frozenset({"redoes"}),
    "seal": frozenset({"auditor", "dealer_representative"}),
    "dealer": frozenset({"code"}),
    "draw": frozenset({"population", "list", "source", "seed", "size", "records"}),
    "mark": frozenset({"set", "record"}),
    "close": frozenset({"reason"}),
    "kpi": frozenset({"value", "provenance"}),
    "interview": frozenset({"role", "question", "note"}),
    "finding": frozenset({"text", "department", "direction"}),
    "evidence": frozenset({"item", "name"}),
    "flag": frozenset({"on"}),
    "aside": frozenset({"on"}),
    "objection": frozenset({"item", "by", "text"}),
    "decision": frozenset({"item", "decision", "answer", "by"}),
    "amendment": frozenset({"state", "why"}),
    "final": frozenset({"by"}),
    "scan": frozenset({"name"}),
    "action": frozenset({"value"}),
    "confirm": frozenset({"value"}),
}
"""The kinds of entries there are and what each must say; an entry of another kind was made by a newer version."""

MAY_SAY: dict[str, frozenset[str]] = {
    "objection": frozenset(),
    "decision": frozenset({"keeps"}),
    "amendment": frozenset({"value", "reason", "objection", "late", "keeps"}),
    "final": frozenset(),
    "scan": frozenset({"file", "media", "size", "removed"}),
}
"""What kinds written beside a seal may say as well; anything more is refused, as nothing covers it there."""

TURNS: Mapping[str, str] = {"undo": "undoes", "redo": "redoes"}
"""The kinds that say nothing themselves but turn another entry back, and where they name it."""

_FIELDS = frozenset({"format", "kind", "person", "device", "time", "parents", "slot", "replaces", "data"})


class BadEntry(UserError):
    """An entry's bytes are not what they must be."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done to an audit; made by `Entry.new`, read back by `Entry.read`."""

    kind: str
    """One of `KINDS`."""
    person: str
    device: str
    time: str
    """UTC, ISO 8601; for people alone: it orders what is shown and decides nothing."""
    parents: tuple[str, ...]
    slot: str
    replaces: tuple[str, ...]
    data: Data
    body: bytes
    hash: str

    @classmethod
    def new(
        cls,
        kind: str,
        slot: str,
        data: Data,
        *,
        by: Author,
        time: str,
        parents: Iterable[str],
        replaces: Iterable[str] = (),
    ) -> Entry:
        """Make an entry; its canonical bytes and hash are fixed here."""
        content = {
            "format": str(FORMAT),
            "kind": kind,
            "person": by.person,
            "device": by.device,
            "time": time,
            "parents": sorted(parents),
            "slot": slot,
            "replaces": sorted(replaces),
            "data": data,
        }
        return cls.read(canonical(content))

    @classmethod
    def read(cls, body: bytes) -> Entry:
        """Read an entry from its bytes.

        Raises:
            BadEntry: when the bytes are no entry, are not canonical, or are of a newer form.
        """
        digest = hashlib.sha256(body).hexdigest()
        try:
            content = json.loads(body)
            if content["format"] != str(FORMAT):
                raise BadEntry(_NEWER.format(entry=digest[:12], format=content["format"]))
            if content.keys() != _FIELDS or canonical(content) != body or not well_formed(content):
                raise BadEntry(_NOT_CANONICAL.format(entry=digest[:12]))
            if content["kind"] not in KINDS:
                raise BadEntry(_NEWER.format(entry=digest[:12], format=content["kind"]))
            return cls(
                kind=content["kind"],
                person=content["person"],
                device=content["device"],
                time=content["time"],
                parents=tuple(content["parents"]),
                slot=content["slot"],
                replaces=tuple(content["replaces"]),
                data=content["data"],
                body=body,
                hash=digest,
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadEntry(_NOT_CANONICAL.format(entry=digest[:12])) from error


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and on which device."""

    person: str
    device: str


_NEWER = Text(
    "记录 {entry} 的格式为 {format}，比本程序新：请更新程序后再打开",
    "entry {entry} has format {format}, newer than this program: update it and open the audit again",
)
_GONE = Text("记录 {entry} 缺失", "entry {entry} is missing")
_NOT_CANONICAL = Text("记录 {entry} 的内容已损坏或被改动", "entry {entry} is damaged or was altered")


def canonical(content: Data) -> bytes:
    """Return canonical JSON: sorted keys, NFC text, no blanks; numbers must already be text.

    Raises:
        TypeError: for anything but text, lists and mappings of text: a misuse.
    """
    return json.dumps(_normal(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def normal_text(text: str) -> str:
    """Return text as it is stored: NFC; half a character (from a broken terminal or file name) becomes "?"."""
    return unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode()


def read_entries(stored: Iterable[tuple[str, bytes]]) -> list[Entry]:
    """Read entries as the store gives them, each checked against the hash it is kept under.

    Raises:
        BadEntry: for the first that is damaged.
    """
    entries = []
    for expected, body in stored:
        entry = Entry.read(body)
        if entry.hash != expected:
            raise BadEntry(_NOT_CANONICAL.format(entry=expected[:12]))
        entries.append(entry)
    return entries


def well_formed(content: Data) -> bool:
    """Say whether an entry has texts where texts belong and all its kind must say; unknown kinds are not judged."""
    texts = all(isinstance(content[name], str) for name in ("kind", "person", "device", "time", "slot"))
    hashes = all(
        isinstance(content[name], list) and all(isinstance(h, str) for h in content[name])
        for name in ("parents", "replaces")
    )
    data = content["data"]
    if not (texts and hashes and isinstance(data, dict)) or not KINDS.get(content["kind"], frozenset()) <= data.keys():
        return False
    kind = content["kind"]
    if kind in MAY_SAY and not data.keys() <= KINDS[kind] | MAY_SAY[kind]:
        return False
    if kind == "created":
        return isinstance(data["checklist"], dict) and {"id", "version", "hash"} <= data["checklist"].keys()
    if content["kind"] == "draw":
        return isinstance(data["records"], list) and all(isinstance(number, str) for number in data["records"])
    listing = {"detail", "dealer", "finding"}
    return content["kind"] in listing or all(isinstance(value, str) for value in data.values())


def _normal(value: object) -> object:
    if isinstance(value, str):
        return normal_text(value)
    if isinstance(value, Mapping):
        return {str(_normal(key)): _normal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    msg = f"no text, list or mapping: {value!r}"
    raise TypeError(msg)


class Journal:
    """The graph of entries seen so far; grows by `add`, in any order, and never shrinks."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Start with `entries`, in any order."""
        self._entries: dict[str, Entry] = {}
        self._slots: dict[str, set[str]] = defaultdict(set)
        self._replaced: set[tuple[str, str]] = set()
        self._parents: set[str] = set()
        self._open_heads: set[str] = set()
        self._order: list[Entry] | None = []
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take one more entry in; the same one again changes nothing."""
        if entry.hash in self._entries:
            return
        self._entries[entry.hash] = entry
        for old in entry.replaces:
            # Only in its own slot: what names an entry of another slot replaces nothing (and `verify` says so).
            self._replaced.add((entry.slot, old))
            self._slots[entry.slot].discard(old)
        if (entry.slot, entry.hash) not in self._replaced:
            self._slots[entry.slot].add(entry.hash)
        self._parents.update(entry.parents)
        self._open_heads.difference_update(entry.parents)
        if entry.hash not in self._parents:
            self._open_heads.add(entry.hash)
        if self._order is not None and self._open_heads == {entry.hash}:
            self._order.append(entry)  # it has seen everything: it comes last, and all others stay where they are
        else:
            self._order = None

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, entry_hash: str) -> bool:
        return entry_hash in self._entries

    def __getitem__(self, entry_hash: str) -> Entry:
        return self._entries[entry_hash]

    @property
    def entries(self) -> list[Entry]:
        """All entries, parents before children; entries side by side in the order of their hashes."""
        if self._order is None:
            self._order = self._ordered()
        return list(self._order)

    @property
    def heads(self) -> tuple[str, ...]:
        """Entries that no other entry names as a parent."""
        return tuple(sorted(self._open_heads))

    @property
    def slots(self) -> list[str]:
        """Every slot ever written."""
        return sorted(self._slots)

    def current(self, slot: str) -> tuple[str, ...]:
        """Hashes of what nobody has replaced in `slot`: what the next entry there replaces."""
        return tuple(sorted(self._slots.get(slot, ())))

    def values(self, slot: str) -> list[Entry]:
        """Return the entries whose values stand in `slot`, undoing followed to what it restored.

        More than one means that different values stand side by side: a conflict.  Equal values count once.
        """
        current = self._slots.get(slot, set())
        # What an undoing restores stays down where somebody else's standing entry replaced it as well.
        spoken = [self._entries[h] for h in current if self._entries[h].kind not in TURNS]
        overruled = {old for entry in spoken for old in entry.replaces}
        standing: dict[bytes, Entry] = {}
        for entry_hash in sorted(current):
            for entry in self._restored(self._entries[entry_hash]):
                if entry.hash not in overruled:
                    standing.setdefault(canonical(entry.data), entry)
        return list(standing.values())

    def refuse_gaps(self, entries: Iterable[Entry], beginning: str) -> None:
        """Make sure that what the entries had seen is here.

        Args:
            entries: entries of this journal.
            beginning: hash of the entry that must stand at its beginning.

        Raises:
            BadEntry: for the first that is missing.
        """
        named = [beginning, *(parent for entry in entries for parent in entry.parents)]
        missing = next((h for h in named if h not in self._entries), None)
        if missing is not None:
            raise BadEntry(_GONE.format(entry=missing[:12]))

    def carriers(self, entry: Entry) -> tuple[str, ...]:
        """Return the current entries through which `entry` stands: itself, or what restored it."""
        current = self.current(entry.slot)
        return tuple(h for h in current if any(e.hash == entry.hash for e in self._restored(self._entries[h])))

    def ancestors(self, entry_hash: str) -> frozenset[str]:
        """Return the entry and everything it had seen, as far as it is here."""
        seen: set[str] = set()
        todo = [entry_hash]
        while todo:
            known = todo.pop()
            if known not in seen and known in self._entries:
                seen.add(known)
                todo.extend(self._entries[known].parents)
        return frozenset(seen)

    def within(self, hashes: frozenset[str]) -> Journal:
        """Return the journal of these entries alone: what a seal covers."""
        return Journal(self._entries[h] for h in hashes)

    def _restored(self, entry: Entry) -> list[Entry]:
        """Follow undoing back to the entries whose values stand; undoing an undoing is doing again."""
        if entry.kind not in TURNS:
            return [entry]
        undone = self._entries.get(entry.data[TURNS[entry.kind]])
        if undone is None:
            return []
        return [back for old in undone.replaces if old in self._entries for back in self._restored(self._entries[old])]

    def _ordered(self) -> list[Entry]:
        """Sort so that parents come first (Kahn), ties by time, then hash."""
        children: dict[str, list[str]] = defaultdict(list)
        waiting: dict[str, int] = {}
        for entry_hash, entry in self._entries.items():
            parents = [p for p in entry.parents if p in self._entries]
            waiting[entry_hash] = len(parents)
            for parent in parents:
                children[parent].append(entry_hash)
        ready = [(self._entries[h].time, h) for h, count in waiting.items() if not count]
        heapify(ready)
        ordered: list[Entry] = []
        while ready:
            _, entry_hash = heappop(ready)
            ordered.append(self._entries[entry_hash])
            for child in children[entry_hash]:
                waiting[child] -= 1
                if not waiting[child]:
                    heappush(ready, (self._entries[child].time, child))
        return ordered

"""Proof of integrity: is everything that was recorded still there, byte for byte."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit.answers import check_answers
from audit.closing import SCAN, is_closing
from audit.derived import with_computed
from audit.evidence_out import file_problems
from audit.history import KIND_NAMES
from audit.journal import BadEntry, Journal, read_entries
from audit.scoring import score
from audit.state import SEAL, fold
from audit.stored_results import stored_results
from checklists.canonical import from_store
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from audit.scorecard import Scorecard
    from audit.store.rows import Results, StreamRow
    from audit.store.store import Store


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found; intact when there is no problem."""

    entries: int
    seal: str | None
    """Hash of the sealing entry, if the audit is signed."""
    problems: tuple[Text, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing is missing and nothing was altered."""
        return not self.problems


_NUMBERED = Text("{text}（第 {number} 条）", "{text} (no. {number})")
_MISSING = Text(
    "记录 {missing} 缺失：记录 {entry}（{time}，{person}）引用了它",
    "Entry {missing} is missing: entry {entry} ({time}, {person}) refers to it",
)
_NO_BEGINNING = Text("评估的起始记录缺失或被改动", "The entry that began the audit is missing or was altered")
_NO_SEAL = Text(
    "找不到封存码为 {seal} 的签字记录：签字后的记录被删除，或封存码不属于本评估",
    "There is no sealing entry {seal}: it was removed after signing, or the seal belongs to another audit",
)
_FOREIGN = Text("记录 {entry} 不属于本评估", "Entry {entry} does not belong to this audit")
_UNSEEN = Text(
    "记录 {entry} 替换了它没有见过或不同位置的记录",
    "Entry {entry} replaces what it had not seen or what lies elsewhere",
)
_RENAMED = Text("评估编号 {ref} 与经销商 {dealer} 不符", "The reference {ref} does not belong to dealership {dealer}")
_SEALED_TWICE = Text("评估被封存了两次：{seals}", "The audit was sealed twice: {seals}")
_RESULTS_WITHOUT_SEAL = Text(
    "存有签字结果，但签字记录缺失", "There are results of a signed audit, but the sealing entry is missing"
)
_UNREADABLE_SEAL = Text(
    "“{typed}”不是封存码：请输入封存码的至少前 8 位（数字和字母 a–f）",
    '"{typed}" is no seal: give at least 8 hex digits of the seal, from its beginning',
)
_BEFORE_SEAL = Text(
    "记录 {entry}（{what}）属于签字之后，却没有见过签字记录",
    "Entry {entry} ({what}) belongs after the signing, but had not seen it",
)
_NO_CHECKLIST = Text("评估所用的评估表缺失", "The audit's checklist is missing")
_RESULTS_HEADS = Text(
    "存储的结果来自记录 {entry}，而本评估中没有它：签字后的异议或修正被删除",
    "The stored results come from entry {entry}, which is missing: an objection or amendment was removed",
)
_RESULTS_STALE = Text(
    "存储的结果早于之后的修正：{key}", "The stored results are older than the amendments since: {key}"
)
_RESULTS = Text("存储的结果与重新计算的结果不一致：{key}", "The stored results differ from those computed again: {key}")


class NoSeal(UserError):
    """What was given is no seal and no beginning of one."""


def verify(store: Store, row: StreamRow, seal: str | None = None) -> Verification:
    """Check entries and evidence against their hashes and links, and stored results against a new computation.

    Args:
        store: the store that holds the audit.
        row: the audit's stream.
        seal: the seal printed when it was signed, or a beginning of eight characters or more; with it, even the
            removal of the newest entries is found.

    Raises:
        NoSeal: when `seal` is none.
    """
    wanted = None if seal is None else _read_seal(seal)
    journal = Journal()
    problems: list[Text] = []
    stored = store.read(row.id).entries
    for number, entry in enumerate(stored, start=1):
        try:
            journal.add(*read_entries([entry]))
        except BadEntry as error:
            problems.append(_NUMBERED.format(text=error.text, number=number))
    problems += broken_links(journal, row)
    problems += file_problems(store, journal.entries)
    sealed = journal.current(SEAL)
    if wanted is not None and not any(h.startswith(wanted) for h in sealed):
        problems.append(_NO_SEAL.format(seal=wanted[:16]))
    problems += seal_problems(journal)
    if not problems:
        problems += _compare_results(store, row, journal, sealed)
    return Verification(len(stored), sealed[0] if sealed else None, tuple(problems))


def _read_seal(typed: str) -> str:
    """Return a seal, or the beginning of one, as hashes are written.

    Raises:
        NoSeal: when it is none.
    """
    # Blanks, and the invisible places to break a line at that come along from a printed page, are no part of it.
    wanted = "".join(c for c in typed if not (c.isspace() or unicodedata.category(c) == "Cf")).lower()
    if not re.fullmatch("[0-9a-f]{8,64}", wanted):
        raise NoSeal(_UNREADABLE_SEAL.format(typed=typed))
    return wanted


def broken_links(journal: Journal, row: StreamRow) -> list[Text]:
    """Return what does not fit together: everything must descend from the beginning and name only what it had seen."""
    problems = [] if row.id in journal else [_NO_BEGINNING]
    seen: dict[str, int] = {}  # what each entry had seen, as a set of bits: one for every entry, parents first
    places = {entry.hash: 1 << n for n, entry in enumerate(journal.entries)}
    for entry in journal.entries:
        seen[entry.hash] = places[entry.hash]
        for parent in entry.parents:
            seen[entry.hash] |= seen.get(parent, 0)
        missing = [h for h in (*entry.parents, *entry.replaces) if h not in journal]
        if missing:
            told = _MISSING.format(missing=missing[0][:12], entry=entry.hash[:12], time=entry.time, person=entry.person)
            problems.append(told)
        elif (not entry.parents or entry.kind == "created") and entry.hash != row.id:
            problems.append(_FOREIGN.format(entry=entry.hash[:12]))
        elif any(journal[h].slot != entry.slot or not seen[entry.hash] & places[h] for h in entry.replaces):
            problems.append(_UNSEEN.format(entry=entry.hash[:12]))
    if not problems and not row.ref.casefold().startswith(journal[row.id].data["dealer"].casefold() + "-"):
        problems.append(_RENAMED.format(ref=row.ref, dealer=journal[row.id].data["dealer"]))
    return problems


def seal_problems(journal: Journal) -> list[Text]:
    """Return whether it was sealed twice, or what belongs to the closing meeting and yet had not seen the signing."""
    sealed = journal.current(SEAL)
    if len(sealed) > 1:
        return [_SEALED_TWICE.format(seals=", ".join(h[:12] for h in sealed))]
    after = [e for e in journal.entries if is_closing(e.slot) or e.slot.startswith(SCAN)]
    strange = [e for e in after if not any(seal in journal.ancestors(e.hash) for seal in sealed)]
    return [_BEFORE_SEAL.format(entry=e.hash[:12], what=KIND_NAMES.get(e.kind, e.kind)) for e in strange]


def _compare_results(store: Store, row: StreamRow, journal: Journal, sealed: tuple[str, ...]) -> list[Text]:
    """Score what is recorded again, as far as the stored results had seen it and as it stands, and compare."""
    try:
        now = _scored(store, journal)
        kept = store.results(row.id)
        if kept is None or not sealed:
            return [_RESULTS.format(key="–")] if sealed else [_RESULTS_WITHOUT_SEAL] if kept else []
        heads = kept.heads.split(",")
        gone = next((head for head in heads if head not in journal), None)
        if gone is not None:
            return [_RESULTS_HEADS.format(entry=gone[:12])]
        then = journal.within(frozenset[str]().union(*(journal.ancestors(head) for head in heads)))
        if not all(seal in then for seal in sealed):
            return [_RESULTS.format(key="heads")]
        wrong, stale = _difference(kept, _scored(store, then)), _difference(kept, now)
    except UserError as error:
        return [error.text]
    return [_RESULTS.format(key=wrong)] if wrong else [_RESULTS_STALE.format(key=stale)] if stale else []


def _scored(store: Store, journal: Journal) -> Scorecard:
    """Return the scorecard of a journal.

    Raises:
        UserError: when it, or the checklist it is bound to, cannot be read.
    """
    state = fold(journal)
    body = store.checklist(state.checklist["hash"])
    if body is None:
        raise BadEntry(_NO_CHECKLIST)
    checklist = from_store(body, state.checklist["hash"])
    check_answers(checklist, state.answers)
    return score(checklist, with_computed(checklist, state))


def _difference(kept: Results, scorecard: Scorecard) -> str:
    """Return the first line in which stored results are not those of a scorecard; empty where they are."""
    ours = {(r.level, r.key): r for r in stored_results(scorecard, ()).rows}
    theirs = {(r.level, r.key): r for r in kept.rows}
    # Results stored before the verdict was part of them lack it; a list then reads the audit itself.
    whole = ("total", "total")
    if whole in ours and whole in theirs and theirs[whole].state is None:
        ours[whole] = replace(ours[whole], state=None)
    wrong = [key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)]
    return "/".join(min(wrong)) if wrong else ""

"""Proof of integrity: is everything that was recorded still there, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.derived import with_computed
from audit.evidence_out import file_problems
from audit.journal import BadEntry, Entry, Journal
from audit.scoring import score
from audit.state import SEAL, fold
from audit.stored_results import stored_results
from checklists.canonical import from_store
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from audit.store.rows import StreamRow
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


_ALTERED = Text("记录 {entry}（第 {number} 条）被改动", "Entry {entry} (no. {number}) was altered")
_MISSING = Text(
    "记录 {missing} 缺失：记录 {entry}（{time}，{person}）引用了它",
    "Entry {missing} is missing: entry {entry} ({time}, {person}) refers to it",
)
_NO_BEGINNING = Text("评估的起始记录缺失或被改动", "The entry that began the audit is missing or was altered")
_NO_SEAL = Text(
    "找不到封存码为 {seal} 的签字记录：签字后的记录被删除，或封存码不属于本评估",
    "There is no sealing entry {seal}: it was removed after signing, or the seal belongs to another audit",
)
_RESULTS = Text("存储的结果与重新计算的结果不一致：{key}", "The stored results differ from those computed again: {key}")


def verify(store: Store, row: StreamRow, seal: str | None = None) -> Verification:
    """Check entries and evidence against their hashes and links, and stored results against a new computation.

    Args:
        store: the store that holds the audit.
        row: the audit's stream.
        seal: the seal printed when it was signed, or a beginning of eight characters or more; with it, even the
            removal of the newest entries is found.
    """
    journal = Journal()
    problems: list[Text] = []
    stored = store.read(row.id).entries
    for number, (expected, body) in enumerate(stored, start=1):
        try:
            entry = Entry.read(body)
        except BadEntry:
            problems.append(_ALTERED.format(entry=expected[:12], number=number))
            continue
        if entry.hash != expected:
            problems.append(_ALTERED.format(entry=expected[:12], number=number))
        else:
            journal.add(entry)
    problems += _gaps(journal)
    problems += file_problems(store, journal.entries)
    if row.id not in journal:
        problems.append(_NO_BEGINNING)
    sealed = journal.current(SEAL)
    if seal is not None and not _has_seal(sealed, seal):
        problems.append(_NO_SEAL.format(seal=seal[:16]))
    if not problems and sealed:
        problems += _compare_results(store, row, journal, sealed)
    return Verification(len(stored), sealed[0] if sealed else None, tuple(problems))


def _has_seal(sealed: tuple[str, ...], seal: str) -> bool:
    wanted = seal.strip().lower()
    return len(wanted) >= 8 and any(s.startswith(wanted) for s in sealed)


def _gaps(journal: Journal) -> list[Text]:
    problems = []
    for entry in journal.entries:
        for named in (*entry.parents, *entry.replaces):
            if named not in journal:
                problems.append(
                    _MISSING.format(missing=named[:12], entry=entry.hash[:12], time=entry.time, person=entry.person)
                )
                break
    return problems


def _compare_results(store: Store, row: StreamRow, journal: Journal, sealed: tuple[str, ...]) -> list[Text]:
    state = fold(journal)
    body = store.checklist(state.checklist["hash"])
    if body is None:
        return [Text("评估所用的评估表缺失", "The audit's checklist is missing")]
    try:
        checklist = from_store(body, state.checklist["hash"])
    except UserError as error:
        return [error.text]
    kept = store.results(row.id)
    if kept is None:
        return [_RESULTS.format(key="–")]
    expected = stored_results(score(checklist, with_computed(checklist, state)), tuple(kept.heads.split(",")))
    if kept.heads not in sealed:
        return [_RESULTS.format(key="heads")]
    ours = {(r.level, r.key): r for r in expected.rows}
    theirs = {(r.level, r.key): r for r in kept.rows}
    wrong = [key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)]
    return [_RESULTS.format(key="/".join(min(wrong)))] if wrong else []

"""Putting two stores together: what one laptop wrote of an audit is taken over by another, and nothing is overwritten.

Journals are united by the hashes of their entries (design, section 6).  Everything is checked before the first byte is
written: entries and files against their hashes, the links between entries, the seal, and that the whole can be scored.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.answers import check_answers
from audit.bound import bound_checklist
from audit.dealers import stream_of
from audit.derived import read_state
from audit.evidence import files_named
from audit.journal import Journal, read_entries
from audit.scoring import score
from audit.session import find_audit
from audit.state import SEAL
from audit.stored_results import stored_results
from audit.verify import broken_links, seal_problems
from audit.writing import rows_of
from checklists.text import Text, UserError, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.journal import Entry
    from audit.state import AuditState
    from audit.store.rows import Results, StreamRow
    from audit.store.store import Store
    from checklists.model import Checklist

_REFUSED = Text("没有合并任何内容：", "Nothing was merged:")
_PROBLEM = Text("  {ref}：{problem}", "  {ref}: {problem}")
_NO_FILE = Text(
    "佐证文件 {name}（{file}）在对方数据库中缺失或被改动",
    "the evidence file {name} ({file}) is missing or altered in the other store",
)
_TWO_SEALS = Text(
    "两边分别签了字，而签字结果只能有一份：请商定以哪一份为准，另一份的不同之处在会后用 audit amend 录入",
    "it was signed on both sides apart, and only one signed result can stand: agree which, and enter what the other "
    "side has with audit amend",
)


class MergeRefused(UserError):
    """Something of the other store is not whole, or does not fit; the text lists all of it."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What was taken over of one audit."""

    ref: str
    """What it is called here."""
    new: bool
    """Whether it was unknown here."""
    entries: int
    files: int
    late: int
    """Entries that lie outside the seal, of either side: listed, not scored."""
    conflicts: tuple[str, ...]
    """Slots where both wrote something different."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """An audit of the other store that may be taken over."""

    row: StreamRow
    known: str
    """What it is called here; empty where it is unknown."""
    position: int
    """How far this store's journal was read."""
    missing: tuple[Entry, ...]
    """What this store lacks, parents first."""
    files: Mapping[str, str]
    """Media types of the files that it lacks, by their hashes."""
    checklist: Checklist
    dealer: tuple[Entry, ...]
    """The dealership's own journal, where the audit is unknown here."""
    state: AuditState
    results: Results | None


def merge(here: Store, there: Store, ref: str | None = None) -> tuple[Merged, ...]:
    """Take over what another store knows of its audits and this one does not; a second time nothing is left to do.

    Args:
        here: the store that is written to.
        there: the other one, which is only read.
        ref: only this audit, as the other store calls it.

    Raises:
        UnknownAudit: when the other store has none of that reference, or several.
        MergeRefused: when something is damaged or does not fit; nothing was written then.
    """
    rows = there.streams("audit") if ref is None else [find_audit(there, ref)]
    checked, problems = list[_Checked](), list[Text]()
    for row in rows:
        try:
            checked.append(_check(here, there, row))
        except UserError as error:
            problems.append(_PROBLEM.format(ref=row.ref, problem=error.text))
    if problems:
        raise MergeRefused(joined([_REFUSED, *problems], "\n", "\n"))
    return tuple(_take_over(here, there, one) for one in checked)


def _check(here: Store, there: Store, row: StreamRow) -> _Checked:
    """Look at both journals of an audit and at what this store lacks.

    Raises:
        UserError: when they are not whole, or do not fit together.
    """
    known = next((own for own in here.streams("audit") if own.id == row.id), None)
    theirs = read_entries(there.read(row.id).entries)
    own = here.read(row.id) if known else None
    ours = read_entries(own.entries) if own else []
    journal = Journal([*ours, *theirs])
    held = {entry.hash for entry in ours}
    missing = tuple(entry for entry in journal.entries if entry.hash not in held)
    if len(journal.current(SEAL)) > 1:
        raise MergeRefused(_TWO_SEALS)
    problems = [*broken_links(journal, known or row), *seal_problems(journal)]
    files = _lacking(here, there, theirs, missing, problems)
    if problems:
        raise MergeRefused(joined(problems, "；", "; "))
    created = journal[row.id].data["checklist"]["hash"]
    checklist = bound_checklist(here if here.checklist(created) else there, row.ref, created)
    written, state = read_state(checklist, journal)
    check_answers(checklist, written.answers)
    results = stored_results(score(checklist, state), journal.heads) if state.signature else None
    dealer = () if known else _dealer(there, state.dealer)
    place = own.position if own else 0
    return _Checked(row, known.ref if known else "", place, missing, files, checklist, dealer, state, results)


def _lacking(
    here: Store, there: Store, theirs: list[Entry], missing: tuple[Entry, ...], problems: list[Text]
) -> dict[str, str]:
    """Return the files to be taken over; adds to `problems` what is not there as it was recorded."""
    named, needed = files_named(theirs), files_named(missing)
    lacking = named.keys() - here.kept_files(named).keys()
    found = {}
    for file in sorted(lacking):
        body = there.get_file(file)
        if body is not None and hashlib.sha256(body).hexdigest() == file:
            found[file] = str(named[file]["media"])
        elif file in needed:
            problems.append(_NO_FILE.format(name=named[file]["name"], file=file[:12]))
    return found


def _take_over(here: Store, there: Store, checked: _Checked) -> Merged:
    """Write what was checked: files first, so that no entry ever names one that is not there."""
    row, new = checked.row, not checked.known
    for file, media in checked.files.items():
        here.put_file(there.get_file(file) or b"", media, there.thumbnail(file))
    rows = rows_of(checked.missing)
    given = checked.known
    if new:
        own = checked.checklist
        here.save_checklist(own.hash, own.id, own.version, there.checklist(own.hash) or own.canonical)
        _bring_dealer(here, checked)
        given = here.create("audit", row.id, row.ref, rows)
        here.append(row.id, [], checked.results)
    elif _is_due(here, checked) and not here.append(row.id, rows, checked.results, after=checked.position):
        # Somebody wrote here since it was checked.
        return _take_over(here, there, _check(here, there, row))
    conflicts = tuple(sorted(checked.state.conflicts)) if rows else ()
    return Merged(given, new, len(rows), len(checked.files), len(checked.state.late) if rows else 0, conflicts)


def _is_due(here: Store, checked: _Checked) -> bool:
    """Say whether there is something to write: entries, or results that were still to be stored when it broke off."""
    return bool(checked.missing) or (checked.results is not None and here.results(checked.row.id) is None)


def _dealer(there: Store, code: str) -> tuple[Entry, ...]:
    """Return the journal of a dealership; empty where the store does not know it."""
    known = {row.id for row in there.streams("dealer")}
    stream = stream_of(code)
    return tuple(read_entries(there.read(stream).entries)) if stream in known else ()


def _bring_dealer(here: Store, checked: _Checked) -> None:
    """Take the audit's dealership over where this store does not know it; a known one stays as it is."""
    stream = stream_of(checked.state.dealer)
    if checked.dealer and stream not in {row.id for row in here.streams("dealer")}:
        here.create("dealer", stream, checked.state.dealer, rows_of(checked.dealer))

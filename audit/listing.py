"""All audits of a store as a list: signed ones from their stored results, open ones read and scored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from audit.bound import bound_checklist
from audit.closing import ACTION, AMENDMENT, ASIDE, FINAL, OBJECTION, is_closing
from audit.confirming import follow_up_of, is_visit
from audit.details import KIND_NAMES
from audit.journal import Author, Journal, read_entries
from audit.scorecard import Counts
from audit.session import AuditSession
from audit.state import CREATED, DETAIL, SEAL, AuditKind, AuditStatus, fold
from checklists.points import ZERO
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from audit.journal import Entry
    from audit.state import AuditState
    from audit.store.rows import StoredTotal, StreamRow
    from audit.store.store import Store
    from checklists.model import Checklist

PARTIAL = "partial"
"""Standing of an audit of some departments only, which has no verdict on its total."""

_READER = Author("-", "-")
_TOLD = tuple(
    f'"slot":"{slot}'.encode()
    for slot in (f'{CREATED}"', f'{SEAL}"', f'{ASIDE}"', f'{FINAL}"', DETAIL, OBJECTION, AMENDMENT)
)
"""What the entries hold, as bytes, that a list needs of a signed audit; no text in an entry can look like it."""
_SHOWN = frozenset(DETAIL + name for name in ("date", "kind", "departments", "dealership"))


@dataclass(frozen=True, slots=True)
class Listed:
    """One audit in the list."""

    ref: str
    dealer_code: str
    dealer: Text
    """Name of the dealership as it was when the audit began."""
    city: str
    date: str
    """ISO 8601."""
    kind: AuditKind
    status: AuditStatus
    aside: bool
    checklist: str
    """Its id."""
    counts: Counts
    earned: Decimal
    possible: Decimal
    total: Decimal
    """Points of the whole checklist."""
    passed: bool | None
    """Whether the total reaches its points; None where nothing is to be passed."""
    standing: str
    """A value of `scorecard.Result`, `PARTIAL`, or empty where nothing can be judged."""
    conflicts: int
    confirmed: tuple[int, int] | None = None
    """Of a follow-up visit, which has no points: how many of how many are cured."""

    @property
    def kind_name(self) -> Text:
        """The kind of audit in words."""
        return KIND_NAMES[self.kind]


class Unreadable(NamedTuple):
    """An audit that cannot be read, and the sentence that says why."""

    ref: str
    problem: Text


def list_audits(store: Store) -> tuple[list[Listed], list[Unreadable]]:
    """Return all audits, oldest first, and those that cannot be read.

    A signed audit is not scored again: its results are those stored when it was signed.  Where they do not belong to
    its seal, or a detail was changed (which only the whole journal can judge), it is read like an open one.
    """
    listed: list[Listed] = []
    unreadable: list[Unreadable] = []
    totals = store.totals()
    for row in store.streams("audit"):
        try:
            total = totals.get(row.id)
            found = None if total is None else _stored(store, row, total)
            listed.append(found or _read(store, row))
        except UserError as error:
            unreadable.append(Unreadable(row.ref, error.text))
    return listed, unreadable


def _read(store: Store, row: StreamRow) -> Listed:
    session = AuditSession(store, row.id, row.ref, _READER)
    scorecard, state = session.scorecard, session.state
    total, result = scorecard.total, scorecard.verdict.result
    visit = follow_up_of(state)
    if visit is not None:
        counts = Counts(len(visit.items), answered=len(visit.items) - len(visit.open), open=len(visit.open))
        found = _listed(
            row,
            state,
            session.checklist,
            counts=counts,
            points=(ZERO, ZERO),
            passed=None,
            standing="",
            status=state.status,
        )
        return replace(found, confirmed=(visit.confirmed, len(visit.items)))
    return _listed(
        row,
        state,
        session.checklist,
        counts=total.counts,
        points=(total.earned, total.possible),
        passed=total.passed,
        standing=PARTIAL if state.departments else result.value if result else "",
        status=state.status,
    )


def _stored(store: Store, row: StreamRow, total: StoredTotal) -> Listed | None:
    """Return a signed audit by its stored results; None where more than these must be read."""
    entries = frame_of(store, row)
    if not _plain(entries, row, total):
        return None
    state = fold(Journal(entry for entry in entries if entry.kind != "seal"))
    if is_visit(state) or (total.result is None and not state.departments):
        return None
    return _listed(
        row,
        state,
        bound_checklist(store, row.ref, state.checklist["hash"]),
        counts=Counts(sum(total.items.values()), **total.items),
        points=(Decimal(total.earned) / 100, Decimal(total.possible) / 100),
        passed=total.passed,
        standing=PARTIAL if state.departments else str(total.result),
        status=AuditStatus.FINAL if any(entry.slot == FINAL for entry in entries) else AuditStatus.SIGNED,
    )


def frame_of(store: Store, row: StreamRow) -> list[Entry]:
    """Return the entries that say what an audit is, without its items: details, seal, closing meeting, put aside."""
    stored = [(key, body) for key, body in store.read(row.id).entries if any(told in body for told in _TOLD)]
    return read_entries(stored)


def _plain(entries: list[Entry], row: StreamRow, total: StoredTotal) -> bool:
    """Say whether the results are the newest, and every detail shown is the one the audit began with.

    Whatever is said at the closing meeting stores the results again: they are the newest when its last entry is their
    head.  Where something stands side by side, the whole journal is read.
    """
    seals = [entry.hash for entry in entries if entry.kind == "seal"]
    said = [entry for entry in entries if is_closing(entry.slot)]
    newest = [said[-1].hash] if said else seals
    journal = Journal(said)
    if any(len(journal.values(slot)) > 1 for slot in journal.slots):
        return False
    written = Counter(entry.slot for entry in entries)
    beginning = any(entry.hash == row.id for entry in entries)
    known = len(seals) == 1 and newest == [total.heads]
    return beginning and known and all(written[slot] == 1 for slot in (CREATED, *_SHOWN))


def _listed(
    row: StreamRow,
    state: AuditState,
    checklist: Checklist,
    *,
    counts: Counts,
    points: tuple[Decimal, Decimal],
    passed: bool | None,
    standing: str,
    status: AuditStatus,
) -> Listed:
    named = state.details["dealership"]
    return Listed(
        ref=row.ref,
        dealer_code=state.dealer,
        dealer=Text(named["zh"], named["en"]),
        city=named["city"],
        date=state.details["date"],
        kind=AuditKind(state.details["kind"]),
        status=status,
        aside=state.aside,
        checklist=checklist.id,
        counts=counts,
        earned=points[0],
        possible=points[1],
        total=checklist.total,
        passed=passed,
        standing=standing,
        conflicts=sum(not slot.startswith(ACTION) for slot in state.conflicts),
    )

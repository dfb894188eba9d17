"""Repeating an audit: its frame is taken over, its answers only stand beside the new ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.dealers import Dealer, Dealers
from audit.details import refuse_before
from audit.findings import item_findings
from audit.session import AuditSession, find_audit
from audit.state import NO, YES, AuditKind, ItemState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from audit.journal import Author
    from audit.scorecard import ItemScore
    from audit.state import Answer, AuditState
    from audit.store.rows import StreamRow
    from audit.store.store import Store
    from checklists.model import Checklist, Item
    from checklists.text import Text

_FRAME = ("departments", "auditors", "participants", "contact", "profile", "assignments")
"""Details that are taken over unless others are given."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the earlier audit says of an item."""

    answer: Answer
    finding: Text | None
    """The weak item's statement; None where it was none."""
    points: Decimal
    """Points earned then."""
    possible: Decimal
    """Points it could earn then; 0 where it left the score."""


def reaudit(
    store: Store,
    ref: str,
    author: Author,
    details: Mapping[str, object],
    blind: bool = False,
    checklist: Checklist | None = None,
) -> AuditSession:
    """Begin a re-audit with the frame of an audit: none of its answers is taken over.

    What the dealership has not is not applicable from the start, as in every audit; what was not applicable last time
    for another reason is asked again.

    Args:
        store: where the earlier audit is kept and the new one will be.
        ref: the earlier audit.
        author: who begins it.
        details: what differs from the frame; a date, as a rule (see `audit.details`).
        blind: whether screens hide an earlier answer until the item is answered.
        checklist: what is asked; None for today's version of the earlier audit's checklist.

    Raises:
        UnknownAudit: when none or several fit the reference.
        BadDetail: when a detail cannot be used; also one of the frame that the checklist has no more, and a date
            before that of the earlier audit.
    """
    row = find_audit(store, ref)
    earlier = AuditSession(store, row.id, row.ref, author)
    frame = {name: earlier.state.details.get(name) for name in _FRAME}
    given = {name: value for name, value in details.items() if value}
    refuse_before(given.get("date"), earlier.state.details["date"], row.ref)
    if "departments" in given:  # who took what belongs to the departments of then
        del frame["assignments"]
    fixed = {"kind": AuditKind.RE_AUDIT.value, "blind": YES if blind else NO}
    asked = checklist or _todays(earlier.checklist)
    return AuditSession.create(store, asked, _dealer(store, earlier), author, {**frame, **given, **fixed}, row)


def is_blind(state: AuditState) -> bool:
    """Say whether an earlier answer is hidden until the item is answered."""
    return state.details.get("blind") == YES


def earlier_ref(state: AuditState) -> str | None:
    """Return the reference of the audit that this one repeats, as it was when it began; None where it repeats none."""
    named = state.details.get("earlier")
    return None if named is None else str(named["ref"])


def earlier_answers(session: AuditSession) -> dict[str, Earlier] | None:
    """Return what the audit that this one repeats says of the items asked here, by their ids here.

    Items are found through their former ids, whichever of the two checklists is the newer one.  What was open then, or
    was not asked, is not in it.

    Returns:
        None where the store has the earlier audit no more; nothing for an audit that repeats none.
    """
    named = session.state.details.get("earlier")
    if named is None:
        return {}
    row = _row(session.store, named["stream"])
    if row is None:
        return None
    before = AuditSession(session.store, row.id, row.ref, session.author)
    scorecard = before.scorecard
    scores = {score.item.id: score for score in scorecard.items if score.answer.state is not ItemState.OPEN}
    weak = {found.number: found.statement for found in item_findings(scorecard)}
    answers = {}
    for score in session.scorecard.items:
        old = _same_item(score.item, scores, before.checklist.former)
        if old is not None:
            answers[score.item.id] = Earlier(old.answer, weak.get(old.item.id), old.earned, old.possible)
    return answers


def _same_item(item: Item, scores: Mapping[str, ItemScore], renamed: Mapping[str, str]) -> ItemScore | None:
    names = (item.id, *item.former_ids, renamed.get(item.id, item.id))
    return next((scores[name] for name in names if name in scores), None)


def _row(store: Store, stream: str) -> StreamRow | None:
    return next((row for row in store.streams("audit") if row.id == stream), None)


def _todays(known: Checklist) -> Checklist:
    """Return today's version of a checklist; one that the catalogue has not (it was a file) stays as it was."""
    from checklists.catalog import available, load

    return load(known.id) if any(entry.id == known.id for entry in available()) else known


def _dealer(store: Store, earlier: AuditSession) -> Dealer:
    """Return the dealership as it is known today, or as the earlier audit named it."""
    state = earlier.state
    named = state.details["dealership"]
    before = Dealer(state.dealer, name_zh=named["zh"], name_en=named["en"], city=named["city"])
    return Dealers(store, earlier.author).find(state.dealer) or before

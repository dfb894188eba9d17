"""What to look at before an audit is signed: what stops it, what to look at twice, and what came out.

Nothing here changes points or keeps anybody from signing: `AuditSession.sign` refuses what is listed as stopping it,
and nothing else.  Every line says which item, record sheet, KPI or finding it is about, so that a screen can go there.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.matters import Concern, Matter, Place, few, place_of
from audit.records import RECORD, slot_of
from audit.second_looks import second_looks
from audit.state import ITEM, ItemState
from audit.summary import AuditSummary, summarize
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from audit.findings import WeakItem
    from audit.journal import Entry
    from audit.scorecard import ItemScore, Reason, SectionScore
    from audit.session import AuditSession
    from audit.state import AuditState

MOST_SINGLY = 3
"""Open items of a section that get a line each; more of them are one line."""
STRONGEST = 3
"""Sections that are named as done well."""

_OPEN = Text("{id} 未评：{statement}", "{id} is open: {statement}")
_MANY_OPEN = Text(
    "{department} {section}：{count} 项未评（{ids}）", "{department}, {section}: {count} items open ({ids})"
)
_CONFLICT = Text("{subject}：{values}", "{subject}: {values}")
_VALUE = Text("{person} {what}", "{person} {what}")


@dataclass(frozen=True, slots=True)
class DirectionLoss:
    """A coaching direction, and what its weak items cost."""

    id: str
    name: Text
    points_lost: Decimal
    weak: int
    """Weak items it cures, those without points among them."""
    place: Place
    """Its heaviest weak item."""


@dataclass(frozen=True, slots=True)
class Loss:
    """An item that lost points."""

    score: ItemScore
    weak: bool
    """Whether it is a weak item; one that is not meets its section's pass rate."""


@dataclass(frozen=True, slots=True)
class Review:
    """An audit as one looks at it before signing."""

    summary: AuditSummary
    stoppers: tuple[Matter, ...]
    """What keeps it from being signed."""
    second_looks: tuple[Matter, ...]
    """What should make one look twice; nothing of it keeps it from being signed."""
    strongest: tuple[SectionScore, ...]
    """Passed sections with the highest rates, of those that are complete."""
    directions: tuple[DirectionLoss, ...]
    """Most points lost first."""
    losses: tuple[Loss, ...] = ()
    """All items that lost points, most points first."""

    @property
    def ready(self) -> bool:
        """Whether it can be signed."""
        return not self.stoppers

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The rules that decided the verdict."""
        return self.summary.scorecard.verdict.reasons


def review(session: AuditSession, summary: AuditSummary | None = None) -> Review:
    """Return what to look at before signing.

    Args:
        session: the audit.
        summary: its summary, where somebody has it already.
    """
    told = summary or summarize(session, ahead=False)
    return Review(
        summary=told,
        stoppers=(*_ahead(session), *_conflicts(session), *_open(told, session.state)),
        second_looks=second_looks(told, session.state),
        strongest=_strongest(told),
        directions=_directions(told),
        losses=_losses(told),
    )


def weak_place(weak: WeakItem) -> Place:
    """Return where a weak item comes from."""
    if weak.item is not None:
        return Place(item=weak.item.id)
    return Place(kpi=weak.kpi or "") if weak.sources == ("kpi",) else Place(finding=weak.number)


def reason_place(summary: AuditSummary, about: str) -> Place:
    """Return where a rule that decided leads: to its item, or to what its department lost most at."""
    if about in summary.checklist.items:
        return place_of(summary, about)
    scores = [i for d in summary.scorecard.departments if d.department.id == about for s in d.sections for i in s.items]
    return place_of(summary, max(scores, key=lambda score: score.points_lost).item.id) if scores else Place()


# -- what stops signing ------------------------------------------------------------------------------------------------


def _ahead(session: AuditSession) -> list[Matter]:
    """Return that the audit's day is still to come, where nobody has signed."""
    from audit.details import lies_ahead

    text = None if session.state.signature else lies_ahead(session.state.details)
    return [] if text is None else [Matter(Concern.AHEAD, text, Place())]


def _open(summary: AuditSummary, state: AuditState) -> list[Matter]:
    """Return the open items that are not in conflict themselves, as `AuditSession.sign` counts them."""
    found = []
    for department in summary.scorecard.departments:
        for section in department.sections:
            waiting = [
                score.item
                for score in section.items
                if score.state is ItemState.OPEN and ITEM + score.item.id not in state.conflicts
            ]
            if len(waiting) > MOST_SINGLY:
                text = _MANY_OPEN.format(
                    department=department.department.name,
                    section=section.section.name,
                    count=len(waiting),
                    ids=few([item.id for item in waiting]),
                )
                found.append(Matter(Concern.OPEN, text, place_of(summary, waiting[0].id)))
            else:
                found += [
                    Matter(Concern.OPEN, _OPEN.format(id=item.id, statement=item.statement), place_of(summary, item.id))
                    for item in waiting
                ]
    return found


def _conflicts(session: AuditSession) -> list[Matter]:
    """Return the conflicts, each with who says what."""
    from audit.history import KIND_NAMES, told

    found = []
    state = session.state
    conflicts = state.conflicts if state.signature else state.unsettled
    for slot, entries in sorted(conflicts.items()):
        values = joined(
            [_VALUE.format(person=e.person, what=told(e, session.checklist)) for e in entries], zh=" / ", en=" / "
        )
        subject = slot.partition(":")[2]
        named = same(subject)
        if not slot.startswith(ITEM):
            kind = KIND_NAMES.get(entries[0].kind, same(entries[0].kind))
            named = joined([kind, named], zh=" ", en=" ")
        text = _CONFLICT.format(subject=named, values=values)
        found.append(Matter(Concern.CONFLICT, text, _conflict_place(slot, entries)))
    return found


def _conflict_place(slot: str, entries: Sequence[Entry]) -> Place:
    rest = slot.partition(":")[2]
    if slot.startswith(RECORD):
        item = str(entries[0].data.get("item", ""))
        name, record = str(entries[0].data["set"]), str(entries[0].data["record"])
        one_cell = item and slot_of(name, record, item) == slot
        return Place(set=f"{name}/{item}" if one_cell else name, record=record)
    return Place(item=rest) if slot.startswith(ITEM) else Place(conflict=slot)


# -- what came out -----------------------------------------------------------------------------------------------------


def _losses(summary: AuditSummary) -> tuple[Loss, ...]:
    weak = {found.number for found in summary.weak_items if "item" in found.sources}
    losing = [score for score in summary.scorecard.items if score.points_lost and score.state is not ItemState.OPEN]
    return tuple(Loss(s, s.item.id in weak) for s in sorted(losing, key=lambda score: -score.points_lost))


def _strongest(summary: AuditSummary) -> tuple[SectionScore, ...]:
    sections = [s for d in summary.scorecard.departments for s in d.sections]
    done = [s for s in sections if s.left is None and s.possible and s.passed is not False and not s.counts.open]
    return tuple(sorted(done, key=lambda s: (-_share(s), -s.possible))[:STRONGEST])


def _share(section: SectionScore) -> Fraction:
    from fractions import Fraction

    return Fraction(section.earned) / Fraction(section.possible)


def _directions(summary: AuditSummary) -> tuple[DirectionLoss, ...]:
    by_direction: dict[str, list[WeakItem]] = {}
    for weak in summary.weak_items:
        by_direction.setdefault(weak.direction, []).append(weak)
    found = []
    for own_id, weak_ones in by_direction.items():
        known = summary.checklist.directions.get(own_id)
        lost = sum((weak.points_lost for weak in weak_ones), Decimal(0))
        name = same(own_id) if known is None else known.name
        found.append(DirectionLoss(own_id, name, lost, len(weak_ones), weak_place(weak_ones[0])))
    return tuple(sorted(found, key=lambda direction: -direction.points_lost))

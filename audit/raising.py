"""Scoring an audit as it would be if some weak items were cured: effects, routes and forecasts all count with this.

Nothing is added up here.  An item's answer is given the points that are assumed, and the one scoring function does the
rest: scaling, weights, critical rules and the verdict come out as they would on site.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from audit.scoring import Memo, score
from audit.state import ItemState
from checklists.points import ZERO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from audit.findings import WeakItem
    from audit.scorecard import Scorecard
    from audit.state import AuditState
    from checklists.model import Checklist


@dataclass(frozen=True, slots=True)
class Raising:
    """An audit that can be scored with some of its weak items at their attainable points.

    Only the sections that differ from the scoring before are computed again.
    """

    checklist: Checklist
    state: AuditState
    memo: Memo = field(default_factory=Memo)

    def with_points(self, points: Mapping[str, Decimal]) -> Scorecard:
        """Return the scorecard if items earned so many points.

        Args:
            points: by item id; items that are not scored (not applicable, no case, not assessed) stay as they are, as
                does an item in conflict.
        """
        if not points:
            return score(self.checklist, self.state, self.memo)
        answers = dict(self.state.answers)
        for item_id, earned in points.items():
            now = self.state.answer(item_id)
            if now.state in _COUNTED:
                answers[item_id] = replace(now, state=ItemState.ANSWERED, assumed=earned)
        return score(self.checklist, replace(self.state, answers=answers), self.memo)

    def apart(self) -> Raising:
        """Return one that keeps what was scored so far, and leaves this one's scores as they are."""
        return replace(self, memo=Memo(self.memo.points, dict(self.memo.sections)))

    def with_cured(self, weak: Iterable[WeakItem]) -> Scorecard:
        """Return the scorecard if these weak items were at their attainable points."""
        return self.with_points({w.item.id: w.attainable for w in weak if w.item and w.attainable is not None})


def regained(weak: WeakItem) -> Decimal:
    """Return the points that curing a weak item regains, unscaled: what is attainable above what it earned."""
    if weak.item is None or weak.attainable is None:
        return ZERO
    return max(ZERO, weak.attainable - (weak.item.points - weak.points_lost))


_COUNTED = frozenset({ItemState.ANSWERED, ItemState.NO_DATA})

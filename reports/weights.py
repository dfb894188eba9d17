"""Which department weights an audit was scored with."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from checklists.points import round_points

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.summary import AuditSummary

Weights = dict[str, Fraction]


def weights_of(summary: AuditSummary) -> Weights:
    """Return the weights by department id; empty where points count as they are.

    An audit fixes one of the checklist's profiles.  A summary does not name it, so the set is taken that leads from
    the departments' points to what they contribute.
    """
    checklist = summary.checklist
    own = {d.id: d.weight for d in checklist.departments if d.weight is not None}
    if not summary.whole or not (own or checklist.profiles):
        return {}
    for chosen in (own, *checklist.profiles.values()):
        weights = {name: Fraction(weight) for name, weight in chosen.items()}
        if _explains(summary, weights):
            return weights
    return {}


def _explains(summary: AuditSummary, weights: Mapping[str, Fraction]) -> bool:
    if not weights.keys() >= {d.department.id for d in summary.scorecard.departments}:
        return False
    whole = Fraction(summary.checklist.total) / sum(weights.values())
    for d in summary.scorecard.departments:
        share = whole * weights[d.department.id] / Fraction(d.department.points)
        if d.contributed != round_points(share * Fraction(d.earned)):
            return False
        if d.contributed_possible != round_points(share * Fraction(d.possible)):
            return False
    return True

"""The mark of an item: always a sign, whose colour is only a help."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.scorecard import ItemScore
    from audit.state import Answer, AuditState
    from checklists.model import BonusItem

OPEN = (" ", "")
FULL, PART, ZERO, LEAVES, CONFLICT = ("✓", "full"), ("~", "part"), ("✗", "zero"), ("-", "leaves"), ("!", "conflict")


def mark_of(score: ItemScore, state: AuditState) -> tuple[str, str]:
    """Return an item's sign and its class."""
    if f"item:{score.item.id}" in state.conflicts:
        return CONFLICT
    if score.answer.state == "open":
        return OPEN
    if not score.possible:
        return LEAVES
    if score.earned == score.possible:
        return FULL
    return PART if score.earned else ZERO


def bonus_mark(item: BonusItem, answer: Answer, state: AuditState) -> tuple[str, str]:
    """Return a bonus item's sign: nothing earned is no loss."""
    if f"item:{item.id}" in state.conflicts:
        return CONFLICT
    if answer.state != "answered":
        return OPEN if answer.state == "open" else LEAVES
    return LEAVES if answer.value == "0" else FULL

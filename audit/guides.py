"""Questions of the checklist's interview guides, as people name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.reading import folded
from checklists.text import Text, same

if TYPE_CHECKING:
    from checklists.model import Checklist, Question


def question_of(checklist: Checklist, typed: str) -> tuple[str, Question] | None:
    """Return the role and the question that an id names; None for a question in somebody's own words.

    Args:
        checklist: the checklist.
        typed: an id in upper or lower case, or free text.
    """
    wanted = folded(typed)
    return next((found for own_id, found in checklist.questions.items() if folded(own_id) == wanted), None)


def asked(checklist: Checklist, question_id: str, written: str) -> Text:
    """Return a question in both languages where it is one of a guide, else as it was written down."""
    found = checklist.questions.get(question_id)
    return same(written) if found is None else found[1].ask

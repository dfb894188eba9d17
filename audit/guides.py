"""Questions of the checklist's interview guides, as people name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checklists.reading import folded
from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checklists.model import Checklist, Question

_ID = re.compile(r"([a-z]+)[-_ ]?[0-9]{1,3}")
_NO_QUESTION = Text(
    "访谈提纲中没有问题“{question}”；有的是：{known}",
    'The interview guides have no question "{question}"; there are: {known}',
)


class UnknownQuestion(UserError):
    """The guides have no question with that id."""


def question_of(checklist: Checklist, typed: str) -> tuple[str, Question] | None:
    """Return the role and the question that an id names; None for a question in somebody's own words.

    Args:
        checklist: the checklist.
        typed: an id in upper or lower case, or free text.
    """
    wanted = folded(typed)
    return next((found for own_id, found in checklist.questions.items() if folded(own_id) == wanted), None)


def refuse_unknown(checklist: Checklist, typed: str) -> None:
    """Refuse what can only be the id of a question and is none.

    Raises:
        UnknownQuestion: with the ids there are; of the same guide where its letters say which one is meant.
    """
    found = _ID.fullmatch(folded(typed))
    if found is None or not checklist.questions or question_of(checklist, typed) is not None:
        return
    alike = [own_id for own_id in checklist.questions if folded(own_id).startswith(found[1])]
    ends = [(guide[0].id, guide[-1].id) for guide in checklist.guides.values() if guide]
    spans = [first if first == last else f"{first} – {last}" for first, last in ends]
    known = joined([same(each) for each in (alike or spans)])
    raise UnknownQuestion(_NO_QUESTION.format(question=typed.strip(), known=known))


def asked(checklist: Checklist, question_id: str, written: str) -> Text:
    """Return a question in both languages where it is one of a guide, else as it was written down."""
    found = checklist.questions.get(question_id)
    return same(written) if found is None else found[1].ask


def guides_in(
    checklist: Checklist, departments: Iterable[str], answered: Iterable[str] = ()
) -> Mapping[str, tuple[Question, ...]]:
    """Return the guides of an audit: what concerns its departments, by role; roles without a question are left out.

    A question concerns the departments of the items and KPIs it supports; one that supports none concerns the whole
    house and is always asked.

    Args:
        checklist: the checklist.
        departments: ids of those in scope; empty: all of them.
        answered: ids of questions that somebody has answered: they stay, whatever they concern.
    """
    scope, kept = set(departments), set(answered)
    if not scope:
        return checklist.guides

    def asked_here(question: Question) -> bool:
        of_items = {checklist.place_of[item][0].id for item in question.items if item in checklist.place_of}
        concerned = of_items | {checklist.kpis[kpi].department for kpi in question.kpis if kpi in checklist.kpis}
        return not concerned or bool(concerned & scope) or question.id in kept

    found = {role: tuple(filter(asked_here, guide)) for role, guide in checklist.guides.items()}
    return {role: guide for role, guide in found.items() if guide}

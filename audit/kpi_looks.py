"""Answers that somebody typed although a KPI gives another one: it may have been recorded later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.answers import LACKS, STATE_NAMES
from audit.kpi import bound_kpi, computed_answers
from audit.matters import Concern, Matter, Place
from checklists.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.state import Answer, AuditState
    from audit.summary import AuditSummary

_DIFFERS = Text(
    "{id} 记为“{typed}”，而指标 {kpi} 现为“{computed}”：{statement}",
    '{id} says "{typed}", KPI {kpi} gives "{computed}" now: {statement}',
)


def against_kpis(summary: AuditSummary, state: AuditState) -> Iterator[Matter]:
    """Yield items whose typed answer, a missing one among them, is not what their KPI gives as it stands now.

    An item that the dealership does not have from the start is nobody's decision and is left out.
    """
    computed = computed_answers(summary.checklist, state)
    for score in summary.scorecard.items:
        item, typed = score.item, score.answer
        given = computed.get(item.id)
        if given is None or not typed.entry or typed.reason.startswith(LACKS):
            continue
        if (given.state, given.value) != (typed.state, typed.value):
            facts = {"typed": _words(typed), "computed": _words(given), "statement": item.statement}
            text = _DIFFERS.format(id=item.id, kpi=bound_kpi(summary.checklist, item) or "", **facts)
            yield Matter(Concern.KPI, text, Place(item=item.id))


def _words(answer: Answer) -> Text:
    return same(answer.value) if answer.value else STATE_NAMES[answer.state]

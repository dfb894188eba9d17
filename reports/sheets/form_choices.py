"""What can be picked in a form, and what each answer means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.answers import CAUSES, STATE_NAMES
from audit.state import ItemState
from checklists.rules import Levels, Sample, YesNo
from checklists.text import Text, same
from reports.booklet.critical_words import CRITICAL, critical_item
from reports.booklet.rule_words import scoring_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checklists.model import BonusItem, Checklist, Item
    from checklists.text import Lang

YES_NO = (Text("否", "no"), Text("是", "yes"))
_ANCHOR = Text("{level}　{anchor}", "{level}  {anchor}")
_MARKS = (same("×"), same("√"))
_HOW = Text("如何评分：{how}", "Scoring: {how}")
_FAULT = Text("{name}：{id}=次数@地点", "{name}: {id}=count@place")
_CRITICAL = Text("{mark}：{when}", "{mark}: {when}")
_STATES = (ItemState.NOT_APPLICABLE, ItemState.NO_CASE, ItemState.NO_DATA, ItemState.NOT_ASSESSED)
_MOST_COUNTED = 12
"""Samples of more records are typed, not picked."""
_MOST_LEVELS = 18


def answers_of(checklist: Checklist, item: Item | BonusItem, lang: Lang) -> list[str]:
    """Return what can be picked as an answer: the rule's own, then the states without one."""
    rule = item.rule
    found: list[str] = []
    if isinstance(rule, YesNo):
        found = [word.of(lang) for word in reversed(YES_NO)]
    elif isinstance(rule, Levels) and rule.top < _MOST_LEVELS:
        found = [str(level) for level in range(rule.top, -1, -1)]
    elif isinstance(rule, Sample):
        size = checklist.sample_size(item)  # type: ignore[arg-type]
        found = [f"{n}/{size}" for n in range(size, -1, -1)] if isinstance(size, int) and size <= _MOST_COUNTED else []
    elif not hasattr(rule, "scale"):
        found = ["0"]
    return found + [STATE_NAMES[state].of(lang) for state in _STATES]


def meaning_of(checklist: Checklist, item: Item | BonusItem) -> Iterator[Text]:
    """Say what each answer means, how it is scored, and when the item fails beyond its points."""
    from checklists.model import Item as ItemModel

    if not isinstance(item, ItemModel):
        return
    rule = item.rule
    levels: tuple[Text, ...] = YES_NO if isinstance(rule, YesNo) else _MARKS
    if isinstance(rule, Levels):
        levels = tuple(same(str(level)) for level in range(rule.top + 1))
    for level, anchor in zip(levels, item.anchors, strict=False):
        yield _ANCHOR.format(level=level, anchor=anchor)
    for fault in getattr(rule, "faults", ()):
        yield _FAULT.format(name=fault.name, id=fault.id)
    yield _HOW.format(how=scoring_words(checklist, item))
    critical = critical_item(item)
    if critical is not None:
        yield _CRITICAL.format(mark=CRITICAL, when=critical)


def reasons_of(item: Item | BonusItem, lang: Lang) -> list[str]:
    """Return what can be picked as a reason: the usual causes, then why nothing could be shown."""
    causes = [cause.of(lang) for cause in getattr(item, "causes", ())]
    return causes + [cause.of(lang) for cause in CAUSES.values()]

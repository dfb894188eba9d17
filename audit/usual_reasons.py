"""Reasons that are picked and not typed: the usual ones of an item or a state, in both languages.

A reason is recorded as it was picked, in the language spoken then.  Where it is shown, what fits a usual reason in
either language is said in the reader's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.state import ItemState
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checklists.model import BonusItem, Item

BETWEEN = Text("；", "; ")
"""Stands between several reasons."""
_BETWEEN = re.compile("；|; ")

USUAL: dict[ItemState, tuple[Text, ...]] = {
    ItemState.NOT_APPLICABLE: (
        Text("本店没有这项业务", "The dealership does not do this"),
        Text("本店没有这种设备或场地", "The dealership has no such equipment or room"),
        Text("厂家对本店不作要求", "The brand does not ask it of this dealership"),
    ),
    ItemState.NO_CASE: (
        Text("查了近三个月记录，没有发生", "Searched the records of three months: none"),
        Text("查了系统，没有发生", "Searched the system: none"),
        Text("问了负责人，没有发生", "Asked the person in charge: none"),
        Text("在场期间没有遇到", "Did not come up while on site"),
    ),
    ItemState.NOT_ASSESSED: (
        Text("时间不够", "No time left"),
        Text("负责人不在", "The person in charge was away"),
        Text("场所当时进不去", "The place could not be entered"),
        Text("系统当时不能用", "The system was down"),
    ),
}
"""Why there is no answer."""
OVERRIDES: tuple[Text, ...] = (
    Text("现场核对与上报数据不符", "What was checked on site contradicts the figures reported"),
    Text("上报口径与指标定义不符", "The figures reported are counted otherwise than the KPI is defined"),
    Text("本期数据不正常（搬迁、换系统等）", "The period was out of the ordinary (a move, a change of system)"),
)
"""Why another answer stands than the one that an item's KPI gives."""


def usual_of(state: ItemState, item: Item | BonusItem) -> tuple[Text, ...]:
    """Return what is offered for an item in a state, in the order of its digits."""
    if state is ItemState.ANSWERED:
        return (*getattr(item, "causes", ()), *OVERRIDES)
    own = getattr(item, "not_applicable", None) if state is ItemState.NOT_APPLICABLE else None
    return (*([own] if own is not None else ()), *USUAL.get(state, ()))


def in_both(recorded: str, usual: Iterable[Text]) -> Text:
    """Return a reason in both languages, as far as it consists of usual ones; the rest stays as it was typed."""
    known = {name: text for text in usual for name in (text.zh, text.en)}
    parts = [known.get(part.strip(), same(part)) for part in _BETWEEN.split(recorded)]
    if recorded in known:  # one that has such a stroke in itself
        return known[recorded]
    if all(text.zh == text.en for text in parts):
        return same(recorded)
    return joined(parts, zh=BETWEEN.zh, en=BETWEEN.en)

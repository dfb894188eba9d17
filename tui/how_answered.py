"""How an item is answered, in a few words: what one may type for its new answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from checklists.model import BonusItem, Item

_HOW: dict[str, Text] = {
    "yes_no": Text("y 或 n", "y or n"),
    "levels": Text("等级 0–{top}", "level 0–{top}"),
    "sample": Text("符合/检查，如 8/10", "conforming/checked, e.g. 8/10"),
    "measure": Text("数值（{unit}）", "value ({unit})"),
    "deduct": Text("0，或缺陷=次数：{faults}", "0, or fault=count: {faults}"),
    "bonus": Text("0，或事项=次数：{faults}", "0, or merit=count: {faults}"),
}
_STATES = Text("也可填 NA 不适用、NC 本期未发生、ND 无法提供", "also NA not applicable, NC no case, ND no data")


def how_answered(item: Item | BonusItem) -> Text:
    """Return what may be typed as an item's answer."""
    return joined([_by_rule(item), _STATES], zh="；", en="; ")


def _by_rule(item: Item | BonusItem) -> Text:
    rule = item.rule
    how = _HOW[rule.kind]
    if rule.kind == "levels":
        return how.format(top=rule.top)
    if rule.kind == "measure":
        return how.format(unit=rule.unit)
    if rule.kind in {"deduct", "bonus"}:
        counted = rule.merits if rule.kind == "bonus" else rule.faults
        return how.format(faults=joined([joined([same(one.id), one.name], zh=" ", en=" ") for one in counted]))
    return how

"""How an item is answered, in a few words: what one may type for its new answer."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from checklists.reading import UnreadableAnswer, folded, half_width, shown
from checklists.text import Text, joined

if TYPE_CHECKING:
    from checklists.model import BonusItem, Item
    from checklists.rules import Fault

_HOW: dict[str, Text] = {
    "yes_no": Text("y 或 n", "y or n"),
    "levels": Text("等级 0–{top}", "level 0–{top}"),
    "sample": Text("符合/检查，如 8/10", "conforming/checked, e.g. 8/10"),
    "measure": Text("数值（{unit}）", "value ({unit})"),
    "deduct": Text(
        "没有 0；有则按编号，每处一次，如 1 1 2，或 1=2@地点：{faults}",
        "none 0; else a number for each fault found, as in 1 1 2, or 1=2@place: {faults}",
    ),
    "bonus": Text(
        "没有 0；有则按编号，每次一个，如 1 1 2，或 1=2：{faults}",
        "none 0; else a number for each, as in 1 1 2, or 1=2: {faults}",
    ),
}
_STATES = Text("也可填 NA 不适用、NC 本期未发生、ND 无法提供", "also NA not applicable, NC no case, ND no data")


_NUMBERED = Text("{number} {name}", "{number} {name}")
_MISREAD = Text(
    "“{typed}”无法识别：请按上面的编号输入，没有则输入 0",
    '"{typed}" cannot be read: type the numbers above, 0 for none',
)
_NUMBERS = re.compile(r"[1-9](?:[\s,;、；，]*[1-9])*")
_COUNTED = re.compile(r"(^|[\s,;、；，])([1-9])(\s*=)")


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
        numbered = [_NUMBERED.format(number=n, name=one.name) for n, one in enumerate(faults_of(item), start=1)]
        return how.format(faults=joined(numbered, zh="；", en="; "))
    return how


def by_number(item: Item | BonusItem, typed: str) -> str:
    """Return what was typed with the numbers of what is counted, as on the Score page, made names for its rule.

    Anything else stays as it was typed: the rule reads it, or says what is wrong with it.
    """
    counted, words = faults_of(item), half_width(typed).strip()
    if any(folded(words) in {folded(one.name.zh), folded(one.name.en)} for one in counted):
        return f"{words}=1"
    pressed = Counter(int(digit) for digit in words if digit.isdigit()) if _NUMBERS.fullmatch(words) else Counter[int]()
    if pressed and max(pressed) <= len(counted) and all(counted[n - 1].scale is None for n in pressed):
        return " ".join(f"{counted[n - 1].id}={count}" for n, count in sorted(pressed.items()))

    def named(found: re.Match[str]) -> str:
        number = int(found[2])
        return f"{found[1]}{counted[number - 1].id}{found[3]}" if number <= len(counted) else found[0]

    return _COUNTED.sub(named, words) if counted else typed


def misread(item: Item | BonusItem, typed: str) -> Text | None:
    """Return in a few words that counted faults cannot be read, where their names stand above; None for all else."""
    try:
        item.rule.read(by_number(item, typed))
    except UnreadableAnswer:
        from audit.answers import is_no_data

        return _MISREAD.format(typed=shown(typed)) if faults_of(item) and not is_no_data(typed) else None
    return None


def faults_of(item: Item | BonusItem) -> tuple[Fault, ...]:
    """Return what is counted for an item, in the order of its numbers; none where nothing is counted."""
    rule = item.rule
    if rule.kind == "deduct":
        return rule.faults
    return rule.merits if rule.kind == "bonus" else ()

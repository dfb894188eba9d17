"""The Score page for fingers: what can be touched for the item in view, so that no keyboard is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, same
from tui.how_answered import faults_of
from tui.screens import score_asks as asks
from tui.screens.score_answer_text import is_drawn, observations_of
from tui.widgets.touch import BACK, ENTER, PAGES, Touch, digits, numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.screens.score_text import View
    from tui.widgets.ask import Ask

_YES, _NO = Touch("y", Text("是", "Yes")), Touch("n", Text("否", "No"))
_TYPE, _RECORDS = Touch("v", Text("输入", "Type")), Touch("r", Text("抽样记录表", "Record sheet"))
_NONE, _LESS = Touch("tally(0)", Text("0 没有", "0 none")), Touch("tally(-1)", Text("减一处", "One less"))
_LEAVE = Touch("escape", Text("离开，记下已写的", "Leave, save what is written"))
_NOT_NOW = Touch("escape", Text("先放着", "Not now"))
_FURTHER = [
    Touch("x", Text("不适用", "N/A")),
    Touch("c", Text("未发生", "No case")),
    Touch("d", Text("无法提供", "No data")),
    Touch("s", Text("未评估", "Not ass.")),
    Touch("z", Text("撤销", "Undo")),
    Touch("tab", Text("下一项", "Next")),
    Touch("enter", Text("更多", "More")),
    PAGES,
]
_WHILE_COUNTING = frozenset({"tab", PAGES.key})
"""What of these works while it is asked where a fault was found: letters belong to the line then."""


def touch_rows(view: View, ask: Ask | None, *, collected: bool, counting: bool) -> Sequence[Sequence[Touch]]:
    """Return the rows of targets.

    Args:
        view: the item.
        ask: what is being asked; None while nothing is.
        collected: whether levels were pressed that wait for Enter.
        counting: whether the item's faults are being counted, which Enter ends.
    """
    if ask is not None and ask.purpose != asks.PLACE:
        pad = [*digits("./-"), BACK] if ask.purpose in {asks.VALUE, asks.AMOUNT} else []
        return numbered(ask.options), pad, [ENTER, _LEAVE if ask.purpose == asks.REASON else _NOT_NOW]
    answers = _faults(view) if ask is not None else _answers(view)
    if answers[:1] == [_NONE]:
        return _fault_rows(answers, asked=ask is not None, counting=counting)
    if collected or counting:
        answers = [*answers, *([BACK] if collected else []), ENTER]
    return answers, _FURTHER


def _answers(view: View) -> list[Touch]:
    conflict = view.seen.state.conflicts.get(f"item:{view.item.id}", ())
    if conflict:
        return numbered([same(entry.person) for entry in conflict])
    if is_drawn(view):
        return [_RECORDS]
    rule = view.item.rule
    if rule.kind == "yes_no":
        return [_YES, _NO]
    if rule.kind == "levels" and rule.top <= 9 and observations_of(view) >= 1:
        return [Touch(f"{n}", same(f"{n}")) for n in range(rule.top + 1)]  # as the anchors stand
    if rule.kind in {"deduct", "bonus"}:
        return _faults(view)
    return [_TYPE, _RECORDS] if getattr(view.item, "set", None) else [_TYPE]


def _faults(view: View) -> list[Touch]:
    named = numbered([fault.name for fault in faults_of(view.item)])
    return [_NONE, *(Touch(f"tally({each.key})", each.label) for each in named), _LESS]


def _fault_rows(faults: list[Touch], *, asked: bool, counting: bool) -> Sequence[Sequence[Touch]]:
    """Return the same targets in the same places before and while faults are counted: a finger touches them again."""
    enter = ENTER if asked or counting else ENTER._replace(key="")
    return [*faults, enter], [
        each._replace(key="") if asked and each.key not in _WHILE_COUNTING else each for each in _FURTHER
    ]

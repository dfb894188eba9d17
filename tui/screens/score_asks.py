"""What the Score page asks below an item: the question, its usual answers, and what stands in the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text
from tui.widgets.ask import Ask

if TYPE_CHECKING:
    from checklists.model import BonusItem, Item
    from checklists.rules import Fault

REASON, VALUE, OVERRIDE, PLACE, AMOUNT, NOTE, STATE = "reason", "value", "override", "place", "amount", "note", "state:"
"""What is asked for; a state without an answer follows its prefix."""
BOX = "score/"
"""Begins the names of the page's boxes, as drafts know them."""

_ASKED: dict[str, Text] = {
    "not_applicable": Text("不适用：为什么？{how}", "Not applicable: why? {how}"),
    "no_case": Text("未发生：查找了什么？{how}", "No case: what was searched? {how}"),
    "no_data": Text("无法提供：原因？{how}", "No data: the cause? {how}"),
    "not_assessed": Text("未评估：为什么？{how}", "Not assessed: why? {how}"),
}
_DIGIT = Text("按数字即记录", "A digit records it")
_OWN_WORDS = Text("或输入文字，回车记录（数字开头先按空格）", "or words, then Enter (blank before a digit)")
HOW: dict[str, Text] = {
    "yes_no": Text("按 y 或 n", "press y or n"),
    "levels": Text("按等级数字", "press the level's digit"),
    "sample": Text("输入 符合/检查", "type conforming/checked"),
    "measure": Text("输入数值", "type the value"),
    "deduct": Text("按缺陷编号，没有按 0", "press a fault's number, 0 for none"),
    "bonus": Text("按编号，没有按 0", "press its number, 0 for none"),
}
"""How an item of a kind is answered."""
_REASON_TITLE = Text("为什么失分？数字选原因，回车继续", "Points lost, why? Digits pick, Enter goes on")
_PICKED = Text("数字选，或直接输入；回车记录", "Digits pick, or type it; Enter records it")
_FREE = Text("或直接输入", "or type it")
_VALUE_TITLE: dict[str, Text] = {
    "measure": Text("数值（{unit}）", "Value ({unit})"),
    "plan": Text("实际/计划（{unit}）", "Actual/plan ({unit})"),
    "sample": Text("符合/检查", "Conforming/checked"),
    "levels": Text("等级", "Level"),
}
_OVERRIDE_TITLE = Text("由指标得出：为什么改为“{value}”？", 'A KPI answers this: why "{value}" instead?')
_PLACE_TITLE = Text(
    "{fault}：在哪里？（可空）数字、- 继续计数；地点以数字开头时先按空格",
    "{fault}: where? (may be empty) Digits and - go on counting; a blank first where the place begins with a digit",
)
_AMOUNT_TITLE = Text("{fault}：多少？（{unit}）", "{fault}: how much? ({unit})")
_NOTE_TITLE = Text("备注（不影响得分）", "Note (changes no points)")


def reason_ask(item: Item, text: str) -> Ask:
    """Ask why points are lost; the reason that stands is in the line."""
    return Ask(REASON, _REASON_TITLE, item.causes, several=True, text=text, hint=_FREE)


def state_ask(state: str, item: Item | BonusItem) -> Ask:
    """Ask why there is no answer: a digit records it at once, words of one's own with Enter."""
    from audit.state import ItemState
    from audit.usual_reasons import usual_of

    asked = _ASKED[state].format(how=_DIGIT)
    if state == "no_data":
        from audit.answers import CAUSES

        return Ask(STATE + state, asked, tuple(CAUSES.values()), typed=False)
    return Ask(STATE + state, asked, usual_of(ItemState(state), item), hint=_OWN_WORDS)


def value_ask(item: Item | BonusItem, text: str) -> Ask:
    """Ask for what cannot be pressed: a figure, a sample, a level of two digits."""
    rule = item.rule
    if rule.kind == "measure":
        title = _VALUE_TITLE["plan" if rule.of_plan else "measure"].format(unit=rule.unit)
    else:
        title = _VALUE_TITLE["sample" if rule.kind == "sample" else "levels"]
    return Ask(VALUE, title, text=text)


def override_ask(value: str) -> Ask:
    """Ask why a KPI's answer is not taken."""
    from audit.usual_reasons import OVERRIDES

    return Ask(OVERRIDE, _OVERRIDE_TITLE.format(value=value), OVERRIDES, several=True, hint=_PICKED)


def place_ask(fault: Fault) -> Ask:
    """Ask where a fault was found."""
    return Ask(PLACE, _PLACE_TITLE.format(fault=fault.name), counts=True)


def amount_ask(fault: Fault) -> Ask:
    """Ask how much of a measured fault there is."""
    return Ask(AMOUNT, _AMOUNT_TITLE.format(fault=fault.name, unit=fault.unit or ""))


def note_ask(text: str) -> Ask:
    """Ask for a remark."""
    return Ask(NOTE, _NOTE_TITLE, text=text)

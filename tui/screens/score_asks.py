"""What the Score page asks below an item: the question, its usual answers, and what stands in the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text
from tui.widgets.ask_box import Ask

if TYPE_CHECKING:
    from checklists.model import BonusItem, Item
    from checklists.rules import Fault

REASON, VALUE, OVERRIDE, PLACE, AMOUNT, NOTE, STATE = "reason", "value", "override", "place", "amount", "note", "state:"
"""What is asked for; a state without an answer follows its prefix."""
STATE_WORDS = {"not_applicable": "NA", "no_case": "NC", "no_data": "ND", "not_assessed": "UN"}
"""States without an answer, and how the engine reads them when typed."""

_ASKED: dict[str, Text] = {
    "not_applicable": Text("不适用：为什么？", "Not applicable: why?"),
    "no_case": Text("本期未发生：查找了什么？", "No case: what was searched?"),
    "no_data": Text("无法提供：原因？", "No data: what is the cause?"),
    "not_assessed": Text("未评估：为什么？", "Not assessed: why?"),
}
_USUAL: dict[str, tuple[Text, ...]] = {
    "not_applicable": (
        Text("本店没有这项业务", "The dealership does not do this"),
        Text("本店没有这种设备或场地", "The dealership has no such equipment or room"),
        Text("厂家对本店不作要求", "The brand does not ask it of this dealership"),
    ),
    "no_case": (
        Text("查了近三个月记录，没有发生", "Searched the records of three months: none"),
        Text("查了系统，没有发生", "Searched the system: none"),
        Text("问了负责人，没有发生", "Asked the person in charge: none"),
        Text("在场期间没有遇到", "Did not come up while on site"),
    ),
    "not_assessed": (
        Text("时间不够", "No time left"),
        Text("负责人不在", "The person in charge was away"),
        Text("场所当时进不去", "The place could not be entered"),
        Text("系统当时不能用", "The system was down"),
    ),
}
_REASON_TITLE = Text("为什么失分？数字选原因，回车继续", "Points lost, why? Digits pick, Enter goes on")
_FREE = Text("或直接输入", "or type it")
_VALUE_TITLE: dict[str, Text] = {
    "measure": Text("数值（{unit}）", "Value ({unit})"),
    "plan": Text("实际/计划（{unit}）", "Actual/plan ({unit})"),
    "sample": Text("符合/检查", "Conforming/checked"),
    "levels": Text("等级", "Level"),
}
_OVERRIDE_TITLE = Text("由指标得出：为什么改为“{value}”？", 'A KPI answers this: why "{value}" instead?')
_NEEDED = Text("必填", "needed")
_PLACE_TITLE = Text("{fault}：在哪里？（可空）", "{fault}: where? (may be empty)")
_AMOUNT_TITLE = Text("{fault}：多少？（{unit}）", "{fault}: how much? ({unit})")
_NOTE_TITLE = Text("备注（不影响得分）", "Note (changes no points)")


def reason_ask(item: Item, text: str) -> Ask:
    """Ask why points are lost; the reason that stands is in the line."""
    return Ask(REASON, _REASON_TITLE, item.causes, several=True, text=text, hint=_FREE)


def state_ask(state: str, item: Item | BonusItem) -> Ask:
    """Ask why there is no answer."""
    if state == "no_data":
        from audit.answers import CAUSES

        return Ask(STATE + state, _ASKED[state], tuple(CAUSES.values()), typed=False)
    own = getattr(item, "not_applicable", None) if state == "not_applicable" else None
    options = (*([own] if own is not None else ()), *_USUAL[state])
    return Ask(STATE + state, _ASKED[state], options, hint=_FREE)


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
    return Ask(OVERRIDE, _OVERRIDE_TITLE.format(value=value), hint=_NEEDED)


def place_ask(fault: Fault) -> Ask:
    """Ask where a fault was found."""
    return Ask(PLACE, _PLACE_TITLE.format(fault=fault.name))


def amount_ask(fault: Fault) -> Ask:
    """Ask how much of a measured fault there is."""
    return Ask(AMOUNT, _AMOUNT_TITLE.format(fault=fault.name, unit=fault.unit or ""))


def note_ask(text: str) -> Ask:
    """Ask for a remark."""
    return Ask(NOTE, _NOTE_TITLE, text=text)

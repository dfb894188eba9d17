"""Reading a typed answer: by the item's rule, or as one of the states in which an item is not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.journal import BadEntry
from audit.state import Answer, ItemState
from audit.usual_reasons import in_both, usual_of
from checklists.points import plain
from checklists.reading import UnreadableAnswer, folded, shown
from checklists.rules import Bonus, Deduct, YesNo
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checklists.model import BonusItem, Checklist, Facility, Item, NoDataCause
    from checklists.rules import Count, Fault

STATE_NAMES: dict[ItemState, Text] = {
    ItemState.OPEN: Text("未评", "open"),
    ItemState.ANSWERED: Text("已评", "answered"),
    ItemState.NOT_APPLICABLE: Text("不适用", "not applicable"),
    ItemState.NO_CASE: Text("本期未发生", "no case"),
    ItemState.NO_DATA: Text("无法提供", "no data"),
    ItemState.NOT_ASSESSED: Text("未评估", "not assessed"),
}

CAUSES: dict[NoDataCause, Text] = {
    "not-kept": Text("未做记录", "not kept"),
    "not-shown": Text("未出示", "not shown"),
    "system-cannot": Text("系统无此功能", "the system cannot"),
    "brand-withholds": Text("厂家不提供", "the brand withholds it"),
}
"""Why the dealership could not show something."""

NOTHING_COUNTED = {"deduct": Text("无缺陷", "none"), "bonus": Text("没有", "none")}
"""Answers of what is counted, where nothing was."""

_WORDS: dict[ItemState, frozenset[str]] = {
    ItemState.NOT_APPLICABLE: frozenset({"na", "n/a", "不适用", "not applicable"}),
    ItemState.NO_CASE: frozenset({"nc", "无案例", "本期未发生", "未发生", "no case"}),
    ItemState.NO_DATA: frozenset({"nd", "无法提供", "无数据", "no data"}),
    ItemState.NOT_ASSESSED: frozenset({"un", "未评估", "not assessed"}),
}

TYPED = {
    ItemState.NOT_APPLICABLE: "NA",
    ItemState.NO_CASE: "NC",
    ItemState.NO_DATA: "ND",
    ItemState.NOT_ASSESSED: "UN",
}
"""What is typed for a state without an answer."""

YES_NO = {"y": Text("是", "yes"), "n": Text("否", "no")}
_NEEDS_REASON: dict[ItemState, Text] = {
    ItemState.NOT_APPLICABLE: Text("不适用必须写明原因", "Not applicable needs its reason"),
    ItemState.NO_CASE: Text("本期未发生必须写明查找了什么", "No case needs what was searched"),
    ItemState.NO_DATA: Text("无法提供必须写明原因", "No data needs its cause"),
    ItemState.NOT_ASSESSED: Text("未评估必须写明原因", "Not assessed needs its cause"),
}

LACKS = "lacks:"
"""Begins the reason of an item that is not applicable from the start, followed by what the dealership has not."""

FACILITIES: dict[Facility, Text] = {
    "body-shop": Text("本店无钣喷车间", "The dealership has no body shop"),
    "ev": Text("本店不承接新能源车维修", "The dealership does not repair electric vehicles"),
    "express-lane": Text("本店无快保工位", "The dealership has no express lane"),
    "earlier-audit": Text("首次评估，没有上次评估的问题", "First audit: there are no earlier findings"),
}
"""What an item may require, and the reason it is not applicable without it."""

LONGEST_TEXT = 40_000
"""Characters a value, a reason or a note may have."""


def read_answer(item: Item | BonusItem, typed: str, reason: str = "", note: str = "") -> Answer:
    """Read what was typed for an item.

    Args:
        item: the item.
        typed: an answer of its rule, or NA, NC, ND, UN (or the Chinese words) for a state without one.
        reason: why points are lost, or the reason, search or cause that such a state needs.
        note: a remark that goes with it; only its length is checked.

    Raises:
        UnreadableAnswer: when the rule cannot read it, or a reason is missing; the text names the item.
    """
    reason = reason.strip()
    for text in (typed, reason, note):
        _check_length(item.id, text)
    word = folded(typed)
    try:
        for state, words in _WORDS.items():
            if word in words:
                return Answer(state, reason=_reason_of(state, reason))
        return Answer(ItemState.ANSWERED, item.rule.read(typed), reason)
    except UnreadableAnswer as error:
        raise UnreadableAnswer(Text("{id}：{text}", "{id}: {text}").format(id=item.id, text=error.text)) from error


def state_words(state: ItemState) -> tuple[str, ...]:
    """Return the words that are read as a state without an answer, in small letters; none for the other states."""
    return tuple(sorted(_WORDS.get(state, ())))


def is_no_data(typed: str) -> bool:
    """Say whether what was typed is that something cannot be shown, which needs one of the known causes."""
    return folded(typed) in _WORDS[ItemState.NO_DATA]


def check_answers(checklist: Checklist, answers: Mapping[str, Answer]) -> None:
    """Make sure that every recorded answer is one its item's rule could have read.

    Raises:
        BadEntry: for the first that is not; only a damaged or forged entry can say such a thing.
    """
    for item_id, answer in answers.items():
        item = checklist.asked.get(item_id)
        if answer.state is not ItemState.ANSWERED:
            continue
        try:
            sound = item is not None and item.rule.read(answer.value) == answer.value
        except UnreadableAnswer:
            sound = False
        if not sound:
            raise BadEntry(
                Text("{item} 的评分记录 {entry} 不成立", "Entry {entry}: no possible answer to {item}").format(
                    item=item_id, entry=answer.entry[:12]
                )
            )


def typed_of(answer: Answer) -> str:
    """Return what is typed to give an answer once more; empty while there is none."""
    return answer.value or TYPED.get(answer.state, "")


def value_words(item: Item | BonusItem | None, value: str) -> Text:
    """Return the value of an answer as people read it: what was counted by its names, anything else as recorded.

    Args:
        item: what it answers; None where that is not known any more.
        value: the value in its canonical form.
    """
    if item is not None and isinstance(item.rule, YesNo):
        return YES_NO.get(value, same(value))
    if item is None or not isinstance(item.rule, Deduct | Bonus):
        return same(value)
    counted = item.rule.faults if isinstance(item.rule, Deduct) else item.rule.merits
    known = {one.id: one for one in counted}
    told = [_count_words(known[count.id], count) for count in item.rule.counts(value) if count.id in known]
    return joined(told, "；", "; ") if told else NOTHING_COUNTED[item.rule.kind]


def _count_words(counted: Fault, count: Count) -> Text:
    amount: object = plain(count.amount)
    if counted.scale is None:
        amount = f"×{amount}"
    elif counted.unit is not None:
        amount = Text("{amount} {unit}", "{amount} {unit}").format(amount=amount, unit=counted.unit)
    place = Text("（{place}）", " ({place})").format(place=count.place) if count.place else same("")
    told = Text("{name} {amount}{place}", "{name} {amount}{place}")
    return told.format(name=counted.name, amount=amount, place=place)


def answer_words(answer: Answer, item: Item | BonusItem | None = None) -> Text:
    """Return an answer to an item in a few words: its value, or the state with its reason."""
    if answer.value:
        return value_words(item, answer.value)
    name, reason = STATE_NAMES[answer.state], reason_text(answer)
    return Text("{name}（{reason}）", "{name} ({reason})").format(name=name, reason=reason) if answer.reason else name


def reason_text(answer: Answer, item: Item | BonusItem | None = None) -> Text:
    """Return an answer's reason as it is shown: causes and missing facilities by their names.

    Args:
        answer: the answer.
        item: what it answers; its usual reasons are then said in both languages, whichever they were picked in.
    """
    if answer.told is not None:
        return answer.told
    if answer.state is ItemState.NO_DATA:
        named = {str(cause): name for cause, name in CAUSES.items()}
    elif answer.state is ItemState.NOT_APPLICABLE:
        named = {LACKS + facility: name for facility, name in FACILITIES.items()}
    else:
        named = {}
    if item is None or answer.reason in named:
        return named.get(answer.reason, same(answer.reason))
    return in_both(answer.reason, usual_of(answer.state, item))


def _reason_of(state: ItemState, reason: str) -> str:
    if not reason:
        text = _NEEDS_REASON[state]
        if state is ItemState.NO_DATA:
            text = Text("{need}：{causes}", "{need}: {causes}").format(need=text, causes=_known_causes())
        raise UnreadableAnswer(text)
    if state is not ItemState.NO_DATA:
        return reason
    for cause, name in CAUSES.items():
        if folded(reason) in {cause, folded(name.zh), folded(name.en)}:
            return cause
    raise UnreadableAnswer(
        Text("原因“{reason}”不在其中：{causes}", 'Cause "{reason}" is none of these: {causes}').format(
            reason=shown(reason), causes=_known_causes()
        )
    )


def _known_causes() -> Text:
    return joined([Text("{zh}（{id}）", "{id}").format(zh=name.zh, id=cause) for cause, name in CAUSES.items()])


def _check_length(item_id: str, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise UnreadableAnswer(
            Text(
                "{id}：文字有 {length} 个字符，最多 {most} 个",
                "{id}: the text has {length} characters, at most {most} are kept",
            ).format(id=item_id, length=len(text), most=LONGEST_TEXT)
        )

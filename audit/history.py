"""Who did what, when: the journal as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from audit.answers import STATE_NAMES, reason_text, value_words
from audit.closing import ACTION, OBJECTION, Consent, Decision
from audit.covered import is_covered
from audit.evidence import PREFIX as EVIDENCE
from audit.journal import TURNS
from audit.kpi_values import KPI, Recorded, recorded_text
from audit.plan import LETTER, told_field
from audit.records import CLOSE, DRAW, RECORD, close_text, draw_text, mark_text
from audit.state import ITEM, NO, NOTE, YES, Answer, ItemState
from checklists.model import Item
from checklists.text import Text, listed, same

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.journal import Data, Entry
    from audit.session import AuditSession
    from checklists.model import BonusItem, Checklist


class Standing(StrEnum):
    """What has become of an entry."""

    CURRENT = "current"
    REPLACED = "replaced"
    COVERED = "covered"
    UNDONE = "undone"
    CONFLICT = "conflict"
    LATE = "late"
    TAKEN_OVER = "taken_over"
    """It arrived late, and an amendment took it over."""


STANDING_NAMES: dict[Standing, Text] = {
    Standing.CURRENT: Text("有效", "current"),
    Standing.REPLACED: Text("已被替换", "replaced"),
    Standing.COVERED: Text("已改由抽样记录得出", "now read from records"),
    Standing.UNDONE: Text("已撤销", "undone"),
    Standing.CONFLICT: Text("冲突", "conflict"),
    Standing.LATE: Text("签字后到达", "late"),
    Standing.TAKEN_OVER: Text("已采纳", "taken over"),
}

KIND_NAMES: dict[str, Text] = {
    "created": Text("建立评估", "began"),
    "detail": Text("评估信息", "detail"),
    "preset": Text("预设", "preset"),
    "answer": Text("评分", "answer"),
    "note": Text("备注", "note"),
    "draw": Text("抽样", "draw"),
    "mark": Text("记录标记", "mark"),
    "close": Text("提前结束抽样", "closed short"),
    "kpi": Text("指标数据", "KPI"),
    "interview": Text("访谈", "interview"),
    "finding": Text("发现", "finding"),
    "evidence": Text("佐证", "evidence"),
    "flag": Text("标记", "flag"),
    "aside": Text("搁置", "put aside"),
    "action": Text("改进措施", "action"),
    "confirm": Text("跟进确认", "follow-up"),
    "undo": Text("撤销", "undo"),
    "redo": Text("重做", "redo"),
    "seal": Text("签字封存", "signed"),
    "objection": Text("异议", "objection"),
    "decision": Text("异议答复", "answer to objection"),
    "amendment": Text("修正", "amendment"),
    "final": Text("定稿", "final"),
    "scan": Text("签字扫描件", "signed scan"),
}


_FLAG_ON, _FLAG_OFF = Text("标记待复看", "flagged for later"), Text("取消标记", "flag taken away")
_ASIDE_ON, _ASIDE_OFF = Text("搁置评估", "put aside"), Text("恢复评估", "brought back")

_DECIDED: dict[str, Text] = {
    Decision.GRANTED: Text("成立：{answer}（{by}）", "granted: {answer} ({by})"),
    Decision.REJECTED: Text("不成立：{answer}（{by}）", "rejected: {answer} ({by})"),
    Decision.WITHDRAWN: Text("撤回 {answer}（{by}）", "withdrawn {answer} ({by})"),
}
_KEPT = Text("{what}（解决冲突时保留）", "{what} (kept when a conflict was settled)")
_SCAN_ON, _SCAN_OFF = Text("附上 {name}", "attached {name}"), Text("移除 {name}", "removed {name}")

_CONFIRMED = {YES: Text("已改善 {note}", "cured {note}"), NO: Text("未改善 {note}", "not cured {note}")}

_TOLD: dict[str, Callable[[Data], Text]] = {
    "draw": draw_text,
    "mark": mark_text,
    "close": close_text,
    "kpi": lambda data: recorded_text(Recorded.read(data)),
    "undo": lambda data: Text("撤销 {entry}", "undoes {entry}").format(entry=data["undoes"][:12]),
    "redo": lambda data: Text("重做（取消撤销 {entry}）", "redo, takes back {entry}").format(entry=data["redoes"][:12]),
    "objection": lambda data: Text("{by}：{text}", "{by}: {text}").format(by=data["by"], text=data["text"]),
    "decision": lambda data: _DECIDED[data["decision"]].format(answer=data["answer"], by=data["by"]),
    "final": lambda data: Text("{by} 定稿", "made final by {by}").format(by=data["by"]),
    "scan": lambda data: (_SCAN_OFF if "removed" in data else _SCAN_ON).format(name=data["name"]),
    "action": told_field,
    "confirm": lambda data: _CONFIRMED[data["value"]].format(note=data.get("note", "")),
    "flag": lambda data: _FLAG_ON if data["on"] == YES else _FLAG_OFF,
    "aside": lambda data: _ASIDE_ON if data["on"] == YES else _ASIDE_OFF,
}
"""Entries that their own modules tell."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry, as shown."""

    entry: Entry
    subject: str
    """The item, or the detail's name; empty for the audit as a whole."""
    what: Text
    standing: Standing


def history(session: AuditSession, item_id: str | None = None) -> list[Event]:
    """Return everything done to an audit, or to one item, parents before children."""
    wanted = session.item(item_id) if item_id else None
    journal, state = session.journal, session.state
    turns = [e for e in journal.entries if e.kind in TURNS and e.hash in journal.current(e.slot)]
    undone = {e.data[TURNS[e.kind]] for e in turns}
    late, taken = {e.hash for e in state.late}, state.closing.taken_over
    # Whether an amendment stands hangs on its objection too, not only on what was written over it.
    amended = {one.entry: one for each in state.amendments.values() for one in each}
    events = []
    for entry in journal.entries:
        subject = about(entry)
        if wanted is not None and not _concerns(entry, wanted):
            continue
        standing = Standing.REPLACED
        if entry.hash in late:
            standing = Standing.TAKEN_OVER if entry.hash in taken else Standing.LATE
        elif entry.hash in undone:
            standing = Standing.UNDONE
        elif entry.hash in amended and not amended[entry.hash].conflict:
            standing = Standing.CURRENT if amended[entry.hash].stands else Standing.REPLACED
        elif entry.hash in {e.hash for e in state.conflicts.get(entry.slot, ())}:
            standing = Standing.CONFLICT
        elif entry.hash in journal.current(entry.slot) or entry.hash in {e.hash for e in journal.values(entry.slot)}:
            standing = Standing.COVERED if is_covered(state, entry) else Standing.CURRENT
        events.append(Event(entry, subject, _what(entry, session.checklist), standing))
    return events


def told(entry: Entry, checklist: Checklist) -> Text:
    """Return what an entry says, answers in the checklist's words."""
    return _what(entry, checklist)


def about(entry: Entry) -> str:
    """Return what an entry is about: an item, a detail, an action's field, or the rest of its slot."""
    if entry.slot.startswith(ACTION):
        own_id, _, name = entry.slot.removeprefix(ACTION).partition("/")
        return f"{LETTER}{own_id.partition('-')[0]} {name.partition('-')[0]}"
    if entry.slot.startswith(OBJECTION):
        return str(entry.data.get("item", ""))
    if entry.slot.startswith(NOTE):
        return entry.slot.removeprefix(NOTE).partition("/")[0]
    if entry.slot.startswith(EVIDENCE):
        return entry.slot.rpartition("/")[2]
    return entry.slot.partition(":")[2]


def _concerns(entry: Entry, item: Item | BonusItem) -> bool:
    """Say whether an entry can change an item's answer: its own, those of its sample set, and its KPI's figures."""
    if about(entry) == item.id:
        return True
    if not isinstance(item, Item):
        return False
    if item.set is not None and entry.slot.startswith(RECORD):
        return bool(entry.data.get("set") == item.set and entry.data.get("item") in {item.id, ""})
    if item.set is not None and entry.slot in {DRAW + item.set, CLOSE + item.set}:
        return True
    return item.kpi is not None and entry.slot.startswith(f"{KPI}{item.kpi}/")


def _what(entry: Entry, checklist: Checklist) -> Text:
    what = _says(entry, checklist)
    return _KEPT.format(what=what) if "keeps" in entry.data else what


def _says(entry: Entry, checklist: Checklist) -> Text:
    data = entry.data
    if entry.kind == "seal":
        return _sealed(data)
    if entry.kind == "created":
        return same("{id} {version}".format(**data["checklist"]))
    if entry.kind == "evidence":
        removed, added = Text("移除佐证 {name}", "removed evidence {name}"), Text("佐证 {name}", "evidence {name}")
        return (removed if "removed" in data else added).format(name=data["name"])
    if entry.kind in _TOLD:
        return _TOLD[entry.kind](data)
    if entry.kind == "amendment":
        answer = _answered(entry, checklist, reason=data.get("reason") != data["why"])
        return Text("{answer}，原因：{why}", "{answer}, because: {why}").format(answer=answer, why=data["why"])
    return _answered(entry, checklist) if entry.slot.startswith(ITEM) else _plain_value(entry)


def _sealed(data: Data) -> Text:
    consent = Consent(data.get("consent", Consent.AGREED))
    text = Text("{auditor} 与 {dealer} 签字", "signed by {auditor} and {dealer}")
    if consent is Consent.REFUSED:
        text = Text(
            "{auditor} 签字，经销商拒绝签字（见证人 {witness}）",
            "signed by {auditor}; the dealership refused to sign (witness {witness})",
        )
    elif consent is Consent.RESERVATIONS:
        text = Text(
            "{auditor} 与 {dealer} 签字，保留意见：{said}",
            "signed by {auditor} and {dealer}, with reservations: {said}",
        )
    return text.format(
        auditor=listed(data["auditor"]),
        dealer=listed(data["dealer_representative"]),
        witness=listed(data.get("witness", "")),
        said=data.get("reservations", ""),
    )


def _answered(entry: Entry, checklist: Checklist, *, reason: bool = True) -> Text:
    data = entry.data
    answer = Answer(ItemState(data["state"]), data.get("value", ""), data.get("reason", ""))
    item = checklist.asked.get(about(entry))
    value = value_words(item, answer.value) if answer.value else STATE_NAMES[answer.state]
    if not answer.reason or not reason:
        return value
    return Text("{value}（{reason}）", "{value} ({reason})").format(value=value, reason=reason_text(answer))


def _plain_value(entry: Entry) -> Text:
    if entry.kind in {"interview", "finding"}:
        said = entry.data["question" if entry.kind == "interview" else "text"]
        return Text("{kind}：{said}", "{kind}: {said}").format(kind=KIND_NAMES[entry.kind], said=said)
    value = entry.data.get("text", entry.data.get("value", ""))
    if entry.slot == "detail:asked":
        return same(", ".join(value))
    if isinstance(value, dict):
        if "ref" in value:
            return same(value["ref"])
        if "zh" not in value:  # who takes which department
            return same(", ".join(f"{department}: {name}" for department, name in value.items()))
        return Text(value.get("zh", ""), value.get("en", ""))
    return same(", ".join(value) if isinstance(value, list) else str(value))

"""What the closing page asks for, field by field, and what it does with it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from checklists.text import Text, UserError, joined, same
from tui.closing_seen import stands_now, unless_changed
from tui.closing_told import objection_told
from tui.how_answered import how_answered
from tui.screens.asked import CHOICE, FILE, FIND, TEXT, Asked, WrongFields
from tui.screens.fields_dialog import FieldsDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from audit.journal import Entry
    from audit.objecting import Objection
    from audit.state import Answer
    from checklists.model import BonusItem, Item
    from tui.closing_view import Meeting
    from tui.desk import Desk

    Values = Mapping[str, str]

_OBJECT = Text("提出异议", "An objection")
_DECIDE = Text("答复异议 {number}  {item}", "Decide objection {number}  {item}")
_AMEND = Text("修正评分（不经异议）", "Amend an answer, without an objection")
_TAKE = Text("采纳迟到的评分  {item}", "Take over the late answer  {item}")
_FINAL = Text("定稿 {ref}", "Make {ref} final")
_ITEM, _BY, _TEXT = Text("检查项", "Item"), Text("异议人", "Who objects"), Text("异议内容", "What is said")
_FILE, _MORE = Text("补交文件", "Late evidence"), Text("再补一个", "One more")
_DECISION = Text("结论", "Decision")
_VALUE, _CAUSE = Text("新评分", "New answer"), Text("无法提供的原因", "Why no data")
_ANSWER, _DECIDER = Text("答复", "Reply"), Text("决定人", "Who decides")
_REASON, _FINALLY = Text("原因", "Reason"), Text("定稿人", "Who says so")
_FILE_HINT = Text("可以不填；Tab 补全文件名", "may stay empty; Tab completes the name")
_ANSWER_HINT = Text(
    "成立时即为修正的原因；撤回时可以不填", "where it is granted, this is the reason the amendment gives too"
)
_ME_HINT = Text("空着即为 {me}", "empty: {me}")
_NEED_ITEM = Text("请选择检查项", "Choose an item")
_NEED_BY, _NEED_TEXT = Text("请写明异议人", "Say who objects"), Text("请写明异议内容", "Say what is objected to")
_NEED_DECISION = Text("请选择结论", "Choose a decision")
_NEED_VALUE = Text("成立时须给出新评分", "A granted objection needs the new answer")
_NEED_NEW = Text("请填写新评分", "Type the new answer")
_NEED_ANSWER = Text("请写明答复", "Say what is answered")
_NEED_REASON = Text("请写明原因", "Say why")
_NEED_CAUSE = Text("请选择原因", "Choose why")
_FILES = ("file", "file2", "file3", "file4", "file5")
_MANY_HINT = Text("可以不填；更多的用命令行 audit object --file", "may stay empty; more of them: audit object --file")
_LOSES = Text("{id}  {statement}", "{id}  {statement}")
_DECISIONS = (
    ("", Text("待定", "undecided")),
    ("rejected", Text("不成立", "rejected")),
    ("granted", Text("成立", "granted")),
    ("withdrawn", Text("撤回", "withdrawn")),
)
_RUNS = Text(
    "注意：异议期到 {due} 才结束；定稿后不能再提异议",
    "Note: the period for objections runs until {due}; once final, nothing can be objected to",
)
_AFTER = Text(
    "定稿后评分、异议和修正都不能再改，只能再维护改进计划和附扫描件。",
    "Once final, answers, objections and amendments stay as they are; only the plan and scans go on.",
)
_TOTALS = Text("总分 {now} / {possible}", "Total {now} of {possible}")
_LATE_SAYS = Text("{person}：{what}", "{person}: {what}")
_BLAMES = {
    "UnreadableAnswer": "value",
    "FilesRefused": "file",
    "UnknownItem": "item",
    "NoReason": "reason",
    "SameAnswer": "value",
    "ChangedMeanwhile": "value",
}


def objecting(meeting: Meeting, desk: Desk) -> FieldsDialog:
    """Return what asks for an objection and records it."""
    other = meeting.signature.dealer_representative if meeting.signature is not None else ""

    async def record(values: Values) -> None:
        from audit.objecting import object_to
        from tui.widgets.path_input import as_path

        files = [path for name in _FILES if (path := as_path(values.get(name, ""))) is not None]
        item, by, text = values["item"], values["by"], values["text"]
        await desk.at(unless_changed(meeting, item, lambda session: object_to(session, item, by, text, files)))

    asked = [
        Asked("item", _ITEM, FIND, options=_items(meeting), needed=_NEED_ITEM),
        Asked("by", _BY, value=other, needed=_NEED_BY),
        Asked("text", _TEXT, TEXT, needed=_NEED_TEXT),
        Asked("file", _FILE, FILE, hint=_FILE_HINT),
        *(_one_more(before, name) for before, name in pairwise(_FILES)),
    ]
    return FieldsDialog(_OBJECT, asked, record, blames=_BLAMES)


def deciding(meeting: Meeting, objection: Objection, desk: Desk) -> FieldsDialog:
    """Return what asks for the decision on an objection and records it."""
    from audit.answers import typed_of
    from tui.how_answered import by_number, how_answered

    item = _asked(meeting, objection.item)

    async def record(values: Values) -> None:
        from audit.closing import Decision
        from audit.objecting import decide
        from audit.session import Typed

        made = Decision(values["decision"])
        if (made is not Decision.WITHDRAWN or anew) and not values["answer"]:
            raise WrongFields({"answer": _NEED_ANSWER})
        typed = None
        if made is Decision.GRANTED:
            typed = Typed(objection.item, by_number(item, values["value"]), values.get("cause", ""))
        answer, by = values["answer"], values["by"]
        await desk.at(
            unless_changed(
                meeting,
                objection.item,
                lambda session: decide(session, objection.id, made, answer, by, typed, again=anew),
            )
        )

    anew = objection.decision != "open"
    before = objection.decision if anew else ""
    amended = objection.amended
    asked = [
        Asked("decision", _DECISION, CHOICE, before, options=_DECISIONS, needed=_NEED_DECISION),
        Asked(
            "value",
            _VALUE,
            value=typed_of(amended) if amended is not None else "",
            hint=how_answered(item),
            needed=_NEED_VALUE,
            only=_is_granted,
            check=lambda values: _unreadable(item, values["value"]),
        ),
        _cause(lambda values: _is_granted(values) and _no_data(values), amended),
        Asked("answer", _ANSWER, TEXT, objection.answer, _ANSWER_HINT),
        Asked("by", _DECIDER, value=objection.decided_by, hint=_ME_HINT.format(me=meeting.me)),
    ]
    told = [joined([label, text], "", "") for label, text, _ in objection_told(meeting, objection)]
    title = _DECIDE.format(number=objection.id, item=objection.item)
    return FieldsDialog(
        title, asked, record, about=told, blames={**_BLAMES, "NothingSaid": "answer", "ChangedMeanwhile": ""}
    )


def amending(meeting: Meeting, item: str, desk: Desk) -> FieldsDialog:
    """Return what asks for an amendment and records it.

    Where somebody else was quicker, it shows the answer that stands by now, and only then takes another one.
    """
    shown = [meeting]

    async def record(values: Values) -> None:
        from audit.amending import amend
        from audit.session import Typed
        from audit.unchanged import ChangedMeanwhile
        from tui.closing_view import meeting_of
        from tui.how_answered import by_number

        value = by_number(_asked(meeting, values["item"]), values["value"])
        typed = Typed(values["item"], value, values.get("cause", ""))
        try:
            await desk.at(
                unless_changed(shown[0], values["item"], lambda session: amend(session, typed, values["reason"]))
            )
        except ChangedMeanwhile:
            shown[0] = await desk.at(meeting_of)
            raise

    def hint(values: Values) -> Text:
        if not values["item"]:
            return same("")
        now, how = stands_now(shown[0], values["item"]), how_answered(_asked(meeting, values["item"]))
        return joined([now, how], "\n", "\n")

    def check(values: Values) -> Text | None:
        return _unreadable(_asked(meeting, values["item"]), values["value"]) if values["item"] else None

    asked = [
        Asked("item", _ITEM, FIND, item, options=_items(meeting), needed=_NEED_ITEM),
        Asked("value", _VALUE, hint=hint, needed=_NEED_NEW, check=check),
        _cause(_no_data),
        Asked("reason", _REASON, TEXT, needed=_NEED_REASON),
    ]
    return FieldsDialog(_AMEND, asked, record, at="value" if item else "", blames=_BLAMES)


def taking_over(meeting: Meeting, entry: Entry, desk: Desk) -> FieldsDialog:
    """Return what asks why a late answer is taken over, and takes it over."""
    from audit.history import told

    item = entry.slot.partition(":")[2]
    title = _TAKE.format(item=item)

    async def record(values: Values) -> None:
        from audit.amending import take_over

        await desk.at(unless_changed(meeting, item, lambda session: take_over(session, entry.hash, values["reason"])))

    says = _LATE_SAYS.format(person=entry.person, what=told(entry, meeting.checklist))
    about = [says, stands_now(meeting, item)]
    return FieldsDialog(title, [Asked("reason", _REASON, TEXT, needed=_NEED_REASON)], record, about=about)


def finalizing(meeting: Meeting, ref: str, desk: Desk) -> FieldsDialog:
    """Return what asks once more before an audit becomes final, and makes it so."""
    from audit.clock import today
    from tui.words import points

    async def record(values: Values) -> None:
        from audit.finalizing import finalize

        await desk.at(unless_changed(meeting, "", lambda session: finalize(session, values["by"], before_due=runs)))

    about = [_TOTALS.format(now=points(meeting.total), possible=points(meeting.possible)), _AFTER]
    runs = meeting.due >= today()
    if runs:
        about.append(_RUNS.format(due=meeting.due))
    asked = [Asked("by", _FINALLY, hint=_ME_HINT.format(me=meeting.me))]
    return FieldsDialog(_FINAL.format(ref=ref), asked, record, about=about)


def _one_more(before: str, name: str) -> Asked:
    """Return the field of one more file, asked once the one before it is filled in."""
    hint = _MANY_HINT if name == _FILES[-1] else _FILE_HINT
    return Asked(name, _MORE, FILE, hint=hint, only=lambda values: bool(values[before]))


def _cause(only: Callable[[Values], bool], answer: Answer | None = None) -> Asked:
    from audit.answers import CAUSES

    options = (("", same("–")), *((str(cause), name) for cause, name in CAUSES.items()))
    known = answer.reason if answer is not None and answer.reason in dict(options) else ""
    return Asked("cause", _CAUSE, CHOICE, known, options=options, needed=_NEED_CAUSE, only=only)


def _items(meeting: Meeting) -> tuple[tuple[str, Text], ...]:
    """Return all items to choose from: the weak ones first, most points lost first."""
    rest = [own_id for own_id in meeting.checklist.items if own_id not in meeting.weak]
    bonus = [one.id for one in meeting.checklist.bonus]
    known = (*meeting.weak, *rest, *bonus)
    return tuple((own_id, _LOSES.format(id=own_id, statement=meeting.statement(own_id))) for own_id in known)


def _asked(meeting: Meeting, item_id: str) -> Item | BonusItem:
    found = meeting.item(item_id)
    if found is None:
        raise KeyError(item_id)
    return found


def _unreadable(item: Item | BonusItem, value: str) -> Text | None:
    """Return why an item's rule cannot read a new answer, whatever the reason will be."""
    from audit.amending import read_amended
    from tui.how_answered import by_number

    try:
        read_amended(item, by_number(item, value))
    except UserError as error:
        return error.text
    return None


def _is_granted(values: Values) -> bool:
    return values["decision"] == "granted"


def _no_data(values: Values) -> bool:
    from audit.answers import is_no_data

    return is_no_data(values["value"])

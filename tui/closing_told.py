"""What is told of one line of the closing meeting, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, same
from tui import closing_view as view

if TYPE_CHECKING:
    from audit.objecting import Objection
    from audit.state import Amendment, Answer, Signature
    from tui.closing_view import Meeting, Paragraph

_HEAD = Text("{number}  {item}  {state}", "{number}  {item}  {state}")
_NOTHING = same("")
_STANDARD, _ANSWER = Text("标准  ", "Standard  "), Text("原评分  ", "Answer then  ")
_POINTS_THEN = Text("原得分  ", "Points then  ")
_NEW, _POINTS = Text("新评分  ", "New answer  "), Text("得分  ", "Points  ")
_SAID, _FILES, _REPLY = Text("异议  ", "Objection  "), Text("补交  ", "Handed in  "), Text("答复  ", "Reply  ")
_EARLIER = Text("此前  ", "Earlier  ")
_SAID_BEFORE = Text("{decision}：{answer}（{by}）", "{decision}: {answer} ({by})")
_SETTLED = Text("解决冲突时由 {person} 保留", "kept by {person} when a conflict was settled")
_WHY, _WHO = Text("原因  ", "Because  "), Text("经办  ", "By  ")
_OF = Text("{by}  {time}（记录：{person}）", "{by}  {time} (written by {person})")
_BY = Text("{by}  {time}", "{by}  {time}")
_LATE = Text("逾期提出，异议期到 {due}", "raised late: the period ended on {due}")
_DECIDE = Text("回车答复", "Enter decides it")
_FOR = Text("因异议 {number}", "for objection {number}")
_REPLACED, _APART = Text("已被替换", "replaced"), Text("与另一个修正冲突", "in conflict with another one")
_SEAL, _CODE = Text("封存码  ", "Seal  "), Text("核对码  ", "Check code  ")
_RESERVED, _WHY_REFUSED = Text("保留意见  ", "Reservations  "), Text("拒签理由  ", "Reason for refusing  ")
_TOTALS = Text("现场签字 {signed}，现在 {now} / {possible}", "signed on site {signed}, now {now} of {possible}")
_TOTAL = Text("总分  ", "Total  ")
_AS_SIGNED = Text("{now} / {possible}，与签字时相同", "{now} of {possible}, as it was signed")
_RUNS = Text("异议期到 {due}", "objections are raised until {due}")
_AFTER = Text("定稿后只能再维护改进计划和附扫描件", "Once final, only the plan and scans go on")
_FINALLY = Text("按 f 或回车定稿", "f or Enter makes it final")
_TAKE = Text("回车采纳：成为一个修正，须写明原因", "Enter takes it over as an amendment, with a reason")
_NO_TAKING = Text(
    "这一条不是评分，不能直接采纳：请据此修正有关检查项（m）",
    "This is no answer and cannot be taken over: amend the item it bears on (m)",
)
_SETTLE = Text(
    "回车选择保留哪一个；在那之前，双方认可的上一个有效", "Enter keeps one; until then the last agreed counts"
)
_LINE = Text("{what}（{person}）", "{what} ({person})")
_SCAN = Text("{name}  {size} KB  {time}  {person}", "{name}  {size} KB  {time}  {person}")
_ATTACH = Text("PDF、JPEG 或 PNG；附上不改变任何已封存的内容", "PDF, JPEG or PNG; it changes nothing that was sealed")
_TAKE_AWAY = Text("回车移除（附错时）", "Enter takes it away, if it was attached by mistake")


def told_of(meeting: Meeting, line: str) -> list[Paragraph]:
    """Return what is told of a line."""
    if meeting.signature is None:
        return []
    if line == view.SIGN:
        return _signature(meeting, meeting.signature)
    if line == view.FINAL:
        return _final(meeting)
    name, _, rest = line.partition("/")
    objection = next((one for one in meeting.objections if one.id == rest), None)
    amendment = next((one for one in meeting.amendments if one.entry == rest), None)
    told: list[Paragraph] = []
    if name == view.OBJECTION[:-1] and objection is not None:
        told = _objection(meeting, objection)
    elif name == view.AMENDMENT[:-1] and amendment is not None:
        told = _amendment(meeting, amendment)
    elif f"{name}/" in _TELLING:
        told = _TELLING[f"{name}/"](meeting, rest)
    return told


def objection_told(meeting: Meeting, objection: Objection) -> list[Paragraph]:
    """Return what an objection says, without the answer to it."""
    raised = _OF.format(by=objection.by, time=view.moment(objection.time), person=objection.person)
    told: list[Paragraph] = [
        (_STANDARD, meeting.statement(objection.item), ""),
        (_ANSWER, _with_reason(meeting, objection.item, objection.disputed), ""),
        (_POINTS_THEN, view.points_change(objection.before, None, meeting.possible_of(objection.item)), ""),
        (_SAID, same(objection.text), "bold"),
        (_NOTHING, raised, "dim"),
    ]
    if objection.late:
        told.append((_NOTHING, _LATE.format(due=objection.due), "$part"))
    if objection.evidence:
        told.append((_FILES, same(", ".join(objection.evidence)), ""))
    return told


def _objection(meeting: Meeting, objection: Objection) -> list[Paragraph]:
    from audit.objecting import DECISION_NAMES

    state = DECISION_NAMES[objection.decision]
    head = _HEAD.format(number=objection.id, item=objection.item, state=state)
    told = [(_NOTHING, head, "bold"), *objection_told(meeting, objection)]
    if not objection.decided_by:
        return [*told, (_NOTHING, _DECIDE, "dim")]
    for one in objection.earlier:
        said = {"decision": DECISION_NAMES[one.decision], "answer": one.answer, "by": one.decided_by}
        told.append((_EARLIER, _SAID_BEFORE.format(**said), "dim"))
    told.append((_REPLY, same(objection.answer) if objection.answer else state, "bold"))
    told.append((_NOTHING, _BY.format(by=objection.decided_by, time=view.moment(objection.decided_at)), "dim"))
    if objection.settled_by:
        told.append((_NOTHING, _SETTLED.format(person=objection.settled_by), "dim"))
    if objection.amended is not None:
        change = view.points_change(objection.before, objection.after, meeting.possible_of(objection.item))
        told += [(_NEW, _with_reason(meeting, objection.item, objection.amended), ""), (_POINTS, change, "")]
    return told


def _amendment(meeting: Meeting, amendment: Amendment) -> list[Paragraph]:
    state = _APART if amendment.conflict else _NOTHING if amendment.stands else _REPLACED
    for_what = _FOR.format(number=amendment.objection) if amendment.objection else _NOTHING
    head = _HEAD.format(number=amendment.item, item=for_what, state=state)
    settled = _SETTLED.format(person=amendment.settled_by)
    return [
        (_NOTHING, head, "bold"),
        *([(_NOTHING, settled, "dim")] if amendment.settled_by else []),
        (_STANDARD, meeting.statement(amendment.item), ""),
        (_ANSWER, _with_reason(meeting, amendment.item, amendment.before), ""),
        (_NEW, _with_reason(meeting, amendment.item, amendment.after), "bold"),
        (_POINTS, view.amended_points(meeting, amendment), ""),
        (_WHY, same(amendment.reason), ""),
        (_WHO, _BY.format(by=amendment.person, time=view.moment(amendment.time)), "dim"),
    ]


def _signature(meeting: Meeting, signature: Signature) -> list[Paragraph]:
    from tui.review_view import signed_words
    from tui.words import points

    figures = {
        "signed": points(meeting.signed_total),
        "now": points(meeting.total),
        "possible": points(meeting.possible),
    }
    told: list[Paragraph] = [(_NOTHING, signed_words(signature), "bold")]
    if signature.reservations:
        label = _WHY_REFUSED if signature.consent == "refused" else _RESERVED
        told.append((label, same(signature.reservations), "bold"))
    told.append((_NOTHING, same(view.moment(signature.time)), "dim"))
    same_total = meeting.signed_total == meeting.total
    told.append((_TOTAL, (_AS_SIGNED if same_total else _TOTALS).format(**figures), ""))
    return [*told, (_CODE, same(signature.code), ""), (_SEAL, same(signature.seal), "dim")]


def _final(meeting: Meeting) -> list[Paragraph]:
    from audit.clock import today

    done = meeting.finalized
    if done is not None:
        said = _OF.format(by=done.by, time=view.moment(done.time), person=done.person)
        return [(_NOTHING, said, "bold"), (_NOTHING, _AFTER, "dim")]
    told: list[Paragraph] = [(_NOTHING, text, "$conflict") for text in meeting.blockers]
    if meeting.due >= today():
        told.append((_NOTHING, _RUNS.format(due=meeting.due), ""))
    told.append((_NOTHING, _AFTER, ""))
    return told if meeting.blockers else [*told, (_NOTHING, _FINALLY, "dim")]


def _scan(meeting: Meeting, file: str) -> list[Paragraph]:
    scan = next((one for one in meeting.scans if one.file == file), None)
    if scan is None:
        return [(_NOTHING, _ATTACH, "")]
    facts = {"name": scan.name, "size": max(1, scan.size // 1024), "person": scan.person}
    return [(_NOTHING, _SCAN.format(time=view.moment(scan.time), **facts), "bold"), (_NOTHING, _TAKE_AWAY, "dim")]


def _conflict(meeting: Meeting, slot: str) -> list[Paragraph]:
    from audit.history import told

    found: list[Paragraph] = [(_NOTHING, view.slot_words(meeting, slot), "bold")]
    for number, entry in enumerate(meeting.conflicts.get(slot, ()), start=1):
        found.append((same(f"{number}  "), _LINE.format(what=told(entry, meeting.checklist), person=entry.person), ""))
    return [*found, (_NOTHING, _SETTLE, "dim")]


def _late(meeting: Meeting, entry_hash: str) -> list[Paragraph]:
    from audit.history import told

    entry = next((one for one in meeting.late if one.hash == entry_hash), None)
    if entry is None:
        return []
    subject = entry.slot.partition(":")[2]
    return [
        (_NOTHING, same(subject), "bold"),
        (_STANDARD, meeting.statement(subject), ""),
        (_NEW, told(entry, meeting.checklist), ""),
        (_WHO, _BY.format(by=entry.person, time=view.moment(entry.time)), "dim"),
        (_NOTHING, _TAKE if entry.hash in meeting.takeable else _NO_TAKING, "dim"),
    ]


def _with_reason(meeting: Meeting, item_id: str, answer: Answer) -> Text:
    from audit.answers import answer_words, reason_text

    item = meeting.checklist.asked.get(item_id)
    words = answer_words(answer, item)
    if not answer.value or not answer.reason:
        return words
    return Text("{value}（{reason}）", "{value} ({reason})").format(value=words, reason=reason_text(answer, item))


_TELLING = {view.SCAN: _scan, view.CONFLICT: _conflict, view.LATE: _late}

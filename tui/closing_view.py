"""The closing meeting as its page shows it: signatures, objections, amendments, what came late, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui.widgets.line_list import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from audit.closing import Finalized, Scan
    from audit.journal import Entry
    from audit.objecting import Objection
    from audit.session import AuditSession
    from audit.state import Amendment, Answer, AuditStatus, Signature
    from checklists.model import BonusItem, Checklist, Item
    from checklists.text import Lang

    Paragraph = tuple[Text, Text, str]

SIGN, FINAL = "sign", "final"
SCAN, OBJECTION, AMENDMENT, CONFLICT, LATE = "scan/", "objection/", "amendment/", "conflict/", "late/"
"""Keys of lines, or what they begin with."""

_SIGNATURE, _OBJECTIONS = Text("签字与定稿", "Signatures"), Text("异议（截至 {due}）", "Objections (until {due})")
_AMENDMENTS, _APART = Text("签字后的修正", "Amendments after signing"), Text("冲突", "Conflicts")
_LATE = Text("签字后到达、未计分", "Arrived after signing, not scored")
_NO_OBJECTION = Text("没有异议：按 n 记录一条", "No objection: n records one")
_SAYING = Text("{signed}：{said}", "{signed}: {said}")
_FINAL = Text("已定稿：{by}  {time}", "Final: {by}  {time}")
_NOT_FINAL = Text("还没有定稿：按 f 定稿", "Not final yet: f makes it final")
_WAITING = Text("还不能定稿：{what}", "Not ready to be final: {what}")
_UNDECIDED = Text("异议 {numbers} 待答复", "to be decided: {numbers}")
_TO_SETTLE = Text("{count} 处冲突待解决", "conflicts to be settled: {count}")
_SCAN = Text("签字扫描件  {name}", "Signed scan  {name}")
_NO_SCAN = Text("没有签字扫描件：按 u 附上", "No signed scan: u attaches it")
_RAISED = Text("{item}  {state}  {points}  {by}：{text}", "{item}  {state}  {points}  {by}: {text}")
NOT_COUNTED = Text("不计分", "not counted")
_OF_POINTS = Text("{points} / {possible} 分", "{points} of {possible} points")
_CHANGED = Text("{item}  {before} → {after}  {points}  {why}", "{item}  {before} → {after}  {points}  {why}")
_TWO_AMENDMENTS = Text("{item} 有 {count} 个不同的修正", "{item} was amended in {count} different ways")
_TWO_DECISIONS = Text("异议 {number} 有 {count} 个不同的答复", "objection {number} was decided in {count} ways")
_LATE_LINE = Text("{subject}  {person}  {what}", "{subject}  {person}  {what}")
_MARKS = {"open": ("!", "conflict"), "granted": ("✓", "full"), "rejected": ("✗", "zero"), "withdrawn": ("-", "leaves")}


@dataclass(frozen=True, slots=True)
class Meeting:
    """A closing meeting as it stands."""

    checklist: Checklist
    status: AuditStatus
    signature: Signature | None
    objections: tuple[Objection, ...]
    labels: Mapping[str, str]
    """Numbers of the objections as people see them, by what stands in their slots."""
    due: str
    """Last day for objections in time, ISO 8601."""
    amendments: tuple[Amendment, ...]
    """Oldest first within an item; those that do not stand among them."""
    conflicts: Mapping[str, tuple[Entry, ...]]
    """By slot."""
    late: tuple[Entry, ...]
    """What arrived after signing and nobody has taken over."""
    takeable: frozenset[str]
    """Hashes of those that can be taken over."""
    scans: tuple[Scan, ...]
    finalized: Finalized | None
    signed_total: Decimal
    total: Decimal
    possible: Decimal
    weak: tuple[str, ...]
    """Ids of weak items, most points lost first."""
    me: str
    """Who writes."""
    answers: Mapping[str, Answer]
    """By item, as they stand."""
    seen: Mapping[str, tuple[str, ...]]
    """What stands in every slot of the meeting; see `audit.unchanged`."""

    @property
    def waiting(self) -> tuple[str, ...]:
        """Numbers of the objections to be decided."""
        return tuple(one.id for one in self.objections if one.decision == "open")

    @property
    def blockers(self) -> list[Text]:
        """What keeps the audit from being final."""
        found = []
        if self.waiting:
            found.append(_UNDECIDED.format(numbers=joined([same(n) for n in self.waiting])))
        if self.conflicts:
            found.append(_TO_SETTLE.format(count=len(self.conflicts)))
        return found

    def statement(self, item_id: str) -> Text:
        """Return what an item says."""
        found = self.item(item_id)
        return found.statement if found is not None else same("")

    def item(self, item_id: str) -> Item | BonusItem | None:
        """Return an item, or a bonus item; None for what is neither."""
        return self.checklist.items.get(item_id) or next((b for b in self.checklist.bonus if b.id == item_id), None)

    def possible_of(self, item_id: str) -> Decimal:
        """Return the points an item can earn."""
        from checklists.points import ZERO

        found = self.item(item_id)
        return found.points if found is not None else ZERO


def meeting_of(session: AuditSession) -> Meeting:
    """Read the closing meeting of an audit."""
    from audit.amending import late_answers, sealed_scorecard
    from audit.objecting import objection_due, objections_of
    from audit.unchanged import standing
    from audit.weak import weak_of

    state, total = session.state, session.scorecard.total
    signed = sealed_scorecard(session) if state.as_signed else session.scorecard
    taken = state.closing.taken_over
    return Meeting(
        checklist=session.checklist,
        status=state.status,
        signature=state.signature,
        objections=objections_of(session.checklist, state),
        labels={raised.id: raised.label for raised in state.closing.raised},
        due=objection_due(state),
        amendments=tuple(amendment for item in sorted(state.amendments) for amendment in state.amendments[item]),
        conflicts=dict(state.closing.conflicts),
        late=tuple(entry for entry in state.late if entry.hash not in taken),
        takeable=frozenset(entry.hash for entry in late_answers(state)),
        scans=state.closing.scans,
        finalized=state.finalized,
        signed_total=signed.total.earned,
        total=total.earned,
        possible=total.possible,
        weak=tuple(weak.item.id for weak in weak_of(session) if weak.item is not None),
        me=session.author.person,
        answers=state.answers,
        seen=standing(session),
    )


def lines_of(meeting: Meeting, lang: Lang) -> list[Line]:
    """Return all lines, group by group; none while the audit is not signed."""
    if meeting.signature is None:
        return []
    due = _OBJECTIONS.format(due=meeting.due)
    return [
        *_group(SIGN, _SIGNATURE, _signature_lines(meeting, meeting.signature, lang), lang),
        *_group(
            OBJECTION, due, [_objection_line(meeting, one, lang) for one in meeting.objections], lang, _NO_OBJECTION
        ),
        *_group(CONFLICT, _APART, [_conflict_line(meeting, slot, lang) for slot in meeting.conflicts], lang),
        *_group(AMENDMENT, _AMENDMENTS, [_amendment_line(meeting, one, lang) for one in meeting.amendments], lang),
        *_group(LATE, _LATE, [_late_line(meeting, entry, lang) for entry in meeting.late], lang),
    ]


def slot_words(meeting: Meeting, slot: str) -> Text:
    """Return what is in conflict."""
    from audit.closing import AMENDMENT as AMENDED
    from audit.closing import DECISION
    from audit.closing import OBJECTION as RAISED

    count = len(meeting.conflicts.get(slot, ()))
    if slot.startswith(AMENDED):
        return _TWO_AMENDMENTS.format(item=slot.removeprefix(AMENDED), count=count)
    own_id = slot.removeprefix(RAISED).removesuffix(DECISION)
    return _TWO_DECISIONS.format(number=meeting.labels[own_id], count=count)


def points_change(before: Decimal, after: Decimal | None, possible: Decimal) -> Text:
    """Return points before and after, and of how many."""
    from tui.words import points

    change = points(before) if after is None or after == before else f"{points(before)} → {points(after)}"
    return _OF_POINTS.format(points=change, possible=points(possible))


def amended_points(meeting: Meeting, amendment: Amendment) -> Text:
    """Return an amendment's points before and after, and of how many; an answer that leaves the audit counts none."""
    from tui.words import points

    before, after = amendment.points_before, amendment.points_after
    told = [NOT_COUNTED if value is None else same(points(value)) for value in (before, after)]
    change = told[0] if before == after else joined(told, " → ", " → ")
    return _OF_POINTS.format(points=change, possible=points(meeting.possible_of(amendment.item)))


def _group(name: str, title: Text, lines: Sequence[Line], lang: Lang, empty: Text | None = None) -> Iterable[Line]:
    """Return lines under a heading; a group without lines says so, or is left out."""
    if not lines and empty is None:
        return []
    head = Line(f"head/{name}", title.of(lang), tail=str(len(lines)) if name != SIGN else "", heading=True)
    if lines or empty is None:
        return [head, *lines]
    return [head, Line(f"{name}none", empty.of(lang))]


def _signature_lines(meeting: Meeting, signature: Signature, lang: Lang) -> list[Line]:
    from tui.review_view import signed_words

    words = signed_words(signature)
    if signature.reservations:
        words = _SAYING.format(signed=words, said=signature.reservations)
    mark, style = {"agreed": ("✓", "full"), "refused": ("✗", "zero")}.get(signature.consent, ("~", "part"))
    lines = [Line(SIGN, words.of(lang), mark, style)]
    lines += [Line(SCAN + scan.file, _SCAN.format(name=scan.name).of(lang), "✓", "full") for scan in meeting.scans]
    if not meeting.scans:
        lines.append(Line(f"{SCAN}none", _NO_SCAN.of(lang)))
    if meeting.finalized is not None:
        final = _FINAL.format(by=meeting.finalized.by, time=moment(meeting.finalized.time))
        return [*lines, Line(FINAL, final.of(lang), "✓", "full")]
    if meeting.blockers:
        waiting = _WAITING.format(what=joined(meeting.blockers, zh="，", en=", "))
        return [*lines, Line(FINAL, waiting.of(lang), "!", "conflict")]
    return [*lines, Line(FINAL, _NOT_FINAL.of(lang))]


def _objection_line(meeting: Meeting, objection: Objection, lang: Lang) -> Line:
    from audit.objecting import DECISION_NAMES

    words = _RAISED.format(
        item=objection.item,
        state=DECISION_NAMES[objection.decision],
        points=points_change(objection.before, objection.after, meeting.possible_of(objection.item)),
        by=objection.by,
        text=objection.text,
    )
    mark, style = _MARKS[objection.decision]
    return Line(OBJECTION + objection.id, words.of(lang), mark, style, number=objection.id)


def _conflict_line(meeting: Meeting, slot: str, lang: Lang) -> Line:
    return Line(CONFLICT + slot, slot_words(meeting, slot).of(lang), "!", "conflict")


def _amendment_line(meeting: Meeting, amendment: Amendment, lang: Lang) -> Line:
    from audit.answers import answer_words

    item = meeting.checklist.asked.get(amendment.item)
    words = _CHANGED.format(
        item=amendment.item,
        before=answer_words(amendment.before, item),
        after=answer_words(amendment.after, item),
        points=amended_points(meeting, amendment),
        why=amendment.reason,
    )
    mark, style = ("!", "conflict") if amendment.conflict else ("✓", "full") if amendment.stands else ("-", "leaves")
    return Line(AMENDMENT + amendment.entry, words.of(lang), mark, style, number=amendment.objection or "")


def _late_line(meeting: Meeting, entry: Entry, lang: Lang) -> Line:
    from audit.history import told

    words = _LATE_LINE.format(
        subject=entry.slot.partition(":")[2], person=entry.person, what=told(entry, meeting.checklist)
    )
    return Line(LATE + entry.hash, words.of(lang), "?", "part")


def moment(time: str) -> str:
    """Return when something was written, here: day and minute."""
    from datetime import datetime

    try:
        return f"{datetime.fromisoformat(time).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return time

"""Audits as tables for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.clock import shown
from audit.history import KIND_NAMES, STANDING_NAMES, Standing, history
from audit.listing import PARTIAL
from audit.reaudit import earlier_ref, is_blind
from audit.scorecard import Result
from audit.state import AuditKind, ItemState
from checklists.text import Text, joined, same
from reports.words import RESULT_NAMES, STATUS_NAMES, UNDECIDED
from tui.closing_tables import closing_rows, show_closing, signature_rows
from tui.console import Cell, Column
from tui.follow_up_tables import show_visit
from tui.score_tables import result_words, style_of
from tui.words import DATE, DEALER, ITEM, KIND, NOTHING, OUTCOME, PERSON, STATE, TIME, points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.history import Event
    from audit.listing import Listed
    from audit.session import AuditSession
    from audit.summary import AuditSummary
    from tui.console import Row, Terminal

_NONE_YET = Text(
    "还没有评估：dealer-audit audit new --dealer CODE --name NAME",
    "No audits yet: dealer-audit audit new --dealer CODE --name NAME",
)
_MOST_OPEN = 20


def show_audits(terminal: Terminal, audits: Sequence[Listed], aside: int) -> None:
    """Write the list of audits, and how many of those put aside are not in it."""
    if audits:
        columns = [
            Column(Text("编号", "ref"), whole=True),
            Column(DEALER),
            Column(STATE),
            Column(Text("得分", "points"), right=True, whole=True),
            Column(OUTCOME),
        ]
        terminal.table(columns, [_line(audit) for audit in audits])
    elif not aside:
        terminal.say(_NONE_YET)
    if aside:
        terminal.say(_ASIDE.format(count=aside))


def _line(audit: Listed) -> Row:
    name = audit.dealer
    if audit.kind is not AuditKind.ON_SITE:
        name = Text("{name}（{kind}）", "{name} ({kind})").format(name=name, kind=audit.kind_name)
    status = _STATUS[audit.status.value]
    if audit.aside:
        status = Text("{status}，已搁置", "{status}, aside").format(status=status)
    outcome, style = standing_words(audit)
    return [
        audit.ref,
        name,
        status,
        f"{points(audit.earned)} / {points(audit.possible)}" if audit.confirmed is None else "",
        Cell(outcome, style),
    ]


def standing_words(audit: Listed) -> tuple[Text, str]:
    """Return how an audit of the list stands in a word or two, and the colour that goes with it."""
    if audit.confirmed is not None and not audit.counts.open:
        cured, asked = audit.confirmed
        return _CONFIRMED.format(cured=cured, asked=asked), "bold"
    if audit.counts.open:
        return _OPEN.format(count=audit.counts.open), "bold" if audit.standing == PARTIAL else "bold yellow"
    if audit.standing in {PARTIAL, ""}:
        return _PARTIAL if audit.standing else UNDECIDED, "bold"
    result = Result(audit.standing)
    return RESULT_NAMES[result], style_of(result)


_OPEN, _PARTIAL = Text("{count} 项未评", "{count} open"), Text("部分部门", "partial")
_CONFIRMED = Text("改善 {cured}/{asked}", "{cured} of {asked} cured")
_ASIDE = Text("另有 {count} 次评估已搁置：--all 全部列出", "Put aside and not shown: {count}; --all lists them too")
_TAKEN = Text("{department} {name}", "{department}: {name}")
_STATUS = {"open": Text("评估中", "open"), "signed": Text("已签字", "signed"), "final": Text("已定稿", "final")}


def show_audit(terminal: Terminal, session: AuditSession, summary: AuditSummary) -> None:
    """Write an audit's details, what is open and what is in conflict."""
    names = {
        DEALER: joined([summary.dealer, *([same(summary.city)] if summary.city else [])], zh="，", en=", "),
        DATE: same(summary.date),
        KIND: summary.kind_name,
        STATE: STATUS_NAMES[summary.status],
        Text("评估员", "auditors"): same(", ".join(summary.auditors) or NOTHING),
        Text("其他参加人员", "participants"): same(", ".join(summary.participants) or NOTHING),
        Text("联系方式", "contact"): same(summary.contact or NOTHING),
        Text("部门", "departments"): Text("全部", "all") if summary.whole else joined(list(summary.scope)),
        Text("评估表", "checklist"): same("{id} {version}".format(**session.state.checklist)),
        Text("结果", "result"): result_words(summary) if summary.follow_up is None else summary.follow_up.verdict,
    }
    taken = session.state.details.get("assignments")
    if taken:
        told = [
            _TAKEN.format(department=d.name, name=taken[d.id]) for d in session.checklist.departments if d.id in taken
        ]
        names |= {Text("分工", "who takes what"): joined(told)}
    earlier = earlier_ref(session.state)
    if earlier is not None:
        hidden = Text("{ref}（评完一项再显示上次结果）", "{ref} (hidden until an item is answered)")
        repeats = hidden.format(ref=earlier) if is_blind(session.state) else same(earlier)
        names |= {Text("复评对象", "repeats"): repeats}
    if session.state.aside:
        names |= {Text("搁置", "put aside"): Text("是", "yes")}
    if summary.signature is not None:
        names |= signature_rows(summary.signature) | closing_rows(summary)
    terminal.line(same(summary.ref), style="bold")
    details: list[Row] = list(names.items())
    terminal.table([Column(Text("评估信息", "detail")), Column(Text("内容", "value"))], details)
    if summary.follow_up is None:
        _show_progress(terminal, summary)
    else:
        show_visit(terminal, summary.follow_up)
    flagged = [item.item.id for item in summary.scorecard.items if item.item.id in session.state.flags]
    if flagged:
        terminal.line(Text("待复看：{shown}", "Flagged: {shown}").format(shown=" ".join(flagged)))
    _show_conflicts(terminal, session)
    show_closing(terminal, session, summary)
    if summary.late:
        text = Text("签字后到达、未计分的记录：{count} 条", "Entries that arrived after signing, not scored: {count}")
        terminal.line(text.format(count=summary.late))


def _show_progress(terminal: Terminal, summary: AuditSummary) -> None:
    columns = [
        Column(Text("部门", "department")),
        Column(Text("项数", "items"), right=True, whole=True),
        Column(Text("已评", "done"), right=True, whole=True),
        Column(Text("未评", "open"), right=True, whole=True),
    ]
    rows: list[Row] = [
        [d.department.name, d.counts.items, d.counts.items - d.counts.open, d.counts.open]
        for d in summary.scorecard.departments
    ]
    terminal.table(columns, rows)
    still_open = [item.item.id for item in summary.scorecard.items if item.state is ItemState.OPEN]
    if still_open:
        more = Text("等 {count} 项", "and others, {count} in all").format(count=len(still_open))
        listed = same(" ".join(still_open[:_MOST_OPEN]))
        shown = listed if len(still_open) <= _MOST_OPEN else joined([listed, more], zh=" ", en=" ")
        terminal.line(Text("未评：{shown}", "Open: {shown}").format(shown=shown))


def _show_conflicts(terminal: Terminal, session: AuditSession) -> None:
    if not session.state.conflicts:
        return
    events = [event for event in history(session) if event.standing is Standing.CONFLICT]
    title = Text("冲突（用 audit settle 保留其中一条）", "Conflicts (keep one of each with audit settle)")
    columns = [
        Column(ITEM, whole=True),
        Column(Text("记录", "entry"), whole=True),
        Column(PERSON),
        Column(Text("内容", "says")),
    ]
    rows: list[Row] = [[e.subject, e.entry.hash[:12], e.entry.person, e.what] for e in events]
    terminal.table(columns, rows, title)


def show_history(terminal: Terminal, events: Sequence[Event]) -> None:
    """Write entries as people read them, in local time."""
    columns = [
        Column(Text("记录", "entry"), whole=True),
        Column(TIME, whole=True),
        Column(PERSON),
        Column(Text("对象", "about")),
        Column(Text("内容", "what")),
        Column(STATE),
    ]
    rows: list[Row] = []
    for event in events:
        entry = event.entry
        what = _with_kind(event) if entry.kind in _SAID_WITH_KIND else event.what
        told = what if what.zh else NOTHING
        standing = Cell(STANDING_NAMES[event.standing], "" if event.standing is Standing.CURRENT else "dim")
        rows.append([entry.hash[:8], shown(entry.time), entry.person, event.subject, told, standing])
    terminal.table(columns, rows)


_SAID_WITH_KIND = frozenset({"created", "preset", "note", "objection", "decision", "amendment", "scan"})


def _with_kind(event: Event) -> Text:
    return Text("{kind}：{what}", "{kind}: {what}").format(kind=KIND_NAMES[event.entry.kind], what=event.what)

"""The letter before a visit: everything it says, once, for the workbook and for Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.state import ItemState
from checklists.text import Text, UserError, joined, same
from reports.visit.agenda import Agenda, agenda_of, clock
from reports.visit.preparation import Preparation, preparation_of

if TYPE_CHECKING:
    from audit.summary import AuditSummary

EARLIEST, LATEST = 5 * 60, 15 * 60
"""When a visit may begin: seven hours and a lunch break end on the same day."""
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})", re.ASCII)
_BLANK_LINES = 8
"""Lines of the attendance list for people nobody named."""

_GREETING = Text("{dealer} {contact}：", "{contact}, {dealer}:")
_GREETING_ALL = Text("{dealer}：", "To {dealer}:")
_COMES = Text(
    "我们将于 {date} 到贵店进行售后服务能力{kind}，依据《{title}》（版本 {version}）。",
    "On {date} we will come to you for an {kind} with the checklist “{title}”, version {version}.",
)
_SCOPE = Text("评估部门：{departments}。", "Departments: {departments}.")
_WHO = Text("评估员：{auditors}。", "Auditors: {auditors}.")
_NOBODY = Text("评估员的姓名另行通知。", "The auditors' names will follow.")
_WHEN = Text(
    "时间：{start} 至 {end}，评估约 {hours} 小时；开场会议和末次会议请各部门主管参加。",
    "Time: {start} to {end}, about {hours} hours of work; please have the heads of all departments at the opening and "
    "the closing meeting.",
)
_WHEN_DAYS = Text(
    "时间：共 {days} 天，每天 {start} 至 {end} 左右，评估共约 {hours} 小时；第 1 天为 {date}，"
    "其后的日期请与我们商定，一般为次日。开场会议在第 1 天，末次会议在最后一天，请各部门主管参加。",
    "Time: {days} days, from {start} to about {end}, about {hours} hours of work in all; the first is {date}, please "
    "agree the next with us, as a rule the day after. The opening meeting is on the first day and the closing meeting "
    "on the last; please have the heads of all departments there.",
)
_ON_THE_DAY = Text(
    "单据由评估员当日从清单中抽取：请备好完整清单，不要事先挑选、补填或整理单据。",
    "Records are drawn by the auditor on the day: have the complete lists ready, and do not pick, complete or sort "
    "any records beforehand.",
)
_KPI_SHEET = Text(
    "请在评估前填好KPI数据表并发回；没有的数据请注明“无法提供”和原因。",
    "Please fill in the KPI sheet and send it back before the visit; where there is no figure, say so and why.",
)
_TOO_MUCH = Text(
    "按检查项估算约 {hours} 小时，{auditors} 名评估员需要 {days} 天：要在一天内完成，请增加评估员或缩小部门范围",
    "The items take about {hours} hours, {days} days with the auditors there are ({auditors}); for a single day name "
    "another auditor or take fewer departments",
)
_AUDITOR, _CONTACT, _OTHER = Text("评估员", "Auditor"), Text("联系人", "Contact"), Text("其它参与者", "Participant")


class BadStart(UserError):
    """A time of day at which no visit can begin."""


@dataclass(frozen=True, slots=True)
class Attendant:
    """A line of the attendance list; what is not known is written in by hand."""

    name: str
    role: Text


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter as a whole."""

    ref: str
    dealer: Text
    date: str
    title: Text
    paragraphs: tuple[Text, ...]
    agenda: Agenda
    preparation: Preparation
    attendants: tuple[Attendant, ...]
    remarks: tuple[Text, ...]
    """For the auditor who writes it; not part of it."""


def start_of(typed: str) -> int:
    """Read a time of day; returns minutes since midnight.

    Raises:
        BadStart: when it is none, or too early or late for a visit.
    """
    found = _TIME.fullmatch(typed.strip())
    minutes = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else -1
    if not EARLIEST <= minutes <= LATEST:
        raise BadStart(
            Text(
                "“{typed}”不能作为开始时间：请输入 {first} 至 {last}，如 09:00",
                '"{typed}" is no time to begin: type one from {first} to {last}, as 09:00',
            ).format(typed=typed, first=clock(EARLIEST), last=clock(LATEST))
        )
    return minutes


def letter_of(summary: AuditSummary, start: int) -> Letter:
    """Put the letter together; what the dealership has not (a body shop ...) is left out.

    Args:
        summary: the audit it announces.
        start: when the visit begins, in minutes since midnight.
    """
    asked = [
        (department.department, score.item)
        for department in summary.scorecard.departments
        for section in department.sections
        for score in section.items
        if score.state is not ItemState.NOT_APPLICABLE
    ]
    agenda = agenda_of(summary, asked, start)
    preparation = preparation_of(summary, asked, agenda)
    return Letter(
        ref=summary.ref,
        dealer=summary.dealer,
        date=summary.date,
        title=Text("评估通知", "Notice of audit"),
        paragraphs=tuple(_paragraphs(summary, agenda, preparation)),
        agenda=agenda,
        preparation=preparation,
        attendants=tuple(_attendants(summary, preparation)),
        remarks=tuple(_remarks(agenda)),
    )


def _paragraphs(summary: AuditSummary, agenda: Agenda, preparation: Preparation) -> list[Text]:
    greeting = _GREETING if summary.contact else _GREETING_ALL
    names = joined([same(name) for name in summary.auditors])
    paragraphs = [
        greeting.format(dealer=summary.dealer, contact=summary.contact),
        _COMES.format(
            date=summary.date,
            kind=summary.kind_name,
            title=summary.checklist.title,
            version=summary.checklist.version,
        ),
        _SCOPE.format(departments=joined(list(summary.scope))),
        _WHO.format(auditors=names) if summary.auditors else _NOBODY,
        _when(summary, agenda),
    ]
    if preparation.lists:
        paragraphs.append(_ON_THE_DAY)
    if preparation.kpis:
        paragraphs.append(_KPI_SHEET)
    return paragraphs


def _attendants(summary: AuditSummary, preparation: Preparation) -> list[Attendant]:
    named = [Attendant(name, _AUDITOR) for name in summary.auditors]
    named += [Attendant(name, _OTHER) for name in summary.participants]
    if summary.contact:
        named.append(Attendant(summary.contact, _CONTACT))
    roles = [Attendant("", ready.role) for ready in preparation.people]
    return [*named, *roles, *[Attendant("", same(""))] * _BLANK_LINES]


def _when(summary: AuditSummary, agenda: Agenda) -> Text:
    days = agenda.days
    facts = {"start": clock(days[0].start), "end": clock(days[0].end), "hours": _hours(agenda.minutes)}
    if len(days) == 1:
        return _WHEN.format(**facts)
    return _WHEN_DAYS.format(**facts, days=len(days), date=summary.date)


def _remarks(agenda: Agenda) -> list[Text]:
    if len(agenda.days) == 1:
        return []
    return [_TOO_MUCH.format(hours=_hours(agenda.minutes), days=len(agenda.days), auditors=len(agenda.auditors))]


def _hours(minutes: int) -> str:
    """Return hours in halves: "5", "6.5"."""
    halves = round(minutes / 30)
    return f"{halves // 2}.5" if halves % 2 else f"{halves // 2}"

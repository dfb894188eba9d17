"""Headings and instructions of the letter, the same in the workbook and in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.visit.agenda import Day

LETTER_SHEET = Text("评估通知", "Letter")
PREPARATION_SHEET = Text("准备事项", "Preparation")
KPI_SHEET = Text("KPI数据", "KPI data")
ATTENDANCE_SHEET = Text("签到表", "Attendance")

AGENDA, HOUR = Text("日程", "Agenda"), Text("时间", "Time")
_DAY = Text("日程：第 {day} 天", "Agenda, day {day}")

PEOPLE = Text("请安排到场的人员", "Who to have ready")
PEOPLE_NOTE = Text(
    "下列时间内请相应岗位在岗；不必全程陪同。",
    "Please have these people at hand at these times; nobody need walk along.",
)
PEOPLE_HEADS = (Text("岗位", "Role"), Text("部门", "Department"), Text("时间", "Time"))

LISTS = Text("抽样清单", "Lists to draw from")
LISTS_NOTE = Text(
    "请从系统导出完整清单（xlsx 或 csv），评估当日评估员从中抽取单据，抽中后再调阅。",
    "Please export the complete lists from your system (xlsx or csv); the auditor draws from them on the day, and the "
    "records are fetched then.",
)
LIST_HEADS = (
    Text("清单", "List"),
    Text("期间", "Period"),
    Text("要求", "What it holds"),
    Text("抽取数量", "To be drawn"),
    Text("准备人", "Prepared by"),
)

PAPERS = Text("各岗位需备好的资料", "Papers wanted, by role")
PAPERS_NOTE = Text(
    "请让评估员当日能看到下列检查内容所涉及的单据或系统界面。",
    "Please have at hand the papers, or the screens of your system, that the following is read from.",
)
PAPER_HEADS = (Text("岗位", "Role"), Text("检查项", "Item"), Text("查看内容", "What is read"))

KPIS = Text("KPI数据表", "KPI sheet")
KPIS_NOTE = Text(
    "共 {kpis} 项指标、{points} 个数据；请用随附的KPI数据表填写，没有的请注明原因。",
    "KPIs: {kpis}, figures: {points}; please fill them in on the KPI sheet and say why where there is none.",
)
KPI_HEADS = (
    Text("编号", "No."),
    Text("指标", "KPI"),
    Text("数据", "Figures"),
    Text("单位", "Unit"),
    Text("月数", "Months"),
    Text("期间", "Period"),
)

ATTENDANCE = Text("签到表", "Attendance list")
ATTENDANCE_NOTE = Text(
    "开场会议和末次会议各签一次；空行供其他到场人员填写。",
    "Please sign at the opening and at the closing meeting; the empty lines are for whoever else is there.",
)
ATTENDANCE_HEADS = (
    Text("姓名", "Name"),
    Text("岗位", "Role"),
    Text("开场会议签字", "Signature, opening meeting"),
    Text("末次会议签字", "Signature, closing meeting"),
)


def titled_days(days: Sequence[Day]) -> Iterator[tuple[Text, Day]]:
    """Return the days of an agenda with their titles."""
    for number, day in enumerate(days, start=1):
        yield _DAY.format(day=number) if len(days) > 1 else AGENDA, day

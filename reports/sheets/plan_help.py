"""How to fill the improvement plan in: the second sheet of the workbook that goes to the dealership."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.plan import FIELD_NAMES, Field
from checklists.text import Text
from reports.page import Page

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles

_HOW = Text("填写说明", "How to fill it in")
_HELP: tuple[tuple[Text, Text], ...] = (
    (
        Text("可以做的", "What you may do"),
        Text(
            "排序、筛选、移动或隐藏列、删去不用的列、插入行、从别处粘贴文字。请不要改列名。",
            "Sort, filter, move or hide columns, delete columns you do not need, insert rows, paste text. Keep the "
            "names of the columns.",
        ),
    ),
    (
        Text("新增措施", "A new action"),
        Text(
            "写在空行里，编号留空；至少写明“{what}”。复制一行时，请清空新行的编号。",
            "Use a free row and leave its number empty; {what} is needed. If you copy a row, empty the copy's number.",
        ).format(what=FIELD_NAMES[Field.WHAT]),
    ),
    (
        Text("删去的行", "Deleted rows"),
        Text(
            "导入时会列出，措施本身不会丢失；确定不做的，请把状态改为“已取消”并写明原因。",
            "The import lists them and drops nothing by itself; to give an action up, set it to cancelled and say why.",
        ),
    ),
    (
        Text("日期", "Dates"),
        Text(
            "直接输入日期，或写 2026-03-15、2026.3.15、3月15日；没有年份时取评估之后的那一天。",
            "Type a date, or write 2026-03-15 or 15 Mar 2026; without a year, the first such day after the audit.",
        ),
    ),
    (
        Text("状态", "Status"),
        Text(
            "未开始 → 进行中 → 已完成 → 已验证。“已完成”须写明完成证据；“已验证”由评估员填写，"
            "责任人不能验证自己的措施；“已取消”须写明原因。",
            "open → in progress → done → verified. Done needs its proof; verified is for the auditor, nobody "
            "verifies their own action; cancelled needs a reason.",
        ),
    ),
    (
        Text("弱项", "Weak items"),
        Text(
            "每个弱项只属于一条措施；要移到另一条，请同时改两行。",
            "Each weak item belongs to one action; to move one, change both rows.",
        ),
    ),
    (
        Text("5个为什么", "5 why"),
        Text(
            "连续追问原因，直到找到可以改变的做法，而不是某个人。",
            "Ask why until you reach something about the way of working that can be changed, not a person.",
        ),
    ),
    (
        Text("颜色", "Colours"),
        Text(
            "期限已过而未完成的为红色，状态后显示“逾期”；七天内到期的为黄色，显示“即将到期”；都随当天日期变化，"
            "不用填写。已验证的为绿色。",
            "Past its date and not done: red, with “overdue” behind the status; due within seven days: yellow, with "
            "“due soon”. Both follow today's date and are not typed. Verified: green.",
        ),
    ),
    (
        Text("写完以后", "When you are done"),
        Text(
            "另存为 .xlsx 发回，由评估员导入：dealer-audit plan import {ref} 文件 --dry-run 先看改动。",
            "Save it as .xlsx and send it back; the auditor looks at the changes first: dealer-audit plan import {ref} "
            "FILE --dry-run",
        ),
    ),
)


def write_help(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet."""
    page = Page(workbook, _HOW, styles, lang, (24, 110))
    page.text(0, 0, _HOW, "title")
    page.sheet.set_row(0, 28)
    for row, (name, words) in enumerate(_HELP, start=1):
        text = page.words(words.format(ref=summary.ref))
        page.text(row, 0, name, "cell", "label", "wrap")
        page.text(row, 1, text, "cell", "wrap", "left")
        page.row(row, [(page.words(name), page.widths[0]), (text, page.widths[1])])
    page.paper(summary.dealer, summary.ref, landscape=True)

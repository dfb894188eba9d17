"""A follow-up visit on paper: what was weak, cured or not, what was seen, and who signs; no points anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from reports.page import Page
from reports.style import Palette

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.confirming import Confirmation
    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles

SHEET = Text("跟进验收", "Follow-up visit")
_TITLE = Text("{name}：跟进验收", "{name}: follow-up visit")
_HEADS: tuple[tuple[Text, float], ...] = (
    (Text("编号", "No."), 8),
    (Text("部门", "Department"), 14),
    (Text("弱项", "Weak item"), 44),
    (Text("措施", "Action"), 8),
    (Text("措施内容", "What was to be done"), 44),
    (Text("改善", "Cured"), 9),
    (Text("所见", "What was seen"), 34),
    (Text("佐证", "Evidence"), 20),
)
_YES, _NO, _NOT_YET = Text("是", "yes"), Text("否", "no"), Text("未确认", "not yet")
_FACTS: tuple[Text, ...] = (
    Text("跟进的评估：{earlier}", "Follows: {earlier}"),
    Text("日期：{date}", "Date: {date}"),
    Text("评估员：{auditors}", "Auditors: {auditors}"),
    Text("参加人员：{participants}", "Participants: {participants}"),
)
_SIGNED = Text(
    "评估员 {auditor}、经销商代表 {dealer} 已签字，核对码 {code}",
    "Signed by {auditor} for the auditors and {dealer} for the dealership, check code {code}",
)
_SIGN_HERE = Text(
    "评估员签字：________________    经销商代表签字：________________    日期：____________",
    "For the auditors: ________________    For the dealership: ________________    Date: ____________",
)
_CURED_COLUMN = 5


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet; nothing for an audit that is no follow-up visit."""
    visit = summary.follow_up
    if visit is None:
        return
    page = Page(workbook, SHEET, styles, lang, [width for _, width in _HEADS])
    last = len(_HEADS) - 1
    page.title(_TITLE.format(name=summary.dealer), last)
    facts = {
        "earlier": visit.earlier,
        "date": summary.date,
        "auditors": ", ".join(summary.auditors) or "–",
        "participants": ", ".join(summary.participants) or "–",
    }
    page.legend(1, joined([fact.format(**facts) for fact in _FACTS], zh="   ", en="   "), last)
    verdict = [visit.verdict, *([visit.unfinished] if visit.unfinished else [])]
    page.across(2, 0, last, joined(verdict, zh="；", en="; "), "large")
    page.sheet.set_row(2, 26)
    page.heads(3, {column: head for column, (head, _) in enumerate(_HEADS)})
    for row, item in enumerate(visit.items, start=4):
        _write_item(page, row, item, summary)
    end = 3 + len(visit.items)
    page.colour_words((4, end), _CURED_COLUMN, page.words(_YES), page.words(_NO))
    page.across(end + 2, 0, last, _signature(summary), "wrap")
    page.sheet.set_row(end + 2, 40)
    page.sheet.freeze_panes(4, 1)
    page.sheet.autofilter(3, 0, end, last)
    page.sheet.repeat_rows(3)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.NAVY)


def _write_item(page: Page, row: int, item: Confirmation, summary: AuditSummary) -> None:
    department = summary.checklist.department(item.department)
    files = ", ".join(piece.name for piece in summary.evidence if piece.item == item.number)
    word = _NOT_YET if item.confirmed is None else _YES if item.confirmed else _NO
    texts: list[str | Text] = [
        item.number,
        department.name if department else same(""),
        item.statement,
        item.action,
        item.what if item.action != item.number else same(""),
        word,
        item.note,
        files,
    ]
    for column, text in enumerate(texts):
        page.text(row, column, text, "cell", "wrap", "center" if column == _CURED_COLUMN else "left")
    page.row(row, [(page.words(text), width) for text, width in zip(texts, page.widths, strict=True)])


def _signature(summary: AuditSummary) -> Text:
    signed = summary.signature
    if signed is None:
        return _SIGN_HERE
    dealer = signed.dealer_representative or "–"
    return _SIGNED.format(auditor=signed.auditor, dealer=dealer, code=signed.code)

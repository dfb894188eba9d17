"""A follow-up visit on paper: what was weak, cured or not, what was seen, and who signs; no points anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.closing import Consent
from checklists.text import Text, joined, listed, same
from reports.page import Page
from reports.style import Palette

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.confirming import Confirmation, FollowUp
    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles

SHEET = Text("跟进验收", "Follow-up visit")
TITLE = Text("{name}：跟进验收", "{name}: follow-up visit")
HEADS: tuple[tuple[Text, float], ...] = (
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
_FACT = Text("{label}：{text}", "{label}: {text}")
_FOLLOWS, _DATE = Text("跟进的评估", "Follows"), Text("日期", "Date")
_AUDITORS, _PARTICIPANTS = Text("评估员", "Auditors"), Text("参加人员", "Participants")
_SIGNED = Text(
    "评估员 {auditor}、经销商代表 {dealer} 已签字，核对码 {code}",
    "Signed by {auditor} for the auditors and {dealer} for the dealership, check code {code}",
)
_SIGN_HERE = Text(
    "评估员签字：________________    经销商代表签字：________________    日期：____________",
    "For the auditors: ________________    For the dealership: ________________    Date: ____________",
)
CURED_COLUMN = 5


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet; nothing for an audit that is no follow-up visit."""
    visit = summary.follow_up
    if visit is None:
        return
    page = Page(workbook, SHEET, styles, lang, [width for _, width in HEADS])
    last = len(HEADS) - 1
    page.title(TITLE.format(name=summary.dealer), last)
    facts = [_FACT.format(label=label, text=text) for label, text in facts_of_visit(summary, visit)]
    page.legend(1, joined(facts, zh="   ", en="   "), last)
    verdict = [visit.verdict, *([visit.unfinished] if visit.unfinished else [])]
    page.across(2, 0, last, joined(verdict, zh="；", en="; "), "large")
    page.sheet.set_row(2, 26)
    page.heads(3, {column: head for column, (head, _) in enumerate(HEADS)})
    for row, item in enumerate(visit.items, start=4):
        _write_item(page, row, item, summary)
    end = 3 + len(visit.items)
    page.colour_words((4, end), CURED_COLUMN, page.words(_YES), page.words(_NO))
    page.across(end + 2, 0, last, signature_line(summary), "wrap")
    page.sheet.set_row(end + 2, 40)
    page.sheet.freeze_panes(4, 1)
    page.sheet.autofilter(3, 0, end, last)
    page.sheet.repeat_rows(3)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.NAVY)


def _write_item(page: Page, row: int, item: Confirmation, summary: AuditSummary) -> None:
    texts = texts_of(item, summary)
    for column, text in enumerate(texts):
        page.text(row, column, text, "cell", "wrap", "center" if column == CURED_COLUMN else "left")
    page.row(row, [(page.words(text), width) for text, width in zip(texts, page.widths, strict=True)])


def facts_of_visit(summary: AuditSummary, visit: FollowUp) -> list[tuple[Text, Text]]:
    """Return what the visit was, who went and who was there, with its labels."""
    return [
        (_FOLLOWS, same(visit.earlier)),
        (_DATE, same(summary.date)),
        (_AUDITORS, joined([same(name) for name in summary.auditors]) if summary.auditors else same("–")),
        (_PARTICIPANTS, joined([same(name) for name in summary.participants]) if summary.participants else same("–")),
    ]


def texts_of(item: Confirmation, summary: AuditSummary) -> list[str | Text]:
    """Return the cells of one thing looked at, in the order of `HEADS`."""
    department = summary.checklist.department(item.department)
    files = ", ".join(piece.name for piece in summary.evidence if piece.item == item.number)
    return [
        item.number,
        department.name if department else same(""),
        item.statement,
        item.action,
        item.what if item.action != item.number else same(""),
        cured_word(item),
        item.note,
        files,
    ]


def cured_word(item: Confirmation) -> Text:
    """Say whether a weak item is cured."""
    return _NOT_YET if item.confirmed is None else _YES if item.confirmed else _NO


def signature_line(summary: AuditSummary) -> Text:
    """Say who signed, with the check code; before that, where to sign."""
    signed = summary.signature
    if signed is None:
        return _SIGN_HERE
    dealer = "" if signed.consent is Consent.REFUSED else signed.dealer_representative
    return _SIGNED.format(auditor=listed(signed.auditor), dealer=listed(dealer or "–"), code=signed.code)

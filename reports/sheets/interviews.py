"""The interviews, each with the findings that follow from it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from checklists.text import Text
from reports.page import Page
from reports.style import Palette
from reports.words import INTERVIEWS_SHEET

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.interviews import Finding, Interview
    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles


class Column(IntEnum):
    """The columns, from the left."""

    NUMBER = 0
    ROLE = 1
    PERSON = 2
    QUESTION = 3
    NOTE = 4
    FINDINGS = 5


_HEADS: dict[Column, tuple[Text, float]] = {
    Column.NUMBER: (Text("编号", "No."), 8),
    Column.ROLE: (Text("岗位", "Role"), 18),
    Column.PERSON: (Text("姓名", "Name"), 12),
    Column.QUESTION: (Text("问题", "Question"), 34),
    Column.NOTE: (Text("记录", "Note"), 44),
    Column.FINDINGS: (Text("发现", "Findings that follow"), 44),
}
_TITLE = Text("{name}：访谈记录", "{name}: interviews")
OTHER = Text("其他发现", "Other findings")
_FOUND = Text("{number}  {text}", "{number}  {text}")
_GUIDE = Text("{id}  {question}", "{id}  {question}")
_MERGED = Text("{number}  {text}（并入 {into}）", "{number}  {text} (merged into {into})")
_HEAD_ROW, _FIRST_ROW = 1, 2


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet; an audit without interviews and findings has none."""
    if not summary.interviews and not summary.findings:
        return
    page = Page(workbook, INTERVIEWS_SHEET, styles, lang, [width for _, width in _HEADS.values()])
    _write_head(page, summary)
    row = _FIRST_ROW
    for interview in summary.interviews:
        found = [finding for finding in summary.findings if interview in finding.interviews]
        texts = {
            Column.NUMBER: interview.number,
            Column.ROLE: interview.role_name.of(lang),
            Column.PERSON: interview.person,
            Column.QUESTION: asked_of(interview).of(lang),
            Column.NOTE: interview.note,
            Column.FINDINGS: "\n".join(finding_line(finding, lang) for finding in found),
        }
        for column, text in texts.items():
            page.text(row, column, text, "cell", "wrap", "center" if column is Column.NUMBER else "left")
        page.row(row, [(text, page.widths[column]) for column, text in texts.items()])
        row += 1
    other = [finding for finding in summary.findings if not finding.interviews]
    if other:
        _write_other(page, row, other)


def _write_head(page: Page, summary: AuditSummary) -> None:
    page.title(_TITLE.format(name=summary.dealer), Column.FINDINGS)
    page.heads(_HEAD_ROW, {column: head for column, (head, _) in _HEADS.items()})
    page.sheet.freeze_panes(_FIRST_ROW, 0)
    page.sheet.repeat_rows(_HEAD_ROW)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.NAVY)


def _write_other(page: Page, row: int, findings: list[Finding]) -> None:
    """Write what no interview led to."""
    page.across(row, Column.NUMBER, Column.FINDINGS, OTHER, "cell", "band", "indent")
    page.sheet.set_row(row, 24)
    for offset, finding in enumerate(findings, start=row + 1):
        text = finding_line(finding, page.lang)
        page.across(offset, Column.NUMBER, Column.PERSON, finding.department.name, "cell", "wrap", "left")
        page.across(offset, Column.QUESTION, Column.FINDINGS, text, "cell", "wrap", "left")
        page.row(offset, [(text, page.span(Column.QUESTION, Column.FINDINGS))])


def asked_of(interview: Interview) -> Text:
    """Return the question, with its id where it is one of a guide."""
    return _GUIDE.format(id=interview.guide, question=interview.asked) if interview.guide else interview.asked


def finding_line(finding: Finding, lang: ReportLang) -> str:
    """Return a finding in one paragraph; one that was merged says where it went."""
    if finding.merged_into:
        into = ", ".join(finding.merged_into)
        return _MERGED.format(number=finding.number, text=finding.text, into=into).of(lang)
    return _FOUND.format(number=finding.number, text=finding.text).of(lang)

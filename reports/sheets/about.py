"""What the report rests on: checklist, rules in words, what changed after signing, and what had to be shortened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.clock import shown
from checklists.points import printed
from checklists.text import Text, same
from reports.breaks import PageBreaks
from reports.page import Page
from reports.report_rules import rules_of
from reports.style import Palette
from reports.words import ABOUT_SHEET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter.workbook import Workbook

    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles

_WIDTHS = (20.0, 22.0, 76.0)
_HEAD = 22.0
_LAST = 2
_TITLE = Text("{name}：关于本报告", "{name}: about this report")
REPORT, RULES = Text("本报告", "This report"), Text("评分规则", "The rules")
CHANGES, _SHORTENED = Text("签字之后的变动", "Changed after signing"), Text("缩短的内容", "What was shortened")
_CHECKLIST = Text("评估表", "Checklist")
_CHECKLIST_LINE = Text(
    "{title}（{id}，版本 {version}，指纹 {hash}）：满分 {total}，共 {items} 项",
    "{title} ({id}, version {version}, hash {hash}): {total} points, {items} items",
)
_AUDIT, _AUDIT_LINE = Text("评估", "Audit"), Text("{ref}，{date}，{kind}", "{ref}, {date}, {kind}")
NUMBERS = Text("数字", "Figures")
_NUMBERS_LINE = Text(
    "各级得分、及格分和结论是公式，从部门表的得分算起，重新计算得到同样的数字。改动单元格不会改变评估本身。",
    "Points, pass points and results of every level are formulas over the points on the departments' sheets and "
    "recalculate to the same figures. Changing a cell does not change the audit.",
)
_COPY = Text("留存", "Copy")
_DEALER_COPY = Text(
    "经销商留存：完整内容，含人员姓名和单据号", "The dealership's own: complete, with names and records"
)
_MASKED_COPY = Text(
    "总部留存：人员以岗位代替，车牌、VIN、电话、身份证号和邮箱已遮盖，不含照片和文件名。"
    "评估没有登记的姓名（如备注里客户的名字）和只有称呼的人（如“王师傅”）认不出来，外发前请自查。",
    "Headquarters: roles stand for names; plates, VIN, phones, identity numbers and mail addresses are covered; no "
    "pictures or file names. Names the audit does not know (a customer's in a note) and people named by a title alone "
    "cannot be recognised: look through it before it leaves.",
)
_SEAL = Text("封存码", "Seal")
_SEAL_LINE = Text(
    "{seal}（{time}）。核对：dealer-audit audit verify {ref} --seal {code}",
    "{seal} ({time}). To verify: dealer-audit audit verify {ref} --seal {code}",
)
_OPEN = Text("未签字", "not signed")
_SCAN = Text("签字扫描件", "Signed paper")
_SCAN_LINE = Text("{name}，SHA-256 {file}", "{name}, SHA-256 {file}")
_FINAL = Text("定稿", "Final")
_FINAL_LINE = Text("{by}，{time}", "{by}, {time}")
NO_CHANGES = Text("签字之后没有变动。", "Nothing was changed after signing.")
NOT_SIGNED = Text("评估尚未签字。", "The audit is not signed yet.")
_LATE = Text("签字后收到的 {count} 条记录未计分。", "{count} entries arrived after signing and are not scored.")
_NOTHING = Text("没有缩短任何内容。", "Nothing was shortened.")
_TEXT_LINE = Text(
    "{sheet} {cell}：全文 {length} 字，见“全文”第 {number} 条",
    "{sheet} {cell}: {length} characters, in full on Full texts, no. {number}",
)
_PICTURES = Text(
    "{count} 个文件的缩略图没有放入，以免报告超过 10 MB；"
    "文件都列在“佐证”中，原件可用 dealer-audit evidence export 导出。",
    "The pictures of {count} files were left out to keep the report below 10 MB; all files are listed on Evidence, and "
    "dealer-audit evidence export writes the originals.",
)
_MOST_LINES = 60
_AND_MORE = Text("……共 {count} 条，见“全文”", "... {count} in all: Full texts")


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet; after all others, as it says what they had to shorten."""
    page = Page(workbook, ABOUT_SHEET, styles, lang, _WIDTHS)
    above = page.title(_TITLE.format(name=summary.dealer), _LAST)
    page.paper(summary.dealer, summary.ref, landscape=False)
    page.tab(Palette.MUTED)
    sheet = _Sheet(page, PageBreaks(_WIDTHS, above, 0.0, landscape=False))
    sheet.pairs(REPORT, facts_of_report(summary))
    sheet.pairs(RULES, rules_of(summary))
    sheet.lines(_SHORTENED, _shortened(styles))
    sheet.changes(summary)
    page.sheet.set_h_pagebreaks(sheet.breaks.rows)


class _Sheet:
    """The sheet from top to bottom; `row` is the next free one."""

    def __init__(self, page: Page, breaks: PageBreaks) -> None:
        self.page = page
        self.breaks = breaks
        self.row = 2
        self.kept = 0.0
        """Points of height of a heading that stays on a page with the row below it."""

    def pairs(self, head: Text, pairs: Iterable[tuple[Text, Text]]) -> None:
        """Write labels with a sentence each."""
        page = self.page
        self._head(head)
        for label, text in pairs:
            page.text(self.row, 0, label, "cell", "label", "wrap")
            page.across(self.row, 1, _LAST, text, "cell", "wrap", "left")
            self._fit([(page.words(label), page.widths[0]), (page.words(text), page.span(1, _LAST))])
        self.row += 1

    def lines(self, head: Text, lines: Iterable[Text]) -> None:
        """Write sentences."""
        self._head(head)
        for line in lines:
            self.page.across(self.row, 0, _LAST, line, "cell", "wrap", "left")
            self._fit([(self.page.words(line), self.page.span(0, _LAST))])
        self.row += 1

    def changes(self, summary: AuditSummary) -> None:
        """Write who changed what after signing."""
        page = self.page
        if not summary.changes:
            told = [NOT_SIGNED if summary.signature is None else NO_CHANGES]
            self.lines(CHANGES, [*told, *late_entries(summary)])
            return
        self._head(CHANGES)
        for change in summary.changes:
            texts = (shown(change.time), change.person, page.words(change.what))
            for column, text in enumerate(texts):
                page.text(self.row, column, text, "cell", "wrap", "left")
            self._fit(list(zip(texts, page.widths, strict=True)))
        for line in late_entries(summary):
            page.across(self.row, 0, _LAST, line, "cell", "wrap", "left")
            self._fit([(page.words(line), page.span(0, _LAST))])
        self.row += 1

    def _head(self, head: Text) -> None:
        self.page.across(self.row, 0, _LAST, head, "cell", "band", "indent")
        self.page.sheet.set_row(self.row, _HEAD)
        self.kept = _HEAD
        self.row += 1

    def _fit(self, cells: list[tuple[str, float]]) -> None:
        height = max(19.0, self.page.row(self.row, cells))
        self.page.sheet.set_row(self.row, height)
        # The heading with the free row above it.
        self.breaks.block(self.row - 1 if self.kept else self.row, height + (self.kept + 15.0 if self.kept else 0.0))
        self.kept = 0.0
        self.row += 1


def facts_of_report(summary: AuditSummary) -> list[tuple[Text, Text]]:
    """Return what the report rests on, with labels."""
    checklist, signed = summary.checklist, summary.signature
    seal = _OPEN
    if signed is not None:
        seal = _SEAL_LINE.format(seal=signed.seal, time=shown(signed.time), ref=summary.ref, code=signed.code)
    facts = [
        (_AUDIT, _AUDIT_LINE.format(ref=summary.ref, date=summary.date, kind=summary.kind_name)),
        (
            _CHECKLIST,
            _CHECKLIST_LINE.format(
                title=checklist.title,
                id=checklist.id,
                version=checklist.version,
                hash=checklist.hash[:16],
                total=printed(checklist.total),
                items=len(checklist.items),
            ),
        ),
        (_SEAL, seal),
        (NUMBERS, _NUMBERS_LINE),
        (_COPY, _MASKED_COPY if summary.masked else _DEALER_COPY),
    ]
    facts += [(_SCAN, _SCAN_LINE.format(name=same(scan.name), file=scan.file)) for scan in summary.scans]
    if summary.finalized is not None:
        final = summary.finalized
        facts.append((_FINAL, _FINAL_LINE.format(by=same(final.by), time=shown(final.time))))
    return facts


def late_entries(summary: AuditSummary) -> list[Text]:
    """Say how many entries arrived after signing."""
    return [_LATE.format(count=summary.late)] if summary.late else []


def _shortened(styles: Styles) -> list[Text]:
    """Return what stands elsewhere or was left out."""
    found = styles.shortened
    lines = [
        _TEXT_LINE.format(sheet=long.sheet, cell=long.cell, length=len(long.text), number=long.number)
        for long in found.texts[:_MOST_LINES]
    ]
    if len(found.texts) > _MOST_LINES:
        lines.append(_AND_MORE.format(count=len(found.texts)))
    if found.pictures:
        lines.append(_PICTURES.format(count=found.pictures))
    return lines or [_NOTHING]

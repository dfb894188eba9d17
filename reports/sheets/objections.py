"""Objections with both answers and the points before and after, and what else was amended after signing."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from audit.clock import shown
from audit.closing import Decision
from audit.objecting import DECISION_NAMES
from checklists.points import printed
from checklists.text import Text, joined, same
from reports.formulas import NO_FIGURE
from reports.page import Page
from reports.style import POINTS, Palette
from reports.words import OBJECTIONS_SHEET, answer_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.workbook import Workbook

    from audit.objecting import Objection
    from audit.state import Amendment, Answer
    from audit.summary import AuditSummary
    from checklists.text import ReportLang
    from reports.style import Styles


class Column(IntEnum):
    """The columns, from the left."""

    NUMBER = 0
    ITEM = 1
    STATEMENT = 2
    BY = 3
    TEXT = 4
    ANSWER_BEFORE = 5
    BEFORE = 6
    DECISION = 7
    REPLY = 8
    DECIDED = 9
    ANSWER_AFTER = 10
    AFTER = 11


_HEADS: dict[Column, tuple[Text, float]] = {
    Column.NUMBER: (Text("编号", "No."), 6),
    Column.ITEM: (Text("检查项", "Item"), 8),
    Column.STATEMENT: (Text("检查项内容", "What is checked"), 32),
    Column.BY: (Text("提出", "Raised"), 17),
    Column.TEXT: (Text("异议与补充佐证", "Objection, late evidence"), 36),
    Column.ANSWER_BEFORE: (Text("原评分", "Answer"), 14),
    Column.BEFORE: (Text("原得分", "Points"), 9),
    Column.DECISION: (Text("结论", "Decision"), 12),
    Column.REPLY: (Text("答复", "Reply"), 36),
    Column.DECIDED: (Text("答复人", "Decided"), 17),
    Column.ANSWER_AFTER: (Text("现评分", "Answer now"), 14),
    Column.AFTER: (Text("现得分", "Points now"), 9),
}
_LAST = Column.AFTER
_TITLE = Text("{name}：异议与修正", "{name}: objections and amendments")
DUE = Text("异议受理至 {due}（含）。", "Objections are raised in time until {due}.")
_TOTALS = Text(
    "签字时总分 {before}，异议和修正之后 {after}（{difference}）。",
    "Total as signed {before}, after objections and amendments {after} ({difference}).",
)
_UNCHANGED = Text("总分与签字时相同。", "The total is as it was signed.")
_BY = Text("{by}\n{time}", "{by}\n{time}")
_SETTLED = Text("冲突由 {by} 解决\n{time}", "conflict settled by {by}\n{time}")
LATE = Text("逾期", "late")
FILES = Text("补充佐证：{names}", "Late evidence: {names}")
OTHER = Text("其他修正", "Other amendments")
AMENDED = Text("修正", "amended")
APART = Text("两处分别修正，未定", "amended apart, unsettled")
REPLACED = Text("已被后来的修正取代", "replaced by a later one")
SHADES = {Decision.GRANTED: ("passed",), Decision.REJECTED: ("failed",), Decision.OPEN: ("notice",)}
_EARLIER = Text("（此前{decision}：{answer}）", "(earlier: {decision}: {answer})")
_HEAD_ROW, _FIRST_ROW = 2, 3


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet; an audit without objections and amendments has none."""
    others = [amendment for amendment in summary.amendments if amendment.objection is None]
    if not summary.objections and not others:
        return
    page = Page(workbook, OBJECTIONS_SHEET, styles, lang, [width for _, width in _HEADS.values()])
    page.title(_TITLE.format(name=summary.dealer), _LAST)
    told = [DUE.format(due=summary.objection_due)] if summary.objection_due else []
    page.legend(1, joined([*told, totals_line(summary)], "", " "), _LAST)
    page.heads(_HEAD_ROW, {column: head for column, (head, _) in _HEADS.items()})
    page.sheet.freeze_panes(_FIRST_ROW, 2)
    page.sheet.repeat_rows(_HEAD_ROW)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.NOTICE)
    rows = _Rows(page, summary)
    row = _FIRST_ROW
    for objection in summary.objections:
        rows.objection(row, objection)
        row += 1
    if others:
        page.across(row, 0, _LAST, OTHER, "cell", "band", "indent")
        page.sheet.set_row(row, 22)
        for at, amendment in enumerate(others, start=row + 1):
            rows.amendment(at, amendment)
    page.sheet.ignore_errors({"number_stored_as_text": "A1:L2000"})


def totals_line(summary: AuditSummary) -> Text:
    """Say what objections and amendments made of the total."""
    if summary.on_site is None:
        return _UNCHANGED
    before, after = summary.on_site.total.earned, summary.scorecard.total.earned
    if before == after:
        return _UNCHANGED
    return _TOTALS.format(
        before=printed(before), after=printed(after), difference=f"{after - before:+}".replace("-", "−")
    )


def replies_of(objection: Objection) -> list[Text]:
    """Return what was said to an objection; what was said before it was decided anew stands above it."""
    earlier = [_EARLIER.format(decision=DECISION_NAMES[e.decision], answer=e.answer) for e in objection.earlier]
    return [*earlier, same(objection.answer)]


def decided_of(objection: Objection) -> Text:
    """Say who decided an objection and when, and who kept that when a conflict was settled."""
    decided = [same(text) for text in (objection.decided_by, shown(objection.decided_at)) if text]
    return joined([*decided, *_settled(objection)], "\n", "\n")


def amended_by(amendment: Amendment) -> Text:
    """Say who amended an answer and when, and who kept that when a conflict was settled."""
    made = _BY.format(by=same(amendment.person), time=shown(amendment.time))
    return joined([made, *_settled(amendment)], "\n", "\n")


def _settled(kept: Objection | Amendment) -> list[Text]:
    if not kept.settled_by:
        return []
    return [_SETTLED.format(by=same(kept.settled_by), time=shown(kept.settled_at))]


class _Rows:
    """The rows, which look the items up."""

    def __init__(self, page: Page, summary: AuditSummary) -> None:
        self.page = page
        self.summary = summary

    def objection(self, row: int, objection: Objection) -> None:
        """Write an objection with its reply."""
        files = [FILES.format(names=joined([same(name) for name in objection.evidence]))] if objection.evidence else []
        by = [same(objection.by), same(shown(objection.time)), *([LATE] if objection.late else [])]
        after = objection.amended or (None if objection.decision is Decision.OPEN else objection.disputed)
        texts = {
            Column.NUMBER: same(objection.id),
            Column.ITEM: same(objection.item),
            Column.BY: self._lines(by),
            Column.TEXT: self._lines([same(objection.text), *files]),
            Column.ANSWER_BEFORE: self._answer(objection.item, objection.disputed),
            Column.DECISION: DECISION_NAMES[objection.decision],
            Column.REPLY: self._lines(replies_of(objection)),
            Column.DECIDED: decided_of(objection),
            Column.ANSWER_AFTER: self._answer(objection.item, after),
        }
        self._write(row, objection.item, texts, SHADES.get(objection.decision, ()))
        self.page.number(row, Column.BEFORE, objection.before, POINTS, "cell")
        if objection.after is None:
            self.page.text(row, Column.AFTER, "–", "cell", "figure")
        else:
            self.page.number(row, Column.AFTER, objection.after, POINTS, "cell", "bold")

    def amendment(self, row: int, amendment: Amendment) -> None:
        """Write an amendment that nobody objected for."""
        state = APART if amendment.conflict else AMENDED if amendment.stands else REPLACED
        texts = {
            Column.NUMBER: same(""),
            Column.ITEM: same(amendment.item),
            Column.BY: same(""),
            Column.TEXT: same(""),
            Column.ANSWER_BEFORE: self._answer(amendment.item, amendment.before),
            Column.DECISION: state,
            Column.REPLY: same(amendment.reason),
            Column.DECIDED: amended_by(amendment),
            Column.ANSWER_AFTER: self._answer(amendment.item, amendment.after),
        }
        self._write(row, amendment.item, texts, ())
        points = {Column.BEFORE: amendment.points_before, Column.AFTER: amendment.points_after}
        for column, value in points.items():
            bold = ("bold",) if column is Column.AFTER else ()
            if value is None:
                self.page.text(row, column, NO_FIGURE, "cell", "center", *bold)
            else:
                self.page.number(row, column, value, POINTS, "cell", *bold)

    def _write(self, row: int, item_id: str, texts: Mapping[Column, Text], shade: tuple[str, ...]) -> None:
        page, item = self.page, self.summary.checklist.items.get(item_id)
        whole = {**texts, Column.STATEMENT: item.statement if item else same("")}
        for column, text in whole.items():
            side = "left" if column in {Column.STATEMENT, Column.TEXT, Column.REPLY} else "center"
            page.text(row, column, text, "cell", "wrap", side, *(shade if column is Column.DECISION else ()))
        page.row(row, [(page.words(text), page.widths[column]) for column, text in whole.items()])

    def _lines(self, texts: list[Text]) -> Text:
        # One by one: what somebody typed stands once beside words in both languages.
        return same("\n".join(self.page.words(text) for text in texts))

    def _answer(self, item_id: str, answer: Answer | None) -> Text:
        item = self.summary.checklist.items.get(item_id)
        if answer is None:
            return same("–")
        return answer_words(item, answer) if item else same(answer.value)

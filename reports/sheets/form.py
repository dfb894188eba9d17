"""The form an audit is filled in with on Excel: a sheet a department or a place, live totals on the first.

`reports.sheets.form_reader` reads it back.  Rows are found by the ids people see and columns by their heads, so that
sorting, filtering, moving and inserting do no harm.  A hidden cell on top of each sheet says what the form belongs to,
a hidden cell in each row what stood there when it was written: only what was changed since is taken.  What people
choose from follows the item's id, as Excel does not sort the lists of choices with their rows.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import IntEnum
from io import BytesIO
from typing import TYPE_CHECKING, Literal, get_args

from audit.answers import STATE_NAMES, reason_text
from audit.kpi import bound_kpi
from audit.records import DRAW
from audit.state import ItemState
from checklists.points import ZERO
from checklists.rules import YesNo
from checklists.text import Text, same
from reports.book import new_book
from reports.booklet.critical_words import CRITICAL
from reports.booklet.sheets import SheetNames
from reports.formulas import Formula, cell
from reports.page import Page
from reports.safe_text import safe
from reports.sheets import form_points
from reports.sheets.form_choices import YES_NO, answers_of, meaning_of, reasons_of
from reports.sheets.form_totals import Span, Totals
from reports.style import DASH, POINTS, WHOLE_POINTS, Palette, Styles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xlsxwriter.workbook import Workbook

    from audit.state import Answer, AuditState
    from audit.summary import AuditSummary
    from checklists.model import BonusItem, Checklist, Item
    from checklists.text import Lang

By = Literal["department", "place"]
ORDERS: tuple[By, ...] = get_args(By)

FORM = "dealer-audit/answers/1"
"""Marks the hidden row of each sheet."""


class Column(IntEnum):
    """The columns, from the left; the last four are hidden."""

    ID = 0
    GROUP = 1
    STATEMENT = 2
    EVIDENCE = 3
    MAXIMUM = 4
    ANSWER = 5
    POINTS = 6
    CHECK = 7
    REASON = 8
    NOTE = 9
    EARLIER = 10
    NUMBER = 11
    POSSIBLE = 12
    TEXT = 13
    KNOWN = 14


HEADS: dict[Column, tuple[Text, float]] = {
    Column.ID: (Text("编号", "Item"), 8),
    Column.GROUP: (Text("项目", "Section"), 15),
    Column.STATEMENT: (Text("检查项", "What is checked"), 40),
    Column.EVIDENCE: (Text("看什么", "What to look at"), 44),
    Column.MAXIMUM: (Text("满分", "Max."), 7),
    Column.ANSWER: (Text("评分", "Answer"), 15),
    Column.POINTS: (Text("得分", "Points"), 9),
    Column.CHECK: (Text("核对", "Check"), 7),
    Column.REASON: (Text("原因", "Reason"), 28),
    Column.NOTE: (Text("新备注", "New note"), 26),
    Column.EARLIER: (Text("已有备注", "Notes so far"), 22),
    Column.NUMBER: (same("#"), 6),
    Column.POSSIBLE: (same("="), 6),
    Column.TEXT: (same("~"), 6),
    Column.KNOWN: (same("{}"), 6),
}
LEGEND = Text(
    "浅黄色栏可填写：评分从下拉表选择或直接输入（把鼠标放在格上看评分标准），原因和备注写在右侧。"
    "灰色的评分由抽样记录或 KPI 得出，不在此处填写。"
    "核对：√ 已识别　! 缺原因　? 表内算不出，导入时由工具计算或指出。",
    "Fill in the pale yellow cells: pick an answer from the list or type it (rest the pointer on the cell for what it "
    "means), with reason and note at the right. Grey answers come from record sheets or KPIs and are not filled in "
    "here. Check: √ understood   ! its reason is missing   ? not computed here; the tool does, or says what is wrong, "
    "when the form is read.",
)
_TITLE, _NAME = Text("{name}：{group}", "{name}: {group}"), Text("{department} / {section}", "{department} / {section}")
_FILE = Text("评分表 {ref}", "Audit form {ref}")
_BONUS = Text("加分项", "Bonus items")
_CHOICES = Text("选项", "Choices")
_FROM_RECORDS = Text(
    "由抽样组“{set}”的抽样记录得出（{state}）。请在抽样记录表中标记：records sheet / records import。",
    "Read from the records drawn for {set} ({state}). Mark them on their record sheet: records sheet, records import.",
)
_FROM_KPI = Text(
    "由指标 {kpi} 得出（{state}）。请录入指标：kpi set 或 kpi import；要改为直接评分，用 audit answer 并写明原因。",
    "Comes from KPI {kpi} ({state}). Record the KPI: kpi set, kpi import; to answer it otherwise use audit answer with "
    "a reason.",
)
_KEY_ROW, _TITLE_ROW, _LEGEND_ROW, HEAD_ROW, FIRST_ROW = range(5)
_LONG = 400
"""Texts longer than this are remembered by their digest."""


@dataclass(frozen=True, slots=True)
class _Group:
    name: Text
    items: tuple[Item | BonusItem, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a form is filled with: the summary, and the answers behind it."""

    summary: AuditSummary
    state: AuditState

    def answer(self, item: Item | BonusItem) -> Answer:
        """Return an item's answer."""
        return self.state.answer(item.id)

    def source(self, item: Item | BonusItem) -> Text | None:
        """Say where an answer comes from that nobody types; None for all others."""
        return source_of(self.summary.checklist, self.state, item)


def source_of(checklist: Checklist, state: AuditState, item: Item | BonusItem) -> Text | None:
    """Say where an item's answer comes from when nobody types it; None for all others."""
    name, standing = getattr(item, "set", None), STATE_NAMES[state.answer(item.id).state]
    if name is not None and f"{DRAW}{name}" in state.material:
        return _FROM_RECORDS.format(set=checklist.sample_sets[name].name, state=standing)
    kpi = bound_kpi(checklist, item)
    return None if kpi is None else _FROM_KPI.format(kpi=kpi, state=standing)


def form_bytes(standing: Standing, by: By, lang: Lang) -> bytes:
    """Return the form as the bytes of an .xlsx file, with the answers that stand.

    Args:
        standing: the audit.
        by: what the items are put together by, a sheet each.
        lang: language of the form.
    """
    out = BytesIO()
    summary = standing.summary
    with new_book(out) as workbook:
        workbook.set_properties(
            {"title": _FILE.format(ref=summary.ref).of(lang), "comments": FORM, "subject": safe(summary.ref, lang)}
        )
        styles, names = Styles(workbook), SheetNames()
        writer = _Writer(workbook, styles, standing, lang, names.new(_CHOICES.of(lang)))
        totals = Totals(workbook, styles, summary, lang, names)
        for group in _groups(standing, by):
            writer.group(group, names.new(group.name.of(lang)))
        totals.write(writer.spans, writer.bonus)
        writer.choices()
    return out.getvalue()


def shown_answer(answer: Answer, item: Item | BonusItem, lang: Lang) -> str:
    """Return an answer as it stands in the form."""
    if answer.state is ItemState.OPEN:
        return ""
    if answer.state is not ItemState.ANSWERED:
        return STATE_NAMES[answer.state].of(lang)
    return YES_NO[answer.value == "y"].of(lang) if isinstance(item.rule, YesNo) else answer.value


def remembered(text: str) -> str:
    """Return what a row remembers of a text: itself, or the digest of a long one."""
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= _LONG else "sha256:" + hashlib.sha256(tidy.encode()).hexdigest()


def _groups(standing: Standing, by: By) -> Iterator[_Group]:
    checklist = standing.summary.checklist
    asked = [score.item for score in standing.summary.scorecard.items]
    if by == "place":
        for key, place in checklist.places.items():
            yield _Group(place.name, tuple(item for item in asked if item.place == key))
    else:
        for score in standing.summary.scorecard.departments:
            yield _Group(score.department.name, tuple(score.department.items))
    yield _Group(_BONUS, checklist.bonus)


class _Writer:
    """Writes the sheets of items, which share their choices and remember where their items stand."""

    def __init__(self, workbook: Workbook, styles: Styles, standing: Standing, lang: Lang, choices: str) -> None:
        self.workbook, self.styles, self.standing, self.lang = workbook, styles, standing, lang
        self.summary = standing.summary
        self.spans: list[Span] = []
        self.bonus: str = ""
        """The points of the bonus items, as a range."""
        self._lists: list[tuple[str, list[str], list[str]]] = []
        self._scores = {score.item.id: score for score in self.summary.scorecard.items}
        self._bonus_points = {score.id: score.earned for score in self.summary.scorecard.bonus}
        places = self.summary.checklist.place_of
        sections = [s.section.id for d in self.summary.scorecard.departments for s in d.sections]
        departments = [d.department.id for d in self.summary.scorecard.departments for _ in d.sections]
        numbers = {key: number for number, key in enumerate(zip(departments, sections, strict=True), start=1)}
        self._number = {
            i: numbers[places[i][0].id, places[i][1].id] for i in self._scores if i in places
        }  # each section's number on the first sheet
        self._choices_name = choices

    def group(self, group: _Group, name: str) -> None:
        """Write one sheet; nothing where it has no items."""
        if not group.items:
            return
        page = Page(self.workbook, same(name), self.styles, self.lang, [width for _, width in HEADS.values()])
        self._head(page, group.name)
        for row, item in enumerate(group.items, start=FIRST_ROW):
            self._item(page, row, item)
        last = FIRST_ROW + len(group.items) - 1
        self._offer(page, last)
        sheet = page.sheet
        sheet.set_column(Column.NUMBER, Column.KNOWN, 6, None, {"hidden": True})
        sheet.autofilter(HEAD_ROW, 0, last, Column.KNOWN)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{cell(last, Column.KNOWN)}"})
        sheet.print_area(0, 0, last, Column.EARLIER)
        if group.name is _BONUS:
            self.bonus = f"'{name}'!{_fixed(Column.POINTS, last)}"
        else:
            held = frozenset(self._number[item.id] for item in group.items)
            self.spans.append(Span(name, FIRST_ROW, last, held))

    def _head(self, page: Page, group: Text) -> None:
        key = {"form": FORM, "ref": self.summary.ref, "checklist": self.summary.checklist.hash, "lang": self.lang}
        page.text(_KEY_ROW, 0, json.dumps(key))
        page.sheet.set_row(_KEY_ROW, None, None, {"hidden": True})
        page.text(_TITLE_ROW, 0, _TITLE.format(name=self.summary.dealer, group=group), "title")
        page.sheet.set_row(_TITLE_ROW, 28)
        page.across(_LEGEND_ROW, 0, Column.EARLIER, LEGEND, "wrap", "small", "muted", "left")
        page.row(_LEGEND_ROW, [(LEGEND.of(self.lang), page.span(0, Column.EARLIER))])
        for column, (head, _) in HEADS.items():
            page.text(HEAD_ROW, column, head, "cell", "head")
        page.sheet.set_row(HEAD_ROW, 24)
        page.sheet.freeze_panes(FIRST_ROW, 1)
        page.sheet.repeat_rows(HEAD_ROW)
        page.paper(self.summary.dealer, self.summary.ref, landscape=True)
        page.tab(Palette.EARNED_BAR)

    def _item(self, page: Page, row: int, item: Item | BonusItem) -> None:
        answer, source = self.standing.answer(item), self.standing.source(item)
        shown = shown_answer(answer, item, self.lang)
        reason = safe(reason_text(answer).of(self.lang), self.lang)
        notes = "\n".join(note.text for note in self.summary.notes.get(item.id, ()))
        evidence = getattr(item, "evidence", None)
        texts = {
            Column.ID: (item.id, "bold"),
            Column.GROUP: (self._group_name(item).of(self.lang), "small"),
            Column.STATEMENT: (_statement(item).of(self.lang), "left"),
            Column.EVIDENCE: (evidence.of(self.lang) if evidence else "", "small"),
            Column.EARLIER: (notes, "small"),
        }
        for column, (text, trait) in texts.items():
            page.text(row, column, text, "cell", "wrap", "left", trait)
        fill = "locked" if source else "input"
        style = self.styles.of("cell", "wrap", "center", "bold", fill, number="@")
        page.sheet.write_string(row, Column.ANSWER, safe(shown, self.lang), style)
        for column, text, shade in ((Column.REASON, reason, fill), (Column.NOTE, "", "input")):
            page.sheet.write_string(row, column, text, self.styles.of("cell", "wrap", "left", shade, number="@"))
        known = {"item": item.id, "value": shown, "reason": remembered(reason), "entry": answer.entry[:16]}
        page.text(row, Column.KNOWN, json.dumps(known, ensure_ascii=False))
        self._figures(page, row, item, shown, reason, computed=source is not None)
        self._explain(page, row, item, source)
        self._lists.append(
            (
                item.id,
                [] if source else answers_of(self.summary.checklist, item, self.lang),
                reasons_of(item, self.lang),
            )
        )
        cells = [(text, page.widths[column]) for column, (text, _) in texts.items()]
        page.row(row, [*cells, (shown, page.widths[Column.ANSWER]), (reason, page.widths[Column.REASON])])

    def _figures(
        self, page: Page, row: int, item: Item | BonusItem, shown: str, reason: str, *, computed: bool
    ) -> None:
        """Write the points as formulas of what is typed; those of a computed answer as they are."""
        score = self._scores.get(item.id)
        points = score.earned if score else self._bonus_points.get(item.id, ZERO)
        left = score is not None and not score.possible
        page.number(row, Column.MAXIMUM, item.points, _number(item.points), "cell")
        if item.id in self._number:
            page.number(row, Column.NUMBER, self._number[item.id], "0")
        worth: Decimal | str = "" if not shown else form_points.LEFT if left else points
        if computed:
            self._plain(page, row, worth, score.possible if score else ZERO, shown)
            return
        answer, text, why = cell(row, Column.ANSWER), cell(row, Column.TEXT), cell(row, Column.REASON)
        tidy = form_points.tidy(shown, item.rule)
        page.formula(row, Column.TEXT, Formula(form_points.tidied(answer, item.rule), tidy), "@")
        known = (tidy, points) if shown and not left and isinstance(worth, type(points)) else None
        page.formula(row, Column.POINTS, Formula(form_points.earned(item, text, known), worth), POINTS, "cell")
        sign = "" if not shown else form_points.READ
        if shown and not reason and (left or points < item.points):
            sign = form_points.WANTING
        source = form_points.checked(text, cell(row, Column.POINTS), why, item.points)
        page.formula(row, Column.CHECK, Formula(source, sign), "", "cell", "center")
        if score is not None:
            leaving = self.summary.checklist.no_data_not_applicable
            source = form_points.possible(score.item, text, why, leaving)
            page.formula(row, Column.POSSIBLE, Formula(source, score.possible), POINTS)

    def _plain(self, page: Page, row: int, worth: Decimal | str, possible: Decimal, shown: str) -> None:
        if isinstance(worth, str):
            page.text(row, Column.POINTS, worth, "cell", "figure")
        else:
            page.number(row, Column.POINTS, worth, POINTS, "cell")
        page.number(row, Column.POSSIBLE, possible, DASH)
        page.text(row, Column.CHECK, form_points.READ if shown else "", "cell", "center")

    def _explain(self, page: Page, row: int, item: Item | BonusItem, source: Text | None) -> None:
        """Put what each answer means into a comment on its cell."""
        lines = [source] if source else list(meaning_of(self.summary.checklist, item))
        text = "\n".join(safe(line.of(self.lang), self.lang) for line in lines)
        if text:
            room = 26 if self.lang == "zh" else 52
            height = 18 * sum(1 + len(line) // room for line in text.split("\n")) + 14
            box = {"width": 380, "height": min(height, 620), "font_size": 9, "author": "dealer-audit"}
            page.sheet.write_comment(row, Column.ANSWER, text[:30_000], box)

    def _group_name(self, item: Item | BonusItem) -> Text:
        place = self.summary.checklist.place_of.get(item.id)
        return _BONUS if place is None else _NAME.format(department=place[0].name, section=place[1].name)

    def _offer(self, page: Page, last: int) -> None:
        """Offer each row the choices of its item, wherever it is sorted to."""
        name = self._choices_name
        ids = f"'{name}'!$A$1:$A${len(self._scores) + len(self.summary.checklist.bonus) + 1}"
        for column, count, first in ((Column.ANSWER, "$B$1", "$D$1"), (Column.REASON, "$C$1", "$AA$1")):
            at = f"MATCH($A{FIRST_ROW + 1},{ids},0)-1"
            size = f"OFFSET('{name}'!{count},{at},0)"
            source = f"=OFFSET('{name}'!{first},{at},0,1,{size})"
            options = {"validate": "list", "source": source, "show_error": False}
            page.sheet.data_validation(FIRST_ROW, column, last, column, options)
        for sign, shade in ((form_points.UNKNOWN, "failed"), (form_points.WANTING, "notice")):
            rule = {"type": "cell", "criteria": "==", "value": f'"{sign}"', "format": self.styles.shade(shade)}
            page.sheet.conditional_format(FIRST_ROW, Column.CHECK, last, Column.CHECK, rule)

    def choices(self) -> None:
        """Write the hidden sheet of choices, a row an item."""
        sheet = self.workbook.add_worksheet(self._choices_name)
        sheet.hide()
        for row, (item_id, answers, reasons) in enumerate(self._lists):
            sheet.write_string(row, 0, item_id)
            sheet.write_number(row, 1, max(1, len(answers)))
            sheet.write_number(row, 2, max(1, len(reasons)))
            for column, text in [*enumerate(answers, start=3), *enumerate(reasons, start=26)]:
                sheet.write_string(row, column, text)


def _fixed(column: Column, last: int) -> str:
    letter = cell(0, column)[:-1]
    return f"${letter}${FIRST_ROW + 1}:${letter}${last + 1}"


def _number(points: Decimal) -> str:
    return WHOLE_POINTS if points == points.to_integral_value() else POINTS


def _statement(item: Item | BonusItem) -> Text:
    critical = getattr(item, "critical", None)
    return (
        Text("【{mark}】{text}", "[{mark}] {text}").format(mark=CRITICAL, text=item.statement)
        if critical
        else item.statement
    )

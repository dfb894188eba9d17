"""The improvement plan as a sheet that people fill in and send back; `reports.sheets.plan_reader` reads it.

Nothing is locked.  A hidden column at the right names each row's action and how far the audit had come when it was
written, so that rows may be sorted, filtered and moved, columns moved or deleted, and new rows added.
"""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from audit.plan import FIELD_NAMES, Field
from audit.plan_fields import DATES, TEXTS, shown_value
from checklists.text import Text
from reports.book import new_book
from reports.measure import height_of
from reports.page import Page
from reports.safe_text import safe
from reports.sheets.plan_choices import Columns, colour, offer
from reports.sheets.plan_help import write_help
from reports.style import POINTS, Palette, Styles

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.plan import Action
    from audit.summary import AuditSummary
    from checklists.text import ReportLang

FORM = "dealer-audit/plan/1"
"""Marks the hidden column."""
MASKED_FORM = "dealer-audit/plan/masked"
"""Stands there in a masked copy, which is not read back."""
SHEET = Text("改进计划", "Improvement plan")
NUMBER, POINTS_HEAD = Text("编号", "No."), Text("可挽回分", "Points to regain")
_TITLE = Text("{name}：改进计划", "{name}: improvement plan")
_FACTS = Text(
    "评估 {ref}，{date}。责任人填写：责任人、根本原因、临时措施、长效措施、费用、支持、状态、完成证据；"
    "验证三栏由评估员填写。新措施写在下面的空行里。",
    "Audit {ref}, {date}. The dealership fills in owner, root cause, measures, cost, support, status and proof; the "
    "auditor fills in who verified it, when and with what result. New actions go into the free rows below.",
)
DATE = "yyyy-mm-dd"
FREE_ROWS = 8
"""Rows for actions people add."""
_OFFERED_ROWS = 200
"""Rows below the actions that keep the choices."""
_TITLE_ROW, _FACTS_ROW, HEAD_ROW, FIRST_ROW = range(4)
_NUMBER_COLUMN, _PAGE_SCALE = 0, 64

WIDTHS: dict[Field | None, float] = {
    Field.STATUS: 10,
    Field.DUE: 11,
    Field.ANSWERS: 17,
    Field.WHAT: 62,
    Field.OWNER_ROLE: 12,
    Field.OWNER: 10,
    Field.MEASURE: 30,
    Field.TARGET: 13,
    None: 9,
    Field.DIRECTION: 11,
    Field.DEPARTMENT: 10,
    Field.ROOT_CAUSE: 22,
    Field.INTERIM: 17,
    Field.LASTING: 22,
    Field.COST: 10,
    Field.SUPPORT: 14,
    Field.PROOF: 19,
    Field.VERIFIER: 9,
    Field.VERIFIED_ON: 11,
    Field.RESULT: 13,
    Field.REASON: 10,
}
"""The columns after the number, from the left; None: the points, which are computed."""
_SECOND_PAGE = Field.DIRECTION
_FILLED_IN = (Field.ROOT_CAUSE, Field.INTERIM, Field.LASTING, Field.COST, Field.SUPPORT, Field.PROOF, Field.VERIFIER)
"""What the second page is for: empty until people work with the plan."""
_MIDDLE = frozenset({Field.STATUS, *DATES, Field.COST})


def plan_bytes(summary: AuditSummary, lang: ReportLang) -> bytes:
    """Return the plan as the bytes of an .xlsx file, to be filled in and read back."""
    out = BytesIO()
    with new_book(out) as workbook:
        workbook.set_properties({"comments": "dealer-audit improvement plan", "subject": safe(summary.ref, lang)})
        styles = Styles(workbook)
        write(workbook, styles, summary, lang, form=True)
        write_help(workbook, styles, summary, lang)
    return out.getvalue()


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang, *, form: bool = False) -> None:
    """Write the sheet, and the hidden one its choices come from; nothing where no plan was drafted.

    The same in a report and on its own, so that a report's plan can be read back too; not so in a masked copy.  Only
    as a form it is printed with the second page's columns while nothing stands in them.
    """
    actions = summary.plan.actions
    if not actions:
        return
    columns = _columns()
    page = Page(workbook, SHEET, styles, lang, [6.0, *WIDTHS.values(), 4.0])
    _write_head(page, summary, columns)
    for row, action in enumerate(actions, start=FIRST_ROW):
        _write_action(page, row, action, summary, columns)
    free = FIRST_ROW + len(actions)
    last = free + FREE_ROWS - 1
    for row in range(free, last + 1):
        for column in range(len(columns) + 1):
            _blank(page, row, column, columns)
    page.sheet.set_column(len(columns) + 1, len(columns) + 1, 4, None, {"hidden": True})
    offer(page, summary, columns, (FIRST_ROW, free + _OFFERED_ROWS))
    colour(page, columns, (FIRST_ROW, free + _OFFERED_ROWS))
    page.sheet.autofilter(HEAD_ROW, 0, last, len(columns))
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:Z{last + 1}"})
    done = form or any(getattr(action, name.value) for action in actions for name in _FILLED_IN)
    _paper(page, summary, columns, last if form else free - 1, wide=done)


def key_of(summary: AuditSummary, lang: ReportLang, action: str = "") -> str:
    """Return what the hidden column says of a row; without an action, of the sheet."""
    if summary.masked:
        return MASKED_FORM
    key = {"plan": FORM, "ref": summary.ref, "at": " ".join(summary.plan.at), "lang": lang}
    return json.dumps({**key, "id": action} if action else key, ensure_ascii=False)


def _columns() -> Columns:
    return {name: place for place, name in enumerate(WIDTHS, start=_NUMBER_COLUMN + 1)}


def _write_head(page: Page, summary: AuditSummary, columns: Columns) -> None:
    last = len(columns)
    half = columns[_SECOND_PAGE] - 1
    title = safe(page.words(_TITLE.format(name=summary.dealer)), page.lang).replace("\n", "  ")
    page.sheet.write_string(_TITLE_ROW, _NUMBER_COLUMN + 1, title, page.styles.of("title"))
    page.sheet.set_row(_TITLE_ROW, 28)
    facts = page.words(_FACTS.format(ref=summary.ref, date=summary.date))
    # Not in the column of numbers, which is printed on both pages.
    page.across(_FACTS_ROW, _NUMBER_COLUMN + 1, half, facts, "muted", "small", "wrap")
    page.row(_FACTS_ROW, [(facts, page.span(_NUMBER_COLUMN + 1, half))])
    heads = {_NUMBER_COLUMN: NUMBER} | {
        place: FIELD_NAMES[name] if name is not None else POINTS_HEAD for name, place in columns.items()
    }
    for place, head in heads.items():
        page.sheet.write_string(HEAD_ROW, place, page.words(head), page.styles.of("cell", "head"))
    tall = height_of([(page.words(head), page.widths[place] - 2.5) for place, head in heads.items()])
    page.sheet.set_row(HEAD_ROW, max(tall, 30))
    page.text(HEAD_ROW, last + 1, key_of(summary, page.lang))
    page.sheet.freeze_panes(FIRST_ROW, _NUMBER_COLUMN + 1)


def _write_action(page: Page, row: int, action: Action, summary: AuditSummary, columns: Columns) -> None:
    page.sheet.write_string(row, _NUMBER_COLUMN, action.number, page.styles.of("cell", "bold", "upper", "center"))
    shown = [(action.number, page.widths[_NUMBER_COLUMN])]
    for name, column in columns.items():
        if name is None:
            page.number(row, column, action.attainable, POINTS, "cell", "upper")
            continue
        text = cell_text(summary, action, name, page.lang)
        traits = ("cell", "wrap", "upper", "center" if name in _MIDDLE else "left")
        if name in DATES and text:
            style = page.styles.of(*traits, number=DATE)
            page.sheet.write_datetime(row, column, date.fromisoformat(text), style)
        elif text:
            style = page.styles.of(*traits, number="@") if name is not Field.COST else page.styles.of(*traits)
            page.sheet.write_string(row, column, safe(text, page.lang), style)
        else:
            _blank(page, row, column, columns)
        shown.append((text, page.widths[column]))
    page.text(row, len(columns) + 1, key_of(summary, page.lang, action.id))
    page.sheet.set_row(row, height_of(shown))


def cell_text(summary: AuditSummary, action: Action, name: Field, lang: ReportLang) -> str:
    """Return what stands in an action's cell; a date in ISO 8601."""
    value = getattr(action, name.value)
    if name in TEXTS:
        return shown_value(summary.checklist, name, {"value": value.zh, "en": value.en}, lang)
    stored = " ".join(value) if name is Field.ANSWERS else str(value)
    return shown_value(summary.checklist, name, {"value": stored}, lang)


def _blank(page: Page, row: int, column: int, columns: Columns) -> None:
    names = {place: name for name, place in columns.items()}
    name = names.get(column)
    traits = ("cell", "wrap", "upper", "center" if name in _MIDDLE or column == _NUMBER_COLUMN else "left")
    page.sheet.write_blank(row, column, None, page.styles.of(*traits, number=DATE if name in DATES else ""))


def _paper(page: Page, summary: AuditSummary, columns: Columns, last: int, *, wide: bool) -> None:
    """Print on A4 across: what is to be done; wide, a second page with what came of it, the number on both."""
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.sheet.fit_page = False
    page.sheet.set_print_scale(_PAGE_SCALE)
    page.sheet.set_v_pagebreaks([columns[_SECOND_PAGE]])
    page.sheet.repeat_rows(HEAD_ROW)
    page.sheet.repeat_columns(_NUMBER_COLUMN)
    page.sheet.print_area(0, 0, last, len(columns) if wide else columns[_SECOND_PAGE] - 1)
    page.tab(Palette.NAVY)

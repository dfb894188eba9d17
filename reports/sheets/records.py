"""The record sheet as a form to fill in by hand or in Excel; `reports.sheets.record_reader` reads it back.

Records down, items across, one mark a cell.  A hidden row on top says what the form belongs to, a hidden column keeps
what was marked when it was written: only what has been changed since is taken, so that two auditors can fill in copies
of one form.  Rows and columns are found by the numbers and ids people see, so that sorting does no harm.
"""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

from audit.records import NA, NO, OK, Grid
from checklists.rules import Levels
from checklists.text import Text, joined, same
from reports.book import new_book
from reports.measure import width_of
from reports.page import Page
from reports.style import Palette, Styles

if TYPE_CHECKING:
    from audit.summary import AuditSummary
    from checklists.text import Lang

FORM = "dealer-audit/records/1"
"""Marks the hidden row of a record sheet."""
SIGNS = {OK: "√", NO: "×", NA: "–"}
"""Marks as they stand in a cell; a level is its number."""
SHEET, _ITEMS = Text("抽样记录表", "Record sheet"), Text("检查项说明", "What to look at")
RECORD, SHOWN, REMARKS = Text("记录", "Record"), Text("出示", "Shown"), Text("备注", "Remarks")
_TITLE = Text("{set}：{name}", "{set}: {name}")
_FACTS = Text(
    "{ref}，抽取 {count}/{size}，清单 {population} 条，种子 {seed}",
    "{ref}, {count} of {size} drawn from a list of {population}, seed {seed}",
)
_LEGEND = Text(
    "√ 符合   × 不符合   – 不适用于该记录   {levels}“出示”栏：未出示填 ×，后来找到填 √。空格表示尚未检查。"
    "每个 × 请写备注，写明检查项，如“{item}：缺客户签字”。",
    "√ conforms   × does not   – does not apply to this record   {levels}Shown: × when the record was not produced, "
    "√ when it turned up. Empty: not looked at yet. Give a remark for every ×, named by its item: "
    "“{item}: no signature”.",
)
_LEVELS = Text("{items} 填等级   ", "{items}: the level   ")
_HEADS = (
    Text("编号", "Item"),
    Text("应当如此", "How it should be"),
    Text("看什么，怎样算符合", "What to look at, and what conforms"),
)
_KEY_ROW, _TITLE_ROW, _FACTS_ROW, _LEGEND_ROW, _STATEMENT_ROW, _HEAD_ROW, _FIRST_ROW = range(7)
_RECORD_COLUMN, _SHOWN_COLUMN, _FIRST_COLUMN = range(3)
_NARROW, _REMARK_WIDTH = 7.0, 44.0
_UPRIGHT_LINES, _UPRIGHT_DIGIT = 3.4, 5.6
"""Lines of upright text a narrow column takes, and points a digit of it is long; lines are never full to the end."""
_TALLEST_HEAD = 330.0
"""Points of a page; two thirds are for the records."""


def form_bytes(summary: AuditSummary, grid: Grid, lang: Lang) -> bytes:
    """Return the form of a drawn set as the bytes of an .xlsx file, with the marks that are known already."""
    out = BytesIO()
    with new_book(out) as workbook:
        workbook.set_properties({"comments": "dealer-audit", "subject": summary.ref})
        styles = Styles(workbook)
        widths = [18.0, 7.0, *([_NARROW] * len(grid.items)), _REMARK_WIDTH, 4.0]
        _write_grid(Page(workbook, SHEET, styles, lang, widths), summary, grid)
        _write_items(Page(workbook, _ITEMS, styles, lang, (10, 50, 78)), summary, grid)
    return out.getvalue()


def _write_grid(page: Page, summary: AuditSummary, grid: Grid) -> None:
    remarks = _FIRST_COLUMN + len(grid.items)
    key = {"form": FORM, "ref": summary.ref, "set": grid.id, "seed": grid.draw.seed, "list": grid.draw.digest}
    page.text(_KEY_ROW, 0, json.dumps(key))
    page.sheet.set_row(_KEY_ROW, None, None, {"hidden": True})
    _write_head(page, summary, grid, remarks)
    for row, record in enumerate(grid.draw.records, start=_FIRST_ROW):
        known = _known_row(grid, record)
        page.text(row, _RECORD_COLUMN, record, "cell", "wrap", "left", "bold")
        page.text(row, _SHOWN_COLUMN, known["shown"], "cell", "center")
        for column, item in enumerate(grid.items, start=_FIRST_COLUMN):
            page.text(row, column, known["marks"].get(item.id, ""), "cell", "center")
        page.text(row, remarks, known["remarks"], "cell", "wrap", "left", "small")
        page.text(row, remarks + 1, json.dumps(known, ensure_ascii=False))
        page.row(row, [(record, 18.0), (known["remarks"], _REMARK_WIDTH), ("x\nx", 20)])
    last = _FIRST_ROW + len(grid.draw.records) - 1
    page.sheet.set_column(remarks + 1, remarks + 1, 4, None, {"hidden": True})
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(remarks + 1)}{last + 1}"})
    _offer(page, (_FIRST_ROW, last), _SHOWN_COLUMN, ["√", "×"])
    for column, item in enumerate(grid.items, start=_FIRST_COLUMN):
        levels = [str(level) for level in range(item.rule.top + 1)] if isinstance(item.rule, Levels) else ["√", "×"]
        _offer(page, (_FIRST_ROW, last), column, [*levels, SIGNS[NA]])
    page.sheet.print_area(0, 0, last, remarks)


def _write_head(page: Page, summary: AuditSummary, grid: Grid, remarks: int) -> None:
    lang, draw = page.lang, grid.draw
    facts = {"ref": summary.ref, "count": len(draw.records), "size": draw.size, "population": draw.population}
    page.text(_TITLE_ROW, 0, _TITLE.format(set=grid.sample.name, name=summary.dealer), "title")
    page.sheet.set_row(_TITLE_ROW, 28)
    page.text(_FACTS_ROW, 0, _FACTS.format(**facts, seed=draw.seed), "muted")
    with_levels = [same(item.id) for item in grid.items if isinstance(item.rule, Levels)]
    levels = _LEVELS.format(items=joined(with_levels)) if with_levels else same("")
    example = grid.items[0].id if grid.items else "FD01"
    legend = _LEGEND.format(levels=levels, item=example).of(lang)
    page.across(_LEGEND_ROW, 0, remarks, legend, "wrap", "small")
    page.row(_LEGEND_ROW, [(legend, page.span(0, remarks))])
    heads = {_RECORD_COLUMN: RECORD, _SHOWN_COLUMN: SHOWN, remarks: REMARKS}
    for column, head in heads.items():
        page.text(_STATEMENT_ROW, column, "", "cell", "label")
        page.text(_HEAD_ROW, column, head, "cell", "head")
    for column, item in enumerate(grid.items, start=_FIRST_COLUMN):
        page.text(_STATEMENT_ROW, column, item.statement, "cell", "label", "upright")
        page.text(_HEAD_ROW, column, item.id, "cell", "head")
    page.sheet.set_row(_STATEMENT_ROW, max((_upright(item.statement.of(lang)) for item in grid.items), default=0))
    page.sheet.set_row(_HEAD_ROW, 24)
    page.sheet.freeze_panes(_FIRST_ROW, _FIRST_COLUMN)
    page.sheet.repeat_rows(_STATEMENT_ROW, _HEAD_ROW)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.NAVY)


def _upright(statement: str) -> float:
    """Return the height of a row in which a statement stands upright, on as many lines as its column takes."""
    return min(_TALLEST_HEAD, 12 + width_of(statement) * _UPRIGHT_DIGIT / _UPRIGHT_LINES)


def _write_items(page: Page, summary: AuditSummary, grid: Grid) -> None:
    for column, head in enumerate(_HEADS):
        page.text(0, column, head, "cell", "head")
    for row, item in enumerate(grid.items, start=1):
        texts = (item.id, item.statement.of(page.lang), item.evidence.of(page.lang))
        for column, text in enumerate(texts):
            page.text(row, column, text, "cell", "wrap", "left")
        page.row(row, list(zip(texts, page.widths, strict=True)))
    page.sheet.repeat_rows(0)
    page.paper(summary.dealer, summary.ref, landscape=True)


def _offer(page: Page, rows: tuple[int, int], column: int, choices: list[str]) -> None:
    page.sheet.data_validation(rows[0], column, rows[1], column, {"validate": "list", "source": choices})


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _known_row(grid: Grid, record: str) -> dict[str, Any]:
    """Return a record's row as it is written: what the reader compares with."""
    marks, remarks = {}, []
    for item in grid.items:
        mark = grid.marks.get((record, item.id))
        if mark is not None:
            marks[item.id] = SIGNS.get(mark.value, mark.value)
            remarks += [f"{item.id}: {mark.remark}"] if mark.remark else []
    if grid.missing.get(record):
        remarks.insert(0, grid.missing[record])
    return {
        "record": record,
        "shown": "×" if record in grid.missing else "",
        "marks": marks,
        "remarks": "\n".join(remarks),
    }

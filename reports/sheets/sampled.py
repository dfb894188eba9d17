"""The sampled records of every item: dealerships keep copies of each order looked at, and check the list by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from reports.breaks import PageBreaks
from reports.measure import in_lines
from reports.page import Page
from reports.record_groups import count_of, told_groups
from reports.style import Palette
from reports.words import SAMPLED_SHEET, answer_text

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.records import Grid
    from audit.scorecard import ItemScore
    from audit.summary import AuditSummary
    from checklists.model import Item
    from checklists.text import ReportLang
    from reports.style import Styles

_COLUMNS: tuple[tuple[Text, float], ...] = (
    (Text("编号", "Item"), 9),
    (Text("检查项", "What is checked"), 44),
    (Text("评分", "Answer"), 11),
    (Text("样本", "Sample"), 13),
    (Text("符合的记录", "Records that conform"), 34),
    (Text("不符合的记录（备注）", "Records that do not (remarks)"), 46),
    (Text("不适用的记录", "Does not apply to"), 20),
)
_TITLE = Text("{name}：抽样记录", "{name}: sampled records")
_DRAWN = Text(
    "抽取 {count}/{size}，清单 {population} 条（{source}），种子 {seed}，清单指纹 {digest}{short}",
    "{count} of {size} drawn from a list of {population} ({source}), seed {seed}, list {digest}{short}",
)
_PASTED = {"pasted 粘贴": Text("粘贴的编号", "pasted numbers")}
"""How a list that came from no file is recorded, and how a report says so."""
_SHORT_LIST = Text("；样本不足：清单中不足 {size} 条", "; short sample: the list has fewer than {size}")
_CLOSED = Text("；样本不足，提前结束：{reason}", "; short sample, closed early: {reason}")
_RECORDS = Text("抽取的记录：{records}", "Records drawn: {records}")
_NOT_ASKED = Text("不适用于本店的检查项：{items}", "Items that do not apply to the dealership: {items}")
_LAST = len(_COLUMNS) - 1
_HEAD_ROW, _FIRST_ROW = 1, 2


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet; an audit without drawn sets has none."""
    if not summary.records:
        return
    page = Page(workbook, SAMPLED_SHEET, styles, lang, [width for _, width in _COLUMNS])
    above = page.title(_TITLE.format(name=summary.dealer), _LAST)
    head = page.heads(_HEAD_ROW, {column: head for column, (head, _) in enumerate(_COLUMNS)})
    page.sheet.freeze_panes(_FIRST_ROW, 1)
    page.sheet.repeat_rows(_HEAD_ROW)
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.MUTED)
    scores = {score.item.id: score for score in summary.scorecard.items}
    row, breaks = _FIRST_ROW, PageBreaks(page.widths, above + head, head)
    for grid in summary.records:
        row = _write_set(page, row, grid, scores, breaks)
    page.sheet.set_h_pagebreaks(breaks.rows)


def _write_set(page: Page, row: int, grid: Grid, scores: dict[str, ItemScore], breaks: PageBreaks) -> int:
    """Write one set; returns the row below it.  Its head stays with its first item."""
    top, together = row, 22.0
    page.across(row, 0, _LAST, Text(*_both(grid)), "cell", "band", "indent")
    page.sheet.set_row(row, 22)
    lines = [_drawn(grid), _drawn_records(grid, page)]
    if grid.left_out:
        lines.append(_NOT_ASKED.format(items=joined([same(item.id) for item in grid.left_out])))
    for offset, line in enumerate(lines, start=1):
        page.across(row + offset, 0, _LAST, line, "cell", "wrap", "left", "small")
        together += page.row(row + offset, [(line.of(page.lang), page.span(0, _LAST))])
    row += len(lines) + 1
    for item in grid.items:
        texts = _row(grid, item, scores[item.id])
        for column, text in enumerate(texts):
            side = "center" if column in {0, 2, 3} else "left"
            shade = ("notice",) if column == 3 and grid.short(item) else ()
            page.text(row, column, text, "cell", "wrap", side, *shade)
        together += page.row(row, [(text.of(page.lang), w) for text, (_, w) in zip(texts, _COLUMNS, strict=True)])
        breaks.block(top, together)
        top, together = row + 1, 0.0
        row += 1
    return row


def _both(grid: Grid) -> tuple[str, str]:
    name, period = grid.sample.name, grid.sample.period
    return f"{name.zh}（{period.zh}）", f"{name.en} ({period.en})"


def _drawn(grid: Grid) -> Text:
    draw = grid.draw
    short = _SHORT_LIST.format(size=draw.size) if len(draw.records) < draw.size else same("")
    if grid.closed is not None and grid.open_cells:
        short = joined([short, _CLOSED.format(reason=grid.closed)], zh="", en="")
    return _DRAWN.format(
        count=len(draw.records),
        size=draw.size,
        population=draw.population,
        source=source_of(grid),
        seed=draw.seed,
        digest=draw.digest[:12],
        short=short,
    )


def source_of(grid: Grid) -> Text:
    """Return where the list came from that was drawn from: the name of its file, or that it was pasted."""
    return _PASTED.get(grid.draw.source, same(grid.draw.source))


def _drawn_records(grid: Grid, page: Page) -> Text:
    # The words in front take the place of a first record.
    records = [same(record) for record in grid.draw.records]
    head = _RECORDS.format(records="")
    first = [Text(head.zh + records[0].zh, head.en + records[0].en)] if records else [head]
    return _in_lines([*first, *records[1:]], page.span(0, _LAST))


def _row(grid: Grid, item: Item, score: ItemScore) -> list[Text]:
    conforming, failing, without = told_groups(grid, item)
    return [
        same(item.id),
        item.statement,
        answer_text(score),
        count_of(grid, item),
        _in_lines(conforming, _COLUMNS[4][1]),
        _in_lines(failing, _COLUMNS[5][1], zh="；", en="; "),
        _in_lines(without, _COLUMNS[6][1]),
    ]


def _in_lines(parts: list[Text], width: float, zh: str = "、", en: str = ", ") -> Text:
    return Text(in_lines([part.zh for part in parts], zh, width), in_lines([part.en for part in parts], en, width))

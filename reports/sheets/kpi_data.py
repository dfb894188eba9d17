"""The KPI sheet that a dealership fills in; `reports.kpi_reading` reads it back, and the free forms people send."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from audit.kpi_levels import needs
from audit.kpi_values import LAST_YEAR, PLAN, months_until
from checklists.text import Text
from reports.book import new_book
from reports.breaks import PageBreaks
from reports.measure import height_of
from reports.page import Page
from reports.safe_text import safe
from reports.style import Palette, Styles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook

    from audit.kpi import KpiResult
    from audit.kpi_values import Figure
    from audit.summary import AuditSummary
    from checklists.text import Lang

MARK = "dealer-audit kpi sheet"
"""Stands in the file's properties, so that an earlier sheet may be replaced."""
SHEET = Text("KPI数据", "KPI data")

_TITLE = Text("{name}：KPI数据表（{first} 至 {last}）", "{name}: KPI data, {first} to {last}")
_HELP = Text(
    "请填写白色单元格：每月一个数，单位见“单位”列；无法提供的写“无”，灰色单元格不用填。百分比请写上 %。",
    'Fill in the white cells: one figure a month, in the unit of its row. Write "NA" where there is none; grey cells '
    "are not asked for. Write percentages with %.",
)
_KEY = Text("标识（请勿改动）", "key (do not change)")
_HEADS: tuple[tuple[Text, float], ...] = (
    (_KEY, 4),
    (Text("指标", "KPI"), 21),
    (Text("数据序列", "Series"), 21),
    (Text("单位", "Unit"), 9),
)
_REFERENCES = {PLAN: Text("计划", "Plan"), LAST_YEAR: Text("去年同期", "Last year")}
_FORMULA = Text("公式", "Formula")
_NOT_THERE = Text("无", "NA")
_MONTH_WIDTH, _FORMULA_WIDTH = 8.6, 46.0
_HELP_ROW, _HEAD_ROW = 1, 2
_FIRST_MONTH = len(_HEADS)
_FIGURE = "0.####"
_SHARE = "0.####%"
_ROW_HEIGHT = 19.0
_TITLE_HEIGHT, _HELP_HEIGHT, _HEAD_HEIGHT, _BAND_HEIGHT = 28.0, 20.0, 24.0, 20.0


def template_bytes(summary: AuditSummary, lang: Lang) -> bytes:
    """Return the sheet to fill in as the bytes of an .xlsx file, with what is recorded already."""
    out = BytesIO()
    with new_book(out) as workbook:
        workbook.set_properties(
            {
                "title": safe(f"{SHEET.of(lang)} {summary.ref}", lang),
                "subject": safe(summary.ref, lang),
                "comments": MARK,
                "created": datetime.fromisoformat(summary.date),
            }
        )
        _Template(workbook, summary, lang).write()
    return out.getvalue()


class _Template:
    """The sheet being written."""

    def __init__(self, workbook: Workbook, summary: AuditSummary, lang: Lang) -> None:
        self._summary = summary
        count = max((s.series.months for r in summary.kpis.kpis for s in r.series), default=1)
        self._months = months_until(summary.date, count)
        wanted = {name for result in summary.kpis.kpis for name in needs(result.kpi)}
        self._references = [name for name in _REFERENCES if name in wanted]
        widths = [width for _, width in _HEADS] + [_MONTH_WIDTH] * (count + len(self._references)) + [_FORMULA_WIDTH]
        self._page = Page(workbook, SHEET, Styles(workbook), lang, widths)
        self._last = len(widths) - 1

    def write(self) -> None:
        """Write everything."""
        page, summary = self._page, self._summary
        title = _TITLE.format(name=summary.dealer, first=self._months[0], last=self._months[-1])
        page.text(0, 1, title, "title")
        page.sheet.set_row(0, _TITLE_HEIGHT)
        page.text(_HELP_ROW, 1, _HELP, "muted")
        page.sheet.set_row(_HELP_ROW, _HELP_HEIGHT)
        self._write_head()
        row, category = _HEAD_ROW + 1, ""
        breaks = PageBreaks(page.widths[1:], _TITLE_HEIGHT + _HELP_HEIGHT + _HEAD_HEIGHT, _HEAD_HEIGHT)
        for result in _by_category(summary.kpis.kpis):
            first, height = row, 0.0
            if result.kpi.category != category:
                category = result.kpi.category
                name = summary.checklist.kpi_categories[category].name if category else ""
                page.across(row, 1, self._last, name, "cell", "band", "indent")
                page.sheet.set_row(row, _BAND_HEIGHT)
                row, height = row + 1, _BAND_HEIGHT
            breaks.block(first, height + self._write_kpi(row, result))
            row += len(result.series)
        page.sheet.set_h_pagebreaks(breaks.rows)
        page.paper(summary.dealer, summary.ref, landscape=True)
        page.sheet.print_area(0, 1, max(row - 1, _HEAD_ROW), self._last)
        page.tab(Palette.NOTICE)

    def _write_head(self) -> None:
        page = self._page
        texts = [head.of(page.lang) for head, _ in _HEADS]
        texts += [*self._months, *(_REFERENCES[name].of(page.lang) for name in self._references)]
        for column, text in enumerate([*texts, _FORMULA.of(page.lang)]):
            page.text(_HEAD_ROW, column, text, "cell", "head")
        page.sheet.set_row(_HEAD_ROW, _HEAD_HEIGHT)
        page.sheet.set_column(0, 0, _HEADS[0][1], None, {"hidden": True})
        page.sheet.freeze_panes(_HEAD_ROW + 1, _FIRST_MONTH)
        page.sheet.repeat_rows(_HEAD_ROW)

    def _write_kpi(self, first: int, result: KpiResult) -> float:
        """Write the rows of a KPI; returns how many points they take."""
        page, lang = self._page, self._page.lang
        last = first + len(result.series) - 1
        name, formula = f"{result.id} {result.kpi.name.of(lang)}", result.kpi.formula.of(lang)
        page.down(first, last, 1, name, "cell", "wrap", "left", "bold")
        page.down(first, last, self._last, formula, "cell", "wrap", "left", "small")
        taken = 0.0
        share = max(height_of([(formula, _FORMULA_WIDTH)]), height_of([(name, page.widths[1])])) / len(result.series)
        for row, series in enumerate(result.series, start=first):
            words, unit = series.series.name.of(lang), series.unit.of(lang)
            page.text(row, 0, f"{result.id}/{series.id}", "muted", "small")
            page.text(row, 2, words, "cell", "wrap", "left")
            page.text(row, 3, unit, "cell", "wrap", "center", "small")
            own = height_of([(words, page.widths[2]), (unit, page.widths[3])])
            height = max(own, share, _ROW_HEIGHT)
            page.sheet.set_row(row, height)
            taken += height
            for column, month in enumerate(self._months, start=_FIRST_MONTH):
                self._figure(row, column, series.months.get(month), percent=series.unit.en == "%")
        self._write_references(first, last, result)
        return taken

    def _write_references(self, first: int, last: int, result: KpiResult) -> None:
        wanted = needs(result.kpi)
        for column, name in enumerate(self._references, start=_FIRST_MONTH + len(self._months)):
            figure = result.references[name] if name in wanted else None
            self._figure(first, column, figure, percent=result.kpi.unit.en == "%")
            for row in range(first + 1, last + 1):
                self._figure(row, column, None, percent=False)

    def _figure(self, row: int, column: int, figure: Figure | None, *, percent: bool) -> None:
        """Write a cell to fill in, or a grey one where nothing is asked for."""
        page = self._page
        if figure is None:
            page.text(row, column, "", "cell", "unasked")
        elif figure.stated is None:
            page.text(row, column, "", "cell", "right")
        elif figure.stated.value is None:
            page.text(row, column, _NOT_THERE, "cell", "right")
        elif percent:
            page.number(row, column, figure.stated.value / 100, _SHARE, "cell")
        else:
            page.number(row, column, figure.stated.value, _FIGURE, "cell")


def _by_category(results: Sequence[KpiResult]) -> list[KpiResult]:
    """Return the KPIs in their order, those of a category together, as each has one heading."""
    places = {key: place for place, key in enumerate(dict.fromkeys(result.kpi.category for result in results))}
    return sorted(results, key=lambda result: places[result.kpi.category])

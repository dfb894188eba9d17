"""The KPIs: what was collected, the value used, the level it reaches, who says so, and how complete it all is."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING

from audit.kpi_findings import short, status_text
from audit.kpi_levels import STATUS_RULE, KpiStatus
from audit.kpi_values import PROVENANCE_NAMES
from checklists.points import plain
from checklists.text import Text, joined, same
from reports.breaks import PageBreaks
from reports.formulas import NO_FIGURE, Formula, cell, column_range, on
from reports.measure import height_of, in_lines
from reports.page import Page
from reports.style import PERCENT_FINE, Palette
from reports.words import KPI_SHEET

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from audit.kpi import Completeness, KpiResult
    from audit.kpi_values import SeriesData
    from audit.summary import AuditSummary
    from checklists.model import KpiLevel
    from checklists.text import ReportLang
    from reports.style import Styles


class Column(IntEnum):
    """The columns, from the left."""

    KPI = 0
    CATEGORY = 1
    SERIES = 2
    FIGURES = 3
    TREND = 4
    SOURCE = 5
    WANTED = 6
    COLLECTED = 7
    VALUE = 8
    UNIT = 9
    LEVELS = 10
    STATUS = 11
    PROVENANCE = 12


_HEADS: dict[Column, tuple[Text, float]] = {
    Column.KPI: (Text("指标", "KPI"), 20),
    Column.CATEGORY: (Text("类别", "Category"), 17),
    Column.SERIES: (Text("数据序列", "Series"), 25),
    Column.FIGURES: (Text("数据", "Figures"), 38),
    Column.TREND: (Text("走势", "Trend"), 16),
    Column.SOURCE: (Text("数据来源", "Source"), 15),
    Column.WANTED: (Text("要求", "Wanted"), 8),
    Column.COLLECTED: (Text("收集", "Collected"), 10),
    Column.VALUE: (Text("取用值", "Value used"), 11),
    Column.UNIT: (Text("单位", "Unit"), 9),
    Column.LEVELS: (Text("合格 / 目标", "Pass / target"), 22),
    Column.STATUS: (Text("状态", "Status"), 16),
    Column.PROVENANCE: (Text("取值依据", "Value by"), 17),
}
_TITLE = Text("{name}：KPI数据", "{name}: KPI data")
_PERIOD = Text("{first} 至 {last}：{figures}", "{first} to {last}: {figures}")
_NOT_THERE = Text("无", "NA")
_AT_LEAST, _AT_MOST = Text("≥ {value}", "≥ {value}"), Text("≤ {value}", "≤ {value}")
_OF = {"plan": Text("（计划的 {share} %）", " ({share} % of plan)"),
       "last_year": Text("（去年的 {share} %）", " ({share} % of last year)")}  # fmt: skip
_UNKNOWN_LIMIT = Text("？", "?")
_AGREES = Text("与经销商提供的 {stated} 相符", "agrees with the stated {stated}")
_DIFFERS = Text("与经销商提供的 {stated} 不符", "differs from the stated {stated}")
_COMPLETENESS = Text("数据完整度", "Completeness of the data")
_DEPARTMENT = Text("部门：{name}", "Department: {name}")
_ALL = Text("合计", "Total")
_RATE = Text("完整度", "Rate")
STATUS_SHADES = {
    KpiStatus.MET: "passed",
    KpiStatus.NEAR: "notice",
    KpiStatus.MISSED: "failed",
    KpiStatus.MISSING: "failed",
}
_HEAD_ROW, _FIRST_ROW = 1, 2
_MONTHS, _MOST_MONTHS = 14, 12
"""Where the figures of the sparklines begin, right of the printed pages, and how many months there are."""
_MONTH_WIDTH = 7.0
_LEAST_MONTHS = 6
"""Figures a trend needs."""
_NOT_PRINTED = Text("走势图数据（不打印）", "Figures of the trends (not printed)")
_HEAD_HEIGHT, _SHARE_HEIGHT = 24.0, 20.0
_FIGURE = "0.00"


def write(workbook: Workbook, styles: Styles, summary: AuditSummary, lang: ReportLang) -> None:
    """Write the sheet; an audit for which no KPI was recorded has none."""
    report = summary.kpis
    if not any(result.recorded for result in report.kpis):
        return
    widths = [*(width for _, width in _HEADS.values()), 3.0, *[_MONTH_WIDTH] * _MOST_MONTHS]
    page = Page(workbook, KPI_SHEET, styles, lang, widths)
    title_height = page.title(_TITLE.format(name=summary.dealer), Column.PROVENANCE)
    page.text(0, _MONTHS, _NOT_PRINTED, "muted", "small")
    page.paper(summary.dealer, summary.ref, landscape=True)
    page.tab(Palette.EARNED_BAR)
    head_height = page.heads(_HEAD_ROW, {column: head for column, (head, _) in _HEADS.items()})
    page.sheet.freeze_panes(_FIRST_ROW, 1)
    page.sheet.repeat_rows(_HEAD_ROW)
    printed = page.widths[: Column.PROVENANCE + 1]
    row, breaks = _FIRST_ROW, PageBreaks(printed, title_height + head_height, head_height)
    for result in report.kpis:
        breaks.block(row, _write_kpi(page, row, result, summary))
        row += len(result.series)
    page.sheet.ignore_errors({"number_stored_as_text": f"A1:{cell(row, Column.PROVENANCE)}"})
    lines = _write_completeness(page, row + 1, row - 1, summary)
    below = row + 2 + lines
    legend = page.legend(below, STATUS_RULE, Column.PROVENANCE)
    breaks.block(row, _HEAD_HEIGHT + (1 + lines) * _SHARE_HEIGHT + legend)
    page.sheet.set_h_pagebreaks(breaks.rows)
    page.sheet.print_area(0, 0, below, Column.PROVENANCE)


def _write_kpi(page: Page, first: int, result: KpiResult, summary: AuditSummary) -> float:
    """Write one KPI, a row a series; returns how many points its rows take."""
    lang, last = page.lang, first + len(result.series) - 1
    name = Text("{id} {name}", "{id} {name}").format(id=result.id, name=result.kpi.name)
    shade = STATUS_SHADES.get(result.status) if result.status else None
    merged: dict[Column, tuple[Text, tuple[str, ...]]] = {
        Column.KPI: (name, ("left", "bold")),
        Column.VALUE: (same(""), ("right",)),
        Column.UNIT: (result.kpi.unit, ("center",)),
        Column.LEVELS: (levels_of(result), ("left",)),
        Column.STATUS: (status_text(summary.checklist, result), ("center", *((shade,) if shade else ()))),
        Column.PROVENANCE: (value_by(result), ("left",)),
    }
    for column, (text, traits) in merged.items():
        page.down(first, last, column, text, "cell", "wrap", *traits)
    if result.value is not None:
        page.number(first, Column.VALUE, result.value, _FIGURE, "cell", "bold")
    needed = height_of([(text.of(lang), page.widths[column]) for column, (text, _) in merged.items()])
    category, taken = summary.checklist.kpi_categories.get(result.kpi.category), 0.0
    for row, series in enumerate(result.series, start=first):
        texts = {
            Column.CATEGORY: page.once(category.name) if category else same(result.kpi.category),
            Column.SERIES: _series_name(series),
            Column.FIGURES: page.once(_figures(series, page.widths[Column.FIGURES])),
            Column.SOURCE: _sources(series),
        }
        for column, text in texts.items():
            page.text(row, column, text, "cell", "wrap", "left")
        _trend(page, row, series)
        page.number(row, Column.WANTED, series.series.months, "0", "cell")
        page.number(row, Column.COLLECTED, series.collected, "0", "cell")
        own = height_of([(text.of(lang), page.widths[column]) for column, text in texts.items()])
        height = max(own, needed / len(result.series))
        page.sheet.set_row(row, height)
        taken += height
    return taken


def _trend(page: Page, row: int, series: SeriesData) -> None:
    """Write the months' figures as numbers, and their columns beside the series."""
    page.text(row, Column.TREND, "", "cell")
    figures = list(series.months.values())[-_MOST_MONTHS:]
    numbers = [figure.value if figure.used is not None else None for figure in figures]
    if sum(number is not None for number in numbers) < _LEAST_MONTHS:
        return
    for column, number in enumerate(numbers, start=_MONTHS):
        if number is not None:
            page.number(row, column, number, "General", "muted", "small")
    last = _MONTHS + len(numbers) - 1
    page.sheet.add_sparkline(
        row,
        Column.TREND,
        {
            "range": on(page.name, f"{cell(row, _MONTHS)}:{cell(row, last)}"),
            # Columns, as LibreOffice prints its sparklines' lines as dots.
            "type": "column",
            "min": _foot([float(number) for number in numbers if number is not None]),
            "series_color": page.styles.colour(Palette.EARNED_BAR),
            "last_point": True,
            "last_color": page.styles.colour(Palette.NAVY),
        },
    )


def _foot(numbers: list[float]) -> float:
    """Return where the columns of a trend begin: a little below the lowest where from zero all would look alike."""
    low, high = min(numbers), max(numbers)
    return low - (high - low) / 3 if 0 < high / 2 < low < high else min(0.0, low)


def _write_completeness(page: Page, top: int, last: int, summary: AuditSummary) -> int:
    """Write how complete the data are: per category, per department where there are several, and in all.

    Returns:
        how many lines stand below the heads.
    """
    report = summary.kpis
    heads = {column: _HEADS[column][0] for column in (Column.WANTED, Column.COLLECTED)} | {Column.VALUE: _RATE}
    page.across(top, Column.CATEGORY, Column.SOURCE, _COMPLETENESS, "cell", "head")
    for column, head in heads.items():
        page.text(top, column, head, "cell", "head")
    page.sheet.set_row(top, _HEAD_HEIGHT)
    first = top + 1
    keys = list(report.categories)
    for row, key in enumerate(keys, start=first):
        known = summary.checklist.kpi_categories.get(key)
        # As it stands beside the series, where the formulas look for it.
        name = page.once(known.name) if known else same(key)
        condition = f"{column_range(_FIRST_ROW, last, Column.CATEGORY)},{cell(row, Column.CATEGORY)}"
        _write_share(page, row, name, report.categories[key], ("SUMIFS", last, condition), ())
    row = first + len(keys)
    if len(report.departments) > 1:
        for own_id, completeness in report.departments.items():
            department = summary.checklist.department(own_id)
            name = _DEPARTMENT.format(name=department.name if department else own_id)
            mine = [first + n for n, key in enumerate(keys) if _department_of(summary, key) == own_id]
            _write_share(page, row, name, completeness, ("rows", 0, ",".join(str(r) for r in mine)), ())
            row += 1
    _write_share(page, row, _ALL, report.whole, ("SUM", first + len(keys) - 1, str(first)), ("total",))
    return row - top


def _write_share(
    page: Page, row: int, name: Text, shown: Completeness, source: tuple[str, int, str], traits: tuple[str, ...]
) -> None:
    """Write one line of the completeness, its figures as formulas over the rows above."""
    page.across(row, Column.CATEGORY, Column.SOURCE, name, "cell", "left", *traits)
    for column, value in ((Column.WANTED, shown.wanted), (Column.COLLECTED, shown.collected)):
        page.formula(row, column, Formula(_summed(source, column), Decimal(value)), "0", "cell", *traits)
    wanted, collected = cell(row, Column.WANTED), cell(row, Column.COLLECTED)
    rate = Formula(
        f'IF({wanted}=0,"{NO_FIGURE}",ROUND({collected}/{wanted},4))',
        NO_FIGURE if shown.rate is None else shown.rate,
    )
    page.formula(row, Column.VALUE, rate, PERCENT_FINE, "cell", *traits)
    page.sheet.set_row(row, _SHARE_HEIGHT)


def _summed(source: tuple[str, int, str], column: Column) -> str:
    kind, last, rest = source
    if kind == "SUMIFS":
        return f"SUMIFS({column_range(_FIRST_ROW, last, column)},{rest})"
    if kind == "rows":
        return "+".join(cell(int(row), column) for row in rest.split(","))
    return f"SUM({column_range(int(rest), last, column)})"


def _department_of(summary: AuditSummary, category: str) -> str:
    known = summary.checklist.kpi_categories.get(category)
    return known.department if known else ""


def _series_name(series: SeriesData) -> Text:
    if not series.unit.en:
        return series.series.name
    return Text("{name}（{unit}）", "{name} ({unit})").format(name=series.series.name, unit=series.unit)


def _figures(series: SeriesData, width: float) -> Text:
    """Return the months' figures in order, no number broken; an empty place where a month was not collected."""
    if not series.recorded:
        return same("")
    months = list(series.months)
    figures = [
        same("…") if f.used is None else _NOT_THERE if f.value is None else same(plain(f.value))
        for f in series.months.values()
    ]
    head = _PERIOD.format(first=months[0], last=months[-1], figures=figures[0])
    zh, en = ([text.of(lang) for text in (head, *figures[1:])] for lang in ("zh", "en"))
    return Text(in_lines(zh, "，", width), in_lines(en, ", ", width))


def _sources(series: SeriesData) -> Text:
    names = dict.fromkeys(recorded.provenance for recorded in series.recorded if recorded.value is not None)
    return joined([PROVENANCE_NAMES[provenance] for provenance in names], zh="、", en=", ")


def levels_of(result: KpiResult) -> Text:
    """Return the levels a KPI is held against."""
    kpi = result.kpi
    limits = zip((kpi.pass_level, kpi.target), (result.limits.passing, result.limits.target), strict=True)
    sign = _AT_LEAST if kpi.better == "higher" else _AT_MOST
    return joined([_level(level, limit, sign) for level, limit in limits if level is not None], zh="\n", en="\n")


def _level(level: KpiLevel, limit: Decimal | None, sign: Text) -> Text:
    value = _UNKNOWN_LIMIT if limit is None else same(plain(limit))
    of = _OF[level.of].format(share=plain(level.value)) if level.of in _OF else same("")
    return Text("{limit}{of}", "{limit}{of}").format(limit=sign.format(value=value), of=of)


def value_by(result: KpiResult) -> Text:
    """Return who says the value used, and whether it agrees with what was stated."""
    if result.value is None or result.provenance is None:
        return same("")
    name = PROVENANCE_NAMES[result.provenance]
    if result.agrees is None or result.stated is None:
        return name
    beside = (_AGREES if result.agrees else _DIFFERS).format(stated=short(result.stated))
    return Text("{name}；{beside}", "{name}; {beside}").format(name=name, beside=beside)

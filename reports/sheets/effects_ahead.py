"""What lies ahead: the total by date if the plan holds, and the route to the target where it was asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from checklists.points import plain, printed
from checklists.text import Text, joined, same
from reports.effect_page import FIRST_DEPARTMENT, HEADS, Column
from reports.style import POINTS

if TYPE_CHECKING:
    from audit.route import RouteStep
    from reports.effect_page import EffectPage

FORECAST = Text("改进计划按期完成时的总分", "The total by date if the improvement plan holds")
_DAY = 17.0
"""Points a date's row takes: two months of dates stand on a page."""
_CHART = 10
"""Rows that the chart beside the dates takes, or a little more."""
_HEADS = 4
"""Rows that the heading and the heads of the forecast take, or a little less."""
_DATE = Text("日期", "Date")
ROUTE = Text("推荐达标路径", "The route to the target")
_WHY = Text("为什么，改哪些弱项", "Why, and which weak items")
_STEP = Text("{reason}。弱项：{items}", "{reason}. Weak items: {items}")
ROUTE_RULE = Text(
    "共 {effort} 个工作日，总分到 {total}。工作量：方向按评估表各计一次，每个弱项另计 {days} 天（本工具的假定）；"
    "关键、安全和法规弱项必须纳入，其余在达到目标的组合中取工作量最少的",
    "{effort} working days in all, to a total of {total}. Effort: each direction once, as the checklist has it, and "
    "{days} days for each weak item (this tool's assumption). Critical, safety and legal items must be in; of all "
    "choices that reach the target this one takes least",
)


def write_forecast(sheet: EffectPage) -> None:
    """Write the total by date if the plan holds, where there is one."""
    found = sheet.summary.forecast
    if found is None:
        return
    if not sheet.breaks.fits((max(len(found.points), _CHART) + _HEADS) * _DAY):
        sheet.breaks.begin(sheet.row)
    sheet.band(FORECAST)
    top, page = sheet.row, sheet.page
    sheet.heads({column: HEADS[column] for column in _FIGURES}, departments=False)
    page.across(top, Column.KEY, Column.GAIN, _DATE, "cell", "head")
    first, reached = sheet.row, found.reached_on
    for number, ((day, earned), passes) in enumerate(zip(found.points, found.passes, strict=True)):
        row = sheet.row
        page.text(row, Column.NUMBER, "", "cell")
        if number:
            page.number(row, Column.NUMBER, number, "0", "cell", "center")
        page.across(row, Column.KEY, Column.GAIN, "", "cell")
        style = page.styles.of("cell", "center", number="yyyy-mm-dd")
        page.sheet.write_datetime(row, Column.KEY, date.fromisoformat(day), style)
        sheet.figures(row, earned, passes)
        page.sheet.set_row(row, _DAY)
        sheet.next(_DAY)
    last = len(found.points) - 1
    told = {0, last, *(n for n, (day, _) in enumerate(found.points) if day == reached)}
    days = [date.fromisoformat(day) for day, _ in found.points]
    sheet.chart_beside((first, sheet.row - 1), told, (days[0], days[-1]))


def write_route(sheet: EffectPage) -> None:
    """Write the route to the target, where it was asked for."""
    found = sheet.summary.route
    if found is None:
        return
    page = sheet.page
    sheet.band(ROUTE)
    row = sheet.row
    sheet.heads(HEADS, departments=False)
    page.across(row, FIRST_DEPARTMENT, sheet.last, _WHY, "cell", "head")
    for number, step in enumerate(found.steps, start=1):
        _step(sheet, number, step)
    told = ROUTE_RULE.format(days=plain(found.item_days), effort=plain(found.effort), total=printed(found.total))
    if found.unreachable is not None:
        told = joined([found.unreachable, told], "。", ". ")
    page.across(sheet.row, 0, sheet.last, told, "cell", "total", "wrap", "left")
    sheet.next(page.row(sheet.row, [(page.words(told), page.span(0, sheet.last) * 0.93)]))


def _step(sheet: EffectPage, number: int, step: RouteStep) -> None:
    page, row = sheet.page, sheet.row
    items = joined([same(one.weak.number) for one in step.items], " ", " ")
    why = _STEP.format(reason=step.reason, items=items)
    page.number(row, Column.NUMBER, number, "0", "cell", "center")
    page.text(row, Column.KEY, step.letter, "cell", "center", "bold")
    page.text(row, Column.NAME, step.direction.name, "cell", "wrap", "left")
    page.number(row, Column.DAYS, step.effort, "General", "cell")
    page.number(row, Column.GAIN, step.points, POINTS, "cell")
    sheet.figures(row, step.total_after, step.passes_after)
    page.across(row, FIRST_DEPARTMENT, sheet.last, why, "cell", "wrap", "left", "small")
    cells = [(page.words(step.direction.name), page.widths[Column.NAME])]
    cells.append((page.words(why), page.span(FIRST_DEPARTMENT, sheet.last) * 1.05))
    sheet.next(page.row(row, cells))


_FIGURES = (Column.NUMBER, Column.TOTAL, Column.NEEDED, Column.DIFFERENCE, Column.RESULT)

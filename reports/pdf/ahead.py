"""What lies ahead: the total by date if the plan holds, and the route to the target where it was asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from checklists.points import plain, printed
from checklists.text import Text, joined, same
from reports.pdf.blocks import NOTHING, Column, difference, heading, note, points, row, table
from reports.pdf.figures import line_chart, one_line
from reports.pdf.first_page import marked
from reports.sheets.effects_ahead import FORECAST, ROUTE, ROUTE_RULE
from reports.words import FAILED, PASSED

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.forecast import Forecast
    from audit.summary import AuditSummary
    from reports.pdf.blocks import Block, Cell, Words

_WHOLE, _MARK = Text("总分", "Total"), Text("及格分", "Pass points")
_REACHED = Text(
    "改进计划按期完成时，总分在 {day} 达到 {target}（{total}）；全部完成后为 {last}。已取消的措施不计。",
    "If the plan holds, the total reaches {target} on {day} ({total}), and {last} in the end. Cancelled actions do not "
    "count.",
)
_MISSED = Text(
    "改进计划全部按期完成后总分为 {last}，距 {target} 还差 {by}。已取消的措施不计。",
    "If the plan holds, the total comes to {last} in the end, {by} short of {target}. Cancelled actions do not count.",
)
_NO_TARGET = Text("改进计划全部按期完成后总分为 {last}。", "If the plan holds, the total comes to {last} in the end.")
_MONTHS = (
    Column(Text("到", "By"), 1.2, "c"),
    Column(_WHOLE, 1.2, "r"),
    Column(Text("距及格分", "To pass points"), 1.2, "r"),
    Column(Text("结论", "Result"), 1.2, "c"),
)
_ROUTE_HEADS = (
    Column(Text("序号", "No."), 0.5, "c"),
    Column(Text("方向", "Dir."), 0.6, "c"),
    Column(Text("辅导方向", "Coaching direction"), 2.4),
    Column(Text("工作日", "Days"), 0.8, "r"),
    Column(Text("可得分", "Regained"), 1.0, "r"),
    Column(Text("总分", "Total"), 1.1, "r"),
    Column(Text("为什么", "Why"), 4.0),
    Column(Text("弱项", "Weak items"), 4.0),
)


def forecast(summary: AuditSummary, words: Words) -> list[Block]:
    """Return the total by date against the points to pass: in a sentence, as a line, and month by month."""
    found = summary.forecast
    if found is None or not found.points:
        return []
    blocks = [heading(words, FORECAST, 2), note(words, _told(found))]
    return [*blocks, *([_line(found, words)] if len(found.points) > 1 else []), _months(found, words)]


def _told(found: Forecast) -> Text:
    last = found.points[-1][1]
    if found.target is None:
        return _NO_TARGET.format(last=printed(last))
    if found.reached_on is None:
        return _MISSED.format(last=printed(last), target=printed(found.target), by=printed(found.target - last))
    total = dict(found.points)[found.reached_on]
    words = {"day": found.reached_on, "target": printed(found.target), "total": printed(total)}
    return _REACHED.format(**words, last=printed(last))


def _line(found: Forecast, words: Words) -> Block:
    """Draw the total as steps over the days: what is due counts from its day on."""
    days = [date.fromisoformat(day).toordinal() for day, _ in found.points]
    named = {found.points[0][0], found.points[-1][0], found.reached_on}
    names, labels, places, values = [], [], [], []
    before: Decimal | None = None
    for (day, total), place in zip(found.points, days, strict=True):
        # The height before a step has neither name nor label of its own.
        for height in (before, total):
            if height is not None:
                shown = height is total and day in named
                names.append(day if shown else "")
                labels.append(printed(total) if shown else "")
                places.append((place - days[0]) / max(1, days[-1] - days[0]))
                values.append(float(height))
        before = total
    series = [one_line(words.line(_WHOLE), values, "bars") | {"told": labels}]
    if found.target is not None:
        series.append(one_line(words.line(_MARK), [float(found.target)] * len(values), "failed", "dashed"))
    return line_chart(names, series, "", tall=42, under=7) | {"places": places}


def _months(found: Forecast, words: Words) -> Block:
    """Return where the total stands at the start, at the end of each month, and where the target is reached."""
    ends = {day[:7]: day for day, _ in found.points}
    told = {found.points[0][0], *ends.values(), found.reached_on}
    days = zip(found.points, found.passes, strict=True)
    rows = [row(_month(day, total, found.target, words, passes)) for (day, total), passes in days if day in told]
    return table(words, _MONTHS, rows)


def _month(day: str, total: Decimal, target: Decimal | None, words: Words, passes: bool | None) -> list[Cell]:
    if target is None:
        return [day, points(total), NOTHING, NOTHING]
    result = marked(PASSED if passes else FAILED, words)
    return [day, points(total), difference(total - target), result]


def route(summary: AuditSummary, words: Words) -> list[Block]:
    """Return the route to the target, step by step; nothing where it was not asked for."""
    found = summary.route
    if found is None:
        return []
    told = ROUTE_RULE.format(days=plain(found.item_days), effort=plain(found.effort), total=printed(found.total))
    if found.unreachable is not None:
        told = joined([found.unreachable, told], "。", ". ")
    rows = [
        row(
            [
                str(number),
                step.letter,
                words(step.direction.name),
                plain(step.effort),
                points(step.points),
                points(step.total_after),
                words(step.reason),
                words(joined([same(one.weak.number) for one in step.items], " ", " ")),
            ]
        )
        for number, step in enumerate(found.steps, start=1)
    ]
    return [heading(words, ROUTE, 2), note(words, told), *([table(words, _ROUTE_HEADS, rows)] if rows else [])]

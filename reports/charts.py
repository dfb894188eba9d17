"""Native charts, fed from cells: one look, told apart in black and white by shapes, patterns and labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checklists.text import Text
from reports.style import FONT, PERCENT, Palette

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

    from checklists.text import ReportLang
    from reports.style import Styles

MAXIMUM, EARNED = Text("满分", "Maximum"), Text("得分", "Earned")
NEEDED, LOST = Text("及格分", "Pass points"), Text("失分", "Points lost")
EARLIER = Text("上次得分", "Last audit")
RATE, PASS_RATE = Text("得分率", "Rate"), Text("及格率", "Pass rate")
SCALED = Text("折算", "Scaling")
_DAY_ZERO = 693_594
"""Ordinal of the day that spreadsheets count from."""
_MOST_DAYS = 12
"""Days written along an axis."""
_DASH_MARK = {"type": "long_dash", "size": 16}


@dataclass(frozen=True, slots=True)
class Series:
    """Cells a chart shows."""

    name: Text
    values: str
    """A range, with its sheet."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What all charts of a report need to be drawn."""

    workbook: Workbook
    styles: Styles
    lang: ReportLang
    names: str
    """The range of the categories."""
    size: tuple[int, int]
    """Width and height in pixels."""

    def series(self, series: Series, **look: Any) -> dict[str, Any]:
        """Return a series as the writer takes it."""
        return {
            "name": series.name.of(self.lang).replace("\n", " "),
            "categories": f"={self.names}",
            "values": f"={series.values}",
            **look,
        }

    def line(self, colour: Palette, dash: str = "solid", width: float = 2.0) -> dict[str, Any]:
        """Return how a line looks."""
        return {"color": self.styles.colour(colour), "width": width, "dash_type": dash}

    def mark(self, kind: str, colour: Palette, size: int = 6) -> dict[str, Any]:
        """Return a marker, filled white when its line is not the chart's main one."""
        own = self.styles.colour(colour)
        return {"type": kind, "size": size, "border": {"color": own}, "fill": {"color": own}}

    def labels(self, number: str = "General", place: str = "", size: int = 8) -> dict[str, Any]:
        """Return data labels."""
        labels: dict[str, Any] = {"value": True, "num_format": number, "font": font(size)}
        return labels | ({"position": place} if place else {})


def bars(draw: Drawing, earned: Series, needed: Series, earlier: Series | None) -> Chart:
    """Return columns of points earned with a mark where each passes, and the last audit's columns beside them."""
    chart: Chart = draw.workbook.add_chart({"type": "column"})
    border = {"color": Palette.MUTED.value, "width": 0.75}
    if earlier is not None:
        pattern = {
            "pattern": "wide_upward_diagonal",
            "fg_color": Palette.MUTED.value,
            "bg_color": Palette.WHITE.value,
        }
        chart.add_series(draw.series(earlier, pattern=pattern, border=border, gap=60, overlap=0))
    fill = {"color": draw.styles.colour(Palette.EARNED_BAR)}
    look = {"fill": fill, "border": border, "gap": 60, "overlap": 0}
    chart.add_series(draw.series(earned, **look, data_labels=draw.labels(place="inside_base") | {"font": _white(8)}))
    marks = draw.workbook.add_chart({"type": "line"})
    red = Palette.FAILED.value
    mark = {**_DASH_MARK, "border": {"color": red, "width": 1.5}, "fill": {"color": red}}
    marks.add_series(draw.series(needed, line={"none": True}, marker=mark, data_labels=draw.labels(place="above")))
    chart.combine(marks)
    _dress(chart, draw, "0")
    return chart


def radar(draw: Drawing, rate: Series, mark: Series, earlier: Series | None) -> Chart:
    """Return the rates around a circle, with the pass rate as a dashed ring."""
    chart: Chart = draw.workbook.add_chart({"type": "radar", "subtype": "with_markers"})
    shown = draw.labels(PERCENT, size=8)
    blue, red, grey = Palette.EARNED_BAR, Palette.FAILED, Palette.MUTED
    chart.add_series(
        draw.series(rate, line=draw.line(blue, width=2.5), marker=draw.mark("circle", blue, 6), data_labels=shown)
    )
    chart.add_series(draw.series(mark, line=draw.line(red, "dash", 1.5), marker={"type": "none"}))
    if earlier is not None:
        chart.add_series(
            draw.series(earlier, line=draw.line(grey, "round_dot", 1.5), marker=draw.mark("triangle", grey, 5))
        )
    _dress(chart, draw, PERCENT)
    chart.set_y_axis(
        {
            "min": 0,
            "max": 1,
            "major_unit": 0.25,
            "num_format": PERCENT,
            "num_font": font(7),
            "major_gridlines": {"visible": True, "line": {"color": Palette.RULE.value}},
        }
    )
    return chart


def waterfall(draw: Drawing, parts: tuple[Series, Series, Series, Series], needed: Series | None) -> Chart:
    """Return the way down from the maximum to the points earned; `parts`: what carries, stands, was lost, was won."""
    chart: Chart = draw.workbook.add_chart({"type": "column", "subtype": "stacked"})
    carry, stands, lost, won = parts
    border = {"color": Palette.MUTED.value, "width": 0.75}
    look: dict[str, Any] = {"gap": 45}
    chart.add_series(draw.series(carry, fill={"none": True}, border={"none": True}, **look))
    blue = {"color": draw.styles.colour(Palette.EARNED_BAR)}
    inside = draw.labels("General;;", "inside_end") | {"font": _white(9)}
    chart.add_series(draw.series(stands, fill=blue, border=border, data_labels=inside, **look))
    striped = {"pattern": "wide_upward_diagonal", "fg_color": Palette.FAILED.value, "bg_color": Palette.WHITE.value}
    chart.add_series(draw.series(lost, pattern=striped, border=border, **look))
    dotted = {"pattern": "percent_25", "fg_color": Palette.PASSED.value, "bg_color": Palette.WHITE.value}
    chart.add_series(draw.series(won, pattern=dotted, border=border, **look))
    if needed is not None:
        line = draw.workbook.add_chart({"type": "line"})
        red = Palette.FAILED
        line.add_series(draw.series(needed, line=draw.line(red, "dash", 1.75), marker={"type": "none"}))
        chart.combine(line)
    _dress(chart, draw, "0")
    # What only carries the bars, and what nobody won, needs no entry.
    chart.set_legend({"position": "bottom", "font": font(9), "delete_series": [0, 3]})
    return chart


def curve(draw: Drawing, maximum: Series, earned: Series, needed: Series) -> Chart:
    """Return the seed's curve: maximum, points earned and points to pass of every section."""
    chart: Chart = draw.workbook.add_chart({"type": "line"})
    for series, colour, dash, mark, width in (
        (maximum, Palette.MUTED, "solid", "diamond", 1.25),
        (needed, Palette.FAILED, "dash", "square", 1.5),
        (earned, Palette.EARNED_BAR, "solid", "circle", 2.25),
    ):
        chart.add_series(draw.series(series, line=draw.line(colour, dash, width), marker=draw.mark(mark, colour, 5)))
    _dress(chart, draw, "0")
    chart.set_x_axis({"num_font": font(8) | {"rotation": -60}, "line": {"color": Palette.RULE.value}})
    return chart


def climb(draw: Drawing, total: Series, needed: Series | None, lowest: int) -> Chart:
    """Return a line of totals, each with its figure, against a dashed line of the points to pass.

    Its scale begins at `lowest`: lines are compared by where they cross, not by their heights.
    """
    chart: Chart = draw.workbook.add_chart({"type": "line"})
    _climb(chart, draw, (total, needed), lowest, draw.labels("0.0", "above"))
    return chart


def by_date(
    draw: Drawing, total: Series, needed: Series | None, lowest: int, labelled: Collection[int], days: tuple[date, date]
) -> Chart:
    """Return a line of totals over the days on which they change, against the points to pass.

    Args:
        draw: what all charts need; its names are days.
        total: the totals.
        needed: the points to pass, as many.
        lowest: where the scale begins.
        labelled: which of the totals have their figure.
        days: the first and the last day.
    """
    # A date axis would do, too, but LibreOffice saves its days as words, which readers of the file then refuse.
    chart: Chart = draw.workbook.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    labels = draw.labels("0.0", "above")
    labels["custom"] = [None if place in labelled else {"delete": True} for place in range(max(labelled) + 1)]
    _climb(chart, draw, (total, needed), lowest, labels)
    first, last = (day.toordinal() - _DAY_ZERO for day in days)
    unit = next((days for days in (7, 14, 30, 61, 91) if (last - first) <= days * _MOST_DAYS), 183)
    axis = {"num_format": "yyyy-mm-dd", "num_font": font(8), "line": {"color": Palette.RULE.value}}
    chart.set_x_axis({**axis, "min": first, "max": max(last, first + 1), "major_unit": unit})
    return chart


def _climb(
    chart: Chart, draw: Drawing, lines: tuple[Series, Series | None], lowest: int, labels: dict[str, Any]
) -> None:
    total, needed = lines
    blue, red = Palette.EARNED_BAR, Palette.FAILED
    chart.add_series(
        draw.series(total, line=draw.line(blue, width=2.25), marker=draw.mark("circle", blue, 6), data_labels=labels)
    )
    if needed is not None:
        chart.add_series(draw.series(needed, line=draw.line(red, "dash", 1.5), marker={"type": "none"}))
    _dress(chart, draw, "0")
    grid = {"visible": True, "line": {"color": Palette.TOTAL.value}}
    chart.set_y_axis({"num_font": font(8), "min": lowest, "line": {"none": True}, "major_gridlines": grid})


def font(size: int, *, bold: bool = False) -> dict[str, Any]:
    """Return the font of a chart's texts."""
    return {"name": FONT, "size": size, "bold": bold, "color": Palette.INK.value}


def _white(size: int) -> dict[str, Any]:
    return font(size, bold=True) | {"color": Palette.WHITE.value}


def _dress(chart: Chart, draw: Drawing, number: str) -> None:
    chart.set_title({"none": True})
    chart.set_x_axis({"num_font": font(9), "line": {"color": Palette.RULE.value}})
    chart.set_y_axis(
        {
            "num_font": font(8),
            "min": 0,
            "num_format": number,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": Palette.TOTAL.value}},
        }
    )
    chart.set_legend({"position": "bottom", "font": font(9)})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": draw.size[0], "height": draw.size[1]})

"""Native charts, fed from cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checklists.text import Text
from reports.style import FONT, Palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook

    from checklists.text import Lang

_TITLE = Text("得分与及格分", "Points earned and points to pass")
_EARNED = Text("得分", "Earned")
_NEEDED = Text("及格分", "Pass points")


def earned_and_needed(workbook: Workbook, ranges: Sequence[str], lang: Lang, size: tuple[int, int]) -> Chart:
    """Return a bar chart of points earned beside points to pass.

    Args:
        workbook: the workbook it belongs to.
        ranges: cells with the names, the points earned and the points to pass.
        lang: language of its texts.
        size: width and height in pixels.
    """
    chart: Chart = workbook.add_chart({"type": "column"})
    names, earned, needed = ranges
    for name, values, colour in (
        (_EARNED, earned, Palette.EARNED_BAR),
        (_NEEDED, needed, Palette.NEEDED_BAR),
    ):
        chart.add_series(
            {
                "name": name.of(lang),
                "categories": f"={names}",
                "values": f"={values}",
                "fill": {"color": colour.value},
                "border": {"color": Palette.MUTED.value, "width": 0.5},
                "gap": 70,
                "overlap": -5,
                "data_labels": {"value": True, "num_format": "General", "font": _font(8)},
            }
        )
    _dress(chart, lang)
    chart.set_size({"width": size[0], "height": size[1]})
    return chart


def _dress(chart: Chart, lang: Lang) -> None:
    chart.set_title({"name": _TITLE.of(lang), "name_font": _font(11, bold=True), "overlay": False})
    chart.set_x_axis({"num_font": _font(9), "line": {"color": Palette.RULE.value}})
    chart.set_y_axis(
        {
            "num_font": _font(8),
            "min": 0,
            "num_format": "0",
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": Palette.TOTAL.value}},
        }
    )
    chart.set_legend({"position": "bottom", "font": _font(9)})
    chart.set_chartarea({"border": {"color": Palette.RULE.value}})


def _font(size: int, *, bold: bool = False) -> dict[str, Any]:
    return {"name": FONT, "size": size, "bold": bold, "color": Palette.INK.value}

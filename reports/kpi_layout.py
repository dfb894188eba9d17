"""Where the figures stand in a sheet of KPIs: months across, months down, or one figure a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from audit.kpi_names import folded
from checklists.sources.tables import UnreadableTable
from checklists.text import Text
from reports.kpi_months import Month, UnclearMonth, read_month

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from checklists.sources.tables import Cell

Line = tuple[int, "list[Cell]"]
"""Number of a row and its cells."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "key": ("key", "标识", "标识（请勿改动）", "key (do not change)"),
    "kpi": ("kpi", "指标", "指标名称", "kpi名称", "关键指标", "名称", "indicator", "name", "kpi name"),
    "number": ("id", "指标编号", "kpi id", "编号", "代码", "code"),
    "series": ("series", "数据", "数据序列", "序列", "数据项", "分项", "明细", "项目", "data", "figure"),
    "month": ("month", "月份", "月", "月度", "年月", "日期", "期间", "时间", "period", "date", "months"),
    "value": ("value", "数值", "值", "实际", "实际值", "完成值", "数据值", "actual", "values"),
    "plan": ("plan", "计划", "计划值", "目标", "目标值", "预算", "年度计划", "target", "budget", "planned"),
    "last_year": ("last year", "去年", "去年同期", "去年值", "上年", "上年同期", "同期", "previous year", "prior year"),
    "ignored": (
        *("no.", "序号", "单位", "unit", "备注", "说明", "remark", "remarks", "notes", "comment", "公式"),
        *("合计", "总计", "平均", "平均值", "均值", "累计", "小计", "total", "sum", "average", "mean", "ytd", "来源"),
        *("formula", "source", "类别", "部门", "category", "department"),
    ),
}  # fmt: skip
"""What columns are called."""

NAMING = ("key", "kpi", "series")
_HEADER_WITHIN = 40
_NO_LAYOUT = Text(
    "“{name}”里找不到月份：请在表头写月份（2026-03、2026年3月、3月 ……），每行一个数据序列，"
    "或月份向下、每列一个序列；可用 kpi template 生成空表",
    '"{name}" shows no months: put them into the header (2026-03, Mar 2026, Mar ...) with one series a row, or down '
    "the first column with one series a column; kpi template makes an empty sheet",
)
_WORDS = {folded(word): name for name, words in COLUMNS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a sheet hold, from a header row on."""

    kind: Literal["across", "down", "long"]
    header: Sequence[Cell]
    below: int
    """Index of the first line below the header."""
    columns: Mapping[str, int]
    """Index of each known column."""
    months: Mapping[int, Month] = field(default_factory=dict)
    """Months of the header, by column."""
    unclear: Sequence[tuple[Cell, Text]] = ()
    """Cells of the header that may be read as different months."""

    @property
    def named(self) -> bool:
        """Whether a column names KPIs or series."""
        return any(name in self.columns for name in NAMING)


def word_of(text: str) -> str | None:
    """Return what a heading stands for; None where it is none of the known ones."""
    return _WORDS.get(folded(text))


def find_layout(name: str, lines: Sequence[Line]) -> Layout:
    """Find the header of a sheet and what its columns hold.

    Raises:
        UnreadableTable: when no months are to be found.
    """
    for index in range(min(len(lines), _HEADER_WITHIN)):
        layout = header_at(lines, index)
        if layout is not None:
            return layout
    found = _months_down(lines)
    if found is not None:
        return found
    raise UnreadableTable(_NO_LAYOUT.format(name=name))


def header_at(lines: Sequence[Line], index: int) -> Layout | None:
    """Return the layout that begins with a line, if that is a header."""
    cells = lines[index][1]
    columns, months, unclear = _read_header(cells)
    if "kpi" not in columns and "number" in columns:
        columns["kpi"] = columns["number"]
    named = any(name in columns for name in NAMING)
    if len(months) + len(unclear) >= (1 if named else 2):
        if not named:
            first = min(months, default=0)
            if first == 0:
                return None
            columns["kpi"] = next((i for i in range(first) if i not in columns.values()), first - 1)
        return Layout("across", cells, index + 1, columns, months, unclear)
    if named and "value" in columns:
        return Layout("long", cells, index + 1, columns)
    if "month" in columns and not months and sum(bool(cell.text) for cell in cells) > 1:
        return Layout("down", cells, index + 1, columns)
    return None


def _read_header(cells: Sequence[Cell]) -> tuple[dict[str, int], dict[int, Month], list[tuple[Cell, Text]]]:
    columns: dict[str, int] = {}
    months: dict[int, Month] = {}
    unclear: list[tuple[Cell, Text]] = []
    for index, cell in enumerate(cells):
        known = word_of(cell.text)
        if known is not None:
            columns.setdefault(known, index)
            continue
        try:
            month = read_month(cell.text)
        except UnclearMonth as error:
            unclear.append((cell, error.text))
            continue
        if month is not None:
            months[index] = month
    return columns, months, unclear


def _months_down(lines: Sequence[Line]) -> Layout | None:
    """Find a sheet with months down a column that has no heading: the row above its first month is the header."""
    for index, (_, cells) in enumerate(lines[:_HEADER_WITHIN]):
        for column, cell in enumerate(cells[:5]):
            try:
                is_month = read_month(cell.text) is not None
            except UnclearMonth:
                is_month = True
            if is_month and index:
                return Layout("down", lines[index - 1][1], index, {"month": column})
    return None


def cell_at(cells: Sequence[Cell], index: int | None) -> Cell | None:
    """Return a cell that is filled."""
    if index is None or index >= len(cells) or not cells[index].text:
        return None
    return cells[index]


def tables(lines: Sequence[Line], layout: Layout) -> Iterator[tuple[Layout, list[list[Cell]]]]:
    """Yield the tables of a sheet, each with its rows: a further header begins a further one, except down a column."""
    rows: list[list[Cell]] = []
    for index in range(layout.below, len(lines)):
        again = None if layout.kind == "down" else header_at(lines, index)
        if again is not None and again.kind == layout.kind:
            yield layout, rows
            layout, rows = again, []
        else:
            rows.append(lines[index][1])
    yield layout, rows

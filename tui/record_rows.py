"""The whole list a set is drawn from: a file, pasted numbers, or a range."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from audit.drawing import CannotDraw, pasted, population, ranged, tidy
from checklists.sources.tables import read_table
from checklists.text import Text, UserError, joined, same
from tui.problems import BadRows, WrongUsage, in_place

if TYPE_CHECKING:
    from audit.drawing import Population
    from checklists.sources.tables import Row

HEADS = (
    "工单号", "工单编号", "委托书号", "结算单号", "预约单号", "预约编号", "预约号", "索赔单号", "投诉编号", "回访编号",
    "录音编号", "档案编号", "客户编号", "配件编号", "配件编码", "车牌号", "车牌", "单号", "编号", "记录",
    "order number", "order no", "order", "ro", "ro number", "ro no", "booking number", "booking", "claim number",
    "claim", "complaint number", "call number", "file number", "part number",
    "number", "no", "no.", "id", "record", "plate",
)  # fmt: skip
"""Heads a column of record numbers may have; the first that a file has is read."""
_WHICH = Text(
    "“{file}”有这些列：{columns}。请用 --column 指定记录编号所在的列",
    '"{file}" has the columns {columns}. Name the one with the records\' numbers: --column',
)
_DATE = Text("“{text}”被 Excel 变成了日期：请把该列设为文本后重新导出", 'Excel made "{text}" a date: export it as text')
_ONE = Text(
    "请用 --from、--numbers、--range 中的一个给出完整清单", "Give the whole list with one of --from, --numbers, --range"
)


def whole_list(source: str | None, column: str | None, numbers: str | None, span: str | None) -> Population:
    """Return the list that the options name.

    Raises:
        WrongUsage: when none or several are given.
        CannotDraw, BadRows: when the list cannot be used.
        UnreadableTable: when the file cannot be read.
    """
    if sum(given is not None for given in (source, numbers, span)) != 1 or (column and source is None):
        raise WrongUsage(_ONE)
    if source is not None:
        return _from_file(Path(source), column)
    if numbers is not None:
        return population(pasted(numbers), "A, B, C …")
    return population(ranged(span or ""), tidy(span or ""))


def _from_file(path: Path, column: str | None) -> Population:
    table = read_table(path, {column: ()} if column else dict.fromkeys(HEADS, ()), (column,) if column else ())
    heads = {_folded(head): head for head in table.header}
    chosen = column or next((head for head in HEADS if _folded(head) in heads), None)
    rows, first = table.rows, ""
    if chosen is None:
        named = [head for head in table.header if head]
        if len(named) != 1:
            raise CannotDraw(_WHICH.format(file=path.name, columns=joined([same(head) for head in named[:30]])))
        chosen = named[0]
        rows = read_table(path, {chosen: ()}).rows
        # A list without a head begins with a number.
        first = chosen if re.search(r"\d", chosen) else ""
    numbers, problems = _numbers(rows, chosen)
    if problems:
        raise BadRows(path.name, problems)
    told = "1" if first else heads.get(_folded(chosen), chosen)
    return population([first, *numbers], f"{path.name} [{told}]")


def _numbers(rows: tuple[Row, ...], column: str) -> tuple[list[str], list[Text]]:
    numbers: list[str] = []
    problems: list[Text] = []
    for row in rows:
        cell = row.cells.get(column)
        if cell is None or not cell.text.strip():
            continue
        if cell.is_date:
            problems.append(in_place(cell.place, _DATE.format(text=cell.text)))
            continue
        try:
            numbers.append(tidy(cell.text))
        except UserError as error:
            problems.append(in_place(cell.place, error.text))
    return numbers, problems


def _folded(head: str) -> str:
    return re.sub(r"\s+", "", head).lower()

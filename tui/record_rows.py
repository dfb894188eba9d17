"""The whole list a set is drawn from: a file, pasted numbers, or a range."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from audit.drawing import CannotDraw, pasted, population, ranged, tidy
from checklists.sources.tables import read_lines
from checklists.text import Text, UserError, joined, same
from tui.problems import BadRows, WrongUsage, in_place

if TYPE_CHECKING:
    from audit.drawing import Population
    from checklists.sources.tables import Cell

    Lines = list[tuple[int, list[Cell]]]

HEADS = (
    "工单号", "工单编号", "委托书号", "结算单号", "预约单号", "预约编号", "预约号", "索赔单号", "投诉编号", "回访编号",
    "录音编号", "档案编号", "客户编号", "配件编号", "配件编码", "单号", "编号", "记录",
    "order number", "order no", "order", "ro", "ro number", "ro no", "booking number", "booking", "claim number",
    "claim", "complaint number", "call number", "file number", "part number",
    "number", "no", "no.", "id", "record",
)  # fmt: skip
"""Heads a column of record numbers may have; the first that a file has is read."""
_ENDINGS = ("单号", "编号", "编码", "number", "no", "no.")
"""How heads of other such columns end."""
_LAST = ("车牌号", "车牌", "plate")
_HEADER_WITHIN = 20
"""Rows in which the header is looked for; titles may stand above it."""
_WHICH = Text(
    "“{file}”有这些列：{columns}。请用 --column 指定记录编号所在的列",
    '"{file}" has the columns {columns}. Name the one with the records\' numbers: --column',
)
_DATE = Text("“{text}”被 Excel 变成了日期：请把该列设为文本后重新导出", 'Excel made "{text}" a date: export it as text')
_ONE = Text(
    "请用 --from、--numbers、--range 中的一个给出完整清单", "Give the whole list with one of --from, --numbers, --range"
)


class WhichColumn(CannotDraw):
    """It is unclear which column of a file holds the records' numbers."""

    def __init__(self, file: str, columns: list[str]) -> None:
        self.file = file
        self.columns = columns
        """Their heads, as they stand in the file."""
        super().__init__(_WHICH.format(file=file, columns=joined([same(column) for column in columns])))


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
        return population(pasted(numbers), "pasted 粘贴")
    return population(ranged(span or ""), tidy(span or ""))


def _from_file(path: Path, column: str | None) -> Population:
    """Return the numbers of a file: its header may stand below a title; a list of one column needs none."""
    lines = read_lines(path)
    header = _header(lines, column)
    if header is None and column is None and all(len(_filled(cells)) <= 1 for _, cells in lines):
        return _population(path, [_filled(cells)[0] for _, cells in lines], "1", headless=True)
    if header is None:
        named = max((_filled(cells) for _, cells in lines[:_HEADER_WITHIN]), key=len)
        raise WhichColumn(path.name, [cell.text for cell in named[:30]])
    row, place = header
    told = lines[row][1][place].text.strip()
    return _population(path, [cells[place] for _, cells in lines[row + 1 :] if place < len(cells)], told)


def _header(lines: Lines, column: str | None) -> tuple[int, int] | None:
    """Return the row and the place of the column of numbers, or None where no head says so.

    A head of the catalogue comes first, then any other that ends like a number's, and a plate last: orders share it.
    """
    wanted = [{_folded(column)}] if column else [{_folded(head)} for head in (*HEADS, *_ENDINGS, *_LAST)]
    for row, (_, cells) in enumerate(lines[:_HEADER_WITHIN]):
        heads = [_folded(cell.text) for cell in cells]
        for names in wanted:
            for place, head in enumerate(heads):
                ending = not column and names <= {_folded(end) for end in _ENDINGS} and head.endswith(tuple(names))
                if head and (head in names or ending):
                    return row, place
    return None


def _filled(cells: list[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.text.strip()]


def _population(path: Path, cells: list[Cell], told: str, *, headless: bool = False) -> Population:
    """Return the list in a column; without a head its first cell counts when it holds a digit."""
    numbers: list[str] = []
    problems: list[Text] = []
    for cell in cells[1:] if headless and not re.search(r"\d", cells[0].text) else cells:
        if not cell.text.strip():
            continue
        if cell.is_date:
            problems.append(in_place(cell.place, _DATE.format(text=cell.text)))
            continue
        try:
            numbers.append(tidy(cell.text))
        except UserError as error:
            problems.append(in_place(cell.place, error.text))
    if problems:
        raise BadRows(path.name, problems)
    return population(numbers, f"{path.name} [{told}]")


def _folded(head: str) -> str:
    return re.sub(r"\s+", "", head).lower()

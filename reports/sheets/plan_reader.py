"""Reading an improvement plan back, whatever people did to it: rows sorted, added, deleted, columns moved or dropped.

A row is found by its hidden column, where that is gone by the number people see.  What cannot be understood is a
problem with its place and remedy; nothing is changed here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from audit.plan import FIELD_NAMES, LETTER, Field
from audit.plan_fields import tidy
from audit.plan_merging import SheetRow, Typed
from checklists.reading import folded, shown
from checklists.sources.tables import Cell, Sheet, read_book
from checklists.text import Text, UserError, joined, same
from reports.sheets.plan import FORM, MASKED_FORM, NUMBER, POINTS_HEAD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audit.plan import Plan
    from checklists.text import ReportLang

_ENOUGH = 3
"""Heads of its own that a row must have to be the head of a plan."""
_OWN = frozenset(Field) - {Field.STATUS, Field.ANSWERS, Field.DIRECTION, Field.DEPARTMENT}
_NO_PLAN = Text(
    "“{file}”里没有改进计划：请用 plan export 导出后填写，不要改列名",
    '"{file}" holds no improvement plan: export one with plan export, fill it in and keep the names of its columns',
)
_TWO_PLANS = Text(
    "“{file}”里有两张改进计划（{sheets}）：请删去一张", '"{file}" holds two plans ({sheets}): delete one of them'
)
_MASKED = Text(
    "“{file}”是总部留存的遮盖副本，人员和号码已不是原文，不能导入：请用 plan export 导出后填写",
    '"{file}" is a masked headquarters copy: its names and numbers are not the real ones, so it is not read back; '
    "export the plan with plan export and fill that in",
)
_OTHER_AUDIT = Text("“{file}”是评估 {ref} 的改进计划", '"{file}" is the plan of audit {ref}')
_NO_NUMBERS = Text(
    "“{file}”既没有编号列，也没有隐藏列，无法知道每一行是哪条措施：请重新导出",
    '"{file}" has lost both its numbers and its hidden column, so no row can be told: export it again',
)
_TWO_COLUMNS = Text("“{head}”有两列：请删去一列", "{head} stands in two columns: delete one of them")
_STRANGE = Text("“{head}”列不属于改进计划，未读取", "The column {head} is no part of the plan and was not read")
_REPEATED = Text(
    "{number} 已在 {first}：请删去这一行；如果是新措施，请清空编号",
    "{number} stands in {first} already: delete this row, or empty its number if it is a new action",
)
_SORTED_APART = Text(
    "编号写的是 {number}，这一行却是 {own}：可能只排序了部分列，请撤销排序后重试",
    "the number says {number} but the row is {own}: some columns were sorted without the others, undo that",
)
_FOREIGN = Text(
    "{place}：这一行来自评估 {ref} 的计划，作为新措施处理",
    "{place}: this row comes from the plan of audit {ref} and counts as a new action",
)
_MERGED = Text(
    "单元格 {cells} 跨列合并，不知道属于哪一列：请取消合并后分别填写",
    "{cells} is merged across columns: unmerge it and fill in each",
)
_PENDING = Text(
    "公式还没有计算结果：请用 Excel 或 WPS 打开并保存", "a formula has no value yet: open the file in Excel and save it"
)
_ERROR = Text("单元格里是错误值 {text}：请改正", "the cell holds the error {text}: mend it")
_ERRORS = re.compile(r"#(REF!|VALUE!|N/A|NAME\?|DIV/0!|NUM!|NULL!|SPILL!)|Err:\d+")
_PLACE = Text("第 {row} 行", "row {row}")
_OWN_NUMBER = re.compile(rf"{LETTER}\d+(-[0-9a-f]+)?", re.IGNORECASE)
_POINTS_KEY, _NUMBER_KEY = "points", "number"


class NotThisPlan(UserError):
    """The file holds no plan, or that of another audit."""


@dataclass(frozen=True, slots=True)
class FilledPlan:
    """What a file says."""

    rows: tuple[SheetRow, ...]
    lang: ReportLang
    """In which language it was written out."""
    problems: tuple[tuple[Text, Text], ...]
    """Place and what is wrong there."""
    notices: tuple[Text, ...]
    """What was left aside."""


def read_plan(path: Path, ref: str, plan: Plan) -> FilledPlan:
    """Read a plan that came back.

    Args:
        path: the file.
        ref: the audit's reference.
        plan: the plan as it stands, for the actions' numbers.

    Raises:
        UnreadableTable: when the file as a whole cannot be read.
        NotThisPlan: when it holds no plan of this audit, or two, or is a masked copy.
    """
    book = read_book(path, merged=True)
    if any(MASKED_FORM in cell.text for sheet in book for _, cells in sheet.rows for cell in cells):
        raise NotThisPlan(_MASKED.format(file=path.name))
    found = [(sheet, place) for sheet in book if (place := _head_of(sheet)) is not None]
    if not found:
        raise NotThisPlan(_NO_PLAN.format(file=path.name))
    if len(found) > 1:
        sheets = joined([same(sheet.name) for sheet, _ in found])
        raise NotThisPlan(_TWO_PLANS.format(file=path.name, sheets=sheets))
    reader = _Reader(path.name, ref, plan, *found[0])
    reader.read()
    return FilledPlan(tuple(reader.rows), reader.lang, tuple(reader.problems), tuple(reader.notices))


@cache
def _heads() -> dict[str, Field | str]:
    """Return what every head is called, as it is compared."""
    known: dict[str, Field | str] = {}
    names: list[tuple[Field | str, Text]] = [*FIELD_NAMES.items(), (_NUMBER_KEY, NUMBER), (_POINTS_KEY, POINTS_HEAD)]
    for key, name in names:
        for word in (name.zh, name.en, name.of("both")):
            known[_head(word)] = key
    return known


def _head(text: str) -> str:
    return re.sub(r"[\s|()（）]+", "", folded(text))


def _is_head(cells: Sequence[Cell]) -> bool:
    """Say whether a row is a plan's head: by its hidden cell, else by heads that no other sheet of a report has."""
    if any("id" not in key for cell in cells if (key := _key(cell.text))):
        return True
    known = _heads()
    return len({known[word] for cell in cells if (word := _head(cell.text)) in known} & _OWN) >= _ENOUGH


def _head_of(sheet: Sheet) -> int | None:
    """Return which of the sheet's rows is the plan's head."""
    return next((place for place, (_, cells) in enumerate(sheet.rows) if _is_head(cells)), None)


def _key(text: str) -> dict[str, Any]:
    if FORM not in text:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) and found.get("plan") == FORM else {}


@dataclass(slots=True)
class _Identified:
    """A row with what says which action it is."""

    number: int
    cells: list[Cell]
    key: dict[str, Any] = field(default_factory=dict)
    typed: str = ""
    """What stands in the column of numbers."""


class _Reader:
    """Goes through the rows of one sheet."""

    def __init__(self, file: str, ref: str, plan: Plan, sheet: Sheet, head: int) -> None:
        self.file, self.ref, self.plan = file, ref, plan
        self.body = [(number, list(cells)) for number, cells in sheet.rows[head + 1 :]]
        self.head_row, self.head = sheet.rows[head][0], sheet.rows[head][1]
        self.merged = sheet.merged
        self.ids = {folded(action.number): action.id for action in plan.actions}
        self.numbers = {action.id: action.number for action in plan.actions}
        self.columns: dict[int, Field] = {}
        self.number_column: int | None = None
        self.key: dict[str, Any] = {}
        self.lang: ReportLang = "zh"
        self.rows: list[SheetRow] = []
        self.problems: list[tuple[Text, Text]] = []
        self.notices: list[Text] = []
        self.seen: dict[str, Text] = {}

    def read(self) -> None:
        """Read everything."""
        self._read_head()
        self._fill_merged()
        identified = [self._identified(number, cells) for number, cells in self.body]
        hidden = any(row.key for row in identified)
        if not hidden and self.number_column is None and self.plan.actions:
            raise NotThisPlan(_NO_NUMBERS.format(file=self.file))
        for row in identified:
            self._take(row)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _read_head(self) -> None:
        known = _heads()
        self.key = next((key for cell in self.head if (key := _key(cell.text))), {})
        for column, cell in enumerate(self.head):
            meant = known.get(_head(cell.text))
            if meant is None:
                if cell.text and not _key(cell.text):
                    self.notices.append(_STRANGE.format(head=shown(cell.text)))
            elif meant == _NUMBER_KEY:
                self.number_column = column if self.number_column is None else self.number_column
            elif isinstance(meant, Field) and meant in self.columns.values():
                self.problems.append((cell.place, _TWO_COLUMNS.format(head=shown(cell.text))))
            elif isinstance(meant, Field):
                self.columns[column] = meant
        keys = [self.key, *(key for _, cells in self.body for cell in cells if (key := _key(cell.text)))]
        refs = [str(key["ref"]) for key in keys if key.get("ref")]
        if refs and self.ref not in refs:
            raise NotThisPlan(_OTHER_AUDIT.format(file=self.file, ref=shown(refs[0])))
        self.lang = next((key["lang"] for key in keys if key.get("lang") in {"zh", "en", "both"}), self._guessed())

    def _guessed(self) -> ReportLang:
        english = {_head(name.en) for name in FIELD_NAMES.values()}
        return "en" if any(_head(cell.text) in english for cell in self.head) else "zh"

    def _fill_merged(self) -> None:
        """Give every row of cells merged down a column their value; cells merged across columns are a problem."""
        rows = dict(self.body)
        for first, left, last, right in self.merged:
            if first <= self.head_row:
                continue
            inside = [column for column in range(left - 1, right) if column in self.columns]
            if len(inside) > 1:
                name = f"{_letters(left)}{first}:{_letters(right)}{last}"
                self.problems.append((_PLACE.format(row=first), _MERGED.format(cells=name)))
            source = rows.get(first, [])
            if left - 1 >= len(source) or not source[left - 1].text or not inside:
                continue
            for number in range(first + 1, last + 1):
                cells = rows.get(number)
                if cells is not None and left - 1 < len(cells):
                    cells[left - 1] = Cell(source[left - 1].text, cells[left - 1].place, source[left - 1].is_date)

    def _identified(self, number: int, cells: list[Cell]) -> _Identified:
        key = next((found for cell in cells if (found := _key(cell.text))), {})
        column = self.number_column
        typed = cells[column].text if column is not None and column < len(cells) else ""
        return _Identified(number, cells, key, tidy(typed))

    def _take(self, row: _Identified) -> None:
        place = _PLACE.format(row=row.number)
        if _is_head(row.cells):
            return  # copied along with some rows
        cells = self._cells(row, place)
        own_id, at = self._action(row, place, empty=not any(tidy(cell.text) for cell in cells.values()))
        if own_id is not None:
            self.rows.append(SheetRow(place, own_id, at, cells))

    def _cells(self, row: _Identified, place: Text) -> dict[Field, Typed]:
        found = {}
        for column, name in self.columns.items():
            cell = row.cells[column] if column < len(row.cells) else None
            text, at = (cell.text, cell.place) if cell is not None else ("", place)
            if cell is not None and cell.pending:
                self.problems.append((at, _PENDING))
            elif _ERRORS.fullmatch(text.strip()):
                self.problems.append((at, _ERROR.format(text=text.strip())))
            else:
                found[name] = Typed(text, at)
        return found

    def _action(self, row: _Identified, place: Text, *, empty: bool) -> tuple[str | None, tuple[str, ...]]:
        """Return which action a row is ("" for a new one) and how old the sheet is; None for a row to pass over."""
        hidden, key = str(row.key.get("id", "")), row.key
        if key.get("ref") not in {None, self.ref}:
            self.notices.append(_FOREIGN.format(place=place, ref=shown(str(key.get("ref")))))
            hidden, key, row.typed = "", {}, ""
        numbered = self.ids.get(folded(row.typed), "")
        unknown = bool(_OWN_NUMBER.fullmatch(row.typed)) and not numbered
        at = tuple(str(key.get("at") or self.key.get("at") or "").split())
        own_id = hidden or numbered or (row.typed if unknown else "")
        if hidden and numbered and hidden != numbered:
            own = self.numbers.get(hidden, hidden)
            self.problems.append((place, _SORTED_APART.format(number=row.typed, own=own)))
            return None, at
        if own_id in self.seen and not row.typed:
            own_id = ""  # a copied row whose number was emptied
        if own_id and own_id in self.seen:
            number = self.numbers.get(own_id, row.typed)
            self.problems.append((place, _REPEATED.format(number=number, first=self.seen[own_id])))
            return None, at
        if not own_id and empty:
            return None, at
        if own_id:
            self.seen[own_id] = place
        return own_id.removeprefix(LETTER) if unknown and not hidden else own_id, at


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))

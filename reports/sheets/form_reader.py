"""Reading a filled form back: all of it or nothing, every problem with its sheet, cell and item.

Only what was changed since the form was written is taken.  Where somebody else has answered the same item meanwhile,
that is a problem to look at, never an answer overwritten.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from audit.answers import reason_text
from audit.session import Typed, UnknownItem
from audit.state import ItemState
from checklists.reading import folded, shown
from checklists.sources.tables import read_book
from checklists.text import Text, UserError, same
from reports.safe_text import safe
from reports.sheets.form import FORM, HEADS, Column, remembered, shown_answer, source_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from audit.session import AuditSession
    from audit.state import Answer
    from checklists.model import BonusItem, Item
    from checklists.sources.tables import Cell, Sheet
    from checklists.text import Lang

_OTHER_AUDIT = Text(
    "这张评分表属于评估 {ref}：请导入到该评估，或用 audit sheet 为本次评估另出一张",
    "this form belongs to audit {ref}: read it there, or write one for this audit with audit sheet",
)
_OTHER_CHECKLIST = Text(
    "这张评分表用的是另一个版本的评估表：请用 audit sheet 重新生成",
    "this form asks another version of the checklist: write it anew with audit sheet",
)
_NO_COLUMN = Text(
    "“{sheet}”表缺少“{head}”列：请恢复该列的表头", 'sheet "{sheet}" has no column "{head}": bring its head back'
)
_TWO_COLUMNS = Text("“{head}”列出现两次：请删去一列", 'there are two columns "{head}": delete one')
_NO_ITEM = Text("填写了内容，但没有检查项编号：请补上编号", "something is filled in, but no item is named: add its id")
_TWICE = Text("{item} 在 {first} 已经出现过，请只留一行", "{item} stands in {first} already; keep one of the rows")
_PENDING = Text(
    "{item}：这里的公式还没有计算结果。请用 Excel、WPS 或 LibreOffice 打开并保存，或改为直接输入",
    "{item}: the file holds no value for this formula. Open and save it in Excel, WPS or LibreOffice, or type the "
    "value itself",
)
_DATE = Text(
    "{item}：“{text}”被变成了日期。请把单元格设为文本格式，再输入 8/10 这样的内容",
    '{item}: this was turned into a date ("{text}"). Format the cell as text, then type 8/10 again',
)
_CLEARED = Text(
    "{item} 原有的评分“{was}”被清空：已录入的评分不能删除，请改写，或恢复原样",
    '{item}: its answer "{was}" was emptied. A recorded answer cannot be deleted: type another one, or put it back',
)
_NO_VALUE = Text(
    "{item} 有原因却没有评分：请填写评分，或清空原因",
    "{item}: a reason without an answer; type the answer, or clear it",
)
_LOCKED = Text(
    "{item} 在此处的“{typed}”没有录入。{source} 请把此格恢复为“{was}”",
    '{item}: "{typed}" cannot be recorded here. {source} Put this cell back to "{was}"',
)
_CHANGED = Text(
    "{item} 在此表生成之后已评为“{now}”：请核对后填成同样的评分，或用 audit answer 更改",
    '{item} was answered "{now}" since the form was written: check it, then type the same here or use audit answer',
)


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a form says."""

    answers: tuple[Typed, ...]
    """What was changed; to be used only where there is no problem."""
    notes: tuple[tuple[str, str], ...]
    """New notes (item, text) on items that keep their answer."""
    unchanged: int
    """Rows in which nothing was changed."""
    problems: tuple[tuple[Text, Text], ...]
    """Place and what is wrong there."""


def read_filled(path: Path, session: AuditSession) -> FilledForm | None:
    """Read a filled form; nothing is recorded.

    Args:
        path: the file.
        session: the audit it is for.

    Returns:
        What it says; None where the file is no form, but may be some other sheet of answers.

    Raises:
        UnreadableTable: when the file as a whole cannot be read.
    """
    sheets = [(sheet, key) for sheet in read_book(path) if (key := _key(sheet))]
    if not sheets:
        return None
    reader = _Reader(session)
    for sheet, key in sheets:
        reader.sheet(sheet, key)
    return FilledForm(tuple(reader.answers), tuple(reader.notes), reader.unchanged, tuple(reader.problems))


def _key(sheet: Sheet) -> dict[str, Any]:
    """Return what the hidden cell of a form's sheet says; nothing for any other sheet."""
    for _, cells in sheet.rows[:20]:
        for cell in cells:
            found = _json(cell.text)
            if found.get("form") == FORM:
                return found
    return {}


def _json(text: str) -> dict[str, Any]:
    if not text.startswith("{"):
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(slots=True)
class _Row:
    """One item's row while it is read."""

    item: Item | BonusItem
    cells: dict[Column, Cell]
    before: dict[str, str] = field(default_factory=dict)
    """The row as it was written; empty where that is lost."""

    def text(self, column: Column) -> str:
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""

    def place(self, column: Column) -> Text:
        return (self.cells.get(column) or self.cells[Column.ID]).place


_SPELLINGS: Mapping[str, Column] = {
    folded(word): column
    for column, (head, _) in HEADS.items()
    if column in {Column.ID, Column.ANSWER, Column.REASON, Column.NOTE}
    for word in (head.zh, head.en)
}


class _Reader:
    """Goes through the rows of all sheets and collects answers, notes and problems."""

    def __init__(self, session: AuditSession) -> None:
        self.session = session
        self.answers: list[Typed] = []
        self.notes: list[tuple[str, str]] = []
        self.problems: list[tuple[Text, Text]] = []
        self.unchanged = 0
        self._first: dict[str, Text] = {}
        self._lang: Lang = "zh"

    def sheet(self, sheet: Sheet, key: Mapping[str, Any]) -> None:
        """Read one sheet."""
        where = Text("“{name}”表", "Sheet {name}").format(name=sheet.name)
        if key.get("ref") != self.session.ref:
            self.problems.append((where, _OTHER_AUDIT.format(ref=shown(str(key.get("ref"))))))
            return
        if key.get("checklist") != self.session.checklist.hash:
            self.problems.append((where, _OTHER_CHECKLIST))
            return
        self._lang = "en" if key.get("lang") == "en" else "zh"
        columns: dict[int, Column] = {}
        for _, cells in sheet.rows:
            if columns:
                self._row(cells, columns)
            else:
                columns = self._columns(cells)
        for wanted in (Column.ID, Column.ANSWER):
            if wanted not in columns.values():
                self.problems.append((where, _NO_COLUMN.format(sheet=sheet.name, head=HEADS[wanted][0])))

    def _columns(self, cells: Sequence[Cell]) -> dict[int, Column]:
        """Return the columns of a row of heads; nothing for any other row."""
        found: dict[int, Column] = {}
        for index, cell in enumerate(cells):
            column = _SPELLINGS.get(folded(cell.text))
            if column is not None and column in found.values():
                self.problems.append((cell.place, _TWO_COLUMNS.format(head=HEADS[column][0])))
            elif column is not None:
                found[index] = column
        return found if len(found) > 1 or Column.ID in found.values() else {}

    def _row(self, cells: Sequence[Cell], columns: Mapping[int, Column]) -> None:
        found = {column: cells[index] for index, column in columns.items() if index < len(cells)}
        filled = [c for c, cell in found.items() if c is not Column.ID and (cell.text.strip() or cell.pending)]
        named = found.get(Column.ID)
        if named is None or not named.text.strip():
            if filled and named is not None:
                self.problems.append((named.place, _NO_ITEM))
            return
        try:
            item = self.session.item(named.text)
        except UnknownItem as error:
            if filled:
                self.problems.append((named.place, error.text))
            return
        if item.id in self._first:
            self.problems.append((named.place, _TWICE.format(item=item.id, first=self._first[item.id])))
            return
        self._first[item.id] = named.place
        before = next((data for cell in cells if (data := _json(cell.text)).get("item") == item.id), {})
        self._read(_Row(item, found, {name: str(value) for name, value in before.items()}))

    def _read(self, row: _Row) -> None:
        for column, cell in row.cells.items():
            if cell.pending or (column is Column.ANSWER and cell.is_date):
                problem = _PENDING if cell.pending else _DATE
                self.problems.append((cell.place, problem.format(item=row.item.id, text=cell.text)))
                return
        note = row.text(Column.NOTE)
        if not self._is_changed(row):
            self._note(row, note)
            self.unchanged += not note
            return
        typed = self._typed(row)
        if typed is not None:
            self.answers.append(typed)
        elif not self.problems or self.problems[-1][0] not in {row.place(column) for column in row.cells}:
            self._note(row, note)

    def _note(self, row: _Row, note: str) -> None:
        if note:
            self.notes.append((row.item.id, note))

    def _is_changed(self, row: _Row) -> bool:
        """Say whether answer or reason are other than they were written, or than they stand where that is lost."""
        answer = self.session.state.answer(row.item.id)
        was = row.before or {
            "value": shown_answer(answer, row.item, self._lang),
            "reason": remembered(safe(reason_text(answer).of(self._lang), self._lang)),
        }
        value, reason = row.text(Column.ANSWER), remembered(row.text(Column.REASON))
        has_reason = Column.REASON in row.cells
        return value != was.get("value", "") or (has_reason and reason != was.get("reason", ""))

    def _typed(self, row: _Row) -> Typed | None:
        """Return a changed row's answer; None where it says what stands anyway, or where there is a problem."""
        item, value = row.item, row.text(Column.ANSWER)
        was = row.before.get("value", "")
        if not value:
            if was:
                self._report(row, Column.ANSWER, _CLEARED.format(item=item.id, was=was))
            else:
                self._report(row, Column.REASON, _NO_VALUE.format(item=item.id))
            return None
        now = self.session.state.answer(item.id)
        typed = Typed(item.id, value, self._reason(row, now), row.text(Column.NOTE))
        source = source_of(self.session.checklist, self.session.state, item)
        try:
            new = self.session.read(typed)
        except UserError as error:
            self._report(row, Column.ANSWER, error.text if source is None else self._locked(row, source, now))
            return None
        if (new.state, new.value, new.reason) == (now.state, now.value, now.reason):
            return None
        if source is not None and new.state is not ItemState.NOT_APPLICABLE:
            self._report(row, Column.ANSWER, self._locked(row, source, now))
            return None
        if row.before and row.before.get("entry", "") != now.entry[:16]:
            told = same(shown_answer(now, item, self._lang))
            self._report(row, Column.ANSWER, _CHANGED.format(item=item.id, now=told))
            return None
        return typed

    def _locked(self, row: _Row, source: Text, now: Answer) -> Text:
        was = row.before.get("value", shown_answer(now, row.item, self._lang))
        return _LOCKED.format(item=row.item.id, typed=shown(row.text(Column.ANSWER)), source=source, was=was)

    def _reason(self, row: _Row, now: Answer) -> str:
        """Return the reason typed; one that was not touched stands as it was recorded, whole and not as it was cut."""
        typed = row.text(Column.REASON)
        cut = remembered(typed) == row.before.get("reason") and len(typed) < len(now.reason)
        return now.reason if cut or Column.REASON not in row.cells else typed

    def _report(self, row: _Row, column: Column, problem: Text) -> None:
        self.problems.append((row.place(column), problem))

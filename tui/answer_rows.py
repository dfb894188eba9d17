"""Answers from a sheet: all rows are read before any is recorded, and every problem is told with its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from audit.session import Typed
from checklists.sources.tables import read_table
from checklists.text import Text, UserError
from tui.problems import in_place

if TYPE_CHECKING:
    from audit.session import AuditSession
    from checklists.sources.tables import Row

COLUMNS = {
    "item": ("检查项", "检查项编号", "编号", "项目编号", "id", "item id", "item no"),
    "value": ("评分", "答案", "回答", "结果", "值", "answer", "result"),
    "reason": ("原因", "扣分原因", "理由", "失分原因", "why", "reasons"),
    "note": ("备注", "说明", "注", "notes", "remark", "remarks", "comment"),
}
"""Columns of an answer sheet and the headers people give them."""

_NO_ITEM = Text("没有写检查项", "no item is named")
_TWICE = Text("{item} 在 {first} 已经出现过，请只留一行", "{item} stands in {first} already; keep one of the two")
_DATE = Text(
    "“{value}”被 Excel 变成了日期。请把单元格设为文本格式，再输入 8/10 这样的内容",
    'Excel turned this into a date ("{value}"). Format the cell as text, then type 8/10 again',
)
_NO_VALUE = Text(
    "有备注或原因，却没有评分：请填写评分，或删去这一行",
    "a note or a reason without an answer: type the answer, or clear the row",
)


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What a sheet says."""

    answers: tuple[Typed, ...]
    """Answers that can be recorded; all of them when there is no problem."""
    skipped: int
    """Rows without a value."""
    problems: tuple[Text, ...]
    notes: tuple[tuple[str, str], ...] = ()
    """New notes (item, text) on items that keep their answer."""
    is_form: bool = False
    """Whether it is a form that `audit sheet` wrote; only what was changed in it is here."""


def read_answers(path: str, session: AuditSession) -> AnswerSheet:
    """Read a sheet of answers, or a filled form; every row is checked against the checklist and nothing is recorded.

    Raises:
        UnreadableTable: when the file as a whole cannot be read.
    """
    return _form(path, session) or _table(path, session)


def _form(path: str, session: AuditSession) -> AnswerSheet | None:
    from reports.sheets.form_reader import read_filled

    if Path(path).suffix.lower() not in {".xlsx", ".xlsm"}:
        return None  # only workbooks are forms; what else can be read, the table says
    filled = read_filled(Path(path), session)
    if filled is None:
        return None
    problems = tuple(in_place(place, problem) for place, problem in filled.problems)
    return AnswerSheet(filled.answers, filled.unchanged, problems, filled.notes, is_form=True)


def _table(path: str, session: AuditSession) -> AnswerSheet:
    table = read_table(path, COLUMNS, required=("item", "value"))
    answers: list[Typed] = []
    problems: list[Text] = []
    first: dict[str, Text] = {}
    skipped = 0
    for row in table.rows:
        if not row.text("value"):
            if row.text("note") or row.text("reason"):
                problems.append(in_place(row.cells["value"].place, _NO_VALUE))
            skipped += 1
            continue
        try:
            typed = _typed(row, session, first)
        except UserError as error:
            problems.append(in_place(_place(row, error), error.text))
        else:
            answers.append(typed)
    return AnswerSheet(tuple(answers), skipped, tuple(problems))


class _NoItem(UserError):
    """The row's item is missing, unknown or named before."""


def _typed(row: Row, session: AuditSession, first: dict[str, Text]) -> Typed:
    """Return a row's answer; `first` remembers where each item stands."""
    if not row.text("item"):
        raise _NoItem(_NO_ITEM)
    value = row.cells["value"]
    if value.is_date:
        raise UserError(_DATE.format(value=value.text))
    typed = Typed(row.text("item"), value.text, row.text("reason"), row.text("note"))
    item = session.item(typed.item).id
    if item in first:
        raise _NoItem(_TWICE.format(item=item, first=first[item]))
    first[item] = row.cells["item"].place
    session.read(typed)
    return typed


def _place(row: Row, error: UserError) -> Text:
    """Return the cell that an error is about; the row where the sheet has no such cell."""
    from audit.session import UnknownItem

    cell = row.cells.get("item" if isinstance(error, _NoItem | UnknownItem) else "value")
    return cell.place if cell is not None else Text("第 {row} 行", "row {row}").format(row=row.number)

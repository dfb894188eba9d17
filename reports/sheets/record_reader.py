"""Reading a filled record sheet back: all of it or nothing, every problem with its cell.

Only what was changed since the form was written is taken.  Where somebody else has marked the same cell meanwhile, that
is a problem to look at, never an answer overwritten.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from audit.marking import LONGEST_REMARK, NewMark, find_record, read_mark, still_missing
from audit.records import NO, Grid, Mark
from checklists.reading import UnreadableAnswer, folded, read_yes_no, shown
from checklists.sources.tables import Cell, read_form
from checklists.text import Text, UserError, same
from reports.sheets import record_words as words
from reports.sheets.records import FORM, RECORD, REMARKS, SHOWN, SIGNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from checklists.model import Item


class NotThisForm(UserError):
    """The file is no record sheet, or one of another audit or draw."""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a form says."""

    grid: Grid
    marks: tuple[NewMark, ...]
    """What was changed; to be used only where there is no problem."""
    problems: tuple[tuple[Text, Text], ...]
    """Place and what is wrong there."""


def read_filled(path: Path, ref: str, grids: Mapping[str, Grid]) -> FilledForm:
    """Read a filled form; nothing is recorded.

    Args:
        path: the file.
        ref: the audit's reference.
        grids: the drawn sets of the audit.

    Raises:
        UnreadableTable: when the file as a whole cannot be read.
        NotThisForm: when it is no record sheet of this audit and draw.
    """
    rows = [cells for _, cells in read_form(path)]
    grid = _grid_of(path.name, rows, ref, grids)
    reader = _Reader(grid)
    if not reader.read(rows[1:]):
        raise NotThisForm(words.NO_FORM.format(file=path.name))
    return FilledForm(grid, tuple(reader.marks), tuple(reader.problems))


def _grid_of(file: str, rows: Sequence[Sequence[Cell]], ref: str, grids: Mapping[str, Grid]) -> Grid:
    key = _json(rows[0][0].text) if rows and rows[0] else {}
    if key.get("form") != FORM:
        raise NotThisForm(words.NO_FORM.format(file=file))
    if key.get("ref") != ref:
        raise NotThisForm(words.OTHER_AUDIT.format(file=file, ref=shown(str(key.get("ref")))))
    grid = grids.get(str(key.get("set")))
    if grid is None or (grid.draw.seed, grid.draw.digest) != (key.get("seed"), key.get("list")):
        raise NotThisForm(words.OTHER_DRAW.format(file=file, set=shown(str(key.get("set")))))
    return grid


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(slots=True)
class _Row:
    """One record's row while it is read."""

    record: str
    cells: dict[str, Cell]
    """Cells by column: items' ids, and the names of the other columns."""
    before: dict[str, Any]
    """The row as it was written."""
    missing: bool = False
    remarks: dict[str, str] = field(default_factory=dict)
    """By item; "" for what names none."""

    def text(self, column: str) -> str:
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""

    def place(self, column: str) -> Text:
        cell = self.cells.get(column) or self.cells[RECORD.en]
        return cell.place


class _Reader:
    """Goes through the rows of a form and collects marks and problems."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.items: dict[str, Item] = {item.id: item for item in (*grid.items, *grid.left_out)}
        self.marks: list[NewMark] = []
        self.problems: list[tuple[Text, Text]] = []
        ids = "|".join(re.escape(item_id) for item_id in sorted(self.items, key=len, reverse=True))
        self._other = re.compile(r"(?:^|(?<=[\s;；,，、。]))([A-Za-z]{1,4}\d{1,4})\s*[:：]")
        self._named = re.compile(rf"(?:^|(?<=[\s;；,，、。]))({ids})\s*[:：]\s*", re.IGNORECASE)

    def read(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Read all rows; returns whether the row of heads was found."""
        columns: dict[int, str] = {}
        seen: dict[str, Text] = {}
        for cells in rows:
            if not columns:
                if cells and cells[0].text.strip() in {RECORD.zh, RECORD.en}:
                    columns = self._columns(cells)
                continue
            row = self._row(cells, columns, seen)
            if row is not None:
                self._read_row(row)
        return bool(columns)

    def _report(self, place: Text, problem: Text) -> None:
        self.problems.append((place, problem))

    def _columns(self, cells: Sequence[Cell]) -> dict[int, str]:
        known = {folded(i): i for i in self.items}
        known |= {folded(word): head.en for head in (RECORD, SHOWN, REMARKS) for word in (head.zh, head.en)}
        columns: dict[int, str] = {}
        first: dict[str, Text] = {}
        for index, cell in enumerate(cells):
            if not cell.text.strip():
                continue
            name = known.get(folded(cell.text))
            if name is None:
                self._report(cell.place, words.UNKNOWN_HEAD.format(head=shown(cell.text)))
            elif name in first:
                self._report(cell.place, words.TWICE.format(what=name, first=first[name]))
            else:
                columns[index] = name
                first[name] = cell.place
        return columns

    def _row(self, cells: Sequence[Cell], columns: dict[int, str], seen: dict[str, Text]) -> _Row | None:
        found = {name: cells[index] for index, name in columns.items() if index < len(cells)}
        outside = [cell for index, cell in enumerate(cells) if index not in columns and cell.text.strip()]
        before = next((data for cell in outside if (data := _json(cell.text)).get("record")), {})
        filled = [cell for name, cell in found.items() if name != RECORD.en and cell.text.strip()]
        for cell in outside:
            if not _json(cell.text):
                self._report(cell.place, words.OUTSIDE.format(text=shown(cell.text)))
        number = found[RECORD.en]
        bare = [cell for cell in found.values() if cell.pending]
        if bare:
            for cell in bare:
                self._report(cell.place, words.BARE)
            return None
        if not number.text.strip():
            if filled:
                self._report(number.place, words.NO_RECORD)
            return None
        try:
            record = find_record(self.grid, number.text)
        except UserError as error:
            self._report(number.place, error.text)
            return None
        if record in seen:
            self._report(number.place, words.TWICE.format(what=record, first=seen[record]))
            return None
        seen[record] = number.place
        return _Row(record, found, before if before.get("record") == record else {})

    def _read_row(self, row: _Row) -> None:
        row.remarks = self._remarks(row.text(REMARKS.en))
        if any(len(remark) > LONGEST_REMARK for remark in row.remarks.values()):
            self._report(row.place(REMARKS.en), words.TOO_LONG.format(most=LONGEST_REMARK))
            return
        if row.text(REMARKS.en) != str(row.before.get("remarks", "")):
            for name in self._strangers(row.text(REMARKS.en)):
                self._report(row.place(REMARKS.en), words.STRANGER.format(item=name))
        before = self._remarks(str(row.before.get("remarks", "")))
        if not self._read_shown(row, before):
            return
        new = {item_id: mark for item_id in self.items if (mark := self._mark(row, item_id)) is not None}
        self._share_remark(row, new)
        written = row.before.get("marks", {})
        for item_id, mark in new.items():
            old = self._known(item_id, str(written.get(item_id, "")), before.get(item_id, ""))
            if mark != old:
                self._take(row, item_id, mark, old)
        for item_id in row.remarks.keys() - new.keys() - {""}:
            if row.remarks[item_id] != before.get(item_id, ""):
                self._report(row.place(REMARKS.en), words.REMARK_ONLY.format(item=item_id))

    def _read_shown(self, row: _Row, before: dict[str, str]) -> bool:
        """Read whether the record was produced; returns whether its marks are to be read."""
        typed, was_typed = row.text(SHOWN.en), str(row.before.get("shown", ""))
        if not typed and was_typed:
            self._report(row.place(SHOWN.en), words.CLEARED.format(mark=was_typed))
            return False
        try:
            is_shown = (
                read_yes_no({"×": "n", "x": "n", "√": "y", "v": "y"}.get(folded(typed), typed)) if typed else None
            )
        except UnreadableAnswer as error:
            self._report(row.place(SHOWN.en), error.text)
            return False
        row.missing = is_shown is False
        remark = row.remarks.get("", "") if row.missing else ""
        was = (folded(was_typed), before.get("", "") if was_typed else "")
        if is_shown is not None and (folded(typed), remark) != was:
            self.marks.append(NewMark(row.record, "", "yes" if is_shown else "no", remark))
        written = row.before.get("marks", {})
        changed = [i for i in self.items if row.text(i) and row.text(i) != written.get(i, "")]
        if row.missing or (is_shown is None and row.record in self.grid.missing):
            for item_id in changed:
                text = words.BOTH if row.missing else still_missing(self.grid.id, row.record)
                self._report(row.place(item_id), text)
            return False
        return True

    def _mark(self, row: _Row, item_id: str) -> Mark | None:
        """Return what stands in a cell now; None where nothing does or it cannot be read, which is reported."""
        typed, written = row.text(item_id), str(row.before.get("marks", {}).get(item_id, ""))
        if not typed:
            if written and item_id in row.cells:
                self._report(row.place(item_id), words.CLEARED.format(mark=written))
            return None
        if row.cells[item_id].is_date:
            self._report(row.place(item_id), words.IS_DATE.format(text=shown(typed)))
            return None
        try:
            value = read_mark(self.items[item_id], typed)
        except UserError as error:
            self._report(row.place(item_id), error.text)
            return None
        return Mark(value, row.remarks.get(item_id, ""))

    def _share_remark(self, row: _Row, new: dict[str, Mark]) -> None:
        """Give a remark that names no item to every failing mark that has none of its own."""
        loose = row.remarks.get("", "")
        if not loose:
            return
        failing = [i for i, mark in new.items() if self.grid.fails(self.items[i], mark) and not mark.remark]
        if not failing:
            self._report(row.place(REMARKS.en), words.NO_FAILURE.format(item=next(iter(self.items))))
        for item_id in failing:
            new[item_id] = Mark(new[item_id].value, loose)

    def _known(self, item_id: str, sign: str, remark: str) -> Mark | None:
        return Mark(read_mark(self.items[item_id], sign), remark) if sign else None

    def _take(self, row: _Row, item_id: str, mark: Mark, old: Mark | None) -> None:
        now = self.grid.marks.get((row.record, item_id))
        if self.items[item_id] in self.grid.left_out:
            self._report(row.place(item_id), words.NOT_APPLICABLE.format(item=item_id))
        elif now not in {old, mark}:
            sign = SIGNS.get(now.value, now.value) if now else SIGNS[NO]
            remark = Text("{sign}（{remark}）", "{sign} ({remark})") if now and now.remark else same("{sign}")
            said = remark.format(sign=sign, remark=now.remark if now else "")
            self._report(row.place(item_id), words.CHANGED.format(mark=said))
        else:
            self.marks.append(NewMark(row.record, item_id, mark.value, mark.remark))

    def _strangers(self, text: str) -> list[str]:
        """Return what looks like an item's id in a remark and is none of this sheet."""
        known = {item_id.casefold() for item_id in self.items}
        return [name for name in self._other.findall(text) if name.casefold() not in known]

    def _remarks(self, text: str) -> dict[str, str]:
        """Part a remark at the items it names; "" holds what stands before the first."""
        parts = self._named.split(text)
        found = {"": parts[0]}
        known = {item_id.casefold(): item_id for item_id in self.items}
        for name, remark in zip(parts[1::2], parts[2::2], strict=True):
            item_id = known[name.casefold()]
            found[item_id] = f"{found.get(item_id, '')} {remark}"
        tidied = {name: " ".join(remark.split()).strip(";；,，、 ") for name, remark in found.items()}
        return {name: remark for name, remark in tidied.items() if remark}

"""A drawn set as the records page shows it: the sheet, the words below it, and which cell comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui.widgets.grid import Sheet, Square

if TYPE_CHECKING:
    from audit.records import Grid, Mark
    from audit.state import AuditState
    from checklists.model import Item
    from checklists.text import Lang

    Cell = tuple[str, str]

OPEN_SIGN = "."
_RECORD = Text("记录", "Record")
_SEEN = Text("已标 /{count}", "marked /{count}")
_GOOD = Text("符合", "conforming")
_WHERE = Text("{place}/{count} {record} · {item}", "{place}/{count} {record} · {item}")
_SO_FAR = Text("已标 {done}/{all}", "{done} of {all} marked")
_CONFORMING = Text("符合 {good}/{counted}", "{good} of {counted} conform")
_LEVELS = Text("等级 {levels}", "levels {levels}")
_LOOK, _REMARK = Text("看  ", "Look  "), Text("备注  ", "Remark  ")
_MISSED = Text(
    "本单未提供：全部检查项记为不符合；找到后按 u", "This record was not produced: it fails everything; found: press u"
)
_CONFLICT = Text("冲突：{values}。再标记一次即可解决", "Conflict: {values}. Mark again to settle it")
_RECORD_CONFLICT = Text(
    "整单是否提供有冲突：{values}。按 u 解决", "Whether it was produced is in conflict: {values}. Settle it with u"
)


def sheet_of(grid: Grid, lang: Lang) -> Sheet:
    """Return a set as a sheet."""
    signs = tuple(tuple(_square(grid, record, item) for item in grid.items) for record in grid.draw.records)
    labels = tuple(_label(grid, place, record) for place, record in enumerate(grid.draw.records, start=1))
    seen = tuple(_count(grid, item) for item in grid.items)
    good = tuple(Square(_share(grid, item)) for item in grid.items)
    feet = ((_SEEN.format(count=len(grid.draw.records)).of(lang), seen), (_GOOD.of(lang), good))
    return Sheet(_RECORD.of(lang), tuple(item.id for item in grid.items), labels, signs, feet)


def told(grid: Grid, state: AuditState, record: str, item: Item) -> list[tuple[Text, Text, str]]:
    """Return what stands below the sheet about a cell: the item in full, and what is known of the record.

    Returns:
        Paragraphs: label, text and style of the text.
    """
    place = grid.draw.records.index(record) + 1
    where = _WHERE.format(place=place, count=len(grid.draw.records), record=record, item=item.id)
    head = joined([where, *_so_far(grid, item)], zh="  ", en="  ")
    lines = [(same(""), head, "dim"), *_state(grid, state, record, item), (same(""), item.statement, "bold")]
    shares = len(item.anchors) - 1
    signs = [str(level) for level in range(shares + 1)] if _is_level(item) else ["✗", "✓"]
    anchors = list(zip(signs, item.anchors, strict=False))
    lines += [(same(f"{sign}  "), text, "") for sign, text in reversed(anchors)]
    return [*lines, (_LOOK, item.evidence, "")]


def following(grid: Grid, cell: Cell, *, by_record: bool, was_open: bool) -> Cell:
    """Return where to go after a mark: to the next open cell; from one that had been marked, to its neighbour."""
    cells = _in_order(grid, by_record=by_record)
    here = cells.index(cell)
    if not was_open:
        return cells[min(here + 1, len(cells) - 1)]
    ahead = cells[here + 1 :] + cells[:here]
    still_open = set(grid.open_cells)
    return next((each for each in ahead if each in still_open), cells[min(here + 1, len(cells) - 1)])


def next_open(grid: Grid, cell: Cell, *, by_record: bool) -> Cell | None:
    """Return the next cell without a mark, going round; None where there is none."""
    cells = _in_order(grid, by_record=by_record)
    here = cells.index(cell) if cell in cells else -1
    still_open = set(grid.open_cells)
    return next((each for each in cells[here + 1 :] + cells[: here + 1] if each in still_open), None)


def _in_order(grid: Grid, *, by_record: bool) -> list[Cell]:
    records, items = grid.draw.records, [item.id for item in grid.items]
    if by_record:
        return [(record, item) for record in records for item in items]
    return [(record, item) for item in items for record in records]


def _square(grid: Grid, record: str, item: Item) -> Square:
    from audit.records import NA, OK

    if (record, item.id) in grid.conflicts or (record, "") in grid.conflicts:
        return Square("!", "conflict")
    mark = grid.mark(record, item)
    if mark is None:
        return Square(OPEN_SIGN, "muted")
    if mark.value == OK:
        return Square("✓", "full")
    if mark.value == NA:
        return Square("-", "leaves")
    bare = "?" if grid.fails(item, mark) and not mark.remark and record not in grid.missing else ""
    if _is_level(item):
        look = "part" if grid.fails(item, mark) else "full"
        return Square(mark.value + bare, "zero" if mark.value == "0" else look)
    return Square("✗" + bare, "zero")


def _label(grid: Grid, place: int, record: str) -> Square:
    if (record, "") in grid.conflicts:
        return Square(f"{place:>2} ! {record}", "conflict")
    if record in grid.missing:
        return Square(f"{place:>2} ✗ {record}", "zero")
    complete = all(grid.mark(record, item) is not None for item in grid.items)
    return Square(f"{place:>2} {'✓' if complete else ' '} {record}")


def _count(grid: Grid, item: Item) -> Square:
    done = grid.done(item)
    return Square(str(done), "" if done == len(grid.draw.records) else "part")


def _counted(grid: Grid, item: Item) -> list[Mark]:
    from audit.records import NA

    marks = [grid.mark(record, item) for record in grid.draw.records]
    return [mark for mark in marks if mark is not None and mark.value != NA]


def _share(grid: Grid, item: Item) -> str:
    """Return the answer so far in four cells: whole percents, 100 only where all conform, or the mean level."""
    from decimal import Decimal
    from fractions import Fraction

    from checklists.points import percent

    marks = _counted(grid, item)
    if not marks:
        return ""
    if _is_level(item):
        tenths = (sum(int(mark.value) for mark in marks) * 20 // len(marks) + 1) // 2
        return f"{tenths // 10}.{tenths % 10}"
    good = sum(not grid.fails(item, mark) for mark in marks)
    return percent(Decimal(good), Decimal(len(marks)), 0, Fraction(1)).replace(" ", "")


def _so_far(grid: Grid, item: Item) -> list[Text]:
    marks = _counted(grid, item)
    parts = [_SO_FAR.format(done=grid.done(item), all=len(grid.draw.records))]
    if marks and _is_level(item):
        parts.append(_LEVELS.format(levels=" ".join(mark.value for mark in marks)))
    elif marks:
        good = sum(not grid.fails(item, mark) for mark in marks)
        parts.append(_CONFORMING.format(good=good, counted=len(marks)))
    return parts


def _state(grid: Grid, state: AuditState, record: str, item: Item) -> list[tuple[Text, Text, str]]:
    """Return what has to be known of the cell first: conflicts, a record not produced, its remark."""
    from audit.records import mark_text, slot_of
    from audit.usual_reasons import in_both

    for name, sentence in (("", _RECORD_CONFLICT), (item.id, _CONFLICT)):
        standing = state.conflicts.get(slot_of(grid.id, record, name), ())
        if standing:
            values = [
                Text("{person} {value}", "{person} {value}").format(person=e.person, value=mark_text(e.data))
                for e in standing
            ]
            return [(same("! "), sentence.format(values=joined(values, zh=" / ", en=" / ")), "bold")]
    if record in grid.missing:
        remark = grid.missing[record]
        return [(same("✗  "), _MISSED, "bold"), *([(_REMARK, same(remark), "")] if remark else [])]
    mark = grid.mark(record, item)
    return [(_REMARK, in_both(mark.remark, item.causes), "")] if mark is not None and mark.remark else []


def _is_level(item: Item) -> bool:
    return item.rule.kind == "levels"

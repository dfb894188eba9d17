"""Drawing a set, marking its records, closing it: everything is checked first, then written all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.drawing import tidy
from audit.naming import look_up
from audit.records import (
    CLEARED,
    CLOSE,
    DRAW,
    NA,
    NO,
    OK,
    Grid,
    Mark,
    applies_again,
    drawn_sets,
    items_of,
    slot_of,
)
from checklists.reading import folded, shown
from checklists.rules import Levels
from checklists.text import Text, UserError
from checklists.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.drawing import Population
    from audit.session import AuditSession
    from audit.writing import Writing
    from checklists.model import Item

LONGEST_REMARK = 2_000
"""Characters a remark may have."""

_OK = frozenset({"ok", "√", "✓", "✔", "v", "y", "yes", "是", "对", "符合", "合格", "1", "true"})
_NO = frozenset({"no", "×", "✗", "✘", "x", "n", "否", "不", "不符合", "不合格", "0", "false"})
_CLEARED = frozenset({"open", "clear", "清除", "未标记"})
_NA = frozenset({"na", "n/a", "–", "—", "-", "/", "不适用"})


class UnknownSet(UserError):
    """Nothing in the audit's scope is read from the sample set."""


class UnknownRecord(UserError):
    """The record was not drawn."""


class UnreadableMark(UserError):
    """What was typed is no mark of that item."""


class NotDrawn(UserError):
    """The set has to be drawn first."""


class AlreadyDrawn(UserError):
    """The set is drawn; a second draw would let one choose."""


class NothingToClose(UserError):
    """The set is closed already, or every record has its mark."""


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark to be recorded: of a cell, or of a record as a whole."""

    record: str
    item: str
    """Empty: the record as a whole, whose value is "no" (not produced) or "yes"."""
    value: str
    remark: str = ""


def find_set(session: AuditSession, name: str) -> str:
    """Return the id of the set with that id or name.

    Raises:
        UnknownName: when there is none.
        UnknownSet: when no item in the audit's scope is read from it.
    """
    found = look_up(Text("抽样组", "sample set"), name, session.checklist.sample_sets)
    if not items_of(session.checklist, session.state, found):
        raise UnknownSet(
            Text(
                "本次评估的部门中没有检查项从“{name}”得出",
                'No item in the departments of this audit is read from "{name}"',
            ).format(name=found)
        )
    return found


def grid_of(session: AuditSession, name: str) -> Grid:
    """Return the grid of a drawn set.

    Raises:
        UnknownSet: when there is no such set.
        NotDrawn: when it is not drawn, or was drawn twice side by side.
    """
    set_id = find_set(session, name)
    if DRAW + set_id in session.state.conflicts:
        raise NotDrawn(
            Text(
                "“{set}”有两次不同的抽样并存：请用 audit show 查看，用 audit settle REF draw:{set} 保留其一",
                "{set} was drawn twice side by side: look with audit show, keep one with audit settle REF draw:{set}",
            ).format(set=set_id)
        )
    grid = drawn_sets(session.checklist, session.state).get(set_id)
    if grid is None:
        raise NotDrawn(
            Text(
                "“{set}”还没有抽样：records draw REF {set} …", "{set} is not drawn yet: records draw REF {set} ..."
            ).format(set=set_id)
        )
    return grid


def draw(session: AuditSession, name: str, whole: Population, seed: str) -> Grid:
    """Draw a set from the whole list and freeze what was drawn.

    Raises:
        UnknownSet: when there is no such set.
        AlreadyDrawn: when it is drawn; says whether this list gives the same records.
        AuditSealed: when the audit is signed.
    """
    set_id = find_set(session, name)
    size = session.checklist.sample_sets[set_id].size
    if DRAW + set_id in session.state.conflicts or set_id in drawn_sets(session.checklist, session.state):
        raise _already_drawn(grid_of(session, set_id), whole)
    data = {
        "population": str(len(whole.numbers)),
        "list": whole.digest,
        "source": whole.source,
        "seed": seed,
        "size": str(size),
        "records": list(whole.draw(size, seed)),
    }
    session.write([("draw", DRAW + set_id, data)])
    return grid_of(session, set_id)


def find_record(grid: Grid, typed: str) -> str:
    """Return the drawn record with that number, in any case of letters.

    Raises:
        UnknownRecord: when it was not drawn.
    """
    number = tidy(typed)
    by_fold = {record.casefold(): record for record in grid.draw.records}
    found = by_fold.get(number.casefold())
    if found is None:
        raise UnknownRecord(
            Text("“{number}”不在抽取的记录中。{hint}", '"{number}" is not among the records drawn. {hint}').format(
                number=shown(number), hint=did_you_mean(number, grid.draw.records)
            )
        )
    return found


def read_mark(item: Item, typed: str) -> str:
    """Read a mark: ok, no or na and what people write for them; for levels the level; "open" takes a mark back.

    Raises:
        UnreadableMark: when it is no mark of that item.
    """
    word = folded(typed)
    if word in _NA:
        return NA
    if word in _CLEARED:
        return CLEARED
    if isinstance(item.rule, Levels):
        if word.isdecimal() and word.isascii() and int(word) <= item.rule.top:
            return str(int(word))
        raise UnreadableMark(
            Text(
                "{item}：“{typed}”不是 0 到 {top} 的等级，也不是 na；清除标记用 open",
                '{item}: "{typed}" is no level from 0 to {top}, nor na; open takes a mark back',
            ).format(item=item.id, typed=shown(typed), top=item.rule.top)
        )
    if word in _OK:
        return OK
    if word in _NO:
        return NO
    raise UnreadableMark(
        Text(
            "{item}：“{typed}”不是标记：请用 ok（√ 符合）、no（× 不符合）或 na（– 不适用）；清除标记用 open",
            '{item}: "{typed}" is no mark: use ok (√), no (×) or na (–); open takes a mark back',
        ).format(item=item.id, typed=shown(typed))
    )


def mark(session: AuditSession, name: str, record: str, item_id: str, typed: str, remark: str = "") -> NewMark:
    """Record one mark; an item that was not applicable applies again.

    Raises:
        UnknownSet, NotDrawn, UnknownRecord, UnreadableMark: when one of them cannot be used.
        AuditSealed: when the audit is signed.
    """
    grid = grid_of(session, name)
    item = _item(session, grid, item_id)
    number = find_record(grid, record)
    if number in grid.missing:
        raise UnreadableMark(still_missing(grid.id, number))
    value, known = read_mark(item, typed), grid.marks.get((number, item.id))
    # The same mark again, without words, keeps the words there are.
    said = remark or (known.remark if known is not None and known.value == value else "")
    new = NewMark(number, item.id, value, _checked_remark(said))
    back = [applies_again(item.id)] if item in grid.left_out else []
    session.write([*back, *_writings(grid, [new])])
    return new


def mark_missing(session: AuditSession, name: str, record: str, remark: str = "", *, found: bool = False) -> NewMark:
    """Record that a drawn record was not produced, or that it turned up after all.

    Raises:
        UnknownSet, NotDrawn, UnknownRecord: when one of them cannot be used.
        AuditSealed: when the audit is signed.
    """
    grid = grid_of(session, name)
    new = NewMark(find_record(grid, record), "", "yes" if found else "no", _checked_remark(remark))
    session.write(_writings(grid, [new]))
    return new


def mark_all(session: AuditSession, grid: Grid, marks: Sequence[NewMark]) -> int:
    """Record the marks of a sheet, all or none; returns how many say something new."""
    writings = _writings(grid, marks)
    session.write(writings)
    return len(writings)


def close(session: AuditSession, name: str, reason: str) -> Grid:
    """Close a set short: what is marked counts, what has no mark at all was not assessed.

    Raises:
        UnknownSet, NotDrawn: when the set cannot be used.
        NothingToClose: when it is closed, complete, or no reason is given.
        AuditSealed: when the audit is signed.
    """
    grid = grid_of(session, name)
    if not reason.strip():
        raise NothingToClose(Text("请写明为什么提前结束", "Say why the set is closed short"))
    if grid.closed is not None or not grid.open_cells:
        state = Text("已经结束", "is closed already") if grid.closed else Text("每条记录都已标记", "has all its marks")
        raise NothingToClose(Text("“{set}”{state}", "{set} {state}").format(set=grid.id, state=state))
    session.write([("close", CLOSE + grid.id, {"reason": _checked_remark(reason)})])
    return grid_of(session, name)


def still_missing(set_id: str, record: str) -> Text:
    """Return the sentence for a mark on a record that was not produced."""
    return Text(
        "{record} 已记为未出示；若已找到，请先用 records missing REF {set} {record} --found",
        "{record} is recorded as not produced; if it turned up: records missing REF {set} {record} --found",
    ).format(record=record, set=set_id)


def _item(session: AuditSession, grid: Grid, item_id: str) -> Item:
    wanted = session.item(item_id).id
    found = next((item for item in (*grid.items, *grid.left_out) if item.id == wanted), None)
    if found is None:
        ids = ", ".join(item.id for item in grid.items)
        raise UnreadableMark(
            Text(
                "{item} 不从“{set}”得出；其检查项为：{ids}", "{item} is not read from {set}; its items are {ids}"
            ).format(item=wanted, set=grid.id, ids=ids)
        )
    return found


def _checked_remark(remark: str) -> str:
    if len(remark) > LONGEST_REMARK:
        raise UnreadableMark(
            Text("备注有 {count} 个字符，最多 {most} 个", "The remark has {count} characters, at most {most}").format(
                count=len(remark), most=LONGEST_REMARK
            )
        )
    return " ".join(remark.split()).strip(";；,，、 ")


def _writings(grid: Grid, marks: Sequence[NewMark]) -> list[Writing]:
    """Return the entries for marks; what stands already is not written again, unless it settles a conflict."""
    writings: list[Writing] = []
    for new in marks:
        known = (
            grid.marks.get((new.record, new.item))
            if new.item
            else Mark("no" if new.record in grid.missing else "yes", grid.missing.get(new.record, ""))
        ) or Mark(CLEARED)
        if known == Mark(new.value, new.remark) and (new.record, new.item) not in grid.conflicts:
            continue
        data = {"set": grid.id, "record": new.record, "item": new.item, "remark": new.remark}
        value = {"mark": new.value} if new.item else {"produced": new.value}
        writings.append(("mark", slot_of(grid.id, new.record, new.item), data | value))
    return writings


def _already_drawn(grid: Grid, whole: Population) -> AlreadyDrawn:
    again = whole.draw(grid.draw.size, grid.draw.seed) == grid.draw.records
    outcome = (
        Text("用它的种子从这份清单抽取，得到相同的记录", "this list with its seed gives the same records")
        if again
        else Text("用它的种子从这份清单抽取，得到不同的记录", "this list with its seed gives other records")
    )
    return AlreadyDrawn(
        Text(
            "“{set}”已抽样（种子 {seed}，清单 {population} 条）：{outcome}。要重抽，请先用 audit undo 撤销",
            "{set} is drawn already (seed {seed}, list of {population}): {outcome}. Take it back with audit undo first",
        ).format(set=grid.id, seed=grid.draw.seed, population=grid.draw.population, outcome=outcome)
    )

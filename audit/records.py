"""Sample sets: the grid of drawn records and items, and the answers that follow from it.

A set is drawn once (slot `draw:SET`), every record is read once for all the items that name the set, one mark a cell
(`record:SET/NUMBER/ITEM`); a record that was not produced fails all of them (`record:SET/NUMBER`), and a set whose time
ran out is closed short (`close:SET`).  `audit.marking` writes these; here they are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from audit.state import ITEM, Answer, ItemState
from audit.usual_reasons import in_both
from checklists.rules import Levels
from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.journal import Data
    from audit.state import AuditState
    from checklists.model import BonusItem, Checklist, Item, SampleSet

DRAW, RECORD, CLOSE = "draw:", "record:", "close:"
"""What the names of the slots begin with."""
OK, NO, NA, CLEARED = "ok", "no", "na", "open"
"""Marks of a cell; a level is its number.  A cleared cell is as if it had never been marked."""

_TOLD = {OK: same("√"), NO: same("×"), NA: Text("不适用", "does not apply"), CLEARED: Text("清除标记", "mark cleared")}

Short = Literal["population", "closed"]
"""Why a sample is short: the whole list has fewer records than asked for, or the set was closed before its end."""

NOT_PRODUCED = Text("未出示", "not produced")
_NONE_APPLIES = Text("抽取的 {count} 条记录均不适用", "none of the {count} records drawn applies")
_SHORT: dict[Short, Text] = {
    "population": Text(
        "样本不足：{done}/{size}，清单中只有 {population} 条",
        "short sample: {done} of {size}, the list has {population}",
    ),
    "closed": Text("样本不足：{done}/{size}，{closed}", "short sample: {done} of {size}, {closed}"),
}


class MarkInRecords(UserError):
    """An answer was typed for an item that is read from drawn records."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What was drawn, so that anyone can draw it again."""

    population: int
    """Records in the whole list, each counted once."""
    digest: str
    """SHA-256 of the whole list."""
    source: str
    seed: str
    size: int
    """Records wanted."""
    records: tuple[str, ...]
    """In the order in which they were drawn."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one record says on one item."""

    value: str
    """ok, no, na, or a level."""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A drawn set: records down, items across."""

    id: str
    sample: SampleSet
    draw: Draw
    items: tuple[Item, ...]
    """The items in scope that are read from it and apply."""
    left_out: tuple[Item, ...]
    """The items that are not applicable to the dealership."""
    marks: Mapping[tuple[str, str], Mark]
    """By record and item; cells in conflict are not in it."""
    missing: Mapping[str, str]
    """Records that were not produced, with their remarks."""
    conflicts: frozenset[tuple[str, str]]
    """Cells (record, item), or whole records (record, ""), with different marks side by side."""
    closed: str | None
    """Why the set was closed short; None while it is not."""

    def mark(self, record: str, item: Item) -> Mark | None:
        """Return what counts in a cell: a record that was not produced fails; None while nothing is marked."""
        if (record, "") in self.conflicts:
            return None
        if record in self.missing:
            return Mark("0" if isinstance(item.rule, Levels) else NO, self.missing[record])
        return self.marks.get((record, item.id))

    def fails(self, item: Item, mark: Mark | None) -> bool:
        """Say whether a mark costs points; a level does below the highest."""
        if mark is None or mark.value in {OK, NA}:
            return False
        return not isinstance(item.rule, Levels) or int(mark.value) < item.rule.top

    def done(self, item: Item) -> int:
        """Return how many records are marked for an item."""
        return sum(self.mark(record, item) is not None for record in self.draw.records)

    def short(self, item: Item) -> Short | None:
        """Say why an item's sample is short, if it is."""
        if self.closed is not None and self.done(item) < len(self.draw.records):
            return "closed"
        return "population" if len(self.draw.records) < self.draw.size else None

    @property
    def open_cells(self) -> list[tuple[str, str]]:
        """Cells (record, item) that have no mark yet."""
        return [(r, item.id) for r in self.draw.records for item in self.items if self.mark(r, item) is None]

    @property
    def without_remark(self) -> list[tuple[str, str]]:
        """Cells that cost points and say nothing of why."""
        found = []
        for record in self.draw.records:
            for item in self.items if record not in self.missing else ():
                mark = self.mark(record, item)
                if mark is not None and self.fails(item, mark) and not mark.remark:
                    found.append((record, item.id))
        return found

    def answer(self, item: Item) -> Answer:
        """Return an item's answer as its column says."""
        marks = [mark for record in self.draw.records if (mark := self.mark(record, item)) is not None]
        complete = len(marks) == len(self.draw.records)
        if not complete and self.closed is None:
            return Answer(ItemState.OPEN)
        counted = [mark.value for mark in marks if mark.value != NA]
        if not counted:
            if complete:
                return Answer(ItemState.NO_CASE, told=_NONE_APPLIES.format(count=len(marks)))
            return Answer(ItemState.NOT_ASSESSED, reason=self.closed or "")
        told = joined(self._reasons(item), zh="；", en="; ")
        if isinstance(item.rule, Levels):
            return Answer(ItemState.ANSWERED, " ".join(counted), told=told)
        return Answer(ItemState.ANSWERED, f"{counted.count(OK)}/{len(counted)}", told=told)

    def _reasons(self, item: Item) -> list[Text]:
        """Return the failing records with their remarks, and what makes the sample short."""
        failing: dict[tuple[Text, bool], list[Text]] = {}
        for record in self.draw.records:
            mark = self.mark(record, item)
            if mark is not None and self.fails(item, mark):
                why = (in_both(mark.remark, item.causes), record in self.missing)
                failing.setdefault(why, []).append(same(record))
        # One remark that ten records share is read once.
        told = [record_reason(joined(names), remark, missing=gone) for (remark, gone), names in failing.items()]
        short = self.short(item)
        if short is not None:
            draw = self.draw
            words = {"size": draw.size, "population": draw.population, "closed": self.closed or ""}
            told.append(_SHORT[short].format(done=self.done(item), **words))
        return told


def record_reason(record: Text, remark: Text, *, missing: bool) -> Text:
    """Return failing records with why they fail."""
    why = [NOT_PRODUCED] if missing else []
    why += [remark] if remark.zh else []
    if not why:
        return record
    return Text("{record}（{why}）", "{record} ({why})").format(record=record, why=joined(why, zh="，"))


def items_of(checklist: Checklist, state: AuditState, set_id: str) -> list[Item]:
    """Return the items in scope that name a set."""
    scope = set(state.departments) or {d.id for d in checklist.departments}
    return [i for i in checklist.items.values() if i.set == set_id and checklist.place_of[i.id][0].id in scope]


def drawn_sets(checklist: Checklist, state: AuditState) -> dict[str, Grid]:
    """Return the grids of all sets that are drawn, by their ids in order."""
    drawn = state.of_kind(DRAW)
    records = state.of_kind(RECORD) if drawn else {}
    closed = state.of_kind(CLOSE) if drawn else {}
    grids = {}
    for set_id, sample in sorted(checklist.sample_sets.items()):
        items = items_of(checklist, state, set_id) if set_id in drawn else []
        if items:
            mine = [data for data in records.values() if data["set"] == set_id]
            out = [i for i in items if state.answer(i.id).state is ItemState.NOT_APPLICABLE]
            grids[set_id] = Grid(
                id=set_id,
                sample=sample,
                draw=_draw(drawn[set_id]),
                items=tuple(i for i in items if i not in out),
                left_out=tuple(out),
                marks={
                    (d["record"], d["item"]): Mark(d["mark"], d["remark"])
                    for d in mine
                    if d["item"] and d["mark"] != CLEARED
                },
                missing={d["record"]: d["remark"] for d in mine if not d["item"] and d["produced"] == "no"},
                conflicts=_conflicts(state, set_id),
                closed=closed[set_id]["reason"] if set_id in closed else None,
            )
    return grids


def computed_answers(checklist: Checklist, state: AuditState) -> dict[str, Answer]:
    """Return the answers of all items read from drawn records; a set drawn twice side by side leaves its items open."""
    answers = {item.id: grid.answer(item) for grid in drawn_sets(checklist, state).values() for item in grid.items}
    for slot in state.conflicts:
        if slot.startswith(DRAW):
            items = items_of(checklist, state, slot.removeprefix(DRAW))
            applying = [i for i in items if state.answer(i.id).state is not ItemState.NOT_APPLICABLE]
            answers |= {item.id: Answer(ItemState.OPEN) for item in applying}
    return answers


def refuse_typed(state: AuditState, item: Item | BonusItem, answer: Answer) -> None:
    """Refuse an answer typed for an item whose set is drawn; that it is not applicable can always be said.

    Raises:
        MarkInRecords: with the command that takes its place.
    """
    set_id = getattr(item, "set", None)
    slot = f"{DRAW}{set_id}"
    if answer.state is ItemState.NOT_APPLICABLE or (slot not in state.material and slot not in state.conflicts):
        return
    raise MarkInRecords(
        Text(
            "{item} 从已抽取的“{set}”中得出：请逐条标记（records mark REF {set} 记录 {item} ok，或 records import）",
            "{item} is read from the records drawn for {set}: mark it there "
            "(records mark REF {set} RECORD {item} ok|no|na, or records import)",
        ).format(item=item.id, set=set_id)
    )


def slot_of(set_id: str, record: str, item_id: str = "") -> str:
    """Return the slot of a cell, or of a whole record; a stroke in the number cannot be taken for the one before it."""
    number = record.replace("%", "%25").replace("/", "%2F")
    return f"{RECORD}{set_id}/{number}" + (f"/{item_id}" if item_id else "")


def applies_again(item_id: str) -> tuple[str, str, dict[str, str]]:
    """Return the writing that brings an item back that was not applicable."""
    return "answer", ITEM + item_id, {"state": ItemState.OPEN.value}


def draw_text(data: Data) -> Text:
    """Return a draw as the history tells it."""
    return Text(
        "抽样 {count}/{size}，清单 {population} 条（{source}），种子 {seed}",
        "drew {count} of {size} from a list of {population} ({source}), seed {seed}",
    ).format(count=len(data["records"]), **{k: data[k] for k in ("size", "population", "source", "seed")})


def mark_text(data: Data) -> Text:
    """Return a mark as the history tells it."""
    if data["item"]:
        value = _TOLD.get(data["mark"], same(data["mark"]))
    else:
        value = NOT_PRODUCED if data["produced"] == NO else Text("已出示", "produced")
    if not data["remark"]:
        return value
    return Text("{value}（{remark}）", "{value} ({remark})").format(value=value, remark=data["remark"])


def close_text(data: Data) -> Text:
    """Return the closing of a set as the history tells it."""
    return Text("提前结束：{reason}", "closed short: {reason}").format(reason=data["reason"])


def _draw(data: Mapping[str, object]) -> Draw:
    records = data["records"]
    return Draw(
        population=int(str(data["population"])),
        digest=str(data["list"]),
        source=str(data["source"]),
        seed=str(data["seed"]),
        size=int(str(data["size"])),
        records=tuple(records) if isinstance(records, list) else (),
    )


def _conflicts(state: AuditState, set_id: str) -> frozenset[tuple[str, str]]:
    found = {
        (entries[0].data["record"], entries[0].data["item"])
        for slot, entries in state.conflicts.items()
        if slot.startswith(f"{RECORD}{set_id}/")
    }
    return frozenset(found)

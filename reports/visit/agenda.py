"""The agenda of a visit: who looks at what, where and when.

The time a department takes is estimated from its items: by the method of each, and once for each record of a sample
set.  Auditors walk by place, so a department's items are taken place by place; a department that is too much for one
auditor is shared by place.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.summary import AuditSummary
    from checklists.model import Checklist, Department, Item

OPENING, WRAP_UP, CLOSING = 30, 30, 45
"""Minutes of the opening meeting, of putting the results together, and of the closing meeting."""
SHORTEST, LONGEST = 4 * 60, 7 * 60
"""Minutes a day of a visit takes, without the lunch break (design, section 1)."""
NOON, LUNCH_END = 12 * 60, 13 * 60
_MINUTES = {"walk": 1, "observe": 3, "records": 2, "system": 2, "interview": 5, "kpi": 0, "test-call": 3}
"""One item of each of the packaged methods; KPI data is read before the visit."""
_OTHER_METHOD = 2
_RECORD = 2
"""One record, read once for all items of its set."""
_STEP = 5
_SHORT_BLOCK = 15
"""A place that takes less is taken together with the next one."""
_SHARED = 1.1
"""A department is shared when it is more than this part of what each auditor has to do."""

OPENING_NAME, CLOSING_NAME = Text("开场会议", "Opening meeting"), Text("末次会议", "Closing meeting")
_LUNCH, _WRAP_UP = Text("午休", "Lunch"), Text("汇总结果", "Putting the results together")
_ASSISTS = Text("协助其他评估员", "Assists the other auditors")
_UNNAMED = Text("评估员（待定）", "Auditor (to be named)")
_BLOCK = Text("{department}：{places}（{items} 项）", "{department}: {places} (items: {items})")
_ON = Text("（续）{what}", "{what} (continued)")


@dataclass(slots=True)
class Unit:
    """What an auditor does in one go: items of one department in places that follow one another."""

    department: Department
    places: list[str]
    minutes: int = 0
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an auditor's day, in minutes since midnight."""

    start: int
    end: int
    text: Text
    unit: Unit | None = None
    goes_on: bool = False
    """After lunch or on the next day, what was begun before."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the visit: what every auditor does, in order."""

    plans: tuple[tuple[Segment, ...], ...]

    @property
    def start(self) -> int:
        """When its first meeting or work begins."""
        return self.plans[0][0].start

    @property
    def end(self) -> int:
        """When its last meeting or work ends."""
        return self.plans[0][-1].end

    def hours(self) -> Iterator[tuple[str, list[list[Text]]]]:
        """Return every hour of the day with what each auditor begins in it, or goes on with."""
        for hour in range(self.start // 60 * 60, self.end, 60):
            yield f"{clock(hour)}–{clock(hour + 60)}", [_lines(plan, hour) for plan in self.plans]


@dataclass(frozen=True, slots=True)
class Agenda:
    """What happens when; a visit that is too much for one day has several."""

    auditors: tuple[Text, ...]
    days: tuple[Day, ...]
    minutes: int
    """How long it takes in all, without the lunch breaks."""


def clock(minutes: int) -> str:
    """Return a time of day as it is printed."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def agenda_of(summary: AuditSummary, asked: Sequence[tuple[Department, Item]], start: int) -> Agenda:
    """Plan the visit: in one day where the items allow it, otherwise in as many equal days as they take.

    Args:
        summary: the audit: its auditors and its checklist.
        asked: the items to look at, with their departments, in the checklist's order.
        start: when a day begins, in minutes since midnight.
    """
    auditors = tuple(same(name) for name in summary.auditors) or (_UNNAMED,)
    shares = _shared_out(_units(summary.checklist, asked), len(auditors))
    load = max(sum(unit.minutes for unit in share) for share in shares)
    needed = max(SHORTEST, _rounded(load + OPENING + WRAP_UP + CLOSING))
    count = -(-needed // LONGEST)
    each = -(-needed // (count * _STEP)) * _STEP
    work = each * count - OPENING - WRAP_UP - CLOSING
    factor = work / load if load else 1.0
    plans = [_plan(summary.checklist, share, work, factor) for share in shares]
    ends = [each * (day + 1) for day in range(count)]
    days = tuple(Day(tuple(_on_day(plan, end - each, end, start) for plan in plans)) for end in ends)
    return Agenda(auditors, days, each * count)


def _units(checklist: Checklist, asked: Sequence[tuple[Department, Item]]) -> list[Unit]:
    """Return the work by department and place, both in the order in which the items name them."""
    found: dict[tuple[str, str], Unit] = {}
    opened: set[str] = set()
    for department, item in asked:
        unit = found.setdefault((department.id, item.place), Unit(department, [item.place]))
        unit.items.append(item)
        if item.set is None:
            unit.minutes += _MINUTES.get(item.method, _OTHER_METHOD)
        elif item.set not in opened:
            opened.add(item.set)
            unit.minutes += _RECORD * checklist.sample_sets[item.set].size
    departments = list(dict.fromkeys(department.id for department, _ in asked))
    places = list(dict.fromkeys(item.place for _, item in asked))
    return sorted(found.values(), key=lambda u: (departments.index(u.department.id), places.index(u.places[0])))


def _shared_out(units: Sequence[Unit], auditors: int) -> list[list[Unit]]:
    """Give every auditor about the same to do; whole departments where they fit."""
    by_department: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_department[unit.department.id].append(unit)
    fair = sum(unit.minutes for unit in units) / auditors
    chunks: list[list[Unit]] = []
    for whole in by_department.values():
        too_much = auditors > 1 and sum(unit.minutes for unit in whole) > fair * _SHARED
        chunks += [[unit] for unit in whole] if too_much else [whole]
    loads, shares = [0] * auditors, [[] for _ in range(auditors)]  # type: tuple[list[int], list[list[Unit]]]
    for chunk in sorted(chunks, key=lambda c: -sum(unit.minutes for unit in c)):
        least = loads.index(min(loads))
        loads[least] += sum(unit.minutes for unit in chunk)
        shares[least] += chunk
    order = {id(unit): place for place, unit in enumerate(units)}
    return [_together(sorted(share, key=lambda unit: order[id(unit)])) for share in shares]


def _together(units: Sequence[Unit]) -> list[Unit]:
    """Join places that take little time with the next one of the same department."""
    blocks: list[Unit] = []
    for unit in units:
        last = blocks[-1] if blocks else None
        short = last is not None and min(last.minutes, unit.minutes) < _SHORT_BLOCK
        if last is not None and short and last.department.id == unit.department.id:
            places = [*last.places, *unit.places]
            blocks[-1] = Unit(last.department, places, last.minutes + unit.minutes, [*last.items, *unit.items])
        else:
            blocks.append(unit)
    return blocks


def _plan(checklist: Checklist, units: Sequence[Unit], work: int, factor: float) -> list[Segment]:
    """Lay an auditor's work out between the meetings; in minutes since the beginning, as if the day had no end."""
    plan = [Segment(0, OPENING, OPENING_NAME)]
    done, until, spent = OPENING, OPENING + work, 0
    for unit in units:
        spent += unit.minutes
        end = max(done, min(until, OPENING + _rounded(spent * factor)))
        plan.append(Segment(done, end, _what(checklist, unit), unit))
        done = end
    if done < until:
        plan.append(Segment(done, until, _ASSISTS))
    plan.append(Segment(until, until + WRAP_UP, _WRAP_UP))
    plan.append(Segment(until + WRAP_UP, until + WRAP_UP + CLOSING, CLOSING_NAME))
    return plan


def _on_day(plan: Sequence[Segment], first: int, last: int, start: int) -> tuple[Segment, ...]:
    """Cut out of a plan what happens on one day, and put it on the clock."""
    cut = [
        replace(
            segment,
            start=max(segment.start, first) - first,
            end=min(segment.end, last) - first,
            goes_on=segment.start < first,
        )
        for segment in plan
        if segment.start < last and max(segment.end, segment.start + 1) > first
    ]
    return tuple(_around_lunch(cut, start))


def _around_lunch(plan: Sequence[Segment], start: int) -> Iterator[Segment]:
    """Put a plan on the clock; a day that goes on after one o'clock has an hour's break at noon."""
    has_lunch = start < NOON and start + plan[-1].end > LUNCH_END
    shift = start
    for segment in plan:
        first, last = segment.start + shift, segment.end + shift
        if not has_lunch or last <= NOON:
            yield replace(segment, start=first, end=last)
            continue
        if first < NOON:
            yield replace(segment, start=first, end=NOON)
        yield Segment(NOON, LUNCH_END, _LUNCH)
        has_lunch, pause = False, LUNCH_END - NOON
        yield replace(
            segment, start=max(first, NOON) + pause, end=last + pause, goes_on=segment.goes_on or first < NOON
        )
        shift += pause


def _what(checklist: Checklist, unit: Unit) -> Text:
    places = joined([checklist.places[place].name for place in unit.places])
    return _BLOCK.format(department=unit.department.name, places=places, items=len(unit.items))


def _lines(day: Sequence[Segment], hour: int) -> list[Text]:
    begun = [segment for segment in day if hour <= segment.start < hour + 60]
    lines = [
        Text("{time} {what}", "{time} {what}").format(
            time=clock(s.start), what=_ON.format(what=s.text) if s.goes_on else s.text
        )
        for s in begun
    ]
    if not begun:
        lines = [_ON.format(what=segment.text) for segment in day if segment.start < hour < segment.end]
    return lines


def _rounded(minutes: float) -> int:
    return round(minutes / _STEP) * _STEP

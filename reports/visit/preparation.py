"""What a dealership has ready for a visit: people, papers, lists and KPI data, all from the items that are asked.

Nothing in here knows which records are drawn: it reads the checklist and never the record sheets, so that a letter
written again after drawing says nothing more than one written before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from reports.visit.agenda import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.kpi_values import SeriesData
    from audit.summary import AuditSummary
    from checklists.model import Checklist, Department, Item
    from reports.visit.agenda import Agenda

_NO_PAPER = frozenset({"walk", "observe", "interview", "test-call", "kpi"})
"""Methods for which nothing has to be laid out; a test call is not announced."""
_BEFORE = Text("评估前提供资料", "papers before the visit")
_ON_DAY = Text("第 {day} 天 {times}", "day {day} {times}")
_SPAN = "{start}–{end}"


@dataclass(frozen=True, slots=True)
class Ready:
    """A role to have ready."""

    role: Text
    departments: Text
    times: Text


@dataclass(frozen=True, slots=True)
class Paper:
    """What a role lays out for one item."""

    item: str
    text: Text


@dataclass(frozen=True, slots=True)
class RecordList:
    """A list from which the auditor will draw on the day."""

    name: Text
    period: Text
    drawn: Text
    size: int
    role: Text
    """Who prepares it."""


@dataclass(frozen=True, slots=True)
class WantedSeries:
    """One row of monthly figures."""

    name: Text
    unit: Text
    months: int
    period: str
    """First to last month."""


@dataclass(frozen=True, slots=True)
class WantedKpi:
    """A KPI with the data wanted for it."""

    id: str
    name: Text
    formula: Text
    department: Text
    series: tuple[WantedSeries, ...]

    @property
    def points(self) -> int:
        """Points of data wanted."""
        return sum(series.months for series in self.series)


@dataclass(frozen=True, slots=True)
class Preparation:
    """Everything to have ready."""

    people: tuple[Ready, ...]
    papers: tuple[tuple[Text, tuple[Paper, ...]], ...]
    """By role."""
    lists: tuple[RecordList, ...]
    kpis: tuple[WantedKpi, ...]


def preparation_of(summary: AuditSummary, asked: Sequence[tuple[Department, Item]], agenda: Agenda) -> Preparation:
    """Say what to have ready for the items that are asked."""
    checklist = summary.checklist
    return Preparation(
        people=tuple(_people(checklist, asked, agenda)),
        papers=tuple(_papers(checklist, asked)),
        lists=tuple(_lists(checklist, asked)),
        kpis=tuple(_kpis(summary)),
    )


def _people(checklist: Checklist, asked: Sequence[tuple[Department, Item]], agenda: Agenda) -> list[Ready]:
    """Return the roles that answer for the items, as these name them, with the times they are needed."""
    people = []
    for role in _roles(asked):
        departments = {d.id: d.name for d, item in asked if item.owner == role}
        times = [times for times in (_times(agenda, day, role) for day in range(len(agenda.days))) if times.zh]
        people.append(
            Ready(checklist.roles[role].name, joined(list(departments.values())), joined(times) if times else _BEFORE)
        )
    return people


def _times(agenda: Agenda, day: int, role: str) -> Text:
    """Return when a role is needed on a day; empty when it is not."""
    spans = sorted(
        (segment.start, segment.end)
        for plan in agenda.days[day].plans
        for segment in plan
        if segment.unit is not None and any(i.owner == role and i.method != "kpi" for i in segment.unit.items)
    )
    times = joined([same(_SPAN.format(start=clock(a), end=clock(b))) for a, b in _merged(spans)])
    return _ON_DAY.format(day=day + 1, times=times) if spans and len(agenda.days) > 1 else times


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _papers(checklist: Checklist, asked: Sequence[tuple[Department, Item]]) -> list[tuple[Text, tuple[Paper, ...]]]:
    """Return what each role lays out: what the evidence of its items names, records of sample sets apart."""
    found = []
    for role in _roles(asked):
        papers = [
            Paper(item.id, item.evidence)
            for _, item in asked
            if item.owner == role and item.set is None and item.method not in _NO_PAPER
        ]
        if papers:
            found.append((checklist.roles[role].name, tuple(papers)))
    return found


def _lists(checklist: Checklist, asked: Sequence[tuple[Department, Item]]) -> list[RecordList]:
    found = []
    for set_id in dict.fromkeys(item.set for _, item in asked if item.set is not None):
        sample = checklist.sample_sets[set_id]
        owners = Counter(item.owner for _, item in asked if item.set == set_id)
        role = checklist.roles[owners.most_common(1)[0][0]].name
        found.append(RecordList(sample.name, sample.period, sample.drawn, sample.size, role))
    return found


def _roles(asked: Sequence[tuple[Department, Item]]) -> list[str]:
    """Return the roles that answer for the items, in the order in which these name them."""
    return list(dict.fromkeys(item.owner for _, item in asked))


def _kpis(summary: AuditSummary) -> list[WantedKpi]:
    """Return the KPIs whose data the departments in scope are asked for."""
    checklist = summary.checklist
    names = {department.id: department.name for department in checklist.departments}
    return [
        WantedKpi(
            id=result.id,
            name=result.kpi.name,
            formula=result.kpi.formula,
            department=names[result.kpi.department],
            series=tuple(_series(data) for data in result.series),
        )
        for result in summary.kpis.kpis
    ]


def _series(data: SeriesData) -> WantedSeries:
    months = tuple(data.months)
    period = months[0] if len(months) == 1 else f"{months[0]} – {months[-1]}"
    return WantedSeries(data.series.name, data.unit, len(months), period)

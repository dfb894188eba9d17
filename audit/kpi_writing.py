"""Recording figures of KPIs: all that is given is checked, then all of it is written at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audit.kpi import in_scope
from audit.kpi_levels import is_share
from audit.kpi_names import UnknownKpi
from audit.kpi_values import KPI, LAST_YEAR, PLAN, Provenance, Recorded, figures, months_until, slot_of
from checklists.points import plain
from checklists.text import Text, UserError, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from audit.session import AuditSession
    from checklists.model import Kpi

_OUTSIDE = Text(
    "{kpi}/{series} 要的是 {first} 至 {last}，不收 {month}",
    "{kpi}/{series} wants {first} to {last}, not {month}",
)
_WHOLE = 100
_COUNTED = frozenset(["", *"个人件份台组次名场天", "台次", "人次", "分钟", "小时", "工位·天", "工作日"])
"""Units of what is counted (台次/月 as well) and never negative; money, percentages and scores of a survey can be."""
_IMPOSSIBLE = Text(
    "{kpi} 是占比，应在 0 到 100 % 之间，不收 {value} %",
    "{kpi} is a share and lies between 0 and 100 %, not at {value} %",
)
_NEGATIVE = Text("{name} 是个数，不能是 {value}", "{name} is a count and cannot be {value}")
_LARGER_PART = Text(
    "{kpi} {month}：“{part}”{more} 比“{whole}”{less} 还多，请核对",
    '{kpi} {month}: "{part}" ({more}) is more than "{whole}" ({less}); check both',
)


class ImpossibleFigure(UserError):
    """A share is larger than the whole, or a share or a count is negative."""


class MonthNotWanted(UserError):
    """A month lies outside those that the checklist asks for."""


@dataclass(frozen=True, slots=True)
class Given:
    """A figure to be recorded."""

    kpi: str
    recorded: Recorded
    series: str = ""
    """A series, `PLAN`, `LAST_YEAR`, or empty for the KPI's value as a whole."""
    month: str = ""
    """Of a series: such as "2026-03"."""

    @property
    def slot(self) -> str:
        """Where it goes."""
        return slot_of(self.kpi, self.series, self.month, self.recorded.provenance)


@dataclass(frozen=True, slots=True)
class Changes:
    """What recording would do, or did."""

    added: tuple[Given, ...] = ()
    changed: tuple[Given, ...] = ()
    same: tuple[Given, ...] = field(default=())
    """What stands already; nothing is written for it."""


def compare(session: AuditSession, given: Iterable[Given]) -> Changes:
    """Say what recording figures would change.

    Raises:
        UnknownKpi: for one that the checklist does not have.
        MonthNotWanted: for a month that is not asked for.
        ImpossibleFigure: for a share above 100 % or below 0, a negative count, or parts larger than their wholes.
    """
    added, changed, unchanged = [], [], []
    every = list(given)
    for each in every:
        _check(session, each)
    wrong = larger_parts(session, every)
    if wrong:
        raise ImpossibleFigure(joined([text for _, text in wrong], zh="；", en="; "))
    for each in every:
        slot = each.slot
        standing = session.state.material.get(slot)
        if standing is None and slot not in session.state.conflicts:
            added.append(each)
        elif standing is not None and Recorded.read(standing) == each.recorded:
            unchanged.append(each)
        else:
            changed.append(each)
    return Changes(tuple(added), tuple(changed), tuple(unchanged))


def record(session: AuditSession, given: Sequence[Given]) -> Changes:
    """Record figures, all of them or none; also settles conflicts in their slots.

    Raises:
        UnknownKpi: for one that the checklist does not have.
        MonthNotWanted: for a month that is not asked for.
        ImpossibleFigure: for a share above 100 % or below 0, a negative count, or parts larger than their wholes.
        AuditSealed: when the audit is signed.
    """
    changes = compare(session, given)
    session.write([("kpi", each.slot, each.recorded.data) for each in (*changes.added, *changes.changed)])
    return changes


def wanted_months(session: AuditSession, kpi: str, series: str) -> tuple[str, ...]:
    """Return the months asked for, oldest first."""
    return months_until(session.state.details["date"], session.checklist.kpis[kpi].series[series].months)


def widest_window(session: AuditSession) -> tuple[str, ...]:
    """Return all months that any KPI in scope asks for, oldest first."""
    known = session.checklist.kpis
    counts = [s.months for own_id in in_scope(session.checklist, session.state) for s in known[own_id].series.values()]
    return months_until(session.state.details["date"], max(counts, default=1))


def larger_parts(session: AuditSession, given: Sequence[Given]) -> list[tuple[Given, Text]]:
    """Return months in which the part of a share would be larger than the whole, with what stands already.

    Returns:
        For each such month the figure given for the part (for the whole where only that is given), and what is wrong.
    """
    new = {each.slot: each for each in given}
    standing = figures(session.state)
    wrong = []
    for own_id, month in dict.fromkeys((each.kpi, each.month) for each in given if each.month):
        kpi = session.checklist.kpis[own_id]
        if kpi.value != "ratio" or not is_share(kpi):
            continue
        found: list[Given | None] = []
        values: list[Decimal | None] = []
        for series in kpi.value_series:
            slots = [slot_of(own_id, series, month, by) for by in (Provenance.RECOMPUTED, Provenance.STATED)]
            mine = next((new[slot] for slot in slots if slot in new), None)
            known = standing.get(slot_of(own_id, series, month).removeprefix(KPI))
            found.append(mine)
            stands = known.value if known is not None else None
            values.append(stands if mine is None else mine.recorded.value)
        part, whole = values
        if part is not None and whole is not None and part > whole:
            names = [kpi.series[series].name for series in kpi.value_series]
            facts = {"part": names[0], "whole": names[1], "more": plain(part), "less": plain(whole)}
            named = next(each for each in found if each is not None)
            wrong.append((named, _LARGER_PART.format(kpi=kpi.name, month=month, **facts)))
    return wrong


def impossible(kpi: Kpi, series: str, value: Decimal | None) -> Text | None:
    """Say what is wrong with a percentage that no part of a whole can be, or a negative count; None for what can be."""
    unit = kpi.unit_of(series) if series in kpi.series else kpi.unit
    if value is not None and value < 0 and unit.zh.partition("/")[0] in _COUNTED:
        return _NEGATIVE.format(name=kpi.series[series].name if series in kpi.series else kpi.name, value=plain(value))
    if value is None or 0 <= value <= _WHOLE or unit.en != "%" or not is_share(kpi):
        return None
    return _IMPOSSIBLE.format(kpi=kpi.name, value=plain(value))


def _check(session: AuditSession, given: Given) -> None:
    kpi = session.checklist.kpis.get(given.kpi)
    if kpi is None or (given.series and given.series not in {PLAN, LAST_YEAR, *kpi.series}):
        raise UnknownKpi(
            Text("没有指标数据 {name}", "There are no KPI data {name}").format(name=f"{given.kpi}/{given.series}")
        )
    wrong = impossible(kpi, given.series, given.recorded.value)
    if wrong is not None:
        raise ImpossibleFigure(wrong)
    if given.series in kpi.series:
        months = wanted_months(session, given.kpi, given.series)
        if given.month not in months:
            raise MonthNotWanted(
                _OUTSIDE.format(
                    kpi=given.kpi, series=given.series, first=months[0], last=months[-1], month=given.month or "–"
                )
            )


__all__ = ["Changes", "Given", "MonthNotWanted", "Provenance", "compare", "record", "wanted_months"]

"""A file of KPI figures looked at before anything is recorded: what it changes, what is unclear, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from checklists.text import Text, same

if TYPE_CHECKING:
    from audit.kpi_writing import Changes, Given
    from audit.session import AuditSession
    from reports.kpi_reading import KpiSheet

Percent = Literal["", "fraction", "points"]

_COUNTS = Text(
    "新增 {added} 个数，改动 {changed} 个，不变 {same} 个；读到的月份：{months}",
    "new: {added}, changed: {changed}, the same: {same}; months read: {months}",
)
_SPAN = Text("{first} 至 {last}", "{first} to {last}")
_NO_MONTHS = Text("无", "none")
_PROBLEMS = Text("{count} 处无法读取，不会录入任何数据：", "Not to be read: {count}; nothing will be recorded:")
_ASK_PERCENT = Text(
    "{count} 个百分数写法不明：请在上面选择 0.93 还是 93",
    "Percentages that may be read in two ways: {count}; choose above",
)
_ASK_YEAR = Text("{count} 个月份没有写年份：请在上面选择", "Months without a year: {count}; choose it above")
_CHANGED = Text("改  {name}  {before} → {after}", "changed  {name}  {before} → {after}")
_NEW = Text("新  {name}  {after}", "new  {name}  {after}")
_SKIPPED = Text("不用  {text}", "left out  {text}")
_TWO = Text("现有 {count} 个不同的值", "{count} different values")
_NAMES = {
    "": Text("直接取值", "as a whole"),
    "plan": Text("计划值", "plan"),
    "last_year": Text("去年同期", "last year"),
}


@dataclass(frozen=True, slots=True)
class How:
    """How a file is to be read."""

    path: str
    percent: Percent = ""
    year: int | None = None
    provenance: str = "stated"


@dataclass(frozen=True, slots=True)
class Look:
    """What a file says."""

    lines: tuple[Text, ...]
    """Problems or changes, one a line."""
    given: tuple[Given, ...]
    """What would be recorded; empty while anything is wrong."""
    ask_percent: bool
    ask_year: bool


def look(session: AuditSession, how: How) -> Look:
    """Read a file without recording anything.

    Raises:
        UnreadableTable: when the file as a whole cannot be read.
    """
    from audit.kpi_writing import compare

    sheet = _read(session, how, how.percent, how.year)
    percent, year = _unclear(session, how, sheet)
    if sheet.problems:
        told: list[Text] = [_ASK_PERCENT.format(count=len(percent))] if percent else []
        told += [_ASK_YEAR.format(count=len(year))] if year else []
        rest = [problem for problem in sheet.problems if problem not in percent | year]
        told += [_PROBLEMS.format(count=len(rest)), *rest] if rest else []
        return Look(tuple(told), (), bool(percent), bool(year))
    changes = compare(session, sheet.given)
    return Look(tuple(_told(session, sheet, changes)), sheet.given, False, False)


def _read(session: AuditSession, how: How, percent: Percent, year: int | None) -> KpiSheet:
    from audit.kpi_values import Provenance
    from reports.kpi_reading import read_kpis

    return read_kpis(how.path, session, percent=percent or None, year=year, provenance=Provenance(how.provenance))


def _unclear(session: AuditSession, how: How, sheet: KpiSheet) -> tuple[set[Text], set[Text]]:
    """Return the problems that go away when one says how percentages are meant, and those that a year settles."""
    found = set(sheet.problems)
    year = how.year
    years: set[Text] = set()
    if found and year is None:
        year = int(session.state.details["date"][:4])
        years = found - set(_read(session, how, how.percent, year).problems)
    percent: set[Text] = set()
    if found and not how.percent:
        percent = (found - years) - set(_read(session, how, "points", how.year).problems)
    return percent, years


def _told(session: AuditSession, sheet: KpiSheet, changes: Changes) -> list[Text]:
    first_last = {"first": sheet.months[0], "last": sheet.months[-1]} if sheet.months else None
    counts = {"added": len(changes.added), "changed": len(changes.changed), "same": len(changes.same)}
    months = _SPAN.format(**first_last) if first_last else _NO_MONTHS
    lines = [_COUNTS.format(**counts, months=months)]
    for given in changes.changed:
        before, after = _standing(session, given), _value(given)
        lines.append(_CHANGED.format(name=_named(session, given), before=before, after=after))
    lines += [_NEW.format(name=_named(session, given), after=_value(given)) for given in changes.added]
    return lines + [_SKIPPED.format(text=text) for text in sheet.skipped]


def _named(session: AuditSession, given: Given) -> Text:
    kpi = session.checklist.kpis[given.kpi]
    series = kpi.series[given.series].name if given.series in kpi.series else _NAMES[given.series]
    words = {"id": given.kpi, "series": series, "month": given.month}
    return Text("{id} {series} {month}", "{id} {series} {month}").format(**words)


def _value(given: Given) -> Text:
    from reports.kpi_figures import as_written

    return as_written(given.recorded.value)


def _standing(session: AuditSession, given: Given) -> Text:
    from audit.kpi_values import Recorded
    from reports.kpi_figures import as_written

    data = session.state.material.get(given.slot)
    if data is None:
        return _TWO.format(count=len(session.state.conflicts.get(given.slot, ())))
    recorded = Recorded.read(data)
    if recorded.value == given.recorded.value:
        return same(recorded.provenance.value)
    return as_written(recorded.value)

"""What is typed for a KPI, and figures from a sheet: everything is read before anything is recorded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

from audit.answers import CAUSES
from audit.kpi_names import KpiNames, folded
from audit.kpi_values import LAST_YEAR, PLAN, Provenance, Recorded
from audit.kpi_writing import Given
from checklists.reading import UnreadableAnswer, shown
from checklists.sources.tables import Cell
from checklists.text import Text, joined, same
from reports.kpi_figures import UNCLEAR_COMMA, Percent, is_not_there, read_figures
from reports.kpi_months import read_month
from reports.kpi_reading import read_kpis
from tui.problems import BadRows, WrongUsage

if TYPE_CHECKING:
    from audit.session import AuditSession
    from reports.kpi_reading import KpiSheet

_REFERENCES = {"plan": PLAN, "计划": PLAN, "lastyear": LAST_YEAR, "去年": LAST_YEAR, "去年同期": LAST_YEAR}
_ONE_OF = Text("{option} 只能是 {known}，不能是“{value}”", '{option} is one of {known}, not "{value}"')
_BAD_YEAR = Text("--year 应为四位年份，如 2026", "--year is a year of four digits, such as 2026")
_BAD_PERIOD = Text(
    "期间“{period}”无法识别：请写 2026-03、plan 或 last-year",
    'The period "{period}" cannot be read: write 2026-03, plan or last-year',
)
_SERIES_NEEDS_PERIOD = Text(
    "{name} 的数据按月录入：请用 --period 2026-03 写明月份",
    "{name} is recorded by month: give it with --period 2026-03",
)
_CAUSE = Text("原因“{cause}”不在其中：{known}", 'Cause "{cause}" is none of these: {known}')
_CAUSE_MISSING = Text("请用 --cause 写明为什么没有：{known}", "Say why there is none with --cause: {known}")
_CAUSE_ALONE = Text("--cause 只用于无法提供（NA）的数据", "--cause goes with a figure that is NA")
_BARE_SHARE = Text(
    "“{typed}”可能是 {typed} % 也可能是小数，请写上 %",
    '"{typed}" may be {typed} % or a fraction: write it with %',
)


def read_or_refuse(
    path: str, session: AuditSession, percent: Percent | None, year: int | None, provenance: Provenance
) -> KpiSheet:
    """Read a sheet.

    Raises:
        BadRows: when anything in it cannot be read; the text lists all of it.
        UnreadableTable: when the file as a whole cannot be read.
    """
    sheet = read_kpis(path, session, percent=percent, year=year, provenance=provenance)
    if sheet.problems:
        raise BadRows(Path(path).name, sheet.problems)
    return sheet


def given_of(
    session: AuditSession, kpi: str, value: str, period: str | None, provenance: Provenance, cause: str
) -> Given:
    """Read one figure as typed.

    Raises:
        UnknownKpi, UnreadableAnswer, WrongUsage: when a part of it cannot be used.
    """
    names = KpiNames(session.checklist, session.state)
    series, month = _place(period)
    own_id, series = _kpi_and_series(names, kpi, series, month)
    definition = session.checklist.kpis[own_id]
    unit = definition.unit_of(series) if series in definition.series else definition.unit
    if is_not_there(value):
        if not cause:
            raise WrongUsage(_CAUSE_MISSING.format(known=_causes()))
        return Given(own_id, Recorded(None, provenance, _cause(cause)), series, month)
    if cause:
        raise WrongUsage(_CAUSE_ALONE)
    if any(comma in value for comma in ",，"):
        raise UnreadableAnswer(UNCLEAR_COMMA.format(typed=shown(value)))
    [read] = read_figures([Cell(value, same(""))], unit)
    if read.value is None:
        problem = read.problem or same("")
        if unit.en == "%" and read_figures([Cell(value, same(""))], unit, "points")[0].value is not None:
            problem = _BARE_SHARE.format(typed=shown(value))
        raise UnreadableAnswer(problem)
    return Given(own_id, Recorded(read.value, provenance), series, month)


def provenance_of(written: str) -> Provenance:
    """Read who says so.

    Raises:
        WrongUsage: when it is none of the three.
    """
    known = [provenance.value for provenance in Provenance]
    if written.strip().lower() not in known:
        raise WrongUsage(_not_one_of("--provenance", known, written))
    return Provenance(written.strip().lower())


def percent_of(written: str | None) -> Percent | None:
    """Read how bare percentages are meant.

    Raises:
        WrongUsage: when it is neither.
    """
    known: tuple[Percent, ...] = get_args(Percent)
    for percent in known:
        if written is not None and written.strip().lower() == percent:
            return percent
    if written is None:
        return None
    raise WrongUsage(_not_one_of("--percent", list(known), written))


def year_of(written: str | None) -> int | None:
    """Read the year of months that have none.

    Raises:
        WrongUsage: when it is no year.
    """
    if written is None:
        return None
    word = written.strip()
    if not (word.isascii() and word.isdigit() and len(word) == 4 and word >= "1900"):
        raise WrongUsage(_BAD_YEAR)
    return int(word)


def _place(period: str | None) -> tuple[str, str]:
    """Return what a period stands for: a reference, or a month of a series."""
    if period is None:
        return "", ""
    reference = _REFERENCES.get(folded(period))
    if reference is not None:
        return reference, ""
    month = read_month(period)
    if month is None:
        raise WrongUsage(_BAD_PERIOD.format(period=shown(period)))
    return "", month.of(None, period)


def _kpi_and_series(names: KpiNames, kpi: str, series: str, month: str) -> tuple[str, str]:
    if month:
        return names.either(kpi)
    if series or "/" not in kpi:
        return names.kpi(kpi.partition("/")[0]), series
    own_id, found = names.either(kpi)
    raise WrongUsage(_SERIES_NEEDS_PERIOD.format(name=f"{own_id}/{found}"))


def _cause(written: str) -> str:
    if not written:
        return ""
    for cause, name in CAUSES.items():
        if written.strip().lower() in {cause, name.zh, name.en}:
            return cause
    raise UnreadableAnswer(_CAUSE.format(cause=shown(written), known=_causes()))


def _causes() -> Text:
    return joined([Text("{zh}（{id}）", "{id}").format(zh=name.zh, id=cause) for cause, name in CAUSES.items()])


def _not_one_of(option: str, known: list[str], value: str) -> Text:
    return _ONE_OF.format(option=option, known=" | ".join(known), value=shown(value))

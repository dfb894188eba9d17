"""A dealership's KPI figures from a sheet: our own template, or whatever people send.

All is read before anything is recorded; what cannot be read is told with its cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from audit.kpi_names import KpiNames
from audit.kpi_values import LAST_YEAR, PLAN, Provenance, Recorded
from audit.kpi_writing import Given, impossible_share, wanted_months
from checklists.reading import shown
from checklists.sources.tables import read_lines
from checklists.text import Text, UserError, joined, same
from reports.kpi_figures import is_not_there, read_figures
from reports.kpi_layout import Layout, find_layout, header_at, word_of
from reports.kpi_months import Month, UnclearMonth, read_month, years_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.session import AuditSession
    from checklists.sources.tables import Cell
    from reports.kpi_figures import Percent
    from reports.kpi_layout import Line

REFERENCES = {"plan": PLAN, "last_year": LAST_YEAR}

_NO_NAME = Text("没有写指标", "no KPI is named")
_NO_MONTH = Text("“{written}”不是月份", '"{written}" is no month')
_TWICE = Text(
    "{name} 在 {first} 已经是 {value}，请只留一个", "{name} is {value} in {first} already; keep one of the two"
)
_OUTSIDE = Text(
    "{name}：{months} 不在要求的 {first} 至 {last} 内，未取用",
    "{name}: {months} lies outside the months wanted, {first} to {last}; not used",
)
_TO_COME = Text(
    "“{written}”按 --year 是 {month}，在评估之后：请在文件中写上年份，如 2025-12",
    '"{written}" would be {month} by --year, after the audit: write the years into the file, as in 2025-12',
)
_NOTHING = Text("没有任何数值", "there are no figures")


@dataclass(frozen=True, slots=True)
class KpiSheet:
    """What a sheet says."""

    given: tuple[Given, ...]
    """Figures that can be recorded; all of them when there is no problem."""
    skipped: tuple[Text, ...]
    """What was read and is not asked for."""
    problems: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A cell and what it holds."""

    kpi: str
    series: str
    month: str
    cell: Cell

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return "/".join(part for part in (self.kpi, self.series, self.month) if part)


@dataclass
class _Reader:
    """Goes through a sheet and collects cells and problems."""

    session: AuditSession
    year: int | None
    names: KpiNames
    spots: list[_Spot] = field(default_factory=list)
    problems: list[tuple[Cell, Text]] = field(default_factory=list)
    years: dict[int, int] = field(default_factory=dict)
    """Years of months that have none, by the identity of their cells."""

    def read(self, lines: Sequence[Line], layout: Layout) -> None:
        """Collect the cells of a sheet; a further header begins a further table."""
        index, carried = layout.below, ""
        headers = self._header_months(layout)
        if layout.kind == "down":
            self._down(lines, layout)
            return
        while index < len(lines):
            again = header_at(lines, index)
            if again is not None and again.kind == layout.kind:
                layout, headers, carried = again, self._header_months(again), ""
            else:
                carried = self._row(lines[index][1], layout, headers, carried)
            index += 1

    def _header_months(self, layout: Layout) -> dict[int, str]:
        self.problems += layout.unclear
        found = {}
        self._settle_years([(layout.header[column], month) for column, month in sorted(layout.months.items())])
        for column, month in layout.months.items():
            written = self._month(layout.header[column], month)
            if written is not None:
                found[column] = written
        return found

    def _settle_years(self, months: list[tuple[Cell, Month]]) -> None:
        """Give months in a row their years; the year that was named is that of the latest."""
        if self.year is not None and months and all(month.year is None for _, month in months):
            years = years_of([month.number for _, month in months], self.year)
            self.years |= {id(cell): year for (cell, _), year in zip(months, years, strict=True)}

    def _month(self, cell: Cell, month: Month) -> str | None:
        try:
            found = month.of(self.years.get(id(cell), self.year), cell.text)
        except UnclearMonth as error:
            self.problems.append((cell, error.text))
            return None
        if month.year is None and found > self.session.state.details["date"]:
            self.problems.append((cell, _TO_COME.format(written=shown(cell.text), month=found)))
            return None
        return found

    def _row(self, cells: Sequence[Cell], layout: Layout, headers: dict[int, str], carried: str) -> str:
        """Collect one row of figures; returns the KPI that the next row may leave unnamed."""
        key, kpi, series = (_text(cells, layout.columns.get(name)) for name in ("key", "kpi", "series"))
        value = _cell(cells, layout.columns.get("value"))
        figures = [(month, cell) for column, month in headers.items() if (cell := _cell(cells, column))]
        references = [
            (name, cell) for word, name in REFERENCES.items() if (cell := _cell(cells, layout.columns.get(word)))
        ]
        if not (figures or references or (layout.kind == "long" and value)):
            return kpi or carried
        place = next(cell for _, cell in [*figures, *references, ("", value)] if cell)
        try:
            own_id, series_id = self._named(key, kpi or carried, series, whole=not figures)
            if layout.kind == "long" and value:
                self._long(cells, layout, own_id, series_id, value)
        except UserError as error:
            wrong = "series" if series and self._knows(kpi or carried) else "kpi"
            named = _cell(cells, layout.columns.get(wrong)) or place
            self.problems.append((named, error.text))
            return kpi or carried
        self.spots += [_Spot(own_id, series_id, month, cell) for month, cell in figures]
        self.spots += [_Spot(own_id, name, "", cell) for name, cell in references]
        return kpi or carried

    def _knows(self, kpi: str) -> bool:
        try:
            self.names.kpi(kpi)
        except UserError:
            return not kpi
        return True

    def _named(self, key: str, kpi: str, series: str, *, whole: bool) -> tuple[str, str]:
        """Return KPI and series of a row; no series where it has no months and names none."""
        if key:
            return self.names.either(key)
        if not kpi and not series:
            raise UserError(_NO_NAME)
        if not kpi:
            return self.names.either(series)
        if not series:
            return (self.names.kpi(kpi), "") if whole else self.names.either(kpi)
        own_id = self.names.kpi(kpi)
        return own_id, self.names.series(own_id, series)

    def _long(self, cells: Sequence[Cell], layout: Layout, kpi: str, series: str, value: Cell) -> None:
        """Collect the one figure of a row."""
        cell = _cell(cells, layout.columns.get("month"))
        known = word_of(cell.text) if cell else None
        if known in REFERENCES:
            self.spots.append(_Spot(kpi, REFERENCES[known], "", value))
        elif cell is None:
            self.spots.append(_Spot(kpi, "", "", value))
        elif (month := self._down_month(cell)) is not None:
            self.spots.append(_Spot(kpi, series or self.names.series(kpi), month, value))

    def _down(self, lines: Sequence[Line], layout: Layout) -> None:
        months = layout.columns["month"]
        rows = [cells for _, cells in lines[layout.below :]]
        columns = dict(self._columns(rows, layout, months))
        named_months = [(cell, _month_or_none(cell)) for cells in rows if (cell := _cell(cells, months))]
        self._settle_years([(cell, month) for cell, month in named_months if month is not None])
        for cells in rows:
            named, filled = _cell(cells, months), [index for index in columns if _cell(cells, index)]
            if not filled:
                continue
            known = word_of(named.text) if named else None
            if known == "ignored":
                continue
            month = "" if known in REFERENCES else self._down_month(named or cells[filled[0]])
            for index in filled if month is not None else ():
                kpi, series = columns[index]
                self.spots.append(_Spot(kpi, REFERENCES.get(known or "", series), month or "", cells[index]))

    def _columns(self, rows: list[list[Cell]], layout: Layout, months: int) -> Iterator[tuple[int, tuple[str, str]]]:
        """Yield the columns of figures with their KPI and series."""
        for index, cell in enumerate(layout.header):
            if index == months or word_of(cell.text) == "ignored" or not any(_cell(row, index) for row in rows):
                continue
            try:
                yield index, self._named("", cell.text, "", whole=False)
            except UserError as error:
                self.problems.append((cell, error.text))

    def _down_month(self, cell: Cell) -> str | None:
        try:
            month = read_month(cell.text, bare=True)
        except UnclearMonth as error:
            self.problems.append((cell, error.text))
            return None
        if month is None:
            self.problems.append((cell, _NO_MONTH.format(written=shown(cell.text))))
            return None
        return self._month(cell, month)


def read_kpis(
    path: str,
    session: AuditSession,
    *,
    percent: Percent | None = None,
    year: int | None = None,
    provenance: Provenance = Provenance.STATED,
) -> KpiSheet:
    """Read a sheet of figures against the audit's checklist; nothing is recorded.

    Args:
        path: .xlsx or .csv.
        session: the audit.
        percent: how bare numbers of percentages are meant; None: as each series shows.
        year: of months written without one.
        provenance: who says so.

    Raises:
        UnreadableTable: when the file as a whole cannot be read.
    """
    lines = read_lines(path)
    reader = _Reader(session, year, KpiNames(session.checklist, session.state))
    reader.read(lines, find_layout(Path(path).name, lines))
    wanted, skipped = _wanted(reader.spots, session)
    given = _given(reader, wanted, percent, provenance)
    if not given and not reader.problems and not skipped:
        reader.problems.append((lines[0][1][0], _NOTHING))
    order = {id(cell): number for number, cell in enumerate(cell for _, cells in lines for cell in cells)}
    told = sorted(reader.problems, key=lambda problem: order.get(id(problem[0]), 0))
    problems = [Text("{place}：{text}", "{place}: {text}").format(place=cell.place, text=text) for cell, text in told]
    return KpiSheet(tuple(given), tuple(skipped), tuple(dict.fromkeys(problems)))


def _wanted(spots: list[_Spot], session: AuditSession) -> tuple[set[int], list[Text]]:
    """Return the identities of the cells asked for, and the months outside, which are named by series."""
    wanted: set[int] = set()
    outside: dict[tuple[str, str], list[str]] = {}
    for spot in spots:
        if spot.month and spot.month not in wanted_months(session, spot.kpi, spot.series):
            outside.setdefault((spot.kpi, spot.series), []).append(spot.month)
        else:
            wanted.add(id(spot))
    skipped = []
    for (kpi, series), months in outside.items():
        asked = wanted_months(session, kpi, series)
        listed = joined([same(month) for month in dict.fromkeys(months)])
        name = f"{kpi}/{series}"
        skipped.append(_OUTSIDE.format(name=name, months=listed, first=asked[0], last=asked[-1]))
    return wanted, skipped


def _given(reader: _Reader, wanted: set[int], percent: Percent | None, provenance: Provenance) -> list[Given]:
    """Read the figures, a series at a time and all months of it; a figure that stands twice must be the same."""
    kpis = reader.session.checklist.kpis
    groups: dict[tuple[str, str], list[_Spot]] = {}
    for spot in reader.spots:
        kpi = kpis[spot.kpi]
        alone = spot.series in kpi.series or kpi.value == "ratio"
        groups.setdefault((spot.kpi, spot.series if alone else kpi.value_series[0]), []).append(spot)
    found: dict[str, tuple[Given, Cell]] = {}
    for (own_id, series), group in groups.items():
        kpi = kpis[own_id]
        unit = kpi.unit_of(series) if series in kpi.series else kpi.unit
        for spot, read in zip(group, read_figures([s.cell for s in group], unit, percent), strict=True):
            problem = read.problem or impossible_share(kpi, spot.series, read.value)
            if problem is not None:
                reader.problems.append((spot.cell, problem))
            if problem is not None or id(spot) not in wanted:
                continue
            given = Given(spot.kpi, Recorded(read.value, provenance), spot.series, spot.month)
            before = found.setdefault(given.slot, (given, spot.cell))
            if before[0] != given:
                told = _TWICE.format(name=spot.name, value=shown(before[1].text), first=before[1].place)
                reader.problems.append((spot.cell, told))
    return [given for given, _ in found.values()]


def _month_or_none(cell: Cell) -> Month | None:
    try:
        return read_month(cell.text, bare=True)
    except UnclearMonth:
        return None


def _cell(cells: Sequence[Cell], index: int | None) -> Cell | None:
    """Return a cell that is filled."""
    if index is None or index >= len(cells) or not cells[index].text:
        return None
    return cells[index]


def _text(cells: Sequence[Cell], index: int | None) -> str:
    cell = _cell(cells, index)
    return "" if cell is None or is_not_there(cell.text) else cell.text

"""A dealership's KPI figures from a sheet: our own template, or whatever people send.

All is read before anything is recorded; what cannot be read is told with its cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from audit.kpi_names import KpiNames
from audit.kpi_values import LAST_YEAR, PLAN, Provenance, Recorded
from audit.kpi_writing import Given, impossible, larger_parts, widest_window
from checklists.reading import shown
from checklists.sources.tables import read_lines
from checklists.text import Text, UserError
from reports.kpi_figures import is_not_there, read_figures
from reports.kpi_layout import Layout, cell_at, find_layout, tables, word_of
from reports.kpi_months import Month, UnclearMonth, month_or_none, read_month
from reports.kpi_spots import Spot, asked_for
from reports.kpi_years import Named, settle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.session import AuditSession
    from checklists.sources.tables import Cell
    from reports.kpi_figures import Percent
    from reports.kpi_layout import Line

REFERENCES = {"plan": PLAN, "last_year": LAST_YEAR}

_NO_NAME = Text("没有写指标", "no KPI is named")
_NO_MONTH = Text("“{written}”不是月份", '"{written}" is no month')
_MONTHLESS = Text("这一行没有写月份", "its row names no month")
_TWICE = Text(
    "{name} 在 {first} 已经是 {value}，请只留一个", "{name} is {value} in {first} already; keep one of the two"
)
_NOTHING = Text("没有任何数值", "there are no figures")


@dataclass(frozen=True, slots=True)
class KpiSheet:
    """What a sheet says."""

    given: tuple[Given, ...]
    """Figures that can be recorded; all of them when there is no problem."""
    skipped: tuple[Text, ...]
    """What was read and is not asked for."""
    months: tuple[str, ...]
    """All months read, asked for or not, oldest first."""
    problems: tuple[Text, ...]


@dataclass
class _Reader:
    """Goes through a sheet and collects cells and problems."""

    session: AuditSession
    year: int | None
    names: KpiNames
    window: tuple[str, ...]
    """All months that any KPI wants."""
    spots: list[Spot] = field(default_factory=list)
    problems: list[tuple[Cell, Text]] = field(default_factory=list)
    settled: dict[int, str | Text] = field(default_factory=dict)
    """Months that had no year, or what is wrong with them, by the identity of their cells."""

    def read(self, lines: Sequence[Line], layout: Layout) -> None:
        """Collect the cells of a sheet, table by table."""
        for own, rows in tables(lines, layout):
            if own.kind == "down":
                self._down(rows, own)
                continue
            headers, carried = self._header_months(own, rows), ""
            if own.kind == "long":
                self._settle_rows(rows, own)
            for cells in rows:
                carried = self._row(cells, own, headers, carried)

    def _header_months(self, layout: Layout, rows: list[list[Cell]]) -> dict[int, str]:
        self.problems += layout.unclear
        used = {column for column in layout.months if any(cell_at(cells, column) for cells in rows)}
        across = sorted(layout.months.items())
        self._settle([Named(layout.header[column], month, column in used) for column, month in across])
        found = {column: self._month(layout.header[column], month) for column, month in across if column in used}
        return {column: month for column, month in found.items() if month is not None}

    def _settle_rows(self, rows: list[list[Cell]], layout: Layout) -> None:
        """Give the months of a sheet with one figure a row their years, a series at a time."""
        runs: dict[tuple[str, ...], list[Named]] = {}
        carried = ""
        for cells in rows:
            key, kpi, series = (_text(cells, layout.columns.get(name)) for name in ("key", "kpi", "series"))
            carried = kpi or carried
            runs.setdefault((key, carried, series), []).extend(self._named_months([cells], layout, "value"))
        for run in runs.values():
            self._settle(run)

    def _named_months(self, rows: list[list[Cell]], layout: Layout, *figures: str | int) -> list[Named]:
        """Return the months down a column; those are used beside which a figure stands."""
        columns = [layout.columns.get(each) if isinstance(each, str) else each for each in figures]
        found = []
        for cells in rows:
            cell = cell_at(cells, layout.columns.get("month"))
            month = month_or_none(cell.text) if cell else None
            if cell is not None and month is not None:
                found.append(Named(cell, month, any(cell_at(cells, column) for column in columns)))
        return found

    def _settle(self, run: list[Named]) -> None:
        self.settled |= settle(run, self.year, self.window)

    def _month(self, cell: Cell, month: Month) -> str | None:
        found = self.settled[id(cell)] if month.year is None else month.of(None, cell.text)
        if isinstance(found, Text):
            self.problems.append((cell, found))
            return None
        return found

    def _row(self, cells: Sequence[Cell], layout: Layout, headers: dict[int, str], carried: str) -> str:
        """Collect one row of figures; returns the KPI that the next row may leave unnamed."""
        key, kpi, series = (_text(cells, layout.columns.get(name)) for name in ("key", "kpi", "series"))
        value = cell_at(cells, layout.columns.get("value"))
        figures = [(month, cell) for column, month in headers.items() if (cell := cell_at(cells, column))]
        references = [
            (name, cell) for word, name in REFERENCES.items() if (cell := cell_at(cells, layout.columns.get(word)))
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
            named = cell_at(cells, layout.columns.get(wrong)) or place
            self.problems.append((named, error.text))
            return kpi or carried
        self.spots += [Spot(own_id, series_id, month, cell) for month, cell in figures]
        self.spots += [Spot(own_id, name, "", cell) for name, cell in references]
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
        cell = cell_at(cells, layout.columns.get("month"))
        known = word_of(cell.text) if cell else None
        if known in REFERENCES:
            self.spots.append(Spot(kpi, REFERENCES[known], "", value))
        elif cell is None:
            self.spots.append(Spot(kpi, "", "", value))
        elif (month := self._down_month(cell)) is not None:
            self.spots.append(Spot(kpi, series or self.names.series(kpi), month, value))

    def _down(self, rows: list[list[Cell]], layout: Layout) -> None:
        months = layout.columns["month"]
        columns = dict(self._columns(rows, layout, months))
        self._settle(self._named_months(rows, layout, *columns))
        for cells in rows:
            named, filled = cell_at(cells, months), [index for index in columns if cell_at(cells, index)]
            if not filled:
                continue
            known = word_of(named.text) if named else None
            if known == "ignored":
                continue
            if named is None:
                self.problems.append((cells[filled[0]], _MONTHLESS))
                continue
            month = "" if known in REFERENCES else self._down_month(named)
            for index in filled if month is not None else ():
                kpi, series = columns[index]
                self.spots.append(Spot(kpi, REFERENCES.get(known or "", series), month or "", cells[index]))

    def _columns(self, rows: list[list[Cell]], layout: Layout, months: int) -> Iterator[tuple[int, tuple[str, str]]]:
        """Yield the columns of figures with their KPI and series."""
        for index, cell in enumerate(layout.header):
            if index == months or word_of(cell.text) == "ignored" or not any(cell_at(row, index) for row in rows):
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
        year: of the last of the months written without one.
        provenance: who says so.

    Raises:
        UnreadableTable: when the file as a whole cannot be read.
    """
    lines = read_lines(path)
    reader = _Reader(session, year, KpiNames(session.checklist, session.state), widest_window(session))
    reader.read(lines, find_layout(Path(path).name, lines))
    wanted, skipped = asked_for(reader.spots, session)
    given = _given(reader, wanted, percent, provenance)
    if not given and not reader.problems and not skipped:
        reader.problems.append((lines[0][1][0], _NOTHING))
    order = {id(cell): number for number, cell in enumerate(cell for _, cells in lines for cell in cells)}
    told = sorted(reader.problems, key=lambda problem: order.get(id(problem[0]), 0))
    problems = [Text("{place}：{text}", "{place}: {text}").format(place=cell.place, text=text) for cell, text in told]
    months = sorted({spot.month for spot in reader.spots if spot.month})
    return KpiSheet(tuple(given), tuple(skipped), tuple(months), tuple(dict.fromkeys(problems)))


def _given(reader: _Reader, wanted: set[int], percent: Percent | None, provenance: Provenance) -> list[Given]:
    """Read the figures, a series at a time and all months of it; a figure that stands twice must be the same."""
    kpis = reader.session.checklist.kpis
    groups: dict[tuple[str, str], list[Spot]] = {}
    for spot in reader.spots:
        kpi = kpis[spot.kpi]
        alone = spot.series in kpi.series or kpi.value == "ratio"
        groups.setdefault((spot.kpi, spot.series if alone else kpi.value_series[0]), []).append(spot)
    found: dict[str, tuple[Given, Cell]] = {}
    for (own_id, series), group in groups.items():
        kpi = kpis[own_id]
        unit = kpi.unit_of(series) if series in kpi.series else kpi.unit
        for spot, read in zip(group, read_figures([s.cell for s in group], unit, percent), strict=True):
            problem = read.problem or impossible(kpi, spot.series, read.value)
            if problem is not None:
                reader.problems.append((spot.cell, problem))
            if problem is not None or id(spot) not in wanted:
                continue
            given = Given(spot.kpi, Recorded(read.value, provenance), spot.series, spot.month)
            before = found.setdefault(given.slot, (given, spot.cell))
            if before[0] != given:
                told = _TWICE.format(name=spot.name, value=shown(before[1].text), first=before[1].place)
                reader.problems.append((spot.cell, told))
    wrong = larger_parts(reader.session, [given for given, _ in found.values()])
    reader.problems += [(found[given.slot][1], problem) for given, problem in wrong]
    return [given for given, _ in found.values()]


def _text(cells: Sequence[Cell], index: int | None) -> str:
    cell = cell_at(cells, index)
    return "" if cell is None or is_not_there(cell.text) else cell.text

"""One KPI as its page shows it: a sheet of months, and what is known of a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui.kpi_lines import NOTHING, mark_of, number
from tui.widgets.grid import Sheet, Square

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.kpi import KpiResult
    from audit.kpi_values import Figure, Recorded
    from audit.state import AuditState
    from checklists.model import Checklist, Kpi
    from checklists.text import Lang

    Paragraph = tuple[Text, Text, str]

PLAN, LAST_YEAR, WHOLE = "plan", "last_year", ""
"""What stands below the months: series of figures that have none."""
_REFERENCES = {
    PLAN: Text("计划值", "Plan"),
    LAST_YEAR: Text("去年同期", "Last year"),
    WHOLE: Text("直接取值", "As a whole"),
}
_OPTIONS = {PLAN: "plan", LAST_YEAR: "last-year"}
_SIGNS = {"stated": Text("", ""), "seen": Text(" 看", " s"), "recomputed": Text(" 复", " r")}
_NOT_AVAILABLE = Text("无", "NA")
_CORNER = Text("月份", "Month")
_FORMULA, _FIELDS = Text("口径  ", "Formula  "), Text("系统字段  ", "Fields  ")
_ITEMS, _BOUND = Text("检查项  ", "Items  "), Text("{id}（由此评分） {text}", "{id} (answered by it) {text}")
_READ = Text("{id} {text}", "{id} {text}")
_FOUND, _OWN = Text("此格  ", "Here  "), Text("复算：", "own: ")
_SIDE_BY_SIDE = Text("并存，请重新录入：{values}", "side by side, type the right one: {values}")
_ONE = Text("{value}（{person}）", "{value} ({person})")
_VALUE = Text("取用值  ", "Value  ")
_USED = Text("{value}  {mark} {status}{differs}", "{value}  {mark} {status}{differs}")
_DIFFERS = Text("；与经销商提供的 {stated} 不符", "; differs from the {stated} stated")
_LEVELS = Text("级别  ", "Levels  ")
_LEVEL = Text("合格 {passing}  目标 {target}", "pass {passing}  target {target}")
_OF_PLAN = {
    "plan": Text("计划的 {share} %", "{share} % of plan"),
    "last_year": Text("去年的 {share} %", "{share} % of last year"),
}
_WATCHED = Text("只观察", "only watched")
_NOT_WANTED = Text("这个月不收", "this month is not asked for")
_EMPTY = Text("未收集", "not recorded")


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell: a month of a series, or a figure that has no month."""

    series: str
    month: str = ""

    @property
    def period(self) -> str | None:
        """How the command line names it."""
        return self.month or _OPTIONS.get(self.series)

    def named(self, kpi: Kpi) -> Text:
        """What it is called."""
        if self.month:
            return Text("{name} {month}", "{name} {month}").format(name=kpi.series[self.series].name, month=self.month)
        return _REFERENCES[self.series]


def spots(result: KpiResult) -> list[list[Spot]]:
    """Return the cells, row by row: the months, oldest first, then plan, last year and the value as a whole."""
    rows = [[Spot(series, month) for series in result.kpi.series] for month in months_of(result)]
    return rows + [[Spot(name)] for name in _REFERENCES]


def months_of(result: KpiResult) -> list[str]:
    """Return all months that any of its series wants, oldest first."""
    return sorted({month for series in result.series for month in series.months})


def wanted(result: KpiResult, spot: Spot) -> bool:
    """Say whether a cell is asked for."""
    return not spot.month or any(s.id == spot.series and spot.month in s.months for s in result.series)


def figure_at(result: KpiResult, spot: Spot) -> Figure:
    """Return what is recorded in a cell."""
    from audit.kpi_values import Figure

    if spot.month:
        return next((s.months.get(spot.month, Figure()) for s in result.series if s.id == spot.series), Figure())
    return result.references[spot.series] if spot.series else result.direct


def slot_at(result: KpiResult, spot: Spot, recomputed: bool = False) -> str:
    """Return a cell's slot in the journal."""
    from audit.kpi_values import Provenance, slot_of

    by = Provenance.RECOMPUTED if recomputed else Provenance.STATED
    return slot_of(result.id, spot.series, spot.month, by)


def place_of(slot: str) -> tuple[str, Spot] | None:
    """Return the KPI and the cell that a slot of the journal stands for; None where it is none of a KPI's."""
    if not slot.startswith("kpi:"):
        return None
    kpi, *rest = slot.removeprefix("kpi:").removesuffix("/recomputed").split("/")
    return kpi, Spot(*rest[:2]) if rest else Spot(WHOLE)


def in_conflict(result: KpiResult, spot: Spot) -> list[str]:
    """Return the slots of a cell in which different figures stand side by side."""
    return [slot for each in (False, True) if (slot := slot_at(result, spot, each)) in result.conflicts]


def sheet_of(result: KpiResult, lang: Lang) -> Sheet:
    """Return a KPI's months down and its series across."""
    rows = spots(result)
    heads = tuple(series.name.of(lang) for series in result.kpi.series.values())
    labels = [row[0].month or _REFERENCES[row[0].series].of(lang) for row in rows]
    blank = Square("", "muted")
    cells = [tuple(_square(result, spot, lang) for spot in row) for row in rows]
    return Sheet(
        corner=_CORNER.of(lang),
        heads=heads,
        labels=tuple(Square(label) for label in labels),
        rows=tuple(row + (blank,) * (len(heads) - len(row)) for row in cells),
    )


def _square(result: KpiResult, spot: Spot, lang: Lang) -> Square:
    if not wanted(result, spot):
        return Square("", "muted")
    if in_conflict(result, spot):
        return Square("!", "conflict")
    used = figure_at(result, spot).used
    if used is None:
        return Square(".", "muted")
    told = _figure(used).of(lang) + _SIGNS[used.provenance].of(lang)
    return Square(told, "zero" if used.value is None else "")


def _figure(recorded: Recorded) -> Text:
    from checklists.points import plain

    return _NOT_AVAILABLE if recorded.value is None else same(plain(recorded.value))


def unit_at(kpi: Kpi, spot: Spot) -> Text:
    """Return the unit of a cell's figure."""
    return kpi.unit_of(spot.series) if spot.month else kpi.unit


def told(checklist: Checklist, state: AuditState, result: KpiResult, spot: Spot | None) -> list[Paragraph]:
    """Return what is known of a KPI, and of a cell of it."""
    lines: list[Paragraph] = []
    if spot is not None:
        lines.append((_FOUND, _told_here(state, result, spot), ""))
    lines.append((_VALUE, _told_value(checklist, result), "bold"))
    lines += [(_LEVELS, _told_levels(result), ""), (_FORMULA, result.kpi.formula, "")]
    if result.kpi.fields:
        lines.append((_FIELDS, same("  ".join(result.kpi.fields)), ""))
    items = _told_items(checklist, result.id)
    return lines + ([(_ITEMS, joined(items, zh="\n", en="\n"), "")] if items else [])


def _told_here(state: AuditState, result: KpiResult, spot: Spot) -> Text:
    from audit.kpi_values import Recorded, recorded_text

    name, unit = spot.named(result.kpi), unit_at(result.kpi, spot)
    said = []
    for recomputed in (False, True):
        slot = slot_at(result, spot, recomputed)
        found = figure_at(result, spot)
        recorded = found.recomputed if recomputed else found.stated
        if slot in result.conflicts:
            values = [
                _ONE.format(value=recorded_text(Recorded.read(entry.data)), person=entry.person)
                for entry in state.conflicts[slot]
            ]
            said.append(_SIDE_BY_SIDE.format(values=joined(values, zh=" / ", en=" / ")))
        elif recorded is not None:
            said.append(recorded_text(recorded))
    if not said:
        said.append(_EMPTY if wanted(result, spot) else _NOT_WANTED)
    shown = Text("（{unit}）", " ({unit})").format(unit=unit) if unit.en else same("")
    facts = {"name": name, "unit": shown, "said": joined(said, zh="；", en="; ")}
    return Text("{name}{unit}：{said}", "{name}{unit}: {said}").format(**facts)


def _told_value(checklist: Checklist, result: KpiResult) -> Text:
    from audit.kpi_findings import status_text
    from checklists.points import plain

    value = same(number(result))
    if result.value is not None and result.kpi.unit.en:
        value = Text("{value} {unit}", "{value} {unit}").format(value=value, unit=result.kpi.unit)
    differs = same("")
    if result.agrees is False and result.stated is not None:
        differs = _DIFFERS.format(stated=plain(result.stated))
    return _USED.format(value=value, mark=mark_of(result)[0], status=status_text(checklist, result), differs=differs)


def _told_levels(result: KpiResult) -> Text:
    from checklists.points import plain

    if not result.kpi.levels:
        return _WATCHED
    told = []
    for level, limit in ((result.kpi.pass_level, result.limits.passing), (result.kpi.target, result.limits.target)):
        words = same(NOTHING if limit is None else plain(limit))
        if level is not None and level.of in _OF_PLAN:
            of = _OF_PLAN[level.of].format(share=plain(level.value))
            words = of if limit is None else Text("{limit}（{of}）", "{limit} ({of})").format(limit=words, of=of)
        told.append(words)
    return _LEVEL.format(passing=told[0], target=told[1])


def _told_items(checklist: Checklist, kpi: str) -> list[Text]:
    from audit.kpi import bound_kpi
    from audit.kpi_findings import asking

    items = [checklist.items[own_id] for own_id in asking(checklist, kpi)]
    return [(_BOUND if bound_kpi(checklist, item) else _READ).format(id=item.id, text=item.statement) for item in items]


def next_spot(result: KpiResult, here: tuple[int, int]) -> tuple[int, int]:
    """Return the cell below that is asked for; below the last month, the first month of the next series."""
    rows = spots(result)
    months = len(months_of(result))
    row, column = here
    if row >= months:
        return min(row + 1, len(rows) - 1), 0
    columns = len(result.kpi.series)
    path = [(r, c) for c in range(columns) for r in range(months) if wanted(result, rows[r][c])]
    later = [place for place in path if (place[1], place[0]) > (column, row)]
    return later[0] if later else (months, 0)


def first_empty(result: KpiResult) -> tuple[int, int]:
    """Return the first cell that is asked for and empty; the first of all when none is."""
    rows: Sequence[Sequence[Spot]] = spots(result)[: len(months_of(result))]
    for column in range(len(result.kpi.series)):
        for row, cells in enumerate(rows):
            if wanted(result, cells[column]) and figure_at(result, cells[column]).used is None:
                return row, column
    return 0, 0

"""The cells of a sheet of KPIs that hold figures, and which of them the audit asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.kpi_writing import wanted_months
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from audit.session import AuditSession
    from checklists.sources.tables import Cell

_FROM_TO = Text("{first} 至 {last}", "{first} to {last}")
_OUTSIDE = Text(
    "{name}：{months} 不在要求的 {first} 至 {last} 内，未取用",
    "{name}: not used, outside the months wanted ({first} to {last}): {months}",
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell and what it holds."""

    kpi: str
    series: str
    month: str
    cell: Cell

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return "/".join(part for part in (self.kpi, self.series, self.month) if part)


def asked_for(spots: list[Spot], session: AuditSession) -> tuple[set[int], list[Text]]:
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
        listed = joined(_in_rows(sorted(set(months))))
        name = f"{kpi}/{series}"
        skipped.append(_OUTSIDE.format(name=name, months=listed, first=asked[0], last=asked[-1]))
    return wanted, skipped


def _in_rows(months: list[str]) -> list[Text]:
    """Return months, those that follow one another as the first and the last of them."""
    rows: list[list[str]] = []
    for month in months:
        if not rows or _count(month) != _count(rows[-1][-1]) + 1:
            rows.append([])
        rows[-1].append(month)
    return [same(row[0]) if len(row) == 1 else _FROM_TO.format(first=row[0], last=row[-1]) for row in rows]


def _count(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number)

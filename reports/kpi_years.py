"""The years of months written without one: from their order, or from the months that are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from checklists.reading import shown
from checklists.text import Text
from reports.kpi_months import NO_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklists.sources.tables import Cell
    from reports.kpi_months import Month

_YEAR, _QUARTER = 12, 3
_UNCLEAR = Text(
    "“{written}”是哪一年，从各月的顺序看不出来：请在文件中写上年份，如 2025-12",
    '"{written}": the order of the months does not say which year is meant; write the year into the file, as in '
    "2025-12",
)
_TO_COME = Text(
    "“{written}”按 --year 是 {month}，在评估之后：--year 是最后一个月的年份；请改正，或在文件中写上年份，如 2025-12",
    '"{written}" would be {month} by --year, after the audit: --year is that of the last month; correct it, or write '
    "the years into the file, as in 2025-12",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A month as a sheet names it."""

    cell: Cell
    month: Month
    used: bool = True
    """Whether figures stand with it; the months of a calendar that are still empty are of no account."""


def settle(run: Sequence[Named], year: int | None, window: Sequence[str]) -> dict[int, str | Text]:
    """Give the months of one run that have no year theirs.

    Where December meets January, forwards or backwards, a year begins; months with a year settle those beside them,
    else `year` is that of the latest.  A run that crosses no year and would lie after the audit is taken for a year
    earlier if that puts all of it into the window.  Where the order says nothing, each month is the one of that year or
    the year before that lies in the window.

    Args:
        run: the months in the sheet's order.
        year: the year of the latest of them; None where nobody said.
        window: the months that any KPI wants, such as "2026-03", oldest first; the audit is in the month after.

    Returns:
        The month ("2026-03"), or what is wrong with it, by the identity of its cell; months with a year are left out.
    """
    bare = [each for each in run if each.month.year is None]
    if not bare:
        return {}
    anchored = len(bare) < len(run)
    if year is None and not anchored:
        return {id(each.cell): NO_YEAR.format(written=shown(each.cell.text)) for each in bare}
    wanted = {_number(month) for month in window}
    along = _along(run, year)
    if along is None:
        return {id(each.cell): _alone(each, year, wanted) for each in bare}
    if not anchored:
        along = _earlier(run, along, wanted)
    found = zip(run, along, strict=True)
    return {id(each.cell): _checked(each, at, max(wanted) + 1) for each, at in found if each.month.year is None}


def _along(run: Sequence[Named], year: int | None) -> list[int] | None:
    """Return the numbers of the months as their order gives them; None where it does not."""
    numbers = [each.month.number for each in run]
    steps = [(after - before) % _YEAR for before, after in pairwise(numbers)]
    way = _way(numbers, steps)
    places = list(accumulate((way * (way * step % _YEAR) for step in steps), initial=0))
    next_to = all(way * step % _YEAR <= 1 for step in steps)
    anchors = {_of(each.month, each.month.year) - place for each, place in zip(run, places, strict=True)
               if each.month.year is not None}  # fmt: skip
    if way == 0 or len(anchors) > 1 or (max(places) - min(places) >= _YEAR and not (anchors and next_to)):
        return None
    if anchors:
        [base] = anchors
    elif year is not None:
        latest = places.index(max(places))
        base = _of(run[latest].month, year) - places[latest]
    else:
        return None
    return [base + place for place in places]


def _way(numbers: Sequence[int], steps: Sequence[int]) -> int:
    """Say how months run: 1 forwards, -1 backwards, 0 when they say neither."""
    if list(numbers) == [1, _YEAR]:
        return 0
    if all(step <= 1 for step in steps):
        return 1
    if all(-step % _YEAR <= 1 for step in steps):
        return -1
    return int(_runs(numbers)) - int(_runs(list(reversed(numbers))))


def _runs(numbers: Sequence[int]) -> bool:
    """Say whether months run forwards: within one year, or into the next by a short step."""
    steps = [((after - before) % _YEAR, after < before) for before, after in pairwise(numbers)]
    return sum(step for step, _ in steps) < _YEAR and all(step <= _QUARTER for step, crosses in steps if crosses)


def _earlier(run: Sequence[Named], along: list[int], wanted: set[int]) -> list[int]:
    """Return months a year earlier where they cross none, would lie after the audit, and fit the window so."""
    used = [at for each, at in zip(run, along, strict=True) if each.used]
    one_year = len({at // _YEAR for at in along}) == 1
    if one_year and any(at > max(wanted) + 1 for at in used) and all(at - _YEAR in wanted for at in used):
        return [at - _YEAR for at in along]
    return along


def _alone(each: Named, year: int | None, wanted: set[int]) -> str | Text:
    """Return the one month that lies in the window, by itself."""
    years = () if year is None else (year, year - 1)
    fitting = [at for at in (_of(each.month, known) for known in years) if at in wanted]
    return _written(fitting[0]) if len(fitting) == 1 else _UNCLEAR.format(written=shown(each.cell.text))


def _checked(each: Named, at: int, audit: int) -> str | Text:
    if each.used and at > audit:
        return _TO_COME.format(written=shown(each.cell.text), month=_written(at))
    return _written(at)


def _of(month: Month, year: int) -> int:
    return year * _YEAR + month.number - 1


def _number(month: str) -> int:
    return int(month[:4]) * _YEAR + int(month[5:7]) - 1


def _written(at: int) -> str:
    return f"{at // _YEAR:04d}-{at % _YEAR + 1:02d}"

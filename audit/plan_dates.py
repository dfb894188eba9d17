"""Dates as people type them into a plan: 2026-03-15, 2026.3.15, 3/15, 3月15日, 15 Mar 2026, a spreadsheet's number."""

from __future__ import annotations

import re
from datetime import date, timedelta

from checklists.reading import half_width, shown
from checklists.text import Text, UserError

_FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_SHORT_YEAR = re.compile(r"(\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_CHINESE = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_TWO = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_NAMED = re.compile(r"(\d{1,2})[\s.-]*([a-z]{3,9})\.?[\s,.-]*(\d{2}|\d{4})?")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?[\s,]*(\d{4})?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d\d(:\d\d(\.\d+)?)?$")
_WEEKDAY = re.compile(r"[(\s]*(星期|周|礼拜)[一二三四五六日天][)\s]*$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""2000-01-01 to 2099-12-31 as a spreadsheet counts."""
_MOST_MONTHS = 12


class NotADate(UserError):
    """What was typed is no date, or could be two."""


_NO_DATE = Text("“{typed}”不是日期，请写成 2026-03-15 这样", '"{typed}" is no date; type it as 2026-03-15')
_EITHER = Text(
    "“{typed}”可能是 {first} 或 {second}，请写成 2026-03-15 这样",
    '"{typed}" may be {first} or {second}; type it as 2026-03-15',
)


def read_due(typed: str, since: str, *, month_first: bool) -> str:
    """Return a date as it is stored (ISO 8601); "" where nothing was typed.

    Args:
        typed: what stands there.
        since: a date without a year is the first such day from here on; ISO 8601.
        month_first: whether 3/4 is the 4th of March for certain, as in Chinese; in English it may be either and is
            refused.

    Raises:
        NotADate: when it is none, or could be two.
    """
    word = _WEEKDAY.sub("", _TIME.sub("", half_width(typed).lower())).strip()
    if not word:
        return ""
    try:
        found = _whole(word) or _without_year(word, date.fromisoformat(since), typed, month_first=month_first)
    except ValueError:
        found = None
    if found is None:
        raise NotADate(_NO_DATE.format(typed=shown(typed)))
    return found.isoformat()


def _whole(word: str) -> date | None:
    """Return a date that names its year, whichever way; None where it is something else."""
    for pattern in (_FULL, _COMPACT):
        if parts := pattern.fullmatch(word):
            year, month, day = (int(part) for part in parts.groups())
            return date(year, month, day)
    if parts := _SHORT_YEAR.fullmatch(word):
        return date(2000 + int(parts[1]), int(parts[2]), int(parts[3]))
    if parts := _SERIAL.fullmatch(word):
        serial = int(parts[1])
        return _EPOCH + timedelta(days=serial) if _FIRST_SERIAL <= serial <= _LAST_SERIAL else None
    return None


def _without_year(word: str, since: date, typed: str, *, month_first: bool) -> date | None:
    if parts := _CHINESE.fullmatch(word):
        return _from(since, int(parts[1]), int(parts[2]))
    if parts := _NAMED.fullmatch(word):
        return _of(since, _month(parts[2]), int(parts[1]), parts[3])
    if parts := _NAMED_FIRST.fullmatch(word):
        return _of(since, _month(parts[1]), int(parts[2]), parts[3])
    if parts := _YEAR_LAST.fullmatch(word):
        year = parts[3]
    elif parts := _TWO.fullmatch(word):
        year = None
    else:
        return None
    first, second = int(parts[1]), int(parts[2])
    if first > _MOST_MONTHS:
        return _of(since, second, first, year)
    one = _of(since, first, second, year)
    if second <= _MOST_MONTHS and first != second and not month_first:
        raise NotADate(_EITHER.format(typed=shown(typed), first=one, second=_of(since, second, first, year)))
    return one


def _of(since: date, month: int, day: int, year: str | None) -> date:
    if not year:
        return _from(since, month, day)
    return date(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _from(since: date, month: int, day: int) -> date:
    """Return the first such day from `since` on; the 29th of February may take years."""
    for year in range(since.year, since.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= since:
            return found
    raise ValueError


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1

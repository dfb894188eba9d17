"""Months as people write them: in Chinese and English, as dates, with a year and without."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from checklists.reading import shown
from checklists.text import Text, UserError

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_BY_NAME = (
    {name: number for names in (_NAMES, _LONG) for number, name in enumerate(names, 1)}
    | {"sept": 9}
    | {f"{name}月": number for number, name in enumerate(_CHINESE, 1)}
)
_DAY = r"(?:\d{1,2})(?:日|号)?(?:[ t]0{1,2}:00(?::00)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:年|[-/.])\s*(\d{{1,2}})(?:月份?)?(?:(?:[-/.]\s*|\s*){_DAY})?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NUMBER_ONLY = re.compile(r"(\d{1,2})月份?|m(\d{1,2})")
_WORD = re.compile(r"([a-z]+|[一二三四五六七八九十]+月)(?:份)?\.?(?:[\s\-/,'.]*(\d{4}|\d{2}))?")
_WORD_LAST = re.compile(r"(?:(\d{4})(?:年|[\s\-/.]*)|(\d{2})(?:年|-))([a-z]+|[一二三四五六七八九十]+月)(?:份)?")
_SHORT_YEAR = re.compile(r"(\d{2})年\s*(\d{1,2})月份?")
_BARE = re.compile(r"()()(\d{1,2})")

NO_YEAR = Text(
    "“{written}”没有写年份，请用 --year 写明最后一个月的年份，如 --year 2026",
    '"{written}" has no year; give that of the last month with --year, as in --year 2026',
)
_AMBIGUOUS = Text(
    "“{written}”分不清日和月，请写成 2026-03 这样", '"{written}" may be read in two ways; write it like 2026-03'
)


class UnclearMonth(UserError):
    """A month lacks its year, or may be read in two ways."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month as written."""

    number: int
    year: int | None

    def of(self, year: int | None, written: str) -> str:
        """Return the month as "2026-03".

        Raises:
            UnclearMonth: when it has no year and none is given.
        """
        known = self.year if self.year is not None else year
        if known is None:
            raise UnclearMonth(NO_YEAR.format(written=shown(written)))
        return f"{known:04d}-{self.number:02d}"


def read_month(written: str, *, bare: bool = False) -> Month | None:
    """Read a month; None where the text is none.

    Args:
        written: the text, such as "2026-03", "2026年3月", "Mar 2026", "3月" or a date.
        bare: read plain numbers from 1 to 12 as months, too.

    Raises:
        UnclearMonth: for 03/04/2026 and the like.
    """
    word = unicodedata.normalize("NFKC", written).strip().lower()
    if found := _YEAR_FIRST.fullmatch(word) or _COMPACT.fullmatch(word):
        return _month(int(found[2]), int(found[1]))
    if found := _YEAR_LAST.fullmatch(word):
        return _month(int(found[1]), int(found[2]))
    if found := _DAY_FIRST.fullmatch(word):
        return _day_first(written, int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBER_ONLY.fullmatch(word) or (_BARE.fullmatch(word) if bare else None):
        return _month(int(found[1] or found[2] or found[3]), None)
    return _named(word)


def month_or_none(written: str) -> Month | None:
    """Read a month, plain numbers from 1 to 12, too; None also where it may be read in two ways."""
    try:
        return read_month(written, bare=True)
    except UnclearMonth:
        return None


def _named(word: str) -> Month | None:
    """Read a month by its name, or with a year of two digits."""
    if (found := _WORD.fullmatch(word)) and found[1] in _BY_NAME:
        return Month(_BY_NAME[found[1]], _year(found[2]))
    if (found := _WORD_LAST.fullmatch(word)) and found[3] in _BY_NAME:
        return Month(_BY_NAME[found[3]], _year(found[1] or found[2]))
    if found := _SHORT_YEAR.fullmatch(word):
        return _month(int(found[2]), 2000 + int(found[1]))
    return None


def _day_first(written: str, first: int, second: int, year: int) -> Month | None:
    """Read 31/03/2026 or 03/31/2026; the day is the part that cannot be a month, or both are the same."""
    if first > 12 or first == second:
        return _month(second, year)
    if second > 12:
        return _month(first, year)
    raise UnclearMonth(_AMBIGUOUS.format(written=shown(written)))


def _month(number: int, year: int | None) -> Month | None:
    return Month(number, year) if 1 <= number <= 12 else None


def _year(written: str | None) -> int | None:
    if written is None:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)

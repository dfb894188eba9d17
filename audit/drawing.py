"""Drawing records out of a whole list: whoever has the list and the seed draws the same ones again."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.reading import shown
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_RECORDS = 100_000
"""Records a list may hold."""
LONGEST_NUMBER = 60
"""Characters a record's number may have."""

_STRONG_SEPARATORS = re.compile(r"[,;、\n\t]+")
_RANGE = re.compile(r"\s*(.*?)(\d{1,15})\s*\.\.+\s*(.*?)(\d{1,15})\s*", re.ASCII)
_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE | re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


class CannotDraw(UserError):
    """There is nothing to draw from, or the list cannot be used."""


@dataclass(frozen=True, slots=True)
class Population:
    """The whole list a set is drawn from, each record once."""

    numbers: tuple[str, ...]
    """Sorted, so that the order of the list does not matter."""
    duplicates: int
    """Entries left out because the same number was there already."""
    source: str
    """Where the list came from, as it is told: a file and its column, a range."""

    @property
    def digest(self) -> str:
        """SHA-256 of the whole list: proves later that a list is the same one."""
        return hashlib.sha256("\n".join(n.casefold() for n in self.numbers).encode()).hexdigest()

    def draw(self, size: int, seed: str) -> tuple[str, ...]:
        """Return `size` records (all of them where there are fewer), in the order in which they were drawn.

        Those with the lowest SHA-256 of seed and number: neither the list's order nor a version of Python plays a part.
        """
        return tuple(sorted(self.numbers, key=lambda number: (_lot(seed, number), number))[:size])


def new_seed() -> str:
    """Return a seed that nobody chose."""
    return secrets.token_hex(4)


def tidy(number: str) -> str:
    """Return a record's number in one spelling: half-width, single blanks.

    Raises:
        CannotDraw: when it is too long or a spreadsheet has rounded it.
    """
    tidied = " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFKC", number)).split())
    if len(tidied) > LONGEST_NUMBER:
        raise CannotDraw(
            Text(
                "“{number}”不像记录编号：超过 {most} 个字符",
                '"{number}" is no record number: it has more than {most} characters',
            ).format(number=shown(tidied), most=LONGEST_NUMBER)
        )
    if _ROUNDED.fullmatch(tidied):
        raise CannotDraw(
            Text(
                "“{number}”被 Excel 改成了科学计数，末位数字已丢失：请把该列设为文本后重新导出",
                'Excel has turned this number into "{number}" and lost digits: export the column again as text',
            ).format(number=tidied)
        )
    return tidied


def population(numbers: Iterable[str], source: str) -> Population:
    """Return a list with blank lines left out and duplicates (in any case of letters) counted once.

    Raises:
        CannotDraw: when nothing is left, or there is more than a list of a dealership can hold.
    """
    spelled: dict[str, str] = {}
    entries = 0
    for number in filter(None, map(tidy, numbers)):
        entries += 1
        key = number.casefold()
        spelled[key] = min(spelled.get(key, number), number)
    if not spelled:
        raise CannotDraw(Text("清单中没有任何记录", "The list holds no record"))
    if len(spelled) > MOST_RECORDS:
        raise _too_many(len(spelled))
    return Population(tuple(sorted(spelled.values())), entries - len(spelled), source)


def pasted(text: str) -> list[str]:
    """Return the numbers of a pasted text, parted by commas, semicolons or line ends; by blanks where there is none.

    Raises:
        CannotDraw: when only some of the parts hold blanks, so that it is unclear whether blanks part numbers.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    parts = [part for part in _STRONG_SEPARATORS.split(folded) if part.strip()]
    if len(parts) <= 1:
        return " ".join(parts).split()
    blank = [" " in part.strip() for part in parts]
    if any(blank) and not all(blank):
        raise CannotDraw(
            Text(
                "“{part}”中有空格，不清楚是一个编号还是几个：请统一用逗号隔开",
                '"{part}" holds a blank: one number or several? Part all of them with commas',
            ).format(part=shown(parts[blank.index(True)].strip()))
        )
    return parts


def ranged(text: str) -> list[str]:
    """Return the numbers of a range such as 1001..1250 or RO0001..RO0250.

    Raises:
        CannotDraw: when it is no range, goes backwards, or is too long.
    """
    found = _RANGE.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None or found[3] not in {"", found[1]}:
        raise CannotDraw(
            Text(
                "“{text}”不是号段：请输入 首号..末号，如 1001..1250 或 RO0001..RO0250",
                '"{text}" is no range: type first..last, as in 1001..1250 or RO0001..RO0250',
            ).format(text=shown(text))
        )
    prefix, first, last = found[1], int(found[2]), int(found[4])
    if last < first:
        raise CannotDraw(
            Text("号段“{text}”的末号小于首号", 'The range "{text}" ends before it begins').format(text=shown(text))
        )
    if last - first >= MOST_RECORDS:
        raise _too_many(last - first + 1)
    width = len(found[2])
    return [f"{prefix}{number:0{width}}" for number in range(first, last + 1)]


def _lot(seed: str, number: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{number.casefold()}".encode()).digest()


def _too_many(count: int) -> CannotDraw:
    return CannotDraw(
        Text(
            "清单有 {count} 条记录，上限为 {most} 条", "The list has {count} records, at most {most} can be used"
        ).format(count=f"{count:,}", most=f"{MOST_RECORDS:,}")
    )

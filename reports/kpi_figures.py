"""Figures as people write them, read a series at a time: its commas and bare percentages are decided as a whole."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Literal

from checklists.points import plain
from checklists.reading import shown
from checklists.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklists.sources.tables import Cell

Percent = Literal["fraction", "points"]
"""How a bare number of a percentage is meant: 0.93, or 93."""

NOT_THERE = frozenset(
    {
        "na", "n/a", "n.a.", "n.a", "#n/a", "nd", "none", "null", "not available", "unavailable", "无", "没有",
        "无数据", "无法提供", "无法统计", "未统计", "无统计", "不详", "-", "--", "---", "–", "—", "——", "/", "\\",
    }
)  # fmt: skip
"""What people write where they have no figure."""

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_ANY_COMMA = re.compile(r"[+-]?[\d,]*,[\d,]*(?:\.\d+)?")
_WITH_POINT = re.compile(r"[+-]?\d+\.\d+")
_PLAINLY_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})(?:(?:,\d{3})+|\.\d+)(?:\.\d+)?")
_LONGEST = 15
_COUNTED = frozenset(
    {"", "台", "台次", "辆", "份", "人", "人次", "人日", "次", "户", "单", "件", "张", "场", "条", "项", "笔", "个"}
)  # fmt: skip
"""Units of whole things, before "/月" and the like: no comma sets off decimals in their figures."""
_UNCLEAR_UP_TO = Decimal("1.5")
"""A bare percentage up to here may be a fraction (efficiency passes 100 %) or a small number of percent."""
_FAR_ABOVE = Decimal(20)
"""A series with figures above this and others below the limit above mixes the two ways of writing."""

_NO_NUMBER = Text(
    "“{typed}”不是数值；没有数据请写“无”，没收集请留空",
    '"{typed}" is no number; write NA where there is none, nothing where it was not collected',
)
_DATE = Text(
    "“{typed}”被 Excel 变成了日期，请把单元格改为数值再输入",
    'Excel turned this into a date ("{typed}"); format the cell as a number and type it again',
)
UNCLEAR_COMMA = Text(
    "“{typed}”的逗号可能是千分位也可能是小数点，请去掉逗号，或改用小数点",
    'The comma in "{typed}" may part thousands or decimals; leave it out or write a point',
)
_TOO_LONG = Text("“{typed}”位数太多，请检查", '"{typed}" has too many digits; check it')
_ASK = Text(
    "“{typed}”可能是小数（0.93 即 93 %），也可能就是百分数；请写上 %，或用 --percent fraction、--percent points 说明",
    '"{typed}" may be a fraction (0.93 for 93 %) or a number of percent: say which with --percent fraction or '
    "--percent points, or write %",
)
_MIXED = Text(
    "“{typed}”与同一序列的其他数写法不一致（有的像小数，有的像百分数）；请统一写法或写上 %",
    '"{typed}" is written unlike the others of its series (fractions beside percents); write all alike, or with %',
)
_NO_FRACTION = Text(
    "“{typed}”不会是百分比的小数（--percent fraction），请检查",
    '"{typed}" is no fraction (--percent fraction); check it',
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a cell says."""

    cell: Cell
    value: Decimal | None = None
    """None: not available, or a problem."""
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class _Raw:
    cell: Cell
    word: str
    marked: bool
    """Whether it carries a percent sign."""
    times: int


def is_not_there(text: str) -> bool:
    """Say whether somebody wrote that there is no figure."""
    return unicodedata.normalize("NFKC", text).strip().lower() in NOT_THERE


def read_figures(cells: Sequence[Cell], unit: Text, percent: Percent | None = None) -> list[Read]:
    """Read the figures of one series; empty cells must have been left out.

    A comma parts thousands or sets off decimals: decimals only where several figures of the series have it so, none
    has it otherwise, and the unit is not one of whole things.  Where commas are at odds, those are told that cannot
    part thousands.

    Args:
        cells: its cells.
        unit: its unit, which may stand behind a figure.
        percent: how bare numbers of a percentage are meant; None: as the series shows, or it is asked for.
    """
    raw = [_raw(cell, unit) for cell in cells if not is_not_there(cell.text)]
    thousands, decimal_commas = _shows_thousands(raw, unit), _shows_decimal_commas(raw, unit)
    read = {id(r.cell): _number(r, thousands=thousands, decimal_commas=decimal_commas) for r in raw}
    if unit.en == "%":
        _settle_percent(raw, read, percent)
    return [read.get(id(cell), Read(cell)) for cell in cells]


def _raw(cell: Cell, unit: Text) -> _Raw:
    word = re.sub(r"(?<=\d)\s+(?=\d{3}(?!\d))", "", unicodedata.normalize("NFKC", cell.text).strip().lower())
    word = word.lstrip("¥$").strip()
    marked = word.endswith("%")
    for name in sorted({unit.zh, unit.en, unit.zh.partition("/")[0]}, key=len, reverse=True):
        ending = unicodedata.normalize("NFKC", name).lower()
        if ending and word.endswith(ending):
            word = word.removesuffix(ending).rstrip()
            break
    word = word.removesuffix("%").rstrip()
    times = 1
    if word.endswith("万"):
        word, times = word.removesuffix("万").rstrip(), 1 if "万" in unit.zh else 10_000
    return _Raw(cell, word, marked, times)


def _whole_things(unit: Text) -> bool:
    return unicodedata.normalize("NFKC", unit.zh).partition("/")[0] in _COUNTED


def _shows_thousands(raw: list[_Raw], unit: Text) -> bool:
    """Say whether commas part thousands here.

    They do among whole things; where one figure alone leaves no doubt, or several have them alike; and beside a comma
    that can part nothing, which is told instead.
    """
    if _whole_things(unit) or any(_PLAINLY_THOUSANDS.fullmatch(r.word) for r in raw):
        return True
    if any("," in r.word and not _THOUSANDS.fullmatch(r.word) for r in raw):
        return True
    parted = sum(bool(_THOUSANDS.fullmatch(r.word)) for r in raw)
    whole = sum(r.word.isdecimal() and len(r.word) == 3 for r in raw)
    return parted >= 2 or (parted == 1 and whole >= 1)


def _shows_decimal_commas(raw: list[_Raw], unit: Text) -> bool:
    """Say whether commas stand for decimal points here: in several figures, none of which could have thousands."""
    commas = [r.word for r in raw if "," in r.word]
    alike = all(_DECIMAL_COMMA.fullmatch(word) and not _THOUSANDS.fullmatch(word) for word in commas)
    points = any(_WITH_POINT.fullmatch(r.word) for r in raw)
    return not _whole_things(unit) and len(commas) >= 2 and alike and not points


def _number(raw: _Raw, *, thousands: bool, decimal_commas: bool) -> Read:
    word, cell = raw.word, raw.cell
    if cell.is_date:
        return Read(cell, problem=_DATE.format(typed=shown(cell.text)))
    if _THOUSANDS.fullmatch(word):
        if not thousands:
            return Read(cell, problem=UNCLEAR_COMMA.format(typed=shown(cell.text)))
        word = word.replace(",", "")
    elif decimal_commas and _DECIMAL_COMMA.fullmatch(word):
        word = word.replace(",", ".")
    elif _ANY_COMMA.fullmatch(word):
        return Read(cell, problem=UNCLEAR_COMMA.format(typed=shown(cell.text)))
    if not _NUMBER.fullmatch(word):
        return Read(cell, problem=_NO_NUMBER.format(typed=shown(cell.text)))
    if len(word.partition(".")[0]) > _LONGEST:
        return Read(cell, problem=_TOO_LONG.format(typed=shown(cell.text)))
    # Spreadsheets keep so many digits; more are the dust of their arithmetic (0.40299999999999997).
    value = Decimal(word).normalize(Context(prec=_LONGEST))
    return Read(cell, Decimal(plain(value * raw.times)))


def _settle_percent(raw: list[_Raw], read: dict[int, Read], percent: Percent | None) -> None:
    """Decide for the whole series what its bare numbers mean."""
    bare = [(id(r.cell), value) for r in raw if not r.marked and (value := read[id(r.cell)].value)]
    small = [(key, value) for key, value in bare if abs(value) <= _UNCLEAR_UP_TO]
    mixed = any(abs(value) > _FAR_ABOVE for _, value in bare)
    for key, value in bare if percent == "fraction" else small if percent is None else ():
        cell = read[key].cell
        if percent == "fraction":
            fits = abs(value) <= _FAR_ABOVE / 2
            done = Read(cell, Decimal(plain(value * 100)))
            read[key] = done if fits else Read(cell, problem=_NO_FRACTION.format(typed=shown(cell.text)))
        elif mixed or len(small) == len(bare):
            read[key] = Read(cell, problem=(_MIXED if mixed else _ASK).format(typed=shown(cell.text)))


def as_written(value: Decimal | None) -> Text:
    """Return a value as a preview shows it."""
    return Text("无法提供", "not available") if value is None else same(plain(value))

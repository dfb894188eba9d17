"""Formulas of the form: the points of what is typed, as the item's own rule would give them.

A formula looks at a hidden cell with the tidied answer.  Where it cannot follow what is typed (a count of faults, a
level of two digits) it says so with `UNKNOWN`; the tool computes that answer when the form is read.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from audit.answers import CAUSES, state_words
from audit.state import ItemState
from checklists.points import plain, round_points
from checklists.reading import folded, yes_no_words
from checklists.rules import Deduct, Levels, Measure, Sample, YesNo
from checklists.scales import Bands, Flanks, Line, Steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from checklists.model import BonusItem, Item, NoDataCause
    from checklists.scales import Scale

UNKNOWN, LEFT, READ, WANTING = "?", "–", "√", "!"
"""Not to be followed; leaves the possible points; read; read, but its reason is missing."""

_WIDE = "０１２３４５６７８９．／％－"
_NARROW = "0123456789./%-"
_LEAVING = (ItemState.NOT_APPLICABLE, ItemState.NO_CASE, ItemState.NOT_ASSESSED)
_STATES = (*_LEAVING, ItemState.NO_DATA)
_MOST_DIGIT = 9


def tidied(answer: str, rule: object) -> str:
    """Return the formula of an answer in one spelling: small letters, half-width figures, without what does not count.

    Args:
        answer: the cell it is typed into.
        rule: the item's rule.
    """
    text = f'LOWER(TRIM({answer}&""))'
    for old, new in _swaps(rule):
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return f"TRIM({text})"


def tidy(answer: str, rule: object) -> str:
    """Return what `tidied` computes, for the value stored beside the formula."""
    text = " ".join(part for part in answer.lower().split(" ") if part)
    for old, new in _swaps(rule):
        text = text.replace(old, new)
    return " ".join(part for part in text.split(" ") if part)


def _swaps(rule: object) -> list[tuple[str, str]]:
    swaps = list(zip(_WIDE, _NARROW, strict=True))
    if isinstance(rule, Levels):
        swaps += [(mark, " ") for mark in ",;、"]
    elif isinstance(rule, Sample):
        swaps += [(" of ", "/"), (" /", "/"), ("/ ", "/")]
    elif isinstance(rule, Measure):
        units = sorted({folded(rule.unit.zh), folded(rule.unit.en)}, key=len, reverse=True)
        swaps += [(unit, "") for unit in units if unit] + [(" /", "/"), ("/ ", "/")]
    return swaps


def possible(item: Item, text: str, reason: str, leaving: Sequence[NoDataCause]) -> str:
    """Return the points the item can give: none where the answer takes it out.

    Args:
        item: the item.
        text: cell of the tidied answer.
        reason: cell of the reason.
        leaving: causes of no data that count as not applicable.
    """
    leaves = [_is_one(text, _words(_LEAVING))]
    if leaving:
        names = {name for cause in leaving for name in (cause, folded(CAUSES[cause].zh), folded(CAUSES[cause].en))}
        no_data = _is_one(text, state_words(ItemState.NO_DATA))
        leaves.append(f"AND({no_data},{_is_one(f'LOWER(TRIM({reason}))', sorted(names))})")
    return f"IF(OR({','.join(leaves)}),0,{plain(item.points)})"


def earned(item: Item | BonusItem, text: str, known: tuple[str, Decimal] | None) -> str:
    """Return the points of the tidied answer; empty while there is none.

    Args:
        item: the item.
        text: cell of the tidied answer.
        known: the answer that stands, as its cell shows it, and its points.
    """
    by_rule = f'IFERROR({_by_rule(item, text)},"{UNKNOWN}")'
    if known is not None and len(known[0]) < 200:
        by_rule = f'IF({text}="{known[0].lower().replace(chr(34), chr(34) * 2)}",{plain(known[1])},{by_rule})'
    no_data = f"IF({_is_one(text, state_words(ItemState.NO_DATA))},0,{by_rule})"
    return f'IF({text}="","",IF({_is_one(text, _words(_LEAVING))},"{LEFT}",{no_data}))'


def checked(text: str, points: str, reason: str, maximum: Decimal) -> str:
    """Return the sign of an answer: read, read without its reason, not to be followed, or nothing yet."""
    lost = f"OR(ISTEXT({points}),{points}<{plain(maximum)})"
    read = f'IF(AND(TRIM({reason}&"")="",{lost}),"{WANTING}","{READ}")'
    return f'IF({text}="","",IF({points}="{UNKNOWN}","{UNKNOWN}",{read}))'


def _by_rule(item: Item | BonusItem, text: str) -> str:
    rule, maximum = item.rule, item.points
    if isinstance(rule, YesNo):
        yes, no = yes_no_words()
        return f'IF({_is_one(text, yes)},{plain(maximum)},IF({_is_one(text, no)},0,"{UNKNOWN}"))'
    if isinstance(rule, Levels):
        return _levels(rule, maximum, text)
    if isinstance(rule, Sample):
        return _sample(rule, maximum, text)
    if isinstance(rule, Measure):
        return _measure(rule, maximum, text)
    none = plain(maximum) if isinstance(rule, Deduct) else "0"
    return f'IF({_is_one(text, ("0", "none", "无"))},{none},"{UNKNOWN}")'


def _levels(rule: Levels, maximum: Decimal, text: str) -> str:
    """Count each level's digit among single digits parted by blanks."""
    if rule.top > _MOST_DIGIT:
        return f'"{UNKNOWN}"'
    whole = _common([share.denominator for share in rule.shares])
    times = [f'(LEN({text})-LEN(SUBSTITUTE({text},"{level}","")))' for level in range(rule.top + 1)]
    worth = "+".join(f"{int(share * whole)}*{count}" for share, count in zip(rule.shares, times, strict=True) if share)
    length = f'LEN(SUBSTITUTE({text}," ",""))'
    sound = f"AND({length}={'+'.join(times)},LEN({text})-{length}+1={length})"
    return f'IF({sound},{_rounded(f"{plain(maximum)}*({worth})/({whole}*{length})")},"{UNKNOWN}")'


def _sample(rule: Sample, maximum: Decimal, text: str) -> str:
    conforming, checked_ = _parts(text)
    sound = f"AND({_figures(text, 0)}=LEN({text})-1,{checked_}>0,{conforming}<={checked_})"
    if rule.all_or_nothing:
        worth = f"IF({conforming}={checked_},{plain(maximum)},0)"
    else:
        low = Fraction(0) if rule.zero_at is None else rule.zero_at
        span = (Fraction(1) if rule.full_at is None else rule.full_at) - low
        above = f"({conforming}*{low.denominator}-{checked_}*{low.numerator})*{span.denominator}"
        below = f"({checked_}*{low.denominator}*{span.numerator})"
        worth = _limited(f"{plain(maximum)}*{above}/{below}", maximum)
    return f'IF({sound},{worth},"{UNKNOWN}")'


def _measure(rule: Measure, maximum: Decimal, text: str) -> str:
    if rule.of_plan:
        actual, plan = _parts(text)
        worth = _scaled(rule.scale, maximum, f"ROUND({actual}*100/{plan},8)")
        return f'IF(AND({_figures(text, 2)}=LEN({text})-1,{plan}>0),{worth},"{UNKNOWN}")'
    value = f"VALUE({text})"
    sound = f"{_figures(text, 1)}=LEN({text})"
    if isinstance(rule.scale, Line) and rule.unit.en == "%" and max(rule.scale.zero_at, rule.scale.full_at) < 100:
        sound = f"AND({sound},{value}<=100)"
    return f'IF({sound},{_scaled(rule.scale, maximum, value)},"{UNKNOWN}")'


def _scaled(scale: Scale, maximum: Decimal, value: str) -> str:
    if isinstance(scale, Line):
        return _line(scale, maximum, value)
    if isinstance(scale, Flanks):
        rising = Line(zero_at=scale.zero_below, full_at=scale.full_from)
        falling = Line(zero_at=scale.zero_above, full_at=scale.full_to)
        return f"MIN({_line(rising, maximum, value)},{_line(falling, maximum, value)})"
    if isinstance(scale, Bands):
        return _bands(scale, maximum, value)
    return _steps(scale, maximum, value)


def _line(scale: Line, maximum: Decimal, value: str) -> str:
    run = scale.full_at - scale.zero_at
    return _limited(f"{plain(maximum)}*({value}-({plain(scale.zero_at)}))/({plain(run)})", maximum)


def _steps(scale: Steps, maximum: Decimal, value: str) -> str:
    upward = (scale.give is not None) == (scale.better == "higher")
    distance = f"({value}-({plain(scale.start)}))" if upward else f"({plain(scale.start)}-{value})"
    steps = f"ROUND({distance}/{plain(scale.per)},8)"
    if scale.count != "proportional":
        steps = f"INT({steps})" if scale.count == "whole" else f"ROUNDUP({steps},0)"
    steps = f"MAX(0,{steps})"
    if scale.give is not None:
        return _limited(f"{steps}*{plain(scale.give)}", maximum)
    return _limited(f"{plain(maximum)}-{steps}*{plain(scale.take or maximum)}", maximum)


def _bands(scale: Bands, maximum: Decimal, value: str) -> str:
    """Look the value up among the bands' lower ends."""
    ordered = sorted(scale.bands, key=lambda band: (band.lower is not None, band.lower or 0))
    lowest = ["-1E+300" if band.lower is None else plain(band.lower) for band in ordered]
    worth = [
        plain(round_points(max(Fraction(0), min(Fraction(maximum), _worth(band.take, band.give, maximum)))))
        for band in ordered
    ]
    return f"LOOKUP({value},{{{';'.join(lowest)}}},{{{';'.join(worth)}}})"


def _worth(take: Decimal | None, give: Decimal | None, maximum: Decimal) -> Fraction:
    return Fraction(maximum) - Fraction(take) if take is not None else Fraction(give or 0)


def _limited(points: str, maximum: Decimal) -> str:
    return f"MAX(0,MIN({plain(maximum)},{_rounded(points)}))"


def _rounded(points: str) -> str:
    return f"ROUND(ROUND({points},8),2)"


def _parts(text: str) -> tuple[str, str]:
    """Return the two numbers around a stroke."""
    stroke = f'FIND("/",{text})'
    return f"VALUE(LEFT({text},{stroke}-1))", f"VALUE(MID({text},{stroke}+1,15))"


def _figures(text: str, points: int) -> str:
    """Return how many characters of a text belong to its numbers: digits, and so many decimal points at most."""
    digits = f'SUMPRODUCT(LEN({text})-LEN(SUBSTITUTE({text},{{"0";"1";"2";"3";"4";"5";"6";"7";"8";"9"}},"")))'
    return f'({digits}+MIN({points},LEN({text})-LEN(SUBSTITUTE({text},".",""))))' if points else digits


def _is_one(text: str, words: Iterable[str]) -> str:
    listed = ";".join(f'"{word}"' for word in words)
    return f"(SUMPRODUCT(({text}={{{listed}}})*1)>0)"


def _words(states: Iterable[ItemState]) -> list[str]:
    return [word for state in states for word in state_words(state)]


def _common(numbers: Iterable[int]) -> int:
    from math import lcm

    return lcm(*numbers)

"""Reading what people type: full-width digits, Chinese words, percent signs, commas.

Everything typed goes through `folded` first, so that the rules compare one spelling only.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from checklists.text import Text, UserError, same

_YES = frozenset({"y", "yes", "是", "1", "true", "√", "✓"})
_NO = frozenset({"n", "no", "否", "0", "false", "×", "✗"})
_WIDE = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_LONGEST_NUMBER = 15
"""Digits a typed number may have; more is a slip of the keyboard, and points must stay printable."""


class UnreadableAnswer(UserError):
    """What was typed is no answer to the item's rule; the text says what the rule reads."""


def folded(typed: str) -> str:
    """Return `typed` with full-width forms made half-width, outer blanks removed, and lower case."""
    return half_width(typed).lower()


def half_width(typed: str) -> str:
    """Return `typed` composed, with full-width letters, digits and signs made half-width, without outer blanks.

    Nothing else is replaced: a superscript two must not become a digit of the number before it.
    """
    return unicodedata.normalize("NFC", typed).translate(_WIDE).strip()


def read_yes_no(typed: str) -> bool:
    """Read y, n, 是, 否, 1, 0 and their usual relatives.

    Raises:
        UnreadableAnswer: for anything else.
    """
    word = folded(typed)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise UnreadableAnswer(
        Text("“{typed}”不是“是”或“否”：请输入 y 或 n", '"{typed}" is neither yes nor no: type y or n').format(
            typed=shown(typed)
        )
    )


def yes_no_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is read as yes and what as no, in small letters."""
    return tuple(sorted(_YES)), tuple(sorted(_NO))


def read_number(typed: str, unit: Text | None = None) -> Decimal:
    """Read one number, with or without its unit.

    A comma is read as a decimal comma unless exactly three digits follow: "1,234" may be 1234 or 1.234 and is refused.

    Raises:
        UnreadableAnswer: when it is no number, is ambiguous, or carries another unit.
    """
    word = _without_unit(folded(typed), unit)
    if _THOUSANDS.search(word):
        raise UnreadableAnswer(
            Text(
                "“{typed}”有歧义：逗号可能是千分位也可能是小数点，请去掉逗号或改用小数点",
                '"{typed}" is ambiguous: the comma may part thousands or decimals; leave it out or type a point',
            ).format(typed=shown(typed))
        )
    if word.count(",") == 1 and "." not in word:
        word = word.replace(",", ".")
    if not _NUMBER.fullmatch(word):
        raise UnreadableAnswer(
            Text(
                "“{typed}”不是一个{unit}数值，例如 93 或 92.5",
                '"{typed}" is no number{unit}, such as 93 or 92.5',
            ).format(typed=shown(typed), unit=_unit_words(unit))
        )
    if len(word) > _LONGEST_NUMBER:
        raise UnreadableAnswer(
            Text("“{typed}”位数太多，请检查", '"{typed}" has too many digits; check it').format(typed=shown(typed))
        )
    return Decimal(word)


def read_count(typed: str) -> int:
    """Read a whole number of zero or more.

    Raises:
        UnreadableAnswer: for anything else.
    """
    number = read_number(typed)
    if number < 0 or number != number.to_integral_value():
        raise UnreadableAnswer(
            Text("“{typed}”不是 0 或正整数", '"{typed}" is no whole number of zero or more').format(typed=shown(typed))
        )
    return int(number)


def shown(typed: str, most: int = 40) -> str:
    """Return what was typed, cut to `most` characters, for use inside an error sentence."""
    line = " ".join(typed.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _without_unit(word: str, unit: Text | None) -> str:
    if unit is None:
        return word
    for spelling in sorted({unit.zh, unit.en}, key=len, reverse=True):
        stripped = word.removesuffix(folded(spelling))
        if spelling and stripped != word:
            return stripped.rstrip()
    return word


def _unit_words(unit: Text | None) -> Text:
    if unit is None:
        return same("")
    return Text("（{unit}）", " ({unit})").format(unit=unit)

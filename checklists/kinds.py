"""Kinds of values an author writes, each read from plain strings into what the model takes.

A kind is a function of (tree, path, raw value) that returns the value, or `ABSENT` after reporting what is wrong with
it; so that one look at a checklist finds everything.  Ranges and patterns are the model's own affair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from checklists.hints import hint_at, nearest
from checklists.issues import LIST, MAPPING, SINGLE, IssueCode
from checklists.reading import folded, shown
from checklists.sources.folder import Tree
from checklists.sources.yaml_source import NodePath, Raw
from checklists.text import LANGS, Text, joined, same

ABSENT: Final = object()
"""Stands for a value that could not be read and has been reported."""

Kind = Callable[[Tree, NodePath, Raw], Any]

_NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,9})?", re.ASCII)
_QUOTIENT = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})", re.ASCII)
_PARAMETER = re.compile(r"\{([^{}]*)\}")
_LANGUAGE = {"zh": Text("中文（zh）", "Chinese (zh)"), "en": Text("英文（en）", "English (en)")}


@dataclass(frozen=True, slots=True)
class PassMark:
    """A pass mark as written: a rate, or points of the level it stands on."""

    rate: Fraction | None
    points: Decimal | None
    written: str

    def rate_of(self, points: Decimal) -> Fraction:
        """Return the share of `points` that is needed."""
        if self.points is not None:
            return Fraction(self.points) / Fraction(points)
        return self.rate or Fraction(0)


def label(path: NodePath) -> str:
    """Return how a sentence calls a node: its key, for an entry of a list "key 2"."""
    last = path[-1] if path else ""
    return f"{path[-2]} {last + 1}" if isinstance(last, int) and len(path) > 1 else str(last)


def word(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read a single value that is not empty."""
    if not isinstance(raw, str):
        tree.report(IssueCode.WRONG_SHAPE, path, key=label(path), expected=SINGLE)
        return ABSENT
    value = raw.strip()
    if not value:
        tree.report(IssueCode.EMPTY_VALUE, path, key=label(path))
        return ABSENT
    return value


def number(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read a decimal number; a Decimal."""
    value = word(tree, path, raw)
    if value is ABSENT:
        return ABSENT
    if not _NUMBER.fullmatch(folded(value)):
        tree.report(IssueCode.NOT_A_NUMBER, path, key=label(path), value=shown(value))
        return ABSENT
    return Decimal(folded(value))


def whole(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read a whole number; an int."""
    value = number(tree, path, raw)
    if value is ABSENT:
        return ABSENT
    if value != value.to_integral_value():
        expected = Text("整数", "a whole number")
        tree.report(IssueCode.WRONG_SHAPE, path, key=label(path), expected=expected)
        return ABSENT
    return int(value)


def bounded(low: int, high: int) -> Kind:
    """Read a whole number from `low` to `high`, where more would be a slip that costs gigabytes."""

    def read(tree: Tree, path: NodePath, raw: Raw) -> Any:
        value = whole(tree, path, raw)
        if value is ABSENT or low <= value <= high:
            return value
        limits = Text("为 {low} 至 {high}", "from {low} to {high}").format(low=low, high=high)
        tree.report(IssueCode.OUT_OF_RANGE, path, key=label(path), value=value, range=limits)
        return ABSENT

    return read


def share(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read "70 %", 0.7 or 7/10; a Fraction from 0 to 1."""
    value = word(tree, path, raw)
    if value is ABSENT:
        return ABSENT
    found = _fraction(folded(value))
    if found is None or not 0 <= found <= 1:
        tree.report(IssueCode.NOT_A_SHARE, path, key=label(path), value=shown(value))
        return ABSENT
    return found


def _fraction(typed: str) -> Fraction | None:
    quotient = _QUOTIENT.fullmatch(typed)
    if quotient is not None:
        upper, lower = int(quotient[1]), int(quotient[2])
        return Fraction(upper, lower) if lower else None
    bare = typed.removesuffix("%").strip()
    if not _NUMBER.fullmatch(bare):
        return None
    return Fraction(bare) / 100 if typed.endswith("%") else Fraction(bare)


def pass_mark(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read "70 %" (a rate) or 231 (points); a PassMark."""
    value = word(tree, path, raw)
    if value is ABSENT:
        return ABSENT
    typed = folded(value)
    bare = typed.removesuffix("%").strip()
    if not _NUMBER.fullmatch(bare) or Decimal(bare) < 0:
        tree.report(IssueCode.NOT_A_PASS_MARK, path, value=shown(value))
        return ABSENT
    if typed.endswith("%"):
        return PassMark(Fraction(bare) / 100, None, f"{bare} %")
    return PassMark(None, Decimal(bare), bare)


def flag(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read true or false."""
    value = word(tree, path, raw)
    if value is ABSENT:
        return ABSENT
    if value.lower() not in {"true", "false"}:
        tree.report(IssueCode.NOT_A_FLAG, path, key=label(path), value=shown(value))
        return ABSENT
    return value.lower() == "true"


def choice(*options: str, code: IssueCode = IssueCode.UNKNOWN_CHOICE) -> Kind:
    """Read one of some fixed words."""

    def read(tree: Tree, path: NodePath, raw: Raw) -> Any:
        value = word(tree, path, raw)
        if value is ABSENT or value in options:
            return value
        tree.report(code, path, key=label(path), value=shown(value), hint=hint_at(value, options))
        return ABSENT

    return read


def either(first: str, other: Kind) -> Kind:
    """Read one fixed word, or another kind."""

    def read(tree: Tree, path: NodePath, raw: Raw) -> Any:
        return first if raw == first else other(tree, path, raw)

    return read


def text(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read a text in both languages, with the checklist's parameters filled in."""
    if not isinstance(raw, dict):
        expected = Text("{zh: 中文, en: 英文}", "{zh: Chinese, en: English}")
        tree.report(IssueCode.WRONG_SHAPE, path, key=label(path), expected=expected)
        return ABSENT
    _unknown_keys(tree, path, raw, LANGS)
    value = {}
    for lang in LANGS:
        one = raw.get(lang, "")
        if isinstance(one, str) and one.strip():
            value[lang] = _filled(tree, (*path, lang), one.strip())
        else:
            tree.report(IssueCode.MISSING_LANGUAGE, (*path, lang), key=label(path), language=_LANGUAGE[lang])
    return value if len(value) == len(LANGS) else ABSENT


def text_or_symbol(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read a text, or one string that reads the same in both languages, such as "%"."""
    return word(tree, path, raw) if isinstance(raw, str) else text(tree, path, raw)


def _filled(tree: Tree, path: NodePath, written: str) -> str:
    if "{" not in written:
        return written
    known = tree.data.get("parameters")
    parameters = known if isinstance(known, dict) else {}

    def fill(match: re.Match[str]) -> str:
        name = match[1].strip()
        parameter = parameters.get(name)
        if parameter is None:
            hint = hint_at(name, parameters)
            tree.report(IssueCode.UNKNOWN_PARAMETER, path, name=shown(name), hint=hint)
        value = parameter.get("value") if isinstance(parameter, dict) else None
        return value.strip() if isinstance(value, str) else match[0]

    return _PARAMETER.sub(fill, written)


def listed(kind: Kind) -> Kind:
    """Read a list; entries that could not be read are `ABSENT`, so that the others keep their places."""

    def read(tree: Tree, path: NodePath, raw: Raw) -> Any:
        if not isinstance(raw, list):
            if raw == "":
                tree.report(IssueCode.EMPTY_VALUE, path, key=label(path))
            else:
                tree.report(IssueCode.WRONG_SHAPE, path, key=label(path), expected=LIST)
            return ABSENT
        return [
            ABSENT if (*path, index) in tree.unread else kind(tree, (*path, index), entry)
            for index, entry in enumerate(raw)
        ]

    return read


def keyed(kind: Kind) -> Kind:
    """Read a mapping of ids to values of one kind."""

    def read(tree: Tree, path: NodePath, raw: Raw) -> Any:
        if path in tree.unread:
            return ABSENT
        if not isinstance(raw, dict):
            tree.report(IssueCode.WRONG_SHAPE, path, key=label(path), expected=MAPPING)
            return ABSENT
        return {key: kind(tree, (*path, key), value) for key, value in raw.items()}

    return read


def shape(
    required: Mapping[str, Kind],
    optional: Mapping[str, Kind] | None = None,
    one_of: tuple[str, ...] = (),
    *,
    none_allowed: bool = False,
) -> Kind:
    """Read a mapping with these keys.

    Args:
        required: the keys there must be.
        optional: the keys there may be.
        one_of: keys of `optional` that exclude each other.
        none_allowed: whether none of `one_of` may be given.
    """
    kinds = {**required, **(optional or {})}

    def read(tree: Tree, path: NodePath, raw: Raw) -> Any:
        if not isinstance(raw, dict):
            tree.report(IssueCode.WRONG_SHAPE, path, key=label(path), expected=MAPPING)
            return ABSENT
        misspelt = _unknown_keys(tree, path, raw, kinds)
        for key in required:
            if key not in raw and key not in misspelt:
                tree.report(IssueCode.MISSING_KEY, (*path, key), key=key)
        given = [key for key in one_of if key in raw]
        if len(given) > 1 or (one_of and not given and not none_allowed and not misspelt.intersection(one_of)):
            code = IssueCode.AT_MOST_ONE if none_allowed else IssueCode.EXACTLY_ONE
            tree.report(code, path, keys=joined([same(key) for key in one_of]))
        read_values = {key: kind(tree, (*path, key), raw[key]) for key, kind in kinds.items() if key in raw}
        return {key: value for key, value in read_values.items() if value is not ABSENT}

    return read


def _unknown_keys(tree: Tree, path: NodePath, raw: dict[str, Raw], known: Iterable[str]) -> set[str]:
    """Report unknown keys and return the known ones they probably stand for."""
    names = list(known)
    misspelt = set()
    for key in raw:
        if key in names:
            continue
        absent = [name for name in names if name not in raw]
        tree.report(IssueCode.UNKNOWN_KEY, (*path, key), key=shown(key), hint=hint_at(key, absent))
        close = nearest(key, absent)
        if close is not None:
            misspelt.add(close)
    return misspelt

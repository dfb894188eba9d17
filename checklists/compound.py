"""Kinds made of others: texts in two languages, lists, and mappings with known keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checklists.hints import DEFINE, DELETE, hint_at, nearest
from checklists.issues import LIST, MAPPING, IssueCode
from checklists.kinds import ABSENT, Kind, label, word
from checklists.reading import shown
from checklists.text import LANGS, Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from checklists.sources.folder import Tree
    from checklists.sources.yaml_source import NodePath, Raw

_PARAMETER = re.compile(r"\{([^{}]*)\}")
_LANGUAGE = {"zh": Text("中文（zh）", "Chinese (zh)"), "en": Text("英文（en）", "English (en)")}


def text(tree: Tree, path: NodePath, raw: Raw) -> Any:
    """Read a text in both languages, with the checklist's parameters filled in."""
    if not isinstance(raw, dict):
        expected = Text("{zh: 中文, en: 英文}", "{zh: Chinese, en: English}")
        tree.report(IssueCode.WRONG_SHAPE, path, key=label(path), expected=expected)
        return ABSENT
    unknown_keys(tree, path, raw, LANGS)
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
            hint = hint_at(name, parameters, nothing=DEFINE)
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
        misspelt = unknown_keys(tree, path, raw, kinds)
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


def unknown_keys(tree: Tree, path: NodePath, raw: dict[str, Raw], known: Iterable[str]) -> set[str]:
    """Report unknown keys and return the known ones they probably stand for."""
    names = list(known)
    misspelt = set()
    for key in raw:
        if key in names:
            continue
        absent = [name for name in names if name not in raw]
        tree.report(IssueCode.UNKNOWN_KEY, (*path, key), key=shown(key), hint=hint_at(key, absent, nothing=DELETE))
        close = nearest(key, absent)
        if close is not None:
            misspelt.add(close)
    return misspelt

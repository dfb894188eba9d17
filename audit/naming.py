"""Names that people type, looked up among those a checklist has: by id or by the name in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.hints import hint_at, named, nearest
from checklists.reading import folded, shown
from checklists.text import Text, UserError, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checklists.hints import Named


class UnknownName(UserError):
    """A department, direction, role or KPI that is not there."""


_UNKNOWN = Text("没有{what}“{typed}”{hint}", 'There is no {what} "{typed}"{hint}')
_ALL = Text("；可用的有：{names}", "; known are {names}")
_SOME = Text("；可用的有：{names} 等", "; known are {names} and others")
_MOST = 20
"""Ids named where none is near."""


def look_up(what: Text, typed: str, known: Mapping[str, Named]) -> str:
    """Return the id that was meant.

    Args:
        what: what is looked for, in words.
        typed: an id or a name in either language, in upper or lower case.
        known: the entries there are, by id.

    Raises:
        UnknownName: when there is none; the text offers the nearest.
    """
    spellings = [(word, key) for key, entry in known.items() for word in (key, entry.name.zh, entry.name.en)]
    wanted = folded(typed)
    for word, key in spellings:
        if wanted == folded(word):
            return key
    near = nearest(typed, [word for word, _ in spellings])
    hint = hint_at(typed, [near]) if near is not None else _known(known)
    raise UnknownName(_UNKNOWN.format(what=what, typed=shown(typed), hint=hint))


def _known(known: Mapping[str, Named]) -> Text:
    """Return the end of a sentence that says what there is."""
    if not known:
        return same("")
    words = _SOME if len(known) > _MOST else _ALL
    return words.format(names=named(known, _MOST))

"""The end of a sentence about a name that is not known: the nearest one, or those there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from checklists.text import Text, joined, same
from checklists.words import closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Named(Protocol):
    """Anything with a name in both languages."""

    @property
    def name(self) -> Text:
        """The name in both languages."""


NOTHING = same("")
DEFINE = Text("；请先定义它", "; define it first")
DELETE = Text("；请删去", "; delete it")
_LONGEST = 80
"""Characters of a misspelt name that are compared; what is longer is no name."""


def named(entries: Mapping[str, Named], most: int | None = None) -> Text:
    """Return entries by their names, each with the id to type.

    Args:
        entries: by id.
        most: how many of them are named; all where it is not said.
    """
    listed = [_with_id(key, entry.name) for key, entry in list(entries.items())[:most]]
    return joined(listed) if listed else same("–")


def _with_id(key: str, name: Text) -> Text:
    """Return a name with the id behind it; the id alone where the name says no more."""
    return Text(key if name.zh == key else f"{name.zh}（{key}）", key if name.en == key else f"{name.en} ({key})")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that `word` probably stands for, or None when none is close."""
    return next(iter(closest(word[:_LONGEST], known, most=1)), None)


def hint_at(word: str, known: Iterable[str], most: int = 8, nothing: Text = NOTHING) -> Text:
    """Return the end of a sentence that offers the nearest name, or the names there are when none is close.

    Args:
        word: the name that is not known.
        known: the names there are.
        most: how many of them are named.
        nothing: what to say when there are none at all.
    """
    names = list(known)
    close = nearest(word, names)
    if close is not None:
        return Text("，您是不是想写“{name}”？", ', did you mean "{name}"?').format(name=close)
    if not names:
        return nothing
    shown = joined([same(name) for name in names[:most]])
    if len(names) > most:
        return Text("；可用的有：{names} 等", "; known are {names} and others").format(names=shown)
    return Text("；可用的有：{names}", "; known are {names}").format(names=shown)

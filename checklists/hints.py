"""Did you mean ...: the nearest known name for one that was misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from checklists.reading import folded
from checklists.text import Text, joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = 0.6
"""How much two names must have in common (0..1) for one to be offered for the other."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name that `word` probably stands for, or None when none is close."""
    names = {name: folded(name) for name in known}
    found = process.extractOne(
        folded(word)[:80], names, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_ALIKE
    )
    return None if found is None else str(found[2])


def did_you_mean(word: str, known: Iterable[str], most: int = 8) -> Text:
    """Return the end of a sentence that offers the nearest name, or the names there are when none is close."""
    names = list(known)
    close = nearest(word, names)
    if close is not None:
        return Text("，您是不是想写“{name}”？", ', did you mean "{name}"?').format(name=close)
    if not names:
        return same("")
    shown = joined([same(name) for name in names[:most]])
    if len(names) > most:
        return Text("；可用的有：{names} 等", "; known are {names} and others").format(names=shown)
    return Text("；可用的有：{names}", "; known are {names}").format(names=shown)

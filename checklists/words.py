"""Words that look alike: "did you mean"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable


def closest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known words that look most like `word`, best first; none when nothing is near."""
    from rapidfuzz import fuzz, process

    found = process.extract(word.casefold(), list(known), scorer=fuzz.ratio, processor=str.casefold, limit=most)
    return [match for match, likeness, _ in found if likeness >= 60]


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """Return "Did you mean ...? " for an error sentence, or nothing."""
    near = closest(word, known)
    if not near:
        return same("")
    return Text("是不是 {words}？", "Did you mean {words}? ").format(
        words=Text("、".join(near), ", ".join(near)),
    )

"""Numbers for what people add, readable and yet never given twice.

Two auditors who write at once, each on a laptop of their own, would both call their next interview number 4.  So the id
in the slot is the number with a tag of chance behind it ("4-9f2c1a2b"); people see and type "4" as long as one entry
alone has it, and the shortest piece of the tag that tells them apart ("4-9f", "4-a0") once two journals with a number 4
have come together.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import uuid4

from checklists.reading import folded, shown
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_TAG = 8
"""Characters of the tag."""
_SHORTEST = 2


class UnknownNumber(UserError):
    """Nothing, or more than one thing, has that number."""


_NONE = Text("没有{what} {typed}；现有：{known}", "There is no {what} {typed}; there are: {known}")
_SEVERAL = Text(
    "{what} {typed} 不止一个：{known}。请写全编号", "{what} {typed} fits several: {known}. Type the number in full"
)


def next_id(prefix: str, slots: Iterable[str]) -> str:
    """Return an id for something new.

    Args:
        prefix: what its slots begin with.
        slots: every slot ever written: the number of what was taken back is not given again.
    """
    numbers = [order_of(slot.removeprefix(prefix))[0] for slot in slots if slot.startswith(prefix)]
    return f"{max(numbers, default=0) + 1}-{uuid4().hex[:_TAG]}"


def order_of(entry_id: str) -> tuple[int, str]:
    """Return what ids are sorted by: the number, then the tag."""
    number, _, tag = entry_id.partition("-")
    return (int(number) if number.isdecimal() else 0, tag)


def labels_of(ids: Collection[str]) -> dict[str, str]:
    """Return for each id the shortest form that names it alone, in order."""
    sharing: dict[str, list[str]] = defaultdict(list)
    for entry_id in sorted(ids, key=order_of):
        sharing[entry_id.partition("-")[0]].append(entry_id)
    return {one: _shortest(one, others) for others in sharing.values() for one in others}


def id_of(what: Text, typed: str, ids: Collection[str], letter: str = "") -> str:
    """Return the id that was meant.

    Args:
        what: what is looked for, in words.
        typed: its number, with more of the id where several share it.
        ids: the ids there are.
        letter: what may stand before the number.

    Raises:
        UnknownNumber: when none or several fit; the text names them.
    """
    wanted = folded(typed).removeprefix(letter.lower())
    labels = labels_of(ids)
    number, dash, tag = wanted.partition("-")
    found = [i for i in labels if i.partition("-")[0] == number and i.partition("-")[2].startswith(tag if dash else "")]
    if len(found) == 1:
        return found[0]
    known = ", ".join(letter + labels[one] for one in found or labels) or "–"
    raise UnknownNumber((_SEVERAL if found else _NONE).format(what=what, typed=shown(typed), known=known))


def _shortest(entry_id: str, sharing: list[str]) -> str:
    number, _, tag = entry_id.partition("-")
    if len(sharing) == 1:
        return number
    tags = [other.partition("-")[2] for other in sharing if other != entry_id]
    length = next((n for n in range(_SHORTEST, len(tag)) if not any(t.startswith(tag[:n]) for t in tags)), len(tag))
    return f"{number}-{tag[:length]}"

"""The checklist's items in the order in which one walks through them: by department, place or method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checklists.model import BonusItem, Checklist, Item, Named

    Asked = Item | BonusItem

GROUPINGS = ("department", "place", "method")
"""Ways to group; one key goes round."""
GROUPING_NAMES: dict[str, Text] = {
    "department": Text("按部门", "by department"),
    "place": Text("按场所", "by place"),
    "method": Text("按方法", "by method"),
}
BONUS = "bonus"
"""The group of bonus items."""
_BONUS_NAME = Text("加分项", "Bonus")
_SECTION = Text("{department} · {section}", "{department} · {section}")


@dataclass(frozen=True, slots=True)
class Group:
    """Items that stand together."""

    id: str
    name: Text
    items: tuple[Asked, ...]


def groups_of(checklist: Checklist, scope: Sequence[str], grouping: str) -> tuple[Group, ...]:
    """Return the items asked, grouped, in the checklist's order; empty groups are left out.

    Args:
        checklist: what is asked.
        scope: ids of the departments in scope; none named: all.
        grouping: one of `GROUPINGS`.
    """
    departments = [d for d in checklist.departments if not scope or d.id in scope]
    if grouping == "department":
        found = [
            Group(f"{d.id}/{s.id}", _SECTION.format(department=d.name, section=s.name), s.items)
            for d in departments
            for s in d.sections
        ]
    else:
        known = checklist.places if grouping == "place" else checklist.methods
        found = _sorted([item for d in departments for item in d.items], known, grouping)
    bonus = Group(BONUS, _BONUS_NAME, checklist.bonus)
    return tuple(group for group in (*found, bonus) if group.items)


def section_of(checklist: Checklist, item_id: str) -> str | None:
    """Return the section an item belongs to, as `department/section`; None for bonus items."""
    place = checklist.place_of.get(item_id)
    return None if place is None else f"{place[0].id}/{place[1].id}"


def _sorted(items: Sequence[Item], known: Mapping[str, Named], grouping: str) -> list[Group]:
    groups: dict[str, list[Item]] = {own_id: [] for own_id in known}
    for item in items:
        groups.setdefault(getattr(item, grouping), []).append(item)
    return [Group(i, known[i].name if i in known else same(i), tuple(found)) for i, found in groups.items()]

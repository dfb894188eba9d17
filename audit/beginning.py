"""How an audit begins: what the dealership has not is not applicable from the start."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.answers import LACKS
from audit.state import ITEM, ItemState

if TYPE_CHECKING:
    from audit.dealers import Dealer
    from audit.store.store import Store
    from audit.writing import Writing
    from checklists.model import Checklist


def presets(checklist: Checklist, dealer: Dealer, *, first: bool) -> list[Writing]:
    """Return the answers an audit begins with: not applicable, for what the dealership has not or cannot have yet."""
    lacks = dealer.lacks() | ({"earlier-audit"} if first else set())
    writings: list[Writing] = []
    for item in checklist.items.values():
        for facility in item.requires:
            if facility in lacks:
                data = {"state": ItemState.NOT_APPLICABLE.value, "reason": LACKS + facility}
                writings.append(("preset", ITEM + item.id, data))
                break
    return writings


def audits_of(store: Store, code: str) -> list[str]:
    """Return the references of the dealership's audits in the store."""
    own = re.compile(re.escape(code) + r"-\d{4}-\d\d-\d\d(-\d+)?", re.IGNORECASE)
    return [row.ref for row in store.streams("audit") if own.fullmatch(row.ref)]

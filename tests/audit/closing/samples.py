"""A small audit to sign, and what is asked of it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.journal import Author
from audit.session import AuditSession
from audit.verify import verify
from tests.builders import checklist, department, item, section

if TYPE_CHECKING:
    from audit.store.store import Store

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
ASKED = checklist(
    department("D", section("S", item("A1"), item("A2"), item("A3", rule={"kind": "sample", "size": 2}))),
    department("E", section("T", item("B1"), item("B2"))),
)


def again(store: Store, who: Author = LI) -> AuditSession:
    return AuditSession.open(store, "D1", who)


def intact(store: Store) -> bool:
    found = verify(store, store.find("audit", "D1")[0])
    assert found.intact, found.problems
    return True

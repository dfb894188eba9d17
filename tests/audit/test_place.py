from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.dealers import Dealer
from audit.drawing import Population
from audit.journal import Author
from audit.marking import draw, mark, mark_missing
from audit.place import last_place
from audit.session import AuditSession
from audit.store.store import Store
from tests.builders import checklist, department, item, section, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
SAMPLE = {"kind": "sample", "size": 3}
ASKED = checklist(
    department(
        "D",
        section("S", item("A1"), item("A2"), item("A3", requires=["ev"])),
        section("R", item("R1", 10, SAMPLE, set="ros"), item("R2", 10, SAMPLE, set="ros")),
    ),
    sample_sets={"ros": {"name": text("orders"), "size": 3, "period": text("a month"), "drawn": text("all")}},
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    return AuditSession.create(store, ASKED, Dealer(code="D1", name_en="One", ev="no"), LI, {"date": "2026-05-12"})


def test_a_new_audit_has_no_place(session: AuditSession) -> None:
    assert last_place(session) is None


def test_the_place_is_that_of_this_persons_last_entry(store: Store, session: AuditSession) -> None:
    session.answer("A1", "3")
    session.note("A2", "no list")
    AuditSession.open(store, "D1", WANG).answer("A1", "4")
    session.refresh()
    assert last_place(session) == "A2"
    session.flag("A1")
    session.describe({"contact": "Chen"})
    assert last_place(AuditSession.open(store, "D1", LI)) == "A1"
    assert last_place(AuditSession.open(store, "D1", WANG)) == "A1"
    assert last_place(AuditSession.open(store, "D1", Author("李工", "laptop-3"))) is None


def test_taking_back_is_being_there(session: AuditSession) -> None:
    session.answer("A1", "3")
    session.answer("A2", "3")
    session.undo()
    session.undo()
    assert last_place(session) == "A1"


def test_a_mark_is_a_place_too(session: AuditSession) -> None:
    drawn = draw(session, "ros", Population(("RO/1", "RO/2", "RO/3"), 0, "list.csv"), "7")
    mark(session, "ros", drawn.draw.records[0], "R2", "ok")
    assert last_place(session) == "R2"
    session.undo()
    assert last_place(session) == "R2"
    mark_missing(session, "ros", drawn.draw.records[1])
    assert last_place(session) == "R1"

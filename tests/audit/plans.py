"""A signed audit with weak items in two departments and two directions, for the tests of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.dealers import Dealer
from audit.journal import Author
from audit.session import AuditSession
from tests.builders import checklist, department, item, section, text

if TYPE_CHECKING:
    from audit.store.store import Store
    from checklists.model import Checklist

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
DEALER = Dealer(code="SH01", name_zh="上海一店", name_en="Shanghai One", city="上海")
DATE = "2026-05-12"
ANSWERS = {"A1": "1", "A2": "5", "A3": "2", "A4": "0", "B1": "1", "B2": "5", "B3": "ND"}
"""Weak: A1, A3, A4, B1 and B3."""
WEAK = {"A1", "A3", "A4", "B1", "B3"}


def direction(word: str, **more: Any) -> dict[str, Any]:
    return {"name": text(word), "cures": text("c"), "first_step": text(f"first of {word}"), "effect": text("e"), **more}


def asked(**more: Any) -> Checklist:
    front = section("S1", item("A1"), item("A2"), item("A3"), item("A4", direction="B", owner="advisor"))
    shop = section("S2", item("B1", first_step=text("own step of B1")), item("B2"), item("B3", direction="B"))
    return checklist(
        department("front", front),
        department("shop", shop),
        directions={"A": direction("process", effort_days="8"), "B": direction("training")},
        roles={"manager": {"name": text("manager")}, "advisor": {"name": text("advisor")}},
        **more,
    )


def answered(store: Store, author: Author = LI) -> AuditSession:
    details = {"date": DATE, "auditors": ["李工"], "participants": ["陈经理"]}
    session = AuditSession.create(store, asked(), DEALER, author, details)
    for own, value in ANSWERS.items():
        session.answer(own, value, reason="not-kept" if value == "ND" else "")
    return session


def signed(store: Store, author: Author = LI) -> AuditSession:
    session = answered(store, author)
    session.sign("李工", "陈经理")
    return session

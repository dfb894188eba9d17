"""Audits bound to a checklist of an older format: upgraded when read, and still bound to the bytes in the store."""

from __future__ import annotations

import hashlib
from pathlib import Path

from audit.dealers import Dealer
from audit.journal import Author
from audit.session import AuditSession
from audit.store.rows import StreamRow
from audit.store.store import Store
from audit.summary import summarize
from audit.verify import verify
from checklists.canonical import from_store
from reports.as_json import score_json

LI = Author("李工", "laptop-1")
DEALER = Dealer(code="SHXX", name_zh="上海XX", name_en="Shanghai XX")
BODY = (Path(__file__).parents[1] / "checklists" / "format-1.json").read_bytes()
"""The small checklist and three KPIs as format 1 wrote them."""
HASH = hashlib.sha256(BODY).hexdigest()


def test_an_audit_of_format_1_is_opened_scored_signed_and_verified(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "audits.db")) as store:
        AuditSession.create(store, from_store(BODY, HASH), DEALER, LI, {"date": "2026-05-12"})
        assert store.checklist(HASH) == BODY
        session = AuditSession.open(store, "SHXX", LI)
        assert session.checklist.format == 2
        session.answer("A1", "n", reason="no list")
        session.answer("A2", "4/5")
        seal = session.sign("Li", "Chen")
        again = AuditSession.open(store, "SHXX", LI)
        shown = score_json(summarize(again), "en")
        [row] = store.find("audit", "SHXX")
        assert isinstance(row, StreamRow)
        found = verify(store, row, seal)
    assert found.intact, found.problems
    assert (again.checklist.hash, again.state.checklist["hash"], shown["checklist"]["hash"]) == (HASH, HASH, HASH)
    assert shown["total"]["earned"] == 4.8


def test_a_later_audit_with_the_same_copy_is_bound_to_the_same_bytes(tmp_path: Path) -> None:
    """As a re-audit or a colleague's store may have it: what was read from a store goes on as it is."""
    with Store.open(str(tmp_path / "first.db")) as first, Store.open(str(tmp_path / "other.db")) as other:
        begun = AuditSession.create(first, from_store(BODY, HASH), DEALER, LI, {"date": "2026-05-12"})
        later = AuditSession.create(other, begun.checklist, DEALER, LI, {"date": "2026-08-12"})
        assert later.state.checklist["hash"] == HASH
        assert other.checklist(HASH) == BODY

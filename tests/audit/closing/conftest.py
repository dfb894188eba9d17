"""A store with an audit that is scored, and one that is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.dealers import Dealer
from audit.session import AuditSession
from audit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

from tests.audit.closing.samples import ASKED, LI


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    session = AuditSession.create(store, ASKED, Dealer(code="D1", name_en="One"), LI, {"date": "2026-05-12"})
    for own_id, value in {"A1": "3", "A2": "2", "A3": "1/2", "B1": "4", "B2": "5"}.items():
        session.answer(own_id, value)
    return session


@pytest.fixture
def signed(session: AuditSession) -> AuditSession:
    session.sign("Li", "Chen")
    return session

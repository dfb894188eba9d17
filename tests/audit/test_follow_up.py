"""Flags, putting aside, and what a seal covers of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.dealers import Dealer
from audit.history import Standing, history
from audit.journal import Author
from audit.session import AuditSession, UnknownItem
from audit.signing import AuditSealed
from audit.store.store import Store
from audit.verify import verify
from tests.builders import checklist, department, item, section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
ASKED = checklist(department("D", section("S", item("A1"), item("A2"))), department("E", section("T", item("B1"))))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    details = {"date": "2026-05-12", "departments": ["D"]}
    return AuditSession.create(store, ASKED, Dealer(code="D1", name_en="One"), LI, details)


def again(store: Store, who: Author = LI) -> AuditSession:
    return AuditSession.open(store, "D1", who)


def signed(session: AuditSession) -> AuditSession:
    session.answer("A1", "4")
    session.answer("A2", "5")
    session.sign("Li", "Chen")
    return session


def test_a_flag_is_kept_and_changes_no_points(store: Store, session: AuditSession) -> None:
    session.answer("A1", "4")
    before = session.scorecard
    session.flag("a1")
    assert session.scorecard == before
    kept = again(store)
    assert kept.state.flags == {"A1"}
    kept.flag("A1", on=False)
    session.refresh()
    assert not session.state.flags


def test_the_same_flag_again_writes_nothing(session: AuditSession) -> None:
    session.flag("A1", on=False)
    session.flag("A2")
    before = len(session.journal)
    session.flag("A2")
    assert len(session.journal) == before


def test_only_items_that_are_asked_can_be_flagged(session: AuditSession) -> None:
    for strange in ("A9", "B1"):
        with pytest.raises(UnknownItem):
            session.flag(strange)


def test_flags_of_two_people_are_no_conflict_and_one_is_enough(store: Store, session: AuditSession) -> None:
    session.flag("A1")
    other = again(store, WANG)
    session.flag("A1", on=False)
    other.write([("flag", "flag:A1", {"on": "yes"})])
    kept = again(store)
    assert len(kept.journal.values("flag:A1")) == 2
    assert kept.state.flags == {"A1"}
    assert not kept.state.conflicts
    kept.flag("A1", on=False)
    assert not again(store).state.flags


def test_flags_are_sealed_with_the_rest(store: Store, session: AuditSession) -> None:
    session.flag("A1")
    signed(session)
    for on in (True, False):
        with pytest.raises(AuditSealed):
            session.flag("A1", on=on)
    assert again(store).state.flags == {"A1"}


def test_an_audit_is_put_aside_and_brought_back(store: Store, session: AuditSession) -> None:
    session.put_aside()
    assert again(store).state.aside
    before = len(session.journal)
    session.put_aside()
    assert len(session.journal) == before
    session.put_aside(False)
    assert not again(store).state.aside


def test_a_signed_audit_is_put_aside_without_touching_its_seal(store: Store, session: AuditSession) -> None:
    signed(session)
    row = store.find("audit", "D1")[0]
    seal, results, score = verify(store, row).seal, store.results(row.id), session.scorecard
    kept = session
    for aside in (True, False, True):
        session.put_aside(aside)
        kept = again(store)
        assert kept.state.aside is aside
        assert kept.state.late == ()
        assert kept.scorecard == score
        found = verify(store, row, seal)
        assert found.intact, found.problems
        assert found.seal == seal
        assert store.results(row.id) == results
    assert [e.standing for e in history(kept) if e.entry.kind == "aside"][-1] is Standing.CURRENT
    with pytest.raises(AuditSealed):
        kept.answer("A1", "1")


def test_a_seal_set_meanwhile_does_not_stop_putting_aside(
    store: Store, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.answer("A1", "4")
    session.answer("A2", "5")
    append = store.append

    def meanwhile(*args: Any, **kwargs: Any) -> bool:
        monkeypatch.setattr(store, "append", append)
        with Store.open(store.place) as elsewhere:
            again(elsewhere, WANG).sign("Wang", "Chen")
        return append(*args, **kwargs)

    monkeypatch.setattr(store, "append", meanwhile)
    session.put_aside()
    kept = again(store)
    assert kept.state.aside
    assert kept.state.signature is not None
    assert kept.state.late == ()
    assert verify(store, store.find("audit", "D1")[0]).intact


@pytest.mark.parametrize("first", [True, False])
def test_where_two_people_disagree_the_audit_stays_in_the_list(
    store: Store, session: AuditSession, first: bool
) -> None:
    session.put_aside()
    with Store.open(store.place) as elsewhere:
        other = again(elsewhere, WANG)
        acts: list[Callable[[], None]] = [lambda: session.put_aside(False), lambda: _write_aside(other, "yes")]
        for act in acts if first else acts[::-1]:
            act()
    kept = again(store)
    assert not kept.state.aside
    assert not kept.state.conflicts
    kept.put_aside()
    assert again(store).state.aside


def _write_aside(session: AuditSession, on: str) -> None:
    session.write([("aside", "aside", {"on": on})])


def test_the_history_tells_flags_and_putting_aside(session: AuditSession) -> None:
    session.flag("A1")
    session.flag("A1", on=False)
    session.put_aside()
    session.put_aside(False)
    told = [(e.subject, e.what.zh) for e in history(session) if e.entry.kind in {"flag", "aside"}]
    assert told == [("A1", "标记待复看"), ("A1", "取消标记"), ("", "搁置评估"), ("", "恢复评估")]
    assert [e.what.en for e in history(session, "A1")] == ["flagged for later", "flag taken away"]

"""Taking back and bringing back, also with others about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.dealers import Dealer
from audit.history import Standing, history
from audit.journal import Author, Journal
from audit.session import AuditSession, Typed
from audit.signing import AuditSealed
from audit.state import ItemState, fold
from audit.store.store import Store
from audit.undoing import ChangedSince, NothingToRedo, NothingToUndo, redo_act, undo_act
from audit.verify import verify
from tests.builders import checklist, department, item, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
ASKED = checklist(department("D", section("S", item("A1"), item("A2"), item("A3"))))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    return AuditSession.create(store, ASKED, Dealer(code="D1", name_en="One"), LI, {"date": "2026-05-12"})


def again(store: Store, who: Author = LI) -> AuditSession:
    return AuditSession.open(store, "D1", who)


def values(session: AuditSession) -> dict[str, str]:
    return {item_id: session.state.answer(item_id).value for item_id in ("A1", "A2", "A3")}


def test_redo_brings_back_what_the_last_undo_took_away(store: Store, session: AuditSession) -> None:
    session.answer("A1", "3", reason="无签字")
    session.undo()
    assert session.redo().slot == "item:A1"
    kept = again(store)
    assert (kept.state.answer("A1").value, kept.state.answer("A1").reason) == ("3", "无签字")
    assert verify(store, store.find("audit", "D1")[0]).intact


def test_several_undos_are_brought_back_one_by_one_the_last_first(session: AuditSession) -> None:
    session.answer("A1", "3")
    session.answer("A1", "4")
    session.answer("A2", "5")
    after = values(session)
    taken = [session.undo().hash for _ in range(3)]
    assert values(session) == {"A1": "", "A2": "", "A3": ""}
    assert session.redo().hash == taken.pop()
    assert values(session)["A1"] == "3"
    assert [session.redo().hash for _ in range(2)] == taken[::-1]
    assert values(session) == after
    with pytest.raises(NothingToRedo):
        session.redo()


def test_undo_and_redo_go_back_and_forth(store: Store, session: AuditSession) -> None:
    session.answer("A1", "3")
    session.answer("A1", "4")
    for _ in range(3):
        session.undo()
        session.undo()
        session.redo()
        assert values(session)["A1"] == "3"
        session.redo()
        assert values(again(store))["A1"] == "4"
    assert not session.state.conflicts


def test_there_is_nothing_to_redo_before_an_undo_or_after_something_else_was_written(session: AuditSession) -> None:
    with pytest.raises(NothingToRedo):
        session.redo()
    session.answer("A1", "3")
    session.undo()
    session.answer("A2", "4")
    with pytest.raises(NothingToRedo):
        session.redo()
    session.undo()
    assert session.redo().slot == "item:A2"


def test_only_ones_own_undo_on_this_device_is_brought_back(store: Store, session: AuditSession) -> None:
    session.answer("A1", "3")
    session.undo()
    for other in (WANG, Author(LI.person, WANG.device)):
        with pytest.raises(NothingToRedo):
            again(store, other).redo()


def test_what_somebody_else_has_changed_since_is_not_overwritten(store: Store, session: AuditSession) -> None:
    session.answer("A1", "3")
    session.answer("A2", "2")
    session.undo()
    session.undo()
    again(store, WANG).answer("A1", "5")
    with pytest.raises(ChangedSince, match="A1 cannot be brought back: 王工"):
        session.redo()
    assert values(again(store)) == {"A1": "5", "A2": "", "A3": ""}


def test_what_somebody_else_does_elsewhere_hinders_nothing(store: Store, session: AuditSession) -> None:
    session.answer("A1", "3")
    session.undo()
    again(store, WANG).answer("A2", "5")
    session.redo()
    assert values(again(store)) == {"A1": "3", "A2": "5", "A3": ""}


def test_an_answer_that_was_in_conflict_comes_back_into_it(store: Store, session: AuditSession) -> None:
    other = again(store, WANG)
    session.answer("A1", "3")
    other.answer("A1", "5")
    session.refresh()
    session.undo()
    assert values(session)["A1"] == "5"
    session.redo()
    assert set(again(store).state.conflicts) == {"item:A1"}


def test_an_undo_in_two_windows_at_once_is_brought_back_without_a_conflict(store: Store, session: AuditSession) -> None:
    session.answer("A1", "2")
    session.answer("A1", "3")
    other = again(store)
    assert session.undo().data == other.undo().data
    session.redo()
    assert not again(store).state.conflicts
    assert values(again(store))["A1"] == "3"


def test_notes_flags_and_details_come_back_too(session: AuditSession) -> None:
    session.note("A1", "no list")
    session.flag("A1")
    session.describe({"contact": "Chen"})
    for _ in range(3):
        session.undo()
    assert not session.state.notes
    assert not session.state.flags
    for _ in range(3):
        session.redo()
    assert [note.text for note in session.state.notes["A1"]] == ["no list"]
    assert session.state.flags == {"A1"}
    assert session.state.details["contact"] == "Chen"


def test_putting_aside_is_not_taken_back_by_undo_and_hinders_no_redo(session: AuditSession) -> None:
    session.answer("A1", "3")
    session.undo()
    session.put_aside()
    session.redo()
    assert values(session)["A1"] == "3"
    session.undo()
    assert session.state.aside
    with pytest.raises(NothingToUndo):
        session.undo()


def test_a_signed_audit_gives_nothing_back(session: AuditSession) -> None:
    for item_id in ("A1", "A2", "A3"):
        session.answer(item_id, "4")
    session.answer("A1", "5")
    session.undo()
    session.sign("Li", "Chen")
    with pytest.raises(AuditSealed):
        session.redo()


def test_the_history_tells_what_was_brought_back(session: AuditSession) -> None:
    session.answer("A1", "3")
    session.undo()
    session.redo()
    told = {e.entry.kind: e for e in history(session, "A1")}
    assert [told[kind].standing for kind in ("answer", "undo", "redo")] == [
        Standing.CURRENT,
        Standing.UNDONE,
        Standing.CURRENT,
    ]
    assert told["redo"].what.en == f"redo, takes back {told['undo'].entry.hash[:12]}"
    session.undo()
    assert [e.standing for e in history(session, "A1") if e.entry.kind == "answer"] == [Standing.UNDONE]


def test_the_fold_of_undos_and_redos_depends_on_no_order(store: Store, session: AuditSession) -> None:
    session.answer("A1", "3")
    session.answer("A1", "4")
    session.flag("A2")
    other = again(store, WANG)
    session.undo()
    session.undo()
    session.redo()
    other.flag("A2", on=False)
    other.put_aside()
    entries = session.journal.entries
    expected = fold(Journal(entries))
    assert expected.answer("A1").value == "4"

    @given(st.randoms(use_true_random=False))
    def check(random: Random) -> None:
        shuffled = list(entries)
        random.shuffle(shuffled)
        journal = Journal(shuffled)
        assert fold(journal) == expected
        assert journal.entries == entries

    check()


def test_the_order_of_entries_is_the_same_however_they_arrived(store: Store, session: AuditSession) -> None:
    other = again(store, WANG)
    for n in range(4):
        session.answer("A1", str(n))
        other.answer("A2", str(n))
    session.refresh()
    session.answer("A3", "1")
    arrived = session.journal.entries
    for turned in (arrived, arrived[::-1], arrived[::2] + arrived[1::2]):
        assert Journal(turned).entries == arrived
    assert session.state.answer("A3").state is ItemState.ANSWERED


def test_answers_written_in_one_go_are_taken_back_in_one_go(store: Store, session: AuditSession) -> None:
    def values() -> list[str]:
        return [session.state.answer(item).value for item in ("A1", "A2", "A3")]

    session.answer("A1", "1")
    session.record([Typed("A1", "5"), Typed("A2", "5"), Typed("A3", "5")])
    again(store, WANG).answer("A3", "2")
    session.refresh()
    assert [entry.slot for entry in undo_act(session)] == ["item:A2", "item:A1"]  # what stands no more is passed over
    assert values() == ["1", "", "2"]
    assert [entry.slot for entry in redo_act(session)] == ["item:A1", "item:A2"]
    assert values() == ["5", "5", "2"]
    assert len(undo_act(session)) == 2
    assert [entry.data["value"] for entry in undo_act(session)] == ["1"]
    assert values() == ["", "", "2"]
    assert verify(store, store.find("audit", "D1")[0]).intact

"""Amendments made apart, whatever order two journals come together in; and what nobody but a forger writes."""

from __future__ import annotations

import sqlite3
from contextlib import closing as closed
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.amending import SameAnswer, amend, sealed_scorecard
from audit.closing import AMENDMENT, Decision
from audit.dealers import Dealer
from audit.derived import read_state
from audit.finalizing import CannotFinalize, finalize
from audit.history import history
from audit.journal import Author, BadEntry, Entry, Journal
from audit.listing import list_audits
from audit.objecting import decide, object_to, objections_of
from audit.scorecard import Result
from audit.scoring import score
from audit.session import AuditSession, Typed
from audit.settling import NoConflict
from audit.store.store import Store
from audit.summary import summarize
from audit.verify import verify
from tests.builders import checklist, department, item, section

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

    from audit.scorecard import ItemScore, Level

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
ASKED = checklist(
    department("D", section("S", item("A1"), item("A2"), item("A3"))), department("E", section("T", item("B1", 15)))
)
ITEMS = ("A1", "A2", "A3", "B1")


def begin(store: Store) -> AuditSession:
    session = AuditSession.create(store, ASKED, Dealer(code="D1", name_en="One"), LI, {"date": "2026-05-12"})
    for own_id in ITEMS:
        session.answer(own_id, "3")
    session.sign("Li", "Chen")
    return session


def again(store: Store, who: Author = LI) -> AuditSession:
    return AuditSession.open(store, "D1", who)


def stream(store: Store) -> str:
    return store.find("audit", "D1")[0].id


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "here.db")) as opened:
        begin(opened)
        yield opened


@pytest.fixture
def there(here: Store, tmp_path: Path) -> Iterator[Store]:
    """The same audit on another laptop."""
    with Store.open(str(tmp_path / "there.db")) as opened:
        row = here.find("audit", "D1")[0]
        body = here.checklist(ASKED.hash)
        assert body is not None
        opened.save_checklist(ASKED.hash, ASKED.id, ASKED.version, body)
        results = here.results(row.id)
        opened.create("audit", row.id, row.ref, here.read(row.id).entries)
        opened.append(row.id, [], results)
        yield opened


def unite(one: Store, other: Store) -> None:
    """Put both journals together, as copying does."""
    ours, theirs = one.read(stream(one)).entries, other.read(stream(other)).entries
    one.append(stream(one), theirs)
    other.append(stream(other), ours)


def test_of_two_amendments_made_apart_the_last_agreed_answer_stands(here: Store, there: Store) -> None:
    amend(again(here), Typed("A1", "4"), "agreed on both")
    unite(here, there)
    amend(again(here), Typed("A1", "5"), "ours")
    amend(again(there, WANG), Typed("A1", "1"), "theirs")
    unite(here, there)
    for store in (here, there):
        kept = again(store)
        assert kept.state.answer("A1").value == "4"
        assert kept.scorecard.verdict.result is Result.FAILED
        assert not summarize(kept).conflicts
        assert set(kept.state.conflicts) == {AMENDMENT + "A1"}
        assert [(a.after.value, a.stands, a.conflict) for a in kept.state.amendments["A1"]] == [
            ("4", True, False),
            *(sorted([("5", False, True), ("1", False, True)], key=lambda one: _place(kept, one[0]))),
        ]
        with pytest.raises(CannotFinalize, match="A1"):
            finalize(kept)
    assert again(here).scorecard == again(there).scorecard


def _place(session: AuditSession, value: str) -> int:
    entries = session.journal.entries
    return next(n for n, e in enumerate(entries) if e.kind == "amendment" and e.data.get("value") == value)


def test_without_anything_agreed_the_signed_answer_stands_and_settling_ends_it(here: Store, there: Store) -> None:
    amend(again(here), Typed("A1", "5"), "ours")
    amend(again(there, WANG), Typed("A1", "1"), "theirs")
    unite(here, there)
    session = again(here)
    assert session.state.answer("A1").value == "3"
    assert list_audits(here)[0][0].conflicts == 1
    with pytest.raises(NoConflict, match=r"^the amendment of A1: .*5, because: ours"):
        session.settle("A1", "ffff")
    keep = next(e for e in session.state.conflicts[AMENDMENT + "A1"] if e.person == "李工")
    assert again(here, WANG).settle("A1", keep.hash[:12]).value == "5"
    told = [(a.person, a.stands, a.settled_by) for a in again(here).state.amendments["A1"]]
    assert sorted(told) == [("李工", True, "王工"), ("王工", False, "")], "each once: who amended, and who settled"
    [stands] = [a for a in again(here).state.amendments["A1"] if a.stands]
    assert (stands.time, stands.settled_at) == (keep.time, history(again(here))[-1].entry.time)
    assert "kept when a conflict was settled" in history(again(here))[-1].what.en
    object_to(again(here), "A1", "Chen", "no")
    assert objections_of(ASKED, again(here).state)[0].disputed.value == "5"
    unite(here, there)
    for store in (here, there):
        assert again(store).state.answer("A1").value == "5"
        assert not again(store).state.conflicts
    assert verify(here, here.find("audit", "D1")[0]).intact
    # The other store was only handed entries: its results are those of what stood there, and verify says so.
    assert "older" in verify(there, there.find("audit", "D1")[0]).problems[0].en
    amend(again(there), Typed("A2", "4"), "whatever is written next stores them again")
    assert verify(there, there.find("audit", "D1")[0]).intact


def test_the_same_amendment_made_apart_is_no_conflict(here: Store, there: Store) -> None:
    for store, who in ((here, LI), (there, WANG)):
        amend(again(store, who), Typed("A1", "5"), "the log was shown")
    unite(here, there)
    assert again(here).state.answer("A1").value == "5"
    assert not again(here).state.conflicts


def test_an_objection_granted_here_and_differently_there_is_settled_in_one_go(here: Store, there: Store) -> None:
    object_to(again(here), "A1", "Chen", "no")
    unite(here, there)
    decide(again(here), "O1", Decision.GRANTED, "ours", typed=Typed("A1", "5"))
    decide(again(there, WANG), "O1", Decision.GRANTED, "theirs", typed=Typed("A1", "4"))
    unite(here, there)
    session = again(here)
    assert session.state.answer("A1").value == "3"
    [found] = objections_of(ASKED, session.state)
    assert (found.decision, found.after) == (Decision.OPEN, None)
    [slot] = session.state.conflicts
    assert session.slot_in_conflict("o1") == session.slot_in_conflict("A1") == slot
    kept = next(e for e in session.state.conflicts[slot] if e.person == "王工")
    session.settle("O1", kept.hash)
    assert not again(here).state.conflicts
    assert again(here).state.answer("A1").value == "4"
    [found] = objections_of(ASKED, again(here).state)
    assert (found.answer, found.decided_at, found.settled_by) == ("theirs", kept.time, "李工")
    assert [earlier.answer for earlier in found.earlier] == ["ours"]
    assert verify(here, here.find("audit", "D1")[0]).intact


def test_granted_here_and_rejected_there_changes_nothing_until_it_is_settled(here: Store, there: Store) -> None:
    object_to(again(here), "A1", "Chen", "no")
    unite(here, there)
    decide(again(here), "O1", Decision.GRANTED, "yes", typed=Typed("A1", "5"))
    decide(again(there, WANG), "O1", Decision.REJECTED, "no")
    unite(here, there)
    session = again(there)
    assert session.state.answer("A1").value == "3"
    with pytest.raises(CannotFinalize, match="O1"):
        finalize(session)
    rejected = next(e for e in session.state.conflicts[session.slot_in_conflict("O1")] if e.person == "王工")
    session.settle("O1", rejected.hash)
    assert again(there).state.answer("A1").value == "3"
    finalize(again(there), before_due=True)


def test_an_amendment_of_an_objection_rejected_since_does_not_come_back_under_a_later_one(here: Store) -> None:
    session = again(here)
    for value in ("4", "5"):
        label = object_to(session, "A1", "Chen", "no")
        decide(session, label, Decision.GRANTED, "yes", typed=Typed("A1", value))
    decide(session, "O1", Decision.REJECTED, "looked at again", again=True)
    assert session.state.answer("A1").value == "5"
    decide(session, "O2", Decision.REJECTED, "looked at again", again=True)
    assert session.state.answer("A1").value == "3"
    assert verify(here, here.find("audit", "D1")[0]).intact


def test_decided_again_apart_the_amendment_of_the_decision_before_stands(here: Store, there: Store) -> None:
    label = object_to(again(here), "A1", "Chen", "no")
    decide(again(here), label, Decision.GRANTED, "yes", typed=Typed("A1", "4"))
    unite(here, there)
    decide(again(here), label, Decision.GRANTED, "more even", typed=Typed("A1", "5"), again=True)
    decide(again(there, WANG), label, Decision.REJECTED, "no", again=True)
    unite(here, there)
    assert {again(store).state.answer("A1").value for store in (here, there)} == {"4"}


def test_two_objections_raised_apart_are_told_apart(here: Store, there: Store) -> None:
    assert object_to(again(here), "A1", "Chen", "ours") == "O1"
    assert object_to(again(there, WANG), "A2", "Chen", "theirs") == "O1"
    unite(here, there)
    labels = [raised.label for raised in again(here).state.closing.raised]
    assert len(set(labels)) == 2
    assert all(label.startswith("O1-") for label in labels)
    for label in labels:
        decide(again(here), label, Decision.WITHDRAWN, "")
    assert labels == [raised.label for raised in again(there).state.closing.raised]


def test_what_was_said_apart_from_the_final_word_is_late(here: Store, there: Store) -> None:
    finalize(again(here), before_due=True)
    amend(again(there, WANG), Typed("A1", "5"), "did not know")
    object_to(again(there, WANG), "A2", "Chen", "did not know either")
    unite(here, there)
    for store in (here, there):
        kept = again(store)
        assert kept.state.answer("A1").value == "3"
        assert not kept.state.closing.raised
        assert [e.kind for e in kept.state.late] == ["amendment", "objection"]
    assert verify(here, here.find("audit", "D1")[0]).intact


# -- laws --------------------------------------------------------------------------------------------------------------

ACTS = st.lists(
    st.tuples(
        st.booleans(),  # where
        st.sampled_from(["amend", "amend", "object", "grant", "reject", "settle", "unite"]),
        st.sampled_from(ITEMS),
        st.sampled_from(["1", "4", "5", "NA", "UN"]),
    ),
    max_size=14,
)


def _act(stores: tuple[Store, Store], act: tuple[bool, str, str, str]) -> None:
    where, what, own_id, value = act
    session = again(stores[where], WANG if where else LI)
    raised = session.state.closing.raised
    if what == "amend":
        with suppress(SameAnswer):
            amend(session, Typed(own_id, value), f"because of {value}")
    elif what == "object":
        object_to(session, own_id, "Chen", "no")
    elif what == "unite":
        unite(*stores)
    elif what == "settle" and session.state.conflicts:
        slot = min(session.state.conflicts)
        session.settle(slot, session.state.conflicts[slot][0].hash)
    elif what in {"grant", "reject"} and raised:
        granted = what == "grant"
        typed = Typed(raised[-1].item, value) if granted else None
        decision = Decision.GRANTED if granted else Decision.REJECTED
        with suppress(SameAnswer):
            decide(session, raised[-1].label, decision, "so", typed=typed, again=True)


@settings(max_examples=25, deadline=None)
@given(ACTS, st.randoms(use_true_random=False))
def test_whatever_two_laptops_do_after_signing(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[bool, str, str, str]], order: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("apart")
    with Store.open(str(folder / "here.db")) as here, Store.open(str(folder / "there.db")) as there:
        signed = begin(here).scorecard
        body = here.checklist(ASKED.hash)
        assert body is not None
        there.save_checklist(ASKED.hash, ASKED.id, ASKED.version, body)
        there.create("audit", stream(here), "D1-2026-05-12", here.read(stream(here)).entries)
        for act in acts:
            _act((here, there), act)
        unite(here, there)
        value = "2" if again(here).state.answer("B1").value != "2" else "3"
        amend(again(here), Typed("B1", value), "so that the results are stored again")
        session = again(here)
        card = session.scorecard
        # Order independence: the same entries, thrown together anyhow, and twice.
        entries = session.journal.entries
        shuffled = entries + order.sample(entries, len(entries) // 2)
        order.shuffle(shuffled)
        _, state = read_state(ASKED, Journal(shuffled))
        assert score(ASKED, state) == card
        assert (state.amendments, state.closing, state.conflicts) == (
            session.state.amendments,
            session.state.closing,
            session.state.conflicts,
        )
        # What was signed does not change.
        assert sealed_scorecard(session) == signed
        levels: list[Level | ItemScore] = [card.total, *card.departments, *card.items]
        for level in levels:
            assert level.earned + level.points_lost == level.possible
        assert verify(here, here.find("audit", "D1")[0]).intact
        # A conflict keeps the last agreed answer: one that the item had before.
        for slot, standing in session.state.conflicts.items():
            if slot.startswith(AMENDMENT):
                own_id = slot.removeprefix(AMENDMENT)
                assert session.state.answer(own_id).entry not in {entry.hash for entry in standing}
                assert [a.conflict for a in session.state.amendments[own_id] if a.stands] in ([], [False])


# -- tampering ---------------------------------------------------------------------------------------------------------


def _edit(store: Store, statement: str, *values: object) -> None:
    with closed(sqlite3.connect(store.place)) as database:
        assert database.execute(statement, values).rowcount
        database.commit()


def _forge(store: Store, kind: str, slot: str, data: dict[str, Any], *, seen: bool = True) -> Entry:
    """Append a well-hashed entry that no session would write."""
    session = again(store)
    parents = session.journal.heads if seen else (stream(store),)
    entry = Entry.new(
        kind,
        slot,
        data,
        by=LI,
        time="2026-05-12T10:00:00+00:00",
        parents=parents,
        replaces=session.journal.current(slot) if seen else (),
    )
    store.append(stream(store), [(entry.hash, entry.body)])
    return entry


def problems(store: Store) -> list[str]:
    return [problem.en for problem in verify(store, store.find("audit", "D1")[0]).problems]


def test_a_removed_amendment_is_found(here: Store) -> None:
    amend(again(here), Typed("A1", "5"), "why")
    assert not problems(here)
    entry = again(here).state.amendments["A1"][0].entry
    _edit(here, "DELETE FROM entries WHERE hash = ?", entry)
    assert "was removed" in problems(here)[0]


def test_an_amendment_slipped_in_without_its_results_is_found(here: Store) -> None:
    _forge(here, "amendment", AMENDMENT + "A1", {"state": "answered", "value": "5", "why": "x"})
    assert "older than the amendments" in problems(here)[0]


def test_changed_results_of_an_amended_audit_are_found(here: Store) -> None:
    amend(again(here), Typed("A1", "5"), "why")
    _edit(here, "UPDATE results SET earned = earned + 100 WHERE level = 'total'")
    assert "differ" in problems(here)[0]


def test_an_amendment_that_had_not_seen_the_signing_is_found(here: Store) -> None:
    _forge(here, "amendment", AMENDMENT + "A1", {"state": "answered", "value": "5", "why": "x"}, seen=False)
    assert "had not seen it" in problems(here)[0]


@pytest.mark.parametrize(
    ("kind", "slot", "data"),
    [
        ("amendment", AMENDMENT + "A1", {"state": "answered", "value": "9", "why": "x"}),
        ("amendment", AMENDMENT + "A1", {"state": "excellent", "why": "x"}),
        ("amendment", AMENDMENT + "A1", {"state": "open", "why": "x"}),
        ("amendment", "objection:1-ab", {"state": "answered", "value": "5", "why": "x"}),
        ("answer", AMENDMENT + "A1", {"state": "answered", "value": "5"}),
        ("decision", "objection:1-ab/decision", {"item": "A1", "decision": "perhaps", "answer": "x", "by": "x"}),
        ("final", "objection:1-ab", {"by": "x"}),
        ("scan", "scan:00", {"name": "x"}),
        ("scan", "scan:00", {"name": "x", "file": "00", "media": "x", "size": "large"}),
    ],
)
def test_well_hashed_rubbish_beside_the_seal_is_a_sentence(
    here: Store, kind: str, slot: str, data: dict[str, Any]
) -> None:
    _forge(here, kind, slot, data)
    assert problems(here)
    with pytest.raises(BadEntry, match="audit verify"):
        again(here)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("amendment", {"state": "answered", "value": "5", "why": "x", "points": "10"}),
        ("amendment", {"state": "answered", "value": "5"}),
        ("objection", {"item": "A1", "by": "x", "text": "x", "decision": "granted"}),
        ("final", {"by": "x", "result": "passed"}),
    ],
)
def test_fields_that_nothing_covers_are_refused(kind: str, data: dict[str, str]) -> None:
    with pytest.raises(BadEntry):
        Entry.new(kind, "slot", data, by=LI, time="2026-05-12T10:00:00+00:00", parents=())

import json
import random
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.journal import Author, BadEntry, Entry, Journal, canonical
from audit.state import OPEN, ItemState, fold

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
_seconds = count()


def entry(
    slot: str,
    value: str,
    /,
    *,
    by: Author = LI,
    parents: tuple[Entry, ...] = (),
    replaces: tuple[Entry, ...] = (),
    kind: str = "answer",
    **data: Any,
) -> Entry:
    return Entry.new(
        kind,
        slot,
        data or {"state": "answered", "value": value},
        by=by,
        time=f"2026-05-12T09:00:{next(_seconds) % 60:02}+00:00",
        parents=[p.hash for p in parents],
        replaces=[r.hash for r in replaces],
    )


def undo(of: Entry, *, by: Author = LI, parents: tuple[Entry, ...] = ()) -> Entry:
    return entry(of.slot, "", by=by, parents=parents or (of,), replaces=(of,), kind="undo", undoes=of.hash)


def test_an_entry_is_its_canonical_bytes() -> None:
    made = entry("item:FD01", "8/10")
    assert Entry.read(made.body) == made
    assert json.loads(made.body)["slot"] == "item:FD01"
    assert b" " not in made.body.replace("李工".encode(), b"")


def test_text_is_stored_composed_and_without_half_characters() -> None:
    assert canonical({"a": "e\u0301"}) == canonical({"a": "é"})
    assert canonical({"a": "x\ud800"}) == b'{"a":"x?"}'


def test_numbers_are_refused_as_misuse() -> None:
    with pytest.raises(TypeError):
        canonical({"points": 5})


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body[:-1],
        lambda body: body.replace(b'"kind"', b'"knid"'),
        lambda body: body.replace(b":", b": ", 1),
        lambda body: b"\xff" + body,
        lambda _body: b"[]",
        lambda _body: b"{}",
        lambda _body: b"",
    ],
)
def test_bytes_that_are_no_entry_are_refused_with_a_sentence(change: Any) -> None:
    with pytest.raises(BadEntry, match="damaged"):
        Entry.read(change(entry("item:FD01", "1").body))


def test_an_entry_of_a_newer_form_says_what_to_do() -> None:
    body = entry("item:FD01", "1").body.replace(b'"format":"1"', b'"format":"2"')
    with pytest.raises(BadEntry, match="newer than this program"):
        Entry.read(body)


def test_what_nobody_replaced_is_current() -> None:
    first = entry("item:FD01", "1")
    second = entry("item:FD01", "2", parents=(first,), replaces=(first,))
    journal = Journal([second, first])
    assert journal.current("item:FD01") == (second.hash,)
    assert journal.heads == (second.hash,)
    assert fold(journal).answer("FD01").value == "2"


def test_answers_given_without_seeing_each_other_are_a_conflict_and_score_as_open() -> None:
    ours, theirs = entry("item:FD01", "1"), entry("item:FD01", "2", by=WANG)
    state = fold(Journal([ours, theirs]))
    assert set(state.conflicts) == {"item:FD01"}
    assert state.answer("FD01") == OPEN


def test_the_same_answer_twice_is_no_conflict() -> None:
    ours, theirs = entry("item:FD01", "2"), entry("item:FD01", "2", by=WANG)
    state = fold(Journal([ours, theirs]))
    assert not state.conflicts
    assert state.answer("FD01").value == "2"


def test_an_entry_that_replaces_all_of_them_settles_a_conflict() -> None:
    ours, theirs = entry("item:FD01", "1"), entry("item:FD01", "2", by=WANG)
    settled = entry("item:FD01", "2", parents=(ours, theirs), replaces=(ours, theirs))
    state = fold(Journal([settled, ours, theirs]))
    assert not state.conflicts
    assert state.answer("FD01").value == "2"


def test_undo_restores_what_was_replaced_and_undoing_it_does_it_again() -> None:
    first = entry("item:FD01", "1")
    second = entry("item:FD01", "2", parents=(first,), replaces=(first,))
    back = undo(second)
    again = undo(back)
    assert fold(Journal([first, second, back])).answer("FD01").value == "1"
    assert fold(Journal([first, second, back, again])).answer("FD01").value == "2"


def test_undoing_the_first_answer_opens_the_item() -> None:
    first = entry("item:FD01", "1")
    assert fold(Journal([first, undo(first)])).answer("FD01").state is ItemState.OPEN


def test_undo_does_not_bring_back_what_somebody_else_replaced_too() -> None:
    first = entry("item:FD01", "1")
    ours = entry("item:FD01", "2", parents=(first,), replaces=(first,))
    theirs = entry("item:FD01", "3", by=WANG, parents=(first,), replaces=(first,))
    state = fold(Journal([first, ours, theirs, undo(ours)]))
    assert not state.conflicts
    assert state.answer("FD01").value == "3"


def test_what_arrives_from_outside_a_seal_is_late_and_not_scored() -> None:
    first = entry("item:FD01", "1")
    seal = entry("seal", "", parents=(first,), kind="seal", auditor="李工", dealer_representative="张总")
    stray = entry("item:FD01", "5", by=WANG, parents=(first,), replaces=(first,))
    after = entry("item:FD01", "4", parents=(seal,), replaces=(first,))
    state = fold(Journal([first, seal, stray, after]))
    assert state.answer("FD01").value == "1"
    assert {e.hash for e in state.late} == {stray.hash, after.hash}
    assert state.signature is not None
    assert state.signature.seal == seal.hash


def _random_journal(seed: int) -> list[Entry]:
    """Two people write to four slots, seeing one another's entries now and then, and undo now and then."""
    rng = random.Random(seed)
    seen: dict[Author, Journal] = {LI: Journal(), WANG: Journal()}
    everything: list[Entry] = []
    for _ in range(rng.randrange(1, 25)):
        by = rng.choice([LI, WANG])
        if rng.random() < 0.3:
            for known in everything:
                seen[by].add(known)
        kind, slot = rng.choice(
            [("answer", "item:FD01"), ("answer", "item:FD02"), ("detail", "detail:date"), ("note", "note:FD01/1")]
        )
        journal = seen[by]
        current = journal.current(slot)
        own_parents = tuple(journal[h] for h in journal.heads)
        if current and rng.random() < 0.25:
            made = undo(journal[rng.choice(current)], by=by, parents=own_parents)
        else:
            value = str(rng.randrange(3))
            data = {"state": "answered", "value": value} if kind == "answer" else {"value": value, "text": value}
            replaced = tuple(journal[h] for h in current)
            made = entry(slot, "", by=by, parents=own_parents, replaces=replaced, kind=kind, **data)
        journal.add(made)
        everything.append(made)
    return everything


@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_fold_depends_neither_on_order_nor_on_repetition(seed: int, order: random.Random) -> None:
    entries = _random_journal(seed)
    shuffled = [*entries, *entries[:3]]
    order.shuffle(shuffled)
    one, other = Journal(entries), Journal(shuffled)
    assert fold(one) == fold(other)
    assert one.heads == other.heads
    assert len(one.entries) == len(one)


@given(st.integers(0, 10_000))
def test_folding_forward_gives_what_folding_everything_gives(seed: int) -> None:
    journal = Journal()
    state = fold(journal)
    for made in _random_journal(seed):
        journal.add(made)
        state = fold(journal, state, {made.slot})
        assert state == fold(journal)


@given(st.integers(0, 10_000))
def test_entries_are_listed_parents_first(seed: int) -> None:
    placed: set[str] = set()
    for made in Journal(_random_journal(seed)).entries:
        assert placed.issuperset(made.parents)
        placed.add(made.hash)

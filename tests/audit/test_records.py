"""Sample sets: drawing is repeatable, the grid gives the answers, nothing marked is lost."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from audit import marking
from audit.amending import amend
from audit.covered import told_before, typed_before
from audit.dealers import Dealer
from audit.drawing import MOST_RECORDS, CannotDraw, pasted, population, ranged
from audit.history import KIND_NAMES, Standing, history
from audit.journal import Author
from audit.marking import AlreadyDrawn, NothingToClose, UnknownRecord, UnknownSet, UnreadableMark
from audit.naming import UnknownName
from audit.records import MarkInRecords, drawn_sets, slot_of
from audit.session import AuditSession, Typed
from audit.signing import AuditSealed, CannotSign
from audit.state import ItemState
from audit.store.store import Store
from audit.summary import summarize
from audit.verify import verify
from checklists.text import Text
from tests.builders import checklist, department, item, section, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from checklists.model import Checklist

LI, WANG = Author("Li", "laptop-1"), Author("Wang", "laptop-2")
DEALER = Dealer(code="SHXX", name_zh="上海XX", body_shop="no")
MARKS_EACH = 60


def asked(size: int = 3) -> Checklist:
    sample = {"kind": "sample", "size": size}
    sets = {
        name: {"name": text(name), "size": size, "period": text("last month"), "drawn": text("the list")}
        for name in ("orders", "calls", "unused")
    }
    desk = section(
        "S",
        item("A", 10, sample, set="orders"),
        item("B", 10, sample, set="orders"),
        item("L", 10, {"kind": "levels", "top": 5, "observations": size}, set="calls"),
        item("P", 10),
    )
    body = section("W", item("C", 10, sample, set="orders", requires=["body-shop"]))
    return checklist(department("desk", desk), department("body", body), sample_sets=sets)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "audits.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    return AuditSession.create(store, asked(), DEALER, LI, {"date": "2026-05-12"})


def draw(session: AuditSession, numbers: str = "R1,R2,R3,R4,R5", seed: str = "7", name: str = "orders") -> list[str]:
    return list(marking.draw(session, name, population(pasted(numbers), "pasted"), seed).draw.records)


def mark_column(session: AuditSession, item_id: str, *values: str, name: str = "orders") -> None:
    records = marking.grid_of(session, name).draw.records
    for record, value in zip(records, values, strict=False):
        marking.mark(session, name, record, item_id, value)


# -- drawing -----------------------------------------------------------------------------------------------------------


def test_the_same_list_and_seed_give_the_same_records_in_any_order_and_for_ever() -> None:
    numbers = [f"RO{n:04}" for n in range(1, 201)]
    expected = population(numbers, "").draw(10, "2026")
    # Frozen: a change here would make every earlier draw impossible to repeat.
    assert expected[:3] == ("RO0048", "RO0022", "RO0152")
    for _ in range(5):
        random.shuffle(numbers)
        assert population(numbers, "").draw(10, "2026") == expected
    assert population(numbers, "").draw(10, "2027") != expected


def test_duplicates_in_any_spelling_count_once_and_blank_lines_never() -> None:
    whole = population(["RO1", " ro1 ", "ＲＯ１", "", "  ", "RO2"], "list")
    assert (len(whole.numbers), whole.duplicates) == (2, 2)
    assert whole.digest == population(["ro2", "RO1"], "other").digest


def test_pasted_numbers_and_ranges() -> None:
    assert pasted("A1，A2；A3\nA4、A5") == ["A1", "A2", "A3", "A4", "A5"]
    assert pasted("沪A 123, 沪B 456") == ["沪A 123", " 沪B 456"]
    assert pasted("A1 A2") == ["A1", "A2"]
    assert ranged("RO2026-0098..RO2026-0101") == ["RO2026-0098", "RO2026-0099", "RO2026-0100", "RO2026-0101"]
    assert ranged("9..11") == ["9", "10", "11"]


@pytest.mark.parametrize("typed", ["12", "5..1", "A1..B9", f"1..{MOST_RECORDS + 1}", "1..999999999999999"])
def test_a_range_that_is_none_is_a_sentence(typed: str) -> None:
    with pytest.raises(CannotDraw):
        ranged(typed)


def test_an_empty_list_and_a_number_that_excel_rounded_are_refused() -> None:
    with pytest.raises(CannotDraw, match="no record"):
        population(["", " "], "list")
    with pytest.raises(CannotDraw, match="lost digits"):
        population(["2.02605E+13"], "list")


def test_a_draw_is_frozen_and_a_second_one_refused(store: Store, session: AuditSession) -> None:
    drawn = draw(session)
    whole = population(["R5", "R4", "R3", "R2", "R1"], "another file")
    with pytest.raises(AlreadyDrawn, match="the same records"):
        marking.draw(session, "orders", whole, "8")
    with pytest.raises(AlreadyDrawn, match="other records"):
        marking.draw(session, "orders", population(["X1", "X2"], ""), "7")
    kept = marking.grid_of(AuditSession.open(store, "SHXX", WANG), "ORDERS").draw
    assert (list(kept.records), kept.population, kept.seed, kept.size) == (drawn, 5, "7", 3)
    session.undo()
    assert draw(session, seed="8") != drawn


def test_a_set_nobody_asks_for_is_refused(session: AuditSession) -> None:
    with pytest.raises(UnknownSet):
        draw(session, name="unused")
    with pytest.raises(UnknownName, match="orders"):
        draw(session, name="ordres")


# -- answers -----------------------------------------------------------------------------------------------------------


def test_an_item_is_open_until_every_record_has_its_mark(session: AuditSession) -> None:
    draw(session)
    mark_column(session, "A", "ok", "no")
    assert session.state.answer("A").state is ItemState.OPEN
    with pytest.raises(CannotSign, match="A, B"):
        session.sign("Li", "Chen")
    mark_column(session, "A", "ok", "no", "ok")
    assert (session.state.answer("A").state, session.state.answer("A").value) == (ItemState.ANSWERED, "2/3")
    assert str(session.scorecard.items[0].earned) == "6.67"


def test_what_does_not_apply_leaves_the_denominator_and_all_of_it_is_no_case(session: AuditSession) -> None:
    draw(session)
    mark_column(session, "A", "na", "ok", "no")
    mark_column(session, "B", "na", "na", "na")
    assert session.state.answer("A").value == "1/2"
    answer = session.state.answer("B")
    assert answer.state is ItemState.NO_CASE
    assert answer.told is not None
    assert "none of the 3" in answer.told.en


def test_a_record_not_produced_fails_all_its_items(session: AuditSession) -> None:
    first, *_ = draw(session)
    mark_column(session, "A", "ok", "ok", "ok")
    marking.mark_missing(session, "orders", first.lower(), "clerk away")
    assert session.state.answer("A").value == "2/3"
    assert session.state.answer("A").told == Text(
        f"{first}（未出示，clerk away）", f"{first} (not produced, clerk away)"
    )
    with pytest.raises(UnreadableMark, match="not produced"):
        marking.mark(session, "orders", first, "A", "ok")
    marking.mark_missing(session, "orders", first, found=True)
    assert session.state.answer("A").value == "3/3"


def test_a_remark_that_records_share_is_said_once(session: AuditSession) -> None:
    one, two, three = draw(session)
    for record, why in ((one, "late"), (two, "no name"), (three, "late")):
        marking.mark(session, "orders", record, "A", "no", remark=why)
    told = session.state.answer("A").told
    assert told == Text(f"{one}、{three}（late）；{two}（no name）", f"{one}, {three} (late); {two} (no name)")


def test_levels_are_read_per_record_and_a_missing_record_is_level_0(session: AuditSession) -> None:
    records = draw(session, "T1,T2,T3,T4", name="calls")
    mark_column(session, "L", "3", "na", "5", name="calls")
    assert session.state.answer("L").value == "3 5"
    marking.mark_missing(session, "calls", records[1])
    assert session.state.answer("L").value == "3 0 5"
    with pytest.raises(UnreadableMark, match="0 to 5"):
        marking.mark(session, "calls", records[0], "L", "6")
    with pytest.raises(UnreadableMark):
        marking.mark(session, "calls", records[0], "L", "ok")


def test_closed_short_counts_what_was_marked_and_says_n_of_n(session: AuditSession) -> None:
    draw(session)
    mark_column(session, "A", "ok", "no")
    grid = marking.close(session, "orders", "time ran out")
    answer = session.state.answer("A")
    assert answer.value == "1/2"
    assert answer.told is not None
    assert "short sample: 2 of 3, time ran out" in answer.told.en
    assert "样本不足：2/3" in answer.told.zh
    assert (session.state.answer("B").state, session.state.answer("B").reason) == (
        ItemState.NOT_ASSESSED,
        "time ran out",
    )
    assert grid.short(grid.items[0]) == "closed"
    with pytest.raises(NothingToClose):
        marking.close(session, "orders", "again")


def test_closing_needs_a_reason_and_something_open(session: AuditSession) -> None:
    draw(session)
    with pytest.raises(NothingToClose):
        marking.close(session, "orders", " ")
    mark_column(session, "A", "ok", "ok", "ok")
    mark_column(session, "B", "ok", "ok", "ok")
    with pytest.raises(NothingToClose):
        marking.close(session, "orders", "time")


def test_a_list_smaller_than_the_set_is_a_short_sample(session: AuditSession) -> None:
    assert len(draw(session, "R1,R2")) == 2
    mark_column(session, "A", "ok", "ok")
    answer = session.state.answer("A")
    assert answer.value == "2/2"
    assert answer.told is not None
    assert answer.told.en == "short sample: 2 of 3, the list has 2"


def test_what_the_dealership_has_not_stays_out_of_the_grid(session: AuditSession) -> None:
    records = draw(session)
    grid = marking.grid_of(session, "orders")
    assert [i.id for i in grid.items] == ["A", "B"]
    assert [i.id for i in grid.left_out] == ["C"]
    assert len(grid.open_cells) == 6
    session.answer("B", "NA", "no such orders")
    assert len(marking.grid_of(session, "orders").open_cells) == 3
    assert session.state.answer("B").state is ItemState.NOT_APPLICABLE
    marking.mark(session, "orders", records[0], "B", "ok")
    assert session.state.answer("B").state is ItemState.OPEN
    assert len(marking.grid_of(session, "orders").open_cells) == 5


def test_once_drawn_the_grid_stands_and_typed_answers_are_refused(session: AuditSession) -> None:
    session.answer("A", "8/10")
    draw(session)
    assert session.state.answer("A").state is ItemState.OPEN
    with pytest.raises(MarkInRecords, match="records mark"):
        session.answer("A", "9/10")
    with pytest.raises(MarkInRecords):
        session.answer("A", "NC", "searched")
    assert [e.what.en for e in history(session, "A") if e.entry.kind == "answer"] == ["8/10"]
    session.undo()
    assert session.state.answer("A").value == "8/10"


# -- journal -----------------------------------------------------------------------------------------------------------


def test_history_undo_and_seal_know_the_new_kinds(session: AuditSession) -> None:
    first, *_ = draw(session)
    marking.mark(session, "orders", first, "A", "no", "no signature")
    marking.mark_missing(session, "orders", first)
    marking.close(session, "orders", "time")
    told = [event.what.en for event in history(session) if event.entry.kind in {"draw", "mark", "close"}]
    assert told == [
        "drew 3 of 3 from a list of 5 (pasted), seed 7",
        "× (no signature)",
        "not produced",
        "closed short: time",
    ]
    assert {"draw", "mark", "close"} <= KIND_NAMES.keys()
    assert [e.what.en for e in history(session, "A")] == told
    assert [e.what.en for e in history(session, "B")] == [told[0], *told[2:]]
    assert not history(session, "L")
    for _ in range(4):
        session.undo()
    assert drawn_sets(session.checklist, session.state) == {}
    standing = {e.standing for e in history(session) if e.entry.kind in {"draw", "mark", "close"}}
    assert standing == {Standing.UNDONE}


def test_a_draw_stands_above_typed_answers_which_come_back_with_its_undoing(session: AuditSession) -> None:
    session.answer("A", "2/3", "one unsigned")
    session.answer("B", "NA", "not sold here")
    session.answer("P", "4", "x")
    before = typed_before(session.checklist, session.state, "orders")
    assert list(before) == ["A"]
    assert (told_before(before).en, told_before(before).zh) == ("A (2/3)", "A（2/3）")
    draw(session)
    assert not typed_before(session.checklist, session.state, "orders")
    standing = {e.subject: e.standing for e in history(session) if e.entry.kind == "answer"}
    assert standing == {"A": Standing.COVERED, "B": Standing.CURRENT, "P": Standing.CURRENT}
    session.undo()
    assert session.state.answer("A").value == "2/3"
    assert [e.standing for e in history(session, "A") if e.entry.kind == "answer"] == [Standing.CURRENT]


def test_an_item_in_conflict_is_named_before_it_is_drawn(store: Store, session: AuditSession) -> None:
    other = AuditSession.open(store, session.ref, WANG)
    session.answer("A", "2/3", "x")
    other.answer("A", "1/3", "y")
    session.refresh()
    assert told_before(typed_before(session.checklist, session.state, "orders")).en == "A (open)"
    draw(session)
    assert {e.standing for e in history(session, "A") if e.entry.kind == "answer"} == {Standing.CONFLICT}


def test_a_signed_audit_takes_no_marks(session: AuditSession) -> None:
    first, *_ = draw(session)
    marking.close(session, "orders", "time")
    session.answer("L", "3")
    session.answer("P", "3")
    session.sign("Li", "Chen")
    with pytest.raises(AuditSealed):
        marking.mark(session, "orders", first, "A", "ok")


def test_two_sessions_marking_different_records_lose_nothing(store: Store, session: AuditSession) -> None:
    first, second, third = draw(session)
    other = AuditSession.open(store, "SHXX", WANG)
    marking.mark(session, "orders", first, "A", "ok")
    marking.mark(other, "orders", second, "A", "no")
    marking.mark(session, "orders", third, "A", "ok")
    other.refresh()
    assert session.state.answer("A").value == other.state.answer("A").value == "2/3"


def test_the_same_cell_marked_apart_is_a_conflict_that_marking_again_settles(
    store: Store, session: AuditSession
) -> None:
    first, *_ = draw(session)
    other = AuditSession.open(store, "SHXX", WANG)
    marking.mark(session, "orders", first, "A", "ok")
    marking.mark(other, "orders", first, "A", "no")
    grid = marking.grid_of(other, "orders")
    assert grid.conflicts == {(first, "A")}
    assert (first, "A") in grid.open_cells
    with pytest.raises(CannotSign):
        other.sign("Li", "Chen")
    marking.mark(other, "orders", first, "A", "no")
    assert not other.state.conflicts


def test_a_set_drawn_twice_side_by_side_leaves_its_items_open_until_settled(
    store: Store, session: AuditSession
) -> None:
    other = AuditSession.open(store, "SHXX", WANG)
    draw(session, seed="1")
    draw_elsewhere = population(pasted("R1,R2,R3,R4,R5"), "pasted")
    with pytest.raises(marking.NotDrawn, match="side by side"):
        marking.draw(other, "orders", draw_elsewhere, "2")
    assert other.state.answer("A").state is ItemState.OPEN
    with pytest.raises(MarkInRecords):
        other.answer("A", "3/3")
    mine = next(e for e in other.state.conflicts["draw:orders"] if e.person == "Li")
    other.settle("draw:orders", mine.hash[:12])
    assert marking.grid_of(other, "orders").draw.seed == "1"


def test_numbers_with_strokes_cannot_be_taken_for_cells(session: AuditSession) -> None:
    assert slot_of("orders", "R/A") != slot_of("orders", "R", "A")
    records = draw(session, "R/1,R,R/A")
    marking.mark_missing(session, "orders", "R/A")
    marking.mark(session, "orders", "R", "A", "ok")
    grid = marking.grid_of(session, "orders")
    assert (set(grid.missing), set(grid.marks)) == ({"R/A"}, {("R", "A")})
    assert len(records) == 3


def test_unknown_records_and_items_say_what_there_is(session: AuditSession) -> None:
    draw(session, "RO-1,RO-2,RO-3")
    with pytest.raises(UnknownRecord, match="RO-1"):
        marking.mark(session, "orders", "R0-1", "A", "ok")
    with pytest.raises(UnreadableMark, match="A, B"):
        marking.mark(session, "orders", "RO-1", "L", "3")


def test_the_summary_holds_the_drawn_sets(session: AuditSession) -> None:
    draw(session)
    assert [grid.id for grid in summarize(session).records] == ["orders"]


def test_two_processes_marking_at_once_lose_nothing(store: Store, tmp_path: Path) -> None:
    big = AuditSession.create(store, asked(2 * MARKS_EACH), DEALER, LI, {"date": "2026-06-01"})
    marking.draw(big, "orders", population(ranged(f"1..{2 * MARKS_EACH}"), "range"), "7")
    command = [sys.executable, "-W", "error", __file__, str(tmp_path / "audits.db"), big.ref]
    started = [
        subprocess.Popen([*command, str(half)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for half in (0, 1)
    ]
    for process in started:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, out, err) == (0, "", "")
    big.refresh()
    assert not big.state.conflicts
    assert big.state.answer("A").value == f"{MARKS_EACH}/{2 * MARKS_EACH}"


def _mark_half(place: str, ref: str, half: int) -> None:
    """Mark every second record, as one of two processes: one conforms, the other does not."""
    with Store.open(place) as store:
        session = AuditSession.open(store, ref, Author(f"person-{half}", f"device-{half}"))
        for record in marking.grid_of(session, "orders").draw.records[half::2]:
            marking.mark(session, "orders", record, "A", ("ok", "no")[half])


if __name__ == "__main__":
    _mark_half(sys.argv[1], sys.argv[2], int(sys.argv[3]))


def test_an_item_read_from_records_is_amended_and_its_sheet_stays(store: Store, session: AuditSession) -> None:
    draw(session)
    for item_id, values in {"A": ("ok", "no", "ok"), "B": ("ok", "ok", "ok")}.items():
        mark_column(session, item_id, *values)
    session.answer("L", "3 3 3")
    session.answer("P", "4")
    session.sign("Li", "Chen")
    amend(session, Typed("A", "3/3"), "the missing record was handed in")
    amend(session, Typed("B", "NA"), "the dealership has no such orders")
    kept = AuditSession.open(store, session.ref, LI)
    assert (kept.state.answer("A").value, kept.state.answer("B").state) == ("3/3", ItemState.NOT_APPLICABLE)
    [grid] = summarize(kept).records
    assert [item.id for item in grid.items] == ["A", "B"]
    assert grid.answer(grid.items[0]).value == "2/3"
    assert verify(store, store.find("audit", session.ref)[0]).intact

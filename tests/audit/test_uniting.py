"""Two copies of a store put together: everything is taken over once, checked before anything is written."""

from __future__ import annotations

import sqlite3
from contextlib import closing as closed
from shutil import copyfile
from typing import TYPE_CHECKING

import pytest

from audit.amending import amend
from audit.closing import AMENDMENT
from audit.dealers import Dealer, Dealers
from audit.evidence import evidence_of
from audit.evidence_adding import Wanted, add_files
from audit.journal import Author
from audit.session import AuditSession, Typed
from audit.store.store import Store
from audit.uniting import MergeRefused, merge
from audit.verify import verify
from tests.builders import checklist, department, item, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LI, WANG = Author("李工", "laptop-1"), Author("王工", "laptop-2")
ASKED = checklist(department("D", section("S", item("A1"), item("A2"))), department("E", section("T", item("B1", 15))))
ONE = Dealer(code="D1", name_zh="一号店")


def begin(store: Store, date: str = "2026-05-12") -> AuditSession:
    Dealers(store, LI).save(ONE)
    return AuditSession.create(store, ASKED, ONE, LI, {"date": date})


def again(store: Store, who: Author = LI) -> AuditSession:
    return AuditSession.open(store, "D1-2026-05-12", who)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "here.db")) as opened:
        begin(opened).answer("A1", "3")
    copyfile(tmp_path / "here.db", tmp_path / "there.db")
    with Store.open(str(tmp_path / "here.db")) as opened:
        yield opened


@pytest.fixture
def there(here: Store, tmp_path: Path) -> Iterator[Store]:
    assert here.place
    with Store.open(str(tmp_path / "there.db")) as opened:
        yield opened


def intact(store: Store) -> bool:
    return all(verify(store, row).intact for row in store.streams("audit"))


def edit(store: Store, statement: str, *values: object) -> None:
    with closed(sqlite3.connect(store.place)) as database:
        assert database.execute(statement, values).rowcount
        database.commit()


def test_both_halves_come_together_and_a_second_time_nothing_is_left(here: Store, there: Store, tmp_path: Path) -> None:
    again(here).answer("A2", "4")
    again(here).answer("B1", "1")
    again(there, WANG).answer("B1", "5")
    photo = tmp_path / "bay.txt"
    photo.write_text("the bay", "utf-8")
    add_files(again(there, WANG), [Wanted("B1", photo)])
    begin(there, "2026-06-01").answer("A1", "1")
    Dealers(there, WANG).save(Dealer(code="D2", name_zh="二号店"))
    AuditSession.create(there, ASKED, Dealer(code="D2", name_zh="二号店"), WANG, {"date": "2026-06-02"})

    first, second, third = merge(here, there)
    assert (first.ref, first.new, first.entries, first.files) == ("D1-2026-05-12", False, 2, 1)
    assert first.conflicts == ("item:B1",)
    assert (second.ref, second.new, second.conflicts) == ("D1-2026-06-01", True, ())
    assert third.new
    assert Dealers(here, LI).get("D2").name_zh == "二号店"
    assert [piece.name for piece in evidence_of(again(here))] == ["bay.txt"]
    assert here.get_file(evidence_of(again(here))[0].file) == b"the bay"
    assert [(one.entries, one.files, one.new) for one in merge(here, there)] == [(0, 0, False)] * 3
    [back] = merge(there, here, "D1-2026-05-12")
    assert back.entries == 2
    assert again(here).scorecard == again(there).scorecard
    assert set(again(here).journal.heads) == set(again(there).journal.heads)
    assert intact(here)
    assert intact(there)


def test_after_signing_results_follow_and_what_lies_outside_the_seal_is_late(here: Store, there: Store) -> None:
    again(there, WANG).answer("B1", "5")
    session = again(here)
    for own_id in ("A2", "B1"):
        session.answer(own_id, "3")
    session.sign("Li", "Chen")
    [merged] = merge(here, there)
    assert (merged.entries, merged.late, merged.conflicts) == (1, 1, ())
    assert again(here).state.answer("B1").value == "3"
    # Over there it is signed now, by the same seal; what is amended apart is a conflict that settling ends.
    merge(there, here)
    amend(again(here), Typed("A1", "5"), "ours")
    amend(again(there, WANG), Typed("A1", "1"), "theirs")
    [merged] = merge(there, here)
    assert merged.conflicts == (AMENDMENT + "A1",)
    merge(here, there)
    kept = next(e for e in again(here).state.conflicts[AMENDMENT + "A1"] if e.person == "王工")
    again(here).settle("A1", kept.hash)
    merge(there, here)
    assert again(there).state.answer("A1").value == "1"
    assert there.results(again(there).own_id) == here.results(again(here).own_id)
    assert intact(here)
    assert intact(there)


def test_what_is_damaged_or_signed_apart_is_refused_before_anything_is_written(
    here: Store, there: Store, tmp_path: Path
) -> None:
    photo = tmp_path / "bay.txt"
    photo.write_text("the bay", "utf-8")
    begin(there, "2026-06-01")
    add_files(again(there, WANG), [Wanted("B1", photo)])
    edit(there, "UPDATE files SET body = ?", b"another bay")

    def refused(words: str) -> None:
        before = [here.read(row.id) for row in here.streams("audit")]
        with pytest.raises(MergeRefused, match=words):
            merge(here, there)
        assert [here.read(row.id) for row in here.streams("audit")] == before

    refused(r"bay\.txt")
    edit(there, "UPDATE files SET body = ?", b"the bay")
    whole = there.read(again(there).own_id).entries[-1]
    edit(there, "UPDATE entries SET body = ? WHERE hash = ?", whole[1].replace(b"B1", b"A1"), whole[0])
    refused("damaged")
    edit(there, "DELETE FROM entries WHERE hash = ?", whole[0])
    gone = there.read(again(there).own_id).entries[-1][0]
    again(there, WANG).answer("A2", "2")
    edit(there, "DELETE FROM entries WHERE hash = ? AND stream = ?", gone, again(here).own_id)
    [merged, _] = merge(here, there)
    assert merged.entries == 1, "what is gone there is kept here"
    merge(there, here)
    for store, who in ((here, LI), (there, WANG)):
        session = again(store, who)
        for own_id in ("A1", "A2", "B1"):
            session.answer(own_id, "3")
        session.sign(who.person, "Chen")
    refused("signed on both sides")

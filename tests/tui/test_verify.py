"""`audit verify`: what was changed behind the tool's back is found and named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.exits import ExitCode

if TYPE_CHECKING:
    from tests.tui.conftest import Person


@pytest.fixture
def signed(person: Person) -> tuple[str, str]:
    ref = person.begin()
    person.complete(ref)
    return ref, person.sign(ref)


def change(person: Person, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(person.store)) as database:
        database.execute(statement, values)
        database.commit()


def entry_of(person: Person, ref: str, subject: str) -> str:
    events = person.well("audit", "history", ref, "--json").json["events"]
    return str(next(event["entry"] for event in events if event["subject"] == subject))


@pytest.mark.parametrize("typed", ["", "abc1234", "no seal at all", "０" * 12])
def test_what_is_no_seal_is_a_slip_of_the_pen_and_no_tampering(
    person: Person, signed: tuple[str, str], typed: str
) -> None:
    ref, seal = signed
    done = person.on_store("audit", "verify", ref, "--seal", typed)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert "at least 8 hex digits" in done.err
    assert person.well("audit", "verify", ref, "--seal", f" {seal[:4].upper()} {seal[4:6]}\u200b{seal[6:8]}").code == 0
    assert person.on_store("audit", "verify", ref, "--seal", "0123abcd").code == ExitCode.ATTENTION


def test_an_untouched_audit_is_intact(person: Person, signed: tuple[str, str]) -> None:
    ref, seal = signed
    done = person.well("audit", "verify", ref, "--seal", seal)
    assert "is intact" in done.out
    assert seal in done.out
    shape = person.well("audit", "verify", ref, "--json").json
    assert shape.keys() == {"ref", "intact", "entries", "seal", "problems"}
    assert (shape["intact"], shape["seal"], shape["problems"]) == (True, seal, [])
    assert "完整" in person.well("audit", "verify", ref, lang="zh").out


def test_one_changed_byte_is_found(person: Person, signed: tuple[str, str]) -> None:
    ref, _ = signed
    altered = entry_of(person, ref, "A1")
    with closing(sqlite3.connect(person.store)) as database:
        [body] = database.execute("select body from entries where hash = ?", [altered]).fetchone()
    change(person, "update entries set body = ? where hash = ?", body.replace(b'"value":"3"', b'"value":"4"'), altered)
    done = person.on_store("audit", "verify", ref)
    assert done.code == ExitCode.ATTENTION
    assert altered[:12] in done.out
    assert person.on_store("audit", "verify", ref, "--json").json["intact"] is False
    assert person.on_store("score", ref).code == ExitCode.STORE


def test_a_deleted_entry_is_found(person: Person, signed: tuple[str, str]) -> None:
    ref, _ = signed
    gone = entry_of(person, ref, "A2")
    change(person, "delete from entries where hash = ?", gone)
    done = person.on_store("audit", "verify", ref, lang="zh")
    assert done.code == ExitCode.ATTENTION
    assert gone[:12] in done.out
    assert "缺失" in done.out


def test_a_removed_last_entry_is_found_with_the_seal(person: Person, signed: tuple[str, str]) -> None:
    ref, seal = signed
    change(person, "delete from entries where hash = ?", seal)
    done = person.on_store("audit", "verify", ref, "--seal", seal)
    assert done.code == ExitCode.ATTENTION
    assert seal[:16] in done.out


def test_altered_results_are_found(person: Person, signed: tuple[str, str]) -> None:
    ref, _ = signed
    change(person, "update results set earned = earned + 100 where level = 'item' and key = 'A1'")
    done = person.on_store("audit", "verify", ref)
    assert done.code == ExitCode.ATTENTION
    assert "A1" in done.out


def test_a_store_that_is_no_database_is_a_sentence(person: Person, signed: tuple[str, str]) -> None:
    ref, _ = signed
    person.store.write_bytes(b"damaged" * 1000)
    for words in (["audit", "verify", ref], ["audit", "list"], ["score", ref], ["audit", "answer", ref, "A1", "1"]):
        done = person.on_store(*words)
        assert done.code == ExitCode.STORE
        assert "audits.db" in done.err

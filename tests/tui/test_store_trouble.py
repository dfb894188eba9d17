"""A store in trouble is a sentence and an exit code, and what was acknowledged is there afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tui.exits import ExitCode

if TYPE_CHECKING:
    from tests.tui.conftest import Done, Person


@pytest.fixture
def ref(person: Person) -> str:
    ref = person.begin()
    person.well("audit", "answer", ref, "A1", "3")
    return ref


def values(person: Person, ref: str) -> list[str]:
    return [answer["value"] for answer in person.well("audit", "show", ref, "--json").json["answers"]]


def impatient(person: Person, *words: str, lang: str = "en") -> Done:
    return person(*words, "--store", f"sqlite:///{person.store}?timeout=0.2", lang=lang)


def test_a_locked_store(person: Person, ref: str) -> None:
    with closing(sqlite3.connect(person.store, isolation_level=None)) as other:
        other.execute("begin immediate")
        done = impatient(person, "audit", "answer", ref, "A2", "8/10", lang="zh")
        assert done.code == ExitCode.STORE
        assert "占用" in done.err
        assert impatient(person, "score", ref).code == 0
        other.execute("rollback")
    assert values(person, ref)[:2] == ["3", ""]
    assert impatient(person, "audit", "answer", ref, "A2", "8/10").code == 0


def test_a_store_of_a_newer_edition(person: Person, ref: str) -> None:
    with closing(sqlite3.connect(person.store)) as database:
        [[table]] = database.execute("select name from sqlite_master where name like '%version%' and type = 'table'")
        [before] = database.execute(f"select version_num from {table}").fetchone()  # noqa: S608 - from the schema
        database.execute(f"update {table} set version_num = '9999'")  # noqa: S608
        database.commit()
        done = person.on_store("score", ref)
        assert done.code == ExitCode.STORE
        assert "Upgrade dealer-audit" in done.err
        database.execute(f"update {table} set version_num = ?", [before])  # noqa: S608
        database.commit()
    assert values(person, ref)[0] == "3"


def test_an_address_that_is_none(person: Person, ref: str) -> None:
    for address in ("nosuch://x", "sqlite:///:memory:"):
        assert person("score", ref, "--store", address).code == ExitCode.STORE


def test_an_answer_that_met_another_says_so(person: Person, ref: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from audit.journal import Author
    from audit.session import AuditSession
    from audit.store.store import Store

    unhindered = AuditSession.answer

    def interfered(self: AuditSession, *args: str) -> object:
        monkeypatch.setattr(AuditSession, "answer", unhindered)
        with Store.open(str(person.store)) as store:
            AuditSession.open(store, ref, Author("Wang", "other")).answer("A1", "5")
        return unhindered(self, *args)

    monkeypatch.setattr(AuditSession, "answer", interfered)
    done = person.well("audit", "answer", ref, "A1", "1")
    assert "audit settle" in done.err


def test_a_terminal_that_cannot_show_chinese(person: Person, ref: str) -> None:
    import os
    import subprocess
    import sys

    tool = [sys.executable, "-c", "from tui.main import main; main()"]
    for encoding in ("ascii", "gbk"):
        env = {**os.environ, "PYTHONIOENCODING": encoding}
        done = subprocess.run(
            [*tool, "score", ref, "--store", str(person.store), "--lang", "zh"],
            capture_output=True,
            env=env,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert b"40" in done.stdout

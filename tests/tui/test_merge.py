"""Putting two laptops' stores together as it is typed."""

from __future__ import annotations

from shutil import copyfile
from typing import TYPE_CHECKING

from tui.exits import ExitCode

if TYPE_CHECKING:
    from tests.tui.conftest import Person


def test_what_a_colleague_wrote_is_merged_and_a_conflict_says_how_to_settle_it(person: Person) -> None:
    ref = person.begin()
    other = person.home / "other.db"
    copyfile(person.store, other)
    person.well("audit", "answer", ref, "A1", "3")
    for item, value in {"A1": "5", "B1": "y"}.items():
        assert person("audit", "answer", ref, item, value, "--as", "Wang", "--store", str(other)).code == 0
    done = person.on_store("audit", "merge", str(other))
    assert done.code == ExitCode.ATTENTION
    assert f"{ref}: entries merged: 2, files: 0" in done.err
    assert "Wang" in done.err
    assert f"audit settle {ref} A1 --keep" in done.err
    entry = person.well("audit", "history", ref, "--item", "A1", "--json").json["events"][-1]["entry"]
    person.well("audit", "settle", ref, "A1", "--keep", entry)
    assert f"{ref}：没有新内容" in person.well("audit", "merge", str(other), ref, lang="zh").err
    assert person.well("audit", "merge", str(other), "--json").json["merged"][0]["entries"] == 0
    assert person.on_store("audit", "merge", str(person.home / "none.db")).code == ExitCode.STORE
    assert person.on_store("audit", "merge", str(other), "Z9").code == ExitCode.NOT_FOUND

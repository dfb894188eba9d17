"""What the store keeps and gives back."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from audit.store.errors import RefTaken, StreamExists, UnknownStream
from audit.store.rows import Entry, ResultRow, Results
from audit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as store:
        yield store


def entry(text: str) -> Entry:
    body = text.encode()
    return hashlib.sha256(body).hexdigest(), body


TOTAL = ResultRow("total", "", None, 75050, 100000, 75000, passed=True)
ITEM = ResultRow("item", "FD01", "answered", 1250, 2000, None, passed=None)


# Journals


def test_entries_come_back_byte_for_byte_in_their_order(store: Store) -> None:
    odd = entry("\x00零 'quoted' \U0001f600")
    store.create("audit", "s1", "GZ01", [entry("b"), entry("a")])
    store.append("s1", [odd, entry("c")])
    assert store.read("s1").entries == [entry("b"), entry("a"), odd, entry("c")]


def test_reading_after_a_position_gives_only_what_is_new(store: Store) -> None:
    store.create("audit", "s1", "GZ01", [entry("a")])
    store.create("audit", "s2", "GZ02", [entry("other")])
    first = store.read("s1")
    assert store.read("s1", first.position).entries == []
    assert store.read("s1", first.position).position == first.position
    store.append("s2", [entry("another")])
    store.append("s1", [entry("b")])
    assert store.read("s1", first.position).entries == [entry("b")]


def test_the_same_entry_again_is_skipped(store: Store) -> None:
    store.create("audit", "s1", "GZ01", [entry("a"), entry("a")])
    store.append("s1", [entry("a"), entry("b"), entry("b")])
    store.append("s1", [entry("b")])
    assert store.read("s1").entries == [entry("a"), entry("b")]


def test_two_streams_may_hold_the_same_entry(store: Store) -> None:
    store.create("audit", "s1", "GZ01", [entry("a")])
    store.create("audit", "s2", "GZ02", [entry("a")])
    assert store.read("s1").entries == store.read("s2").entries == [entry("a")]


def test_thousands_of_entries_go_in_at_once_and_again(store: Store) -> None:
    many = [entry(str(number)) for number in range(3000)]
    store.create("audit", "s1", "GZ01", many[:2000])
    store.append("s1", many)
    assert store.read("s1").entries == many


def test_an_append_that_cannot_be_done_leaves_no_trace(store: Store) -> None:
    store.create("audit", "s1", "GZ01", [entry("a")])
    twice = Results("h", (ITEM, ITEM))
    with pytest.raises(Exception, match="UNIQUE"):
        store.append("s1", [entry("b")], twice)
    assert store.read("s1").entries == [entry("a")]
    assert store.results("s1") is None


def test_an_unknown_stream_is_misuse(store: Store) -> None:
    with pytest.raises(UnknownStream):
        store.read("nowhere")
    with pytest.raises(UnknownStream):
        store.append("nowhere", [entry("a")])


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    with Store.open(path) as store:
        store.create("audit", "s1", "GZ01", [entry("a")])
        store.append("s1", [], Results("h", (TOTAL,)))
    assert [file.name for file in tmp_path.iterdir()] == ["store.db"]
    with Store.open("sqlite:///" + path, create=False) as store:
        assert store.read("s1").entries == [entry("a")]
        assert store.results("s1") == Results("h", (TOTAL,))


# Refs


def test_a_taken_ref_gets_the_first_free_number(store: Store) -> None:
    given = [store.create("audit", f"s{number}", "GZ01-20261122", []) for number in range(3)]
    assert given == ["GZ01-20261122", "GZ01-20261122-2", "GZ01-20261122-3"]
    assert store.create("audit", "s9", "gz01-20261122", []) == "gz01-20261122-4"
    assert store.create("dealer", "d1", "GZ01-20261122", []) == "GZ01-20261122"
    assert [row.ref for row in store.streams("audit")] == [*given, "gz01-20261122-4"]


def test_a_ref_wanted_exactly_is_refused_when_taken(store: Store) -> None:
    assert store.create("dealer", "d1", "GZ01", [], exact=True) == "GZ01"
    with pytest.raises(RefTaken) as caught:
        store.create("dealer", "d2", "gz01", [], exact=True)
    assert "gz01" in caught.value.text.zh
    assert store.place in caught.value.text.en
    assert [row.id for row in store.streams("dealer")] == ["d1"]


def test_a_stream_is_created_once(store: Store) -> None:
    store.create("audit", "s1", "GZ01", [])
    with pytest.raises(StreamExists):
        store.create("audit", "s1", "GZ02", [])


def test_find_takes_the_exact_name_then_other_case_then_every_beginning(store: Store) -> None:
    for number, ref in enumerate(["GZ01", "GZ01-2", "gz02-a", "GZ02-A-2", "100%_x", "100 _y", "深圳-1"]):
        store.create("audit", f"s{number}", ref, [])

    def found(prefix: str) -> list[str]:
        return [row.ref for row in store.find("audit", prefix)]

    assert found("GZ01") == ["GZ01"]
    assert found("gz01") == ["GZ01"]
    assert found("GZ02-A") == ["gz02-a"]
    assert found("gz0") == ["GZ01", "GZ01-2", "gz02-a", "GZ02-A-2"]
    assert found("100%") == ["100%_x"]
    assert found("100 _") == ["100 _y"]
    assert found("_") == []
    assert found("深圳") == ["深圳-1"]
    assert len(found("")) == 7
    assert store.find("dealer", "GZ01") == []


# Checklists and results


def test_a_checklist_is_kept_once_under_its_hash(store: Store) -> None:
    store.save_checklist("h2", "seed", "2", b"{2}")
    store.save_checklist("h1", "seed", "1", b"{1}")
    store.save_checklist("h1", "seed", "1", b"{1}")
    assert store.checklist("h1") == b"{1}"
    assert store.checklist("h3") is None


def test_results_are_replaced_as_a_whole_and_only_when_given(store: Store) -> None:
    store.create("audit", "s1", "GZ01", [entry("a")])
    assert store.results("s1") is None
    store.append("s1", [entry("b")], Results("heads-1", (ITEM, TOTAL)))
    assert store.results("s1") == Results("heads-1", (TOTAL, ITEM))
    store.append("s1", [entry("c")])
    assert store.results("s1") == Results("heads-1", (TOTAL, ITEM))
    store.append("s1", [], Results("heads-2", (TOTAL,)))
    assert store.results("s1") == Results("heads-2", (TOTAL,))


# What loads


def test_errors_rows_and_place_load_no_sqlalchemy() -> None:
    code = (
        "import sys, audit.store.errors, audit.store.rows, audit.store.place as p; p.default_url();"
        "print([m for m in ('sqlalchemy', 'alembic', 'sqlite3') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

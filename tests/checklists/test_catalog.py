"""Checklists by id, from a path, from the cache, and as audits keep them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from checklists import catalog
from checklists.canonical import AlteredChecklist, NewerChecklist, from_store
from checklists.catalog import (
    BrokenChecklist,
    UnknownChecklist,
    available,
    load,
)
from checklists.issues import IssueCode
from checklists.text import UserError
from tests.checklists.writing import SMALL

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DEALER_AUDIT_CHECKLISTS", str(tmp_path / "own"))
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(tmp_path / "cache"))
    return tmp_path


def write(folder: Path, text: str = SMALL) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "checklist.yaml").write_text(text, "utf-8")
    return folder


def test_the_packaged_checklist_and_own_ones_are_available(home: Path) -> None:
    write(home / "own" / "mine")
    (home / "own" / "single.yaml").write_text(SMALL.replace("id: small", "id: single"), "utf-8")
    write(home / "own" / "broken", "title: [")
    (home / "own" / "notes.txt").write_text("no checklist")
    entries = {entry.id: entry for entry in available()}
    assert list(entries) == ["broken", "single", "small", "dealership"]
    assert entries["dealership"].packaged
    assert entries["dealership"].version == "2026.1"
    assert entries["small"].title.en == "Small"
    assert entries["small"].folder == home / "own" / "mine"
    assert (entries["broken"].title.zh, entries["broken"].packaged) == ("broken", False)
    assert load("single").id == "single"
    assert load("small").id == "small"


def test_an_own_folder_that_does_not_exist_is_no_error() -> None:
    assert [entry.id for entry in available()] == ["dealership"]


def test_the_own_folder_lies_in_the_users_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DEALER_AUDIT_CHECKLISTS")
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "data"))
    assert catalog.own_folder() == tmp_path / "data" / "checklists"


def test_a_path_works_wherever_an_id_does(home: Path) -> None:
    folder = write(home / "elsewhere")
    assert load(folder) == load(str(folder)) == load(folder / "checklist.yaml")


def test_an_unknown_id_offers_the_nearest() -> None:
    with pytest.raises(UnknownChecklist) as caught:
        load("delership")
    assert 'did you mean "dealership"?' in caught.value.text.en
    assert "“dealership”" in caught.value.text.zh
    for odd in ("", "a\0b", "x" * 5000):
        with pytest.raises(UnknownChecklist):
            load(odd)


def test_a_broken_checklist_carries_its_issues(home: Path) -> None:
    folder = write(home / "elsewhere", SMALL.replace("total: 10", "total: 11"))
    for _ in range(2):
        with pytest.raises(BrokenChecklist) as caught:
            load(folder)
        assert [issue.code for issue in caught.value.issues] == [IssueCode.TOTAL_SUM]
        assert "checklist.yaml:5" in caught.value.text.zh


def test_the_second_load_reads_the_canonical_copy(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(home / "elsewhere")
    first = load(folder)
    assert (home / "cache" / "checklists" / f"{first.hash}.json").read_bytes() == first.canonical

    def not_again(_path: object) -> None:
        pytest.fail("compiled again")

    with monkeypatch.context() as patched:
        patched.setattr(catalog, "compile_folder", not_again)
        assert load(folder) == first
    write(folder, SMALL.replace("en: Small", "en: Changed"))
    assert load(folder).title.en == "Changed"


@pytest.mark.parametrize("body", [b"", b"{}", b"not json", b"\xff", None])
def test_a_damaged_cache_is_compiled_again(home: Path, body: bytes | None) -> None:
    folder = write(home / "elsewhere")
    first = load(folder)
    for path in (home / "cache" / "checklists").iterdir():
        if body is None:
            path.unlink()
        elif path.suffix == ".json" or body:
            path.write_bytes(body)
    assert load(folder) == first


def test_a_cache_that_cannot_be_written_is_no_error(home: Path) -> None:
    (home / "cache").write_text("a file where the folder should be")
    assert load(write(home / "elsewhere")).id == "small"


def test_the_store_gives_back_what_it_was_given(home: Path) -> None:
    checklist = load(write(home / "elsewhere"))
    again = from_store(checklist.canonical, checklist.hash)
    assert again == checklist
    assert again.hash == checklist.hash


def test_an_altered_copy_is_refused(home: Path) -> None:
    checklist = load(write(home / "elsewhere"))
    with pytest.raises(AlteredChecklist) as caught:
        from_store(checklist.canonical.replace(b'"6"', b'"7"'), checklist.hash)
    assert isinstance(caught.value, UserError)
    assert checklist.hash[:12] in caught.value.text.en


def test_a_newer_format_asks_for_an_update(home: Path) -> None:
    data = json.loads(load(write(home / "elsewhere")).canonical) | {"format": 3, "later": "x"}
    body = json.dumps(data).encode()
    with pytest.raises(NewerChecklist) as caught:
        from_store(body, hashlib.sha256(body).hexdigest())
    assert "update the tool" in caught.value.text.en


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"null", b'{"format": "x"}', b"\xff\xfe", b"[" * 100_000])
def test_bytes_that_are_no_checklist_are_refused(body: bytes) -> None:
    with pytest.raises(AlteredChecklist):
        from_store(body, hashlib.sha256(body).hexdigest())

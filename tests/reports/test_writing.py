"""Text stays text, files are written whole or not at all, and the same audit gives the same bytes."""

from __future__ import annotations

import errno
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.state import Answer, ItemState
from checklists.text import LANGS, Text
from reports.measure import height_of, lines_of
from reports.safe_text import LONGEST, in_footer, safe
from reports.workbook import (
    ReportBusy,
    ReportFolderClosed,
    ReportFolderMissing,
    ReportNotWritten,
    report_bytes,
    write_report,
)
from tests.builders import checklist, department, item, section, state
from tests.reports.recalculate import load as load_book
from tests.reports.samples import noted, seed_front_desk, summary_of

DANGEROUS = (
    '=HYPERLINK("http://evil.example","click")',
    "+1",
    "-1",
    "@SUM(A1)",
    "http://evil.example",
    "mailto:a@b.c",
    "{=1+1}",
    "[/red] _x0041_ &amp; <b>",
    "internal:A1",
)


def one_item(reason: str, note: str = "", **more: Any) -> Any:
    asked = checklist(department("D", section("S", item("A"))))
    answers = {"A": Answer(ItemState.ANSWERED, "0", reason)}
    return summary_of(
        asked, replace(state(asked, {}), answers=answers, notes=noted({"A": note} if note else {})), **more
    )


@pytest.mark.parametrize("typed", DANGEROUS)
def test_text_never_becomes_a_formula_or_a_link(typed: str, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    summary = one_item(typed, typed, dealer=Text(typed, typed), city=typed, auditors=(typed,), contact=typed, ref=typed)
    write_report(summary, path, "zh")
    book = load_book(path)
    assert book["D（中）"]["I5"].value == typed
    assert book["D（中）"]["I5"].data_type == "s"
    assert typed in book["D（中）"]["K5"].value
    for sheet in book:
        assert not [c for row in sheet.iter_rows() for c in row if c.hyperlink]
        formulas = [str(c.value) for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        assert not [source for source in formulas if "evil" in source or "HYPERLINK" in source]
    assert not [name for name in zipfile.ZipFile(path).namelist() if "externalLink" in name]


def test_what_xml_cannot_hold_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_report(one_item("a\x00b\x0bc\ud800d\r\ne"), path, "en")
    assert load_book(path)["D"]["I5"].value == "a�b�c�d\ne"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("character", ["长", "a", "😀"])
def test_a_text_too_long_for_a_cell_is_shortened_and_says_so(character: str, lang: Any) -> None:
    short = safe(character * 40_000, lang)
    assert len(short.encode("utf-16-le")) // 2 <= LONGEST
    assert "40000" in short
    assert safe(character * 100, lang) == character * 100


def test_a_name_in_the_footer_is_one_short_line() -> None:
    assert in_footer("A & B\nC") == "A && B C"
    assert in_footer("店" * 60).endswith("…")


def test_rows_are_high_enough_for_words_and_for_chinese() -> None:
    assert lines_of("短", 10) == 1
    assert lines_of("十二个汉字占两行十二个汉", 14) == 2
    assert lines_of("a\nb\nc", 10) == 3
    assert lines_of("averyveryverylongwordwithoutanyblank", 10) >= 4
    assert height_of([("x" * 100_000, 10)]) == 409


def test_the_same_audit_gives_the_same_bytes() -> None:
    assert report_bytes(seed_front_desk(), "zh") == report_bytes(seed_front_desk(), "zh")


def test_the_date_of_the_file_is_the_audits(tmp_path: Path) -> None:
    write_report(seed_front_desk(), tmp_path / "r.xlsx", "zh")
    assert str(load_book(tmp_path / "r.xlsx").properties.created) == "2014-12-30 00:00:00"


def test_a_missing_folder_is_named_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(ReportFolderMissing) as caught:
        write_report(seed_front_desk(), tmp_path / "none" / "r.xlsx", "zh")
    assert all(str(tmp_path / "none") in caught.value.text.of(lang) for lang in LANGS)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReportNotWritten):
        write_report(seed_front_desk(), tmp_path, "zh")


@pytest.mark.parametrize(
    ("call", "error", "expected"),
    [
        ("replace", PermissionError(errno.EACCES, "open elsewhere"), ReportBusy),
        ("replace", OSError(errno.EIO, "broken"), ReportNotWritten),
        ("open", PermissionError(errno.EACCES, "closed"), ReportFolderClosed),
        ("open", OSError(errno.EROFS, "read-only"), ReportFolderClosed),
        ("open", OSError(errno.ENOSPC, "full"), ReportNotWritten),
    ],
)
def test_whatever_goes_wrong_leaves_the_old_file(
    call: str, error: OSError, expected: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"old")
    summary = seed_front_desk()

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, call, fail)
    with pytest.raises(expected):
        write_report(summary, path, "zh")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["r.xlsx"]


def test_an_interrupted_disk_leaves_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ReportNotWritten) as caught:
        write_report(seed_front_desk(), tmp_path / "r.xlsx", "zh")
    assert "磁盘已满" in caught.value.text.zh
    assert not list(tmp_path.iterdir())


def test_a_write_protected_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"old")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(ReportBusy):
        write_report(seed_front_desk(), path, "en")
    assert path.read_bytes() == b"old"

"""The sheet "Evidence": every file with its picture, and a report that can still be mailed."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook  # noqa: TID253 - needed by all of it

from audit.evidence import Evidence
from audit.pictures import look_at
from reports.thumbnails import ROOM
from reports.workbook import report_bytes
from tests.photos import photo
from tests.reports.samples import seed_front_desk

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import AuditSummary


def piece(number: int, name: str = "") -> Evidence:
    file = f"{number:064x}"
    return Evidence(
        "M1-1", file, name or f"IMG_{number}.jpg", "image/jpeg", 5_000_000, "2014-12-30T10:00:00", "exif", "王芳"
    )


def shown_with(pieces: list[Evidence], thumbnails: dict[str, bytes]) -> AuditSummary:
    return replace(seed_front_desk(), evidence=tuple(pieces), thumbnails=thumbnails)


@pytest.fixture(scope="module")
def noise(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The largest thumbnail there is: of noise."""
    path: Path = photo(tmp_path_factory.mktemp("photos") / "a.jpg", size=(1200, 900))
    thumbnail = look_at(path.read_bytes(), "image/jpeg").thumbnail
    assert thumbnail is not None
    return thumbnail


def numbered(noise: bytes, number: int) -> bytes:
    """Another picture of the same size: a JPEG ignores what follows its end."""
    return noise + number.to_bytes(4, "big")


def test_an_audit_without_evidence_has_no_such_sheet() -> None:
    book = load_workbook(BytesIO(report_bytes(seed_front_desk(), "en")))
    assert "Evidence" not in book.sheetnames


@pytest.mark.parametrize(("lang", "name", "source"), [("en", "Evidence", "camera"), ("zh", "佐证", "拍摄时间")])
def test_every_file_has_its_row(lang: str, name: str, source: str, noise: bytes) -> None:
    pieces = [piece(1), piece(2, "=cmd|'/c'!A1.pdf")]
    body = report_bytes(shown_with(pieces, {pieces[0].file: noise}), lang)  # type: ignore[arg-type]
    sheet = load_workbook(BytesIO(body))[name]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[0] for row in rows] == ["M1-1", "M1-1"]
    assert [row[3] for row in rows] == ["IMG_1.jpg", "=cmd|'/c'!A1.pdf"]
    assert sheet["D5"].data_type == "s"
    assert rows[0][4] == (f"2014-12-30 10:00\n({source})" if lang == "en" else f"2014-12-30 10:00\n（{source}）")
    assert rows[0][7] == pieces[0].file[:16]
    assert rows[0][2] is None
    assert rows[1][2] in {"(no picture)", "（无缩略图）"}
    with zipfile.ZipFile(BytesIO(body)) as archive:
        assert [archive.read(entry) for entry in archive.namelist() if entry.startswith("xl/media/")] == [noise]


def test_300_photos_stay_below_10_mb(noise: bytes) -> None:
    pieces = [piece(number) for number in range(300)]
    body = report_bytes(shown_with(pieces, {p.file: numbered(noise, n) for n, p in enumerate(pieces)}), "zh")
    with zipfile.ZipFile(BytesIO(body)) as archive:
        assert sum(entry.startswith("xl/media/") for entry in archive.namelist()) == 300
    assert len(body) < 10_000_000


def test_more_photos_than_fit_are_listed_without_picture(noise: bytes) -> None:
    count = ROOM // len(noise) + 50
    pieces = [piece(number) for number in range(count)]
    body = report_bytes(shown_with(pieces, {p.file: numbered(noise, n) for n, p in enumerate(pieces)}), "en")
    assert len(body) < 10_000_000
    sheet = load_workbook(BytesIO(body))["Evidence"]
    assert sheet.cell(4 + count - 1, 3).value == "(no more room for pictures in this report)"


def test_a_shared_photo_is_in_the_file_once(noise: bytes) -> None:
    pieces = [piece(1), replace(piece(1), item="M2-1")]
    body = report_bytes(shown_with(pieces, {pieces[0].file: noise}), "en")
    with zipfile.ZipFile(BytesIO(body)) as archive:
        assert sum(entry.startswith("xl/media/") for entry in archive.namelist()) == 1

"""Logo, colours and footer from one small file, and a sentence for every file that cannot be used."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from checklists.text import LANGS
from reports.brand import BadBrand, read_brand
from reports.workbook import Look, report_bytes
from tests.reports.samples import seed_front_desk

if TYPE_CHECKING:
    from pathlib import Path


def logo(folder: Path, kind: str = "PNG") -> Path:
    from PIL import Image

    path = folder / f"logo.{kind.lower()}"
    Image.new("RGB", (300, 100), "green").save(path, kind)
    return path


def test_a_brand_gives_the_report_its_look(tmp_path: Path) -> None:
    logo(tmp_path)
    file = tmp_path / "brand.yaml"
    file.write_text("logo: logo.png\nmain: '#14532D'\nband: '#DCFCE7'\nbars: '#15803D'\nfooter: XX & 咨询\n", "utf-8")
    body = report_bytes(seed_front_desk(), "zh", look=Look(brand=read_brand(file)))
    archive = zipfile.ZipFile(BytesIO(body))
    assert any(name.startswith("xl/media/") for name in archive.namelist())
    assert b"14532D" in archive.read("xl/styles.xml")
    assert b"1F3A5F" not in archive.read("xl/styles.xml")
    charts = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/charts/chart"))
    assert b"15803D" in charts
    assert b"2F6DB5" not in charts
    assert "XX &amp;&amp; 咨询" in archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "empty"),
        ("- a", "main"),
        ("colour: red", "colour"),
        ("main: red", "#1F3A5F"),
        ("main: '#FFEEAA'", "contrast"),
        ("band: '#101010'", "contrast"),
        ("bars: blue", "#1F3A5F"),
        ("logo: none.png", "none.png"),
        ("logo: brand.yaml", "PNG"),
        ("logo: big.png", "1 MB"),
        (f"footer: {'x' * 61}", "61"),
        ("main: [1, 2]", "main"),
        ("a: b\na: c\n  - x", ":"),
    ],
)
def test_a_brand_that_cannot_be_used_is_refused_with_a_sentence(written: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "big.png").write_bytes(b"x" * 1_000_001)
    file = tmp_path / "brand.yaml"
    file.write_text(written, "utf-8")
    with pytest.raises(BadBrand) as caught:
        read_brand(file)
    assert said in caught.value.text.en
    assert all(str(file) in caught.value.text.of(lang) for lang in LANGS)


def test_a_missing_brand_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadBrand, match="no such file"):
        read_brand(tmp_path / "none.yaml")


def test_the_logo_has_a_row_of_its_own(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    logo(tmp_path)
    file = tmp_path / "brand.yaml"
    file.write_text("logo: logo.png\n", "utf-8")
    summary = seed_front_desk()
    branded = load_workbook(BytesIO(report_bytes(summary, "zh", look=Look(brand=read_brand(file))))).worksheets[0]
    plain = load_workbook(BytesIO(report_bytes(summary, "zh"))).worksheets[0]
    [picture] = branded._images  # type: ignore[attr-defined]
    assert (picture.anchor._from.row, picture.anchor.to.row) == (0, 0)
    assert {cell.value for cell in branded[1]} == {None}
    assert [cell.value for cell in branded[2]] == [cell.value for cell in plain[1]]
    assert branded["A2"].value == summary.checklist.title.zh


def test_a_jpeg_will_do_as_a_logo(tmp_path: Path) -> None:
    logo(tmp_path, "JPEG")
    (tmp_path / "b.yaml").write_text("logo: logo.jpeg\n", "utf-8")
    assert read_brand(tmp_path / "b.yaml").size == (300, 100)

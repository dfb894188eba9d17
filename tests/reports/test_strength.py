"""Whatever people type and however much they photograph: the report is whole and says what it had to shorten."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook  # noqa: TID253 - needed by all of it

from audit.evidence import Evidence
from audit.pictures import look_at
from checklists.text import Text
from reports.sheet_names import LONGEST, distinct_names, sheet_name
from reports.thumbnails import ROOM
from reports.workbook import report_bytes
from tests.builders import checklist, department, item, section, state, text
from tests.photos import photo
from tests.reports.samples import noted, summary_of

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import AuditSummary
    from checklists.text import ReportLang

STRANGE = "a\x00b\u202eturned\u202c مرحبا =1+1 "


def one_item(note: str, **more: Any) -> AuditSummary:
    asked = checklist(department("D", section("S", item("A"))))
    return summary_of(asked, replace(state(asked, {"A": "0"}), notes=noted({"A": note})), **more)


def book(summary: AuditSummary, lang: ReportLang = "zh") -> Any:
    return load_workbook(BytesIO(report_bytes(summary, lang)))


def every_text(sheet: Any) -> list[str]:
    return [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_a_note_of_40000_characters_stands_in_full_and_is_told(lang: ReportLang) -> None:
    note = "".join(f"第{n}次检查，车间地面有油。" for n in range(3000))[:40_000]
    made = book(one_item(note), lang)
    full, about = made.worksheets[-1], made.worksheets[-2]
    assert full.title == {"zh": "全文", "en": "Full texts", "both": "全文 Full texts"}[lang]
    parts = [full.cell(row, 3).value for row in range(3, full.max_row + 1)]
    assert "".join(parts) == f"{note}（王芳）" if lang == "zh" else note in "".join(parts)
    assert max(full.row_dimensions[row].height for row in range(3, full.max_row + 1)) < 409
    [told] = [word for word in every_text(about) if "K5" in word]
    assert "40004" in told or "40005" in told
    shown = made.worksheets[3]["K5"].value
    assert len(shown) < 1000
    assert "全文" in shown or "Full texts" in shown


def test_a_note_of_many_lines_is_not_cut_unsaid() -> None:
    made = book(one_item("\n".join(str(n) for n in range(200))))
    assert "199" in made["全文"].cell(made["全文"].max_row, 3).value
    assert any("K5" in word for word in every_text(made["关于本报告"]))


def test_a_report_that_shortened_nothing_says_so() -> None:
    made = book(one_item("一句话"))
    assert "全文" not in made.sheetnames
    assert "没有缩短任何内容。" in every_text(made["关于本报告"])


def test_nothing_turns_the_rest_of_a_line_round() -> None:
    value = book(one_item(STRANGE))["D（中）"]["K5"].value
    assert "\u202e" not in value
    assert "مرحبا =1+1" in value


def test_a_dealership_may_be_called_anything() -> None:
    name = "沪/宁\\店:*?[]'" + "长" * 200
    made = book(one_item("x", dealer=Text(name, name), city=name, ref="R'1"))
    assert all(len(title) <= LONGEST for title in made.sheetnames)
    assert name in made["评估结论"]["B3"].value


def test_departments_of_any_name_get_sheets_that_differ() -> None:
    names = ["评估表", "A/B:C*?[d]", "A B C d", "a b c D", "长" * 60, "长" * 60 + "二", "'q'", "History"]
    found = distinct_names([Text(name, name) for name in names], "zh", [sheet_name(Text("评估表", "Evaluation"), "zh")])
    assert "history" not in {name.casefold() for name in found}
    assert len({name.casefold() for name in [*found, "评估表"]}) == len(names) + 1
    assert all(len(name) <= LONGEST and not set(name) & set("[]:*?/\\'") for name in found)
    parts = [
        department(f"D{n}", section(f"S{n}", item(f"I{n}"))) | {"name": text(name)} for n, name in enumerate(names)
    ]
    asked = checklist(*parts)
    made = book(summary_of(asked, state(asked, {f"I{n}": "3" for n in range(len(names))})))
    assert made["评估表"]["F6"].value.count("!") == 2


def test_hundreds_of_photos_stay_below_ten_megabytes_and_what_is_missing_is_told(tmp_path: Path) -> None:
    thumbnail = look_at(photo(tmp_path / "a.jpg", size=(1200, 900)).read_bytes(), "image/jpeg").thumbnail
    assert thumbnail is not None
    asked = checklist(department("D", section("S", *(item(f"I{n}") for n in range(40)))))
    count = ROOM // len(thumbnail) + 50
    pieces = [
        Evidence(f"I{n % 40}", f"{n:064x}", f"IMG {n}.jpg", "image/jpeg", 5_000_000, "2014-12-30T10:00:00", "exif")
        for n in range(count)
    ]
    pieces.sort(key=lambda piece: int(piece.item[1:]))
    pictures = {piece.file: thumbnail + n.to_bytes(4, "big") for n, piece in enumerate(pieces)}
    summary = summary_of(
        asked, state(asked, {f"I{n}": "0" for n in range(40)}), evidence=tuple(pieces), thumbnails=pictures
    )
    body = report_bytes(summary, "zh")
    assert len(body) < 10_000_000
    made = load_workbook(BytesIO(body))
    shown = [name for name in zipfile.ZipFile(BytesIO(body)).namelist() if name.startswith("xl/media/")]
    left_out = len(pieces) - len(shown)
    assert left_out > 0
    assert any(f"{left_out} 个文件的缩略图没有放入" in word for word in every_text(made["关于本报告"]))
    sheet: Any = made["D（中）"]
    # Every item has a picture before any has more than another needs.
    assert len({image.anchor._from.row for image in sheet._images}) == 40

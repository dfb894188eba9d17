"""The report's options: two languages side by side, the masked copy, the look of whoever sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook  # noqa: TID253 - needed by all of it

from tui.exits import ExitCode

if TYPE_CHECKING:
    from tests.tui.conftest import Person


def test_both_languages_stand_in_one_workbook(person: Person) -> None:
    ref = person.begin()
    done = person.well("report", ref, "--lang", "both", lang="")
    assert done.out.strip() == f"{ref}-both.xlsx"
    assert load_workbook(person.home / f"{ref}-both.xlsx").sheetnames[0] == "评估结论 Summary"


def test_the_masked_copy_has_a_name_of_its_own_and_no_names_in_it(person: Person) -> None:
    ref = person.begin()
    person.well("audit", "answer", ref, "A1", "0", "--reason", "沪A12345，13812345678")
    person.well("report", ref)
    done = person.well("report", ref, "--copy", "headquarters")
    assert done.out.strip() == f"{ref}-en-headquarters.xlsx"

    def text(name: str) -> str:
        book = load_workbook(person.home / name)
        return "".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)

    assert "沪A12345，13812345678" in text(f"{ref}-en.xlsx")
    assert "沪A*****，***********" in text(f"{ref}-en-headquarters.xlsx")
    assert "12345" not in text(f"{ref}-en-headquarters.xlsx")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--copy", "boss"), "--copy headquarters"),
        (("--brand", "none.yaml"), "no such file"),
        (("--brand", "pale.yaml"), "contrast"),
        (("--lang", "fr"), "--lang"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_written(asked: tuple[str, str], says: str, person: Person) -> None:
    ref = person.begin()
    person.file("pale.yaml", "main: '#FFFFFF'\n")
    done = person.on_store("report", ref, *asked, lang="" if asked[0] == "--lang" else "en")
    assert done.code == ExitCode.USAGE
    assert says in done.err
    assert not list(person.home.glob("*.xlsx"))


def test_the_brand_of_the_settings_is_every_reports_until_it_is_taken_back(person: Person) -> None:
    ref = person.begin()
    person.file("ours.yaml", "footer: XX Consulting\n")
    assert person("settings", "--brand", "ours.yaml").code == 0

    def footer() -> str:
        person.well("report", ref)
        return str(load_workbook(person.home / f"{ref}-en.xlsx").worksheets[0].oddFooter.center.text)  # type: ignore[union-attr]

    assert "XX Consulting" in footer()
    assert person("settings", "--brand", "-").code == 0
    assert "Summary" in footer()
    assert person("settings", "--brand", "gone.yaml").code == ExitCode.USAGE

"""`checklist show ID -o FILE`: the booklet as a person writes it."""

import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.reports.recalculate import soffice
from tests.tui.conftest import Person
from tui.exits import ExitCode


def show(person: Person, *args: str, lang: str = "en") -> tuple[int, str, str]:
    done = person("checklist", "show", str(person.checklist), *args, lang=lang)
    return done.code, done.out.strip(), done.err.strip()


@pytest.mark.parametrize(("lang", "said"), [("zh", "甲好"), ("en", "A1 is right")])
def test_the_form_follows_from_the_ending_or_is_named(person: Person, lang: str, said: str) -> None:
    assert show(person, "-o", "a.html", lang=lang) == (0, "a.html", "")
    assert show(person, "-o", "a.MD", lang=lang) == (0, "a.MD", "")
    assert show(person, "-o", "a.xlsx", lang=lang) == (0, "a.xlsx", "")
    assert said in (person.home / "a.html").read_text("utf-8")
    assert said in (person.home / "a.MD").read_text("utf-8")
    with zipfile.ZipFile(person.home / "a.xlsx") as book:
        assert said in book.read("xl/sharedStrings.xml").decode()
    assert show(person, "-o", "v1.2", "--format", "HTML", lang=lang) == (0, "v1.2.html", "")
    (person.home / "folder").mkdir()
    code, out, _ = show(person, "-o", "folder", "--format", "md", lang=lang)
    assert (code, Path(out)) == (0, Path("folder") / f"small-{lang}.md")


def test_a_department_and_an_order(person: Person) -> None:
    assert show(person, "-o", "a.md", "--department", "shop", "--by", "place")[0] == 0
    text = (person.home / "a.md").read_text("utf-8")
    assert "B1 is right" in text
    assert "A1 is right" not in text
    assert "## Place: Desk" in text


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--format", "html"], "--format is for a booklet; name its file with -o"),
        (["--by", "place"], "--by is for a booklet; name its file with -o"),
        (["-o", "x", "--format", "pdf"], 'There is no format "pdf". It is one of xlsx, md, html'),
        (
            ["-o", "x.pdf"],
            "Say which format with --format, or name the file with .xlsx, .md or .html at its end: x.pdf",
        ),
        (["-o", "x.md", "--format", "html"], "The file's ending does not go with --format html: x.md"),
        (
            ["-o", "x.md", "--by", "palce"],
            ('Items cannot be put in the order of "palce". Did you mean place? It is one of department, place, method'),
        ),
        (["-o", "x.md", "--json"], "-o writes a booklet and does not go with --json"),
        (["-o", "x.md", "--item", "A1"], "-o writes a booklet and does not go with --item"),
    ],
)
def test_what_does_not_go_together_is_said(person: Person, args: list[str], sentence: str) -> None:
    assert show(person, *args) == (ExitCode.USAGE, "", sentence)
    assert not list(person.home.glob("x*"))


@pytest.mark.parametrize("form", ["xlsx", "md", "html"])
def test_an_earlier_booklet_is_replaced_and_nothing_else_is(person: Person, form: str) -> None:
    path = person.home / f"a.{form}"
    assert show(person, "-o", path.name)[0] == 0
    first = path.read_bytes()
    assert show(person, "-o", path.name, "--department", "shop")[0] == 0
    assert path.read_bytes() != first
    path.write_text("my own notes", "utf-8")
    code, out, error = show(person, "-o", path.name)
    assert (code, out) == (ExitCode.USAGE, "")
    assert "exists and is no scoring booklet" in error
    assert path.read_text("utf-8") == "my own notes"
    assert [found.name for found in person.home.glob(".*tmp")] == []


def test_a_folder_that_is_not_there(person: Person) -> None:
    code, _, error = show(person, "-o", "nowhere/a.md")
    assert code == ExitCode.USAGE
    assert "nowhere" in error


@pytest.mark.libreoffice
@pytest.mark.skipif(soffice() is None, reason="LibreOffice is missing")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_libreoffice_prints_as_many_pages_as_were_laid_out(person: Person, lang: str) -> None:
    done = person("checklist", "show", "dealership", "-o", "a.xlsx", "--department", "service-manager", lang=lang)
    assert done.code == 0, done.err
    profile = f"-env:UserInstallation={(person.home / 'profile').as_uri()}"
    command = [str(soffice()), profile, "--headless", "--convert-to", "pdf", "--outdir", str(person.home), "a.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", (person.home / "a.pdf").read_bytes()))
    with zipfile.ZipFile(person.home / "a.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert pages == sum(1 + sheet.count("<brk ") for sheet in sheets)

"""`report --format pdf`, and the same from the process that the screens start."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tui.exits import ExitCode
from tui.report_process import Wanted, make_reports

if TYPE_CHECKING:
    from tests.tui.conftest import Person


@pytest.fixture
def ref(person: Person) -> str:
    ref = person.begin()
    person.complete(ref)
    return ref


@pytest.mark.parametrize("asked", [("--format", "pdf"), ("--format", "PDF", "-o", "mine"), ("-o", "mine.pdf")])
def test_a_pdf_is_written_under_its_name(person: Person, ref: str, asked: tuple[str, ...]) -> None:
    done = person.well("report", ref, *asked)
    path = Path(done.out.strip())
    assert path.name == ("mine.pdf" if "-o" in asked else f"{ref}-en.pdf")
    assert path.read_bytes().startswith(b"%PDF-")
    again = person.well("report", ref, *asked)
    assert "The earlier report was replaced" in again.err


def test_the_copy_and_both_languages_are_named(person: Person, ref: str) -> None:
    done = person.well("report", ref, "--format", "pdf", "--lang", "both", "--copy", "headquarters", lang="")
    assert Path(done.out.strip()).name == f"{ref}-both-headquarters.pdf"


def test_no_other_file_is_replaced(person: Person, ref: str) -> None:
    path = person.file("other.pdf", "%PDF-1.7 somebody else's")
    done = person.on_store("report", ref, "-o", path)
    assert done.code != 0
    assert "is no report of this tool" in done.err
    assert Path(path).read_text("utf-8").endswith("else's")


def test_another_format_is_refused(person: Person, ref: str) -> None:
    done = person.on_store("report", ref, "--format", "docx")
    assert done.code == ExitCode.USAGE
    assert "--format pdf" in done.err


async def test_the_process_makes_pdfs_and_can_be_stopped(person: Person, ref: str) -> None:
    steps: list[tuple[int, int]] = []
    wanted = Wanted(str(person.store), ref, ("en", "both"), form="pdf", copy="headquarters")
    made = await make_reports(wanted, lambda *step: steps.append(step))
    assert {body[:5] for body in made.values()} == {b"%PDF-"}
    assert steps[-1][0] == steps[-1][1]
    task = asyncio.create_task(make_reports(wanted, lambda *_: None))
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

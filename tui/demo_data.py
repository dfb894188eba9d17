"""What the sample brings along, in tui/sample/: what an auditor would type, and the files a dealership would hand over.

answers.csv, notes.csv: item by item.  draws.csv: from which list each set is drawn and with which seed; marks.csv: what
does not conform (or does not apply) in the records drawn, everything else conforms.  kpis.csv: the dealership's
figures, recomputed.csv: the auditor's own, causes.csv: why some cannot be shown.  interviews.csv, findings.csv,
photos.json: what was heard and seen.  objections.csv, late-photos.json: what the dealership said against it after
signing, and what it was answered.  No total and no result stands anywhere.
"""

from __future__ import annotations

import csv
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KPIS = "kpis.csv"


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """What was answered on site."""

    item: str
    value: str
    reason: Text
    note: Text


@dataclass(frozen=True, slots=True)
class SampleDraw:
    """A set and the list it is drawn from."""

    set: str
    kind: str
    """list (a file of the sample), range, or numbers."""
    what: str
    seed: str


@dataclass(frozen=True, slots=True)
class SampleMark:
    """A cell that does not conform, or does not apply."""

    set: str
    record: str
    item: str
    value: str
    remark: Text


@dataclass(frozen=True, slots=True)
class SampleInterview:
    """What somebody was asked and said."""

    role: str
    person: Text
    question: Text
    note: Text


@dataclass(frozen=True, slots=True)
class SampleFinding:
    """What follows from an interview."""

    text: Text
    department: str
    direction: str
    kpi: str
    interview: int
    """Which of the sample's interviews, from 1."""


@dataclass(frozen=True, slots=True)
class SampleObjection:
    """What the dealership disputed, and the answer to it."""

    item: str
    by: Text
    text: Text
    photo: str
    """The late evidence, by its name; empty where there is none."""
    decision: str
    value: str
    """The new answer of a granted one."""
    answer: Text


def answers() -> list[SampleAnswer]:
    """Return the answers, in their order."""
    return [
        SampleAnswer(row["item"], row["value"], _text(row, "reason"), _text(row, "note"))
        for row in _rows("answers.csv")
    ]


def notes() -> list[tuple[str, Text]]:
    """Return the remarks on items that records or KPIs answer."""
    return [(row["item"], _text(row, "note")) for row in _rows("notes.csv")]


def draws() -> list[SampleDraw]:
    """Return how the sets are drawn."""
    return [SampleDraw(row["set"], row["from"], row["what"], row["seed"]) for row in _rows("draws.csv")]


def marks(set_id: str) -> dict[tuple[str, str], SampleMark]:
    """Return what does not conform or apply in a set's records, by record and item."""
    return {
        (row["record"], row["item"]): SampleMark(set_id, row["record"], row["item"], row["mark"], _text(row, "remark"))
        for row in _rows("marks.csv")
        if row["set"] == set_id
    }


def interviews() -> list[SampleInterview]:
    """Return the interviews, in their order."""
    return [
        SampleInterview(row["role"], _text(row, "person"), _text(row, "question"), _text(row, "note"))
        for row in _rows("interviews.csv")
    ]


def findings() -> list[SampleFinding]:
    """Return the findings, in their order."""
    return [
        SampleFinding(_text(row, "text"), row["department"], row["direction"], row["kpi"], int(row["interview"]))
        for row in _rows("findings.csv")
    ]


def objections() -> list[SampleObjection]:
    """Return the objections, in their order."""
    return [
        SampleObjection(
            item=row["item"],
            by=_text(row, "by"),
            text=_text(row, "text"),
            photo=row["photo"],
            decision=row["decision"],
            value=row["value"],
            answer=_text(row, "answer"),
        )
        for row in _rows("objections.csv")
    ]


def recomputed() -> dict[str, str]:
    """Return the values the auditor recomputed, by KPI."""
    return {row["kpi"]: row["value"] for row in _rows("recomputed.csv")}


def causes() -> dict[str, str]:
    """Return why the dealership could not show some of the figures, by KPI."""
    return {row["kpi"]: row["cause"] for row in _rows("causes.csv")}


@contextmanager
def sample_file(name: str) -> Iterator[Path]:
    """Give a file of the sample as a file on disk."""
    with as_file(files("tui") / "sample" / name) as path:
        yield path


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("tui") / "sample" / name).read_text("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def _text(row: dict[str, str], name: str) -> Text:
    return Text(row[f"{name}_zh"], row[f"{name}_en"])

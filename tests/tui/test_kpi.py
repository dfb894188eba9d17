"""`kpi template | import | set | show`: what a person types and what is left behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.checklists.test_kpis import KPIS
from tests.tui.conftest import CHECKLIST
from tui.exits import ExitCode

if TYPE_CHECKING:
    from tests.tui.conftest import Person

SHEET = "指标,数据,2026-04,2026-03\nK10,booked,30,40\nK10,visits,100,100\n"


@pytest.fixture
def ref(person: Person) -> str:
    person.checklist.write_text(CHECKLIST + "kpis: kpis.yaml\n", "utf-8")
    kpis = KPIS.replace("department: front", f"department: {department()}")
    person.checklist.with_name("kpis.yaml").write_text(kpis, "utf-8")
    return person.begin()


def department() -> str:
    return next(line.split("id:")[1].strip() for line in CHECKLIST.splitlines() if line.startswith("  - id:"))


def shown(person: Person, ref: str) -> dict[str, object]:
    found: dict[str, object] = person.well("kpi", "show", ref, "--json").json["kpis"][0]
    return found


def entries(person: Person, ref: str) -> str:
    return person.well("audit", "history", ref, "--json").out


def test_import_and_show(person: Person, ref: str) -> None:
    path = person.file("k.csv", SHEET)
    before = entries(person, ref)
    preview = person.well("kpi", "import", ref, path, "--dry-run")
    assert "Preview, nothing was changed: 4 figures new, 0 changed, 0 the same" in preview.err
    assert "Months read: 2026-03 to 2026-04" in preview.err
    assert "2026-04" in preview.out
    assert entries(person, ref) == before
    assert "4 figures new, 0 changed, 0 the same" in person.well("kpi", "import", ref, path).err
    again = person.well("kpi", "import", ref, path).err
    assert again.startswith("Nothing new: 4 figures stand already")
    found = shown(person, ref)
    assert (found["value"], found["status"], found["level"]) == (35, "missed", {"pass": 40, "target": 80})
    assert (found["provenance"], found["completeness"]) == ("stated", {"wanted": 24, "collected": 4})
    table = person.well("kpi", "show", ref, lang="zh").out
    assert "未达标" in table
    assert "16.7 %" in table
    weak = person.well("score", ref, "--json").json["weak_items"]
    assert [(w["kpi"], w["kind"], w["sources"], w["direction"]) for w in weak] == [("K10", "missed", ["kpi"], "A")]


def test_set(person: Person, ref: str) -> None:
    person.well("kpi", "set", ref, "K10/booked", "50", "--period", "2026-04", "--provenance", "seen")
    person.well("kpi", "set", ref, "K10", "85 %", "--provenance", "recomputed")
    found = shown(person, ref)
    assert (found["value"], found["status"], found["provenance"]) == (85, "met", "recomputed")
    person.well("kpi", "set", ref, "预约率", "无", "--cause", "system-cannot", "--provenance", "recomputed")
    assert (shown(person, ref)["status"], shown(person, ref)["cause"]) == ("missing", "system-cannot")
    table = person.well("kpi", "show", ref).out
    assert "cannot be shown: the system cannot" in table
    assert "recomputed by the auditor" not in table
    person.well("audit", "undo", ref)
    assert shown(person, ref)["status"] == "met"


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (["K1O", "5"], ExitCode.NOT_FOUND, "Did you mean K10"),
        (["K10", "0.4"], ExitCode.USAGE, "write it with %"),
        (["K10", "lots"], ExitCode.USAGE, "is no number"),
        (["K10/booked", "5"], ExitCode.USAGE, "give it with --period"),
        (["K10/booked", "5", "--period", "soon"], ExitCode.USAGE, "cannot be read"),
        (["K10/booked", "5", "--period", "2020-01"], ExitCode.USAGE, "wants 2025-05 to 2026-04"),
        (["K10", "5%", "--provenance", "heard"], ExitCode.USAGE, "stated | seen | recomputed"),
        (["K10", "na", "--cause", "lazy"], ExitCode.USAGE, "none of these"),
        (["K10", "NA"], ExitCode.USAGE, "Say why there is none with --cause: "),
        (["K10/booked", "1,200", "--period", "2026-04"], ExitCode.USAGE, "may part thousands or decimals"),
        (["K10", "930 %"], ExitCode.USAGE, "between 0 and 100 %, not at 930 %"),
        (["K10", "5%", "--cause", "not-kept"], ExitCode.USAGE, "goes with a figure that is NA"),
    ],
)
def test_what_cannot_be_set_changes_nothing(
    person: Person, ref: str, typed: list[str], code: ExitCode, words: str
) -> None:
    before = entries(person, ref)
    done = person.on_store("kpi", "set", ref, *typed, lang="en")
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert entries(person, ref) == before


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (SHEET.encode() + b"K99,x,1,2\n", 'There is no KPI "K99"'),
        (b"", "is empty"),
        (b"x" * 21_000_000, "too large"),
        ("指标,4月\nK10,5\n".encode(), "--year 2026"),
    ],
)
def test_a_sheet_with_problems_changes_nothing(person: Person, ref: str, body: bytes, words: str) -> None:
    path = Path(person.file("bad.csv", ""))
    path.write_bytes(body)
    before = entries(person, ref)
    done = person.on_store("kpi", "import", ref, str(path), lang="en")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert words in done.err
    assert entries(person, ref) == before


@pytest.mark.parametrize("body", [b"PK\x03\x04 torn", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)])
def test_a_damaged_or_encrypted_workbook_changes_nothing(person: Person, ref: str, body: bytes) -> None:
    path = person.home / "bad.xlsx"
    path.write_bytes(body)
    before = entries(person, ref)
    assert person.on_store("kpi", "import", ref, str(path), lang="en").code == ExitCode.USAGE
    assert entries(person, ref) == before


def test_template_and_report(person: Person, ref: str) -> None:
    from openpyxl import load_workbook

    made = person.well("kpi", "template", ref, "-o", str(person.home / "t.xlsx")).out.strip()
    assert load_workbook(made).sheetnames == ["KPI data"]
    again = person.on_store("kpi", "template", ref, "-o", made, lang="en")
    assert (again.code, "may hold figures already" in again.err) == (ExitCode.USAGE, True)
    person.well("report", ref, "-o", str(person.home / "without.xlsx"))
    assert "KPIs" not in load_workbook(person.home / "without.xlsx").sheetnames
    person.well("kpi", "import", ref, person.file("k.csv", SHEET))
    person.well("report", ref, "-o", str(person.home / "r.xlsx"))
    sheet = load_workbook(person.home / "r.xlsx")["KPIs"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "missed" in texts
    assert "stated by the dealership" in texts
    formulas = [text for text in texts if text.startswith("=")]
    assert [f[:6] for f in formulas] == ["=SUMIF", "=SUMIF", "=IF(G7", "=SUM($", "=SUM($", "=IF(G8"]
    values = load_workbook(person.home / "r.xlsx", data_only=True)["KPIs"]
    assert [values["G8"].value, values["H8"].value, values["I8"].value] == [24, 4, 0.1667]


def test_a_part_larger_than_the_whole_is_refused_by_month(person: Person, ref: str) -> None:
    before = entries(person, ref)
    path = person.file("k.csv", "指标,数据,2026-04\nK10,booked,200\nK10,visits,100\n")
    done = person.on_store("kpi", "import", ref, path)
    assert done.code == ExitCode.USAGE
    assert "2026-04" in done.err
    assert "is more than" in done.err
    assert entries(person, ref) == before
    person.well("kpi", "set", ref, "K10/visits", "100", "--period", "2026-04")
    assert person.on_store("kpi", "set", ref, "K10/booked", "101", "--period", "2026-04").code == ExitCode.USAGE
    person.well("kpi", "set", ref, "K10/booked", "100", "--period", "2026-04")

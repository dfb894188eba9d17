"""The improvement plan and follow-up visits at the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.clock import today
from tests.reports.recalculate import load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Person


@pytest.fixture
def ref(person: Person) -> str:
    ref = person.begin("--auditor", "Li", "--participant", "Chen")
    person.complete(ref)
    person.sign(ref)
    return ref


@pytest.fixture
def drafted(person: Person, ref: str) -> str:
    person.well("plan", "draft", ref, "--start", "2026-05-18")
    return ref


def test_a_plan_is_drafted_after_signing_and_shown(person: Person) -> None:
    ref = person.begin()
    person.complete(ref)
    early = person.on_store("plan", "draft", ref)
    assert (early.code, "not signed yet" in early.err) == (5, True)
    assert "no improvement plan yet" in person.well("plan", "show", ref).err
    person.sign(ref)
    none = person.on_store("plan", "export", ref)
    assert (none.code, "draft it with plan draft" in none.err) == (5, True)
    done = person.well("plan", "draft", ref, "--start", "2026-05-18")
    assert "Actions added: 2, for 3 weak items" in done.err
    assert "Every weak item has its action already" in person.well("plan", "draft", ref).err
    shown = person.well("plan", "show", ref)
    assert "P1" in shown.out
    assert "Actions: 2 (open 2" in shown.err
    shape = person.well("plan", "show", ref, "--json").json
    assert sorted(number for action in shape["actions"] for number in action["answers"]) == ["A1", "A3", "B2"]
    assert (shape["unassigned"], shape["problems"]) == ([], [])


def test_one_action_in_full(person: Person, drafted: str) -> None:
    shown = person.well("plan", "show", drafted, "P1", lang="zh").out
    assert "对应弱项" in shown
    assert "可挽回分" in shown
    wrong = person.on_store("plan", "show", drafted, "P9")
    assert (wrong.code, "There is no action P9" in wrong.err) == (2, True)


def test_overdue_alone(person: Person, drafted: str) -> None:
    person.well("plan", "set", drafted, "P1", "--due", "2099-01-01")
    shape = person.well("plan", "show", drafted, "--overdue", "--json").json
    assert [action["number"] for action in shape["actions"]] == ["P2"]
    person.well("plan", "set", drafted, "P2", "--due", "2099-01-01")
    assert "No action is overdue" in person.well("plan", "show", drafted, "--overdue").err


def test_set_says_what_changed_and_refuses_with_a_sentence(person: Person, drafted: str) -> None:
    done = person.well("plan", "set", drafted, "P1", "--owner", "Zhao", "--due", "15 Jul 2026")
    assert done.err.splitlines() == ["P1, Owner: – → Zhao", done.err.splitlines()[1]]
    assert "→ 2026-07-15" in done.err
    assert "No change" in person.well("plan", "set", drafted, "P1", "--owner", "Zhao").err
    for typed, code, says in (
        (["--status", "done"], 5, "needs its proof"),
        (["--due", "3/4/2026"], 2, "may be 2026-03-04 or 2026-04-03"),
        ([], 2, "Give at least one field"),
    ):
        refused = person.on_store("plan", "set", drafted, "P1", *typed)
        assert (refused.code, says in refused.err) == (code, True)


def test_a_file_is_proof_and_is_kept(person: Person, drafted: str, home: Path) -> None:
    photo = person.file("board.txt", "the new board")
    person.well("plan", "set", drafted, "P1", "--status", "done", "--proof-file", photo)
    action = person.well("plan", "show", drafted, "P1", "--json").json["actions"][0]
    assert action["status"] == "done"
    assert action["proof"].startswith("board.txt (")
    assert "No change" in person.well("plan", "set", drafted, "P1", "--proof-file", photo).err
    assert person.well("audit", "verify", drafted).code == 0
    assert "P1 file" in person.well("audit", "history", drafted).out
    # The proof leaves with the evidence of the audit, under the action's number.
    assert "board.txt" in person.well("evidence", "list", drafted).out
    found = person.well("evidence", "list", drafted, "--json").json
    assert [(f["item"], f["name"]) for f in found["handed_in_later"]] == [("P1", "board.txt")]
    assert person.well("evidence", "list", drafted, "--item", "p1", "--json").json["handed_in_later"] != []
    assert person.well("evidence", "list", drafted, "--item", "P2", "--json").json["handed_in_later"] == []
    assert person.on_store("evidence", "list", drafted, "--item", "P9").code == 2
    folder = home / "out"
    person.well("evidence", "export", drafted, str(folder), "--item", "P1")
    assert (folder / "P1_board.txt").read_text("utf-8") == "the new board"
    missing = person.on_store("plan", "set", drafted, "P2", "--status", "done", "--proof-file", "none.jpg")
    assert (missing.code, "none.jpg" in missing.err) == (2, True)


def test_add_cancel_and_verify(person: Person, drafted: str) -> None:
    assert person.well("plan", "add", drafted, "--what", "weekly meeting", "--owner", "Zhao").out.strip() == "P3"
    person.well("plan", "cancel", drafted, "P1", "--reason", "closed")
    person.well("plan", "set", drafted, "P3", "--status", "done", "--proof", "minutes")
    own = person.on_store("plan", "verify", drafted, "P3", "--by", "zhao")
    assert (own.code, "somebody else must verify it" in own.err) == (5, True)
    for day, said in (("2026-01-01", "before the audit"), ("2026-06-01", "when it was reported done")):
        early = person.on_store("plan", "verify", drafted, "P3", "--by", "Li", "--on", day)
        assert (early.code, said in early.err) == (5, True), early.err
    day = today()
    person.well("plan", "verify", drafted, "P3", "--by", "Li", "--result", "works", "--on", day)
    action = person.well("plan", "show", drafted, "P3", "--json").json["actions"][0]
    assert (action["status"], action["verifier"], action["verified_on"]) == ("verified", "Li", day)
    usage = person.on_store("plan", "verify", drafted)
    assert (usage.code, "Name an action" in usage.err) == (2, True)


def edit(path: Path, cells: dict[str, object], *, delete: int = 0) -> None:
    book = load(path)
    sheet = book.worksheets[0]
    for place, value in cells.items():
        head, _, row = place.rpartition("@")
        column = next(cell.column for cell in sheet[3] if cell.value == head)
        sheet.cell(int(row), column).value = value
    if delete:
        sheet.delete_rows(delete)
    book.save(path)


def test_the_plan_goes_out_and_comes_back(person: Person, drafted: str, home: Path) -> None:
    path = home / "p.xlsx"
    assert person.well("plan", "export", drafted, "-o", str(path)).out.strip() == str(path)
    again = person.on_store("plan", "export", drafted, "-o", str(path))
    assert (again.code, "may hold what was not read yet" in again.err) == (2, True)
    same = person.well("plan", "import", drafted, str(path))
    assert (same.out, "No change" in same.err) == ("", True)
    edit(path, {"Owner@4": "Zhao", "Due@4": "2026.7.15", "Action, first step@7": "weekly meeting"})
    dry = person.well("plan", "import", drafted, str(path), "--dry-run")
    assert "added P3 (row 7): weekly meeting" in dry.out
    assert "changed P1, Owner: – → Zhao" in dry.out
    assert person.well("plan", "show", drafted, "P1", "--json").json["actions"][0]["owner"] == ""
    done = person.well("plan", "import", drafted, str(path))
    assert done.out == dry.out
    assert "Written: 1 added, 2 fields changed, 0 cancelled" in done.err
    assert "No change" in person.well("plan", "import", drafted, str(path)).err
    told = person.well("audit", "history", drafted).out
    assert "P1 owner" in told


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("plan", "export"), "x.csv"),
        (("audit", "sheet"), "form.csv"),
        (("audit", "sheet"), "form.ods"),
        (("report",), "x.docx"),
        (("kpi", "template"), "x.csv"),
    ],
)
def test_what_is_no_workbook_is_not_named_like_one(
    person: Person, drafted: str, home: Path, words: tuple[str, ...], name: str
) -> None:
    done = person.on_store(*words, drafted, "-o", str(home / name))
    assert (done.code, "end its name with .xlsx" in done.err) == (2, True), done.err
    assert not list(home.glob(f"{name}*"))


def test_an_import_with_problems_writes_nothing(person: Person, drafted: str, home: Path) -> None:
    path = home / "p.xlsx"
    person.well("plan", "export", drafted, "-o", str(path))
    edit(path, {"Owner@4": "Zhao", "Due@5": "end of March"})
    done = person.on_store("plan", "import", drafted, str(path))
    assert done.code == 2
    assert '"end of March" is no date; type it as 2026-03-15' in done.err
    assert "nothing was changed" in done.err
    assert person.well("plan", "show", drafted, "P1", "--json").json["actions"][0]["owner"] == ""


def test_conflicts_and_removed_rows_wait_for_a_word(person: Person, drafted: str, home: Path) -> None:
    path = home / "p.xlsx"
    person.well("plan", "export", drafted, "-o", str(path))
    person.well("plan", "set", drafted, "P1", "--owner", "Qian")
    edit(path, {"Owner@4": "Zhao"}, delete=5)
    done = person.on_store("plan", "import", drafted, str(path))
    assert done.code == 1
    assert "conflict P1, Owner: the sheet says “Zhao”, changed meanwhile to “Qian”" in done.out
    assert "Not in the sheet: P2" in done.err
    done = person.well("plan", "import", drafted, str(path), "--theirs", "--remove", "--json")
    assert (done.json["written"], done.json["cancelled"]) == (True, ["P2"])
    actions = person.well("plan", "show", drafted, "--json").json["actions"]
    assert [(a["owner"], a["status"]) for a in actions] == [("Zhao", "open"), ("", "cancelled")]


def test_a_follow_up_visit_has_no_points(person: Person, drafted: str, home: Path) -> None:
    missing = person.on_store("audit", "new", "--kind", "follow-up")
    assert (missing.code, "--earlier REF" in missing.err) == (2, True)
    other = person.on_store("audit", "new", "--kind", "self", "--earlier", drafted)
    assert (other.code, "audit reaudit REF" in other.err) == (2, True)
    typed = ("--kind", "follow-up", "--earlier", drafted, "--date", "2026-09-01")
    visit = person.well("audit", "new", *typed).out.strip()
    assert "B2" in person.well("audit", "confirm", visit).out
    scored = person.on_store("audit", "answer", visit, "A1", "4")
    assert (scored.code, "gives no points" in scored.err) == (5, True)
    no_words = person.on_store("audit", "confirm", visit, "B2", "no")
    assert (no_words.code, "--note" in no_words.err) == (2, True)
    person.well("audit", "confirm", visit, "B2", "no", "--note", "still none")
    person.well("audit", "confirm", visit, "A1", "yes")
    assert "1 of 3 confirmed as cured" in person.well("audit", "confirm", visit, "A3", "no", "--note", "x").err
    person.sign(visit)
    for command in (("score", visit), ("audit", "show", visit), ("audit", "list")):
        shown = person.well(*command).out
        assert "1 of 3" in shown
    listed = person.well("audit", "list", "--json").json["audits"][1]
    assert "earned" not in listed
    assert (listed["confirmed"], listed["asked"]) == (1, 3)
    assert "total" not in person.well("score", visit, "--json").json
    path = home / "visit.xlsx"
    person.well("report", visit, "-o", str(path))
    book = load(path)
    words = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert "1 of 3 confirmed as cured" in words
    assert not any("1000" in word or "Total" in word or " / 40" in word for word in words)
    person.well("report", visit, "--format", "pdf", "-o", str(home / "visit.pdf"))
    assert (home / "visit.pdf").read_bytes().startswith(b"%PDF")
    person.well("plan", "verify", drafted, "--from", visit)
    seen = person.well("plan", "show", drafted, "--json").json["actions"][0]["later"]
    assert seen[0]["ref"] == visit

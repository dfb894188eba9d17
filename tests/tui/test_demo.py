"""`demo`: the sample from the first answer to the report, and again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tui.exits import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audit.marking import NewMark
    from audit.records import Grid
    from audit.session import AuditSession
    from tests.tui.conftest import Person

REF = "SHXX-2026-05-12"


def test_the_front_desk_has_the_seeds_points(demo: Path, person: Person) -> None:
    shape = person("score", REF, "--store", str(demo / "demo.db"), "--json").json
    front = shape["departments"][0]
    assert (front["earned"], front["possible"], front["pass_points"], front["passed"]) == (164, 330, 231, False)
    assert [section["earned"] for section in front["sections"]] == [100, 43, 9, 7, 0, 5]
    assert sum(department["passed"] for department in shape["departments"]) == 1
    assert shape["audit"]["status"] == "signed"
    assert shape["total"]["items"] == 200


FIFTEEN = {
    "K09": "Care products reach few cars, as advisors know little about them and are weak at guiding customers to "
    "them.",
    "K01": "Workshop visits in all fall short of plan, and capacity at the desk and in the bays lies unused.",
    "K04": "Accident cars are far too few, as neither insurers' referrals nor renewal customers are cultivated.",
    "K52": "Accident orders are small, mostly scratches and dents, while the big repairs go to other shops.",
    "K05": "Warranty makes up too much of the revenue, which shows how few customers pay for ordinary maintenance and "
    "repair.",
    "K14": "Advisors' on-time delivery is not counted, because nobody notes at delivery whether the car was early or "
    "late.",
    "F1": "Advisors do not know how repair types are defined and pick them by habit when they open an order.",
    "K03": "Orders cannot be counted by repair type, so what kind of work comes in is beyond analysis.",
    "K10": "Few visits are booked, and nobody counts or studies bookings well enough to learn why customers do not "
    "book.",
    "K18": "The DMS does not show the active base, and nobody can tell how many customers are still with the "
    "dealership.",
    "K20": "Churn cannot be counted in any regular way, so how many customers left, and which, is unknown.",
    "K11": "The booking module of the DMS is not put to use, so what bookings achieve can be neither counted nor "
    "analysed.",
    "K17": "Estimated delivery times are never set against actual ones, so the share that advisors get right cannot be "
    "counted.",
    "K16": "How accurate advisors' price estimates are cannot be counted, and no one knows whether they run high or "
    "low.",
    "K22": "Training is planned and dropped, and its courses are not aimed at what the staff lack.",
}
"""What the seed's consultants wrote down for the front desk, nos. 1 to 15, with the KPI or finding it comes from."""
DIRECTIONS = dict(zip(FIFTEEN, "FDDFCACCDCCDEEB", strict=True))
"""The coaching direction of each: the seed's six, all of them."""


def test_the_front_desk_has_the_seeds_fifteen_weak_items_among_others(demo: Path, person: Person) -> None:
    shape = person("score", REF, "--store", str(demo / "demo.db"), "--json").json
    statements = Counter(weak["statement"] for weak in shape["weak_items"])
    assert {statement: statements[statement] for statement in FIFTEEN.values()} == dict.fromkeys(FIFTEEN.values(), 1)
    heard = [w for w in shape["weak_items"] if w["department"] == "front-desk" and w["sources"] != ["item"]]
    assert {w["statement"]: w["direction"] for w in heard} == {FIFTEEN[n]: d for n, d in DIRECTIONS.items()}
    assert set(DIRECTIONS.values()) == set("ABCDEF")
    assert len(shape["weak_items"]) > 100


def test_four_hundred_of_the_front_desks_five_hundred_points_of_data_are_collected(demo: Path, person: Person) -> None:
    found = person("kpi", "show", REF, "--store", str(demo / "demo.db"), "--json").json["completeness"]
    front = found["departments"].pop("front-desk")
    assert (front["wanted"], front["collected"], front["rate"]) == (500, 400, 0.8)
    assert (found["wanted"], found["collected"], found["rate"]) == (865, 673, 0.778)
    assert sum(other["collected"] for other in found["departments"].values()) == 273
    assert len(found["categories"]) == 20


def test_the_figures_tell_of_every_state(demo: Path, person: Person) -> None:
    kpis = person("kpi", "show", REF, "--store", str(demo / "demo.db"), "--json").json["kpis"]
    others = [kpi for kpi in kpis if kpi["department"] != "front-desk"]
    assert {kpi["status"] for kpi in others} == {"met", "near", "missed", "missing", None}
    assert {kpi["cause"] for kpi in others if kpi["status"] == "missing"} == {
        "not-kept",
        "not-shown",
        "system-cannot",
        "brand-withholds",
    }
    assert {kpi["id"]: kpi["value"] for kpi in kpis if kpi["agrees"] is False} == {
        "K07": 1612,
        "K31": 92,
        "K33": 86.2,
        "K34": 4.8,
        "K49": 70,
    }
    completeness = next(kpi for kpi in kpis if kpi["id"] == "K50")
    supplied = sum(kpi["completeness"]["collected"] for kpi in kpis if kpi is not completeness)
    asked = sum(kpi["completeness"]["wanted"] for kpi in kpis if kpi is not completeness)
    assert [next(iter(part["months"].values()))["value"] for part in completeness["series"]] == [supplied, asked]


def test_bound_items_take_their_answers_from_kpis_but_one_that_says_why() -> None:
    from audit.kpi import bound_kpi
    from checklists.catalog import load
    from tui import demo_data

    checklist = load("dealership")
    bound = {item.id for item in checklist.items.values() if bound_kpi(checklist, item)}
    assert len(bound) > 10
    overridden = [row for row in demo_data.answers() if row.item in bound]
    assert [(row.item, bool(row.reason.zh and row.reason.en)) for row in overridden] == [("GM06", True)]
    assert bound - {"GM06", "FD52"} <= {item for item, _ in demo_data.notes()}


def test_the_items_of_drawn_sets_are_read_from_records(demo: Path, person: Person) -> None:
    from checklists.catalog import load
    from tui import demo_data

    store = str(demo / "demo.db")
    drawn = {drawing.set for drawing in demo_data.draws()}
    answered = {row.item for row in demo_data.answers()}
    derived = {item.id for item in load("dealership").items.values() if item.set in drawn}
    assert len([item for item in derived if item.startswith("FD")]) > 20
    assert not derived & answered
    for set_id in drawn:
        shape = person("records", "show", REF, set_id, "--store", store, "--json").json
        said = {(cell["record"], cell["item"]): cell["mark"] for cell in shape["cells"] if cell["mark"] != "ok"}
        assert said == {place: mark.value for place, mark in demo_data.marks(set_id).items()}


def test_photos_and_interviews_are_there(demo: Path, person: Person) -> None:
    from tui.demo_pictures import sample_photos

    store = str(demo / "demo.db")
    wanted = {(item, photo.name, photo.taken[:10]) for photo in sample_photos() for item in photo.items}
    pieces = person("evidence", "list", REF, "--store", store, "--json").json["evidence"]
    assert {(piece["item"], piece["name"], piece["taken"][:10]) for piece in pieces} == wanted
    assert len(person("interview", "show", REF, "--store", store, "--json").json["interviews"]) == 6


def test_a_whole_closing_meeting_is_played(demo: Path, person: Person) -> None:
    from tui import demo_data

    store = str(demo / "demo.db")
    shape = person("audit", "show", REF, "--store", store, "--json").json
    said = {(o["item"], o["text"], o["decision"], o["answer"]) for o in shape["objections"]}
    assert said == {(row.item, row.text.en, row.decision, row.answer.en) for row in demo_data.objections()}
    assert {o["decision"] for o in shape["objections"]} == {"granted", "rejected"}
    assert {piece["name"] for o in shape["objections"] for piece in o["evidence"]} == {"SCAN_0513.jpg"}
    gained = sum(o["after"] - o["before"] for o in shape["objections"])
    assert gained > 0
    assert shape["on_site"]["earned"] + gained == shape["earned"]
    assert person("audit", "verify", REF, "--store", store).code == 0
    assert person("audit", "finalize", REF, "--before-due", "--store", store).code == 0


def test_what_the_demo_shows(finished_demo: Path) -> None:
    shown = (finished_demo.parent / "screen.txt").read_text("utf-8")
    front = next(line.split() for line in shown.splitlines() if line.startswith("Front desk "))
    assert front[2:5] == ["330", "164", "231"]
    assert "Verdict: Failed" in shown
    assert {path.name for path in finished_demo.iterdir()} == {"demo.db", f"{REF}-zh.xlsx", f"{REF}-en.xlsx"}


def test_again_does_no_harm(demo: Path, person: Person) -> None:
    before = person("audit", "history", REF, "--store", str(demo / "demo.db"), "--json").json
    (demo / "mine.txt").write_text("mine", "utf-8")
    (demo / f"{REF}-zh.xlsx").unlink()
    done = person("demo", "--to", str(demo), lang="zh")
    assert done.code == 0
    assert "重新显示结果" in done.err
    assert person("audit", "history", REF, "--store", str(demo / "demo.db"), "--json").json == before
    assert {path.name for path in demo.iterdir()} == {"demo.db", f"{REF}-zh.xlsx", f"{REF}-en.xlsx", "mine.txt"}


def test_the_commands_it_names_work(demo: Path, person: Person) -> None:
    import shlex

    done = person("demo", "--to", str(demo))
    commands = [shlex.split(line) for line in done.err.splitlines() if line.strip().startswith("dealer-audit ")]
    assert len(commands) >= 5
    for _, *words in commands:
        assert person(*words).code == 0


def test_it_names_commands_as_they_were_typed(demo: Path, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_RUN_RECURSION_DEPTH", "1")
    done = person("demo", "--to", str(demo))
    assert "\nuv run dealer-audit score " in done.err.replace("\n  ", "\n")


def test_a_folder_in_the_way_and_a_foreign_store(person: Person) -> None:
    person.file("taken", "a file")
    assert person("demo", "--to", "taken").code == ExitCode.STORE
    folder = person.home / "other"
    folder.mkdir()
    (folder / "demo.db").write_text("not a database, but rather long " * 100, "utf-8")
    assert person("demo", "--to", str(folder)).code == ExitCode.STORE
    assert (folder / "demo.db").read_text("utf-8").startswith("not a database")


def test_a_report_of_somebody_else_is_left_alone(demo: Path, person: Person) -> None:
    (demo / f"{REF}-zh.xlsx").write_text("mine", "utf-8")
    done = person("demo", "--to", str(demo))
    assert done.code == ExitCode.USAGE
    assert (demo / f"{REF}-zh.xlsx").read_text("utf-8") == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a child")
def test_an_interrupted_demo_goes_on_where_it_stopped(person: Person) -> None:
    store = person.home / "demo" / "demo.db"
    tool = [sys.executable, "-c", "from tui.main import main; main()"]
    started = subprocess.Popen(
        [*tool, "demo", "--to", "demo", "--lang", "en"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while _recorded(person, store) < 20 and started.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert started.returncode == ExitCode.INTERRUPTED, (out, err)
    assert "Interrupted" in err
    kept = _recorded(person, store)
    assert 20 <= kept < 200
    done = person("demo", "--to", "demo")
    assert done.code == 0
    assert f"{kept} answers are there already" in done.err
    total = person("score", REF, "--store", str(store), "--json").json["total"]
    assert total["items"] == 200


def _recorded(person: Person, store: Path) -> int:
    if not store.exists():
        return 0
    done = person("audit", "history", REF, "--store", str(store), "--json")
    if done.code:
        return 0
    return sum(event["kind"] == "answer" for event in json.loads(done.out)["events"])


def test_what_was_interrupted_later_is_not_done_twice(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    from audit import marking

    calls = []

    def third_time_unlucky(session: AuditSession, grid: Grid, marks: Sequence[NewMark]) -> int:
        calls.append(grid.id)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return whole(session, grid, marks)

    whole = marking.mark_all
    monkeypatch.setattr(marking, "mark_all", third_time_unlucky)
    assert person("demo", "--to", "demo").code == ExitCode.INTERRUPTED
    assert person("demo", "--to", "demo").code == 0
    store = str(person.home / "demo" / "demo.db")
    events = person("audit", "history", REF, "--store", store, "--json").json["events"]
    kinds = Counter(event["kind"] for event in events)
    assert (kinds["draw"], kinds["interview"], kinds["finding"], kinds["evidence"]) == (8, 6, 2, 9)
    assert all(event["standing"] == "current" for event in events if event["kind"] in {"mark", "kpi", "note"})
    front = person("score", REF, "--store", store, "--json").json["departments"][0]
    assert front["earned"] == 164


def test_no_result_stands_in_the_source() -> None:
    from importlib.resources import files

    for name in ("demo", "demo_data", "demo_steps", "demo_pictures"):
        source = (files("tui") / f"{name}.py").read_text("utf-8")
        assert not any(number in source for number in ("164", "330", "231", "1000", "700", "500", "400", "80 %"))


def test_no_kpi_is_cut_where_a_page_ends(demo: Path, person: Person) -> None:
    from openpyxl import load_workbook

    store = str(demo / "demo.db")
    assert person("kpi", "template", REF, "--store", store, "-o", str(demo / "kpi.xlsx")).code == 0
    report = load_workbook(demo / f"{REF}-zh.xlsx").worksheets
    sheets = [next(sheet for sheet in report if sheet.title == "KPI"), load_workbook(demo / "kpi.xlsx").worksheets[0]]
    for sheet in sheets:
        ends = [each.id for each in sheet.row_breaks.brk]
        assert len(ends) > 2
        blocks = [(merged.min_row, merged.max_row) for merged in sheet.merged_cells.ranges]
        assert not [(block, end) for block in blocks for end in ends if block[0] <= end < block[1]]
        heights = [sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1)]
        pages = [sum(heights[first:last]) for first, last in zip([0, *ends], [*ends, None], strict=True)]
        assert max(pages) < 800


def test_the_sheet_to_fill_in_names_each_category_once(demo: Path, person: Person) -> None:
    from openpyxl import load_workbook

    from checklists.catalog import load

    done = person("kpi", "template", REF, "--store", str(demo / "demo.db"), "-o", str(demo / "kpi.xlsx"))
    assert done.code == 0
    named = Counter(row[1] for row in load_workbook(demo / "kpi.xlsx").worksheets[0].iter_rows(values_only=True))
    categories = load("dealership").kpi_categories.values()
    assert {category.name.en: named[category.name.en] for category in categories} == {
        category.name.en: 1 for category in categories
    }

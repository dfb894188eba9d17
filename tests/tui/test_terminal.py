"""A whole audit through a real terminal, from an empty data folder; and what is left after the program is killed."""

from __future__ import annotations

import random
import re
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from audit.session import AuditSession
from audit.store.store import Store
from tests.checklists.test_kpis import KPIS
from tests.tui.conftest import CHECKLIST
from tui.opening import reader

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Person

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are needed")
if sys.platform != "win32":
    from tests.tui.killing import kill_at_random
    from tests.tui.terminal import Terminal

SETS = """\
sample_sets:
  orders: {name: {zh: 工单, en: Orders}, size: 3, period: {zh: 上月, en: last month}, drawn: {zh: 清单, en: list}}
"""
_STYLE = re.compile(rb"\x1b\[([0-9;:]*)m")
REF = f"SH77-{date.today():%Y-%m-%d}"  # noqa: DTZ011 - the day here, as the form proposes it
KILLS = 10


@pytest.fixture
def lists(home: Path) -> Path:
    """A folder of own checklists with a small one: a level, a record set, faults, yes or no, a KPI."""
    folder = home / "lists" / "small"
    folder.mkdir(parents=True)
    text = CHECKLIST.replace("rule: {kind: sample, size: 10}", "rule: {kind: sample}, set: orders")
    text = text.replace("directions:\n", SETS + "directions:\n") + "kpis: kpis.yaml\n"
    (folder / "checklist.yaml").write_text(text, "utf-8")
    (folder / "kpis.yaml").write_text(KPIS, "utf-8")
    return folder.parent


def test_a_whole_audit_from_an_empty_folder_to_the_report(home: Path, lists: Path) -> None:
    terminal = Terminal("--lang", "en", env={"DEALER_AUDIT_CHECKLISTS": str(lists)})
    _begin(terminal)
    terminal.press("5")
    terminal.wait(r">   A2")
    terminal.resize(120, 40)
    _read_records(terminal)
    _type_figure(terminal)
    terminal.press("f3")
    terminal.wait(r"~  A2")
    terminal.press("tab")
    terminal.wait(r">   A3")
    terminal.press("0")
    terminal.wait(r">   B1")
    terminal.resize(80, 24)
    terminal.press("y")
    terminal.wait(r">   B2")
    terminal.press("n")
    terminal.wait("Points lost, why")
    terminal.paste("not seen [/] on site")
    terminal.press("enter")
    terminal.wait(r"✗  B2")
    _sign(terminal)
    _report(terminal, home)
    assert terminal.quit() == 0
    with Store.open(None) as store:
        session = AuditSession.open(store, REF, reader())
        state = session.state
    assert state.signature is not None
    assert {item: state.answer(item).value for item in ("A1", "A3", "B1", "B2")} == {
        "A1": "5",
        "A3": "0",
        "B1": "y",
        "B2": "n",
    }
    assert state.answer("B2").reason == "not seen [/] on site"
    assert session.scorecard.total.counts.open == 0


def _begin(terminal: Terminal) -> None:
    terminal.wait("n New")
    terminal.press("n")
    terminal.wait("Who are you")
    terminal.press("Li", "enter")
    terminal.wait("Small 1")
    terminal.press("SH77", "enter")
    terminal.wait(r"Code +SH77")
    terminal.press("North", *["tab"] * 5, "left")
    terminal.wait("✓ Small 1")
    terminal.wait("✓ Front +✓ Workshop")
    terminal.press("ctrl+s")
    terminal.wait(r">   A1")


def _read_records(terminal: Terminal) -> None:
    terminal.press("r")
    terminal.wait("Orders +-/3")
    terminal.press("d")
    terminal.wait("Draw: Orders")
    terminal.press("f5")
    terminal.wait(r"\[x\] pasted")
    terminal.paste("R1\nR2\nR3\nR4")
    terminal.wait("3 of 3 drawn")
    terminal.press("f10")
    terminal.wait(r"3 of 4 +seed")
    terminal.press("y", "n")
    terminal.wait("enter|Enter|Why|why")
    terminal.press("unsigned", "enter", "y")
    terminal.wait("every cell is marked")
    terminal.wait("2 of 3 conform")


def _type_figure(terminal: Terminal) -> None:
    terminal.press("f5")
    terminal.wait("K10")
    terminal.press("enter")
    terminal.wait("Booked visits .*Visits")
    terminal.press("3", "0", "enter")
    terminal.wait("data 1/24")


def _sign(terminal: Terminal) -> None:
    terminal.press("f8")
    terminal.wait("Nothing stops signing")
    terminal.press("s")
    terminal.wait("not yet")
    terminal.press("Chen", "enter")
    terminal.wait("Chen")
    terminal.press("right")
    terminal.wait("✓ agreed, sign now")
    terminal.press("enter")
    terminal.wait("is signed and sealed")


def _report(terminal: Terminal, home: Path) -> None:
    terminal.press("enter")
    terminal.wait("Report of")
    terminal.press("enter")
    terminal.wait("The report is written")
    assert (home / f"{REF}-en.xlsx").is_file()
    terminal.press("enter")


@pytest.mark.parametrize("seed", range(KILLS))
def test_what_was_acknowledged_is_there_after_a_kill(person: Person, seed: int) -> None:
    ref = person.well("audit", "new", "--dealer", "D1", "--name", "North", "--date", "2026-05-12").out.strip()
    kill_at_random(person.store, ref, random.Random(seed))


def test_what_is_half_typed_outlives_the_program(person: Person) -> None:
    options = ("--lang", "en", "--store", str(person.store), "--ref", person.begin(), "--as", "Li")
    terminal = Terminal(*options)
    terminal.wait(r">   A1")
    terminal.press("3")
    terminal.wait("Points lost, why")
    terminal.press("late deliv")
    terminal.wait("late deliv")
    time.sleep(1)
    terminal.kill()
    again = Terminal(*options)
    again.wait("unsaved draft")
    again.wait("late deliv")
    again.press("ery", "enter")
    again.wait(r">   A2")
    again.press("m")
    again.wait("changes no points")
    again.press("half [/] a no")
    assert again.quit() == 0
    third = Terminal(*options)
    third.wait(r">   A2")
    third.wait(r"half \[/\] a no")
    third.press("te", "enter")
    third.wait("saved")
    assert third.quit() == 0
    with Store.open(str(person.store)) as opened:
        state = AuditSession.open(opened, "D1", reader()).state
    assert state.answer("A1").reason == "late delivery"
    assert [note.text for note in state.notes["A2"]] == ["half [/] a note"]


def test_no_colour_is_sent_where_none_is_wanted(person: Person) -> None:
    options = ("--lang", "en", "--store", str(person.store), "--ref", person.begin(), "--as", "Li")
    terminal = Terminal(*options, env={"NO_COLOR": "1"})
    terminal.wait(r">   A1")
    terminal.press("3")
    terminal.wait("Points lost, why")
    terminal.press("esc", "f2")
    terminal.wait("n New")
    assert terminal.quit() == 0
    styles = {code for each in _STYLE.findall(terminal.sent) for code in each.split(b";")}
    assert styles <= {b"", b"0", b"1", b"2", b"3", b"4", b"7"}
    assert b"7" in styles, "what a colour marked is reversed"

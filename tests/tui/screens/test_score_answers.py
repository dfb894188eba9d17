"""The Score page: one key an answer, saved before the next key is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.drawing import population
from audit.marking import draw
from audit.session import AuditSession
from audit.store.store import Store
from tests.tui.screens.conftest import screen_text
from tests.tui.screens.score_samples import (
    LI,
    SMALL,
    answered,
    application,
    at,
    begin,
    in_view,
    on_disk,
    press,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "audits.db"


async def test_full_marks_are_saved_and_lead_to_the_next_open_item(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        assert page.place == "L1"
        await press(pilot, "5")
        assert page.place == "Y1"
        assert on_disk(store, ref, "L1") == "5"
        shown = screen_text(app)
        assert "✓  L1" in shown
        assert ":" in page.saved
        assert f"{page.saved} saved" in shown
        assert "open 8/9" in shown
        await press(pilot, "y")
        assert page.place == "O1"


async def test_full_width_keys_and_committed_words_are_read_as_the_key_meant(store: Path) -> None:
    app = application(store, begin(store), "zh")
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "３")
        assert answered(page, "L1")[1] == "3"
        await press(pilot, "２", "ｘ", "ｙ", "１")  # in the reason only the first digit picks
        assert page.box.text == "cause two（中）；ｘｙ１"
        await press(pilot, "enter", "否")
        assert answered(page, "Y1")[1] == "n"
        await press(pilot, "escape", "是")
        assert answered(page, "Y1")[1] == "y"
        assert page.place == "O1"
        await press(pilot, "无")
        assert "无法提供：原因" in screen_text(app)
        await press(pilot, "２")
        assert answered(page, "O1") == ("no_data", "", "not-shown")
        before = page.seen.state
        await press(pilot, "好")
        assert page.seen.state is before
        assert "Shift" in screen_text(app)


async def test_several_observations_are_collected_until_enter(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "O1")
        await press(pilot, "2", "0", "backspace", "1")
        assert answered(page, "O1")[0] == "open"
        assert "2 1 _" in screen_text(app)
        await press(pilot, "7")
        assert "0 to 2" in screen_text(app)
        await press(pilot, "down", "up", "2", "enter")
        assert answered(page, "O1")[1] == "2 1 2"


async def test_a_sample_and_a_measure_are_typed(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "P1")
        await press(pilot, *"10/10", "enter")
        assert answered(page, "P1")[1] == "10/10"
        assert page.place == "M1"
        await press(pilot, *"9x", "enter")
        assert answered(page, "M1")[0] == "open"
        assert '"9x"' in screen_text(app)
        assert page.box.text == "9x"
        await press(pilot, "backspace", "５", "enter")
        assert answered(page, "M1")[1] == "95"


async def test_faults_are_counted_with_their_places(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "F1")
        await press(pilot, "1", *"bay [x]", "enter")
        assert answered(page, "F1")[1] == "late=1@bay [x]"
        await press(pilot, "2", "enter", "2", "enter")
        assert answered(page, "F1")[1] == "late=1@bay [x] dirty=2"
        await press(pilot, "minus")
        assert answered(page, "F1")[1] == "late=1@bay [x] dirty=1"
        assert "1 late  ×1  bay [x]" in screen_text(app)
        await press(pilot, "3", *"2", "enter", "enter", "1", "enter")
        assert answered(page, "F1") == ("answered", "late=1@bay [x] dirty=1 cold=2", "cause one [/] [x]")
        assert page.place == "R1"
        await press(pilot, "up", "1", *"gate", "f2")  # a place that is being typed is saved as one leaves
        assert answered(page, "F1")[1] == "late=1@bay [x] dirty=1 cold=2 late=1@gate"
        await press(pilot, "f3", "3", *"5", "tab")
        assert 'F1: "5" is not recorded yet' in screen_text(app)
        await at(pilot, page, "F1")
        await press(pilot, "0")
        assert answered(page, "F1")[1] == "0"


async def test_a_kpi_answers_and_another_answer_needs_its_reason(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "K1")
        assert "KPI K01 Show rate: not recorded" in screen_text(app)
        await press(pilot, *"75", "enter")
        assert answered(page, "K1")[0] == "open"
        await press(pilot, "enter")
        assert answered(page, "K1")[0] == "open"
        await press(pilot, *"counted", "enter")
        assert answered(page, "K1") == ("answered", "75", "counted")
        assert page.place == "Y2"


async def test_undo_redo_flag_and_note(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "5", "z")
        assert page.place == "L1"
        assert answered(page, "L1")[0] == "open"
        await press(pilot, "Z")
        assert answered(page, "L1")[1] == "5"
        await press(pilot, "ctrl+z", "ctrl+y", "u", "f")
        assert page.seen.state.flags == {"L1"}
        assert ">✓* L1" in screen_text(app)
        assert "*1" in screen_text(app)
        await press(pilot, "m", *"[/] [red]x", "enter")
        assert "[/] [red]x" in screen_text(app)
        await press(pilot, "asterisk", "l")
        assert "flag taken away" in screen_text(app)


async def test_an_item_read_from_drawn_records_leads_to_the_record_sheet(store: Path) -> None:
    ref = begin(store)
    with Store.open(str(store)) as opened:
        draw(AuditSession.open(opened, ref, LI), "orders", population(["R1", "R2", "R3", "R4"], "list"), "7")
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "R1")
        assert "0 of 3 read" in screen_text(app)
        await press(pilot, "5")
        assert "press r" in screen_text(app)
        await press(pilot, "r")
        await pilot.pause(0.3)
        assert type(app.screen).__name__ == "RecordsPage"

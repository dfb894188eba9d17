"""The Score page where points are lost: what is asked below an item, and what becomes of what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Key

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
from tui.settings import change_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tui.screens.score import ScorePage


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "audits.db"


async def test_below_full_marks_the_cursor_stands_in_the_reason(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "3")
        assert page.place == "L1"
        assert on_disk(store, ref, "L1") == "3"
        assert "1 cause one [/] [x]" in screen_text(app)
        await press(pilot, "3", "1")
        assert answered(page, "L1") == ("answered", "3", "cause three; cause one [/] [x]")
        await press(pilot, *" R2")
        await pilot.press("f12")
        assert page.box.text == "cause three; cause one [/] [x]; R2"
        assert "为什么失分" in screen_text(app)
        await press(pilot, "enter")
        assert page.place == "Y1"
        assert answered(page, "L1")[2] == "cause three; cause one [/] [x]; R2"
        assert "~  L1" in screen_text(app)


async def test_a_reason_may_stay_empty_and_survives_another_level(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "3", "enter")
        assert page.place == "Y1"
        await press(pilot, "up", "2", "2", "escape", "4")
        assert answered(page, "L1") == ("answered", "4", "cause two")
        await press(pilot, "escape", "5")
        assert answered(page, "L1") == ("answered", "5", "")
        assert page.place == "Y1"  # the row below: nothing was open here


async def test_keys_that_come_all_at_once_meet_the_items_they_were_meant_for(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        for key in ("3", "2", "enter", "n", "a", "b", "enter"):
            app.post_message(Key(key, "\r" if key == "enter" else key))
        for _ in range(60):
            await pilot.pause(0.05)
            if page.place == "O1":
                break
        assert answered(page, "L1") == ("answered", "3", "cause two")
        assert answered(page, "Y1") == ("answered", "n", "ab")


async def test_a_digit_or_ones_own_words_say_why_there_is_no_answer(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        assert enter_says(page) == "Menu"
        await press(pilot, "3")
        assert enter_says(page) == "Go on"
        await press(pilot, "down")
        assert enter_says(page) == "Pick it"
        await press(pilot, "enter")
        await pilot.pause(0.2)
        assert "⏎ Go on" in screen_text(app).replace("\u00a0", " "), "it is said anew"
        await press(pilot, "escape", "x", "2")
        assert answered(page, "L1") == ("not_applicable", "", "The dealership has no such equipment or room")
        await press(pilot, "c", *"all of May")
        assert enter_says(page) == "Record"
        await press(pilot, "enter")
        assert answered(page, "Y1") == ("no_case", "", "all of May")
        await press(pilot, "s", "down", "down", "enter")
        assert answered(page, "O1") == ("not_assessed", "", "The person in charge was away")
        await press(pilot, "d", "9")
        assert "no number 9" in screen_text(app)
        await press(pilot, "escape", "x", *"ab", "escape", "x")
        assert page.box.text == "ab"


async def test_a_value_that_waits_for_its_reason_is_not_dropped_by_tab(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "K1")
        await press(pilot, *"75", "enter", "tab")
        assert page.place != "K1"
        assert 'K1: "75" is not recorded yet' in screen_text(app)
        await at(pilot, page, "K1")
        await press(pilot, "v")
        assert page.box.text == "75"
        await press(pilot, "enter", *"counted", "enter")
        assert answered(page, "K1") == ("answered", "75", "counted")


async def test_quitting_saves_the_reason_that_is_being_typed(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        await in_view(pilot)
        await press(pilot, "3", *"late", "ctrl+q")
    with Store.open(str(store)) as opened:
        assert AuditSession.open(opened, ref, LI).state.answer("L1").reason == "late"


async def test_a_key_that_begins_an_answer_anew_is_not_added_to_one_put_off(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "M1")
        await press(pilot, "7", "escape", "8")
        assert page.box.text == "8"


async def test_the_cursor_goes_on_at_once_where_the_settings_say_so(store: Path) -> None:
    change_settings(advance=True)
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "3")
        assert answered(page, "L1")[1] == "3"
        assert page.place == "Y1"
        assert page.box.ask is None


async def test_a_cause_that_was_marked_and_not_recorded_is_said(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "d", "down", "tab")
        assert "was not recorded" in screen_text(app)
        assert page.place != "L1"
        await at(pilot, page, "L1")
        await press(pilot, "x", *"zz", "tab")
        assert '"zz" is not recorded yet' in screen_text(app)
        assert answered(page, "L1")[0] == "open"


async def test_a_very_long_reason_leaves_room_for_the_item(store: Path) -> None:
    ref = begin(store)
    with Store.open(str(store)) as opened:
        AuditSession.open(opened, ref, LI).answer("L1", "3", reason="word " * 960 + "the end")
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "L1")
        assert "L1 is right" in screen_text(app)
        assert "PgDn shows all of it" in " ".join(screen_text(app).split())
        page.query_one("#item").scroll_end(animate=False)
        await pilot.pause(0.1)
        assert "the end" in screen_text(app)


def enter_says(page: ScorePage) -> str:
    """Return what the line of keys says of Enter."""
    return page.active_bindings["enter"].binding.description

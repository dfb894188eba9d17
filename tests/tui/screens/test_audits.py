"""The list of audits: finding, opening, putting aside, repeating, reporting, the sample, going on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.events import Paste
from textual.widgets import Input

from tests.tui.screens.conftest import SMALL, MakeApp, screen_text, settled
from tui.screens.reaudit import ReauditDialog
from tui.screens.report import ReportDialog
from tui.screens.score import ScorePage
from tui.settings import Place, Settings, read_settings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.tui.conftest import Person


async def test_an_empty_store_says_how_to_begin_and_offers_the_sample(audit_app: MakeApp) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        shown = screen_text(app)
        assert "还没有评估" in shown
        assert "d 载入样例" in shown
        assert "打开" not in shown
        await pilot.press("f12")
        assert "No audits yet" in screen_text(app)


async def test_audits_are_listed_newest_first_and_found_by_typing(person: Person, audit_app: MakeApp) -> None:
    person.begin()
    person.complete(person.begin("--dealer", "D2", "--name", "[/] [x] 店😀", "--date", "2026-06-01"))
    app = audit_app()
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        rows = [line for line in screen_text(app).splitlines() if "2026-0" in line]
        assert "[/] [x] 店😀" in rows[0]
        assert "5/5" in rows[0]
        assert "✗" in rows[0]
        assert "failed" in rows[0]
        assert "0/5" in rows[1]
        assert "D2-2026-06-01  [/] [x] 店😀" in rows[-1]  # the state line has the whole name
        await pilot.press("slash", *"d1 OPEN", "down")
        await pilot.pause()
        rows = [line for line in screen_text(app).splitlines() if "2026-0" in line]
        assert "一号店" in rows[0]
        assert "1 of 2" in rows[1]
        await pilot.press("escape")
        assert "2 of 2" in screen_text(app)


async def test_what_an_input_method_commits_is_looked_for(person: Person, audit_app: MakeApp) -> None:
    person.begin()
    person.begin("--dealer", "D2", "--name", "二号店")
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("二")
        await pilot.pause()
        assert "1 / 2 次评估" in screen_text(app)


async def test_enter_opens_and_the_next_start_offers_to_go_on(small_ref: str, audit_app: MakeApp) -> None:
    app = audit_app()
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert "Go on" not in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert app.current_mode == "score"
        await app.desk.at(lambda session: session.answer("A2", "7/10"))
        await pilot.press("m", "x", "ctrl+q")
    assert read_settings().last.ref == small_ref
    again = audit_app(settings=replace(read_settings(), name="Li"))
    async with again.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert "Press c to go on with 一号店 2026-05-12, at A1 (1/5)" in screen_text(again), "where one was typing"
        await pilot.press("c")
        await settled(pilot)
        assert isinstance(again.screen, ScorePage)
        assert (again.screen.seen.ref, again.screen.place) == (small_ref, "A1")
        await pilot.press("escape", "down", "down", "f2")
        await settled(pilot)
        assert "at A3 (1/5)" in screen_text(again), "where one stood"


async def test_nothing_to_go_on_with_in_another_store(small_ref: str, audit_app: MakeApp) -> None:
    app = audit_app(settings=Settings(last=Place("/elsewhere.db", small_ref)))
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert "Go on" not in screen_text(app)


async def test_put_aside_and_brought_back(person: Person, audit_app: MakeApp) -> None:
    person.begin()
    app = audit_app()
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("a")
        await settled(pilot)
        assert "put aside: 1, v shows them" in screen_text(app)
        assert "一号店" not in screen_text(app)
        await pilot.press("v")
        await pilot.pause(0.1)
        assert [line.split()[-1] for line in screen_text(app).splitlines() if line.startswith("一号店")] == ["aside"]
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("v")
        await pilot.pause(0.1)
        assert [line.split()[-1] for line in screen_text(app).splitlines() if line.startswith("一号店")] == ["open"]


async def test_repeating_asks_for_date_and_blind(small_ref: str, audit_app: MakeApp) -> None:
    app = audit_app()
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await pilot.pause(0.1)
        assert isinstance(app.screen, ReauditDialog)
        await pilot.press("x", "enter")
        assert "is no date" in screen_text(app)
        await pilot.press("backspace", *"2026-05-11", "enter")
        assert "must not lie before" in screen_text(app)
        await pilot.press("ctrl+u", *"2026.9.1", "down", "right", "enter")
        await settled(pilot)
        seen = app.desk.seen
        assert seen is not None
        assert seen.ref == "D1-2026-09-01"
        assert seen.state.details["blind"] == "yes"
        assert seen.state.details["earlier"]["ref"] == small_ref


async def test_an_unreadable_audit_is_named_with_its_sentence(person: Person, audit_app: MakeApp) -> None:
    import sqlite3

    ref = person.begin()
    with sqlite3.connect(person.store) as store:
        store.execute("UPDATE entries SET body = replace(body, '2026-05-12', '2026-05-13') WHERE stream NOT LIKE 'd%'")
    store.close()
    app = audit_app()
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert f"! {ref} cannot be read:" in screen_text(app)


async def test_a_report_is_written_where_it_was_asked_for(person: Person, audit_app: MakeApp, home: Path) -> None:
    (home / "Documents").mkdir()
    person.complete(person.begin())
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await pilot.pause(0.1)
        assert isinstance(app.screen, ReportDialog)
        assert app.screen.query_one("#folder", Input).value == f"{home}/Documents/"
        folder = home / "另外 one"
        folder.mkdir()
        await pilot.press("down", "down", "down")
        app.post_message(Paste(f"'{folder}'"))  # dropped into the window: it takes the place of what is proposed
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert (folder / "D1-2026-05-12-zh.xlsx").exists()
        assert not app._notifications
        await pilot.press("enter", "p")
        await settled(pilot)
        assert app.screen.query_one("#folder", Input).value == f"{folder}/"


async def test_up_on_the_first_row_stays_in_the_list(person: Person, audit_app: MakeApp) -> None:
    person.begin()
    app = audit_app()
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("up", "up")
        assert app.focused is app.screen.query_one("#audits")
        await pilot.press("slash")
        assert app.focused is app.screen.query_one("#search")


async def test_the_sample_is_played_into_the_store_and_can_be_stopped(
    audit_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tui.demo  # binds the sample's functions when it is first imported: before they are replaced here
    from tui import demo_data

    assert tui.demo.STORE
    first = list(demo_data.answers())[:3]
    monkeypatch.setattr(demo_data, "answers", lambda: first)
    monkeypatch.setattr(demo_data, "draws", list)
    monkeypatch.setattr(demo_data, "notes", list)
    monkeypatch.setattr("tui.demo_steps.take_photos", lambda _: None)
    app = audit_app()
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await settled(pilot)
        # What is left open keeps it from being signed: the sentence is said, and what was written stays.
        assert "SHXX-2026-05-12" in screen_text(app)
        assert "Load the sample" in screen_text(app)


async def test_putting_aside_names_the_audit_and_fingers_can_do_it(small_ref: str, audit_app: MakeApp) -> None:
    app = audit_app()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot)
        assert {"a", "v"} <= {touch.key for row in app.screen.touch() for touch in row}  # type: ignore[attr-defined]
        await pilot.press("a")
        await settled(pilot)
        assert f"{small_ref} is put aside" in screen_text(app)

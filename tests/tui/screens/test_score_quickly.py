"""The Score page under quick fingers and a window that is pulled about: nothing is lost, nothing is laid out twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from tests.tui.screens.conftest import screen_text
from tests.tui.screens.score_samples import answered, application, begin, in_view
from tui.screens.report import ReportDialog
from tui.screens.score_find import FindItem

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from checklists.text import Lang
    from tui.screens.score import ScorePage

SMALL, WIDE = (80, 24), (120, 40)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "audits.db"


async def at_once(pilot: Pilot[None], *keys: str) -> None:
    """Press keys without waiting for what one does before the next."""
    for key in keys:
        pilot.app.simulate_key(key)
    await pilot.pause(0.5)


async def resize(pilot: Pilot[None], size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)
    await pilot.pause(0.3)


async def test_keys_that_come_before_the_one_before_is_saved_count_in_their_order(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at_once(pilot, "5", "y", "2", "1", "0", "enter")
        assert [answered(page, item)[1] for item in ("L1", "Y1")] == ["5", "y"]
        await pilot.pause(0.2)
        assert answered(page, "O1")[1] == "2 1 0"
        written = [entry.slot for entry in await app.desk.at(lambda session: session.journal.entries)]
        assert [slot for slot in written if slot.startswith("item:")][:2] == ["item:L1", "item:Y1"]


async def test_a_cause_and_enter_that_come_before_the_question_belong_to_it(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at_once(pilot, "3", "2", "enter", "y")
        assert answered(page, "L1") == ("answered", "3", "cause two")
        assert answered(page, "Y1")[1] == "y"
        await at_once(pilot, "up", "n", *"two", "enter")
        assert answered(page, "Y1") == ("answered", "n", "two")


async def test_a_question_outlives_the_windows_size(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at_once(pilot, "3", *"wet floor")
        for size in (WIDE, (200, 60), SMALL):
            await resize(pilot, size)
            rows = screen_text(app).split("\n")
            assert len(rows) == size[1]
            assert any("cause one [/] [x]" in row for row in rows)
            assert any("wet floor" in row for row in rows)
            line = page.query_one("#ask-line", Input).region
            assert page.size.region.contains_region(line)
            assert page.box.region.bottom <= page.query_one("#state").region.y
        await at_once(pilot, "!", "enter")
        assert answered(page, "L1") == ("answered", "3", "wet floor!")
        assert page.place == "Y1"


async def test_a_dialog_outlives_the_windows_size(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=WIDE) as pilot:
        page = await in_view(pilot)
        await at_once(pilot, "slash", *"K1")
        assert isinstance(app.screen, FindItem)
        for size in (SMALL, WIDE):
            await resize(pilot, size)
            assert app.screen.size == size
            assert app.screen.size.region.contains_region(app.screen.query_one("#dialog").region)
            assert "K1 is right" in screen_text(app)
        await resize(pilot, SMALL)
        await at_once(pilot, "enter")
        await pilot.pause(0.3)
        assert page.place == "K1"
        rows = screen_text(app).split("\n")
        assert len(rows) == SMALL[1]
        assert rows[0].startswith(" No. 1 [x]")
        assert any(row.startswith(">") and "K1" in row for row in rows)


async def test_a_key_costs_a_layout_only_where_a_question_opens_or_closes(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at_once(pilot, "3", "enter")  # a scroll bar and a line have a size from now on
        page.move_to("L1")
        await pilot.pause(0.3)
        laid_out: list[object] = []
        page.screen_layout_refresh_signal.subscribe(page, laid_out.append, immediate=True)
        for key, layouts in (("5", 0), ("up", 0), ("3", 1), ("2", 0), ("enter", 1)):
            laid_out.clear()
            await at_once(pilot, key)
            assert len(laid_out) == layouts, key


async def test_the_level_that_was_given_stands_out_while_its_reason_is_asked(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        await in_view(pilot)

        def bold() -> set[str]:
            strips = app.screen._compositor.render_strips()
            said = ((segment.text.strip(), segment.style) for strip in strips for segment in strip)
            return {text for text, style in said if text.startswith("anchor") and style is not None and style.bold}

        assert not bold()
        await at_once(pilot, "3")
        assert bold() == {"anchor 3"}


@pytest.mark.parametrize(("lang", "typed"), [("zh", "报告"), ("zh", "report"), ("en", "report"), ("en", "报告")])
async def test_the_palette_finds_the_report_in_both_languages(store: Path, lang: Lang, typed: str) -> None:
    app = application(store, begin(store), lang)
    async with app.run_test(size=SMALL) as pilot:
        await in_view(pilot)
        await at_once(pilot, "ctrl+p")
        await pilot.press(*typed)
        await pilot.pause(0.8)
        assert ("报告" if lang == "zh" else "Report") in screen_text(app)
        await pilot.press("enter")
        await pilot.pause(0.8)
        assert isinstance(app.screen, ReportDialog)
        await at_once(pilot, "escape")
        page: ScorePage = await in_view(pilot)
        assert page.place == "L1"

"""The Score page as a place to walk about in: groups, finding, points, sizes, themes, fingers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from audit.reaudit import reaudit
from audit.session import AuditSession
from audit.store.store import Store
from tests.tui.screens.conftest import screen_text
from tests.tui.screens.score_samples import (
    LI,
    SMALL,
    WIDE,
    answered,
    application,
    at,
    begin,
    in_view,
    of_all_kinds,
    on_disk,
    press,
)

if TYPE_CHECKING:
    from pathlib import Path

    from checklists.text import Lang


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "audits.db"


async def test_one_goes_on_where_one_was(store: Path) -> None:
    ref = begin(store)
    for keys, place in ((("down", "down", "2", "2", "2", "enter"), "O1"), ((), "O1")):
        app = application(store, ref)
        async with app.run_test(size=SMALL) as pilot:
            page = await in_view(pilot)
            await press(pilot, *keys)
            if not keys:
                assert page.place == place


async def test_an_earlier_answer_stands_beside_and_is_hidden_while_blind(store: Path) -> None:
    ref = begin(store)
    with Store.open(str(store)) as opened:
        AuditSession.open(opened, ref, LI).answer("L1", "2", "[/] why")
        again = reaudit(opened, ref, LI, {"date": "2026-11-12"}, blind=True, checklist=of_all_kinds()).ref
    app = application(store, again)
    async with app.run_test(size=SMALL) as pilot:
        await in_view(pilot)
        assert "shown once this is answered" in screen_text(app)
        assert "[/] why" not in screen_text(app)
        await press(pilot, "5", "up")
        assert "[/] why" in screen_text(app)
        assert "L1 is weak" in screen_text(app)


async def test_the_list_is_grouped_by_department_place_and_method(store: Path) -> None:
    app = application(store, begin(store), "zh")
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        assert [group.id for group in page.groups] == ["D/S1", "E/S2", "bonus"]
        await at(pilot, page, "R1")
        await press(pilot, "g")
        assert [group.id for group in page.groups] == ["bays", "lobby", "bonus"]
        assert page.place == "R1"
        assert "[按场所] lobby（中）" in screen_text(app)
        await press(pilot, "left")
        assert page.place == "L1"
        await press(pilot, "g", "g")
        assert page.grouping == "department"


async def test_finding_a_section_full_and_the_menu(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "slash", *"Y2", "enter")
        assert page.place == "Y2"
        await press(pilot, "slash", "f", "1", "right", "enter", "enter", "down", "enter")  # menu: first fault
        assert answered(page, "F1")[1] == "late=1"
        await press(pilot, "escape", "left", "a")
        shown = screen_text(app)
        assert "left out: M1" in shown
        await press(pilot, "down", "space", "enter")
        assert answered(page, "L1")[1] == "5"
        assert answered(page, "Y1")[0] == "open"
        assert answered(page, "P1")[1] == "10/10"
        await press(pilot, "z")
        assert {answered(page, item)[0] for item in ("L1", "O1", "P1")} == {"open"}
        assert "L1 (3 answers)" in screen_text(app)
        await press(pilot, "9")
        assert "L1 (3 answers)" not in screen_text(app)
        await press(pilot, "Z")
        assert answered(page, "P1")[1] == "10/10"
        await press(pilot, "f10", "x")
        assert "Not applicable: why?" in screen_text(app)


async def test_points_are_hidden_until_asked_for(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=WIDE) as pilot:
        await in_view(pilot)
        shown = screen_text(app)
        assert "Total ····" in shown
        assert "anchor 5" in shown
        assert "[10]" not in shown
        await press(pilot, "p")
        shown = screen_text(app)
        assert "now 0  best 90  pass 63  lost 0" in shown
        assert "[10]" in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_every_function_has_its_words_and_fits(store: Path, lang: Lang, size: tuple[int, int]) -> None:
    app = application(store, begin(store), lang)
    async with app.run_test(size=size) as pilot:
        page = await in_view(pilot)
        for item in page.order:
            await at(pilot, page, item)
            assert page.item.statement.of(lang) in screen_text(app)
        await press(pilot, "question_mark")
        assert ("一组" if lang == "zh" else "group") in screen_text(app)
        assert all(cell_len(line) <= size[0] for line in screen_text(app).split("\n"))


async def test_rows_and_answers_can_be_touched(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await pilot.click("#items", offset=(8, 2))
        await pilot.pause(0.1)
        assert page.place == "Y1"
        await press(pilot, "n")
        await pilot.click("#ask-options", offset=(3, 1))
        await pilot.pause(0.2)
        assert answered(page, "Y1") == ("answered", "n", "cause two")
        await pilot.click("#items", offset=(3, 6))
        await pilot.pause(0.2)
        assert page.place == "F1"


async def test_an_audit_that_is_opened_in_place_of_another_is_shown(store: Path) -> None:
    first = begin(store)
    second = begin(store)
    app = application(store, first)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "3", *"ab", "f2")  # its question is open
        await pilot.pause(0.2)
        assert answered(page, "L1")[2] == "ab"
        await app.open_audit(second)
        await pilot.pause(0.3)
        assert page.seen.ref == second
        assert page.box.ask is None
        await press(pilot, "5")
        assert on_disk(store, second, "L1") == "5"
        assert on_disk(store, first, "L1") == "3"


async def test_size_and_theme_may_change_at_any_time(store: Path) -> None:
    app = application(store, begin(store), "zh")
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "3", *"ab")
        await pilot.resize_terminal(200, 60)
        for theme in ("contrast", "light", "ansi-dark"):
            app.theme = theme
            await pilot.pause(0.1)
        assert page.box.text == "ab"
        assert "anchor 5" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await press(pilot, "enter")
        assert answered(page, "L1")[2] == "ab"


async def test_escape_leaves_the_settings_for_the_page_one_came_from(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        await in_view(pilot)
        for come in ("f2", "f3"):
            await press(pilot, come)
            before = app.current_mode
            await press(pilot, "f9")
            await pilot.pause(0.2)
            await press(pilot, "escape")
            await pilot.pause(0.2)
            assert app.current_mode == before

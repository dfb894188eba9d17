"""What is touched in a browser: three rows high, its words whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App
from textual.widgets import OptionList

from checklists.model import SampleSet
from checklists.text import same
from tests.checklists.test_kpis import KPIS
from tests.tui.conftest import CHECKLIST
from tests.tui.screens.conftest import MakeApp, screen_text, settled
from tui.palette import Commands
from tui.screens.draw import DrawDialog
from tui.screens.score_menu import Menu
from tui.widgets.choice import Choice
from tui.widgets.finger_table import FingerTable
from tui.widgets.kpi_grid import KpiGrid
from tui.widgets.touch import Touch, TouchRows

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Person
    from tui.app import AuditApp


@pytest.fixture
def app(audit_app: MakeApp, person: Person, monkeypatch: pytest.MonkeyPatch) -> AuditApp:
    monkeypatch.setattr(App, "is_web", property(lambda _: True))
    person.checklist.write_text(CHECKLIST + "kpis: kpis.yaml\n", "utf-8")
    person.checklist.with_name("kpis.yaml").write_text(KPIS, "utf-8")
    return audit_app("en", person.begin())


async def clicked(pilot: Pilot[None], words: str, above: int, app: AuditApp) -> None:
    """Click so many rows above words, the highest on the screen."""
    row, line = next((n, line) for n, line in enumerate(screen_text(app).split("\n")) if words in line)
    await pilot.click(offset=(line.index(words) + 1, row - above))
    await settled(pilot)


async def test_a_menu_and_a_form_are_met_a_row_beside_their_words(app: AuditApp) -> None:
    async with app.run_test(size=(106, 36)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, Menu)
        listed = app.screen.query_one("#options", OptionList)
        assert listed.virtual_size.height == 3 * listed.option_count
        await clicked(pilot, "x not applicable", -1, app)
        assert "Not applicable: why?" in screen_text(app)
        await pilot.press("escape")
        await app.action_page("new")
        await settled(pilot)
        choice = app.screen.query_one("#kind", Choice)
        before = choice.value
        await clicked(pilot, "follow-up", 1, app)
        assert choice.value != before
        await clicked(pilot, "on-site", -1, app)
        assert choice.value == before


async def test_words_of_targets_are_never_broken(app: AuditApp) -> None:
    async with app.run_test(size=(84, 48)) as pilot:
        await settled(pilot)
        rows = app.screen.query_one(TouchRows)
        causes = "No signature on the order", "Technician forgot", "Customer unreachable", "Not documented"
        rows.offer([[Touch("a", same(f"{n} {cause}")) for n in range(2) for cause in causes]], "en")
        await settled(pilot)
        told = screen_text(app)
        for word in ("signature", "Technician", "unreachable", "documented"):
            assert told.count(word) == 2


async def test_rows_of_lists_are_met_above_and_below_their_words(app: AuditApp) -> None:
    async with app.run_test(size=(106, 36)) as pilot:
        await settled(pilot)
        page: Any = app.screen
        first, second = page.order[:2]
        await clicked(pilot, f" {second} ", -1, app)
        assert page.place == second
        await clicked(pilot, f" {first} ", 1, app)
        assert page.place == first
        await app.action_page("audits")
        await settled(pilot)
        table = app.screen.query_one(FingerTable)
        assert table.virtual_size.height == table.header_height + 3 * table.row_count
        await pilot.press("slash", *"zz")
        await settled(pilot)
        assert "No audit fits" in screen_text(app)
        assert "Esc" not in screen_text(app)
        await clicked(pilot, "Clear the search", 1, app)
        assert "Clear the search" not in screen_text(app)
        await pilot.click(FingerTable, offset=(5, table.header_height + 2))
        await settled(pilot)
        assert app.current_mode == "score"


async def test_find_is_near_and_quitting_last(app: AuditApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.score_find._MOST", 2)
    async with app.run_test(size=(106, 36)) as pilot:
        await settled(pilot)
        assert "(p shows it)" not in screen_text(app)
        named = [binding.action for _, _, binding, _ in Commands(app.screen)._known()]
        assert named[named.index("report") + 1] == "find"
        assert named[-1] == "leave"
        await pilot.press("slash")
        await settled(pilot)
        assert app.screen.query_one("#found", OptionList).option_count == 5
        assert "5 items" in screen_text(app)
        await pilot.press("escape")
        await app.action_page("audits")
        await settled(pilot)
        assert [binding.action for _, _, binding, _ in Commands(app.screen)._known()][-1] == "quit"


async def test_nothing_answers_a_signed_audit(app: AuditApp, person: Person) -> None:
    async with app.run_test(size=(106, 36)) as pilot:
        await settled(pilot)
        page: Any = app.screen
        assert {"0", "x", "z"} < {touch.key for row in page.touch() for touch in row}
        person.complete(page.seen.ref)
        person.sign(page.seen.ref)
        await app.desk.at(lambda session: session.refresh())
        for place in page.order:
            page.move_to(place)
            assert {touch.key for row in page.touch() for touch in row} == {"tab", "enter", "ctrl+p"}


async def test_ways_of_giving_a_list_are_touched(app: AuditApp) -> None:
    async with app.run_test(size=(106, 36)) as pilot:
        await settled(pilot)
        sample = SampleSet(name=same("Orders"), size=3, period=same("May"), drawn=same("all"))
        await app.push_screen(DrawDialog(sample, app.drafts.of("an audit", "draw/orders")))
        await settled(pilot)
        for words, above, field in (("range", -1, "#range"), ("pasted numbers", 1, "#numbers"), ("file", 0, "#path")):
            await clicked(pilot, f"[ ] {words}", above, app)
            assert f"[x] {words}" in screen_text(app)
            assert app.focused is app.screen.query_one(field)


async def test_faults_are_counted_where_the_finger_stays(app: AuditApp) -> None:
    async with app.run_test(size=(106, 40), notifications=True) as pilot:
        await settled(pilot)
        page: Any = app.screen
        page.move_to("A3")
        await settled(pilot)
        rows = app.screen.query_one(TouchRows)
        place = rows.region
        late, enter = (place.x + 40, place.y), (place.x + 90, place.y)  # the second of four, and the last
        await pilot.click(offset=late)
        await settled(pilot)
        assert "where?" in screen_text(app)
        assert rows.region == place
        await pilot.press("b")
        await pilot.click(offset=late)
        await settled(pilot)
        assert rows.region == place
        assert page.place == "A3"
        value = page.seen.scorecard.items[2].answer.value
        assert "late" in str(value)
        assert "@b" in str(value)
        assert "where?" in screen_text(app)
        await pilot.click(offset=enter)
        await settled(pilot)
        assert rows.region == place
        await pilot.click(offset=enter)
        await settled(pilot)
        text = screen_text(app)
        assert "Points lost, why?" in text
        assert "Leave, save what is written" in text
        assert "Cancel" not in text


async def test_figures_and_why_there_is_none_are_touched(app: AuditApp) -> None:
    async with app.run_test(size=(106, 40), notifications=True) as pilot:
        await settled(pilot)
        app.wanted_kpi = "K10"
        await app.action_page("kpis")
        await settled(pilot)
        grid = app.screen.query_one(KpiGrid)
        for words in (" 4 ", " 0 ", "Save"):
            await clicked(pilot, words, 1, app)
        assert (grid.row, grid.column) == (1, 0)
        assert re.search(r"2025-05 +40", screen_text(app))
        await pilot.click(KpiGrid, offset=(26, 1))
        await settled(pilot)
        assert (grid.row, grid.column) == (0, 0)
        await clicked(pilot, "No figure", 1, app)
        assert screen_text(app).count("1 not kept") == 1
        await clicked(pilot, "1 not kept", 1, app)
        assert (grid.row, grid.column) == (1, 0)
        assert re.search(r"2025-05 +NA", screen_text(app))
        await clicked(pilot, " 7 ", 1, app)
        await pilot.click(KpiGrid, offset=(26, 10))
        await settled(pilot)
        assert re.search(r"2025-06 +7", screen_text(app)), "it is saved as its cell is left"
        assert (grid.row, grid.column) == (3, 0)
        await clicked(pilot, " - ", 1, app)
        await clicked(pilot, " 5 ", 1, app)
        await pilot.click(KpiGrid, offset=(26, 4))
        await settled(pilot)
        assert (grid.row, grid.column) == (3, 0)
        text = screen_text(app)
        assert "cannot be -5" in text
        assert "K10 Booked visits 2025-08" in text
        await pilot.press("escape")
        await app.action_page("inbox")
        await settled(pilot)
        assert "o Folder" in screen_text(app)
        assert "Confirm" not in screen_text(app)  # there is no photo yet

"""What is touched in a browser: three rows high, its words whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.widgets import OptionList

from checklists.text import same
from tests.tui.screens.conftest import MakeApp, screen_text, settled
from tui.screens.score_menu import Menu
from tui.widgets.choice import Choice
from tui.widgets.touch import Touch, TouchRows

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.app import AuditApp


@pytest.fixture
def app(audit_app: MakeApp, small_ref: str, monkeypatch: pytest.MonkeyPatch) -> AuditApp:
    monkeypatch.setattr(App, "is_web", property(lambda _: True))
    return audit_app("en", small_ref)


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

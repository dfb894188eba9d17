"""Pages that come back after the window was pulled to another size."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key

from tests.tui.screens.conftest import SMALL, screen_text, settled

if TYPE_CHECKING:
    from tests.tui.screens.conftest import MakeApp
    from tui.app import AuditApp


async def painted_by(app: AuditApp, key: str, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Press a key; returns the sizes that were painted whole.

    Not by Pilot: it wakes every widget, and a page that nothing wakes would be painted all the same.
    """
    found: set[str] = set()
    paint = app._display

    def seen(screen: Any, shown: Any) -> None:
        if screen is app.screen and type(shown).__name__ == "LayoutUpdate" and not app._batch_count:
            found.add(f"{shown.region.width}x{shown.region.height}")
        paint(screen, shown)

    with monkeypatch.context() as patched:
        patched.setattr(app, "_display", seen)
        app.post_message(Key(key, None))
        await asyncio.sleep(1)
    return found


@pytest.mark.parametrize(("key", "away"), [("f3", "f8"), ("f6", "f5")])
async def test_a_page_is_painted_whole_and_its_lines_broken_anew_after_the_window_was_pulled(
    audit_app: MakeApp, dealership_ref: str, monkeypatch: pytest.MonkeyPatch, key: str, away: str
) -> None:
    app = audit_app("zh", dealership_ref)
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press(key, away)
        await settled(pilot)
        for width, height in [(120, 40), SMALL]:
            await pilot.resize_terminal(width, height)
            await settled(pilot)
            assert f"{width}x{height}" in await painted_by(app, key, monkeypatch)
            await settled(pilot)
            shown = screen_text(app)
            app.screen.repaint()  # type: ignore[attr-defined]
            await settled(pilot)
            assert screen_text(app) == shown
            await pilot.press(away)
            await settled(pilot)

"""A text that is painted and not laid out: whatever comes into view is what stands there now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.content import Content
from textual.widgets import Static

from tests.tui.screens.conftest import screen_text
from tui.widgets.words import TextPane

if TYPE_CHECKING:
    from textual.app import ComposeResult


class _App(App[None]):
    CSS = "#pane { width: 30; height: 1fr; } #box { dock: bottom; height: 4; }"

    def compose(self) -> ComposeResult:
        yield TextPane(id="pane")
        yield Static(id="box")


def _lines(name: str) -> Content:
    return Content("\n".join(f"{name} {n}" for n in range(40)))


async def test_what_comes_into_view_when_a_pane_grows_is_the_text_of_now() -> None:
    app: Any = _App()
    async with app.run_test(size=(40, 24)) as pilot:
        pane = app.query_one(TextPane)
        for height, scrolled in ((8, 0), (20, 0), (6, 5), (19, 0), (21, 3)):
            pane.show(_lines(f"before {height}"))
            await pilot.pause(0.1)
            pane.show(_lines(f"now {height}"))
            pane.scroll_to(y=scrolled, animate=False, immediate=True)
            await pilot.pause(0.1)
            app.query_one("#box").styles.height = 24 - height
            await pilot.pause(0.1)
            shown = [line[:20].strip() for line in screen_text(app).splitlines()[:height]]
            assert shown == [f"now {height} {n + scrolled}" for n in range(height)]

"""A tablet in a test: headless Chromium that is only touched, and the screen it shows read from what it received."""

from __future__ import annotations

import json
import re
import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pyte
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page, WebSocket

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_PATIENCE = 30.0
_OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


class Tablet:
    """One tab: what stands on it and where a finger goes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        page.on("websocket", self._connected)

    def _connected(self, socket: WebSocket) -> None:
        asked = parse_qs(urlsplit(socket.url).query)
        self._screen = pyte.Screen(int(asked["width"][0]), int(asked["height"][0]))
        self._stream = pyte.ByteStream(self._screen)
        socket.on("framereceived", self._received)
        socket.on("framesent", self._sent)

    def _received(self, payload: str | bytes) -> None:
        if isinstance(payload, bytes):
            self._stream.feed(payload)

    def _sent(self, payload: str | bytes) -> None:
        if isinstance(payload, str) and payload.startswith('["resize"'):
            size = json.loads(payload)[1]
            self._screen.resize(size["height"], size["width"])

    @property
    def text(self) -> str:
        """What the screen shows, a line a row."""
        return "\n".join("".join(cell for _, cell in row) for row in self._rows())

    def _rows(self) -> list[list[tuple[int, str]]]:
        """Return the cells of every row with their columns; the second half of a wide character is none."""
        screen = self._screen
        return [[(x, screen.buffer[y][x].data) for x in range(screen.columns) if screen.buffer[y][x].data] for y in range(screen.lines)]  # fmt: skip  # noqa: E501

    def until(self, told: Callable[[], object], what: str) -> None:
        """Wait until something is so."""
        until = time.monotonic() + _PATIENCE
        while not told():
            assert time.monotonic() < until, f"waited for {what} in vain:\n{self.text}"
            self.page.wait_for_timeout(50)

    def sees(self, pattern: str) -> bool:
        """Say whether the screen shows something."""
        return re.search(pattern, self.text) is not None

    def wait(self, pattern: str) -> None:
        """Wait until the screen shows something."""
        self.until(lambda: self.sees(pattern), pattern)

    def tap(self, label: str) -> None:
        """Touch a target: words with blanks around them, the lowest on the screen."""
        pattern = rf"(?<= ){label}(?= )"
        self.wait(pattern)
        self.page.wait_for_timeout(150)  # what was shown for an instant only is no target
        self.wait(pattern)
        x, y = next(place for row in range(self._screen.lines - 1, -1, -1) if (place := self._place(row, pattern)))
        self.page.touchscreen.tap(*self._pixels(x, y))

    def drag(self, label: str, rows: float) -> None:
        """Put a finger on words, the lowest on the screen, and move it up by so many rows (negative: down)."""
        self.wait(label)
        x, y = next(place for row in range(self._screen.lines - 1, -1, -1) if (place := self._place(row, label)))
        across, down = self._pixels(x, y)
        touches = self.page.context.new_cdp_session(self.page)

        def send(kind: str, *at: float) -> None:
            points = [{"x": at[0], "y": at[1]}] if at else []
            touches.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        send("touchStart", across, down)
        for step in range(1, 11):
            send("touchMove", *self._pixels(x, y - rows * step / 10))
        send("touchEnd")
        touches.detach()

    def _pixels(self, x: float, y: float) -> tuple[float, float]:
        """Return the middle of a cell."""
        area = self.page.locator(".xterm-screen").bounding_box()
        assert area is not None
        wide, high = area["width"] / self._screen.columns, area["height"] / self._screen.lines
        return area["x"] + (x + 0.5) * wide, area["y"] + (y + 0.5) * high

    def _place(self, row: int, pattern: str) -> tuple[int, int] | None:
        cells = self._rows()[row]
        found = re.search(pattern, "".join(cell for _, cell in cells))
        return None if found is None else (cells[found.start()][0], row)


@contextmanager
def tablet() -> Iterator[tuple[Tablet, list[str]]]:
    """Give a tablet with nothing stored, and the addresses beyond this computer that it asked for."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", _OFFLINE])
        context = browser.new_context(viewport={"width": 1024, "height": 768}, has_touch=True, is_mobile=True)
        foreign: list[str] = []

        def asked(url: str) -> None:
            if urlsplit(url).hostname != "127.0.0.1" and not url.startswith(("data:", "blob:")):
                foreign.append(url)

        context.on("request", lambda request: asked(request.url))
        page = context.new_page()
        page.on("websocket", lambda socket: asked(socket.url))
        try:
            yield Tablet(page), foreign
        finally:
            browser.close()

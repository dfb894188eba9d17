"""Textual's driver for the web, mended: when the server is gone, the window closes instead of waiting for ever."""

from __future__ import annotations

import contextlib
from typing import Any

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp


class WindowDriver(WebDriver):
    """Speaks with the server through standard input and output."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        write = self._write

        def write_if_heard(data: bytes) -> int:
            with contextlib.suppress(BrokenPipeError):
                return write(data)
            return 0

        self._write = write_if_heard  # type: ignore[assignment]

    def run_input_thread(self) -> None:
        """Read until the server closes its end; then close the application, too."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(ExitApp())

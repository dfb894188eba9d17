"""The program in a real terminal: a pseudo-terminal with pyte as its screen."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from typing import TYPE_CHECKING, Any

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable

_PATIENCE = 40.0
_NAMED = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f8": "\x1b[19~",
    "f10": "\x1b[21~",
    "ctrl+q": "\x11",
    "ctrl+s": "\x13",
}


class _Screen(pyte.Screen):
    """Answers what the program asks its terminal."""

    def __init__(self, columns: int, lines: int, answer: Callable[[bytes], object]) -> None:
        super().__init__(columns, lines)
        self._answer = answer

    def write_process_input(self, data: str) -> None:
        self._answer(data.encode())


class Terminal:
    """A window with the program in it."""

    def __init__(self, *options: str, size: tuple[int, int] = (80, 24), env: dict[str, str] | None = None) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(env or {})}
        self._child = pexpect.spawn(
            sys.executable, ["-m", "tui.main", *options], env=environment, dimensions=size[::-1], timeout=_PATIENCE
        )
        self._child.delaybeforesend = None
        self._screen = _Screen(*size, self._child.send)
        self._stream = pyte.ByteStream(self._screen)
        self.sent = b""
        """All that the program has sent to its terminal."""

    @property
    def text(self) -> str:
        """What stands on the screen, a line a row."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def look(self, seconds: float = 0.05) -> bool:
        """Take in what the program draws; returns whether it lives."""
        try:
            drawn: Any = self._child.read_nonblocking(1 << 16, seconds)  # bytes, as no encoding was asked for
            self.sent += drawn
            self._stream.feed(drawn)
        except pexpect.TIMEOUT:
            pass
        except pexpect.EOF:
            return False
        return True

    def wait(self, pattern: str) -> None:
        """Wait until the screen shows something."""
        until = time.monotonic() + _PATIENCE
        while not re.search(pattern, self.text):
            alive = self.look()
            assert alive and time.monotonic() < until, f"waited for {pattern!r} in vain:\n{self.text}"  # noqa: PT018

    @property
    def row(self) -> int:
        """The row in which something was drawn last."""
        return int(self._screen.cursor.y)

    def settle(self, seconds: float = 0.5) -> None:
        """Wait until nothing has been drawn for so long."""
        quiet = time.monotonic()
        while time.monotonic() - quiet < seconds:
            before = self.text
            assert self.look()
            if self.text != before:
                quiet = time.monotonic()

    def press(self, *keys: str) -> None:
        """Press keys, named or as they are typed."""
        for key in keys:
            self._child.send(_NAMED.get(key, key))

    def paste(self, text: str) -> None:
        """Paste, as a terminal with bracketed paste does."""
        self._child.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        """Pull the window to another size."""
        self._screen.resize(lines, columns)
        self._child.setwinsize(lines, columns)

    def kill(self) -> None:
        """End the program as a power cut would; what it had drawn before is still taken in."""
        self._child.kill(signal.SIGKILL)
        while self.look():
            pass
        self._end()

    def quit(self) -> int:
        """Leave as one does; returns the exit code."""
        self.press("ctrl+q")
        while self.look():
            pass
        self._end()
        return int(self._child.exitstatus if self._child.exitstatus is not None else -1)

    def _end(self) -> None:
        self._child.wait() if self._child.isalive() else None
        self._child.close(force=True)

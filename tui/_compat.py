"""What must be arranged before Textual is imported: how wide the terminal draws “ ” …, and which keyboard it speaks.

Rich counts the characters that Unicode calls ambiguous as one cell; a terminal set to East Asian widths draws two, and
the line shifts (Textualize/rich issue 4197, open as of Rich 15).  Chinese text is full of them, so the terminal is
asked once, and Rich is told.
"""

from __future__ import annotations

import os
import re
import sys
import time
import unicodedata
from functools import lru_cache
from typing import Literal

Width = Literal["auto", "1", "2"]
"""How many cells an ambiguous character takes; auto: what the terminal says."""

_PLAIN_KEYS = "TEXTUAL_DISABLE_KITTY_KEY"
_PATIENCE = 0.3
"""Seconds a terminal has to answer; one that stays silent draws one cell."""
_ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")
_DRAWN = range(0x2500, 0x25A0)
"""Lines and blocks: Textual draws frames and bars with them, and terminals keep them one cell wide."""


def prepare(width: Width = "auto", *, plain_keys: bool = False) -> None:
    """Arrange everything; has no effect on what was imported before.

    Args:
        width: cells of an ambiguous character.
        plain_keys: do not ask for the newer keyboard protocol, with which some terminals lose what a Chinese input
            method commits.
    """
    if plain_keys:
        os.environ[_PLAIN_KEYS] = "1"
    if (ambiguous_width() if width == "auto" else int(width)) == 2:
        count_two()


def ambiguous_width() -> int:
    """Ask the terminal how many cells “ takes: 1 or 2; 1 where there is no terminal or it does not say."""
    try:
        import termios
        import tty
    except ImportError:  # Windows: its terminals draw one cell
        return 1
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        return 1
    source, target = sys.stdin.fileno(), sys.stdout.fileno()
    try:
        before = termios.tcgetattr(source)
    except termios.error:
        return 1
    try:
        tty.setcbreak(source, termios.TCSADRAIN)
        os.write(target, "\r“\x1b[6n".encode())
        answer = _answer(source)
    except OSError:
        answer = b""
    finally:
        termios.tcsetattr(source, termios.TCSADRAIN, before)
        os.write(target, b"\r\x1b[K")
    found = _ANSWER.search(answer)
    return 2 if found and int(found[1]) == 3 else 1


def count_two() -> None:
    """Let Rich count two cells for every ambiguous character except lines and blocks."""
    from rich import cells

    counted = cells.get_character_cell_size

    @lru_cache(maxsize=4096)
    def size(character: str, unicode_version: str = "auto") -> int:
        cell_size = counted(character, unicode_version)
        return 2 if cell_size == 1 and _ambiguous(character) else cell_size

    single = frozenset(c for c in cells._SINGLE_CELLS if not _ambiguous(c))  # noqa: SLF001 - see the module's docstring
    cells.get_character_cell_size = size
    cells._is_single_cell_widths = single.issuperset  # noqa: SLF001
    cells.cached_cell_len.cache_clear()


def _ambiguous(character: str) -> bool:
    return ord(character) not in _DRAWN and unicodedata.east_asian_width(character) == "A"


def _answer(source: int) -> bytes:
    """Read what the terminal says, until it has said it or its time is over."""
    import select

    said, until = b"", time.monotonic() + _PATIENCE
    while b"R" not in said:
        left = until - time.monotonic()
        if left <= 0 or not select.select([source], [], [], left)[0]:
            break
        said += os.read(source, 64)
    return said

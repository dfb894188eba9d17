"""A line for a path: names are completed as they are typed, Tab takes them over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote, urlsplit

from textual.suggester import Suggester
from textual.widgets import Input

from tui.keys import key

if TYPE_CHECKING:
    from textual.binding import BindingType

_MOST = 2_000
"""Names looked at in a folder."""


class PathInput(Input):
    """A path; folders end in a stroke when they are completed."""

    BINDINGS: ClassVar[list[BindingType]] = [key("tab", "complete", "补全文件名", "Complete the name")]

    def __init__(self, *, id: str, folders: bool = False, endings: tuple[str, ...] = ()) -> None:  # noqa: A002
        """Make it.

        Args:
            id: of the widget.
            folders: only folders are wanted.
            endings: of the files wanted, such as ".xlsx"; all when empty.
        """
        self._wanted = (folders, endings)
        super().__init__(id=id, compact=True, suggester=_Names(folders, endings))

    @property
    def path(self) -> Path | None:
        """What stands there, as a path; None while nothing does."""
        return as_path(self.value)

    def action_complete(self) -> None:
        """Take over what all names that fit have in common; with nothing to add, go to the next field."""
        names = names_for(self.value, *self._wanted)
        longer = _common(names)
        if len(longer) > len(self.value) and longer.casefold().startswith(self.value.casefold()):
            self.value = longer
            self.cursor_position = len(longer)
        elif self._suggestion and len(self._suggestion) > len(self.value):
            self.action_cursor_right()
        else:
            self.screen.focus_next()


class _Names(Suggester):
    def __init__(self, folders: bool, endings: tuple[str, ...]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._wanted = (folders, endings)

    async def get_suggestion(self, value: str) -> str | None:
        return next(iter(names_for(value, *self._wanted)), None)


def as_path(typed: str) -> Path | None:
    """Return the path typed or dropped: without quotes, file:// or the shell's strokes before blanks."""
    text = typed.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    if not text:
        return None
    path = _home(text)
    if os.sep == "/" and "\\ " in text and not path.exists():
        path = _home(text.replace("\\ ", " "))
    return path


def names_for(typed: str, folders: bool = False, endings: tuple[str, ...] = ()) -> list[str]:
    """Return the paths that begin as typed, in order; hidden ones only where a point was typed."""
    if not typed.strip():
        return []
    head, name = os.path.split(typed)
    start = typed[: len(typed) - len(name)]
    try:
        with os.scandir(_home(head or ".")) as found:
            entries = [entry for entry, _ in zip(found, range(_MOST), strict=False)]
    except (OSError, ValueError):
        return []
    fitting = []
    for entry in entries:
        if not entry.name.casefold().startswith(name.casefold()) or (entry.name.startswith(".") and not name):
            continue
        if _is_folder(entry):
            fitting.append(f"{start}{entry.name}{os.sep}")
        elif not folders and (not endings or entry.name.lower().endswith(endings)):
            fitting.append(f"{start}{entry.name}")
    return sorted(fitting)


def shown_names(paths: list[str]) -> str:
    """Return the last part of paths, a line each."""
    return "\n".join(path[path.rstrip(os.sep).rfind(os.sep) + 1 :] for path in paths)


def _common(names: list[str]) -> str:
    """Return what all names begin with, letter by letter."""
    if not names:
        return ""
    first, last = min(names), max(names)
    same = next((place for place, letter in enumerate(first) if last[place : place + 1] != letter), len(first))
    return first[:same]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _home(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)

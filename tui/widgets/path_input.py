"""A line for a path: names are completed as they are typed, Tab takes them over."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote, urlsplit

from textual.suggester import Suggester
from textual.widgets import Input

from tui.keys import key

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.events import Paste

_ROOTS = frozenset({"/", "~", "'", '"'})
"""What a whole path begins with, as it is typed or dropped."""
_FILE, _NEXT_FILE, _DRIVE = "file://", re.compile(r"\s+(?=file://)"), re.compile(r"[A-Za-z]:[\\/]")
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
        self._proposed = ""
        super().__init__(id=id, compact=True, select_on_focus=False, suggester=_Names(folders, endings))

    def propose(self, text: str) -> None:
        """Let something stand there that one may go on from; a path that begins at the root takes its place."""
        self.value = self._proposed = text
        self.cursor_position = len(text)

    def insert_text_at_cursor(self, text: str) -> None:
        """Insert what was typed."""
        if self._proposed and self.value == self._proposed and text[:1] in _ROOTS:
            self.value = ""
        super().insert_text_at_cursor(text)

    def _on_paste(self, event: Paste) -> None:
        """Take what was pasted or dropped: a whole path takes the place of what stood there."""
        event.stop()
        event.prevent_default()
        text = event.text.strip()
        if text[:1] in _ROOTS or text.startswith(_FILE) or _DRIVE.match(text):
            self.value = str(as_path(text) or "")
            self.cursor_position = len(self.value)
        elif self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)

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
    text = _unquoted(typed.strip())
    if text.startswith(_FILE):
        text = unquote(urlsplit(_NEXT_FILE.split(text)[0]).path)
        text = text[1:] if _DRIVE.match(text[1:]) else text
    if not text:
        return None
    path = _home(text)
    if os.sep == "/" and "\\ " in text and not os.path.exists(path):  # noqa: PTH110 - too long a name is none, too
        path = _home(text.replace("\\ ", " "))
    return path


def is_file(path: Path | None) -> bool:
    """Say whether there is such a file; a name that no system takes, such as a pasted list, is none."""
    return path is not None and os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises for such a name


def is_folder(path: Path) -> bool:
    """Say whether there is such a folder, of a name that no system takes, too."""
    return os.path.isdir(path)  # noqa: PTH112


def _unquoted(text: str) -> str:
    """Return the first of the paths that stand in quotes; what stands in none stays as it is."""
    if text[:1] not in {"'", '"'}:
        return text
    try:
        return next(iter(shlex.split(text)), "")
    except ValueError:  # a quote is missing
        return text.strip("'\"")


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

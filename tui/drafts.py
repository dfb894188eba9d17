"""What was typed and is not saved yet: kept beside the settings until it is, whatever ends the program meanwhile.

Every draft is a file of its own, in a folder for each audit, so that two windows never write over each other's.  It
says which box it was typed in and what that box was about then: a draft never comes back for anything else.  None of it
is part of the audit.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checklists.text import Text
from tui.settings import settings_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Fields = Mapping[str, str]

SOON = 0.4
"""Seconds after which what was typed is on disk."""
UNSAVED = Text("未保存的草稿", "unsaved draft")
_NAMED = Text("{title}  · {unsaved}", "{title}  · {unsaved}")
_LINE, _LEFT = "text", "left"


def named_unsaved(title: Text) -> Text:
    """Return a title that says quietly that what stands below it is not saved."""
    return _NAMED.format(title=title, unsaved=UNSAVED)


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of one box."""

    drafts: Drafts
    audit: str
    box: str
    """The place it was typed in, such as `score/note/L1`."""
    about: str = ""
    """What it adds to or replaces; once that is something else, the draft is out of date."""

    @property
    def text(self) -> str:
        """What was typed in a single line; empty where nothing was."""
        return self.fields.get(_LINE, "")

    @property
    def fields(self) -> Fields:
        """What was typed, by field; empty where nothing was, or where it was typed of something else."""
        found = self.drafts.read(self.audit, self.box)
        return found.fields if found is not None and found.about == self.about else {}

    def keep(self, text: str, *, left: bool = False) -> None:
        """Keep a line; an empty one is nothing to keep.

        Args:
            text: what was typed.
            left: whether one has gone on without it: it waits in its box, and the box need not come up again by itself.
        """
        self.keep_fields({_LINE: text, **({_LEFT: "yes"} if left else {})} if text else {})

    def keep_fields(self, fields: Fields) -> None:
        """Keep several fields; none: there is nothing to keep any more."""
        self.drafts.put(self.audit, self.box, _Kept(self.box, self.about, dict(fields)) if fields else None)

    def drop(self) -> None:
        """Keep nothing: it was saved, or taken back."""
        self.drafts.put(self.audit, self.box, None)


@dataclass(frozen=True, slots=True)
class _Kept:
    box: str
    about: str
    fields: Fields


class Drafts:
    """All drafts of this person on this device."""

    def __init__(self, later: Callable[[Callable[[], None]], object]) -> None:
        """Make them.

        Args:
            later: has something done `SOON`.
        """
        self._later = later
        self._due = False
        self._waiting: dict[tuple[str, str], _Kept | None] = {}
        """What has changed since the last writing."""

    def of(self, audit: str, box: str, about: str = "") -> Draft:
        """Return the draft of a box.

        Args:
            audit: what it belongs to.
            box: where it is typed.
            about: see `Draft.about`.
        """
        return Draft(self, audit, box, about)

    def boxes(self, audit: str, begin: str) -> Iterator[str]:
        """Yield the boxes that were open when the program ended, the newest first.

        Args:
            audit: what they belong to.
            begin: how their names begin.
        """
        with suppress(OSError):
            for file in sorted(_folder(audit).glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True):
                kept = _read(file)
                if kept is not None and kept.box.startswith(begin) and _LEFT not in kept.fields:
                    yield kept.box

    def read(self, audit: str, box: str) -> _Kept | None:
        """Return what is kept of a box."""
        if (audit, box) in self._waiting:
            return self._waiting[audit, box]
        return _read(_file(audit, box))

    def put(self, audit: str, box: str, kept: _Kept | None) -> None:
        """Keep something, soon on disk; or nothing any more."""
        if self.read(audit, box) == kept:
            return
        self._waiting[audit, box] = kept
        if not self._due:
            self._due = True
            self._later(self.flush)

    def flush(self) -> None:
        """Write what has changed.  Where nothing can be written, drafts last as long as the program."""
        self._due = False
        for (audit, box), kept in list(self._waiting.items()):
            with suppress(OSError):
                _write(_file(audit, box), kept)
                del self._waiting[audit, box]


def _folder(audit: str) -> Path:
    return settings_file().parent / "drafts" / _short(audit)


def _file(audit: str, box: str) -> Path:
    return _folder(audit) / f"{_short(box)}.json"


def _short(name: str) -> str:
    from hashlib import sha256  # not before the first paint

    return sha256(name.encode(errors="replace")).hexdigest()[:16]


def _read(file: Path) -> _Kept | None:
    """Return what a file keeps; one that cannot be read keeps nothing."""
    try:
        found = json.loads(file.read_bytes())
        fields = {str(name): str(text) for name, text in found["fields"].items()}
        return _Kept(str(found["box"]), str(found["about"]), fields)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(file: Path, kept: _Kept | None) -> None:
    if kept is None:
        file.unlink(missing_ok=True)
        with suppress(OSError):  # others are in it, or it was never made
            file.parent.rmdir()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump({"box": kept.box, "about": kept.about, "fields": dict(kept.fields)}, stream)
        written.replace(file)
    finally:
        written.unlink(missing_ok=True)

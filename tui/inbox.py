"""What becomes of each photo of an inbox: the proposal, or what the person says instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from checklists.text import Text
from checklists.words import did_you_mean
from tui.problems import WrongUsage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.evidence_inbox import Inbox, Photo
    from audit.session import AuditSession

_NO_PHOTO = Text("文件夹中没有照片“{name}”。{hint}", 'There is no photo "{name}" in the folder. {hint}')
_NO_ITEM = Text("“{typed}”应为 文件=检查项", '"{typed}" must be FILE=ITEM')
_BOTH = Text("{name} 不能同时移动和跳过，也不能移到两处", "{name} cannot be moved and skipped, nor moved twice")


class Action(StrEnum):
    """What happens to a photo."""

    PROPOSED = "proposed"
    MOVED = "moved"
    SKIPPED = "skipped"
    KNOWN = "known"
    """The audit has it already."""
    UNPLACED = "unplaced"
    """Nothing says where it belongs."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A photo and where it goes."""

    photo: Photo
    action: Action
    item: str | None
    """Where it goes; None when it is left out."""


def choose(session: AuditSession, photos: Sequence[Photo], moves: Sequence[str], skips: Sequence[str]) -> list[Choice]:
    """Decide for every photo.

    Args:
        session: the audit.
        photos: what the inbox holds.
        moves: as typed: FILE=ITEM.
        skips: names of files.

    Raises:
        WrongUsage: a file is not in the inbox, or is named twice.
        UnknownItem: there is no such item.
    """
    names = [photo.path.name for photo in photos]
    said: dict[str, str | None] = {}
    for typed in moves:
        file, equals, item = typed.rpartition("=")
        if not equals or not file.strip() or not item.strip():
            raise WrongUsage(_NO_ITEM.format(typed=typed))
        _say(said, names, file, session.item(item).id)
    for typed in skips:
        _say(said, names, typed, None)
    return [_choice(photo, said) for photo in photos]


def inbox_shape(ref: str, inbox: Inbox, choices: Sequence[Choice], added: int) -> dict[str, object]:
    """Return `evidence inbox --json`."""
    photos = [
        {
            "name": choice.photo.path.name,
            "file": choice.photo.file,
            "taken": choice.photo.taken,
            "taken_from": choice.photo.taken_from,
            "proposed": choice.photo.proposed,
            "known": list(choice.photo.known),
            "action": choice.action.value,
            "item": choice.item,
        }
        for choice in choices
    ]
    return {"ref": ref, "photos": photos, "others": [path.name for path in inbox.others], "added": added}


def _say(said: dict[str, str | None], names: list[str], typed: str, item: str | None) -> None:
    name = PurePath(typed.strip()).name
    if name not in names:
        raise WrongUsage(_NO_PHOTO.format(name=name, hint=did_you_mean(name, names)))
    if name in said:
        raise WrongUsage(_BOTH.format(name=name))
    said[name] = item


def _choice(photo: Photo, said: dict[str, str | None]) -> Choice:
    name = photo.path.name
    if name in said:
        return Choice(photo, Action.SKIPPED if said[name] is None else Action.MOVED, said[name])
    if photo.known:
        return Choice(photo, Action.KNOWN, None)
    return Choice(photo, Action.PROPOSED if photo.proposed else Action.UNPLACED, photo.proposed)

"""The photos of an inbox on their way to their items: read and added beside the audit, one after the other."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from audit.evidence import Evidence
    from audit.evidence_inbox import Photo
    from audit.session import AuditSession
    from checklists.model import Checklist

    Told = Callable[[Path, "Standing", Text | None], None]


class Standing(StrEnum):
    """What has become of a photo."""

    OPEN = "open"
    WAITING = "waiting"
    ADDED = "added"
    SKIPPED = "skipped"
    KNOWN = "known"
    """The audit had it before."""
    FAILED = "failed"


SIGNS = {
    Standing.OPEN: " ",
    Standing.WAITING: "~",
    Standing.ADDED: "✓",
    Standing.SKIPPED: "-",
    Standing.KNOWN: "=",
    Standing.FAILED: "✗",
}
_PATH = Text("{path}", "{path}")
_TIMES = {"exif": Text("拍摄 {time}", "taken {time}"), "file": Text("文件时间 {time}", "file time {time}")}
_BECAUSE = Text("建议 {item}：{person} {time} 刚评过它", "proposed {item}: {person} had just scored it, at {time}")
_NO_PROPOSAL = Text(
    "没有建议：当天拍摄之前还没有评分。按 m 选择检查项",
    "No proposal: nothing had been scored that day. m chooses an item",
)
_MOVED = Text("改到 {item}", "moved to {item}")
_KNOWN = Text("= 已是 {items} 的佐证", "= is evidence of {items} already")
_SKIPPED = Text("- 跳过；再按 x 恢复", "- skipped; x brings it back")
_ADDED = Text("✓ 已加入 {item}；Del 撤回", "✓ added to {item}; Del takes it away")


@dataclass(slots=True)
class Row:
    """A photo and where it goes."""

    photo: Photo
    shown: str
    """Its name, with the folder below the one chosen."""
    size: int
    item: str | None
    standing: Standing
    moved: bool = False
    problem: Text | None = None

    @property
    def sign(self) -> str:
        """Its mark; a question mark where nothing is proposed."""
        return "?" if self.standing is Standing.OPEN and self.item is None else SIGNS[self.standing]

    def turn(self, item: str, *, added: bool) -> None:
        """Take in that its photo was given to an item again, or taken away from it again."""
        photo = self.photo
        if added:
            self.item, self.moved, self.standing = item, item != photo.proposed, Standing.ADDED
        elif self.standing is Standing.ADDED and self.item == item:
            self.item, self.moved, self.standing = photo.proposed, False, Standing.OPEN
        elif item in photo.known:
            self.photo = replace(photo, known=tuple(one for one in photo.known if one != item))
            if self.standing is Standing.KNOWN and not self.photo.known:
                self.standing = Standing.OPEN


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds."""

    rows: tuple[Row, ...]
    others: int
    """Files that are no pictures."""
    folders: int
    problems: tuple[Text, ...]


@dataclass(slots=True)
class Stop:
    """Ends long work after the file that is being read."""

    event: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        """Raise `Stopped` when it is time to stop."""
        if self.event.is_set():
            raise Stopped(Text("已停止", "Stopped"))


class Stopped(UserError):
    """Somebody stopped the work."""


def look_for(session: AuditSession, folder: Path, tell: Callable[[int, int], None], stop: Stop) -> Found:
    """Read the photos of a folder and of those below it.

    Raises:
        NoFolder: it cannot be read.
        Stopped: when it was stopped; nothing is lost by that.
    """
    from audit.evidence_inbox import folders_below, look_over

    def told(done: int, of: int) -> None:
        stop.look()
        tell(done, of)

    folders = folders_below(folder)
    inbox = look_over(session, folders, tell=told)
    rows = tuple(_row(folder, photo) for photo in inbox.photos)
    return Found(rows, len(inbox.others), len(folders) - 1, inbox.problems)


def add_all(session: AuditSession, rows: Sequence[tuple[Path, str]], told: Told, stop: Stop) -> None:
    """Add photos to their items, each for itself; what came of one is told at once, an error with its reason."""
    from audit.evidence_adding import Wanted, add_files

    for path, item in rows:
        if stop.event.is_set():
            return
        try:
            added = add_files(session, [Wanted(item, path)])
        except UserError as error:
            told(path, Standing.FAILED, error.text)
        else:
            told(path, Standing.ADDED, joined(list(added.remarks), zh="\n", en="\n") if added.remarks else None)


def about(row: Row, checklist: Checklist) -> Text:
    """Return what is known of a photo, in a few lines."""
    from audit.evidence_inbox import moment_of

    photo = row.photo
    lines = [_PATH.format(path=photo.path), _TIMES[photo.taken_from].format(time=photo.taken[:19].replace("T", " "))]
    if row.problem is not None:
        lines.append(row.problem)
    if photo.known and row.standing is not Standing.ADDED:
        lines.append(_KNOWN.format(items=", ".join(photo.known)))
    if row.standing in {Standing.SKIPPED, Standing.ADDED}:
        lines.append((_SKIPPED if row.standing is Standing.SKIPPED else _ADDED).format(item=row.item))
    elif row.moved:
        lines.append(_MOVED.format(item=row.item))
    elif photo.scored is not None:
        time = photo.scored.time.astimezone(moment_of(photo.taken, None).tzinfo).strftime("%H:%M")
        lines.append(_BECAUSE.format(item=row.item, person=photo.scored.person, time=time))
    else:
        lines.append(_NO_PROPOSAL)
    item = checklist.items.get(row.item or "")
    return joined([*lines, *([item.statement] if item else [])], zh="\n", en="\n")


def info(piece: Evidence, statement: Text) -> list[Text]:
    """Return all that is known of a piece of evidence."""
    from audit.evidence import TAKEN_FROM
    from tui.evidence_tables import size_shown

    rows = (
        (
            Text("检查项", "Item"),
            Text("{id}  {statement}", "{id}  {statement}").format(id=piece.item, statement=statement),
        ),
        (Text("文件", "File"), same(piece.name)),
        (Text("类型", "Type"), same(piece.media)),
        (Text("大小", "Size"), same(size_shown(piece.size))),
        (TAKEN_FROM[piece.taken_from], same(piece.taken.replace("T", " "))),
        (Text("添加人", "Added by"), same(f"{piece.person}  {_local(piece.added)}")),
        (same("SHA-256"), same(piece.file)),
    )
    return [Text("{head}：{text}", "{head}: {text}").format(head=head, text=text) for head, text in rows]


def _row(folder: Path, photo: Photo) -> Row:
    try:
        size = photo.path.stat().st_size
    except OSError:
        size = 0
    standing = Standing.KNOWN if photo.known else Standing.OPEN
    shown = photo.path.relative_to(folder).as_posix()
    return Row(photo, shown, size, photo.proposed, standing)


def _local(time: str) -> str:
    """Return a time as the clock here shows it."""
    return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M") if time else ""

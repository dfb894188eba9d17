"""Photos of a visit, sorted into items: each is proposed to the item that was being scored when it was taken."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

from audit.evidence import MAX_BYTES, evidence_of
from audit.evidence_files import FileRefused, check_file, media_of, read_file
from audit.state import ITEM
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from audit.evidence_files import FileRead
    from audit.journal import Entry
    from audit.session import AuditSession

_NO_FOLDER = Text("{folder}：不是可以读取的文件夹", "{folder}: is no folder that can be read")
_NO_ZONE = Text(
    "“{zone}”不是时区：请写 +08:00，或 Asia/Shanghai 这样的名称",
    '"{zone}" is no time zone: write +08:00, or a name such as Asia/Shanghai',
)


class NoFolder(UserError):
    """The inbox is no folder that can be read."""


class NoZone(UserError):
    """What was typed names no time zone."""


@dataclass(frozen=True, slots=True)
class Scored:
    """When an item was scored."""

    time: datetime
    item: str
    person: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture in the inbox and where it may belong."""

    path: Path
    file: str
    """SHA-256 of its bytes."""
    taken: str
    taken_from: str
    proposed: str | None
    """The item proposed; None where nothing had been scored that day before it was taken."""
    scored: Scored | None
    """What the proposal rests on."""
    known: tuple[str, ...]
    """Items that have this very picture already."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """What a folder holds."""

    photos: tuple[Photo, ...]
    """By the time they were taken."""
    others: tuple[Path, ...]
    """Files that are no pictures; they are left alone."""
    problems: tuple[Text, ...] = ()
    """Pictures that are empty, too large or unreadable, each with the reason."""
    refused: tuple[Path, ...] = ()
    """These pictures."""


def look_over(
    session: AuditSession,
    folders: Sequence[Path],
    zone: tzinfo | None = None,
    limit: int = MAX_BYTES,
    tell: Callable[[int, int], None] | None = None,
) -> Inbox:
    """Look through the pictures of folders and propose an item for each; writes nothing.

    A camera says when by its own clock and seldom where on earth that is; such times are read in `zone`.

    Args:
        session: the audit; its journal says what was being scored when.
        folders: where the pictures are; those below them are not looked into (see `folders_below`).
        zone: the time zone of the visit; None is that of this computer.
        limit: most bytes a picture may have.
        tell: called with how many files have been read, and of how many.

    Returns:
        The pictures; what cannot be read is told with its reason and holds nothing up.

    Raises:
        NoFolder: a folder cannot be read.
    """
    sorted_out = [_sorted_out(folder) for folder in folders]
    pictures = [path for found, _ in sorted_out for path in found]
    others = tuple(path for _, found in sorted_out for path in found)
    timeline = scored_times(session)
    known: dict[str, list[str]] = {}
    for piece in evidence_of(session):
        known.setdefault(piece.file, []).append(piece.item)
    photos: list[tuple[datetime, Photo]] = []
    problems: list[Text] = []
    refused: list[Path] = []
    for number, path in enumerate(pictures, start=1):
        if tell is not None:
            tell(number - 1, len(pictures))
        try:
            check_file(path, limit)
            read = read_file(path, limit)
        except FileRefused as error:
            problems.append(error.text)
            refused.append(path)
            continue
        moment = moment_of(read.taken, zone)
        photos.append((moment, _photo(read, _scored_then(timeline, moment, zone), known.get(read.hash, []))))
    if tell is not None:
        tell(len(pictures), len(pictures))
    ordered = sorted(photos, key=lambda pair: (pair[0], pair[1].path.name))
    return Inbox(tuple(photo for _, photo in ordered), others, tuple(problems), tuple(refused))


def folders_below(folder: Path, levels: int = 3) -> list[Path]:
    """Return a folder and those below it, as cameras part their pictures; neither hidden ones nor links are followed.

    Args:
        folder: where to begin.
        levels: how deep to go.

    Raises:
        NoFolder: the folder itself cannot be read; one below it that cannot be is left out.
    """
    try:
        below = sorted(path for path in folder.iterdir() if _is_own_folder(path)) if levels else []
    except OSError as error:
        raise NoFolder(_NO_FOLDER.format(folder=folder)) from error
    found = [folder]
    for path in below:
        try:
            found += folders_below(path, levels - 1)
        except NoFolder:
            continue
    return found


def _is_own_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not path.name.startswith(".")


def zone_of(typed: str) -> tzinfo:
    """Return the time zone named: a distance from UTC such as +08:00, or a name such as Asia/Shanghai.

    Raises:
        NoZone: it is neither.
    """
    from zoneinfo import ZoneInfo

    text = typed.strip().replace("：", ":").replace("＋", "+")
    try:
        if text[:1] in {"+", "-"}:
            hours, _, minutes = text[1:].partition(":")
            away = timedelta(hours=int(hours), minutes=int(minutes or 0))
            return timezone(-away if text[0] == "-" else away)
        return UTC if text.upper() in {"Z", "UTC"} else ZoneInfo(text)
    except (ValueError, LookupError, OSError) as error:
        raise NoZone(_NO_ZONE.format(zone=typed)) from error


def moment_of(taken: str, zone: tzinfo | None) -> datetime:
    """Return the moment a time names; one without a distance from UTC is read in `zone` (None: this computer's)."""
    time = datetime.fromisoformat(taken)
    if time.tzinfo is not None:
        return time
    return time.replace(tzinfo=zone) if zone else time.astimezone()


def scored_times(session: AuditSession) -> list[Scored]:
    """Return when items were scored, in the order of time; what was taken back does not count.

    Two auditors score in parallel, and a phone belongs to one of them: where this person has scored, only that counts.
    """
    entries = session.journal.entries
    redone = {e.data["redoes"] for e in entries if e.kind == "redo"}
    undone = {e.data["undoes"] for e in entries if e.kind == "undo" and e.hash not in redone}
    found = [
        Scored(datetime.fromisoformat(e.time), item, e.person)
        for e in entries
        if e.hash not in undone and (item := _item_scored(e))
    ]
    own = [scored for scored in found if scored.person == session.author.person]
    return sorted(own or found, key=lambda scored: (scored.time, scored.item))


def _item_scored(entry: Entry) -> str:
    """Return the item an entry scores: by an answer, or by a mark on a record sheet; nothing for other entries."""
    if entry.kind == "answer" and entry.slot.startswith(ITEM):
        return entry.slot.removeprefix(ITEM)
    return str(entry.data.get("item", "")) if entry.kind == "mark" else ""


def _scored_then(timeline: list[Scored], moment: datetime, zone: tzinfo | None) -> Scored | None:
    """Return what had last been scored at a moment, on the same day there."""
    # A photo's time has whole seconds: an answer within the same second comes before it.
    place = bisect_right(timeline, moment.replace(microsecond=999_999), key=lambda scored: scored.time)
    if not place:
        return None
    last = timeline[place - 1]
    return last if last.time.astimezone(zone).date() == moment.astimezone(zone).date() else None


def _photo(read: FileRead, scored: Scored | None, known: Iterable[str]) -> Photo:
    item = scored.item if scored else None
    return Photo(read.path, read.hash, read.taken, read.taken_from, item, scored, tuple(known))


def _sorted_out(folder: Path) -> tuple[list[Path], tuple[Path, ...]]:
    """Return the pictures and the other files of a folder, without hidden ones."""
    try:
        files = sorted(path for path in folder.iterdir() if not path.name.startswith(".") and not path.is_dir())
    except OSError as error:
        raise NoFolder(_NO_FOLDER.format(folder=folder)) from error
    pictures = [path for path in files if media_of(path.name, _beginning(path)).startswith("image/")]
    return pictures, tuple(path for path in files if path not in set(pictures))


def _beginning(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(16)
    except OSError:
        return b""

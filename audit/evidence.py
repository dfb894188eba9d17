"""Evidence: the photos and files behind answers.

A piece of evidence is one file at one item.  Its entry stands in the slot `evidence:HASH/ITEM` and says what the file
is called and when it was made; the bytes lie in the store under their hash, so that several items may share a file and
nobody can exchange one unnoticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.journal import Data, Entry
    from audit.session import AuditSession
    from audit.store.store import Store
    from audit.writing import Writing

KIND = "evidence"
PREFIX = "evidence:"
MAX_BYTES = 25 * 1024 * 1024
"""The largest file taken in unless somebody asks for more: a phone's largest photo, or a scan of some fifty pages."""


class NoSuchEvidence(UserError):
    """The item has no such file, or several that fit."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file at one item."""

    item: str
    file: str
    """SHA-256 of its bytes, in hex."""
    name: str
    """The file's name when it was added, without folders."""
    media: str
    """Media type, e.g. "image/jpeg"."""
    size: int
    """In bytes."""
    taken: str
    """When it was made: ISO 8601 as its clock showed, with the distance from UTC where that is known."""
    taken_from: str
    """Where that time comes from: "exif" (the camera) or "file" (last changed)."""
    person: str = ""
    """Who added it."""
    added: str = ""
    """When it was added; UTC."""

    @property
    def slot(self) -> str:
        """Its slot in the journal."""
        return f"{PREFIX}{self.file}/{self.item}"

    @property
    def taken_shown(self) -> str:
        """When it was made, as the clock there showed, to the minute."""
        return self.taken[:16].replace("T", " ")


TAKEN_FROM: dict[str, Text] = {"exif": Text("拍摄时间", "camera"), "file": Text("文件时间", "file")}
"""Where the time of a file comes from, in words."""


def evidence_of(session: AuditSession, item_id: str | None = None) -> tuple[Evidence, ...]:
    """Return an audit's evidence, item by item in the checklist's order, each by time and name.

    Args:
        session: the audit.
        item_id: only this item's.

    Raises:
        UnknownItem: when there is no such item.
    """
    wanted = session.item(item_id).id if item_id else None
    order = {known: place for place, known in enumerate(session.checklist.items)}
    found = []
    for slot, data in session.state.of_kind(PREFIX).items():
        if "removed" in data or (wanted is not None and data["item"] != wanted):
            continue
        entry = next((e for e in session.journal.values(PREFIX + slot) if e.data == data), None)
        found.append(piece_of(data, entry))
    return tuple(sorted(found, key=lambda e: (order.get(e.item, len(order)), e.item, e.taken, e.name, e.file)))


def thumbnails_of(store: Store, pieces: Sequence[Evidence]) -> dict[str, bytes]:
    """Return the small pictures of files, by hash; files without one are left out."""
    found = {piece.file: store.thumbnail(piece.file) for piece in pieces}
    return {hash_: picture for hash_, picture in found.items() if picture}


def files_named(entries: Sequence[Entry]) -> dict[str, Data]:
    """Return what entries ever said of each file, by its hash; also of files removed since, and of signed scans."""
    return {e.data["file"]: e.data for e in entries if e.kind in {KIND, "scan"} and "file" in e.data}


def items_named(entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    """Return the items that entries ever named each file for, by the file's hash; a signed scan is in none of them."""
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        if entry.kind == KIND and "file" in entry.data:
            found.setdefault(entry.data["file"], {})[entry.data.get("item", "–")] = None
    return {file: tuple(items) for file, items in found.items()}


def writing_of(piece: Evidence) -> Writing:
    """Return the entry that adds a piece of evidence."""
    data = {
        "item": piece.item,
        "file": piece.file,
        "name": piece.name,
        "media": piece.media,
        "size": str(piece.size),
        "taken": piece.taken,
        "taken_from": piece.taken_from,
    }
    return (KIND, piece.slot, data)


def remove(session: AuditSession, item_id: str, file: str) -> Evidence:
    """Take a file away from an item; its bytes stay, and the history keeps who did it.

    Args:
        session: the audit.
        item_id: the item.
        file: the file's name, or the beginning of its hash.

    Raises:
        NoSuchEvidence: when none or several fit.
        UnknownItem: when there is no such item.
        AuditSealed: when the audit is signed.
    """
    pieces = evidence_of(session, item_id)
    fitting = [p for p in pieces if p.name == file] or [p for p in pieces if file and p.file.startswith(file.lower())]
    if len(fitting) != 1:
        names = joined([same(f"{p.name} ({p.file[:8]})") for p in fitting or pieces]) if pieces else same("–")
        raise NoSuchEvidence(
            Text(
                "{item} 的佐证中没有唯一对应“{file}”的文件；现有：{names}",
                'No single file of {item} is "{file}"; there are: {names}',
            ).format(item=session.item(item_id).id, file=file, names=names)
        )
    [piece] = fitting
    session.write([(KIND, piece.slot, {"item": piece.item, "name": piece.name, "removed": "yes"})])
    return piece


def piece_of(data: Data, entry: Entry | None) -> Evidence:
    """Return a piece of evidence as its entry says it."""
    return Evidence(
        item=data["item"],
        file=data["file"],
        name=data["name"],
        media=data["media"],
        size=int(data["size"]),
        taken=data["taken"],
        taken_from=data["taken_from"],
        person=entry.person if entry else "",
        added=entry.time if entry else "",
    )

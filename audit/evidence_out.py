"""Evidence leaving again: proved unchanged, and written out as files."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import uuid4

from audit.evidence import Evidence, evidence_of, files_named, items_named, piece_of
from audit.plan import ACTION, LETTER, plan_of
from audit.plan_proof import FILE
from audit.session import UnknownItem
from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from audit.journal import Entry
    from audit.session import AuditSession
    from audit.store.store import Store

_ALTERED = Text(
    "佐证文件 {name}（{item}，{file}）的内容被改动", "The evidence file {name} ({item}, {file}) was altered"
)
_MISSING = Text("佐证文件 {name}（{item}，{file}）缺失", "The evidence file {name} ({item}, {file}) is missing")
_NOT_A_FOLDER = Text("{folder} 不能用作文件夹：{reason}", "{folder} cannot be used as a folder: {reason}")

PROOF_FILE = f"/{FILE}"
"""Stands in the slots of files that prove an action done, behind the action."""
_ACTION_NUMBER = re.compile(rf"{LETTER}\d+(-[0-9a-f]+)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd]')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
_LONGEST = 180
"""Bytes of a file's name without its ending: every file system takes 255 in all."""


SIGNED = "signed"
"""Stands before the name of a signed scan, where an item's number stands before that of its evidence."""


class ExportRefused(UserError):
    """The folder cannot be written to."""


class EvidenceDamaged(UserError):
    """A file is not what was added; nothing is written out then."""


def file_problems(store: Store, entries: Sequence[Entry], tell: Callable[[int, int], None] | None = None) -> list[Text]:
    """Check every file that entries ever named as evidence against its hash; returns what is missing or altered."""
    named, items = files_named(entries), items_named(entries)
    problems = []
    for number, (hash_, data) in enumerate(sorted(named.items()), start=1):
        body = store.get_file(hash_)
        if body is None or hashlib.sha256(body).hexdigest() != hash_:
            text = _MISSING if body is None else _ALTERED
            where = joined([same(item) for item in items.get(hash_, ("–",))])
            problems.append(text.format(name=data["name"], item=where, file=hash_[:12]))
        if tell is not None:
            tell(number, len(named))
    return problems


def export(
    session: AuditSession,
    folder: Path,
    item_id: str | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write evidence out, byte for byte, each file named after its item and its own name; returns the files.

    With it goes what was handed in after signing: late evidence of objections, the signed scans, proof of actions.

    Nothing is overwritten: a file that is there already with the same bytes stays, another one makes the new name
    end in -2, -3 ...

    Raises:
        ExportRefused: the folder cannot be made or written to.
        EvidenceDamaged: a file's bytes are missing or altered.
        UnknownItem, UnknownNumber: there is no such item or action.
    """
    pieces = [piece for some in evidence_about(session, item_id) for piece in some]
    written: list[Path] = []
    taken: set[str] = set()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, piece in enumerate(pieces, start=1):
            body = session.store.get_file(piece.file)
            if body is None or hashlib.sha256(body).hexdigest() != piece.file:
                text = _MISSING if body is None else _ALTERED
                raise EvidenceDamaged(text.format(name=piece.name, item=piece.item, file=piece.file[:12]))
            path = _free(folder, safe_name(f"{piece.item}_{piece.name}"), body, taken)
            taken.add(path.name.casefold())
            _write(path, body)
            written.append(path)
            if tell is not None:
                tell(number, len(pieces))
    except OSError as error:
        raise ExportRefused(_NOT_A_FOLDER.format(folder=folder, reason=error.strerror or error)) from error
    return written


def evidence_about(session: AuditSession, subject: str | None = None) -> tuple[list[Evidence], list[Evidence]]:
    """Return the evidence from the visit, and what was handed in after signing.

    Args:
        session: the audit.
        subject: only this item's, or that of this action of the plan ("P1").

    Raises:
        UnknownItem: when there is no such item.
        UnknownNumber: when there is no such action.
    """
    action = _action_meant(session, subject) if subject else None
    if action is not None:
        return [], _proofs(session, action)
    return list(evidence_of(session, subject)), handed_in_later(session, subject)


def _action_meant(session: AuditSession, subject: str) -> str | None:
    """Return the id of the action meant; None where it is an item, or nothing known."""
    from audit.plan_writing import action_id

    with suppress(UnknownItem):
        session.item(subject)
        return None
    plan = plan_of(session)
    return action_id(plan, subject) if plan.actions and _ACTION_NUMBER.fullmatch(subject.strip()) else None


def handed_in_later(session: AuditSession, item_id: str | None = None) -> list[Evidence]:
    """Return what lies beside the seal: evidence of objections, the signed paper, and what proves an action done.

    Args:
        session: the audit.
        item_id: only this item's; the signed paper and the proof of actions belong to none.

    Raises:
        UnknownItem: when there is no such item.
    """
    closing = session.state.closing
    wanted = session.item(item_id).id if item_id else None
    late = [piece_of(entry.data, entry) for raised in closing.raised for entry in raised.files]
    scans = [Evidence(SIGNED, s.file, s.name, s.media, s.size, s.time, "file", s.person, s.time) for s in closing.scans]
    if wanted is not None:
        return [piece for piece in late if piece.item == wanted]
    return [*late, *scans, *_proofs(session)]


def _proofs(session: AuditSession, action: str = "") -> list[Evidence]:
    """Return the files that prove actions of the plan done, or one by its id, under the actions' numbers."""
    found = []
    for slot in session.journal.slots:
        if slot.startswith(f"{ACTION}{action}/" if action else ACTION) and PROOF_FILE in slot:
            # The same file added on two devices stands there twice and is one.
            found += [piece_of(entry.data, entry) for entry in session.journal.values(slot)[:1]]
    return sorted(found, key=lambda piece: (len(piece.item), piece.item, piece.name))


def safe_name(name: str) -> str:
    """Return a file's name as every system takes it: no separators, nothing invisible, nothing reserved."""
    plain = _UNSAFE.sub("_", name).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    if not dot or not stem or len(ending) > 10:
        stem, ending = plain, ""
    while len(stem.encode()) > _LONGEST:
        stem = stem[:-1]
    stem = stem.rstrip(" .") or "file"
    if stem.partition(".")[0].casefold() in _RESERVED:
        stem = f"_{stem}"
    return f"{stem}.{ending}" if ending else stem


def _free(folder: Path, name: str, body: bytes, taken: set[str]) -> Path:
    """Return where a file can go: a name that is free, or under which these very bytes lie already."""
    wanted = folder / name
    path, number = wanted, 2
    while path.name.casefold() in taken or (os.path.lexists(path) and not _holds(path, body)):
        path = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        number += 1
    return path


def _holds(path: Path, body: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(body) and path.read_bytes() == body


def _write(path: Path, body: bytes) -> None:
    """Write a whole file or none."""
    if path.exists():
        return
    beside = path.with_name(f".{uuid4().hex[:12]}.tmp")
    try:
        beside.write_bytes(body)
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def export_one(session: AuditSession, file: str, name: str, folder: Path) -> Path:
    """Write one file out to look at it; returns where it lies.

    Args:
        session: the audit.
        file: SHA-256 of its bytes, in hex.
        name: what it is called.
        folder: where it goes.

    Raises:
        ExportRefused: the folder cannot be made or written to.
        EvidenceDamaged: its bytes are missing or altered.
    """
    body = session.store.get_file(file)
    if body is None or hashlib.sha256(body).hexdigest() != file:
        raise EvidenceDamaged((_MISSING if body is None else _ALTERED).format(name=name, item="–", file=file[:12]))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder, safe_name(name), body, set())
        _write(path, body)
    except OSError as error:
        raise ExportRefused(_NOT_A_FOLDER.format(folder=folder, reason=error.strerror or error)) from error
    return path

"""The end of the closing meeting: the final word, and the signed paper as a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.clock import today
from audit.closing import FINAL, SCAN
from audit.objecting import objection_due, undecided
from checklists.text import Text, UserError, joined, same

if TYPE_CHECKING:
    from pathlib import Path

    from audit.closing import Scan
    from audit.session import AuditSession

SCAN_MEDIA = frozenset({"application/pdf", "image/jpeg", "image/png"})
"""What a scanner or a phone makes of signed paper."""


_PDF_BEGINS = 1024
"""Bytes within which a PDF says that it is one."""


class CannotFinalize(UserError):
    """Something keeps the audit from becoming final; the text lists it."""


class NoScan(UserError):
    """A file is no scan of paper, or there is no such scan."""


_UNDECIDED = Text(
    "还不能定稿：异议 {objections} 尚未答复（audit decide REF {first} …）",
    "Not ready to be final, to be decided: {objections} (audit decide REF {first} …)",
)
_APART = Text(
    "还不能定稿：{items} 的修正互相冲突（audit settle）",
    "Not ready to be final: amendments of {items} stand side by side (audit settle)",
)
_RUNS = Text(
    "异议期到 {due} 才结束，定稿后不能再提异议：经销商确认没有其他异议时，加 --before-due 提前定稿",
    "The period for objections runs until {due}, and once final none can be raised: where the dealership has said "
    "that there are no more, finalize with --before-due",
)
_DAMAGED = Text(
    "{file} 的内容不是完整的 PDF、JPEG 或 PNG：请重新扫描或另存后再附上",
    "{file} holds no whole PDF, JPEG or PNG: scan or save it again, then attach it",
)
_NO_PAPER = Text("{file} 不是扫描件：请使用 PDF、JPEG 或 PNG 文件", "{file} is no scan: give a PDF, JPEG or PNG file")
_NONE = Text("没有唯一对应“{file}”的扫描件；现有：{names}", 'No single scan is "{file}"; there are: {names}')


def finalize(session: AuditSession, by: str = "", *, before_due: bool = False) -> None:
    """Make a signed audit final: after that nothing but the plan and scans is written.

    An undecided objection stops it whenever it was raised.

    Args:
        session: the audit.
        by: who says so; whoever writes if nobody is named.
        before_due: whether it may be while the period for objections still runs: none can be raised afterwards.

    Raises:
        CannotFinalize: while objections are undecided or amendments in conflict, all of them named, or while the
            period for objections runs.
        NotSigned, AuditFinal: when the audit is open, or final already.
    """
    session.refresh()
    session.allow([FINAL])
    refuse_unfinished(session)
    due = objection_due(session.state)
    if not before_due and due >= today():
        raise CannotFinalize(_RUNS.format(due=due))
    session.write([("final", FINAL, {"by": by.strip() or session.author.person})], unless=refuse_unfinished)


def refuse_unfinished(session: AuditSession) -> None:
    """Refuse what keeps a signed audit from becoming final.

    Raises:
        CannotFinalize: while there is something.
    """
    waiting = undecided(session.state)
    if waiting:
        labels = ", ".join(raised.label for raised in waiting)
        raise CannotFinalize(_UNDECIDED.format(objections=labels, first=waiting[0].label))
    apart = [item for item, amended in session.state.closing.amended.items() if amended.conflict]
    if apart:
        raise CannotFinalize(_APART.format(items=", ".join(sorted(apart))))


def attach_scan(session: AuditSession, file: Path) -> Scan:
    """Keep the signed, stamped paper with the audit; it is no amendment and changes nothing that was sealed.

    Raises:
        NoScan: when what it holds, whatever its name, is neither PDF nor JPEG nor PNG, or is damaged.
        FilesRefused: when it cannot be taken in.
        NotSigned: when the audit is open.
    """
    from audit.evidence_adding import stored

    session.refresh()
    session.allow([SCAN])
    with stored(session, [file]) as files:
        [read] = files
        if read.media not in SCAN_MEDIA:
            raise NoScan(_NO_PAPER.format(file=file.name))
        if not _is_sound(session.store.get_file(read.hash) or b"", read.media):
            raise NoScan(_DAMAGED.format(file=file.name))
        if read.hash not in {scan.file for scan in session.state.closing.scans}:
            data = {"name": file.name, "file": read.hash, "media": read.media, "size": str(read.size)}
            session.write([("scan", SCAN + read.hash, data)])
    return next(scan for scan in session.state.closing.scans if scan.file == read.hash)


def _is_sound(body: bytes, media: str) -> bool:
    """Say whether bytes are what their media type says: a PDF by its beginning, a picture as far as it can be drawn."""
    from audit.pictures import is_whole

    return is_whole(body) if media.startswith("image/") else b"%PDF-" in body[:_PDF_BEGINS]


def remove_scan(session: AuditSession, file: str) -> Scan:
    """Take a scan away that was attached by mistake; its bytes stay, and the history keeps who did it.

    Args:
        session: the audit.
        file: its name, or the beginning of its hash.

    Raises:
        NoScan: when none or several fit.
    """
    session.refresh()
    scans = session.state.closing.scans
    found = [s for s in scans if s.name == file] or [s for s in scans if file and s.file.startswith(file.lower())]
    if len(found) != 1:
        names = joined([same(f"{s.name} ({s.file[:8]})") for s in scans]) if scans else same("–")
        raise NoScan(_NONE.format(file=file, names=names))
    session.write([("scan", SCAN + found[0].file, {"name": found[0].name, "removed": "yes"})])
    return found[0]

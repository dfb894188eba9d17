"""Taking files in as evidence: read in a thread of their own, written into the journal all or none.

Each file goes into the store in a transaction of its own, so that whoever scores meanwhile waits for none of it; the
entries that name the files follow at the end, in one.  What is cancelled or fails leaves no entry and no file.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audit.evidence import MAX_BYTES, PREFIX, Evidence, evidence_of, writing_of
from audit.evidence_files import FileRefused, check_file, read_file
from checklists.text import Text, UserError, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from audit.evidence_files import FileRead
    from audit.pictures import Looked
    from audit.session import AuditSession
    from audit.store.store import Store

_HEAD = Text("有文件不能添加，没有做任何改动：", "Some files cannot be added, nothing was changed:")
_REMARK = Text("{file}：{remark}", "{file}: {remark}")


class FilesRefused(UserError):
    """Files cannot be taken in; the text names every one of them."""

    def __init__(self, problems: Sequence[Text]) -> None:
        lines = [Text("  {line}", "  {line}").format(line=problem) for problem in problems]
        super().__init__(joined([_HEAD, *lines], zh="\n", en="\n"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file for an item."""

    item: str
    path: Path


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the files."""

    pieces: tuple[Evidence, ...]
    """What is new, in the order in which it was named."""
    known: tuple[Evidence, ...]
    """What was there already, as it stands: nothing was changed."""
    remarks: tuple[Text, ...]
    """Pictures that were kept but cannot be shown, each with the reason."""


class Storing(threading.Thread):
    """Reads files and puts them into a store, one after the other; whoever waits can look at `done`."""

    def __init__(self, store: Store, paths: Iterable[Path], limit: int) -> None:
        super().__init__(name="evidence", daemon=True)
        self.paths = tuple(dict.fromkeys(paths))
        self.done = 0
        """How many files are through."""
        self.read: dict[Path, FileRead] = {}
        """What was read, without the bytes."""
        self.fresh: list[str] = []
        """Hashes of files that the store did not hold before."""
        self.remarks: list[Text] = []
        self.error: BaseException | None = None
        self._store = store
        self._limit = limit
        self._cancelled = threading.Event()
        self._over = threading.Event()

    def over(self, seconds: float) -> bool:
        """Wait so long at most and say whether it has come to its end.

        Not `join`: when Ctrl-C interrupts that, Python takes the thread for finished though it still runs.
        """
        return self._over.wait(seconds)

    def cancel(self) -> None:
        """Stop after the file that is being read, and wait for that."""
        self._cancelled.set()
        if self.ident is not None:
            self._over.wait()

    def run(self) -> None:
        """Put the files in."""
        try:
            for path in self.paths:
                if self._cancelled.is_set():
                    return
                self._put(path)
                self.done += 1
        except BaseException as error:  # handed to whoever waits
            self.error = error
        finally:
            self._over.set()

    def _put(self, path: Path) -> None:
        found = read_file(path, self._limit)
        self.read[path] = replace(found, body=b"")
        if self._store.has_file(found.hash):
            return
        looked = _look(found)
        if looked.remark:
            self.remarks.append(_REMARK.format(file=path.name, remark=looked.remark))
        if self._store.put_file(found.body, found.media, looked.thumbnail):
            self.fresh.append(found.hash)


def add_files(
    session: AuditSession,
    wanted: Sequence[Wanted],
    *,
    limit: int = MAX_BYTES,
    tell: Callable[[int, int], None] | None = None,
) -> Added:
    """Take files in as evidence, all of them or none.

    The same bytes at the same item again change nothing.  While it waits, Ctrl-C cancels: no entry is written then.

    Args:
        session: the audit.
        wanted: which file belongs to which item.
        limit: most bytes a file may have.
        tell: called now and then with how many files are through, and of how many.

    Raises:
        AuditSealed: the audit is signed.
        UnknownItem: there is no such item.
        FilesRefused: files are missing, empty, too large or unreadable; all of them are named.
    """
    session.write([])  # refuses at once when the audit is signed
    placed = [Wanted(session.item(want.item).id, want.path) for want in wanted]
    _check(dict.fromkeys(want.path for want in placed), limit)
    storing = Storing(session.store, (want.path for want in placed), limit)
    try:
        _wait(storing, tell)
        added = _record(session, placed, storing)
        _put_back(session.store, storing, limit)
    except BaseException:
        storing.cancel()
        session.store.drop_files(storing.fresh)
        raise
    return added


@contextmanager
def stored(session: AuditSession, paths: Sequence[Path], limit: int = MAX_BYTES) -> Iterator[list[FileRead]]:
    """Put files into the store for the entries written inside; when those fail, what was new goes again.

    Yields:
        What was read, without the bytes; the same bytes once.

    Raises:
        FilesRefused: files are missing, empty, too large or unreadable; all of them are named.
    """
    _check(dict.fromkeys(paths), limit)
    storing = Storing(session.store, paths, limit)
    try:
        _wait(storing, None)
        yield list({read.hash: read for read in storing.read.values()}.values())
        _put_back(session.store, storing, limit)
    except BaseException:
        storing.cancel()
        session.store.drop_files(storing.fresh)
        raise


def _check(paths: Iterable[Path], limit: int) -> None:
    problems = []
    for path in paths:
        try:
            check_file(path, limit)
        except FileRefused as error:
            problems.append(error.text)
    if problems:
        raise FilesRefused(problems)


def _wait(storing: Storing, tell: Callable[[int, int], None] | None) -> None:
    storing.start()
    over = False
    while not over:
        over = storing.over(0.05)
        if tell is not None:
            tell(storing.done, len(storing.paths))
    if isinstance(storing.error, FileRefused):
        raise FilesRefused([storing.error.text]) from storing.error
    if storing.error is not None:
        raise storing.error


def _record(session: AuditSession, placed: Sequence[Wanted], storing: Storing) -> Added:
    session.refresh()
    standing = {piece.slot: piece for piece in evidence_of(session)}
    new: dict[str, Evidence] = {}
    known: list[Evidence] = []
    for want in placed:
        read = storing.read[want.path]
        slot = f"{PREFIX}{read.hash}/{want.item}"
        if slot in standing or slot in new:
            known.append(standing.get(slot) or new[slot])
            continue
        name = want.path.name
        new[slot] = Evidence(want.item, read.hash, name, read.media, read.size, read.taken, read.taken_from)
    session.write([writing_of(piece) for piece in new.values()])
    return Added(tuple(new.values()), tuple(known), tuple(storing.remarks))


def _put_back(store: Store, storing: Storing, limit: int) -> None:
    """Put in again what somebody who cancelled has just removed, having added the same file at the same moment."""
    kept = store.kept_files(read.hash for read in storing.read.values())
    for path, read in storing.read.items():
        if read.hash not in kept:
            again = read_file(path, limit)
            store.put_file(again.body, again.media, _look(again).thumbnail)


def _look(found: FileRead) -> Looked:
    from audit.pictures import Looked, look_at

    return look_at(found.body, found.media) if found.media.startswith("image/") else Looked(None, None)

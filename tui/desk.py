"""The desk: the one thread in which the store and the audit are spoken to.

A SQLite connection belongs to its thread, and two threads that save could pass each other.  So all work of the screens
goes through one thread, in the order in which it was asked for, and what it gives back is immutable: screens read it as
they like.  The engine's libraries load in that thread, after the first paint.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import strftime
from typing import TYPE_CHECKING, TypeVar

from checklists.text import UserError
from tui import garbage

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.journal import Author
    from audit.scorecard import Scorecard
    from audit.session import AuditSession
    from audit.state import AuditState
    from audit.store.store import Store
    from checklists.model import Checklist

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Seen:
    """An audit as it is after the last thing done to it; nothing in it changes."""

    ref: str
    checklist: Checklist
    state: AuditState
    scorecard: Scorecard
    own_id: str
    """No other audit has it, whatever it is called."""


class Books:
    """What lies on the desk: the store, and the audit that is open.  Only the desk's thread touches it."""

    def __init__(self, url: str | None, person: str | None) -> None:
        self._url = url
        self._person = person
        self._store: Store | None = None
        self._session: AuditSession | None = None

    @property
    def store(self) -> Store:
        """The store, opened when it is first asked for."""
        if self._store is None:
            from audit.store.store import Store

            self._store = Store.open(self._url or None, create=True)
        return self._store

    @property
    def author(self) -> Author:
        """Who writes."""
        from tui.opening import writer

        return writer(self._person)

    @property
    def session(self) -> AuditSession:
        """The open audit."""
        if self._session is None:
            msg = "no audit is open"
            raise RuntimeError(msg)
        return self._session

    def open(self, ref: str) -> Seen:
        """Open an audit, or open it anew."""
        from audit.session import AuditSession

        self._session = AuditSession.open(self.store, ref, self.author)
        return self.seen()

    def seen(self) -> Seen:
        """Return the open audit as it is."""
        session = self.session
        return Seen(session.ref, session.checklist, session.state, session.scorecard, session.own_id)

    def again(self) -> Books:
        """Return other books on the same store, for another thread."""
        return Books(self._url, self._person)

    def close(self) -> None:
        """Close the store."""
        if self._store is not None:
            self._store.close()
        self._store = self._session = None


def _is_mine(session: AuditSession, head: str) -> bool:
    entry, author = session.journal[head], session.author
    return (entry.person, entry.device) == (author.person, author.device)


class Desk:
    """Hands work to the thread and waits for it without stopping the screen."""

    def __init__(self, url: str | None = None, person: str | None = None) -> None:
        self.url = url
        """URL or path of the store; None for the default one."""
        self.is_named = bool(person and person.strip())
        """Whether it was said who writes when the program was started."""
        self._books = Books(url, person)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self.seen: Seen | None = None
        """The open audit after the last work that looked at it; None while none is open."""
        self.saved = ""
        """When this person last wrote something in the open audit, on whatever page, as the clock showed."""

    async def do(self, work: Callable[[Books], R]) -> R:
        """Do work that leaves the open audit alone: listing, reading files, beginning audits.

        Raises:
            UserError: whatever the work raises.
        """
        return await asyncio.wrap_future(self._thread.submit(work, self._books))

    async def open(self, ref: str) -> Seen:
        """Open an audit."""
        seen = await self.do(lambda books: books.open(ref))
        if self.seen is None or self.seen.own_id != seen.own_id:
            self.saved = ""
        self.seen = seen
        garbage.settle()
        return self.seen

    async def at(self, work: Callable[[AuditSession], R]) -> R:
        """Do work on the open audit; when this returns, what it wrote is on disk and `seen` shows it."""

        def both(books: Books) -> tuple[R, Seen, bool]:
            journal = books.session.journal
            before = journal.heads
            done = work(books.session)
            mine = any(_is_mine(books.session, head) for head in journal.heads if head not in before)
            return done, books.seen(), mine

        done, self.seen, wrote = await self.do(both)
        if wrote:
            self.saved = strftime("%H:%M:%S")
        return done

    async def beside(self, work: Callable[[AuditSession], R]) -> R:
        """Do long work on the open audit in a thread and session of its own: who scores meanwhile waits for none of it.

        Raises:
            UserError: whatever the work raises.
        """
        ref = "" if self.seen is None else self.seen.ref

        def whole() -> R:
            books = self._books.again()
            try:
                books.open(ref)
                return work(books.session)
            finally:
                books.close()

        try:
            done = await asyncio.to_thread(whole)
        except UserError:
            await self._catch_up(ref)
            raise
        await self._catch_up(ref)
        return done

    async def _catch_up(self, ref: str) -> None:
        """Take in what was written beside an audit, if it is still the one that is open."""
        if self.seen is not None and self.seen.ref == ref:
            await self.at(lambda session: session.refresh())

    async def close(self) -> None:
        """Finish what was asked for and close the store."""
        await self.do(Books.close)
        self._thread.shutdown(wait=True)
        garbage.unsettle()

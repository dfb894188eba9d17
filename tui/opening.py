"""Opening the store and an audit in it, as the command line's options say."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.journal import Author
    from audit.session import AuditSession
    from audit.store.store import Store


def writer(person: str | None) -> Author:
    """Return who writes: the name given or that of the settings, on this device."""
    from audit.journal import Author
    from tui.settings import with_device

    settings = with_device()
    return Author((person or "").strip() or settings.person, settings.device)


def reader() -> Author:
    """Return somebody who only reads: needs no settings."""
    from audit.journal import Author

    return Author("-", "-")


@contextmanager
def opened(url: str | None, *, create: bool = False) -> Iterator[Store]:
    """Open the store named, or the default one.

    Args:
        url: URL or path; None for the default, which is made where there is none.
        create: make a store that was named, too; otherwise a mistyped name is an error.

    Raises:
        StoreError: of the kind that fits.
    """
    from audit.store.store import Store

    with Store.open(url or None, create=create or not url) as store:
        yield store


@contextmanager
def audit_to_read(url: str | None, ref: str) -> Iterator[AuditSession]:
    """Open an audit for reading.

    Raises:
        UnknownAudit: when none or several fit.
    """
    from audit.session import AuditSession

    with opened(url) as store:
        yield AuditSession.open(store, ref, reader())


@contextmanager
def audit_to_write(url: str | None, ref: str, person: str | None) -> Iterator[AuditSession]:
    """Open an audit for reading and writing.

    Raises:
        UnknownAudit: when none or several fit.
    """
    from audit.session import AuditSession

    with opened(url) as store:
        yield AuditSession.open(store, ref, writer(person))

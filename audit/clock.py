"""The time that stands in entries: for people to read; nothing is decided by it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> str:
    """Return the time in UTC, ISO 8601 to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def today() -> str:
    """Return today's date where the auditor is, ISO 8601."""
    return date.today().isoformat()  # noqa: DTZ011 - the auditor's own calendar is meant

"""The time that stands in entries: for people to read; nothing is decided by it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> str:
    """Return the time in UTC, ISO 8601 to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def shown(time: str) -> str:
    """Return a time of an entry as people read it where they are, to the minute; what is no time as it stands."""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return time


def today() -> str:
    """Return today's date where the auditor is, ISO 8601."""
    return date.today().isoformat()  # noqa: DTZ011 - the auditor's own calendar is meant

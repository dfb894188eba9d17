"""Working days: Monday to Friday.  Public holidays differ by year and place, and are not known here."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def after(day: date, days: int) -> date:
    """Return the day that lies so many working days after a day; with none, the day itself."""
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day


def work_until(start: date, days: int) -> date:
    """Return the day on which work of so many days ends; what begins at a weekend begins on Monday."""
    while start.weekday() >= _SATURDAY:
        start += timedelta(days=1)
    return after(start, days)

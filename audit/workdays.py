"""Working days: Monday to Friday.  Public holidays differ by year and place, and are not known here."""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def after(start: date, days: int) -> date:
    """Return the day that lies so many working days after `start`; with none, `start` or the Monday after it."""
    day = start
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    for _ in range(days):
        day += timedelta(days=1)
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
    return day

"""A scorecard as the rows the store keeps of a signed audit: a derived cache, keyed by the heads it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.store.rows import Level as StoredLevel
from audit.store.rows import ResultRow, Results

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.scorecard import Level, Scorecard


def stored_results(scorecard: Scorecard, heads: tuple[str, ...]) -> Results:
    """Return the results of every item, section, department and the total, points in whole hundredths."""
    result = scorecard.verdict.result
    rows = [replace(_row("total", "total", scorecard.total), state=None if result is None else result.value)]
    for department in scorecard.departments:
        rows.append(_row("department", department.department.id, department))
        for section in department.sections:
            rows.append(_row("section", f"{department.department.id}/{section.section.id}", section))
            rows += [
                ResultRow("item", i.item.id, i.state.value, hundredths(i.earned), hundredths(i.possible), None, None)
                for i in section.items
            ]
    return Results(",".join(heads), tuple(rows))


def hundredths(points: Decimal) -> int:
    """Return points as whole hundredths, exactly."""
    return int(points * 100)


def _row(level: StoredLevel, key: str, score: Level) -> ResultRow:
    needed = None if score.pass_points is None else hundredths(score.pass_points)
    return ResultRow(level, key, None, hundredths(score.earned), hundredths(score.possible), needed, score.passed)

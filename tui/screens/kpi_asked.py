"""What the line on the KPI page is about, and what becomes of the words in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.text import Text

if TYPE_CHECKING:
    from audit.session import AuditSession
    from tui.kpi_view import Spot

SOURCES = ("stated", "seen", "recomputed")
SOURCE_NAMES = {
    "stated": Text("经销商提供", "stated by the dealership"),
    "seen": Text("系统中看到", "seen in the system"),
    "recomputed": Text("评估员复算", "recomputed by the auditor"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the open line is about."""

    kpi: str
    spot: Spot
    why: bool = False
    """Whether it is asked why there is no figure."""


def record_figure(session: AuditSession, asked: Asked, typed: str, source: str, cause: str) -> Text:
    """Read one figure as the command line does and record it; returns it as it is shown."""
    from audit.kpi_values import Provenance
    from audit.kpi_writing import record
    from reports.kpi_figures import as_written
    from tui.kpi_rows import given_of

    named = f"{asked.kpi}/{asked.spot.series}" if asked.spot.month else asked.kpi
    given = given_of(session, named, typed, asked.spot.period, Provenance(source), cause)
    record(session, [given])
    return as_written(given.recorded.value)

"""One line of a review: why it is there, what it says, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from checklists.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.summary import AuditSummary


class Concern(StrEnum):
    """Why a line is there."""

    AHEAD = "ahead"
    OPEN = "open"
    CONFLICT = "conflict"
    NO_REASON = "no_reason"
    NO_EVIDENCE = "no_evidence"
    ALL_FULL = "all_full"
    SHORT_SAMPLE = "short_sample"
    NOT_APPLICABLE = "much_not_applicable"
    NOT_ASSESSED = "not_assessed"
    UNEVEN = "uneven"
    UNASSIGNED = "unassigned"
    FLAG = "flag"
    KPI = "kpi"
    NOT_ASKED = "not_asked"


CONCERN_NAMES: dict[Concern, Text] = {
    Concern.AHEAD: Text("日期未到", "still to come"),
    Concern.OPEN: Text("未评", "open"),
    Concern.CONFLICT: Text("冲突", "conflict"),
    Concern.NO_REASON: Text("缺原因", "no reason"),
    Concern.NO_EVIDENCE: Text("缺佐证", "no evidence"),
    Concern.ALL_FULL: Text("全部满分", "all full"),
    Concern.SHORT_SAMPLE: Text("样本不足", "short sample"),
    Concern.NOT_APPLICABLE: Text("不适用偏多", "much n/a"),
    Concern.NOT_ASSESSED: Text("未评估", "not assessed"),
    Concern.UNEVEN: Text("差异大", "uneven"),
    Concern.UNASSIGNED: Text("未分工", "unassigned"),
    Concern.FLAG: Text("待复看", "flagged"),
    Concern.KPI: Text("与指标不符", "KPI differs"),
    Concern.NOT_ASKED: Text("必问未问", "not asked"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line leads: the first of these that is set; nowhere where none is."""

    set: str = ""
    """A record sheet, "SET" or "SET/ITEM"."""
    record: str = ""
    """Of a record sheet: the record, where one cell or one record is meant."""
    item: str = ""
    kpi: str = ""
    finding: str = ""
    """Number of a finding."""
    question: str = ""
    """Of an interview guide."""
    conflict: str = ""
    """A slot with different values side by side that can be settled where the line stands."""
    detail: str = ""
    """A detail of the audit that can be recorded where the line stands: auditors or assignments."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One line."""

    concern: Concern
    text: Text
    place: Place


def place_of(summary: AuditSummary, item_id: str) -> Place:
    """Return where an item is answered: on its record sheet where one is drawn, else as an item."""
    item = summary.checklist.items.get(item_id)
    drawn = {grid.id for grid in summary.records}
    if item is not None and item.set in drawn:
        return Place(set=f"{item.set}/{item_id}")
    return Place(item=item_id)


def few(ids: Iterable[str], most: int = 8) -> str:
    """Return ids in one line, the first few of them."""
    listed = list(ids)
    return ", ".join(listed[:most]) + (" …" if len(listed) > most else "")

"""How grave a weak item is, in three steps, for those who read a list of fifty from the top."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from audit.findings import WeakKind
from checklists.text import Text

if TYPE_CHECKING:
    from audit.findings import WeakItem


class Severity(StrEnum):
    """The steps, gravest first."""

    GRAVE = "grave"
    """A critical item failed, or what law or safety asks for."""
    HEAVY = "heavy"
    """It costs many points, or nothing could be shown at all."""
    LIGHT = "light"


SEVERITY_NAMES: dict[Severity, Text] = {
    Severity.GRAVE: Text("严重", "grave"),
    Severity.HEAVY: Text("较重", "heavy"),
    Severity.LIGHT: Text("一般", "light"),
}
HEAVY_FROM = Decimal(5)
"""Points lost from which a weak item is heavy: half a percent of the seed's 1000."""

SEVERITY_RULE = Text(
    "严重：关键项不合格，或涉及安全、法规；较重：失分不少于 {points} 分，或无法提供；其余为一般。",
    "Grave: a critical item failed, or safety or law is concerned; heavy: {points} points lost or more, or nothing "
    "could be shown; all others are light.",
).format(points=HEAVY_FROM)


def severity(weak: WeakItem) -> Severity:
    """Return how grave a weak item is."""
    tags = set(weak.item.tags) if weak.item else set()
    if weak.kind is WeakKind.CRITICAL or tags & {"safety", "legal"}:
        return Severity.GRAVE
    if weak.points_lost >= HEAVY_FROM or weak.kind in {WeakKind.NO_DATA, WeakKind.MISSING}:
        return Severity.HEAVY
    return Severity.LIGHT

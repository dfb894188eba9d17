"""Every file a report rests on: those behind the answers, and those handed in with objections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checklists.text import Text, same

if TYPE_CHECKING:
    from audit.evidence import Evidence
    from audit.summary import AuditSummary

_LATE = Text("异议 {label}", "objection {label}")


def all_evidence(summary: AuditSummary) -> list[tuple[Evidence, Text]]:
    """Return each file; late evidence comes last, with its objection, the others with an empty text."""
    found = [(piece, same("")) for piece in summary.evidence]
    for objection in summary.objections:
        label = _LATE.format(label=objection.id)
        # The names are the objection's own: in a masked copy those of the files themselves are not covered.
        for name, piece in zip(objection.evidence, objection.files, strict=False):
            found.append((replace(piece, item=objection.item, name=name), label))
    return found

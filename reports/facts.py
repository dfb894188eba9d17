"""The facts of an audit as they stand at the head of its summary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from reports.words import STATUS_NAMES

if TYPE_CHECKING:
    from audit.summary import AuditSummary


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what stands beside it."""

    label: Text
    text: Text


def facts_of(summary: AuditSummary) -> list[tuple[Fact, Fact | None]]:
    """Return the facts of an audit, one or two on a line."""
    names = [joined([same(name) for name in names]) for names in (summary.auditors, summary.participants)]
    checklist = summary.checklist
    dealer = Text("{name}（{code}）", "{name} ({code})").format(name=summary.dealer, code=summary.dealer_code)
    version = Text("版本 {version}（{id}）", "version {version} ({id})")
    version = version.format(id=checklist.id, version=checklist.version)
    facts: list[tuple[Fact, Fact | None]] = [
        (Fact(Text("经销商名称", "Dealership"), dealer), None),
        (_fact("地点", "Place", same(summary.city)), _fact("评估日期", "Date", same(summary.date))),
        (_fact("评估员（咨询师）", "Auditors", names[0]), _fact("评估类型", "Kind", summary.kind_name)),
        (_fact("其它参与者", "Other participants", names[1]), _fact("状态", "Status", STATUS_NAMES[summary.status])),
        (_fact("评估表", "Checklist", version), _fact("编号", "Reference", same(summary.ref))),
    ]
    if not summary.whole:
        facts.append((_fact("评估部门", "Departments", joined(list(summary.scope))), None))
    if summary.contact:
        facts.append((_fact("联系人", "Contact", same(summary.contact)), None))
    return facts


def _fact(zh: str, en: str, text: Text) -> Fact:
    return Fact(Text(zh, en), text)

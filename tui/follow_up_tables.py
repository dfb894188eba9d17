"""A follow-up visit as a table: what was weak, what was to be done, cured or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, joined, same
from tui.console import Cell, Column
from tui.words import NOTHING

if TYPE_CHECKING:
    from audit.confirming import FollowUp
    from audit.summary import AuditSummary
    from tui.console import Row, Terminal

_COLUMNS = [
    Column(Text("编号", "no."), whole=True),
    Column(Text("弱项", "weak item")),
    Column(Text("措施", "action"), whole=True),
    Column(Text("改善", "cured"), whole=True),
    Column(Text("所见", "what was seen")),
    Column(Text("确认人", "by"), narrow=True),
]
_YES, _NO = Text("是", "yes"), Text("否", "no")
_FOLLOWS = Text("跟进 {ref}", "follows {ref}")


def show_follow_up(out: Terminal, summary: AuditSummary, visit: FollowUp) -> None:
    """Write a follow-up visit as `score` does an audit: its head, what it found, and the verdict."""
    place = joined([summary.dealer, *([same(summary.city)] if summary.city else [])], zh="，", en=", ")
    out.line(same(summary.ref), style="bold")
    follows = _FOLLOWS.format(ref=visit.earlier)
    out.line(joined([place, same(summary.date), summary.kind_name, follows], zh="  ", en="  "))
    out.line("")
    show_visit(out, visit)


def show_visit(out: Terminal, visit: FollowUp) -> None:
    """Write what was asked and found, and how many are cured."""
    rows: list[Row] = [
        [
            item.number,
            item.statement,
            item.action or NOTHING,
            Cell(*_confirmed(item.confirmed)),
            item.note,
            item.person,
        ]
        for item in visit.items
    ]
    out.table(_COLUMNS, rows)
    out.line(visit.verdict, style="bold")
    if visit.unfinished is not None:
        out.line(visit.unfinished)


def _confirmed(confirmed: bool | None) -> tuple[Text | str, str]:
    if confirmed is None:
        return NOTHING, ""
    return (_YES, "green") if confirmed else (_NO, "bold red")

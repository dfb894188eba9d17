"""A follow-up visit as its page shows it: what was weak, a line each, and whether it is cured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, same
from tui.widgets.line_list import Line

if TYPE_CHECKING:
    from audit.confirming import Confirmation, FollowUp
    from checklists.model import Checklist
    from checklists.text import Lang

    Paragraph = tuple[Text, Text, str]

_NOTHING = same("")
_OTHERS = Text("其他措施", "Other actions")
_HEAD = Text("{number}  {state}", "{number}  {state}")
_CURED, _NOT_CURED, _OPEN = Text("已改善", "cured"), Text("未改善", "not cured"), Text("未确认", "not looked at yet")
_WEAK, _ACTION = Text("弱项  ", "Weak item  "), Text("措施 {number}  ", "Action {number}  ")
_STANDARD, _LOOK = Text("标准  ", "Standard  "), Text("看  ", "Look  ")
_NOTE, _FILES = Text("所见  ", "Seen  "), Text("佐证  ", "Evidence  ")
_BY = Text("{person}  {time}", "{person}  {time}")
_ASK = Text("y 已改善，n 未改善（须写明所见）", "y cured, n not cured (say what was seen)")


def visit_lines(visit: FollowUp, checklist: Checklist, lang: Lang) -> list[Line]:
    """Return what is asked, department by department."""
    names = {department.id: department.name for department in checklist.departments}
    lines: list[Line] = []
    for own_id in dict.fromkeys(item.department for item in _in_order(visit, checklist)):
        those = [item for item in visit.items if item.department == own_id]
        done = sum(item.confirmed is not None for item in those)
        title = names.get(own_id, _OTHERS).of(lang)
        lines.append(Line(f"department:{own_id}", title, tail=f"{done}/{len(those)}", heading=True))
        lines += [_line(item, lang) for item in those]
    return lines


def told_item(item: Confirmation, checklist: Checklist, files: int, lang: Lang) -> list[tuple[str, str, str]]:
    """Return what is told of one thing asked."""
    from tui.closing_view import moment

    state, style = _CURED, "bold $full"
    if item.confirmed is None:
        state, style = _OPEN, "bold"
    elif not item.confirmed:
        state, style = _NOT_CURED, "bold $zero"
    told: list[Paragraph] = [(_NOTHING, _HEAD.format(number=item.number, state=state), style)]
    asked = checklist.items.get(item.number)
    if item.number != item.action:
        told.append((_WEAK, item.statement, "bold"))
    if item.action:
        told.append((_ACTION.format(number=item.action), item.what, ""))
    if asked is not None:
        told += [(_STANDARD, asked.statement, ""), (_LOOK, asked.evidence, "")]
    if item.note:
        told.append((_NOTE, same(item.note), "bold"))
    if item.person:
        told.append((_NOTHING, _BY.format(person=item.person, time=moment(item.time)), "dim"))
    if files:
        told.append((_FILES, same(str(files)), ""))
    if item.confirmed is None:
        told.append((_NOTHING, _ASK, "dim"))
    return [(label.of(lang), text.of(lang), style) for label, text, style in told]


def _in_order(visit: FollowUp, checklist: Checklist) -> list[Confirmation]:
    order = {department.id: place for place, department in enumerate(checklist.departments)}
    return sorted(visit.items, key=lambda item: order.get(item.department, len(order)))


def _line(item: Confirmation, lang: Lang) -> Line:
    mark, style = " ", ""
    if item.confirmed is not None:
        mark, style = ("✓", "full") if item.confirmed else ("✗", "zero")
    note = f"  · {item.note}" if item.note else ""
    return Line(item.number, item.statement.of(lang) + note, mark, style, number=item.number)

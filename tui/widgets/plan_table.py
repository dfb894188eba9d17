"""The actions of a plan as a table that fits its columns to the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from checklists.text import Text
from tui.plain import plain_cell
from tui.plan_view import mark_of
from tui.widgets.finger_table import FingerTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.plan import Action
    from checklists.text import Lang
    from tui.plan_view import PlanSeen

_COLUMNS = (
    ("mark", Text("", ""), {"zh": 1, "en": 1}),
    ("number", Text("编号", "No."), {"zh": 4, "en": 4}),
    ("department", Text("部门", "Dept."), {"zh": 8, "en": 5}),
    ("what", Text("措施", "Action"), {"zh": 0, "en": 0}),
    ("owner", Text("责任人", "Owner"), {"zh": 14, "en": 12}),
    ("due", Text("期限", "Due"), {"zh": 10, "en": 10}),
    ("status", Text("状态", "Status"), {"zh": 6, "en": 11}),
)
"""Name, title, and cells by language; 0: what the others leave."""
_NARROWEST = 10
_MORE = "…"


class PlanTable(FingerTable):
    """A row an action; the cursor stays on its action."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, cursor_type="row", cell_padding=0, zebra_stripes=True)
        self._actions: Sequence[Action] = ()

    @property
    def here(self) -> Action | None:
        """The action under the cursor."""
        return self._actions[self.cursor_row] if 0 <= self.cursor_row < len(self._actions) else None

    def show(self, seen: PlanSeen, actions: Sequence[Action], lang: Lang, room: int, wanted: str = "") -> None:
        """Show actions.

        Args:
            seen: the plan they belong to.
            actions: those to show.
            lang: the language spoken.
            room: cells across.
            wanted: id of the action to stand on; the one it stands on where none is named.
        """
        from audit.plan import STATUS_NAMES

        standing = wanted or (self.here.id if self.here is not None else "")
        at, self._actions = self.cursor_row, actions
        rest = room - 1 - sum(widths[lang] + 1 for _, _, widths in _COLUMNS)
        columns = [(name, title, widths[lang] or max(rest, _NARROWEST)) for name, title, widths in _COLUMNS]
        self.clear(columns=True)
        for name, title, width in columns:
            self.add_column(plain_cell(title.of(lang)), width=width + 1, key=name)
        for action in actions:
            mark, style = mark_of(seen, action)
            colour = self.app.theme_variables.get(style, "") if style else ""
            cells = {
                "number": action.number,
                "department": seen.department_short(action).of(lang),
                "what": seen.what_short(action, lang),
                "owner": seen.role(action).of(lang),
                "due": action.due,
                "status": STATUS_NAMES[action.status].of(lang),
            }
            faint = "dim" if action.closed else ""
            row = [plain_cell(_cut(cells[name], width), faint) for name, _, width in columns if name in cells]
            self.add_row(plain_cell(mark, colour if not colour.startswith("ansi") else "bold"), *row)
        place = next((n for n, action in enumerate(actions) if action.id == standing), min(at, len(actions) - 1))
        self.move_cursor(row=max(0, place))


def _cut(text: str, width: int) -> str:
    """Return a text that fits a cell; all of it stands beside the table."""
    line = " ".join(text.split())
    if cell_len(line) <= width:
        return line
    return set_cell_size(line, width - cell_len(_MORE)).rstrip() + _MORE

"""What the pages of records and KPIs have in common: a list, the grid of one thing of it, and a line to type in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len

from checklists.text import Text, joined
from tui.screens.page import Page
from tui.widgets.ask_box import AskBox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.desk import Seen

NO_AUDIT = Text("还没有打开评估：按 F2 选择一个", "No audit is open: choose one under F2")
_BETWEEN = "  ·  "
_SAVED = Text("{time} 已保存  {what}", "{time} saved  {what}")


class SheetPage(Page):
    """The part that knows which audit is shown and what was saved last."""

    def __init__(self) -> None:
        super().__init__()
        self._ref = ""
        self._last: Text | None = None
        """What was saved last, as the state line says it."""

    def shown_audit(self) -> Seen | None:
        """Return the open audit; for another one than before, everything begins anew.  None while none is open."""
        seen = self.desk_app.desk.seen
        if seen is None:
            self.show_nothing()
        elif seen.ref != self._ref:
            self._ref, self._last = seen.ref, None
            self.query_one(AskBox).close()
            self.begin_anew()
        return seen

    def show_nothing(self) -> None:
        """Say that no audit is open."""
        raise NotImplementedError

    def begin_anew(self) -> None:
        """Have nothing open and nothing asked."""
        raise NotImplementedError

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.query_one(AskBox).speak(self.lang)
        self.repaint()

    def on_resize(self) -> None:
        """Fit the columns and break the lines for the new width."""
        self.call_after_refresh(self.repaint)

    def put_state(self, parts: Iterable[Text | None]) -> None:
        """Say things in the state line: the first of them, and as many of the others as find room."""
        told: list[Text] = []
        for part in parts:
            longer = [*told, part] if part is not None else told
            if not told or cell_len(joined(longer, zh=_BETWEEN, en=_BETWEEN).of(self.lang)) <= self.size.width - 2:
                told = longer
        self.put("#state", joined(told, zh=_BETWEEN, en=_BETWEEN))

    def saved(self, text: Text) -> None:
        """Say in the state line what was saved."""
        self._last = _SAVED.format(time=datetime.now().astimezone().strftime("%H:%M:%S"), what=text)
        self.repaint()

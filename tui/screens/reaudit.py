"""Copying an audit as a re-audit: when, and whether the last answers stay hidden until an item is answered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.widgets import Input

from checklists.text import Text, UserError
from tui.keys import key
from tui.screens.page import Dialog
from tui.widgets.choice import Choice
from tui.widgets.form import Form, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

_TITLE = Text("以 {ref} 为底稿建立复评", "A re-audit after {ref}")
_DATE = Text("日期", "Date")
_EARLIER = Text("上次的评分", "Earlier answers")
_HINT = Text("部门、评估员、参加人员沿用上次；评分不沿用", "Departments and people are taken over; answers are not")
_BLIND = (("no", Text("一直可见", "in view")), ("yes", Text("评完一项再显示", "hidden until answered")))


class Repeating(NamedTuple):
    """How an audit is repeated."""

    date: str
    blind: bool


class ReauditDialog(Dialog[Repeating | None]):
    """Asks for the date and for blind."""

    CSS_PATH = "reaudit.tcss"
    AUTO_FOCUS = "#date"
    ABOUT = Text(
        "只沿用上次评估的框架；上次的评分和弱项显示在检查项旁边。",
        "Takes over the frame of the last audit; its answers and findings stand beside the items.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "take", "建立", "Begin", show=True, priority=True),
        key("escape", "leave", "取消", "Cancel", show=True),
    ]

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._ref = ref

    def body(self) -> Iterable[Widget]:
        """Two fields."""
        with Form():
            yield Row("date", Input(f"{date.today():%Y-%m-%d}", compact=True))  # noqa: DTZ011 - the day here
            yield Row("blind", Choice())

    def relabel(self) -> None:
        """Say what is asked."""
        self.put("#title", _TITLE.format(ref=self._ref))
        self.query_one("#date-row", Row).label(_DATE.of(self.lang))
        self.query_one("#blind-row", Row).label(_EARLIER.of(self.lang), _HINT.of(self.lang))
        self.query_one("#blind", Choice).offer([(value, text.of(self.lang)) for value, text in _BLIND])

    def action_take(self) -> None:
        """Give back what was chosen, once the date is one."""
        from audit.details import read_date

        try:
            day = read_date(self.query_one("#date", Input).value)
        except UserError as error:
            self.query_one("#date-row", Row).blame(error.text.of(self.lang))
            return
        self.dismiss(Repeating(day, self.query_one("#blind", Choice).value == "yes"))

    def action_leave(self) -> None:
        """Give back nothing."""
        self.dismiss(None)

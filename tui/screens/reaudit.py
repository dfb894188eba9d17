"""What follows an audit: a re-audit with its frame, or a follow-up visit that looks at what was weak."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
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

_TITLE = Text("{ref} 之后", "After {ref}")
_WHAT = Text("建立", "Begin")
_KINDS = (
    ("re-audit", Text("复评：全部重评", "a re-audit, of everything")),
    ("follow-up", Text("跟进验收：只看弱项和未关闭的措施", "a follow-up visit: weak items and open actions only")),
)
_DATE = Text("日期", "Date")
_EARLIER = Text("上次的评分", "Earlier answers")
_HINT = Text("部门、评估员、参加人员沿用上次；评分不沿用", "Departments and people are taken over; answers are not")
_BLIND = (("no", Text("一直可见", "in view")), ("yes", Text("评完一项再显示", "hidden until answered")))


class Repeating(NamedTuple):
    """What follows an audit."""

    date: str
    blind: bool
    follow_up: bool = False
    """Whether it is a follow-up visit, not a re-audit."""


class ReauditDialog(Dialog[Repeating | None]):
    """Asks for what follows, its date, and for blind."""

    CSS_PATH = "reaudit.tcss"
    AUTO_FOCUS = "#date"
    ABOUT = Text(
        "复评只沿用上次评估的框架；上次的评分和弱项显示在检查项旁边。跟进验收只确认弱项和未关闭的措施是否改善，没有分数。",
        "A re-audit takes over the frame of the last audit; its answers and findings stand beside the items. A "
        "follow-up visit only confirms whether weak items and open actions are cured, and gives no points.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "take", "建立", "Begin", show=True, priority=True),
        key("escape", "leave", "取消", "Cancel", show=True),
    ]

    def __init__(self, ref: str, date: str, *, signed: bool) -> None:
        """Make it, for the audit of a date; only a signed audit can be followed up."""
        super().__init__()
        self._ref, self._date, self._signed = ref, date, signed

    def body(self) -> Iterable[Widget]:
        """Three fields."""
        with Form():
            yield Row("date", Input(f"{date.today():%Y-%m-%d}", compact=True))  # noqa: DTZ011 - the day here
            yield Row("what", Choice())
            yield Row("blind", Choice())

    def relabel(self) -> None:
        """Say what is asked."""
        self.put("#title", _TITLE.format(ref=self._ref))
        self.query_one("#date-row", Row).label(_DATE.of(self.lang))
        self.query_one("#blind-row", Row).label(_EARLIER.of(self.lang), _HINT.of(self.lang))
        self.query_one("#blind", Choice).offer([(value, text.of(self.lang)) for value, text in _BLIND])
        self.query_one("#what-row", Row).label(_WHAT.of(self.lang))
        self.query_one("#what", Choice).offer([(value, text.of(self.lang)) for value, text in _KINDS])
        self.query_one("#what-row").display = self._signed
        self._asked()

    @on(Choice.Changed, "#what")
    def _asked(self) -> None:
        self.query_one("#blind-row").display = self.query_one("#what", Choice).value != "follow-up"

    def action_take(self) -> None:
        """Give back what was chosen, once the date is one."""
        from audit.details import read_date, refuse_before

        try:
            day = read_date(self.query_one("#date", Input).value)
            refuse_before(day, self._date, self._ref)
        except UserError as error:
            self.query_one("#date-row", Row).blame(error.text.of(self.lang))
            return
        follow_up = self.query_one("#what", Choice).value == "follow-up"
        self.dismiss(Repeating(day, self.query_one("#blind", Choice).value == "yes", follow_up))

    def action_leave(self) -> None:
        """Give back nothing."""
        self.dismiss(None)

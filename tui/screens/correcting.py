"""Correcting an answer in the meeting: the new answer, and why it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Input, Static

from checklists.text import Text, UserError
from tui.how_answered import how_answered
from tui.keys import key
from tui.screens import review_work as work
from tui.screens.page import Dialog
from tui.widgets.form import Form, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from audit.scorecard import ItemScore
    from audit.session import Typed

_TITLE = Text("更正 {item}", "Correct {item}")
_NOW = Text("现在：{value}  {reason}", "Now: {value}  {reason}")
_VALUE, _WHY = Text("新评分", "New answer"), Text("为什么更正", "Why")
_WHY_HINT = Text("例如：经销商出示了……", "for instance: the dealership produced ...")


class Correcting(Dialog["Typed | None"]):
    """Gives back the answer to record, once it can be."""

    CSS_PATH = "correcting.tcss"
    AUTO_FOCUS = "#value"
    ABOUT = Text(
        "更正会作为新的评分记录，原因中写明为什么更正和原来的评分；原来的评分仍在操作记录中。",
        "A correction is a new answer whose reason says why it was changed and what stood before; the history keeps "
        "the old one.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "take", "下一栏 / 更正", "Next / correct", show=True, priority=True),
        key("escape", "leave", "取消", "Cancel", show=True),
    ]

    def __init__(self, score: ItemScore) -> None:
        super().__init__()
        self._score = score

    def body(self) -> Iterable[Widget]:
        """What stands, then two fields."""
        yield Static(id="now", classes="label")
        with Form():
            yield Row("value", Input(compact=True, select_on_focus=False))
            yield Row("why", Input(compact=True, select_on_focus=False))

    def relabel(self) -> None:
        """Say what is asked."""
        from audit.answers import STATE_NAMES, reason_text
        from reports.words import answer_text

        score = self._score
        value = answer_text(score)
        shown = value if value.zh else STATE_NAMES[score.answer.state]
        self.put("#title", _TITLE.format(item=score.item.id))
        self.put("#now", _NOW.format(value=shown, reason=reason_text(score.answer, score.item)))
        self.query_one("#value-row", Row).label(_VALUE.of(self.lang), how_answered(score.item).of(self.lang))
        self.query_one("#why-row", Row).label(_WHY.of(self.lang), _WHY_HINT.of(self.lang))

    async def action_take(self) -> None:
        """Go to the next field; on the last one, give back the correction or say what is wrong with it."""
        if self.focused is not None and self.focused.id == "value":
            self.query_one("#why").focus()
            return
        typed = await self._checked()
        if typed is not None:
            self.dismiss(typed)

    async def _checked(self) -> Typed | None:
        """Return the correction; what is wrong with it is said at its field."""
        value, why = (self.query_one(f"#{name}", Input).value for name in ("value", "why"))
        item, lang = self._score.item.id, self.lang
        for row in ("value", "why"):
            self.query_one(f"#{row}-row", Row).blame("")
        try:
            return await self.desk_app.desk.at(lambda session: work.correction(session, item, value, why, lang))
        except UserError as error:
            wrong = "why" if isinstance(error, work.NoWhy) else "value"
            self.query_one(f"#{wrong}-row", Row).blame(error.text.of(self.lang))
            self.query_one(f"#{wrong}").focus()
            return None

    def action_leave(self) -> None:
        """Give back nothing."""
        self.dismiss(None)

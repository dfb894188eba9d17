"""Correcting an answer in the meeting: the new answer, and why it is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.reading import UnreadableAnswer
from checklists.text import Text, UserError
from tui.how_answered import how_answered, misread
from tui.screens import review_work as work
from tui.screens.asked import Asked, WrongFields
from tui.screens.fields_dialog import FieldsDialog

if TYPE_CHECKING:
    from audit.scorecard import ItemScore
    from checklists.text import Lang
    from tui.desk import Desk
    from tui.screens.asked import Values

_TITLE = Text("更正 {item}", "Correct {item}")
_NOW = Text("现在：{value}  {reason}", "Now: {value}  {reason}")
_VALUE, _WHY = Text("新评分", "New answer"), Text("为什么更正", "Why")
_WHY_HINT = Text(
    "例如：经销商出示了……；原来的评分会一并写入原因",
    "for instance: the dealership produced ...; what stood before is written into the reason",
)


def correcting(score: ItemScore, desk: Desk, lang: Lang) -> FieldsDialog:
    """Return what asks for a correction and records it."""
    from audit.answers import STATE_NAMES, reason_text
    from reports.words import answer_text

    item = score.item

    async def record(values: Values) -> None:
        try:
            typed = await desk.at(lambda s: work.correction(s, item.id, values["value"], values["why"], lang))
        except work.NoWhy as error:
            raise WrongFields({"why": error.text}) from error
        except UserError as error:
            short = misread(item, values["value"]) if isinstance(error, UnreadableAnswer) else None
            raise WrongFields({"value": short or error.text}) from error
        await desk.at(lambda session: work.correct(session, typed))

    value = answer_text(score)
    shown = value if value.zh else STATE_NAMES[score.answer.state]
    now = _NOW.format(value=shown, reason=reason_text(score.answer, item))
    asked = [Asked("value", _VALUE, hint=how_answered(item)), Asked("why", _WHY, hint=_WHY_HINT)]
    return FieldsDialog(_TITLE.format(item=item.id), asked, record, about=[now])

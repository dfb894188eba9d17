"""The Score page as far as fingers answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.screens.score_answering import AnsweringPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.widgets.touch import Touch


class FingerPage(AnsweringPage):
    """Offers what can be touched, and takes what only fingers do."""

    def touch(self) -> Sequence[Sequence[Touch]]:
        """Return what can be touched for the item, or for the question."""
        if not self.is_ready:
            return ()
        from tui.screens.score_touch import touch_rows

        collected, counting = bool(self.collected.get(self.place)), self.counting == self.place
        return touch_rows(self.view, self.box.ask, collected=collected, counting=counting)

    async def action_tally(self, digit: int) -> None:
        """Count what was touched, -1 one less; words in the line are where the fault before it was found."""
        if self.box.ask is not None:
            await self.box.drained()
            if self.box.text:
                await self.leave_question()
        await (self.action_minus() if digit < 0 else self.action_digit(digit))

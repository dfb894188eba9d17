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
        rows = touch_rows(self.view, self.box.ask, collected=collected, counting=counting)
        return rows if self.box.ask is not None else [[each for each in row if self._offered(each.key)] for row in rows]

    def _offered(self, pressed: str) -> bool:
        """Say whether what a key, or an action in its place, does can be done now."""
        # What is grey keeps its place among the faults that are counted.
        bound = [each.action for each in self._bindings.key_to_bindings.get(pressed, ())] or [pressed or "tally("]
        return all(self.offers(action) for action in bound)

    async def action_tally(self, digit: int) -> None:
        """Count what was touched, -1 one less; words in the line are where the fault before it was found."""
        if self.box.ask is not None:
            await self.box.drained()
            if self.box.text:
                await self.leave_question()
        await (self.action_minus() if digit < 0 else self.action_digit(digit))

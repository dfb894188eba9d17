"""A short list below a field: going up from its first line or down from its last one leaves it."""

from __future__ import annotations

from tui.widgets.finger_list import FingerList


class PickList(FingerList):
    """An option list that is a station on the way through a form."""

    def step(self, by: int) -> None:
        """Go down or up, out of the list at its ends."""
        if by > 0:
            self.action_cursor_down()
        else:
            self.action_cursor_up()

    def action_cursor_down(self) -> None:
        """Go down, out of the list at its end."""
        if self.highlighted is None or self.highlighted < self.option_count - 1:
            super().action_cursor_down()
        else:
            self.screen.focus_next()

    def action_cursor_up(self) -> None:
        """Go up, out of the list at its beginning."""
        if self.highlighted:
            super().action_cursor_up()
        else:
            self.screen.focus_previous()

    def on_focus(self) -> None:
        """Begin at the first line."""
        if self.highlighted is None and self.option_count:
            self.highlighted = 0

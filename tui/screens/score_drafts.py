"""The Score page as far as it goes on with what was being typed when the program ended."""

from __future__ import annotations

from tui.screens import score_asks as asks
from tui.screens.score_fingers import FingerPage
from tui.screens.score_waiting import waiting


class DraftingPage(FingerPage):
    """Opens a question again whose answer was typed and not saved."""

    def take_up(self) -> None:
        """Go to the item of the newest draft and ask what it answers, as long as that is still to be asked."""
        found = waiting(self.seen, self.desk_app.drafts)
        if found is None:
            return
        self.place = found.item
        if found.ask.purpose == asks.OVERRIDE:
            self.held = found.of_what
        elif found.of_what:
            self.fault = found.of_what
        self.ask(found.ask)

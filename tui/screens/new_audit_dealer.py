"""The form for a new audit as far as it is about the dealership: one of those known, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui.plain import plain
from tui.screens import new_audit_words as words
from tui.screens.page import Page
from tui.widgets.choice import Choice
from tui.widgets.form import Row
from tui.widgets.line import arrived_at
from tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checklists.text import Text
    from tui.new_audit import Known, KnownDealer

_NEW_ROWS = ("code", "name", "city", "has")
_ADD = "\n"
"""Id of the option for a new dealership; no code can be that."""
_OFFERED = 5


class DealerPart(Page):
    """Finds a dealership as one types, or opens the rows of a new one.

    What Enter decides is decided when it is pressed: the focus has moved before the next key is handled, so that
    nothing typed quickly can go to another field.
    """

    def __init__(self) -> None:
        super().__init__()
        self._known: Known | None = None
        self._dealer = ""
        self._new = False

    # -- the fields --------------------------------------------------------------------------------------------------

    def _row(self, name: str) -> Row:
        return self.query_one(f"#{name}-row", Row)

    def _input(self, name: str) -> Input:
        return self.query_one(f"#{name}", Input)

    def _choice(self, name: str) -> Choice:
        return self.query_one(f"#{name}", Choice)

    def _offer(self, name: str, options: Iterable[tuple[str, Text]]) -> None:
        self._choice(name).offer([(value, text.of(self.lang)) for value, text in options])

    def _show_dealer_rows(self) -> None:
        for name in _NEW_ROWS:
            self._row(name).display = self._new

    # -- offering ----------------------------------------------------------------------------------------------------

    def _offer_dealers(self) -> None:
        """List the known dealerships that fit, and a new one."""
        typed = self._input("dealer").value.strip()
        picks = self.query_one("#dealers", PickList)
        picks.display = self._known is not None and not self._dealer and not self._new
        parts = typed.casefold().split()
        fitting = [dealer for dealer in self._known.dealers if dealer.fits(parts)] if self._known else []
        picks.clear_options()
        picks.add_options(Option(plain(self._called(dealer)), id=dealer.code) for dealer in fitting[:_OFFERED])
        new = words.NEW.format(typed=typed) if typed else words.NEW_EMPTY
        picks.add_option(Option(plain(new.of(self.lang)), id=_ADD))

    def _called(self, dealer: KnownDealer) -> str:
        return " ".join(part for part in (dealer.code, dealer.name.of(self.lang), dealer.city) if part)

    @on(Input.Changed, "#dealer")
    def _dealer_typed(self, event: Input.Changed) -> None:
        """Offer what fits what stands there now: the message may be older than what was chosen since."""
        value, chosen = event.input.value, self._known_dealer(self._dealer)
        if chosen is not None and value == self._called(chosen):
            return
        if self._new and value == words.IS_NEW.of(self.lang):
            return
        self._dealer, self._new = "", False
        self._show_dealer_rows()
        self._offer_dealers()

    # -- choosing ----------------------------------------------------------------------------------------------------

    async def _dealer_entered(self) -> None:
        """Take the one that fits; where none or several fit, the list decides."""
        line, picks = self._input("dealer"), self.query_one("#dealers", PickList)
        await arrived_at(line)
        typed = line.value.strip()
        if self._dealer or self._new:
            self.focus_next()
            return
        self._offer_dealers()
        if picks.option_count == 1 and typed:
            self._add_dealer()
        elif picks.option_count == 2 and typed:
            self._pick_dealer(str(picks.get_option_at_index(0).id))
        elif picks.display:
            picks.highlighted = 0
            self.set_focus(picks)

    def _dealer_picked(self) -> None:
        """Take what the list stands on."""
        picks = self.query_one("#dealers", PickList)
        if picks.highlighted is not None:
            self._take(str(picks.get_option_at_index(picks.highlighted).id))

    @on(OptionList.OptionSelected, "#dealers")
    def _dealer_clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(str(event.option_id))

    def _take(self, option: str) -> None:
        if option == _ADD:
            self._add_dealer()
        else:
            self._pick_dealer(option)

    def _known_dealer(self, code: str) -> KnownDealer | None:
        return next((dealer for dealer in self._known.dealers if dealer.code == code), None) if self._known else None

    def _pick_dealer(self, code: str) -> None:
        dealer = self._known_dealer(code)
        if dealer is not None:
            self._dealer, self._new = code, False
            self._input("dealer").value = self._called(dealer)
            self._settle("#date")

    def _add_dealer(self) -> None:
        typed = self._input("dealer").value.strip()
        self._dealer, self._new = "", True
        code, name, is_new = self._input("code"), self._input("name"), words.IS_NEW.of(self.lang)
        is_code = typed.isascii() and typed.replace("-", "").replace("_", "").isalnum()
        # What was typed there before is only given up for another dealership, not where one comes back to the same.
        if not is_new.startswith(typed) and typed not in {code.value.strip(), name.value.strip()}:
            code.value, name.value = (typed, "") if is_code else ("", typed)
        self._input("dealer").value = is_new
        self._settle("#name" if code.value and not name.value else "#code")

    def _settle(self, focus: str) -> None:
        """Show what belongs to the dealership chosen, and go on at once."""
        self._show_dealer_rows()
        self._row("dealer").blame("")
        self.set_focus(self.query_one(focus))
        self.query_one("#dealers").display = False

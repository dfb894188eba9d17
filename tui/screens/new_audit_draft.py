"""The form for a new audit as far as it is kept: what was filled in stands there again, whatever ended the program."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from tui.screens import new_audit_words as words
from tui.screens.new_audit_dealer import DealerPart
from tui.widgets.choice import Choice
from tui.widgets.form import Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.drafts import Draft

_EMPTY = ("dealer", "code", "name", "city", "participants", "contact")
"""Lines in which nothing stands at first."""
_LINES = (*_EMPTY, "date", "auditors")
_CHOICES = ("kind", "earlier", "checklist", "profile", "has", "departments")
_KNOWN, _NEW, _WHO = "known", "new", "who-"
_BETWEEN = "\n"


class DraftedForm(DealerPart):
    """Keeps what differs from the form as it was when it came up."""

    def __init__(self) -> None:
        super().__init__()
        self._blank: Mapping[str, str] | None = None
        """None until what can be chosen is known."""
        self._restored = False

    async def _ask(self) -> None:
        """Read what the checklist lets one choose."""
        raise NotImplementedError

    async def _show_who(self) -> None:
        """Have a row for each department in scope as soon as there are several auditors."""
        raise NotImplementedError

    async def take_up(self) -> None:
        """Fill the form in as it was left, once what can be chosen is known."""
        if self._blank is not None:
            return
        blank = self._filled()
        if not self._begun():
            typed = self._kept.fields
            if typed:
                await self._fill_in(typed)
                self._restored = True
                self.relabel()
        self._blank = {**blank, **dict.fromkeys((*_EMPTY, _KNOWN, _NEW), "")}
        self.keep_typed()

    @on(Input.Changed)
    @on(Choice.Changed)
    def keep_typed(self) -> None:
        """Keep what was filled in."""
        if self._blank is not None:
            filled = self._filled()
            self._kept.keep_fields({} if filled == self._blank else filled)
        elif self._begun():
            self._kept.keep_fields(self._filled())

    def begin_anew(self) -> None:
        """Keep nothing of what was filled in: the audit is begun."""
        self._restored = False
        self._blank = self._filled()
        self._kept.drop()
        self.desk_app.drafts.flush()

    @property
    def _kept(self) -> Draft:
        app = self.desk_app
        return app.drafts.of(f"new {app.desk.url or os.environ.get('DEALER_AUDIT_STORE', '')}", "form")

    def _begun(self) -> bool:
        """Whether something is typed in a field that is empty at first."""
        return any(self._input(name).value for name in _EMPTY)

    def _filled(self) -> dict[str, str]:
        found = {name: self._input(name).value for name in _LINES}
        found |= {name: _BETWEEN.join(self._choice(name).values) for name in (*_CHOICES, *self._who())}
        return {**found, _KNOWN: self._dealer, _NEW: "yes" if self._new else ""}

    def _who(self) -> list[str]:
        return [str(row.id).removesuffix("-row") for row in self.query("#who Row").results(Row)]

    async def _fill_in(self, typed: Mapping[str, str]) -> None:
        known = self._known_dealer(typed.get(_KNOWN, ""))
        self._dealer, self._new = known.code if known is not None else "", typed.get(_NEW) == "yes"
        for name in _LINES:
            self._input(name).value = typed.get(name, "")
        if known is not None:
            self._input("dealer").value = self._called(known)
        elif self._new:
            self._input("dealer").value = words.IS_NEW.of(self.lang)
        for name in ("kind", "checklist", "has"):
            self._choose(name, typed)
        await self._ask()
        for name in ("profile", "departments"):
            self._choose(name, typed)
        await self._show_who()
        for name in self._who():
            self._choose(name, typed)
        self._show_dealer_rows()
        self._choose("earlier", typed)
        self._offer_dealers()

    def _choose(self, name: str, typed: Mapping[str, str]) -> None:
        if name in typed:
            self._choice(name).choose(*typed[name].split(_BETWEEN))

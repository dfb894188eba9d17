"""What was typed in the fields of a dialog and is not taken yet: only what differs from what stood there at first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tui.drafts import Draft

_WAS = "was:"
"""Begins the name of what stood in a field when something else was typed there."""


class FieldsDraft:
    """The draft of one dialog.

    A field that says something else by now, because somebody else has changed it, does not come back.
    """

    def __init__(self, draft: Draft, blank: Mapping[str, str], proposed: Collection[str]) -> None:
        """Make it.

        Args:
            draft: where it is kept.
            blank: what stands in the fields at first.
            proposed: fields in which only a proposal stands, such as today: whatever it is, what was typed comes back.
        """
        self._draft, self._blank, self._proposed = draft, dict(blank), frozenset(proposed)

    @property
    def blank(self) -> Mapping[str, str]:
        """What stood in the fields at first."""
        return self._blank

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by field."""
        kept = self._draft.fields
        return {
            name: kept[name]
            for name, was in self._blank.items()
            if kept.get(name, was) != was and (name in self._proposed or kept.get(_WAS + name) == was)
        }

    def keep(self, values: Mapping[str, str]) -> None:
        """Keep what stands in the fields, as far as somebody typed it."""
        typed = {name: value for name, value in values.items() if value != self._blank[name]}
        self._draft.keep_fields({**typed, **{_WAS + name: self._blank[name] for name in typed}})

    def drop(self) -> None:
        """Keep nothing: it was done, or is not wanted."""
        self._draft.drop()
        self._draft.drafts.flush()  # what is done is not offered once more

"""When garbage is searched for: while an audit is open, only when no key is being pressed."""

from __future__ import annotations

import gc

_AS_USUAL = gc.get_threshold()
_RARELY = 1000
"""Searches of the young objects between two of all objects, should nobody ever rest."""


def settle() -> None:
    """Leave alone, from now on, what lives as long as the audit that was just opened.

    With 1,000 items a search of all objects would stop the screen for a fifth of a second, now and then, in the middle
    of a key; of what came since, still for as long as a key takes to be saved.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_AS_USUAL[:2], _RARELY)


def unsettle() -> None:
    """Search as usual: no audit is open any more."""
    gc.unfreeze()
    gc.set_threshold(*_AS_USUAL)


class Rests:
    """Notices when nobody has pressed a key for a while."""

    def __init__(self) -> None:
        self._pressed = self._worked = False

    def pressed(self) -> None:
        """Take note of a key."""
        self._pressed = self._worked = True

    def looked(self) -> None:
        """Search once, where keys were pressed before the last look and none since: to be called every few seconds."""
        if not self._pressed and self._worked:
            self._worked = False
            gc.collect()
        self._pressed = False

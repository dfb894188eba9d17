"""Where the pages come from, and which page stands for another one in the audit that is open."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from tui.desk import Seen

FREE = frozenset({"audits", "new", "settings"})
"""Pages that need no open audit."""
WRITTEN = frozenset({"new", "closing", "plan"})
"""Pages on which things are written although nobody may have been asked for a name: of a signed audit, too."""
_SCORED = frozenset({"score", "records", "kpis", "review", "closing"})
"""Pages that a follow-up visit has not: it gives no points, and its own page takes their place."""


def later(module: str, page: str) -> Callable[[], Screen[Any]]:
    """Return what makes a page; its module loads when the page is first asked for, after the first paint."""

    def make() -> Screen[Any]:
        made: Screen[Any] = getattr(import_module(f"tui.screens.{module}"), page)()
        return made

    return make


def page_for(seen: Seen | None, mode: str) -> str:
    """Return the page that is shown where one is asked for.

    Args:
        seen: the audit that is open.
        mode: the page asked for.
    """
    if seen is None or mode not in _SCORED:
        return mode
    from audit.confirming import is_visit

    return "visit" if is_visit(seen.state) else mode

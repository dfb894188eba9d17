"""One line of a form: what stands there is not wiped by the first key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.widgets import Input

if TYPE_CHECKING:
    from typing import Any

    from textual.widget import Widget


class Line(Input):
    """A line; coming to it by the arrows marks nothing, so that a character typed is added (Ctrl+U empties it)."""

    def __init__(self, value: str = "", *, marked: bool = False, **more: Any) -> None:
        """Make it.

        Args:
            value: what stands there at first.
            marked: whether coming to it marks all of it: names, where one typed takes the place of what was proposed.
            more: see `Input`.
        """
        super().__init__(value, compact=True, select_on_focus=marked, **more)


async def arrived_at(*fields: Widget) -> None:
    """Wait until the keys on their way to fields have arrived there: what stands in them is then what was typed."""
    for field in fields:
        arrived = asyncio.Event()
        field.call_later(arrived.set)
        await arrived.wait()

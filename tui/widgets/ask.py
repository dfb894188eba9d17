"""What is asked inside a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checklists.text import Text


@dataclass(frozen=True, slots=True)
class Ask:
    """A question."""

    purpose: str
    """What the page asks it for."""
    title: Text
    options: tuple[Text, ...] = ()
    several: bool = False
    """Whether options gather in the line (and a digit among words stays a digit) instead of answering at once."""
    text: str = ""
    """What stands in the line at first."""
    hint: Text | None = None
    """Stands in the line while it is empty."""
    typed: bool = True
    """Whether words can be typed at all."""
    counts: bool = False
    """Whether digits and a minus are the page's while the line is empty."""

"""What a report had to shorten: texts that no cell or row can show whole, pictures for which there was no room."""

from __future__ import annotations

from dataclasses import dataclass, field

from checklists.text import Text


@dataclass(frozen=True, slots=True)
class LongText:
    """A text that stands in full on a sheet of its own."""

    number: int
    sheet: str
    cell: str
    """Where its beginning stands."""
    text: str


@dataclass(slots=True)
class Shortened:
    """Gathered while the sheets are written; the last ones tell it."""

    texts: list[LongText] = field(default_factory=list)
    active: bool = False
    """Whether long texts go to a sheet of their own; in forms that come back they stay whole in their cells."""
    pictures: int = 0
    """Files of which no picture is shown for want of room."""

    def keep(self, sheet: str, cell: str, text: str) -> LongText:
        """Keep a text for the sheet of full texts; the same text is kept once for each of its cells."""
        self.texts.append(LongText(len(self.texts) + 1, sheet, cell, text))
        return self.texts[-1]


FULL_TEXTS = Text("全文", "Full texts")
"""Name of the sheet on which they stand."""
GOES_ON = Text(
    "……（全文共 {length} 字，见“全文”第 {number} 条）", "... (all {length} characters: Full texts, no. {number})"
)

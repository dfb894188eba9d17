"""An empty workbook: the one place where the writer is told that text is text and which font is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.style import FONT, FONT_SIZE

if TYPE_CHECKING:
    from io import BytesIO

    from xlsxwriter.workbook import Workbook


def new_book(out: BytesIO) -> Workbook:
    """Return a workbook, written when it is closed; nothing that was typed becomes a formula, a link or a number."""
    from xlsxwriter import Workbook

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": FONT_SIZE},
    }
    return Workbook(out, options)

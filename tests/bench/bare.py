"""The bare writer beside a report: the same calls with the same formats, without what found out what to write."""

from __future__ import annotations

import functools
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Call = tuple[str, str, tuple[Any, ...], dict[str, Any]]
"""The sheet ("" for the workbook), the function, and what it was given."""
_CELLS = ("write_string", "write_number", "write_blank", "write_formula", "write_rich_string", "merge_range")
_SHEETS = (
    *("set_row", "set_column", "freeze_panes", "autofilter", "set_h_pagebreaks", "conditional_format"),
    *("data_validation", "add_sparkline", "set_landscape", "set_paper", "set_margins", "fit_to_pages"),
    *("center_horizontally", "set_footer", "set_tab_color", "hide_gridlines", "repeat_rows", "print_area"),
)


@contextmanager
def recorded_calls() -> Iterator[list[Call]]:
    """Write down every call a report makes; charts and pictures are left out, they cost the writer little."""
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    calls: list[Call] = []
    depth = [0]

    def recording(name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(plain)
        def call(sheet: Any, *given: Any, **named: Any) -> Any:
            if not depth[0]:
                # The writer changes options it is given.
                kept = tuple(dict(value) if isinstance(value, dict) else value for value in given)
                calls.append((sheet.name, name, kept, named))
            depth[0] += 1
            try:
                return plain(sheet, *given, **named)
            finally:
                depth[0] -= 1

        return call

    def added(workbook: Any, properties: dict[str, Any] | None = None) -> Any:
        kept = dict(properties or {})
        made = add_format(workbook, properties)
        if "xf_index" not in kept:  # every workbook makes its default format by itself
            calls.append(("", "add_format", (id(made), kept), {}))
        return made

    add_format = Workbook.add_format
    with mock.patch.object(Workbook, "add_format", added):
        patches = [
            mock.patch.object(Worksheet, name, recording(name, getattr(Worksheet, name))) for name in _CELLS + _SHEETS
        ]
        for patch in patches:
            patch.start()
        try:
            yield calls
        finally:
            for patch in patches:
                patch.stop()


def play_calls(calls: list[Call], target: Path) -> None:
    """Make the calls again on a workbook of their own."""
    from xlsxwriter import Workbook

    formats: dict[int, Any] = {}
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(str(target), options) as book:
        for sheet, name, given, named in calls:
            if not sheet:
                formats[given[0]] = book.add_format(given[1])
                continue
            page = book.get_worksheet_by_name(sheet) or book.add_worksheet(sheet)
            getattr(page, name)(*(_own(value, formats) for value in given), **named)


def _own(value: Any, formats: dict[int, Any]) -> Any:
    """Return a format's counterpart in the new workbook, also inside of options."""
    if isinstance(value, dict):
        return {key: _own(part, formats) for key, part in value.items()}
    return formats.get(id(value), value) if type(value).__name__ == "Format" else value

"""For whom a report is, in which language and in whose look, as typed on a command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from checklists.text import Text, UserError

if TYPE_CHECKING:
    from checklists.text import ReportLang
    from reports.workbook import Look
    from tui.console import Terminal

BOTH: Final = "both"
_NONE = "-"
_UNKNOWN_COPY = Text(
    "没有“{copy}”这种留存：请用 --copy dealer（经销商，完整）或 --copy headquarters（总部，遮盖）",
    'There is no copy "{copy}": use --copy dealer (complete) or --copy headquarters (masked)',
)

_UNKNOWN_FORMAT = Text(
    "没有“{form}”格式的报告：请用 --format xlsx 或 --format pdf",
    'There are no reports in the format "{form}": use --format xlsx or --format pdf',
)


class UnknownFormat(UserError):
    """A report is a workbook or a PDF."""


class UnknownCopy(UserError):
    """There are two copies of a report."""


def is_both(asked: str | None) -> bool:
    """Say whether a report in both languages was asked for."""
    return asked is not None and asked.strip().lower() == BOTH


def languages(asked: str | None) -> tuple[Terminal, ReportLang]:
    """Return where to talk, and the language of the report; "both" talks in the settings' language.

    Raises:
        UnknownLanguage: when another one was asked for.
    """
    from tui.console import terminal

    out = terminal(None if is_both(asked) else asked)
    return out, BOTH if is_both(asked) else out.lang


def suffix_of(form: str | None, output: str | None) -> str:
    """Return the end of a report's name: by the format asked for, else by the file's own name.

    Raises:
        UnknownFormat: when there is no such format.
    """
    from tui.report_file import FORMATS, PDF, SUFFIX

    if form is None:
        return PDF if output and output.lower().endswith(PDF) else SUFFIX
    suffix = FORMATS.get(form.strip().lower().removeprefix("."))
    if suffix is None:
        raise UnknownFormat(_UNKNOWN_FORMAT.format(form=form))
    return suffix


def look_of(copy: str, brand: str | None) -> Look:
    """Return for whom a report is and in whose look; without a brand file that of the settings.

    Raises:
        UnknownCopy: when there is no such copy.
        BadBrand: when the brand file cannot be used.
    """
    from reports.brand import DEFAULT_BRAND, read_brand
    from reports.masking import Copy
    from reports.workbook import Look
    from tui.settings import read_settings

    wanted = copy.strip().lower()
    if wanted not in set(Copy):
        raise UnknownCopy(_UNKNOWN_COPY.format(copy=copy))
    file = read_settings().brand if brand is None else brand.strip()
    there = file and file != _NONE
    return Look(Copy(wanted), read_brand(Path(file).expanduser()) if there else DEFAULT_BRAND)


def brand_to_keep(typed: str) -> str:
    """Return a brand file's place for the settings; nothing for "-", which takes the tool's own look again.

    Raises:
        BadBrand: when the file cannot be used.
    """
    from reports.brand import read_brand

    if typed.strip() in {"", _NONE}:
        return ""
    path = Path(typed).expanduser().resolve()
    read_brand(path)
    return str(path)

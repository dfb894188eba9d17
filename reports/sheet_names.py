"""Names of worksheets: what Excel, WPS and LibreOffice all take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklists.text import ReportLang, Text

LONGEST = 31
"""UTF-16 units a name may have."""
_RESERVED = "history"
"""Excel keeps this name for itself."""
_REFUSED = re.compile(r"[\[\]:*?/\\'\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")


def sheet_name(name: Text, lang: ReportLang) -> str:
    """Return a sheet's name: without what no name may hold, and cut where it is too long."""
    if lang != "both":
        return _cut(_clean(name.of(lang)), LONGEST)
    zh, en = _clean(name.zh), _clean(name.en)
    together = en if zh in en else f"{zh} {en}"
    return together if _units(together) <= LONGEST else _cut(zh, LONGEST)


def distinct_names(names: Sequence[Text], lang: ReportLang, taken: Sequence[str] = ()) -> list[str]:
    """Return names of sheets of one workbook, of which no two are the same to a program that ignores case.

    Args:
        names: what the sheets are about, in order.
        lang: language of the report.
        taken: names of the workbook's other sheets.
    """
    used = {name.casefold() for name in taken}
    found = []
    for name in names:
        base = own = sheet_name(name, lang)
        number = 2
        while own.casefold() in used:
            own = f"{_cut(base, LONGEST - len(str(number)) - 1)} {number}"
            number += 1
        used.add(own.casefold())
        found.append(own)
    return found


def _clean(text: str) -> str:
    name = " ".join(_REFUSED.sub(" ", text).split()) or "–"
    return f"{name} –" if name.casefold() == _RESERVED else name


def _cut(text: str, most: int) -> str:
    if _units(text) <= most:
        return text
    while _units(text) > most - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

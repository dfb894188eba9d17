"""What is personal in free text: plates, VIN, phones, identity cards and mail addresses, found and covered.

Full-width letters and digits count like their half-width ones, and whatever people put between the groups of a number
counts for nothing.  Each kind is looked for by itself, from every character on, and all that is found is covered: what
one number's mask takes of its neighbour cannot hide the neighbour.  What is covered too often harms nobody; a plate
that is not recognised does.
"""

from __future__ import annotations

import re

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
_MARK = r"[\s·•・‧∙.\-‐‑‒–—−_/\u00ad\u200b-\u200d\u2060\ufeff]"
_BLANK, _DASH = _MARK + "{0,3}", rf"(?:(?!\s){_MARK}){{0,3}}"
_PLATES = (
    # A province, the letter of a place, five characters; six of new-energy cars; the last may be a word of its own.
    (
        rf"[{_PROVINCES}]{_BLANK}[A-Za-z](?=(?:{_BLANK}[A-Za-z]){{0,4}}{_BLANK}\d{_BLANK}[A-Za-z]?{_BLANK}\d){_BLANK}"
        rf"(?:[A-Za-z0-9]{_BLANK}){{4,5}}[A-Za-z0-9挂学警港澳领试超]"
    ),
    rf"WJ{_BLANK}[{_PROVINCES}]?(?:{_BLANK}\d){{4,5}}[A-Za-z0-9]?",
    rf"军{_BLANK}[A-Z]{{1,2}}{_BLANK}\d{{5}}",
    r"(?<![A-Za-z0-9])[VKHBSLJNGC][A-Z][·•・]\d{5}(?!\d)",
    # Of embassies and consulates.
    rf"[使领](?:{_BLANK}\d){{6}}(?!\d)",
    rf"(?<!\d)\d{{3}}{_BLANK}\d{{3}}{_BLANK}[使领](?!用)",
)
_VIN_LETTER = "[A-HJ-NPR-Za-hj-npr-z0-9]"
_VINS = (
    rf"(?<![A-Za-z0-9])(?=[A-Za-z0-9]{{0,16}}[A-Za-z])(?=(?:[A-Za-z]*\d){{4}}){_VIN_LETTER}{{17}}(?![A-Za-z0-9])",
    # In groups: a letter among the first three, and the last four are digits; words of a sentence are no groups.
    rf"(?<![A-Za-z0-9])(?=\d{{0,2}}[A-Z])(?:[A-HJ-NPR-Z0-9]{_BLANK}){{13}}\d(?:{_BLANK}\d){{3}}(?![A-Za-z0-9])",
    rf"(?<![A-Za-z0-9])(?=\d{{0,2}}[A-Za-z])(?:{_VIN_LETTER}{_DASH}){{13}}\d(?:{_DASH}\d){{3}}(?![A-Za-z0-9])",
    (
        r"(?:(?<=VIN)|(?<=vin)|(?<=车架号)|(?<=底盘号)|(?<=识别码))"
        r"[ \t:：#]*(?:后[四六八0-9]{1,2}位)?[ \t:：]*[A-Za-z0-9]{4,17}"
    ),
)
_AREA = r"(?:010|02\d|0[3-9]\d{2})"
_GAP = rf"(?:{_MARK}{{1,3}}(?=\d\d))?"
_PHONES = (
    rf"(?<!\d)(?:(?:\+|00)?86{_BLANK})?1[3-9]\d(?:{_GAP}\d){{8}}(?!\d)",
    rf"(?<!\d)1{_MARK}[3-9](?:{_MARK}\d){{9}}(?!\d)",
    rf"(?<!\d)(?:\({_AREA}\)|{_AREA}){_BLANK}\d{{3,4}}{_BLANK}\d{{4}}(?:(?:{_MARK}|转){{1,2}}\d{{1,5}})?(?!\d)",
    rf"(?<!\d)(?:\({_AREA}\)|{_AREA}){_BLANK}\d{{3,4}}{_BLANK}\d{{4}}(?!\d)",
    rf"(?<!\d)[48]00{_BLANK}\d{{3}}{_BLANK}\d{{4}}(?!\d)",
    rf"(?<!\d)[48]00{_BLANK}\d{{4}}{_BLANK}\d{{3}}(?!\d)",
    rf"\+\d{{1,3}}{_BLANK}\(?\d{{1,4}}\)?(?:{_BLANK}\d{{2,4}}){{2,4}}(?!\d)",
    rf"(?:(?<=电话)|(?<=手机)|(?<=座机)|(?<=Tel)|(?<=tel)|(?<=phone))[ \t:：.]*\d(?:\d|{_MARK}){{5,12}}\d",
)
_OTHERS = (
    rf"(?<!\d)\d{{6}}{_BLANK}\d{{8}}{_BLANK}\d{{3}}[\dXx](?![\dA-Za-z])",
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+",
)
_PERSONAL = tuple(re.compile(f"(?=({part}))") for part in (*_PLATES, *_VINS, *_PHONES, *_OTHERS))
_KEPT_OF_PLATE = re.compile(rf"[{_PROVINCES}]{_BLANK}[A-Za-z]|[使领]")
_HALF = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}
COVER = "*"


def covered(text: str) -> str:
    """Return text whose personal numbers are covered; of a plate the province and the place's letter stay."""
    folded = text.translate(_HALF)
    hidden: set[int] = set()
    for kind in _PERSONAL:
        for match in kind.finditer(folded):
            start, stop = match.span(1)
            kept = _KEPT_OF_PLATE.match(folded, start, stop)
            hidden.update(range(kept.end() if kept else start, stop))
    # A separator stays, so that words do not grow together.
    return "".join(
        COVER if place in hidden and not folded[place].isspace() else character for place, character in enumerate(text)
    )

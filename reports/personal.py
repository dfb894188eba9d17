"""What is personal in free text: plates, VIN, phones, identity cards and mail addresses, found and covered.

Full-width letters and digits count like their half-width ones.  What is covered too often harms nobody; a plate that
is not recognised does.
"""

from __future__ import annotations

import re

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
_BLANK = r"[ \t·•・.\-_—]?"
_PLATE = (
    # A province, the letter of a place, five characters; six of new-energy cars; the last may be a word of its own.
    rf"[{_PROVINCES}][A-Za-z](?=(?:{_BLANK}[A-Za-z]){{0,4}}{_BLANK}\d{_BLANK}[A-Za-z]?{_BLANK}\d){_BLANK}(?:[A-Za-z0-9]{_BLANK}){{4,5}}[A-Za-z0-9挂学警港澳领试超]"
    rf"|WJ{_BLANK}[{_PROVINCES}]?{_BLANK}\d{{4,5}}[A-Za-z0-9]?"
    r"|军[A-Z]{1,2}[ ·]?\d{5}|(?<![A-Za-z0-9])[VKHBSLJNGC][A-Z]·\d{5}(?!\d)"
)
_VIN = (
    r"(?<![A-Za-z0-9])(?=[A-Za-z0-9]{0,16}[A-Za-z])(?=(?:[A-Za-z]*\d){4})[A-HJ-NPR-Za-hj-npr-z0-9]{17}(?![A-Za-z0-9])"
    r"|(?:(?<=VIN)|(?<=vin)|(?<=车架号)|(?<=底盘号)|(?<=识别码))"
    r"[ \t:：#]*(?:后[四六八0-9]{1,2}位)?[ \t:：]*[A-Za-z0-9]{4,17}"
)
_PHONE = (
    r"(?<!\d)(?:(?:\+|00)?86[ \-]?)?1[3-9]\d(?:[ \-]?\d{4}){2}(?!\d)"
    r"|(?<!\d)(?:\((?:010|02\d|0[3-9]\d{2})\)|(?:010|02\d|0[3-9]\d{2}))"
    r"[ \-–—]?\d{3,4}[ \-]?\d{4}(?:[ \-转]{1,2}\d{1,5})?(?!\d)"
    r"|(?<!\d)[48]00[ \-]?\d{3}[ \-]?\d{4}(?!\d)|(?<!\d)[48]00[ \-]?\d{4}[ \-]?\d{3}(?!\d)"
    r"|\+\d{1,3}[ \-]?\(?\d{1,4}\)?(?:[ \-]?\d{2,4}){2,4}(?!\d)"
    r"|(?:(?<=电话)|(?<=手机)|(?<=座机)|(?<=Tel)|(?<=tel)|(?<=phone))[ \t:：.]*\d[\d \-]{5,12}\d"
)
_OTHER = r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])|[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+"
_PERSONAL = re.compile("|".join(f"(?:{part})" for part in (_OTHER, _VIN, _PLATE, _PHONE)))
_HALF = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}
_KEPT_OF_PLATE = 2
COVER = "*"


def covered(text: str) -> str:
    """Return text whose personal numbers are covered; of a plate the province and the place's letter stay."""
    folded = text.translate(_HALF)
    pieces, end = [], 0
    for match in _PERSONAL.finditer(folded):
        start, stop = match.span()
        if folded[start] in _PROVINCES:
            start += _KEPT_OF_PLATE
        # A separator stays, so that words do not grow together.
        pieces += [text[end:start], *(" " if character.isspace() else COVER for character in folded[start:stop])]
        end = stop
    return "".join([*pieces, text[end:]]) if pieces else text

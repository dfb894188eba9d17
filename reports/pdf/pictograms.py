"""Small pictures among letters, of which no font of the report has any: an empty box would look like a cross."""

from __future__ import annotations

import re

from checklists.text import Text

_AS_SIGNS = str.maketrans("✅❌❎✕✖❓❔❗❕➕➖➗", "✓✗✗××??!!+−÷")
"""What says something, as a sign that the fonts have."""
_PICTURE = (
    "[\u2630-\u2637\u268c-\u268f\u269d-\u269f\u26a8\u26a9\u26b0\u26b1\u26b3-\u26bc\u26bf-\u2700\u270a\u270b\u2728\u27b0"
    "\U0001f000-\U0001f0ff\U0001f1ad-\U0001f1ff\U0001f252-\U0001f6d0\U0001f6d2-\U0001f77f\U0001f8d9-\U0001faff]"
)
_JOINING = "[\ufe0e\ufe0f\u200d\u20e3\U000e0020-\U000e007f]"
"""What gives a picture a colour or joins it with the next."""
_RUN = re.compile(f" ?(?:{_PICTURE}{_JOINING}*)+")
_LEFT_OUT = Text(
    "打印字体没有的 {count} 种图形符号（表情）没有印出；Excel 报告保留它们。",
    "Left out: small pictures (emoji) that no printing font has, {count} different ones; the Excel report keeps them.",
)


def without_pictures(text: str, left_out: set[str]) -> str:
    """Return a text without them.

    Args:
        text: as it was typed.
        left_out: gets those that were there.
    """
    if text.isascii():
        return text
    text = text.translate(_AS_SIGNS)
    for run in _RUN.findall(text):
        left_out.update(re.findall(_PICTURE, run))
    return _RUN.sub("", text)


def said_of(left_out: set[str]) -> list[Text]:
    """Return what is said of them at the end of the report."""
    return [_LEFT_OUT.format(count=len(left_out))] if left_out else []

"""Which language a command speaks."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, cast

from checklists.text import LANGS, Text, UserError
from tui.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checklists.text import Lang


class UnknownLanguage(UserError):
    """The tool speaks Chinese and English."""


def choose_language(asked: str | None) -> Lang:
    """Return the language asked for, else that of the settings, else the system's.

    Raises:
        UnknownLanguage: when another one was asked for.
    """
    if asked is None:
        return read_settings().lang or system_language()
    if asked.strip().lower() in LANGS:
        return cast("Lang", asked.strip().lower())
    raise UnknownLanguage(
        Text(
            "没有语言“{lang}”：请用 --lang zh 或 --lang en", 'No language "{lang}": use --lang zh or --lang en'
        ).format(lang=asked)
    )


def language_of(args: Sequence[str]) -> Lang:
    """Return the language for a sentence about a command line that may itself be wrong."""
    asked = None
    for word, following in zip(args, [*args[1:], ""], strict=False):
        if word == "--lang":
            asked = following
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    try:
        return choose_language(asked)
    except UserError:
        return system_language()


def system_language() -> Lang:
    """Return zh where the system speaks Chinese, en elsewhere."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    if named is None and sys.platform == "win32":
        import locale

        named = locale.getlocale()[0]
    return "zh" if (named or "").lower().startswith(("zh", "chinese")) else "en"

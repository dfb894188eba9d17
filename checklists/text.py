"""Texts in the two languages of the tool.

A `Text` is used for what a checklist says and for the tool's own sentences alike, so that the type checker sees that
none lacks a language.  It is a plain dataclass: the screens need texts before pydantic has loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar, Literal, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)
ReportLang = Literal["zh", "en", "both"]
"""Language of a report; "both": every text in Chinese and in English side by side."""
_ONE_LINE = 44
"""Half-widths of a line up to which the two languages stand beside one another, and not on a line each."""

_BETWEEN = " | "
"""Parts the two languages where they stand on one line: texts hold commas, dashes and strokes themselves."""
_SHARED = 20
"""Characters at the end of both languages, typed by somebody, from which they stand once."""
_SIGNS = frozenset("√×✓✗…~-")
"""Signs that stand before a word for a result: once, where both languages stand behind."""
_MARKS = {ord(mark): None for mark in " ,.:;()（），。：；、"}
"""Punctuation in which a list of names or numbers differs between the languages."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same statement in Chinese and in English."""

    # Read by pydantic where a checklist is loaded: a text has these two languages and nothing else.
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    zh: str
    en: str

    def of(self, lang: ReportLang) -> str:
        """Return the text in `lang`; of "both" what is the same in both languages stands once."""
        if lang == "zh":
            return self.zh
        return self.en if lang == "en" else self._both()

    def _both(self) -> str:
        if self.zh == self.en or not self.en or self.zh.translate(_MARKS) == self.en.translate(_MARKS):
            return self.zh
        if not self.zh or self.en == f"{self.zh}s":
            return self.en
        mark, blank, rest = self.en.partition(" ")
        if blank and mark in _SIGNS and self.zh.startswith(f"{mark} ") and "\n" not in self.zh + self.en:
            return f"{self.zh}{_BETWEEN}{rest}"
        zh, en = self._without_shared_end()
        short = 2 * len(zh) + len(en) < _ONE_LINE and "\n" not in zh + en
        return (_BETWEEN if short else "\n").join((zh, self.en))

    def _without_shared_end(self) -> tuple[str, str]:
        """Return both without the end that is the same, where it is long: a text somebody typed, in one language."""
        pairs = zip(reversed(self.zh), reversed(self.en), strict=False)
        end = self.zh[len(self.zh) - len(list(takewhile(lambda pair: pair[0] == pair[1], pairs))) :]
        zh, en = self.zh.removesuffix(end), self.en.removesuffix(end)
        inside_a_word = zh[-1:].isascii() and zh[-1:].isalnum()
        if len(end) < _SHARED or not zh or inside_a_word:
            return self.zh, self.en
        return zh.rstrip(" ：:，,（("), en

    def format(self, **values: object) -> Text:
        """Fill the placeholders; a value that is a Text itself is filled in language by language."""
        return Text(
            self.zh.format(**{name: _in(value, "zh") for name, value in values.items()}),
            self.en.format(**{name: _in(value, "en") for name, value in values.items()}),
        )


def same(text: str) -> Text:
    """Return a Text for what reads the same in both languages: an id, a number, a name somebody typed."""
    return Text(text, text)


def joined(texts: list[Text], zh: str = "、", en: str = ", ") -> Text:
    """Join texts with each language's own separator."""
    return Text(zh.join(t.zh for t in texts), en.join(t.en for t in texts))


def listed(names: str) -> Text:
    """Return names that stand in one line, in each language with its own comma between them."""
    return joined([same(name) for part in names.split("、") if (name := part.strip())])


def _in(value: object, lang: Lang) -> object:
    return value.of(lang) if isinstance(value, Text) else value


class UserError(Exception):
    """Something a person typed or handed over cannot be used; `text` says what, where and what to do.

    Every error a user can cause derives from it, so that the command line and the screens show the sentence and never
    a traceback.
    """

    def __init__(self, text: Text) -> None:
        # A hint that was left out leaves a blank behind.
        self.text = Text(text.zh.strip(), text.en.strip())
        super().__init__(self.text.en)

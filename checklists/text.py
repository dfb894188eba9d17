"""Texts in the two languages of the tool.

A `Text` is used for what a checklist says and for the tool's own sentences alike, so that the type checker sees that
none lacks a language.  It is a plain dataclass: the screens need texts before pydantic has loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


@dataclass(frozen=True, slots=True)
class Text:
    """The same statement in Chinese and in English."""

    # Read by pydantic where a checklist is loaded: a text has these two languages and nothing else.
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        """Return the text in `lang`."""
        return self.zh if lang == "zh" else self.en

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

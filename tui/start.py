"""Opening the terminal UI from the command line: what must be arranged before Textual is imported."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from checklists.text import Text, UserError
from tui.language import choose_language
from tui.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

_AFTER = Text(
    "{options} 请写在命令后面，如 dealer-audit score REF {options} …",
    "Write {options} after the command, as in dealer-audit score REF {options} ...",
)


_NO_TERMINAL = Text(
    "评分界面需要在终端中打开，输入和输出不能重定向；不用界面的命令见 dealer-audit --help",
    "The screens need a terminal, with input and output not redirected; dealer-audit --help lists what works without",
)


class NoTerminal(UserError):
    """The screens were asked for where there is no terminal."""


class OptionBeforeCommand(UserError):
    """An option of the terminal UI was given together with a command, which would not see it."""


def need_terminal() -> None:
    """Refuse to open the screens where nobody sits before the program.

    Raises:
        NoTerminal: input or output is no terminal.
    """
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):  # Textual draws on the last
        raise NoTerminal(_NO_TERMINAL)


def refuse_options(given: Mapping[str, object]) -> None:
    """Refuse the UI's options where a command follows: it would take no notice of them.

    Raises:
        OptionBeforeCommand: with those that were given.
    """
    named = [option for option, value in given.items() if value]
    if named:
        raise OptionBeforeCommand(_AFTER.format(options=" ".join(named)))


def start(lang: str | None, store: str | None, person: str | None, ref: str | None, *, plain_keys: bool) -> int:
    """Open the terminal UI; returns its exit code when it is closed.

    Raises:
        UserError: when the language is unknown or the settings cannot be read.
    """
    from tui._compat import prepare

    settings = read_settings()
    spoken = choose_language(lang)
    prepare(settings.width, plain_keys=plain_keys)
    from tui.app import run

    return run(spoken, store=store, person=person, ref=ref, settings=settings)

"""How the program ends, whatever happens: an exit code, and where something went wrong one sentence on stderr."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from tui.exits import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from checklists.text import Text


def run_to_the_end(work: Callable[[], object], typed: Sequence[str]) -> NoReturn:
    """Do work and leave with its exit code.

    Args:
        work: what to do; an integer that it returns is the exit code.
        typed: what was typed after the program's name.
    """
    try:
        _be_lenient(sys.stdout, sys.stderr)
        left = work()
        code = left if isinstance(left, int) else ExitCode.OK
        sys.stdout.flush()
    except BrokenPipeError:
        code = pipe_closed()
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except Exception as error:
        code = _say_error(error, typed)
    if code == ExitCode.INTERRUPTED:
        from tui.errors import INTERRUPTED

        say(INTERRUPTED, typed)
    sys.exit(code)


def say(text: Text, typed: Sequence[str]) -> None:
    """Say a sentence on stderr, in the language of what was typed."""
    from tui.console import Terminal
    from tui.language import language_of

    Terminal(language_of(typed)).say(text)


def pipe_closed() -> ExitCode:
    """Let the interpreter's last flush go nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.BROKEN_PIPE


def _say_error(error: Exception, typed: Sequence[str]) -> int:
    from tui.errors import sentence

    text, code = sentence(error, typed)
    say(text, typed)
    return code


def _be_lenient(*streams: Any) -> None:
    """Show what a terminal's encoding lacks as a question mark."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")

"""`dealer-audit` without a command: the screens on a terminal, the help elsewhere; what loads at first."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tui.exits import ExitCode
from tui.settings import Place, change_settings, read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Person

HEAVY = {"pydantic", "yaml", "sqlalchemy", "alembic", "openpyxl", "xlsxwriter", "PIL", "rapidfuzz", "sqlite3"}
FIRST_PAINT = """
import sys
import tui.main
from tui import start
from tui._compat import prepare
prepare("1", plain_keys=True)
from tui.app import AuditApp
from tui.screens.audits import AuditsPage

async def stop(self, ref=""):
    self.app.exit({name.partition(".")[0] for name in sys.modules})
AuditsPage.load = stop
app = AuditApp("zh")
loaded = app.run(headless=True)
print(*sorted(loaded), "kitty" if __import__("textual.constants").constants.DISABLE_KITTY_KEY else "", sep="\\n")
"""
WIDE = """
from tui._compat import prepare
prepare({width!r})
from rich.cells import cell_len, set_cell_size
from textual.content import Content
print(cell_len("≥95%"), cell_len("“上海…”"), cell_len("─│█"), cell_len("ab"), Content("①●").cell_length,
      cell_len(set_cell_size("“a”", 3)))
"""


FAILING = """
from tui.screens.audits import AuditsPage
async def fail(self, ref=""):
    raise ZeroDivisionError("[x]")
AuditsPage.load = fail
from tui.main import main
main()
"""


def run_python(script: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout.split()


def test_little_but_textual_loads_before_the_first_paint(home: Path) -> None:
    del home
    loaded = set(run_python(FIRST_PAINT))
    assert not loaded & HEAVY
    assert not loaded & {"audit", "typer"}
    assert {"textual", "kitty"} <= loaded


@pytest.mark.parametrize(
    ("width", "cells"), [("1", ["4", "7", "3", "2", "2", "3"]), ("2", ["5", "10", "3", "2", "4", "3"])]
)
def test_ambiguous_characters_take_as_many_cells_as_was_said(width: str, cells: list[str]) -> None:
    assert run_python(WIDE.format(width=width)) == cells


@pytest.mark.parametrize(("answer", "told"), [(b"\x1b[1;3R", "2"), (b"\x1b[24;2R", "1"), (b"", "1")])
def test_the_terminal_is_asked_how_wide_it_draws(answer: bytes, told: str) -> None:
    shown = in_terminal(["-c", "from tui._compat import ambiguous_width; print('=', ambiguous_width())"], answer)
    assert f"= {told}" in shown


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ([], "The screens need a terminal"),
        (["--lang", "en"], "need a terminal"),
        (["--lang", "zh"], "需要在终端中打开"),
    ],
)
def test_without_a_terminal_one_sentence_says_so(person: Person, typed: list[str], told: str) -> None:
    done = person(*typed, lang="")
    assert done.code == ExitCode.USAGE
    assert told in done.err.replace("\n", " ")
    assert "--help" in done.err
    assert "Usage" not in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    "option", [["--ref", "X"], ["--lang", "zh"], ["--as", "Li"], ["--plain-keys"], ["--store", "x"]]
)
def test_options_of_the_screens_before_a_command_are_refused(person: Person, option: list[str]) -> None:
    done = person(*option, "audit", "list", lang="")
    assert done.code == ExitCode.USAGE
    assert option[0] in done.err
    assert not (person.home / "x").exists()


def test_on_a_terminal_the_screens_open_and_a_mistyped_language_is_a_sentence(home: Path) -> None:
    del home
    assert "--lang zh" in in_terminal(["-m", "tui.main", "--lang", "fr"], b"")
    shown = in_terminal(["-m", "tui.main", "--lang", "zh", "--plain-keys"], b"\x1b[1;2R", until="载入样例")
    assert "评估列表" in shown


def test_an_error_of_the_program_on_a_screen_ends_in_a_sentence_and_a_log(home: Path) -> None:
    shown = in_terminal(["-c", FAILING], b"\x1b[1;2R")
    end = " ".join(shown[shown.rindex("\x1b[?1049l") :].split())
    assert "ZeroDivisionError" in end
    assert "errors.log" in end
    assert "Traceback" not in shown
    log = next(home.rglob("errors.log")).read_text("utf-8")
    assert "in fail" in log


def test_what_was_set_for_the_screens_is_kept_and_nonsense_is_left_out(person: Person) -> None:
    change_settings(theme="light", advance=True, width="2", last=Place("/x.db", "R-1"))
    person("settings", "--name", "Li")
    kept = read_settings()
    assert (kept.theme, kept.advance, kept.width, kept.last) == ("light", True, "2", Place("/x.db", "R-1"))
    from tui.settings import settings_file

    settings_file().write_text('{"width": "7", "advance": "x", "last": 5, "theme": null}', "utf-8")
    assert (read_settings().width, read_settings().advance, read_settings().last) == ("auto", False, Place())


def in_terminal(arguments: list[str], answer: bytes, until: str = "") -> str:
    """Return what a program shows in a terminal of its own that says where its cursor is."""
    ours, theirs = pty.openpty()
    command = [sys.executable, *arguments]
    env = {**os.environ, "TERM": "xterm-256color"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    said, end = b"", time.monotonic() + 40
    while time.monotonic() < end and not (until and until in said.decode(errors="replace")):
        if not select.select([ours], [], [], 1)[0]:
            continue
        try:
            new = os.read(ours, 65536)
        except OSError:  # the program has ended
            break
        said += new
        if b"\x1b[6n" in new and answer:
            os.write(ours, answer)
    process.kill()
    process.wait()
    os.close(ours)
    return said.decode(errors="replace")

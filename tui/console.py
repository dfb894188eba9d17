"""What a person or a script sees: data on stdout, talk on stderr, and tables that fit Chinese.

Nothing people wrote is ever read as markup or sent to the terminal as a control sequence.  Where the output is no
terminal, nothing is wrapped or cut.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeVar

from rich import box
from rich.console import Console
from rich.table import Table

from checklists.text import Text
from tui.language import choose_language
from tui.wrapping import Wrapped as Styled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from checklists.text import Lang

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNLIMITED = 100_000
_NARROW = 20

Thing = TypeVar("Thing")
Shown = Text | str | Decimal | int
"""What a cell or a line may be."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: Text
    right: bool = False
    whole: bool = False
    """Never broken over lines (numbers, ids); other columns give way."""
    narrow: bool = False
    """Takes little room on a terminal, so that another column has more."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a style; the text alone must say everything, colour only helps."""

    text: Shown
    style: str = ""
    indent: int = 0


Row = Sequence[Cell | Shown]
"""One row of a table; an empty one is a rule between rows."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where a command writes, in one language."""

    lang: Lang

    def text(self, shown: Shown) -> str:
        """Return what stands on the screen for a value."""
        return clean(shown.of(self.lang) if isinstance(shown, Text) else str(shown))

    def line(self, shown: Shown, style: str = "") -> None:
        """Write one line of data."""
        _console("stdout").print(Styled(self.text(shown), style=style))

    def say(self, shown: Shown, style: str = "") -> None:
        """Tell the person something; scripts that read stdout do not see it."""
        _console("stderr").print(Styled(self.text(shown), style=style))

    def copyable(self, line: str) -> None:
        """Tell a command or a path in one piece, however long, so that it can be copied."""
        _console("stderr").print(Styled(f"  {clean(line)}", style="bold"), soft_wrap=True)

    def value(self, line: str) -> None:
        """Write one value that a script reads (a reference, a seal, a path), in one piece."""
        _console("stdout").print(Styled(clean(line)), soft_wrap=True)

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Row],
        title: Shown = "",
    ) -> None:
        """Write a table of data.

        Args:
            columns: its columns.
            rows: its rows.
            title: what stands above it.
        """
        console = _console("stdout")
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(
                Styled(_capitalized(self.text(column.title))),
                justify="right" if column.right else "left",
                no_wrap=column.whole,
                overflow="fold",
                max_width=_NARROW if column.narrow and console.is_terminal else None,
            )
        for row in rows:
            if not row:
                table.add_section()
            else:
                table.add_row(*[self._cell(cell) for cell in row])
        if title:
            self.line(title, style="bold")
        console.print(table)
        self.line("")

    def json(self, data: Mapping[str, object]) -> None:
        """Write one JSON object."""
        text = json.dumps(data, ensure_ascii=False, indent=2, default=number)
        sys.stdout.write(text + "\n")

    def _cell(self, cell: Cell | Shown) -> Styled:
        if not isinstance(cell, Cell):
            return Styled(self.text(cell))
        return Styled("  " * cell.indent + self.text(cell.text), style=cell.style)


def terminal(lang: str | None) -> Terminal:
    """Return where to write, in the language asked for or the one that is set."""
    return Terminal(choose_language(lang))


def number(value: object) -> int | float:
    """Return an exact number as a JSON number; points have at most two decimals, rates four.

    Raises:
        TypeError: for anything else: a misuse.
    """
    if not isinstance(value, Decimal):
        msg = f"no number: {value!r}"
        raise TypeError(msg)
    return int(value) if value == value.to_integral_value() else float(value)


def _capitalized(title: str) -> str:
    return title[:1].upper() + title[1:]


def clean(text: str) -> str:
    """Return a text without what a terminal would obey instead of showing it."""
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the one place that handles errors."""
        raise BrokenPipeError


def _console(stream: Literal["stdout", "stderr"]) -> Console:
    file = sys.stdout if stream == "stdout" else sys.stderr
    width = None if file.isatty() else _UNLIMITED
    return _Console(file=file, width=width, highlight=False, markup=False, emoji=False)


def progress(things: Sequence[Thing], label: str) -> Iterable[Thing]:
    """Go through things with a progress bar on stderr; without a terminal, silently."""
    from rich.progress import track

    console = _console("stderr")
    return track(things, description=label, console=console, transient=True, disable=not console.is_terminal)


@contextmanager
def counted(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function to be told how many of how many are done; shown on stderr, without a terminal silently."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = _console("stderr")
    columns = [TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

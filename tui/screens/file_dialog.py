"""Reading a file back: looked at first, asked where it is unclear, then all of it or nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from checklists.text import Text, UserError, same
from tui.screens.page import Dialog
from tui.screens.score_text import laid_out
from tui.widgets.choice import Choice
from tui.widgets.form import Form, Row
from tui.widgets.path_input import PathInput, is_file, names_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from textual.widget import Widget

    Options = Sequence[tuple[str, Text]]

Look = TypeVar("Look")
Result = TypeVar("Result")

_PATH = Text("文件", "File")
_READING = Text("正在读取……", "Reading ...")
_NO_FILE = Text("找不到文件 {path}", "There is no file {path}")
_NAMES = 30
_SOON = 0.3
"""Seconds without a key after which the file is read."""


class FileDialog(Dialog["Result | None"], Generic[Look, Result]):
    """Shows what a file would do, as soon as one is named, and gives that back."""

    CSS_PATH = "file_dialog.tcss"
    AUTO_FOCUS = "#path"
    TITLE_TEXT: ClassVar[Text]
    HINT: ClassVar[Text]
    """Stands in the line of the file while it is empty."""
    WAITING: ClassVar[Text]
    """Said while no file is named."""
    NOT_YET: ClassVar[Text]
    """Said to somebody who takes what is not there yet."""
    ENDINGS: ClassVar[tuple[str, ...]]
    ASKED: ClassVar[Mapping[str, Text]]
    """What can be asked about a file, by name, and how it is called."""

    def __init__(self, path: str = "") -> None:
        """Make it.

        Args:
            path: what stands in the line at first.
        """
        super().__init__()
        self._path = path
        self.look: Look | None = None
        """What the file would do, once it was read."""
        self.due = False
        """Whether a file is about to be read."""
        self._said, self._wrong = self.WAITING, False

    # -- what every file has of its own ------------------------------------------------------------------------------

    def options(self) -> Mapping[str, Options]:
        """Return what can be chosen, by what is asked."""
        raise NotImplementedError

    async def look_at(self, path: Path) -> Look:
        """Read the file, as it is meant so far; nothing is written.

        Raises:
            UserError: when it cannot be read at all.
        """
        raise NotImplementedError

    def unclear(self, look: Look | None) -> frozenset[str]:
        """Return what has to be asked about a file; None: of one that is not read yet."""
        raise NotImplementedError

    def lines(self, look: Look) -> Iterable[tuple[Text, Text, str]]:
        """Return what the file would do: sign, sentence and style of every line."""
        raise NotImplementedError

    def result(self, look: Look) -> Result | None:
        """Return what is to be done; None while that cannot be."""
        raise NotImplementedError

    # -- what they share ---------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to take only what can be taken; what is about to be read may be."""
        del parameters
        return action != "take" or self.due or (self.look is not None and self.result(self.look) is not None)

    def body(self) -> Iterable[Widget]:
        """The file, how it is meant, what it would do."""
        with Form():
            yield Row("path", PathInput(id="path", endings=self.ENDINGS))
            for name in self.ASKED:
                yield Row(name, Choice())
        with VerticalScroll(id="preview-scroll", can_focus=False):
            yield Static(id="preview")

    def on_mount(self) -> None:
        """Ask only what is unclear."""
        super().on_mount()
        self._ask(None)
        self.query_one("#path", PathInput).propose(self._path)

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#title", self.TITLE_TEXT)
        for name, label in {"path": _PATH, **self.ASKED}.items():
            self.query_one(f"#{name}-row", Row).label(label.of(self.lang))
        self.query_one("#path", Input).placeholder = self.HINT.of(self.lang)
        for name, options in self.options().items():
            self.choice(name).offer([(value, text.of(self.lang)) for value, text in options])
        self._show()

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.call_after_refresh(self._show)

    def choice(self, name: str) -> Choice:
        """Return what is chosen about the file."""
        return self.query_one(f"#{name}", Choice)

    def _ask(self, look: Look | None) -> None:
        """Show the questions that the file raises; those once answered stay."""
        unclear = self.unclear(look)
        for name in self.ASKED:
            row, choice = self.query_one(f"#{name}-row", Row), self.choice(name)
            first = look is not None and name in unclear and not row.display
            row.display = name in unclear or bool(choice.value)
            if first and isinstance(self.focused, PathInput):
                self.call_after_refresh(self.set_focus, choice)

    def _show(self) -> None:
        said = [(same(""), self._said, "$error" if self._wrong else "")]
        told = said if self.look is None else self.lines(self.look)
        width = max(20, self.query_one("#preview-scroll").scrollable_content_region.width - 1)
        lines = [(sign.of(self.lang), text.of(self.lang), style) for sign, text, style in told]
        self.query_one("#preview", Static).update(laid_out(lines, width))
        self.refresh_bindings()

    @on(Input.Changed, "#path")
    def _other_file(self) -> None:
        self.look = None
        for name in set(self.ASKED) - self.unclear(None):  # what was said of one file is not meant for another
            self.choice(name).choose("")
        self._ask(None)
        self._look_soon()

    @on(Choice.Changed)
    def _other_way(self) -> None:
        self._look_soon()

    @on(Input.Submitted, "#path")
    def _entered(self) -> None:
        self._look_soon(now=True)

    def _look_soon(self, *, now: bool = False) -> None:
        self.look, self.due = None, True
        self.run_worker(self._read(0 if now else _SOON), exclusive=True, group="look")

    async def _read(self, wait: float) -> None:
        await asyncio.sleep(wait)
        line = self.query_one("#path", PathInput)
        path = line.path
        if path is None or not is_file(path):
            names = names_for(line.value, endings=self.ENDINGS)[:_NAMES]
            missing = _NO_FILE.format(path=str(path)) if path and not names else None
            self._say(missing or (same("\n".join(names)) if names else self.WAITING), wrong=missing is not None)
            return
        self._say(_READING, due=True)
        try:
            found = await self.look_at(path)
        except UserError as error:
            self._say(error.text, wrong=True)
            return
        self.look, self.due = found, False
        self._ask(found)
        self._show()
        self.query_one("#preview-scroll").scroll_home(animate=False)

    def _say(self, text: Text, *, wrong: bool = False, due: bool = False) -> None:
        self.look, self._said, self._wrong, self.due = None, text, wrong, due
        self._show()

    def action_read(self, pages: int) -> None:
        """Scroll the preview."""
        pane = self.query_one("#preview-scroll")
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    async def action_take(self) -> None:
        """Give back what the preview shows."""
        if self.look is None:
            await self._read(0)
        result = None if self.look is None else self.result(self.look)
        if result is None:
            self.tell(self.NOT_YET, error=True)
        else:
            self.dismiss(result)

    def action_leave(self) -> None:
        """Give back nothing."""
        self.dismiss(None)

"""Small questions over a page: a sentence, a path, a choice, yes or no; and problems to read through."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from checklists.text import Text, UserError
from tui.keys import key
from tui.plain import in_short, plain
from tui.screens.page import Dialog
from tui.widgets.finger_list import FingerList
from tui.widgets.line import arrived_at
from tui.widgets.path_input import PathInput, is_folder, names_for, shown_names

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from textual.binding import BindingType
    from textual.events import Key
    from textual.widget import Widget
    from textual.worker import Worker

_EMPTY = Text("请先填写", "Please fill this in")
_NO_FOLDER = Text("没有这个文件夹：{path}", "There is no such folder: {path}")
_NO_NAME = Text("这个路径不能用（{reason}）", "This path cannot be used ({reason})")
_NAMES = 40
"""Names that are listed below a path."""


class AskText(Dialog[str | None]):
    """Asks for one line; Enter takes it, Escape none."""

    CSS_PATH = "asking.tcss"
    AUTO_FOCUS = "#asked"
    ABOUT = Text("输入一行文字，回车确定。", "Type one line; Enter takes it.")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "take", "确定", "Take", show=True, priority=True),
        key("escape", "leave", "取消", "Cancel", show=True),
    ]

    def __init__(self, title: Text, hint: Text, value: str = "") -> None:
        super().__init__()
        self._title, self._hint, self._value = title, hint, value

    def body(self) -> Iterable[Widget]:
        """The line and what belongs in it."""
        yield Static(id="hint")
        yield Input(self._value, id="asked", compact=True)
        yield Static(id="wrong", classes="wrong")

    def relabel(self) -> None:
        """Say what is asked."""
        self.put("#title", self._title)
        self.put("#hint", self._hint)

    async def action_take(self) -> None:
        """Give back what was typed."""
        await arrived_at(self.query_one("#asked", Input))
        value = self.query_one("#asked", Input).value.strip()
        if value:
            self.dismiss(value)
        else:
            self.put("#wrong", _EMPTY)

    def action_leave(self) -> None:
        """Give back nothing."""
        self.dismiss(None)


class AskPath(Dialog[Path | None]):
    """Asks for a file or a folder; names are completed with Tab."""

    CSS_PATH = "asking.tcss"
    AUTO_FOCUS = "#path"
    ABOUT = Text(
        "输入路径：Tab 或 → 补全名称，回车确定。也可以把文件拖进终端窗口。",
        "Type a path: Tab or → completes names, Enter takes it. A file may be dropped into the terminal, too.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "take", "确定", "Take", show=True, priority=True),
        key("escape", "leave", "取消", "Cancel", show=True),
    ]

    def __init__(
        self,
        title: Text,
        hint: Text,
        value: str = "",
        *,
        folders: bool = False,
        endings: tuple[str, ...] = (),
        trying: Callable[[Path], Awaitable[object]] | None = None,
    ) -> None:
        """Make it.

        Args:
            title: what is asked.
            hint: what belongs in the line.
            value: what stands there at first, to go on from.
            folders: a folder is wanted.
            endings: of the files wanted.
            trying: done with the path before it is taken; where it raises a UserError, that is said beside the line.
        """
        super().__init__()
        self._title, self._hint, self._value = title, hint, value
        self._folders, self._endings, self._trying = folders, endings, trying
        self._tried: Worker[None] | None = None

    def body(self) -> Iterable[Widget]:
        """The line and the names that fit."""
        yield Static(id="hint")
        yield PathInput(id="path", folders=self._folders, endings=self._endings)
        yield Static(id="wrong", classes="wrong")
        with VerticalScroll(id="names-scroll", can_focus=False):
            yield Static(id="names", classes="muted")

    def relabel(self) -> None:
        """Say what is asked."""
        self.put("#title", self._title)
        self.put("#hint", self._hint)
        line = self.query_one("#path", PathInput)
        if self._value:
            line.propose(self._value)
            self._value = ""

    @on(Input.Changed, "#path")
    def _typed(self, event: Input.Changed) -> None:
        names = names_for(event.value, self._folders, self._endings)
        self.put("#names", shown_names(names[:_NAMES]))
        self.put("#wrong", "")

    async def action_take(self) -> None:
        """Give back the path."""
        await arrived_at(self.query_one("#path", Input))
        path = self.query_one("#path", PathInput).path
        if path is None:
            self.put("#wrong", _EMPTY)
        elif self._folders and not is_folder(path):
            self.put("#wrong", in_short(_NO_FOLDER.format(path=path)))
        elif self._tried is None or self._tried.is_finished:
            self._tried = self.run_worker(self._try(path))

    async def _try(self, path: Path) -> None:
        if self._trying is not None:
            try:
                await self._trying(path)
            except UserError as error:
                self.put("#wrong", in_short(error.text))
                return
            except OSError as error:  # no name that a file can have
                self.put("#wrong", _NO_NAME.format(reason=error.strerror or error))
                return
        self.dismiss(path)

    def action_leave(self) -> None:
        """Give back nothing."""
        self.dismiss(None)


class Pick(Dialog[str | None]):
    """Offers a few things; Enter takes the one marked, its key any."""

    CSS_PATH = "asking.tcss"
    AUTO_FOCUS = "#options"
    ABOUT = Text("用方向键选择，回车确定。", "Choose with the arrows, Enter takes it.")
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "take", "确定", "Take", show=True),
        key("escape", "leave", "取消", "Cancel", show=True),
    ]

    def __init__(self, title: Text, options: Sequence[tuple[str, Text]]) -> None:
        """Make it.

        Args:
            title: what is asked.
            options: what each gives back, and its words.
        """
        super().__init__()
        self._title, self._options = title, list(options)

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield FingerList(id="options", compact=True)

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#title", self._title)
        listed = self.query_one("#options", OptionList)
        here = listed.highlighted or 0
        listed.clear_options()
        listed.add_options([Option(plain(words.of(self.lang))) for _, words in self._options])
        listed.highlighted = min(here, len(self._options) - 1) if self._options else None

    @on(OptionList.OptionSelected, "#options")
    def action_take(self) -> None:
        """Give back what is marked."""
        place = self.query_one("#options", OptionList).highlighted
        self.dismiss(None if place is None else self._options[place][0])

    def on_key(self, event: Key) -> None:
        """Take an option by the key that its words begin with."""
        for value, words in self._options:
            if event.character and words.en.startswith(f"{event.character}  "):
                event.stop()
                self.dismiss(value)
                return

    def action_leave(self) -> None:
        """Give back nothing."""
        self.dismiss(None)


class Sure(Pick):
    """Asks before something is done; gives back "yes" or nothing.  Enter alone does nothing: that stands first."""

    def __init__(self, title: Text, yes: Text, no: Text) -> None:
        super().__init__(title, [("", no), ("yes", yes)])


class Reading(Dialog[None]):
    """Something to read through: what is wrong with a file, what is known of one."""

    CSS_PATH = "asking.tcss"
    AUTO_FOCUS = "#reading"
    ABOUT = Text("用方向键滚动，回车或 Esc 关闭。", "Scroll with the arrows; Enter or Escape closes.")
    BINDINGS: ClassVar[list[BindingType]] = [key("escape,enter,q", "leave", "关闭", "Close", show=True)]

    def __init__(self, title: Text, lines: Sequence[Text]) -> None:
        super().__init__()
        self._title, self._lines = title, list(lines)

    def body(self) -> Iterable[Widget]:
        """A text that scrolls."""
        with VerticalScroll(id="reading"):
            yield Static(id="text")

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#title", self._title)
        self.put("#text", "\n".join(line.of(self.lang) for line in self._lines))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

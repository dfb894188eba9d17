"""Reading KPI figures from a file: looked at first, asked where it is unclear, then all of it or nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from checklists.text import Text, UserError, joined, same
from tui.keys import key
from tui.kpi_import import How, Look, look
from tui.plain import plain
from tui.screens.page import Dialog
from tui.widgets.choice import Choice
from tui.widgets.form import Form, Row
from tui.widgets.path_input import PathInput, is_file, names_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from textual.binding import BindingType
    from textual.widget import Widget

_TITLE = Text("导入指标数据", "Read KPI figures")
_PATH, _SOURCE = Text("文件", "File"), Text("来源", "Source")
_PERCENT, _YEAR = Text("百分数", "Percentages"), Text("最后月份年份", "Year, last month")
_PATH_HINT = Text(".xlsx 或 .csv：Tab 补全", ".xlsx or .csv: Tab completes")
_PERCENTS = (
    ("", Text("未定", "undecided")),
    ("points", Text("93 即 93 %", "93 is 93 %")),
    ("fraction", Text("0.93 即 93 %", "0.93 is 93 %")),
)
_UNSAID = Text("未定", "undecided")
_OF_YEAR = Text("{year} 年", "{year}")
_SOURCES = (
    ("stated", Text("经销商提供", "stated by the dealership")),
    ("seen", Text("系统中看到", "seen in the system")),
    ("recomputed", Text("评估员复算", "recomputed")),
)
_WAITING = Text(
    "给出文件后，这里逐格列出将要改动的数据和读不出的地方",
    "Give the file: what it changes and what cannot be read is listed here",
)
_READING = Text("正在读取……", "Reading ...")
_NOT_YET = Text("还没有可以录入的数据", "There is nothing yet that can be recorded")
_NO_FILE = Text("找不到文件 {path}", "There is no file {path}")
_ENDINGS = (".xlsx", ".xlsm", ".csv")
_NAMES = 30
_MOST_LINES = 2_000
_SOON = 0.3
"""Seconds without a key after which the file is read."""


class KpiImportDialog(Dialog[Look | None]):
    """Gives back the figures to be recorded."""

    CSS_PATH = "kpi_import.tcss"
    AUTO_FOCUS = "#path"
    ABOUT = Text(
        "给出填好的数据表或经销商自己的表，看过预览后按 F10 全部录入。有一处读不出就不录入任何数据；"
        "百分数写法或年份不明时，用左右键选择。",
        "Give the filled sheet or the dealership's own, look at the preview, then F10 records all of it. While "
        "anything cannot be read nothing is recorded; where percentages or years are unclear, choose with ← and →.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f10,ctrl+s", "take", "全部录入", "Record all", show=True, priority=True),
        key("pagedown", "read(1)", "预览下翻", "Preview down", show=True, priority=True),
        key("pageup", "read(-1)", "预览上翻", "Preview up", priority=True),
        key("escape", "leave", "取消", "Cancel", show=True, priority=True),
    ]

    def __init__(self, year: int, path: str = "") -> None:
        """Make it.

        Args:
            year: of the audit; it and the one before are offered.
            path: what stands in the line at first.
        """
        super().__init__()
        self._years = (year, year - 1)
        self._path = path
        self._look: Look | None = None
        self._due = False
        """Whether the file is about to be read."""
        self._said: Text = _WAITING
        self._wrong = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to record only what can be recorded; what is about to be read may be."""
        del parameters
        return action != "take" or self._due or bool(self._look and self._look.given)

    def body(self) -> Iterable[Widget]:
        """The file, how it is meant, what it would do."""
        with Form():
            yield Row("path", PathInput(id="path", endings=_ENDINGS))
            yield Row("source", Choice())
            yield Row("percent", Choice())
            yield Row("year", Choice())
        with VerticalScroll(id="preview-scroll", can_focus=False):
            yield Static(id="preview")

    def on_mount(self) -> None:
        """Ask only what is unclear."""
        self._ask(percent=False, year=False)
        line = self.query_one("#path", PathInput)
        line.propose(self._path)

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#title", _TITLE)
        for name, label in (("path", _PATH), ("source", _SOURCE), ("percent", _PERCENT), ("year", _YEAR)):
            self.query_one(f"#{name}-row", Row).label(label.of(self.lang))
        self.query_one("#path", Input).placeholder = _PATH_HINT.of(self.lang)
        years = [("", _UNSAID), *((str(year), _OF_YEAR.format(year=str(year))) for year in self._years)]
        for name, options in (("source", _SOURCES), ("percent", _PERCENTS), ("year", years)):
            self._choice(name).offer([(value, text.of(self.lang)) for value, text in options])
        self._show()

    def _choice(self, name: str) -> Choice:
        return self.query_one(f"#{name}", Choice)

    def _ask(self, *, percent: bool, year: bool) -> None:
        """Show the questions that the file raises; those once answered stay."""
        for name, unclear in (("percent", percent), ("year", year)):
            row, choice = self.query_one(f"#{name}-row", Row), self._choice(name)
            first = unclear and not row.display
            row.display = unclear or bool(choice.value)
            if first and isinstance(self.focused, PathInput):
                self.call_after_refresh(self.set_focus, choice)

    def _show(self) -> None:
        preview = self.query_one("#preview", Static)
        text = self._said if self._look is None else joined(list(self._look.lines[:_MOST_LINES]), zh="\n", en="\n")
        preview.set_class(self._wrong, "wrong")
        preview.update(plain(text.of(self.lang)))
        self.refresh_bindings()

    # -- looking -----------------------------------------------------------------------------------------------------

    @on(Input.Changed, "#path")
    def _other_file(self) -> None:
        self._choice("percent").choose("")
        self._choice("year").choose("")
        self._ask(percent=False, year=False)
        self._look_soon()

    @on(Choice.Changed)
    def _other_way(self) -> None:
        self._look_soon()

    @on(Input.Submitted, "#path")
    def _entered(self) -> None:
        self._look_soon(now=True)

    def _look_soon(self, *, now: bool = False) -> None:
        self._look, self._due = None, True
        self.run_worker(self._read(0 if now else _SOON), exclusive=True, group="look")

    async def _read(self, wait: float) -> None:
        await asyncio.sleep(wait)
        line = self.query_one("#path", PathInput)
        if line.path is None or not is_file(line.path):
            names = names_for(line.value, endings=_ENDINGS)[:_NAMES]
            missing = _NO_FILE.format(path=str(line.path)) if line.path and not names else None
            self._say(missing or (same("\n".join(names)) if names else _WAITING), wrong=missing is not None)
            return
        self._say(_READING, due=True)
        how = self._how(line.path)
        try:
            found = await self.desk_app.desk.at(lambda session: look(session, how))
        except UserError as error:
            self._say(error.text, wrong=True)
            return
        self._look, self._wrong, self._due = found, not found.given, False
        self._ask(percent=found.ask_percent, year=found.ask_year)
        self._show()
        self.query_one("#preview-scroll").scroll_home(animate=False)

    def _how(self, path: Path) -> How:
        year = self._choice("year").value
        percent = self._choice("percent").value
        return How(str(path), percent, int(year) if year else None, self._choice("source").value or "stated")  # type: ignore[arg-type]

    def _say(self, text: Text, *, wrong: bool = False, due: bool = False) -> None:
        self._look, self._said, self._wrong, self._due = None, text, wrong, due
        self._show()

    def action_read(self, pages: int) -> None:
        """Scroll the preview."""
        pane = self.query_one("#preview-scroll")
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    # -- the end -----------------------------------------------------------------------------------------------------

    async def action_take(self) -> None:
        """Give back what the preview shows."""
        if self._look is None:
            await self._read(0)
        if self._look is None or not self._look.given:
            self.tell(_NOT_YET, error=True)
        else:
            self.dismiss(self._look)

    def action_leave(self) -> None:
        """Give back nothing."""
        self.dismiss(None)

"""Reading KPI figures from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from checklists.text import Text, same
from tui.keys import key
from tui.kpi_import import How, Look, look
from tui.screens.file_dialog import FileDialog

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from textual.binding import BindingType

    from tui.screens.file_dialog import Options

_TITLE = Text("导入指标数据", "Read KPI figures")
_SOURCE = Text("来源", "Source")
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
_NOT_YET = Text("还没有可以录入的数据", "There is nothing yet that can be recorded")
_ENDINGS = (".xlsx", ".xlsm", ".csv")
_MOST_LINES = 2_000


class KpiImportDialog(FileDialog[Look, Look]):
    """Gives back the figures to be recorded."""

    TITLE_TEXT, HINT, WAITING, NOT_YET = _TITLE, _PATH_HINT, _WAITING, _NOT_YET
    ENDINGS = _ENDINGS
    ASKED: ClassVar = {"source": _SOURCE, "percent": _PERCENT, "year": _YEAR}
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
        super().__init__(path)
        self._years = (year, year - 1)

    def options(self) -> Mapping[str, Options]:
        """Return where figures come from, how percentages are meant, and the years."""
        years = [("", _UNSAID), *((str(year), _OF_YEAR.format(year=str(year))) for year in self._years)]
        return {"source": _SOURCES, "percent": _PERCENTS, "year": years}

    async def look_at(self, path: Path) -> Look:
        """Read the file."""
        year, percent, source = (self.choice(name).value for name in ("year", "percent", "source"))
        how = How(str(path), percent, int(year) if year else None, source or "stated")  # type: ignore[arg-type]
        return await self.desk_app.desk.at(lambda session: look(session, how))

    def unclear(self, look: Look | None) -> frozenset[str]:
        """Ask where the figures come from, and what the file leaves open."""
        raised = {"percent": look.ask_percent, "year": look.ask_year} if look is not None else {}
        return frozenset({"source", *(name for name, unclear in raised.items() if unclear)})

    def lines(self, look: Look) -> Iterable[tuple[Text, Text, str]]:
        """Return the figures that would change, or what cannot be read."""
        return [(same(""), line, "" if look.given else "$error") for line in look.lines[:_MOST_LINES]]

    def result(self, look: Look) -> Look | None:
        """Return what is to be recorded."""
        return look if look.given else None

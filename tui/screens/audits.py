"""All audits: find one by typing, begin one, open one, report."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import DataTable, Input, Static

from checklists.text import Text
from tui.keys import key
from tui.plain import plain_cell
from tui.screens.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from audit.summary import AuditSummary
    from tui.desk import Books

_TITLE = Text("评估列表", "Audits")
_OPENING = Text("正在打开……", "Opening ...")
_EMPTY = Text(
    "还没有评估。\n\n按 n 新建评估；\n按 d 载入样例，看看一次完整的评估是什么样子。",
    "No audits yet.\n\nPress n to begin one;\npress d to load the sample and see what a whole audit looks like.",
)
_FILTER = Text("输入经销商、编号或日期查找", "Type a dealership, a reference or a date")
_COLUMNS = (
    ("ref", Text("编号", "Ref"), 18),
    ("dealer", Text("经销商", "Dealership"), 28),
    ("kind", Text("类型", "Kind"), 10),
    ("progress", Text("进度", "Done"), 9),
    ("status", Text("状态", "Status"), 8),
)
_COUNT = Text("{shown} / {all} 次评估", "{shown} of {all} audits")


class AuditsPage(Page):
    """The list, with a line to search in."""

    CSS_PATH = "audits.tcss"
    AUTO_FOCUS = "#audits"
    ABOUT = Text(
        "所有评估。直接输入文字即可查找，回车打开所选的评估。",
        "All audits. Type to search, Enter opens the one marked.",
    )
    BINDINGS: ClassVar = [
        key("enter", "open", "打开", "Open", show=True),
        key("slash", "search", "查找", "Find", show=True),
        key("escape", "clear", "清除查找", "Clear the search"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._audits: Sequence[AuditSummary] | None = None

    def body(self) -> Iterable[Widget]:
        """A line to search in, the list, and what to do when it is empty."""
        yield Input(id="search", compact=True)
        yield DataTable(id="audits", cursor_type="row", zebra_stripes=True)
        yield Static(id="empty")

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#context", _TITLE)
        self.query_one("#search", Input).placeholder = _FILTER.of(self.lang)
        self._fill()

    def on_mount(self) -> None:
        """Read the audits once the first paint is done."""
        super().on_mount()
        self.call_after_refresh(self.load)

    async def load(self) -> None:
        """Read the audits anew."""
        found = await self.try_do(_all)
        if found is not None:
            self._audits = found
            self._fill()

    def _fill(self) -> None:
        table = self.query_one("#audits", DataTable)
        table.clear(columns=True)
        for name, head, width in _COLUMNS:
            table.add_column(plain_cell(head.of(self.lang)), width=width, key=name)
        audits = self._audits
        self.query_one("#empty").display = not audits
        table.display = bool(audits)
        if not audits:
            self.put("#empty", _EMPTY if audits is not None else _OPENING)
            self.put("#state", "")
            return
        wanted = self.query_one("#search", Input).value.casefold().split()
        matching = [audit for audit in audits if all(word in _words(audit) for word in wanted)]
        for audit in matching:
            counts = audit.scorecard.total.counts
            done = f"{audit_items(audit) - counts.open}/{audit_items(audit)}"
            cells = [audit.ref, audit.dealer.of(self.lang), audit.kind_name.of(self.lang), done, audit.status.value]
            table.add_row(*[plain_cell(cell) for cell in cells], key=audit.ref)
        self.put("#state", _COUNT.format(shown=len(matching), all=len(audits)))

    @on(Input.Changed, "#search")
    def _searched(self) -> None:
        self._fill()

    def action_search(self) -> None:
        """Type what to look for."""
        self.query_one("#search").focus()

    def action_clear(self) -> None:
        """Show everything again."""
        self.query_one("#search", Input).value = ""
        self.query_one("#audits").focus()


def audit_items(audit: AuditSummary) -> int:
    """Return how many items an audit asks."""
    return len(list(audit.scorecard.items))


def _words(audit: AuditSummary) -> str:
    return f"{audit.ref} {audit.dealer.zh} {audit.dealer.en} {audit.city} {audit.date}".casefold()


def _all(books: Books) -> list[AuditSummary]:
    from tui.audit_tables import readable_audits

    return readable_audits(books.store)[0]

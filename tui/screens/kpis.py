"""KPIs: the catalogue by category, and the figures of one as a grid to type in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import DataTable, Static

from checklists.text import Text, same
from tui.kpi_lines import category_text, kpi_lines, mark_of, share_text
from tui.kpi_view import first_empty, sheet_of, told, unit_at
from tui.screens.kpi_asked import SOURCE_NAMES
from tui.screens.kpi_typing import KpiTyping
from tui.screens.score_text import laid_out
from tui.screens.sheet_page import NO_AUDIT
from tui.widgets.ask_box import AskBox
from tui.widgets.grid import Grid
from tui.widgets.kpi_grid import KpiGrid
from tui.widgets.kpi_table import KpiTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from audit.kpi import KpiReport
    from tui.widgets.touch import Touch

_TITLE = Text("指标  {ref}", "KPIs  {ref}")
_ONE = Text("{id} {name}  {mark} {status}  数据 {done}/{wanted}", "{id} {name}  {mark} {status}  data {done}/{wanted}")
_NO_KPIS = Text("评估表没有为这些部门定义指标", "The checklist defines no KPIs for these departments")
_ALL = Text("全部数据", "All figures")
_SOURCE = Text("录入来源：{source}", "typed as: {source}")
_ALL_RECORDED = Text("每个指标都已收集", "Every KPI is recorded")
_ALL_FILLED = Text("这个指标没有空格了", "Nothing is empty in this KPI")
_NO_ITEM = Text("没有检查项用到 {kpi}", "No item names {kpi}")


class KpisPage(KpiTyping):
    """The list, then the months of one KPI."""

    CSS_PATH = "kpis.tcss"
    AUTO_FOCUS = "#kpis"
    ABOUT = Text(
        "指标：✓ 达标  ~ 合格未达目标  ✗ 未达标或无法统计  ! 冲突  . 未收集。回车打开，直接输入数值，"
        "回车保存并到下个月；n 无数据（按原因的数字即记录）。"
        "Tab 更换来源：提供、看到、复算；s 把已有的数按所选来源确认。i 导入，e 导出数据表。",
        "KPIs: ✓ met, ~ passed, below target, ✗ missed or not to be shown, ! conflict, . not recorded. Enter opens "
        "one; type a figure, Enter saves it and goes to the next month; n where there is none (a cause's digit records "
        "it). Tab changes the source: stated, seen, recomputed; s confirms the figure that stands as one of that "
        "source. i reads a file, e writes the sheet to fill in.",
    )
    _PANES: ClassVar = ("#kpis", "#grid")

    def __init__(self) -> None:
        super().__init__()
        self._report: KpiReport | None = None
        self._stale = True
        """Whether the catalogue shows an earlier state; it is painted anew when one goes back to it."""

    def body(self) -> Iterable[Widget]:
        """The catalogue or the grid, what is known of the line one stands on, the line to type in."""
        yield KpiTable(id="kpis")
        yield KpiGrid(id="grid")
        with VerticalScroll(id="told-scroll", can_focus=False):
            yield Static(id="told")
        yield AskBox(id="ask")

    # -- showing -----------------------------------------------------------------------------------------------------

    def repaint(self) -> None:
        """Show the catalogue, or the KPI that is open."""
        from audit.kpi import kpi_report

        seen = self.shown_audit()
        if seen is None:
            return
        self._report = kpi_report(seen.checklist, seen.state)
        self._stale = True
        wanted, self.desk_app.wanted_kpi = self.desk_app.wanted_kpi, None
        if wanted is not None:
            self._open_kpi(wanted)
        else:
            self._find()
            self._swap()

    def begin_anew(self) -> None:
        """Show the catalogue, and ask nothing."""
        self._kpi = self._asked = None

    def show_nothing(self) -> None:
        """Say that no audit is open."""
        self.put("#context", _TITLE.format(ref=""))
        self.put("#told", NO_AUDIT)

    def _find(self) -> None:
        kpis = self._report.kpis if self._report else ()
        self._result = next((result for result in kpis if result.id == self._kpi), None)
        self._kpi = self._result.id if self._result else None

    def _swap(self) -> None:
        """Show the list or the grid, and give it the keys."""
        one = self._result is not None
        self.query_one("#kpis").display, self.query_one("#grid").display = not one, one
        self.query_one("#told-scroll").set_class(one, "-one")
        if not one and self._stale and self._report is not None:
            self._stale = False
            lines = kpi_lines(self.seen.checklist, self._report, self.lang)
            self.query_one(KpiTable).show(lines, self.lang, self.size.width)
        if self._asked is None:
            self.set_focus(self.query_one("#grid" if one else "#kpis"))
        if self._result is not None:
            grid = self.query_one(KpiGrid)
            grid.sheet = sheet_of(self._result, self.lang)
            grid.styles.max_height = grid.whole_height
            grid.go(grid.row, grid.column)
        self.stay()

    def stay(self) -> None:
        """Show what is known of the line or the cell under the cursor, and where typing goes."""
        seen = self.desk_app.desk.seen
        if seen is None or self._report is None:
            return
        result, spot = self._result, self.spot()
        self.query_one("#told-scroll").display = self._asked is None or result is None
        if self._asked is not None and not self._asked.why:
            self.query_one(AskBox).retitle(self.title_of(self._asked))
        if result is None:
            self._show_line()
        else:
            name, status = result.kpi.name, result.words
            facts = {"id": result.id, "mark": mark_of(result)[0], "done": result.collected, "wanted": result.wanted}
            self.put("#context", _ONE.format(name=name, status=status, **facts))
            self._tell(told(seen.checklist, seen.state, result, spot))
            self.put_state([self._last, _SOURCE.format(source=SOURCE_NAMES[self._source])])
        self.refresh_bindings()

    def _show_line(self) -> None:
        """Show what is known of the KPI or the category under the cursor, and how complete the data are."""
        report, seen = self._report, self.seen
        line = self.query_one(KpiTable).here
        self.put("#context", _TITLE.format(ref=self._ref))
        if report is None or line is None:
            self.put("#told", _NO_KPIS)
            self.put("#state", self._last or "")
            return
        result = None if line.heading else next(found for found in report.kpis if found.id == line.id)
        if result is None:
            self._tell([(same(""), category_text(seen.checklist, report, line.id), "")])
        else:
            name = (same(""), Text("{id} {name}", "{id} {name}").format(id=result.id, name=result.kpi.name), "bold")
            self._tell([name, *told(seen.checklist, seen.state, result, None)])
        category = seen.checklist.kpi_categories[line.id if result is None else result.kpi.category]
        department = seen.checklist.department(category.department)
        shares = [share_text(_ALL, report.whole)]
        scope = seen.state.departments
        in_scope = not scope or category.department in scope  # another one's KPI may answer an item in scope
        if department is not None and department.id in report.departments and in_scope:
            shares.append(share_text(department.name, report.departments[department.id]))
        own_id = line.id if result is None else result.kpi.category
        shares.append(share_text(category.name, report.categories[own_id]))
        self.put_state([self._last, *shares])

    def _tell(self, paragraphs: Iterable[tuple[Text, Text, str]]) -> None:
        pane = self.query_one("#told-scroll")
        lines = [(label.of(self.lang), text.of(self.lang), style) for label, text, style in paragraphs]
        self.query_one("#told", Static).update(laid_out(lines, max(20, (pane.size.width or self.size.width) - 3)))
        pane.scroll_home(animate=False)

    @on(Grid.Moved)
    def _moved(self) -> None:
        self.stay()

    @on(DataTable.RowHighlighted)
    def _line_marked(self) -> None:
        if self._result is None:
            self.stay()

    def touch(self) -> Sequence[Sequence[Touch]]:
        """Return what is touched: on a grid, what a figure is typed with, too."""
        from tui.widgets.touch import BACK, Touch, digits

        options, keys = super().touch()
        asked = self._asked
        if (asked is not None and asked.why) or self.spot() is None or self._result is None:
            return options, keys
        share = asked is not None and unit_at(self._result.kpi, asked.spot).en == "%"
        return options, [*digits(".-"), BACK], [*([Touch("%", same("%"))] if share else []), *keys]

    # -- going about -------------------------------------------------------------------------------------------------

    @on(DataTable.RowSelected)
    def action_open(self) -> None:
        """Open the KPI under the cursor; of a category the first."""
        line = self.query_one(KpiTable).here
        if line is None or self._report is None:
            return
        if line.heading:
            own_id = next(result.id for result in self._report.kpis if result.kpi.category == line.id)
        else:
            own_id = line.id
        self._open_kpi(own_id)

    def _open_kpi(self, own_id: str) -> None:
        self._kpi, self._last = own_id, None
        self._find()
        self._swap()
        if self._result is not None:
            self.query_one(KpiGrid).go(*first_empty(self._result))

    def action_catalogue(self) -> None:
        """Go back to the catalogue, to the KPI that was open."""
        before = self._kpi
        self._kpi, self._last = None, None
        self._find()
        self._swap()
        if before is not None:
            self.query_one(KpiTable).stand_on(before)

    def action_other(self, by: int) -> None:
        """Open the next KPI, or the one before."""
        ids = [result.id for result in self._report.kpis] if self._report else []
        if self._kpi in ids:
            self._open_kpi(ids[(ids.index(self._kpi) + by) % len(ids)])

    def action_open_cell(self) -> None:
        """Go to the next empty cell, or the next KPI that nothing is recorded of."""
        if self._result is not None:
            place = first_empty(self._result)
            self.query_one(KpiGrid).go(*place)
            if all(series.collected == len(series.months) for series in self._result.series):
                self.tell(_ALL_FILLED)
            return
        table = self.query_one(KpiTable)
        kpis = self._report.kpis if self._report else ()
        missing = {result.id for result in kpis if not result.recorded and not result.conflicts}
        ids = [line.id for line in table.lines if not line.heading]
        at = ids.index(table.here.id) + 1 if table.here is not None and table.here.id in ids else 0
        found = next((own_id for own_id in [*ids[at:], *ids[:at]] if own_id in missing), None)
        if found is None:
            self.tell(_ALL_RECORDED)
        else:
            table.stand_on(found)

    async def action_go_item(self) -> None:
        """Go to the item that names the KPI."""
        from audit.kpi_findings import asking

        line = self.query_one(KpiTable).here
        own_id = self._kpi or (line.id if line is not None and not line.heading else "")
        scope = {item.item.id for item in self.seen.scorecard.items}
        items = [item for item in asking(self.seen.checklist, own_id) if item in scope]
        if not items:
            self.tell(_NO_ITEM.format(kpi=own_id))
            return
        self.desk_app.wanted_item = items[0]
        await self.desk_app.action_page("score")

    def action_read(self, lines: int) -> None:
        """Scroll the text below."""
        self.query_one("#told-scroll").scroll_relative(y=2 * lines, animate=False)

"""Typing figures on the KPI page: one line, read as the command line reads it, and why where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from checklists.text import Text, UserError
from tui.keys import key
from tui.kpi_view import figure_at, next_spot, place_of, spots, unit_at, wanted
from tui.screens.kpi_asked import SOURCE_NAMES, SOURCES, Asked, record_figure
from tui.screens.kpi_files import KpiFiles
from tui.widgets.ask import Ask
from tui.widgets.ask_box import AskBox
from tui.widgets.grid import Grid
from tui.widgets.kpi_grid import KpiGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from audit.journal import Entry
    from audit.kpi import KpiResult
    from audit.session import AuditSession
    from tui.kpi_view import Spot

_FIGURE = Text("{kpi} {name}{unit} · {source}", "{kpi} {name}{unit} · {source}")
_LINE = Text("数值，或“无”；回车保存，Tab 换来源", "a figure, or NA; Enter saves, Tab changes the source")
_WHY = Text("{kpi} {name} 为什么没有？按数字即记录", "{kpi} {name}: why is there none? A digit records it")
_NOT_WANTED = Text("这一格不收数据", "This figure is not asked for")
_NOTHING_HERE = Text("这一格还没有数据", "There is no figure here yet")
_WROTE = Text("{kpi} {name} {value}", "{kpi} {name} {value}")
_UNDONE, _REDONE = Text("已撤销：{what}", "undone: {what}"), Text("已重做：{what}", "done again: {what}")
_PLACE = Text("{kpi} {name}", "{kpi} {name}")
_LACKING = "NA"


class KpiTyping(KpiFiles):
    """The part of the KPI page that writes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "asked", "保存", "Save", show=True, priority=True),
        key("tab", "source", "来源", "Source", show=True, priority=True),
        key("escape", "unasked", "先放着", "Not now", show=True, priority=True),
        key("up", "cause_move(-1)", "上一条原因", "Cause above", priority=True),
        key("down", "cause_move(1)", "下一条原因", "Cause below", priority=True),
        *[key(str(n), f"cause({n})", "选原因", "Pick a cause", priority=True) for n in range(1, 10)],
    ]
    _OF_THE_LINE: ClassVar = {"asked", "unasked", "cause", "cause_move"}

    def __init__(self) -> None:
        super().__init__()
        self._kpi: str | None = None
        self._result: KpiResult | None = None
        self._asked: Asked | None = None
        self._source = "stated"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep the keys of the line for when it is open, and the others for when it is not."""
        del parameters
        if action in {"cause", "cause_move"}:
            return self._asked is not None and self._asked.why
        if action in self._OF_THE_LINE:
            return self._asked is not None
        if action == "source":
            return self._kpi is not None and not (self._asked and self._asked.why)
        return True

    def keep_typed(self) -> None:
        """Keep what is being typed."""
        self.query_one(AskBox).keep()

    def stay(self) -> None:
        """Show what is known of the cell under the cursor, and where typing goes."""
        raise NotImplementedError

    def spot(self) -> Spot | None:
        """Return the cell under the cursor."""
        if self._result is None:
            return None
        grid, rows = self.query_one(KpiGrid), spots(self._result)
        row = rows[min(grid.row, len(rows) - 1)]
        return row[min(grid.column, len(row) - 1)]

    # -- typing ------------------------------------------------------------------------------------------------------

    def action_type(self, character: str) -> None:
        """Begin a figure with the character typed."""
        self._open(character, begun=True)

    @on(Grid.Chosen)
    def action_edit(self) -> None:
        """Write the figure under the cursor, or write it anew."""
        from checklists.points import plain

        spot = self.spot()
        if self._asked is not None:
            self.app.call_later(self._cell_left)  # as below
        elif spot is not None and self._result is not None:
            value = figure_at(self._result, spot).value
            sign = "%" if unit_at(self._result.kpi, spot).en == "%" else ""
            self._open("" if value is None else plain(value) + sign)

    def action_lacking(self) -> None:
        """Record that there is no such figure."""
        spot = self._usable()
        if spot is not None and self._kpi is not None:
            self._ask_why(Asked(self._kpi, spot, why=True))

    def _usable(self) -> Spot | None:
        spot = self.spot()
        if spot is None or self._result is None or self.refused_as_signed():
            return None
        if not wanted(self._result, spot):
            self.tell(_NOT_WANTED)
            return None
        return spot

    def _open(self, text: str, *, begun: bool = False) -> None:
        spot = self._usable()
        if spot is None or self._kpi is None:
            return
        self._asked = Asked(self._kpi, spot)
        stands = "" if self._result is None else str(figure_at(self._result, spot).value)
        box = self.query_one(AskBox)
        draft = self.desk_app.drafts.of(self.seen.own_id, f"kpis/{self._kpi}/{spot.series}/{spot.month}", stands)
        box.open(Ask("figure", self.title_of(self._asked), text=text, hint=_LINE), self.lang, draft, begun=begun)
        self.set_focus(box.query_one("#ask-line"))
        self.stay()

    def title_of(self, asked: Asked) -> Text:
        """Name the cell that is written to, wherever the cursor stands meanwhile."""
        kpi = self.seen.checklist.kpis[asked.kpi]
        unit = unit_at(kpi, asked.spot)
        shown = Text("（{unit}）", " ({unit})").format(unit=unit) if unit.en else Text("", "")
        facts = {"name": asked.spot.named(kpi), "unit": shown, "source": SOURCE_NAMES[self._source]}
        return _FIGURE.format(kpi=asked.kpi, **facts)

    def _ask_why(self, asked: Asked) -> None:
        from audit.answers import CAUSES

        self._asked = asked
        name = asked.spot.named(self.seen.checklist.kpis[asked.kpi])
        ask = Ask("why", _WHY.format(kpi=asked.kpi, name=name), tuple(CAUSES.values()), typed=False)
        self.set_focus(None)
        self.query_one(AskBox).open(ask, self.lang)
        self.stay()

    async def action_asked(self) -> None:
        """Save what the line says and go on."""
        box, asked = self.query_one(AskBox), self._asked
        if asked is None:
            return
        if asked.why:
            if box.highlighted:
                await self.action_cause(box.highlighted)
        elif await self._taken(asked):
            self._leave(on=True)

    async def _taken(self, asked: Asked) -> bool:
        """Save what the line says; returns whether nothing is left to ask."""
        from reports.kpi_figures import is_not_there

        box = self.query_one(AskBox)
        await box.drained()
        lacking = is_not_there(box.text)
        if box.text and not lacking and not await self._write(asked, box.text, ""):
            return False
        box.drop()
        if lacking:
            self._ask_why(Asked(asked.kpi, asked.spot, why=True))
        return not lacking

    @on(Grid.Touched)
    def _touched(self) -> None:
        # In the queue of the application, where the keys are: one after the other.
        self.app.call_later(self._cell_left)

    async def _cell_left(self) -> None:
        """Save what stands in the line as another cell is gone to, as Enter does; where that cannot be, stay."""
        asked, grid, box = self._asked, self.query_one(KpiGrid), self.query_one(AskBox)
        if asked is None or self.spot() == asked.spot:
            return
        there = grid.row, grid.column
        await box.drained()
        if asked.why or not box.changed or await self._taken(asked):
            self._leave(on=False)
            grid.go(*there)
        else:
            grid.go(*self._place(asked.spot))

    async def action_cause(self, number: int) -> None:
        """Record that there is none, for this reason."""
        from audit.answers import CAUSES

        causes = list(CAUSES)
        if (
            self._asked is not None
            and number <= len(causes)
            and await self._write(self._asked, _LACKING, causes[number - 1])
        ):
            self._leave(on=True)

    @on(AskBox.Digit)
    @on(AskBox.Clicked)
    async def _picked(self, event: AskBox.Digit | AskBox.Clicked) -> None:
        await self.action_cause(event.number)

    def action_cause_move(self, by: int) -> None:
        """Go up or down the causes."""
        self.query_one(AskBox).move(by)

    def action_unasked(self) -> None:
        """Leave the line without writing anything; what was typed waits for the next time."""
        self._leave(on=False)

    def _leave(self, *, on: bool) -> None:
        asked, self._asked = self._asked, None
        self.query_one(AskBox).close()
        grid = self.query_one(KpiGrid)
        self.set_focus(grid)
        if on and self._result is not None:
            grid.go(*next_spot(self._result, self._place(asked.spot) if asked else (grid.row, grid.column)))
        self.stay()

    def _place(self, spot: Spot) -> tuple[int, int]:
        """Return the row and the column of a cell; the first one's where it is not in view."""
        rows = spots(self._result) if self._result is not None else []
        return next(((row, cells.index(spot)) for row, cells in enumerate(rows) if spot in cells), (0, 0))

    async def _write(self, asked: Asked, typed: str, cause: str) -> bool:
        source, box = self._source, self.query_one(AskBox)
        try:
            done = await self.desk_app.desk.at(lambda session: record_figure(session, asked, typed, source, cause))
        except UserError as error:
            if box.line is None:
                self.tell(error.text, error=True)
            else:
                box.blame(error.text)  # where the eyes are
            return False
        name = asked.spot.named(self.seen.checklist.kpis[asked.kpi])
        self.saved(_WROTE.format(kpi=asked.kpi, name=name, value=done))
        return True

    # -- where figures come from -------------------------------------------------------------------------------------

    def action_source(self) -> None:
        """Take the next of the three sources for what is typed from now on."""
        self._source = SOURCES[(SOURCES.index(self._source) + 1) % len(SOURCES)]
        self._last = None  # there may be room for one of the two only
        self.stay()

    async def action_confirm(self) -> None:
        """Take the figure under the cursor over as one of the source chosen, and go on."""
        from checklists.points import plain

        spot = self._usable()
        if spot is None or self._result is None or self._kpi is None:
            return
        used = figure_at(self._result, spot).used
        if used is None:
            self.tell(_NOTHING_HERE)
            return
        typed, cause = (_LACKING, used.cause) if used.value is None else (plain(used.value), "")
        if used.value is not None and unit_at(self._result.kpi, spot).en == "%":
            typed += "%"
        if used.value is None and not cause:
            self._ask_why(Asked(self._kpi, spot, why=True))
        elif await self._write(Asked(self._kpi, spot), typed, cause):
            self._leave(on=True)

    # -- back and forth ----------------------------------------------------------------------------------------------

    async def action_undo(self) -> None:
        """Take back the last thing written in this audit."""
        await self._turn(lambda session: session.undo(), _UNDONE)

    async def action_redo(self) -> None:
        """Do again what was taken back."""
        await self._turn(lambda session: session.redo(), _REDONE)

    async def _turn(self, turn: Callable[[AuditSession], Entry], told: Text) -> None:
        entry = await self.try_at(turn)
        if entry is None:
            return
        place = place_of(entry.slot)
        if place is None or place[0] not in self.seen.checklist.kpis:
            self.saved(told.format(what=entry.slot.partition(":")[2] or entry.slot))
            return
        kpi, spot = place
        self.saved(told.format(what=_PLACE.format(kpi=kpi, name=spot.named(self.seen.checklist.kpis[kpi]))))
        if self._result is not None and kpi == self._kpi:
            self.query_one(KpiGrid).go(*self._place(spot))

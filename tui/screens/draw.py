"""Drawing a sample: from a file, from pasted numbers or from a range, looked at before it is frozen."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from checklists.text import Text, UserError, joined, same
from tui.drafts import named_unsaved
from tui.keys import key
from tui.plain import plain
from tui.screens import draw_words as words
from tui.screens.asking import Pick
from tui.screens.draw_draft import WAY, give_back, given_in
from tui.screens.draw_ways import WAYS, Ways
from tui.screens.page import Dialog
from tui.widgets.finger_list import FingerList
from tui.widgets.path_input import PathInput, as_path, is_file, names_for, shown_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget

    from audit.drawing import Population
    from checklists.model import SampleSet
    from tui.drafts import Draft

_FIELDS = {"file": "#path", "paste": "#numbers", "range": "#range"}
_ENDINGS, _NAMES = (".xlsx", ".xlsm", ".csv", ".txt"), 30
_SOON = 0.3
"""Seconds without a key after which the preview is made."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a set is to be drawn from."""

    whole: Population
    seed: str


class DrawDialog(Dialog[Drawing | None]):
    """Shows what would be drawn; once drawn it is frozen, until then the list that was given is kept."""

    CSS_PATH = "draw.tcss"
    AUTO_FOCUS = "#path"
    ABOUT = Text(
        "给出完整清单（文件、粘贴的编号或号段），看过预览后按 F10 抽样并冻结。种子记入评估，任何人可据此复核。"
        "Esc 离开时已给出的清单留着，下次打开还在。",
        "Give the whole list (a file, pasted numbers or a range), look at the preview, then F10 draws and freezes it. "
        "The seed is recorded, so that anyone can draw the same records again. What was given stays when one leaves "
        "with Escape.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f10,ctrl+s", "take", "抽样并冻结", "Draw and freeze", show=True, priority=True),
        key("f5", "way", "文件 / 粘贴 / 号段", "File / paste / range", show=True, priority=True),
        key("f6", "seed", "另一个种子", "Another seed", show=True, priority=True),
        key("escape", "leave", "先放着", "Not now", show=True, priority=True),
    ]

    def __init__(self, sample: SampleSet, kept: Draft, before: Text | None = None) -> None:
        """Make it.

        Args:
            sample: the set.
            kept: keeps what is given until it is drawn from.
            before: answers of its items that the records will stand above; None where there are none.
        """
        super().__init__()
        self._sample, self._kept, self._before = sample, kept, before
        self._given_before = kept.fields
        self._way = self._given_before.get(WAY, "file")
        self._column: str | None = None
        self._columns: list[str] = []
        self._whole: Population | None = None
        self._seed = self._made = ""
        self._taken_up = False
        self._said: Text = words.WAITING
        self._wrong = False

    def body(self) -> Iterable[Widget]:
        """The ways, the field of one, the seed, the preview."""
        yield Static(id="list", classes="muted")
        yield Static(id="before", classes="conflict")
        yield Ways(id="ways")
        yield PathInput(id="path", endings=_ENDINGS)
        yield Static(id="which")
        yield FingerList(id="columns", compact=True)
        yield TextArea(id="numbers", compact=True)
        yield Input(id="range", compact=True)
        with Horizontal(id="seed-line"):
            yield Static(id="seed-label")
            yield Input(id="seed", compact=True)
        with VerticalScroll(id="preview-scroll", can_focus=False):
            yield Static(id="preview")

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        sample = self._sample
        title = words.TITLE.format(name=sample.name, size=sample.size, period=sample.period)
        self.put("#title", named_unsaved(title) if self._given_before else title)
        self.put("#list", words.LIST.format(drawn=sample.drawn))
        self.query_one("#before").display = self._before is not None
        self.put("#before", joined([same("!"), words.BEFORE.format(answers=self._before or "")], zh=" ", en=" "))
        self.query_one(Ways).show(self._way, self.lang)
        self.query_one("#path", Input).placeholder = words.PATH.of(self.lang)
        self.query_one("#range", Input).placeholder = words.RANGE.of(self.lang)
        self.put("#which", words.COLUMN)
        self.put("#seed-label", words.SEED)
        for way, field in _FIELDS.items():
            self.query_one(field).display = way == self._way
        asked = bool(self._columns) and self._way == "file"
        self.query_one("#which").display = self.query_one("#columns").display = asked
        if not self._seed:
            self.action_seed()
        self._show()

    def _show(self) -> None:
        for preview in self.query("#preview").results(Static):  # none where one has quit meanwhile
            preview.set_class(self._wrong, "wrong")
            preview.update(plain(self._preview().of(self.lang)))

    def _preview(self) -> Text:
        whole = self._whole
        return self._said if whole is None else words.preview(whole, self._sample.size, self._seed)

    # -- what is typed -----------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Let the list stand there that was given the last time."""
        super().on_mount()
        give_back(self, self._given_before)
        self._taken_up = True
        if self._given_before:
            self._turn(self._way)

    def keep_typed(self) -> None:
        """Keep what was given, until it is drawn from."""
        if self._taken_up and not self.answered:
            self._kept.keep_fields(given_in(self, self._way, self._made))

    def take_lines(self, pasted: str) -> bool:
        """Take several lines as the numbers they are, whichever way is in front; a file that is dropped stays one."""
        lines = pasted.strip().splitlines()
        if len(lines) < 2 or is_file(as_path(pasted)):
            return False
        numbers = self.query_one("#numbers", TextArea)
        numbers.load_text("\n".join([*numbers.text.split("\n"), *lines]).lstrip())
        self._turn("paste")
        return True

    def action_way(self, way: str = "") -> None:
        """Take one of the three ways, or the next."""
        self._turn(way or WAYS[(WAYS.index(self._way) + 1) % len(WAYS)])

    def _turn(self, way: str) -> None:
        self._way = way
        self.relabel()
        self.set_focus(self.query_one(_FIELDS[self._way]))
        self._look_soon()

    def action_seed(self) -> None:
        """Make another seed that nobody chose."""
        import secrets

        self._made = secrets.token_hex(4)
        self.query_one("#seed", Input).value = self._made

    @on(Input.Changed, "#seed")
    def _seeded(self, event: Input.Changed) -> None:
        self._seed = event.value.strip()
        self.keep_typed()
        self._show()

    @on(Input.Changed, "#path")
    def _other_file(self) -> None:
        self._column, self._columns = None, []
        self.query_one("#which").display = self.query_one("#columns").display = False
        self._look_soon()

    @on(Input.Changed, "#range")
    @on(TextArea.Changed, "#numbers")
    def _changed(self) -> None:
        self._look_soon()

    @on(OptionList.OptionSelected, "#columns")
    def _picked(self, event: OptionList.OptionSelected) -> None:
        self._column = self._columns[event.option_index]
        self.set_focus(self.query_one("#seed"))
        self._look_soon()

    @on(Input.Submitted)
    def _entered(self) -> None:
        """Enter in a field looks at once, then draws on F10."""
        self._look_soon(now=True)

    # -- looking -----------------------------------------------------------------------------------------------------

    def _look_soon(self, *, now: bool = False) -> None:
        self.keep_typed()
        self._whole = None
        self.run_worker(self._look(0 if now else _SOON), exclusive=True, group="look")

    async def _look(self, wait: float) -> None:
        await asyncio.sleep(wait)
        given = self._given() if self.query("#preview") else (None, None, None, None)
        if not any(given):
            self._say(words.WAITING)
            return
        names = self._names(given[0])
        if names:
            self._say(same(shown_names(names)))
            return
        self._say(words.READING)
        try:
            self._whole = await asyncio.to_thread(_whole, *given)
        except UserError as error:
            self._unclear(error)
        self._show()

    def _names(self, file: str | None) -> list[str]:
        """Return the files that the path may become, while it is none yet."""
        if file is None or is_file(Path(file)):
            return []
        return names_for(self.query_one("#path", PathInput).value, endings=_ENDINGS)[:_NAMES]

    def _given(self) -> tuple[str | None, str | None, str | None, str | None]:
        """Return the file, its column, the pasted numbers and the range; only one way is given."""
        path = self.query_one("#path", PathInput).path
        pasted, span = self.query_one("#numbers", TextArea).text.strip(), self.query_one("#range", Input).value.strip()
        if self._way == "file":
            return (str(path) if path else None), (self._column if path else None), None, None
        if self._way == "paste":
            return None, None, pasted or None, None
        return None, None, None, span or None

    def _unclear(self, error: UserError) -> None:
        from tui.record_rows import WhichColumn

        if not isinstance(error, WhichColumn):
            self._say(error.text, wrong=True)
            return
        self._say(words.COLUMN)
        self._columns = error.columns
        listed = self.query_one("#columns", OptionList)
        listed.clear_options()
        listed.add_options([Option(plain(column)) for column in error.columns])
        listed.highlighted = 0
        self.query_one("#which").display = listed.display = True
        if self.focused is self.query_one("#path"):
            self.set_focus(listed)

    def _say(self, text: Text, *, wrong: bool = False) -> None:
        self._said, self._wrong = text, wrong
        self._show()

    # -- the end -----------------------------------------------------------------------------------------------------

    async def action_take(self) -> None:
        """Draw what the preview shows; where answers are given up for it, ask first."""
        if self._whole is None and any(self._given()):
            await self._look(0)
        if self._whole is None:
            self.tell(words.NOTHING_YET if self._said in {words.WAITING, words.READING} else self._said, error=True)
            return
        if not self._seed:
            self.action_seed()
            self._seed = self.query_one("#seed", Input).value
        drawing = Drawing(self._whole, self._seed)
        if self._before is None:
            self.dismiss(drawing)
            return

        def answered(sure: str | None) -> None:
            if sure:
                self.dismiss(drawing)

        asked = Pick(words.SURE.format(answers=self._before), [("", words.NO), ("yes", words.YES)])
        await self.app.push_screen(asked, answered)

    def action_leave(self) -> None:
        """Draw nothing; what was given is kept."""
        self.keep_typed()
        self.dismiss(None)


def _whole(file: str | None, column: str | None, numbers: str | None, span: str | None) -> Population:
    from tui.record_rows import whole_list

    return whole_list(file, column, numbers, span)

"""A few fields to fill in: asked one below the other, tried, and only left once what was typed could be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.widgets import Input, Static, TextArea

from checklists.text import Text, UserError, joined
from tui.drafts import named_unsaved
from tui.keys import key
from tui.screens.asked import FIND, WrongFields, fill, value_in, widget_of
from tui.screens.fields_draft import FieldsDraft
from tui.screens.page import Dialog
from tui.widgets.choice import Choice
from tui.widgets.finder import Finder
from tui.widgets.form import Form, Row
from tui.widgets.line import arrived_at

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

    from tui.screens.asked import Asked, Values

_FIND = Text("输入查找，或用 ↓ 选择", "type to find, or choose with ↓")
_UNKNOWN = Text("请从列表中选择，或清空", "Choose one from the list, or clear it")
_FRAME = 4
"""Rows of the dialog's border and of its keys, and one to spare."""


class FieldsDialog(Dialog["dict[str, str]"]):
    """Gives back what was typed, once it was done; until then it is kept for the same question about the same thing."""

    CSS_PATH = "fields.tcss"
    AUTO_FOCUS = None
    ABOUT = Text(
        "Tab 或上下键换栏，左右键选择，输入文字查找；几行的栏中回车换行。F10 确定；填错的地方在该栏下面说明，"
        "没有写入任何内容。Esc 离开时已写的内容留着，下次打开还在，F4 清除。",
        "Tab and the arrows go from field to field, left and right choose, typing finds; in a text of several lines "
        "Enter makes a new line. F10 takes it; what is wrong is said below its field, and nothing is written then. "
        "What is written stays when one leaves with Escape, for the next time; F4 clears it.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f10,ctrl+s", "take", "确定", "OK", show=True, priority=True),
        key("enter", "next", "下一栏", "Next field", show=True),
        key("escape", "leave", "先放着", "Not now", show=True, priority=True),
        key("f4", "discard", "清除草稿", "Clear the draft", show=True, priority=True),
        key("pagedown", "read(1)", "上方下翻", "Above: down", priority=True),
        key("pageup", "read(-1)", "上方上翻", "Above: up", priority=True),
    ]

    def __init__(
        self,
        title: Text,
        fields: Sequence[Asked],
        trying: Callable[[Values], Awaitable[object]],
        *,
        about: Sequence[Text] = (),
        at: str = "",
        blames: Mapping[str, str] | None = None,
    ) -> None:
        """Make it.

        Args:
            title: what is asked.
            fields: the fields, in their order.
            trying: does it; where it raises a UserError, that is said and the dialog stays.
            about: said above the fields.
            at: the field to begin with; the first one where none is named.
            blames: at which field an error is said, by the name of its class.
        """
        super().__init__()
        self._title, self._fields, self._trying = title, {field.name: field for field in fields}, trying
        self._about, self._at, self._blames = list(about), at or next(iter(self._fields)), dict(blames or {})
        self._busy = False
        self._kept: FieldsDraft | None = None
        """None until what stands in the fields at first is known."""
        self._restored = self._unsaved = False

    def body(self) -> Iterable[Widget]:
        """What it is about, the fields, and what is wrong with all of them."""
        with VerticalScroll(id="about", can_focus=False):
            yield Static(id="about-text")
        with Form():
            for field in self._fields.values():
                yield Row(field.name, widget_of(field))
        yield Static(id="wrong", classes="wrong")

    def on_mount(self) -> None:
        """Begin at the field named."""
        super().on_mount()
        self._take_up()
        self._show_rows()
        self._go_to(self._at)
        self.call_after_refresh(self._fit)

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#title", named_unsaved(self._title) if self._restored else self._title)
        self.put("#about-text", joined(self._about, zh="\n", en="\n") if self._about else "")
        self.query_one("#about").display = bool(self._about)
        for field in self._fields.values():
            widget = self.query_one(f"#{field.name}")
            if isinstance(widget, Finder):
                hint = field.hint if isinstance(field.hint, Text) else _FIND
                widget.offer(field.options, hint, self.lang)
            elif isinstance(widget, Choice):
                widget.offer([(value, text.of(self.lang)) for value, text in field.options])
        self._show_rows()

    def on_resize(self) -> None:
        """Give the fields what room there is beside the rest."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        rest = sum(self.query_one(part).outer_size.height for part in ("#title", "#about", "#wrong"))
        self.query_one(Form).styles.max_height = max(4, self.size.height - rest - _FRAME)

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields that are asked."""
        return {name: self._value(name) for name in self._fields if self._row(name).display}

    def _value(self, name: str) -> str:
        return value_in(self.query_one(f"#{name}"))

    def _row(self, name: str) -> Row:
        return self.query_one(f"#{name}-row", Row)

    def _show_rows(self) -> None:
        """Ask what is to be asked now, and say its hints."""
        values = {name: self._value(name) for name in self._fields}
        for field in self._fields.values():
            row = self._row(field.name)
            row.display = field.only is None or field.only(values)
            hint = field.hint(values) if callable(field.hint) else field.hint
            shown = hint is not None and field.kind != FIND
            row.label(field.label.of(self.lang), hint.of(self.lang) if hint is not None and shown else "")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(Finder.Chosen)
    def _typed(self) -> None:
        if self.is_mounted:
            self._show_rows()
            self.keep_typed()

    # -- what was typed before ---------------------------------------------------------------------------------------

    def _take_up(self) -> None:
        """Let stand in the fields what was typed there the last time."""
        seen = self.desk_app.desk.seen
        if seen is None:
            return
        said = "\n".join(text.zh for text in self._about)
        draft = self.desk_app.drafts.of(seen.own_id, f"fields/{self._title.zh}", said)
        proposed = [field.name for field in self._fields.values() if field.proposed]
        kept = FieldsDraft(draft, {name: self._value(name) for name in self._fields}, proposed)
        typed = kept.typed
        self._restored = bool(typed)
        self._fill(typed)
        self._kept = kept
        self.relabel()
        self.keep_typed()

    def _fill(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            fill(self.query_one(f"#{name}"), value)

    def keep_typed(self) -> None:
        """Keep what is typed, until it is done."""
        if self._kept is None or self.answered:
            return
        self._kept.keep({name: self._value(name) for name in self._fields})
        if self._unsaved != bool(self._kept.typed):
            self._unsaved = not self._unsaved
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to clear what was typed where something was, and to read what it is about where that is said."""
        del parameters
        return self._unsaved if action == "discard" else bool(self._about) or action != "read"

    def action_discard(self) -> None:
        """Let stand in the fields what stood there at first."""
        if self._kept is not None:
            self._fill(self._kept.blank)
            self._kept.drop()
            self._restored = False
            self.relabel()
            self.keep_typed()

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        """Say at once what is wrong with a line, before the rest is filled in."""
        field = self._fields.get(event.input.id or "")
        if field is not None and field.check is not None and self.is_mounted:
            wrong = self._wrong_with(field, self.values)
            self._row(field.name).blame(wrong.of(self.lang) if wrong is not None else "")

    def _wrong_with(self, field: Asked, values: Values) -> Text | None:
        """Return what the field's own check says of what stands in it."""
        return field.check(values) if field.check is not None and values.get(field.name) else None

    def _go_to(self, name: str) -> None:
        widget = self.query_one(f"#{name}")
        self.set_focus(widget.query_one(Input) if isinstance(widget, Finder) else widget)

    @on(Input.Submitted)
    async def _entered(self) -> None:
        await self.action_next()

    async def action_next(self) -> None:
        """Go to the next field; from the last one, take it."""
        last = next(name for name in reversed(self._fields) if self._row(name).display)
        widget = self.query_one(f"#{last}")
        if self.focused is not None and (self.focused is widget or widget in self.focused.ancestors):
            await self.action_take()
        else:
            self.focus_next()

    async def action_take(self) -> None:
        """Do what was asked for, or say at the fields why it cannot be."""
        if self._busy:
            return
        await arrived_at(*self.query(Input), *self.query(TextArea))
        for finder in self.query(Finder):
            finder.settle()
        values = self.values
        wrong = {name: _UNKNOWN for name in values if self._unsettled(name)}
        wrong |= {n: f.needed for n, f in self._fields.items() if f.needed and n in values and not values[n]} | wrong
        checked = {name: self._wrong_with(field, values) for name, field in self._fields.items()}
        wrong |= {name: text for name, text in checked.items() if text is not None} | wrong
        self._blame(wrong)
        if not wrong:
            self._busy = True
            self.run_worker(self._try(values))

    def _unsettled(self, name: str) -> bool:
        widget = self.query_one(f"#{name}")
        return isinstance(widget, Finder) and widget.unsettled

    async def _try(self, values: dict[str, str]) -> None:
        try:
            await self._trying(values)
        except WrongFields as error:
            self._blame(error.wrong)
        except UserError as error:
            self._show_rows()  # what is said of the fields may be another thing by now
            self._blame({self._blames.get(type(error).__name__, ""): error.text})
        else:
            if self._kept is not None:
                self._kept.drop()
            self.dismiss(values)
        finally:
            self._busy = False

    def _blame(self, wrong: Mapping[str, Text]) -> None:
        """Say what is wrong at its field, or below all of them, and go there."""
        for name in self._fields:
            self._row(name).blame(wrong[name].of(self.lang) if name in wrong else "")
        rest = [text for name, text in wrong.items() if name not in self._fields]
        self.put("#wrong", joined(rest, zh="\n", en="\n") if rest else "")
        first = next((name for name in self._fields if name in wrong), None)
        if first is not None:
            self._go_to(first)

    def action_read(self, pages: int) -> None:
        """Scroll what it is about."""
        pane = self.query_one("#about")
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    def action_leave(self) -> None:
        """Give back nothing; what was typed is kept."""
        self.keep_typed()
        self.dismiss(None)

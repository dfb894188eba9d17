"""A finding in the auditor's own words: what it belongs to is found by typing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Static, TextArea

from checklists.text import Text
from tui.drafts import named_unsaved
from tui.keys import key
from tui.screens.page import Dialog
from tui.widgets.choice import Choice
from tui.widgets.finder import Finder
from tui.widgets.form import Form, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from textual.binding import BindingType
    from textual.widget import Widget

    from tui.drafts import Draft

Names = tuple[tuple[str, Text], ...]
"""Ids and what they are called."""

_LABELS = {
    "text": Text("发现", "Finding"),
    "item": Text("检查项", "Item"),
    "kpi": Text("指标", "KPI"),
    "department": Text("部门", "Department"),
    "direction": Text("方向", "Direction"),
    "interview": Text("访谈", "Interview"),
}
_HINTS = {
    "item": Text("可以不填；输入编号或文字查找", "may stay empty; type a number or words"),
    "kpi": Text("可以不填；输入编号或名称查找", "may stay empty; type a number or a name"),
    "direction": Text(
        "输入查找，或用 ↓ 选择；空着则随检查项或指标", "type or choose with ↓; empty: as the item's or the KPI's"
    ),
    "interview": Text("可以不填；由哪次访谈得出", "may stay empty; the interview it follows from"),
}
_FOLLOWS = Text("随检查项或指标", "as the item or KPI")
_NO_TEXT = Text("请写出发现", "Write the finding down")
_NO_SOURCE = Text("没有检查项和指标时，请选择", "Choose one where there is no item and no KPI")
_UNKNOWN = Text("请从列表中选择，或清空", "Choose one from the list, or clear it")
_FOUND = ("item", "kpi", "direction", "interview")


@dataclass(frozen=True, slots=True)
class Offered:
    """What a finding may belong to."""

    departments: Names
    directions: Names
    items: Names
    kpis: Names
    interviews: Names
    department_of: Mapping[str, str]
    """Of items."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as typed."""

    text: str = ""
    department: str = ""
    direction: str = ""
    item: str = ""
    kpi: str = ""
    interview: str = ""
    take: bool = False
    """Whether it is to be recorded; otherwise it is kept for the next time."""

    @property
    def fields(self) -> dict[str, str]:
        """What was typed, by field."""
        return {name: getattr(self, name) for name in ("text", "department", *_FOUND)}

    def filled(self, typed: Mapping[str, str]) -> Found:
        """Return it with what was typed in some fields."""
        known: dict[str, Any] = {name: text for name, text in typed.items() if name in self.fields}
        return replace(self, **known)


class FindingDialog(Dialog[Found]):
    """A new finding, one in other words, or one made of several."""

    CSS_PATH = "finding.tcss"
    AUTO_FOCUS = "#text"
    ABOUT = Text(
        "写下发现，Tab 或上下键换栏，输入文字查找检查项、指标、方向和访谈，F10 保存。"
        "选了检查项或指标时，部门和方向可以空着。Esc 离开时已写的内容留着。",
        "Write the finding, Tab and the arrows go from field to field; items, KPIs, directions and interviews are "
        "found by typing; F10 saves. With an item or a KPI, department and direction may stay empty. What is written "
        "stays when one leaves with Escape.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f10,ctrl+s", "take", "保存", "Save", show=True, priority=True),
        key("escape", "leave", "先放着", "Not now", show=True, priority=True),
    ]

    def __init__(self, title: Text, offered: Offered, blank: Found, kept: Draft, about: Text | None = None) -> None:
        """Make it.

        Args:
            title: what is asked.
            offered: what the finding may belong to.
            blank: what stands there before anything is typed.
            kept: keeps what is typed until it is recorded.
            about: said above the fields.
        """
        super().__init__()
        self._title = named_unsaved(title) if kept.fields else title
        self._offered, self._blank, self._kept, self._about = offered, blank, kept, about
        self._draft = blank.filled(kept.fields)

    def body(self) -> Iterable[Widget]:
        """The fields."""
        draft = self._draft
        yield Static(id="about", classes="muted")
        with Form():
            yield Row("text", TextArea(draft.text, compact=True))
            yield Row("item", Finder(draft.item))
            yield Row("kpi", Finder(draft.kpi))
            yield Row("department", Choice(chosen=[draft.department]))
            yield Row("direction", Finder(draft.direction))
            yield Row("interview", Finder(draft.interview))

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#title", self._title)
        self.put("#about", self._about or "")
        self.query_one("#about").display = self._about is not None
        for name, label in _LABELS.items():
            self._row(name).label(label.of(self.lang))
        offered = self._offered
        for name, names in zip(
            _FOUND, (offered.items, offered.kpis, offered.directions, offered.interviews), strict=True
        ):
            self._finder(name).offer(names, _HINTS[name], self.lang)
        departments = [("", _FOLLOWS), *offered.departments]
        self.query_one("#department", Choice).offer([(own_id, text.of(self.lang)) for own_id, text in departments])

    def _row(self, name: str) -> Row:
        return self.query_one(f"#{name}-row", Row)

    def _finder(self, name: str) -> Finder:
        return self.query_one(f"#{name}", Finder)

    @on(Finder.Chosen)
    @on(Choice.Changed)
    def _mended(self) -> None:
        """What was said of the fields is not true any more."""
        for name in _LABELS:
            self._row(name).blame("")

    @on(Finder.Chosen, "#item")
    def _item_chosen(self) -> None:
        """An item brings its department along."""
        department = self._offered.department_of.get(self._finder("item").value)
        if department is not None:
            self.query_one("#department", Choice).choose(department)

    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(Finder.Chosen)
    def keep_typed(self) -> None:
        """Keep what is typed, until it is recorded."""
        if not self.answered and self.is_mounted:
            told = self._told(take=False)
            self._kept.keep_fields({} if told == self._blank else told.fields)

    def _told(self, *, take: bool) -> Found:
        return Found(
            text=self.query_one("#text", TextArea).text.strip(),
            department=self.query_one("#department", Choice).value,
            **{name: self._finder(name).value for name in _FOUND},
            take=take,
        )

    def action_take(self) -> None:
        """Give it back to be recorded, or say at each field what is wrong."""
        for name in _FOUND:
            self._finder(name).settle()
        told = self._told(take=True)
        wrong = {name: _UNKNOWN for name in _FOUND if self._finder(name).unsettled}
        if not told.text:
            wrong["text"] = _NO_TEXT
        if not told.item and not told.kpi:
            wrong |= {name: _NO_SOURCE for name in ("department", "direction") if not getattr(told, name)} | wrong
        for name in _LABELS:
            self._row(name).blame(wrong[name].of(self.lang) if name in wrong else "")
        if not wrong:
            self.dismiss(told)
            return
        first = next(name for name in _LABELS if name in wrong)
        self.set_focus(self.query_one(f"#{first} Input" if first in _FOUND else f"#{first}"))

    def action_leave(self) -> None:
        """Give it back unsaved; it is kept."""
        self.keep_typed()
        self.dismiss(self._told(take=False))

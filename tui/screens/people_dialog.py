"""Who takes part in an audit: auditors and who takes which department, others present, the contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.widgets import Input

from checklists.text import Text, joined, same
from tui.keys import key
from tui.new_audit import names
from tui.screens.new_audit_words import TOGETHER
from tui.screens.page import Dialog
from tui.widgets.choice import Choice
from tui.widgets.form import Form, Row
from tui.widgets.line import Line, arrived_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

_TITLE = Text("评估人员", "People of the audit")
_AUDITORS = Text("评估员", "Auditors")
_PARTICIPANTS = Text("其他参加人员", "Also present")
_CONTACT = Text("联系方式", "Contact")
_SEVERAL = Text("几位之间用逗号或顿号隔开", "commas between several")
_SHARED = "、"
"""Between the names of all auditors where a department is recorded as theirs together."""


class PeopleDialog(Dialog["Mapping[str, object] | None"]):
    """Gives back the details as they are to be recorded."""

    CSS_PATH = "people_dialog.tcss"
    AUTO_FOCUS = "#auditors"
    ABOUT = Text(
        "谁来评估、每个部门由谁负责（“共同”：全体评估员），还有谁参加。Ctrl+S 保存。",
        'Who audits, who takes which department ("together": all auditors), and who else is there. Ctrl+S saves.',
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "take", "保存", "Save", show=True, priority=True),
        key("enter", "enter", "下一栏 / 保存", "Next / save", show=True, priority=True),
        key("escape", "leave", "取消", "Cancel", show=True),
    ]

    def __init__(self, details: Mapping[str, Any], departments: Sequence[tuple[str, Text]], at: str = "") -> None:
        """Make it.

        Args:
            details: the audit's details as they stand.
            departments: id and name of those in scope.
            at: the detail to begin at, "auditors" or "assignments".
        """
        super().__init__()
        self._details, self._departments = details, departments
        self._taken: Mapping[str, str] = details.get("assignments") or {}
        self._first = "who-0" if at == "assignments" and len(details["auditors"]) > 1 else "auditors"

    def on_mount(self) -> None:
        """Begin at the field that was asked for."""
        self.set_focus(self.query_one(f"#{self._first}"))

    def body(self) -> Iterable[Widget]:
        """One field below the other."""
        details = self._details
        with Form():
            yield Row("auditors", Line(self._listed("auditors"), marked=True))
            for number, (department, _) in enumerate(self._departments):
                yield Row(f"who-{number}", Choice(chosen=[self._taken.get(department, "")]))
            yield Row("participants", Line(self._listed("participants"), marked=True))
            yield Row("contact", Line(details["contact"], marked=True))

    def _listed(self, name: str) -> str:
        return joined([same(one) for one in self._details[name]]).of(self.lang)

    def relabel(self) -> None:
        """Say what is asked."""
        self.put("#title", _TITLE)
        for name, label in (("auditors", _AUDITORS), ("participants", _PARTICIPANTS), ("contact", _CONTACT)):
            self.query_one(f"#{name}-row", Row).label(label.of(self.lang))
        for name in ("auditors", "participants"):
            self.query_one(f"#{name}", Input).placeholder = _SEVERAL.of(self.lang)
        for number, (_, department) in enumerate(self._departments):
            self.query_one(f"#who-{number}-row", Row).label(department.of(self.lang))
        self._offer()

    @on(Input.Changed, "#auditors")
    def _offer(self) -> None:
        """Offer the auditors for each department, and whoever was recorded for it."""
        auditors = names(self.query_one("#auditors", Input).value)
        for number, (department, _) in enumerate(self._departments):
            kept = self._taken.get(department, "")
            others = [kept] if kept and kept not in {*auditors, _SHARED.join(auditors)} else []
            options = [("", TOGETHER), *((name, same(name)) for name in (*auditors, *others))]
            choice = self.query_one(f"#who-{number}", Choice)
            choice.offer([(value, text.of(self.lang)) for value, text in options])
            self.query_one(f"#who-{number}-row").display = len(auditors) > 1

    async def action_enter(self) -> None:
        """Go to the next field; on the last one, save."""
        if self.focused is not None and self.focused.id == "contact":
            await self.action_take()
        else:
            self.focus_next()

    async def action_take(self) -> None:
        """Give back what stands there."""
        await arrived_at(*self.query(Line))
        auditors, present, contact = (
            self.query_one(f"#{name}", Input).value for name in ("auditors", "participants", "contact")
        )
        told = {"auditors": [*names(auditors)], "participants": [*names(present)], "contact": contact}
        self.dismiss({**told, **self._assignments([*names(auditors)])})

    def _assignments(self, auditors: list[str]) -> dict[str, object]:
        """Return who takes what: nobody by name where all take all of it together."""
        if len(auditors) < 2:
            return {"assignments": {}} if "assignments" in self._details else {}
        chosen = {
            department: self.query_one(f"#who-{number}", Choice).value
            for number, (department, _) in enumerate(self._departments)
        }
        if not any(chosen.values()):
            return {"assignments": {}}
        return {"assignments": {department: name or _SHARED.join(auditors) for department, name in chosen.items()}}

    def action_leave(self) -> None:
        """Give back nothing."""
        self.dismiss(None)

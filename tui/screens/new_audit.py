"""Beginning an audit: one form, by keyboard from top to bottom, with every mistake said at its field."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import Button, Input

from checklists.text import Text, same
from tui import new_audit
from tui.drafts import named_unsaved
from tui.keys import key
from tui.new_audit import FACILITIES, Draft
from tui.screens import new_audit_words as words
from tui.screens.new_audit_draft import DraftedForm
from tui.widgets.choice import Choice
from tui.widgets.form import Form, Row
from tui.widgets.line import Line, arrived_at
from tui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.binding import BindingType
    from textual.widget import Widget

    from tui.new_audit import Asked


class NewAuditPage(DraftedForm):
    """What was typed stays until the audit is begun, whatever one looks at meanwhile."""

    CSS_PATH = "new_audit.tcss"
    AUTO_FOCUS = "#dealer"
    ABOUT = Text(
        "回车或上下键换栏，左右键选择，空格选中或取消部门。全部填对之前不会写入任何内容。",
        "Enter and the arrows go from field to field, left and right choose, the space bar switches a department. "
        "Nothing is written before everything is right.",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "create", "建立", "Begin", show=True),
        key("escape", "leave", "返回", "Back", show=True),
        key("enter", "enter", "下一栏", "Next field", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._asked: Asked | None = None
        self._wrong: Mapping[str, Text] = {}

    def body(self) -> Iterable[Widget]:
        """One field below the other; those of a new dealership show when there is one."""
        with Form():
            yield Row("dealer", Line())
            yield PickList(id="dealers", compact=True)
            yield Row("code", Line())
            yield Row("name", Line())
            yield Row("city", Line())
            yield Row("has", Choice(several=True, chosen=[facility for facility, _ in FACILITIES]))
            yield Row("date", Line(f"{date.today():%Y-%m-%d}"))  # noqa: DTZ011 - the day here
            yield Row("kind", Choice())
            yield Row("earlier", Choice())
            yield Row("checklist", Choice(chosen=["dealership"]))
            yield Row("departments", Choice(several=True))
            yield Row("auditors", Line())
            yield Vertical(id="who")
            yield Row("participants", Line())
            yield Row("contact", Line())
            yield Row("profile", Choice())
            yield Row("create", Button(compact=True, variant="primary"))

    def relabel(self) -> None:
        """Say everything in the language spoken."""
        self.put("#context", named_unsaved(words.TITLE) if self._restored else words.TITLE)
        hints = {
            "auditors": words.SEVERAL,
            "participants": words.SEVERAL,
            "code": words.TYPED_CODE,
            "dealer": words.SEARCH,
        }
        for name, label in words.LABELS.items():
            if name != "date":
                self._row(name).label(label.of(self.lang))
            if name in hints:
                self._input(name).placeholder = hints[name].of(self.lang)
        self.put("#create", words.CREATE)
        if self._new:
            self._input("dealer").value = words.IS_NEW.of(self.lang)
        self._offer("has", FACILITIES)
        self._offer_choices()
        self._note_date()
        self._blame()

    def on_mount(self) -> None:
        """Read what can be chosen."""
        self._show_rows()
        self.run_worker(self._read())

    def on_screen_resume(self) -> None:
        """Read it anew: dealerships may have been added meanwhile."""
        if self._known is not None:
            self.run_worker(self._read())

    async def _read(self) -> None:
        found = await self.try_do(new_audit.known)
        if found is None:
            return
        if self._known is None and not self._input("auditors").value:
            self._input("auditors").value = found.me
        self._known = found
        self._offer_choices()
        self._offer_dealers()
        await self._ask()
        await self.take_up()

    async def _ask(self) -> None:
        """Read what the checklist lets one choose."""
        checklist = self._choice("checklist").value
        found = await self.try_do(lambda books: new_audit.asked(books, checklist))
        if found is not None and found != self._asked:
            self._asked = found
            self._offer_choices()
            self._choice("departments").choose(*(department for department, _ in found.departments))
            await self._show_who()

    # -- showing -----------------------------------------------------------------------------------------------------

    def _offer_choices(self) -> None:
        """Offer kinds, checklists, departments and weights in the language spoken."""
        if self._known is not None:
            self._offer("kind", self._known.kinds)
            self._offer("checklist", self._known.checklists)
            self._offer_earlier()
        if self._asked is not None:
            self._offer("departments", self._asked.departments)
            profiles = [("", words.NO_PROFILE), *((name, same(name)) for name in self._asked.profiles)]
            self._offer("profile", profiles)
            self._show_rows()
            for row in self.query("#who Row").results(Row):
                self._label_who(row)

    def _offer_earlier(self) -> None:
        """Offer the dealership's signed audits, for a follow-up visit or a re-audit."""
        signed = self._known.signed.get(self._dealer.casefold(), ()) if self._known is not None else ()
        again, visit = (self._choice("kind").value == kind for kind in (new_audit.RE_AUDIT, new_audit.FOLLOW_UP))
        self._row("earlier").display = visit or (again and bool(signed))
        if again and signed:
            signed = (*signed, (new_audit.ALONE, words.NO_EARLIER))
        self._offer("earlier", signed or [("", words.NONE_SIGNED if self._dealer else words.DEALER_FIRST)])

    def _show_dealer_rows(self) -> None:
        super()._show_dealer_rows()
        self._offer_earlier()
        self._note_date()

    @on(Input.Changed, "#date")
    def _note_date(self) -> None:
        """Say at the date what is worth knowing of it before the audit is begun."""
        note = new_audit.note_on(self._known, self._dealer, self._input("date").value) if self._known else None
        self._row("date").label(words.LABELS["date"].of(self.lang), note.of(self.lang) if note else "")

    def _show_rows(self) -> None:
        self._show_dealer_rows()
        visit = self._choice("kind").value == new_audit.FOLLOW_UP
        self._row("profile").display = bool(self._asked and self._asked.profiles) and not visit
        for part in ("#checklist-row", "#departments-row", "#who"):
            self.query_one(part).display = not visit

    @on(Choice.Changed, "#kind")
    def _kind_chosen(self) -> None:
        self._show_rows()

    def _blame(self) -> None:
        """Say at each field what is wrong with it."""
        for name in words.LABELS:
            text = self._wrong.get(name)
            self._row(name).blame(text.of(self.lang) if text else "")
        self.put("#state", words.WRONG.format(count=len(self._wrong)) if self._wrong else words.READY)

    # -- who takes what ----------------------------------------------------------------------------------------------

    async def _show_who(self) -> None:
        """Have a row for each department in scope as soon as there are several auditors."""
        rows = {str(row.id): row for row in self.query("#who Row").results(Row)}
        several = len(new_audit.names(self._input("auditors").value)) > 1
        departments = self._asked.departments if self._asked and several else ()
        scope = self._choice("departments").values
        wanted = [f"who-{number}" for number, (department, _) in enumerate(departments) if department in scope]
        if [_field(row) for row in rows.values()] != wanted:
            chosen = {name: self._choice(_field(row)).value for name, row in rows.items()}
            place = self.query_one("#who", Vertical)
            await place.remove_children()
            await place.mount_all(Row(name, Choice(chosen=[chosen.get(f"{name}-row", "")])) for name in wanted)
        for row in self.query("#who Row").results(Row):
            self._label_who(row)

    def _label_who(self, row: Row) -> None:
        auditors = new_audit.names(self._input("auditors").value)
        if self._asked is not None:
            department = self._asked.departments[int(_field(row).removeprefix("who-"))]
            row.label(department[1].of(self.lang))
            self._offer(_field(row), [("", words.TOGETHER), *((name, same(name)) for name in auditors)])

    @on(Input.Changed, "#auditors")
    @on(Choice.Changed, "#departments")
    async def _who_changed(self) -> None:
        await self._show_who()

    @on(Choice.Changed, "#checklist")
    async def _checklist_chosen(self) -> None:
        await self._ask()

    # -- beginning ---------------------------------------------------------------------------------------------------

    async def action_enter(self) -> None:
        """Go on: take the dealership, begin the audit, or go to the next field; done before the next key is handled."""
        at = self.focused.id if self.focused is not None else None
        if at == "dealer":
            await self._dealer_entered()
        elif at == "dealers":
            self._dealer_picked()
        elif at == "create":
            await self.action_create()
        else:
            self.focus_next()

    @on(Input.Changed)
    def _mending(self, event: Input.Changed) -> None:
        if event.input.id in self._wrong:
            self._wrong = {name: text for name, text in self._wrong.items() if name != event.input.id}
            self._blame()

    @on(Button.Pressed, "#create")
    async def action_create(self) -> None:
        """Begin the audit, or say what is wrong."""
        await arrived_at(*self.query(Line))
        draft = self._draft()
        begun = await self.try_do(lambda books: new_audit.begin(books, draft))
        if begun is None:
            return
        ref, self._wrong = begun
        self._blame()
        if self._wrong:
            first = next((name for name in words.LABELS if name in self._wrong), "dealer")
            self.query_one(f"#{first}").focus()
            return
        await self.desk_app.open_audit(ref)
        self.tell_ahead()
        self._clear()

    def _draft(self) -> Draft:
        who = {_field(row): self._choice(_field(row)).value for row in self.query("#who Row").results(Row)}
        departments = self._asked.departments if self._asked else ()
        assignments = {department: who.get(f"who-{number}", "") for number, (department, _) in enumerate(departments)}
        return Draft(
            dealer=self._dealer,
            new=self._new,
            **{name: self._input(name).value for name in ("code", "name", "city", "date", "contact")},
            has=frozenset(self._choice("has").values),
            kind=self._choice("kind").value,
            checklist=self._choice("checklist").value,
            departments=self._choice("departments").values,
            auditors=new_audit.names(self._input("auditors").value),
            assignments={department: name for department, name in assignments.items() if name},
            participants=new_audit.names(self._input("participants").value),
            profile=self._choice("profile").value,
            earlier=self._choice("earlier").value,
        )

    def _clear(self) -> None:
        """Be ready for the next one, from the first field on: the people stay, the dealership goes."""
        self._dealer, self._new = "", False
        for name in ("dealer", "code", "name", "city", "contact", "participants"):
            self._input(name).value = ""
        self._show_rows()
        self._offer_dealers()
        self.set_focus(self._input("dealer"))
        self.begin_anew()

    async def action_leave(self) -> None:
        """Go back to the list; what was typed stays."""
        await self.desk_app.action_page("audits")


def _field(row: Row) -> str:
    return str(row.id).removesuffix("-row")

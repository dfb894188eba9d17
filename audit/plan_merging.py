"""A plan that comes back: what was exported, what people made of it, and what the store says today, field by field.

What people did not touch is left alone whatever the store says today; what both have changed differently is a conflict
and is only overwritten when somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from audit.numbering import labels_of
from audit.plan import ACTION, LETTER, Field, Plan, Status, plan_of, values_at, values_of
from audit.plan_fields import shown_value, tidy
from audit.plan_writing import Change, Edit, checked, new_action_id, reading_of, refuse_early
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.journal import Data
    from audit.session import AuditSession
    from checklists.text import ReportLang

Said = Mapping[Field, "Data"]

_GONE = Text(
    "{number} 不在这个评估的改进计划里：请清空编号作为新措施，或删去这一行",
    "{number} is not in this audit's plan: empty the number to add it as a new action, or delete the row",
)
_NO_WORDS = Text(
    "这一行没有编号，也没有写明措施：请补写措施，或清空这一行",
    "this row has no number and no action in words: write what is to be done, or empty the row",
)
_REMOVED = Text("导入的计划中已删去这一行", "removed from the imported plan")
_KEPT = Text("{number} 已验证，不能取消：保留", "{number} is verified and cannot be cancelled: it stays")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in one cell."""

    text: str
    place: Text


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a plan that came back."""

    place: Text
    action: str
    """Id of the action; empty for a new one."""
    at: tuple[str, ...]
    """The newest entries when it was written out (beginnings of their hashes); none where that was lost."""
    cells: Mapping[Field, Typed]
    """Only the columns that are there."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A change as it is told: by the action's number, the field, and the words before and after."""

    number: str
    field: Field
    before: str
    after: str
    place: Text
    theirs: str = ""
    """Of a conflict: what the store says today."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What taking a plan in would do."""

    edits: tuple[Edit, ...] = ()
    added: tuple[tuple[str, Text], ...] = ()
    """New actions: the number each will have, and its place."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What the new actions are, by number."""
    changed: tuple[Shown, ...] = ()
    conflicts: tuple[Shown, ...] = ()
    """Fields that were changed here and there differently; not part of the edits unless they were asked for."""
    removed: tuple[str, ...] = ()
    """Numbers of actions whose rows are gone."""
    cancelled: tuple[str, ...] = ()
    """Those of them that are cancelled therefore."""
    problems: tuple[tuple[Text, Text], ...] = ()
    """Place and what is wrong there; with any, nothing can be taken in."""
    notices: tuple[Text, ...] = field(default=())

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not self.edits


def merge(
    session: AuditSession, rows: Sequence[SheetRow], lang: ReportLang, *, theirs: bool = False, remove: bool = False
) -> Merged:
    """Say what taking rows in would do; nothing is written.

    Args:
        session: the audit.
        rows: the plan that came back.
        lang: in which language it was written out.
        theirs: let the sheet stand where both sides changed a field.
        remove: cancel the actions whose rows are gone.

    Raises:
        NoPlanYet: when the audit can have no plan.
    """
    refuse_early(session)
    merging = _Merging(session, lang, theirs=theirs)
    merging.there = {row.action for row in rows if row.action}
    for row in rows:
        merging.take(row)
    merging.find_removed(rows, remove=remove)
    return merging.result()


class _Merging:
    """Goes through the rows and collects edits, conflicts and problems."""

    def __init__(self, session: AuditSession, lang: ReportLang, *, theirs: bool) -> None:
        self.session, self.lang, self.theirs = session, lang, theirs
        self.plan: Plan = plan_of(session)
        self.now = values_of(session)
        self.reading = reading_of(session, month_first=lang != "en")
        self.numbers = {action.id: action.number for action in self.plan.actions}
        self.edits: dict[str, dict[Field, str]] = {}
        self.places: dict[tuple[str, Field | None], Text] = {}
        self.added: dict[str, Text] = {}
        self.changed: list[Shown] = []
        self.conflicts: list[Shown] = []
        self.removed: list[str] = []
        self.cancelled: list[str] = []
        self.problems: list[tuple[Text, Text]] = []
        self.notices: list[Text] = []
        self.there: set[str] = set()
        self.base = lru_cache(maxsize=8)(self._base)

    def take(self, row: SheetRow) -> None:
        """Compare one row with what was written out and what stands today."""
        self.places[row.action, None] = row.place
        if not row.action:
            self._add(row)
        elif row.action not in self.now:
            self.problems.append((row.place, _GONE.format(number=LETTER + row.action.partition("-")[0])))
        else:
            base = self.base(row.at)
            written = None if base is None else base.get(row.action)
            for name, typed in row.cells.items():
                self._compare(row.action, name, typed, written)

    def find_removed(self, rows: Sequence[SheetRow], *, remove: bool) -> None:
        """Find the actions that were written out and are not in the sheet any more."""
        there = {row.action for row in rows}
        written: set[str] = set()
        for at in {row.at for row in rows if row.at}:
            written |= set(self.base(at) or ())
        for action in self.plan.actions:
            if action.id in there or action.id not in written or action.status is Status.CANCELLED:
                continue
            self.removed.append(action.number)
            if remove and action.status is Status.VERIFIED:
                self.notices.append(_KEPT.format(number=action.number))
            elif remove:
                self.cancelled.append(action.number)
                reason = _REMOVED.of("zh" if self.lang == "both" else self.lang)
                self.edits[action.id] = {Field.STATUS: Status.CANCELLED.value, Field.REASON: reason}

    def result(self) -> Merged:
        """Check all edits together and return what was found."""
        edits = tuple(Edit(own_id, values) for own_id, values in self.edits.items() if values)
        changes, problems = checked(self.session, edits)
        for problem in problems:
            at = self.places.get((problem.action, problem.field)) or self.places.get((problem.action, None))
            self.problems.append((at or Text("", ""), problem.text))
        self._tell(changes)
        return Merged(
            edits=edits if changes else (),
            added=tuple((self._number(own_id), place) for own_id, place in self.added.items()),
            words={self._number(own_id): self.edits[own_id].get(Field.WHAT, "") for own_id in self.added},
            changed=tuple(self.changed),
            conflicts=tuple(self.conflicts),
            removed=tuple(self.removed),
            cancelled=tuple(self.cancelled),
            problems=tuple(self.problems),
            notices=tuple(self.notices),
        )

    # -- inside ------------------------------------------------------------------------------------------------------

    def _add(self, row: SheetRow) -> None:
        typed = {name: cell for name, cell in row.cells.items() if tidy(cell.text)}
        if not typed:
            return
        if Field.WHAT not in typed:
            self.problems.append((row.place, _NO_WORDS))
            return
        known = self._added_before(tidy(typed[Field.WHAT].text), row.at)
        if known:
            self.there.add(known)
            begun = self._begun(known)
            for name, cell in row.cells.items():
                if name is not Field.STATUS or name in typed:
                    self._compare(known, name, cell, begun)
            return
        own_id = new_action_id(self.session, self.edits)
        self.added[own_id] = self.places[own_id, None] = row.place
        self.edits[own_id] = {}
        for name, cell in typed.items():
            self._read(own_id, name, cell)

    def _added_before(self, what: str, at: tuple[str, ...]) -> str:
        """Return the action that an earlier import of this row made: new since the export, with the same words."""
        base = self.base(at)
        for own_id, said in self.now.items():
            fresh = base is not None and own_id not in base and own_id not in self.there
            if fresh and what == self._shown(Field.WHAT, said.get(Field.WHAT)):
                return own_id
        return ""

    def _begun(self, own_id: str) -> Said:
        """Return what an action said when it was added."""
        prefix = f"{ACTION}{own_id}/"
        first = [e for e in self.session.journal.entries if e.slot.startswith(prefix) and not e.replaces]
        return {Field(e.slot.removeprefix(prefix)): e.data for e in first}

    def _compare(self, own_id: str, name: Field, typed: Typed, written: Said | None) -> None:
        """Find out who changed a field: nobody here, here only, or both."""
        text, now = tidy(typed.text), self.now[own_id].get(name)
        if text == self._shown(name, now):
            return
        known = written is not None
        before = written.get(name) if written is not None else None
        if known and text == self._shown(name, before):
            return
        value = self._value(name, typed)
        if value is None or value == self._stored(name, now) or (known and value == self._stored(name, before)):
            return
        untouched = known and self._stored(name, before) == self._stored(name, now)
        if not untouched and not self._first_words(name, now):
            self.conflicts.append(
                Shown(self._number(own_id), name, self._shown(name, before), text, typed.place, self._shown(name, now))
            )
            if not self.theirs:
                return
        self.edits.setdefault(own_id, {})[name] = value
        self.places[own_id, name] = typed.place

    def _first_words(self, name: Field, now: Data | None) -> bool:
        """Say whether nothing stands there that could be overwritten."""
        return name is not Field.STATUS and not self._stored(name, now)

    def _read(self, own_id: str, name: Field, typed: Typed) -> None:
        value = self._value(name, typed)
        if value is not None:
            self.edits[own_id][name] = value
            self.places[own_id, name] = typed.place

    def _value(self, name: Field, typed: Typed) -> str | None:
        try:
            return self.reading.read(name, typed.text)
        except UserError as error:
            self.problems.append((typed.place, error.text))
            return None

    def _tell(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.action in self.added:
                continue
            before = self._shown(change.field, change.before)
            after = self._shown(change.field, {"value": change.after})
            place = self.places.get((change.action, change.field), Text("", ""))
            self.changed.append(Shown(self._number(change.action), change.field, before, after, place))

    def _number(self, own_id: str) -> str:
        return LETTER + labels_of({*self.now, *self.added})[own_id]

    def _shown(self, name: Field, data: Data | None) -> str:
        return shown_value(self.session.checklist, name, data, self.lang)

    def _stored(self, name: Field, data: Data | None) -> str:
        value = "" if data is None else str(data["value"])
        return value or (Status.OPEN.value if name is Field.STATUS else "")

    def _base(self, at: tuple[str, ...]) -> Mapping[str, Said] | None:
        """Return what stood when the sheet was written out; None where this store does not know."""
        journal = self.session.journal
        heads = [entry.hash for entry in journal.entries if any(entry.hash.startswith(short) for short in at if short)]
        return values_at(journal, heads) if at and len(heads) == len(at) else None

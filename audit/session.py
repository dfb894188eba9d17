"""AuditSession: the single door through which an audit is read and changed.

The command line, imports and screens all go through it.  A session holds what it has seen; what it writes names that as
parents and replaced entries, so that two people who did not see each other's answers get a conflict and never an
overwritten answer.  Every method that returns has its entries on disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar
from uuid import uuid4

from audit import settling, signing, undoing
from audit.answers import check_answers, read_answer
from audit.beginning import audits_of, presets
from audit.bound import bound_checklist
from audit.closing import AMENDMENT, ASIDE, Consent, is_closing
from audit.confirming import is_visit, of_visit, refuse_scoring
from audit.derived import read_state, with_computed
from audit.details import BadDetail, check_details
from audit.journal import Author, BadEntry, Data, Entry, Journal, normal_text, read_entries
from audit.kpi import bound_kpi
from audit.records import refuse_typed
from audit.scoring import Memo, score
from audit.state import (
    CREATED,
    DETAIL,
    FLAG,
    ITEM,
    NO,
    NOTE,
    SEAL,
    YES,
    Answer,
    AuditKind,
    AuditState,
    fold,
)
from audit.stored_results import stored_results
from audit.writing import Writing, chained, rows_of
from checklists.reading import half_width
from checklists.text import Text, UserError
from checklists.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from audit.dealers import Dealer
    from audit.scorecard import Scorecard
    from audit.store.rows import StreamRow
    from audit.store.store import Store
    from checklists.model import BonusItem, Checklist, Item


class UnknownAudit(UserError):
    """No audit, or more than one, has that reference."""


class UnknownItem(UserError):
    """The checklist, or the audit's scope, has no such item."""


class OverrideWithoutReason(UserError):
    """An answer typed for a KPI-bound item needs a reason."""


class NothingNoted(UserError):
    """A note has no words."""


Result = TypeVar("Result")

_NO_EARLIER = Text(
    "跟进验收从已签字的评估开始，不能由别的评估改成，也不能改成别的：audit new --kind follow-up --earlier REF",
    "A follow-up visit begins with a signed audit and stays what it is: audit new --kind follow-up --earlier REF",
)

_DAMAGED = Text(
    "{text}：请运行 dealer-audit audit verify {ref}",
    "{text}: run dealer-audit audit verify {ref}",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer as somebody typed it."""

    item: str
    value: str
    reason: str = ""
    note: str = ""


class AuditSession:
    """One audit, open for reading and writing by one person on one device."""

    def __init__(self, store: Store, stream: str, ref: str, author: Author) -> None:
        """Use `create` or `open`."""
        self._store = store
        self._stream = stream
        self._author = author
        self._memo = Memo()
        self._asked: tuple[tuple[str, ...], dict[str, Item | BonusItem]] | None = None
        self._journal = Journal()
        self._position = 0
        self.ref = ref
        self.guard: Callable[[AuditSession], None] | None = None
        """Asked, too, when others have written meanwhile; see `audit.unchanged`."""
        self._read_new()
        self._written = self._sound(lambda: fold(self._journal))
        self.checklist: Checklist = bound_checklist(store, ref, self._written.checklist["hash"])
        self._sound(lambda: check_answers(self.checklist, self._written.answers))
        self.state: AuditState = self._sound(lambda: with_computed(self.checklist, self._written))

    # -- beginning ---------------------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        store: Store,
        checklist: Checklist,
        dealer: Dealer,
        author: Author,
        details: Mapping[str, object],
        earlier: StreamRow | None = None,
    ) -> Self:
        """Begin an audit.

        Args:
            store: where it is kept.
            checklist: what is asked; the audit is bound to this content for ever.
            dealer: the dealership; what it has not, starts as not applicable with that reason.
            author: who begins it.
            details: date, kind, departments, auditors, participants, contact, profile, blind (see `audit.details`).
            earlier: the audit that this one repeats, if it does.

        Raises:
            BadDetail: when a detail cannot be used; nothing is written then.
        """
        checked = check_details(checklist, details)
        if checked["kind"] == AuditKind.FOLLOW_UP and (earlier is None or "asked" not in checked):
            raise BadDetail(_NO_EARLIER)
        store.save_checklist(checklist.hash, checklist.id, checklist.version, checklist.canonical)
        created: Data = {
            "checklist": {"id": checklist.id, "version": checklist.version, "hash": checklist.hash},
            "dealer": dealer.code,
            "nonce": uuid4().hex,
        }
        named = {"zh": dealer.name.zh, "en": dealer.name.en, "city": dealer.city}
        writings: list[Writing] = [("created", CREATED, created)]
        writings += [("detail", DETAIL + name, {"value": value}) for name, value in checked.items()]
        writings += [("detail", DETAIL + "dealership", {"value": named})]
        if earlier is not None:
            writings.append(("detail", DETAIL + "earlier", {"value": {"ref": earlier.ref, "stream": earlier.id}}))
        if checked["kind"] != AuditKind.FOLLOW_UP:
            writings += presets(checklist, dealer, first=earlier is None and not audits_of(store, dealer.code))
        entries = chained(writings, author, ())
        stream = entries[0].hash
        ref = store.create("audit", stream, f"{dealer.code}-{checked['date']}", rows_of(entries))
        return cls(store, stream, ref, author)

    @classmethod
    def open(cls, store: Store, ref: str, author: Author) -> Self:
        """Open an audit by its reference or any unambiguous beginning of it.

        Raises:
            UnknownAudit: when none or several fit; the text names them.
        """
        row = find_audit(store, ref)
        return cls(store, row.id, row.ref, author)

    # -- reading -----------------------------------------------------------------------------------------------------

    @property
    def scorecard(self) -> Scorecard:
        """The scorecard of what the session has seen."""
        return score(self.checklist, self.state, self._memo)

    @property
    def own_id(self) -> str:
        """No other audit has it, whatever the two are called."""
        return self._stream

    @property
    def journal(self) -> Journal:
        """The journal as far as the session has seen it; for reading."""
        return self._journal

    @property
    def store(self) -> Store:
        """The store the audit is kept in: for the bytes of its files."""
        return self._store

    @property
    def author(self) -> Author:
        """Who reads and writes here."""
        return self._author

    def refresh(self) -> None:
        """Take in what others have written since."""
        self._take_in()

    # -- writing -----------------------------------------------------------------------------------------------------

    def answer(self, item_id: str, value: str, reason: str = "", note: str = "") -> Answer:
        """Record one answer; see `record`."""
        return self.record([Typed(item_id, value, reason, note)])[0]

    def record(self, answers: Sequence[Typed], notes: Sequence[tuple[str, str]] = ()) -> list[Answer]:
        """Record answers, all of them or, when one cannot be read, none.

        Args:
            answers: what was typed.
            notes: remarks (item, text) on items that keep their answer, written together with the answers.

        Raises:
            UnknownItem: with items that look alike.
            UnreadableAnswer: when the item's rule cannot read the value.
            MarkInRecords: when the item is read from drawn records.
            OverrideWithoutReason: when a KPI answers the item and no reason is given for another answer.
            AuditSealed: when the audit is signed.
        """
        read = [self.read(typed) for typed in answers]
        writings: list[Writing] = []
        for typed, answer in zip(answers, read, strict=True):
            item_id = self.item(typed.item).id
            writings.append(("answer", ITEM + item_id, _answer_data(answer)))
            writings += self._new_note(item_id, typed.note)
        for about, text in notes:
            writings += self._new_note(self.item(about).id, text)
        self.write(writings)
        return [self.state.answer(self.item(typed.item).id) for typed in answers]

    def read(self, typed: Typed) -> Answer:
        """Read an answer without recording it; raises as `record` does."""
        item = self.item(typed.item)
        refuse_scoring(self.state, item.id)
        answer = read_answer(item, typed.value, typed.reason, typed.note)
        refuse_typed(self.state, item, answer)
        own_id = bound_kpi(self.checklist, item)
        if own_id is not None and not answer.reason:
            raise OverrideWithoutReason(
                Text(
                    "{item} 由指标 {kpi} 得出（kpi set 或 kpi import）；要改为直接评分，必须写明原因",
                    "{item} is answered by KPI {kpi} (kpi set, kpi import); to answer it otherwise, give a reason",
                ).format(item=item.id, kpi=own_id)
            )
        return answer

    def item(self, item_id: str) -> Item | BonusItem:
        """Return the item with that id, in any case, or with that former id.

        Raises:
            UnknownItem: when the checklist or the audit's scope has none.
        """
        wanted = half_width(item_id)
        former = self.checklist.former.get(wanted, wanted)
        found = self._askable().get(former.casefold())
        if found is not None:
            return found
        if wanted in self.checklist.items:
            raise UnknownItem(
                Text("{item} 不在本次评估的部门范围内", "{item} lies outside the departments of this audit").format(
                    item=wanted
                )
            )
        raise UnknownItem(
            Text("评估表中没有检查项“{item}”。{hint}", 'The checklist has no item "{item}". {hint}').format(
                item=wanted, hint=did_you_mean(wanted, [item.id for item in self._askable().values()])
            )
        )

    def note(self, item_id: str, text: str) -> None:
        """Add a remark to an item, whatever its answer is; the same words again change nothing.

        Raises:
            UnknownItem: when the checklist or the audit's scope has none.
            NothingNoted: when there are no words.
            AuditSealed: when the audit is signed.
        """
        item, words = self.item(item_id).id, text.strip()
        if not words:
            raise NothingNoted(Text("{item} 的备注是空的", "The note on {item} is empty").format(item=item))
        if words not in {note.text for note in self.state.notes.get(item, ())}:
            self.write([("note", f"{NOTE}{item}/{uuid4().hex[:12]}", {"text": words})])

    def describe(self, details: Mapping[str, object]) -> None:
        """Change details of the audit; only those named, and settle conflicts in them.

        Raises:
            BadDetail: when one cannot be used; nothing is written then.
        """
        if "departments" in details:
            raise BadDetail(
                Text(
                    "评估部门在建立后不能改变：请另建评估",
                    "The departments of an audit are fixed when it begins: begin another one",
                )
            )
        current = {name: value for name, value in self.state.details.items() if name != "dealership"}
        checked = check_details(self.checklist, {**current, **details})
        if AuditKind.FOLLOW_UP in {checked["kind"], current["kind"]} and checked["kind"] != current["kind"]:
            raise BadDetail(_NO_EARLIER)
        changes = {
            name: checked[name]
            for name in details
            if checked[name] != self.state.details.get(name) or DETAIL + name in self.state.conflicts
        }
        self.write([("detail", DETAIL + name, {"value": value}) for name, value in changes.items()])

    def undo(self) -> Entry:
        """Take back this person's last entry on this device that still stands; see `audit.undoing`."""
        return undoing.undo(self)

    def redo(self) -> Entry:
        """Bring back what this person's last undo on this device took away; see `audit.undoing`."""
        return undoing.redo(self)

    def flag(self, item_id: str, on: bool = True) -> None:
        """Flag an item to be looked at again, or take the flag away; it changes no points.

        Raises:
            UnknownItem: when the checklist or the audit's scope has none.
            AuditSealed: when the audit is signed.
        """
        item = self.item(item_id).id
        new = (item in self.state.flags) is not on
        self.write([("flag", FLAG + item, {"on": YES if on else NO})] if new else [])

    def put_aside(self, on: bool = True) -> None:
        """Put the audit aside, so that lists leave it out, or bring it back; a signed one too: no seal covers this."""
        if self.state.aside is not on:
            self.write([("aside", ASIDE, {"on": YES if on else NO})])

    def slot_in_conflict(self, subject: str) -> str:
        """Return the slot meant: any in conflict, in full or as the history calls it, or an item's."""
        return settling.slot_in_conflict(self, subject)

    def settle(self, subject: str, keep: str) -> Answer:
        """Settle a conflict by keeping one of its entries; see `audit.settling`.

        Returns:
            The item's answer; open for any other slot.
        """
        slot = self.slot_in_conflict(subject)
        settling.settle(self, subject, keep)
        return self.state.answer(slot.removeprefix(AMENDMENT).removeprefix(ITEM))

    def sign(
        self,
        auditor: str,
        dealer_representative: str,
        consent: Consent = Consent.AGREED,
        *,
        witness: str = "",
        reservations: str = "",
    ) -> str:
        """Sign the audit and seal it; returns the seal; see `audit.signing`."""
        return signing.sign(self, auditor, dealer_representative, consent, witness=witness, reservations=reservations)

    def allow(self, slots: Iterable[str]) -> None:
        """Refuse what may not be written any more, or not yet; raises as `audit.signing.refuse` does."""
        signing.refuse(self.ref, self.state.status, slots)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _new_note(self, item_id: str, text: str) -> list[Writing]:
        """Return a note to be written; none where there are no words or the same ones stand there."""
        words = normal_text(text.strip())
        if not words or words in {note.text for note in self.state.notes.get(item_id, ())}:
            return []
        return [("note", f"{NOTE}{item_id}/{uuid4().hex[:12]}", {"text": words})]

    def _askable(self) -> dict[str, Item | BonusItem]:
        """Return the items in scope and the bonus items, by their ids in small letters."""
        scope = self.state.departments
        if self._asked is None or self._asked[0] != scope:
            places = self.checklist.place_of
            asked: list[Item | BonusItem] = [
                i for i in self.checklist.items.values() if not scope or places[i.id][0].id in scope
            ]
            asked = of_visit(self.state, asked) if is_visit(self.state) else [*asked, *self.checklist.bonus]
            self._asked = scope, {item.id.casefold(): item for item in asked}
        return self._asked[1]

    def write(
        self,
        writings: Sequence[Writing],
        replaces: tuple[str, ...] | None = None,
        *,
        unless: Callable[[Self], None] | None = None,
    ) -> None:
        """Append entries that had seen what this session has seen, then take in what is new.

        The other modules of `audit` that change an audit (records, KPIs, interviews ...) check what they are given and
        write through this; nobody outside `audit` calls it.  What changes the results of a signed audit stores them
        again in the same transaction.

        Args:
            writings: what to write; nothing at all still refuses when the audit is signed.
            replaces: what the entries replace, where that is not what stands in their slots.
            unless: asked again when others have written meanwhile; it raises where that forbids the writing.

        Raises:
            AuditSealed, AuditFinal, NotSigned: when the audit does not allow it; see `audit.signing.refuse`.
        """
        slots = [slot for _, slot, _ in writings]
        checks = [check for check in (unless, self.guard) if check is not None]
        self.allow(slots or [ITEM])
        if not writings:
            return
        entries = chained(writings, self._author, self._journal.heads, self._journal, replaces)
        position, newer = self._position, list[Entry]()
        while not self._append(entries, newer, position):
            # Others have written since: that is a matter for the fold, unless it was the seal or the final word.
            found = self._store.read(self._stream, position)
            position, arrived = found.position, read_entries(found.entries)
            newer += arrived
            if checks or any(entry.kind in {"seal", "final"} for entry in arrived):
                self._take_in()
                self.allow(slots)
            for check in checks:
                check(self)
            if checks:
                entries = chained(writings, self._author, self._journal.heads, self._journal, replaces)
                position, newer = self._position, []
        self._take_in()

    def _append(self, entries: Sequence[Entry], newer: Sequence[Entry], position: int) -> bool:
        """Append entries unless there is something newer than `position`; with the results that follow from them."""
        results = None
        if any(entry.slot == SEAL or is_closing(entry.slot) for entry in entries):
            journal = Journal([*self._journal.entries, *newer, *entries])
            _, state = self._sound(lambda: read_state(self.checklist, journal))
            results = stored_results(score(self.checklist, state), journal.heads)
        return self._store.append(self._stream, rows_of(entries), results, after=position)

    def _take_in(self) -> None:
        """Take in what is new in the store."""
        changed = self._read_new()
        if changed:
            self._written, self.state = self._sound(
                lambda: read_state(self.checklist, self._journal, self._written, changed)
            )
            items = {slot.removeprefix(ITEM) for slot in changed if slot.startswith(ITEM)}
            self._sound(lambda: check_answers(self.checklist, {i: self._written.answer(i) for i in items}))

    def _read_new(self) -> set[str]:
        """Read entries that are new in the store; returns the slots they write."""
        stored = self._store.read(self._stream, self._position)
        entries = self._sound(lambda: read_entries(stored.entries))
        for entry in entries:
            self._journal.add(entry)
        self._sound(lambda: self._journal.refuse_gaps(entries, self._stream))
        self._position = stored.position
        return {entry.slot for entry in entries}

    def _sound(self, read: Callable[[], Result]) -> Result:
        """Return what `read` returns; where entries are damaged, say in which audit and what to do."""
        try:
            return read()
        except BadEntry as error:
            raise BadEntry(_DAMAGED.format(text=error.text, ref=self.ref)) from error


def find_audit(store: Store, ref: str) -> StreamRow:
    """Return the audit with that reference, or with an unambiguous beginning of it, without reading its entries.

    Raises:
        UnknownAudit: when none or several fit; the text names them.
    """
    found = store.find("audit", ref)
    if len(found) == 1:
        return found[0]
    if found:
        refs = ", ".join(row.ref for row in found[:5]) + (" …" if len(found) > 5 else "")
        raise UnknownAudit(
            Text(
                "“{ref}”对应多个评估：{refs}。请多输入几个字符",
                '"{ref}" fits several audits: {refs}. Type more of it',
            ).format(ref=ref, refs=refs)
        )
    known = [row.ref for row in store.streams("audit")]
    raise UnknownAudit(
        Text(
            "没有编号为“{ref}”的评估。{hint}用 dealer-audit audit list 查看全部",
            'No audit has the reference "{ref}". {hint}See them all with dealer-audit audit list',
        ).format(ref=ref, hint=did_you_mean(ref, known))
    )


def _answer_data(answer: Answer) -> dict[str, str]:
    data = {"state": answer.state.value, "value": answer.value, "reason": answer.reason}
    return {name: value for name, value in data.items() if value}

"""Beginning an audit from a form: what can be chosen, what is wrong with what was typed, and the beginning itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from checklists.text import Text, UserError, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit.dealers import Dealer
    from audit.listing import Listed
    from checklists.model import Checklist
    from tui.desk import Books

_NO_DEALER = Text("请选择经销商，或输入新的", "Choose a dealership, or type a new one")
_NO_CODE = Text("请输入经销商代码，如 SH01", "Type the dealership's code, such as SH01")
_NO_NAME = Text("请输入经销商名称", "Type the dealership's name")
_KNOWN = Text("代码 {code} 已是“{name}”的", "The code {code} belongs to {name}")
_NO_AUDITOR = Text("请至少输入一位评估员", "Type one auditor at least")
_NO_DEPARTMENT = Text("请至少选择一个部门", "Choose one department at least")
_EARLIER = Text("{date} {kind}", "{date}, {kind}")
_NO_EARLIER = Text(
    "请选择所跟进的评估：跟进验收从该经销商已签字的评估开始",
    "Choose the audit it follows: a follow-up visit begins with a signed audit of the dealership",
)
_LATER = Text("在今天（{today}）之后", "after today ({today})")
_ANOTHER = Text("这一天已有 {refs}，这次会另外编号", "{refs} is of that day already; this one gets another number")
FOLLOW_UP, RE_AUDIT = "follow-up", "re-audit"
"""The kinds that follow an earlier audit; a re-audit may do without."""
ALONE = "-"
"""Chosen instead of an earlier audit, for a re-audit that does without."""
_BETWEEN = re.compile(r"[,，、;；\n]+")
FACILITIES: tuple[tuple[str, Text], ...] = (
    ("body_shop", Text("钣喷", "body shop")),
    ("ev", Text("新能源", "electric vehicles")),
    ("express_lane", Text("快修", "express lane")),
)
"""What a dealership may have or lack; what it lacks is not applicable in its audits."""


@dataclass(frozen=True, slots=True)
class KnownDealer:
    """A dealership to choose."""

    code: str
    name: Text
    city: str

    def fits(self, words: list[str]) -> bool:
        """Say whether all the words occur in it."""
        known = f"{self.code} {self.name.zh} {self.name.en} {self.city}".casefold()
        return all(word in known for word in words)


@dataclass(frozen=True, slots=True)
class Known:
    """What can be chosen whatever the checklist."""

    dealers: tuple[KnownDealer, ...]
    kinds: tuple[tuple[str, Text], ...]
    checklists: tuple[tuple[str, Text], ...]
    me: str
    """The name that stands in entries."""
    signed: Mapping[str, tuple[tuple[str, Text], ...]] = field(default_factory=dict)
    """By dealership: its signed audits, which another can follow; the newest first."""
    days: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """By dealership and date: the audits there are."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a checklist lets one choose."""

    departments: tuple[tuple[str, Text], ...]
    profiles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it is filled in."""

    dealer: str = ""
    """Code of a known dealership; empty where none was chosen."""
    new: bool = False
    """Whether the dealership is a new one: code, name, city and what it has."""
    code: str = ""
    name: str = ""
    city: str = ""
    has: frozenset[str] = frozenset()
    date: str = ""
    kind: str = "on-site"
    checklist: str = "dealership"
    departments: tuple[str, ...] = ()
    auditors: tuple[str, ...] = ()
    assignments: Mapping[str, str] = field(default_factory=dict)
    """Who takes which department."""
    participants: tuple[str, ...] = ()
    contact: str = ""
    profile: str = ""
    earlier: str = ""
    """The audit that a follow-up visit or a re-audit follows."""


def names(typed: str) -> tuple[str, ...]:
    """Return the names in a line, parted by commas of any kind."""
    return tuple(dict.fromkeys(name.strip() for name in _BETWEEN.split(typed) if name.strip()))


def known(books: Books) -> Known:
    """Read what can be chosen."""
    from audit.dealers import Dealers
    from audit.details import KIND_NAMES
    from audit.listing import list_audits
    from checklists.catalog import available

    audits = sorted(list_audits(books.store)[0], key=lambda each: (each.date, each.ref), reverse=True)
    author = books.author
    dealers = [KnownDealer(d.code, d.name, d.city) for d in Dealers(books.store, author).all()]
    checklists: dict[str, Text] = {}
    for entry in available():
        title = Text("{title} {version}", "{title} {version}").format(title=entry.title, version=entry.version)
        checklists.setdefault(entry.id, title)
    kinds = tuple((kind.value, name) for kind, name in KIND_NAMES.items())
    days: dict[tuple[str, str], tuple[str, ...]] = {}
    for audit in reversed(audits):
        day = (audit.dealer_code.casefold(), audit.date)
        days[day] = (*days.get(day, ()), audit.ref)
    return Known(tuple(dealers), kinds, tuple(checklists.items()), author.person, _signed(audits), days)


def note_on(known: Known, dealer: str, typed: str) -> Text | None:
    """Return what is worth knowing of the date of an audit before it is begun; None where nothing is."""
    from audit.clock import today
    from audit.details import read_date

    try:
        day = read_date(typed)
    except UserError:
        return None  # said when one begins
    refs = known.days.get((dealer.casefold(), day), ())
    notes = [_LATER.format(today=today())] if day > today() else []
    notes += [_ANOTHER.format(refs=", ".join(refs))] if refs else []
    return joined(notes, "；", "; ") if notes else None


def _signed(audits: Iterable[Listed]) -> dict[str, tuple[tuple[str, Text], ...]]:
    """Return the signed audits of each dealership, by its code in small letters; those put aside are left out."""
    from audit.state import AuditKind, AuditStatus

    found: dict[str, tuple[tuple[str, Text], ...]] = {}
    for audit in audits:
        if audit.status is not AuditStatus.OPEN and audit.kind is not AuditKind.FOLLOW_UP and not audit.aside:
            code = audit.dealer_code.casefold()
            found[code] = (*found.get(code, ()), (audit.ref, _EARLIER.format(date=audit.date, kind=audit.kind_name)))
    return found


def asked(_: Books, checklist: str) -> Asked:
    """Read what a checklist lets one choose.

    Raises:
        UserError: when it cannot be read.
    """
    from checklists.catalog import load

    found = load(checklist)
    return Asked(tuple((d.id, d.name) for d in found.departments), tuple(found.profiles))


def begin(books: Books, draft: Draft) -> tuple[str, dict[str, Text]]:
    """Begin the audit, with its new dealership, or write nothing and say what is wrong, field by field.

    Returns:
        The reference, empty where something is wrong; and the mistakes by the field's name.
    """
    from audit.dealers import Dealers
    from audit.session import AuditSession
    from checklists.catalog import load

    if draft.kind == FOLLOW_UP:
        return _begin_visit(books, draft)
    try:
        checklist = load(draft.checklist)
    except UserError as error:
        return "", {"checklist": error.text}
    dealers = Dealers(books.store, books.author)
    wrong = {**_dealer_mistakes(dealers, draft), **_mistakes(checklist, draft)}
    if wrong:
        return "", wrong
    if draft.new:
        dealers.save(_fresh(draft))
    dealer = dealers.get(draft.code if draft.new else draft.dealer)
    if draft.kind == RE_AUDIT and draft.earlier not in {"", ALONE}:
        return _begin_again(books, checklist, dealer, draft)
    return AuditSession.create(books.store, checklist, dealer, books.author, _details(draft)).ref, {}


def _begin_again(books: Books, checklist: Checklist, dealer: Dealer, draft: Draft) -> tuple[str, dict[str, Text]]:
    """Begin a re-audit as the form says, beside the answers of the audit chosen; see `begin`."""
    from audit.details import BadDetail, read_date, refuse_before
    from audit.session import AuditSession, find_audit

    row = find_audit(books.store, draft.earlier)
    earlier = AuditSession(books.store, row.id, row.ref, books.author)
    try:
        refuse_before(read_date(draft.date), earlier.state.details["date"], row.ref)
    except BadDetail as error:
        return "", {"date": error.text}
    return AuditSession.create(books.store, checklist, dealer, books.author, _details(draft), row).ref, {}


def _begin_visit(books: Books, draft: Draft) -> tuple[str, dict[str, Text]]:
    """Begin a follow-up visit of the audit chosen; see `begin`."""
    from audit.details import read_date
    from audit.follow_up import begin_follow_up

    wrong: dict[str, Text] = {}
    if not draft.dealer:
        wrong["dealer"] = _NO_DEALER
    if not draft.earlier:
        wrong["earlier"] = _NO_EARLIER
    day = ""
    try:
        day = read_date(draft.date)
    except UserError as error:
        wrong["date"] = error.text
    if not draft.auditors:
        wrong["auditors"] = _NO_AUDITOR
    if wrong:
        return "", wrong
    details = {"date": day, "auditors": list(draft.auditors), "participants": list(draft.participants)}
    try:
        return begin_follow_up(books.store, draft.earlier, books.author, {**details, "contact": draft.contact}).ref, {}
    except UserError as error:
        return "", {"earlier": error.text}


def _dealer_mistakes(dealers: object, draft: Draft) -> dict[str, Text]:
    from audit.dealers import Dealers, check

    if not draft.new:
        return {} if draft.dealer else {"dealer": _NO_DEALER}
    wrong: dict[str, Text] = {}
    if not draft.name.strip():
        wrong["name"] = _NO_NAME
    if not draft.code.strip():
        return {**wrong, "code": _NO_CODE}
    before = dealers.find(draft.code) if isinstance(dealers, Dealers) else None
    if before is not None:
        return {**wrong, "code": _KNOWN.format(code=before.code, name=before.name)}
    try:
        check(_fresh(draft, name=draft.name.strip() or "-"))
    except UserError as error:
        wrong.setdefault("code", error.text)
    return wrong


def _mistakes(checklist: Checklist, draft: Draft) -> dict[str, Text]:
    """Return what the details would be refused for, each detail looked at by itself."""
    from audit.details import check_details

    wrong: dict[str, Text] = {}
    details = _details(draft)
    if not draft.date.strip():
        details["date"] = "-"
    for name, value in details.items():
        needed = {"departments": list(draft.departments)} if name == "assignments" else {}
        try:
            check_details(checklist, {**needed, name: value})
        except UserError as error:
            wrong[name] = error.text
    if not draft.auditors:
        wrong["auditors"] = _NO_AUDITOR
    if not draft.departments:
        wrong["departments"] = _NO_DEPARTMENT
    return wrong


def _details(draft: Draft) -> dict[str, object]:
    details: dict[str, object] = {
        "date": draft.date,
        "kind": draft.kind,
        "departments": list(draft.departments),
        "auditors": list(draft.auditors),
        "participants": list(draft.participants),
        "contact": draft.contact,
        "profile": draft.profile,
    }
    return {**details, "assignments": dict(draft.assignments)} if draft.assignments else details


def _fresh(draft: Draft, name: str = "") -> Dealer:
    """Return the new dealership; its name stands in the language it was typed in."""
    from audit.dealers import Dealer
    from checklists.reading import half_width

    called = name or draft.name.strip()
    chinese = any("\u4e00" <= character <= "\u9fff" for character in called)
    body_shop, ev, express_lane = ("yes" if facility in draft.has else "no" for facility, _ in FACILITIES)
    return Dealer(
        half_width(draft.code.strip()),
        name_zh=called if chinese else "",
        name_en="" if chinese else called,
        city=draft.city.strip(),
        body_shop=body_shop,
        ev=ev,
        express_lane=express_lane,
    )

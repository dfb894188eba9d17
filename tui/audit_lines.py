"""The audits of a store as the screen lists them: worked out at the desk, light enough to show at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checklists.text import Text, UserError, same

if TYPE_CHECKING:
    from audit.listing import Listed
    from audit.session import AuditSession
    from tui.desk import Books
    from tui.drafts import Drafts
    from tui.settings import Place

_SAMPLE = "SHXX-2026-05-12"
_KINDS = {
    "on-site": Text("现场", "on site"),
    "re-audit": Text("复评", "re-audit"),
    "follow-up": Text("跟进", "visit"),
    "self": Text("自评", "self"),
}
_STATUS = {"open": Text("评估中", "open"), "signed": Text("已签字", "signed"), "final": Text("已定稿", "final")}
_ASIDE = Text("搁置", "aside")
_CURED = Text("{cured}/{asked} 已改善", "{cured}/{asked} cured")
_CONFLICTS = Text("! {count} 处冲突", "! conflicts: {count}")
_RESULTS = {
    "passed": ("full", Text("✓ {points} 合格", "✓ {points} passed")),
    "failed": ("zero", Text("✗ {points} 不合格", "✗ {points} failed")),
    "conditional": ("part", Text("~ {points} 有条件", "~ {points} cond.")),
    "preliminary": ("part", Text("~ {points} 初步", "~ {points} prelim.")),
    "partial": ("", Text("部分部门", "some depts")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One audit in the list."""

    ref: str
    dealer: Text
    city: str
    date: str
    kind: Text
    done: int
    """Items that are not open any more."""
    items: int
    standing: Text
    """The result with its points once nothing is open; empty before."""
    style: str
    """A mark's class, see `app.tcss`."""
    status: Text
    signed: bool
    aside: bool

    @property
    def words(self) -> str:
        """What a search looks in."""
        parts = (self.ref, self.dealer.zh, self.dealer.en, self.city, self.date, self.kind.zh, self.kind.en)
        return " ".join((*parts, self.status.zh, self.status.en)).casefold()


@dataclass(frozen=True, slots=True)
class GoingOn:
    """The audit that was open last, and where in it one was."""

    line: Line
    item: str
    """Empty where nothing was done in it yet."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the list shows."""

    lines: tuple[Line, ...]
    """The newest first."""
    unreadable: tuple[tuple[str, Text], ...]
    """References and why they cannot be read."""
    going_on: GoingOn | None


def overview(books: Books, last: Place, drafts: Drafts) -> Overview:
    """Read all audits.

    Args:
        books: the desk's.
        last: the audit that was open last.
        drafts: what was typed and not saved: one goes on with it first.
    """
    from audit.listing import list_audits

    listed, unreadable = list_audits(books.store)
    lines = sorted((_line(audit) for audit in listed), key=lambda line: (line.date, line.ref), reverse=True)
    broken = tuple((ref, problem) for ref, problem in unreadable)
    mine = last.ref if last.store == books.store.place else ""
    left = next((line for line in lines if line.ref == mine and not line.signed and not line.aside), None)
    going_on = None if left is None else GoingOn(left, _place(books, left.ref, drafts))
    return Overview(tuple(lines), broken, going_on)


def put_aside(books: Books, ref: str, *, on: bool) -> bool:
    """Put an audit aside, or bring it back; returns that it was done."""
    from audit.session import AuditSession

    AuditSession.open(books.store, ref, books.author).put_aside(on)
    return True


def repeat(books: Books, ref: str, date: str, *, blind: bool) -> str:
    """Begin a re-audit with the frame of an audit; returns its reference.

    Raises:
        UserError: when the frame cannot be used any more.
    """
    from audit.reaudit import reaudit

    return reaudit(books.store, ref, books.author, {"date": date}, blind=blind).ref


def follow(books: Books, ref: str, date: str) -> str:
    """Begin a follow-up visit of an audit; returns its reference.

    Raises:
        UserError: when the audit is not signed, or leaves nothing to ask.
    """
    from audit.follow_up import begin_follow_up

    return begin_follow_up(books.store, ref, books.author, {"date": date}).ref


def _line(audit: Listed) -> Line:
    style, standing = _standing(audit)
    return Line(
        ref=audit.ref,
        dealer=audit.dealer,
        city=audit.city,
        date=audit.date,
        kind=_KINDS.get(audit.kind.value, audit.kind_name),
        done=audit.counts.items - audit.counts.open,
        items=audit.counts.items,
        standing=standing,
        style=style,
        status=_ASIDE if audit.aside else _STATUS[audit.status.value],
        signed=audit.status.value != "open",
        aside=audit.aside,
    )


def _standing(audit: Listed) -> tuple[str, Text]:
    """Return the result; while items are open it is none of the auditor's business, and points are hidden."""
    if audit.conflicts:
        return "conflict", _CONFLICTS.format(count=audit.conflicts)
    if audit.counts.open:
        return "", same("")
    if audit.confirmed is not None:
        return "", _CURED.format(cured=audit.confirmed[0], asked=audit.confirmed[1])
    style, text = _RESULTS.get(audit.standing, ("", same("")))
    return style, text.format(points=f"{audit.earned:.2f}")


def _place(books: Books, ref: str, drafts: Drafts) -> str:
    """Return the item at which the Score page will open an audit; empty where nothing was done in it yet."""
    from audit.place import last_place
    from audit.session import AuditSession

    try:
        session = AuditSession.open(books.store, ref, books.author)
    except UserError:
        return ""
    return _drafted(session, drafts) or last_place(session) or ""


def _drafted(session: AuditSession, drafts: Drafts) -> str | None:
    from tui.desk import Seen
    from tui.screens.score_asks import BOX

    if next(drafts.boxes(session.own_id, BOX), None) is None:
        return None
    from tui.screens.score_waiting import waiting

    seen = Seen(session.ref, session.checklist, session.state, session.scorecard, session.own_id)
    found = waiting(seen, drafts)
    return found.item if found is not None else None


def may_load_sample(found: Overview) -> bool:
    """Say whether the sample is offered: nothing is there yet, or nothing but a sample that was stopped halfway."""
    if found.unreadable or len(found.lines) > 1:
        return False
    return not found.lines or (found.lines[0].ref == _SAMPLE and not found.lines[0].signed)

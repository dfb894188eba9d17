"""What a follow-up visit asks, and what it found: is each weak item of the earlier audit cured or not.

A follow-up visit has no points: nothing of it is scored, so that no total of it can be shown anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from audit.state import NO, YES, AuditKind
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit.journal import Data
    from audit.session import AuditSession
    from audit.state import AuditState
    from checklists.model import BonusItem, Item

    Asked = TypeVar("Asked", bound=Item | BonusItem)

CONFIRM = "confirm:"
"""What the slots of its answers begin with; sealed like all that is found on site."""

_VERDICT = Text("已确认改善 {confirmed} / {asked} 项", "{confirmed} of {asked} confirmed as cured")
_NOT_SCORED = Text(
    "跟进验收不评分：请确认 {item} 是否改善，audit confirm REF {item} yes|no",
    "A follow-up visit gives no points: say whether {item} is cured, audit confirm REF {item} yes|no",
)
_NO_VISIT = Text(
    "{ref} 不是跟进验收：评分请用 audit answer", "{ref} is no follow-up visit: answer its items with audit answer"
)
_OPEN = Text("还有 {open} 项未确认", "Not looked at yet: {open}")


class NotAskedHere(UserError):
    """The follow-up visit does not ask that, or the audit is none."""


class NotScoredHere(UserError):
    """A follow-up visit gives no points."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One thing a follow-up visit looks at."""

    number: str
    """The weak item's number in the earlier audit; of an action that answers none, the action's."""
    statement: Text
    """What was weak; of such an action, what was to be done."""
    department: str
    """Its department's id; may be empty."""
    action: str
    """Number of the earlier audit's action that answers it; empty where none does."""
    what: Text
    """What that action was to do."""
    confirmed: bool | None = None
    """Whether it is cured; None: not looked at yet, or two people say different things."""
    note: str = ""
    person: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up visit as a whole."""

    earlier: str
    """Reference of the audit it follows, as it was when it began."""
    items: tuple[Confirmation, ...]
    """In the order of the earlier audit's weak items."""

    @property
    def confirmed(self) -> int:
        """How many are cured."""
        return sum(1 for item in self.items if item.confirmed)

    @property
    def open(self) -> tuple[str, ...]:
        """Numbers of what was not looked at yet."""
        return tuple(item.number for item in self.items if item.confirmed is None)

    @property
    def verdict(self) -> Text:
        """How many are cured of how many, in a sentence."""
        return _VERDICT.format(confirmed=self.confirmed, asked=len(self.items))

    @property
    def unfinished(self) -> Text | None:
        """How many were not looked at yet, in a sentence; None where all were."""
        return _OPEN.format(open=len(self.open)) if self.open else None


def is_visit(state: AuditState) -> bool:
    """Say whether an audit is a follow-up visit."""
    return bool(state.details.get("kind") == AuditKind.FOLLOW_UP)


def follow_up_of(state: AuditState) -> FollowUp | None:
    """Return what a follow-up visit asks and found; None of any other audit."""
    if not is_visit(state):
        return None
    said = state.of_kind(CONFIRM)
    asked: Mapping[str, Mapping[str, str]] = state.details.get("asked", {})
    items = tuple(_item(number, facts, said.get(number)) for number, facts in _in_order(asked))
    return FollowUp(str(state.details.get("earlier", {}).get("ref", "")), items)


def visit_of(session: AuditSession) -> FollowUp:
    """Return the follow-up visit that a session is, with who confirmed what.

    Raises:
        NotAskedHere: when it is none.
    """
    visit = follow_up_of(session.state)
    if visit is None:
        raise NotAskedHere(_NO_VISIT.format(ref=session.ref))
    return replace(visit, items=tuple(_with_person(session, item) for item in visit.items))


def of_visit(state: AuditState, items: Iterable[Asked]) -> list[Asked]:
    """Return the items that a follow-up visit asks: those that evidence and notes can belong to."""
    asked = state.details.get("asked", {})
    return [item for item in items if item.id in asked]


def refuse_scoring(state: AuditState, item_id: str) -> None:
    """Refuse a scored answer in a follow-up visit.

    Raises:
        NotScoredHere: when the audit is one.
    """
    if is_visit(state):
        raise NotScoredHere(_NOT_SCORED.format(item=item_id))


def asked_data(item: Confirmation, place: int) -> dict[str, str]:
    """Return what a follow-up visit keeps of one thing it asks, so that it can be read without the earlier audit."""
    return {
        "place": str(place),
        "zh": item.statement.zh,
        "en": item.statement.en,
        "department": item.department,
        "action": item.action,
        "what_zh": item.what.zh,
        "what_en": item.what.en,
    }


def _in_order(asked: Mapping[str, Mapping[str, str]]) -> list[tuple[str, Mapping[str, str]]]:
    return sorted(asked.items(), key=lambda pair: int(pair[1]["place"]))


def _item(number: str, facts: Mapping[str, str], said: Data | None) -> Confirmation:
    return Confirmation(
        number=number,
        statement=Text(facts["zh"], facts["en"]),
        department=facts["department"],
        action=facts["action"],
        what=Text(facts["what_zh"], facts["what_en"]),
        confirmed=None if said is None else {YES: True, NO: False}.get(str(said["value"])),
        note="" if said is None else str(said.get("note", "")),
    )


def _with_person(session: AuditSession, item: Confirmation) -> Confirmation:
    standing = session.journal.values(CONFIRM + item.number)
    if item.confirmed is None or len(standing) != 1:
        return item
    return replace(item, person=standing[0].person, time=standing[0].time)

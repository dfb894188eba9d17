"""Follow-up visits: begun from a signed audit, each of its weak items confirmed as cured or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.confirming import CONFIRM, Confirmation, NotAskedHere, asked_data, follow_up_of, visit_of
from audit.dealers import Dealer, Dealers
from audit.details import refuse_before
from audit.plan import plan_of
from audit.plan_fields import tidy
from audit.session import AuditSession, find_audit
from audit.state import NO, YES, AuditKind, AuditStatus
from audit.weak import weak_of
from checklists.reading import folded, read_yes_no, shown
from checklists.text import Text, UserError
from checklists.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.journal import Author
    from audit.store.store import Store

_FRAME = ("departments", "auditors", "participants", "contact")
"""Details that are taken over unless others are given."""
_NOT_SIGNED = Text(
    "{ref} 尚未签字：签字后才能跟进验收", "{ref} is not signed yet: a follow-up visit comes after signing"
)
_IS_VISIT = Text(
    "{ref} 本身是跟进验收：请指定它所跟进的评估 {earlier}",
    "{ref} is a follow-up visit itself: name the audit it follows, {earlier}",
)
_NOTHING = Text("{ref} 没有要跟进的弱项或措施", "{ref} has no open action or weak item to follow up")
_NOT_ASKED = Text("本次跟进没有“{number}”。{hint}", 'This follow-up does not ask "{number}". {hint}')
_WHY_NOT = Text("{number} 未改善，请写明看到了什么（--note）", "{number} is not cured: say what was seen (--note)")


class CannotFollow(UserError):
    """There is nothing to follow up, or not yet."""


class NoteMissing(UserError):
    """What is not cured needs words."""


def begin_follow_up(store: Store, ref: str, author: Author, details: Mapping[str, object]) -> AuditSession:
    """Begin a follow-up visit of a signed audit; it asks its open actions and weak items only.

    What an action that is verified or cancelled answers is not asked again.

    Args:
        store: where the earlier audit is kept and the visit will be.
        ref: the earlier audit.
        author: who begins it.
        details: what differs from the earlier audit's frame; a date, as a rule (see `audit.details`).

    Raises:
        UnknownAudit: when none or several fit the reference.
        CannotFollow: when it is not signed, is a follow-up visit itself, or leaves nothing to ask.
        BadDetail: when a detail cannot be used.
    """
    row = find_audit(store, ref)
    earlier = AuditSession(store, row.id, row.ref, author)
    known = follow_up_of(earlier.state)
    if known is not None:
        raise CannotFollow(_IS_VISIT.format(ref=row.ref, earlier=known.earlier))
    if earlier.state.status is AuditStatus.OPEN:
        raise CannotFollow(_NOT_SIGNED.format(ref=row.ref))
    asked = {item.number: asked_data(item, place) for place, item in enumerate(to_ask(earlier))}
    if not asked:
        raise CannotFollow(_NOTHING.format(ref=row.ref))
    frame = {name: earlier.state.details.get(name) for name in _FRAME}
    given = {name: value for name, value in details.items() if value}
    refuse_before(given.get("date"), earlier.state.details["date"], row.ref)
    fixed = {"kind": AuditKind.FOLLOW_UP.value, "asked": asked, "departments": frame["departments"]}
    named = earlier.state.details["dealership"]
    before = Dealer(earlier.state.dealer, name_zh=named["zh"], name_en=named["en"], city=named["city"])
    dealer = Dealers(store, author).find(earlier.state.dealer) or before
    return AuditSession.create(store, earlier.checklist, dealer, author, {**frame, **given, **fixed}, row)


def to_ask(earlier: AuditSession) -> list[Confirmation]:
    """Return what a follow-up of an audit asks: its weak items by points lost, then actions that answer none."""
    weak = weak_of(earlier)
    plan = plan_of(earlier, weak)
    actions = {number: action for action in plan.actions for number in action.answers}
    asked = []
    for each in weak:
        action = actions.get(each.number)
        if action is None or not action.closed:
            what = _own_step(action.what, each.number) if action else Text("", "")
            number = action.number if action else ""
            asked.append(Confirmation(each.number, each.statement, each.department.id, number, what))
    asked += [
        Confirmation(action.number, action.what, action.department, action.number, action.what)
        for action in plan.actions
        if not action.weak and not action.closed
    ]
    return asked


def _own_step(what: Text, number: str) -> Text:
    """Return the line of an action that is about one weak item; its first line where none is."""

    def line_of(words: str) -> str:
        lines = words.split("\n")
        return next((line for line in lines if line.startswith((f"{number}：", f"{number}:"))), lines[0])

    return Text(line_of(what.zh), line_of(what.en))


def confirm(session: AuditSession, number: str, value: str, note: str = "") -> Confirmation:
    """Record whether something is cured.

    Args:
        session: the follow-up visit.
        number: the weak item's or the action's number.
        value: yes or no, as people type it.
        note: what was seen; needed for a no.

    Raises:
        NotAskedHere: when the visit does not ask it, or the audit is no follow-up visit.
        UnreadableAnswer: when it is neither yes nor no.
        NoteMissing: for a no without words.
        AuditSealed: when the visit is signed.
    """
    visit = visit_of(session)
    item = next((each for each in visit.items if folded(each.number) == folded(number)), None)
    if item is None:
        hint = did_you_mean(number, [each.number for each in visit.items])
        raise NotAskedHere(_NOT_ASKED.format(number=shown(number), hint=hint))
    cured, words = read_yes_no(value), tidy(note)
    if not cured and not words:
        raise NoteMissing(_WHY_NOT.format(number=item.number))
    if (item.confirmed, item.note) != (cured, words):
        data = {"value": YES if cured else NO, "note": words}
        session.write([("confirm", CONFIRM + item.number, {name: text for name, text in data.items() if text})])
    return next(each for each in visit_of(session).items if each.number == item.number)


def confirmations(session: AuditSession) -> tuple[Confirmation, ...]:
    """Return what a follow-up visit asks and found; nothing for any other audit."""
    visit = follow_up_of(session.state)
    return () if visit is None else visit.items

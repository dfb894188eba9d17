"""What the review has done at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checklists.text import Text, UserError
from tui.how_answered import by_number

if TYPE_CHECKING:
    from pathlib import Path

    from audit.evidence import Evidence
    from audit.review import Review
    from audit.session import AuditSession, Typed
    from audit.state import Answer
    from checklists.text import Lang
    from tui.screens.signing import Names


class NoWhy(UserError):
    """A correction does not say why."""


_NO_WHY = Text("请写明为什么更正", "Say why it is corrected")
_CORRECTED = Text("更正（原评分 {old}）：{why}", "corrected (was {old}): {why}")
_WITH_REASON = Text("{reason}；{corrected}", "{reason}; {corrected}")
_VALUE = Text("{n}  {person} {what}", "{n}  {person} {what}")


def look_over(session: AuditSession) -> Review:
    """Return the review of the open audit."""
    from audit.review import review

    return review(session)


def correction(session: AuditSession, item_id: str, value: str, why: str, lang: Lang) -> Typed:
    """Return the answer that corrects one: its reason says why it was changed and what stood before.

    Raises:
        NoWhy: without a reason.
        UserError: when the answer cannot be recorded.
    """
    from audit.session import Typed
    from reports.words import answer_words

    if not why.strip():
        raise NoWhy(_NO_WHY)
    old = session.state.answer(item_id)
    item = session.item(item_id)
    value = by_number(item, value)
    told = _CORRECTED.format(old=answer_words(item, old), why=why.strip()).of(lang)
    read = session.read(Typed(item_id, value, told))
    if read.state == "answered" and old.state == "answered" and old.reason:
        loses = item.rule.kind != "bonus" and item.rule.earn(read.value, item.points) < item.points
        if loses:
            told = _WITH_REASON.format(reason=old.reason, corrected=told).of(lang)
    return Typed(item_id, value, told)


def correct(session: AuditSession, typed: Typed) -> Answer:
    """Record a correction."""
    return session.record([typed])[0]


def sides(session: AuditSession, slot: str) -> list[tuple[str, Text]]:
    """Return the values of a conflict: hash and what each says."""
    from audit.history import told

    return [
        (e.hash, _VALUE.format(n=n, person=e.person, what=told(e, session.checklist)))
        for n, e in enumerate(session.state.conflicts.get(slot, ()), start=1)
    ]


def settle(session: AuditSession, slot: str, keep: str) -> None:
    """Settle a conflict."""
    session.settle(slot, keep)


def sign(session: AuditSession, names: Names) -> str:
    """Sign; returns the seal.

    Raises:
        CannotSign: while something keeps the audit from being signed.
    """
    from audit.closing import Consent

    consent = Consent(names.consent)
    said = {"witness": names.witness if consent is Consent.REFUSED else ""}
    said["reservations"] = names.reservations if consent is not Consent.AGREED else ""
    return session.sign(names.auditor, names.representative, consent, **said)


def export_files(session: AuditSession, item_id: str, folder: Path) -> list[tuple[Evidence, Path]]:
    """Write an item's files out to look at them; returns each with its path."""
    from audit.evidence import evidence_of
    from audit.evidence_out import export_one

    pieces = evidence_of(session, item_id)
    return [(piece, export_one(session, piece.file, f"{piece.item}_{piece.name}", folder)) for piece in pieces]

"""Signing: agreed, with reservations, or refused; and who may still write what afterwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.closing import SCAN, Consent, is_closing, is_follow_up, is_open_when_final
from audit.confirming import CONFIRM, follow_up_of
from audit.details import lies_ahead
from audit.state import ITEM, SEAL, AuditStatus, ItemState
from checklists.text import Text, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit.session import AuditSession

CONSENT_NAMES: dict[Consent, Text] = {
    Consent.AGREED: Text("同意", "agreed"),
    Consent.RESERVATIONS: Text("保留意见签字", "signed with reservations"),
    Consent.REFUSED: Text("拒绝签字", "refused to sign"),
}


class AuditSealed(UserError):
    """A signed audit cannot be changed."""


class AuditFinal(AuditSealed):
    """A final audit cannot even be amended."""


class NotSigned(UserError):
    """What belongs to the closing meeting needs a signed audit."""


class CannotSign(UserError):
    """Something keeps the audit from being signed; the text lists it."""


_SEALED = Text(
    "评估 {ref} 已签字封存，不能再修改：更正评分请用 audit amend，提出异议请用 audit object",
    "Audit {ref} is signed and sealed, it cannot be changed: correct an answer with audit amend, dispute it with "
    "audit object",
)
_FINAL = Text(
    "评估 {ref} 已定稿：只能再维护改进计划和附上扫描件", "Audit {ref} is final: only its plan and scans go on"
)
_NOT_SIGNED = Text(
    "评估 {ref} 尚未签字：请直接修改评分（audit answer），或先签字（audit sign）",
    "Audit {ref} is not signed yet: change the answer itself (audit answer), or sign first (audit sign)",
)
_NAMES = Text("签字需要评估员和经销商代表的姓名", "Signing needs the auditor's and the dealership's name")
_WITNESS = Text(
    "经销商拒绝签字时，须有评估员和见证人的姓名（--witness）",
    "When the dealership refuses to sign, the auditor's and a witness's name are needed (--witness)",
)
_WORDS = Text(
    "保留意见签字须写明保留意见（--reservations）",
    "Signing with reservations needs the reservations in words (--reservations)",
)


_NO_WITNESS = Text(
    "见证人（--witness）只用于经销商拒绝签字（--consent refused）",
    "A witness (--witness) belongs to a refusal only (--consent refused)",
)
_NO_RESERVATIONS = Text(
    "保留意见（--reservations）不用于同意签字：请用 --consent reservations，拒绝签字时用 --consent refused",
    "Reservations (--reservations) do not go with agreeing: use --consent reservations, or refused where it refuses",
)
_OWN_WITNESS = Text(
    "见证人 {name} 不能是评估员或经销商代表本人：请另找一位见证人",
    "The witness {name} cannot be the auditor or the dealership's representative: name somebody else",
)
_BETWEEN = re.compile("[,，、;；]")

_UNKNOWN = Text(
    "没有“{typed}”这种签字方式：请用 agreed 同意、reservations 保留意见或 refused 拒绝签字",
    'There is no consent "{typed}": use agreed, reservations or refused',
)


class UnknownConsent(UserError):
    """Nobody signs like that."""


def consent_of(typed: str) -> Consent:
    """Return how the dealership signs, as typed.

    Raises:
        UnknownConsent: when it is none of the three.
    """
    for consent, name in CONSENT_NAMES.items():
        if typed.strip().casefold() in {consent.value, name.zh, name.en}:
            return consent
    raise UnknownConsent(_UNKNOWN.format(typed=typed))


def sign(
    session: AuditSession,
    auditor: str,
    dealer_representative: str,
    consent: Consent = Consent.AGREED,
    *,
    witness: str = "",
    reservations: str = "",
) -> str:
    """Sign the audit and seal it; returns the seal, which later proves that nothing was taken away.

    Args:
        session: the audit.
        auditor: who signs for the auditors.
        dealer_representative: who signs for the dealership; may be empty when it refuses.
        consent: how it signs.
        witness: who saw that it refused.
        reservations: what it has reservations about, or why it refuses.

    Raises:
        CannotSign: before the day of the audit, while items are open or in conflict, or a name or the reservations are
            missing, or do not fit the way of signing; a witness is none of those who sign.
        AuditSealed: when it is signed already.
    """
    given = {
        "auditor": auditor.strip(),
        "dealer_representative": dealer_representative.strip(),
        "consent": "" if consent is Consent.AGREED else consent.value,
        "witness": witness.strip(),
        "reservations": reservations.strip(),
    }
    _refuse_unfitting(given, consent)
    names = ("auditor", "witness" if consent is Consent.REFUSED else "dealer_representative")
    if not all(given[name] for name in names):
        raise CannotSign(_WITNESS if consent is Consent.REFUSED else _NAMES)
    if consent is Consent.RESERVATIONS and not given["reservations"]:
        raise CannotSign(_WORDS)
    signing = {_plain(name) for who in ("auditor", "dealer_representative") for name in _BETWEEN.split(given[who])}
    same_person = [name for name in _BETWEEN.split(given["witness"]) if _plain(name) in signing - {""}]
    if same_person:
        raise CannotSign(_OWN_WITNESS.format(name=same_person[0].strip()))
    said = {name: text for name, text in given.items() if text or name in {"auditor", "dealer_representative"}}
    session.refresh()
    session.allow([SEAL])
    ahead = lies_ahead(session.state.details)
    if ahead is not None:
        raise CannotSign(ahead)
    refuse_unfinished(session)
    # Whatever is written meanwhile is looked at before the seal covers the audit.
    session.write([("seal", SEAL, said)], unless=refuse_unfinished)
    return session.journal.current(SEAL)[0]


def _refuse_unfitting(given: Mapping[str, str], consent: Consent) -> None:
    """Refuse what does not belong to the way of signing.

    Raises:
        CannotSign: a witness where nobody refuses, reservations where all is agreed.
    """
    if given["witness"] and consent is not Consent.REFUSED:
        raise CannotSign(_NO_WITNESS)
    if given["reservations"] and consent is Consent.AGREED:
        raise CannotSign(_NO_RESERVATIONS)


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def refuse(ref: str, status: AuditStatus, slots: Iterable[str]) -> None:
    """Refuse what may not be written in an audit of that status.

    Raises:
        NotSigned: an objection, an amendment, a scan or the final word before the audit is signed.
        AuditSealed: anything the seal covers, once it is.
        AuditFinal: anything but the plan and scans, once it is final.
    """
    wanted = list(slots)
    if status is AuditStatus.OPEN:
        if any(is_closing(slot) or slot.startswith(SCAN) for slot in wanted):
            raise NotSigned(_NOT_SIGNED.format(ref=ref))
    elif status is AuditStatus.FINAL and not all(is_open_when_final(slot) for slot in wanted):
        raise AuditFinal(_FINAL.format(ref=ref))
    elif not all(is_follow_up(slot) for slot in wanted):
        raise AuditSealed(_SEALED.format(ref=ref))


def refuse_unfinished(session: AuditSession) -> None:
    """Refuse what keeps an audit from being signed.

    Raises:
        CannotSign: while items are open or in conflict.
    """
    conflicts = sorted(session.state.unsettled)
    still_open = [i.item.id for i in session.scorecard.items if i.state is ItemState.OPEN]
    visit = follow_up_of(session.state)
    if visit is not None:
        still_open = [number for number in visit.open if CONFIRM + number not in conflicts]
    blockers = [item_id for item_id in still_open if ITEM + item_id not in conflicts]
    if blockers or conflicts:
        raise CannotSign(
            Text(
                "还不能签字：{open} 项未评（{items}），{conflicts} 处冲突（{slots}）",
                "Not ready to sign: items open: {open} ({items}); conflicts: {conflicts} ({slots})",
            ).format(
                open=len(blockers),
                items=_few(blockers),
                conflicts=len(conflicts),
                slots=_few([slot.partition(":")[2] or slot for slot in conflicts]),
            )
        )


def _few(listed: list[str], most: int = 8) -> str:
    if not listed:
        return "–"
    return ", ".join(listed[:most]) + (" …" if len(listed) > most else "")

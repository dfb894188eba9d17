"""Signing kinds, witnesses, and when nobody signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.amending import amend
from audit.closing import Consent
from audit.finalizing import attach_scan, finalize
from audit.history import history
from audit.objecting import object_to
from audit.review import review
from audit.session import AuditSession, Typed
from audit.signing import CannotSign, NotSigned
from audit.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audit.store.store import Store

from tests.audit.closing.samples import again, intact


def test_nobody_signs_before_the_day_of_the_audit(session: AuditSession) -> None:
    session.describe({"date": "2099-01-01"})
    with pytest.raises(CannotSign, match="still to come"):
        session.sign("Li", "Chen")
    assert "still to come" in review(session).stoppers[0].text.en


def test_an_audit_is_signed_with_reservations_that_are_kept(store: Store, session: AuditSession) -> None:
    with pytest.raises(CannotSign, match="reservations"):
        session.sign("Li", "Chen", Consent.RESERVATIONS)
    session.sign("Li", "Chen", Consent.RESERVATIONS, reservations="A1 is disputed")
    signature = again(store).state.signature
    assert signature is not None
    assert (signature.consent, signature.reservations) == (Consent.RESERVATIONS, "A1 is disputed")
    assert intact(store)
    assert "with reservations: A1 is disputed" in history(again(store))[-1].what.en


def test_a_refused_signature_names_a_witness_and_needs_no_representative(store: Store, session: AuditSession) -> None:
    with pytest.raises(CannotSign, match="witness"):
        session.sign("Li", "", Consent.REFUSED)
    session.sign("Li", "", Consent.REFUSED, witness="Wu")
    signature = again(store).state.signature
    assert signature is not None
    assert (signature.consent, signature.witness, signature.dealer_representative) == (Consent.REFUSED, "Wu", "")
    assert intact(store)
    assert "refused to sign (witness Wu)" in history(again(store))[-1].what.en


def test_a_seal_without_a_word_about_consent_is_an_agreed_one(store: Store, signed: AuditSession) -> None:
    seal = signed.journal[signed.journal.current("seal")[0]]
    assert seal.data == {"auditor": "Li", "dealer_representative": "Chen"}  # as it has always been written
    assert signed.state.signature is not None
    assert signed.state.signature.consent is Consent.AGREED
    assert signed.state.signature.code == seal.hash[:12]
    assert verify(store, store.find("audit", "D1")[0], signed.state.signature.code).intact


def test_the_closing_meeting_needs_a_signature(session: AuditSession, tmp_path: Path) -> None:
    paper = tmp_path / "signed.pdf"
    paper.write_bytes(b"%PDF-1.4")
    attempts: list[Callable[[], object]] = [
        lambda: object_to(session, "A1", "Chen", "no"),
        lambda: amend(session, Typed("A1", "4"), "why"),
        lambda: finalize(session),
        lambda: attach_scan(session, paper),
    ]
    before = len(session.journal)
    for attempt in attempts:
        with pytest.raises(NotSigned):
            attempt()
    assert len(session.journal) == before


@pytest.mark.parametrize("witness", [" li", "CHEN Ming", "Wu、Li"])
def test_whoever_signs_is_no_witness(session: AuditSession, witness: str) -> None:
    with pytest.raises(CannotSign, match="somebody else"):
        session.sign("Zhao、Li", "Chen Ming", Consent.REFUSED, witness=witness)
    assert session.state.signature is None
    session.sign("Zhao、Li", "Chen Ming", Consent.REFUSED, witness="Wu")


def test_what_does_not_fit_the_way_of_signing_is_refused(session: AuditSession) -> None:
    for consent in (Consent.AGREED, Consent.RESERVATIONS):
        with pytest.raises(CannotSign, match="refusal only"):
            session.sign("Li", "Chen", consent, witness="Wu", reservations="A1")
    with pytest.raises(CannotSign, match="--reservations"):
        session.sign("Li", "Chen", reservations="A1")
    assert session.state.signature is None

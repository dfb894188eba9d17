"""The final word, what it closes, and the signed scan."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from audit.amending import amend
from audit.closing import Decision
from audit.finalizing import CannotFinalize, NoScan, attach_scan, finalize, remove_scan
from audit.listing import list_audits
from audit.objecting import decide, object_to
from audit.session import AuditSession, Typed
from audit.signing import AuditFinal
from audit.state import AuditStatus
from audit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

from tests.audit.closing.samples import WANG, again, intact


def test_an_undecided_objection_keeps_the_audit_from_being_final(store: Store, signed: AuditSession) -> None:
    object_to(signed, "A1", "Chen", "no")
    object_to(signed, "A2", "Chen", "nor this")
    decide(signed, "O1", Decision.REJECTED, "yes")
    with pytest.raises(CannotFinalize, match="O2"):
        finalize(signed, before_due=True)
    decide(signed, "O2", Decision.WITHDRAWN, "")
    finalize(signed, "Wang Fang", before_due=True)
    kept = again(store)
    assert kept.state.status is AuditStatus.FINAL
    assert kept.state.finalized is not None
    assert kept.state.finalized.by == "Wang Fang"
    assert intact(store)


def test_while_objections_may_be_raised_only_a_word_makes_it_final(
    session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.writing.now", lambda: "2026-05-12T08:00:00.000000+00:00")
    session.sign("Li", "Chen")
    monkeypatch.setattr("audit.finalizing.today", lambda: "2026-05-19")  # the last day
    with pytest.raises(CannotFinalize, match=r"2026-05-19.*--before-due"):
        finalize(session)
    assert session.state.status is AuditStatus.SIGNED
    monkeypatch.setattr("audit.finalizing.today", lambda: "2026-05-20")
    finalize(session)
    assert session.state.status is AuditStatus.FINAL


def test_after_the_final_word_only_the_plan_and_scans_go_on(store: Store, signed: AuditSession, tmp_path: Path) -> None:
    object_to(signed, "A1", "Chen", "no")
    decide(signed, "O1", Decision.REJECTED, "yes")
    finalize(signed, before_due=True)
    attempts: list[Callable[[], object]] = [
        lambda: object_to(signed, "A1", "Chen", "no"),
        lambda: decide(signed, "O1", Decision.WITHDRAWN, ""),
        lambda: amend(signed, Typed("A1", "4"), "why"),
        lambda: finalize(signed, before_due=True),
        lambda: signed.answer("A1", "4"),
    ]
    for attempt in attempts:
        with pytest.raises(AuditFinal):
            attempt()
    paper = tmp_path / "signed.pdf"
    paper.write_bytes(b"%PDF-1.4")
    attach_scan(signed, paper)
    signed.put_aside()
    kept = again(store)
    assert kept.state.aside
    assert kept.state.status is AuditStatus.FINAL
    assert intact(store)


def test_an_objection_raised_while_somebody_finalizes_is_looked_at(
    store: Store, signed: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = store.append

    def meanwhile(*args: Any, **kwargs: Any) -> bool:
        monkeypatch.setattr(store, "append", append)
        with Store.open(store.place) as elsewhere:
            object_to(again(elsewhere, WANG), "A1", "Chen", "no")
        return append(*args, **kwargs)

    monkeypatch.setattr(store, "append", meanwhile)
    with pytest.raises(CannotFinalize):
        finalize(signed, before_due=True)
    assert again(store).state.status is AuditStatus.SIGNED


def test_what_is_said_while_somebody_else_finalizes_is_refused(
    store: Store, signed: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = store.append

    def meanwhile(*args: Any, **kwargs: Any) -> bool:
        monkeypatch.setattr(store, "append", append)
        with Store.open(store.place) as elsewhere:
            finalize(again(elsewhere, WANG), before_due=True)
        return append(*args, **kwargs)

    monkeypatch.setattr(store, "append", meanwhile)
    with pytest.raises(AuditFinal):
        amend(signed, Typed("A1", "4"), "why")
    assert not again(store).state.amendments


def test_results_count_what_somebody_else_amended_meanwhile(
    store: Store, signed: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = store.append

    def meanwhile(*args: Any, **kwargs: Any) -> bool:
        monkeypatch.setattr(store, "append", append)
        with Store.open(store.place) as elsewhere:
            amend(again(elsewhere, WANG), Typed("A2", "5"), "theirs")
        return append(*args, **kwargs)

    monkeypatch.setattr(store, "append", meanwhile)
    amend(signed, Typed("A1", "5"), "ours")
    assert intact(store)
    assert list_audits(store)[0][0].earned == again(store).scorecard.total.earned == 43


def test_the_signed_scan_is_no_amendment(store: Store, signed: AuditSession, tmp_path: Path) -> None:
    row = store.find("audit", "D1")[0]
    before, score = store.results(row.id), signed.scorecard
    paper, words = tmp_path / "signed.pdf", tmp_path / "words.txt"
    paper.write_bytes(b"%PDF-1.4 with a chop")
    words.write_text("no scan", "utf-8")
    with pytest.raises(NoScan):
        attach_scan(signed, words)
    attached = attach_scan(signed, paper)
    assert attach_scan(signed, paper) == attached
    kept = again(store)
    assert [(scan.name, scan.media) for scan in kept.state.closing.scans] == [("signed.pdf", "application/pdf")]
    assert (store.results(row.id), kept.scorecard, kept.state.amendments) == (before, score, {})
    assert intact(store)
    with pytest.raises(NoScan):
        remove_scan(kept, "other.pdf")
    remove_scan(kept, "signed.pdf")
    assert not again(store).state.closing.scans
    assert intact(store)


@pytest.mark.parametrize(
    ("name", "body", "taken"),
    [
        ("words.pdf", b"no scan at all", False),
        ("words.png", b"no scan at all", False),
        ("cut.png", None, False),
        ("beginning.jpg", b"\xff\xd8\xff and nothing else", False),
        ("whole.png", b"", True),
        ("scanner.pdf", b"\n%PDF-1.7 some scanners begin like that", True),
    ],
)
def test_a_scan_is_what_it_holds_not_what_it_is_called(
    store: Store, signed: AuditSession, tmp_path: Path, name: str, body: bytes | None, taken: bool
) -> None:
    from PIL import Image

    paper = tmp_path / name
    Image.effect_noise((300, 200), 60).save(tmp_path / "drawn.png")
    drawn = (tmp_path / "drawn.png").read_bytes()
    paper.write_bytes(drawn[: len(drawn) // 2] if body is None else body or drawn)
    if taken:
        assert attach_scan(signed, paper).name == name
    else:
        with pytest.raises(NoScan, match=name):
            attach_scan(signed, paper)
        assert not store.has_file(sha256(paper.read_bytes()).hexdigest())
    assert len(again(store).state.closing.scans) == taken

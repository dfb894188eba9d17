"""The closing meeting as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.amending import amend
from audit.closing import Decision
from audit.journal import Author
from audit.objecting import decide
from audit.session import AuditSession, Typed
from audit.store.store import Store
from tui.exits import ExitCode

if TYPE_CHECKING:
    from typing import Any

    from tests.tui.conftest import Person


@pytest.fixture
def ref(person: Person) -> str:
    ref = person.begin()
    person.complete(ref)
    return ref


def test_a_whole_closing_meeting(person: Person, ref: str) -> None:
    seal = person.sign(ref)
    log = person.file("log.pdf", "%PDF-1.4 the log")
    raised = person.well("audit", "object", ref, "A1", "--by", "陈明", "--text", "记录在总部", "--file", log)
    assert raised.out == "O1\n"
    assert person.well("audit", "object", ref, "A2", "--by", "陈明", "--text", "太严", lang="zh").err
    too_early = person.on_store("audit", "finalize", ref)
    assert too_early.code == ExitCode.REFUSED
    assert "O1, O2" in too_early.err
    granted = ["audit", "decide", ref, "O1", "granted", "--answer", "记录已核对", "--value", "5", "--by", "王芳"]
    assert "points 6 -> 10" in person.well(*granted).err
    person.well("audit", "decide", ref, "o2", "不成立", "--answer", "按标准")
    shown = person.well("audit", "show", ref, lang="zh").out
    for words in ("陈明：记录在总部", "记录已核对", "6 → 10", "不成立", "log.pdf", "按标准", "现场签字得分"):
        assert words in shown
    person.well("audit", "scan", ref, person.file("signed.pdf", "%PDF-1.4 chop"))
    assert "--before-due" in person.on_store("audit", "finalize", ref, "--by", "王芳").err
    final = person.well("audit", "finalize", ref, "--by", "王芳", "--before-due", lang="zh")
    assert "已定稿" in final.err
    assert "异议期到" in final.err
    shape = person.well("audit", "show", ref, "--json").json
    assert (shape["status"], shape["final"]["by"]) == ("final", "王芳")
    assert [(o["id"], o["decision"], o["before"], o["after"]) for o in shape["objections"]] == [
        ("O1", "granted", 6, 10),
        ("O2", "rejected", 7, 7),
    ]
    assert [(a["item"], a["before"]["value"], a["after"]["value"]) for a in shape["amendments"]] == [("A1", "3", "5")]
    assert [scan["name"] for scan in shape["scans"]] == ["signed.pdf"]
    scored = person.well("score", ref, "--json").json
    assert scored["closing"]["on_site"]["earned"] + 4 == scored["total"]["earned"]
    assert scored["audit"]["signature"]["code"] == seal[:12]
    assert person.well("audit", "verify", ref, "--seal", seal[:12]).code == 0
    listed = person.well("audit", "list", "--json").json["audits"][0]
    assert (listed["status"], listed["earned"]) == ("final", scored["total"]["earned"])
    assert "final" in person.well("audit", "list").out
    assert person.on_store("audit", "amend", ref, "A1", "3", "--reason", "x").code == ExitCode.REFUSED
    out = person.home / "out"
    person.well("evidence", "export", ref, str(out))
    assert {path.name for path in out.iterdir()} == {"A1_log.pdf", "signed_signed.pdf"}


def test_signing_with_reservations_and_refusing_to_sign(person: Person, ref: str) -> None:
    missing = person.on_store("audit", "sign", ref, "--auditor", "Li", "--consent", "refused")
    assert missing.code == ExitCode.REFUSED
    assert "--witness" in missing.err
    assert person.on_store("audit", "sign", ref, "--auditor", "Li", "--consent", "perhaps").code == ExitCode.USAGE
    person.well("audit", "sign", ref, "--auditor", "Li", "--consent", "refused", "--witness", "Wu")
    shown = person.well("audit", "show", ref).out
    assert "Li (witness Wu)" in shown
    assert "refused to sign" in shown
    shape = person.well("audit", "show", ref, "--json").json
    assert (shape["signature"]["consent"], shape["signature"]["witness"]) == ("refused", "Wu")


def test_an_amendment_is_typed_with_its_reason(person: Person, ref: str) -> None:
    assert person.on_store("audit", "amend", ref, "A1", "5", "--reason", "x").code == ExitCode.REFUSED
    person.sign(ref)
    strange = person.on_store("audit", "amend", ref, "A1", "9")
    assert (strange.code, "A1:" in strange.err) == (ExitCode.USAGE, True), "said before the reason is asked for"
    nothing = person.on_store("audit", "amend", ref, "A1", "5")
    assert (nothing.code, "--reason" in nothing.err) == (ExitCode.USAGE, True)
    assert person.on_store("audit", "amend", ref, "A1").code == ExitCode.USAGE
    assert person.on_store("audit", "amend", ref, "--take-over", "abc", "--reason", "x").code == ExitCode.NOT_FOUND
    assert "A1 is amended; total" in person.well("audit", "amend", ref, "A1", "5", "--reason", "counted again").err
    person.well("audit", "amend", ref, "A2", "ND", "--cause", "not-kept", "--reason", "another shop's list")
    history = person.well("audit", "history", ref, "--item", "A1").out
    assert "counted again" in history
    assert person.well("audit", "verify", ref).code == 0


def test_deciding_anew_is_asked_for_and_shows_both(person: Person, ref: str) -> None:
    person.sign(ref)
    person.well("audit", "object", ref, "A1", "--by", "Chen", "--text", "no")
    person.well("audit", "decide", ref, "O1", "granted", "--answer", "the log was shown", "--value", "5")
    anew = ["audit", "decide", ref, "O1", "rejected", "--answer", "it was another shop's log"]
    refused = person.on_store(*anew)
    assert (refused.code, "--again" in refused.err) == (ExitCode.REFUSED, True)
    assert "points 10 -> 6" in person.well(*anew, "--again", "--by", "Wang").err
    shown = " ".join(person.well("audit", "show", ref).out.split())
    shape = person.well("audit", "show", ref, "--json").json
    assert [e["decision"] for e in shape["objections"][0]["earlier"]] == ["granted"]
    assert "earlier granted" in shown
    events = person.well("audit", "history", ref, "--item", "A1", "--json").json["events"]
    assert [e["standing"] for e in events if e["kind"] == "amendment"] == ["replaced"]
    assert not shape["amendments"][0]["stands"]


@pytest.mark.parametrize("what", ["amend", "take over", "decide"])
def test_what_lands_in_conflict_is_no_success(
    person: Person, ref: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.sign(ref)
    person.well("audit", "object", ref, "A1", "--by", "Chen", "--text", "no")
    append = Store.append
    typed = {
        "amend": ["audit", "amend", ref, "A1", "5", "--reason", "ours"],
        "take over": ["audit", "amend", ref, "--take-over", person.late_answer(ref)[:12], "--reason", "ours"],
        "decide": ["audit", "decide", ref, "O1", "granted", "--value", "5", "--answer", "ours"],
    }[what]

    def meanwhile(*args: Any, **kwargs: Any) -> bool:
        monkeypatch.setattr(Store, "append", append)
        with Store.open(str(person.store)) as elsewhere:
            session = AuditSession.open(elsewhere, ref, Author("Wang", "laptop-2"))
            if what != "decide":
                amend(session, Typed("A1", "4"), "theirs")
            else:
                decide(session, "O1", Decision.REJECTED, "theirs")
        return append(*args, **kwargs)

    monkeypatch.setattr(Store, "append", meanwhile)
    done = person.on_store(*typed)
    assert done.code == ExitCode.ATTENTION
    subject, name = ("O1", "the decision on O1") if what == "decide" else ("A1", "the amendment of A1")
    assert f"{name} is in conflict" in done.err
    assert f"audit settle {ref} {subject} --keep" in done.err
    events = person.well("audit", "history", ref, "--json").json["events"]
    entry = next(event for event in events if event["standing"] == "conflict")
    settled = person.well("audit", "settle", ref, subject, "--keep", entry["entry"], "--as", "Zhao").err
    assert f"settled: {name}" in settled
    if what == "amend":
        assert "kept by Zhao when" in " ".join(person.well("audit", "show", ref).out.split())
        amendments = person.well("audit", "show", ref, "--json").json["amendments"]
        assert [a["settled_by"] for a in amendments if a["stands"]] == ["Zhao"]


def test_whoever_refused_is_no_signer(person: Person, ref: str) -> None:
    names = ["--auditor", "Li", "--dealer-representative", "Chen", "--consent", "refused"]
    person.well("audit", "sign", ref, *names, "--witness", "Wu", "--reservations", "too strict")
    shown = person.well("audit", "show", ref).out
    assert "Li (witness Wu)" in shown
    assert "refused to sign (Chen): too strict" in shown
    assert "Li and Chen" not in shown
    reviewed = person.well("audit", "review", ref).out
    assert "refused" in reviewed
    assert "Chen" not in reviewed


def test_the_period_for_objections_is_a_detail(person: Person) -> None:
    ref = person.begin("--objection-days", "0")
    assert "9" in person.well("audit", "describe", ref, "--objection-days", "9").err
    assert person.on_store("audit", "describe", ref, "--objection-days", "soon").code == ExitCode.USAGE
    assert person.on_store("audit", "describe", ref, "--objection-days", "99").code == ExitCode.USAGE


def test_what_cannot_be_meant_is_said(person: Person, ref: str) -> None:
    person.sign(ref)
    person.well("audit", "object", ref, "A1", "--by", "Chen", "--text", "no")
    for words in (
        ("decide", ref, "O1", "perhaps", "--answer", "x"),
        ("decide", ref, "O7", "rejected", "--answer", "x"),
        ("decide", ref, "O1", "granted", "--answer", "x"),
        ("decide", ref, "O1", "granted", "--value", "9"),
        ("object", ref, "A1", "--by", "Chen", "--text", "no", "--file", "gone.pdf"),
        ("scan", ref),
        ("scan", ref, person.file("words.txt", "no scan")),
    ):
        assert person.on_store("audit", *words).code == ExitCode.USAGE
    assert person.on_store("audit", "object", ref, "Z9", "--by", "Chen", "--text", "no").code == ExitCode.NOT_FOUND
    withdrawn = person.well("audit", "decide", ref, "O1", "withdrawn").err
    assert "withdrawn" in withdrawn

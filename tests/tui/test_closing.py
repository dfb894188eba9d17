"""The closing meeting as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.exits import ExitCode

if TYPE_CHECKING:
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
    final = person.well("audit", "finalize", ref, "--by", "王芳", lang="zh")
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
    nothing = person.on_store("audit", "amend", ref, "A1", "5")
    assert (nothing.code, "--reason" in nothing.err) == (ExitCode.USAGE, True)
    assert person.on_store("audit", "amend", ref, "A1").code == ExitCode.USAGE
    assert person.on_store("audit", "amend", ref, "--take-over", "abc", "--reason", "x").code == ExitCode.NOT_FOUND
    assert "A1 is amended; total" in person.well("audit", "amend", ref, "A1", "5", "--reason", "counted again").err
    person.well("audit", "amend", ref, "A2", "ND", "--cause", "not-kept", "--reason", "another shop's list")
    history = person.well("audit", "history", ref, "--item", "A1").out
    assert "counted again" in history
    assert person.well("audit", "verify", ref).code == 0


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
        ("object", ref, "A1", "--by", "Chen", "--text", "no", "--file", "gone.pdf"),
        ("scan", ref),
        ("scan", ref, person.file("words.txt", "no scan")),
    ):
        assert person.on_store("audit", *words).code == ExitCode.USAGE
    assert person.on_store("audit", "object", ref, "Z9", "--by", "Chen", "--text", "no").code == ExitCode.NOT_FOUND
    withdrawn = person.well("audit", "decide", ref, "O1", "withdrawn").err
    assert "withdrawn" in withdrawn

"""Redo, flags, full marks, putting aside and re-audits, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.exits import ExitCode

if TYPE_CHECKING:
    from tests.tui.conftest import Person


@pytest.fixture
def ref(person: Person) -> str:
    return person.begin()


def test_redo_brings_back_what_undo_took(person: Person, ref: str) -> None:
    person.well("audit", "answer", ref, "A1", "3", "--reason", "无签字")
    person.well("audit", "answer", ref, "B1", "y")
    person.well("audit", "undo", ref)
    person.well("audit", "undo", ref)
    assert "Brought back: A1 3 (无签字)" in person.well("audit", "redo", ref).err
    assert "已恢复：B1 是" in person.well("audit", "redo", ref, lang="zh").err
    done = person.on_store("audit", "redo", ref)
    assert (done.code, "nothing to redo" in done.err) == (ExitCode.REFUSED, True)
    events = person.well("audit", "history", ref, "--item", "A1", "--json").json["events"]
    assert [(e["kind"], e["standing"]) for e in events] == [
        ("answer", "current"),
        ("undo", "undone"),
        ("redo", "current"),
    ]


def test_redo_does_not_overwrite_somebody_else(person: Person, ref: str) -> None:
    person.well("audit", "answer", ref, "A1", "3", "--as", "Li")
    person.well("audit", "undo", ref, "--as", "Li")
    person.well("audit", "answer", ref, "A1", "5", "--as", "Wang")
    done = person.on_store("audit", "redo", ref, "--as", "Li")
    assert done.code == ExitCode.REFUSED
    assert "Wang has changed it since" in done.err


def test_a_flag_is_shown_until_it_is_taken_away(person: Person, ref: str) -> None:
    assert "A1 is flagged" in person.well("audit", "flag", ref, "a1").err
    assert person.well("audit", "show", ref, "--json").json["flags"] == ["A1"]
    assert "待复看：A1" in person.well("audit", "show", ref, lang="zh").out
    assert "flagged for later" in person.well("audit", "history", ref).out
    person.well("audit", "flag", ref, "A1", "--off")
    assert person.well("audit", "show", ref, "--json").json["flags"] == []
    assert "Flagged" not in person.well("audit", "show", ref).out
    assert person.on_store("audit", "flag", ref, "Z1").code == ExitCode.NOT_FOUND


def test_a_whole_section_gets_full_marks_except_what_is_named(person: Person, ref: str) -> None:
    done = person.well("audit", "full-marks", ref, "S1", "--except", "A3")
    assert "full marks for 2 items" in done.err
    assert "A3 left open: excepted" in done.err
    answers = {a["item"]: a["value"] for a in person.well("audit", "show", ref, "--json").json["answers"]}
    assert answers == {"A1": "5", "A2": "10/10", "A3": "", "B1": "", "B2": ""}
    assert "2 项记为满分" in person.well("audit", "full-marks", ref, "维修", lang="zh").err
    assert person.on_store("audit", "full-marks", ref, "S1", "--except", "B1").code == ExitCode.USAGE
    assert person.on_store("audit", "full-marks", ref, "S7").code == ExitCode.USAGE


def test_an_audit_put_aside_is_listed_with_all_only(person: Person, ref: str) -> None:
    other = person.begin()
    person.complete(ref)
    seal = person.sign(ref)
    assert "put aside" in person.well("audit", "aside", ref).err
    listed = person.well("audit", "list", "--json").json["audits"]
    assert [audit["ref"] for audit in listed] == [other]
    shown = person.well("audit", "list")
    assert "Put aside and not shown: 1" in shown.err
    every = person.well("audit", "list", "--all", "--json").json["audits"]
    assert [(audit["ref"], audit["aside"]) for audit in every] == [(ref, True), (other, False)]
    assert "signed, aside" in " ".join(person.well("audit", "list", "--all").out.split())
    assert person.well("audit", "show", ref, "--json").json["aside"] is True
    assert person.well("audit", "verify", ref, "--seal", seal).code == 0
    person.well("audit", "aside", ref, "--back")
    assert "已搁置" not in person.well("audit", "list", lang="zh").err
    assert len(person.well("audit", "list", "--json").json["audits"]) == 2


def test_a_list_of_nothing_but_audits_put_aside_says_so(person: Person, ref: str) -> None:
    person.well("audit", "aside", ref)
    said = person.well("audit", "list").err
    assert "--all" in said
    assert "No audits yet" not in said


def test_a_reaudit_takes_the_frame_over(person: Person, ref: str) -> None:
    person.complete(ref)
    person.well("audit", "describe", ref, "--auditor", "Li", "--contact", "138")
    done = person.well("audit", "reaudit", ref, "--date", "2026-09-01", "--blind")
    again = done.out.strip()
    assert again == "D1-2026-09-01"
    assert f"repeats {ref}" in done.err
    shape = person.well("audit", "show", again, "--json").json
    assert (shape["kind"], shape["earlier"], shape["blind"]) == ("re-audit", ref, True)
    assert (shape["auditors"], shape["contact"], shape["answered"]) == (["Li"], "138", 0)
    shown = person.well("audit", "show", again, lang="zh").out
    assert ref in shown
    assert "评完一项再显示上次结果" in shown
    part = person.well("audit", "reaudit", ref, "--date", "2026-10-01", "--department", "shop").out.strip()
    assert person.well("audit", "show", part, "--json").json["departments"] == ["shop"]
    early = person.on_store("audit", "reaudit", ref, "--date", "2026-05-11")
    assert (early.code, "before that of" in early.err) == (ExitCode.USAGE, True)
    assert person.on_store("audit", "reaudit", ref, "--date", "soon").code == ExitCode.USAGE
    assert person.on_store("audit", "reaudit", "X9", "--date", "2026-10-01").code == ExitCode.NOT_FOUND
    assert person.on_store("audit", "reaudit", ref, "--checklist", "nosuch").code == ExitCode.NOT_FOUND

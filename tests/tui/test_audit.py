"""Beginning, answering, looking at, signing an audit; every command is a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.exits import ExitCode

if TYPE_CHECKING:
    from tests.tui.conftest import Person


@pytest.fixture
def ref(person: Person) -> str:
    return person.begin()


# Beginning


def test_a_new_audit_prints_its_reference_and_nothing_else(person: Person) -> None:
    assert person.begin("--city", "上海", "--auditor", "Li", "--auditor", "Wang", "--contact", "138") == "D1-2026-05-12"
    assert person.begin() == "D1-2026-05-12-2"
    shown = person.well("audit", "show", "D1-2026-05-12", "--json").json
    assert (shown["city"], shown["auditors"], shown["contact"]) == ("上海", ["Li", "Wang"], "138")


def test_an_unknown_dealership_needs_a_name(person: Person) -> None:
    person.well("dealer", "add", "SH01", "--name", "沪一店")
    done = person.on_store("audit", "new", "--dealer", "SH02", "--checklist", str(person.checklist))
    assert done.code == ExitCode.NOT_FOUND
    assert "Did you mean SH01?" in done.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--date", "2026-13-01"], "is no date"),
        (["--kind", "on-sight"], "Did you mean on-site?"),
        (["--department", "frnt"], "Did you mean front?"),
        (["--profile", "x"], "no profile"),
    ],
)
def test_a_detail_that_cannot_be_used_leaves_nothing_behind(person: Person, options: list[str], said: str) -> None:
    place = str(person.checklist)
    done = person.on_store("audit", "new", "--dealer", "D1", "--name", "X", "--checklist", place, *options)
    assert done.code == ExitCode.USAGE
    assert said in done.err
    assert not person.store.exists()


def test_an_unknown_checklist_names_those_there_are(person: Person) -> None:
    done = person.on_store("audit", "new", "--dealer", "D1", "--name", "X", "--checklist", "dealrship")
    assert done.code == ExitCode.NOT_FOUND
    assert "dealership" in done.err


def test_a_broken_checklist_is_refused_with_its_problems(person: Person) -> None:
    path = person.file("bad.yaml", person.checklist.read_text("utf-8").replace("points: 30", "points: 31"))
    done = person.on_store("audit", "new", "--dealer", "D1", "--name", "X", "--checklist", path)
    assert done.code == ExitCode.USAGE
    assert "bad.yaml:" in done.err


def test_a_mistyped_store_is_not_made(person: Person) -> None:
    for words in (["audit", "list"], ["score", "D1"], ["audit", "answer", "D1", "A1", "3"], ["dealer", "list"]):
        done = person(*words, "--store", "typo.db")
        assert done.code == ExitCode.STORE
        assert "typo.db" in done.err
    assert not (person.home / "typo.db").exists()


def test_the_store_of_the_environment_is_used(person: Person, ref: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEALER_AUDIT_STORE", str(person.store))
    assert [audit["ref"] for audit in person("audit", "list", "--json").json["audits"]] == [ref]


# Answering


def test_an_answer_is_recorded_and_said_on_stderr(person: Person, ref: str) -> None:
    done = person.well("audit", "answer", ref, "a2", "7/10", "--reason", "三单无签字", lang="zh")
    assert done.out == ""
    assert done.err.strip() == "A2  7/10（三单无签字）  得 7 / 10"
    done = person.well("audit", "answer", ref, "A3", "late=2@bay 3")
    assert done.err.strip() == "A3  Late ×2 (bay 3)  2 of 10 points"


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        (["NA", "--reason", "none here"], "not_applicable"),
        (["NC", "--searched", "all orders"], "no_case"),
        (["ND", "--cause", "not-kept"], "no_data"),
        (["UN", "--cause", "no time"], "not_assessed"),
    ],
)
def test_states_without_an_answer(person: Person, ref: str, typed: list[str], state: str) -> None:
    person.well("audit", "answer", ref, "A1", *typed)
    answers = person.well("audit", "show", ref, "--json").json["answers"]
    assert answers[0]["state"] == state
    assert person.on_store("audit", "answer", ref, "A1", typed[0]).code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (["A11", "3"], ExitCode.NOT_FOUND, "Did you mean A1"),
        (["A1", "7"], ExitCode.USAGE, "no level from 0 to 5"),
        (["A1"], ExitCode.USAGE, "Name an item and its value"),
        (["A1", "3", "--from", "x.csv"], ExitCode.USAGE, "name no item"),
        (["A1", "ND", "--cause", "not-kept", "--reason", "x"], ExitCode.USAGE, "only one"),
    ],
)
def test_an_answer_that_cannot_be_used_is_a_sentence(
    person: Person, ref: str, typed: list[str], code: ExitCode, said: str
) -> None:
    done = person.on_store("audit", "answer", ref, *typed)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_unknown_and_ambiguous_references(person: Person, ref: str) -> None:
    person.begin()
    assert person.on_store("score", "X1").code == ExitCode.NOT_FOUND
    done = person.on_store("score", "D1-2026")
    assert done.code == ExitCode.NOT_FOUND
    assert f"{ref}, {ref}-2" in done.err
    assert person.on_store("score", ref).code == 0
    assert person.on_store("audit", "verify", "D1-2026").code == ExitCode.NOT_FOUND


def test_undo_takes_back_the_last_answer(person: Person, ref: str) -> None:
    person.well("audit", "answer", ref, "A1", "3")
    person.well("audit", "answer", ref, "A1", "5")
    assert "A1 5" in person.well("audit", "undo", ref).err
    assert person.well("audit", "show", ref, "--json").json["answers"][0]["value"] == "3"
    person.well("audit", "undo", ref)
    done = person.on_store("audit", "undo", ref)
    assert done.code == ExitCode.REFUSED
    assert "nothing to undo" in done.err


def test_a_note_is_kept_and_taken_back(person: Person, ref: str) -> None:
    assert "A1" in person.well("audit", "note", ref, "a1", "no list to draw from").err
    assert person.on_store("audit", "note", ref, "A1", "  ").code == ExitCode.USAGE
    assert person.on_store("audit", "note", ref, "A9", "x").code == ExitCode.NOT_FOUND
    assert "no list to draw from" in person.well("audit", "undo", ref).err


def test_details_are_changed_and_only_those_named(person: Person, ref: str) -> None:
    person.well("audit", "describe", ref, "--date", "2026/05/13", "--participant", "Chen", "--contact", "13800000000")
    shown = person.well("audit", "show", ref, "--json").json
    assert (shown["date"], shown["participants"], shown["kind"]) == ("2026-05-13", ["Chen"], "on-site")
    assert person.on_store("audit", "describe", ref).code == ExitCode.USAGE
    assert person.on_store("audit", "describe", ref, "--kind", "x").code == ExitCode.USAGE


def test_departments_are_handed_out(person: Person) -> None:
    ref = person.begin("--auditor", "Li", "--auditor", "Wang", "--assign", "前台=Li")

    def taken() -> object:
        return person.well("audit", "show", ref, "--json").json["assignments"]

    assert taken() == {"front": "Li"}
    assert "shop=Wang" in person.well("audit", "describe", ref, "--assign", "workshop＝Wang").err
    assert "Front: Li, Workshop: Wang" in person.well("audit", "show", ref).out
    assert taken() == {"front": "Li", "shop": "Wang"}, "a department that is not named keeps who has it"
    person.well("audit", "describe", ref, "--assign", "front=")
    assert taken() == {"shop": "Wang"}
    for wrong, said in (("front", "DEPARTMENT=NAME"), ("front=Zhao", "none of the auditors"), ("frnt=Li", "front")):
        done = person.on_store("audit", "describe", ref, "--assign", wrong)
        assert (done.code, said in done.err) == (ExitCode.USAGE, True)


def test_a_conflict_is_shown_blocks_signing_and_is_settled(person: Person, ref: str) -> None:
    from audit.journal import Author
    from audit.session import AuditSession
    from audit.store.store import Store

    person.complete(ref)
    with Store.open(str(person.store)) as store:
        one, other = (AuditSession.open(store, ref, Author(name, name)) for name in ("Li", "Wang"))
        one.answer("A1", "1")
        other.answer("A1", "5")
    shown = person.well("audit", "show", ref, "--json").json
    [conflict] = shown["conflicts"]
    assert conflict["subject"] == "A1"
    assert {(e["person"], e["what"]) for e in conflict["entries"]} == {("Li", "1"), ("Wang", "5")}
    assert person.well("score", ref, "--json").json["verdict"]["result"] == "open"
    refused = person.on_store("audit", "sign", ref, "--auditor", "Li", "--dealer-representative", "Chen")
    assert refused.code == ExitCode.REFUSED
    assert "A1" in refused.err
    assert person.on_store("audit", "settle", ref, "A1", "--keep", "zz").code == ExitCode.REFUSED
    kept = next(e["entry"] for e in conflict["entries"] if e["person"] == "Wang")
    assert "10 of 10" in person.well("audit", "settle", ref, "A1", "--keep", kept[:8]).err
    assert person.well("audit", "show", ref, "--json").json["conflicts"] == []
    assert person.on_store("audit", "settle", ref, "A1", "--keep", kept).code == ExitCode.REFUSED


# Looking


def test_the_list(person: Person, ref: str) -> None:
    person.complete(ref)
    assert person.well("audit", "list", "--json").json == {
        "audits": [
            {
                "ref": ref,
                "dealer": {"code": "D1", "name": "一号店"},
                "city": "",
                "date": "2026-05-12",
                "kind": "on-site",
                "status": "open",
                "aside": False,
                "checklist": "small",
                "earned": 25,
                "possible": 40,
                "passed": False,
                "standing": "failed",
                "answered": 5,
                "open": 0,
                "items": 5,
                "conflicts": 0,
            }
        ]
    }
    assert "25 / 40" in person.well("audit", "list", lang="zh").out


def test_show(person: Person, ref: str) -> None:
    person.well("audit", "answer", ref, "A1", "3", "--note", "看过 [bold]两次[/]")
    shape = person.well("audit", "show", ref, "--json").json
    assert shape.keys() == {
        *("ref", "dealer", "date", "kind", "status", "checklist", "earned", "possible", "passed", "answered", "items"),
        *("city", "departments", "auditors", "participants", "contact", "open", "conflicts", "late", "signature"),
        *("assignments", "flags", "aside", "earlier", "blind", "answers"),
        *("objection_due", "objections", "amendments", "on_site", "changes", "final", "scans"),
    }
    assert shape["checklist"].keys() == {"id", "version", "hash"}
    assert shape["open"] == ["A2", "A3", "B1", "B2"]
    assert shape["answers"][0] == {
        "item": "A1",
        "state": "answered",
        "value": "3",
        "reason": "",
        "notes": ["看过 [bold]两次[/]"],
    }
    shown = person.well("audit", "show", ref, lang="zh").out
    assert "未评：A2 A3 B1 B2" in shown


def test_history(person: Person, ref: str) -> None:
    person.well("audit", "answer", ref, "A1", "3", "--note", "[A-1]")
    person.well("audit", "answer", ref, "A1", "4", "--reason", "好些")
    shape = person.well("audit", "history", ref, "--item", "a1", "--json").json
    assert [(e["kind"], e["what"], e["standing"]) for e in shape["events"]] == [
        ("answer", "3", "replaced"),
        ("note", "[A-1]", "current"),
        ("answer", "4 (好些)", "current"),
    ]
    assert shape["events"][0].keys() == {"entry", "time", "person", "device", "kind", "subject", "what", "standing"}
    shown = person.well("audit", "history", ref, lang="zh").out
    assert "[A-1]" in shown
    assert "4（好些）" in shown
    assert person.on_store("audit", "history", ref, "--item", "Z9").code == ExitCode.NOT_FOUND


def test_what_people_wrote_reaches_the_terminal_as_text(person: Person, ref: str) -> None:
    person.well("audit", "answer", ref, "A1", "0", "--reason", "\x1b[31mred\x1b[0m [/] [x]")
    shown = person.well("audit", "history", ref).out
    assert "\x1b" not in shown
    assert "[31mred" in shown
    assert "[/] [x]" in shown
    person.complete(ref)
    assert "A1 [bold]is[/] weak" in person.well("score", ref).out


def test_one_damaged_audit_does_not_hide_the_others(person: Person, ref: str) -> None:
    import sqlite3
    from contextlib import closing

    other = person.begin()
    with closing(sqlite3.connect(person.store)) as database:
        database.execute(
            "update entries set body = x'7b7d' where stream = (select id from streams where ref = ?)", [ref]
        )
        database.commit()
    done = person.on_store("audit", "list", "--json")
    assert done.code == ExitCode.ATTENTION
    assert [audit["ref"] for audit in done.json["audits"]] == [other]
    assert ref in done.err
    assert person.on_store("score", ref).code == ExitCode.STORE


# Signing


def test_signing_refuses_what_is_open_then_seals(person: Person, ref: str) -> None:
    refused = person.on_store("audit", "sign", ref, "--auditor", "Li", "--dealer-representative", "Chen", lang="zh")
    assert refused.code == ExitCode.REFUSED
    assert "5 项未评" in refused.err
    person.complete(ref)
    seal = person.sign(ref)
    assert len(seal) == 64
    for words in (
        ["audit", "answer", ref, "A1", "5"],
        ["audit", "undo", ref],
        ["audit", "describe", ref, "--contact", "1"],
        ["audit", "sign", ref, "--auditor", "Li", "--dealer-representative", "Chen"],
    ):
        assert person.on_store(*words).code == ExitCode.REFUSED
    shown = person.well("audit", "show", ref, "--json").json
    assert shown["status"] == "signed"
    assert shown["signature"]["seal"] == seal


def test_a_partial_audit_has_no_verdict_on_the_total(person: Person) -> None:
    ref = person.begin("--department", "车间")
    person.well("audit", "answer", ref, "B1", "y")
    person.well("audit", "answer", ref, "B2", "y")
    shape = person.well("score", ref, "--json").json
    assert shape["total"]["passed"] is None
    assert shape["verdict"]["result"] is None
    assert [d["passed"] for d in shape["departments"]] == [True]
    outside = person.on_store("audit", "answer", ref, "A1", "3")
    assert outside.code == ExitCode.NOT_FOUND
    assert person.well("score", ref).code == 0


def test_what_the_dealership_has_not_starts_as_not_applicable(person: Person) -> None:
    person.well("dealer", "add", "D1", "--name", "一号店", "--no-ev")
    ref = person.begin()
    answers = person.well("audit", "show", ref, "--json").json["answers"]
    assert answers[-1]["state"] == "not_applicable"
    assert answers[-1]["reason"] == "The dealership does not repair electric vehicles"

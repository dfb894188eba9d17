"""Interviews and findings: asking, writing down, linking by typing, merging, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import TextArea

from tests.tui.conftest import CHECKLIST
from tests.tui.screens.conftest import SMALL, screen_text, settled
from tui.widgets.finder import Finder

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Person
    from tests.tui.screens.conftest import MakeApp
    from tui.app import AuditApp

GUIDES = """\
guides:
  advisor:
    - id: SA1
      must: true
      ask: {zh: "谁接[/]预约？", en: "Who takes bookings [x]?"}
      good: {zh: 专人, en: One person}
      items: [A1]
    - id: SA2
      ask: {zh: 记在哪？, en: Where is it noted?}
      good: {zh: 系统, en: In the system}
      items: [A2, B1]
"""


@pytest.fixture
def ref(person: Person) -> str:
    """An audit with two questions for the advisor."""
    person.checklist.write_text(CHECKLIST + "interviews: interviews.yaml\n", "utf-8")
    person.checklist.with_name("interviews.yaml").write_text(GUIDES, "utf-8")
    return person.begin()


async def opened(pilot: Pilot[None], ref: str) -> Any:
    app: AuditApp = pilot.app  # type: ignore[assignment]
    await app.open_audit(ref, "interviews")
    await settled(pilot)
    return app


def interviews(person: Person, ref: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.well("interview", "show", ref, "--json", lang="zh").json["interviews"]
    return found


def findings(person: Person, ref: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.well("finding", "list", ref, "--json").json["findings"]
    return found


async def test_an_answer_is_written_beside_what_a_good_one_contains(
    person: Person, audit_app: MakeApp, ref: str
) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        text = screen_text(app)
        assert "必问 谁接[/]预约" in text
        assert "必问还差 1" in text
        await pilot.press("o", "enter", *"[x]本子", "f12")
        await settled(pilot)
        assert "One person" in screen_text(app)
        assert app.screen.query_one("#note", TextArea).text == "[x]本子"
        await pilot.press("escape")
        await settled(pilot)
        assert interviews(person, ref) == []
        await pilot.press("enter", "end", "!", "shift+tab", *"Zhang", "f10")
        await settled(pilot)
        [said] = interviews(person, ref)
        assert (said["role"], said["person"], said["note"]) == ("advisor", "Zhang", "[x]本子!")
        assert said["question"] == "Who takes bookings [x]?" or said["question"] == "谁接[/]预约？"
        assert "must still be asked 0" in screen_text(app)


async def test_a_question_of_ones_own_finds_the_role_by_typing(person: Person, audit_app: MakeApp, ref: str) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        await pilot.press("a", *"顾问", "enter", *"why [/]", "f10")
        await settled(pilot)
        assert "Please fill this in" in screen_text(app)
        await pilot.press(*"so", "f10")
        await settled(pilot)
        assert [(i["role"], i["question"], i["note"]) for i in interviews(person, ref)] == [
            ("advisor", "why [/]", "so")
        ]
        assert "#1 why [/]" in screen_text(app)
        await pilot.press("z")
        await settled(pilot)
        assert interviews(person, ref) == []


async def test_findings_are_linked_by_typing_merged_and_taken_apart(
    person: Person, audit_app: MakeApp, ref: str
) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        await pilot.press("enter", *"a book", "f10")
        await settled(pilot)
        await pilot.press("n", *"kept in a [/] book", "f10")  # item, department and interview come from the question
        await settled(pilot)
        [first] = findings(person, ref)
        assert (first["item"], first["department"], first["direction"], first["interviews"]) == (
            "A1",
            "front",
            "A",
            ["1"],
        )
        await pilot.press("tab", "n", *"nobody calls", "enter", "up", "down")
        note = app.screen.query_one("#text")
        assert note.has_focus
        await pilot.press("down")  # on the last line it leads to the next field
        assert app.screen.query_one("#item").has_focus_within
        await pilot.press("f10")
        await settled(pilot)
        assert "Choose one where there is no item" in screen_text(app)
        app.screen.query_one("#item", Finder).query_one("Input").focus()
        await pilot.press(*"B1 is", "enter", "f10")
        await settled(pilot)
        assert [(f["item"], f["department"]) for f in findings(person, ref)] == [("A1", "front"), ("B1", "shop")]
        await pilot.press("m")
        await settled(pilot)
        assert "Mark two findings" in screen_text(app)
        await pilot.press("space", "up", "space", "m")
        await settled(pilot)
        assert "F2 nobody calls" in screen_text(app)
        await pilot.press("f10")
        await settled(pilot)
        merged = findings(person, ref)
        assert [f["merged_into"] for f in merged] == [["F3"], ["F3"], []]
        assert merged[2]["text"] == "kept in a [/] book\nnobody calls"
        text = screen_text(app)
        assert "→F3 nobody calls" in text
        assert "made of F1, F2" in text
        await pilot.press("z")
        await settled(pilot)
        assert [f["merged_into"] for f in findings(person, ref)] == [[], []]


async def test_a_finding_is_reworded_and_keeps_its_number(person: Person, audit_app: MakeApp, ref: str) -> None:
    person.well("finding", "add", ref, "--text", "老[x]话", "--item", "A1")
    app = audit_app("zh")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        app.wanted_talk = "F1"
        await opened(pilot, ref)
        assert "老[x]话" in screen_text(app)
        await pilot.press("enter", "f10")
        await settled(pilot)
        assert "F1 没有改动" in screen_text(app)
        await pilot.press("enter", *"新", "f10")
        await settled(pilot)
        assert [(f["text"], f["merged_into"]) for f in findings(person, ref)] == [("新老[x]话", [])]
        assert "F1 已改写" in screen_text(app)
        assert "已合并" not in screen_text(app)


async def test_the_first_question_is_broken_once(audit_app: MakeApp, dealership_ref: str) -> None:
    app = audit_app("en", dealership_ref)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("f6")
        await settled(pilot)
        before = screen_text(app)
        await pilot.press("down", "up")
        await settled(pilot)
        assert screen_text(app) == before


async def test_what_must_be_asked_still_is_looked_at_twice(person: Person, audit_app: MakeApp, ref: str) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await app.open_audit(ref, "review")
        await settled(pilot)
        from tui.widgets.matter_list import MatterList

        matters = app.screen.query_one(MatterList)
        assert matters.go_to_line("look/not_asked")
        assert "must still be asked: 1 (SA1)" in matters.here.words.en  # type: ignore[union-attr]
        await pilot.press("enter")
        await settled(pilot)
        assert app.current_mode == "interviews"
        assert getattr(app.screen, "here", "") == "q:SA1"
    person.well("interview", "add", ref, "--role", "advisor", "--question", "SA1", "--note", "he does")
    assert "must still be asked" not in person.well("audit", "review", ref).out

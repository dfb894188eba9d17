"""What is typed and not saved is in its box again, whatever ended the program; nowhere else, and never in the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, TextArea

from audit.journal import Author
from audit.session import AuditSession
from audit.store.store import Store
from tests.checklists.test_kpis import KPIS
from tests.tui.conftest import CHECKLIST
from tests.tui.screens.conftest import SMALL, screen_text, settled
from tests.tui.screens.score_samples import LI, answered, application, begin, in_view, others
from tests.tui.screens.test_interviews_page import GUIDES
from tests.tui.test_records import SETS
from tui.drafts import Drafts
from tui.screens.asked import value_in
from tui.screens.fields_dialog import FieldsDialog
from tui.screens.fields_draft import FieldsDraft
from tui.settings import settings_file, with_device
from tui.widgets.choice import Choice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from checklists.text import Lang
    from tests.tui.conftest import Person
    from tests.tui.screens.conftest import MakeApp


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "audits.db"


def never(work: Callable[[], None]) -> None:
    del work


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


def entries(store: Path, ref: str) -> int:
    with Store.open(str(store)) as opened:
        return len(AuditSession.open(opened, ref, LI).journal.entries)


def test_a_draft_is_read_by_another_program_for_its_box_and_its_subject_alone(home: Path) -> None:
    first, second = Drafts(never), Drafts(never)
    first.of("A", "note/1", "x").keep("雨 \ud800 [/]")
    first.of("A", "note/2").keep("b", left=True)
    assert second.of("A", "note/1", "x").text == ""
    first.flush()
    assert second.of("A", "note/1", "x").text == "雨 \ud800 [/]"
    assert second.of("A", "note/1", "y").text == ""
    assert second.of("B", "note/1", "x").text == ""
    assert list(second.boxes("A", "note/")) == ["note/1"]  # the other was left by somebody
    second.of("A", "note/1").drop()
    second.of("A", "note/2").keep("")
    second.flush()
    assert first.of("A", "note/1", "x").text == ""
    assert not [file for file in home.rglob("drafts/*") if file.name]


def test_a_damaged_draft_is_none_and_a_folder_that_cannot_be_written_holds_nothing_up(home: Path) -> None:
    drafts = Drafts(never)
    draft = drafts.of("A", "note")
    draft.keep("a")
    drafts.flush()
    [file] = home.rglob("drafts/*/*.json")
    file.write_text("[1]", "utf-8")
    assert Drafts(never).of("A", "note").text == ""
    file.unlink()
    file.parent.rmdir()
    file.parent.write_text("in the way", "utf-8")
    draft.keep("b")
    drafts.flush()
    assert draft.text == "b"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("3", *"late"), "Points lost, why?"),
        (("m", *"see it"), "Note"),
        (("x", *"no such"), "Not applicable: why?"),
    ],
)
async def test_what_was_half_typed_stands_in_its_box_again(store: Path, keys: tuple[str, ...], words: str) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        await in_view(pilot)
        await press(pilot, *keys)
        before = entries(store, ref)
        app.exit()  # nothing is asked to save anything
    assert entries(store, ref) == before
    again = application(store, ref)
    async with again.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        assert page.box.text == "".join(keys[1:])
        shown = screen_text(again)
        assert words in shown
        assert "unsaved draft" in shown
        await press(pilot, "!", "enter")
    third = application(store, ref)
    async with third.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        assert page.box.ask is None
        said = (answered(page, "L1")[2], *(note.text for note in page.seen.state.notes.get("L1", ())))
        assert "".join(keys[1:]) + "!" in said


async def test_one_comes_back_to_the_item_one_was_typing_at_with_its_fault_and_its_held_answer(store: Path) -> None:
    ref = begin(store)
    for place, keys, text in (
        ("F1", ("1", *"bay"), "bay"),
        (
            "K1",
            *((("7", "5", "enter", *"counted")), "counted"),
        ),
    ):
        app = application(store, ref)
        async with app.run_test(size=SMALL) as pilot:
            page = await in_view(pilot)
            page.move_to(place)
            await press(pilot, *keys)
            app.exit()
        again = application(store, ref)
        async with again.run_test(size=SMALL) as pilot:
            page = await in_view(pilot)
            assert (page.place, page.box.text) == (place, text)
            await press(pilot, "enter")
            value = answered(page, place)[1:]
            assert value == (("late=1@bay", "") if place == "F1" else ("75", "counted"))
            await press(pilot, "escape")


async def test_a_draft_joins_no_other_item_and_no_new_answer(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        await in_view(pilot)
        await press(pilot, "3", *"late")
        app.exit()
    others(store, ref, "L1", "2")
    again = application(store, ref)
    async with again.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        assert page.box.ask is None
        await press(pilot, "1")
        assert page.box.text == ""
        await press(pilot, "escape", "tab", "n")
        assert page.place == "Y1"
        assert page.box.text == ""


async def test_one_audits_draft_is_not_anothers(store: Path) -> None:
    first, second = begin(store), begin(store)
    app = application(store, first)
    async with app.run_test(size=SMALL) as pilot:
        await in_view(pilot)
        await press(pilot, "m", *"ab")
        app.exit()
    again = application(store, second)
    async with again.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        assert page.box.ask is None
        await press(pilot, "m")
        assert page.box.text == ""


@pytest.fixture
def undrawn(person: Person) -> str:
    """An audit with records to draw, a KPI and an interview guide."""
    text = CHECKLIST.replace("rule: {kind: sample, size: 10}", "rule: {kind: sample}, set: orders")
    text = text.replace("rule: {kind: levels, top: 5}", "rule: {kind: levels, top: 5}, set: calls")
    text = text.replace("rule: {kind: yes_no},", "rule: {kind: yes_no}, kpi: K10,", 1)
    text = text.replace("directions:\n", SETS + "directions:\n") + "kpis: kpis.yaml\ninterviews: interviews.yaml\n"
    person.checklist.write_text(text, "utf-8")
    person.checklist.with_name("kpis.yaml").write_text(KPIS, "utf-8")
    person.checklist.with_name("interviews.yaml").write_text(GUIDES, "utf-8")
    return person.begin()


@pytest.fixture
def whole(person: Person, undrawn: str) -> str:
    """One of which one set is drawn."""
    person.well("records", "draw", undrawn, "orders", "--numbers", "R1,R2,R3", "--seed", "7")
    return undrawn


@pytest.mark.parametrize(
    ("mode", "go", "typed", "again", "field"),
    [
        ("records", ["n"], "unsigned", ["n"], "#ask-line"),
        ("records", ["n", "escape", "up", "m"], "remark", ["m"], "#ask-line"),
        ("records", ["u"], "lost", ["m"], "#ask-line"),
        ("kpis", ["enter", "enter"], "12", ["enter", "enter"], "#ask-line"),
        ("interviews", ["enter"], "in a book", ["enter"], "#note"),
        ("interviews", ["n"], "no lamp", ["n"], "#text"),
    ],
)
async def test_every_box_has_its_draft(
    audit_app: MakeApp, whole: str, mode: str, go: list[str], typed: str, again: list[str], field: str
) -> None:
    def stands() -> str:
        found = app.screen.query_one(field)
        return found.text if isinstance(found, TextArea) else found.value if isinstance(found, Input) else ""

    for keys, end in ((go, "ctrl+q"), (again, ""), (again, "")):
        app = audit_app("zh")
        async with app.run_test(size=SMALL) as pilot:
            app.wanted_set = "orders" if mode == "records" else None
            await app.open_audit(whole, mode)
            await settled(pilot)
            await pilot.press(*keys)
            await settled(pilot)
            if end:
                await pilot.press(*typed, end)
                continue
            assert stands() == typed
            assert "未保存的草稿" in screen_text(app)
            await pilot.press("f12")
            await settled(pilot)
            assert "unsaved draft" in screen_text(app)


async def test_a_list_to_draw_from_is_there_again_until_it_is_drawn(audit_app: MakeApp, undrawn: str) -> None:
    for keys in (("f5", *"R7", "enter", *"R8", "ctrl+q"), ("escape", "d", "f10"), ()):
        app: Any = audit_app("zh")
        async with app.run_test(size=SMALL) as pilot:
            await app.open_audit(undrawn, "records")
            await settled(pilot)
            if not keys:
                assert not list(settings_file().parent.rglob("drafts/*/*.json"))
                break
            await press(pilot, "d")
            if "f10" in keys:
                assert app.screen.query_one("#numbers", TextArea).text == "R7\nR8"
                assert app.screen.query_one("#numbers").has_focus
                assert "未保存的草稿" in screen_text(app)
            for key in keys:
                await pilot.press(key)
            await settled(pilot)


def test_a_field_that_says_something_else_by_now_does_not_come_back(home: Path) -> None:
    assert home.is_dir()
    draft = Drafts(never).of("A", "fields/x")
    FieldsDraft(draft, {"owner": "Li", "due": "", "day": "12"}, ["day"]).keep(
        {"owner": "Wang", "due": "June", "day": "11"}
    )
    again = FieldsDraft(draft, {"owner": "Zhao", "due": "", "day": "13"}, ["day"])
    assert again.typed == {"due": "June", "day": "11"}
    again.keep(again.blank)
    assert not draft.fields


@pytest.mark.parametrize(
    ("mode", "go", "field", "typed", "take"),
    [
        ("review", ["v", "c"], "#why", "shown", ["down", "f10"]),
        ("closing", ["n"], "#text", "too [/] strict", []),
        ("plan", ["enter"], "#owner", "Zhao", ["f10"]),
        ("visit", ["n"], "#note", "still dark", ["f10"]),
    ],
)
async def test_what_was_typed_in_fields_is_there_again_until_it_is_done_or_cleared(
    audit_app: MakeApp, person: Person, mode: str, go: list[str], field: str, typed: str, take: list[str]
) -> None:
    ref = prepared(person, mode)

    async def opened(app: Any, pilot: Pilot[None]) -> str:
        await app.open_audit(ref, mode)
        await settled(pilot)
        for key in go:
            await pilot.press(key)
            await settled(pilot)
        return value_in(app.screen.query_one(field))

    app: Any = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await opened(app, pilot)
        if mode == "review":
            app.screen.query_one("#value", Input).value = "5"
        app.screen.set_focus(app.screen.query_one(field))
        await pilot.press(*typed)
        await press(pilot, "ctrl+q")
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        assert await opened(app, pilot) == typed
        assert "未保存的草稿" in screen_text(app)
        assert "清除草稿" in screen_text(app)
        assert ("换行" in screen_text(app)) == isinstance(app.focused, TextArea), "what Enter does where one is"
        await press(pilot, "escape", go[-1])
        assert value_in(app.screen.query_one(field)) == typed, "to leave is not to give up"
        await press(pilot, *(take or ["f4"]))
        if not take:
            assert value_in(app.screen.query_one(field)) == ""
        assert "未保存的草稿" not in screen_text(app)
        assert isinstance(app.screen, FieldsDialog) == (not take)
        assert not list(settings_file().parent.rglob("drafts/*/*.json"))


def prepared(person: Person, mode: str) -> str:
    """Return an audit that has come as far as a page needs."""
    ref = person.begin()
    person.complete(ref)
    if mode == "review":
        return ref
    person.sign(ref)
    person.well("plan", "draft", ref, "--start", "2026-05-18")
    if mode == "visit":
        ref = person.well("audit", "new", "--kind", "follow-up", "--earlier", ref, "--auditor", "Li").out.strip()
    return ref


async def test_a_half_filled_form_stands_there_again_until_the_audit_is_begun(
    person: Person, audit_app: MakeApp
) -> None:
    person.well("dealer", "add", "SH01", "--name-zh", "上海一店")
    for keys in (("SH77", "enter", *"[/] 店"), ("tab",)):
        app = audit_app("zh")
        async with app.run_test(size=(80, 40)) as pilot:
            await settled(pilot)
            await pilot.press("n")
            await settled(pilot)
            if keys == ("tab",):
                shown = screen_text(app)
                assert "未保存的草稿" in shown
                values = {name: app.screen.query_one(f"#{name}", Input).value for name in ("dealer", "code", "name")}
                assert values == {"dealer": "新经销商", "code": "SH77", "name": "[/] 店"}
                assert app.screen.query_one("#kind", Choice).value == "self"
                await pilot.press("ctrl+s")
                await settled(pilot)
                assert app.current_mode == "score"
                continue
            for key in keys:
                await pilot.press(*(key if key == "SH77" else [key]))
            await settled(pilot)
            kind = app.screen.query_one("#kind", Choice)
            app.screen.set_focus(kind)
            await pilot.press("left", "ctrl+q")
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert app.screen.query_one("#dealer", Input).value == ""
        assert "未保存" not in screen_text(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_item_one_was_at_is_in_view_at_once(store: Path, lang: Lang) -> None:
    ref = begin(store)
    with Store.open(str(store)) as opened:
        AuditSession.open(opened, ref, Author(LI.person, with_device().device)).note("M1", "seen")
    app = application(store, ref, lang)
    async with app.run_test(size=(80, 9)) as pilot:
        page = await in_view(pilot)
        assert page.place == "M1"
        for _ in range(2):
            assert any(row.startswith(">   M1") for row in screen_text(app).split("\n"))
            await pilot.press("f12")
            await pilot.pause(0.2)


async def test_the_time_of_the_last_saving_counts_what_was_marked_on_the_record_sheet(
    audit_app: MakeApp, whole: str
) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        app.wanted_set = "orders"
        await app.open_audit(whole, "records")
        await settled(pilot)
        assert app.desk.saved == ""
        await pilot.press("y")
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        assert app.desk.saved
        assert f"{app.desk.saved} saved" in screen_text(app)

"""A new audit: by keyboard from top to bottom; mistakes stand at their field and nothing is written before."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Input

from audit.store.store import Store
from tests.tui.screens.conftest import SMALL, MakeApp, screen_text, settled
from tui.keys import pressed
from tui.new_audit import names

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from checklists.text import Lang
    from tests.tui.conftest import Person


async def test_a_new_dealership_and_two_auditors_by_keyboard(person: Person, audit_app: MakeApp) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        await pilot.press("上", "海", "[", "/", "]", "enter")
        await pilot.pause()
        await pilot.press(*"SH?", "tab", "tab", "tab", "tab", "ctrl+u", "x", "ctrl+s")
        await settled(pilot)
        shown = screen_text(app)
        assert "经销商代码“SH?”不可用" in shown
        assert "“x”不是日期" in shown
        assert "还没有写入任何内容" in shown
        with closing(Store.open(str(person.store))) as store:
            assert not store.streams("dealer")
        await pilot.press("ctrl+u", *"SH1", "tab", "tab", "tab", "tab", "ctrl+u", *"2026/5/12", "down", "right")
        await pilot.press("f12")  # what was typed survives the other language
        await pilot.press("down", "down", "space", "down", "end", ",", "李")
        await settled(pilot)
        assert "Workshop" in screen_text(app)
        await pilot.press("down", "right", "right", "down", "right", "ctrl+s")
        await settled(pilot)
    seen = app.desk.seen
    assert seen is not None
    assert seen.ref == "SH1-2026-05-12"
    details = seen.state.details
    me, other = details["auditors"]
    assert other == "李"
    assert details["dealership"]["zh"] == "上海[/]"
    assert details["kind"] == "re-audit"
    assert details["departments"] == ["workshop", "parts", "warranty", "customer-care", "service-manager"]
    assert details["assignments"] == {"workshop": "李", "parts": me}


async def test_a_known_dealership_is_completed(person: Person, audit_app: MakeApp) -> None:
    for code, name in (("SH01", "上海一店"), ("SH02", "上海二店"), ("BJ01", "北京店")):
        person.well("dealer", "add", code, "--name-zh", name)
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+n")
        await settled(pilot)
        await pilot.press(*"sh")
        await pilot.pause()
        shown = screen_text(app)
        assert "SH01 上海一店" in shown
        assert "BJ01" not in shown
        assert "+ a new dealership: sh" in shown
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert "SH02 上海二店" in screen_text(app)
        assert "+ a new" not in screen_text(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.desk.seen is not None
        assert app.desk.seen.state.dealer == "SH02"
        # The next one begins at the first field; what is of the same day, or lies ahead, is said before it is begun.
        ref = app.desk.seen.ref
        await pilot.press("f2", "n", *"sh02", "enter")
        await settled(pilot)
        assert f"{ref} is of that day already" in screen_text(app)
        await pilot.press("ctrl+u", *"2999-1-1")
        await pilot.pause()
        assert "after today" in screen_text(app)
        assert ref not in screen_text(app)
        await pilot.press("ctrl+u", *ref.removeprefix("SH02-"), "ctrl+s")
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        rows = [line for line in screen_text(app).splitlines() if "on site" in line]
        assert [row.split()[0] for row in rows] == [f"{ref}-2", ref]


async def test_nothing_chosen_is_a_sentence_at_the_dealership(audit_app: MakeApp) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "请选择经销商，或输入新的" in screen_text(app)
        assert app.desk.seen is None
        await pilot.press("x")
        await pilot.pause()
        assert "请选择经销商" not in screen_text(app)


async def test_what_was_typed_stays_while_one_looks_elsewhere(audit_app: MakeApp) -> None:
    app = audit_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        await pilot.press(*"Foo Bar", "f2")
        await pilot.pause(0.1)
        await pilot.press("n")
        await settled(pilot)
        assert "Foo Bar" in screen_text(app)


async def test_a_checklist_that_cannot_be_read_is_said(
    person: Person, audit_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = person.home / "own"
    folder.mkdir()
    (folder / "mine.yaml").write_text("id: mine\ntitle: {zh: '我的', en: 'Mine [/]'}\n", "utf-8")
    monkeypatch.setenv("DEALER_AUDIT_CHECKLISTS", str(folder))
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert "Mine [/]" in screen_text(app)
        app.screen.query_one("#checklist").focus()
        await pilot.press("left")
        await settled(pilot)
        assert app._notifications
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert app.desk.seen is None


async def quickly(pilot: Pilot[None], *names: str) -> None:
    """Press keys that all arrive before the first of them is handled."""
    for name in names:
        pilot.app.post_message(pressed(name))
    await settled(pilot)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_what_is_typed_at_speed_goes_where_it_was_meant(audit_app: MakeApp, lang: Lang) -> None:
    app = audit_app(lang)
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        await quickly(pilot, *"One shop", "enter", *"SH7", "enter", "down", *"Bonn")
        values = {name: app.screen.query_one(f"#{name}", Input).value for name in ("code", "name", "city")}
        assert values == {"code": "SH7", "name": "One shop", "city": "Bonn"}
        await quickly(pilot, "tab", "tab", "tab", "shift+tab", "end", "x")
        assert app.screen.query_one("#date", Input).value.endswith("x")


async def test_a_choice_from_the_list_at_speed(person: Person, audit_app: MakeApp) -> None:
    person.well("dealer", "add", "SH01", "--name-zh", "上海一店")
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        await quickly(pilot, "enter", "down", "enter", *"SH02", "enter", *"Two")
        assert [app.screen.query_one(f"#{name}", Input).value for name in ("code", "name")] == ["SH02", "Two"]


async def test_coming_back_to_a_new_dealership_keeps_what_was_typed(person: Person, audit_app: MakeApp) -> None:
    person.well("dealer", "add", "SH01", "--name-zh", "上海一店")
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        await quickly(pilot, "enter", "down", "enter", *"SH02", "enter", *"Two")
        app.screen.set_focus(app.screen.query_one("#dealer"))
        await quickly(pilot, "ctrl+u", "enter", "down", "enter")
        assert [app.screen.query_one(f"#{name}", Input).value for name in ("code", "name")] == ["SH02", "Two"]


async def test_coming_to_a_filled_field_marks_nothing_and_pasted_lines_are_joined(audit_app: MakeApp) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        contact = app.screen.query_one("#contact", Input)
        contact.value = "Mr Chen"
        app.screen.set_focus(app.screen.query_one("#participants"))
        await pilot.press("down", "!")
        assert contact.value == "Mr Chen!"
        app.post_message(events.Paste(" first line\r\n\n second \nthird"))
        await settled(pilot)
        assert contact.value == "Mr Chen!first line second third"


async def test_the_hint_of_the_code_is_whole_in_english(audit_app: MakeApp) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        await pilot.press("enter", "enter", "tab")
        await settled(pilot)
        assert "letters and digits, such as SH01" in screen_text(app)


def test_names_are_parted_by_commas_of_any_kind() -> None:
    assert names(" 王芳、李强，Wang, Li ;王芳；") == ("王芳", "李强", "Wang", "Li")

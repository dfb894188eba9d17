"""A new audit: by keyboard from top to bottom; mistakes stand at their field and nothing is written before."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from audit.store.store import Store
from tests.tui.screens.conftest import SMALL, MakeApp, screen_text, settled
from tui.new_audit import names

if TYPE_CHECKING:
    import pytest

    from tests.tui.conftest import Person


async def test_a_new_dealership_and_two_auditors_by_keyboard(person: Person, audit_app: MakeApp) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        await pilot.press("上", "海", "[", "/", "]", "enter")
        await pilot.pause()
        await pilot.press(*"SH?", "tab", "tab", "tab", "tab", "x", "ctrl+s")
        await settled(pilot)
        shown = screen_text(app)
        assert "经销商代码“SH?”不可用" in shown
        assert "“x”不是日期" in shown
        assert "还没有写入任何内容" in shown
        with closing(Store.open(str(person.store))) as store:
            assert not store.streams("dealer")
        await pilot.press(*"SH1", "tab", "tab", "tab", "tab", *"2026/5/12", "down", "right")
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


def test_names_are_parted_by_commas_of_any_kind() -> None:
    assert names(" 王芳、李强，Wang, Li ;王芳；") == ("王芳", "李强", "Wang", "Li")

"""The improvement plan on the screen: drafted, changed, closed, sent out and read back; the route to the target."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import TextArea

from tests.tui.screens.conftest import SMALL, screen_text, settled
from tui.screens.asking import AskPath
from tui.screens.fields_dialog import FieldsDialog
from tui.screens.plan import PlanPage
from tui.screens.plan_import import PlanImportDialog
from tui.screens.route import RoutePage
from tui.widgets.plan_table import PlanTable

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from tests.tui.conftest import Person
    from tests.tui.screens.conftest import MakeApp


@pytest.fixture
def ref(person: Person, small_ref: str) -> str:
    """A signed audit."""
    person.complete(small_ref)
    person.sign(small_ref)
    return small_ref


@pytest.fixture
def drafted(person: Person, ref: str) -> str:
    """One with a plan whose dates are past."""
    person.well("plan", "draft", ref, "--start", "2026-05-18")
    return ref


async def opened(pilot: Pilot[None], ref: str) -> Any:
    app: Any = pilot.app
    await app.open_audit(ref, "plan")
    await settled(pilot)
    return app


def shows(app: Any, screen: type[Any]) -> bool:
    """Say whether a screen of that kind is in front."""
    return isinstance(app.screen, screen)


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def action(person: Person, ref: str, number: str = "P1") -> dict[str, Any]:
    found: list[dict[str, Any]] = person.well("plan", "show", ref, "--json").json["actions"]
    return next(one for one in found if one["number"] == number)


async def test_a_plan_waits_for_the_signature(audit_app: MakeApp, small_ref: str) -> None:
    app: Any = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, small_ref)
        assert "还没有签字" in screen_text(app)
        await press(pilot, "enter", "g", "e", "i", "d", "r")
        assert shows(app, PlanPage)


async def test_a_plan_is_drafted_and_an_action_changed(audit_app: MakeApp, person: Person, ref: str) -> None:
    app: Any = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        assert screen_text(app).splitlines()[-1].split()[:2] == ["⏎", "Draft"]
        await press(pilot, "enter", "ctrl+u", *"2026-05-18", "enter")
        shown = screen_text(app)
        assert "⏎ Change  d Done" in shown
        assert "P1" in shown
        assert "! P1" in shown, "what is overdue has a mark, whatever the colours"
        assert "open, overdue" in shown
        await press(pilot, "enter", "tab", "tab", *"Zhang [x]", "enter", "ctrl+u", *"soon", "f10")
        assert shows(app, FieldsDialog)
        assert '"soon" is no date' in screen_text(app), "said at its field, and nothing is written"
        assert not action(person, ref)["owner"]
        await press(pilot, "ctrl+u", *"2099-06-30", "f10")
        assert "Zhang [x]" in screen_text(app)
        assert (action(person, ref)["owner"], action(person, ref)["due"]) == ("Zhang [x]", "2099-06-30")


async def test_done_needs_proof_and_the_owner_never_verifies(audit_app: MakeApp, person: Person, drafted: str) -> None:
    file = person.file("seen [x].pdf", "%PDF-1.4 seen")
    person.well("plan", "set", drafted, "P1", "--owner", "Zhang")
    app: Any = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, drafted)
        await press(pilot, "v")
        assert "is not done yet" in screen_text(app), "said at once, nothing is asked"
        await press(pilot, "d", "f10")
        assert "Say what shows that it is done" in screen_text(app)
        app.screen.query_one("#proof", TextArea).text = f"photo [/] 3\n{file}"
        await press(pilot, "f10", "v", "ctrl+u", *"zhang", "f10")
        assert "somebody else must verify" in screen_text(app)
        assert action(person, drafted)["proof"].startswith("photo [/] 3\nseen [x].pdf ("), "the file is taken in"
        await press(pilot, "ctrl+u", *"Li", "f10")
        assert (action(person, drafted)["status"], action(person, drafted)["verifier"]) == ("verified", "Li")
        await press(pilot, "down", "c", "f10")
        assert "Say why it is cancelled" in screen_text(app)
        await press(pilot, *"closed", "f10")
        assert action(person, drafted, "P2")["status"] == "cancelled"
        await press(pilot, "o")
        assert "No action is overdue" in screen_text(app)


async def test_a_plan_comes_back_with_every_change_shown_first(
    audit_app: MakeApp, person: Person, drafted: str, home: Path
) -> None:
    from openpyxl import load_workbook

    app: Any = audit_app("en")
    file = home / f"{drafted}-plan-en.xlsx"
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, drafted)
        await press(pilot, "e", "enter")
        assert file.exists()
        await press(pilot, "e", "enter")
        assert shows(app, AskPath), "a file that may be filled in is never written over"
        await press(pilot, "escape")
        book = load_workbook(file)
        sheet = book.worksheets[0]
        heads = {str(cell.value): int(cell.column or 0) for cell in sheet[3]}
        sheet.cell(4, heads["Owner"]).value = "王 [/]"
        sheet.cell(5, heads["Due"]).value = "one day"
        book.save(file)
        await pilot.press("i", "ctrl+u", *str(file))
        await pilot.pause(0.5)
        await settled(pilot)
        assert "Cannot be read (1)" in screen_text(app)
        assert "P1, Owner: – → 王 [/]" in screen_text(app)
        await press(pilot, "f10")
        assert shows(app, PlanImportDialog), "nothing is written until it is mended"
        sheet.cell(5, heads["Due"]).value = None
        sheet.delete_rows(5)
        book.save(file)
        await press(pilot, "enter")
        assert "P2: its row is gone, it stays" in screen_text(app)
        await press(pilot, "right")
        await pilot.pause(0.5)
        await settled(pilot)
        assert "it is cancelled" in screen_text(app)
        await press(pilot, "f10")
        assert shows(app, PlanPage)
    assert action(person, drafted)["owner"] == "王 [/]"
    assert action(person, drafted, "P2")["status"] == "cancelled"


async def test_the_route_is_found_stopped_and_found_again(audit_app: MakeApp, ref: str) -> None:
    app: Any = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, ref)
        await press(pilot, "r")
        assert shows(app, RoutePage)
        assert "总分" in screen_text(app)
        await pilot.press("t", *"39", "f10")
        await pilot.pause(0.1)
        await press(pilot, "escape")
        assert "已停止" in screen_text(app)
        await press(pilot, "t", "f10")
        await asyncio.sleep(0)
        assert "目标 39" in screen_text(app)
        await press(pilot, "escape")
        assert shows(app, PlanPage)
        assert app.screen.query_one(PlanTable) is not None

"""A follow-up visit on the screen: begun from the form, weak items cured or not, and taken over into the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import Input

from tests.tui.screens.conftest import screen_text, settled
from tui.screens.signing import SealShown
from tui.screens.visit import VisitPage
from tui.widgets.choice import Choice

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Person
    from tests.tui.screens.conftest import MakeApp


def shows(app: Any, screen: type[Any]) -> bool:
    """Say whether a screen of that kind is in front."""
    return isinstance(app.screen, screen)


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


async def test_a_visit_is_begun_confirmed_signed_and_taken_over(
    audit_app: MakeApp, person: Person, small_ref: str
) -> None:
    person.complete(small_ref)
    person.sign(small_ref)
    person.well("plan", "draft", small_ref)
    app: Any = audit_app("en")
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await settled(pilot)
        await app.action_page("new")
        await settled(pilot)
        await press(pilot, *"D1", "enter", "enter", "right", "right", "enter")
        assert app.screen.query_one("#earlier", Choice).value == small_ref
        assert not app.screen.query_one("#departments-row").display
        await press(pilot, "ctrl+s")
        assert shows(app, VisitPage), "it leads to its own page, not to points"
        assert "0/3" in screen_text(app)
        assert "Total" not in screen_text(app)
        await press(pilot, "f8")
        assert shows(app, VisitPage)
        await press(pilot, "s")
        assert "Not looked at yet: 3" in screen_text(app)
        await press(pilot, "escape", "y", "n", "f10")
        assert "Say what was seen" in screen_text(app)
        await press(pilot, *"as [/] before", "f10", "y", "z", "y")
        assert "2 of 3 confirmed" in screen_text(app)
        assert "as [/] before" in screen_text(app)
        await press(pilot, "s", *"Chen", "enter", "right", "enter")
        assert shows(app, SealShown)
        visit = app.desk.seen.ref
        await press(pilot, "escape", "y")
        assert "sealed" in screen_text(app)
        await app.open_audit(small_ref, "plan")
        await settled(pilot)
        await press(pilot, "t", "enter")
        assert f"Taken over from {visit}" in screen_text(app)
    shown = person.well("plan", "show", small_ref, "--json").json["actions"]
    assert any("as [/] before" in one["result"] for one in shown)


async def test_the_form_offers_the_signed_audits_of_a_dealership_for_a_re_audit(
    audit_app: MakeApp, person: Person, small_ref: str
) -> None:
    person.complete(small_ref)
    person.sign(small_ref)
    app: Any = audit_app("zh")
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await app.action_page("new")
        await settled(pilot)
        kind, earlier = (app.screen.query_one(name, Choice) for name in ("#kind", "#earlier"))
        kind.choose("follow-up")
        app.screen._show_rows()
        await settled(pilot)
        assert "先选经销商" in screen_text(app)
        kind.choose("re-audit")
        app.screen._show_rows()
        assert not app.screen.query_one("#earlier-row").display, "nothing to choose from yet"
        await press(pilot, *"D1", "enter")
        assert earlier.value == small_ref, "the newest, without a key"
        app.screen.set_focus(earlier)
        await press(pilot, "right")
        assert "✓ 不对照上次" in screen_text(app)
        await press(pilot, "left")
        day = app.screen.query_one("#date", Input)
        day.value = "2020-01-01"
        await press(pilot, "ctrl+s")
        assert f"不能早于 {small_ref}" in screen_text(app)
        day.value = "2026-09-01"
        await press(pilot, "ctrl+s")
        assert app.current_mode == "score"
        details = app.desk.seen.state.details
        assert (details["kind"], details["earlier"]["ref"]) == ("re-audit", small_ref)


async def test_the_list_offers_a_visit_after_a_signed_audit(audit_app: MakeApp, person: Person, small_ref: str) -> None:
    person.complete(small_ref)
    person.sign(small_ref)
    app: Any = audit_app("zh")
    async with app.run_test(size=(110, 12)) as pilot:
        await settled(pilot)
        await press(pilot, "r", "down", "right", "enter")
        assert shows(app, VisitPage)
        before = screen_text(app)
        await press(pilot, "down", "up")
        assert screen_text(app) == before, "the text beside is broken once"
        await press(pilot, "f2")
        assert "跟进" in screen_text(app)

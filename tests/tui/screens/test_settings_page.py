"""Settings: what is chosen takes effect, and is kept for the next start."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from textual.widgets import Input

from audit.journal import Author
from audit.session import AuditSession
from audit.store.store import Store
from tests.tui.screens.conftest import SMALL, MakeApp, screen_text, settled
from tui.opening import reader
from tui.settings import change_settings, read_settings, settings_file, system_user

if TYPE_CHECKING:
    from tests.tui.conftest import Person


async def test_what_is_chosen_takes_effect_and_is_kept(audit_app: MakeApp, small_ref: str) -> None:
    app = audit_app("zh", ref=small_ref)
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("f9")
        await settled(pilot)
        assert "✓ 中文" in screen_text(app)
        await pilot.press("right", "down", "right", "down", *"王芳 [x]", "enter", "down", "right", "down", "right")
        await settled(pilot)
        shown = screen_text(app)
        assert "✓ light" in shown
        assert "王芳 [x]" in shown
        kept = read_settings()
        assert (kept.lang, kept.theme, kept.name, kept.advance, kept.width) == ("en", "light", "王芳 [x]", True, "1")
        assert app.settings == kept
        assert app.theme == "light"
        # Entries of the audit that is open bear the new name from now on.
        assert await app.desk.at(lambda session: session.author) == Author("王芳 [x]", kept.device)
        again = audit_app(settings=kept)
    async with again.run_test(size=SMALL):
        assert again.theme == "light"


async def test_a_name_typed_is_kept_whatever_key_leads_away(audit_app: MakeApp, small_ref: str) -> None:
    app = audit_app("zh", ref=small_ref)
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        for to_it, typed, away in ((["down", "down"], "王", "f3"), (["end"], "芳", "escape")):
            await pilot.press("f9", *to_it, typed, away)
            await settled(pilot)
            assert read_settings().name == app.settings.name
            assert read_settings().name.endswith(typed)
        assert (await app.desk.at(lambda session: session.author)).person == "王芳"
        await pilot.press("f9", "end", "李", "ctrl+q")
    assert read_settings().name == "王芳李"


async def test_every_theme_shows_every_mark(audit_app: MakeApp) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f9")
        await settled(pilot)
        await pilot.press("down", *["right"] * 3)
        await settled(pilot)
        assert app.theme == "ansi-dark"
        assert "✓ 终端颜色" in screen_text(app)


async def test_the_data_is_named_and_backed_up(person: Person, small_ref: str, audit_app: MakeApp) -> None:
    app = audit_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("f9")
        await settled(pilot)
        assert str(person.store) in "".join(screen_text(app).split())
        await pilot.press("ctrl+b")
        await settled(pilot)
        [copy] = person.home.glob("audits-backup-*.db")
        assert f"Thebackupis{copy}" in "".join(screen_text(app).split())
    with closing(Store.open(str(copy), create=False)) as kept:
        assert [row.ref for row in kept.streams("audit")] == [small_ref]


async def test_settings_that_cannot_be_written_are_a_sentence(audit_app: MakeApp) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("{", "utf-8")
    app = audit_app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f9")
        await settled(pilot)
        await pilot.press("down", "down", "down", "right")
        await settled(pilot)
        assert any("cannot be read" in said.message for said in app._notifications)
        assert settings_file().read_text("utf-8") == "{"


async def test_who_writes_is_asked_once_before_anything_is_written(person: Person, audit_app: MakeApp) -> None:
    person.begin()
    app = audit_app("zh", settings=read_settings())
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert "您的姓名" not in screen_text(app)
        await pilot.press("n")
        await settled(pilot)
        assert "您的姓名" in screen_text(app)
        assert app.screen.query_one("#asked", Input).value == system_user()
        await pilot.press(*"王芳", "enter")  # takes the place of what was proposed
        await settled(pilot)
        assert app.current_mode == "new"
        assert app.screen.query_one("#auditors", Input).value == "王芳"
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert app.current_mode == "score"
        await pilot.press("5")
        await settled(pilot)
    assert read_settings().name == "王芳"
    with Store.open(str(person.store)) as store:
        entries = AuditSession.open(store, "D1", reader()).journal.entries
    assert entries[-1].person == "王芳"


async def test_who_writes_is_asked_again_when_one_would_not_say_and_not_where_it_was_said(
    person: Person, audit_app: MakeApp
) -> None:
    ref = person.begin()
    for named, asked in ((None, True), (None, True), ("Li", False)):
        if named:
            settings_file().unlink()
            change_settings(name=named)
        app = audit_app("en", ref, read_settings())
        async with app.run_test(size=SMALL, notifications=True) as pilot:
            await settled(pilot)
            assert ("Who are you?" in screen_text(app)) is asked
            if asked:
                await pilot.press("escape")
                await settled(pilot)
                assert "Nothing is written in nobody's name" in screen_text(app)
            assert app.current_mode == ("audits" if asked else "score")


async def test_who_writes_is_not_asked_where_a_signed_audit_is_only_looked_at(
    person: Person, audit_app: MakeApp
) -> None:
    ref = person.begin()
    person.complete(ref)
    person.sign(ref)
    app = audit_app("en", ref, read_settings())
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        assert app.current_mode == "score"
        assert "Who are you?" not in screen_text(app)
        await app.action_page("closing")
        await settled(pilot)
        assert "Who are you?" in screen_text(app)

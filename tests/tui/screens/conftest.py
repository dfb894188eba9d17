"""The terminal UI under Pilot: what stands on the screen, and applications on a store of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from tui.app import AuditApp

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from checklists.text import Lang
    from tests.tui.conftest import Person
    from tui.settings import Settings

SMALL = (80, 24)


def screen_text(app: AuditApp) -> str:
    """Return what the screen in front shows, a line a row."""
    strips = app.screen._compositor.render_strips()  # private, and only here
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the desk, the workers and the screen have nothing left to do."""
    app = pilot.app
    assert isinstance(app, AuditApp)
    for _ in range(3):
        await pilot.pause()
        await app.desk.do(lambda _: None)
        await app.workers.wait_for_complete()
    await pilot.pause(0.1)


class MakeApp(Protocol):
    """Makes applications on one person's store."""

    def __call__(self, lang: Lang = "en", ref: str | None = None, settings: Settings | None = None) -> AuditApp: ...


@pytest.fixture
def audit_app(person: Person) -> MakeApp:
    """Applications on the person's store."""

    def make(lang: Lang = "en", ref: str | None = None, settings: Settings | None = None) -> AuditApp:
        return AuditApp(lang, store=str(person.store), ref=ref, settings=settings)

    return make


@pytest.fixture
def small_ref(person: Person) -> str:
    """An audit with the small checklist: five items in two departments."""
    return person.begin()


@pytest.fixture
def dealership_ref(person: Person) -> str:
    """An audit with the packaged checklist."""
    args = ["--dealer", "SH01", "--name", "上海[/]店", "--date", "2026-05-12"]
    return person.well("audit", "new", *args).out.strip()

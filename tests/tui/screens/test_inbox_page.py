"""Photos: sorted into items, moved, skipped, added while one scores; what the audit has."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Paste
from textual.widgets import Input

from audit import evidence_adding
from tests.photos import photo
from tests.tui.screens.conftest import SMALL, screen_text, settled
from tui.screens.inbox import InboxPage

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from tests.tui.conftest import Person
    from tests.tui.screens.conftest import MakeApp
    from tui.app import AuditApp


@pytest.fixture
def folder(person: Person, small_ref: str) -> Path:
    """Two photos taken after B1 was scored (one in a folder below), an old one, and an empty file."""
    person.well("audit", "answer", small_ref, "B1", "y")
    path = person.home / "照片 [x]"
    below = path / "DCIM"
    below.mkdir(parents=True)
    for number, place in enumerate((path, below), start=1):
        taken = datetime.now().astimezone() + timedelta(minutes=number)
        photo(place / f"IMG_{number}[red].jpg", taken.strftime("%Y:%m:%d %H:%M:%S"))
    photo(path / "old.jpg", "2020:01:01 10:00:00")
    return path


def evidence(person: Person, ref: str) -> list[tuple[str, str]]:
    found = json.loads(person.well("evidence", "list", ref, "--json").out)["evidence"]
    return [(piece["item"], piece["name"]) for piece in found]


async def opened(pilot: Pilot[None], ref: str, folder: Path | None) -> Any:
    app: AuditApp = pilot.app  # type: ignore[assignment]
    await app.open_audit(ref, "inbox")
    await settled(pilot)
    if folder is not None:
        await pilot.press("o")
        app.screen.query_one("#path", Input).value = str(folder)
        await pilot.press("enter")
        await settled(pilot)
    return app


async def test_photos_are_confirmed_moved_and_skipped(
    person: Person, audit_app: MakeApp, small_ref: str, folder: Path
) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, small_ref, folder)
        text = screen_text(app)
        assert "IMG_2[red].jpg" in text
        assert "含 1 个子文件夹" in text
        await pilot.press("x")  # the old one
        await pilot.press("enter")
        await pilot.press("A")
        assert app.screen.query_one("#find-line", Input).value == "A"
        await pilot.press("2", "enter")
        await settled(pilot)
        assert evidence(person, small_ref) == [("A2", "IMG_2[red].jpg"), ("B1", "IMG_1[red].jpg")]
        text = screen_text(app)
        assert ">A2" in text
        assert "✓ 2  待定 0" in text
        await pilot.press("v", "enter")
        await settled(pilot)
        assert "SHA-256" in screen_text(app)
        await pilot.press("escape", "delete", "f3", "enter")
        await settled(pilot)
        assert app.current_mode == "inbox"
        assert any("先按 Esc" in note.message for note in app._notifications)
        assert len(evidence(person, small_ref)) == 2, "Enter alone takes nothing away"
        await pilot.press("delete", "down", "enter")
        await settled(pilot)
        assert evidence(person, small_ref) == [("B1", "IMG_1[red].jpg")]
        await pilot.press("z")
        await settled(pilot)
        assert "已撤销：A2 移除佐证 IMG_2[red].jpg  ·  2 个文件" in screen_text(app)
        assert len(evidence(person, small_ref)) == 2
        await pilot.press("v", "z")
        await settled(pilot)
        text = screen_text(app)
        assert "已撤销：A2 佐证 IMG_2[red].jpg  ·  ✓ 1  待定 1" in text
        assert ">A2" not in text
        await pilot.press("Z")
        await settled(pilot)
        assert "已重做：A2" in screen_text(app)
        assert ">A2" in screen_text(app)
        assert evidence(person, small_ref) == [("A2", "IMG_2[red].jpg"), ("B1", "IMG_1[red].jpg")]


async def test_all_are_confirmed_and_one_bad_file_keeps_none_back(
    person: Person, audit_app: MakeApp, small_ref: str, folder: Path
) -> None:
    (folder / "empty.jpg").write_bytes(b"")
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, small_ref, folder)
        assert "empty.jpg: is empty" in screen_text(app).replace("\n", "").replace("│", "").replace("  ", "")
        await pilot.press("escape")
        (folder / "IMG_1[red].jpg").unlink()
        await pilot.press("a")
        await settled(pilot)
        assert evidence(person, small_ref) == [("B1", "IMG_2[red].jpg")]
        text = screen_text(app)
        assert "there is no such file" not in text.splitlines()[1]
        assert "✓ 1  undecided 1 (? 1)" in text
        assert "✗ 2" in text


async def test_what_the_audit_has_is_marked_and_the_folder_is_remembered(
    person: Person, audit_app: MakeApp, small_ref: str, folder: Path
) -> None:
    person.well("evidence", "add", small_ref, "A1", str(folder / "old.jpg"))
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, small_ref, folder)
        assert "= is evidence of A1 already" in screen_text(app)
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("f2", "f7", "o")
        assert str(folder) in app.screen.query_one("#path", Input).value


async def test_one_file_is_added_to_an_item_that_is_looked_for(
    person: Person, audit_app: MakeApp, small_ref: str
) -> None:
    app = audit_app("en")
    path = person.file("合同 [b].pdf", "%PDF-1.4")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, small_ref, None)
        await pilot.press("f")
        app.screen.query_one("#path", Input).value = path
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press(*"b1", "enter")
        await settled(pilot)
        assert evidence(person, small_ref) == [("B1", "合同 [b].pdf")]


async def test_a_sealed_audit_takes_no_photos_and_says_so(
    person: Person, audit_app: MakeApp, small_ref: str, folder: Path
) -> None:
    person.complete(small_ref)
    person.sign(small_ref)
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await app.open_audit(small_ref, "inbox")
        await settled(pilot)
        for action in ("folder", "add_file"):
            await app.screen.run_action(action)
            await settled(pilot)
            assert isinstance(app.screen, InboxPage), "no box is opened"
        assert all("signed and sealed" in note.message for note in app._notifications)
        assert app._notifications
        assert evidence(person, small_ref) == []


async def test_words_of_an_input_method_look_for_an_item(
    person: Person, audit_app: MakeApp, small_ref: str, folder: Path
) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, small_ref, folder)
        app.theme = "ansi-dark"
        await pilot.press("戊", "enter")
        await settled(pilot)
        assert evidence(person, small_ref) == [("B2", "old.jpg")]


async def test_one_scores_while_photos_are_added_and_may_stop_them(
    person: Person, audit_app: MakeApp, small_ref: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on, real = threading.Event(), threading.Event(), evidence_adding.add_files

    def held_up(*args: Any, **options: Any) -> Any:
        begun.set()
        assert go_on.wait(30)
        return real(*args, **options)

    monkeypatch.setattr(evidence_adding, "add_files", held_up)
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, small_ref, folder)
        await pilot.press("a")
        assert await asyncio.to_thread(begun.wait, 30)
        await app.desk.at(lambda session: session.answer("B2", "n", "why"))
        await pilot.press("escape")
        go_on.set()
        await settled(pilot)
        assert app.desk.seen is not None
        assert app.desk.seen.state.answer("B2").value == "n"
        assert evidence(person, small_ref) == [("B1", "IMG_1[red].jpg")]
        assert "✓ 1  undecided 2 (? 1)" in screen_text(app)
        await pilot.press("a")
        await settled(pilot)
        assert len(evidence(person, small_ref)) == 2


async def test_f5_leads_to_the_kpis_and_another_audit_has_a_folder_of_its_own(
    person: Person, audit_app: MakeApp, small_ref: str, folder: Path
) -> None:
    other = person.begin("--date", "2026-06-01")
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, small_ref, folder)
        assert "IMG_2" in screen_text(app)
        await pilot.press("f2")
        await opened(pilot, other, None)
        assert "IMG_2" not in screen_text(app)
        assert str(folder) not in screen_text(app)
        await pilot.press("f2")
        await opened(pilot, small_ref, None)
        assert "IMG_2" in screen_text(app)
        await pilot.press("f5")
        await settled(pilot)
        assert app.current_mode == "kpis"


async def test_a_wrong_path_stays_in_the_box_with_what_is_wrong_beside_it(
    audit_app: MakeApp, small_ref: str, folder: Path
) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, small_ref, None)
        for key, wrong, said in (("o", "nowhere", "no such folder"), ("f", "no.jpg", "no such file")):
            await pilot.press(key, *f"/{wrong}", "enter")  # what begins at the root takes the place of ~/
            await settled(pilot)
            assert app.screen.query_one("#path", Input).value == f"/{wrong}"
            assert said in screen_text(app)
            assert not app._notifications
            app.post_message(Paste(f"file://{folder}" if key == "o" else f'"{folder}/old.jpg" '))
            await settled(pilot)
            assert said not in screen_text(app)
            await pilot.press("enter")
            await settled(pilot)
            if key == "o":
                assert "IMG_2" in screen_text(app)
        assert type(app.screen).__name__ == "FindItem"

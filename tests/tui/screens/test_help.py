"""The help and the palette: what they say comes from the bindings, in the language spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.binding import Binding
from textual.widgets import Static

from tests.tui.screens.conftest import SMALL, MakeApp, screen_text, settled
from tui.palette import Commands
from tui.screens.audits import AuditsPage
from tui.screens.help import HelpScreen
from tui.screens.interviews import InterviewsPage
from tui.screens.score import ScorePage
from tui.widgets.kpi_grid import KpiGrid
from tui.widgets.kpi_table import KpiTable
from tui.widgets.record_grid import RecordGrid
from tui.widgets.set_table import SetTable

if TYPE_CHECKING:
    from tests.tui.conftest import Person


def told(app: object) -> str:
    screen = app.screen  # type: ignore[attr-defined]
    assert isinstance(screen, HelpScreen)
    return str(screen.query_one("#help-text", Static).content)


async def test_own_keys_come_first_then_those_of_everywhere(person: Person, audit_app: MakeApp) -> None:
    person.begin()
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("f1")
        await pilot.pause(0.1)
        text = told(app)
        here, everywhere = (text.index(title) for title in ("本页按键", "任何页面"))
        assert (
            here < text.index("搁置或找回") < text.index("显示或隐藏搁置的") < everywhere < text.index("中文/English")
        )
        assert text.startswith("所有评估")
        assert "Cursor" not in text
        assert "上移" not in text, "Textual's own keys are left out"
        assert "帮助" in screen_text(app)
        await pilot.press("end")
        await pilot.pause(0.3)
        assert "退出" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert not isinstance(app.screen, HelpScreen)
        named = {binding.action for _, _, binding, _ in Commands(app.screen)._known()}
        offered = {
            b.action for b in AuditsPage.BINDINGS if isinstance(b, Binding) and app.screen.check_action(b.action, ())
        }
        assert {"aside", "show_aside"} < offered
        assert offered - named <= {"down"}, "what has no room below has a name; down is the list's own here"


async def test_the_palette_finds_in_the_language_and_says_when_nothing_matches(
    person: Person, audit_app: MakeApp
) -> None:
    person.begin()
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await pilot.pause(0.3)
        assert "查找命令" in screen_text(app)
        await pilot.press("搁", "置")
        await pilot.pause(0.8)
        assert "搁置或找回" in screen_text(app)
        await pilot.press("x", "q", "z")
        await pilot.pause(1.5)
        assert "没有符合的命令" in screen_text(app)
        assert "No matches" not in screen_text(app)


def test_no_key_of_textuals_widgets_asks_to_be_shown_in_english() -> None:
    from textual import widgets
    from textual.app import App
    from textual.containers import ScrollableContainer
    from textual.screen import Screen

    kinds = [getattr(widgets, name) for name in ("Button", "DataTable", "Input", "OptionList", "TextArea")]
    for kind in (*kinds, App, Screen, ScrollableContainer):
        assert not [b.description for b in Binding.make_bindings(kind.BINDINGS) if b.show and b.description]


def test_one_key_takes_back_and_one_does_again_on_every_page() -> None:
    keys: dict[str, set[str]] = {"undo": set(), "redo": set()}
    for kind in (ScorePage, SetTable, RecordGrid, KpiTable, KpiGrid, InterviewsPage):
        found = {b.action.removeprefix("screen."): b.key for b in kind.BINDINGS if isinstance(b, Binding)}
        for action, known in keys.items():
            known.add(found[action])
    assert keys == {"undo": {"z,ctrl+z"}, "redo": {"Z,ctrl+y"}}


async def test_what_is_said_in_passing_neither_repeats_nor_piles_up(audit_app: MakeApp) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot)
        for words in ("one", "two", "two", "three", "three", "two"):
            app.notify(words)
        await settled(pilot)
        assert [said.message for said in app._notifications] == ["two", "three"]
        rows = screen_text(app).split("\n")
        assert sum("two" in row or "three" in row for row in rows) == 2
        # What is typed, the state and the keys stand below and stay in view, and so does the line above.
        assert [n for n, row in enumerate(rows) if "two" in row or "three" in row] == [1, 2]
        assert app.NOTIFICATION_TIMEOUT <= 3


async def test_chinese_breaks_at_the_edge_and_not_at_blanks(person: Person, audit_app: MakeApp) -> None:
    app = audit_app("zh", person.begin())
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("f1")
        await settled(pilot)
        first, second, *_ = (row.partition("│")[2].partition("│")[0] for row in screen_text(app).split("\n")[4:])
        assert cell_len(first.strip()) > 55  # before, it ended after the first sentence that a blank followed
        assert second.strip()[0] not in "，。；：、）"


async def test_the_palette_knows_other_words_for_what_can_be_done(audit_app: MakeApp) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"theme")
        await pilot.pause(0.8)
        assert "设置" in screen_text(app)

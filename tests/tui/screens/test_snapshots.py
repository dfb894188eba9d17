"""One picture a screen, and of the Score page one a theme: whatever changes how they look fails here.

Nothing in them depends on the machine: clock, zone, names and paths are fixed.  After a change that was meant, and
after having looked at each: `uv run pytest -n 0 tests/tui/screens/test_snapshots.py --snapshot-update`.
"""

from __future__ import annotations

import shutil
import time
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Protocol

import pytest
from textual.widgets import Input, TextArea

from audit.dealers import Dealer
from audit.follow_up import begin_follow_up
from audit.journal import Author
from audit.plan_draft import draft_plan
from audit.session import AuditSession
from audit.store.store import Store
from checklists.text import Text
from tests.tui.screens.conftest import settled
from tui import demo_data as sample
from tui import demo_steps as steps
from tui.app import AuditApp
from tui.demo import DATE, DEALER, sample_audit
from tui.demo_pictures import draw, sample_photos
from tui.route_process import Told
from tui.screens.help import HelpScreen
from tui.screens.inbox_work import InboxWork
from tui.screens.meeting import MeetingPage
from tui.screens.report import ReportDialog
from tui.screens.route import RoutePage
from tui.screens.settings import SettingsPage
from tui.settings import Settings, change_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from textual.pilot import Pilot

    from checklists.text import Lang

    class Compare(Protocol):
        def __call__(
            self, app: AuditApp, *, terminal_size: tuple[int, int], run_before: Callable[[Pilot[None]], Awaitable[None]]
        ) -> bool: ...


pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be set")
SMALL, WIDE = (80, 24), (120, 40)
REF = f"{DEALER.code}-{DATE}"
WANG = Author("王芳", "laptop-1")
_BELOW_FULL = ("8", "slash", "1", "0", "enter")
SCORED = 60
"""Items that have an answer."""
ROUTE = (
    ("", "从 563.99 分到 700 分：做 3 项，约 6 人天", "bold"),
    ("1  ", "WS17  一次修复率不低于90%：每周抽查10张返修单，记下原因，月底在例会上讲评。  +10 分", ""),
    ("2  ", "FD21  三日内回访全部完成  +8 分", ""),
    ("", "其余弱项不必先做。", "dim"),
)
"""A route of least effort in words; a solver may find another one that is as good."""


class _Stage:
    lang: Lang = "zh"

    def say(self, text: Text) -> None: ...

    def over(self, things: Sequence[steps.Thing], label: Text) -> Iterable[steps.Thing]:  # noqa: ARG002
        return things


def clock() -> Callable[[], str]:
    """Return a clock by which whatever is written comes a second after what was before: photos are taken in between."""
    begin, ticks = datetime(2026, 5, 12, 1, 55, tzinfo=UTC), count()
    return lambda: (begin + timedelta(seconds=next(ticks))).isoformat(timespec="microseconds")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as it stands at noon, another audit that has just begun, and a folder of photos."""
    folder = tmp_path_factory.mktemp("snapshots")
    with pytest.MonkeyPatch.context() as patch, Store.open(str(folder / "audits.db"), create=True) as store:
        now = clock()
        for module in ("writing", "dealers"):
            patch.setattr(f"audit.{module}.now", now)
        session = sample_audit(store, WANG, "zh")
        steps.take_in_figures(session)
        for row in sample.answers()[:SCORED]:
            session.answer(row.item, row.value, row.reason.zh, row.note.zh)
        steps.read_records(_Stage(), session)
        steps.interview(_Stage(), session)
        dealer = Dealer(code="BJ07", name_zh="北京[x]店", name_en="Beijing [/] No. 7")
        AuditSession.create(store, session.checklist, dealer, WANG, {"date": "2026-05-11"})
    (folder / "photos").mkdir()
    for photo in list(sample_photos())[:4]:
        draw(photo, folder / "photos")
    return folder


@pytest.fixture
def place(played: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of it in the folder one works in, where it is always half past ten in Shanghai."""
    copy = shutil.copytree(played, home / "audits")
    monkeypatch.chdir(copy)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    monkeypatch.setattr("tui.desk.strftime", lambda _: "10:30:00")

    async def told(page: SettingsPage) -> None:
        page.put("#place", Text("/home/li/audits.db", "/home/li/audits.db"))

    monkeypatch.setattr(SettingsPage, "_say_place", told)
    monkeypatch.setattr("tui.screens.settings.system_user", lambda: "li")
    change_settings(name=WANG.person)
    yield copy
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample signed, with its objections answered, a plan, and a follow-up visit that has just begun."""
    folder = tmp_path_factory.mktemp("closed")
    with pytest.MonkeyPatch.context() as patch, Store.open(str(folder / "audits.db"), create=True) as store:
        now = clock()
        for module in ("writing", "dealers"):
            patch.setattr(f"audit.{module}.now", now)
        session = sample_audit(store, WANG, "zh")
        steps.take_in_figures(session)
        steps.record_answers(_Stage(), session)
        steps.read_records(_Stage(), session)
        session.sign(WANG.person, "陈明")
        steps.closing_meeting(_Stage(), session, WANG.person)
        draft_plan(session, "2026-05-18")
        begin_follow_up(store, REF, WANG, {"date": "2026-07-01"})
    return folder


@pytest.fixture
def after(closed: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, on the day of the visit."""
    copy = shutil.copytree(closed, place / "after")
    fix_day(monkeypatch, "audit.clock", date(2026, 7, 1))
    return copy


def application(place: Path, lang: Lang, theme: str = "dark", ref: str = REF) -> AuditApp:
    return AuditApp(
        lang, store=str(place / "audits.db"), person=WANG.person, ref=ref, settings=Settings(theme=theme, name="王芳")
    )


def page(mode: str, *keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Return what goes to a page and presses keys there."""

    async def go(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, AuditApp)
        while app.desk.seen is None or app.current_mode not in {"score", "visit"}:
            await pilot.pause(0.05)
        await settled(pilot)
        await app.action_page(mode)
        await settled(pilot)
        if isinstance(app.screen, InboxWork):
            from pathlib import Path

            await app.screen.read_folder(Path("photos"))
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        for line in app.screen.query("Input, TextArea"):
            if isinstance(line, Input | TextArea):
                line.cursor_blink = False
                line._cursor_visible = True
        await settled(pilot)

    return go


SCREENS: dict[str, tuple[Lang, tuple[str, ...]]] = {
    "audits": ("zh", ()),
    "new": ("en", ()),
    "score": ("zh", ()),
    "records": ("en", ("enter",)),
    "kpis": ("zh", ("down", "down")),
    "interviews": ("en", ()),
    "inbox": ("zh", ()),
    "review": ("en", ()),
    "settings": ("zh", ()),
}


@pytest.mark.parametrize("mode", SCREENS)
def test_a_page(snap_compare: Compare, place: Path, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    lang, keys = SCREENS[mode]
    fix_today(monkeypatch)
    assert snap_compare(application(place, lang), terminal_size=SMALL, run_before=page(mode, *keys))


def test_the_meeting(snap_compare: Compare, place: Path) -> None:
    async def meet(pilot: Pilot[None]) -> None:
        await page("review", "right", "right", "v")(pilot)
        assert isinstance(pilot.app.screen, MeetingPage)

    assert snap_compare(application(place, "zh"), terminal_size=SMALL, run_before=meet)


@pytest.mark.parametrize("mode", ["closing", "plan", "visit"])
def test_a_page_after_the_signatures(snap_compare: Compare, after: Path, mode: str) -> None:
    ref = f"{DEALER.code}-2026-07-01" if mode == "visit" else REF
    app = application(after, "zh", ref=ref)
    assert snap_compare(app, terminal_size=SMALL, run_before=page(mode, "down", "down"))


def test_the_route(snap_compare: Compare, after: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def found(_: object) -> list[Told]:
        return [Told(Text(label, label), Text(words, words), style) for label, words, style in ROUTE]

    monkeypatch.setattr("tui.route_process.find_route", found)

    async def go(pilot: Pilot[None]) -> None:
        await page("plan", "r")(pilot)
        assert isinstance(pilot.app.screen, RoutePage)

    assert snap_compare(application(after, "zh"), terminal_size=SMALL, run_before=go)


def test_the_report_dialog(snap_compare: Compare, after: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.report.usual_folder", lambda _: "/home/li")

    async def ask(pilot: Pilot[None]) -> None:
        await page("review", "p")(pilot)
        assert isinstance(pilot.app.screen, ReportDialog)

    assert snap_compare(application(after, "zh"), terminal_size=SMALL, run_before=ask)


def test_the_help(snap_compare: Compare, place: Path) -> None:
    async def help_me(pilot: Pilot[None]) -> None:
        await page("score", "f1")(pilot)
        assert isinstance(pilot.app.screen, HelpScreen)

    assert snap_compare(application(place, "en"), terminal_size=SMALL, run_before=help_me)


@pytest.mark.parametrize(
    ("theme", "lang", "size"), [("light", "en", WIDE), ("contrast", "zh", SMALL), ("none", "en", SMALL)]
)
def test_the_score_page_in_another_theme(
    snap_compare: Compare,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    theme: str,
    lang: Lang,
    size: tuple[int, int],
) -> None:
    if theme == "none":
        monkeypatch.setenv("NO_COLOR", "1")
    app = application(place, lang, "dark" if theme == "none" else theme)
    assert snap_compare(app, terminal_size=size, run_before=page("score", "tab", *_BELOW_FULL))


def fix_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the form of a new audit propose a day that is always the same."""
    fix_day(monkeypatch, "tui.screens.new_audit", date(2026, 5, 12))


def fix_day(monkeypatch: pytest.MonkeyPatch, module: str, day: date) -> None:
    """Let a module have it that today is always the same day."""

    class Day(date):
        @classmethod
        def today(cls) -> Day:
            return cls(day.year, day.month, day.day)

    monkeypatch.setattr(f"{module}.date", Day)

"""Review: groups that jump and keep the line, the meeting, correction, the signatures, the report."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App
from textual.widgets import Input

from audit.matters import Concern, Place
from tests.tui.screens.conftest import SMALL, screen_text, settled
from tui.keys import pressed
from tui.palette import Commands
from tui.report_process import ReportNotMade, Wanted, make_reports
from tui.screens.meeting import MeetingPage
from tui.screens.people_dialog import PeopleDialog
from tui.screens.review import ReviewPage
from tui.screens.signing import SealShown, SignDialog
from tui.widgets.form import Row
from tui.widgets.matter_list import MatterList

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from checklists.text import Lang
    from tests.tui.conftest import Person
    from tests.tui.screens.conftest import MakeApp

NASTY = "[/] [x] 灯 💡\n第二行 [A-1]"


@pytest.fixture
def complete_ref(person: Person, small_ref: str) -> str:
    """Everything answered; A1 lost points without a reason, B2 is flagged."""
    person.complete(small_ref)
    person.well("audit", "flag", small_ref, "B2")
    person.well("audit", "note", small_ref, "A1", NASTY)
    return small_ref


async def opened(pilot: Pilot[None], ref: str) -> Any:
    app: Any = pilot.app
    await app.open_audit(ref, "review")
    await settled(pilot)
    return app


def line(app: Any) -> str:
    here = app.screen.query_one(MatterList).here
    return "" if here is None else here.words.of(app.lang)


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


async def test_what_is_open_stops_signing_and_jumps(audit_app: MakeApp, person: Person, small_ref: str) -> None:
    person.well("audit", "answer", small_ref, "A1", "5")
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, small_ref)
        assert "What stops signing  4" in screen_text(app)
        await press(pilot, "down")
        assert line(app).startswith("A3 is open")
        await press(pilot, "s")
        assert not isinstance(app.screen, SignDialog)
        assert "Not ready to sign" in screen_text(app)
        await press(pilot, "escape", "enter")
        assert app.current_mode == "score"
        assert getattr(app.screen, "place", "") == "A3"
        await press(pilot, "0", "f8")
        assert line(app).startswith("B1 is open"), "what was answered is gone, the cursor is on what came in its place"
        await press(pilot, "f12")
        assert line(app).startswith("B1 未评")
        assert "不能签字  3" in screen_text(app)


async def test_second_looks_do_not_keep_from_signing(audit_app: MakeApp, person: Person, complete_ref: str) -> None:
    app = audit_app("en")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, complete_ref)
        shown = screen_text(app)
        assert "Nothing stops signing" in shown
        assert "no reason is written" in shown
        assert "B2 is flagged" in shown
        await press(pilot, "s")
        assert isinstance(app.screen, SignDialog)
        assert "no reason is written" in screen_text(app)
        await press(pilot, *"Li", "enter", "enter", "right", "enter")
        assert isinstance(app.screen, SignDialog)
        assert "A name is needed" in screen_text(app)
        await press(pilot, "C", "h", "e", "n", "enter", "enter")
        seal = person.well("audit", "show", complete_ref, "--json").json["signature"]["seal"]
        assert seal in screen_text(app)
        await press(pilot, "enter")
        assert type(app.screen).__name__ == "ReportDialog", "the report comes next"
        await press(pilot, "escape", "s")
        assert isinstance(app.screen, SealShown), "the seal can be seen again"
        signed = person.well("audit", "show", complete_ref, "--json").json["signature"]
        assert (signed["auditor"], signed["dealer_representative"]) == ("Li", "Chen")


async def test_the_meeting_shows_an_item_and_corrects_it(audit_app: MakeApp, person: Person, complete_ref: str) -> None:
    photo = Path(person.file("roof [x].txt", "a roof"))
    person.well("evidence", "add", complete_ref, "A3", str(photo))
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, complete_ref)
        await press(pilot, "v")
        assert isinstance(app.screen, MeetingPage)
        seen = []
        for _ in range(3):
            seen.append(screen_text(app))
            await press(pilot, "right")
        together = "\n".join(seen)
        assert "A1 is right" in together
        assert "[/] [x] 灯 💡" in together
        assert "第二行 [A-1]" in together
        assert "roof [x].txt  1 KB" in together
        assert "late=" not in together
        while "A3 is right" not in screen_text(app):
            await press(pilot, "left")
        order = app.screen._order
        await press(pilot, "c", *"nonsense", "enter", *"why", "enter")
        shown = screen_text(app)
        assert '"nonsense" cannot be read' in shown, "what cannot be read is said at its field, and nothing is lost"
        assert "1 Late" in shown
        assert "late=" not in shown
        await press(pilot, *["backspace"] * 8, "0", "enter", "enter")
        assert isinstance(app.screen, MeetingPage)
        assert "none lost" in screen_text(app)
        assert app.screen._order == order, "a correction throws nobody out of his place"
        await press(pilot, *["right"] * len(order))
        left_at = app.screen.at
        assert left_at == order[-1] != order[0]
        await press(pilot, "f3", "f8")
        assert isinstance(app.screen, ReviewPage), "its key shows the page, whatever it had led to"
        await press(pilot, "v")
        assert isinstance(app.screen, MeetingPage)
        assert app.screen.at == left_at, "and the meeting goes on where it was left"
        await press(pilot, "f8")
        assert isinstance(app.screen, ReviewPage)
    [answer] = [a for a in person.well("audit", "show", complete_ref, "--json").json["answers"] if a["item"] == "A3"]
    assert (answer["value"], answer["reason"]) == ("0", "corrected (was Late ×1 (bay 3)): why")


@pytest.mark.parametrize(("lang", "typed"), [("zh", "meet"), ("en", "会议")])
async def test_the_palette_finds_the_meeting_in_both_languages(
    audit_app: MakeApp, complete_ref: str, lang: Lang, typed: str
) -> None:
    app = audit_app(lang)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, complete_ref)
        await pilot.press("ctrl+p", *typed)
        await pilot.pause(0.8)
        await press(pilot, "enter")
        assert isinstance(app.screen, MeetingPage)


async def test_every_entry_of_the_palette_does_something(audit_app: MakeApp, complete_ref: str) -> None:
    def looks(app: Any) -> tuple[object, ...]:
        return type(app.screen), app.current_mode, app.lang, line(app) if app.screen is review else ""

    app: Any = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, complete_ref)
        review = app.screen
        here = ("quit", "page('review')")
        entries = [(shown, b.action, node) for shown, _, b, node in Commands(review)._known() if b.action not in here]
        assert len(entries) > len(app.BINDINGS)
        for shown, action, node in entries:
            review.query_one(MatterList).highlighted = 0
            review.action_group(1)
            review.action_group(1)
            before = looks(app)
            assert await app.run_action(action, node), shown
            await settled(pilot)
            assert looks(app) != before, shown
            app.lang = "en"
            while app.current_mode == "review" and app.screen is not review:
                await app.pop_screen()
            await app.action_page("review")
            assert app.screen is review


async def test_a_file_is_opened_outside_or_its_path_told(
    audit_app: MakeApp, person: Person, complete_ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.well("evidence", "add", complete_ref, "A3", person.file("roof.txt", "a roof"))
    shown: list[Path] = []

    def show(path: Path) -> bool:
        shown.append(path)
        return False

    monkeypatch.setattr("tui.viewer.show_file", show)
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, complete_ref)
        await app.push_screen(MeetingPage("A3"))
        await settled(pilot)
        await press(pilot, "o")
        assert [path.name for path in shown] == ["A3_roof.txt"]
        assert shown[0].read_text("utf-8") == "a roof"
        assert "这里没有查看器" in screen_text(app)


async def test_a_signed_audit_is_not_corrected(audit_app: MakeApp, person: Person, complete_ref: str) -> None:
    person.sign(complete_ref)
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, complete_ref)
        await press(pilot, "v", "c")
        assert isinstance(app.screen, MeetingPage)
        assert "Signed and sealed" in screen_text(app)


async def test_a_conflict_without_a_page_is_settled_here(audit_app: MakeApp, person: Person, complete_ref: str) -> None:
    from audit.journal import Author
    from audit.session import AuditSession
    from audit.store.store import Store

    with Store.open(str(person.store)) as store:
        one, two = (AuditSession.open(store, complete_ref, Author(name, name)) for name in ("Li", "Wang"))
        one.describe({"contact": "Zhao"})
        two.describe({"contact": "Qian"})
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, complete_ref)
        row = app.screen.query_one(MatterList).here
        assert row is not None
        assert row.place == Place(conflict="detail:contact")
        assert Concern.CONFLICT in row.key
        await press(pilot, "enter", "down", "enter")
        assert "Nothing stops signing" in screen_text(app)


async def test_the_report_is_whole_or_not_there(
    audit_app: MakeApp, person: Person, complete_ref: str, home: Path
) -> None:
    app = audit_app("zh")
    earlier = home / f"{complete_ref}-zh.xlsx"
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, complete_ref)
        await press(pilot, "p")
        earlier.write_bytes(b"somebody's own")
        await press(pilot, "enter")
        assert "不是本工具的报告" in screen_text(app)
        assert earlier.read_bytes() == b"somebody's own"
        earlier.unlink()
        await press(pilot, "right", "right", "enter")
        assert "报告已生成" in screen_text(app)
        written = sorted(path.name for path in home.glob("*.xlsx"))
        assert written == [f"{complete_ref}-{lang}.xlsx" for lang in ("en", "zh")]
        before = earlier.read_bytes()
        await press(pilot, "enter", "p")
        await pilot.press("enter")
        await pilot.pause(0.3)
        await press(pilot, "escape")
        assert "已停止" in screen_text(app)
        assert earlier.read_bytes() == before
        assert not list(home.glob(".*.tmp"))
        await press(pilot, "escape")
        assert isinstance(app.screen, ReviewPage)


async def test_a_browser_is_handed_the_report(
    audit_app: MakeApp, complete_ref: str, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr(App, "is_web", property(lambda _: True))
    handed: list[tuple[str, bytes]] = []

    def deliver(_: object, file: Any, *, save_filename: str, mime_type: str) -> None:
        assert "spreadsheet" in mime_type
        handed.append((save_filename, file.read()))

    monkeypatch.setattr(App, "deliver_binary", deliver)
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, complete_ref)
        await press(pilot, "p", "enter")
        assert "Handed to the browser" in screen_text(app)
    [(name, body)] = handed
    assert name == f"{complete_ref}-en.xlsx"
    assert body.startswith(b"PK")
    assert not list(home.glob("*.xlsx"))


async def test_the_process_says_what_is_wrong(person: Person, small_ref: str) -> None:
    steps: list[tuple[int, int]] = []
    made = await make_reports(Wanted(str(person.store), small_ref, ("en",)), lambda *step: steps.append(step))
    assert made["en"].startswith(b"PK")
    assert steps[-1][0] == steps[-1][1]
    assert len(steps) > 5
    with pytest.raises(ReportNotMade) as raised:
        await make_reports(Wanted(str(person.store), "NOPE", ("en",)), lambda *_: None)
    assert "NOPE" in raised.value.text.zh
    task = asyncio.create_task(make_reports(Wanted(str(person.store), small_ref, ("en",)), lambda *_: None))
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_who_takes_what_is_recorded_where_it_is_missing(audit_app: MakeApp, person: Person) -> None:
    ref = person.begin("--auditor", "Li", "--auditor", "Wang")
    person.complete(ref)
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, ref)
        await press(pilot, "right")
        while "Who takes which department" not in line(app):
            await press(pilot, "down")
        await press(pilot, "enter")
        assert isinstance(app.screen, PeopleDialog)
        assert app.focused is app.screen.query_one("#who-0")
        await press(pilot, "right", "down", "right", "right", "down", *"Mr Chen", "enter", *"12345", "enter")
        assert isinstance(app.screen, ReviewPage)
        assert "Who takes which department" not in screen_text(app)
    details = app.desk.seen.state.details  # type: ignore[union-attr]
    assert details["assignments"] == {"front": "Li", "shop": "Wang"}
    assert (details["participants"], details["contact"]) == (["Mr Chen"], "12345")


async def test_all_of_it_together_is_recorded_too(audit_app: MakeApp, person: Person) -> None:
    ref = person.begin("--auditor", "Li", "--auditor", "Wang")
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, ref)
        assert "没有记录哪个部门由谁评估" in screen_text(app)
        await press(pilot, "a")
        assert "✓ 共同" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert "没有记录哪个部门由谁评估" not in screen_text(app)
        await press(pilot, "a", "down", "right", "ctrl+s")
    assert app.desk.seen is not None
    assert app.desk.seen.state.details["assignments"] == {"front": "Li", "shop": "Li、Wang"}


async def test_not_yet_keeps_the_names_and_signed_says_by_whom(
    audit_app: MakeApp, person: Person, complete_ref: str
) -> None:
    app = audit_app("en")
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, complete_ref)
        await press(pilot, "s", "ctrl+u", *"Li", "enter", *"Chen", "enter", "enter")
        assert isinstance(app.screen, ReviewPage), "not yet"
        await press(pilot, "s")
        assert [i.value for i in app.screen.query(Input)][:2] == ["Li", "Chen"]
        await press(pilot, "escape", "s", "enter", "right", "enter")
        assert isinstance(app.screen, SealShown)
        await press(pilot, "enter")
        await press(pilot, "escape")
        shown = screen_text(app)
        assert "Signatures" in shown
        assert "Signed by Li and Chen, 20" in shown
        assert "Nothing stops signing" not in shown
        await press(pilot, "a")
        assert isinstance(app.screen, ReviewPage)
        assert "signed and sealed" in screen_text(app) or app._notifications
    assert "Signed by Li and Chen" in person.well("audit", "review", complete_ref).out


async def test_the_decision_counts_as_it_was_chosen_however_fast(
    audit_app: MakeApp, person: Person, complete_ref: str
) -> None:
    app = audit_app("en")
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(pilot, complete_ref)
        await press(pilot, "s", "ctrl+u", *"Li")
        for name in ("enter", *"Chen", "enter", "right", "enter"):
            app.post_message(pressed(name))
        await settled(pilot)
        await settled(pilot)
        assert isinstance(app.screen, SealShown)


async def test_losses_of_all_items_and_weak_items_without_points(
    audit_app: MakeApp, person: Person, complete_ref: str
) -> None:
    person.well("audit", "answer", complete_ref, "A1", "4", "--reason", "one")
    person.well("finding", "add", complete_ref, "--text", "nobody knows", "--department", "front", "--direction", "A")
    app = audit_app("en")
    async with app.run_test(size=(100, 60)) as pilot:
        await opened(pilot, complete_ref)
        shown = screen_text(app)
        lost = shown[shown.index("Most points lost") : shown.index("Weak items without points")]
        assert "A1 is right (meets its pass rate)" in lost
        assert "A3  A3 is weak" in lost
        assert "nobody knows" not in lost
        assert "nobody knows" in shown


async def test_a_masked_pdf_in_both_languages(
    audit_app: MakeApp, person: Person, complete_ref: str, home: Path
) -> None:
    del person
    (home / "Documents").mkdir(exist_ok=True)
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, complete_ref)
        await press(pilot, "p", "right", "right", "down", "right", "down", "right", "enter")
        assert "The report is written" in screen_text(app)
    [written] = home.glob("**/*.pdf")
    assert written.name == f"{complete_ref}-both-headquarters.pdf"
    assert written.read_bytes().startswith(b"%PDF-")


async def test_names_go_where_they_belong_and_a_stranger_is_asked_about(
    audit_app: MakeApp, person: Person, complete_ref: str
) -> None:
    person.well("audit", "describe", complete_ref, "--auditor", "李工")
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, complete_ref)
        await press(pilot, "s", *"Chen", "enter", "enter")
        assert "没有签字" in screen_text(app)
        await press(pilot, "s")
        assert "李工、Chen 签字后改评分只能作为修正" in screen_text(app)
        await press(pilot, "up", *"Zhao", "enter", "enter", "x")
        assert "这里不输入文字：用 ← → 选择" in screen_text(app)
        assert [row.id for row in app.screen.query(Row) if row.query_one(".label").has_class("-here")] == [
            "decision-row"
        ]
        await press(pilot, "right", "enter")
        assert "“李工Zhao”不在评估员名单（李工）中" in screen_text(app), "what is typed is added to the name proposed"
        await press(pilot, "enter")
        assert isinstance(app.screen, SignDialog)
        await press(pilot, "enter", "down", "enter")
        assert isinstance(app.screen, SealShown)


async def test_the_verdict_leads_to_the_losses_and_home_to_the_heading(
    audit_app: MakeApp, person: Person, complete_ref: str
) -> None:
    person.well("audit", "describe", complete_ref, "--auditor", "Li", "--auditor", "Wang")
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, complete_ref)
        assert "Who takes which department" in screen_text(app)
        matters = app.screen.query_one(MatterList)
        while not (matters.here and matters.here.key == "decided/verdict"):
            await pilot.press("down")
        await press(pilot, "enter")
        assert matters.here is not None
        assert matters.here.key.startswith("loss/")
        await press(pilot, "end")
        assert matters.scroll_y > 0
        await press(pilot, "home")
        assert matters.scroll_y == 0
        person.sign(complete_ref)
        await app._look()
        await settled(pilot)
        assert "Signatures" in screen_text(app)
        assert all("Who takes" not in row.words.en for row in matters._rows)


async def test_who_stands_at_the_top_stays_there_when_answers_come(
    audit_app: MakeApp, person: Person, small_ref: str
) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, small_ref)
        await press(pilot, "f3")
        person.complete(small_ref)
        await app._look()
        await press(pilot, "f8")
        matters = app.screen.query_one(MatterList)
        assert matters.scroll_y == 0
        assert matters.highlighted == next(n for n, row in enumerate(matters._rows) if row.leads)


async def test_the_cursor_begins_where_enter_leads_somewhere(
    audit_app: MakeApp, person: Person, complete_ref: str
) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, complete_ref)
        assert "可以签字" in screen_text(app)
        assert "不能签字" not in screen_text(app).splitlines()[3]
        here = app.screen.query_one(MatterList).here
        assert here is not None
        assert here.leads

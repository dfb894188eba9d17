"""The Score page: one key an answer, saved before the next key is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from textual.events import Key

from audit.drawing import population
from audit.journal import Author
from audit.marking import draw
from audit.reaudit import reaudit
from audit.session import AuditSession
from audit.store.store import Store
from tests.tui.screens.conftest import screen_text
from tests.tui.screens.score_samples import LI, answered, application, begin, in_view, of_all_kinds, others
from tui.settings import change_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from checklists.text import Lang
    from tui.screens.score import ScorePage

SMALL, WIDE = (80, 24), (120, 40)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "audits.db"


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each when the one before has done its work."""
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


async def at(pilot: Pilot[None], page: ScorePage, item: str) -> None:
    """Stand on an item."""
    page.move_to(item)
    await pilot.pause()


async def until(pilot: Pilot[None], come: Callable[[], object]) -> None:
    """Wait for what another window wrote: the application looks every two seconds."""
    for _ in range(150):
        if come():
            break
        await pilot.pause(0.1)
    await pilot.pause(0.1)


def on_disk(store: Path, ref: str, item: str) -> str:
    """Return an answer as another process would read it."""
    with Store.open(str(store)) as opened:
        return AuditSession.open(opened, ref, LI).state.answer(item).value


async def test_full_marks_are_saved_and_lead_to_the_next_open_item(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        assert page.place == "L1"
        await press(pilot, "5")
        assert page.place == "Y1"
        assert on_disk(store, ref, "L1") == "5"
        shown = screen_text(app)
        assert "✓  L1" in shown
        assert ":" in page.saved
        assert f"{page.saved} saved" in shown
        assert "open 8/9" in shown
        await press(pilot, "y")
        assert page.place == "O1"


async def test_below_full_marks_the_cursor_stands_in_the_reason(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "3")
        assert page.place == "L1"
        assert on_disk(store, ref, "L1") == "3"
        assert "1 cause one [/] [x]" in screen_text(app)
        await press(pilot, "3", "1")
        assert answered(page, "L1") == ("answered", "3", "cause three；cause one [/] [x]")
        await press(pilot, *" R2")
        await pilot.press("f12")
        assert page.box.text == "cause three；cause one [/] [x] R2"
        assert "为什么失分" in screen_text(app)
        await press(pilot, "enter")
        assert page.place == "Y1"
        assert answered(page, "L1")[2] == "cause three；cause one [/] [x] R2"
        assert "~  L1" in screen_text(app)


async def test_a_reason_may_stay_empty_and_survives_another_level(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "3", "enter")
        assert page.place == "Y1"
        await press(pilot, "up", "2", "2", "escape", "4")
        assert answered(page, "L1") == ("answered", "4", "cause two")
        await press(pilot, "escape", "5")
        assert answered(page, "L1") == ("answered", "5", "")
        assert page.place == "Y1"  # the row below: nothing was open here


async def test_keys_that_come_all_at_once_meet_the_items_they_were_meant_for(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        for key in ("3", "2", "enter", "n", "a", "b", "enter"):
            app.post_message(Key(key, "\r" if key == "enter" else key))
        for _ in range(60):
            await pilot.pause(0.05)
            if page.place == "O1":
                break
        assert answered(page, "L1") == ("answered", "3", "cause two")
        assert answered(page, "Y1") == ("answered", "n", "ab")


async def test_full_width_keys_and_committed_words_are_read_as_the_key_meant(store: Path) -> None:
    app = application(store, begin(store), "zh")
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "３")
        assert answered(page, "L1")[1] == "3"
        await press(pilot, "２", "ｘ", "ｙ", "１")  # in the reason only the first digit picks
        assert page.box.text == "cause two（中）ｘｙ１"
        await press(pilot, "enter", "否")
        assert answered(page, "Y1")[1] == "n"
        await press(pilot, "escape", "是")
        assert answered(page, "Y1")[1] == "y"
        assert page.place == "O1"
        await press(pilot, "无")
        assert "无法提供：原因" in screen_text(app)
        await press(pilot, "２")
        assert answered(page, "O1") == ("no_data", "", "not-shown")
        before = page.seen.state
        await press(pilot, "好")
        assert page.seen.state is before
        assert "Shift" in screen_text(app)


async def test_several_observations_are_collected_until_enter(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "O1")
        await press(pilot, "2", "0", "backspace", "1")
        assert answered(page, "O1")[0] == "open"
        assert "2 1 _" in screen_text(app)
        await press(pilot, "7")
        assert "0 to 2" in screen_text(app)
        await press(pilot, "down", "up", "2", "enter")
        assert answered(page, "O1")[1] == "2 1 2"


async def test_a_sample_and_a_measure_are_typed(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "P1")
        await press(pilot, *"10/10", "enter")
        assert answered(page, "P1")[1] == "10/10"
        assert page.place == "M1"
        await press(pilot, *"9x", "enter")
        assert answered(page, "M1")[0] == "open"
        assert '"9x"' in screen_text(app)
        assert page.box.text == "9x"
        await press(pilot, "backspace", "５", "enter")
        assert answered(page, "M1")[1] == "95"


async def test_faults_are_counted_with_their_places(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "F1")
        await press(pilot, "1", *"bay [x]", "enter")
        assert answered(page, "F1")[1] == "late=1@bay [x]"
        await press(pilot, "2", "enter", "2", "enter")
        assert answered(page, "F1")[1] == "late=1@bay [x] dirty=2"
        await press(pilot, "minus")
        assert answered(page, "F1")[1] == "late=1@bay [x] dirty=1"
        assert "1 late  ×1  bay [x]" in screen_text(app)
        await press(pilot, "3", *"2", "enter", "enter", "1", "enter")
        assert answered(page, "F1") == ("answered", "late=1@bay [x] dirty=1 cold=2", "cause one [/] [x]")
        assert page.place == "R1"
        await press(pilot, "up", "0")
        assert answered(page, "F1")[1] == "0"


async def test_a_kpi_answers_and_another_answer_needs_its_reason(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "K1")
        assert "KPI K01 Show rate: not recorded" in screen_text(app)
        await press(pilot, *"75", "enter")
        assert answered(page, "K1")[0] == "open"
        await press(pilot, "enter")
        assert answered(page, "K1")[0] == "open"
        await press(pilot, *"counted", "enter")
        assert answered(page, "K1") == ("answered", "75", "counted")
        assert page.place == "Y2"


async def test_settings_advance_always(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "x", "2")
        assert answered(page, "L1") == ("not_applicable", "", "The dealership has no such equipment or room")
        await press(pilot, "c", *"all of May", "enter")
        assert answered(page, "Y1") == ("no_case", "", "all of May")
        await press(pilot, "s", "down", "down", "enter")
        assert answered(page, "O1") == ("not_assessed", "", "The person in charge was away")
        await press(pilot, "d", "9")
        assert "no number 9" in screen_text(app)
        await press(pilot, "escape", "x", *"ab", "escape", "x")
        assert page.box.text == "ab"


async def test_undo_redo_flag_and_note(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "5", "u")
        assert page.place == "L1"
        assert answered(page, "L1")[0] == "open"
        await press(pilot, "U")
        assert answered(page, "L1")[1] == "5"
        await press(pilot, "u", "ctrl+y", "f")
        assert page.seen.state.flags == {"L1"}
        assert ">✓* L1" in screen_text(app)
        assert "*1" in screen_text(app)
        await press(pilot, "m", *"[/] [red]x", "enter")
        assert "[/] [red]x" in screen_text(app)
        await press(pilot, "asterisk", "l")
        assert "flag taken away" in screen_text(app)


async def test_a_conflict_shows_both_answers_and_a_digit_settles(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        with Store.open(str(store)) as opened:
            second = AuditSession.open(opened, ref, Author("王", "laptop-2"))
            await press(pilot, "3", "escape")
            second.answer("L1", "1")  # without having seen the 3
        await until(pilot, lambda: page.seen.state.conflicts)
        shown = screen_text(app)
        assert "!1" in shown
        assert "王" in shown
        assert answered(page, "L1")[0] == "open"
        number = next(n for n in (1, 2) if f"{n}  1 " in shown)
        await press(pilot, f"{number}")
        assert answered(page, "L1")[1] == "1"
        assert not page.seen.state.conflicts


async def test_an_item_read_from_drawn_records_leads_to_the_record_sheet(store: Path) -> None:
    ref = begin(store)
    with Store.open(str(store)) as opened:
        draw(AuditSession.open(opened, ref, LI), "orders", population(["R1", "R2", "R3", "R4"], "list"), "7")
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "R1")
        assert "0 of 3 read" in screen_text(app)
        await press(pilot, "5")
        assert "press r" in screen_text(app)
        await press(pilot, "r")
        await pilot.pause(0.3)
        assert type(app.screen).__name__ == "RecordsPage"


async def test_one_goes_on_where_one_was(store: Path) -> None:
    ref = begin(store)
    for keys, place in ((("down", "down", "2", "2", "2", "enter"), "O1"), ((), "O1")):
        app = application(store, ref)
        async with app.run_test(size=SMALL) as pilot:
            page = await in_view(pilot)
            await press(pilot, *keys)
            if not keys:
                assert page.place == place


async def test_an_earlier_answer_stands_beside_and_is_hidden_while_blind(store: Path) -> None:
    ref = begin(store)
    with Store.open(str(store)) as opened:
        AuditSession.open(opened, ref, LI).answer("L1", "2", "[/] why")
        again = reaudit(opened, ref, LI, {"date": "2026-11-12"}, blind=True, checklist=of_all_kinds()).ref
    app = application(store, again)
    async with app.run_test(size=SMALL) as pilot:
        await in_view(pilot)
        assert "shown once this is answered" in screen_text(app)
        assert "[/] why" not in screen_text(app)
        await press(pilot, "5", "up")
        assert "[/] why" in screen_text(app)
        assert "L1 is weak" in screen_text(app)


async def test_the_list_is_grouped_by_department_place_and_method(store: Path) -> None:
    app = application(store, begin(store), "zh")
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        assert [group.id for group in page.groups] == ["D/S1", "E/S2", "bonus"]
        await at(pilot, page, "R1")
        await press(pilot, "g")
        assert [group.id for group in page.groups] == ["bays", "lobby", "bonus"]
        assert page.place == "R1"
        assert "[按场所] lobby（中）" in screen_text(app)
        await press(pilot, "left")
        assert page.place == "L1"
        await press(pilot, "g", "g")
        assert page.grouping == "department"


async def test_finding_a_section_full_and_the_menu(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "slash", *"Y2", "enter")
        assert page.place == "Y2"
        await press(pilot, "slash", "f", "1", "right", "enter", "enter", "down", "enter")  # menu: first fault
        assert answered(page, "F1")[1] == "late=1"
        await press(pilot, "escape", "left", "a")
        shown = screen_text(app)
        assert "left out: M1" in shown
        await press(pilot, "down", "space", "enter")
        assert answered(page, "L1")[1] == "5"
        assert answered(page, "Y1")[0] == "open"
        assert answered(page, "P1")[1] == "10/10"
        await press(pilot, "f10", "x")
        assert "Not applicable: why?" in screen_text(app)


async def test_points_are_hidden_until_asked_for(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=WIDE) as pilot:
        await in_view(pilot)
        shown = screen_text(app)
        assert "Total ····" in shown
        assert "anchor 5" in shown
        assert "[10]" not in shown
        await press(pilot, "p")
        shown = screen_text(app)
        assert "now 0  best 90  pass 63  lost 0" in shown
        assert "[10]" in shown


async def test_a_signed_audit_refuses_in_a_sentence(store: Path) -> None:
    ref = begin(store)
    with Store.open(str(store)) as opened:
        session = AuditSession.open(opened, ref, LI)
        for item_id in session.checklist.items:
            session.answer(item_id, "NA", "none")
        session.sign("Li", "Chen")
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "5")
        assert answered(page, "L1")[0] == "not_applicable"
        assert "signed and sealed" in screen_text(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_every_function_has_its_words_and_fits(store: Path, lang: Lang, size: tuple[int, int]) -> None:
    app = application(store, begin(store), lang)
    async with app.run_test(size=size) as pilot:
        page = await in_view(pilot)
        for item in page.order:
            await at(pilot, page, item)
            assert page.item.statement.of(lang) in screen_text(app)
        await press(pilot, "question_mark")
        assert ("一组" if lang == "zh" else "group") in screen_text(app)
        assert all(cell_len(line) <= size[0] for line in screen_text(app).split("\n"))


async def test_another_persons_answer_appears(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        others(store, ref, "Y1", "y")
        await until(pilot, lambda: answered(page, "Y1")[1])
        assert answered(page, "Y1")[1] == "y"
        assert "✓  Y1" in screen_text(app)


async def test_a_file_is_taken_in_as_evidence_while_scoring_goes_on(store: Path, tmp_path: Path) -> None:
    (tmp_path / "[x] proof.txt").write_text("seen", "utf-8")
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "e", *str(tmp_path / "[x] proof.txt"), "enter")
        await app.workers.wait_for_complete()
        await pilot.pause(0.2)
        assert "[x] proof.txt" in screen_text(app)
        await press(pilot, "5")
        assert page.place == "Y1"


async def test_rows_and_answers_can_be_touched(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await pilot.click("#items", offset=(8, 2))
        await pilot.pause(0.1)
        assert page.place == "Y1"
        await press(pilot, "n")
        await pilot.click("#ask-options", offset=(3, 1))
        await pilot.pause(0.2)
        assert answered(page, "Y1") == ("answered", "n", "cause two")
        await pilot.click("#items", offset=(3, 6))
        await pilot.pause(0.2)
        assert page.place == "F1"


async def test_an_audit_that_is_opened_in_place_of_another_is_shown(store: Path) -> None:
    first = begin(store)
    second = begin(store)
    app = application(store, first)
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "3", *"ab", "f2")  # its question is open
        await pilot.pause(0.2)
        assert answered(page, "L1")[2] == "ab"
        await app.open_audit(second)
        await pilot.pause(0.3)
        assert page.seen.ref == second
        assert page.box.ask is None
        await press(pilot, "5")
        assert on_disk(store, second, "L1") == "5"
        assert on_disk(store, first, "L1") == "3"


async def test_size_and_theme_may_change_at_any_time(store: Path) -> None:
    app = application(store, begin(store), "zh")
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "3", *"ab")
        await pilot.resize_terminal(200, 60)
        for theme in ("contrast", "light", "ansi-dark"):
            app.theme = theme
            await pilot.pause(0.1)
        assert page.box.text == "ab"
        assert "anchor 5" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await press(pilot, "enter")
        assert answered(page, "L1")[2] == "ab"


async def test_quitting_saves_the_reason_that_is_being_typed(store: Path) -> None:
    ref = begin(store)
    app = application(store, ref)
    async with app.run_test(size=SMALL) as pilot:
        await in_view(pilot)
        await press(pilot, "3", *"late", "ctrl+q")
    with Store.open(str(store)) as opened:
        assert AuditSession.open(opened, ref, LI).state.answer("L1").reason == "late"


async def test_a_key_that_begins_an_answer_anew_is_not_added_to_one_put_off(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await at(pilot, page, "M1")
        await press(pilot, "7", "escape", "8")
        assert page.box.text == "8"


async def test_the_cursor_goes_on_at_once_where_the_settings_say_so(store: Path) -> None:
    change_settings(advance=True)
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        page = await in_view(pilot)
        await press(pilot, "3")
        assert answered(page, "L1")[1] == "3"
        assert page.place == "Y1"
        assert page.box.ask is None


async def test_escape_leaves_the_settings_for_the_page_one_came_from(store: Path) -> None:
    app = application(store, begin(store))
    async with app.run_test(size=SMALL) as pilot:
        await in_view(pilot)
        for come in ("f2", "f3"):
            await press(pilot, come)
            before = app.current_mode
            await press(pilot, "f9")
            await pilot.pause(0.2)
            await press(pilot, "escape")
            await pilot.pause(0.2)
            assert app.current_mode == before

"""Records: drawing, one key a cell, reasons, the Excel sheet, conflicts."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.app import App
from textual.widgets import Input, OptionList

from tests.tui.conftest import CHECKLIST
from tests.tui.screens.conftest import SMALL, screen_text, settled
from tests.tui.test_records import SETS, fill_cells
from tui.screens.draw import DrawDialog
from tui.widgets.ask_box import AskBox
from tui.widgets.path_input import PathInput
from tui.widgets.record_grid import RecordGrid
from tui.widgets.touch import TouchRows

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Person
    from tests.tui.screens.conftest import MakeApp
    from tui.app import AuditApp


@pytest.fixture
def ref(person: Person) -> str:
    """An audit whose orders (three of A2, B1) and calls (two of A1, by levels) are not drawn yet."""
    text = CHECKLIST.replace("rule: {kind: sample, size: 10}", "rule: {kind: sample}, set: orders, causes: CAUSES")
    text = text.replace("CAUSES", "[{zh: 没签字, en: unsigned}, {zh: 没日期, en: undated}]")
    text = text.replace("rule: {kind: levels, top: 5}", "rule: {kind: levels, top: 5}, set: calls")
    text = text.replace("points: 6, rule: {kind: yes_no}", "points: 6, rule: {kind: sample}, set: orders")
    person.checklist.write_text(text.replace("directions:\n", SETS + "directions:\n"), "utf-8")
    return person.begin()


@pytest.fixture
def drawn(person: Person, ref: str) -> str:
    person.well("records", "draw", ref, "orders", "--numbers", "R1,R[/]2,R3", "--seed", "7")
    person.well("records", "draw", ref, "calls", "--range", "T1..T2", "--seed", "7")
    return ref


def marks(person: Person, ref: str, name: str = "orders") -> dict[tuple[str, str], tuple[str | None, str]]:
    cells = json.loads(person.well("records", "show", ref, name, "--json").out)["cells"]
    return {(c["record"], c["item"]): (c["mark"], c["remark"]) for c in cells if c["mark"]}


async def opened(pilot: Pilot[None], ref: str, wanted: str | None = None) -> Any:
    app: AuditApp = pilot.app  # type: ignore[assignment]
    app.wanted_set = wanted
    await app.open_audit(ref, "records")
    await settled(pilot)
    return app


def here(app: AuditApp) -> tuple[str, str]:
    return app.screen.cell()  # type: ignore[attr-defined,no-any-return]


async def test_marks_go_from_cell_to_cell_with_their_reasons(person: Person, audit_app: MakeApp, drawn: str) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, drawn, "orders")
        first, second, third = app.screen._grid.draw.records  # type: ignore[attr-defined]
        assert here(app) == (first, "A2")
        await pilot.press("y")
        assert marks(person, drawn) == {(first, "A2"): ("ok", "")}
        assert here(app) == (first, "B1")
        await pilot.press("ｘ")  # full-width, as an input method sends it
        await pilot.press("n", "2", "enter")
        await pilot.press("n", "3", "enter", "0")
        await settled(pilot)
        text = screen_text(app)
        assert "R[/]2" in text
        assert here(app) == (third, "A2")
        await pilot.press("u", *"丢了", "enter", "up")
        await settled(pilot)
        assert marks(person, drawn) == {
            (first, "A2"): ("ok", ""),
            (first, "B1"): ("na", ""),
            (second, "A2"): ("no", "没日期"),
            (second, "B1"): ("no", "3"),
            (third, "A2"): ("no", "丢了"),
            (third, "B1"): ("no", "丢了"),
        }
        assert "全部标记完成" in screen_text(app)


async def test_a_remark_survives_the_language_and_escape_leaves_it_out(
    person: Person, audit_app: MakeApp, drawn: str
) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, drawn, "orders")
        await pilot.press("n", *"[x] ", "f12")
        await settled(pilot)
        assert "[x] " in app.screen.query_one("#ask-line", Input).value
        assert "why does it fail?" in screen_text(app)
        await pilot.press("escape")
        await settled(pilot)
        assert "✗?" in screen_text(app)
        assert list(marks(person, drawn).values()) == [("no", "")]
        await pilot.press("left", "tab", "enter")
        await settled(pilot)
        assert list(marks(person, drawn).values()) == [("no", "[x]")]
        assert "[x]" in screen_text(app)


async def test_by_item_missing_found_undo_and_next_open(person: Person, audit_app: MakeApp, drawn: str) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, drawn, "orders/B1")
        first, second, third = app.screen._grid.draw.records  # type: ignore[attr-defined]
        assert here(app) == (first, "B1")
        await pilot.press("y")
        assert here(app) == (second, "B1")
        await pilot.press("u", "escape")
        assert here(app) == (third, "B1")
        await pilot.press("up", "y")
        await settled(pilot)
        assert "press u first" in screen_text(app)
        await pilot.press("u")
        await settled(pilot)
        assert marks(person, drawn) == {(first, "B1"): ("ok", "")}
        await pilot.press("y", "z")
        await settled(pilot)
        assert marks(person, drawn) == {(first, "B1"): ("ok", "")}
        assert here(app) == (second, "B1")
        await pilot.press("t", "home", "o")
        assert here(app) == (second, "B1")


async def test_a_cell_is_stood_on_that_a_line_of_the_review_is_about(
    person: Person, audit_app: MakeApp, drawn: str
) -> None:
    person.well("records", "mark", drawn, "orders", "R3", "B1", "no")
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, drawn, "orders/B1/R3")
        assert here(app) == ("R3", "B1")
        await pilot.press("escape")
        app.wanted_set = "orders//R[/]2"
        app.screen.repaint()  # type: ignore[attr-defined]
        await settled(pilot)
        assert here(app)[0] == "R[/]2"


async def test_levels_take_digits_and_backspace_clears(person: Person, audit_app: MakeApp, drawn: str) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, drawn, "calls")
        await pilot.press("5", "0")
        await pilot.press(*"bad [/]", "enter")
        await settled(pilot)
        assert sorted(marks(person, drawn, "calls").values()) == [("0", "bad [/]"), ("5", "")]
        await pilot.press("9", "y")
        await settled(pilot)
        assert "press 0 to 5" in screen_text(app)
        await pilot.press("backspace")
        await settled(pilot)
        assert len(marks(person, drawn, "calls")) == 1


async def test_a_set_is_drawn_from_what_is_pasted_after_a_preview(person: Person, audit_app: MakeApp, ref: str) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        await pilot.press("down", "up", "enter")
        await pilot.click("#ways", offset=(14, 0))
        app.post_message(events.Paste("R1\nR2\nr1\nR3[/]\nR4"))
        app.screen.query_one("#seed", Input).value = "7"
        await asyncio.sleep(0.4)
        await settled(pilot)
        text = screen_text(app)
        assert "清单 4 条" in text, text
        assert "1 个重复编号" in text
        await pilot.press("f10")
        await settled(pilot)
        shown = json.loads(person.well("records", "show", ref, "orders", "--json").out)
        assert shown["seed"] == "7"
        assert all(record in text for record in app.screen._grid.draw.records)  # type: ignore[attr-defined]
        assert isinstance(app.focused, RecordGrid)


async def test_a_draw_says_which_typed_answers_it_replaces_and_asks(
    person: Person, audit_app: MakeApp, ref: str
) -> None:
    person.well("audit", "answer", ref, "A2", "2/3", "--reason", "one")
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        await pilot.press("down", "up", "enter", "f5")
        app.post_message(events.Paste("R1\nR2\nR3\nR4"))
        await asyncio.sleep(0.4)
        await settled(pilot)
        assert "! 已直接评分，抽样后将由记录取代：A2（2/3）" in screen_text(app)
        await pilot.press("f10")
        await settled(pilot)
        assert "A2（2/3）" in screen_text(app)
        await pilot.press("enter")  # "do not draw" is marked first
        await settled(pilot)
        assert isinstance(app.screen, DrawDialog), "the list typed is still there"
        assert not marks_drawn(person, ref)
        await pilot.press("f10", "down", "enter")
        await settled(pilot)
        assert marks_drawn(person, ref)


def marks_drawn(person: Person, ref: str) -> bool:
    return any(
        each["drawn"] for each in person.well("records", "show", ref, "--json").json["sets"] if each["set"] == "orders"
    )


async def test_the_column_is_asked_for_when_the_heads_do_not_tell(person: Person, audit_app: MakeApp, ref: str) -> None:
    path = person.file("list.csv", "谁,哪个[/]\n张,R1\n李,R2\n王,R3\n赵,R4\n")
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        await pilot.press("d")
        app.screen.query_one("#path", Input).value = path
        await asyncio.sleep(0.4)
        await settled(pilot)
        assert "哪个[/]" in screen_text(app)
        assert isinstance(app.focused, OptionList)
        await pilot.press("down", "enter")
        await asyncio.sleep(0.4)
        await settled(pilot)
        await pilot.press("f10")
        await settled(pilot)
        assert json.loads(person.well("records", "show", ref, "orders", "--json").out)["population"] == 4


async def test_the_excel_sheet_goes_out_and_comes_back(person: Person, audit_app: MakeApp, drawn: str) -> None:
    sheet = person.home / "sheet.xlsx"
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, drawn, "orders")
        await pilot.press("e")
        app.screen.query_one("#path", Input).value = str(sheet)
        await pilot.press("enter")
        await settled(pilot)
        fill_cells(sheet, {("R1", "A2"): "√", ("R3", "A2"): "??", ("R3", "B1"): "maybe"})
        await pilot.press("i")
        app.screen.query_one("#path", Input).value = str(sheet)
        await pilot.press("enter")
        await settled(pilot)
        text = screen_text(app)
        assert "有 2 处问题" in text
        assert "??" in text
        assert marks(person, drawn) == {}
        await pilot.press("escape")
        fill_cells(sheet, {("R3", "A2"): "", ("R3", "B1"): ""})
        await pilot.press("i")
        app.screen.query_one("#path", Input).value = str(sheet)
        await pilot.press("enter")
        await settled(pilot)
        assert marks(person, drawn) == {("R1", "A2"): ("ok", "")}


async def test_two_windows_make_a_conflict_that_the_next_mark_settles(
    person: Person, audit_app: MakeApp, drawn: str
) -> None:
    from audit.journal import Author
    from audit.marking import mark
    from audit.session import AuditSession
    from audit.store.store import Store

    with Store.open(str(person.store)) as store:
        one, two = (AuditSession.open(store, drawn, Author(name, name)) for name in ("Li", "Chen"))
        mark(one, "orders", "R1", "A2", "ok")
        mark(two, "orders", "R1", "A2", "no", "[x]")
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, drawn, "orders")
        app.screen.stand_on(("R1", "A2"))  # type: ignore[attr-defined]
        await pilot.pause()
        text = screen_text(app)
        assert "Conflict: Chen × ([x]) / Li √" in text or "Conflict: Li √ / Chen × ([x])" in text
        assert "!1" in text
        await pilot.press("y")
        await settled(pilot)
        assert marks(person, drawn) == {("R1", "A2"): ("ok", "")}
        assert "!1" not in screen_text(app)


async def test_closing_short_needs_a_reason_and_what_does_not_apply_is_named(
    person: Person, audit_app: MakeApp, drawn: str
) -> None:
    person.well("audit", "answer", drawn, "B1", "na", "--reason", "none")
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, drawn, "orders")
        assert "Not applicable to the dealership: B1" in screen_text(app)
        await pilot.press("c", "enter")
        await settled(pilot)
        assert "Say why" in screen_text(app)
        await pilot.press(*"late", "enter")
        await settled(pilot)
        assert json.loads(person.well("records", "show", drawn, "orders", "--json").out)["closed"] == "late"


async def test_ten_items_stand_side_by_side_at_80(person: Person, audit_app: MakeApp, dealership_ref: str) -> None:
    person.well("records", "draw", dealership_ref, "closed-orders", "--range", "RO-20260001..RO-20260312")
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, dealership_ref, "closed-orders")
        head = screen_text(app).splitlines()[1]
        assert sum(word.startswith(("FD", "WS")) for word in head.split()) >= 10
        await pilot.press("end")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        assert "CL01" in lines[1]
        assert "RO-2026" in lines[2]


async def test_a_set_drawn_twice_side_by_side_asks_which_draw_is_kept(
    person: Person, audit_app: MakeApp, ref: str
) -> None:
    from audit.drawing import population
    from audit.journal import Author
    from audit.marking import NotDrawn, draw
    from audit.session import AuditSession
    from audit.store.store import Store

    with Store.open(str(person.store)) as store:
        one, two = (AuditSession.open(store, ref, Author(name, name)) for name in ("Li", "Chen"))
        for session, seed in ((one, "11"), (two, "22")):
            with contextlib.suppress(NotDrawn):  # the second one says that there are two now
                draw(session, "orders", population([f"R{n}" for n in range(9)], "list [x]"), seed)
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        assert "!  Orders" in screen_text(app)
        await pilot.press("enter")
        text = screen_text(app)
        assert "Li" in text
        assert "Chen" in text
        place = [line for line in text.splitlines() if "seed" in line]
        await pilot.press(*(["down"] if "seed 22" not in " ".join(place[:1]) else []), "enter")
        await settled(pilot)
        assert "seed" in screen_text(app).splitlines()[0]
        assert json.loads(person.well("records", "show", ref, "orders", "--json").out)["seed"] in {"11", "22"}


async def test_the_menu_offers_every_mark_and_an_item_is_found(person: Person, audit_app: MakeApp, drawn: str) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, drawn, "orders")
        await pilot.press("slash", *"b1", "enter")
        await settled(pilot)
        assert here(app)[1] == "B1"
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert list(marks(person, drawn).values()) == [("ok", "")]
        await pilot.press("enter", "x")
        await settled(pilot)
        assert [mark for mark, _ in marks(person, drawn).values()] == ["ok", "na"]
        await pilot.press("escape")
        await settled(pilot)
        assert "~  工单" in screen_text(app)


async def test_lines_pasted_while_a_file_is_asked_for_are_the_numbers(
    person: Person, audit_app: MakeApp, ref: str
) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        await pilot.press("down", "up", "enter")
        assert isinstance(app.focused, PathInput)
        app.post_message(events.Paste("\r".join(f"RO-2026-{n:05}" for n in range(40)) + "\r"))
        await asyncio.sleep(0.4)
        await settled(pilot)
        text = screen_text(app)
        assert "[x] 粘贴编号" in text
        assert "清单 40 条" in text, text
        assert app.focused is app.screen.query_one("#numbers")


async def test_a_path_that_no_system_takes_is_refused_in_a_sentence(
    person: Person, audit_app: MakeApp, ref: str
) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        await pilot.press("down", "up", "enter")
        app.post_message(events.Paste("\\ ".join(f"RO-2026-{n:05}" for n in range(400)) + ".xlsx"))
        await asyncio.sleep(0.4)
        await settled(pilot)
        assert "无法读取" in screen_text(app)


async def test_the_causes_are_targets_for_fingers_at_the_bottom(
    person: Person, audit_app: MakeApp, drawn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(App, "is_web", property(lambda _: True))
    app = audit_app("en")
    async with app.run_test(size=(84, 48)) as pilot:
        await opened(pilot, drawn, "orders")
        await pilot.press("n")
        await settled(pilot)
        rows = app.screen.query_one(TouchRows)
        box = app.screen.query_one(AskBox)
        assert rows.region.bottom >= app.size.height - 3
        assert box.region.bottom == rows.region.y
        await pilot.click(TouchRows, offset=(50, 0))
        await settled(pilot)
        assert box.text == "undated"
        first, _, third = app.screen._grid.draw.records  # type: ignore[attr-defined]
        await pilot.click(RecordGrid, offset=(2, 8))
        await settled(pilot)
        assert marks(person, drawn) == {(first, "A2"): ("no", "undated")}, "said as its cell is left"
        assert here(app) == (third, "A2")
        assert box.ask is None


async def test_from_the_grid_one_comes_back_to_the_item_of_its_column(audit_app: MakeApp, drawn: str) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, drawn, "orders/B1")
        await pilot.press("f3")
        await settled(pilot)
        assert (app.current_mode, app.screen.place) == ("score", "B1")  # type: ignore[attr-defined]
        await pilot.press("r")
        await settled(pilot)
        await pilot.press("left", "escape", "escape")
        await settled(pilot)
        assert (app.current_mode, app.screen.place) == ("score", "A2")  # type: ignore[attr-defined]

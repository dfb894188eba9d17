"""KPIs: the catalogue, typing months, causes, sources, files in and out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, Static

from tests.checklists.test_kpis import KPIS
from tests.tui.conftest import CHECKLIST
from tests.tui.screens.conftest import SMALL, screen_text, settled
from tests.tui.test_kpi import shown
from tui.kpi_lines import KpiLine
from tui.widgets.kpi_grid import KpiGrid
from tui.widgets.kpi_table import KpiTable, column_widths

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Person
    from tests.tui.screens.conftest import MakeApp
    from tui.app import AuditApp

BEDS = """\
  K11:
    name: {zh: "满意[/]度", en: "Satisfied [x]"}
    formula: {zh: 满意/回访, en: happy / called}
    fields: [happy]
    unit: "%"
    better: higher
    category: booking
    department: front
    value: last
    series:
      happy: {name: {zh: 满意率, en: Happy share}, months: 3}
    pass_level: {value: 90, of: plan}
    direction: A
"""


@pytest.fixture
def ref(person: Person) -> str:
    """An audit with a ratio of two counts over twelve months, and a share over three."""
    text = CHECKLIST.replace("rule: {kind: yes_no},", "rule: {kind: yes_no}, kpi: K10,", 1)
    person.checklist.write_text(text + "kpis: kpis.yaml\n", "utf-8")
    person.checklist.with_name("kpis.yaml").write_text(KPIS + BEDS, "utf-8")
    return person.begin()


async def opened(pilot: Pilot[None], ref: str, wanted: str | None = None) -> Any:
    app: AuditApp = pilot.app  # type: ignore[assignment]
    app.wanted_kpi = wanted
    await app.open_audit(ref, "kpis")
    await settled(pilot)
    return app


def place(app: AuditApp) -> tuple[int, int]:
    grid = app.screen.query_one(KpiGrid)
    return grid.row, grid.column


async def test_figures_are_typed_month_by_month_with_cause_and_source(
    person: Person, audit_app: MakeApp, ref: str
) -> None:
    app = audit_app("zh")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        text = screen_text(app)
        assert "全部数据 0/27" in text
        assert "满意[/]度" in text
        await pilot.press("enter")
        assert place(app) == (0, 0)
        await pilot.press("３", "0", "enter")  # full-width, as an input method sends it
        await pilot.press("tab", *"40", "enter")
        await pilot.press("n", "3")
        await settled(pilot)
        assert place(app) == (3, 0)
        await pilot.press("right", *"100", "enter")
        await settled(pilot)
        text = screen_text(app)
        assert "40 看" in text
        assert "无 看" in text
        assert "B1" in text
        found = shown(person, ref)
        assert found["completeness"] == {"wanted": 24, "collected": 3}
        await pilot.press("z")
        await settled(pilot)
        assert place(app) == (3, 1)
        assert "已撤销：K10 进厂台次" in screen_text(app)
        assert shown(person, ref)["completeness"] == {"wanted": 24, "collected": 2}


async def test_what_cannot_be_read_stays_in_the_line_and_changes_nothing(
    person: Person, audit_app: MakeApp, ref: str
) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref, "K11")
        await pilot.press(*"0.9", "enter")
        await settled(pilot)
        assert "write it with %" in " ".join(screen_text(app).split())
        assert not app._notifications, "it is said at the line, not far from it"
        await pilot.press("f12")
        assert app.screen.query_one("#ask-line", Input).value == "0.9"
        await pilot.press("%", "enter")
        await settled(pilot)
        assert "0.9" in screen_text(app)
        await pilot.press("end", "up", "up", *"[/]", "5", "escape", "8", "0", "enter")
        await settled(pilot)
        text = screen_text(app)
        assert "计划的 90 %" in text
        assert "72" in text


async def test_the_auditors_own_figure_stands_beside_the_stated_one(
    person: Person, audit_app: MakeApp, ref: str
) -> None:
    person.well("kpi", "set", ref, "K11", "80 %", "--period", "2026-02")
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref, "K11")
        await pilot.press("home", "p", "s", "up", "p", *"70%", "enter", "up")
        await settled(pilot)
        text = " ".join(screen_text(app).split())
        assert "80 (seen in the system); 70 (recomputed by the auditor)" in text
        assert "differs from the 80 stated" in text


async def test_a_file_is_looked_at_asked_about_and_taken_whole(person: Person, audit_app: MakeApp, ref: str) -> None:
    good = "指标,数据,4月,3月\nK10,booked,30,40\nK10,visits,100,100\nK11,happy,0.9,0.8\n"
    bad = person.file("bad.csv", good.replace("30", "[/]x").replace("4月,3月", "2026-04,2026-03"))
    path = person.file("k.csv", good)
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref)
        await pilot.press("i")
        line = app.screen.query_one("#path", Input)
        line.value = bad
        await asyncio.sleep(0.4)
        await settled(pilot)
        text = screen_text(app)
        assert "[/]x" in text
        assert "read in two ways: 2" in text
        assert "Record all" not in text, "nothing can be recorded"
        await pilot.press("f10")
        assert app.screen.query("#preview")
        line.focus()
        line.value = path
        await asyncio.sleep(0.4)
        await settled(pilot)
        assert "Months without a year" in screen_text(app)
        await pilot.press("right")
        await asyncio.sleep(0.4)
        await settled(pilot)
        app.screen.choice("percent").focus()  # type: ignore[attr-defined]
        await pilot.press("right", "right")
        await asyncio.sleep(0.4)
        await settled(pilot)
        text = screen_text(app)
        assert "new: 6, changed: 0, the same: 0" in text
        assert "Record all" in text
        assert shown(person, ref)["completeness"] == {"wanted": 24, "collected": 0}
        await pilot.press("f10")
        await settled(pilot)
        assert shown(person, ref)["completeness"] == {"wanted": 24, "collected": 4}
        assert "All figures 6/27" in str(app.screen.query_one("#state", Static).content)
        assert isinstance(app.focused, KpiTable)


async def test_the_sheet_goes_out_and_the_item_is_one_key_away(person: Person, audit_app: MakeApp, ref: str) -> None:
    from openpyxl import load_workbook

    app = audit_app("zh")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot, ref)
        await pilot.press("e")
        app.screen.query_one("#path", Input).value = str(person.home / "t.xlsx")
        await pilot.press("enter")
        await settled(pilot)
        assert "共需 27 个数" in screen_text(app)
        assert load_workbook(person.home / "t.xlsx").sheetnames
        await pilot.press("down", "g")
        await settled(pilot)
        assert app.current_mode == "score"


async def test_two_windows_make_a_conflict_that_typing_settles(person: Person, audit_app: MakeApp, ref: str) -> None:
    from audit.journal import Author
    from audit.kpi_values import Provenance
    from audit.kpi_writing import record
    from audit.session import AuditSession
    from audit.store.store import Store
    from tui.kpi_rows import given_of

    with Store.open(str(person.store)) as store:
        sessions = [AuditSession.open(store, ref, Author(name, name)) for name in ("Li", "Chen")]
        for session, value in zip(sessions, ("10", "20"), strict=True):
            record(session, [given_of(session, "K10/booked", value, "2025-05", Provenance.STATED, "")])
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref, "K10")
        await pilot.press("home")
        await settled(pilot)
        text = " ".join(screen_text(app).split())
        assert "! conflict" in text
        assert "10 (stated by the dealership) (Li)" in text
        await pilot.press(*"15", "enter")
        await settled(pilot)
        assert "conflict" not in screen_text(app)


async def test_going_back_shows_what_was_typed_at_the_kpi_one_came_from(
    person: Person, audit_app: MakeApp, ref: str
) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await opened(pilot, ref, "K11")
        await pilot.press(*"95%", "enter", "escape")
        await settled(pilot)
        table = app.screen.query_one(KpiTable)
        assert table.here is not None
        assert (table.here.id, table.here.cells["value"], table.here.cells["data"]) == ("K11", "95", "1/3")
        person.well("kpi", "set", ref, "K11", "96 %", "--period", "2026-04")
        await app._look()
        await settled(pilot)
        assert table.here.cells["value"] == "96"


async def test_a_negative_count_is_refused_at_its_line(person: Person, audit_app: MakeApp, ref: str) -> None:
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, ref, "K10")
        await pilot.press(*"-5", "enter")
        await settled(pilot)
        assert "is a count and cannot be -5" in screen_text(app)
    assert shown(person, ref)["completeness"]["collected"] == 0  # type: ignore[index]


async def test_departments_outside_the_audit_are_not_counted_below(
    person: Person, audit_app: MakeApp, ref: str
) -> None:
    bound = 'rule: {kind: measure, unit: {zh: "%", en: "%"}, zero_at: 20, full_at: 60}, kpi: K10,'
    text = CHECKLIST.replace("rule: {kind: yes_no},", bound, 1)
    person.checklist.write_text(text + "kpis: kpis.yaml\n", "utf-8")
    shop = person.begin("--department", "shop")
    app = audit_app("en")
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, shop)
        state = str(app.screen.query_one("#state", Static).content)
        assert "All figures" in state
        assert "Front" not in state
        await app.action_page("audits")
        await opened(pilot, ref)
        assert "Front" in str(app.screen.query_one("#state", Static).content)


def test_counts_have_their_room_and_a_wide_screen_shows_the_formula() -> None:
    line = {"id": "K1", "name": "工单" * 9, "value": "1.5", "unit": "台次/月", "limits": "855/950", "status": "~ 合格"}
    lines = [
        KpiLine("a", True, {"name": "进厂", "data": "1105/1200"}),
        KpiLine("K1", False, {**line, "source": "提供", "data": "36/36", "formula": "每月已结算"}),
    ]
    for room in (70, 80, 120, 200):
        widths = column_widths(lines, "zh", room)
        assert widths["data"] == len("1105/1200")
        assert sum(width + 1 for width in widths.values()) <= room
        assert (widths["name"], "formula" in widths) == ((36, True) if room > 110 else (widths["name"], False))

"""The letter before a visit: its content from the checklist, its day, its two forms, and what it must never say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from audit.dealers import Dealer
from audit.drawing import population, ranged
from audit.journal import Author
from audit.marking import draw, mark
from audit.session import AuditSession
from audit.store.store import Store
from audit.summary import AuditSummary, summarize
from checklists.catalog import load
from checklists.model import Checklist
from checklists.text import LANGS, Lang, Text, same
from reports.page import A4
from reports.visit.agenda import LONGEST, LUNCH_END, NOON, SHORTEST
from reports.visit.content import BadStart, Letter, letter_of, start_of
from reports.visit.markdown import letter_markdown, plain
from reports.visit.sheets import letter_bytes
from tests.builders import checklist, department, item, section, text

LI = Author("李工", "laptop-1")
NINE = 9 * 60


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "audits.db")) as opened:
        yield opened


@pytest.fixture(scope="module")
def dealership() -> Checklist:
    return load("dealership")


def begun(store: Store, of: Checklist, dealer: Dealer | None = None, **details: Any) -> AuditSession:
    named = dealer or Dealer(code="SHXX", name_zh="上海XX", name_en="Shanghai XX", city="上海")
    return AuditSession.create(store, of, named, LI, {"date": "2026-05-12", "auditors": ["李工", "王工"], **details})


def letter(session: AuditSession, start: int = NINE) -> Letter:
    return letter_of(summarize(session), start)


def said(written: Letter, lang: Lang) -> str:
    """Everything in both forms of the letter."""
    return letter_markdown(written, lang) + "\n".join(cells(written, lang))


def opened(body: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(body))


def cells(written: Letter, lang: Lang) -> list[str]:
    book = opened(letter_bytes(written, lang))
    return [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]


ROSTER = Text("看上周的前台排班表。空白不符合。", "Read last week's roster and bookings. Blanks fail.")


def small() -> Checklist:
    orders = {"name": text("orders"), "size": 5, "period": text("March"), "drawn": text("all orders, with number")}
    return checklist(
        department(
            "front",
            section(
                "M1",
                item("FD01", method="records", evidence=ROSTER),
                item("FD02", 10, {"kind": "sample"}, method="records", set="orders", owner="advisor"),
                item("FD03", method="test-call", evidence=Text("打电话给本店前台。", "Ring the front desk up.")),
            ),
        ),
        department("shop", section("W1", item("WS01", requires=["body-shop"], owner="painter", place="desk"))),
        methods={name: {"name": text(name)} for name in ("walk", "records", "test-call")},
        places={name: {"name": text(name)} for name in ("bays", "desk")},
        roles={name: {"name": text(name)} for name in ("manager", "advisor", "painter")},
        sample_sets={"orders": orders},
    )


@pytest.mark.parametrize("lang", LANGS)
def test_everything_comes_from_the_checklist_in_both_languages(store: Store, dealership: Checklist, lang: Lang) -> None:
    written = letter(begun(store, dealership))
    for shown in (letter_markdown(written, lang).replace("\\", ""), "\n".join(cells(written, lang))):
        for part in dealership.departments:
            assert part.name.of(lang) in shown
        owners = {i.owner for i in dealership.items.values()}
        assert all(role.name.of(lang) in shown for key, role in dealership.roles.items() if key in owners)
        used = {i.set for i in dealership.items.values()} - {None}
        assert used
        for set_id, sample in dealership.sample_sets.items():
            assert (sample.drawn.of(lang) in shown) is (set_id in used)
        for kpi_id, kpi in dealership.kpis.items():
            assert kpi_id in shown
            assert kpi.name.of(lang) in shown
            assert all(series.name.of(lang) in shown for series in kpi.series.values())


def test_the_kpi_part_names_as_many_figures_as_the_catalogue_wants(store: Store, dealership: Checklist) -> None:
    written = letter(begun(store, dealership, departments=["front-desk"]))
    front = [kpi for kpi in dealership.kpis.values() if kpi.department == "front-desk"]
    wanted = written.preparation.kpis
    assert sum(kpi.points for kpi in wanted) == sum(kpi.points_wanted for kpi in front)
    assert {kpi.name for kpi in wanted} == {kpi.name for kpi in front}
    assert all(re.fullmatch(r"\d{4}-\d\d( – \d{4}-\d\d)?", series.period) for kpi in wanted for series in kpi.series)


@pytest.mark.parametrize("lang", LANGS)
def test_drawing_and_marking_change_no_letter(store: Store, lang: Lang) -> None:
    session = begun(store, small(), departments=["front"])
    before = said(letter(session), lang)
    drawn = draw(session, "orders", population(ranged("RO7001..RO7040"), "range"), "seed").draw.records
    assert len(drawn) == 5
    mark(session, "orders", drawn[0], "FD02", "no", f"{drawn[0]} unsigned")
    session.answer("FD01", "1", reason=f"see {drawn[1]}", note=f"copy of {drawn[2]}")
    after = said(letter(session), lang)
    assert not [number for number in drawn if number in after]
    assert "RO70" not in after
    assert after == before


def test_papers_name_all_that_is_read_and_no_test_call(store: Store) -> None:
    written = letter(begun(store, small()))
    assert [(role.en, [(p.item, p.text) for p in papers]) for role, papers in written.preparation.papers] == [
        (
            "manager",
            [("FD01", Text("看上周的前台排班表。空白不符合。", "Read last week's roster and bookings. Blanks fail."))],
        )
    ]
    for lang in LANGS:
        assert "Ring" not in said(written, lang)
        assert "打电话" not in said(written, lang)
    [records] = written.preparation.lists
    assert (records.role.en, records.size, records.drawn.en) == ("advisor", 5, "all orders, with number")


def test_what_the_dealership_has_not_is_left_out(store: Store) -> None:
    without = Dealer(code="SHXX", name_zh="上海XX", name_en="Shanghai XX", body_shop="no")
    written = letter(begun(store, small(), without))
    assert "painter" not in said(written, "en")
    assert "painter" in said(letter(begun(store, small(), date="2026-05-13")), "en")


def test_a_partial_scope_asks_only_its_departments(store: Store, dealership: Checklist) -> None:
    written = letter(begun(store, dealership, departments=["warranty"]))
    shown = said(written, "en")
    assert "Warranty administrator" in shown
    assert "In-house trainer" not in shown
    assert "Customer care" not in shown
    assert {record.name.en for record in written.preparation.lists} == {
        dealership.sample_sets[i.set].name.en
        for i in dealership.items.values()
        if i.set and dealership.place_of[i.id][0].id == "warranty"
    }
    assert written.agenda.minutes == SHORTEST


@pytest.mark.parametrize("lang", LANGS)
def test_without_auditors_the_agenda_says_so(store: Store, lang: Lang) -> None:
    written = letter(begun(store, small(), auditors=[]))
    assert written.agenda.auditors == (Text("评估员（待定）", "Auditor (to be named)"),)
    assert written.agenda.auditors[0].of(lang) in said(written, lang)
    assert written.attendants[0].name == ""


@pytest.fixture(scope="module")
def whole(dealership: Checklist, tmp_path_factory: pytest.TempPathFactory) -> AuditSummary:
    with Store.open(str(tmp_path_factory.mktemp("whole") / "audits.db")) as opened:
        return summarize(begun(opened, dealership))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 40])
@pytest.mark.parametrize("start", ["07:00", "09:00", "11:45", "12:00", "12:30", "13:10", "15:00"])
def test_every_day_is_whole_and_covers_every_item_once(whole: AuditSummary, count: int, start: str) -> None:
    written = letter_of(replace(whole, auditors=tuple(f"A{n}" for n in range(count))), start_of(start))
    agenda = written.agenda
    assert (len(agenda.days) == 1) == (count >= 2)
    seen: list[str] = []
    lengths = set()
    for day in agenda.days:
        assert len(day.plans) == max(1, count)
        for plan in day.plans:
            assert (plan[0].start, plan[-1].end) == (day.start, day.end)
            assert all(a.end == b.start for a, b in pairwise(plan))
            lunch = [s for s in plan if s.text.en == "Lunch"]
            assert all((s.start, s.end) == (NOON, LUNCH_END) for s in lunch)
            lengths.add(day.end - day.start - 60 * len(lunch))
            seen += [i.id for s in plan if s.unit is not None and not s.goes_on for i in s.unit.items]
        assert day.end < 24 * 60
    # A first audit has no earlier findings to look after.
    assert sorted(seen) == sorted(i.id for i in whole.checklist.items.values() if "earlier-audit" not in i.requires)
    (each,) = lengths
    assert SHORTEST <= each <= LONGEST
    assert agenda.minutes == each * len(agenda.days)
    named = [plan[place].text.en for day, place in ((agenda.days[0], 0), (agenda.days[-1], -1)) for plan in day.plans]
    assert set(named) == {"Opening meeting", "Closing meeting"}


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_too_much_for_a_day_takes_two_and_the_letter_says_so(
    store: Store, dealership: Checklist, lang: Lang
) -> None:
    alone = letter(begun(store, dealership, auditors=["李工"]))
    assert len(alone.agenda.days) == 2
    shown = said(alone, lang)
    for words in (
        Text("共 2 天", "2 days, from"),
        Text("日程：第 2 天", "Agenda, day 2"),
        Text("第 2 天 0", "day 2 0"),
    ):
        assert words.of(lang) in shown
    # At its own pace: no item is given less than the time it takes.
    needed = sum(
        s.unit.minutes for day in alone.agenda.days for (plan,) in [day.plans] for s in plan if s.unit and not s.goes_on
    )
    given = sum(s.end - s.start for day in alone.agenda.days for (plan,) in [day.plans] for s in plan if s.unit)
    assert given >= needed
    # What the auditor could change is for the auditor alone.
    assert len(alone.remarks) == 1
    assert alone.remarks[0].of(lang) not in shown
    assert not letter(begun(store, dealership, date="2026-05-13")).remarks


@pytest.mark.parametrize("typed", ["", "9", "25:00", "09:60", "03:00", "16:00", "=1"])
def test_no_visit_begins_at_a_time_that_is_none(typed: str) -> None:
    with pytest.raises(BadStart):
        start_of(typed)


NASTY = [
    '=HYPERLINK("http://x")',
    "+1",
    "-2",
    "@SUM(A1)",
    "# head",
    "1. one",
    "<b>x</b>",
    "a|b",
    "*x* _y_ `z`",
    "l1\nl2",
]


@pytest.mark.parametrize("name", NASTY)
def test_what_people_typed_is_never_a_formula_nor_a_sign(store: Store, name: str) -> None:
    dealer = Dealer(code="SHXX", name_zh=name, name_en=name)
    written = letter(begun(store, small(), dealer, auditors=[name], participants=[name], contact=name))
    book = opened(letter_bytes(written, "en"))
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert types <= {"s", "n"}
    assert name in [cell.value for row in book["Attendance"].iter_rows() for cell in row]
    lines = letter_markdown(written, "en").splitlines()
    assert sum(line.startswith("# ") for line in lines) == 1
    assert not any("<b>" in line or "`z`" in line for line in lines)
    tables = [line for line in lines if line.startswith("|")]
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in tables}
    assert widths <= {3, 4, 5, 6, 7}
    assert all(line.endswith("|") for line in tables)


def test_plain_text_keeps_its_words() -> None:
    assert plain("2026-05-12 (A)") == "2026-05-12 (A)"
    assert plain("- x") == "\\- x"
    assert plain("1. x") == "1\\. x"
    assert plain("a\nb\x07") == "a b"


@pytest.mark.parametrize("lang", LANGS)
def test_the_workbook_prints_on_a4_one_page_wide(store: Store, dealership: Checklist, lang: Lang) -> None:
    body = letter_bytes(letter(begun(store, dealership)), lang)
    book = opened(body)
    assert len(book.sheetnames) == 4
    for sheet in book:
        assert int(sheet.page_setup.paperSize) == A4
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert body == letter_bytes(letter(AuditSession.open(store, "SHXX", LI)), lang)


def test_the_attendance_list_is_signed_twice_by_all_who_are_named(store: Store) -> None:
    written = letter(begun(store, small(), participants=["赵总"], contact="李站长"))
    sheet = opened(letter_bytes(written, "zh"))["签到表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["姓名", "岗位", "开场会议签字", "末次会议签字"] in rows
    assert [row[0] for row in rows if row[0] in {"李工", "王工", "赵总", "李站长"}] == [
        "李工",
        "王工",
        "赵总",
        "李站长",
    ]
    assert [row[1] for row in rows if row[0] is None and row[1]] == [
        "manager（中）",
        "advisor（中）",
        "painter（中）",
    ]
    assert same("") in {one.role for one in written.attendants if not one.name}

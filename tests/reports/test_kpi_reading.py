"""KPI figures from the sheets people send: one set of data in every form, and every problem with its cell."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest

from audit.kpi_values import months_until
from audit.kpi_writing import record
from audit.store.store import Store
from audit.summary import summarize
from checklists.sources.tables import Cell, UnreadableTable
from checklists.text import same
from reports.kpi_json import kpi_json
from reports.kpi_months import Month, UnclearMonth, read_month
from reports.kpi_reading import read_kpis
from reports.kpi_years import Named, settle
from reports.sheets.kpi_data import template_bytes
from tests.kpi_samples import begin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from audit.session import AuditSession

Rows = list[list[object]]
ACROSS: list[list[object]] = [
    ["指标", "数据", "单位", "2026年2月", "2026年3月", "2026年4月", "计划"],
    ["K01 Visits", "Cars in", "台", "1,200", "980", "1,105", "1,000"],
    ["Booked share（中）", "kept", "", "120", "无", "９８", ""],
    ["", "all", "", "300", "310", "290", ""],
    ["K11", "", "%", "93 %", "88%", "-", ""],
]
DOWN: list[list[object]] = [
    ["月份", "Cars in", "K10/kept", "K10/all", "Show rate"],
    ["Feb 2026", "1,200", "120", "300", "93 %"],
    ["Mar 2026", "980", "NA", "310", "88%"],
    ["Apr 2026", "1,105", "98", "290", "无"],
    ["计划", "1,000", "", "", ""],
    ["合计", "3,285", "218", "900", ""],
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "audits.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    return begin(store, departments=["D"])


def text_file(path: Path, rows: Sequence[Sequence[object]], encoding: str = "utf-8") -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return str(path)


def book(path: Path, rows: Rows, formats: dict[str, str] | None = None) -> str:
    from openpyxl import Workbook

    workbook = Workbook()
    sheet: Any = workbook.active
    for row in rows:
        sheet.append(list(row))
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    workbook.save(path)
    return str(path)


def problems(session: AuditSession, path: str, **how: Any) -> list[str]:
    return [problem.en for problem in read_kpis(path, session, **how).problems]


def values(session: AuditSession, path: str, **how: Any) -> dict[str, str]:
    sheet = read_kpis(path, session, **how)
    assert sheet.problems == ()
    return {each.slot: str(each.recorded.data["value"]) for each in sheet.given}


def test_the_same_data_in_every_form_gives_the_same_kpis(tmp_path: Path, store: Store) -> None:
    numbers: list[list[object]] = [
        ACROSS[0][:3] + [dt.datetime(2026, month, 1) for month in (2, 3, 4)] + ["计划"],  # noqa: DTZ001 - a cell's date
        ["K01", "visits", "", 1200, 980, 1105, 1000],
        ["K10", "kept", "", 120, "n/a", 98, None],
        [None, "all", "", 300, 310, 290, None],
        ["Show rate", "Rate", "", 0.93, 0.88, "—", None],
    ]
    head: Rows = [["KPI", "series", "month", "value"]]
    long: Rows = head + [
        [row[0] or "Booked share（中）", row[1], month, value]
        for row in ACROSS[1:]
        for month, value in zip(["2026/2", "2026-03-31", "202604", "plan"], row[3:], strict=True)
        if value
    ]
    percents = {f"{column}5": "0%" for column in "DEF"}
    files = [
        text_file(tmp_path / "u.csv", ACROSS),
        text_file(tmp_path / "g.csv", ACROSS, "gb18030"),
        text_file(tmp_path / "d.csv", DOWN, "gb18030"),
        text_file(tmp_path / "l.csv", long, "utf-8-sig"),
        book(tmp_path / "a.xlsx", numbers, percents),
        book(tmp_path / "d.xlsx", DOWN),
    ]
    shown = []
    for path in files:
        session = begin(store, departments=["D"])
        record(session, read_kpis(path, session).given)
        shown.append(kpi_json(summarize(session), "en") | {"audit": ""})
    assert [found == shown[0] for found in shown] == [True] * len(files)
    by_id = {found["id"]: found for found in shown[0]["kpis"]}
    assert (by_id["K01"]["value"], by_id["K01"]["plan"]["value"]) == (1095, 1000)
    assert (by_id["K10"]["value"], by_id["K10"]["status"]) == (36.9492, "missed")
    assert by_id["K11"]["value"] == 88
    assert by_id["K11"]["series"][0]["months"]["2026-04"] == {"value": "unavailable", "provenance": "stated"}
    assert shown[0]["completeness"]["categories"]["booking"] == {"wanted": 12, "collected": 7, "rate": 0.5833}


def test_the_template_comes_back(tmp_path: Path, session: AuditSession) -> None:
    from openpyxl import load_workbook

    record(session, read_kpis(text_file(tmp_path / "u.csv", ACROSS), session).given)
    path = tmp_path / "t.xlsx"
    path.write_bytes(template_bytes(summarize(session), "zh"))
    workbook = load_workbook(path)
    sheet: Any = workbook.active
    assert sheet.column_dimensions["A"].hidden
    assert [sheet.cell(3, column).value for column in (2, 5, 7, 8)] == ["指标", "2026-02", "2026-04", "计划"]
    assert "how Visits is counted（中）" in [cell.value for cell in sheet["I"]]
    row = next(row for row in sheet.iter_rows() if row[0].value == "K13/wait")
    for cell, value in zip(row[4:7], (30, "无", "25分钟"), strict=True):
        cell.value = value
    workbook.save(path)
    sheet_read = read_kpis(str(path), session)
    assert sheet_read.problems == ()
    changes = record(session, sheet_read.given)
    assert [(g.slot, g.recorded.data["value"]) for g in changes.added] == [
        ("kpi:K13/wait/2026-02", "30"), ("kpi:K13/wait/2026-03", "unavailable"), ("kpi:K13/wait/2026-04", "25"),
    ]  # fmt: skip
    assert (len(changes.changed), len(changes.same)) == (0, 13)


def test_every_problem_is_named_with_its_cell(tmp_path: Path, session: AuditSession) -> None:
    rows: Rows = [
        ["指标", "数据", "2026-02", "2026-03", "计划"],
        ["K10", "kept", "many", "5", ""],
        ["K10", "keptt", "1", "", ""],
        ["Bookd share", "kept", "1", "", ""],
        ["K13", "wait", "1,234", "", ""],
        ["K10", "kept", "", "6", ""],
        ["", "", "", "", ""],
        ["K01", "", "4", "", "x"],
    ]
    found = problems(session, book(tmp_path / "a.xlsx", rows))
    assert [line.partition(":")[0] for line in found] == ["C2", "B3", "A4", "C5", "D6", "E8"]
    assert 'has no series "keptt". Did you mean kept' in found[1]
    assert "Did you mean Booked share" in found[2]
    assert "may part thousands or decimals" in found[3]
    assert "K10/kept/2026-03 is 5 in D2 already" in found[4]


@pytest.mark.parametrize(
    ("written", "percent", "read"),
    [
        (["93", "88.5"], None, ["93", "88.5"]),
        (["0.8", "2.5"], None, ["0.8", "2.5"]),
        (["0.93", "0.885"], "fraction", ["93", "88.5"]),
        (["0.93", "0.885"], "points", ["0.93", "0.885"]),
        (["93%", "0.5 %"], None, ["93", "0.5"]),
        (["0", "0"], None, ["0", "0"]),
        (["９３％", "８８"], None, ["93", "88"]),
        (["93,5", "88,25"], None, ["93.5", "88.25"]),
    ],
)
def test_percentages(tmp_path: Path, session: AuditSession, written: list[str], percent: Any, read: list[str]) -> None:
    path = text_file(tmp_path / "p.csv", [["指标", "2026-02", "2026-03"], ["K11", *written]])
    assert list(values(session, path, percent=percent).values()) == read


@pytest.mark.parametrize("written", [["0.93", "0.885"], ["1.02", "1"], ["93", "0.87"]])
def test_unclear_percentages_are_asked_for(tmp_path: Path, session: AuditSession, written: list[str]) -> None:
    path = text_file(tmp_path / "p.csv", [["指标", "2026-02", "2026-03"], ["K11", *written]])
    found = problems(session, path)
    assert found
    assert all("--percent fraction" in line or "unlike the others" in line for line in found)
    assert problems(session, path, percent="points") == []


def test_fractions_that_are_none(tmp_path: Path, session: AuditSession) -> None:
    path = text_file(tmp_path / "p.csv", [["指标", "2026-02"], ["K11", "93"]])
    assert "is no fraction" in problems(session, path, percent="fraction")[0]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["1,234", "2,345", "980"], ["1234", "2345", "980"]),
        (["1,234.50", "980.5", "7"], ["1234.5", "980.5", "7"]),
        (["1,234,567", "2", "1,000"], ["1234567", "2", "1000"]),
        (["12,5", "7,25", "3"], ["12.5", "7.25", "3"]),
        (["1.2万", "¥3,000", "4,000 元"], ["12000", "3000", "4000"]),
        (["1 234", "-5", "０"], ["1234", "-5", "0"]),
    ],
)
def test_thousands_where_the_series_shows_them(
    tmp_path: Path, session: AuditSession, written: list[str], read: list[str]
) -> None:
    path = text_file(tmp_path / "p.csv", [["指标", "2026-02", "2026-03", "2026-04"], ["K20", *written]])
    assert list(values(session, path).values()) == read


def test_months_without_a_year(tmp_path: Path, session: AuditSession) -> None:
    path = text_file(tmp_path / "p.csv", [["", "2月", "三月", "Apr"], ["K13", "1", "2", "3"]])
    assert [line.count("--year 2026") for line in problems(session, path)] == [1, 1, 1]
    assert list(values(session, path, year=2026)) == [f"kpi:K13/wait/2026-0{month}" for month in (2, 3, 4)]
    down = text_file(tmp_path / "d.csv", [["月份", "Wait"], ["2", "1"], ["3", "2"]])
    assert list(values(session, down, year=2026)) == ["kpi:K13/wait/2026-02", "kpi:K13/wait/2026-03"]


def test_months_outside_are_told_and_left(tmp_path: Path, session: AuditSession) -> None:
    path = text_file(tmp_path / "p.csv", [["指标", "2025-12", "2026-02"], ["K13", "9", "1"]])
    sheet = read_kpis(path, session)
    assert [line.en for line in sheet.skipped] == [
        "K13/wait: not used, outside the months wanted (2026-02 to 2026-04): 2025-12"
    ]
    assert [given.month for given in sheet.given] == ["2026-02"]


@pytest.mark.parametrize(
    ("written", "month"),
    [
        *((word, (3, 2026)) for word in ("2026-03", "2026/3", "2026.03", "202603", "2026年3月", "2026年03月31日")),
        *((word, (3, 2026)) for word in ("2026-03-31", "Mar 2026", "March, 2026", "Mar-26", "26年3月", "31/03/2026")),
        *((word, (3, None)) for word in ("3月", "三月", "Mar", "march", "３月", "3月份")),
        *((word, (12, None)) for word in ("十二月", "12月", "Dec.")),
        *((word, None) for word in ("2026", "13月", "K03", "", "3", "2026-13")),
    ],
)
def test_months(written: str, month: tuple[int, int | None] | None) -> None:
    found = read_month(written)
    assert (None if found is None else (found.number, found.year)) == month


def test_a_month_that_may_be_a_day() -> None:
    with pytest.raises(UnclearMonth):
        read_month("03/04/2026")


def test_files_that_cannot_be_read_are_refused(tmp_path: Path, session: AuditSession) -> None:
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(b"PK\x03\x04 nothing of the kind")
    encrypted = tmp_path / "encrypted.xlsx"
    encrypted.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600))
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    huge = tmp_path / "huge.csv"
    huge.write_bytes(b"x" * 21_000_000)
    monthless = text_file(tmp_path / "m.csv", [["指标", "foo"], ["K10", "5"]])
    said = []
    for path in (damaged, encrypted, empty, huge, monthless):
        with pytest.raises(UnreadableTable) as refused:
            read_kpis(str(path), session)
        said.append(refused.value.text.en)
    for words, sentence in zip(("damaged", "password", "is empty", "too large", "shows no months"), said, strict=True):
        assert words in sentence


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ([*range(6, 13), *range(1, 6)], [2025] * 7 + [2026] * 5),
        ([11, 12, 1, 2], [2025, 2025, 2026, 2026]),
        ([2, 1, 12, 11], [2026, 2026, 2025, 2025]),
        ([1, 2, 3], [2026, 2026, 2026]),
        ([10, 12, 2], [2025, 2025, 2026]),
        ([5], [2026]),
        ([3, 1, 2], [2026, 2026, 2026]),
        ([3, 12, 2], [2025, 2025, 2026]),
        ([9, 12, 3], [2025, 2025, 2026]),
        ([*range(1, 13)], [2026] * 6 + ["after"] * 6),
        ([1, 12], [2026, 2025]),
        ([11, 12], [2025, 2025]),
        ([4, 12], [2026, "after"]),
    ],
)
def test_a_year_begins_where_december_meets_january(written: list[int], years: list[object]) -> None:
    assert settled(written, months_until("2026-06-12", 12)) == years


def settled(written: list[int], window: tuple[str, ...]) -> list[object]:
    run = [Named(Cell(f"{number}月", same("A1")), Month(number, None)) for number in written]
    found = settle(run, 2026, window)
    words = [found[id(each.cell)] for each in run]
    return [int(word[:4]) if isinstance(word, str) else "after" * ("after the audit" in word.en) for word in words]


def test_months_that_cross_a_year_are_none_of_them_lost(tmp_path: Path, session: AuditSession) -> None:
    months = ["11月", "12月", "1月", "2月", "3月", "4月"]
    across = text_file(tmp_path / "p.csv", [["指标", *months], ["K13", *"123456"]])
    sheet = read_kpis(across, session, year=2026)
    assert [each.month for each in sheet.given] == ["2026-02", "2026-03", "2026-04"]
    assert "2025-11 to 2026-01" in sheet.skipped[0].en
    down = text_file(tmp_path / "d.csv", [["月份", "Wait"], *[[m, str(n)] for n, m in enumerate(months, 1)]])
    assert read_kpis(down, session, year=2026).given == sheet.given
    calendar = text_file(tmp_path / "c.csv", [["指标", "4月", "12月"], ["K13", "1", "2"]])
    assert ["would be 2026-12 by --year, after" in line for line in problems(session, calendar, year=2026)] == [True]


def test_a_month_whose_year_nothing_tells_is_named(tmp_path: Path, session: AuditSession) -> None:
    path = text_file(tmp_path / "p.csv", [["指标", "3月", "1月", "2月"], ["K13", *"123"]])
    assert ["does not say which year" in line for line in problems(session, path, year=2026)] == [True]


def test_a_month_with_its_year_settles_those_beside_it(tmp_path: Path, session: AuditSession) -> None:
    mixed = text_file(tmp_path / "m.csv", [["指标", "2025年12月", "1月", "2月", "3月"], ["K13", *"1234"]])
    sheet = read_kpis(mixed, session)
    assert (sheet.problems, sheet.months) == ((), ("2025-12", "2026-01", "2026-02", "2026-03"))


def test_one_figure_a_row_crosses_a_year_series_by_series(tmp_path: Path, session: AuditSession) -> None:
    rows = [[kpi, month, "5"] for kpi in ("K13", "K20") for month in ("12月", "1月", "2月")]
    path = text_file(tmp_path / "l.csv", [["指标", "月份", "数值"], *rows])
    sheet = read_kpis(path, session, year=2026)
    assert (sheet.problems, sheet.months) == ((), ("2025-12", "2026-01", "2026-02"))
    assert [each.slot for each in sheet.given] == ["kpi:K13/wait/2026-02", "kpi:K20/turnover/2026-02"]


def test_empty_months_of_a_calendar_are_of_no_account(tmp_path: Path, session: AuditSession) -> None:
    months = [f"{number}月" for number in range(1, 13)]
    across = text_file(tmp_path / "a.csv", [["指标", *months], ["K13", *"1234", *[""] * 8]])
    assert read_kpis(across, session, year=2026).months == ("2026-01", "2026-02", "2026-03", "2026-04")
    down = text_file(tmp_path / "d.csv", [["月份", "Wait"], *[[m, "5" if n < 4 else ""] for n, m in enumerate(months)]])
    assert read_kpis(down, session, year=2026).months == ("2026-01", "2026-02", "2026-03", "2026-04")


def test_a_row_of_figures_without_a_month_is_named(tmp_path: Path, session: AuditSession) -> None:
    path = text_file(tmp_path / "d.csv", [["月份", "Wait"], ["2026-03", "5"], ["", "6"]])
    assert problems(session, path) == ["row 3, column Wait: its row names no month"]


def test_an_unreadable_cell_of_a_month_not_wanted_is_listed_too(tmp_path: Path, session: AuditSession) -> None:
    path = text_file(tmp_path / "p.csv", [["指标", "2024-01", "2026-03"], ["K13", "lots", "2"]])
    assert [line.partition(":")[0] for line in problems(session, path)] == ["row 2, column 2024-01"]


@pytest.mark.parametrize(
    ("written", "blamed"),
    [
        (["12,34"], [2]),
        (["1,234", "12,34"], [3]),
        (["1,234", "12,34", "2,345"], [3]),
        (["12,34", "56,78"], [2, 3]),
        (["1,23,456"], [2]),
        (["1,2345", "1,234"], [2]),
    ],
)
def test_an_odd_comma_in_a_count_is_the_one_that_is_blamed(
    tmp_path: Path, session: AuditSession, written: list[str], blamed: list[int]
) -> None:
    months = ["2026-02", "2026-03", "2026-04"][: len(written)]
    for kpi in ("K10/kept", "K01"):
        path = text_file(tmp_path / "p.csv", [["指标", *months], [kpi, *written]])
        found = problems(session, path)
        assert [line.partition(":")[0] for line in found] == [f"row 2, column 2026-0{month}" for month in blamed]
        assert all("may part thousands or decimals" in line for line in found)


def test_one_comma_of_another_kind_is_the_odd_one_where_decimals_may_be(tmp_path: Path, session: AuditSession) -> None:
    path = text_file(tmp_path / "p.csv", [["指标", "2026-02", "2026-03"], ["K20", "1,234", "12,34"]])
    assert [line.partition(":")[0] for line in problems(session, path)] == ["row 2, column 2026-03"]
    alone = text_file(tmp_path / "a.csv", [["指标", "2026-02", "2026-03"], ["K20", "12,5", "7.25"]])
    assert [line.partition(":")[0] for line in problems(session, alone)] == ["row 2, column 2026-02"]
    assert list(values(session, text_file(tmp_path / "c.csv", [["指标", "2026-02"], ["K01", "1,234"]])).values()) == [
        "1234"
    ]


def test_the_dust_of_a_spreadsheets_arithmetic_is_rounded_away(tmp_path: Path, session: AuditSession) -> None:
    path = text_file(tmp_path / "p.csv", [["指标", "2026-03"], ["K13", "0.40299999999999997"]])
    assert list(values(session, path).values()) == ["0.403"]


def test_a_share_above_the_whole_is_named_by_its_cell(tmp_path: Path, session: AuditSession) -> None:
    path = text_file(tmp_path / "p.csv", [["指标", "2026-02", "2026-03"], ["K11", "930 %", "-5 %"]])
    assert ["between 0 and 100 %" in line for line in problems(session, path)] == [True, True]


def test_every_part_larger_than_its_whole_is_named_by_its_cell(tmp_path: Path, session: AuditSession) -> None:
    rows: list[list[object]] = [["指标", "2026-02", "2026-03", "2026-04"]]
    path = text_file(tmp_path / "p.csv", [*rows, ["K10/kept", 90, 10, 80], ["K10/all", 73, 10, 79]])
    told = problems(session, path)
    assert [line.partition(":")[0] for line in told] == ["row 2, column 2026-02", "row 2, column 2026-04"]
    assert all("is more than" in line for line in told)
    record(session, read_kpis(text_file(tmp_path / "part.csv", [*rows, ["K10/kept", 50, 50, 50]]), session).given)
    [told_of_the_whole] = problems(session, text_file(tmp_path / "all.csv", [*rows, ["K10/all", 60, 60, 40]]))
    assert told_of_the_whole.startswith("row 2, column 2026-04:")

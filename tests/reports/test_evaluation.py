"""The evaluation in the form of the seed's front-desk table, cell by cell, and the sheets around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audit.answers import read_answer
from audit.state import AuditState
from checklists.catalog import load
from reports.workbook import write_report
from tests.builders import checklist, department, item, section, state, text
from tests.reports.recalculate import load as load_book
from tests.reports.samples import seed_answers, seed_checklist, seed_front_desk, signed, summary_of

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import AuditSummary
    from checklists.text import Lang, ReportLang


def sheets(summary: AuditSummary, folder: Path, lang: Lang = "zh") -> tuple[Any, Any]:
    """The workbook's stored values and its formulas."""
    path = folder / "report.xlsx"
    write_report(summary, path, lang)
    return load_book(path, data_only=True), load_book(path)


def rows(sheet: Any, first: int, last: int) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(first, last)]


def every_text(book: Any) -> list[str]:
    return [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]


def test_the_seeds_table_cell_by_cell(tmp_path: Path) -> None:
    book, formulas = sheets(seed_front_desk(), tmp_path)
    sheet = book["评估表"]
    heads = ["序号", "模块", "项目", "项目权重", "满分", "得分", "得分率", "及格分", "合格值", "备注"]
    assert rows(sheet, 4, 4) == [heads]
    table = rows(sheet, 6, 11)
    assert [row[0] for row in table] == [1, 2, 3, 4, 5, 6]
    assert [row[1] for row in table] == ["front-desk（中）", None, None, None, None, None]
    assert [row[4] for row in table] == [195, 62, 28, 11, 24, 10]
    assert [row[5] for row in table] == [100, 43, 9, 7, 0, 5]
    assert [round(row[6] * 100) for row in table] == [51, 69, 32, 64, 0, 50]
    assert [row[7] for row in table] == [136.5, 43.4, 19.6, 7.7, 16.8, 7]
    assert [row[8] for row in table] == ["不合格"] * 6
    [total] = rows(sheet, 12, 12)
    assert total[0] == "合计"
    assert total[4:9] == [330, 164, 0.5, 231, "不合格"]
    for place in ("E6", "F6", "G6", "H6", "I6", "E12", "F12", "H12"):
        assert formulas["评估表"][place].data_type == "f", place
    assert "70 %" in formulas["评估表"]["H6"].number_format


def test_the_weights_are_the_shares_of_the_whole_and_only_shown(tmp_path: Path) -> None:
    _, book = sheets(seed_front_desk(), tmp_path)
    shown = [row[3].value for row in book["评估表"].iter_rows(6, 11)]
    assert shown == [0.195, 0.062, 0.028, 0.011, 0.024, 0.01]
    assert book["评估表"]["D6"].number_format == r"0.0\ %"
    assert book["评估表"]["D15"].value == 0.33
    assert not [c for row in book["评估表"].iter_rows() for c in row if c.data_type == "f" and "D6" in str(c.value)]


def test_the_packaged_front_desk_has_the_seeds_sections(tmp_path: Path) -> None:
    asked = load("dealership")
    desk = asked.department("front-desk")
    assert desk is not None
    answers = {i.id: read_answer(i, "ND", "not-kept") for i in desk.items}
    summary = summary_of(
        asked, AuditState(details={"date": "2014-12-30", "departments": ["front-desk"]}, answers=answers)
    )
    book, _ = sheets(summary, tmp_path)
    table = rows(book["评估表"], 6, 11)
    assert [row[2] for row in table][:2] == ["服务核心流程", "5S及安全"]
    assert [row[4] for row in table] == [195, 62, 28, 11, 24, 10]
    assert rows(book["评估表"], 12, 12)[0][4:9] == [330, 0, 0, 231, "不合格"]


def test_a_rate_that_failed_is_never_shown_as_its_mark(tmp_path: Path) -> None:
    asked = checklist(department("D", section("S", item("A", "69.6"), item("B", "30.4"))))
    book, _ = sheets(summary_of(asked, state(asked, {"A": "5", "B": "0"})), tmp_path)
    assert book["评估表"]["G6"].value == 0.69
    assert book["评估结论"]["E11"].value != 0.7


def test_both_languages_have_the_same_figures(tmp_path: Path) -> None:
    asked = seed_checklist()
    summary = summary_of(asked, state(asked, seed_answers()))
    zh, _ = sheets(summary, tmp_path, "zh")
    en, _ = sheets(summary, tmp_path, "en")
    assert en.sheetnames[:6] == ["Summary", "Charts", "Evaluation", "front-desk", "rest", "Weak items"]
    assert zh.sheetnames[:6] == ["评估结论", "图表", "评估表", "front-desk（中）", "rest（中）", "弱项"]
    for ours, theirs in zip(zh, en, strict=True):
        numbers = [
            [c.value for row in s.iter_rows() for c in row if isinstance(c.value, int | float)] for s in (ours, theirs)
        ]
        assert numbers[0] == numbers[1]
    assert "Failed" in every_text(en)
    assert not [word for word in every_text(en) if "合格" in word]


def test_the_cover_states_verdict_reasons_and_signatures(tmp_path: Path) -> None:
    asked = seed_checklist()
    summary = summary_of(asked, signed(state(asked, seed_answers())))
    book, _ = sheets(summary, tmp_path)
    words = every_text(book["评估结论"].parent)
    assert "✓ 合格" in words
    [sentence] = [word for word in words if word.startswith("合格：")]
    assert all(reason.text.zh.rstrip("。") in sentence for reason in summary.scorecard.verdict.reasons)
    assert "评估员（咨询师）: 田历杰" in words
    assert "经销商代表: 李站长" in words
    assert any(word.startswith("校验码 0123 4567 89ab ") and "--seal 0123456789ab" in word for word in words)
    # The writer leaves out a height of one page, which is what "fit to page" means without it.
    assert book["评估结论"].sheet_properties.pageSetUpPr.fitToPage
    assert book["评估结论"].page_setup.fitToHeight is None
    assert book["评估结论"].page_setup.paperSize == "9" or book["评估结论"].page_setup.paperSize == 9


def test_a_partial_scope_gives_no_verdict_on_the_total(tmp_path: Path) -> None:
    book, _ = sheets(seed_front_desk(), tmp_path)
    cover = every_text(book)
    assert "部分部门评估，总分不作结论" in cover
    assert rows(book["评估表"], 15, 15)[0][7:9] == ["–", "–"]


def test_what_is_missing_leaves_clean_cells(tmp_path: Path) -> None:
    asked = checklist(department("D", section("S", item("A"), item("B"))))
    summary = summary_of(asked, state(asked, {"A": ""}), city="", auditors=(), participants=(), contact="")
    book, _ = sheets(summary, tmp_path)
    assert not [word for word in every_text(book) if "None" in word]
    assert "未评完" in every_text(book)


def test_everything_that_left_is_told(tmp_path: Path) -> None:
    items = [item("A", 8), item("B", 2), item("C", 1, critical={})]
    whole = department("D", section("S", *items), section("T", item("E", 3)), section("U", item("F", 6), item("G", 4)))
    asked = checklist(whole)
    answers = {"A": "5", "B": "NA", "C": "0", "E": "NC", "F": "UN", "G": "5"}
    book, formulas = sheets(summary_of(asked, state(asked, answers)), tmp_path)
    sheet = book["评估表"]
    assert sheet["J6"].value == "按适用 9 / 11 分折算（×1.2222）；不适用 1 项（2 分）；关键项不合格：C"
    assert formulas["评估表"]["F6"].value.startswith("=ROUND(")
    assert sheet["J7"].value == "不适用：3 分不计入；本期未发生 1 项（3 分）"
    assert sheet["J8"].value == "不可比：适用分仅 4 / 10，不足一半，不计入；未评估 1 项（6 分）"
    assert any("未评估 1 项（6 分）" in word for word in every_text(book["评估结论"].parent))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_items_are_listed_with_answer_state_and_points(lang: Lang, tmp_path: Path) -> None:
    deduct = {"kind": "deduct", "faults": [{"id": "late", "name": text("late"), "points": "1"}]}
    measure = {"kind": "measure", "unit": "%", "zero_at": "60", "full_at": "90"}
    items = [
        item("A", 5, {"kind": "yes_no"}),
        item("B", 5, {"kind": "sample", "size": 10}, critical={}),
        item("C", 5, deduct),
        item("D", 5, measure),
        item("E", 5),
    ]
    asked = checklist(department("D", section("S", *items)))
    answers = {"A": "y", "B": "0/10", "C": "late=2@bay 3", "D": "75", "E": "ND"}
    book, formulas = sheets(summary_of(asked, state(asked, answers)), tmp_path, lang)
    name = "D（中）" if lang == "zh" else "D"
    sheet = book[name]
    late = "late（中） ×2（bay 3）" if lang == "zh" else "late ×2 (bay 3)"
    assert [sheet.cell(row, 5).value for row in range(5, 10)] == [
        "是" if lang == "zh" else "yes",
        "0/10",
        late,
        "75 %",
        "无法提供" if lang == "zh" else "no data",
    ]
    assert [sheet.cell(row, 7).value for row in range(5, 10)] == [5, 0, 3, 2.5, 0]
    assert [sheet.cell(row, 8).value for row in range(5, 10)] == [0, 5, 2, 2.5, 5]
    assert formulas[name]["H5"].data_type == "f"
    assert sheet["I9"].value == ("未做记录" if lang == "zh" else "not kept")
    assert sheet["D6"].value == ("关键\n× 不合格" if lang == "zh" else "critical\n× failed")
    assert sheet["C5"].value.splitlines() == (
        ["A is right（中）", "查：look at A（中）"] if lang == "zh" else ["A is right", "How: look at A"]
    )
    # The section's own row above its items shows what the evaluation counts, and groups them.
    assert [sheet.cell(4, column).value for column in (6, 7, 8)] == [25, 10.5, 14.5]
    assert formulas[name]["G4"].value == ("='评估表'!F6" if lang == "zh" else "='Evaluation'!F6")
    assert [sheet.row_dimensions[row].outlineLevel for row in range(4, 10)] == [0, 1, 1, 1, 1, 1]
    assert sheet.auto_filter.ref == "A3:L9"
    assert [sheet.cell(11, column).value for column in (6, 7, 8)] == [25, 10.5, 14.5]
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"


def test_weak_items_take_their_points_from_the_departments_sheets(tmp_path: Path) -> None:
    book, formulas = sheets(seed_front_desk(), tmp_path)
    sheet = book["弱项"]
    weak = seed_front_desk().weak_items
    assert [sheet.cell(4 + n, 10).value for n in range(len(weak))] == [float(w.points_lost) for w in weak]
    assert formulas["弱项"]["J4"].value.startswith("=INDEX('front-desk（中）'!$H$4")
    assert [cell.value for cell in sheet[4]][1:6] == [weak[0].number, "front-desk（中）", "检查项", "低于标准", "较重"]
    assert sheet.cell(4 + len(weak) + 1, 10).value == 166
    assert sheet.cell(4, 13).value == "–", "no earlier audit, so nothing is called new"


def test_no_weak_items_is_said(tmp_path: Path) -> None:
    asked = checklist(department("D", section("S", item("A"))))
    book, _ = sheets(summary_of(asked, state(asked, {"A": "5"})), tmp_path)
    assert book["弱项"]["A2"].value == "没有弱项。"


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_no_department_is_cut_by_the_end_of_a_page(lang: ReportLang, tmp_path: Path) -> None:
    asked = checklist(
        *[department(f"d{n}", *[section(f"{n}-{m}", item(f"I{n}-{m}")) for m in range(9)]) for n in range(8)]
    )
    write_report(summary_of(asked, state(asked, {})), tmp_path / "long.xlsx", lang)
    sheet = load_book(tmp_path / "long.xlsx").worksheets[2]
    headings = {line[0].row for line in sheet.iter_rows() if "70 %" in str(line[0].value)}
    overall = sheet.max_row - len(asked.departments) - 1
    begins = {found.id + 1 for found in sheet.row_breaks.brk}
    assert begins
    assert begins <= headings | {overall}


@pytest.mark.parametrize(("lang", "said"), [("zh", 1), ("en", 1), ("both", 1)])
def test_how_an_item_is_checked_stands_once(lang: ReportLang, said: int, tmp_path: Path) -> None:
    asked = checklist(department("d", section("s", item("I1"))))
    write_report(summary_of(asked, state(asked, {"I1": "3"})), tmp_path / "report.xlsx", lang)
    words = "\n".join(every_text(load_book(tmp_path / "report.xlsx")))
    assert words.count("look at I1") == said
    assert words.count("I1 is right") == (2 if lang == "both" else 1)

"""The improvement plan as a workbook: out, through many hands, and back."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.plan import Field, Status, plan_of
from audit.plan_draft import draft_plan
from audit.plan_merging import Merged, merge
from audit.plan_writing import apply, set_fields
from audit.session import AuditSession
from audit.store.store import Store
from audit.summary import summarize
from checklists.sources.tables import UnreadableTable
from reports.masking import Copy, masked
from reports.sheets.plan import FORM, plan_bytes
from reports.sheets.plan_reader import FilledPlan, NotThisPlan, read_plan
from reports.workbook import Look, report_bytes
from tests.audit.plans import WANG, signed
from tests.reports.recalculate import load, soffice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from checklists.text import ReportLang

HEAD = 3
"""Row of the heads, as people count."""
LANGS: tuple[ReportLang, ...] = ("zh", "en", "both")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "a.db")) as opened:
        yield opened


@pytest.fixture
def session(store: Store) -> AuditSession:
    session = signed(store)
    draft_plan(session, "2026-05-18")
    return session


def exported(session: AuditSession, folder: Path, lang: ReportLang = "zh") -> Path:
    path = folder / f"plan-{lang}.xlsx"
    path.write_bytes(plan_bytes(summarize(session), lang))
    return path


def new_workbook() -> Any:
    from openpyxl import Workbook

    return Workbook()


def edited(path: Path, edit: Callable[[Any], None]) -> Path:
    book = load(path)
    edit(book.worksheets[0])
    target = path.with_name("edited.xlsx")
    book.save(target)
    return target


def column(sheet: Any, head: str) -> int:
    return int(next(cell.column for cell in sheet[HEAD] if cell.value == head))


def put(row: int, head: str, value: object) -> Callable[[Any], None]:
    return lambda sheet: setattr(sheet.cell(row, column(sheet, head)), "value", value)


def read(session: AuditSession, path: Path) -> FilledPlan:
    return read_plan(path, session.ref, plan_of(session))


def taken(session: AuditSession, path: Path, **how: bool) -> Merged:
    filled = read(session, path)
    assert filled.problems == ()
    return merge(session, filled.rows, filled.lang, **how)


def told(merged: Merged) -> list[tuple[str, str, str, str]]:
    return [(c.number, c.field.value, c.before, c.after) for c in merged.changed]


def problems(session: AuditSession, path: Path) -> str:
    filled = read(session, path)
    found = (*filled.problems, *merge(session, filled.rows, filled.lang).problems)
    return "\n".join(f"{place.en}: {text.en}" for place, text in found)


# -- out and back ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_export_and_import_change_nothing(session: AuditSession, tmp_path: Path, lang: ReportLang) -> None:
    merged = taken(session, exported(session, tmp_path, lang))
    assert (merged.empty, merged.conflicts, merged.removed, merged.problems, merged.notices) == (True, (), (), (), ())


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([Field.WHAT, Field.OWNER, Field.ROOT_CAUSE, Field.COST, Field.TARGET]), TEXTS))
def test_whatever_people_wrote_comes_back_as_it_was(
    session: AuditSession, tmp_path: Path, texts: dict[Field, str]
) -> None:
    from audit.plan_fields import tidy

    words = {name: text for name, text in texts.items() if tidy(text) or name is not Field.WHAT}
    set_fields(session, "P1", words)
    for lang in LANGS:
        assert taken(session, exported(session, tmp_path, lang)).empty


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_order_of_rows_and_columns_changes_nothing(
    session: AuditSession, tmp_path: Path, data: st.DataObject
) -> None:
    path = exported(session, tmp_path, "en")

    def shuffle(sheet: Any) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD)]
        order = data.draw(st.permutations(range(len(rows[0]))))
        kept = [c for c in order if rows[0][c] == "No." or FORM in str(rows[0][c]) or data.draw(st.booleans())]
        below = data.draw(st.permutations(rows[1:]))
        sheet.delete_rows(HEAD, sheet.max_row)
        for row in [rows[0], *below]:
            sheet.append([row[c] for c in kept])

    changed = edited(path, shuffle)
    merged = taken(session, changed)
    assert (merged.empty, merged.removed) == (True, ())


def test_what_people_change_is_told_and_written_field_by_field(session: AuditSession, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        for head, value in {
            "责任人": "　赵丽 ",
            "完成期限": "7月15日",
            "状态": "进行中",
            "根本原因（5个为什么）": "人手不足\r\n没有排班",
            "责任岗位": "advisor（中）",
        }.items():
            put(4, head, value)(sheet)
        put(8, "措施（第一步）", "每周例会")(sheet)
        put(8, "完成期限", 46235)(sheet)

    path = edited(exported(session, tmp_path), edit)
    merged = taken(session, path)
    number = plan_of(session).actions[0].number
    assert number == "P1"
    assert {field: after for _, field, _, after in told(merged)} == {
        "owner": "赵丽",
        "due": "2026-07-15",
        "status": "进行中",
        "root_cause": "人手不足\n没有排班",
        **({"owner_role": "advisor（中）"} if plan_of(session).actions[0].owner_role != "advisor" else {}),
    }
    assert [added for added, _ in merged.added] == ["P5"]
    entries = len(session.journal)
    changes = apply(session, merged.edits)
    assert len(session.journal) == entries + len(changes)
    plan = plan_of(session)
    assert (plan.actions[0].owner, plan.actions[0].status) == ("赵丽", Status.IN_PROGRESS)
    assert (plan.actions[4].what.zh, plan.actions[4].due) == ("每周例会", "2026-08-01")
    assert taken(session, path).empty  # the same file again adds nothing twice


def test_a_deleted_row_is_told_and_cancelled_only_when_asked(session: AuditSession, tmp_path: Path) -> None:
    path = edited(exported(session, tmp_path), lambda sheet: sheet.delete_rows(5))
    merged = taken(session, path)
    assert (merged.empty, merged.removed, merged.cancelled) == (True, ("P2",), ())
    merged = taken(session, path, remove=True)
    assert merged.cancelled == ("P2",)
    apply(session, merged.edits)
    assert plan_of(session).actions[1].status is Status.CANCELLED


def test_an_action_new_since_the_export_is_not_taken_for_a_deleted_one(session: AuditSession, tmp_path: Path) -> None:
    from audit.plan_writing import add_action

    path = exported(session, tmp_path)
    add_action(session, {Field.WHAT: "later"})
    assert taken(session, path).removed == ()


def test_what_both_changed_is_a_conflict_and_stays(session: AuditSession, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        put(4, "责任人", "赵丽")(sheet)
        put(4, "费用", 500)(sheet)

    path = edited(exported(session, tmp_path), edit)
    other = AuditSession.open(session.store, session.ref, WANG)
    set_fields(other, "P1", {Field.OWNER: "钱七", Field.SUPPORT: "站长"})
    session.refresh()
    merged = taken(session, path)
    [conflict] = merged.conflicts
    assert (conflict.number, conflict.after, conflict.theirs) == ("P1", "赵丽", "钱七")
    assert told(merged) == [("P1", "cost", "", "500")]
    apply(session, taken(session, path, theirs=True).edits)
    action = plan_of(session).actions[0]
    assert (action.owner, action.cost, action.support) == ("赵丽", "500", "站长")


def test_the_same_change_on_both_sides_is_no_conflict(session: AuditSession, tmp_path: Path) -> None:
    path = edited(exported(session, tmp_path), put(4, "责任人", "赵丽"))
    set_fields(session, "P1", {Field.OWNER: "赵丽"})
    assert (taken(session, path).empty, taken(session, path).conflicts) == (True, ())


def test_without_the_hidden_column_rows_are_known_by_their_numbers(session: AuditSession, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        hidden = next(cell.column for cell in sheet[HEAD] if FORM in str(cell.value))
        sheet.delete_cols(hidden)
        put(5, "责任人", "赵丽")(sheet)

    merged = taken(session, edited(exported(session, tmp_path), edit))
    assert told(merged) == [("P2", "owner", "", "赵丽")]


# -- what people do to sheets ------------------------------------------------------------------------------------------


def test_a_copied_row_is_new_once_its_number_is_emptied(session: AuditSession, tmp_path: Path) -> None:
    def copy(sheet: Any) -> None:
        for cell in sheet[4]:
            sheet.cell(8, cell.column).value = cell.value

    path = edited(exported(session, tmp_path), copy)
    assert "P1 stands in row 4 already" in problems(session, path)

    def fresh(sheet: Any) -> None:
        copy(sheet)
        put(8, "编号", None)(sheet)
        put(8, "对应弱项", None)(sheet)
        put(8, "措施（第一步）", "另一条")(sheet)

    merged = taken(session, edited(exported(session, tmp_path), fresh))
    assert ([n for n, _ in merged.added], merged.problems) == (["P5"], ())


def test_cells_merged_down_count_for_every_row(session: AuditSession, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        owner = column(sheet, "责任人")
        put(4, "责任人", "赵丽")(sheet)
        sheet.merge_cells(start_row=4, end_row=6, start_column=owner, end_column=owner)

    merged = taken(session, edited(exported(session, tmp_path), edit))
    assert [(number, after) for number, _, _, after in told(merged)] == [("P1", "赵丽"), ("P2", "赵丽"), ("P3", "赵丽")]

    def across(sheet: Any) -> None:
        sheet.merge_cells(start_row=4, end_row=4, start_column=2, end_column=4)

    assert "B4:D4 is merged across columns" in problems(session, edited(exported(session, tmp_path), across))


@pytest.mark.parametrize(
    ("head", "value", "says"),
    [
        ("完成期限", "月底", "is no date"),
        ("完成期限", "2025-01-01", "before the audit"),
        ("状态", "差不多", "There is no status"),
        ("状态", None, "Status cannot be empty"),
        ("状态", "已完成", "needs its proof"),
        ("状态", "已验证", "not reported done"),
        ("措施（第一步）", None, "cannot be empty"),
        ("对应弱项", "A9", "no weak item"),
        ("对应弱项", "A1, A3, A4, B1", "stands in"),
        ("对应弱项", None, "left without an action"),
        ("责任岗位", "老板", "There is no Owner role"),
        ("辅导方向", "Z", "There is no Direction"),
        ("责任人", "#REF!", "the cell holds the error"),
        ("根本原因（5个为什么）", "长" * 10_001, "at most 10000"),
        ("责任人", "=1+1", "a formula has no value yet"),
    ],
)
def test_what_cannot_be_understood_is_said_with_its_cell(
    session: AuditSession, tmp_path: Path, head: str, value: object, says: str
) -> None:
    said = problems(session, edited(exported(session, tmp_path), put(4, head, value)))
    assert says in said
    assert "4: " in said


def test_rows_that_are_nothing_are_passed_over_or_said(session: AuditSession, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        put(9, "编号", "合计")(sheet)
        for cell in sheet[HEAD]:
            sheet.cell(10, cell.column).value = cell.value
        put(12, "责任人", "谁")(sheet)

    said = problems(session, edited(exported(session, tmp_path), edit))
    assert said == "row 12: this row has no number and no action in words: write what is to be done, or empty the row"
    unknown = edited(exported(session, tmp_path), put(8, "编号", "P77"))
    assert "P77 is not in this audit's plan" in problems(session, unknown)


def test_sorting_some_columns_without_the_others_is_noticed(session: AuditSession, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        put(4, "编号", "P2")(sheet)
        put(5, "编号", "P1")(sheet)

    assert "sorted without the others" in problems(session, edited(exported(session, tmp_path), edit))


def test_columns_of_their_own_are_left_aside_and_doubled_ones_said(session: AuditSession, tmp_path: Path) -> None:
    filled = read(session, edited(exported(session, tmp_path), lambda sheet: setattr(sheet["Z3"], "value", "内部备注")))
    assert [notice.en for notice in filled.notices] == ["The column 内部备注 is no part of the plan and was not read"]
    twice = edited(exported(session, tmp_path), lambda sheet: setattr(sheet["Z3"], "value", "责任人"))
    assert "two columns" in problems(session, twice)


def test_a_row_pasted_from_another_plan_is_a_new_action(session: AuditSession, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        for cell in sheet[4]:
            value = str(cell.value).replace(session.ref, "OTHER-1") if FORM in str(cell.value) else cell.value
            sheet.cell(8, cell.column).value = value
        put(8, "对应弱项", None)(sheet)

    filled = read(session, edited(exported(session, tmp_path), edit))
    assert [row.action for row in filled.rows][-1] == ""
    assert "OTHER-1" in filled.notices[0].en


def test_the_plan_of_a_report_can_be_read_back(session: AuditSession, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(report_bytes(summarize(session), "zh"))
    assert "$J$" in str(load(path)["改进计划"].print_area), "while nothing stands in them, the rest is not printed"
    assert taken(session, path).empty


# -- whole files -------------------------------------------------------------------------------------------------------


def test_files_that_are_no_plan_are_refused_with_a_sentence(session: AuditSession, tmp_path: Path) -> None:
    path = exported(session, tmp_path)
    other = tmp_path / "other.xlsx"
    new_workbook().save(other)
    with pytest.raises(NotThisPlan, match="holds no improvement plan"):
        read(session, other)
    with pytest.raises(NotThisPlan, match="is the plan of audit"):
        read_plan(path, "XX-1", plan_of(session))

    def lost(sheet: Any) -> None:
        sheet.delete_cols(next(cell.column for cell in sheet[HEAD] if FORM in str(cell.value)))
        sheet.delete_cols(1)

    with pytest.raises(NotThisPlan, match="lost both"):
        read(session, edited(path, lost))
    book = load(path)
    book.copy_worksheet(book.worksheets[0])
    book.save(other)
    with pytest.raises(NotThisPlan, match="two plans"):
        read(session, other)


@pytest.mark.parametrize(
    "body", [b"", b"PK", b"hello", bytes.fromhex("D0CF11E0A1B11AE1") + b"0" * 600], ids=["empty", "cut", "text", "ole"]
)
def test_damaged_files_are_refused_with_a_sentence(session: AuditSession, tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(body)
    with pytest.raises(UnreadableTable):
        read(session, path)


def test_a_file_cut_short_anywhere_is_refused(session: AuditSession, tmp_path: Path) -> None:
    body = exported(session, tmp_path).read_bytes()
    path = tmp_path / "cut.xlsx"
    for length in range(50, len(body), len(body) // 12):
        path.write_bytes(body[:length])
        with pytest.raises(UnreadableTable):
            read(session, path)


def test_the_sheet_may_stand_anywhere_in_the_workbook(session: AuditSession, tmp_path: Path) -> None:
    book = load(exported(session, tmp_path))
    book.move_sheet(book.worksheets[0], 2)
    book.create_sheet("自己的", 0)["A1"] = "x"
    book.save(tmp_path / "moved.xlsx")
    assert taken(session, tmp_path / "moved.xlsx").empty


# -- what the sheet itself is ------------------------------------------------------------------------------------------


def test_dates_are_dates_and_choices_are_offered(session: AuditSession, tmp_path: Path) -> None:
    sheet = load(exported(session, tmp_path)).worksheets[0]
    assert isinstance(sheet.cell(4, column(sheet, "完成期限")).value, date)
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref is not None
    assert (sheet.page_setup.orientation, sheet.protection.sheet) == ("landscape", False)
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == 6  # status, role, direction, department, owner, verifier
    formulas = [rule.formula[0] for group in sheet.conditional_formatting for rule in group.rules]
    assert any("TODAY()" in formula for formula in formulas)
    said = [rule.dxf.numFmt for group in sheet.conditional_formatting for rule in group.rules if rule.dxf.numFmt]
    assert [one.formatCode for one in said] == ['@" 逾期"', '@" 即将到期"'], "colour is not the only sign"
    hidden = next(cell for cell in sheet[HEAD] if FORM in str(cell.value))
    assert sheet.column_dimensions[hidden.column_letter].hidden


def test_text_from_people_stays_text(session: AuditSession, tmp_path: Path) -> None:
    words = {Field.OWNER: "=1+1", Field.ROOT_CAUSE: "+cmd|' /C calc'!A0", Field.COST: "@SUM(1)"}
    set_fields(session, "P1", words)
    path = exported(session, tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode().replace("<formula", "")
    assert taken(session, path).empty


def test_a_masked_copy_is_not_read_back(session: AuditSession, tmp_path: Path) -> None:
    set_fields(session, "P1", {Field.OWNER: "赵丽"})
    path = tmp_path / "masked.xlsx"
    path.write_bytes(plan_bytes(masked(summarize(session), "zh"), "zh"))
    assert FORM not in "".join(str(cell.value) for row in load(path).worksheets[0].iter_rows() for cell in row)
    with pytest.raises(NotThisPlan, match="masked headquarters copy"):
        read(session, path)
    path.write_bytes(report_bytes(summarize(session), "zh", look=Look(copy=Copy.HEADQUARTERS)))
    with pytest.raises(NotThisPlan, match="masked headquarters copy"):
        read(session, path)


def test_a_table_of_another_kind_is_sent_to_xlsx_alone(session: AuditSession, tmp_path: Path) -> None:
    ods, csv = tmp_path / "p.ods", tmp_path / "p.csv"
    ods.write_bytes(b"PK")
    csv.write_bytes(b"\xff\x81\xff plan")
    for path in (ods, csv):
        with pytest.raises(UnreadableTable) as refused:
            read(session, path)
        assert ".xlsx" in refused.value.text.zh
        assert "CSV" not in refused.value.text.zh.replace(path.name, "")
        assert "or .csv" not in refused.value.text.en


def test_the_same_plan_is_the_same_bytes(session: AuditSession) -> None:
    first, second = (zipfile.ZipFile(io.BytesIO(plan_bytes(summarize(session), "zh"))) for _ in range(2))
    name = "xl/worksheets/sheet1.xml"
    assert first.read(name) == second.read(name)


# -- through LibreOffice -----------------------------------------------------------------------------------------------


def converted(path: Path, folder: Path, kind: str) -> Path:
    out = folder / kind.partition(":")[0] / path.stem
    out.mkdir(parents=True, exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(soffice()), profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return out / f"{path.stem}.{kind.partition(':')[0]}"


@pytest.mark.libreoffice
@pytest.mark.skipif(soffice() is None, reason="LibreOffice is missing")
def test_the_plan_survives_libreoffice(session: AuditSession, tmp_path: Path) -> None:
    """Saved as .xlsx, edited, saved as .ods, saved as .xlsx again."""
    set_fields(session, "P2", {Field.ROOT_CAUSE: "一\n二 =1", Field.COST: "1200", Field.OWNER: "陈明"})
    xlsx = "xlsx:Calc MS Excel 2007 XML"
    once = converted(exported(session, tmp_path), tmp_path, xlsx)
    assert taken(session, once).empty

    def edit(sheet: Any) -> None:
        put(4, "责任人", "赵丽")(sheet)
        put(4, "完成期限", date(2026, 7, 15))(sheet)

    edits = edited(once, edit)
    back = converted(converted(edits, tmp_path, "ods"), tmp_path / "again", xlsx)
    assert told(taken(session, back)) == [
        ("P1", "due", plan_of(session).actions[0].due, "2026-07-15"),
        ("P1", "owner", "", "赵丽"),
    ]

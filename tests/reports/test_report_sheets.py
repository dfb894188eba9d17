"""The sheets beside the evaluation: charts over cells, the page to sign, objections, what the report rests on."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook  # noqa: TID253 - needed by all of it

from audit.changes import Change
from audit.closing import Consent, Decision
from audit.earlier import EarlierAudit
from audit.evidence import Evidence
from audit.objecting import Objection
from audit.scoring import score
from audit.state import Amendment, Answer, ItemState, Signature
from checklists.text import Text
from reports.breaks import PageBreaks
from reports.sheets.weak import lost_line
from reports.words import answer_words
from reports.workbook import report_bytes
from tests.builders import checklist, department, item, section, state
from tests.reports.samples import seed_answers, seed_checklist, seed_front_desk, summary_of

if TYPE_CHECKING:
    from audit.summary import AuditSummary
    from checklists.text import ReportLang

SIGNED = Signature("田历杰", "李站长", "2014-12-30T09:30:00+00:00", "0123456789abcdef" * 4)


def whole() -> AuditSummary:
    asked = seed_checklist()
    return summary_of(asked, replace(state(asked, seed_answers()), signature=SIGNED))


def book(summary: AuditSummary, lang: ReportLang = "zh") -> Any:
    return load_workbook(BytesIO(report_bytes(summary, lang)), data_only=True)


def every_text(sheet: Any) -> list[str]:
    return [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]


def charts(summary: AuditSummary) -> list[str]:
    archive = zipfile.ZipFile(BytesIO(report_bytes(summary, "zh")))
    return [archive.read(n).decode() for n in sorted(archive.namelist()) if n.startswith("xl/charts/chart")]


# -- charts ------------------------------------------------------------------------------------------------------------


def test_the_charts_follow_the_cells() -> None:
    drawn = charts(seed_front_desk())
    assert [re.findall(r"<c:(barChart|radarChart|lineChart)>", chart) for chart in drawn] == [
        ["barChart", "lineChart"],
        ["barChart"],
        ["radarChart"],
        ["lineChart"],
    ]
    assert all("<c:f>'图表'!" in chart for chart in drawn)
    formulas = load_workbook(BytesIO(report_bytes(seed_front_desk(), "zh")))["图表"]
    cells = [c for row in formulas.iter_rows(min_col=12, max_col=16) for c in row if c.data_type == "f"]
    figures = [str(c.value) for c in cells]
    assert len(figures) > 40
    own = re.compile(r"=ROUND\((SUM\(|ROUND\()?[A-Z]\d+.*\)")
    assert all("评估表" in source or own.fullmatch(source) for source in figures)


def test_the_waterfall_goes_from_the_maximum_to_the_points_earned() -> None:
    sheet = book(whole())["图表"]
    rows = [[c.value for c in row[10:16]] for row in sheet.iter_rows() if row[10].value]
    start = next(n for n, row in enumerate(rows) if row[0] == "满分")
    fall = rows[start : start + 4]
    total = whole().scorecard.total
    assert [row[0].split("\n")[0] for row in fall] == ["满分", "front-desk（中）", "rest（中）", "得分"]
    assert fall[0][2] == 1000
    assert fall[1][1] == 1000 - fall[1][3]
    assert fall[2][1] == pytest.approx(fall[1][1] - fall[2][3]) == float(total.earned)
    assert fall[3][2] == float(total.earned)
    assert fall[1][0] == "front-desk（中）\n−166"
    assert {row[5] for row in fall} == {700}


def test_the_curve_has_every_section_in_the_seeds_order() -> None:
    rows = [[c.value for c in row[10:14]] for row in book(seed_front_desk())["图表"].iter_rows() if row[10].value]
    assert ["M1（中）", 195, 100, 136.5] in rows
    assert [row for row in rows if row[0] == "M2（中）"][-1] == ["M2（中）", 62, 43, 43.4]


def test_series_are_told_apart_without_colour() -> None:
    bars, fall, _, curve = charts(seed_front_desk())
    assert 'prst="wdUpDiag"' in fall
    assert len(set(re.findall(r'<c:symbol val="(\w+)"', curve))) == 3
    assert 'val="dash"' in bars or '<c:symbol val="dash"' in bars


@pytest.mark.parametrize("lang", ["zh", "both"])
def test_no_chart_is_cut_where_columns_are_narrower(lang: ReportLang) -> None:
    setup: Any = next(sheet for sheet in book(seed_front_desk(), lang) if sheet.title.startswith("图表"))
    [at] = [found.id for found in setup.row_breaks.brk]
    assert setup.page_setup.fitToHeight == 0, "a number of pages makes programs leave the break aside"
    assert any(anchor.anchor._from.row == at + 2 for anchor in setup._charts)
    heights = [setup.row_dimensions[row].height or 15.0 for row in range(1, setup.max_row + 1)]
    last = max(anchor.anchor._from.row for anchor in setup._charts) + 18
    narrower = [setup.column_dimensions["A"].width * 0.97] * 8
    for page in (heights[:at], heights[at:last]):
        assert PageBreaks(narrower, 0, 0, landscape=False).fits(sum(page))


# -- the page to sign --------------------------------------------------------------------------------------------------


def test_the_last_audit_stands_beside() -> None:
    earlier = EarlierAudit(
        ref="SH01-2013",
        date="2013-12-30",
        earned=Decimal(500),
        possible=Decimal(1000),
        passed=False,
        whole=True,
        departments={"front-desk": (Decimal(99), Decimal(330))},
        weak=frozenset({"M1-2"}),
    )
    made = book(replace(whole(), earlier=earlier))
    cover = every_text(made["评估结论"])
    assert {"0.3", "0.5"} <= set(cover)
    assert any("SH01-2013" in word for word in cover)
    weak = {row[1].value: row[12].value for row in made["弱项"].iter_rows(min_row=4) if row[1].value}
    assert weak["M1-2"] == "重复"
    assert set(weak.values()) == {"重复", "新增"}


@pytest.mark.parametrize(
    ("consent", "ticked"),
    [(Consent.AGREED, "☑ 同意"), (Consent.RESERVATIONS, "☑ 保留意见"), (Consent.REFUSED, "☑ 拒绝签字")],
)
def test_how_the_dealership_signed_is_ticked(consent: Consent, ticked: str) -> None:
    signature = replace(SIGNED, consent=consent, witness="赵六", reservations="FD16 有异议")
    cover = every_text(book(replace(whole(), signature=signature))["评估结论"])
    [line] = [word for word in cover if "☑" in word]
    assert ticked in line
    assert line.count("☑") == 1
    assert ("见证人: 赵六" in cover) == (consent is Consent.REFUSED)
    assert any("FD16 有异议" in word for word in cover)


def test_an_audit_that_is_not_signed_has_empty_lines_and_no_code() -> None:
    cover = every_text(book(replace(whole(), signature=None))["评估结论"])
    assert not [word for word in cover if "☑" in word or "--seal" in word]
    assert "未签字：没有校验码，内容仍可能变动。" in cover
    assert "公司盖章" in cover


def test_the_best_and_the_heaviest_are_named_with_coverage() -> None:
    cover = every_text(book(whole())["评估结论"])
    assert any(word.startswith("R1（中）（rest（中））：") for word in cover)
    assert sum("−" in word and "is weak" in word for word in cover) == 5
    assert any(word.startswith("已评估的分值占 100.0 %；共 14 项：已评 14") for word in cover)


# -- after signing -----------------------------------------------------------------------------------------------------


def objected() -> AuditSummary:
    asked = checklist(department("D", section("S", item("A"), item("B"))))
    before, after = Answer(ItemState.ANSWERED, "0", "empty"), Answer(ItemState.ANSWERED, "5", "seen later")
    now = replace(state(asked, {"A": "5", "B": "0"}), signature=SIGNED)
    common: dict[str, Any] = {
        "by": "李站长",
        "time": "2014-12-31T08:00:00+00:00",
        "person": "王芳",
        "files": (),
        "due": "2015-01-06",
    }
    granted = Objection(
        id="O1", item="A", text="有记录", evidence=("scan.pdf",), late=False, answer="补充后成立",
        decision=Decision.GRANTED, decided_by="田历杰", decided_at="2015-01-02T08:00:00+00:00",
        before=Decimal(0), after=Decimal(10), disputed=before, amended=after, **common,
    )  # fmt: skip
    opened = Objection(
        id="O2", item="B", text="不认可", evidence=(), late=True, answer="", decision=Decision.OPEN, decided_by="",
        decided_at="", before=Decimal(0), after=None, disputed=before, amended=None, **common,
    )  # fmt: skip
    return summary_of(
        asked,
        now,
        objections=(granted, opened),
        objection_due="2015-01-06",
        amendments=(
            replace(
                Amendment("B", after, before, "数错一条", "王芳", "2015-01-03T08:00:00+00:00"),
                settled_by="李工",
                settled_at="2015-01-04T08:00:00+00:00",
                points_before=Decimal(10),
                points_after=Decimal(0),
            ),
        ),
        on_site=score(asked, state(asked, {"A": "0", "B": "0"})),
        changes=(Change("2015-01-02T08:00:00+00:00", "田历杰", "A", Text("修正 A：5", "amendment A: 5")),),
    )


def test_objections_show_both_answers_and_the_points_before_and_after() -> None:
    sheet = book(objected())["异议"]
    first, second, band, amended = ([c.value for c in row] for row in sheet.iter_rows(4, 7))
    assert first[:2] == ["O1", "A"]
    assert first[4] == "有记录\n补充佐证：scan.pdf"
    assert first[5:9] == ["0 级（共 5 级）", 0, "成立，已修正", "补充后成立"]
    assert first[10:] == ["5 级（共 5 级）", 10]
    assert second[7] == "待答复"
    assert "逾期" in second[3]
    assert second[10:] == ["–", "–"]
    assert band[0] == "其他修正"
    assert amended[1] == "B"
    assert amended[5:9] == ["5 级（共 5 级）", 10, "修正", "数错一条"]
    assert amended[10:] == ["0 级（共 5 级）", 0]
    assert re.fullmatch(r"王芳\n2015-01-03 \d\d:00\n冲突由 李工 解决\n2015-01-04 \d\d:00", amended[9])
    assert "签字时总分 0，异议和修正之后 10（+10.00）" in sheet["A2"].value


def test_what_changed_after_signing_is_told_on_the_first_and_the_last_page() -> None:
    made = book(objected())
    cover = every_text(made["评估结论"])
    assert any(word.startswith("共 2 条：") and word.endswith("其他修正 1 项（-10.00 分）") for word in cover)
    assert "签字时：不合格 0" in cover, "what was signed stands beside the verdict"
    about = every_text(made["关于本报告"])
    assert "修正 A：5" in about
    assert any("--seal 0123456789ab" in word for word in about)
    assert any("四舍五入到 0.01" in word for word in about)


@pytest.mark.parametrize(
    ("rule", "value", "read"),
    [
        ({"kind": "levels", "top": 2}, "1", Text("1 级（共 2 级）", "level 1 of 2")),
        ({"kind": "levels", "top": 2}, "1 0", Text("1、0 级（共 2 级）", "levels 1, 0 of 2")),
        ({"kind": "measure", "unit": "%", "zero_at": "60", "full_at": "100"}, "68.3951", Text("68.4 %", "68.4 %")),
    ],
)
def test_an_answer_reads_without_the_scale_at_hand(rule: dict[str, Any], value: str, read: Text) -> None:
    asked = checklist(department("D", section("S", item("A", 5, rule)))).items["A"].model_copy(update={"kpi": "K01"})
    assert answer_words(asked, Answer(ItemState.ANSWERED, value)) == read


def test_weak_items_others_and_scaling_come_to_all_points_lost() -> None:
    asked = checklist(department("D", section("S", item("A", 6), item("B", 8), item("C", 6))))
    summary = summary_of(asked, state(asked, {"A": "1", "B": "4", "C": "NA"}))
    told = lost_line(summary).en
    lost, *parts = [Decimal(figure) for figure in re.findall(r"\d+(?:\.\d+)?(?= points lost| in | by )", told)]
    assert lost == summary.scorecard.total.points_lost == sum(parts)
    assert len(parts) == 3, told


def test_late_evidence_is_listed_under_the_name_its_objection_has_for_it() -> None:
    summary = objected()
    piece = Evidence("A", "ab" * 32, "沪A12345.png", "image/png", 2048, "2015-01-01T09:00:00", "file")
    late = replace(summary.objections[0], evidence=("A 佐证 1.png",), files=(piece,))
    sheet = book(replace(summary, objections=(late,)))["佐证"]
    assert [c.value for c in sheet[4]][:4] == ["A\n异议 O1", "A is right（中）", "（无缩略图）", "A 佐证 1.png"]


def test_without_objections_there_is_no_such_sheet() -> None:
    assert "异议" not in book(whole()).sheetnames


# -- two languages -----------------------------------------------------------------------------------------------------


def test_both_languages_stand_side_by_side_with_the_same_figures() -> None:
    both, zh = book(whole(), "both"), book(whole(), "zh")
    assert both.sheetnames[:4] == [
        "评估结论 Summary",
        "图表 Charts",
        "评估表 Evaluation",
        "front-desk（中） front-desk",
    ]
    assert both["评估表 Evaluation"]["E4"].value == "满分 | Maximum"
    assert both["评估表 Evaluation"]["I12"].value == "不合格 | Failed"
    for ours, theirs in zip(both, zh, strict=True):
        numbers = [
            [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, int | float)]
            for sheet in (ours, theirs)
        ]
        assert numbers[0] == numbers[1]


def test_what_differs_in_punctuation_alone_stands_once() -> None:
    assert Text("王芳、李强", "王芳, 李强").of("both") == "王芳、李强"
    assert Text("✓ 合格", "✓ Passed").of("both") == "✓ 合格 | Passed"
    assert Text("得分", "Earned").of("both") == "得分 | Earned"
    assert Text("长" * 30, "long " * 10).of("both") == "长" * 30 + "\n" + "long " * 10
    assert Text("", "x").of("both") == Text("x", "").of("both") == "x"

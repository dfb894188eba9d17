"""The PDF says what the summary says, in letters one can select, whatever people typed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from audit.earlier import EarlierAudit
from audit.state import Note
from checklists.points import printed
from checklists.text import Text, same
from reports.brand import Brand
from reports.masking import Copy
from reports.pdf import document
from reports.pdf.blocks import Column, Words, row, table
from reports.pdf.document import PdfMissing, pdf_bytes, write_pdf
from reports.workbook import Look
from tests.builders import checklist, department, item, section, state
from tests.reports.coached import coached
from tests.reports.samples import seed_answers, seed_checklist, seed_front_desk, signed, summary_of

if TYPE_CHECKING:
    from pathlib import Path

    from audit.summary import AuditSummary
    from checklists.text import ReportLang

TYPED = r'#panic("x") $a^2$ *bold* _it_ [b] @ref \ `raw` <tag> // no /* c */ ~ --- "q" = head - list =HYPERLINK("u")'


def whole() -> AuditSummary:
    asked = seed_checklist()
    return summary_of(asked, signed(state(asked, seed_answers())))


def noted(*notes: str) -> AuditSummary:
    return replace(whole(), notes={"M1-1": tuple(Note(note, "王芳", "2026-05-12T09:00:00+00:00") for note in notes)})


def read(body: bytes) -> Any:
    from pypdf import PdfReader

    return PdfReader(BytesIO(body))


def text_of(body: bytes) -> str:
    """All of its text, without blanks and the places where a long word may be broken."""
    text = "".join(page.extract_text() for page in read(body).pages)
    return bare(text)


def bare(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_it_says_what_the_summary_says(lang: ReportLang) -> None:
    summary = whole()
    found = text_of(pdf_bytes(summary, lang))
    card = summary.scorecard
    texts = [summary.dealer, *(d.department.name for d in card.departments), summary.checklist.title]
    texts += [s.section.name for d in card.departments for s in d.sections]
    texts += [weak.statement for weak in summary.weak_items] + [reason.text for reason in card.verdict.reasons]
    for text in texts:
        for one in ("zh", "en") if lang == "both" else (lang,):
            assert bare(text.of(one).rstrip("。.")) in found, text
    for figure in (
        card.total.earned,
        *(d.earned for d in card.departments),
        *(d.pass_points for d in card.departments),
    ):
        assert figure is not None
        assert f"{figure:.2f}" in found
    assert printed(card.total.earned) in found
    assert summary.signature is not None
    assert summary.signature.code in found
    assert "田历杰" in found


def test_every_page_is_numbered_and_has_the_heads_of_its_table() -> None:
    rows = [item(f"I{n}", 5) for n in range(120)]
    asked = checklist(department("D", section("S", *rows)))
    body = pdf_bytes(summary_of(asked, state(asked, dict.fromkeys(asked.items, "2"))), "zh")
    pages = [bare(page.extract_text()) for page in read(body).pages]
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页,共{len(pages)}页" in page
    # Every page with an item has the heads of the table it stands in.
    with_items = [page for page in pages[1:] if re.search(r"I\d+isright|I\d+\(中\)|I\d+", page)]
    assert len(with_items) > 5
    assert all("满分" in page or "失分" in page or "弱项" in page or "可得分" in page for page in with_items)


def test_the_fonts_are_in_it_as_subsets() -> None:
    fonts = {}
    for page in read(pdf_bytes(whole(), "both")).pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[inner["/BaseFont"]] = inner["/FontDescriptor"].get_object()
    assert any("NotoSansCJK" in name for name in fonts)
    for name, descriptor in fonts.items():
        assert re.match(r"/[A-Z]{6}\+", name), "a whole font would be 19 MB"
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_what_was_typed_stands_as_it_was_typed() -> None:
    summary = replace(noted(TYPED), dealer=Text(TYPED, TYPED), ref="R/\\:*?")
    body = pdf_bytes(summary, "en")
    assert text_of(body).count(bare(TYPED)) >= 3
    assert TYPED in str(read(body).metadata.title)


def test_a_note_of_40000_characters_is_whole() -> None:
    chinese, latin = "".join(chr(0x4E00 + n % 2000) for n in range(40_000)), "x" * 39_000 + "END"
    body = pdf_bytes(noted(chinese, latin), "zh")
    found = text_of(body).replace("满分", "")
    assert found.count("x") >= 39_000
    for start in range(0, 40_000, 1_777):
        assert bare(chinese[start : start + 8]) in found
    assert len(body) < 3_000_000


def test_control_characters_and_letters_from_the_right() -> None:
    body = pdf_bytes(noted("a\x00b\x1b[31mc\ud800d", "שלום עולם", "مرحبا بالعالم", "tab\there\r\nnext"), "zh")
    found = text_of(body)
    assert "tabherenext" in found
    assert "ש" in found
    assert "\x1b" not in found


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_the_page_to_sign_is_one_page(lang: ReportLang) -> None:
    pages = [bare(page.extract_text()) for page in read(pdf_bytes(whole(), lang)).pages]
    assert bare({"zh": "公司盖章", "en": "Company chop", "both": "公司盖章"}[lang]) in pages[0]
    assert "0123456789ab" in pages[0]
    assert bare({"zh": "图表", "en": "Charts", "both": "图表"}[lang]) in pages[1]


def test_signs_that_no_font_has_do_no_harm() -> None:
    together = "\U0001f469\u200d\U0001f527"
    summary = noted("\U0001f600 车 \U0001f697 \u1e9e \u0e01", f"好✅\u26a0\ufe0f坏❌{together}\U0001f600")
    body = pdf_bytes(replace(summary, dealer=same("B [x] \U0001f600 Motors")), "en")
    found = text_of(body)
    assert "车" in found
    assert "好✓⚠" in found
    assert "坏✗" in found
    assert "emoji)thatnoprintingfonthas,4differentones" in found
    assert "B [x] Motors" in str(read(body).metadata.title), "no box that looks like a cross"
    assert "emoji" not in text_of(pdf_bytes(whole(), "en"))


def test_the_masked_copy_names_nobody() -> None:
    look = Look(Copy.HEADQUARTERS)
    summary = replace(noted("车主电话 13812345678，车牌 沪A12345"), evidence=())
    mine, theirs = text_of(pdf_bytes(summary, "zh")), text_of(pdf_bytes(summary, "zh", look=look))
    for known in ("13812345678", "田历杰", "李站长"):
        assert known in mine
        assert known not in theirs


def test_brand_and_partial_audit() -> None:
    from PIL import Image

    logo = BytesIO()
    Image.new("RGB", (80, 20), "#112233").save(logo, "PNG")
    brand = Brand(logo=logo.getvalue(), size=(80, 20), main="#440022", footer="某某集团 #1 & Co")
    plain = pdf_bytes(seed_front_desk(), "zh")
    own = pdf_bytes(seed_front_desk(), "zh", look=Look(brand=brand))
    assert bare("某某集团 #1 & Co") in text_of(own)
    assert len(read(own).pages[0].images) == 1
    assert not read(plain).pages[0].images
    assert "164" in text_of(plain)


def test_an_audit_without_any_answer_is_a_report_too() -> None:
    asked = checklist(department("D", section("S", item("I1"))))
    for answers in ({}, {"I1": "NA"}):
        assert len(read(pdf_bytes(summary_of(asked, state(asked, answers)), "en")).pages) >= 3


def test_the_same_summary_gives_the_same_bytes() -> None:
    assert pdf_bytes(whole(), "zh") == pdf_bytes(whole(), "zh")


def test_without_typst_a_sentence_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    old = tmp_path / "r.pdf"
    old.write_bytes(b"old")
    with pytest.raises(PdfMissing) as raised:
        write_pdf(whole(), old, "zh")
    assert "dealer-audit[pdf]" in raised.value.text.en
    assert old.read_bytes() == b"old"


def test_it_tells_how_far_it_is() -> None:
    steps: list[tuple[int, int]] = []
    pdf_bytes(seed_front_desk(), "en", lambda *step: steps.append(step))
    assert steps[-1][0] == steps[-1][1]
    assert steps == sorted(steps)


def test_the_layout_is_part_of_the_package() -> None:
    from pathlib import Path

    assert Path(document.__file__).with_name("report.typ").is_file()


def test_no_page_is_empty() -> None:
    summary = whole()
    pages = [bare(page.extract_text()) for page in read(pdf_bytes(summary, "zh")).pages]
    foot = bare(f"{summary.dealer.zh}{summary.ref}第10页,共10页")
    assert min(len(page) for page in pages) > len(foot) + 30


def test_forecast_and_route_stand_with_the_expected_effects() -> None:
    summary = coached()
    assert summary.forecast is not None
    found = text_of(pdf_bytes(summary, "en"))
    last = summary.forecast.points[-1]
    reached = summary.forecast.reached_on
    assert bare("The total by date if the improvement plan holds") in found
    assert bare(f"{printed(last[1])} in the end") in found
    assert reached is None or bare(f"on {reached}") in found
    for day, total in (summary.forecast.points[0], last):
        assert f"{day}{total:.2f}" in found
    assert bare("The route to the target") in found
    without = text_of(pdf_bytes(replace(summary, route=None, forecast=None), "en"))
    assert bare("The route to the target") not in without
    assert bare("The total by date") not in without


def test_new_or_recurring_only_beside_an_earlier_audit() -> None:
    earlier = EarlierAudit("D1-2025", "2025-01-01", Decimal(9), Decimal(20), False, True, {}, frozenset({"A1"}))
    assert "重复" not in text_of(pdf_bytes(coached(), "zh"))
    assert "新/重复" in text_of(pdf_bytes(coached(earlier=earlier), "zh"))


def test_the_contents_name_the_page_on_which_each_chapter_begins() -> None:
    pages = [bare(page.extract_text()) for page in read(pdf_bytes(whole(), "en")).pages]
    assert pages[1].startswith("Contents")
    for chapter in ("Evaluation", "Weakitems", "Coachingdirections", "About"):
        found = re.search(rf"{chapter}[.]+(\d+)", pages[1])
        assert found is not None, chapter
        assert chapter in pages[int(found[1]) - 1].replace("Contents", "")


def test_a_row_too_high_for_half_a_page_goes_on_under_its_number() -> None:
    words = Words("en")
    told = " ".join(f"sentence{n}." for n in range(400))
    made = table(words, [Column(Text("编号", "Item"), 1), Column(Text("备注", "Notes"), 3)], [row(["A1", told])])
    assert len(made["rows"]) > 1
    assert [one["cells"][0] for one in made["rows"]][:2] == ["A1", {"t": "A1", "u": "cont."}]
    assert " ".join(one["cells"][1] for one in made["rows"]) == told

"""The booklet: everything the checklist says, in three forms and two languages, with the points the rules give."""

import re
from decimal import Decimal
from html import escape
from itertools import pairwise
from typing import Any

import pytest

from audit.scoring import item_points
from checklists.catalog import load
from checklists.model import Checklist, Item
from checklists.points import pass_points, printed
from checklists.rules import Deduct, Levels, YesNo
from checklists.text import LANGS, Lang, Text, same
from reports.booklet import words
from reports.booklet.content import ORDERS, Order, booklet_of
from reports.booklet.html import booklet_html
from reports.booklet.markdown import booklet_markdown
from reports.booklet.model import PAGE, Booklet, Card, Row, Table
from reports.booklet.sheets import booklet_bytes
from reports.page import A4
from reports.visit.markdown import plain
from tests.builders import checklist, department, item, section, simple, text
from tests.reports.booklets import Page, book, every_kind, rows, shown

PAPER = 755.0
"""Points of an upright A4 page between its margins."""


@pytest.fixture(scope="module")
def dealership() -> Checklist:
    return load("dealership")


@pytest.fixture(scope="module")
def whole(dealership: Checklist) -> Booklet:
    return booklet_of(dealership, dealership.departments)


def made(of: Checklist, order: Order = "department") -> Booklet:
    return booklet_of(of, of.departments, order)


def cards(booklet: Booklet) -> list[Card]:
    return [card for chapter in booklet.chapters for group in chapter.groups for card in group.cards]


def row_of(of: Checklist, item_id: str, label: Text) -> list[str]:
    """What stands beside a label on an item's card, in English."""
    [card] = [card for card in cards(made(of)) if card.id == item_id]
    found = [part.parts for part in card.body if isinstance(part, Row) and part.label == label]
    return [part.en.replace("\u00a0", " ") for parts in found for part in parts]


def answers(asked: Item) -> list[tuple[Text, str]]:
    """Anchors of an item with the answer each stands for, where one answer gives points."""
    if isinstance(asked.rule, YesNo):
        return list(zip(asked.anchors, "ny", strict=False))
    if isinstance(asked.rule, Levels):
        return [(anchor, str(level)) for level, anchor in enumerate(asked.anchors)]
    return []


@pytest.mark.parametrize("lang", LANGS)
def test_every_form_says_all_that_the_checklist_says(dealership: Checklist, whole: Booklet, lang: Lang) -> None:
    wanted = {dealership.title, dealership.assesses}
    for asked in dealership.items.values():
        wanted |= {same(asked.id), asked.statement, asked.evidence, *asked.anchors, *asked.causes}
        wanted |= {asked.not_applicable} if asked.not_applicable else set()
        wanted |= {fault.name for fault in asked.rule.faults} if isinstance(asked.rule, Deduct) else set()
    for part in dealership.departments:
        wanted |= {part.name, *(one.name for one in part.sections)}
    used = {asked.set for asked in dealership.items.values() if asked.set}
    wanted |= {text for key in used for text in (dealership.sample_sets[key].name, dealership.sample_sets[key].drawn)}
    for kpi in dealership.kpis.values():
        wanted |= {kpi.name, kpi.formula, *(one.name for one in kpi.series.values())}
    for question in dealership.questions.values():
        wanted |= {question[1].ask, question[1].good}
    for way in dealership.directions.values():
        wanted |= {way.name, way.cures, way.first_step, way.effect, *(step.do for step in way.steps)}
    for form, said in shown(whole, lang).items():
        missing = [text.of(lang) for text in wanted if text.of(lang) not in said]
        assert not missing, f"{form}: {missing[:5]}"


@pytest.mark.parametrize("lang", LANGS)
def test_every_anchor_and_fault_stands_beside_its_points(dealership: Checklist, whole: Booklet, lang: Lang) -> None:
    sheet = {tuple(map(str, row[-2:])) for row in rows(whole, lang)}
    lines = {tuple(line.split(" | ")[-2:]) for line in booklet_markdown(whole, lang).splitlines()}
    listed = set(booklet_markdown(whole, lang).splitlines())
    page = booklet_html(whole, lang)
    for asked in dealership.items.values():
        for anchor, answer in answers(asked):
            points = item_points(asked, answer)
            said = anchor.of(lang)
            assert (said, _number(points)) in sheet, (asked.id, answer)
            assert (plain(said), f"{printed(points)} |") in lines, (asked.id, answer)
            assert f'<td>{escape(said)}</td><td class="number">{printed(points)}</td>' in page, (asked.id, answer)
        for fault in asked.rule.faults if isinstance(asked.rule, Deduct) else ():
            name = fault.name.of(lang)
            assert fault.points is not None
            assert (name, _number(fault.points)) in sheet
            assert f"| {plain(name)} | {printed(fault.points)} |  |  |" in listed
            assert f'<td>{escape(name)}</td><td class="number">{printed(fault.points)}</td>' in page


def _number(points: Any) -> str:
    """A number as openpyxl reads it."""
    return str(int(points)) if points == int(points) else str(float(points))


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_of_points_holds_numbers_that_add_up(dealership: Checklist, whole: Booklet, lang: Lang) -> None:
    lines = rows(whole, lang)
    figures = {
        line[0]: line[1:] for line in lines if len(line) == 4 and all(isinstance(x, int | float) for x in line[1:])
    }
    for part in dealership.departments:
        names = [f"{one.id} {one.name.of(lang)}" for one in part.sections]
        assert figures[part.name.of(lang)] == [len(list(part.items)), float(part.points), float(part.pass_points)]
        for one, name in zip(part.sections, names, strict=True):
            needed = float(pass_points(one.pass_rate, one.points))
            assert figures[name] == [len(one.items), float(one.points), needed]
        assert sum(figures[name][1] for name in names) == float(part.points)
    assert sum(figures[part.name.of(lang)][1] for part in dealership.departments) == float(dealership.total)
    said = "\n".join(str(value) for line in lines for value in line)
    assert all(f"{asked.id} ______ /{printed(asked.points)}" in said for asked in dealership.items.values())


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_has_each_item_once(dealership: Checklist, order: Order) -> None:
    booklet = made(dealership, order)
    found = [card.id for card in cards(booklet) if card.id in dealership.items]
    assert sorted(found) == sorted(dealership.items)
    if order == "department":
        assert found == list(dealership.items)


def test_walking_follows_the_places_then_the_departments(dealership: Checklist) -> None:
    found = [dealership.items[card.id] for card in cards(made(dealership, "place")) if card.id in dealership.items]
    places, ids = list(dealership.places), list(dealership.items)
    keys = [(places.index(i.place), ids.index(i.id)) for i in found]
    assert keys == sorted(keys)
    methods = list(dealership.methods)
    found = [dealership.items[card.id] for card in cards(made(dealership, "method")) if card.id in dealership.items]
    keys = [(methods.index(i.method), places.index(i.place)) for i in found]
    assert keys == sorted(keys)


def test_one_department_takes_only_what_belongs_to_it(dealership: Checklist) -> None:
    part = dealership.department("warranty")
    assert part is not None
    booklet = booklet_of(dealership, [part])
    found = {card.id for card in cards(booklet)}
    own = {asked.id for asked in part.items}
    assert found & set(dealership.items) == own
    assert found & set(dealership.sample_sets) == {i.set for i in part.items if i.set}
    assert found >= {i.direction for i in part.items}
    said = booklet_markdown(booklet, "en")
    assert "the total carries no verdict" in said
    assert "the total carries no verdict" not in booklet_markdown(made(dealership), "en")
    assert f"{printed(part.points)} of the checklist's {printed(dealership.total)} points" in said


@pytest.mark.parametrize(
    ("item_id", "sentence", "figures"),
    [
        ("A1", "Tick one level.", None),
        ("A2", "Yes gives 4 points, no gives 0.", None),
        (
            "A3",
            (
                "From record sheet orders, 4 records. 0 points when 50% or less conform, all 7 when all conform, "
                "a straight line between: 7 points × (share conforming − 50%) ÷ 50%."
            ),
            ["0–2: 0", "3: 3.50", "4: 7"],
        ),
        ("A4", "Check 3. 4 points × conforming ÷ checked.", ["0: 0", "1: 1.33", "2: 2.67", "3: 4"]),
        (
            "A5",
            "From 10 points, each fault found costs what the table says, not below 0; note the place of each.",
            None,
        ),
        (
            "B1",
            "Taken from KPI K1. 75% or less gives 0 points, 90% or more all 6, a straight line between.",
            ["75%: 0", "78%: 1.20", "81%: 2.40", "84%: 3.60", "87%: 4.80", "90%: 6"],
        ),
        ("B2", "Tick the band the value lies in.", None),
        ("B3", "Check every one there is. 6 points × conforming ÷ checked.", None),
        ("B4", "Observe 2 times and note a level each; 6 points × the mean of their shares.", None),
    ],
)
def test_rules_in_words_and_figures(item_id: str, sentence: str, figures: list[str] | None) -> None:
    of = every_kind()
    assert row_of(of, item_id, words.SCORING) == [sentence]
    size = of.sample_size(of.items[item_id])
    label = words.BY_VALUE if item_id == "B1" else words.BY_COUNT.format(size=size)
    assert row_of(of, item_id, label) == (figures or [])


MEASURES: list[tuple[dict[str, Any], str]] = [
    (
        {"zero_at": "10", "full_at": "3"},
        "10 days or more gives 0 points, 3 days or less all 6, a straight line between.",
    ),
    (
        {"zero_below": "5", "full_from": "8", "full_to": "15", "zero_above": "20"},
        (
            "8 days to 15 days gives all 6 points; 5 days or less and 20 days or more give 0; "
            "a straight line on either side."
        ),
    ),
    (
        {"steps": {"start": "100", "per": "1", "take": "3"}},
        "From 6 points, 3 off for every 1 days below 100 days (whole steps only), not below 0.",
    ),
    (
        {"steps": {"start": "0", "per": "2", "give": "1.5", "better": "lower", "count": "proportional"}},
        "From 0 points, 1.5 more for every 2 days below 0 days (parts of a step in proportion), at most 6.",
    ),
]


@pytest.mark.parametrize(("limits", "sentence"), MEASURES)
def test_limits_of_measures_in_words(limits: dict[str, Any], sentence: str) -> None:
    rule = {"kind": "measure", "unit": {"zh": "天", "en": "days"}, **limits}
    assert row_of(checklist(department("D", section("S", item("I1", 6, rule)))), "I1", words.SCORING) == [sentence]


def test_a_value_against_a_plan_has_lines_for_both() -> None:
    rule = {"kind": "measure", "unit": "cars", "zero_at": "60", "full_at": "100", "of_plan": True}
    of = checklist(department("D", section("S", item("I1", 6, rule))))
    assert row_of(of, "I1", words.ANSWER) == ["actual ________", "plan ________", "share of plan ________%"]
    assert row_of(of, "I1", words.SCORING)[0].startswith(
        "The value is the actual figure in percent of the plan. 60% or"
    )


def test_boxes_for_what_is_checked() -> None:
    of = every_kind()
    counts = ["conforming ________", "checked ________"]
    assert row_of(of, "A4", words.ANSWER) == ["1 □", "2 □", "3 □", *counts]
    assert row_of(of, "A3", words.ANSWER) == counts
    assert row_of(of, "B3", words.ANSWER) == counts
    assert row_of(of, "B4", words.ANSWER) == ["no. 1 ________", "no. 2 ________"]
    assert row_of(of, "A4", words.CAUSES) == ["□ 1 cause 1", "□ 2 cause 2"]
    states = row_of(of, "B3", words.STATES)
    assert states[0] == "□ not applicable: no body shop"
    assert row_of(of, "A1", words.STATES)[0] == "not applicable: always applies"
    assert states[2] == "no data: □ not kept  □ not shown  □ the system cannot  □ the brand withholds it"


CRITICAL: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"kind": "levels", "top": 5}, {"below": "0.5"}, "at level 0 or 1 or 2"),
    ({"kind": "levels", "top": 5}, {}, "at level 0"),
    ({"kind": "levels", "top": 5, "observations": 3}, {"below": "0.5"}, "below 5 points"),
    ({"kind": "yes_no"}, {}, "when the answer is no"),
    ({"kind": "sample"}, {"below": "1", "min_failed": 1}, "as soon as one does not conform"),
    ({"kind": "sample"}, {"below": "0.5"}, "when fewer than 50% conform, with at least 2 that do not"),
    ({"kind": "sample"}, {"min_failed": 1, "min_checked": 5}, "when none conforms, of at least 5 checked"),
    ({"kind": "measure", "unit": "%", "zero_at": "0", "full_at": "9"}, {"at_most": "0.2"}, "at 2 points or less"),
]


@pytest.mark.parametrize(("rule", "critical", "when"), CRITICAL)
def test_when_a_critical_item_fails(rule: dict[str, Any], critical: dict[str, Any], when: str) -> None:
    of = checklist(department("D", section("S", item("I1", 10, rule, critical=critical))))
    assert row_of(of, "I1", Text("关键项", "Critical")) == [f"Failed {when}, or when nothing can be shown."]
    for said in shown(made(of), "zh").values():
        assert "即判关键项不合格" in said


def test_bands_and_measured_faults_have_their_points() -> None:
    tables = {
        card.id: [line.cells for part in card.body if isinstance(part, Table) for line in part.lines]
        for card in cards(made(every_kind()))
    }
    bands = [(cells[1], cells[-1]) for cells in tables["B2"]]
    assert [(name.en if isinstance(name, Text) else name, points) for name, points in bands] == [
        ("below 2 turns", 0),
        ("2 turns to below 4 turns", Decimal("1.5")),
        ("4 turns or more", 3),
    ]
    late, short = tables["A5"]
    assert late[1] == Decimal("2.5")
    assert isinstance(short[1], Text)
    assert short[1].en == "3 off for every 1% below 100% (a started step counts as one)"


@pytest.mark.parametrize("lang", LANGS)
def test_what_stands_behind_the_items(lang: Lang) -> None:
    booklet = made(every_kind(profiles={"city": {"front": 2, "shop": 1}}))
    ids = [chapter.id for chapter in booklet.chapters]
    assert ids == [
        *("how-to", "points", "department-front", "department-shop", "bonus"),
        *("record-sheets", "interviews", "kpis", "directions"),
    ]
    expected = {
        "zh": ["ask Q1（中）", "必问", "≥ 计划的 95%", "K1 fill rate（中） +5 个百分点", "2.5 天", "1. do this（中）"],
        "en": ["ask Q1", "Must", "target ≥ 95% of plan", "K1 fill rate +5 percentage points", "2.5 days", "1. do this"],
    }[lang]
    for form, said in shown(booklet, lang).items():
        for words_of in (*expected, "5S"):
            assert words_of in said, form
        assert "profile city" in said or "方案 city" in said
    [sheet] = [card for card in cards(booklet) if card.id == "orders"]
    grid = [part for part in sheet.body if isinstance(part, Table) and part.open]
    assert [len(table.lines) for table in grid] == [4 + 1]
    assert [column.head.en for column in grid[0].columns] == ["Record", "A3", "Remarks"]


def test_a_set_of_many_items_takes_several_sheets() -> None:
    many = [item(f"S{n}", 1, {"kind": "sample"}, set="orders") for n in range(25)]
    of = checklist(
        department("D", section("S", *many)),
        sample_sets={"orders": {"name": text("o"), "size": 200, "period": text("p"), "drawn": text("d")}},
    )
    [sheet] = [card for card in cards(made(of)) if card.id == "orders"]
    grids = [part for part in sheet.body if isinstance(part, Table) and part.open]
    heads = [column.head.en for table in grids for column in table.columns]
    assert [head for head in heads if head.startswith("S")] == [f"S{n}" for n in range(25)]
    assert {len(table.lines) for table in grids} == {61}
    assert "This sheet has 60 lines; copy it as needed." in shown(made(of), "en")["md"]


def test_a_small_checklist_leaves_out_what_it_has_not() -> None:
    booklet = made(simple(5, 5))
    assert [chapter.id for chapter in booklet.chapters] == ["how-to", "points", "department-D", "directions"]
    how_to = {row.label.en for row in booklet.chapters[0].body if isinstance(row, Row)}
    assert "Levels" in how_to
    assert not how_to & {"Yes or no", "Sample", "Measure", "Faults", "Bonus", "Weights", "Grades"}
    for lang in LANGS:
        assert all("I2" in said for said in shown(booklet, lang).values())


def test_tables_are_as_wide_as_the_page(whole: Booklet) -> None:
    tables = [
        part
        for chapter in whole.chapters
        for part in (*chapter.body, *(p for group in chapter.groups for card in group.cards for p in card.body))
        if isinstance(part, Table)
    ]
    assert {sum(column.width for column in table.columns) for table in tables} == {PAGE}
    assert all(column.width > 0 for table in tables for column in table.columns)


NASTY = [
    '=HYPERLINK("http://x")',
    "<script>alert('x')</script>",
    '</style><b>x</b> & "y"',
    "# head",
    "1. one",
    "a|b",
    "*x* _y_ `z`",
    "l1\nl2",
    "\x07\u202e bell",
]


@pytest.mark.parametrize("nasty", NASTY)
def test_what_an_author_wrote_is_never_a_sign_of_any_form(nasty: str) -> None:
    said = same(nasty)
    nastier = {"statement": said, "evidence": said, "causes": [said], "not_applicable": said, "anchors": [said, said]}
    of = checklist(
        department("D", section("S", item("I1", 5, {"kind": "yes_no"}, **nastier), name=said), name=said),
        title=said,
        assesses=said,
        places={"bays": {"name": said}},
    )
    for order in ORDERS:
        booklet = made(of, order)
        page = Page(booklet_html(booklet, "en"))
        assert not {"script", "b", "img"} & set(page.tags)
        assert not any(name.startswith("on") or name == "src" for name, _ in page.attributes)
        assert all(value is None or value.startswith("#") for name, value in page.attributes if name == "href")
        lines = booklet_markdown(booklet, "en").splitlines()
        assert sum(line.startswith("# ") for line in lines) == 1
        assert not any(re.search(r"(?<!\\)[<`]", line) for line in lines[1:])
        assert all(line.endswith("|") for line in lines if line.startswith("|"))
        types = {cell.data_type for sheet in book(booklet, "en") for row in sheet.iter_rows() for cell in row}
        assert types <= {"s", "n"}
        if nasty.isprintable():
            assert nasty in "".join(page.texts)
            assert nasty in [value for row in rows(booklet, "en") for value in row]


def test_the_page_needs_nothing_from_anywhere_and_says_its_language(whole: Booklet) -> None:
    for lang, tag in (("zh", "zh-Hans"), ("en", "en-GB")):
        page = Page(booklet_html(whole, "zh" if lang == "zh" else "en"))
        assert ("lang", tag) in page.attributes
        assert not {"link", "script", "img", "iframe"} & set(page.tags)
        anchors = {value for name, value in page.attributes if name == "id"}
        assert {f"#{anchor}" for anchor in anchors} == {value for name, value in page.attributes if name == "href"}
        assert "url(" not in booklet_html(whole, "zh")
        assert "break-inside: avoid" in booklet_html(whole, "en")


@pytest.mark.parametrize("lang", LANGS)
def test_the_workbook_prints_on_upright_a4_and_splits_no_card(dealership: Checklist, lang: Lang) -> None:
    part = dealership.department("service-manager")
    assert part is not None
    for sheet in book(booklet_of(dealership, [part]), lang):
        assert int(sheet.page_setup.paperSize) == A4
        assert sheet.page_setup.orientation != "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        breaks = [0, *(one.id for one in sheet.row_breaks.brk), sheet.max_row]
        heights = [sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1)]
        assert max(heights) <= 409.5
        assert all(sum(heights[first:last]) <= PAPER for first, last in pairwise(breaks)), sheet.title
        if sheet.title == part.name.of(lang):
            starts = {str(sheet.cell(first + 1, 1).value).split()[0] for first in breaks[1:-1]}
            assert starts <= {*dealership.items, *(one.id for one in part.sections)}


def test_no_text_is_cut_however_long() -> None:
    long = same(" ".join(f"word{n}" for n in range(900)))
    of = checklist(department("D", section("S", item("I1", 5, evidence=long), item("I2", 5))))
    sheet = book(made(of), "en")["D"]
    [place] = [c for row in sheet.iter_rows() for c in row if c.value == long.en]
    [span] = [found for found in sheet.merged_cells.ranges if place.coordinate in found]
    height = sum(sheet.row_dimensions[row].height for row in range(span.min_row, span.max_row + 1))
    # Its 900 words of about 8 characters take at least 70 lines of 100.
    assert height > 70 * 14
    assert max(sheet.row_dimensions[row].height for row in range(span.min_row, span.max_row + 1)) <= 409


def test_sheets_get_names_that_excel_takes() -> None:
    names = ["A/B: [x]*?", "a b x", "Cover", "x" * 50, "x" * 60, "History"]
    parts = [department(f"D{n}", section(f"S{n}", item(f"I{n}")), name=same(name)) for n, name in enumerate(names)]
    titles = book(made(checklist(*parts)), "en").sheetnames
    assert len({title.casefold() for title in titles}) == len(titles) == len(names) + 4
    assert all(0 < len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)


def test_the_same_checklist_gives_the_same_bytes() -> None:
    of = every_kind()
    assert booklet_bytes(made(of), "zh") == booklet_bytes(made(of), "zh")
    assert booklet_bytes(made(of), "zh") != booklet_bytes(made(of), "en")

"""The packaged checklist: the figures of seed 003 and of the subject notes, and two languages that stand alone."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import checklists
from checklists.compile import compile_folder
from checklists.model import Checklist
from checklists.rules import Levels, Measure, Sample
from checklists.text import LANGS, Lang, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(checklists.__file__).parent / "data" / "dealership"


@pytest.fixture(scope="module")
def dealership() -> Checklist:
    compiled = compile_folder(FOLDER)
    assert [issue.sentence.en for issue in compiled.findings] == []
    assert compiled.checklist is not None
    return compiled.checklist


def test_points_and_pass_marks_are_those_of_the_seed(dealership: Checklist) -> None:
    assert {d.id: (d.points, d.pass_points) for d in dealership.departments} == {
        "front-desk": (330, 231),
        "workshop": (290, 203),
        "parts": (150, 105),
        "warranty": (50, 35),
        "customer-care": (140, 98),
        "service-manager": (40, 28),
    }
    assert dealership.total == 1000
    assert dealership.pass_rate * 1000 == 700
    front = dealership.departments[0]
    assert [s.points for s in front.sections] == [195, 62, 28, 11, 24, 10]


def test_it_has_two_hundred_items_and_no_grades(dealership: Checklist) -> None:
    assert len(dealership.items) == 200
    assert dealership.grades == ()
    assert sum((item.points for item in dealership.items.values()), Decimal(0)) == 1000


def test_critical_items(dealership: Checklist) -> None:
    critical = [item.id for item in dealership.items.values() if item.critical]
    expected = "FD21 FD28 FD49 WS13 WS27 WS29 WS32 WS33 WS34 CL03 GM04 GM14 CS07"
    assert sorted(critical) == sorted(expected.split())
    assert dealership.critical_policy == "report"


def test_kpi_bindings(dealership: Checklist) -> None:
    bound = {item.id: item.kpi for item in dealership.items.values() if item.kpi}
    expected = (
        "FD52 K02, WS17 K28, WS39 K31, PT02 K37, PT04 K34, PT05 K36, PT09 K33, CL07 K39, CL08 K40, CS02 K43, "
        "CS19 K10, GM06 K49, GM11 K22"
    )
    assert bound == dict(pair.split() for pair in expected.split(", "))


def test_the_front_desks_kpis_want_the_five_hundred_points_of_the_seed(dealership: Checklist) -> None:
    front = [kpi for kpi in dealership.kpis.values() if kpi.department == "front-desk"]
    assert sum(kpi.points_wanted for kpi in front) == 500
    assert len({kpi.category for kpi in front}) == 7
    assert all(kpi.missing for kpi in front)
    assert {own_id for own_id, kpi in dealership.kpis.items() if kpi.pass_level and not kpi.missed} == {"K23"}


def test_a_kpi_that_answers_an_item_has_its_unit(dealership: Checklist) -> None:
    for item in dealership.items.values():
        if item.kpi in dealership.kpis:
            assert isinstance(item.rule, Measure)
            assert item.rule.unit == dealership.kpis[item.kpi].unit


def test_series_keep_their_order(dealership: Checklist) -> None:
    again = Checklist.from_canonical(dealership.canonical)
    for own_id, kpi in dealership.kpis.items():
        assert list(again.kpis[own_id].series) == list(kpi.series)
    assert again.kpis["K10"].value_series == ("kept", "visits")


def test_an_item_of_a_set_takes_the_sets_size(dealership: Checklist) -> None:
    from_sets = [item for item in dealership.items.values() if item.set]
    assert len(from_sets) > 20
    for item in from_sets:
        assert isinstance(item.rule, Sample | Levels)
        asked = item.rule.size if isinstance(item.rule, Sample) else item.rule.observations
        assert asked == dealership.sample_size(item) == dealership.sample_sets[item.set or ""].size
    assert isinstance(dealership.items["CS04"].rule, Levels)


def test_units_read_well_in_both_languages(dealership: Checklist) -> None:
    for item in dealership.items.values():
        if isinstance(item.rule, Measure) and item.rule.unit.en != "%":
            assert re.search("[一-鿿]", item.rule.unit.zh), item.id
            assert item.rule.unit.en.isascii(), item.id


def _texts(of: Checklist) -> Iterator[Text]:
    for item in of.items.values():
        texts = (item.statement, item.weak, item.evidence, item.no_data, item.first_step, item.not_applicable)
        yield from (text for text in (*texts, *item.anchors) if text is not None)
    for kpi in of.kpis.values():
        yield from (text for text in (kpi.formula, kpi.missed, kpi.missing) if text is not None)
    for way in of.directions.values():
        texts = (way.cures, way.first_step, way.effect, way.training, way.proof, way.suits)
        yield from (text for text in (*texts, *(step.do for step in way.steps)) if text is not None)
    for _, question in of.questions.values():
        yield from (question.ask, question.good)


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_items_or_kpis_share_a_sentence(dealership: Checklist, lang: Lang) -> None:
    ends = r"[。！？；]\s*" if lang == "zh" else r"(?<=[.!?;])\s+"
    sentences = Counter(
        sentence.strip(" .;。；").casefold()
        for text in _texts(dealership)
        for sentence in set(re.split(ends, text.of(lang)))
        if sentence.strip(" .;。；")
    )
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


def test_every_direction_cures_something(dealership: Checklist) -> None:
    used = {item.direction for item in dealership.items.values()}
    assert "".join(sorted(dealership.directions)) == "ABCDEFGHIJKLMN"
    assert used <= set(dealership.directions)


def test_its_texts_are_in_their_languages_and_have_no_braces_left(dealership: Checklist) -> None:
    for text in _texts(dealership):
        assert re.search("[一-鿿]", text.zh), text
        assert not re.search("[一-鿿]", text.en), text
        assert "{" not in text.zh + text.en, text


def test_the_canonical_form_is_read_back_unchanged(dealership: Checklist) -> None:
    again = Checklist.from_canonical(dealership.canonical)
    assert again == dealership
    assert again.canonical == dealership.canonical


def test_nothing_stands_in_one_language_only_and_nothing_is_warned_of(dealership: Checklist) -> None:
    compiled = compile_folder(Path(checklists.__file__).parent / "data" / "dealership")
    assert compiled.issues == ()
    assert all(text.zh.strip() and text.en.strip() and text.zh != text.en for text in _texts(dealership))


def test_every_item_says_what_is_found_at_each_level_and_why_points_are_lost(dealership: Checklist) -> None:
    for item in dealership.items.values():
        assert len(item.anchors) == len(item.anchor_shares), item.id
        assert 3 <= len(item.causes) <= 9, item.id
        assert not item.requires or item.not_applicable, item.id


def test_every_direction_can_be_pasted_into_a_plan(dealership: Checklist) -> None:
    for way in dealership.directions.values():
        assert len(way.steps) >= 4
        assert way.training is not None
        assert way.proof is not None
        assert way.suits is not None
        assert way.moves
        assert way.effort_days is not None
        assert way.effort_days >= sum(step.days for step in way.steps)


def test_nine_roles_have_three_questions_that_must_be_asked_and_up_to_six_more(dealership: Checklist) -> None:
    assert len(dealership.guides) == 9
    for guide in dealership.guides.values():
        assert sum(question.must for question in guide) == 3
        assert 3 < len(guide) <= 9
        assert all(question.items or question.kpis for question in guide)

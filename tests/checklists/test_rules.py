from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from checklists.points import round_points
from checklists.reading import UnreadableAnswer
from checklists.rules import Rule
from checklists.scales import band_faults
from tests.builders import text

ADAPTER: TypeAdapter[Any] = TypeAdapter(Rule)


def rule(kind: str, **parameters: Any) -> Any:
    return ADAPTER.validate_python({"kind": kind, **parameters})


def points(of: Any, typed: str, maximum: str | int) -> str:
    return str(round_points(of.earn(of.read(typed), Decimal(maximum))))


def fault(fault_id: str, zh: str, **how: Any) -> dict[str, Any]:
    return {"id": fault_id, "name": {"zh": zh, "en": fault_id.title()}, **how}


PERCENT = {"unit": "%"}
LOT_RATE = {"start": "100", "per": "1", "take": "3"}
"""Seed 003, supplier quality: 60 points, 3 less for each 1 % of the lot pass rate below 100."""
PRICE_BANDS = [
    {"to": "1", "take": "0"},
    {"from": "1", "to": "3", "take": "15"},
    {"from": "3", "to": "6", "take": "30"},
    {"from": "6", "take": "50"},
]
"""Seed 003, price: 1-2 % dearer -15, 3-5 % -30, 6-10 % -50, with the gaps between and above closed."""


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [("y", "y"), ("Y", "y"), ("ｙ", "y"), ("是", "y"), ("1", "y"), ("n", "n"), ("Ｎ", "n"), ("否", "n"), (" no ", "n")],
)
def test_yes_and_no_as_people_type_them(typed: str, canonical: str) -> None:
    assert rule("yes_no").read(typed) == canonical


def test_yes_no_is_all_or_nothing() -> None:
    assert points(rule("yes_no"), "是", 6) == "6.00"
    assert points(rule("yes_no"), "否", 6) == "0.00"


@pytest.mark.parametrize(
    ("typed", "canonical", "of_ten"),
    [
        ("4", "4", "8.00"),
        ("４", "4", "8.00"),
        ("4 3 5", "4 3 5", "8.00"),
        ("４、３、５", "4 3 5", "8.00"),
        ("1,0", "1 0", "1.00"),
    ],
)
def test_levels(typed: str, canonical: str, of_ten: str) -> None:
    five = rule("levels", top="5")
    assert five.read(typed) == canonical
    assert points(five, typed, 10) == of_ten


def test_three_levels_are_nothing_half_and_full() -> None:
    three = rule("levels", top="2")
    assert [points(three, level, 3) for level in "012"] == ["0.00", "1.50", "3.00"]


def test_levels_may_have_shares_of_their_own() -> None:
    assert points(rule("levels", shares=["0", "30 %", "1"]), "1", 10) == "3.00"


@pytest.mark.parametrize("typed", ["6", "4/5", "43", "", "four", "-1", "٣", "1.0"])
def test_what_is_no_level_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableAnswer, match="no level from 0 to 5"):
        rule("levels", top=5).read(typed)


@pytest.mark.parametrize(
    ("typed", "maximum", "earned"),
    [("7/9", 5, "3.89"), ("5/24", 3, "0.63"), ("8/10", 10, "8.00"), ("８／１０", 10, "8.00"), ("8 of 10", 10, "8.00")],
)
def test_samples_earn_their_share(typed: str, maximum: int, earned: str) -> None:
    assert points(rule("sample"), typed, maximum) == earned


@pytest.mark.parametrize(
    ("typed", "earned"),
    [("16/20", "0.00"), ("15/20", "0.00"), ("19/20", "10.00"), ("20/20", "10.00"), ("35/40", "5.00")],
)
def test_a_sample_with_zero_at_80_and_full_at_95(typed: str, earned: str) -> None:
    assert points(rule("sample", zero_at="0.80", full_at="0.95"), typed, 10) == earned


def test_one_failing_lift_earns_nothing() -> None:
    lifts = rule("sample", all_or_nothing=True)
    assert points(lifts, "7/8", 7) == "0.00"
    assert points(lifts, "8/8", 7) == "7.00"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("0/0", "checked nothing"),
        ("11/10", "more conforming than checked"),
        ("8", "no sample"),
        ("8/10/2", "no sample"),
        ("a/10", "no number"),
        ("-1/10", "whole number"),
        ("1.5/10", "whole number"),
        ("8/1,000", "ambiguous"),
    ],
)
def test_what_is_no_sample_is_refused(typed: str, why: str) -> None:
    with pytest.raises(UnreadableAnswer, match=why):
        rule("sample").read(typed)


@pytest.mark.parametrize(("typed", "earned"), [("60", "0.00"), ("72", "30.00"), ("100", "100.00"), ("40", "0.00")])
def test_seed_001_target_60_with_two_and_a_half_points_above(typed: str, earned: str) -> None:
    as_line = rule("measure", **PERCENT, zero_at="60", full_at="100")
    as_steps = rule("measure", **PERCENT, steps={"start": "60", "per": "1", "give": "2.5", "count": "proportional"})
    assert points(as_line, typed, 100) == earned
    assert points(as_steps, typed, 100) == earned


@pytest.mark.parametrize(
    ("count", "earned"),
    [
        ("whole", {"93 %": "39.00", "80": "0.00", "50": "0.00", "92.5": "39.00", "100": "60.00"}),
        ("started", {"93 %": "39.00", "80": "0.00", "50": "0.00", "92.5": "36.00", "100": "60.00"}),
        ("proportional", {"93 %": "39.00", "80": "0.00", "50": "0.00", "92.5": "37.50", "100": "60.00"}),
    ],
)
def test_seed_003_lot_pass_rate(count: str, earned: dict[str, str]) -> None:
    lots = rule("measure", **PERCENT, steps={**LOT_RATE, "count": count})
    assert {typed: points(lots, typed, 60) for typed in earned} == earned


def test_seed_003_late_deliveries_take_25_each() -> None:
    late = rule("deduct", faults=[fault("late", "迟交", points="25"), fault("attitude", "态度", points="10")])
    assert [points(late, typed, 100) for typed in ("0", "late=1", "late=4", "late=9")] == [
        "100.00",
        "75.00",
        "0.00",
        "0.00",
    ]
    assert points(late, "late=2 attitude=1", 100) == "40.00"


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("late=2@bay 3 attitude=1", "late=2@bay 3 attitude=1"),
        ("迟交=1，态度=1", "late=1 attitude=1"),
        ("late = 1 @ Bay A-3; attitude=1", "late=1@Bay A-3 attitude=1"),
        ("late=1@bay 3 late=1@bay 5", "late=1@bay 3 late=1@bay 5"),
        ("ｌａｔｅ＝２", "late=2"),
        ("none", "0"),
        ("无", "0"),
    ],
)
def test_faults_carry_their_place(typed: str, canonical: str) -> None:
    late = rule("deduct", faults=[fault("late", "迟交", points="25"), fault("attitude", "态度", points="10")])
    assert late.read(typed) == canonical
    assert late.read(canonical) == canonical


def test_fault_names_may_have_blanks_and_signs_and_are_read_whole() -> None:
    lane = rule(
        "deduct",
        faults=[
            fault("late", "迟交、拖延", points="2"),
            {"id": "sign", "name": {"zh": "缺失、破损", "en": "Late sign"}, "points": "1"},
        ],
    )
    assert lane.read("late sign=2@gate Late=1") == "sign=2@gate late=1"
    assert lane.read("缺失、破损=1、迟交、拖延=2") == "sign=1 late=2"


def test_the_same_fault_twice_needs_two_places() -> None:
    late = rule("deduct", faults=[fault("late", "迟交", points="25")])
    with pytest.raises(UnreadableAnswer, match="twice"):
        late.read("late=1 late=1")
    assert late.read("late=1@3 late=1@5") == "late=1@3 late=1@5"


@pytest.mark.parametrize("typed", ["93²", "8/10²", "没有", "8之10"])
def test_what_might_mean_something_else_is_refused(typed: str) -> None:
    late = rule("deduct", faults=[fault("late", "迟交", points="25")])
    for of in (rule("measure", **PERCENT, zero_at=0, full_at=100), rule("sample"), rule("yes_no"), late):
        with pytest.raises(UnreadableAnswer):
            of.read(typed)


@pytest.mark.parametrize("typed", ["latte=1", "late", "late=x", "late=-1", "late=1.5", "2", "", "note late=2"])
def test_what_names_no_fault_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableAnswer):
        rule("deduct", faults=[fault("late", "迟交", points="25")]).read(typed)


@pytest.mark.parametrize(
    ("dearer", "earned"),
    [("0.5", "100.00"), ("1", "85.00"), ("2 %", "85.00"), ("3", "70.00"), ("6", "50.00"), ("30", "50.00")],
)
def test_seed_003_price_bands_once_closed(dearer: str, earned: str) -> None:
    as_measure = rule("measure", **PERCENT, bands=PRICE_BANDS)
    as_fault = rule("deduct", faults=[fault("dearer", "高出", bands=PRICE_BANDS, unit="%")])
    assert points(as_measure, dearer, 100) == earned
    assert points(as_fault, f"dearer={dearer}", 100) == earned


def test_the_seeds_price_bands_as_written_have_gaps() -> None:
    written = [(Decimal(1), Decimal(2)), (Decimal(3), Decimal(5)), (Decimal(6), Decimal(10))]
    assert [(kind, low, high) for kind, low, high in band_faults(list(written))] == [
        ("gap", None, Decimal(1)),
        ("gap", Decimal(2), Decimal(3)),
        ("gap", Decimal(5), Decimal(6)),
        ("gap", Decimal(10), None),
    ]


def test_overlapping_and_empty_bands_are_found() -> None:
    assert band_faults([(None, Decimal(5)), (Decimal(4), None)]) == [("overlap", Decimal(4), Decimal(5))]
    assert ("empty", Decimal(5), Decimal(5)) in band_faults(
        [(None, Decimal(5)), (Decimal(5), Decimal(5)), (Decimal(5), None)]
    )


@pytest.mark.parametrize(
    ("typed", "earned"),
    [
        ("5", "0.00"),
        ("7", "2.00"),
        ("9", "4.00"),
        ("12", "4.00"),
        ("15", "4.00"),
        ("17.5", "2.00"),
        ("20", "0.00"),
        ("0", "0.00"),
        ("99", "0.00"),
    ],
)
def test_a_target_band_with_two_flanks(typed: str, earned: str) -> None:
    load = rule("measure", unit={"zh": "台", "en": "ROs"}, zero_below="5", full_from="9", full_to="15", zero_above="20")
    assert points(load, typed, 4) == earned
    assert points(load, f"{typed} 台", 4) == earned
    assert points(load, f"{typed} ROs", 4) == earned


def test_less_is_better_when_zero_lies_above_full() -> None:
    urgent = rule("measure", **PERCENT, zero_at="25", full_at="10")
    assert [points(urgent, typed, 6) for typed in ("8", "10", "17.5", "25", "60")] == [
        "6.00",
        "6.00",
        "3.00",
        "0.00",
        "0.00",
    ]


def test_a_share_of_a_whole_lies_between_0_and_100() -> None:
    reached = rule("measure", **PERCENT, zero_at=50, full_at=80)
    for typed in ("150", "930", "-1"):
        with pytest.raises(UnreadableAnswer, match="no percentage"):
            reached.read(typed)
    assert rule("measure", **PERCENT, zero_at=60, full_at=100).read("105") == "105"


def test_limits_may_be_a_share_of_the_plan() -> None:
    plan = rule("measure", **PERCENT, zero_at="60", full_at="100", of_plan=True)
    assert points(plan, "80/100", 10) == "5.00"
    assert points(plan, "４５ / ５０", 10) == "7.50"
    for typed in ("80", "80/0", "80/-1", "1/2/3"):
        with pytest.raises(UnreadableAnswer):
            plan.read(typed)


@pytest.mark.parametrize("typed", ["1,234", "12,345.6", "1,000"])
def test_a_comma_before_exactly_three_digits_is_ambiguous(typed: str) -> None:
    with pytest.raises(UnreadableAnswer, match="ambiguous"):
        rule("measure", **PERCENT, zero_at=0, full_at=100).read(typed)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [("92,5", "92.5"), ("９３％", "93"), ("93 %", "93"), ("+3", "3"), ("007", "7"), ("93.50", "93.5")],
)
def test_numbers_as_people_type_them(typed: str, canonical: str) -> None:
    assert rule("measure", **PERCENT, zero_at=0, full_at=100).read(typed) == canonical


@pytest.mark.parametrize("typed", ["", "%", "93 d", "1e5", "nan", "inf", "1 2", "9" * 40, "--3", "1.2.3"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableAnswer):
        rule("measure", **PERCENT, zero_at=0, full_at=100).read(typed)


def test_bonus_is_capped_at_the_items_points() -> None:
    praise = rule("bonus", merits=[fault("praise", "表扬", points="5"), fault("review", "好评", points="1")])
    assert points(praise, "praise=1 review=2", 20) == "7.00"
    assert points(praise, "praise=9", 20) == "20.00"


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("measure", {"unit": "%", "zero_at": 5, "full_at": 5}),
        ("measure", {"unit": "%", "zero_below": 5, "full_from": 4, "full_to": 6, "zero_above": 7}),
        ("measure", {"unit": "%", "steps": {"start": 100, "per": 1}}),
        ("measure", {"unit": "%", "steps": {"start": 100, "per": 0, "take": 3}}),
        ("measure", {"unit": "%"}),
        ("measure", {"unit": "%", "zero_at": 5, "full_at": 9, "size": 3}),
        ("sample", {"zero_at": "0.9", "full_at": "0.8"}),
        ("sample", {"all_or_nothing": True, "full_at": "0.8"}),
        ("sample", {"size": 0}),
        ("levels", {"top": 0}),
        ("levels", {"shares": ["0", "0.5"]}),
        ("levels", {"shares": ["0.5", "0.2", "1"]}),
        ("deduct", {"faults": []}),
        ("deduct", {"faults": [fault("late", "迟交")]}),
        ("yes_no", {"points": 3}),
        ("median", {}),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(kind: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        rule(kind, **parameters)


RULES = [
    (rule("yes_no"), st.sampled_from(["y", "n"])),
    (rule("levels", top=5), st.lists(st.integers(0, 5), min_size=1, max_size=4).map(lambda ls: " ".join(map(str, ls)))),
    (rule("sample"), st.integers(1, 60).flatmap(lambda n: st.integers(0, n).map(lambda k: f"{k}/{n}"))),
    (rule("sample", zero_at="0.8", full_at="0.95"), st.integers(0, 20).map(lambda k: f"{k}/20")),
    (rule("measure", **PERCENT, zero_at=60, full_at=90), st.decimals(0, 100, places=2).map(str)),
    (
        rule("measure", **PERCENT, zero_below=5, full_from=9, full_to=15, zero_above=20),
        st.decimals(0, 30, places=1).map(str),
    ),
    (rule("measure", **PERCENT, steps=LOT_RATE), st.decimals(0, 100, places=1).map(str)),
    (rule("measure", **PERCENT, bands=PRICE_BANDS), st.decimals(0, 20, places=1).map(str)),
    (rule("deduct", faults=[fault("late", "迟交", points="2.5")]), st.integers(0, 60).map(lambda n: f"late={n}")),
]


@given(st.data())
def test_every_rule_earns_between_nothing_and_its_maximum_and_reads_its_own_writing(data: st.DataObject) -> None:
    of, answers = data.draw(st.sampled_from(RULES))
    typed = data.draw(answers)
    maximum = data.draw(st.decimals(min_value="0.01", max_value=200, places=2))
    canonical = of.read(typed)
    assert of.read(canonical) == canonical
    assert 0 <= of.earn(canonical, maximum) <= Fraction(maximum)


@given(st.text(max_size=30), st.integers(0, len(RULES) - 1))
def test_rubbish_is_refused_with_a_sentence_and_nothing_else(typed: str, which: int) -> None:
    of, _ = RULES[which]
    try:
        canonical = of.read(typed)
    except UnreadableAnswer as error:
        told = error.text
    else:
        told = text("read")
        assert 0 <= of.earn(canonical, Decimal(10)) <= 10
    assert told.zh
    assert told.en


@given(st.data(), st.integers(2, 9))
def test_scaling_maximum_and_points_in_rules_scales_the_item(data: st.DataObject, k: int) -> None:
    """Scaling all maxima and all points in rules by k changes an item by at most 0.005 (k + 1)."""
    of, answers = data.draw(st.sampled_from(RULES))
    canonical = of.read(data.draw(answers))
    maximum = data.draw(st.decimals(min_value="0.01", max_value=200, places=2))
    scaled = ADAPTER.validate_python(_times(of.model_dump(mode="json", by_alias=True), k))
    once = Fraction(round_points(of.earn(canonical, maximum)))
    times = Fraction(round_points(scaled.earn(canonical, maximum * k)))
    assert abs(times - k * once) <= Fraction(5, 1000) * (k + 1)


def _times(dumped: Any, k: int) -> Any:
    """Multiply the points in a dumped rule: what it takes, gives or costs; limits stay."""
    if isinstance(dumped, dict):
        scaled = {"take", "give", "points"}
        return {
            name: str(Decimal(value) * k) if name in scaled and value is not None else _times(value, k)
            for name, value in dumped.items()
        }
    return [_times(value, k) for value in dumped] if isinstance(dumped, list | tuple) else dumped

"""Laws that hold for every checklist and every set of answers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.scorecard import Result
from audit.scoring import Memo, score
from audit.state import ItemState
from tests.builders import checklist, department, item, section, state

if TYPE_CHECKING:
    from audit.scorecard import ItemScore, Level, Scorecard
    from checklists.model import Checklist

LEAVING = ("NA", "NC", "UN")
RULES: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"kind": "yes_no"}, ("y", "n")),
    ({"kind": "levels", "top": 5}, ("0", "1", "3", "5", "4 3 5")),
    ({"kind": "sample"}, ("0/7", "3/7", "7/9", "5/24", "10/10")),
    ({"kind": "measure", "unit": "%", "zero_at": 60, "full_at": 93}, ("50", "61.3", "77", "99")),
    ({"kind": "sample", "zero_at": "0.8", "full_at": "0.95"}, ("16/20", "17/20", "20/20")),
]
POINTS = st.decimals(min_value="0.5", max_value=40, places=2)


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    number = iter(range(1000))

    def items() -> list[dict[str, Any]]:
        return [
            item(f"I{next(number)}", str(draw(POINTS)), dict(draw(st.sampled_from(RULES))[0]))
            for _ in range(draw(st.integers(1, 4)))
        ]

    weighted = draw(st.booleans())
    departments = [
        department(
            f"D{d}",
            *(section(f"S{d}{s}", *items()) for s in range(draw(st.integers(1, 3)))),
            **({"weight": str(draw(st.integers(1, 9)))} if weighted else {}),
        )
        for d in range(draw(st.integers(1, 3)))
    ]
    return checklist(
        *departments,
        when_not_applicable=draw(st.sampled_from(["redistribute", "exclude"])),
        critical_policy=draw(st.sampled_from(["report", "conditional", "fail_department", "fail_audit"])),
    )


def typed_for(asked: Checklist, item_id: str) -> tuple[str, ...]:
    kind = asked.items[item_id].rule
    options: list[str] = []
    for parameters, answers in RULES:
        if parameters["kind"] == kind.kind:
            options += answers
    return tuple(options)


@st.composite
def audits(draw: st.DrawFn, *, complete: bool = False) -> tuple[Checklist, dict[str, str]]:
    asked = draw(checklists())
    answers = {
        item_id: draw(st.sampled_from([*typed_for(asked, item_id), *LEAVING, "ND", *([] if complete else ["", ""])]))
        for item_id in asked.items
    }
    return asked, answers


def left(card: Scorecard) -> list[bool]:
    return [bool(d.left) for d in card.departments] + [bool(s.left) for d in card.departments for s in d.sections]


@given(audits())
def test_earned_and_lost_make_possible_at_every_level(case: tuple[Checklist, dict[str, str]]) -> None:
    card = score(case[0], state(*case))
    levels: list[Level | ItemScore] = [
        card.total,
        *card.departments,
        *(s for d in card.departments for s in d.sections),
        *card.items,
    ]
    for level in levels:
        assert level.earned + level.points_lost == level.possible
        assert 0 <= level.earned <= level.possible


@given(audits())
def test_the_printed_column_adds_up(case: tuple[Checklist, dict[str, str]]) -> None:
    card = score(case[0], state(*case))
    for d in card.departments:
        for s in d.sections:
            assert s.raw == sum((i.earned for i in s.items), Decimal(0))
            if s.factor is None and not s.left:
                assert s.earned == s.raw
        assert d.raw == sum((s.earned for s in d.sections), Decimal(0))
        if d.factor is None and not d.left:
            assert d.earned == d.raw
    assert card.total.raw == sum((d.contributed for d in card.departments), Decimal(0))
    if card.total.factor is None and card.total.possible:
        assert card.total.earned == card.total.raw
    for level in (card.total, *card.departments):
        assert -level.earned.as_tuple().exponent <= 2  # type: ignore[operator]


@given(audits(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(case: tuple[Checklist, dict[str, str]], order: Any) -> None:
    asked, answers = case
    shuffled = list(answers.items())
    order.shuffle(shuffled)
    assert score(asked, state(asked, dict(shuffled))) == score(asked, state(asked, answers))


@given(audits())
def test_a_kept_memo_changes_nothing(case: tuple[Checklist, dict[str, str]]) -> None:
    asked, answers = case
    memo = Memo()
    empty = score(asked, state(asked, dict.fromkeys(answers, "")), memo)
    assert empty.total.earned == 0
    for _ in range(2):
        assert score(asked, state(asked, answers), memo) == score(asked, state(asked, answers))
    for item_id in list(answers)[:1]:
        fewer = {**answers, item_id: ""}
        assert score(asked, state(asked, fewer), memo) == score(asked, state(asked, fewer))


@settings(max_examples=300)
@given(st.data())
def test_no_completion_without_further_leaving_ends_outside_worst_and_best(data: st.DataObject) -> None:
    asked, answers = data.draw(audits())
    before = score(asked, state(asked, answers))
    completed = {
        item_id: typed or data.draw(st.sampled_from([*typed_for(asked, item_id), *LEAVING, "ND"]))
        for item_id, typed in answers.items()
    }
    after = score(asked, state(asked, completed))
    if left(after) == left(before):
        assert before.total.worst <= after.total.earned <= before.total.best


@given(checklists(), st.sampled_from(LEAVING))
def test_everything_left_passes_nothing_and_divides_by_nothing(asked: Checklist, typed: str) -> None:
    card = score(asked, state(asked, dict.fromkeys(asked.items, typed)))
    assert (card.total.earned, card.total.possible, card.total.rate, card.total.passed) == (0, 0, None, None)
    assert card.grade is None
    assert card.verdict.result in {None, Result.PRELIMINARY}


@given(audits(complete=True))
def test_counts_add_up(case: tuple[Checklist, dict[str, str]]) -> None:
    counts = score(case[0], state(*case)).total.counts
    assert counts.open == 0
    assert counts.items == len(case[0].items)
    assert (
        counts.items == counts.answered + counts.not_applicable + counts.no_case + counts.no_data + counts.not_assessed
    )


@given(audits())
def test_an_item_that_leaves_has_nothing_possible_and_nothing_else_does(case: tuple[Checklist, dict[str, str]]) -> None:
    for scored in score(case[0], state(*case)).items:
        leaves = scored.state in {ItemState.NOT_APPLICABLE, ItemState.NO_CASE, ItemState.NOT_ASSESSED}
        assert scored.possible == (0 if leaves else scored.item.points)


@given(checklists(), st.integers(3, 8))
def test_full_marks_everywhere_are_the_whole_total_whatever_the_weights(asked: Checklist, parts: int) -> None:
    best = {"yes_no": "y", "levels": "5", "sample": "10/10", "measure": "99"}
    answers = {item_id: best[asked.items[item_id].rule.kind] for item_id in asked.items}
    card = score(asked, state(asked, answers))
    assert card.total.passed is True
    if asked.when_not_applicable == "redistribute":
        assert (card.total.earned, card.total.possible) == (asked.total, asked.total)
    even = checklist(*(department(f"D{n}", section(f"S{n}", item(f"I{n}", 7)), weight="1") for n in range(parts)))
    full = score(even, state(even, {f"I{n}": "5" for n in range(parts)}))
    assert (full.total.earned, full.total.possible) == (even.total, even.total)

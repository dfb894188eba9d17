"""Two strangers score a thing alike: the record of two scorings of the same two dealerships, from the cards alone.

scorings/ holds the descriptions (good and poor, 30 items each, in both languages) and what two scorers answered who
knew nothing but the cards and the description: A in Chinese, B in English.  When the words of an item or its rule
change, the record is to be made anew; the tests here keep it readable and say when the points no longer agree.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audit.scoring import item_points
from checklists.rules import Levels, YesNo

if TYPE_CHECKING:
    from checklists.model import Checklist, Item

FOLDER = Path(__file__).with_name("scorings")
DEALERSHIPS = ("good", "poor")


def scoring(scorer: str, dealership: str) -> dict[str, str]:
    answers: dict[str, str] = json.loads((FOLDER / f"{scorer}.json").read_text("utf-8"))[dealership]
    return answers


def points(item: Item, answer: str) -> Decimal:
    return item_points(item, item.rule.read(answer))


def alike(item: Item, one: str, other: str) -> bool:
    """Say whether two answers lie at most one level apart: of a rule without levels a fifth of its points."""
    if isinstance(item.rule, YesNo):
        return one == other
    levels = item.rule.top if isinstance(item.rule, Levels) else 5
    return abs(points(item, one) - points(item, other)) * levels <= item.points


@pytest.mark.parametrize("dealership", DEALERSHIPS)
def test_two_scorers_differ_by_at_most_one_level_on_nine_of_ten(dealership: str, dealership_list: Checklist) -> None:
    a, b = scoring("A", dealership), scoring("B", dealership)
    assert a.keys() == b.keys()
    assert len(a) == 30
    same = [id_ for id_ in a if alike(dealership_list.items[id_], a[id_], b[id_])]
    assert len(same) >= 27, sorted(a.keys() - set(same))


@pytest.mark.parametrize("scorer", ["A", "B"])
def test_every_scorer_tells_a_good_dealership_from_a_poor_one(scorer: str, dealership_list: Checklist) -> None:
    rates = []
    for dealership in DEALERSHIPS:
        answers = scoring(scorer, dealership)
        items = [dealership_list.items[id_] for id_ in answers]
        earned = sum((points(item, answers[item.id]) for item in items), Decimal(0))
        rates.append(earned / sum((item.points for item in items), Decimal(0)))
    good, poor = rates
    assert good > poor + Decimal("0.25")


@pytest.mark.parametrize("dealership", DEALERSHIPS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_descriptions_speak_of_the_items_scored(dealership: str, lang: str) -> None:
    text = (FOLDER / f"{dealership}.{lang}.md").read_text("utf-8")
    assert re.findall(r"^## (\w+)", text, re.MULTILINE) == list(scoring("A", dealership))


@pytest.fixture(scope="module")
def dealership_list() -> Checklist:
    from checklists.catalog import load

    return load("dealership")

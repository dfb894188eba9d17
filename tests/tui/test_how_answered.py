"""What may be typed for a new answer: faults by their numbers, as on the Score page, or by their names."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from audit.answers import value_words
from checklists.reading import UnreadableAnswer
from checklists.text import Lang, Text
from tests.builders import checklist, department, item, section
from tests.tui.screens.score_samples import DEDUCT
from tui.how_answered import by_number, how_answered

FAULT_ROWS: Any = DEDUCT["faults"]
ASKED = checklist(department("D", section("S", item("F1", rule=DEDUCT), item("L1"))))
FAULTS = ASKED.items["F1"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1", "late=1"),
        ("1 2、1", "late=2 dirty=1"),
        ("１２", "late=1 dirty=1"),
        ("Late", "late=1"),
        ("1=2@bay 3 2=1", "late=2@bay 3 dirty=1"),
        ("3=2.5", "cold=2.5"),
        ("late=2@bay 3", "late=2@bay 3"),
        ("0", "0"),
    ],
)
def test_faults_are_typed_by_number_or_name(typed: str, value: str) -> None:
    assert FAULTS.rule.read(by_number(FAULTS, typed)) == value


@pytest.mark.parametrize("typed", ["3", "4", "1 9", "9=1", "NA", "nonsense 2"])
def test_what_is_no_number_of_a_counted_fault_stays_as_it_is(typed: str) -> None:
    assert by_number(FAULTS, typed) == typed
    assert by_number(ASKED.items["L1"], "1") == "1"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nobody_reads_the_ids_of_faults(lang: Lang) -> None:
    names = [Text(f"缺陷{n}", f"fault {n}") for n in range(3)]
    renamed: list[dict[str, Any]] = copy.deepcopy(FAULT_ROWS)
    for fault, name in zip(renamed, names, strict=True):
        fault["name"] = {"zh": name.zh, "en": name.en}
    rule = {"kind": "deduct", "faults": renamed}
    asked = checklist(department("D", section("S", item("F1", rule=rule)))).items["F1"]
    with pytest.raises(UnreadableAnswer) as refused:
        asked.rule.read("x9")
    told = value_words(asked, "late=1 cold=2@bay 3").of(lang)
    said = "".join([how_answered(asked).of(lang), told, refused.value.text.of(lang)])
    assert not any(own_id in said for own_id in ("late", "dirty", "cold"))
    assert all(name.of(lang) in said for name in names)
    assert told == {"zh": "缺陷0 ×1；缺陷2 2 ℃（bay 3）", "en": "fault 0 ×1; fault 2 2 ℃ (bay 3)"}[lang]

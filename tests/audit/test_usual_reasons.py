"""Reasons that were picked in one language are read in the other; what somebody typed stays as it was."""

from __future__ import annotations

import pytest

from audit.answers import reason_text
from audit.state import Answer, ItemState
from audit.usual_reasons import in_both, usual_of
from checklists.text import Text
from tests.builders import checklist, department, item, section

CAUSES = [{"zh": "没签字", "en": "unsigned"}, {"zh": "没日期；没工号", "en": "undated"}, {"zh": "旧表", "en": "old"}]


@pytest.fixture
def asked() -> object:
    return checklist(department("D", section("S", item("A1", causes=CAUSES)))).items["A1"]


@pytest.mark.parametrize(
    ("recorded", "told"),
    [
        ("没签字", Text("没签字", "unsigned")),
        ("unsigned；old", Text("没签字；旧表", "unsigned; old")),
        ("没日期；没工号", Text("没日期；没工号", "undated")),
        ("没签字；bay 3 [/]", Text("没签字；bay 3 [/]", "unsigned; bay 3 [/]")),
        ("没签字的单子", Text("没签字的单子", "没签字的单子")),
        ("a；b", Text("a；b", "a；b")),
        ("unsigned; bay 3", Text("没签字；bay 3", "unsigned; bay 3")),
        ("", Text("", "")),
    ],
)
def test_what_fits_a_usual_reason_is_said_in_both_languages(asked: object, recorded: str, told: Text) -> None:
    answer = Answer(ItemState.ANSWERED, "3", recorded)
    assert reason_text(answer, asked) == told  # type: ignore[arg-type]
    assert reason_text(answer).zh == recorded


def test_states_have_usual_reasons_of_their_own(asked: object) -> None:
    answer = Answer(ItemState.NOT_ASSESSED, reason="No time left")
    assert reason_text(answer, asked).zh == "时间不够"  # type: ignore[arg-type]
    assert reason_text(Answer(ItemState.NO_DATA, reason="not-kept"), asked).en == "not kept"  # type: ignore[arg-type]
    first = usual_of(ItemState.NO_CASE, asked)[0]  # type: ignore[arg-type]
    assert in_both(first.en, usual_of(ItemState.NO_CASE, asked)) == first  # type: ignore[arg-type]

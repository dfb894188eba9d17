"""Texts in both languages at once."""

from __future__ import annotations

import pytest

from checklists.text import Text, same

TYPED = "The list was there, SCAN_0513 shows it."


@pytest.mark.parametrize(
    ("text", "both"),
    [
        (Text("前台", "Front desk"), "前台 | Front desk"),
        (same("12.5"), "12.5"),
        (Text("王芳、李强", "王芳, 李强"), "王芳、李强"),
        (Text("× 不合格", "× Failed"), "× 不合格 | Failed"),
        (Text("≥ 855（计划）", "≥ 855 (plan)"), "≥ 855（计划） | ≥ 855 (plan)"),
        (Text("KPI", "KPIs"), "KPIs"),
        (Text("5 / 5", "5 of 5"), "5 / 5 | 5 of 5"),
        (Text(f"异议 O1：{TYPED}", f"Objection O1: {TYPED}"), f"异议 O1 | Objection O1: {TYPED}"),
        (Text("≥ 1\n≥ 2", "≥ one\n≥ two"), "≥ 1\n≥ 2\n≥ one\n≥ two"),
    ],
)
def test_both_languages_stand_together_and_what_is_the_same_stands_once(text: Text, both: str) -> None:
    assert text.of("both") == both
    assert (text.of("zh"), text.of("en")) == (text.zh, text.en)

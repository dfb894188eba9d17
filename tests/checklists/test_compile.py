"""Loading a checklist: every problem is found at once, with its file, line and item."""

from __future__ import annotations

import copy
import re
import string
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, ValidationError

from checklists import guidance, kpi_model, model, rules, scales
from checklists.issues import IssueCode, load_error_text
from checklists.refused import _REASONS, _SAMPLE_KEYS, report_refusals
from checklists.rules import Sample
from checklists.sources.folder import Tree
from checklists.sources.yaml_source import YamlFile
from tests.checklists.writing import BODY, HEAD, SMALL, compiled, found, item, one_item

C = IssueCode

CHANGED = [
    # code, what is replaced in the small checklist, by what, line, item
    (C.FORMAT_NEWER, "id: small\n", "{id: small, format: 3}\n", 1, None),
    (C.UNKNOWN_KEY, "place: desk", "plaec: desk", 32, "A1"),
    (C.MISSING_KEY, "            owner: advisor\n", "", 25, "A1"),
    (C.EMPTY_VALUE, "method: walk", "method:", 31, "A1"),
    (C.WRONG_SHAPE, "{zh: 没检查, en: Not checked}", "没检查", 27, "A1"),
    (C.WRONG_SHAPE, "method: walk", "method: [walk]", 31, "A1"),
    (C.WRONG_SHAPE, "size: 5,", "size: 5.5,", 11, None),
    (C.MISSING_LANGUAGE, "{zh: 没检查, en: Not checked}", "{zh: 没检查}", 27, "A1"),
    (C.MISSING_LANGUAGE, "en: Not checked", "en: '  '", 27, "A1"),
    (C.NOT_A_NUMBER, "points: 4", "points: four", 29, "A1"),
    (C.NOT_A_PASS_MARK, "pass: 70 %", "pass: most", 6, None),
    (C.TOO_MANY_DECIMALS, "points: 4", "points: 4.001", 29, "A1"),
    (C.NOT_POSITIVE, "points: 4", "points: 0", 29, "A1"),
    (C.NOT_POSITIVE, "points: 4", "points: -4", 29, "A1"),
    (C.OUT_OF_RANGE, "size: 5,", "size: 0,", 11, None),
    (C.OUT_OF_RANGE, "total: 10", "total: 2000000", 5, None),
    (C.BAD_ID, "id: A1", "id: A 1", 25, "A 1"),
    (C.BAD_ID, "{walk: {", "{a b: {zh: 一, en: O}, walk: {", 7, None),
    (C.TOO_LONG, 'version: "1"', f"version: {'1' * 41}", 2, None),
    (C.UNKNOWN_RULE, "kind: yes_no", "kind: yes_on", 30, "A1"),
    (C.UNKNOWN_CHOICE, "total: 10", "total: 10\ncritical_policy: reprot", 6, None),
    (C.UNKNOWN_REFERENCE, "method: walk", "method: wlak", 31, "A1"),
    (C.UNKNOWN_REFERENCE, "set: orders", "set: order", 41, "A2"),
    (C.UNKNOWN_PARAMETER, "Checked every {months}", "Checked every {moths}", 26, "A1"),
    (C.SECTION_SUM, "points: 4", "points: 3", 23, "S1"),
    (C.TOTAL_SUM, "total: 10", "total: 12", 5, None),
    (C.DUPLICATE_ID, "id: A2", "id: A1", 35, "A1"),
    (C.REUSED_ID, "points: 6", "points: 6\n            former_ids: [A1]", 25, "A1"),
    (C.PASS_ABOVE_POINTS, "pass: 70 %", "pass: 10.5", 6, None),
    (C.PASS_ABOVE_POINTS, "pass: 70 %", "pass: 101 %", 6, None),
    (C.SET_WITHOUT_SAMPLE, "rule: {kind: sample}", "rule: {kind: yes_no}", 41, "A2"),
    (C.SIZE_WITH_SET, "rule: {kind: sample}", "rule: {kind: sample, size: 5}", 40, "A2"),
    (C.SIZE_WITH_SET, "rule: {kind: sample}", "rule: {kind: levels, top: 5, observations: 3}", 40, "A2"),
    (C.MISSING_KEY, ", drawn: {zh: 清单, en: list}", "", 11, None),
    (C.BONUS_RULE, "total: 10",
     "total: 10\nbonus: [{id: B1, statement: {zh: 赞, en: P}, points: 5, rule: {kind: yes_no}}]", 6, "B1"),
    (C.PROFILE_INCOMPLETE, "total: 10", "total: 10\nprofiles: {ev: {}}", 6, None),
    (C.BAND_GAP, "total: 10", "total: 10\ngrades: [{id: A, name: {zh: 甲, en: A}, from: 60 %}]", 6, None),
    (C.YAML_DUPLICATE_KEY, "total: 10", "total: 10\ntotal: 10", 6, None),
    (C.YAML_ALIAS, "id: small", "id: &x small", 1, None),
    (C.YAML_TAG, "id: small", "id: !!str small", 1, None),
    (C.YAML_SYNTAX, "id: small", "id: small: er", 1, None),
    (C.YAML_DOCUMENTS, "effect: {zh: 好, en: O}}\nparameters:\n", "effect: {zh: 好, en: O}}\nparameters:\n", 46, None),
]  # fmt: skip

RULES = [
    (C.UNKNOWN_CHOICE, "{kind: yes_no}", "requires: [bodyshop]"),
    (C.NOT_A_SHARE, "{kind: sample, zero_at: 80}", ""),
    (C.NOT_A_SHARE, "{kind: sample, zero_at: 1/0}", ""),
    (C.NOT_A_FLAG, "{kind: sample, all_or_nothing: yes}", ""),
    (C.NOT_A_NUMBER, "{kind: sample, size: some}", ""),
    (C.NOT_POSITIVE, "{kind: sample, size: 0}", ""),
    (C.EXACTLY_ONE, "{kind: levels}", ""),
    (C.EXACTLY_ONE, "{kind: levels, top: 2, shares: [0, 1]}", ""),
    (C.OUT_OF_RANGE, "{kind: levels, top: 900000000}", ""),
    (C.LIMITS_ORDER, "{kind: levels, shares: [0, 50 %]}", ""),
    (C.LIMITS_ORDER, "{kind: sample, zero_at: 0.9, full_at: 0.8}", ""),
    (C.LIMITS_ORDER, '{kind: measure, unit: "%", zero_below: 5, full_from: 4, full_to: 9, zero_above: 12}', ""),
    (C.AT_MOST_ONE, "{kind: sample, all_or_nothing: true, zero_at: 0.5}", ""),
    (C.AT_MOST_ONE, "{kind: yes_no}", "critical: {below: 0.5, at_most: 0}"),
    (C.EQUAL_LIMITS, '{kind: measure, unit: "%", zero_at: 90, full_at: 90}', ""),
    (C.MISSING_KEY, '{kind: measure, unit: "%", zero_at: 90}', ""),
    (C.UNKNOWN_KEY, '{kind: measure, unit: "%", zero_att: 90, full_at: 80}', ""),
    (C.EXACTLY_ONE, '{kind: measure, unit: "%"}', ""),
    (C.EXACTLY_ONE, '{kind: measure, unit: "%", zero_at: 1, full_at: 2, bands: [{take: 1}]}', ""),
    (C.EXACTLY_ONE, '{kind: measure, unit: "%", steps: {start: 1, per: 1, take: 1, give: 1}}', ""),
    (C.EXACTLY_ONE, '{kind: measure, unit: "%", bands: [{}]}', ""),
    (C.BAND_OVERLAP, '{kind: measure, unit: "%", bands: [{to: 5, give: 1}, {from: 4, give: 2}]}', ""),
    (C.BAND_EMPTY,
     '{kind: measure, unit: "%", bands: [{to: 3, give: 1}, {from: 3, to: 3, give: 1}, {from: 3, give: 2}]}', ""),
    (C.TOO_FEW, '{kind: measure, unit: "%", bands: []}', ""),
    (C.TOO_FEW, "{kind: deduct, faults: []}", ""),
    (C.TOO_FEW, "{kind: levels, shares: [100 %]}", ""),
    (C.FAULT_GIVES, "{kind: deduct, faults: [{id: f, name: {zh: 错, en: F}, steps: {start: 1, per: 1, give: 1}}]}", ""),
    (C.FAULT_GIVES, "{kind: deduct, faults: [{id: f, name: {zh: 错, en: F}, bands: [{give: 1}]}]}", ""),
    (C.EXACTLY_ONE, "{kind: deduct, faults: [{id: f, name: {zh: 错, en: F}}]}", ""),
    (C.BAD_ID, "{kind: deduct, faults: [{id: F, name: {zh: 错, en: F}, points: 1}]}", ""),
    (C.DUPLICATE_ID, ("{kind: deduct, faults: [{id: f, name: {zh: 错, en: F}, points: 1}, "
     "{id: f, name: {zh: 又, en: G}, points: 1}]}"), ""),
    (C.BONUS_RULE, "{kind: bonus, merits: [{id: f, name: {zh: 赞, en: F}, points: 1}]}", ""),
    (C.WRONG_SHAPE, "yes_no", ""),
    (C.MISSING_KEY, "{top: 2}", ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "old", "new", "line", "owner"), CHANGED)
def test_one_mistake_is_reported_once_in_its_place(
    tmp_path: Path, code: IssueCode, old: str, new: str, line: int, owner: str | None
) -> None:
    assert SMALL.count(old) >= 1
    text = SMALL.replace(old, new, 1)
    if new.startswith("{id: small"):
        text = SMALL.replace(old, "id: small\nformat: 3\n", 1)
        line = 2
    if code is C.YAML_DOCUMENTS:
        text += "---\nmore: 1\n---\n"
    result = compiled(tmp_path, text)
    assert found(result) == [(code.value, line, owner)]
    assert result.checklist is None
    assert {issue.file for issue in result.issues} == {"checklist.yaml"}


@pytest.mark.parametrize(("code", "rule", "more"), RULES)
def test_one_mistake_in_a_rule(tmp_path: Path, code: IssueCode, rule: str, more: str) -> None:
    assert found(compiled(tmp_path, one_item(rule, more))) == [(code.value, 25, "A1")]


def test_the_small_checklist_is_without_fault(tmp_path: Path) -> None:
    result = compiled(tmp_path, SMALL)
    assert result.issues == ()
    checklist = result.checklist
    assert checklist is not None
    assert checklist.items["A1"].statement.zh == "每12个月检查"
    assert checklist.items["A1"].statement.en == "Checked every 12 months"
    rule = checklist.items["A2"].rule
    assert isinstance(rule, Sample)
    assert rule.size == 5
    assert model.Checklist.from_canonical(checklist.canonical) == checklist


def test_five_mistakes_in_three_files_are_all_reported(tmp_path: Path) -> None:
    main = SMALL[: SMALL.index("directions:")] + "departments: [front.yaml, back.yaml]\ncoaching: coaching.yaml\n"
    main += "parameters: {months: {name: {zh: 月, en: M}, value: '12'}}\nwhen_not_aplicable: exclude\n"
    front = "id: front\nname: {zh: 前, en: F}\npoints: 5\nsections:\n  - id: S1\n    name: {zh: 节, en: S}\n"
    front += f"    points: 5\n    items:\n      - {item('A1', '4')}\n"
    back = "id: back\nname: {zh: 后}\npoints: 5\nsections:\n  - id: S1\n    name: {zh: 节, en: S}\n    points: 5\n"
    back += f"    pass: 6\n    items:\n      - {item('A1', '5')}\n"
    coaching = "directions: {A: {name: {zh: 流, en: P}, cures: {zh: 乱, en: D}, first_step: {zh: 学, en: L}, "
    coaching += "effect: {zh: 好, en: O}}}\n"
    result = compiled(tmp_path, main, front=front, back=back, coaching=coaching)
    assert [(i.file, i.line, i.code, i.item) for i in result.issues] == [
        ("back.yaml", 2, C.MISSING_LANGUAGE, "back"),
        ("back.yaml", 8, C.PASS_ABOVE_POINTS, "S1"),
        ("back.yaml", 10, C.DUPLICATE_ID, "A1"),
        ("checklist.yaml", 15, C.UNKNOWN_KEY, None),
        ("front.yaml", 7, C.SECTION_SUM, "S1"),
    ]
    text = load_error_text(result.issues)
    assert "评估表有 5 处问题" in text.zh
    assert "5 problems" in text.en
    assert "front.yaml:7 S1: " in text.en
    assert 'did you mean "when_not_applicable"?' in text.en


def test_the_card_of_seed_001_adds_up_to_90(tmp_path: Path) -> None:
    parts = [("W1", 30), ("W2", 30), ("W3", 20), ("W4", 10)]
    sections = "".join(
        f"      - {{id: {name}, name: {{zh: 项, en: S}}, points: {points}, items: [{item('I' + name, str(points))}]}}\n"
        for name, points in parts
    )
    text = HEAD.replace("total: 10", "total: 100") + "departments:\n  - id: card\n    name: {zh: 卡, en: Card}\n"
    result = compiled(tmp_path, text + f"    points: 100\n    sections:\n{sections}")
    assert found(result) == [("department-sum", 19, "card")]
    assert "90 of 100 points, 10 too few" in result.issues[0].text.en
    assert "合计 90 分，应为 100 分，少 10 分" in result.issues[0].text.zh


def test_the_price_bands_of_seed_003_are_refused_naming_every_gap(tmp_path: Path) -> None:
    bands = "[{from: 1, to: 2, take: 15}, {from: 3, to: 5, take: 30}, {from: 6, to: 10, take: 50}]"
    result = compiled(tmp_path, one_item(f'{{kind: measure, unit: "%", bands: {bands}}}'))
    assert [issue.code for issue in result.issues] == [C.BAND_GAP] * 4
    stretches = [re.findall("gap: (.*) lies in none", issue.text.en)[0] for issue in result.issues]
    assert stretches == ["below 1", "2 to 3", "5 to 6", "10 and above"]
    closed = "[{to: 1, take: 0}, {from: 1, to: 3, take: 5}, {from: 3, take: 9}]"
    assert compiled(tmp_path, one_item(f'{{kind: measure, unit: "%", bands: {closed}}}')).issues == ()


def test_an_empty_band_is_named(tmp_path: Path) -> None:
    bands = "[{to: 3, give: 1}, {from: 3, to: 3, give: 1}, {from: 3, give: 2}]"
    result = compiled(tmp_path, one_item(f'{{kind: measure, unit: "%", bands: {bands}}}'))
    assert "3 to 3" in result.issues[0].text.en


def test_a_band_inside_another_overlaps_and_leaves_no_gap(tmp_path: Path) -> None:
    bands = "[{give: 1}, {from: 2, to: 3, give: 2}, {from: 4, to: 5, give: 3}]"
    result = compiled(tmp_path, one_item(f'{{kind: measure, unit: "%", bands: {bands}}}'))
    assert [(i.code, re.findall(": (.*) lies in", i.text.en)[0]) for i in result.issues] == [
        (C.BAND_OVERLAP, "2 to 3"),
        (C.BAND_OVERLAP, "4 to 5"),
    ]


def test_grades_cover_every_rate_once(tmp_path: Path) -> None:
    def grades(*bands: str) -> list[tuple[IssueCode, str]]:
        rows = "".join(f"  - {{id: G{i}, name: {{zh: 级, en: G}}, {band}}}\n" for i, band in enumerate(bands))
        result = compiled(tmp_path, SMALL + f"grades:\n{rows}")
        return [(issue.code, issue.text.en) for issue in result.issues]

    assert grades("from: 0, to: 60 %", "from: 60 %, to: 80 %", "from: 80 %") == []
    (gap,) = grades("from: 0, to: 60 %", "from: 70 %")
    assert gap[0] is C.BAND_GAP
    assert "60 % to 70 %" in gap[1]
    (top,) = grades("from: 0, to: 60 %", "from: 60 %, to: 100 %")
    assert "100 % and above" in top[1]
    (overlap,) = grades("from: 0, to: 0.7", "from: 0.6")
    assert overlap[0] is C.BAND_OVERLAP


def test_a_pass_mark_is_a_rate_or_points_and_is_inherited(tmp_path: Path) -> None:
    text = SMALL.replace("pass: 70 %", "pass: 7").replace(
        "points: 10\n        items", "points: 10\n        pass: 6.5\n        items"
    )
    checklist = compiled(tmp_path, text).checklist
    assert checklist is not None
    (department,) = checklist.departments
    assert (checklist.pass_rate, department.pass_rate) == (Fraction(7, 10), Fraction(7, 10))
    assert department.sections[0].pass_rate == Fraction(13, 20)
    assert department.pass_points == Decimal("7.00")


def department(name: str, points: int, more: str = "", items: str | None = None) -> str:
    inner = item(f"I-{name}", str(points)) if items is None else items
    return (
        f"  - {{id: {name}, name: {{zh: 部, en: D}}, points: {points}{more}, sections: [{{id: S1, "
        f"name: {{zh: 节, en: S}}, points: {points}, items: [{inner}]}}]}}\n"
    )


def test_weights_are_given_to_all_departments_or_none(tmp_path: Path) -> None:
    some = HEAD + "departments:\n" + department("one", 4, ", weight: 30") + department("two", 6)
    assert found(compiled(tmp_path, some)) == [("weights-incomplete", 18, "two")]
    both = HEAD + "departments:\n" + department("one", 40, ", weight: 30") + department("two", 60, ", weight: 70")
    assert compiled(tmp_path, both).issues == ()
    unreadable = HEAD + "departments:\n" + department("one", 40, ", weight: 30") + department("two", 60, ", weight: x")
    assert found(compiled(tmp_path, unreadable)) == [("not-a-number", 18, "two")]


def test_profiles_name_every_department_and_no_other(tmp_path: Path) -> None:
    text = HEAD + "departments:\n" + department("one", 4) + department("two", 6)
    result = compiled(tmp_path, text + "profiles:\n  ev: {one: 1, tow: 2}\n  oil: {one: 1, two: 2}\n")
    assert found(result) == [("unknown-reference", 20, None), ("profile-incomplete", 20, None)]
    assert 'did you mean "two"?' in result.issues[0].text.en


def test_sections_departments_and_checklists_need_content(tmp_path: Path) -> None:
    text = HEAD + "departments:\n" + department("one", 4, items="") + department("two", 6, items="")
    assert found(compiled(tmp_path, text)) == [("no-items", 17, "S1"), ("no-items", 18, "S1")]
    assert found(compiled(tmp_path, HEAD + "departments: []\n")) == [("no-items", 16, None)]


def test_ids_are_never_reused(tmp_path: Path) -> None:
    lines = [item("A1", "4", more="former_ids: [OLD]"), item("old", "3"), item("A3", "3", more="former_ids: [OLD]")]
    text = HEAD + "departments:\n" + department("one", 10, items=", ".join(lines))
    assert found(compiled(tmp_path, text)) == [("reused-id", 17, "A3"), ("reused-id", 17, "old")]


def test_departments_and_sections_have_ids_of_their_own(tmp_path: Path) -> None:
    text = HEAD + "departments:\n" + department("one", 4) + department("one", 6, items=item("X", "6"))
    assert found(compiled(tmp_path, text)) == [("duplicate-id", 18, "one")]
    second = BODY[BODY.index("      - id: S1") :].replace("A1", "B1").replace("A2", "B2")
    text = HEAD.replace("total: 10", "total: 20") + BODY.replace("points: 10\n    sections", "points: 20\n    sections")
    assert found(compiled(tmp_path, text + second)) == [("duplicate-id", 46, "S1")]


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    main = SMALL[: SMALL.index("directions:")] + "coaching: coatching.yaml\n"
    named = ["frnt", "../secret", "empty", "latin", "sub", "deep", "key"]
    main += "departments:\n" + "".join(f"  - {name}.yaml\n" for name in named)
    folder = tmp_path / "list"
    (folder / "sub.yaml").mkdir(parents=True)
    (folder / "latin.yaml").write_bytes("id: x\nname: é".encode("latin-1"))
    files = {
        "front": "id: front",
        "empty": "# nothing\n",
        "coaching": "directions: {}",
        "deep": "[" * 40,
        "key": "[a]: b",
    }
    result = compiled(folder, main, **files)
    seen = [(i.file, i.line, i.code) for i in result.issues if i.code not in {C.MISSING_KEY, C.UNKNOWN_KEY}]
    assert seen == [
        ("checklist.yaml", 12, C.FILE_MISSING),
        ("checklist.yaml", 14, C.FILE_MISSING),
        ("checklist.yaml", 15, C.FILE_OUTSIDE),
        ("deep.yaml", 1, C.YAML_DEPTH),
        ("empty.yaml", 0, C.FILE_EMPTY),
        ("key.yaml", 1, C.YAML_KEY),
        ("latin.yaml", 2, C.FILE_ENCODING),
        ("sub.yaml", 0, C.FILE_UNREADABLE),
    ]
    hints = [i.text.en for i in result.issues if i.code is C.FILE_MISSING]
    assert ['did you mean "coaching.yaml"?' in hints[0], 'did you mean "front.yaml"?' in hints[1]] == [True, True]


def test_a_checklist_that_is_not_there(tmp_path: Path) -> None:
    (only,) = compiled(tmp_path / "nowhere").issues
    assert (only.code, only.file) == (C.FILE_MISSING, "checklist.yaml")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    (only,) = compiled(tmp_path, "#" * 5_000_001).issues
    assert (only.code, only.line) == (C.FILE_TOO_LARGE, 0)


def test_a_value_the_model_refuses_for_another_reason_is_said_in_our_words() -> None:
    class Odd(BaseModel):
        code: str = Field(min_length=3)

    tree = Tree(YamlFile("odd.yaml", {"code": "x"}, {("code",): 4}), {"code": "x"})
    with pytest.raises(ValidationError) as caught:
        Odd.model_validate({"code": "x"})
    report_refusals(tree, caught.value, set())
    assert [(i.code, i.line) for i in tree.issues] == [(C.VALUE_REFUSED, 4)]
    assert "String should" not in tree.issues[0].text.en


def test_every_refusal_of_the_model_has_a_sentence() -> None:
    ours = {*_REASONS, _SAMPLE_KEYS, "size must be 1 or more"}
    read_earlier = {
        "exactly one of take and give must be set",
        "a fault has either points, or steps or bands",
        "only one of below and at_most can be set",
        "top must be 1 or more",
    }
    for module in (scales, rules, model, kpi_model, guidance):
        source = Path(str(module.__file__)).read_text("utf-8")
        assert set(re.findall(r'msg = "(.*)"', source)) <= ours | read_earlier


def test_every_code_is_produced_by_a_test() -> None:
    names = {case[0].name for case in CHANGED} | {case[0].name for case in RULES}
    text = Path(__file__).read_text("utf-8")
    names |= {code.name for code in IssueCode if f'("{code.value}", ' in text}
    asserted = text[text.index("def test_one_mistake") :]
    for other in ("test_kpis.py", "test_guidance.py", "test_advice.py", "test_checking.py"):
        asserted += Path(__file__).with_name(other).read_text("utf-8")
    names |= set(re.findall(r"\bC\.([A-Z_]+)", asserted))
    assert names == {code.name for code in IssueCode}


@pytest.mark.parametrize("code", list(IssueCode))
def test_every_code_has_a_sentence_with_the_same_values_in_both_languages(code: IssueCode) -> None:
    def fields(template: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}

    zh, en = fields(code.template.zh), fields(code.template.en)
    assert zh == en
    assert re.search("[一-鿿]", code.template.zh)


RUBBISH: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        ["", "no", "1.10", "-1", "0", "1e999", "９９", "nan", "{x}", "{", "a" * 500, "1/0", "101 %", "[a]"]
    ),
    st.just([]),
    st.just({}),
    st.just(["a", {"b": "c"}]),
    st.text(max_size=12),
)


def _nodes(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(node for key, child in children for node in _nodes(child, (*path, key)))]


RICH = yaml.safe_load(
    SMALL
    + "grades: [{id: G1, name: {zh: 级, en: G}, from: 0 %, to: 50 %}, {id: G2, name: {zh: 级, en: G}, from: 50 %}]\n"
    "profiles: {ev: {front: 2}}\nbonus_cap: 5\nbonus_counts: 'false'\nno_data_not_applicable: [not-kept]\n"
    "bonus: [{id: B1, statement: {zh: 赞, en: P}, points: 5, rule: {kind: bonus, merits: "
    "[{id: m, name: {zh: 赞, en: M}, points: 1}]}}]\n"
)
RICH["departments"][0]["sections"][0]["items"][0]["rule"] = {
    "kind": "deduct",
    "faults": [
        {"id": "f", "name": {"zh": "错", "en": "F"}, "bands": [{"to": "3", "take": "1"}, {"from": "3", "take": "2"}]},
        {"id": "g", "name": {"zh": "漏", "en": "G"}, "steps": {"start": "1", "per": "1", "take": "2"}, "unit": "%"},
    ],
}
RICH["departments"][0]["sections"][0]["items"][1] |= {
    "critical": {"below": "0.5"},
    "anchors": [{"zh": "缺", "en": "Lacks"}, {"zh": "全", "en": "Full"}],
    "causes": [{"zh": "忘", "en": "Forgotten"}],
    "tags": ["5s"],
    "attainable": "5.5",
}
RICH["directions"]["A"] |= {
    "steps": [{"do": {"zh": "做", "en": "Do"}, "role": "advisor", "days": "5"}],
    "moves": [{"kpi": "K1", "by": "2"}],
    "effort_days": "3",
}
RICH["kpi_categories"] = {"mix": {"name": {"zh": "类", "en": "Mix"}, "department": "front"}}
RICH["kpis"] = {
    "K1": {
        "name": {"zh": "台", "en": "Cars"},
        "formula": {"zh": "数", "en": "count"},
        "unit": "%",
        "better": "higher",
        "category": "mix",
        "department": "front",
        "value": "last",
        "direction": "A",
        "series": {"s": {"name": {"zh": "数", "en": "count"}, "months": "1"}},
    }
}
RICH["guides"] = {
    "advisor": [{"id": "Q1", "ask": {"zh": "问", "en": "Ask"}, "good": {"zh": "好", "en": "Good"}, "items": ["A1"]}]
}
NODES = _nodes(RICH)[1:]


def test_the_checklist_to_be_mutated_is_without_fault(tmp_path: Path) -> None:
    assert compiled(tmp_path, yaml.safe_dump(RICH, allow_unicode=True)).issues == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(NODES), st.one_of(st.none(), RUBBISH)), min_size=1, max_size=3))
def test_random_mutations_give_issues_or_a_checklist(
    tmp_path: Path, changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    data = copy.deepcopy(RICH)
    for path, value in changes:
        node = data
        try:
            for step in path[:-1]:
                node = node[step]
            if value is None:
                del node[path[-1]]
            else:
                node[path[-1]] = copy.deepcopy(value)
        except (KeyError, IndexError, TypeError):
            continue
    result = compiled(tmp_path, yaml.safe_dump(data, allow_unicode=True))
    assert (result.checklist is None) == bool(result.issues)
    for issue in result.issues:
        assert issue.line >= 0
        assert issue.text.zh
        assert "pydantic" not in issue.text.en

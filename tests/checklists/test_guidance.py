"""Anchors, causes, directions and interview guides: what an author can write, and what is wrong with it."""

from __future__ import annotations

import hashlib
import random
from decimal import Decimal
from pathlib import Path

import pytest

from checklists.canonical import from_store
from checklists.issues import IssueCode
from checklists.text import Text
from tests.checklists.writing import SMALL, compiled, found, one_item

C = IssueCode


def words(count: int) -> str:
    """A list of so many different texts."""
    return "[" + ", ".join(f"{{zh: 第{n}句话, en: Sentence {n}}}" for n in range(count)) + "]"


KPIS = """\
kpi_categories: {mix: {name: {zh: 类, en: Mix}, department: front}}
kpis:
  K1: {name: {zh: 台, en: Visits}, formula: {zh: 数, en: count}, unit: "%", better: higher, category: mix,
       department: front, value: last, series: {s: {name: {zh: 数, en: count}, months: 1}}, direction: A}
  K2: {name: {zh: 误, en: Late}, formula: {zh: 数, en: count}, unit: "%", better: lower, category: mix,
       department: front, value: last, series: {s: {name: {zh: 数, en: count}, months: 1}}, direction: A}
  K3: {name: {zh: 看, en: Watched}, formula: {zh: 数, en: count}, unit: "%", better: watch, category: mix,
       department: front, value: last, series: {s: {name: {zh: 数, en: count}, months: 1}}, direction: A}
"""
GUIDES = """\
guides:
  advisor:
    - {id: Q1, must: true, ask: {zh: 如何接车？, en: How do you receive a car?}, good: {zh: 绕车, en: Walks round},
       items: [A1, A2], kpis: [K1]}
    - {id: Q2, ask: {zh: 谁派工？, en: Who dispatches?}, good: {zh: 调度, en: The controller}, items: [A2]}
"""
DIRECTION = "effect: {zh: 好, en: O}"
RICHER = DIRECTION + (
    ", steps: [{do: {zh: 建表, en: Set it up}, role: advisor, days: 5}, {do: {zh: 检查, en: Check}, role: advisor,"
    " days: 2.5}], training: {zh: 讲, en: Teach}, proof: {zh: 表, en: The list}, moves: [{kpi: K1, by: 5},"
    " {kpi: K2, by: -1.5}, {kpi: K3, by: -2}], effort_days: 3, suits: {zh: 新店, en: New sites}"
)
FULL = SMALL.replace(DIRECTION, RICHER) + KPIS + GUIDES


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("{kind: levels, top: 5}", 6),
        ("{kind: levels, shares: [0, 50 %, 100 %]}", 3),
        ("{kind: yes_no}", 2),
        ("{kind: sample, size: 5}", 2),
    ],
)
def test_a_rule_has_an_anchor_for_each_level(tmp_path: Path, rule: str, count: int) -> None:
    checklist = compiled(tmp_path, one_item(rule, f"anchors: {words(count)}")).checklist
    assert checklist is not None
    item = checklist.items["A1"]
    assert [anchor.en for anchor in item.anchors] == [f"Sentence {n}" for n in range(count)]
    assert len(item.anchor_shares) == count
    for wrong in (count - 1, count + 1):
        result = compiled(tmp_path, one_item(rule, f"anchors: {words(wrong)}"))
        assert found(result) == [(C.ANCHORS_COUNT.value, 25, "A1")]
        assert f"{wrong} anchors, {count} are needed" in result.issues[0].text.en


@pytest.mark.parametrize(
    "rule",
    [
        '{kind: measure, unit: "%", zero_at: 60, full_at: 100}',
        "{kind: deduct, faults: [{id: f, name: {zh: 错, en: F}, points: 1}]}",
    ],
)
def test_measures_and_faults_have_no_anchors(tmp_path: Path, rule: str) -> None:
    assert found(compiled(tmp_path, one_item(rule, f"anchors: {words(2)}"))) == [(C.ANCHORS_NOWHERE.value, 25, "A1")]
    checklist = compiled(tmp_path, one_item(rule)).checklist
    assert checklist is not None
    assert checklist.items["A1"].anchor_shares == ()


def test_an_item_says_all_it_can(tmp_path: Path) -> None:
    more = (
        f"causes: {words(9)}, no_data: {{zh: 拿不出, en: Nothing to show}}, not_applicable: {{zh: 无, en: None here}}, "
        "first_step: {zh: 今天, en: Today}, tags: [5s, legal], attainable: 8.5"
    )
    checklist = compiled(tmp_path, one_item("{kind: yes_no}", more)).checklist
    assert checklist is not None
    item = checklist.items["A1"]
    assert len(item.causes) == 9
    assert (item.no_data, item.not_applicable) == (Text("拿不出", "Nothing to show"), Text("无", "None here"))
    assert (item.first_step, item.tags) == (Text("今天", "Today"), ("5s", "legal"))
    assert item.attainable == Decimal("8.5")


@pytest.mark.parametrize(
    ("code", "more"),
    [
        (C.TOO_MANY, f"causes: {words(10)}"),
        (C.TOO_FEW, "causes: []"),
        (C.UNKNOWN_CHOICE, "tags: [6s]"),
        (C.NOT_POSITIVE, "attainable: 0"),
        (C.MISSING_LANGUAGE, "no_data: {zh: 拿不出}"),
    ],
)
def test_one_mistake_in_an_items_guidance(tmp_path: Path, code: IssueCode, more: str) -> None:
    assert found(compiled(tmp_path, one_item("{kind: yes_no}", more))) == [(code.value, 25, "A1")]


def test_directions_and_guides_are_read(tmp_path: Path) -> None:
    checklist = compiled(tmp_path, FULL).checklist
    assert checklist is not None
    direction = checklist.directions["A"]
    assert [(step.do.en, step.role, step.days) for step in direction.steps] == [
        ("Set it up", "advisor", 5),
        ("Check", "advisor", Decimal("2.5")),
    ]
    assert [(move.kpi, move.by) for move in direction.moves] == [("K1", 5), ("K2", Decimal("-1.5")), ("K3", -2)]
    assert direction.effort_days == 3
    role, question = checklist.questions["Q1"]
    assert (role, question.must, question.items, question.kpis) == ("advisor", True, ("A1", "A2"), ("K1",))
    assert not checklist.questions["Q2"][1].must


@pytest.mark.parametrize(
    ("code", "old", "new", "owner"),
    [
        (C.UNKNOWN_REFERENCE, "role: advisor, days: 5", "role: advisr, days: 5", "A"),
        (C.UNKNOWN_REFERENCE, "kpi: K1, by", "kpi: K9, by", "A"),
        (C.OUT_OF_RANGE, "days: 5", "days: -5", "A"),
        (C.NOT_A_NUMBER, "effort_days: 3", "effort_days: few", "A"),
        (C.MOVE_SIGN, "by: 5", "by: -5", "A"),
        (C.MOVE_SIGN, "by: -1.5", "by: 1.5", "A"),
        (C.MOVE_SIGN, "by: -2", "by: 0", "A"),
        (C.UNKNOWN_REFERENCE, "  advisor:\n    -", "  adviser:\n    -", None),
        (C.UNKNOWN_REFERENCE, "items: [A1, A2]", "items: [A1, A9]", "Q1"),
        (C.UNKNOWN_REFERENCE, "kpis: [K1]", "kpis: [K9]", "Q1"),
        (C.DUPLICATE_ID, "id: Q2", "id: q1", "q1"),
        (C.DUPLICATE_ID, "id: Q2", "id: A2", "A2"),
        (C.BAD_ID, "id: Q2", "id: Q 2", "Q 2"),
        (C.NOT_A_FLAG, "must: true", "must: often", "Q1"),
    ],
)
def test_one_mistake_in_directions_and_guides(
    tmp_path: Path, code: IssueCode, old: str, new: str, owner: str | None
) -> None:
    assert FULL.count(old) == 1
    result = compiled(tmp_path, FULL.replace(old, new))
    assert [(issue.code, issue.item) for issue in result.issues] == [(code, owner)]
    assert result.checklist is None


def test_guides_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    main = SMALL + KPIS + "interviews: interviews.yaml\n"
    checklist = compiled(tmp_path, main, interviews=GUIDES).checklist
    assert checklist is not None
    assert list(checklist.questions) == ["Q1", "Q2"]
    wrong = compiled(tmp_path, main, interviews=GUIDES.replace("[A2]", "[A3]"))
    assert [(i.file, i.line, i.item) for i in wrong.issues] == [("interviews.yaml", 5, "Q2")]
    missing = compiled(tmp_path / "without", main)
    assert [issue.code for issue in missing.issues] == [C.FILE_MISSING]


def test_mappings_keep_the_authors_order(tmp_path: Path) -> None:
    """Sets, KPIs, directions and guides of a stored audit are listed as the author put them, not by their ids."""
    names = [f"r{n}" for n in range(20)]
    random.Random(4).shuffle(names)
    roles = ", ".join(f"{name}: {{zh: 岗位, en: Role}}" for name in names)
    text = SMALL.replace("roles: {", f"roles: {{{roles}, ") + KPIS.replace("K1:", "Z1:")
    checklist = compiled(tmp_path, text).checklist
    assert checklist is not None
    again = from_store(checklist.canonical, checklist.hash)
    assert list(again.roles) == list(checklist.roles) == [*names, "advisor"]
    assert list(again.kpis) == ["Z1", "K2", "K3"]
    assert again == checklist


def test_another_order_is_another_checklist(tmp_path: Path) -> None:
    head, first, second = KPIS.split("  K", 2)[0], "  K" + KPIS.split("  K")[1], "  K" + KPIS.split("  K")[2]
    one, other = (
        compiled(tmp_path / str(n), SMALL + head + "".join(order)).checklist
        for n, order in enumerate([(first, second), (second, first)])
    )
    assert one is not None
    assert other is not None
    assert (one == other, one.hash == other.hash) == (False, False)


def test_a_copy_of_format_1_is_upgraded_and_keeps_its_hash(tmp_path: Path) -> None:
    body = Path(__file__).with_name("format-1.json").read_bytes()
    digest = hashlib.sha256(body).hexdigest()
    again = from_store(body, digest)
    now = compiled(tmp_path, SMALL + KPIS.replace("K1:", "Z1:")).checklist
    assert now is not None
    assert again.format == now.format == 2
    assert (again.canonical, again.hash) == (body, digest)
    assert again.departments == now.departments
    assert again.kpis == now.kpis
    assert list(again.kpis) == ["K2", "K3", "Z1"]
    assert now.hash != digest

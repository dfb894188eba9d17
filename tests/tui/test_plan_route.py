"""`plan route`: the least effort to a target, as a person and as a script see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.tui.conftest import Person


@pytest.fixture
def ref(person: Person) -> str:
    """25 of 40 points, 28 to pass: A1 6 of 10, A2 7, A3 6, B1 6 of 6 and B2 0 of 4."""
    audit = person.begin()
    person.complete(audit)
    return audit


def test_a_table_with_every_reason_and_what_was_assumed(person: Person, ref: str) -> None:
    done = person.well("plan", "route", ref)
    assert "Total 25 → 29 (target 28)" in done.out
    assert "B2" in done.out
    assert "8 points a working day" in done.out
    assert "0.5 days for each weak item" in done.err
    assert "They count as 0 days" in done.err or "count as 0 days" in done.err


def test_the_same_in_chinese(person: Person, ref: str) -> None:
    done = person.well("plan", "route", ref, lang="zh")
    assert "推荐达标路径" in done.out
    assert "目标 28" in done.out


def test_json(person: Person, ref: str) -> None:
    found = person.well("plan", "route", ref, "--target", "30", "--departments", "--json").json
    assert (found["target"], found["reached"], found["unreachable"]) == (30, True, None)
    assert found["total"] >= 30
    assert all(one["earned"] >= one["pass_points"] for one in found["departments"])
    assert found["steps"][0]["direction"] == "A"
    items = [one["item"] for step in found["steps"] for one in step["items"]]
    assert found["effort_days"] == 0.5 * len(items)


def test_other_days_for_each_weak_item(person: Person, ref: str) -> None:
    assert person.well("plan", "route", ref, "--item-days", "2", "--json").json["effort_days"] == 2


def test_out_of_reach_it_says_by_how_much_and_ends_with_attention(person: Person, ref: str) -> None:
    done = person.on_store("plan", "route", ref, "--target", "40")
    assert done.code == 1
    assert "short" in done.out
    assert person.on_store("plan", "route", ref, "--target", "40", "--json").json["reached"] is False


def test_a_target_above_the_maximum_is_refused_with_it(person: Person, ref: str) -> None:
    done = person.on_store("plan", "route", ref, "--target", "40.01")
    assert (done.code, done.out) == (2, "")
    assert "above the maximum of 40" in done.err
    assert "高于满分 40 分" in person.on_store("plan", "route", ref, "--target", "9999", lang="zh").err


@pytest.mark.parametrize("typed", ["many", "-5", "700.001", ""])
def test_a_target_that_is_none_is_refused(person: Person, ref: str, typed: str) -> None:
    done = person.on_store("plan", "route", ref, f"--target={typed}")
    assert (done.code, done.out) == (2, "")
    assert "--target" in done.err


def test_nothing_to_do_where_it_is_reached(person: Person, ref: str) -> None:
    done = person.well("plan", "route", ref, "--target", "20")
    assert "it is reached already" in done.out

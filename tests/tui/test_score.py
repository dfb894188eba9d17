"""`score` and `report`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui.exits import ExitCode

if TYPE_CHECKING:
    from tests.tui.conftest import Person

LEVEL = {
    *("earned", "possible", "pass_points", "rate", "passed", "points_lost", "bonus", "worst", "best", "items"),
    *("answered", "not_applicable", "no_case", "no_data", "not_assessed"),
}


@pytest.fixture
def ref(person: Person) -> str:
    ref = person.begin()
    person.complete(ref)
    return ref


def test_json_has_the_promised_shape(person: Person, ref: str) -> None:
    shape = person.well("score", ref, "--json").json
    assert shape.keys() >= {"audit", "checklist", "total", "departments", "verdict", "grade", "weak_items"}
    assert shape["checklist"].keys() == {"id", "version", "hash"}
    assert shape["total"].keys() >= LEVEL
    department = shape["departments"][0]
    section = department["sections"][0]
    assert department.keys() >= LEVEL | {"id", "name", "sections"}
    assert section.keys() >= LEVEL | {"id", "name", "factor", "items"}
    assert section["items"][0].keys() >= {
        *("id", "state", "earned", "possible", "points_lost", "critical", "critical_failed")
    }
    assert shape["verdict"].keys() == {"result", "reasons"}
    assert shape["verdict"]["reasons"][0].keys() == {"code", "text", "by", "decides"}
    assert shape["weak_items"][0].keys() >= {
        *("sources", "kind", "item", "kpi", "department", "section", "points_lost", "statement", "direction")
    }
    assert (shape["total"]["earned"], shape["total"]["possible"], shape["total"]["rate"]) == (25, 40, 0.625)


def test_the_language_follows_the_option(person: Person, ref: str) -> None:
    shape = person.well("score", ref, "--json", lang="zh").json
    assert shape["departments"][0]["name"] == "前台"
    assert shape["verdict"]["reasons"][0]["text"].startswith("总分")


def test_the_tables_say_what_the_json_says(person: Person, ref: str) -> None:
    for lang, words in {
        "zh": ("合计", "不合格", "评估结论", "弱项"),
        "en": ("Total", "Failed", "Verdict", "Weak items"),
    }.items():
        shown = person.well("score", ref, lang=lang).out
        assert all(word.lower() in shown.lower() for word in words)
        [total] = [line.split() for line in shown.splitlines() if line.startswith(words[0] + "  ")]
        assert total[1:] == ["40", "25", "28", "62.5", "%", words[1]]


def test_an_open_audit_says_what_may_still_come(person: Person) -> None:
    ref = person.begin()
    person.well("audit", "answer", ref, "A1", "3")
    assert "between 6 and 36" in person.well("score", ref).out
    assert "4 项未评" in person.well("score", ref, lang="zh").out


def test_the_report_is_written_and_its_path_printed(person: Person, ref: str) -> None:
    for lang in ("zh", "en"):
        done = person.well("report", ref, lang=lang)
        assert done.out == f"{ref}-{lang}.xlsx\n"
        assert (person.home / f"{ref}-{lang}.xlsx").stat().st_size > 5000
    assert "replaced" in person.well("report", ref).err


def test_a_report_goes_where_it_is_told(person: Person, ref: str) -> None:
    folder = person.home / "out"
    folder.mkdir()
    assert person.well("report", ref, "-o", str(folder)).out.strip() == str(folder / f"{ref}-en.xlsx")
    assert person.well("report", ref, "-o", str(folder / "r")).out.strip() == str(folder / "r.xlsx")
    done = person.on_store("report", ref, "-o", str(person.home / "nowhere" / "r.xlsx"))
    assert done.code == ExitCode.USAGE
    assert "nowhere" in done.err


def test_a_report_never_replaces_another_file(person: Person, ref: str) -> None:
    path = person.file("mine.xlsx", "my own")
    done = person.on_store("report", ref, "-o", path, lang="zh")
    assert done.code == ExitCode.USAGE
    assert "不是本工具的报告" in done.err
    assert (person.home / "mine.xlsx").read_text("utf-8") == "my own"
